"""The table of a class in the terminal, and the list of submissions that could not be graded."""

from __future__ import annotations

from collections.abc import Sequence

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.plain_text import printable
from autograder.verdicts.verdict import ExerciseVerdict, NotebookVerdict, Status


def show(verdicts: Sequence[NotebookVerdict], console: Console) -> None:
    """Print a table for each lesson: a row for each student, a column for each exercise, with score and diagnosis."""
    for lesson in sorted({(v.week, v.lesson) for v in verdicts}):
        rows = [v for v in verdicts if (v.week, v.lesson) == lesson]
        table = Table(title=f"{lesson[0]} · {lesson[1]}", title_justify="left", box=SIMPLE_HEAD, padding=(0, 2, 0, 0))
        table.add_column("student")
        # A verdict is stored as it grows: one whose grading was stopped has only the first exercises.
        exercises = max((v.exercises for v in rows), key=len)
        for exercise in exercises:
            table.add_column(f"{exercise.exercise.replace('_', ' ')} ({exercise.points:g})", overflow="fold")
        table.add_column("total", justify="right")
        whole = sum(e.points for e in exercises)
        for verdict in rows:
            cells = {e.exercise: _cell(e) for e in verdict.exercises}
            total = sum(e.score for e in verdict.exercises)
            scores = [cells.get(e.exercise, Text("not graded")) for e in exercises]
            table.add_row(Text(printable(verdict.student)), *scores, f"{total:.3g} of {whole:g}")
        console.print(table)
    if any(v.unconfined for v in verdicts):
        console.print("Graded without a sandbox: the students' code could reach this machine's files.")


def not_graded(verdicts: Sequence[NotebookVerdict]) -> list[str]:
    """The submissions that could not be graded and why, one line each."""
    lines = []
    for verdict in verdicts:
        if verdict.could_not_be_graded:
            bad = next(e for e in verdict.exercises if e.status in (Status.UNGRADABLE, Status.GRADER_FAULT))
            whose = f"{verdict.student}, {verdict.week}/{verdict.lesson}"
            lines.append(printable(f"{whose}: {bad.status} — {bad.message}"))
    return lines


def _cell(exercise: ExerciseVerdict) -> Text:
    score = f"{exercise.score:.3g}"
    if exercise.status is Status.PASSED:
        return Text(score)
    return Text(f"{score}  {exercise.misconception or exercise.status}")
