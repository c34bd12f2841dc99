"""Reads a submission's limits, and whether it may run unconfined, from ``[tool.autograder]`` in pyproject.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

# What a 64-bit integer holds; nan and inf are not limits either.
MOST = 2**63


class BadLimits(Exception):
    """The course's settings have a limit that is unknown or not a positive number."""


@dataclass(frozen=True)
class Limits:
    """Limits on one submission: times in wall-clock seconds, sizes in bytes.

    ``cell_seconds`` bounds one cell of the notebook, ``call_seconds`` one call of a student's function,
    ``notebook_seconds`` the whole of one notebook. ``output_bytes`` is what a cell may print before it is stopped,
    ``kept_bytes`` what of it is kept. ``memory_bytes`` and ``tasks`` (processes and threads) bound all that runs in the
    kernel's sandbox together, ``disk_bytes`` what it writes; ``processor_seconds`` is what one cell or call may
    compute, on however many processors. ``source_bytes`` is how long a cell may be, ``cells`` how many may be added.
    """

    cell_seconds: float = 30
    call_seconds: float = 10
    notebook_seconds: float = 300
    output_bytes: int = 10_000_000
    kept_bytes: int = 20_000
    message_bytes: int = 80 * 2**20
    file_bytes: int = 50 * 2**20
    source_bytes: int = 200_000
    cells: int = 1_000
    memory_bytes: int = 4 * 2**30
    disk_bytes: int = 256 * 2**20
    tasks: int = 300
    processor_seconds: float = 600

    @classmethod
    def of_course(cls, root: Path, config: Mapping[str, Any] | None = None) -> Limits:
        """The limits of the course at `root`, replaced by those of `config`; the others have their defaults."""
        of_file = dict(_settings(root).get("limits", {}))
        cls.from_table(config or {}, "c.TrustedExecute.limits")
        return cls.from_table({**of_file, **(config or {})}, f"{root / 'pyproject.toml'}: [tool.autograder.limits]")

    @classmethod
    def from_table(cls, table: Mapping[str, Any], source: str) -> Limits:
        """Limits by name, the others by default. `source` says where they come from, in the message of `BadLimits`."""
        known = {f.name: float if f.type == "float" else int for f in fields(cls)}
        for name, value in table.items():
            if name not in known or not _is_limit(value, known[name]):
                raise BadLimits(
                    f"{source} {name} = {value!r} is not a limit. "
                    f"Use a positive number (whole, for sizes and counts) for one of: {', '.join(sorted(known))}."
                )
        return cls(**table)


def _is_limit(value: object, kind: type) -> bool:
    numbers = (int, float) if kind is float else (int,)
    return isinstance(value, numbers) and not isinstance(value, bool) and 0 < value < MOST


def unsafe_allowed(root: Path) -> bool:
    """Whether the course at `root` allows grading without a sandbox: ``unsafe_no_sandbox`` of ``[tool.autograder]``."""
    return _settings(root).get("unsafe_no_sandbox") is True


def _settings(root: Path) -> dict[str, Any]:
    path = root / "pyproject.toml"
    if not path.is_file():
        return {}
    settings: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8")).get("tool", {}).get("autograder", {})
    return settings
