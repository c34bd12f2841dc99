"""Finds the misconception that explains a submission's answers.

A misconception is a named wrong answer. It explains a submission if it gives the student's answer to every call that
has a right answer, and at least one of these is not the right one. If two explain it, neither is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import numpy as np

from autograder.checks.compare import agrees
from autograder.wire.calls import Answer, Call, Symptom
from autograder.wire.values import mapped


class AnswersCalls(Protocol):
    """Something that gives the right answer to a call."""

    def answer(self, call: Call) -> Answer: ...


class Explanation(Protocol):
    """A misconception as the diagnosis needs it: its code in the grader, recorded answers on a student's machine."""

    @property
    def name(self) -> str: ...

    @property
    def hint(self) -> str: ...

    @property
    def symptom(self) -> Symptom | None: ...

    def answer(self, call: Call) -> Answer: ...


def diagnose(
    checks: Iterable[tuple[bool, Sequence[Call]]],
    explanations: Sequence[Explanation],
    right: AnswersCalls,
    exercise: str,
) -> Explanation | None:
    """The one misconception that explains the answers of a submission, or None.

    Parameters
    ----------
    checks
        For each check of the exercise, whether it passed and the calls that it made.
    explanations
        The exercise's misconceptions.
    right
        The reference.
    exercise
        The name of the function, or of the quiz's variable, whose calls count.
    """
    runs = [(passed, [c for c in calls if c.function == exercise]) for passed, calls in checks]
    if all(passed for passed, _ in runs):
        return None
    judged = [(call, right.answer(call)) for _, calls in runs for call in calls]
    judged = [(call, answer) for call, answer in judged if answer.outcome == "value"]
    matching = [
        e
        for e in explanations
        if (
            any(not passed and _shows(e.symptom, calls) for passed, calls in runs)
            if e.symptom is not None
            else _explains(e, judged)
        )
    ]
    return matching[0] if len({explanation.name for explanation in matching}) == 1 else None


def _shows(symptom: Symptom, calls: Sequence[Call]) -> bool:
    try:
        return bool(symptom(calls))
    except Exception:  # a symptom looks at answers of any form: if it cannot read them, it does not show
        return False


def _explains(explanation: Explanation, judged: Sequence[tuple[Call, Answer]]) -> bool:
    some_wrong = False
    for call, right in judged:
        explained = explanation.answer(call)
        if not same_answer(call.answer, explained):
            return False
        some_wrong = some_wrong or (explained.outcome == "value" and not agrees(explained.value, right.value))
    return some_wrong


def same_answer(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same value within the tolerance, or the same kind of error."""
    if one.outcome != other.outcome:
        return False
    if one.outcome == "error":
        return one.error_names[:1] == other.error_names[:1]
    try:
        return agrees(mapped(one.value, _as_float), mapped(other.value, _as_float))
    except Exception:  # a value that cannot be compared is not the same
        return False


def _as_float(leaf: Any) -> Any:
    """The leaf, with an array of integers as floats: a wrong answer is the same one whatever its dtype."""
    return leaf.astype(np.float64) if isinstance(leaf, np.ndarray) and leaf.dtype.kind in "iu" else leaf
