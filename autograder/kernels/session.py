"""A Jupyter kernel as the grader holds it: runs code within limits, keeps bounded plain outputs, notices when it dies.

Nothing that the kernel sends is believed, and nothing is kept without a bound. The client is ours rather than nbclient's
because the outputs of a hostile notebook must be counted as they come, and because a call's reply and a cell's outputs
are read by the same loop.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zmq
from jupyter_client import BlockingKernelClient

from autograder.kernels.received import Outputs
from autograder.kernels.turns import turn
from autograder.kernels.usage import own_memory
from autograder.kernels.warm import KernelFailed, take_kernel
from autograder.kernels.watch import Watch
from autograder.limits import Limits
from autograder.wire import MAX_MARKS, too_many_marks

MEET_SECONDS = 30
# How often we say hello until the kernel's outputs are seen to reach us.
HELLO_MILLISECONDS = 20
# After an interrupt or a reply, how long the kernel may take to stop or to send what is still on its way.
GRACE_SECONDS = 2.0
# Brackets and commas in one message: a parser makes some 60 bytes of each, and a document of the wire has fewer.
MESSAGE_MARKS = 2 * MAX_MARKS
# Messages waiting on our side of a socket: the others wait on the kernel's, in its own memory.
WAITING_MESSAGES = 16
# How many of the largest messages this process may grow by during a run.
MOST_MESSAGES = 8


@dataclass
class Ran:
    """What came of running code.

    ``ending`` is "ok", "error", "timed out", "out of processor time", "flooded" (too much output), "out of memory", "too
    many processes", "too much written" or "died"; ``alive`` says whether the kernel can go on: after a timeout it can
    when an interrupt stopped the code. ``waited`` is for how many seconds it stood in line for a processor, as far as is
    known.
    """

    ending: str
    alive: bool
    outputs: list[dict[str, Any]] = field(default_factory=list)
    expressions: dict[str, Any] = field(default_factory=dict)
    waited: float = 0.0


class Kernel:
    """A running Jupyter kernel in a folder of its own; ``process`` is the first of its processes.

    Parameters
    ----------
    files
        Plain data files that the student's code may have: copies of them lie in its working directory.
    limits
        What a cell may print, and what all that runs in the kernel may use; times are given with each run.
    sandbox
        The tier that confines it, one of `sandbox.TIERS`.
    imports
        Those of `order.HEAVY` that its code needs.
    """

    def __init__(self, files: Sequence[Path], limits: Limits, sandbox: str, imports: Sequence[str] = ()) -> None:
        self._limits = limits
        self._process = take_kernel([(file.name, file) for file in files], limits, sandbox, imports)
        self.folder, self.process = self._process.folder, self._process.process
        context = zmq.Context()
        context.setsockopt(zmq.BLOCKY, 0)  # no socket of a kernel that is gone is ever waited for
        context.setsockopt(zmq.MAXMSGSIZE, limits.message_bytes)
        context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
        self._client: BlockingKernelClient = BlockingKernelClient(context=context)
        try:
            self._client.load_connection_info(self._process.connection)
            self._client.start_channels(stdin=False, hb=False)
            # zmq drops the connection over a message that is too large, and says so nowhere else.
            channels = self._client.shell_channel, self._client.iopub_channel
            self._cuts = [c.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED) for c in channels]
            self._meet()
        except BaseException:
            self.close()
            raise

    def run(
        self,
        code: str,
        seconds: float,
        *,
        expressions: dict[str, str] | None = None,
        silent: bool = False,
        alone: bool = False,
    ) -> Ran:
        """Run code for at most `seconds`; when time is up interrupt it, and when that does not help give up on the kernel.

        Parameters
        ----------
        code
            Python source.
        seconds
            Wall-clock seconds.
        expressions
            Expressions to evaluate afterwards; their replies come back in `Ran.expressions`.
        silent
            Drop every output: so during calls of the grader's.
        alone
            Have the machine's other graders wait meanwhile: what is slow now is so by itself.
        """
        with turn(alone=alone):
            return self._run(code, seconds, expressions or {}, silent)

    def _run(self, code: str, seconds: float, expressions: dict[str, str], silent: bool) -> Ran:
        client = self._client
        try:
            message = client.execute(
                code,
                silent=silent,
                store_history=not silent,
                user_expressions=expressions,
                allow_stdin=False,
                stop_on_error=False,
            )
        except Exception:  # zmq refuses to send to a peer that is gone
            return Ran("died", alive=False)
        outputs = Outputs(self._limits, silent)
        watch = Watch(self.process, self.folder, self._limits)
        ending, alive = self._wait(message, time.monotonic() + seconds, outputs, watch)
        return Ran(ending, alive, outputs.kept, outputs.expressions, watch.waited)

    def close(self) -> None:
        """End the kernel and remove what it left in its folder. Safe to call twice."""
        self._client.stop_channels()
        self._client.context.destroy(linger=0)
        self._process.end()

    def _meet(self) -> None:
        """Say hello until an output of the kernel's reaches us: those sent before our subscription does are lost."""
        deadline = time.monotonic() + MEET_SECONDS
        while not self._client.iopub_channel.socket.poll(HELLO_MILLISECONDS):
            if time.monotonic() > deadline or not self._process.is_alive():
                raise KernelFailed("A kernel started, and does not answer.")
            self._client.kernel_info()

    def _interrupt(self) -> None:
        """By message: a signal's sender would have to be inside."""
        self._client.control_channel.send(self._client.session.msg("interrupt_request", {}))

    def _wait(self, message: str, deadline: float, outputs: Outputs, watch: Watch) -> tuple[str, bool]:
        """Read what the kernel sends until the run is over; return how it ended and whether the kernel can go on."""
        shell, iopub = self._client.shell_channel.socket, self._client.iopub_channel.socket
        poller = zmq.Poller()
        poller.register(shell, zmq.POLLIN)
        poller.register(iopub, zmq.POLLIN)
        for cut in self._cuts:
            poller.register(cut, zmq.POLLIN)
        stopped = ""  # why we interrupted it, if we did
        # A message may come in any number of parts, which zmq collects before it hands over the first.
        before = own_memory()
        ending = ""  # how the reply says that it ended, once the reply is here
        while True:
            now = time.monotonic()
            if own_memory() - before > MOST_MESSAGES * self._limits.message_bytes:
                return "flooded", False
            if watch.is_due(now):
                beyond = watch.look()
                if beyond:
                    return beyond, False
            left = deadline - now
            if left <= 0 and ending:  # the rest of its outputs is late: go on without, unless it would flood the next run
                return stopped or ending, not outputs.flooded
            if left <= 0 and stopped:
                return stopped, False
            if not stopped and not ending and (left <= 0 or outputs.flooded):
                stopped = "flooded" if outputs.flooded else "timed out"
                watch.look()
                deadline = time.monotonic() + GRACE_SECONDS
                self._interrupt()
                continue
            ready = dict(poller.poll(timeout=int(max(1, min(100, left * 1000)))))
            if iopub in ready:
                outputs.take(*self._receive(iopub), message)
            for cut in set(self._cuts) & set(ready):
                cut.recv_multipart()
                if self._has_ended():
                    return "died", False
                if cut is self._cuts[0]:  # the reply is lost
                    return stopped or "flooded", False
                outputs.flooded = True
            if shell in ready:
                reply, _ = self._receive(shell)
                if reply and reply["parent_header"].get("msg_id") == message:
                    content = reply["content"]
                    expressions = content.get("user_expressions")
                    outputs.expressions = expressions if isinstance(expressions, dict) else {}
                    ending = "ok" if content.get("status") == "ok" else "error"
                    deadline = min(deadline, time.monotonic() + GRACE_SECONDS)
            if ending and (outputs.idle or (outputs.silent and not outputs.flooded)):
                return stopped or ending, True
            if not ready and not self._process.is_alive():
                return "died", False

    def _has_ended(self) -> bool:
        """Whether the kernel's process has ended or is about to: its connections close a moment before it does."""
        until = time.monotonic() + GRACE_SECONDS / 4
        while self._process.is_alive():
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True

    def _receive(self, socket: Any) -> tuple[dict[str, Any], int]:
        """One message and its size in bytes; an empty one in place of what is none. Students' code can send any bytes."""
        size = 0
        try:
            frames = socket.recv_multipart(zmq.NOBLOCK)
            size = sum(map(len, frames))
            if any(too_many_marks(frame, MESSAGE_MARKS) for frame in frames):
                return {}, size
            session = self._client.session
            message = session.deserialize(session.feed_identities(frames)[1])
        except Exception:  # forged, malformed, nested without end: not a message
            return {}, size
        whole = isinstance(message.get("parent_header"), dict) and isinstance(message.get("content"), dict)
        return (message if whole else {}), size
