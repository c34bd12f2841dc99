"""Grades one file by pytest, which takes nothing from the folder that the file is in."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from autograder.lessons.course import Lesson, LessonError, find_lessons


class NotASubmission(Exception):
    """A file cannot be graded: there is none, it is of no lesson, or lies where the course is."""


def check_file(root: Path, submission: Path, *, unsafe_no_sandbox: bool = False) -> int:
    """Run a lesson's public and hidden checks on a notebook or script; pytest prints the results and the scores.

    Hidden inputs are drawn from the file and the data files beside it, whoever the student is.

    Pytest runs in the course's folder with the course's configuration: a ``pytest.ini``, ``conftest.py`` or module
    beside the submission is never read.

    Parameters
    ----------
    root
        The course's folder.
    submission
        The notebook or script.
    unsafe_no_sandbox
        Grade although nothing confines the students' code.

    Returns
    -------
    Pytest's exit status: 0 if all checks pass, 1 if some fail.

    Raises
    ------
    NotASubmission
        If there is no such file, it has no exercise of the course, or the course is in the folder that it is in.
    LessonError
        If a lesson cannot be read.
    """
    path = submission.absolute()
    if path.parent.resolve() == root:
        raise NotASubmission(
            f"{submission}: the course and the submission are in the same folder. A student's folder must not be "
            "mistaken for the course: run this in the course's folder, or name that with --course, and keep "
            "submissions elsewhere."
        )
    lesson = lesson_of(path, root)
    own = root / "pyproject.toml"
    options = [
        f"--config-file={own if own.is_file() else os.devnull}",
        f"--rootdir={root}",
        "--import-mode=importlib",
        "--override-ini=python_files=public.py hidden.py",
        f"--submission={path}",
        *(["--unsafe-no-sandbox"] if unsafe_no_sandbox else []),
    ]
    # -P: no module of the current folder, wherever that is, is imported instead of an installed one.
    command = [sys.executable, "-P", "-m", "pytest", *options, str(lesson.public), str(lesson.hidden)]
    return subprocess.run(command, cwd=root, env=_environment(), check=False).returncode


def _environment() -> dict[str, str]:
    """The environment without relative entries of ``PYTHONPATH``: they may name a student's folder."""
    paths = os.environ.get("PYTHONPATH", "").split(os.pathsep)
    return os.environ | {"PYTHONPATH": os.pathsep.join(path for path in paths if os.path.isabs(path))}


def lesson_of(submission: Path, root: Path) -> Lesson:
    """The lesson of a submission: by the file's name, otherwise by the exercises whose names it contains.

    Raises
    ------
    NotASubmission
        If there is no such file, or it has no exercise of the course.
    """
    if not submission.is_file():
        raise NotASubmission(f"{submission}: there is no such file.")
    lessons = find_lessons(root)
    if not lessons:
        raise LessonError(f"{root}: there is no course here. Name the folder that has solutions/ with --course.")
    for lesson in lessons:
        if submission.stem == lesson.name:
            return lesson
    text = submission.read_bytes()
    counts = [sum(e.name.encode() in text for e in lesson.exercises) for lesson in lessons]
    if max(counts) == 0:
        raise NotASubmission(f"{submission}: it contains no exercise of this course. Name the file after its lesson.")
    return lessons[counts.index(max(counts))]
