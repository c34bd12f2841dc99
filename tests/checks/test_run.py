"""The checks of an exercise can be run again and again, on one submission after the other."""

from __future__ import annotations

from pathlib import Path

from autograder.authoring.soundness import Candidate
from autograder.checks.plugin import CheckRun, RunChecks
from autograder.checks.run import with_checks
from autograder.lessons.reference import References
from tests.support.small_course import SMALL


def test_a_check_that_passed_once_and_fails_the_next_time_has_failed(tmp_path: Path) -> None:
    lesson = SMALL.read(tmp_path)
    references = References(lesson)
    (exercise,) = lesson.exercises
    answers = (references.namespace["doubled"], lambda x: 3.0 * x, references.namespace["doubled"])
    runs: list[list[CheckRun]] = []

    def work(checks: RunChecks) -> None:
        for answer in answers:
            runs.append(checks("doubled", Candidate(lesson, references, exercise, answer).subject()))

    with_checks([lesson.public, lesson.hidden], work)
    assert [{run.passed for run in of_one} for of_one in runs] == [{True}, {False}, {True}]
    assert [{bool(run.detail) for run in of_one} for of_one in runs] == [{False}, {True}, {False}]


def test_a_subject_may_be_for_some_checks_alone(tmp_path: Path) -> None:
    lesson = SMALL.read(tmp_path)
    references = References(lesson)
    (exercise,) = lesson.exercises
    candidate = Candidate(lesson, references, exercise, references.namespace["doubled"])
    every = [run.key for run in candidate.runs()]
    assert [run.key for run in candidate.runs(only=every[1:3])] == every[1:3]
