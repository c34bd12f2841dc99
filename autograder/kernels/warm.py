"""Kernels forked from a zygote, seen from outside: ordered, told when they are up, ended, and one spare kept ready.

A process has one zygote a tier, started when the first kernel is asked for and ended with the process; one that dies is
replaced. Two graders have two, and know nothing of each other.
"""

from __future__ import annotations

import atexit
import contextlib
import os
import secrets
import select
import signal
import socket
import struct
import subprocess
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from autograder.kernels.order import NAMESPACES, NONE, Order
from autograder.kernels.sandbox import TIERS, NoSandbox, could_give, seen_by_zygote, zygote_command, zygote_environment
from autograder.kernels.usage import tree
from autograder.kernels.zygote import BEGUN, FAILED, MESSAGE_BYTES, MOST_FILES, READY, UP
from autograder.limits import Limits
from autograder.verdict import GraderFault

START_SECONDS = 90
END_SECONDS = 5
# Waits for the end of the process that writes to its input, however that ends, and then removes a folder.
_CLEAN = 'read -r _; for n in 1 2 3 4 5 6 7 8 9; do rm -rf --one-file-system -- "$1" && exit; sleep 0.2; done'


class KernelFailed(GraderFault):
    """A kernel did not start: the machine's fault, not the student's."""


@dataclass
class KernelProcess:
    """A kernel that takes requests: its connection information as Jupyter has it, and the folder that is its own.

    ``process`` is its first process, as this machine numbers it; all that it starts descends from that.
    """

    process: int
    connection: dict[str, Any]
    folder: Path
    tier: str
    _ended: int = field(repr=False)

    def is_alive(self) -> bool:
        """Whether its first process lives."""
        return not select.select([self._ended], [], [], 0)[0] if self._ended >= 0 else False

    def end(self) -> None:
        """End it and all that it started, and remove its folder. Safe to call twice."""
        if self._ended < 0:
            return
        if self.tier != NAMESPACES:  # its first process ends the others, and then itself
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._ended, signal.SIGTERM)
            select.select([self._ended], [], [], END_SECONDS)
        deadline = time.monotonic() + END_SECONDS
        while self.is_alive() and time.monotonic() < deadline:
            if self.tier != NAMESPACES:  # there the first process takes the others along
                _kill_what_it_started(self.process)
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._ended, signal.SIGKILL)
            select.select([self._ended], [], [], 0.1)
        os.close(self._ended)
        self._ended = -1
        remove_tree(self.folder)


class Zygote:
    """A running zygote.

    Parameters
    ----------
    tier
        The sandbox that it and its kernels run in.

    Raises
    ------
    KernelFailed
        When it does not start.
    """

    def __init__(self, tier: str) -> None:
        self.tier = tier
        self.folder = Path(tempfile.mkdtemp(prefix="autograder-kernels-"))
        if os.getuid() == 0:  # its kernels, which run as another user, may pass through
            self.folder.chmod(0o711)
        self._cleaner = subprocess.Popen(
            ["sh", "-c", _CLEAN, "sh", str(self.folder)],
            env={"PATH": os.defpath},
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        try:
            with theirs:
                # Its own streams go nowhere: a student's code can reach them, and would write into the grader's log.
                self._running = _start_and_outlive(
                    zygote_command(theirs.fileno(), tier, self.folder),
                    env=zygote_environment(),
                    cwd="/",
                    stdin=subprocess.DEVNULL,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.PIPE,
                    pass_fds=[theirs.fileno()],
                    start_new_session=True,
                )
            self._control.settimeout(START_SECONDS)
            told = self._control.recv(MESSAGE_BYTES)
        except OSError as error:
            told = str(error).encode()
        if not told.startswith(READY):
            self.close()
            raise KernelFailed(f"Kernels cannot be started in the sandbox “{tier}” here: {self._last_words()}")
        self._user = int(told.removeprefix(READY))

    def order(self, files: Sequence[tuple[str, Path]], limits: Limits, imports: Sequence[str] = ()) -> Starting:
        """Ask for a kernel, without waiting for it."""
        name = secrets.token_hex(8)
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        if os.getuid() != self._user:
            os.chown(folder, self._user, self._user)
        place = f"{seen_by_zygote(self.folder, self.tier)}/{name}"
        seen = place if self.tier != NAMESPACES else seen_by_zygote(self.folder, self.tier)
        connection = {
            "transport": "ipc", "ip": f"{seen}/socket", "key": secrets.token_hex(32), "signature_scheme": "hmac-sha256",
            "shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
        }  # fmt: skip
        news, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        news.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        names = tuple(name for name, _ in files)
        order = Order(place, connection, limits.memory_bytes, limits.disk_bytes, limits.tasks, names, tuple(imports))
        with contextlib.ExitStack() as opened, theirs:
            if len(files) > MOST_FILES:
                raise KernelFailed(f"More than {MOST_FILES} files lie beside the notebook.")
            descriptors = [opened.enter_context(path.open("rb")).fileno() for _, path in files]
            try:
                socket.send_fds(self._control, [order.to_json().encode()], [theirs.fileno(), *descriptors])
            except OSError as error:
                news.close()
                remove_tree(folder)
                raise KernelFailed(f"The process that kernels are forked from has ended: {error}") from None
        return Starting(news, {**connection, "ip": f"{folder}/socket"}, folder, self.tier)

    def is_alive(self, *, in_seconds: float = 0) -> bool:
        """Whether it runs; and still does after so many seconds."""
        if in_seconds:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._running.wait(in_seconds)
        return self._running.poll() is None

    def close(self) -> None:
        """End it, all its kernels with it, and remove its folder."""
        self._control.close()
        if hasattr(self, "_running") and self.is_alive(in_seconds=END_SECONDS / 2):
            _kill_what_it_started(self._running.pid)
            self._running.kill()
            self._running.wait()
        self._cleaner.communicate()

    def _last_words(self) -> str:
        words = self._running.stderr.read() if hasattr(self, "_running") and self._running.stderr else b""
        lines = words.decode(errors="replace").strip().splitlines()
        return lines[-1] if lines else "it ended without a word"


@dataclass
class Starting:
    """A kernel that was ordered, and is on its way."""

    _news: socket.socket
    _connection: dict[str, Any]
    _folder: Path
    _tier: str

    def wait(self) -> KernelProcess:
        """Wait until it takes requests.

        Raises
        ------
        KernelFailed
            When it did not start.
        """
        process, told = 0, b""
        with self._news as news:
            news.settimeout(START_SECONDS)
            while told != UP:
                try:
                    told, about, _, _ = news.recvmsg(MESSAGE_BYTES, socket.CMSG_SPACE(struct.calcsize("3i")))
                except OSError as error:
                    told = FAILED + str(error).encode()
                if told == BEGUN:  # the number of the process that sent it, in this process's namespace
                    process = struct.unpack("3i", about[0][2])[0]
                    try:
                        ended = os.pidfd_open(process)
                    except ProcessLookupError:  # it has ended since, and nothing more will be told
                        process = 0
                elif told != UP:
                    if process:
                        KernelProcess(process, {}, self._folder, self._tier, ended).end()
                    remove_tree(self._folder)
                    reason = told.removeprefix(FAILED).decode(errors="replace")
                    raise KernelFailed(f"A kernel did not start: {reason or 'its process ended'}")
        return KernelProcess(process, self._connection, self._folder, self._tier, ended)


def _start_and_outlive(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a process from a thread that lasts as long: one that is to end with its parent ends with the parent's thread."""
    started: SimpleQueue[subprocess.Popen[bytes] | OSError] = SimpleQueue()

    def start() -> None:
        try:
            running = subprocess.Popen(command, **options)
        except OSError as error:
            started.put(error)
            return
        started.put(running)
        with contextlib.suppress(ChildProcessError):
            os.waitid(os.P_PID, running.pid, os.WEXITED | os.WNOWAIT)  # whoever asks how it ended is left that

    threading.Thread(target=start, daemon=True).start()
    running = started.get()
    if isinstance(running, OSError):
        raise running
    return running


def _kill_what_it_started(process: int) -> None:
    for started in reversed(tree(process)[1:]):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(started, signal.SIGKILL)


def remove_tree(folder: Path) -> None:
    """Remove a folder by a process of its own: Python's own way gives up on a tree that is nested deep enough."""
    remove = ["rm", "-rf", "--one-file-system", "--", str(folder)]
    subprocess.run(remove, check=False, stderr=subprocess.DEVNULL, env={"PATH": os.defpath})


class _Warm:
    """The zygotes of this process, and a spare kernel for each."""

    def __init__(self) -> None:
        self._zygotes: dict[str, Zygote] = {}
        self._spares: dict[str, tuple[tuple[object, ...], Starting]] = {}
        self._lock = threading.Lock()
        self._owner = 0

    def take(
        self, files: Sequence[tuple[str, Path]], limits: Limits, tier: str, imports: Sequence[str]
    ) -> KernelProcess:
        with self._lock:
            wanted = (limits.memory_bytes, limits.disk_bytes, limits.tasks, tuple(imports))
            for attempt in (1, 2):
                zygote = self._zygote(tier)
                try:
                    kernel = self._start(zygote, files, limits, imports, wanted)
                    break
                except KernelFailed:
                    if attempt == 2:
                        raise
                    zygote.is_alive(in_seconds=1)  # when it was killed, its kernels are gone a moment before it is
            if tier not in self._spares:
                with contextlib.suppress(KernelFailed):
                    self._spares[tier] = (wanted, zygote.order([], limits, imports))
            return kernel

    def _start(
        self, zygote: Zygote, files: Sequence[tuple[str, Path]], limits: Limits, imports: Sequence[str], wanted: object
    ) -> KernelProcess:
        kept, spare = self._spares.get(zygote.tier, (wanted, None))
        if spare is not None and not (kept == wanted and files):  # one with files is not to be had ahead
            del self._spares[zygote.tier]
            with contextlib.suppress(KernelFailed):
                kernel = spare.wait()
                if kept == wanted and kernel.is_alive():
                    return kernel
                kernel.end()
        return zygote.order(files, limits, imports).wait()

    def _zygote(self, tier: str) -> Zygote:
        if self._owner != os.getpid():  # in a fork of the owner: those are not ours
            self._owner, self._zygotes, self._spares = os.getpid(), {}, {}
            atexit.register(self.close)
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
            self._zygotes.clear()
            self._spares.clear()


_warm = _Warm()


def take_kernel(
    files: Sequence[tuple[str, Path]], limits: Limits, tier: str, imports: Sequence[str] = ()
) -> KernelProcess:
    """A kernel that takes requests.

    Parameters
    ----------
    files
        Plain data files for the student's code, each with the name that its copy gets.
    limits
        What all that runs in it may use.
    tier
        The sandbox.
    imports
        Those of `order.HEAVY` that it will need.

    Raises
    ------
    KernelFailed
        When it does not start.
    """
    return _warm.take(files, limits, tier, imports)


def end_all() -> None:
    """End every zygote of this process; the next kernel that is asked for starts another."""
    _warm.close()


@cache
def best_tier() -> str:
    """The strongest sandbox that this machine gives, tried for real."""
    return next(tier for tier in TIERS if tier == NONE or not why_not(tier))


def why_not(tier: str) -> str:
    """Why a kernel cannot run in a tier here, tried for real; empty where one can."""
    reason = could_give(tier)
    if not reason:
        try:
            take_kernel([], Limits(), tier).end()
        except KernelFailed as error:
            reason = str(error)
    return reason


def tier_to_use(*, none_allowed: bool) -> str:
    """The tier to grade in: the best that there is.

    Raises
    ------
    NoSandbox
        When there is none, and none is not allowed.
    """
    tier = best_tier()
    if tier == NONE and not none_allowed:
        raise NoSandbox(
            "Students' code would run without a sandbox here. `autograder doctor` says why, and what mends it; often it is "
            "`sudo apt-get install bubblewrap`. On a machine that you can throw away, allow grading without: "
            "`autograder grade WEEK --unsafe-no-sandbox`, or unsafe_no_sandbox = true under [tool.autograder] in the "
            "course's pyproject.toml."
        )
    return tier
