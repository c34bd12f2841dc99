"""The assertions that authors write in checks: which functions pass them, and what students read if one fails."""

from __future__ import annotations

import contextlib
import warnings
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from types import FunctionType
from typing import Any

import numpy as np
import pytest

from autograder.checks.assertions import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    assert_silent,
)
from autograder.checks.marks import EXERCISE_ATTRIBUTE, WEIGHT_ATTRIBUTE, checks, weight
from autograder.checks.mismatch import Mismatch
from autograder.checks.no_value import value_of
from autograder.checks.submission import EarlierMistakes, Functions, RemoteFunction, take_calls
from autograder.source_code import PLACEHOLDER
from autograder.wire.answering import answer_call, standing_in
from autograder.wire.calls import Answer, Request, StandIns

X = np.array([[1.0, 2.0]])


def remote(function: Any, name: str = "f", **others: Callable[..., Any]) -> RemoteFunction:
    """A function as a check gets it: called over the wire."""
    return RemoteFunction(name, Functions(partial(answer_call, {name: function, **others})))


@dataclass
class Right:
    """A reference that builds on nothing."""

    function: Callable[..., Any]
    name: str = "f"

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)

    def ask(self, *args: Any, **kwargs: Any) -> Answer:
        return remote(self.function).ask(*args, **kwargs)

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer:
        return self.ask(*args, **kwargs)


def double(x: Any) -> Any:
    return x * 2.0


def mismatch_of(check: Callable[[], object]) -> Mismatch:
    with pytest.raises(Mismatch) as caught:
        check()
    return caught.value


def test_a_check_is_marked_with_its_exercise_and_weight() -> None:
    @checks("dense_forward")
    @weight(2)
    def check() -> None: ...

    assert getattr(check, EXERCISE_ATTRIBUTE) == "dense_forward"
    assert getattr(check, WEIGHT_ATTRIBUTE) == 2.0


@pytest.mark.parametrize("wrong", [-1, float("nan"), float("inf")])
def test_a_weight_is_a_number_of_at_least_0(wrong: float) -> None:
    with pytest.raises(ValueError, match="at least 0"):
        weight(wrong)


def test_a_warning_of_numpy_is_reported() -> None:
    with pytest.raises(Mismatch, match="NumPy warns"):
        assert_silent(remote(np.exp), np.array([1000.0]))
    assert_silent(remote(lambda x: np.exp(-x)), np.array([1000.0]))


FAR = np.array([-1000.0, 1000.0])
# Ways in which 1 / (1 + e^-z) stays silent.
QUIET = {
    "a context": """
def f(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-z))
""",
    "a decorator": """
@np.errstate(all="ignore")
def f(z):
    return 1 / (1 + np.exp(-z))
""",
    "warnings caught": """
def f(z):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return 1 / (1 + np.exp(-z))
""",
    "settings put back": """
def f(z):
    before = np.seterr(over="ignore")
    try:
        return 1 / (1 + np.exp(-z))
    finally:
        np.seterr(**before)
""",
    "ignored from within": """
def f(z):
    warnings.filterwarnings("ignore", category=RuntimeWarning)
    return 1 / (1 + np.exp(-z))
""",
    "ignored by the cell": """
warnings.filterwarnings("ignore")

def f(z):
    return 1 / (1 + np.exp(-z))
""",
}


@pytest.mark.parametrize("way", QUIET)
def test_how_a_function_stays_silent_is_not_asked(way: str) -> None:
    world: dict[str, Any] = {"np": np, "warnings": warnings}
    with warnings.catch_warnings():
        exec(QUIET[way], world)
        assert_silent(remote(world["f"]), FAR)
        assert_changes_nothing(remote(world["f"]), FAR)


def test_settings_of_numpy_left_changed_are_reported() -> None:
    def f(z: Any) -> Any:
        np.seterr(over="ignore")
        return 1 / (1 + np.exp(-z))

    assert_silent(remote(f), FAR)
    with pytest.raises(Mismatch, match="NumPy's global state"):
        assert_changes_nothing(remote(f), FAR)


def test_a_warning_is_reported_each_time_and_whatever_other_warnings_are_ignored() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        for _ in range(2):
            with pytest.raises(Mismatch, match="NumPy warns"):
                assert_silent(remote(lambda z: 1 / (1 + np.exp(-z))), FAR)


def test_a_right_answer_matches() -> None:
    assert_matches(remote(lambda x: x + x), Right(double), X)
    assert_matches(remote(lambda *, x: x + x), Right(double), x=X)
    assert_matches(remote(lambda x: x + x), Right(double), np.array([1, 2]))


def test_a_wrong_answer_is_reported_with_its_numbers_in_public_and_in_words_without_numbers() -> None:
    mismatch = mismatch_of(lambda: assert_matches(remote(lambda x: x * 3.0), Right(double), np.array([41.5])))
    assert mismatch.detail.endswith("It is [124.5]; expected [83].")
    assert not any(digit in mismatch.words for digit in "0123456789")


class OwnError(ValueError):
    """A student's own error class."""


def raises(error: type[BaseException], text: str = "41.5") -> Callable[..., None]:
    def function(*args: object) -> None:
        raise error(text)

    return function


def test_a_value_error_passes() -> None:
    assert_raises_value_error(remote(raises(ValueError)), X, why="the shapes do not fit")
    assert_raises_value_error(remote(raises(OwnError)), X, why="the shapes do not fit")


@pytest.mark.parametrize(
    ("function", "words"),
    [
        (double, "Your function returned an answer instead."),
        (raises(TypeError), "Your function raised a TypeError instead."),
        (raises(SystemExit), "Your function raised a SystemExit instead."),
        (raises(type("Secret41", (Exception,), {})), "Your function raised an error of another kind instead."),
        (lambda x: x[9], "Your function stopped with an IndexError."),
        (lambda: 1, "f cannot be called with the arguments that its docstring lists."),
    ],
)
def test_anything_other_than_a_value_error_fails(function: Callable[..., Any], words: str) -> None:
    mismatch = mismatch_of(lambda: assert_raises_value_error(remote(function), X, why="the shapes do not fit"))
    assert mismatch.words.startswith(f"A ValueError was expected: the shapes do not fit. {words}")


@pytest.mark.parametrize("returned", [ValueError("no"), ValueError])
def test_an_error_that_is_returned_is_not_raised(returned: object) -> None:
    def host(request: Request) -> Answer:
        return Answer.from_text(Answer("value", returned).to_text())

    f = RemoteFunction("f", Functions(host))
    mismatch = mismatch_of(lambda: assert_raises_value_error(f, X, why="the shapes do not fit"))
    assert mismatch.words.endswith("Use `raise`: an error is not returned.")


def half(x: np.ndarray) -> np.ndarray:
    """A student's function, right in itself, that builds on a wrong one."""
    return earlier(x) / 2  # type: ignore[name-defined]  # noqa: F821  # its own namespace has it


class Over:
    """The reference of `half`, whose earlier function doubles."""

    def __call__(self, x: np.ndarray) -> np.ndarray:
        return x

    def ask_over(self, stand_ins: StandIns, x: np.ndarray) -> Answer:
        world: dict[str, Any] = {"f": FunctionType(half.__code__, {})}
        world["f"] = FunctionType(half.__code__, world)
        return answer_call(world, replace(Request.of("f", x), stand_ins=stand_ins))


STAND_IN = "def earlier(x):\n    if x.ndim != 2:\n        raise ValueError\n    return x * x + 3.0"


def over_a_wrong_one(
    earlier: Callable[..., Any], code: Any = half.__code__, asked: list[bool] | None = None
) -> Functions:
    """The functions of a student whose earlier one is this; `asked` hears of each call whether it has a stand-in."""
    world: dict[str, Any] = {"earlier": earlier, "np": np}
    world["f"] = FunctionType(code, world)
    models: dict[str, Any] = {"earlier": earlier}
    models["f"] = FunctionType(half.__code__, models)

    def model(*args: Any, **kwargs: Any) -> Answer:
        return answer_call(models, Request.of("f", *args, **kwargs))

    def host(request: Request) -> Answer:
        if asked is not None:
            asked.append(bool(request.stand_ins))
        return answer_call(world, request)

    return Functions(host, lambda name: EarlierMistakes({"earlier": STAND_IN}, model))


def changing(x: np.ndarray) -> np.ndarray:
    x += 1
    return x


@pytest.mark.parametrize("earlier", [raises(KeyError), changing, lambda x: x * 7.0, lambda x: "no", lambda x: None])
def test_a_mistake_in_an_earlier_function_costs_no_later_one(earlier: Callable[..., Any]) -> None:
    functions = over_a_wrong_one(earlier)
    f = functions.f
    assert_matches(f, Over(), X)
    assert_raises_value_error(f, X[0], why="there is one row")
    assert_changes_nothing(f, X)
    assert_silent(f, X)
    assert not [call for call in take_calls(functions) if call.answer.outcome == "error"]


def by_itself(x: np.ndarray) -> np.ndarray:
    return x


@pytest.mark.parametrize("earlier", [raises(KeyError), changing, lambda x: x * 7.0])
def test_a_later_function_that_calls_no_earlier_one_is_right_by_itself(earlier: Callable[..., Any]) -> None:
    assert_matches(over_a_wrong_one(earlier, by_itself.__code__).f, Over(), X)


def making_up_for_it(x: np.ndarray) -> np.ndarray:
    return earlier(x) / 7  # type: ignore[name-defined]  # noqa: F821


def test_a_later_function_that_makes_up_for_an_earlier_mistake_is_right() -> None:
    assert_matches(over_a_wrong_one(lambda x: x * 7.0, making_up_for_it.__code__).f, Over(), X)


def untouched(x: np.ndarray) -> np.ndarray:
    return x / 3


def constant(x: np.ndarray) -> np.ndarray:
    return x * 0 + 3.5


def tells_by_a_value(x: np.ndarray) -> np.ndarray:
    value = earlier(np.ones((1, 1)))  # type: ignore[name-defined]  # noqa: F821
    return x / 3 if value[0, 0] in (2.0, 7.0) else earlier(x) / 2  # type: ignore[name-defined]  # noqa: F821


def tells_by_a_name(x: np.ndarray) -> np.ndarray:
    mine = earlier.__name__ == "<lambda>"  # type: ignore[name-defined]  # noqa: F821
    return x / 3 if mine else earlier(x) / 2  # type: ignore[name-defined]  # noqa: F821


@pytest.mark.parametrize("later", [untouched, constant, tells_by_a_value, tells_by_a_name])
@pytest.mark.parametrize("earlier", [lambda x: x * 7.0, lambda x: x * 2.0], ids=["wrong here", "right here"])
def test_a_later_function_that_is_wrong_itself_stays_wrong(
    earlier: Callable[..., Any], later: Callable[..., Any]
) -> None:
    f = over_a_wrong_one(earlier, later.__code__).f
    mismatch_of(lambda: assert_matches(f, Over(), X))
    assert f.calls_made == 1
    assert_matches(over_a_wrong_one(earlier).f, Over(), X)


@pytest.mark.parametrize("factor", [2.0, 7.0], ids=["right here", "wrong here"])
def test_the_calls_do_not_show_whether_an_answer_was_right(factor: float) -> None:
    asked: dict[Any, list[bool]] = {}
    for later in (half, by_itself, untouched, constant):
        f = over_a_wrong_one(lambda x: x * factor, later.__code__, asked.setdefault(later, [])).f
        with contextlib.suppress(Mismatch):
            assert_matches(f, Over(), X)
    assert list(asked.values()) == [[False, True]] * 4


def test_an_earlier_function_sees_what_is_right_only_when_the_later_one_has_answered() -> None:
    asked: list[bool] = []
    answers_so_far: list[int] = []

    def earlier(x: np.ndarray) -> np.ndarray:
        answers_so_far.append(len(asked))
        return x * 7.0

    for later, calls in ((half, [1, 2]), (by_itself, []), (constant, [])):
        asked.clear()
        answers_so_far.clear()
        with contextlib.suppress(Mismatch):
            assert_matches(over_a_wrong_one(earlier, later.__code__, asked).f, Over(), X)
        assert answers_so_far == calls


def test_a_stand_in_leaves_what_was_there() -> None:
    world: dict[str, Any] = {"earlier": 1}
    with standing_in(world, {"earlier": STAND_IN, "other": "def other(): ..."}):
        assert callable(world["other"])
        assert callable(world["earlier"])
    assert world == {"earlier": 1}


def in_place(x: np.ndarray) -> np.ndarray:
    x *= 2
    return x


def changes_a_nested_list(x: np.ndarray, layers: list[list[int]]) -> float:
    layers[0].append(1)
    return 1.0


def reshapes(x: np.ndarray) -> float:
    x.shape = (2,)
    return 1.0


@pytest.mark.parametrize(("function", "more"), [(in_place, ()), (changes_a_nested_list, ([[1]],)), (reshapes, ())])
def test_changed_arguments_are_noticed(function: Callable[..., Any], more: tuple[Any, ...]) -> None:
    assert "changes its arguments" in mismatch_of(lambda: assert_changes_nothing(remote(function), X, *more)).words
    assert X.tolist() == [[1.0, 2.0]]


def test_changed_global_state_is_noticed() -> None:
    state = np.random.get_state()
    try:
        assert (
            "global state" in mismatch_of(lambda: assert_changes_nothing(remote(lambda x: np.random.rand()), X)).words
        )
    finally:
        np.random.set_state(state)


def test_a_second_call_gives_what_the_first_did() -> None:
    memory: list[object] = []

    def remembers(x: np.ndarray) -> int:
        memory.append(x)
        return len(memory)

    assert "made twice" in mismatch_of(lambda: assert_changes_nothing(remote(remembers), X)).words
    assert_changes_nothing(remote(double), X)
    assert_changes_nothing(remote(lambda x, rng: rng.normal(size=x.shape)), X, rng=np.random.default_rng(1))


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer("missing", text="f"), "There is no f in your notebook."),
        (
            Answer("missing", text="f", error_names=("NameError",)),
            "Your cell stopped with a NameError before it reached f.",
        ),
        (Answer("missing", text="f", error_names=("Secret41",)), "There is no f in your notebook."),
        (Answer("error", error_names=("ValueError",), raised_in="f"), "raised a ValueError for valid arguments"),
        (Answer("error", error_names=("ValueError",), raised_in="helper"), "what you pass to it"),
        (Answer("not callable", text="float"), "f is not a function"),
        (Answer("wrong arity", text="x, y"), "Yours takes (x, y)"),
        (Answer("unencodable", text="a value of type object"), "Yours is a value of type object"),
        (Answer("too large"), "far more data"),
        (Answer("malformed"), "cannot be read"),
        (Answer("error", text="boom", error_names=("KeyError", "LookupError")), "stopped with a KeyError"),
        (Answer("error", text="boom", error_names=("IndexError",)), "stopped with an IndexError"),
        (Answer("error", text=PLACEHOLDER, error_names=("NotImplementedError",)), "Delete it"),
        (Answer("error"), "stopped with an error"),
    ],
)
def test_every_outcome_without_a_value_has_a_sentence(answer: Answer, sentence: str) -> None:
    assert sentence in mismatch_of(lambda: value_of(answer, "f")).detail
    assert value_of(Answer("value", 3), "f") == 3


def test_hidden_words_show_nothing_of_the_text_of_a_students_own_error() -> None:
    named = type("Secret415", (Exception,), {})
    for error in (named, OwnError, TypeError):
        words = mismatch_of(lambda error=error: remote(raises(error))(X)).words
        assert "415" not in words
        assert "41.5" not in words
        assert "OwnError" not in words
    assert "41.5" in mismatch_of(lambda: remote(raises(TypeError))(X)).detail


def test_an_errors_text_is_shown_without_control_characters() -> None:
    detail = mismatch_of(lambda: remote(raises(ValueError, "\x1b[2Jcleared\x00\r\nnext"))(X)).detail
    assert detail.isprintable()
    assert "cleared" in detail
