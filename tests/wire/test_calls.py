"""Calls and their answers: every outcome, the remarks, and answers that something else wrote."""

from __future__ import annotations

import json
import sys
import warnings
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.wire import document as wire
from autograder.wire.answering import answer_call
from autograder.wire.calls import MAX_TEXT, OUTCOMES, Answer, Call, Request, read_arguments, write_arguments


def call(function: object, *args: Any, **kwargs: Any) -> Answer:
    """The answer as the grader gets it: called, written and read again."""
    return Answer.from_text(answer_call({"f": function}, Request.of("f", *args, **kwargs)).to_text())


def raises(error: BaseException) -> Callable[[], None]:
    def function() -> None:
        raise error

    return function


def test_a_value_comes_back_with_its_arguments_as_they_were() -> None:
    answer = call(lambda x, *, factor=1: {"twice": x * factor}, np.array([1.0, 2.0]), factor=2)
    assert answer.outcome == "value"
    np.testing.assert_array_equal(answer.value["twice"], [2, 4])
    assert (answer.text, answer.error_names, answer.warnings, answer.shared) == ("", (), (), ())
    assert not answer.global_state_changed
    assert answer.seconds >= 0
    assert answer.arguments_after == write_arguments((np.array([1.0, 2.0]),), {"factor": 2})


@pytest.mark.parametrize(
    ("error", "names"),
    [
        (ValueError("no"), ("ValueError", "Exception", "BaseException", "object")),
        (np.linalg.LinAlgError("no"), ("LinAlgError", "ValueError", "Exception", "BaseException", "object")),
        (SystemExit("no"), ("SystemExit", "BaseException", "object")),
        (KeyboardInterrupt("no"), ("KeyboardInterrupt", "BaseException", "object")),
        (pytest.skip.Exception("no"), ("Skipped", "OutcomeException", "BaseException", "object")),
    ],
)
def test_anything_raised_becomes_names_and_a_text(error: BaseException, names: tuple[str, ...]) -> None:
    answer = call(raises(error))
    assert (answer.outcome, answer.error_names, answer.value) == ("error", names, None)
    assert "no" in answer.text


def test_an_errors_text_is_bounded_and_its_failure_harmless() -> None:
    class Unspeakable(Exception):
        def __str__(self) -> str:
            raise ValueError

    assert len(call(raises(ValueError("x" * 10**6))).text) == MAX_TEXT
    assert call(raises(Unspeakable())).error_names[0] == "Unspeakable"
    assert call(raises(ValueError("\ud800"))).text.encode("utf-8")


def test_a_missing_function_and_one_that_is_none() -> None:
    assert answer_call({}, Request.of("f")) == Answer("missing", text="f")
    assert call(3.0, 1) == Answer("not callable", text="float")


def test_a_quiz_is_itself_the_answer_to_a_call_without_arguments() -> None:
    assert call({"soma": "one of four"}) == Answer("value", {"soma": "one of four"})


def test_arguments_that_do_not_fit_are_distinguished_from_errors_inside() -> None:
    answer = call(lambda x, y: x, 1)
    assert (answer.outcome, answer.text) == ("wrong arity", "x, y")
    assert call(lambda x: x, 1, size=2).outcome == "wrong arity"
    assert call(lambda x: [].append(), 1).error_names[0] == "TypeError"
    assert call(lambda x, more=0, **rest: x, 1).value == 1
    assert call(max, 1, 2).value == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [(print, "builtin_function_or_method"), ([object()], "object"), (np.array([None]), "dtype object")],
)
def test_a_value_that_cannot_be_sent_is_named(value: object, text: str) -> None:
    answer = call(lambda: value)
    assert answer.outcome == "unencodable"
    assert text in answer.text


def test_far_too_large_a_value_is_never_encoded() -> None:
    assert call(lambda: np.broadcast_to(0.0, (10**10,))).outcome == "too large"
    endless: list[Any] = []
    endless.append(endless)
    assert call(lambda: endless).outcome == "too large"


def test_a_value_whose_looks_run_code_that_fails_is_an_answer() -> None:
    class Trap(dict[str, int]):
        def items(self) -> Any:
            raise RuntimeError

    assert call(Trap).outcome == "unencodable"


def test_what_a_function_prints_is_discarded(capsys: pytest.CaptureFixture[str]) -> None:
    def noisy() -> int:
        print("to stdout")
        print("to stderr", file=sys.stderr)
        warnings.warn("to stderr, too", stacklevel=1)
        return 1

    assert call(noisy).value == 1
    assert capsys.readouterr() == ("", "")


def test_warnings_are_remarked_by_category() -> None:
    def warns() -> float:
        warnings.warn("old", DeprecationWarning, stacklevel=1)
        return float(np.log(np.float64(0)))

    assert call(warns).warnings == ("DeprecationWarning", "RuntimeWarning")


def test_changed_arguments_are_remarked_and_the_callers_stay_whole() -> None:
    def changes(x: np.ndarray, nested: dict[str, list[int]]) -> None:
        x += 1
        nested["a"].append(3)

    x, nested = np.zeros(2), {"a": [1]}
    args, _ = read_arguments(call(changes, x, nested=nested).arguments_after or "")
    np.testing.assert_array_equal(args[0], [1, 1])
    assert read_arguments(call(changes, x, nested=nested).arguments_after or "")[1] == {"nested": {"a": [1, 3]}}
    assert (x.tolist(), nested) == ([0, 0], {"a": [1]})


def test_arguments_that_are_large_or_made_unwritable_are_not_echoed() -> None:
    assert call(lambda x: 1, np.zeros(200_000)).arguments_after is None
    assert call(lambda x: x.append(print), []).arguments_after is None


def test_results_that_are_their_arguments_are_remarked() -> None:
    x = np.zeros((2, 2))
    assert call(lambda x: x, x).shared == ("result",)
    assert call(lambda x: x[:1].T, x).shared == ("result",)
    assert call(lambda x: [x.copy(), x], x).shared == ("[1]",)
    assert call(lambda items: {"it": items}, [1]).shared == ("['it']",)
    assert call(lambda x: (x.copy(), 1.0, "a"), x).shared == ()


def test_changed_global_state_is_remarked() -> None:
    before, errors = np.random.get_state(), np.geterr()
    try:
        assert call(np.random.rand).global_state_changed
        assert call(lambda: np.seterr(all="ignore")).global_state_changed
        assert not call(lambda: float(np.random.default_rng(1).random())).global_state_changed
    finally:
        np.random.set_state(before)
        np.seterr(**errors)


def test_a_given_generator_goes_on_from_its_state() -> None:
    rng = np.random.default_rng(5)
    rng.random(3)
    assert call(lambda rng: rng.random(), rng).value == rng.random()


def test_a_call_has_its_arguments_and_value() -> None:
    call = Call(Request.of("f", 1, b=[2]), Answer("value", 3))
    assert (call.arguments, call.keywords, call.value) == ((1,), {"b": [2]}, 3)
    assert Call(call.request, Answer("error", value=3)).value is None


ODD = (
    st.none() | st.booleans() | st.text(max_size=5) | st.floats() | st.tuples(st.text(max_size=3)) | st.just(np.ones(2))
)
FIELDS = st.fixed_dictionaries(dict.fromkeys(Answer.__dataclass_fields__, ODD))


@given(FIELDS, st.sampled_from(OUTCOMES) | st.none())
def test_an_answer_of_any_form_is_read(fields: dict[str, Any], outcome: str | None) -> None:
    answer = Answer.from_text(wire.dumps({**fields, "outcome": outcome or fields["outcome"]}))
    assert answer.outcome in OUTCOMES
    assert isinstance(answer.text, str)
    assert all(isinstance(name, str) for name in (*answer.error_names, *answer.warnings, *answer.shared))
    assert isinstance(answer.seconds, float)


@given(
    st.recursive(st.none() | st.integers() | st.text(), lambda i: st.lists(i) | st.dictionaries(st.text(), i)).map(
        json.dumps
    )
)
def test_any_json_reads_as_a_malformed_answer(text: str) -> None:
    assert Answer.from_text(text).outcome == "malformed"


@pytest.mark.parametrize("value", [None, 1, [], {"value": 1}, {**Answer("value").__dict__, "more": 1}])
def test_a_wire_document_that_is_no_answer_is_malformed(value: object) -> None:
    assert Answer.from_text(wire.dumps(value)).outcome == "malformed"
    assert Answer.from_text("x" * (2 * wire.MAX_BYTES + 1)).outcome == "too large"
