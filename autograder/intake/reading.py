"""Reads what was handed in: the texts of a notebook's or script's cells, in the quarantine.

No link is followed, no pipe is waited for, and only the plain text of code and notes is kept.
"""

from __future__ import annotations

import json
import os
import re
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Any

from autograder.files import NotPlain, TooLarge, read_plain
from autograder.intake.quarantine import TooMuch, in_quarantine
from autograder.limits import Limits
from autograder.plain_text import clean_text
from autograder.source_code import SCRIPT_REMARK

# Characters of code and notes of a script, and its cells: Jupytext's time grows with the square of their number.
SCRIPT_BYTES = 2_000_000
SCRIPT_CELLS = 2_000
MARKER = re.compile(rb"^[ \t]*#[ \t]*%%", re.MULTILINE)
LONG_MARKER = re.compile(r"^([ \t]*#[ \t]*%%.{1000}).*", re.MULTILINE)
TOO_MUCH = "Reading {name} takes too much time or memory. Clear all outputs, save it and hand it in again."


class Ungradable(Exception):
    """A file does not hold a notebook that can be graded; the message is for the student."""


@dataclass(frozen=True)
class Cell:
    """A handed-in cell: its kind, its text, its own id and the ``grade_id`` that it claims."""

    kind: str
    text: str
    id: str
    grade_id: str


def read_cells(path: Path, limits: Limits) -> list[Cell]:
    """Read a notebook's or script's cells as plain texts, in the quarantine.

    Raises
    ------
    Ungradable
        When the file is missing, not a plain file, too large, takes too long to read, or is not a notebook of format 4.
    """
    try:
        cells, ungradable = in_quarantine(_cells_or_why_not, os.path.abspath(path), limits.file_bytes)
    except TooMuch:
        raise Ungradable(TOO_MUCH.format(name=path.name)) from None
    if ungradable:
        raise Ungradable(ungradable)
    return [Cell(*cell) for cell in cells]


def _cells_or_why_not(path: str, most_bytes: int) -> tuple[list[Any], str]:
    try:
        return [astuple(cell) for cell in cells_in(Path(path), most_bytes) if cell is not None], ""
    except Ungradable as error:
        return [], str(error)


def cells_in(path: Path, most_bytes: int) -> list[Cell | None]:
    """The cells of a file, None instead of what is no cell; `Ungradable` as by `read_cells`.

    To be called in the quarantine alone.
    """
    data = _read_bytes(path, most_bytes)
    if path.suffix == ".py":
        return [_read_cell(cell) for cell in _read_script(path, data)]
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Ungradable(
            "The file is damaged: Jupyter can't open it as a notebook. "
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
    return [_read_cell(cell) for cell in document["cells"]]


def _read_script(path: Path, data: bytes) -> list[Any]:
    """The cells of a script in Jupytext's percent format, without its header: YAML, which can expand endlessly."""
    import jupytext  # takes half a second, and few hand in scripts

    if len(data) > SCRIPT_BYTES or len(MARKER.findall(data)) > SCRIPT_CELLS:
        raise Ungradable(f"{path.name} is far longer than any script of this course. Hand in only the lesson's script.")
    try:
        # Of a marker's options, Jupytext's time grows with the square of their length.
        text = LONG_MARKER.sub(r"\1", _without_header(data.decode("utf-8-sig")))
        notebook = jupytext.reads(text, fmt="py:percent")
    except Exception:  # a hostile text can make Jupytext raise anything
        raise Ungradable(
            f"{path.name} can't be read as a script of cells. Start from the script that you were given."
        ) from None
    return [cell for cell in notebook.cells if cell.source.strip() != SCRIPT_REMARK]


def _without_header(script: str) -> str:
    """The script from its first cell on, with a cell marker, so that nothing in it is taken for a header."""
    lines = script.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    rule = "# ---"
    first = 0
    while first < len(lines) and _is_preamble(lines[first]):
        first += 1
    if first < len(lines) and lines[first].rstrip() == rule:
        first = next((n for n in range(first + 1, len(lines)) if lines[n].rstrip() == rule), first) + 1
    while first < len(lines) and not lines[first].strip():
        first += 1
    marked = first < len(lines) and MARKER.match(lines[first].encode())
    return "\n".join([*([] if marked else ["# %%"]), *lines[first:]])


def _is_preamble(line: str) -> bool:
    return not line.strip() or line.startswith("#!") or "coding" in line.partition("# -*-")[2]


def _read_bytes(path: Path, limit: int) -> bytes:
    try:
        return read_plain(path, limit)
    except FileNotFoundError:
        raise Ungradable(f"{path.name} was not handed in. Hand in the notebook under exactly this name.") from None
    except TooLarge as large:
        raise Ungradable(f"{path.name}: {large}. Clear all outputs, save it and hand it in again.") from None
    except NotPlain:
        raise Ungradable(f"{path.name} isn't a plain file. Hand in the notebook itself, not a link to it.") from None
    except OSError:
        raise Ungradable(f"{path.name} can't be read. Hand in the notebook itself.") from None


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
