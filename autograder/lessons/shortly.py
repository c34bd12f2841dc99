"""Stops code that runs too long by counting its lines, so that it stops at the same one on every machine."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any


class TooLong(BaseException):
    """More lines have run than may: no `except Exception` in the code hides it."""


@contextmanager
def at_most(lines: int, file: str) -> Iterator[None]:
    """Raise `TooLong` within as soon as more lines of a file have run in this thread.

    Parameters
    ----------
    lines
        How many may run.
    file
        The name under which the code was compiled. Lines of others aren't counted: NumPy's differ between versions.
    """
    left = lines

    def of_call(frame: FrameType, event: str, argument: object) -> Any:
        return of_line if frame.f_code.co_filename == file else None

    def of_line(frame: FrameType, event: str, argument: object) -> Any:
        nonlocal left
        left -= event == "line"
        if left < 0:
            raise TooLong
        return of_line

    before = sys.gettrace()
    sys.settrace(of_call)
    try:
        yield
    finally:
        sys.settrace(before)
