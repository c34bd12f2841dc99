"""Code run in this process as IPython runs a cell: Python finds its lines again."""

from __future__ import annotations

import itertools
import linecache
from typing import Any

_numbers = itertools.count(1)


def run_as_cell(source: str, world: dict[str, Any]) -> str:
    """Run code in `world`, and return the name by which its lines are found."""
    file = f"<cell {next(_numbers)}>"
    linecache.cache[file] = (len(source), None, source.splitlines(keepends=True), file)
    exec(compile(source, file, "exec"), world)
    return file
