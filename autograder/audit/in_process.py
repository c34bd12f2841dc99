"""Answers graded in this process, by the hundred: checks take milliseconds here, a kernel takes seconds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from types import CodeType
from typing import Any

from autograder.audit.material import Material
from autograder.checks.plugin import CheckRun, RunChecks
from autograder.checks.run import FIXED_SECRET, seed_from, with_checks
from autograder.checks.submission import Functions
from autograder.lessons.answers import stand_ins_in
from autograder.lessons.reference import References, reference_source
from autograder.wire.answering import answer_call


@dataclass(frozen=True)
class Submission:
    """The text of an exercise's cell, and those of earlier exercises' cells that are wrong; the others are right."""

    code: str
    wrong_earlier: Mapping[str, str] = field(default_factory=dict)


def runs_of(material: Material, submissions: Sequence[Submission]) -> list[list[CheckRun]]:
    """Run the exercise's checks on each of these submissions, which must be code of ours, with the same inputs for all."""
    graded = _Graded(material)
    runs: list[list[CheckRun]] = []

    def work(checks: RunChecks) -> None:
        for submission in submissions:
            graded.hand_in(submission)
            runs.append(checks(material.name))

    with_checks([material.lesson.public, material.lesson.hidden], graded, work)
    return runs


class _Graded:
    """What the checks look at (`checks.plugin.Graded`): one submission after the other."""

    def __init__(self, material: Material) -> None:
        self._references = material.references
        self._stand_ins = stand_ins_in(material.lesson.wrong_answers())
        self._source = reference_source(material.lesson)
        self._functions = Functions(partial(answer_call, {}))

    def hand_in(self, submission: Submission) -> None:
        """Run the submission's cells."""
        world: dict[str, Any] = {"__name__": "submission"}
        for code in (self._source, *submission.wrong_earlier.values(), submission.code):
            exec(_compiled(code), world)
        wrong = {name: code for name, code in self._stand_ins.items() if name in submission.wrong_earlier}
        self._functions = Functions(
            partial(answer_call, world),
            lambda name: {earlier: wrong[earlier] for earlier in self._references.built_on(name) & set(wrong)},
        )

    def submission(self, exercise: str) -> Functions:
        """The submission's functions."""
        return self._functions

    def reference(self, exercise: str, check: str) -> References:
        """The model answers."""
        return self._references

    def seed(self, exercise: str, check: str) -> int:
        """The seed of a check's random numbers, the same for every submission."""
        return seed_from(FIXED_SECRET, "", check)


@lru_cache(maxsize=1024)
def _compiled(code: str) -> CodeType:
    return compile(code, "a cell", "exec")
