"""The tolerance within which a number counts as right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np

ABSOLUTE, RELATIVE = 1e-9, 1e-6
ABSOLUTE_32, RELATIVE_32 = 1e-6, 1e-4

_relative: ContextVar[float | None] = ContextVar("relative", default=None)
_slack: ContextVar[float] = ContextVar("slack", default=1.0)


@contextmanager
def tolerance_times(factor: float) -> Iterator[None]:
    """Widen every tolerance by `factor` within: so the build finds checks that a wrong answer barely fails."""
    token = _slack.set(factor)
    try:
        yield
    finally:
        _slack.reset(token)


@contextmanager
def relative_only(tolerance: float) -> Iterator[None]:
    """Within, a number is right if it differs by so much of itself, however small it is, and float32 won't do."""
    token = _relative.set(tolerance)
    try:
        yield
    finally:
        _relative.reset(token)


def absolute() -> float:
    """The absolute tolerance: no smaller number can be told from 0."""
    return ABSOLUTE if _relative.get() is None else 0.0


def enough_bytes(dtype: np.dtype) -> bool:
    """Whether numbers of this dtype keep enough digits."""
    return dtype.itemsize >= (4 if _relative.get() is None else 8)


def close_enough(got: np.ndarray, want: np.ndarray, single: bool) -> np.ndarray:
    """For each number whether it is right; `single` if float32 was given."""
    least, relative = (ABSOLUTE_32, RELATIVE_32) if single else (ABSOLUTE, RELATIVE)
    only = _relative.get()
    if only is not None:
        least, relative = 0.0, only
    slack = _slack.get()
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(got.astype(np.float64) - want) <= slack * (least + relative * np.abs(want)))
