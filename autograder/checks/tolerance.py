"""The tolerance within which a number counts as right."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

import numpy as np

ABSOLUTE, RELATIVE = 1e-9, 1e-6
ABSOLUTE_32, RELATIVE_32 = 1e-6, 1e-4

_slack: ContextVar[float] = ContextVar("slack", default=1.0)


@contextmanager
def tolerance_times(factor: float) -> Iterator[None]:
    """Widen every tolerance by `factor` within: so the build finds checks that a wrong answer barely fails."""
    token = _slack.set(factor)
    try:
        yield
    finally:
        _slack.reset(token)


def close_enough(got: np.ndarray, want: np.ndarray, single: bool) -> np.ndarray:
    """For each number whether it is right; `single` if float32 was given."""
    absolute, relative = (ABSOLUTE_32, RELATIVE_32) if single else (ABSOLUTE, RELATIVE)
    slack = _slack.get()
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(got.astype(np.float64) - want) <= slack * (absolute + relative * np.abs(want)))
