"""Keeps nbgrader's log plain: it has names of students' files and their errors in it, and goes to a terminal."""

from __future__ import annotations

import logging
from typing import Any

from autograder.plain_text import printable, printable_lines


def keep_plain(log: Any) -> None:
    """Have a logger, or an adapter of one, log plain text only."""
    getattr(log, "logger", log).addFilter(_plain)


def _plain(record: logging.LogRecord) -> bool:
    """Make a record plain. A message may have several lines, a name in it may not: it would pass for a line of ours."""
    record.msg = printable_lines(record.msg)
    if isinstance(record.args, tuple):
        record.args = tuple(_argument(value) for value in record.args)
    elif record.args:
        record.args = {key: _argument(value) for key, value in record.args.items()}
    if record.exc_info:
        record.exc_text = printable_lines(logging.Formatter().formatException(record.exc_info))
    return True


def _argument(value: object) -> object:
    return value if isinstance(value, int | float) else printable(value)
