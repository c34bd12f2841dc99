"""What one run, of a cell or a call, computes, and how long it waits for a processor."""

from __future__ import annotations

import time

from autograder.sandbox.usage import processor_time
from autograder.sandbox.watch import LOOK_SECONDS


class Effort:
    """The effort of a run; ``waited`` is for how many seconds it is known to have stood in line for a processor.

    Parameters
    ----------
    process
        The kernel's first process.
    most_seconds
        What all that descends from it may compute together.
    """

    def __init__(self, process: int, most_seconds: float) -> None:
        self.waited = 0.0
        self._process = process
        self._most = most_seconds
        self._looked = time.monotonic()
        self._first: tuple[float, float] | None = None

    def is_due(self, now: float) -> bool:
        """Whether it is time to look again."""
        return now - self._looked > LOOK_SECONDS

    def look(self) -> bool:
        """Look now; whether it has computed for too long."""
        self._looked = time.monotonic()
        computed, waited = processor_time(self._process)
        first = self._first = self._first or (computed, waited)
        self.waited = max(self.waited, waited - first[1])
        return computed - first[0] > self._most
