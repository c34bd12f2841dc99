"""A week of a whole class: stock ``nbgrader autograde`` and ``generate_feedback``, watched, and what came of it in a table."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from autograder.lessons.course import CLASSROOM
from autograder.sandbox.order import NONE
from autograder.verdicts.verdict import ExerciseVerdict, NotebookVerdict, Status


class NbgraderFailed(Exception):
    """nbgrader ended with an error; the message has its last lines."""


def grade_week(
    root: Path, week: str, console: Console, *, force: bool = False, unsafe_no_sandbox: bool = False, student: str = "*"
) -> list[NotebookVerdict]:
    """Grade a week with stock nbgrader and make the feedback pages, showing progress.

    Parameters
    ----------
    root
        The course's folder.
    week
        The assignment's name.
    console
        Where progress is shown.
    force
        Grade again what is graded already.
    unsafe_no_sandbox
        Grade although nothing confines the students' code.
    student
        Whose submissions; all, unless said.

    Returns
    -------
    The verdicts on everything that was handed in.

    Raises
    ------
    NbgraderFailed
        When nbgrader did not get through the class.
    """
    expected = len([path for path in (root / CLASSROOM / "submitted").glob(f"{student}/{week}") if path.is_dir()])
    options = [f"--student={student}", *(["--force"] if force else [])]
    allowed = ["--TrustedExporter.unsafe_no_sandbox=True"] if unsafe_no_sandbox else []
    _run_nbgrader(root, ["autograde", week, *options, *allowed], "Autograding", expected, console)
    _run_nbgrader(root, ["generate_feedback", week, *options], "Feedback", expected, console)
    return read_verdicts(root, week, student)


def read_verdicts(root: Path, week: str, student: str = "*") -> list[NotebookVerdict]:
    """The stored verdicts on a week, by student and lesson."""
    paths = sorted((root / CLASSROOM / "verdicts").glob(f"{student}/{week}/*.json"))
    return [NotebookVerdict.from_json(path.read_text(encoding="utf-8")) for path in paths]


def show(verdicts: Sequence[NotebookVerdict], console: Console) -> None:
    """Print a table a lesson: a row a student, a column an exercise, with what was diagnosed."""
    for lesson in sorted({(v.week, v.lesson) for v in verdicts}):
        mine = [v for v in verdicts if (v.week, v.lesson) == lesson]
        table = Table(title=f"{lesson[0]} · {lesson[1]}", title_justify="left", box=SIMPLE_HEAD, padding=(0, 2, 0, 0))
        table.add_column("student")
        for exercise in mine[0].exercises:
            table.add_column(f"{exercise.exercise.replace('_', ' ')} ({exercise.points:g})", overflow="fold")
        table.add_column("total", justify="right")
        for verdict in mine:
            total = sum(e.score for e in verdict.exercises)
            whole = sum(e.points for e in verdict.exercises)
            cells = [_cell(e) for e in verdict.exercises]
            table.add_row(Text(verdict.student), *cells, f"{total:.3g} of {whole:g}")
        console.print(table)
    without = sorted({v.student for v in verdicts if v.sandbox == NONE})
    if without:
        console.print("Graded without a sandbox: the students' code could reach this machine's files.")


def not_graded(verdicts: Sequence[NotebookVerdict]) -> list[str]:
    """Which submissions could not be graded, one line each."""
    lines = []
    for verdict in verdicts:
        if verdict.could_not_be_graded:
            bad = next(e for e in verdict.exercises if e.status in (Status.UNGRADABLE, Status.GRADER_FAULT))
            lines.append(f"{verdict.student}, {verdict.week}/{verdict.lesson}: {bad.status} — {bad.message}")
    return lines


def _cell(exercise: ExerciseVerdict) -> Text:
    score = f"{exercise.score:.3g}"
    if exercise.status is Status.PASSED:
        return Text(score)
    return Text(f"{score}  {exercise.misconception or exercise.status}")


def _run_nbgrader(root: Path, arguments: list[str], what: str, expected: int, console: Console) -> None:
    command = [str(Path(sys.executable).with_name("nbgrader")), *arguments]
    tail: list[str] = []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as run,
        Progress(*columns, console=console, transient=False) as progress,
    ):
        assert run.stdout is not None
        task = progress.add_task(what, total=expected)
        for line in run.stdout:
            tail = [*tail[-40:], line]
            # One line is logged at the end of each submission's turn, whatever came of it.
            ended = re.search(
                r"Setting destination file permissions to|error processing assignment: (.*)|Skipping existing", line
            )
            if ended:
                progress.advance(task)
    if run.returncode != 0:
        raise NbgraderFailed(f"`nbgrader {' '.join(arguments)}` ended with {run.returncode}:\n{''.join(tail)}")
