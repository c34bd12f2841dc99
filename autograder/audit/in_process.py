"""Answers graded in this process, by the hundred: checks take milliseconds here, a kernel takes seconds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache, partial
from types import CodeType
from typing import Any

from autograder.audit.material import Material
from autograder.authoring.soundness import Candidate
from autograder.checks.plugin import CheckRun, RunChecks, Subject
from autograder.checks.run import with_checks
from autograder.checks.seeds import FIXED_SECRET, seed_from
from autograder.checks.submission import EarlierMistakes, Functions
from autograder.lessons.answers import stand_ins_in
from autograder.lessons.memory import answers_remembered
from autograder.lessons.reference import reference_source
from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Request


@dataclass(frozen=True)
class Submission:
    """The text of an exercise's cell, and those of earlier exercises' cells that are wrong; the others are right."""

    code: str
    wrong_earlier: Mapping[str, str] = field(default_factory=dict)


def runs_of(material: Material, submissions: Sequence[Submission]) -> list[list[CheckRun]]:
    """Run the exercise's checks on each of these submissions, which must be our own code, with the same inputs."""
    lesson, references = material.lesson, material.references
    source, stand_ins = reference_source(lesson), stand_ins_in(lesson.wrong_answers())
    runs: list[list[CheckRun]] = []

    def subject(submission: Submission) -> Subject:
        earlier = (source, *submission.wrong_earlier.values())
        world, models = _world(*earlier, submission.code), _world(*earlier)

        def model(name: str, /, *args: Any, **kwargs: Any) -> Answer:
            return answer_call(models, Request.of(name, *args, **kwargs))

        def mistakes(name: str) -> EarlierMistakes | None:
            wrong = references.built_on(name) & set(submission.wrong_earlier)
            return EarlierMistakes({w: stand_ins[w] for w in wrong}, partial(model, name)) if wrong else None

        functions = Functions(partial(answer_call, world), mistakes)
        return Subject(functions, lambda check: references, lambda check: seed_from(FIXED_SECRET, "", "", check))

    def work(checks: RunChecks) -> None:
        runs.extend(checks(material.name, subject(submission)) for submission in submissions)

    with answers_remembered():
        with_checks([lesson.public, lesson.hidden], work)
    return runs


def runs_of_functions(material: Material, functions: Sequence[Callable[..., Any]]) -> list[list[CheckRun]]:
    """Run the exercise's checks on each of these functions, with the same inputs; the earlier answers are right."""
    lesson = material.lesson
    runs: list[list[CheckRun]] = []

    def work(checks: RunChecks) -> None:
        for function in functions:
            subject = Candidate(lesson, material.references, material.exercise, function).subject()
            runs.append(checks(material.name, subject))

    with answers_remembered():
        with_checks([lesson.public, lesson.hidden], work)
    return runs


def _world(*codes: str) -> dict[str, Any]:
    """A namespace in which these cells have run."""
    world: dict[str, Any] = {"__name__": "submission"}
    for code in codes:
        exec(_compiled(code), world)
    return world


@lru_cache(maxsize=1024)
def _compiled(code: str) -> CodeType:
    return compile(code, "a cell", "exec")
