"""Rebuilds what was handed in: a fresh copy of the released notebook gets the student's code in its answer cells.

Only the text of code and notes is read, within limits; none of the student's metadata, outputs, tags, attachments or
graded cells survives. A deleted, doubled, renamed, retyped or moved cell, odd metadata, a corrupt file: one mechanism
handles them all, and reports what was odd.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.intake.reading import Cell, Ungradable, read_cells
from autograder.limits import Limits
from autograder.source_code.binding import answer_name, binds
from autograder.source_code.parsing import magics_at_most, same_code

NOTE_CHARACTERS = 5_000
# Characters that IPython's reader may read in all cells of a notebook that are not plain Python: it takes some seconds.
MAGIC_CHARACTERS = 1_000_000


@dataclass
class Rebuilt:
    """A copy of the released notebook with the student's code in it.

    ``findings`` are sentences about what was odd; ``ungradable`` says why nothing could be read, or is empty;
    ``not_attempted`` are the exercises whose cell is still the stub, each with a sentence for the student.
    """

    notebook: NotebookNode
    findings: list[str] = field(default_factory=list)
    ungradable: str = ""
    not_attempted: dict[str, str] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """A hash of the rebuilt cells' texts: equal submissions have equal hashes."""
        texts = [[cell.cell_type, cell.source] for cell in self.notebook.cells]
        return hashlib.sha256(json.dumps(texts).encode()).hexdigest()

    def to_notebook(self) -> NotebookNode:
        """A copy of the notebook with the other fields in its metadata, so that they are saved with it."""
        notebook = copy.deepcopy(self.notebook)
        fields = {"findings": self.findings, "ungradable": self.ungradable, "not_attempted": self.not_attempted}
        notebook.metadata["autograder"] = {**notebook.metadata.get("autograder", {}), **fields}
        return notebook

    @classmethod
    def of_notebook(cls, notebook: NotebookNode) -> Rebuilt:
        """The inverse of `to_notebook`; it keeps `notebook` itself, so that a change of one changes the other."""
        fields = notebook.metadata.get("autograder", {})
        return cls(
            notebook,
            list(fields.get("findings", [])),
            fields.get("ungradable", ""),
            dict(fields.get("not_attempted", {})),
        )


def rebuild(path: Path, blank: NotebookNode, limits: Limits) -> Rebuilt:
    """Rebuild what was handed in at `path` from the released notebook `blank`.

    Whatever the file holds, the result is a notebook that nbgrader can work with; if nothing could be read it is the
    blank one, and ``ungradable`` says why.
    """
    try:
        cells, findings = read_cells(path, limits)
    except Ungradable as error:
        return Rebuilt(copy.deepcopy(blank), ungradable=str(error))
    with magics_at_most(MAGIC_CHARACTERS):
        return _Rebuilder(blank).build(cells, findings)


class _Rebuilder:
    """Puts handed-in cells where they belong in a blank notebook."""

    def __init__(self, blank: NotebookNode) -> None:
        self.blank = blank
        self.solutions: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.graded: dict[str, int] = {}
        self.by_id: dict[str, int] = {}
        self.by_text: dict[str, int] = {}
        for index, cell in enumerate(blank.cells):
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("solution"):
                self.solutions[mark["grade_id"]] = index
                self.names[mark["grade_id"]] = answer_name(cell.source, mark["grade_id"])
            elif mark.get("grade"):
                self.graded[mark["grade_id"]] = index
            else:
                self.by_id[cell.get("id", "")] = index
            self.by_text.setdefault(cell.source.strip(), index)
        self.answers: dict[str, list[str]] = {}
        self.added: dict[int, list[Cell]] = {}
        self.findings: list[str] = []
        self.handed_in: list[str] = []
        self.missing: set[str] = set()

    def build(self, cells: Iterable[Cell], findings: list[str]) -> Rebuilt:
        self.findings = list(findings)
        index = -1
        for cell in cells:
            index = self._put(cell, index)
        chosen = {name: self._choose(name) for name in self.solutions}
        notebook = copy.deepcopy(self.blank)
        rebuilt = []
        number = 0
        for index in range(-1, len(notebook.cells)):
            if index >= 0:
                cell = notebook.cells[index]
                name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
                if name in self.solutions:
                    cell.source = chosen[name]
                rebuilt.append(cell)
            for extra in self.added.get(index, []):
                number += 1
                rebuilt.append(_added_cell(extra, number))
        notebook.cells = rebuilt
        untouched = {
            name: self._about_untouched(name)
            for name, at in self.solutions.items()
            if self._is_untouched(name, at, chosen[name])
        }
        return Rebuilt(notebook, self.findings, not_attempted=untouched)

    def _put(self, cell: Cell, index: int) -> int:
        """Take in one cell that comes after our cell number `index`; return the number of our cell that it matches."""
        if cell.kind == "code":
            self.handed_in.append(cell.text)
        if cell.grade_id in self.solutions:
            self.answers.setdefault(cell.grade_id, []).append(cell.text)
            if cell.kind != "code":
                self.findings.append(f"The cell of {cell.grade_id} was turned into {cell.kind}; it was graded as code.")
            return self.solutions[cell.grade_id]
        if cell.grade_id in self.graded:
            index = self.graded[cell.grade_id]
            if cell.text.strip() != self.blank.cells[index].source.strip():
                self.findings.append(f"The graded cell {cell.grade_id} was changed; ours was used.")
            return index
        at = self.by_id.get(cell.id, self.by_text.get(cell.text.strip(), -1))
        if at in self.solutions.values():
            self.answers.setdefault(self.blank.cells[at].metadata["nbgrader"]["grade_id"], []).append(cell.text)
            return at
        if at >= 0:
            if cell.kind == "code" and cell.text.strip() != self.blank.cells[at].source.strip():
                self.added.setdefault(at, []).append(cell)
            return at
        if cell.text.strip():
            self.added.setdefault(index, []).append(cell)
        return index

    def _choose(self, name: str) -> str:
        """The answer that counts: the last that is not the stub; if its cell is missing, wherever it is defined."""
        at = self.solutions[name]
        stub = str(self.blank.cells[at].source)
        answers = self.answers.get(name, [])
        if len(answers) > 1:
            self.findings.append(
                f"The cell of {name} is in the notebook {len(answers)} times; the last one that was worked on counts."
            )
        worked_on = [text for text in answers if not same_code(text, stub)]
        # A copied cell keeps its mark; if the function was only tried out in the copy, that is not the answer.
        worked_on = [text for text in worked_on if binds(text, self.names[name])] or worked_on
        if worked_on:
            # The other copies run before it: a cell that was split in two keeps its mark in both parts.
            others = [text for text in answers if text is not worked_on[-1] and not same_code(text, stub)]
            self.added.setdefault(at - 1, []).extend(Cell("code", text, "", "") for text in others)
            return worked_on[-1]
        if answers:
            return stub
        for index, extras in sorted(self.added.items(), reverse=True):
            for extra in reversed(extras):
                if extra.kind == "code" and binds(extra.text, self.names[name]):
                    self.added[index].remove(extra)
                    self.findings.append(
                        f"The cell of {name} had lost its mark; it was found by the name that it defines."
                    )
                    return extra.text
        if any(binds(text, self.names[name]) for text in self.handed_in):  # two cells were merged into one
            self.findings.append(f"The cell of {name} is missing; another cell defines {self.names[name]}.")
            return ELSEWHERE
        self.findings.append(f"The cell of {name} is missing; the empty one was put back.")
        self.missing.add(name)
        return stub

    def _is_untouched(self, name: str, at: int, text: str) -> bool:
        if not same_code(text, self.blank.cells[at].source):
            return False
        below = self.added.get(at, [])
        return not any(cell.kind == "code" and binds(cell.text, self.names[name]) for cell in below)

    def _about_untouched(self, name: str) -> str:
        """A sentence about an untouched cell: the function may be defined in another one, where it does not count."""
        if name in self.missing:
            return MISSING
        defined, at = self.names[name], self.solutions[name]
        if any(binds(text, defined) and not same_code(text, self.blank.cells[at].source) for text in self.handed_in):
            return (
                f"You left the answer cell of {name} as it was and defined {defined} in another cell. "
                "Move your code into the answer cell."
            )
        return UNTOUCHED


UNTOUCHED = "You have not changed this cell yet: nothing to grade."
MISSING = "The answer cell is not in your notebook: nothing to grade."
ELSEWHERE = "# The answer is defined in another cell."


# Ids of released cells begin otherwise.
_ADDED = "added-"


def is_added(cell: NotebookNode) -> bool:
    """Whether a cell of a rebuilt notebook is the student's own, or a released one that they changed."""
    return str(cell.get("id", "")).startswith(_ADDED) and not cell.metadata.get("nbgrader")


def _added_cell(cell: Cell, number: int) -> NotebookNode:
    if cell.kind == "code":
        return new_code_cell(cell.text, id=f"{_ADDED}{number}")
    text = cell.text[:NOTE_CHARACTERS]
    longest = max((len(run) for run in re.findall(r"`+|~+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return new_markdown_cell(f"{fence}text\n{text}\n{fence}", id=f"{_ADDED}{number}")
