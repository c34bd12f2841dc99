"""Registers the course's weeks in nbgrader's gradebook, from the built trees and with nbgrader's own preprocessors.

Stock ``generate_assignment`` also registers, but in a course that has submissions it deletes the release if cells
changed. Registering here changes no tree, and may be repeated.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import nbformat
from nbgrader.api import Gradebook
from nbgrader.preprocessors import ClearSolutions, ComputeChecksums, LockCells, SaveCells
from traitlets.config import Config

from autograder.files import write_whole
from autograder.source_code import CODE_STUB


class CellsChanged(Exception):
    """The graded cells of a released week changed although the gradebook has submissions to it."""


def register_weeks(root: Path, classroom: Path, db_url: str) -> None:
    """Register every week below ``source/`` in the gradebook, unless these very trees already are.

    Raises
    ------
    CellsChanged
        If a week that has submissions gained or lost cells.
    """
    weeks = sorted(path for path in (root / "source").glob("*") if any(path.glob("*.ipynb")))
    if not weeks:
        return
    classroom.mkdir(exist_ok=True)
    marker = classroom / "registered.txt"
    state = _state(weeks, classroom, db_url)
    if marker.is_file() and marker.read_text(encoding="utf-8") == state:
        return
    for week in weeks:
        _register(week, db_url)
    write_whole(marker, _state(weeks, classroom, db_url))


def _register(week: Path, db_url: str) -> None:
    with Gradebook(db_url) as gradebook:
        gradebook.update_or_create_assignment(week.name)
    config = Config()
    config.ClearSolutions.code_stub = CODE_STUB
    for path in sorted(week.glob("*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        resources = {"nbgrader": {"notebook": path.stem, "assignment": week.name, "db_url": db_url}}
        try:
            for preprocessor in (LockCells, ClearSolutions, ComputeChecksums, SaveCells):
                notebook, resources = preprocessor(config=config)(notebook, resources)
        except RuntimeError as error:
            if "Cannot add or remove cells" not in str(error):
                raise
            raise CellsChanged(
                f"{path}: its graded cells are not those that {week.name} was released with, and there are "
                "submissions to it. Put the cells back, or start a new week: checks and points may change, "
                "the set of cells may not."
            ) from None


def _state(weeks: list[Path], classroom: Path, db_url: str) -> str:
    """A hash of the trees and the gradebook that they are registered in; one deleted and made again is another."""
    digest = hashlib.sha256(db_url.encode())
    for path in sorted(file for week in weeks for file in week.glob("*.ipynb")):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    file = Path(db_url.removeprefix("sqlite:///").partition("?")[0]) if db_url.startswith("sqlite:///") else None
    digest.update(str(file is None or file.is_file()).encode())
    if file is not None and file.is_file():
        digest.update(str(file.stat().st_ino).encode())
    return digest.hexdigest() + "\n"
