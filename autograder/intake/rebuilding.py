"""Puts handed-in cells where they belong in a released notebook; to be called in the quarantine alone."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.intake.blank import Blank
from autograder.intake.limiting import NOTE_CHARACTERS, within_limits
from autograder.intake.reading import Cell, Ungradable, cells_in
from autograder.source_code.binding import binds
from autograder.source_code.parsing import InvalidSyntax, NotPython, magics_at_most, parse, same_code

UNTOUCHED = "You haven't changed this cell yet, so there is nothing to grade."
MISSING = "The answer cell isn't in your notebook, so there is nothing to grade."
ELSEWHERE = "# The answer is defined in another cell."
# Characters that IPython's reader may read in all cells of a notebook that are not plain Python: it takes some seconds.
MAGIC_CHARACTERS = 1_000_000
# Ids of released cells begin otherwise.
_ADDED = "added-"


def rebuilt_parts(path: str, blank_cells: Sequence[Any], limits: dict[str, Any], magics: int) -> dict[str, Any]:
    """What was handed in at `path`, rebuilt: the parts of a `Rebuilt` by name.

    Parameters
    ----------
    path
        The file.
    blank_cells
        The cells of the released notebook.
    limits
        Those of `Limits`, by name.
    magics
        How many characters IPython's reader may read of cells that are not plain Python.
    """
    try:
        handed_in = cells_in(Path(path), limits["file_bytes"])
    except Ungradable as error:
        return {"ungradable": str(error)}
    blank = Blank(blank_cells)
    cells, findings = within_limits(handed_in, blank, limits["cells"], limits["source_bytes"])
    with magics_at_most(magics):
        return _Rebuilding(blank, findings).build(cells)


class _Rebuilding:
    """The rebuilding of one notebook."""

    def __init__(self, blank: Blank, findings: list[str]) -> None:
        self.blank = blank
        self.findings = findings
        self.answers: dict[str, list[str]] = {}
        self.added: dict[int, list[Cell]] = {}
        self.handed_in: list[str] = []
        self.missing: set[str] = set()

    def build(self, cells: Sequence[Cell]) -> dict[str, Any]:
        """The parts of the `Rebuilt`."""
        index = -1
        for cell in cells:
            index = self._put(cell, index)
        for name, texts in self.answers.items():  # before what was added takes IPython's time
            binds(texts[-1], name)
        chosen = {name: self._choose(name) for name in self.blank.solutions}
        return {
            "cells": self._cells(chosen),
            "findings": self.findings,
            "not_attempted": {name: self._about_untouched(name) for name in chosen if self._is_untouched(name, chosen)},
            "not_python": {name: error for name, text in chosen.items() if (error := _why_not_python(text))},
        }

    def _cells(self, chosen: dict[str, str]) -> list[dict[str, Any]]:
        """Our cells with the chosen answers in them, and the added ones between them."""
        number = itertools.count(1)
        rebuilt = [_added_cell(cell, next(number)) for cell in self.added.get(-1, [])]
        for index, cell in enumerate(self.blank.cells):
            name = cell["metadata"].get("nbgrader", {}).get("grade_id", "")
            rebuilt.append({**cell, "source": chosen.get(name, cell["source"])})
            rebuilt += [_added_cell(cell, next(number)) for cell in self.added.get(index, [])]
        return rebuilt

    def _put(self, cell: Cell, index: int) -> int:
        """Take in one cell that comes after our cell number `index`; return the number of our cell that it matches."""
        if cell.kind == "code":
            self.handed_in.append(cell.text)
        name, at = self.blank.exercise(cell), self.blank.at(cell)
        if name:
            self.answers.setdefault(name, []).append(cell.text)
            if cell.kind != "code":
                self.findings.append(f"The cell for {name} had become a {cell.kind} cell; it was graded as code.")
        elif at in self.blank.graded.values():
            if not self.blank.has(cell):
                self.findings.append(f"The graded cell {cell.grade_id} had been changed; the original was used.")
        elif at >= 0:
            if cell.kind == "code" and not self.blank.has(cell):
                self.added.setdefault(at, []).append(cell)
        elif cell.text.strip():
            self.added.setdefault(index, []).append(cell)
        return at if at >= 0 else index

    def _choose(self, name: str) -> str:
        """The answer that counts: the last that is not the stub; if its cell is missing, wherever it is defined."""
        at = self.blank.solutions[name]
        stub = str(self.blank.cells[at]["source"])
        answers = self.answers.get(name, [])
        if len(answers) > 1:
            self.findings.append(
                f"The cell for {name} is in the notebook {len(answers)} times; the last one with changes counts."
            )
        worked_on = [text for text in answers if not same_code(text, stub)]
        # A copied cell keeps its mark; if the function was only tried out in the copy, that is not the answer.
        worked_on = [text for text in worked_on if binds(text, self.blank.names[name])] or worked_on
        if worked_on:
            # The other copies run before it: a cell that was split in two keeps its mark in both parts.
            others = [text for text in answers if text is not worked_on[-1] and not same_code(text, stub)]
            self.added.setdefault(at - 1, []).extend(Cell("code", text, "", "") for text in others)
            return worked_on[-1]
        if answers:
            return stub
        for index, extras in sorted(self.added.items(), reverse=True):
            for extra in reversed(extras):
                if extra.kind == "code" and binds(extra.text, self.blank.names[name]):
                    self.added[index].remove(extra)
                    self.findings.append(
                        f"The cell for {name} had lost its nbgrader mark; it was recognised by the name it defines."
                    )
                    return extra.text
        if any(binds(text, self.blank.names[name]) for text in self.handed_in):  # two cells were merged into one
            self.findings.append(f"The cell for {name} is missing; another cell defines {self.blank.names[name]}.")
            return ELSEWHERE
        self.findings.append(f"The cell for {name} is missing; the original was put back.")
        self.missing.add(name)
        return stub

    def _is_untouched(self, name: str, chosen: dict[str, str]) -> bool:
        at = self.blank.solutions[name]
        if not same_code(chosen[name], self.blank.cells[at]["source"]):
            return False
        below = self.added.get(at, [])
        return not any(cell.kind == "code" and binds(cell.text, self.blank.names[name]) for cell in below)

    def _about_untouched(self, name: str) -> str:
        """A sentence about an untouched cell: the function may be defined in another one, where it does not count."""
        if name in self.missing:
            return MISSING
        defined, stub = self.blank.names[name], self.blank.cells[self.blank.solutions[name]]["source"]
        if any(binds(text, defined) and not same_code(text, stub) for text in self.handed_in):
            return (
                f"You left the answer cell for {name} as it was and defined {defined} in another cell. "
                "Move your code into the answer cell."
            )
        return UNTOUCHED


def _why_not_python(text: str) -> tuple[int, str] | None:
    """The line that Python refuses, 0 if it is none in particular, and why; None if it reads the text."""
    try:
        parse(text)
    except InvalidSyntax as error:
        return error.line, error.reason
    except NotPython as error:
        return 0, str(error)
    return None


def is_added(cell: Mapping[str, Any]) -> bool:
    """Whether a cell of a rebuilt notebook is the student's own, or a released one that they changed."""
    return str(cell.get("id", "")).startswith(_ADDED) and not cell["metadata"].get("nbgrader")


def _added_cell(cell: Cell, number: int) -> dict[str, Any]:
    own: dict[str, Any] = {"id": f"{_ADDED}{number}", "metadata": {}}
    if cell.kind == "code":
        return {**own, "cell_type": "code", "execution_count": None, "outputs": [], "source": cell.text}
    text = cell.text[:NOTE_CHARACTERS]
    longest = max((len(run) for run in re.findall(r"`+|~+", text)), default=0)
    fence = "`" * max(3, longest + 1)
    return {**own, "cell_type": "markdown", "source": f"{fence}text\n{text}\n{fence}"}
