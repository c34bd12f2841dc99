"""The results of earlier audits, in a committed file: an exercise whose key is still the same is not audited again."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, field
from pathlib import Path

from autograder.audit.columns import COLUMNS
from autograder.audit.rows import Row
from autograder.files import write_whole


@dataclass
class Cache:
    """The rows without a shortfall, each with its key. Others are not kept: their exercises are audited again."""

    path: Path
    rows: dict[str, tuple[str, Row]] = field(default_factory=dict)

    def row(self, exercise: str, key: str) -> Row | None:
        """The row of an exercise, if its key is this one."""
        known, row = self.rows.get(exercise, ("", None))
        return row if known == key else None

    def keep(self, key: str, row: Row) -> None:
        """Keep a row, or forget an earlier one if this has shortfalls, and write the file."""
        self.rows.pop(row.exercise, None)
        if not row.shortfalls:
            self.rows[row.exercise] = (key, row)
        self.write()

    def forget_others(self, exercises: set[str]) -> None:
        """Forget the exercises that the course does not have."""
        self.rows = {name: row for name, row in self.rows.items() if name in exercises}

    def write(self) -> None:
        """Write the file, whole or not at all."""
        rows = {name: {"key": key, **row.to_data()} for name, (key, row) in sorted(self.rows.items())}
        self.path.parent.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"made by": "autograder audit: do not edit", "exercises": rows}, indent=1, ensure_ascii=False)
        write_whole(self.path, text + "\n")


def read(path: Path) -> tuple[Cache, str]:
    """The cache in a file, and a warning if the file, or a row of it, could not be read (otherwise empty).

    A file that cannot be read is put aside, not lost; a row that cannot is left out, and so is one of other columns.
    """
    if not path.exists():
        return Cache(path), ""
    try:
        items = json.loads(path.read_text(encoding="utf-8"))["exercises"].items()
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        aside = path.with_name(path.name + ".damaged")
        os.replace(path, aside)
        return Cache(path), f"{path} cannot be read. It is now {aside.name}; every exercise is audited again."
    rows, damaged = {}, []
    for name, data in items:
        try:
            row = Row.from_data(data)
            if list(row.cells) == [column.name for column in COLUMNS]:
                rows[name] = (str(data["key"]), row)
        except (KeyError, TypeError, ValueError, AttributeError):
            damaged.append(name)
    warning = f"{path}: the rows of {', '.join(damaged)} cannot be read; these exercises are audited again."
    return Cache(path, rows), warning if damaged else ""
