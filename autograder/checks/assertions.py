"""What authors write checks with: `assert_matches` and the like, which judge a function by its calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

import numpy as np

from autograder.checks.compare import agrees, compare
from autograder.checks.mismatch import Mismatch
from autograder.checks.no_value import error_named, is_placeholder, value_of
from autograder.checks.submission import Ask, CallStopped, EarlierMistakes
from autograder.checks.tolerance import close_enough
from autograder.wire.calls import Answer, StandIns, read_arguments, write_arguments
from autograder.wire.values import numbers


class Function(Protocol):
    """A submission's function, wherever it runs; `mistakes` are those in what it builds on."""

    name: str

    def ask(self, *args: Any, **kwargs: Any) -> Answer: ...

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer: ...

    @property
    def mistakes(self) -> EarlierMistakes | None: ...

    @property
    def calls_made(self) -> int: ...

    def forget_calls(self, after: int) -> None: ...


class Reference(Protocol):
    """A reference function, which can also be called with stand-ins for what it builds on."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer: ...


def assert_matches(function: Function, reference: Reference, *args: Any, **kwargs: Any) -> None:
    """Fail unless the function answers a call as the reference does, by the conventions of `autograder.checks.compare`.

    An answer that is wrong only because an earlier exercise's function is wrong is accepted: it is what the model
    answer gives over that function, and right with a stand-in for it.
    """
    whole = _all_whole([*args, *kwargs.values()])
    answers: list[Answer] = []

    def as_it_is(ask: Ask) -> None:
        want = reference(*args, **kwargs)
        answers.append(ask(*args, **kwargs))
        try:
            compare(value_of(answers[-1], function.name), want, whole_numbers=whole)
        except Mismatch as mismatch:
            mismatch.compared = True
            raise

    def over(stand_ins: StandIns, ask: Ask) -> None:
        want = value_of(reference.ask_over(stand_ins, *args, **kwargs), function.name)
        compare(value_of(ask(*args, **kwargs), function.name), want, whole_numbers=whole)

    def follows() -> bool:
        mine, models = answers
        return models.outcome != "value" or (mine.outcome == "value" and _same_numbers(mine.value, models.value))

    _judge(function, as_it_is, over, follows)


def assert_raises_value_error(function: Function, *args: Any, why: str, **kwargs: Any) -> None:
    """Fail unless the function raises a ValueError or a subclass; `why` says what is wrong with the call."""
    expected = f"A ValueError was expected: {why}."

    def refuses(ask: Ask) -> None:
        answer = ask(*args, **kwargs)
        match answer.outcome:
            case "error" if "ValueError" in answer.error_names:
                return
            case "value" if answer.value is None:
                raise Mismatch(
                    f"{expected} Your function returned None: raise the error, do not print or return it.", kind="error"
                )
            case "value":
                raise Mismatch(f"{expected} Your function returned an answer instead.", kind="error")
            case "unencodable":
                raise Mismatch(
                    f"{expected} Your function returned something else. Use `raise`: an error is not returned.",
                    kind="error",
                )
            case "error" if answer.raised_in and not is_placeholder(answer):
                raise Mismatch(f"{expected} Your function raised {error_named(answer)} instead.", kind="error")
        try:
            value_of(answer, function.name)
        except Mismatch as mismatch:
            raise Mismatch(f"{expected} {mismatch.words}", f"{expected} {mismatch.detail}", mismatch.kind) from None

    _judge(function, refuses)


def assert_changes_nothing(function: Function, *args: Any, **kwargs: Any) -> None:
    """Fail if a call changes its arguments or NumPy's global state, or if a second call gives a different answer."""

    def changes_nothing(ask: Ask) -> None:
        first = ask(*args, **kwargs)
        value = value_of(first, function.name)
        if first.arguments_after is not None:
            before = read_arguments(write_arguments(args, kwargs))
            after = read_arguments(first.arguments_after)
            if not _unchanged(_without_generators(before), _without_generators(after)):
                raise Mismatch(
                    "Your function changes its arguments. Work on copies, and leave the arguments as they were."
                )
        if first.global_state_changed:
            raise Mismatch(
                "Your function changes NumPy's global state (np.random or np.seterr), which other code shares. "
                "Use only the arguments."
            )
        second = value_of(ask(*args, **kwargs), function.name)
        if not agrees(second, value):
            raise Mismatch(
                "The same call, made twice, gives two different answers. Is something remembered from the first call?"
            )

    _judge(function, changes_nothing)


def assert_silent(function: Function, *args: Any, **kwargs: Any) -> None:
    """Fail if a call makes NumPy warn, for instance of an overflow."""

    def stays_silent(ask: Ask) -> None:
        answer = ask(*args, **kwargs)
        value_of(answer, function.name)
        if "RuntimeWarning" in answer.warnings:
            raise Mismatch("NumPy warns when your function runs: a number on the way to the result becomes too large.")

    _judge(function, stays_silent)


def _judge(
    function: Function,
    test: Callable[[Ask], None],
    over: Callable[[StandIns, Ask], None] | None = None,
    follows: Callable[[], bool] = lambda: True,
) -> None:
    """Raise `Mismatch` unless a function passes `test`, or fails it only because of mistakes in what it builds on.

    A failed test is forgiven if the function passes `over` (`test` if None) with stand-ins in place of those mistakes,
    if they make a difference, which the model answer over them shows, and if its answer `follows` from them; then the
    calls that failed are forgotten, too. Over mistakes it is always called both ways, whatever it answers: so one that
    can tell a stand-in from its own earlier function learns nothing by it. The model answer comes last: what it asks
    the student's earlier functions shows them what is right, and nothing that they pass on may help an answer.
    """
    mistakes = function.mistakes
    if mistakes is None:
        test(function.ask)
        return
    before = function.calls_made
    failure = _failure(test, function.ask)
    try:
        ask = partial(function.ask_over, mistakes.stand_ins)
        not_by_itself = _failure(test if over is None else partial(over, mistakes.stand_ins), ask)
    except CallStopped:
        if failure is not None:
            raise
        return
    if failure is None:
        return
    if not_by_itself is None and _failure(test, mistakes.model) is not None and follows():
        function.forget_calls(before)
        return
    raise failure


def _failure(test: Callable[[Ask], None], ask: Ask) -> Mismatch | None:
    try:
        test(ask)
    except Mismatch as mismatch:
        return mismatch
    return None


def _same_numbers(one: Any, other: Any) -> bool:
    """Whether two answers hold the same numbers, whatever else they are: those of wrong functions may be anything."""
    first, second = (np.array(list(numbers(value, "iufb")), dtype=float) for value in (one, other))
    if first.shape != second.shape:
        return False
    equal = (first == second) | (np.isnan(first) & np.isnan(second))  # infinity, too
    return bool(np.all(equal | close_enough(first, second, single=True)))


def _all_whole(values: list[Any]) -> bool:
    arrays = [value for value in values if isinstance(value, np.ndarray)]
    return bool(arrays) and all(array.dtype.kind in "iu" for array in arrays)


def _without_generators(arguments: tuple[list[Any], dict[str, Any]]) -> list[Any]:
    values = [*arguments[0], *(arguments[1][key] for key in sorted(arguments[1]))]
    return [None if isinstance(value, np.random.Generator) else value for value in values]


def _unchanged(before: list[Any], after: list[Any]) -> bool:
    return write_arguments(tuple(before), {}) == write_arguments(tuple(after), {})
