"""Turns check runs into a verdict: the score, one message, and the misconception that explains the answers."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from autograder.checks.calls_as_code import call_as_code
from autograder.checks.code_slips import slip_in
from autograder.checks.diagnosis import AnswersCalls, Explanation, diagnose, seen_in
from autograder.checks.plugin import CheckRun
from autograder.checks.relations import Relation, relation_in
from autograder.verdicts.panel import THE_CALL, THE_LAST_CALL
from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, Status
from autograder.wire.calls import Call


class Exercise(Protocol):
    """An exercise, from its lesson or from its record; ``answer_name`` is the name of its answer."""

    @property
    def name(self) -> str: ...

    @property
    def points(self) -> float: ...

    @property
    def answer_name(self) -> str: ...


class RightAnswers(AnswersCalls, Protocol):
    """The right answers to calls and, by what is varied, to their variations, see `wire.variations`."""

    def varied(self, call: Call) -> Mapping[str, Any]: ...


def judge(
    exercise: Exercise, runs: Sequence[CheckRun], explanations: Sequence[Explanation], right: RightAnswers
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
    mistake, relation = None, None
    all_right = bool(whole) and all(run.passed for run in runs if run.weight)
    if not (faults or stopped or all_right):
        seen = seen_in([(run.passed, run.calls) for run in runs], right, exercise.answer_name)
        mistake = diagnose(seen, explanations)
        if mistake is None and any(run.compared for run in runs):  # otherwise there may be other right answers
            relation = relation_in([one for check in seen for one in check.with_values], right.varied)
    message = ""
    if faults:
        status, message = Status.GRADER_FAULT, GRADER_FAULT_MESSAGE
    elif stopped:
        status = stopped.status
    elif all(run.passed for run in runs if run.weight or not whole):
        status, score = Status.PASSED, exercise.points
    else:
        status = Status.FAILED
    shown = _first_about(relation, runs)
    function = exercise.name if exercise.name == exercise.answer_name else ""  # a quiz has none
    slips: dict[str, tuple[CheckRun, str]] = {}  # by their words, each with the first check that shows it
    for run in runs:
        words, detail = ("", "") if run.passed else slip_in(run, function)
        slips.setdefault(words, (run, detail))
    about = {id(run): [(words, detail)] for words, (run, detail) in slips.items() if words}
    if relation is not None and shown is not None:
        about.setdefault(id(shown), []).append((relation.words, relation.detail))
    messages = ["" if run.passed else message_on(run, function, about.get(id(run), [])) for run in runs]
    first = next((m for run, m in zip(runs, messages, strict=True) if run is shown), next(filter(None, messages), ""))
    return ExerciseVerdict(
        exercise=exercise.name,
        status=status,
        score=score,
        points=exercise.points,
        misconception=mistake.name if mistake else None,
        hint=mistake.hint if mistake else "",
        message=message or first,
        checks=tuple(
            CheckResult(run.name, run.hidden, run.passed, run.weight, text)
            for run, text in zip(runs, messages, strict=True)
        ),
    )


GRADER_FAULT_MESSAGE = (
    "The grader itself failed here. This is not your fault; your instructor has been notified and can grade it again."
)


NOT_RUN = "This check could not be run."


def without_checks(exercise: Exercise, status: Status, message: str) -> ExerciseVerdict:
    """The verdict on an exercise whose checks were not run."""
    return ExerciseVerdict(exercise.name, status, 0.0, exercise.points, message=message)


def _first_about(relation: Relation | None, runs: Sequence[CheckRun]) -> CheckRun | None:
    """The first failed check with a call that the relation is about: there it is reported, once."""
    about = {call.document for call in relation.calls} if relation else set()
    return next((run for run in runs if not run.passed and about & {c.document for c in run.calls}), None)


def message_on(run: CheckRun, function: str, about: Sequence[tuple[str, str]] = ()) -> str:
    """What a student may read about a failed check, in lines: what is wrong, what else is known of it, the call.

    Of a hidden check only words, which show no values. The call is the last one that the check made of the function.

    Parameters
    ----------
    run
        The check.
    function
        The function's name; empty for a quiz.
    about
        What else is known: a slip in the code, a relation to the right answers; each without and with values.
    """
    if run.hidden:
        return "\n".join([run.words or NOT_RUN, *(words for words, _ in about)])
    return "\n".join([run.detail or NOT_RUN, *(detail for _, detail in about), *_call_of(run, function)])


def _call_of(run: CheckRun, function: str) -> list[str]:
    calls = [call for call in run.calls if call.function == function]
    if run.stopped or not calls or calls[-1].answer.outcome in ("missing", "not callable"):
        return []
    code = call_as_code(function, calls[-1].arguments, calls[-1].keywords)
    label = THE_CALL if len({call.document for call in calls}) == 1 else THE_LAST_CALL
    return [f"{label}{' ' if code.count(chr(10)) == 0 else chr(10)}{code}"] if code else []
