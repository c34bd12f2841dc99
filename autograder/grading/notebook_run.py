"""Runs one student's notebook cell by cell, in a kernel that is replaced if it dies, hangs or floods.

A new kernel replays the cells so far, without the one that ended its predecessor, and goes on from there.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from autograder.checks.submission import CallStopped
from autograder.kernels.kernel import Kernel, Ran
from autograder.kernels.order import HEAVY
from autograder.kernels.processes import KernelFailed
from autograder.kernels.watching import NotWatched
from autograder.limits import Limits
from autograder.verdicts.endings import Ending
from autograder.wire.calls import Answer, Request

MAX_KERNELS = 25
MANY_KERNELS = 3
# A run that waited for a processor for more than this share of its time was on a busy machine.
BUSY = 0.1


class NotebookRun:
    """The run of a notebook.

    Parameters
    ----------
    files
        Plain data files that the student's code may read: they are copied into the kernel's folder.
    limits
        Seconds for a cell, a call and the notebook; how much may be printed and used.
    sandbox
        The tier that confines its kernels.
    imports
        Those of `order.HEAVY` that its cells need.
    call_seconds
        The limits of a call, in seconds, of functions that have one of their own.
    """

    def __init__(
        self,
        files: Sequence[Path],
        limits: Limits,
        sandbox: str,
        imports: Sequence[str] = (),
        call_seconds: Mapping[str, float] | None = None,
    ) -> None:
        self._limits = limits
        self._call_seconds = dict(call_seconds or {})
        self._files = list(files)
        self._sandbox = sandbox
        self._imports = tuple(imports)
        self._kernel: Kernel | None = None
        self._failed: KernelFailed | None = None
        self._history: list[tuple[str, bool]] = []
        self._started = 0
        self._deadline = time.monotonic() + limits.notebook_seconds
        self._latest = self._deadline + limits.notebook_seconds

    def run(self, code: str, *, essential: bool = True) -> Ran:
        """Run a cell. One that ends its kernel, or must be stopped, is left out when the others are replayed.

        If kernels are lost again and again, because a cell ends them a moment later, cells that are not `essential` are
        also left out: answers depend on the setup and on other answers, not on demos.
        """
        if self._started > MANY_KERNELS and not essential:
            return Ran(Ending.LEFT_OUT, alive=True)
        kernel = self._ready()
        if kernel is None:
            return Ran(Ending.TIMED_OUT, alive=False)
        with self._lost_unless_watched():
            ran = kernel.run(code, self._seconds(self._limits.cell_seconds))
            if _for_want_of_a_processor(ran, self._limits.cell_seconds):
                self._lose_kernel()
                kernel = self._ready()
                if kernel is None:
                    return ran
                ran = kernel.run(code, self._seconds(self._limits.cell_seconds), alone=True)
        self._make_up_for(ran)
        if ran.ending.by_itself:
            self._history.append((code, essential))
        if not ran.alive:
            self._lose_kernel()
        return ran

    def answer(self, request: Request) -> Answer:
        """Answer a call of a student's function; CallStopped if it does not return."""
        kernel = self._ready()
        if kernel is None:
            raise CallStopped(request.function, Ending.TIMED_OUT)
        limit = self._call_seconds.get(request.function, self._limits.call_seconds)
        with self._lost_unless_watched():
            answer, ran = kernel.call(request, self._seconds(limit))
            if _for_want_of_a_processor(ran, limit):
                if not ran.alive:
                    self._lose_kernel()
                kernel = self._ready()
                if kernel is not None:
                    answer, ran = kernel.call(request, self._seconds(limit), alone=True)
        self._make_up_for(ran)
        if not ran.alive:
            self._lose_kernel()
        if answer is None:
            raise CallStopped(request.function, ran.ending)
        return answer

    def twin(self) -> NotebookRun:
        """Another run in a kernel of its own, in which the same cells have run, with what is left of the time."""
        twin = NotebookRun(self._files, self._limits, self._sandbox, self._imports, self._call_seconds)
        twin._history, twin._deadline = list(self._history), self._deadline
        return twin

    def close(self) -> None:
        """End the kernel."""
        self._lose_kernel()

    def _make_up_for(self, ran: Ran) -> None:
        """Add the time for which a run waited for a processor to the notebook's, up to twice its limit."""
        self._deadline = min(self._latest, self._deadline + ran.waited)

    def _seconds(self, limit: float) -> float:
        return max(0.5, min(limit, self._deadline - time.monotonic()))

    def _ready(self) -> Kernel | None:
        """A kernel in which the cells so far have run, or None if the notebook's time or its kernels are used up."""
        while self._kernel is None:
            if self._started >= MAX_KERNELS or time.monotonic() > self._deadline:
                return None
            if self._failed is not None:  # the machine's fault, to be reported as that every time
                raise self._failed
            self._started += 1
            try:
                self._kernel = Kernel(self._files, self._limits, self._sandbox, self._imports)
            except KernelFailed as error:
                self._failed = error
                raise
            self._replay(self._kernel)
        return self._kernel if time.monotonic() <= self._deadline else None

    def _replay(self, kernel: Kernel) -> None:
        if self._started > MANY_KERNELS:
            self._history = [cell for cell in self._history if cell[1]]
        for cell in list(self._history):
            if time.monotonic() > self._deadline:
                return
            ran = kernel.run(cell[0], self._seconds(self._limits.cell_seconds))
            if not ran.ending.by_itself:
                self._history.remove(cell)
            if not ran.alive:
                self._lose_kernel()
                return

    @contextmanager
    def _lost_unless_watched(self) -> Iterator[None]:
        """Lose a kernel that nobody watches any more: that costs one exercise, and is the grader's fault."""
        try:
            yield
        except NotWatched:
            self._lose_kernel()
            raise

    def _lose_kernel(self) -> None:
        if self._kernel is not None:
            self._kernel.close()
            self._kernel = None


def _for_want_of_a_processor(ran: Ran, seconds: float) -> bool:
    """Whether a timeout may be due to a busy machine: then the run is repeated alone before it counts."""
    return ran.ending == Ending.TIMED_OUT and ran.waited > BUSY * seconds


def heavy_imports(cells: Iterable[str]) -> tuple[str, ...]:
    """Those of `order.HEAVY` that a notebook's code cells mention."""
    code = "\n".join(cells)
    return HEAVY if any(name in code for name in HEAVY) else ()
