"""Assertions on the manner in which an answer is right: how precise it is, in whose memory, made with what."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.checks.assertions import assert_matches
from autograder.checks.mismatch import Mismatch
from autograder.checks.no_value import value_of
from autograder.checks.over_mistakes import Function, Reference, judge_over_mistakes
from autograder.checks.submission import Ask
from autograder.checks.tolerance import relative_only
from autograder.checks.wording import in_words


def assert_precise(
    function: Function, reference: Reference, *args: Any, relative: float = 1e-12, **kwargs: Any
) -> None:
    """Like `assert_matches`, by a relative tolerance alone, so that tiny numbers count, too; float32 won't do.

    Mark a check that uses it with `double_precision`. In a student's notebook the right answers have ten digits, and
    the tolerance is as large as these need.
    """
    with relative_only(max(relative, getattr(reference, "relative", 0.0))):
        assert_matches(function, reference, *args, **kwargs)


def assert_own_memory(function: Function, *args: Any, **kwargs: Any) -> None:
    """Fail if a call returns an argument itself, or an array that shares memory with one."""

    def has_its_own(ask: Ask) -> None:
        answer = ask(*args, **kwargs)
        value_of(answer, function.name)
        if answer.shared:
            raise Mismatch(
                "Your function returns an argument itself, or an array in the same memory: whoever changes one of them "
                "changes the other. Return a new array."
            )

    judge_over_mistakes(function, has_its_own)


def assert_without(function: Function, names: Sequence[str], *args: Any, **kwargs: Any) -> None:
    """Fail if the function uses a ready-made function of one of these names, or calls one of the notebook's that does.

    What counts is in the code, whether the call comes there or not. That is the word of the student's kernel, so give
    such a check little weight.
    """

    def does_without(ask: Ask) -> None:
        answer = ask(*args, **kwargs)
        value_of(answer, function.name)
        used = [f"`{name}`" for name in names if name in answer.ready_made]
        if used:
            raise Mismatch(
                f"Your code uses a function that somebody else has written: {in_words(used)}. "
                "This exercise asks you to do without it."
            )

    judge_over_mistakes(function, does_without)
