"""Collects what students handed in: each file of a folder goes into the classroom, or the reason why not is reported.

Notebooks go into ``classroom/submitted/`` as they are; scripts become notebooks there. The originals are kept, byte for
byte, in ``classroom/collected/``, also those that a later hand-in replaced.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.files import copy_whole, write_whole
from autograder.intake.reading import Ungradable, read_cells
from autograder.lessons.course import Lesson
from autograder.limits import Limits

ENDINGS = (".ipynb", ".py")


class NothingToCollect(Exception):
    """The folder to collect from does not exist, or holds no file."""


@dataclass(frozen=True)
class Collected:
    """The result for one file: whose it is, where it was put (None if nowhere), and a sentence about it."""

    file: Path
    student: str
    path: Path | None
    message: str


def collect(folder: Path, lessons: Sequence[Lesson], classroom: Path, limits: Limits) -> list[Collected]:
    """Take what students handed in into the classroom.

    Parameters
    ----------
    folder
        Holds a folder for each student, or files named ``STUDENT_LESSON.ipynb`` or ``.py``. A file belongs to the
        lesson whose name its own name ends with.
    lessons
        The course's lessons.
    classroom
        Where ``submitted/`` and ``collected/`` are.
    limits
        How large a file may be.

    Raises
    ------
    NothingToCollect
        If there is no such folder, or no file in it.
    """
    files = sorted(_files(folder)) if folder.is_dir() else []
    if not files:
        raise NothingToCollect(
            f"{folder}: there is no file to collect. Name a folder that holds a folder for each student."
        )
    outcomes = [_take(file, folder, lessons, classroom, limits) for file in _newest_last(files)]
    return sorted(outcomes, key=lambda outcome: str(outcome.file))


def _take(file: Path, folder: Path, lessons: Sequence[Lesson], classroom: Path, limits: Limits) -> Collected:
    lesson, student = _whose(file.relative_to(folder), lessons)
    if file.suffix not in ENDINGS or lesson is None:
        names = ", ".join(lesson.name for lesson in lessons)
        return Collected(file, student, None, f"not collected: its name is not that of a lesson ({names})")
    if not student:
        return Collected(
            file, "", None, "not collected: its student is unknown. Put it into a folder named after the student"
        )
    about = os.lstat(file)
    if not stat.S_ISREG(about.st_mode):
        return Collected(file, student, None, "not collected: it is a link or not a plain file")
    if about.st_size > limits.file_bytes:
        return Collected(file, student, None, f"not collected: larger than {limits.file_bytes // 2**20} MiB")
    path = classroom / "submitted" / student / lesson.week / f"{lesson.name}.ipynb"
    originals = classroom / "collected" / student / lesson.week
    replaced = path.is_file()
    if replaced:
        _keep(path, originals)
    _keep(file, originals)
    path.parent.mkdir(parents=True, exist_ok=True)
    message = "handed in"
    if file.suffix == ".py":
        try:
            write_whole(path, _as_notebook(file, limits))
        except Ungradable as error:
            return Collected(file, student, None, f"kept, but not handed in: {error}")
        message = "converted to a notebook and handed in"
    else:
        copy_whole(file, path)
    return Collected(file, student, path, message + (", in place of an earlier one, which is kept" if replaced else ""))


def _files(folder: Path) -> Iterator[Path]:
    """The files below a folder, without hidden ones; links to folders are not followed."""
    for path, folders, names in os.walk(folder, followlinks=False):
        folders[:] = [name for name in folders if not name.startswith(".") and name != "__pycache__"]
        yield from (Path(path) / name for name in names if not name.startswith("."))


def _newest_last(files: list[Path]) -> list[Path]:
    return sorted(files, key=lambda file: (os.lstat(file).st_mtime, str(file)))


def _whose(path: Path, lessons: Sequence[Lesson]) -> tuple[Lesson | None, str]:
    """The lesson and the student of a file, by its path below the folder."""
    for lesson in sorted(lessons, key=lambda lesson: -len(lesson.name)):
        match = re.fullmatch(rf"(?:(?P<student>.+?)[_\- ])?{re.escape(lesson.name)}(?: ?\(\d+\))?", path.stem)
        if match:
            return lesson, path.parts[0] if len(path.parts) > 1 else match["student"] or ""
    return None, path.parts[0] if len(path.parts) > 1 else ""


def _as_notebook(script: Path, limits: Limits) -> str:
    cells, _ = read_cells(script, limits)
    notebook = new_notebook()
    for number, cell in enumerate(cells):
        new_cell = (new_code_cell if cell.kind == "code" else new_markdown_cell)(cell.text, id=f"cell-{number:03}")
        if cell.grade_id:
            new_cell.metadata["nbgrader"] = {"grade_id": cell.grade_id}
        notebook.cells.append(new_cell)
    return str(nbformat.writes(notebook))


def _keep(file: Path, folder: Path) -> None:
    """Keep a file's bytes under a name made of their hash, so that no hand-in ever overwrites another."""
    folder.mkdir(parents=True, exist_ok=True)
    digest = hashlib.sha256(file.read_bytes()).hexdigest()[:12]
    copy_whole(file, folder / f"{file.stem}.{digest}{file.suffix}")
