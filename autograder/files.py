"""Writes files completely or not at all: a reader never sees half of one, even if the writer is killed."""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


def write_whole(path: Path, text: str) -> None:
    """Write a text file in UTF-8; if that fails, the one that was there stays."""
    with _replacing(path) as temporary:
        temporary.write_text(text, encoding="utf-8")
        temporary.chmod(0o644)  # whatever the umask, because others read verdicts


def copy_whole(file: Path, path: Path) -> None:
    """Copy the contents of `file` to `path`; a link is copied as a link."""
    with _replacing(path) as temporary:
        shutil.copyfile(file, temporary, follow_symlinks=False)


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
