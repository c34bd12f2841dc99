"""From check runs to a verdict: the score, the one message that matters, the misconception that explains the answers."""

from __future__ import annotations

import math
from collections.abc import Sequence

from autograder.checks.diagnosis import AnswersCalls, Explanation, diagnose
from autograder.checks.plugin import CheckRun
from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, Status


def judge(
    exercise: str,
    points: float,
    runs: Sequence[CheckRun],
    explanations: Sequence[Explanation],
    right: AnswersCalls,
    answer: str,
) -> ExerciseVerdict:
    """The verdict on one exercise from all its check runs; `answer` is the name under which its answer is found.

    The score is points x passed weight / all weight. Where the grader itself failed the status is "grader fault", with
    what the other checks earned.
    """
    faults = [run.fault for run in runs if run.fault]
    stopped = next((run.stopped for run in runs if run.stopped), None)
    whole = math.fsum(run.weight for run in runs)
    score = points * math.fsum(run.weight for run in runs if run.passed) / whole if whole else 0.0
    score = min(max(score, 0.0), points)
    found = None
    if not faults and not stopped:
        found = diagnose([(run.passed, run.calls) for run in runs], explanations, right, answer)
    if faults:
        status, message = Status.GRADER_FAULT, GRADER_FAULT_MESSAGE
    elif stopped:
        status, message = stopped.status, ""
    elif all(run.passed for run in runs if run.weight or not whole):
        status, message, score = Status.PASSED, "", points
    else:
        status, message = Status.FAILED, ""
    return ExerciseVerdict(
        exercise=exercise,
        status=status,
        score=score,
        points=points,
        misconception=found.name if found else None,
        hint=found.hint if found else "",
        message=message or _first_message(runs),
        checks=tuple(_result(run) for run in runs),
    )


GRADER_FAULT_MESSAGE = (
    "The grader itself failed here. This is not your fault; your instructor has been told to grade again."
)


def without_checks(exercise: str, points: float, status: Status, message: str) -> ExerciseVerdict:
    """The verdict on an exercise whose checks were not run: nothing to look at, or nothing that could be looked at."""
    return ExerciseVerdict(exercise, status, 0.0, points, message=message)


def _first_message(runs: Sequence[CheckRun]) -> str:
    return next((_message(run) for run in runs if not run.passed), "")


def _result(run: CheckRun) -> CheckResult:
    return CheckResult(run.name, run.hidden, run.passed, run.weight, "" if run.passed else _message(run))


def _message(run: CheckRun) -> str:
    """What a student may read of a check: of a hidden one the words alone, which show no values."""
    return (run.words if run.hidden else run.detail) or "This check could not be run."
