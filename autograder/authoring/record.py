"""Records the public checks: what students' machines have instead of references and misconceptions.

For each public check, the calls it makes are recorded with the right answer and with each misconception's answer. If a
check's calls depend on the answers it gets, no record can serve it, and the build says so. For a quiz no answer is
recorded, right or wrong: each would give the right one away.
"""

from __future__ import annotations

import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from nbformat import NotebookNode

from autograder.authoring.soundness import Candidate
from autograder.checks.compare import agrees
from autograder.checks.plugin import CheckRun, RunChecks, Subject
from autograder.checks.run import with_checks
from autograder.checks.symptoms import OF_FORM
from autograder.lessons.answers import Misconception, also_correct_in, misconceptions_in
from autograder.lessons.course import Exercise, Lesson, LessonError
from autograder.lessons.memory import answers_remembered
from autograder.lessons.reference import References
from autograder.version import VERSION
from autograder.wire.calls import Answer, Call
from autograder.wire.document import dumps
from autograder.wire.symptoms import Symptom
from autograder.wire.values import mapped

# Recorded numbers keep ten digits: more than any tolerance needs, and few enough to be the same on every machine.
DIGITS = 10


@dataclass
class _Public(Candidate):
    """A candidate that only the public checks look at; the reference's answers to them are recorded."""

    asked: dict[str, list[str]] = field(default_factory=dict)
    drew: list[str] = field(default_factory=list)

    def subject(self) -> Subject:
        return Subject(super().subject().functions, self._recorder, self._seed)

    def _recorder(self, check: str) -> _Recorder:
        return _Recorder(self.references, self.asked.setdefault(check, []))

    def _seed(self, check: str) -> int:
        self.drew.append(check)  # reported below: an exception within a check would count as the answer's fault
        return 0

    def runs_of(self, checks: RunChecks) -> list[CheckRun]:
        """Run the exercise's public checks on it; LessonError if one of them draws its inputs."""
        runs = checks(self.exercise.name, self.subject())
        if self.drew:
            raise LessonError(
                f"{self.lesson.public}: {self.drew[0]} uses rng. "
                "Public checks must use literal inputs, because students get a record of the answers to them."
            )
        return runs


class _Recorder:
    """The reference, recording its answers in the order they are asked for."""

    def __init__(self, references: References, asked: list[str]) -> None:
        self._references = references
        self._asked = asked

    def __getattr__(self, name: str) -> Any:
        function = getattr(self._references, name)
        asked = self._asked

        class Recording:
            def __call__(self, *args: Any, **kwargs: Any) -> Any:
                asked.append(_text(function.ask(*args, **kwargs)))
                return function(*args, **kwargs)

        return Recording()


def record_lesson(lesson: Lesson, release: NotebookNode, folder: Path) -> None:
    """Write into `folder` what a student's machine needs of a lesson: its public checks and their record."""
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(lesson.public, folder / "public.py")
    references = References(lesson)
    stubs = {
        c.metadata["nbgrader"]["grade_id"]: c.source
        for c in release.cells
        if c.metadata.get("nbgrader", {}).get("solution")
    }
    exercises: dict[str, Any] = {}

    def record_exercises(checks: RunChecks) -> None:
        exercises.update({e.name: _record(lesson, references, e, stubs[e.name], checks) for e in lesson.exercises})

    with answers_remembered():
        with_checks([lesson.public], record_exercises)
    record = {
        "made by": "autograder build: do not edit",
        "version": VERSION,
        "week": lesson.week,
        "lesson": lesson.name,
        "exercises": exercises,
    }
    (folder / "record.json").write_text(json.dumps(record, indent=1) + "\n", encoding="utf-8")


def _record(lesson: Lesson, references: References, exercise: Exercise, stub: str, checks: RunChecks) -> dict[str, Any]:
    name = exercise.name
    wrong = misconceptions_in(lesson.wrong_answers(), name)
    model = _Public(lesson, references, exercise, references.namespace[exercise.answer_name])
    runs = model.runs_of(checks)
    if exercise.variable and any(model.asked.values()):
        raise LessonError(
            f"{lesson.public}: a check of the quiz {name!r} asks the reference, whose record would give answers away."
        )
    right = also_correct_in(lesson.wrong_answers(), name)
    for function in [*(w.function for w in wrong), *(r.function for r in right)]:
        _require_same_calls(lesson, runs, _Public(lesson, references, exercise, function).runs_of(checks))
    recorded = [mistake for mistake in wrong if _is_for_students(mistake, quiz=bool(exercise.variable))]
    return {
        "points": exercise.points,
        "answer": exercise.answer_name,
        "stub": stub,
        "misconceptions": [
            {"name": mistake.name, "hint": mistake.hint, "symptom": _as_data(mistake.symptom)} for mistake in recorded
        ],
        "checks": {
            run.key: {
                "reference": model.asked.get(run.key, []),
                "calls": [
                    {
                        "function": call.function,
                        "arguments": call.document,
                        "right": _text(Answer("missing") if exercise.variable else references.answer(call)),
                        "wrong": [
                            _text(mistake.answer(call)) if call.function == name and not mistake.symptom else None
                            for mistake in recorded
                        ],
                        "varied": _varied(references, call) if call.function == name else {},
                    }
                    for call in run.calls
                ],
            }
            for run in runs
        },
    }


def _varied(references: References, call: Call) -> dict[str, str]:
    """The right answers to the variations of a call that has one, without those that are the same."""
    right = references.answer(call)
    if right.outcome != "value":
        return {}
    answers = references.varied(call).items()
    return {name: dumps(mapped(value, _rounded)) for name, value in answers if not agrees(value, right.value)}


def _is_for_students(mistake: Misconception, *, quiz: bool) -> bool:
    """Whether a misconception is recorded: not if its symptom is code, and of a quiz only what gives no answer away."""
    if mistake.symptom is None or callable(mistake.symptom):
        return mistake.symptom is None and not quiz
    return not quiz or all(sign.predicate in OF_FORM for sign in mistake.symptom)


def _as_data(symptom: Symptom | None) -> list[dict[str, Any]] | None:
    return None if symptom is None or callable(symptom) else [sign.to_data() for sign in symptom]


def _require_same_calls(lesson: Lesson, model: list[CheckRun], other: list[CheckRun]) -> None:
    for one, two in zip(model, other, strict=True):
        if not _begins_alike(one.calls, two.calls):
            raise LessonError(
                f"{lesson.public}: the calls of “{one.name}” depend on the answers it gets, so they cannot be recorded."
                " Use literal inputs, whatever the answers are."
            )


def _begins_alike(whole: tuple[Call, ...], part: tuple[Call, ...]) -> bool:
    """Whether the calls of a check that may have stopped early are the first of those that it makes in full."""
    return [(c.function, c.document) for c in part] == [(c.function, c.document) for c in whole[: len(part)]]


def _text(answer: Answer) -> str:
    # Not where and why an error came: that would show lines of the model answer.
    plain = Answer(
        answer.outcome,
        mapped(answer.value, _rounded),
        error_names=answer.error_names,
        shared=answer.shared,
        global_state_changed=answer.global_state_changed,
    )
    return plain.to_text()


def _rounded(leaf: Any) -> Any:
    """The leaf, to `DIGITS` digits if it is a float or an array of floats."""
    if isinstance(leaf, np.ndarray) and leaf.dtype.kind == "f":
        return np.array([_rounded(number) for number in leaf.ravel()]).reshape(leaf.shape)
    return float(f"{leaf:.{DIGITS}g}") if isinstance(leaf, float | np.floating) else leaf
