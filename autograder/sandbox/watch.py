"""Whether what runs in a kernel keeps its limits, looked at a few times a second."""

from __future__ import annotations

import time
from pathlib import Path

from autograder.limits import Limits
from autograder.sandbox.usage import Usage, folder_size, shared_out_memory, usage
from autograder.verdicts.endings import Ending

LOOK_SECONDS = 0.25


class Watch:
    """The watch over one run.

    Parameters
    ----------
    process
        The kernel's first process.
    folder
        Its folder outside.
    limits
        What all that descends from the process may use together.
    """

    def __init__(self, process: int, folder: Path, limits: Limits) -> None:
        self._process = process
        self._folder = folder
        self._limits = limits
        self._looked = time.monotonic()
        self._first: Usage | None = None
        self.waited = 0.0

    def is_due(self, now: float) -> bool:
        """Whether it is time to look again."""
        return now - self._looked > LOOK_SECONDS

    def look(self) -> Ending | None:
        """Look now; the ending that says which limit is exceeded, or None.

        `waited` is afterwards for how many seconds the run stood in line for a processor.
        """
        self._looked = time.monotonic()
        used = usage(self._process)
        self._first = self._first or used
        self.waited = max(self.waited, used.waited - self._first.waited)
        if used.tasks > self._limits.tasks:
            return Ending.TOO_MANY_PROCESSES
        # The exact number takes time to read, and is the smaller one.
        if used.memory > self._limits.memory_bytes < shared_out_memory(self._process):
            return Ending.OUT_OF_MEMORY
        if used.computed - self._first.computed > self._limits.processor_seconds:
            return Ending.OUT_OF_PROCESSOR_TIME
        if folder_size(self._folder) > self._limits.disk_bytes:
            return Ending.TOO_MUCH_WRITTEN
        return None
