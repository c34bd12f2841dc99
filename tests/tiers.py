"""The sandbox tiers that kernels are tested in, and what is left of a kernel on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.kernels.sandbox import NAMESPACES, NONE, best_tier

TIERS = [
    NONE,
    pytest.param(
        NAMESPACES,
        marks=pytest.mark.skipif(best_tier() != NAMESPACES, reason="bubblewrap makes no namespaces on this machine"),
    ),
]


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
