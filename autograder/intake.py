"""What was handed in, made safe and gradable: a fresh notebook is built from ours, with the student's code in its places.

What is read is text of code and of notes, within limits; no metadata, output, tag, attachment or graded cell of theirs
survives. A deleted, doubled, renamed, retyped or moved cell, odd metadata, a corrupt file: one mechanism settles them all,
and tells what it found.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
import re
import stat
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jupytext
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.limits import Limits
from autograder.source_code import answer_name, binds, same_code
from autograder.wire import too_many_marks

NOTE_CHARACTERS = 5_000
# Brackets and commas in a file: a parser makes some 60 bytes of each.
NOTEBOOK_MARKS = 5_000_000
# All the code and notes of a notebook together.
SOURCE_TOTAL = 1_000_000
MARKER = re.compile(rb"^[ \t]*#[ \t]*%%", re.MULTILINE)
CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f]")


class Ungradable(Exception):
    """A file that holds no notebook that could be graded; the message is for the student."""


@dataclass
class Rebuilt:
    """A notebook of ours with the student's code in its places.

    ``findings`` are sentences about what was odd; ``ungradable`` is why nothing could be read, or empty;
    ``not_attempted`` are the exercises whose cell is still the stub, each with what to tell about it.
    """

    notebook: NotebookNode
    findings: list[str] = field(default_factory=list)
    ungradable: str = ""
    not_attempted: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """A hash of the rebuilt cells' texts: equal hand-ins have equal ones."""
        texts = [[cell.cell_type, cell.source] for cell in self.notebook.cells]
        return hashlib.sha256(json.dumps(texts).encode()).hexdigest()


def rebuild(path: Path, blank: NotebookNode, limits: Limits) -> Rebuilt:
    """Rebuild what was handed in at `path` from the released notebook `blank`.

    Whatever the file holds, a notebook comes back that nbgrader can work with; where nothing could be read it is the
    blank one, and ``ungradable`` says why.
    """
    try:
        cells, findings = read_cells(path, limits)
    except Ungradable as error:
        return Rebuilt(copy.deepcopy(blank), ungradable=str(error))
    return _Rebuilder(blank).build(cells, findings)


def read_cells(path: Path, limits: Limits) -> tuple[list[Cell], list[str]]:
    """Read a notebook's cells as plain texts, within limits, with what was odd about them.

    Raises
    ------
    Ungradable
        When the file is missing, no plain file, too large, or no notebook of format 4.
    """
    data = _read_bytes(path, limits.file_bytes)
    if too_many_marks(data, NOTEBOOK_MARKS):
        raise Ungradable(
            "The file holds far more than a notebook does. Clear all outputs, save it and hand it in again."
        )
    if path.suffix == ".py":
        return _within_limits(_read_script(path, data, limits), limits)
    try:
        document = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        raise Ungradable(
            "The file is damaged: it is not a notebook that Jupyter can open. Open your own copy, save it and hand it in again."
        ) from None
    version = document.get("nbformat") if isinstance(document, dict) else None
    if not isinstance(document, dict) or version != 4 or not isinstance(document.get("cells"), list):
        said = (
            f"in notebook format {version}"
            if isinstance(version, int) and version != 4
            else "not a notebook of format 4"
        )
        raise Ungradable(f"The file is {said}. Open it in JupyterLab, save it there, and hand it in again.")
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
    """The cells of a script in Jupytext's percent format, without its header: that is YAML, which can multiply itself."""
    # Looked at first: Jupytext's time grows with the square of the number of cells.
    if len(data) > 2 * SOURCE_TOTAL or len(MARKER.findall(data)) > 2 * limits.cells:
        raise Ungradable(f"{path.name} is far longer than a script of this course. Hand in the lesson's script alone.")
    try:
        text = _without_header(data.decode("utf-8-sig"))
        notebook = jupytext.reads(text, fmt="py:percent")
    except Exception:  # whatever a parser of someone else's says of a hostile text
        raise Ungradable(
            f"{path.name} cannot be read as a script of cells. Start from the script that you were given."
        ) from None
    return list(notebook.cells)


def _without_header(script: str) -> str:
    """The script from its first cell on, marked as one, so that nothing in it is taken for a header."""
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
    if not stat.S_ISREG(about.st_mode):  # looked at first: no file object can be made of a folder
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


def clean_text(text: str) -> str:
    """The text without control characters and half surrogates, which break files, pages and terminals."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("\N{REPLACEMENT CHARACTER}", text.encode("utf-8", "replace").decode("utf-8"))


class _Rebuilder:
    """Puts handed-in cells into the places of a blank notebook."""

    def __init__(self, blank: NotebookNode) -> None:
        self.blank = blank
        self.solutions: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.graded: dict[str, int] = {}
        self.by_id: dict[str, int] = {}
        self.by_text: dict[str, int] = {}
        for place, cell in enumerate(blank.cells):
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("solution"):
                self.solutions[mark["grade_id"]] = place
                self.names[mark["grade_id"]] = answer_name(cell.source, mark["grade_id"])
            elif mark.get("grade"):
                self.graded[mark["grade_id"]] = place
            else:
                self.by_id[cell.get("id", "")] = place
            self.by_text.setdefault(cell.source.strip(), place)
        self.answers: dict[str, list[str]] = {}
        self.added: dict[int, list[Cell]] = {}
        self.findings: list[str] = []

    def build(self, cells: Iterable[Cell], findings: list[str]) -> Rebuilt:
        self.findings = list(findings)
        place = -1
        for cell in cells:
            place = self._put(cell, place)
        chosen = {name: self._choose(name) for name in self.solutions}
        notebook = copy.deepcopy(self.blank)
        fresh = []
        number = 0
        for place in range(-1, len(notebook.cells)):
            if place >= 0:
                cell = notebook.cells[place]
                name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                if name in self.solutions:
                    cell.source = chosen[name]
                fresh.append(cell)
            for extra in self.added.get(place, []):
                number += 1
                fresh.append(_added_cell(extra, number))
        notebook.cells = fresh
        untouched = {
            name: self._where_else(name)
            for name, at in self.solutions.items()
            if self._is_untouched(name, at, chosen[name])
        }
        return Rebuilt(notebook, self.findings, not_attempted=untouched)

    def _put(self, cell: Cell, place: int) -> int:
        """Take in one cell found after our cell number `place`; return the number of our cell that it stands for."""
        if cell.grade_id in self.solutions:
            self.answers.setdefault(cell.grade_id, []).append(cell.text)
            if cell.kind != "code":
                self.findings.append(f"The cell of {cell.grade_id} was turned into {cell.kind}; it was graded as code.")
            return self.solutions[cell.grade_id]
        if cell.grade_id in self.graded:
            place = self.graded[cell.grade_id]
            if cell.text.strip() != self.blank.cells[place].source.strip():
                self.findings.append(f"The graded cell {cell.grade_id} was changed; ours was used.")
            return place
        at = self.by_id.get(cell.id, self.by_text.get(cell.text.strip(), -1))
        if at in self.solutions.values():
            self.answers.setdefault(self.blank.cells[at].metadata["nbgrader"]["grade_id"], []).append(cell.text)
            return at
        if at >= 0:
            if cell.kind == "code" and cell.text.strip() != self.blank.cells[at].source.strip():
                self.added.setdefault(at, []).append(cell)
            return at
        if cell.text.strip():
            self.added.setdefault(place, []).append(cell)
        return place

    def _choose(self, name: str) -> str:
        """The answer that counts: the last that is not the stub; a missing cell's, wherever its function is defined."""
        at = self.solutions[name]
        stub = str(self.blank.cells[at].source)
        answers = self.answers.get(name, [])
        if len(answers) > 1:
            self.findings.append(
                f"The cell of {name} is there {len(answers)} times; the last one that was worked on counts."
            )
        worked_on = [text for text in answers if not same_code(text, stub)]
        # A copied cell keeps its mark: one in which the function was only tried out is not the answer.
        worked_on = [text for text in worked_on if binds(text, self.names[name])] or worked_on
        if worked_on:
            # The other copies run before it: a cell that was split in two keeps its mark in both parts.
            others = [text for text in answers if text is not worked_on[-1] and not same_code(text, stub)]
            self.added.setdefault(at - 1, []).extend(Cell("code", text, "", "") for text in others)
            return worked_on[-1]
        if answers:
            return stub
        for place, extras in sorted(self.added.items(), reverse=True):
            for extra in reversed(extras):
                if extra.kind == "code" and binds(extra.text, self.names[name]):
                    self.added[place].remove(extra)
                    self.findings.append(f"The cell of {name} had lost its mark; it was found by the name that it defines.")
                    return extra.text
        self.findings.append(f"The cell of {name} is missing; the empty one was put back.")
        return stub

    def _is_untouched(self, name: str, at: int, text: str) -> bool:
        if not same_code(text, self.blank.cells[at].source):
            return False
        found = self.added.get(at, [])
        return not any(extra.kind == "code" and binds(extra.text, self.names[name]) for extra in found)

    def _where_else(self, name: str) -> str:
        """What to tell about an untouched cell: whether the function is defined in another one, where it does not count."""
        defined, extras = self.names[name], [extra for extras in self.added.values() for extra in extras]
        if any(extra.kind == "code" and binds(extra.text, defined) for extra in extras):
            return f"The cell made for {name} is still as you got it; another cell defines {defined}. Put it into that cell."
        return UNTOUCHED


UNTOUCHED = "The cell is still as you got it: nothing to grade yet."


def _added_cell(cell: Cell, number: int) -> NotebookNode:
    if cell.kind == "code":
        return new_code_cell(cell.text, id=f"added-{number}")
    text = cell.text[:NOTE_CHARACTERS]
    longest = max((len(run) for run in re.findall(r"`+|~+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return new_markdown_cell(f"{fence}text\n{text}\n{fence}", id=f"added-{number}")


# What may lie beside a notebook: plain data, by the endings of its names.
DATA_ENDINGS = (".csv", ".tsv", ".txt", ".json", ".npy", ".npz", ".png", ".jpg", ".jpeg")
NEVER = ("timestamp.txt", "index.html")
MAX_DATA_FILES = 50


def is_plain_data(path: Path, limits: Limits) -> bool:
    """Whether a file beside a notebook is one that the student's code may have: a plain file with a data ending.

    Its name is logged, so it holds nothing that a terminal acts on.
    """
    try:
        about = os.lstat(path)
    except OSError:
        return False
    named = path.name.lower().endswith(DATA_ENDINGS) and path.name not in NEVER and not path.name.startswith(".")
    return named and path.name.isprintable() and stat.S_ISREG(about.st_mode) and about.st_size <= limits.file_bytes


def data_files(folder: Path, limits: Limits) -> list[Path]:
    """The plain data files directly in `folder` that can be read, as far as half of the kernel's disk holds them."""
    found: list[Path] = []
    left = limits.disk_bytes / 2
    for path in sorted(folder.iterdir()):
        if is_plain_data(path, limits) and os.access(path, os.R_OK) and len(found) < MAX_DATA_FILES:
            left -= path.stat().st_size
            if left >= 0:
                found.append(path)
    return found
