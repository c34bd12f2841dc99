"""The result of an exercise and of a notebook: status, score, the checks and their messages, as JSON.

The JSON's names are the curriculum's contract: others read these files.
"""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from autograder.files import write_whole

# The sandbox's tier in which nothing confines the students' code.
NO_SANDBOX = "none"
# The folder in a course of everything that grading a class produces, verdicts among it; never committed.
CLASSROOM = "classroom"


class GraderFault(Exception):
    """Something failed on the grader's side: it is never the student's fault, and must never cost them points."""


class Status(StrEnum):
    """The result of an exercise, in a word or two."""

    PASSED = "passed"
    FAILED = "failed"
    NOT_ATTEMPTED = "not attempted"
    TIMED_OUT = "timed out"
    OUT_OF_MEMORY = "out of memory"
    CRASHED = "crashed"
    UNGRADABLE = "ungradable"
    GRADER_FAULT = "grader fault"


@dataclass(frozen=True)
class CheckResult:
    """The result of one check: its name, whether it is hidden from students, whether it passed, weight and message."""

    name: str
    hidden: bool
    passed: bool
    weight: float
    message: str = ""


@dataclass(frozen=True)
class ExerciseVerdict:
    """The result of one exercise.

    ``score`` is points x passed weight / all weight, unrounded; ``misconception`` is the name of the one mistake that
    explains the answers, or None; ``hint`` and ``message`` are sentences for the student.
    """

    exercise: str
    status: Status
    score: float
    points: float
    misconception: str | None = None
    hint: str = ""
    message: str = ""
    checks: tuple[CheckResult, ...] = ()

    def __post_init__(self) -> None:
        if not (math.isfinite(self.score) and 0 <= self.score <= self.points):
            raise ValueError(f"{self.exercise}: a score of {self.score} is not between 0 and {self.points} points")


@dataclass(frozen=True)
class NotebookVerdict:
    """The result of one student's notebook; ``findings`` are sentences about what was odd in the file."""

    student: str
    week: str
    lesson: str
    sandbox: str
    seconds: float
    exercises: tuple[ExerciseVerdict, ...]
    findings: tuple[str, ...] = field(default=())

    @property
    def could_not_be_graded(self) -> bool:
        """Whether any exercise could not be graded because of the file or a fault of the grader."""
        return any(e.status in (Status.UNGRADABLE, Status.GRADER_FAULT) for e in self.exercises)

    @property
    def unconfined(self) -> bool:
        """Whether nothing confined the student's code."""
        return self.sandbox == NO_SANDBOX

    def to_json(self) -> str:
        """The verdict as JSON, in ASCII."""
        return json.dumps(asdict(self), indent=1, ensure_ascii=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> NotebookVerdict:
        """Read what `to_json` wrote."""
        data: dict[str, Any] = json.loads(text)
        exercises = tuple(
            ExerciseVerdict(
                **{**e, "status": Status(e["status"]), "checks": tuple(CheckResult(**c) for c in e["checks"])}
            )
            for e in data.pop("exercises")
        )
        return cls(exercises=exercises, findings=tuple(data.pop("findings", ())), **data)

    def store(self, verdicts: Path) -> Path:
        """Write the verdict to ``verdicts/<student>/<week>/<lesson>.json``, completely or not at all."""
        path = verdict_path(verdicts, self.student, self.week, self.lesson)
        path.parent.mkdir(parents=True, exist_ok=True)
        write_whole(path, self.to_json())
        return path


def verdict_path(verdicts: Path, student: str, week: str, lesson: str) -> Path:
    """The path of a verdict below the course's verdicts folder."""
    return verdicts / student / week / f"{lesson}.json"
