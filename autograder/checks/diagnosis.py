"""Finds the misconception that explains a submission's answers.

A misconception is a named wrong answer. It explains a submission if it gives the student's answer to every call that
has a right answer, and at least one of these is not the right one. If two explain it, neither is named.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol

from autograder.checks.compare import agrees, same_answer
from autograder.checks.symptoms import Judged, shows
from autograder.wire.calls import Answer, Call
from autograder.wire.symptoms import Symptom


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


@dataclass(frozen=True)
class Seen:
    """What a check has seen: whether it passed, and the calls that count, each with its right answer."""

    passed: bool
    calls: tuple[Judged, ...]

    @property
    def with_values(self) -> tuple[Judged, ...]:
        """The calls whose right answer is a value."""
        return tuple((call, right) for call, right in self.calls if right.outcome == "value")


def seen_in(checks: Iterable[tuple[bool, Sequence[Call]]], right: AnswersCalls, exercise: str) -> list[Seen]:
    """What the checks of an exercise have seen.

    Parameters
    ----------
    checks
        For each check, whether it passed and the calls that it made.
    right
        The reference.
    exercise
        The name of the function, or of the quiz's variable, whose calls count.
    """
    return [
        Seen(passed, tuple((call, right.answer(call)) for call in calls if call.function == exercise))
        for passed, calls in checks
    ]


def diagnose(checks: Sequence[Seen], explanations: Sequence[Explanation]) -> Explanation | None:
    """The one misconception that explains the answers of a submission, or None.

    Parameters
    ----------
    checks
        What the checks of the exercise have seen.
    explanations
        The exercise's misconceptions.
    """
    if all(check.passed for check in checks):
        return None
    judged = [one for check in checks for one in check.with_values]
    matching = [
        e
        for e in explanations
        if (
            any(not check.passed and shows(e.symptom, check.calls) for check in checks)
            if e.symptom is not None
            else _explains(e, judged)
        )
    ]
    return matching[0] if len({explanation.name for explanation in matching}) == 1 else None


def _explains(explanation: Explanation, judged: Sequence[Judged]) -> bool:
    some_wrong = False
    for call, right in judged:
        explained = explanation.answer(call)
        if not same_answer(call.answer, explained):
            return False
        some_wrong = some_wrong or (explained.outcome == "value" and not agrees(explained.value, right.value))
    return some_wrong
