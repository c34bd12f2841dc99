"""Grades a rebuilt notebook: a verdict for every exercise, shown in its graded cell."""

from __future__ import annotations

import time
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.checks.plugin import CheckRun, ChecksBroken, RunChecks, Subject
from autograder.checks.run import with_checks
from autograder.grading.exercises import NotebookGrading, Terms
from autograder.intake.rebuild import Rebuilt
from autograder.lessons.course import Exercise, Lesson
from autograder.verdicts import panel
from autograder.verdicts.verdict import ExerciseVerdict, NotebookVerdict


def grade_notebook(
    rebuilt: Rebuilt,
    lesson: Lesson,
    student: str,
    files: Sequence[Path],
    terms: Terms,
    hand_in: str | None = None,
    on_verdict: Callable[[NotebookVerdict], object] = lambda verdict: None,
) -> tuple[NotebookVerdict, str]:
    """Run and grade a rebuilt notebook, in place.

    Parameters
    ----------
    rebuilt, lesson, files, terms
        As `NotebookGrading` takes them.
    student, hand_in
        Whose it is, and the digest of all that they handed in.
    on_verdict
        Called with the verdict so far after each exercise, so that it can be stored as soon as it exists.

    Returns
    -------
    The verdict, and what went wrong on the grader's side (empty if nothing did).
    """
    start = time.monotonic()
    graded_cells: list[tuple[NotebookNode, ExerciseVerdict]] = []

    def so_far() -> NotebookVerdict:
        seconds = round(time.monotonic() - start, 3)
        exercises = tuple(verdict for _, verdict in graded_cells)
        return NotebookVerdict(
            student, lesson.week, lesson.name, terms.sandbox, seconds, exercises, tuple(rebuilt.findings)
        )

    grading = NotebookGrading(rebuilt, lesson, files, terms, student, hand_in)

    def grade_all(checks: RunChecks) -> None:
        for exercise in lesson.exercises[len(graded_cells) :]:
            cell = _graded_cell(rebuilt.notebook, exercise)
            graded_cells.append((cell, grading.grade(exercise, checks)))
            on_verdict(so_far())

    try:
        try:
            with_checks([lesson.public, lesson.hidden], grade_all)
        except ChecksBroken as error:
            broken = error

            def no_checks(exercise: str, subject: Subject) -> list[CheckRun]:
                raise broken

            grade_all(no_checks)
        if not rebuilt.ungradable:
            with _recorded_in(grading.faults):
                grading.execution.run_rest()
    finally:
        with _recorded_in(grading.faults):
            grading.close()
    # Written after everything has run, so that nothing that a later cell displays can change these.
    for cell, verdict in graded_cells:
        cell.outputs = graded_outputs(verdict, unconfined=so_far().unconfined)
    return so_far(), "\n".join(grading.faults)


@contextmanager
def _recorded_in(faults: list[str]) -> Iterator[None]:
    """Record an exception within as a fault of the grader, and go on: it costs no verdict."""
    try:
        yield
    except Exception:
        faults.append(traceback.format_exc())


def graded_outputs(verdict: ExerciseVerdict, *, unconfined: bool = False) -> list[NotebookNode]:
    """What a graded cell shows: text, the panel, and the score, which is all that nbgrader reads."""
    shown = panel.as_panel(verdict, graded=True, note="Graded without a sandbox." if unconfined else "")
    return [
        new_output("stream", name="stdout", text=panel.heading(verdict) + "\n"),
        new_output("display_data", data={"text/html": shown, "text/plain": ""}),
        new_output("execute_result", data={"text/plain": repr(float(verdict.score))}, execution_count=None),
    ]


def _graded_cell(notebook: NotebookNode, exercise: Exercise) -> NotebookNode:
    return next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == exercise.check_id)
