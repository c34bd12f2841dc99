"""Whether a lesson is sound: its checks accept every right answer, refuse and name every misconception, weigh enough.

A build insists on this; it runs in this process and takes seconds. The audit does more, through the real grading path.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.diagnosis import diagnose, seen_in
from autograder.checks.judge import judge
from autograder.checks.plugin import CheckRun, RunChecks, Subject
from autograder.checks.run import planned_checks, run_checks, with_checks
from autograder.checks.seeds import FIXED_SECRET, seed_from
from autograder.checks.submission import Functions
from autograder.checks.tolerance import tolerance_times
from autograder.lessons.answers import all_answers_in, also_correct_in, misconceptions_in, stand_ins_in
from autograder.lessons.course import Exercise, Lesson, LessonError
from autograder.lessons.memory import answers_remembered
from autograder.lessons.reference import References
from autograder.lessons.rules import LEAST_ALSO_CORRECT, LEAST_MISCONCEPTIONS
from autograder.verdicts.verdict import ExerciseVerdict, Status
from autograder.wire.answering import answer_call
from autograder.wire.calls import Call, write_arguments

HIDDEN_SHARE = 2 / 3
# A misconception must miss the right answer by more than this many times the tolerance.
MARGIN = 100


@dataclass
class Candidate:
    """A function in this process, treated as a submission's; the other exercises have their model answers.

    ``checks`` runs its checks; by default, pytest is started on them.
    """

    lesson: Lesson
    references: References
    exercise: Exercise
    function: Callable[..., Any]
    draw: int = 0
    checks: RunChecks | None = None

    def subject(self) -> Subject:
        """What its checks look at; every draw has its own seeds."""
        world = {**self.references.namespace, self.exercise.answer_name: self.function}
        return Subject(
            Functions(partial(answer_call, world)),
            lambda check: self.references,
            lambda check: seed_from(FIXED_SECRET, "", f"draw {self.draw}", check),
        )

    def runs(self, only: Sequence[str] | None = None) -> list[CheckRun]:
        """Run the exercise's checks on it, or only those with these keys."""
        checks = self.checks or partial(run_checks, files_of(self.lesson))
        return checks(self.exercise.name, replace(self.subject(), only=only))


def files_of(lesson: Lesson) -> list[Path]:
    """The lesson's checks."""
    return [lesson.public, lesson.hidden]


def check_lesson(lesson: Lesson, draws: int = 1) -> None:
    """Raise `LessonError`, naming the exercise and the answer, unless every exercise of the lesson is sound.

    Parameters
    ----------
    lesson
        The lesson.
    draws
        With how many submissions' secret inputs the answers are tried.
    """
    references = readable(lesson)

    def check_exercises(checks: RunChecks) -> None:
        for exercise in lesson.exercises:
            for draw in range(draws):
                with answers_remembered():
                    _check_exercise(lesson, references, exercise, draw, checks)

    with_checks(files_of(lesson), check_exercises)


def readable(lesson: Lesson) -> References:
    """The lesson's references; LessonError if a file is missing, cannot be read or does not fit the others."""
    for path in (lesson.public, lesson.hidden, lesson.folder / "misconceptions.py"):
        if not path.is_file():
            raise LessonError(
                f"{path}: there is no such file. A lesson has lesson.py, public.py, hidden.py, misconceptions.py."
            )
    try:
        references = References(lesson)
    except Exception as error:
        raise LessonError(
            f"{lesson.script}: the model answers cannot be run: {type(error).__name__}: {error}"
        ) from error
    try:
        answers = lesson.wrong_answers()
    except Exception as error:
        raise LessonError(
            f"{lesson.folder}/misconceptions.py cannot be run: {type(error).__name__}: {error}"
        ) from error
    names = [exercise.name for exercise in lesson.exercises]
    for exercise in lesson.exercises:
        if not exercise.variable and not callable(references.namespace.get(exercise.name)):
            raise LessonError(f"{lesson.script}: the cell {exercise.name!r} does not define {exercise.name}().")
    referring = {run.exercise: f"the check “{run.name}”" for run in planned_checks(files_of(lesson))}
    referring |= {answer.exercise: f"the answer “{answer.name}”" for answer in all_answers_in(answers)}
    for name, what in referring.items():
        if name not in names:
            raise LessonError(
                f"{lesson.folder}: {what} is for {name!r}, which is not an exercise; there are: {', '.join(names)}."
            )
    for exercise in lesson.exercises:
        missing = references.built_on(exercise.name) - set(stand_ins_in(answers))
        if missing:
            earlier = sorted(missing)[0]
            raise LessonError(
                f"{lesson.folder}: {exercise.name}: it builds on {earlier}, and a student whose {earlier} is wrong "
                f"would lose its points too. Write a @stand_in({earlier!r}) into misconceptions.py."
            )
    return references


def verdict_on(candidate: Candidate) -> ExerciseVerdict:
    """Grade a candidate like a submission, but in this process."""
    explanations = misconceptions_in(candidate.lesson.wrong_answers(), candidate.exercise.name)
    return judge(candidate.exercise, candidate.runs(), explanations, candidate.references)


def known_by_heart(exercise: Exercise, runs: Sequence[CheckRun], again: Sequence[CheckRun]) -> str:
    """What is wrong if too many inputs are the same for everybody, so that a feedback page gives them away; or nothing.

    Parameters
    ----------
    exercise
        The exercise. A quiz is given no inputs.
    runs, again
        All its checks on the model answer, for two draws. A hidden check counts by the share of its calls that differ:
        what does not is as good as public.
    """
    if exercise.variable:
        return ""
    whole = sum(run.weight for run in runs)
    drawn = {one.name: _drawn(one.calls, two.calls) for one, two in zip(runs, again, strict=True) if one.hidden}
    secret = sum(run.weight * drawn[run.name] for run in runs if run.hidden)
    if secret >= HIDDEN_SHARE * whole - 1e-9:
        return ""
    least = min(drawn, key=lambda name: drawn[name])
    return (
        f"only {secret:.3g} of {whole:g} weight is on inputs that are drawn from rng; it must be two thirds. In the "
        f"hidden check “{least}” {1 - drawn[least]:.0%} of the calls are the same for everybody"
    )


def _drawn(calls: Sequence[Call], again: Sequence[Call]) -> float:
    """The share of a check's calls that differ between two draws, whatever generators they are given."""
    same = sum(_asked(one) == _asked(two) for one, two in zip(calls, again, strict=False))
    return 1 - same / len(calls) if calls else 0.0


def _asked(call: Call) -> tuple[str, str]:
    values = [*call.arguments, *(call.keywords[key] for key in sorted(call.keywords))]
    return call.function, write_arguments(tuple(v for v in values if not isinstance(v, np.random.Generator)), {})


def _check_exercise(lesson: Lesson, references: References, exercise: Exercise, draw: int, checks: RunChecks) -> None:
    where = f"{lesson.folder}: {exercise.name}"
    model = Candidate(lesson, references, exercise, references.namespace[exercise.answer_name], draw, checks)
    runs = runs_of_model = model.runs()
    for run in runs:
        if not run.passed:
            raise LessonError(f"{where}: the model answer fails the check “{run.name}”: {run.detail or run.fault}")
    idle = [run.name for run in runs if run.weight == 0 and (run.hidden or not exercise.variable)]
    if idle:
        raise LessonError(f"{where}: the check “{idle[0]}” has no weight. Only a quiz's public checks have none.")
    hidden, whole = sum(run.weight for run in runs if run.hidden), sum(run.weight for run in runs)
    if hidden < HIDDEN_SHARE * whole - 1e-9 or (hidden == whole) != bool(exercise.variable):
        needed = "all" if exercise.variable else "two thirds, and not all"
        raise LessonError(f"{where}: hidden checks hold {hidden:g} of {whole:g} weight; they must hold {needed}.")
    names = [run.name for run in runs]
    if len(set(names)) < len(names):
        raise LessonError(f"{where}: two checks have the same name (the first line of the docstring).")
    wrong = misconceptions_in(lesson.wrong_answers(), exercise.name)
    right = also_correct_in(lesson.wrong_answers(), exercise.name)
    if len(wrong) < LEAST_MISCONCEPTIONS or len(right) < LEAST_ALSO_CORRECT:
        raise LessonError(
            f"{where}: {len(wrong)} misconceptions and {len(right)} also-correct answers; "
            f"{LEAST_MISCONCEPTIONS} and {LEAST_ALSO_CORRECT} are needed."
        )
    for answer in right:
        verdict = verdict_on(replace(model, function=answer.function))
        if verdict.status is not Status.PASSED:
            raise LessonError(f"{where}: the right answer “{answer.name}” fails: {verdict.message}")
    for mistake in wrong:
        candidate = replace(model, function=mistake.function)
        runs = candidate.runs()
        if all(run.passed for run in runs):
            raise LessonError(f"{where}: the misconception “{mistake.name}” passes every check.")
        seen = seen_in([(run.passed, run.calls) for run in runs], references, exercise.answer_name)
        named = diagnose(seen, wrong)
        if named is None or named.name != mistake.name:
            called = f"named “{named.name}”" if named else "not told from another, or not explained by its own code"
            raise LessonError(
                f"{where}: the misconception “{mistake.name}” is {called}. "
                "Two misconceptions must not agree on the inputs of every check: add a check that tells them apart."
            )
        with tolerance_times(MARGIN):
            failed = (run.key for run in runs if not run.passed)
            if all(run.passed for key in failed for run in candidate.runs(only=[key])):
                raise LessonError(
                    f"{where}: the misconception “{mistake.name}” is within {MARGIN} times the tolerance. "
                    "Choose other inputs."
                )
    if too_much := known_by_heart(exercise, runs_of_model, replace(model, draw=draw + 1).runs()):
        raise LessonError(f"{where}: {too_much}.")
