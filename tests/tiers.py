"""The sandbox tiers that kernels are tested in, and what is left of a kernel on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.kernels.order import CONTAINER, NAMESPACES, NONE
from autograder.kernels.session import Kernel
from autograder.kernels.warm import why_not


def _param(tier: str) -> object:
    reason = why_not(tier)
    return pytest.param(tier, marks=pytest.mark.skipif(bool(reason), reason=f"no sandbox “{tier}” on this machine: {reason}"))


TIERS = [_param(tier) for tier in (NONE, CONTAINER, NAMESPACES)]


def processes_naming(word: str) -> list[int]:
    """The processes of this machine whose command line holds a word, zombies aside."""
    found = []
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                if word in (folder / "cmdline").read_bytes().decode(errors="replace"):
                    found.append(int(folder.name))
            except OSError:  # it has ended meanwhile
                continue
    return found


def left_of(kernel: Kernel) -> list[object]:
    """What is left of a kernel that was closed: its process, its files."""
    process, folder = Path(f"/proc/{kernel.process}"), kernel.folder
    return [path for path in (process, folder) if path.exists()]
