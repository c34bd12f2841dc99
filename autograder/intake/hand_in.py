"""What a hand-in is: everything in a student's folder for the week, as one digest, from which hidden inputs are drawn.

What intake or a kernel may read counts with its contents, everything else with its name and size. So nothing that a
student changes between two gradings leaves the hidden inputs as they were, and nothing that nobody reads takes long.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import stat
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path

from autograder.intake.data_files import data_files
from autograder.limits import Limits

# If more entries than these are in the folder, names count only of what is read.
MANY_ENTRIES = 1_000_000
# What nbgrader or our exporter writes there; no kernel sees it.
NOT_THEIRS = ("timestamp.txt", "timestamp.txt.unreadable")
ENDINGS = (".ipynb", ".py")


def digest_of_folder(folder: Path, lessons: Iterable[str], limits: Limits) -> str:
    """The digest of a submitted folder, which may hold anything; what cannot be read counts as that.

    Parameters
    ----------
    folder
        A student's folder for a week. No link in it is followed.
    lessons
        The week's lessons, whose notebooks and scripts may be read.
    limits
        A larger file than ``file_bytes`` counts by its name and size.
    """
    names = {f"{lesson}{ending}" for lesson in lessons for ending in ENDINGS}
    with contextlib.suppress(OSError):  # of a folder that is not there, or unreadable, no kernel can read anything
        names.update(path.name for path in data_files(folder, limits))
    entries = list(islice(_entries(os.fsencode(folder)), MANY_ENTRIES + 1))
    named = sorted(entries) if len(entries) <= MANY_ENTRIES else [b"too many"]
    read = [f"{name!r} {_contents(folder / name, limits.file_bytes)}".encode() for name in sorted(names)]
    return hashlib.sha256(b"\n".join([*named, *read])).hexdigest()


def digest_of_file(cells: str, files: Iterable[Path], limits: Limits) -> str:
    """The digest of a single notebook or script, by the fingerprint of its cells, and of the data files beside it."""
    lines = [f"{path.name!r} {_contents(path, limits.file_bytes)}" for path in files]
    return hashlib.sha256("\n".join([cells, *lines]).encode()).hexdigest()


def _entries(top: bytes) -> Iterator[bytes]:
    """A digest of the name, kind and size of each entry below a folder, in no order; links are not followed."""
    waiting = [b""]
    while waiting:
        below = waiting.pop()
        try:
            with os.scandir(os.path.join(top, below)) as found:
                for entry in found:
                    path = os.path.join(below, entry.name)
                    if os.fsdecode(path) in NOT_THEIRS:
                        continue
                    yield hashlib.sha256(repr((path, *_kind(entry))).encode()).digest()
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(path)
        except OSError:
            yield hashlib.sha256(repr((below, "unreadable")).encode()).digest()


def _kind(entry: os.DirEntry[bytes]) -> tuple[object, ...]:
    try:
        about = entry.stat(follow_symlinks=False)
        if stat.S_ISLNK(about.st_mode):
            return "link", os.readlink(entry.path)
    except OSError:
        return ("unreadable",)
    return (stat.S_IFMT(about.st_mode), about.st_size if stat.S_ISREG(about.st_mode) else 0)


def _contents(path: Path, most: int) -> str:
    """A digest of a plain file's contents; if it is no plain file, too large or cannot be read, a word that says so."""
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(descriptor, "rb") as file:
            about = os.fstat(descriptor)
            if not stat.S_ISREG(about.st_mode) or about.st_size > most:
                return "not read"
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):  # a name may hold what no path can
        return "unreadable"
