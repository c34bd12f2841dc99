"""Kernels kept warm: the zygotes of this process, a spare kernel of each, their watch, and the tier that confines them.

A process has one zygote for each tier, started when the first kernel is requested and ended with the process; one that
dies is replaced. Two graders have two zygotes, and know nothing of each other.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import shutil
import threading
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

from autograder.kernels.processes import KernelFailed, KernelProcess, Starting, Zygote
from autograder.kernels.watching import NotWatched, Watcher
from autograder.limits import Limits
from autograder.sandbox.tiers import NAMESPACES, NONE, TIERS, WEAKER, NoSandbox, could_give

# What a spare kernel was made for: another limit or import needs another kernel.
_Wanted = tuple[Limits, tuple[str, ...]]


class _Warm:
    """The zygotes of this process, a spare kernel for each, and the process that watches kernels."""

    def __init__(self) -> None:
        self._zygotes: dict[str, Zygote] = {}
        self._spares: dict[str, tuple[_Wanted, Starting]] = {}
        self._watcher: Watcher | None = None
        self._lock = threading.Lock()
        self._owner = 0

    def take(
        self, files: Sequence[tuple[str, Path]], limits: Limits, tier: str, imports: Sequence[str]
    ) -> KernelProcess:
        with self._lock:
            wanted = (limits, tuple(imports))
            for attempt in (1, 2):
                zygote = self._zygote(tier)
                try:
                    kernel = self._start(zygote, files, wanted)
                    self._watch(kernel, limits)
                    break
                except KernelFailed:
                    if attempt == 2:
                        raise
                    zygote.is_alive(in_seconds=1)  # if it was killed, its kernels end a moment before it does
            if tier not in self._spares:
                with contextlib.suppress(KernelFailed):
                    self._spares[tier] = (wanted, zygote.order([], *wanted))
            return kernel

    def _watch(self, kernel: KernelProcess, limits: Limits) -> None:
        if self._watcher is None or not self._watcher.is_alive():
            self._watcher = Watcher()
        try:
            kernel.watched = self._watcher.watch(kernel.process, kernel.first, kernel.folder, limits, kernel.tier)
        except NotWatched as error:
            kernel.end()
            raise KernelFailed(str(error)) from None

    def _start(self, zygote: Zygote, files: Sequence[tuple[str, Path]], wanted: _Wanted) -> KernelProcess:
        made_for, spare = self._spares.get(zygote.tier, (wanted, None))
        if spare is not None and not (made_for == wanted and files):  # a spare has no files
            del self._spares[zygote.tier]
            with contextlib.suppress(KernelFailed):
                kernel = spare.wait()
                if made_for == wanted and kernel.is_alive():
                    return kernel
                kernel.end()
        return zygote.order(files, *wanted).wait()

    def _zygote(self, tier: str) -> Zygote:
        if self._owner != os.getpid():  # in a fork of the owner: those are not ours
            self._owner, self._zygotes, self._spares, self._watcher = os.getpid(), {}, {}, None
            atexit.register(self.close)
        if self._watcher is None:  # it starts while the zygote does
            self._watcher = Watcher()
        zygote = self._zygotes.get(tier)
        if zygote is not None and not zygote.is_alive():
            self._spares.pop(tier, None)
            zygote.close()
            zygote = None
        if zygote is None:
            zygote = self._zygotes[tier] = Zygote(tier)
        return zygote

    def close(self) -> None:
        if self._owner == os.getpid():
            for zygote in self._zygotes.values():
                zygote.close()
            if self._watcher is not None:
                self._watcher.close()
            self._zygotes.clear()
            self._spares.clear()
            self._watcher = None


_warm = _Warm()
# Held while a tier is tried, so that two threads do not both try it.
_trying = threading.Lock()


def take_kernel(
    files: Sequence[tuple[str, Path]], limits: Limits, tier: str, imports: Sequence[str] = ()
) -> KernelProcess:
    """Start a kernel, or take the spare one; it takes requests.

    Parameters
    ----------
    files
        Plain data files for the student's code, each with the name that its copy gets.
    limits
        What everything that runs in it may use.
    tier
        The sandbox.
    imports
        Those of `order.HEAVY` that it will need.

    Raises
    ------
    KernelFailed
        If it does not start.
    """
    return _warm.take(files, limits, tier, imports)


def end_all() -> None:
    """End every zygote of this process; the next request for a kernel starts another."""
    _warm.close()


def best_tier() -> str:
    """The strongest sandbox that works on this machine, found by trying."""
    return next(tier for tier in TIERS if tier == NONE or not why_not(tier))


def try_early() -> None:
    """Begin to try the sandboxes in the background, so that a zygote starts while this process prepares its work."""

    def try_them() -> None:
        with contextlib.suppress(Exception):  # whoever asks for a tier or a kernel meets the same
            best_tier()

    # Not a daemon: a process that ends early waits for the trial, and then ends the zygote as always.
    threading.Thread(target=try_them).start()


def why_not(tier: str) -> str:
    """Why a kernel cannot run in a tier on this machine, found by trying once; empty if one can."""
    with _trying:
        return _result_of_trying(tier)


@cache
def _result_of_trying(tier: str) -> str:
    reason = could_give(tier)
    if not reason:
        try:
            take_kernel([], Limits(), tier).end()
        except KernelFailed as error:
            reason = str(error)
    return reason


def tier_to_use(*, none_allowed: bool, warn: Callable[[str], object]) -> str:
    """The tier to grade in: the strongest that works on this machine.

    Parameters
    ----------
    none_allowed
        Whether students' code may run without a sandbox.
    warn
        Takes a sentence with the reason when a weaker tier than namespaces is used although bubblewrap is installed.

    Raises
    ------
    NoSandbox
        If no sandbox is available and running without one is not allowed.
    """
    tier = best_tier()
    if tier == NONE and not none_allowed:
        raise NoSandbox(
            "Students' code would run without a sandbox here. `autograder doctor` says why, and what mends it; "
            "often it is `sudo apt-get install bubblewrap`. On a machine that you can throw away, allow grading "
            "without one: `autograder grade WEEK --unsafe-no-sandbox`, or unsafe_no_sandbox = true under "
            "[tool.autograder] in the course's pyproject.toml."
        )
    if tier != NAMESPACES and shutil.which("bwrap"):
        reason = why_not(NAMESPACES).rstrip(".")
        warn(f"{WEAKER} “{tier}”. {reason}. `autograder doctor` names what mends it.")
    return tier
