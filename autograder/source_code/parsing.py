"""Parses a notebook's cells, IPython's magics included, within limits; whether two cells are the same code."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache


class NotPython(Exception):
    """Code that Python cannot parse: the message says why, and in which line."""


class InvalidSyntax(NotPython):
    """Code that Python's grammar does not allow, whatever the limits of its reading: in which line, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"Line {line} is not valid Python: {reason}.")
        self.line = line
        self.reason = reason


def parse(text: str) -> ast.Module:
    """Parse a notebook cell, IPython's magics included.

    Raises
    ------
    NotPython
        If it cannot be parsed, or is nested too deeply.
    """
    plain = _plain(text)
    if isinstance(plain, ast.Module):
        return plain
    # Only if it is not plain Python (magics, a cell that is indented as a whole): IPython's reader reads the cell again
    # for each line that may be a magic, and a line of help (`np.array?`) from each of its letters on.
    helps = (line for line in text.split("\n") if line.rstrip().endswith("?"))
    readings = len(text) * max(1, len(MAGIC.findall(text))) + sum(len(line) ** 2 for line in helps) // 100
    limit = _readings.get()
    if readings > MOST_READ or (limit is not None and not limit.allow(text, readings)):
        raise plain
    read = _by_ipython(text)
    if isinstance(read, ast.Module):
        return read
    raise plain


@contextmanager
def magics_at_most(characters: int) -> Iterator[None]:
    """Within, IPython's reader reads at most so many characters; a cell's count each time that it is read."""
    token = _readings.set(_Readings(characters))
    try:
        yield
    finally:
        _readings.reset(token)


class _Readings:
    """How many characters IPython's reader may still read."""

    def __init__(self, left: int) -> None:
        self._left = left
        self._allowed: set[str] = set()

    def allow(self, text: str, readings: int) -> bool:
        if text not in self._allowed and readings <= self._left:
            self._left -= readings
            self._allowed.add(text)
        return text in self._allowed


_readings: ContextVar[_Readings | None] = ContextVar("_readings", default=None)


@lru_cache(maxsize=512)
def _plain(text: str) -> ast.Module | NotPython:
    try:
        return _parsed(text)
    except NotPython as error:
        return error


@lru_cache(maxsize=512)
def _by_ipython(text: str) -> ast.Module | None:
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return _parsed(TransformerManager().transform_cell(text))
    except Exception:  # a hostile text can make IPython's reader raise anything
        return None


# Lines that IPython's reader may take for more than Python: magics, help, commands, and calls without brackets.
MAGIC = re.compile(r"^[ \t]*[%!?,;/]|\?[ \t]*$|=[ \t]*[%!]", re.MULTILINE)
MOST_READ = 1_000_000


# The time that CPython takes to parse a text with many {expressions} grows with the square of their number.
BRACES = 10_000


def _parsed(code: str) -> ast.Module:
    if code.count("{") > BRACES:
        raise NotPython(f"It has more than {BRACES:,} opening braces.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except SyntaxError as error:
        raise InvalidSyntax(error.lineno or 1, str(error.msg)[:200]) from None
    except (ValueError, RecursionError, MemoryError):
        raise NotPython("It is not valid Python, or is nested too deeply.") from None


def same_code(one: str, other: str) -> bool:
    """Whether two cells are the same code, apart from comments and blanks."""
    if one.strip() == other.strip():
        return True
    try:
        return ast.dump(parse(one)) == ast.dump(parse(other))
    except (NotPython, ValueError, RecursionError, MemoryError):  # ValueError: numbers of thousands of digits
        return False
