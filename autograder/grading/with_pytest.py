"""Grades with checks that pytest itself runs: a kernel for each lesson, started when needed; prints the scores."""

from __future__ import annotations

import warnings
from functools import cached_property
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.checks.mismatch import Mismatch
from autograder.checks.plugin import ChecksPlugin, Subject, exercise_of
from autograder.checks.run import planned_checks
from autograder.checks.seeds import FIXED_SECRET
from autograder.checks.submission import Functions
from autograder.grading.exercises import NotebookGrading, Terms
from autograder.intake.data_files import data_files
from autograder.intake.rebuild import Rebuilt, rebuild
from autograder.kernels.warm import tier_to_use
from autograder.lessons.course import Lesson, find_lessons
from autograder.limits import Limits, unsafe_allowed
from autograder.sandbox.tiers import NONE, NoSandbox
from autograder.verdicts.verdict import ExerciseVerdict
from autograder.wire.calls import Answer, Request


class PytestGrading:
    """The grading of a submission, or of the reference solutions, by checks that pytest runs.

    Parameters
    ----------
    root
        The course's folder.
    submission
        The notebook or script; None for each lesson's solved notebook.
    checks
        The plugin that keeps the checks' outcomes.
    unsafe_no_sandbox
        Grade although nothing confines the students' code.

    Raises
    ------
    pytest.UsageError
        If there is no sandbox, and grading without one is not allowed.
    """

    def __init__(self, root: Path, submission: Path | None, checks: ChecksPlugin, *, unsafe_no_sandbox: bool) -> None:
        self._root = root
        self._submission = submission
        self._checks = checks
        self._gradings: dict[str, NotebookGrading] = {}
        self._subjects: dict[str, Subject] = {}
        try:
            allowed = unsafe_no_sandbox or unsafe_allowed(root)
            self._sandbox = tier_to_use(none_allowed=allowed, warn=lambda words: warnings.warn(words, stacklevel=1))
        except NoSandbox as error:
            raise pytest.UsageError(str(error)) from None

    def subject(self, exercise: str) -> Subject:
        """What an exercise's checks look at, after its notebook has run down to the exercise's graded cell.

        If there is nothing to check, any call of the submission's functions says so.
        """
        if exercise not in self._subjects:
            lesson = self._lessons[exercise]
            for earlier in lesson.exercises:
                if earlier.name in self._subjects:
                    self.verdict(earlier.name)  # this one may build on it
            grading = self._grading(lesson)
            grading.run_until(lesson.exercise(exercise))
            verdict = grading.without_checks(lesson.exercise(exercise))
            functions = grading.subject.functions if verdict is None else Functions(_nothing_to_call(verdict))
            self._subjects[exercise] = Subject(functions, grading.subject.reference, grading.subject.seed)
        return self._subjects[exercise]

    def verdict(self, exercise: str) -> ExerciseVerdict:
        """The verdict on an exercise from all its checks; one that did not run or was not collected has not passed."""
        lesson = self._lessons[exercise]
        ran = {run.key: run for run in self._checks.runs() if run.exercise == exercise}
        planned = [run for run in planned_checks([lesson.public, lesson.hidden]) if run.exercise == exercise]
        runs = [ran.get(run.key, run) for run in planned]
        return self._grading(lesson).grade_by(lesson.exercise(exercise), runs)

    def sort_key(self, item: pytest.Item) -> tuple[str, str, int, bool]:
        """A check's sort key: checks run in the order of the exercises, an exercise's public ones first."""
        exercise = exercise_of(item)
        if not exercise:
            return ("", "", 0, False)
        lesson = self._lessons[exercise]
        names = [e.name for e in lesson.exercises]
        return (lesson.week, lesson.name, names.index(exercise), item.path.stem != "public")

    def show_scores(self, terminal: Any) -> None:
        """Print the score of each exercise whose checks were collected."""
        terminal.section("scores")
        for exercise in dict.fromkeys(run.exercise for run in self._checks.runs()):
            self.subject(exercise)
            verdict = self.verdict(exercise)
            hint = f"  {verdict.misconception}: {verdict.hint}" if verdict.misconception else ""
            terminal.write_line(f"{exercise:28} {verdict.score:.4g} of {verdict.points:g}  {verdict.status}{hint}")
        if self._sandbox == NONE:
            terminal.write_line("Graded without a sandbox.")

    def close(self) -> None:
        """End every kernel."""
        for grading in self._gradings.values():
            grading.close()

    @cached_property
    def _lessons(self) -> dict[str, Lesson]:
        return {e.name: lesson for lesson in find_lessons(self._root) for e in lesson.exercises}

    def _grading(self, lesson: Lesson) -> NotebookGrading:
        if lesson.name not in self._gradings:
            limits = Limits.of_course(self._root)
            rebuilt, files = Rebuilt(lesson.notebook()), []
            if self._submission is not None:
                release = self._root / "release" / lesson.week / f"{lesson.name}.ipynb"
                rebuilt = rebuild(self._submission, nbformat.read(release, as_version=4), limits)
                files = data_files(self._submission.parent, limits)
            terms = Terms(limits, FIXED_SECRET, self._sandbox)
            self._gradings[lesson.name] = NotebookGrading(rebuilt, lesson, files, terms)
        return self._gradings[lesson.name]


def _nothing_to_call(verdict: ExerciseVerdict) -> Any:
    def host(request: Request) -> Answer:
        raise Mismatch(f"{verdict.status}: {verdict.message}")

    return host
