"""The audit's result for an exercise: a row with a cell for each column, and what failed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any


@dataclass(frozen=True)
class Cell:
    """One column of an exercise: short figures, remarks for the document, and what failed."""

    figures: str
    remarks: tuple[str, ...] = ()
    shortfalls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """What the audit says of one exercise, and the name of the effort with which it was last audited."""

    week: str
    lesson: str
    exercise: str
    effort: str
    cells: Mapping[str, Cell]

    @property
    def shortfalls(self) -> list[str]:
        """A line for each: exercise, column, candidate, what happened."""
        return [
            f"{self.week}/{self.lesson}, {self.exercise}, {column}: {line}"
            for column, cell in self.cells.items()
            for line in cell.shortfalls
        ]

    def after(self, brief: Row) -> Row:
        """This row of an audit in full, after one in brief: the figures stay, what failed is the other's."""
        cells = {name: replace(cell, shortfalls=brief.cells[name].shortfalls) for name, cell in self.cells.items()}
        return replace(self, cells=cells, effort=brief.effort)

    def to_data(self) -> dict[str, Any]:
        """The row as plain data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Row:
        """Read what `to_data` gave; KeyError, TypeError, ValueError or AttributeError if it is not a row."""
        cells = {column: _cell(cell) for column, cell in data["cells"].items()}
        week, lesson, exercise, effort = texts = [data[name] for name in ("week", "lesson", "exercise", "effort")]
        if not all(isinstance(text, str) for text in texts):
            raise TypeError("not a row")
        return cls(week, lesson, exercise, effort, cells)


def _cell(data: Mapping[str, Any]) -> Cell:
    figures, lists = data["figures"], [data["remarks"], data["shortfalls"]]
    if not isinstance(figures, str) or not all(isinstance(item, str) for part in lists for item in part):
        raise TypeError("not a cell")
    return Cell(figures, *(tuple(part) for part in lists))
