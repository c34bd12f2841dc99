"""Grades a week of a whole class with stock ``nbgrader autograde`` and ``generate_feedback``, showing progress."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from autograder.sandbox.tiers import WEAKER
from autograder.verdicts.verdict import CLASSROOM, NotebookVerdict


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
        Also grade what is already graded.
    unsafe_no_sandbox
        Grade although nothing confines the students' code.
    student
        Whose submissions; by default, everyone's.

    Returns
    -------
    The verdicts on everything that was handed in.

    Raises
    ------
    NbgraderFailed
        If nbgrader failed.
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
            if WEAKER in line:
                console.print(Text(line[line.index(WEAKER) :].rstrip()), soft_wrap=True)
            # One line is logged at the end of each submission's turn, whether it was graded, skipped or failed.
            ended = re.search(
                r"Setting destination file permissions to|error processing assignment: (.*)|Skipping existing", line
            )
            if ended:
                progress.advance(task)
    if run.returncode != 0:
        raise NbgraderFailed(f"`nbgrader {' '.join(arguments)}` ended with {run.returncode}:\n{''.join(tail)}")
