"""Reads what was handed in: the texts of a notebook's or script's cells, within limits.

No link is followed, no pipe is waited for, and only the plain text of code and notes is kept.
"""

from __future__ import annotations

import json
import os
import re
import stat
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jupytext

from autograder.limits import Limits
from autograder.plain_text import clean_text
from autograder.wire.budget import too_many_marks

# Brackets and commas in a file: a parser needs some 60 bytes for each.
NOTEBOOK_MARKS = 5_000_000
# All the code and notes of a notebook together.
SOURCE_TOTAL = 1_000_000
MARKER = re.compile(rb"^[ \t]*#[ \t]*%%", re.MULTILINE)


class Ungradable(Exception):
    """A file does not hold a notebook that can be graded; the message is for the student."""


def read_cells(path: Path, limits: Limits) -> tuple[list[Cell], list[str]]:
    """Read a notebook's cells as plain texts, within limits, with what was odd about them.

    Raises
    ------
    Ungradable
        When the file is missing, not a plain file, too large, or not a notebook of format 4.
    """
    data = _read_bytes(path, limits.file_bytes)
    if too_many_marks(data, NOTEBOOK_MARKS):
        raise Ungradable(
            "The file holds far more than a notebook should. Clear all outputs, save it and hand it in again."
        )
    if path.suffix == ".py":
        return _within_limits(_read_script(path, data, limits), limits)
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Ungradable(
            "The file is damaged: it is not a notebook that Jupyter can open. "
            "Open your own copy, save it and hand it in again."
        ) from None
    version = document.get("nbformat") if isinstance(document, dict) else None
    if not isinstance(document, dict) or version != 4 or not isinstance(document.get("cells"), list):
        actual = (
            f"in notebook format {version}"
            if isinstance(version, int) and version != 4
            else "not a notebook of format 4"
        )
        raise Ungradable(f"The file is {actual}. Open it in JupyterLab, save it there, and hand it in again.")
    return _within_limits(document["cells"], limits)


def _within_limits(raw_cells: list[Any], limits: Limits) -> tuple[list[Cell], list[str]]:
    findings = []
    cells = []
    left = SOURCE_TOTAL
    for number, raw in enumerate(raw_cells[: limits.cells], start=1):
        cell = _read_cell(raw)
        if cell is None:
            findings.append(f"Cell {number} is not a notebook cell and was left out.")
        elif len(cell.text) > limits.source_bytes:
            findings.append(f"Cell {number} is longer than {limits.source_bytes:,} characters and was left out.")
        elif len(cell.text) > left:
            findings.append(f"Cell {number} and those below go beyond {SOURCE_TOTAL:,} characters and were left out.")
            break
        else:
            left -= len(cell.text)
            cells.append(cell)
    if len(raw_cells) > limits.cells:
        findings.append(f"The notebook has more than {limits.cells:,} cells; the rest was left out.")
    return cells, findings


def _read_script(path: Path, data: bytes, limits: Limits) -> list[Any]:
    """The cells of a script in Jupytext's percent format, without its header: YAML, which can expand endlessly."""
    # Checked first, because Jupytext's time grows with the square of the number of cells.
    if len(data) > 2 * SOURCE_TOTAL or len(MARKER.findall(data)) > 2 * limits.cells:
        raise Ungradable(f"{path.name} is far longer than a script of this course. Hand in only the lesson's script.")
    try:
        text = _without_header(data.decode("utf-8-sig"))
        notebook = jupytext.reads(text, fmt="py:percent")
    except Exception:  # a hostile text can make Jupytext raise anything
        raise Ungradable(
            f"{path.name} cannot be read as a script of cells. Start from the script that you were given."
        ) from None
    return list(notebook.cells)


def _without_header(script: str) -> str:
    """The script from its first cell on, with a cell marker, so that nothing in it is taken for a header."""
    lines = script.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rule = "# ---"
    while lines and (not lines[0].strip() or lines[0].startswith("#!") or "coding" in lines[0].partition("# -*-")[2]):
        del lines[0]
    if lines and lines[0].rstrip() == rule:
        end = next((n for n, line in enumerate(lines) if n and line.rstrip() == rule), 0)
        del lines[: end + 1]
    while lines and not lines[0].strip():
        del lines[0]
    if not lines or not MARKER.match(lines[0].encode()):
        lines.insert(0, "# %%")
    return "\n".join(lines)


@dataclass(frozen=True)
class Cell:
    """A handed-in cell: its kind, its text, its own id and the ``grade_id`` that it claims."""

    kind: str
    text: str
    id: str
    grade_id: str


def _read_bytes(path: Path, limit: int) -> bytes:
    try:
        # No link is followed and no pipe waited for.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except FileNotFoundError:
        raise Ungradable(f"{path.name} was not handed in. Hand in the notebook under exactly this name.") from None
    except OSError:
        raise Ungradable(f"{path.name} cannot be read: it must be the notebook itself, not a link to it.") from None
    about = os.fstat(handle)
    if not stat.S_ISREG(about.st_mode):  # checked first: no file object can be made of a folder
        os.close(handle)
        raise Ungradable(f"{path.name} is not a plain file. Hand in the notebook itself.")
    with os.fdopen(handle, "rb") as file:
        if about.st_size > limit:
            raise Ungradable(
                f"{path.name} is larger than {limit // 2**20} MiB. Clear all outputs, save it and hand it in again."
            )
        return file.read(limit + 1)


def _read_cell(raw: Any) -> Cell | None:
    if not isinstance(raw, dict) or raw.get("cell_type") not in ("code", "markdown", "raw"):
        return None
    source = raw.get("source")
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str):
        return None
    metadata = raw.get("metadata")
    mark = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    grade_id = mark.get("grade_id") if isinstance(mark, dict) else None
    own_id = raw.get("id")
    return Cell(
        raw["cell_type"],
        clean_text(source),
        own_id if isinstance(own_id, str) else "",
        grade_id if isinstance(grade_id, str) else "",
    )
