"""The data files beside a notebook that a student's code may read."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Collection
from pathlib import Path

from autograder.limits import Limits
from autograder.plain_text import is_visible, printable

ENDINGS = (".csv", ".tsv", ".txt", ".json", ".npy", ".npz", ".png", ".jpg", ".jpeg")
# When it was handed in, as nbgrader writes it.
TIMESTAMP = "timestamp.txt"
NEVER = (TIMESTAMP, "index.html")
MOST_FILES = 50
# What systems and Jupyter leave in folders: not a word about it.
LITTER = re.compile(r"\.ipynb_checkpoints|__pycache__|__MACOSX|\.git|\.DS_Store|\._.*", re.DOTALL)


def data_files(folder: Path, limits: Limits) -> list[Path]:
    """The readable plain data files directly in `folder`, as many as fit into half of the kernel's disk."""
    files: list[Path] = []
    left = limits.disk_bytes / 2
    for name in _names(folder):
        if len(files) == MOST_FILES:
            break
        size = _size_of_plain_data(folder / name, limits)
        if size is not None:
            left -= size
            if left >= 0:
                files.append(folder / name)
    return files


def unused_files(folder: Path, used: Collection[str]) -> str:
    """The names of what else lies in a folder, for a line of a log: the first few, and how many more there are."""
    names = [name for name in _names(folder) if name not in used and not LITTER.fullmatch(name)]
    shown = ", ".join(printable(name) for name in names[:5])
    return shown + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")


def _names(folder: Path) -> list[str]:
    """What lies in a folder; nothing if it cannot be read."""
    try:
        return sorted(os.listdir(folder))
    except OSError:
        return []


def _size_of_plain_data(path: Path, limits: Limits) -> int | None:
    """The size of a plain and readable file with a data ending that is not too large; None for all else."""
    # The name is logged, and is a name in the kernel's folder.
    if path.name in NEVER or path.name.startswith(".") or not path.name.lower().endswith(ENDINGS):
        return None
    try:
        about = os.lstat(path)
    except OSError:
        return None
    plain = stat.S_ISREG(about.st_mode) and about.st_size <= limits.file_bytes and os.access(path, os.R_OK)
    return about.st_size if plain and all(is_visible(sign) for sign in path.name) else None
