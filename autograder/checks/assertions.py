"""What authors write checks with: `assert_matches` and the like, which judge a function by its calls."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

import numpy as np

from autograder.checks.compare import agrees, compare, require_dict, require_list
from autograder.checks.mismatch import Mismatch
from autograder.checks.no_value import error_named, is_placeholder, value_of
from autograder.checks.over_mistakes import Function, Reference, judge_over_mistakes
from autograder.checks.submission import Ask
from autograder.checks.tolerance import close_enough
from autograder.checks.wording import names_of_items, part_of, short_key
from autograder.wire.calls import Answer, StandIns, read_arguments, write_arguments
from autograder.wire.values import numbers


def assert_matches(function: Function, reference: Reference, *args: Any, **kwargs: Any) -> None:
    """Fail unless the function answers a call as the reference does, by the conventions of `autograder.checks.compare`.

    An answer that is wrong only because an earlier exercise's function is wrong is accepted: it is what the model
    answer gives over that function, and right with a stand-in for it.
    """
    _match(function, reference, compare, lambda value: value, args, kwargs)


def assert_entry_matches(
    function: Function, reference: Reference, entry: int | str, /, *args: Any, **kwargs: Any
) -> None:
    """Like `assert_matches`, of one entry of the answer alone: ``entry`` is a result's number, or a key of a dict."""
    _match(function, reference, partial(_compare_entry, entry), partial(_entry_of, entry), args, kwargs)


def _match(
    function: Function,
    reference: Reference,
    compared: Callable[..., None],
    part: Callable[[Any], Any],
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
) -> None:
    """Fail unless an answer is the reference's as `compared` says; `part` gives the part of it that counts."""
    whole = _all_whole([*args, *kwargs.values()])
    answers: list[Answer] = []

    def as_it_is(ask: Ask) -> None:
        want = reference(*args, **kwargs)
        answers.append(ask(*args, **kwargs))
        try:
            compared(value_of(answers[-1], function.name), want, whole_numbers=whole)
        except Mismatch as mismatch:
            mismatch.compared = True
            raise

    def over(stand_ins: StandIns, ask: Ask) -> None:
        want = value_of(reference.ask_over(stand_ins, *args, **kwargs), function.name)
        compared(value_of(ask(*args, **kwargs), function.name), want, whole_numbers=whole)

    def follows() -> bool:
        mine, models = answers
        if models.outcome != "value":
            return True
        return mine.outcome == "value" and _same_numbers(part(mine.value), part(models.value))

    judge_over_mistakes(function, as_it_is, over, follows)


def _compare_entry(entry: int | str, got: Any, want: Any, *, whole_numbers: bool) -> None:
    """Raise `Mismatch` unless an entry of an answer is right. A dict may lack other entries, not a tuple or list."""
    if isinstance(want, Mapping):
        if not isinstance(got, Mapping) or entry not in got:
            require_dict(got, set(want), "the answer")
        name = f"the entry {short_key(entry)}"
    else:
        require_list(got, len(want), "the answer", results=isinstance(want, tuple))
        name = names_of_items(want)[int(entry)]
    compare(got[entry], want[entry], where=part_of("", name), whole_numbers=whole_numbers)


def _entry_of(entry: int | str, value: Any) -> Any:
    """An entry of an answer, whatever that is; None if it has none."""
    try:
        return value[entry]
    except (TypeError, LookupError):
        return None


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

    judge_over_mistakes(function, refuses)


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

    judge_over_mistakes(function, changes_nothing)


def assert_silent(function: Function, *args: Any, **kwargs: Any) -> None:
    """Fail if a call makes NumPy warn, for instance of an overflow."""

    def stays_silent(ask: Ask) -> None:
        answer = ask(*args, **kwargs)
        value_of(answer, function.name)
        if "RuntimeWarning" in answer.warnings:
            raise Mismatch("NumPy warns when your function runs: a number on the way to the result becomes too large.")

    judge_over_mistakes(function, stays_silent)


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
