"""The record of the public checks, which replaces references and misconceptions on a student's machine."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from autograder.wire.calls import Answer, Call
from autograder.wire.document import loads
from autograder.wire.symptoms import Sign

COURSE = Path(__file__).parent.parent / "course"


class UnknownExercise(LookupError):
    """`check` was asked for an exercise that this version of the course does not have."""


class NotRecorded(Exception):
    """A check asked the reference for an answer that is not in the record: the installed wheel is damaged."""


@dataclass(frozen=True)
class Recorded:
    """One exercise's record: the name of its answer, its stub, its checks' file, the recorded answers.

    ``earlier`` are the lesson's exercises above it, in their order.
    """

    name: str
    answer_name: str
    points: float
    stub: str
    checks_file: Path
    checks: dict[str, Any]
    mistakes: tuple[RecordedMistake, ...]
    earlier: tuple[str, ...] = ()

    def answer(self, call: Call) -> Answer:
        """The recorded right answer to a call that a public check made."""
        return _answer(self.checks, call, "right")

    def varied(self, call: Call) -> dict[str, Any]:
        """The recorded right answers to the variations of a call, by what is varied."""
        entry = _entry(self.checks, call)
        return {} if entry is None else {name: loads(text) for name, text in entry["varied"].items()}

    def reference(self, check: str) -> Replay:
        """The reference as one check sees it."""
        return Replay(list(self.checks[check]["reference"]))


@dataclass(frozen=True)
class RecordedMistake:
    """A misconception, represented by its recorded answers or its symptom."""

    name: str
    hint: str
    number: int
    checks: dict[str, Any]
    symptom: tuple[Sign, ...] | None = None

    def answer(self, call: Call) -> Answer:
        """The recorded answer of this misconception to a call."""
        return _answer(self.checks, call, "wrong", self.number)


class Replay:
    """A reference that gives its recorded answers one after the other, whichever function is called."""

    def __init__(self, answers: list[str]) -> None:
        self._answers = answers

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        answers = self._answers

        class ReplayedFunction:
            def __call__(self, *args: Any, **kwargs: Any) -> Any:
                if not answers:
                    raise NotRecorded(f"There is no recorded answer of {name}. Install the course's wheel again.")
                return Answer.from_text(answers.pop(0)).value

        return ReplayedFunction()


@cache
def recorded(exercise: str, course: Path = COURSE) -> Recorded:
    """The record of an exercise.

    Parameters
    ----------
    exercise
        The exercise's name.
    course
        The folder with the records: by default, those that were installed.

    Raises
    ------
    UnknownExercise
        If no lesson of the course has it.
    """
    known: list[str] = []
    for path in sorted(course.glob("*/*/record.json")):
        exercises = json.loads(path.read_text(encoding="utf-8"))["exercises"]
        known += exercises
        if exercise in exercises:
            entry = exercises[exercise]
            mistakes = tuple(
                RecordedMistake(m["name"], m["hint"], number, entry["checks"], _symptom(m["symptom"]))
                for number, m in enumerate(entry["misconceptions"])
            )
            checks_file = path.parent / "public.py"
            return Recorded(
                exercise,
                entry["answer"],
                entry["points"],
                entry["stub"],
                checks_file,
                entry["checks"],
                mistakes,
                tuple(exercises)[: list(exercises).index(exercise)],
            )
    raise UnknownExercise(f"There is no exercise {exercise!r}. There are: {', '.join(known)}.")


def _symptom(signs: list[dict[str, Any]] | None) -> tuple[Sign, ...] | None:
    return None if signs is None else tuple(map(Sign.from_data, signs))


def _answer(checks: dict[str, Any], call: Call, kind: str, mistake: int | None = None) -> Answer:
    """A recorded answer to a call; "missing" if the check makes this call only after a wrong answer nobody foresaw."""
    entry = _entry(checks, call)
    if entry is None:
        return Answer("missing", text="not recorded")
    return Answer.from_text(entry[kind] if mistake is None else entry[kind][mistake])


def _entry(checks: dict[str, Any], call: Call) -> dict[str, Any] | None:
    check, _, number = call.origin.partition("#")
    calls = checks[check]["calls"]
    return calls[int(number)] if int(number) < len(calls) else None
