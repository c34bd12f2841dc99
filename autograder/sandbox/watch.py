"""The watch over kernels: a process of its own looks at each a few times a second, and ends one beyond its limits.

It looks from a kernel's start to its end, whatever the grader does meanwhile, and ends with the grader.
"""

from __future__ import annotations

import contextlib
import json
import os
import select
import signal
import socket
import time
from dataclasses import asdict
from pathlib import Path
from typing import Never

from autograder.limits import Limits
from autograder.sandbox.tiers import NAMESPACES
from autograder.sandbox.usage import (
    folder_size,
    memory_of_mappings,
    shared_out_memory,
    signal_descendants,
    size_of_removed,
    usage,
)
from autograder.verdicts.endings import Ending

LOOK_SECONDS = 0.25
# Mappings take longer to count, so only every so many looks.
LOOKS_PER_COUNT = 4
ORDER_BYTES = 20_000


class Watch:
    """The watch over one kernel.

    Parameters
    ----------
    process
        The kernel's first process.
    folder
        Its folder outside.
    limits
        What all that descends from the process may use together.
    tier
        The sandbox that it runs in.
    """

    def __init__(self, process: int, folder: Path, limits: Limits, tier: str) -> None:
        self._process = process
        self._folder = folder
        self._limits = limits
        self._tier = tier
        self._looks = 0
        self._mappings = 0.0
        self._ending = False

    def look(self) -> Ending | None:
        """Look now; the ending that says which limit is exceeded, or None."""
        if self._looks % LOOKS_PER_COUNT == 0:
            self._mappings = memory_of_mappings(self._process, self._limits.memory_bytes)
        self._looks += 1
        used = usage(self._process)
        if used.tasks > self._limits.tasks:
            return Ending.TOO_MANY_PROCESSES
        most = self._limits.memory_bytes - self._mappings
        # The exact number takes time to read, and is the smaller one.
        if used.memory > most and shared_out_memory(self._process) > most:
            return Ending.OUT_OF_MEMORY
        # In namespaces its files lie in a file system of limited size.
        removed = 0 if self._tier == NAMESPACES else size_of_removed(self._process)
        if folder_size(self._folder) + removed > self._limits.disk_bytes:
            return Ending.TOO_MUCH_WRITTEN
        return None

    def end(self, first: int) -> None:
        """End all that runs in the kernel; `first` is a descriptor of its first process. Called again until it ends.

        Without namespaces the first process ends the others, and then itself, if it is told to. If that does not help,
        each is killed.
        """
        with contextlib.suppress(ProcessLookupError):
            if self._tier == NAMESPACES:
                signal.pidfd_send_signal(first, signal.SIGKILL)
            elif not self._ending:
                signal.pidfd_send_signal(first, signal.SIGTERM)
            else:
                signal_descendants(self._process, signal.SIGKILL)
                signal.pidfd_send_signal(first, signal.SIGKILL)
        self._ending = True


def order(process: int, folder: Path, limits: Limits, tier: str) -> bytes:
    """What the watching process is sent to begin a watch.

    Two descriptors come with it: of the kernel's first process, and of a socket for the news which limit it exceeded.
    """
    return json.dumps([process, str(folder), asdict(limits), tier]).encode()


def main(orders: str) -> Never:
    """Watch the kernels that are ordered through `orders`, a descriptor, until nobody can order any more."""
    control = socket.socket(fileno=int(orders))
    watches: dict[int, tuple[Watch, socket.socket]] = {}
    beyond: set[int] = set()
    due = time.monotonic()
    while True:
        wait = max(0.0, due - time.monotonic()) if watches else None
        for ready in select.select([control.fileno(), *watches], [], [], wait)[0]:
            if ready == control.fileno():
                data, descriptors, _, _ = socket.recv_fds(control, ORDER_BYTES, 2)
                if not data:
                    os._exit(0)
                process, folder, limits, tier = json.loads(data)
                watch = Watch(process, Path(folder), Limits(**limits), tier)
                watches[descriptors[0]] = watch, socket.socket(fileno=descriptors[1])
            else:  # its first process has ended
                watches.pop(ready)[1].close()
                beyond.discard(ready)
                os.close(ready)
        if time.monotonic() < due:
            continue
        for first, (watch, news) in watches.items():
            ending = None if first in beyond else watch.look()
            if ending:
                beyond.add(first)
                with contextlib.suppress(OSError):  # nobody wants to know any more
                    news.send(ending.encode())
            if first in beyond:
                watch.end(first)
        due = time.monotonic() + LOOK_SECONDS
