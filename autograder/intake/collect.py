"""Collects what students handed in: each file of a folder goes into the classroom, or the reason why not is reported.

Notebooks go into ``classroom/submitted/`` as they are; scripts become notebooks there. The originals are kept, byte for
byte, in ``classroom/collected/``, also those that a later hand-in replaced. What is not collected stays where it was.
"""

from __future__ import annotations

import hashlib
import os
import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder.files import check_plain, read_plain, write_bytes_whole, write_whole
from autograder.intake.data_files import LITTER
from autograder.intake.reading import Ungradable, read_cells
from autograder.intake.students import why_not_a_student
from autograder.lessons.course import Lesson
from autograder.limits import Limits

ENDINGS = (".ipynb", ".py")
# A student's files that have the same result get this many lines, and then one on the rest.
MOST_LINES = 20


class NothingToCollect(Exception):
    """The folder to collect from does not exist, or holds no file."""


@dataclass(frozen=True)
class Collected:
    """The result for a file: whose it is, where it was put (None if nowhere), and a sentence about it.

    ``more`` is the number of further files of the same student with this result that are not listed.
    """

    file: Path
    student: str
    path: Path | None
    message: str
    more: int = 0


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
    paths = sorted(_paths(folder), key=lambda found: (_modified(found[0]), found[0])) if folder.is_dir() else []
    if not paths:
        raise NothingToCollect(
            f"{folder}: there are no files to collect. Name a folder that holds a folder for each student."
        )
    outcomes = []
    for file, refusal in paths:  # the newest last
        name = file.relative_to(folder)
        lesson, student = _whose(name, lessons)
        try:
            if refusal:
                student = student or name.parts[0]
                raise _Refused(refusal)
            outcomes.append(_take(file, lesson, student, lessons, classroom, limits))
        except (_Refused, OSError) as error:
            outcomes.append(Collected(file, student, None, f"not collected: {_reason(error, file)}"))
    return list(_shortened(sorted(outcomes, key=lambda outcome: outcome.file), folder))


def _reason(error: Exception, file: Path) -> str:
    """What went wrong with a file, and where, if that is elsewhere."""
    if not isinstance(error, OSError) or error.strerror is None:
        return str(error)
    where = os.fsdecode(error.filename) if isinstance(error.filename, (str, bytes, os.PathLike)) else str(file)
    return error.strerror if where == str(file) else f"{error.strerror}: {where}"


class _Refused(Exception):
    """A file is not collected; the message is the reason."""


def _take(
    file: Path, lesson: Lesson | None, student: str, lessons: Sequence[Lesson], classroom: Path, limits: Limits
) -> Collected:
    """Take one file; _Refused or OSError if it cannot be."""
    check_plain(file)
    if file.suffix not in ENDINGS or lesson is None:
        raise _Refused(f"its name isn't that of a lesson ({', '.join(known.name for known in lessons)})")
    if not student:
        raise _Refused("its student isn't known. Put it into a folder named after the student")
    if wrong := why_not_a_student(student):
        raise _Refused(f"the student's name {wrong}. Rename it and collect it again")
    data = read_plain(file, limits.file_bytes)
    path = classroom / "submitted" / student / lesson.week / f"{lesson.name}.ipynb"
    originals = classroom / "collected" / student / lesson.week
    replaced = os.path.lexists(path)
    if replaced:
        _keep(read_plain(path, max(limits.file_bytes, path.lstat().st_size)), originals, path.name)
    original = _keep(data, originals, lesson.name + file.suffix)
    path.parent.mkdir(parents=True, exist_ok=True)
    message = "handed in"
    if file.suffix == ".py":
        try:
            write_whole(path, _as_notebook(original, limits))
        except Ungradable as error:
            return Collected(file, student, None, f"kept, but not handed in: {error}")
        message = "converted to a notebook and handed in"
    else:
        write_bytes_whole(path, data)
    return Collected(
        file, student, path, message + (", replacing an earlier one, which is kept in collected/" if replaced else "")
    )


def _paths(folder: Path) -> Iterator[tuple[Path, str]]:
    """The files below a folder, and each folder that is not looked into, with the reason; no link is followed."""
    folders = [folder]
    while folders:  # without recursion: folders can be nested more deeply than calls
        current = folders.pop()
        try:
            entries = [entry for entry in os.scandir(current) if not LITTER.fullmatch(entry.name)]
        except OSError as error:
            if current == folder:
                raise NothingToCollect(f"{folder} can't be read: {error.strerror}.") from None
            yield current, f"the folder can't be read: {error.strerror}"
            continue
        if not entries and current != folder:
            yield current, "the folder is empty"
        for entry in entries:
            path = current / entry.name
            if entry.name.startswith("."):
                yield path, "it is hidden, since its name begins with a dot"
            elif not entry.is_dir(follow_symlinks=False):
                yield path, ""
            elif current == folder and (wrong := why_not_a_student(entry.name)):
                yield path, f"the student's name {wrong}. Rename the folder and collect it again"
            else:
                folders.append(path)


def _modified(path: Path) -> float:
    """When a file was last changed; 0 if that cannot be found out."""
    try:
        return os.lstat(path).st_mtime
    except OSError:
        return 0.0


def _whose(path: Path, lessons: Sequence[Lesson]) -> tuple[Lesson | None, str]:
    """The lesson and the student of a file, by its path below the folder."""
    # Macs write an accented letter as two signs, where others write one: it is the same name.
    folder = unicodedata.normalize("NFC", path.parts[0]) if len(path.parts) > 1 else ""
    for lesson in sorted(lessons, key=lambda lesson: -len(lesson.name)):
        pattern = rf"(?:(?P<student>.+?)[_\- ])?{re.escape(lesson.name)}(?: ?\(\d+\))?"
        match = re.fullmatch(pattern, path.stem, re.DOTALL)
        if match:
            return lesson, folder or unicodedata.normalize("NFC", match["student"] or "")
    return None, folder


def _as_notebook(script: Path, limits: Limits) -> str:
    cells = read_cells(script, limits)
    notebook = new_notebook()
    for number, cell in enumerate(cells):
        new_cell = (new_code_cell if cell.kind == "code" else new_markdown_cell)(cell.text, id=f"script-{number:03}")
        if cell.grade_id:
            new_cell.metadata["nbgrader"] = {"grade_id": cell.grade_id}
        notebook.cells.append(new_cell)
    return str(nbformat.writes(notebook))


def _keep(data: bytes, folder: Path, name: str) -> Path:
    """Keep a file's bytes under a name with their hash in it, so that no hand-in ever overwrites another."""
    folder.mkdir(parents=True, exist_ok=True)
    stem, ending = os.path.splitext(name)
    path = folder / f"{stem}.{hashlib.sha256(data).hexdigest()[:12]}{ending}"
    write_bytes_whole(path, data)
    return path


def _shortened(outcomes: Iterable[Collected], folder: Path) -> Iterator[Collected]:
    """The outcomes, but of many files in one student's folder with the same result only the first."""
    listed: dict[tuple[str, str], list[Collected]] = {}
    for outcome in outcomes:
        parts = outcome.file.relative_to(folder).parts
        listed.setdefault((parts[0], outcome.message), []).append(outcome)
    for same in listed.values():
        yield from same[: MOST_LINES - 1]
        if len(same) >= MOST_LINES:
            yield replace(same[MOST_LINES - 1], more=len(same) - MOST_LINES)
