"""The released notebook, and where in it a handed-in cell belongs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from autograder.intake.reading import Cell
from autograder.source_code.binding import answer_name


class Blank:
    """A released notebook.

    ``solutions`` and ``graded`` are the numbers of its answer and graded cells by ``grade_id``, ``names`` the names of
    the answers.

    Parameters
    ----------
    cells
        Its cells, as JSON.
    """

    def __init__(self, cells: Sequence[Any]) -> None:
        self.cells = cells
        self.solutions: dict[str, int] = {}
        self.names: dict[str, str] = {}
        self.graded: dict[str, int] = {}
        self._exercises: dict[int, str] = {}
        self._by_id: dict[str, int] = {}
        self._by_text: dict[str, int] = {}
        for index, cell in enumerate(cells):
            mark = cell["metadata"].get("nbgrader", {})
            if mark.get("solution"):
                self.solutions[mark["grade_id"]] = index
                self._exercises[index] = mark["grade_id"]
                self.names[mark["grade_id"]] = answer_name(cell["source"], mark["grade_id"])
            elif mark.get("grade"):
                self.graded[mark["grade_id"]] = index
            else:
                self._by_id[cell.get("id", "")] = index
            self._by_text.setdefault(cell["source"].strip(), index)

    def at(self, cell: Cell) -> int:
        """The number of our cell that a handed-in one is, by its mark, its text or its id; -1 if it was added."""
        for marked in (self.solutions, self.graded):
            if cell.grade_id in marked:
                return marked[cell.grade_id]
        text, by_id = cell.text.strip(), self._by_id.get(cell.id, -1)
        if by_id >= 0 and text == self.cells[by_id]["source"].strip():  # others may have the same text
            return by_id
        return self._by_text.get(text, by_id)

    def exercise(self, cell: Cell) -> str:
        """The exercise whose answer cell a handed-in one is; empty if it is none's."""
        return self._exercises.get(self.at(cell), "")

    def has(self, cell: Cell) -> bool:
        """Whether a handed-in cell is one of ours, unchanged."""
        at = self.at(cell)
        return at >= 0 and cell.text.strip() == self.cells[at]["source"].strip()
