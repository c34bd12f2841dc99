"""Starts the process that watches kernels, and has it watch one."""

from __future__ import annotations

import socket
import subprocess
from pathlib import Path

from autograder.limits import Limits
from autograder.sandbox import watch
from autograder.sandbox.own_python import own_python
from autograder.verdicts.endings import Ending
from autograder.verdicts.verdict import GraderFault


class NotWatched(GraderFault):
    """The process that watches kernels has ended: no student's code may run without it."""


class Watched:
    """The watch over one kernel, as the grader sees it; ``socket`` is readable when there is news, or no watch.

    Parameters
    ----------
    news
        Where the watching process says which limit was exceeded; it is closed when the kernel has ended.
    """

    def __init__(self, news: socket.socket) -> None:
        news.setblocking(False)
        self.socket = news
        self._beyond: Ending | None = None

    def beyond(self) -> Ending | None:
        """Which limit the kernel exceeded, and is ended for; None if none so far.

        Raises
        ------
        NotWatched
            If nobody watches it any more: if it lives, because the watching process has ended.
        """
        if self._beyond is None:
            try:
                word = self.socket.recv(200)
            except BlockingIOError:
                return None
            except OSError:
                word = b""
            if not word:
                raise NotWatched("The process that watches the students' kernels has ended. Grade this again.")
            self._beyond = Ending(word.decode())
        return self._beyond


class Watcher:
    """The process that watches kernels; it ends with this one."""

    def __init__(self) -> None:
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._running = subprocess.Popen(
                own_python("autograder.sandbox.watch", str(theirs.fileno()), options=["-S"]),
                pass_fds=[theirs.fileno()],
                env={},
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def is_alive(self) -> bool:
        """Whether it runs."""
        return self._running.poll() is None

    def watch(self, process: int, first: int, folder: Path, limits: Limits, tier: str) -> Watched:
        """Watch a kernel until it ends.

        Parameters
        ----------
        process, first
            The kernel's first process: its number, and a descriptor of it.
        folder, limits, tier
            Its own folder, what all that runs in it may use, and its sandbox.

        Raises
        ------
        NotWatched
            If the process has ended.
        """
        news, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            try:
                socket.send_fds(self._control, [watch.order(process, folder, limits, tier)], [first, theirs.fileno()])
            except OSError as error:
                news.close()
                raise NotWatched(f"The process that watches the students' kernels has ended: {error}") from None
        return Watched(news)

    def close(self) -> None:
        """End it."""
        self._control.close()
        self._running.wait()
