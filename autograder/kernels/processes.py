"""Starts and ends, from outside, a zygote and the kernels that are forked from it."""

from __future__ import annotations

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
from pathlib import Path
from queue import SimpleQueue
from typing import Any

from autograder.kernels.order import Order
from autograder.kernels.watching import Watched
from autograder.kernels.zygote import BEGUN, FAILED, MESSAGE_BYTES, MOST_FILES, READY, UP
from autograder.limits import Limits
from autograder.sandbox.confine import has_all_files
from autograder.sandbox.tiers import NAMESPACES
from autograder.sandbox.usage import signal_descendants
from autograder.sandbox.walls import seen_by_zygote, zygote_command, zygote_environment
from autograder.verdicts.verdict import GraderFault

START_SECONDS = 90
FOLDER = "autograder-kernels-"
# The most bytes of a Unix socket's address.
ADDRESS_BYTES = 107
END_SECONDS = 5
# Their kernels run as another user if the grader is root.
NO_ROOT = "root lacks the right to all files (CAP_DAC_OVERRIDE), so it couldn't reach another user's kernels."
# Waits for the end of the process that writes to its input, however that ends, and then removes a folder.
_CLEAN = 'read -r _; for n in 1 2 3 4 5 6 7 8 9; do rm -rf --one-file-system -- "$1" && exit; sleep 0.2; done'


class KernelFailed(GraderFault):
    """A kernel did not start: the machine's fault, not the student's."""


@dataclass
class KernelProcess:
    """A kernel that takes requests: its connection information as Jupyter has it, and the folder that is its own.

    ``process`` is its first process, as this machine numbers it, and ``first`` a descriptor of that; all that it starts
    descends from it. Calls of the functions in it go over ``line``. No code may run in it before it is ``watched``.
    """

    process: int
    connection: dict[str, Any]
    folder: Path
    tier: str
    line: socket.socket
    first: int = field(repr=False)
    watched: Watched = field(init=False, repr=False)

    def is_alive(self) -> bool:
        """Whether its first process lives."""
        return not select.select([self.first], [], [], 0)[0] if self.first >= 0 else False

    def end(self) -> None:
        """End it and all that it started, and remove its folder. Safe to call twice."""
        if self.first < 0:
            return
        self.line.close()
        if hasattr(self, "watched"):
            self.watched.socket.close()
        if self.tier != NAMESPACES:  # its first process ends the others, and then itself
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.first, signal.SIGTERM)
            select.select([self.first], [], [], END_SECONDS)
        deadline = time.monotonic() + END_SECONDS
        while self.is_alive() and time.monotonic() < deadline:
            if self.tier != NAMESPACES:  # in namespaces the others end with the first process
                signal_descendants(self.process, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self.first, signal.SIGKILL)
            select.select([self.first], [], [], 0.1)
        os.close(self.first)
        self.first = -1
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
        if tier == NAMESPACES and os.getuid() == 0 and not has_all_files():
            raise KernelFailed(f"Kernels cannot be started in the sandbox “{tier}” here: {NO_ROOT}")
        self.tier = tier
        self.folder = Path(tempfile.mkdtemp(prefix=FOLDER, dir=_short_enough(tempfile.gettempdir())))
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
            message = self._control.recv(MESSAGE_BYTES)
        except OSError as error:
            message = str(error).encode()
        if not message.startswith(READY):
            self.close()
            raise KernelFailed(f"Kernels cannot be started in the sandbox “{tier}” here: {self._last_words()}")
        self._user = int(message.removeprefix(READY))

    def order(self, files: Sequence[tuple[str, Path]], limits: Limits, imports: Sequence[str] = ()) -> Starting:
        """Ask for a kernel, without waiting for it."""
        name = secrets.token_hex(8)
        folder = self.folder / name
        folder.mkdir(mode=0o700)
        if os.getuid() != self._user:
            os.chown(folder, self._user, self._user)
        folders = seen_by_zygote(self.folder, self.tier)
        own = f"{folders}/{name}"
        seen_by_kernel = folders if self.tier == NAMESPACES else own  # in namespaces its own lies in place of all
        connection = {
            "transport": "ipc",
            "ip": f"{seen_by_kernel}/socket",
            "key": secrets.token_hex(32),
            "signature_scheme": "hmac-sha256",
            **{
                f"{channel}_port": port
                for port, channel in enumerate(("shell", "iopub", "stdin", "control", "hb"), start=1)
            },
        }
        line, their_line = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        news, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        news.setsockopt(socket.SOL_SOCKET, socket.SO_PASSCRED, 1)
        order = Order(own, connection, limits, tuple(name for name, _ in files), tuple(imports))
        with contextlib.ExitStack() as opened, theirs, their_line:
            if len(files) > MOST_FILES:
                raise KernelFailed(f"More than {MOST_FILES} files lie beside the notebook.")
            descriptors = [opened.enter_context(path.open("rb")).fileno() for _, path in files]
            try:
                sockets = [theirs.fileno(), their_line.fileno()]
                socket.send_fds(self._control, [order.to_json().encode()], [*sockets, *descriptors])
            except OSError as error:
                news.close()
                line.close()
                remove_tree(folder)
                raise KernelFailed(f"The process that kernels are forked from has ended: {error}") from None
        return Starting(news, line, {**connection, "ip": f"{folder}/socket"}, folder, self.tier)

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
            signal_descendants(self._running.pid, signal.SIGKILL)
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
    _line: socket.socket
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
        process, message = 0, b""
        with self._news as news:
            news.settimeout(START_SECONDS)
            while message != UP:
                try:
                    message, about, _, _ = news.recvmsg(MESSAGE_BYTES, socket.CMSG_SPACE(struct.calcsize("3i")))
                except OSError as error:
                    message = FAILED + str(error).encode()
                if message == BEGUN:  # the number of the process that sent it, in this process's namespace
                    process = struct.unpack("3i", about[0][2])[0]
                    try:
                        ended = os.pidfd_open(process)
                    except ProcessLookupError:  # it has ended since: no other message comes
                        process = 0
                elif message != UP:
                    if process:
                        KernelProcess(process, {}, self._folder, self._tier, self._line, ended).end()
                    self._line.close()
                    remove_tree(self._folder)
                    reason = message.removeprefix(FAILED).decode(errors="replace")
                    raise KernelFailed(f"A kernel did not start: {reason or 'its process ended'}")
        return KernelProcess(process, self._connection, self._folder, self._tier, self._line, ended)


def _short_enough(folder: str) -> str:
    """A folder for temporary files, or /tmp if the addresses of kernels' sockets would be too long in it."""
    longest = f"{folder}/{FOLDER}12345678/1234567890abcdef/socket-5"
    return folder if len(os.fsencode(longest)) <= ADDRESS_BYTES else "/tmp"


def _start_and_outlive(command: list[str], **options: Any) -> subprocess.Popen[bytes]:
    """Start a process from a thread that lasts as long: one that must end with its parent ends with that thread."""
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


def remove_tree(folder: Path) -> None:
    """Remove a folder by a process of its own: Python's own way gives up on a tree that is nested deep enough."""
    remove = ["rm", "-rf", "--one-file-system", "--", str(folder)]
    subprocess.run(remove, check=False, stderr=subprocess.DEVNULL, env={"PATH": os.defpath})
