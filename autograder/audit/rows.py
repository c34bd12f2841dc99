"""What the audit says of an exercise: a row with a cell a column, and what falls short."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any

# The columns in their order, each with what it must be.
COLUMNS = {
    "reference": "the model answer has full marks for every draw, and agrees with the oracle within 1e-9",
    "also-correct": "every accepted variant has full marks, as float32 too",
    "misconceptions": "for every draw each loses points, is named and is confused with no other, as float32 too",
    "hard-coding": "answers recorded from the public checks earn no hidden point",
    "poison": "no poison has full marks, or passes a check that compares values",
    "bad input": "every ValueError that the docstring promises is tried, and one who never raises it loses points",
    "messages": "no message shows a hidden number, and none has 60 words",
    "time": "the median of seconds to grade it is under 1",
}


@dataclass(frozen=True)
class Cell:
    """One column of an exercise: short figures, remarks that the document has besides, and what falls short."""

    figures: str
    remarks: tuple[str, ...] = ()
    shortfalls: tuple[str, ...] = ()


@dataclass(frozen=True)
class Row:
    """What the audit says of one exercise."""

    week: str
    lesson: str
    exercise: str
    cells: Mapping[str, Cell] = field(default_factory=dict)

    @property
    def shortfalls(self) -> list[str]:
        """A line for each: exercise, column, candidate, what happened."""
        return [
            f"{self.week}/{self.lesson}, {self.exercise}, {column}: {line}"
            for column, cell in self.cells.items()
            for line in cell.shortfalls
        ]

    def to_data(self) -> dict[str, Any]:
        """The row as plain data."""
        return asdict(self)

    @classmethod
    def from_data(cls, data: Mapping[str, Any]) -> Row:
        """Read `to_data`'s; KeyError, TypeError or ValueError where it is not that."""
        cells = {column: _cell(data["cells"][column]) for column in COLUMNS}
        week, lesson, exercise = (data[name] for name in ("week", "lesson", "exercise"))
        if not all(isinstance(text, str) for text in (week, lesson, exercise)):
            raise TypeError("not a row")
        return cls(week, lesson, exercise, cells)


def _cell(data: Mapping[str, Any]) -> Cell:
    figures, lists = data["figures"], [data["remarks"], data["shortfalls"]]
    if not isinstance(figures, str) or not all(isinstance(item, str) for part in lists for item in part):
        raise TypeError("not a cell")
    return Cell(figures, *(tuple(part) for part in lists))
