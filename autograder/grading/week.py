"""Grades a week of a whole class with stock ``nbgrader autograde`` and ``generate_feedback``, showing progress."""

from __future__ import annotations

import re
import shlex
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from autograder.intake.students import submissions
from autograder.sandbox.tiers import WEAKER
from autograder.verdicts.verdict import CLASSROOM, NotebookVerdict

# nbgrader's last line on a submission; on one that failed, the lines of a traceback follow.
TURN_ENDED = re.compile(
    r"Setting destination file permissions to|Skipping existing|"
    r"error processing assignment: .*?(?P<failed>[^/\n]+)/[^/\n]+$"
)
ERROR = re.compile(r" {4}(?P<error>[A-Za-z_][\w.]*(Error|Exception|Exit|Warning|Interrupt|Missing)[^\n]*)\n")


class NbgraderFailed(Exception):
    """nbgrader ended with an error before any submission's turn; the message has its last lines."""


@dataclass(frozen=True)
class GradedWeek:
    """The verdicts on a week, and a line on each submission that has no grade or page: whose, why, what to do."""

    verdicts: list[NotebookVerdict]
    failures: list[str]


def grade_week(
    root: Path, week: str, console: Console, *, force: bool = False, unsafe_no_sandbox: bool = False, student: str = "*"
) -> GradedWeek:
    """Grade a week with stock nbgrader and make the feedback pages, showing progress.

    A submission that nbgrader fails at costs nobody else a grade or a page.

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
    The verdicts on everything that was handed in, and what failed.

    Raises
    ------
    NbgraderFailed
        If nbgrader failed before it came to any submission.
    """
    classroom = root / CLASSROOM
    folders, refused = submissions(classroom / "submitted", week, student)
    students = list(folders)
    failures = [f"{folder}: {reason}." for folder, reason in refused.items()]
    options = [f"--student={student}", *(["--force"] if force else [])]
    allowed = ["--TrustedExporter.unsafe_no_sandbox=True"] if unsafe_no_sandbox else []
    run = _run_nbgrader(root, ["autograde", week, *options, *allowed], "Autograding", len(students), console)
    if run.status and not run.turns:
        raise NbgraderFailed(f"{run.command} ended with status {run.status}:\n{''.join(run.tail)}")
    graded = _with_result(run, classroom / "autograded", students, week, "not graded", failures)
    if graded:
        run = _run_nbgrader(root, ["generate_feedback", week, *options], "Feedback", len(graded), console)
        _with_result(run, classroom / "feedback", graded, week, "graded, but without feedback pages", failures)
    failed = set(students) - set(graded)
    verdicts = [verdict for verdict in read_verdicts(root, week, student) if verdict.student not in failed]
    return GradedWeek(verdicts, failures)


def read_verdicts(root: Path, week: str, student: str = "*") -> list[NotebookVerdict]:
    """The stored verdicts on a week, by student and lesson."""
    paths = sorted((root / CLASSROOM / "verdicts").glob(f"{student}/{week}/*.json"))
    return [NotebookVerdict.from_json(path.read_text(encoding="utf-8")) for path in paths]


@dataclass
class _Run:
    """A run of nbgrader: its exit status, the submissions whose turn ended, and the errors of those that failed."""

    command: str
    status: int = 0
    turns: int = 0
    errors: dict[str, str] = field(default_factory=dict)
    tail: list[str] = field(default_factory=list)


def _with_result(run: _Run, results: Path, students: list[str], week: str, what: str, failures: list[str]) -> list[str]:
    """The students whose results lie where nbgrader puts them; a line on each other one, if nbgrader failed."""
    if not run.status:
        return students
    # The folders decide, not the log: it quotes students' errors.
    done = [student for student in students if (results / student / week).is_dir()]
    for student in (name for name in students if name not in done):
        error = run.errors.get(student, "nbgrader ended before it got that far")
        again = shlex.join(["autograder", "grade", week, f"--student={student}"])
        failures.append(
            f"{student}, {week}: {what} — {error}. What was handed in is untouched, but nbgrader deleted what it had "
            f"in {CLASSROOM}/{results.name}/{student}/{week}. Fix the cause, then run `{again}`."
        )
    if run.turns < len(students) or len(done) == len(students):
        last = run.tail[-1].strip() if run.tail else ""
        turns = f"{run.turns} of {len(students)} submissions"
        failures.append(f"{run.command} ended with status {run.status} after {turns}: {last} Run it again.")
    return done


def _run_nbgrader(root: Path, arguments: list[str], what: str, expected: int, console: Console) -> _Run:
    command = [str(Path(sys.executable).with_name("nbgrader")), *arguments]
    result = _Run(f"`{shlex.join(['nbgrader', *arguments])}`")
    failing = ""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with (
        subprocess.Popen(
            command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
        ) as process,
        Progress(*columns, console=console, transient=False) as progress,
    ):
        assert process.stdout is not None
        task = progress.add_task(what, total=expected)
        try:
            for line in process.stdout:
                result.tail = [*result.tail[-40:], line]
                if WEAKER in line:
                    console.print(Text(line[line.index(WEAKER) :].rstrip()), soft_wrap=True)
                # One line is logged at the end of each submission's turn, whether it was graded, skipped or failed.
                if ended := TURN_ENDED.search(line):
                    result.turns += 1
                    progress.advance(task)
                    failing = ended["failed"] or ""
                elif failing and (error := ERROR.fullmatch(line)):
                    result.errors[failing] = error["error"]
        except BaseException:
            _end(process)
            raise
    result.status = process.returncode
    return result


def _end(process: subprocess.Popen[str]) -> None:
    """Have nbgrader end: a terminal's Ctrl-C reaches it, too, but a signal to this process alone does not."""
    for seconds, next_signal in ((3, signal.SIGINT), (10, signal.SIGKILL)):
        try:
            process.wait(timeout=seconds)
        except subprocess.TimeoutExpired:
            process.send_signal(next_signal)
