"""Reads plain files only, and writes files completely or not at all: nobody sees half of one, even after a kill."""

from __future__ import annotations

import os
import secrets
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


class NotPlain(OSError):
    """What was to be read is a link, a folder, a pipe or the like; the message says so."""


class TooLarge(NotPlain):
    """What was to be read has more bytes than it may; the message says how many it may have."""


def check_plain(path: Path) -> None:
    """Raise NotPlain unless a path is a plain file; OSError if there is none, or that cannot be seen."""
    if not stat.S_ISREG(os.lstat(path).st_mode):
        raise NotPlain("it is a link or not a plain file")


def read_plain(path: Path, limit: int) -> bytes:
    """The bytes of a plain file; no link is followed, and no pipe waited for.

    Raises
    ------
    NotPlain
        If it is not a plain file.
    TooLarge
        If it has more than `limit` bytes.
    OSError
        If it cannot be read.
    """
    check_plain(path)
    with open(path, "rb", opener=lambda name, flags: os.open(name, flags | os.O_NOFOLLOW | os.O_NONBLOCK)) as file:
        data = file.read(limit + 1)
    if len(data) > limit:
        raise TooLarge(f"it is larger than {limit // 2**20} MiB")
    return data


def write_whole(path: Path, text: str) -> None:
    """Write a text file in UTF-8; if that fails, the one that was there stays."""
    write_bytes_whole(path, text.encode())


def write_bytes_whole(path: Path, data: bytes) -> None:
    """The same for bytes."""
    with _replacing(path) as temporary:
        temporary.write_bytes(data)
        temporary.chmod(0o644)  # whatever the umask, because others read verdicts


@contextmanager
def _replacing(path: Path) -> Iterator[Path]:
    """The path of a temporary file that replaces `path` at the end, and is removed if something fails."""
    temporary = path.with_name(f".writing-{secrets.token_hex(8)}")
    try:
        yield temporary
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
