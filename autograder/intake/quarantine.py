"""A quarantine: a helper process in which what students wrote is read, within limits of time and memory.

Other people's parsers may take minutes over a text of 20 kB, and nothing stops a regular expression but the end of its
process. A process of ours has one helper, which starts at the first request, takes one at a time and ends with it.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import signal
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from typing import IO, Any, TypeVar

from autograder.sandbox.own_python import own_python
from autograder.sandbox.usage import own_memory

Result = TypeVar("Result")

# Seconds of a processor that one request may take: an honest notebook takes a tenth of one.
SECONDS = 6.0
# For each of these, how many seconds may pass on a busy machine; and how many while a request waits for a disk.
BUSY, IDLE = 4, 15.0
MEMORY_BYTES = 2 * 2**30
# A helper that keeps more is replaced: a request does not pay for those before it.
GROWN_BYTES = 400 * 2**20
OUT_OF_MEMORY = 3


class TooMuch(Exception):
    """Reading a text took more time or memory than it may."""


class ReadingFailed(Exception):
    """A function of ours failed in the quarantine: the message is its traceback."""


def in_quarantine(function: Callable[..., Result], *arguments: Any, seconds: float = SECONDS) -> Result:
    """Call a function in the helper process.

    Parameters
    ----------
    function
        One of a module of ours, by its name there.
    arguments
        Its arguments; they and the result are what JSON can hold.
    seconds
        Seconds of a processor that it may take.

    Raises
    ------
    TooMuch
        If it takes more of those, or more than `MEMORY_BYTES`.
    ReadingFailed
        If it raises an exception.
    """
    request = [f"{function.__module__}:{function.__qualname__}", arguments, seconds]
    result: Result = _quarantine.ask(json.dumps(request).encode(), IDLE + BUSY * seconds)
    return result


class _Quarantine:
    """The helper of this process."""

    def __init__(self) -> None:
        self._helper: subprocess.Popen[bytes] | None = None
        self._owner = 0
        self._lock = threading.Lock()

    def ask(self, request: bytes, wait: float) -> Any:
        """Send a request, and return the result, or raise what `in_quarantine` raises."""
        with self._lock:
            answer = self._answer(request, wait) or self._answer(request, wait)
        if "result" not in answer:
            raise TooMuch("It takes too much time or memory to read.")
        if answer["failed"]:
            raise ReadingFailed(answer["failed"])
        return answer["result"]

    def _answer(self, request: bytes, wait: float) -> dict[str, Any]:
        """The answer to a request; an empty one if the helper crashed, or somebody else ended it."""
        helper = self._running()
        assert helper.stdin is not None
        assert helper.stdout is not None
        late = threading.Timer(wait, helper.kill)
        late.start()
        try:
            with contextlib.suppress(BrokenPipeError):
                _send(helper.stdin, request)
            text = _received(helper.stdout)
        finally:
            late.cancel()
        if text is not None:
            answer: dict[str, Any] = json.loads(text)
            if answer["grown"]:
                self.close()
            return answer
        ended = helper.wait()
        self.close()
        return {"limit": ended} if ended in (-signal.SIGPROF, OUT_OF_MEMORY) else {}

    def _running(self) -> subprocess.Popen[bytes]:
        if self._owner != os.getpid():  # in a fork of the owner: that helper is not ours
            self._owner, self._helper = os.getpid(), None
            atexit.register(self.close)
        if self._helper is None or self._helper.poll() is not None:
            self.close()
            command = own_python("autograder.intake.quarantine")
            pipe, null = subprocess.PIPE, subprocess.DEVNULL
            # A session of its own: an interrupt from the keyboard is for the grader alone.
            self._helper = subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=null, start_new_session=True)
        return self._helper

    def close(self) -> None:
        """End the helper."""
        helper, self._helper = self._helper, None
        if helper is not None and self._owner == os.getpid():
            helper.kill()
            with contextlib.suppress(BrokenPipeError), helper:  # closes its pipes and waits for its end
                pass


_quarantine = _Quarantine()


def _send(pipe: IO[bytes], text: bytes) -> None:
    pipe.write(len(text).to_bytes(8, "big") + text)
    pipe.flush()


def _received(pipe: IO[bytes]) -> bytes | None:
    """The next text; None if the other side has ended."""
    size = pipe.read(8)
    text = pipe.read(int.from_bytes(size, "big")) if len(size) == 8 else b""
    return text if text and len(text) == int.from_bytes(size, "big") else None


def main() -> None:
    """Be the helper: answer requests until the process that started this one has ended."""
    import resource

    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what a parser prints is no answer
    with contextlib.suppress(ValueError, OSError):  # macOS has no such limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    while (request := _received(sys.stdin.buffer)) is not None:
        name, arguments, seconds = json.loads(request)
        module, _, function = name.partition(":")
        call = getattr(importlib.import_module(module), function)
        # The system ends this process when the time is up, whatever it is doing then.
        signal.setitimer(signal.ITIMER_PROF, seconds)
        try:
            answer = json.dumps(call(*arguments))
            failed = "null"
        except MemoryError:
            os._exit(OUT_OF_MEMORY)
        except Exception:
            answer, failed = "null", json.dumps(traceback.format_exc())
        signal.setitimer(signal.ITIMER_PROF, 0)
        grown = json.dumps(sys.platform == "linux" and own_memory() > GROWN_BYTES)
        _send(answers, f'{{"result": {answer}, "failed": {failed}, "grown": {grown}}}'.encode())
