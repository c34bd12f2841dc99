"""The grader's side of a Jupyter kernel: runs code within limits, keeps bounded outputs and notices when it dies.

Nothing that the kernel sends is trusted, and nothing is kept without a bound. The client is ours rather than nbclient's
because the outputs of a hostile notebook must be counted as they arrive, and because the same loop reads the answer to
a call, which comes over a line of its own beside Jupyter's sockets.
"""

from __future__ import annotations

import time
import weakref
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zmq
from jupyter_client import BlockingKernelClient

from autograder.kernels.line import AwaitedAnswer, Frames, LineEnded, TooLong
from autograder.kernels.machine_lock import turn
from autograder.kernels.messages import AwaitedReply, Outputs, read_message
from autograder.kernels.processes import KernelFailed
from autograder.kernels.warm import take_kernel
from autograder.kernels.watching import NotWatched
from autograder.limits import Limits
from autograder.sandbox.effort import Effort
from autograder.sandbox.usage import own_memory
from autograder.verdicts.endings import Ending
from autograder.wire.calls import Answer, Request

MEET_SECONDS = 30
# How often we say hello until the kernel's outputs reach us.
HELLO_MILLISECONDS = 20
# After an interrupt or a reply, how long the kernel may take to stop or to send what is still on its way.
GRACE_SECONDS = 2.0
# Messages that may wait on our side of a socket: the others wait in the kernel's own memory.
WAITING_MESSAGES = 16
# By how many of the largest messages this process may grow during a run.
MOST_MESSAGES = 8


@dataclass
class Ran:
    """The result of running code.

    ``alive`` says whether the kernel can go on: after a timeout it can if an interrupt stopped the code. ``waited`` is
    how many seconds it is known to have waited for a processor.
    """

    ending: Ending
    alive: bool
    outputs: list[dict[str, Any]] = field(default_factory=list)
    waited: float = 0.0


class Kernel:
    """A running Jupyter kernel with its own folder; ``process`` is the first of its processes.

    Parameters
    ----------
    files
        Plain data files that the student's code may read: it finds copies in its working directory.
    limits
        How much a cell may print, and everything in the kernel may use; times are given with each run.
    sandbox
        The tier that confines it, one of `tiers.TIERS`.
    imports
        Those of `order.HEAVY` that its code needs.
    """

    def __init__(self, files: Sequence[Path], limits: Limits, sandbox: str, imports: Sequence[str] = ()) -> None:
        self._limits = limits
        for again in (True, False):
            self._process = take_kernel([(file.name, file) for file in files], limits, sandbox, imports)
            self.folder, self.process = self._process.folder, self._process.process
            with ExitStack() as ending:
                ending.callback(self._process.end)
                self._connect(ending)
                try:
                    self._meet()
                except KernelFailed:  # somebody ended or stopped it, or its zygote, a moment ago
                    if again:
                        continue
                    raise
                # Also if nobody closes it: destroying a forgotten context would wait for its open sockets for ever.
                self._ending = weakref.finalize(self, ending.pop_all().close)
                self._ending.atexit = False  # kernels end with this process anyway, but must not end with a fork of it
                return

    def _connect(self, ending: ExitStack) -> None:
        """Open our side of the kernel's sockets."""
        self._frames = Frames(self._process.line, self._limits.message_bytes)
        context = zmq.Context()
        ending.callback(context.destroy, linger=0)
        context.setsockopt(zmq.MAXMSGSIZE, self._limits.message_bytes)
        context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
        context.setsockopt(zmq.SNDTIMEO, 0)  # a socket that lost its peer would wait for another for ever
        self._client: BlockingKernelClient = BlockingKernelClient(context=context)
        self._client.load_connection_info(self._process.connection)
        self._client.start_channels(stdin=False, hb=False, control=False)
        ending.callback(self._client.stop_channels)
        # zmq drops the connection if a message is too large, and reports it only here.
        channels = self._client.shell_channel, self._client.iopub_channel
        self._cuts = [c.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED) for c in channels]

    def run(self, code: str, seconds: float, *, alone: bool = False) -> Ran:
        """Run code for at most `seconds`, then interrupt it; if that does not help, give up on the kernel.

        Parameters
        ----------
        code
            Python source.
        seconds
            Wall-clock seconds.
        alone
            Have the machine's other graders wait meanwhile, so that slow code cannot be due to them.
        """
        with turn(alone=alone):
            try:
                message = self._client.execute(code, allow_stdin=False, stop_on_error=False)
            except Exception:  # zmq refuses to send to a peer that is gone
                return Ran(self._why_it_ended(), alive=False)
            return self._wait(AwaitedReply(self._client.session, self._client.shell_channel.socket, message), seconds)

    def call(self, request: Request, seconds: float, *, alone: bool = False) -> tuple[Answer | None, Ran]:
        """Call a function in the kernel for at most `seconds`; anything that it prints is dropped.

        Parameters
        ----------
        request
            The call.
        seconds, alone
            As in `run`.

        Returns
        -------
        The answer, or None if none came; and how the run ended.
        """
        awaited = AwaitedAnswer(self._frames)
        with turn(alone=alone):
            try:
                awaited.send(request)
            except LineEnded:
                return None, Ran(self._why_it_ended(), alive=False)
            ran = self._wait(awaited, seconds)
        return (Answer.from_text(awaited.text) if ran.ending is Ending.OK else None), ran

    def close(self) -> None:
        """End the kernel and remove its folder. Safe to call twice."""
        self._ending()

    def _meet(self) -> None:
        """Say hello until one of the kernel's outputs reaches us: those sent before we have subscribed are lost."""
        deadline = time.monotonic() + MEET_SECONDS
        while not self._client.iopub_channel.socket.poll(HELLO_MILLISECONDS):
            if time.monotonic() > deadline or not self._process.is_alive():
                raise KernelFailed("A kernel started but does not answer.")
            with suppress(zmq.Again):  # enough of them are on their way
                self._client.kernel_info()

    @contextmanager
    def _interrupted(self) -> Iterator[None]:
        """Interrupt what runs, by a message: a signal would have to be sent from inside the sandbox.

        The socket exists only as long as it is needed, because nobody reads what arrives on it.
        """
        control = self._client.connect_control()
        try:
            with suppress(zmq.ZMQError):  # a kernel that cannot be reached is given up on a moment later
                self._client.session.send(control, self._client.session.msg("interrupt_request", {}))
            yield
        finally:
            control.close(linger=0)

    def _wait(self, awaited: AwaitedReply | AwaitedAnswer, seconds: float) -> Ran:
        """Read what the kernel sends until the awaited reply or answer is complete."""
        outputs = Outputs(self._limits, awaited.message)
        effort = Effort(self.process, self._limits.processor_seconds)
        with ExitStack() as stopping:
            ending, alive = self._read_until(awaited, time.monotonic() + seconds, outputs, effort, stopping)
        return Ran(ending, alive, outputs.messages, effort.waited)

    def _read_until(
        self,
        awaited: AwaitedReply | AwaitedAnswer,
        deadline: float,
        outputs: Outputs,
        effort: Effort,
        stopping: ExitStack,
    ) -> tuple[Ending, bool]:
        """Read until what is awaited is complete; return how it ended and whether the kernel can go on."""
        iopub = self._client.iopub_channel.socket
        watched = self._process.watched
        poller = zmq.Poller()
        for socket in (iopub, watched.socket.fileno(), *self._cuts):
            poller.register(socket, zmq.POLLIN)
        stopped: Ending | None = None  # why we interrupted it, if we did
        latest = deadline + GRACE_SECONDS
        # A message may have any number of parts, which zmq collects before it delivers the first.
        before = own_memory()
        while True:
            now = time.monotonic()
            if own_memory() - before > MOST_MESSAGES * self._limits.message_bytes:
                return Ending.FLOODED, False
            if effort.is_due(now) and effort.look():
                return Ending.OUT_OF_PROCESSOR_TIME, False
            left = deadline - now
            if left <= 0 and awaited.ending:  # its last outputs are late: go on without them, unless it flooded
                return stopped or _how_it_ended(awaited, outputs), not outputs.flooded
            if left <= 0 and stopped:
                return stopped, False
            if not stopped and not awaited.ending and (left <= 0 or outputs.flooded):
                stopped = Ending.FLOODED if outputs.flooded else Ending.TIMED_OUT
                effort.look()
                deadline = time.monotonic() + GRACE_SECONDS
                stopping.enter_context(self._interrupted())
                continue
            poller.register(awaited.socket, awaited.events)
            ready = dict(poller.poll(timeout=int(max(1, min(100, left * 1000)))))
            if watched.socket.fileno() in ready:
                return self._why_it_ended(), False
            if iopub in ready:
                outputs.take(*read_message(self._client.session, iopub))
                if awaited.ending:  # more is on its way, and must not be taken for another cell's
                    deadline = max(deadline, min(latest, now + GRACE_SECONDS))
            for cut in set(self._cuts) & set(ready):
                cut.recv_multipart()
                if self._has_ended():
                    return self._why_it_ended(), False
                if cut is self._cuts[0]:  # the reply is lost
                    return stopped or Ending.FLOODED, False
                outputs.flooded = True
            if awaited.socket in ready:
                try:
                    awaited.read()
                except LineEnded:
                    return self._why_it_ended(), False
                except TooLong:
                    return stopped or Ending.FLOODED, False
                if awaited.ending:
                    deadline = min(deadline, time.monotonic() + GRACE_SECONDS)
            if awaited.ending and (outputs.idle or not (awaited.has_outputs or outputs.flooded)):
                return stopped or _how_it_ended(awaited, outputs), True
            if not ready and not self._process.is_alive():
                return self._why_it_ended(), False

    def _why_it_ended(self) -> Ending:
        """Which limit it was ended for, or that it ended itself; NotWatched if nobody watches it although it lives."""
        try:
            return self._process.watched.beyond() or Ending.DIED
        except NotWatched:
            if self._has_ended():
                return Ending.DIED
            raise

    def _has_ended(self) -> bool:
        """Whether the kernel's process has ended or is about to: its connections close a moment earlier."""
        until = time.monotonic() + GRACE_SECONDS / 4
        while self._process.is_alive():
            if time.monotonic() > until:
                return False
            time.sleep(0.01)
        return True


def _how_it_ended(awaited: AwaitedReply | AwaitedAnswer, outputs: Outputs) -> Ending:
    """How a run ended that was not stopped; a cell that printed too much did, however quick it was."""
    return Ending.FLOODED if awaited.has_outputs and outputs.flooded else awaited.ending or Ending.OK
