"""The data files beside a notebook that a student's code may read."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from autograder.limits import Limits

ENDINGS = (".csv", ".tsv", ".txt", ".json", ".npy", ".npz", ".png", ".jpg", ".jpeg")
NEVER = ("timestamp.txt", "index.html")
MOST_FILES = 50


def data_files(folder: Path, limits: Limits) -> list[Path]:
    """The readable plain data files directly in `folder`, as many as fit into half of the kernel's disk."""
    files: list[Path] = []
    left = limits.disk_bytes / 2
    for path in sorted(folder.iterdir()):
        if _is_plain_data(path, limits) and os.access(path, os.R_OK) and len(files) < MOST_FILES:
            left -= path.stat().st_size
            if left >= 0:
                files.append(path)
    return files


def _is_plain_data(path: Path, limits: Limits) -> bool:
    """Whether a path is a plain file with a data ending, and not too large."""
    try:
        about = os.lstat(path)
    except OSError:
        return False
    named = path.name.lower().endswith(ENDINGS) and path.name not in NEVER and not path.name.startswith(".")
    # The name is logged, so it must hold nothing that a terminal acts on.
    return named and path.name.isprintable() and stat.S_ISREG(about.st_mode) and about.st_size <= limits.file_bytes
