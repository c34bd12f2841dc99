"""Semaphores for pools of processes, if there is no /dev/shm: Python's own are files there, which a container's walls
cannot give to a kernel alone."""

from __future__ import annotations

import _multiprocessing  # type: ignore[import-not-found]
import os
import select
import threading
import time
from multiprocessing import heap
from types import TracebackType
from typing import Any

RECURSIVE_MUTEX = 0
# What Linux's own semaphores hold at most.
MOST = 2**31 - 1


class Semaphore:
    """A semaphore that forks share, with the interface of ``_multiprocessing.SemLock``, which has no documentation.

    Its value is kept by an eventfd, a file without a name: a process that is not forked cannot open it, and nobody can
    read its value without taking from it. So, as on macOS, one that is released too often is noticed only if it is a
    lock, and a queue does not know its size.
    """

    SEM_VALUE_MAX = MOST

    def __init__(self, kind: int, value: int, maxvalue: int, name: str, unlink: bool) -> None:
        if not 0 <= value <= maxvalue:
            raise ValueError("invalid value")
        self.kind = kind
        self.maxvalue = maxvalue
        self.name = None
        self.handle = os.eventfd(value, os.EFD_SEMAPHORE | os.EFD_NONBLOCK | os.EFD_CLOEXEC)
        self._held = 0
        self._holder = 0

    def __del__(self) -> None:
        if hasattr(self, "handle"):
            os.close(self.handle)

    def acquire(self, block: bool = True, timeout: float | None = None) -> bool:
        """Take it, perhaps after waiting; whether it was taken."""
        if self.kind == RECURSIVE_MUTEX and self._is_mine():
            self._held += 1
            return True
        deadline = None if timeout is None else time.monotonic() + max(0.0, timeout)
        while not self._take():
            wait = None if deadline is None else deadline - time.monotonic()
            if not block or (wait is not None and wait <= 0):
                return False
            select.select([self.handle], [], [], wait)
        self._held += 1
        self._holder = threading.get_ident()
        return True

    def release(self) -> None:
        """Give it back."""
        if self.kind == RECURSIVE_MUTEX:
            if not self._is_mine():
                raise AssertionError("attempt to release recursive lock not owned by thread")
            if self._held > 1:
                self._held -= 1
                return
        elif self.maxvalue == 1 and not self._is_zero():
            raise ValueError("semaphore or lock released too many times")
        self._held -= 1
        os.eventfd_write(self.handle, 1)

    def __enter__(self) -> bool:
        return self.acquire()

    def __exit__(self, *error: type[BaseException] | BaseException | TracebackType | None) -> None:
        self.release()

    def _take(self) -> bool:
        try:
            os.eventfd_read(self.handle)
        except BlockingIOError:
            return False
        return True

    def _count(self) -> int:
        return self._held

    def _is_mine(self) -> bool:
        return self._held > 0 and self._holder == threading.get_ident()

    def _get_value(self) -> int:
        raise NotImplementedError

    def _is_zero(self) -> bool:
        return not select.select([self.handle], [], [], 0)[0]

    def _after_fork(self) -> None:
        self._held = 0

    @staticmethod
    def _rebuild(*state: Any) -> Semaphore:
        raise OSError("A notebook's processes must be forked: multiprocessing.get_context('fork').")


def use() -> None:
    """Have ``multiprocessing`` use these semaphores, and the temporary folder for shared memory, in this process and
    those that it forks."""
    _multiprocessing.SemLock = Semaphore
    heap.Arena._dir_candidates = []  # type: ignore[attr-defined]  # otherwise /dev/shm
