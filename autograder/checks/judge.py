"""Turns check runs into a verdict: the score, one message, and the misconception that explains the answers."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Protocol

from autograder.checks.diagnosis import AnswersCalls, Explanation, diagnose
from autograder.checks.plugin import CheckRun
from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, Status


class Exercise(Protocol):
    """An exercise, from its lesson or from its record; ``answer_name`` is the name of its answer."""

    @property
    def name(self) -> str: ...

    @property
    def points(self) -> float: ...

    @property
    def answer_name(self) -> str: ...


def judge(
    exercise: Exercise, runs: Sequence[CheckRun], explanations: Sequence[Explanation], right: AnswersCalls
) -> ExerciseVerdict:
    """The verdict on one exercise from all its check runs.

    The score is points x passed weight / all weight. If the grader itself failed, the status is "grader fault", and the
    score is what the other checks earned.

    Parameters
    ----------
    exercise
        The exercise.
    runs
        All its checks.
    explanations
        Its misconceptions.
    right
        Its reference.
    """
    faults = [run.fault for run in runs if run.fault]
    stopped = next((run.stopped for run in runs if run.stopped), None)
    whole = math.fsum(run.weight for run in runs)
    score = exercise.points * math.fsum(run.weight for run in runs if run.passed) / whole if whole else 0.0
    score = min(max(score, 0.0), exercise.points)
    mistake = None
    if not faults and not stopped:
        mistake = diagnose([(run.passed, run.calls) for run in runs], explanations, right, exercise.answer_name)
    if faults:
        status, message = Status.GRADER_FAULT, GRADER_FAULT_MESSAGE
    elif stopped:
        status, message = stopped.status, ""
    elif all(run.passed for run in runs if run.weight or not whole):
        status, message, score = Status.PASSED, "", exercise.points
    else:
        status, message = Status.FAILED, ""
    return ExerciseVerdict(
        exercise=exercise.name,
        status=status,
        score=score,
        points=exercise.points,
        misconception=mistake.name if mistake else None,
        hint=mistake.hint if mistake else "",
        message=message or _first_message(runs),
        checks=tuple(_result(run) for run in runs),
    )


GRADER_FAULT_MESSAGE = (
    "The grader itself failed here. This is not your fault; your instructor has been notified and can grade it again."
)


def without_checks(exercise: Exercise, status: Status, message: str) -> ExerciseVerdict:
    """The verdict on an exercise whose checks were not run."""
    return ExerciseVerdict(exercise.name, status, 0.0, exercise.points, message=message)


def _first_message(runs: Sequence[CheckRun]) -> str:
    return next((_message(run) for run in runs if not run.passed), "")


def _result(run: CheckRun) -> CheckResult:
    return CheckResult(run.name, run.hidden, run.passed, run.weight, "" if run.passed else _message(run))


def _message(run: CheckRun) -> str:
    """What a student may read about a check: about a hidden one only the words, which show no values."""
    return (run.words if run.hidden else run.detail) or "This check could not be run."
