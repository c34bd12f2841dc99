"""The results of earlier audits, in a committed file: what has not changed is not audited again."""

from __future__ import annotations

import json
import os
from dataclasses import asdict, dataclass, field
from pathlib import Path

from autograder.audit.candidates import FULL
from autograder.audit.columns import COLUMNS
from autograder.audit.keys import Key
from autograder.audit.rows import Row
from autograder.files import write_whole


@dataclass
class Cache:
    """The rows of exercises that passed, each with what it was last audited with."""

    path: Path
    rows: dict[str, tuple[Key, Row]] = field(default_factory=dict)

    def row(self, exercise: str, lesson: str) -> Row | None:
        """The row of an exercise, if it passed in full with the lesson of this digest, whatever the engine was."""
        key, row = self.rows.get(exercise, (None, None))
        return row if key is not None and key.lesson == lesson else None

    def keep(self, key: Key, row: Row) -> None:
        """Keep a row that passes, and write the file.

        An exercise that fails in full is forgotten, and audited in full next time. One that fails in brief keeps the
        row that passed with an earlier engine, and is audited in brief next time.
        """
        if not row.shortfalls:
            self.rows[row.exercise] = (key, row)
        elif row.effort == FULL.name:
            self.rows.pop(row.exercise, None)
        self.write()

    def forget_others(self, exercises: set[str]) -> None:
        """Forget the exercises that the course does not have."""
        self.rows = {name: row for name, row in self.rows.items() if name in exercises}

    def write(self) -> None:
        """Write the file, whole or not at all."""
        rows = {name: {"key": asdict(key), **row.to_data()} for name, (key, row) in sorted(self.rows.items())}
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
                rows[name] = (Key(str(data["key"]["lesson"]), str(data["key"]["engine"])), row)
        except (KeyError, TypeError, ValueError, AttributeError):
            damaged.append(name)
    warning = f"{path}: the rows of {', '.join(damaged)} cannot be read; these exercises are audited again."
    return Cache(path, rows), warning if damaged else ""
