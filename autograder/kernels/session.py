"""A Jupyter kernel as the grader holds it: runs code within limits, keeps bounded plain outputs, notices when it dies.

Nothing that the kernel sends is believed, and nothing is kept without a bound. The client is ours rather than nbclient's
because the outputs of a hostile notebook must be counted as they come, and because a call's reply and a cell's outputs
are read by the same loop.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import zmq
from jupyter_client import BlockingKernelClient, KernelManager
from jupyter_client.kernelspec import KernelSpec

from autograder.kernels.sandbox import HOME, NAMESPACES, confined
from autograder.kernels.usage import folder_size, tree, usage
from autograder.limits import Limits
from autograder.verdict import GraderFault
from autograder.wire import MAX_MARKS, too_many_marks

STARTUP_SECONDS = 60
# After an interrupt or a reply, how long the kernel may take to stop or to send what is still on its way.
GRACE_SECONDS = 2.0
# How often what the kernel uses is looked at, while it runs something.
LOOK_SECONDS = 0.25
# Brackets and commas in one message: a parser makes some 60 bytes of each, and a document of the wire has fewer.
MESSAGE_MARKS = 2 * MAX_MARKS
PASSED_ON = re.compile(
    r"(OPENBLAS|OMP|MKL)_\w+|TF_(ENABLE_ONEDNN_OPTS|FORCE_GPU_ALLOW_GROWTH|NUM_\w+_THREADS)|CUDA_VISIBLE_DEVICES|XLA_FLAGS"
    r"|KERAS_BACKEND|LANG|LC_\w+|TZ|LD_LIBRARY_PATH"
)
# Messages waiting on our side of a socket: the others wait on the kernel's, in its own memory.
WAITING_MESSAGES = 16


class KernelFailed(GraderFault):
    """A kernel did not start: the machine's fault, not the student's."""


@dataclass
class Ran:
    """What came of running code.

    ``ending`` is "ok", "error", "timed out", "flooded" (too much output), "out of memory", "too many processes",
    "too much written" or "died";
    ``alive`` says whether the kernel can go on: after a timeout it can when an interrupt stopped the code.
    """

    ending: str
    alive: bool
    outputs: list[dict[str, Any]] = field(default_factory=list)
    expressions: dict[str, Any] = field(default_factory=dict)


class Kernel:
    """A running Jupyter kernel in a folder of its own.

    Parameters
    ----------
    files
        Plain data files that the student's code may have: copies of them lie in its working directory.
    limits
        What a cell may print, and what all that runs in the kernel may use; times are given with each run.
    sandbox
        The tier that confines it: `sandbox.NAMESPACES` or `sandbox.NONE`.
    """

    def __init__(self, files: Sequence[Path], limits: Limits, sandbox: str) -> None:
        self._limits = limits
        self._private = Path(tempfile.mkdtemp(prefix="autograder-kernel-"))
        # Sockets in a folder that only we may enter, instead of TCP ports that every user of the machine can reach.
        sockets = self._private / "sockets"
        sockets.mkdir()
        self._manager = KernelManager(
            connection_file=str(sockets / "connection.json"), transport="ipc", ip=str(sockets / "socket")
        )
        try:
            with contextlib.ExitStack() as opened:
                self._start(files, sockets, sandbox, opened)
            context = zmq.Context()
            context.setsockopt(zmq.BLOCKY, 0)  # no socket of a kernel that is gone is ever waited for
            context.setsockopt(zmq.MAXMSGSIZE, limits.message_bytes)
            context.setsockopt(zmq.RCVHWM, WAITING_MESSAGES)
            self._client: BlockingKernelClient = self._manager.client(context=context)
            self._client.start_channels(stdin=False, hb=False)
            self._client.wait_for_ready(timeout=STARTUP_SECONDS)
            # zmq drops the connection over a message that is too large, and says so nowhere else.
            channels = self._client.shell_channel, self._client.iopub_channel
            self._cuts = [c.socket.get_monitor_socket(zmq.EVENT_DISCONNECTED) for c in channels]
        except Exception as error:
            self.close()
            raise KernelFailed(f"A kernel did not start within {STARTUP_SECONDS} s: {error}") from error

    def _start(self, files: Sequence[Path], sockets: Path, sandbox: str, opened: contextlib.ExitStack) -> None:
        # -I: nothing in the student's folder or environment changes what the launcher imports.
        launcher = [sys.executable, "-I", "-m", "autograder.kernels.launch", "-f", "{connection_file}"]
        argv = [*launcher, "--disk", str(self._limits.disk_bytes)]
        if sandbox == NAMESPACES:
            copied = [(opened.enter_context(file.open("rb")).fileno(), file.name) for file in files]
            argv = confined(argv, files=copied, sockets=sockets, disk_bytes=self._limits.disk_bytes)
            work, home = self._private, HOME
        else:
            copied, work, home = [], self._private / "work", str(self._private)
            work.mkdir()
            for file in files:
                shutil.copyfile(file, work / file.name, follow_symlinks=False)
        # Interrupted by message: a signal to bubblewrap would not reach the kernel inside.
        self._manager._kernel_spec = KernelSpec(
            argv=argv, display_name="autograder", language="python", interrupt_mode="message"
        )
        # Its own streams go nowhere: a student's code can reach them, and would write into the grader's log.
        self._manager.start_kernel(
            cwd=str(work),
            env=_environment(home),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            pass_fds=[descriptor for descriptor, _ in copied],
        )

    def run(self, code: str, seconds: float, *, expressions: dict[str, str] | None = None, silent: bool = False) -> Ran:
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
        """
        client = self._client
        try:
            message = client.execute(
                code,
                silent=silent,
                store_history=not silent,
                user_expressions=expressions or {},
                allow_stdin=False,
                stop_on_error=False,
            )
        except Exception:  # zmq refuses to send to a peer that is gone
            return Ran("died", alive=False)
        outputs = _Outputs(self._limits, silent)
        ending, alive = self._wait(message, time.monotonic() + seconds, outputs)
        return Ran(ending, alive, outputs.kept, outputs.expressions)

    def close(self) -> None:
        """End the kernel and remove what it left in its private folder. Safe to call twice."""
        client: BlockingKernelClient | None = self.__dict__.pop("_client", None)
        if client is not None:
            client.stop_channels()
            client.context.destroy(linger=0)
        process = getattr(self._manager.provisioner, "pid", None)
        if process:
            # All that it started, by name: the first process of a sandbox is not ours to trust with ending the others.
            for started in tree(process):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.kill(started, signal.SIGKILL)
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self._manager.provisioner.pgid, signal.SIGKILL)
        if self._manager.has_kernel:
            self._manager.shutdown_kernel(now=True)
        # What waits to be sent to a kernel that is gone must not be waited for.
        self._manager.context.destroy(linger=0)
        # By a process of its own: Python's own way of removing gives up on a tree that is nested deep enough.
        remove = ["rm", "-rf", "--one-file-system", "--", str(self._private)]
        subprocess.run(remove, check=False, stderr=subprocess.DEVNULL, env={"PATH": os.defpath})

    def _wait(self, message: str, deadline: float, outputs: _Outputs) -> tuple[str, bool]:
        """Read what the kernel sends until the run is over; return how it ended and whether the kernel can go on."""
        shell, iopub = self._client.shell_channel.socket, self._client.iopub_channel.socket
        poller = zmq.Poller()
        poller.register(shell, zmq.POLLIN)
        poller.register(iopub, zmq.POLLIN)
        for cut in self._cuts:
            poller.register(cut, zmq.POLLIN)
        stopped = ""  # why we interrupted it, if we did
        ending = ""  # how the reply says that it ended, once the reply is here
        looked = time.monotonic()
        while True:
            now = time.monotonic()
            if now - looked > LOOK_SECONDS:
                looked = now
                used = usage(self._manager.provisioner.pid)
                if used.memory > self._limits.memory_bytes:
                    return "out of memory", False
                if used.tasks > self._limits.tasks:
                    return "too many processes", False
                if folder_size(self._private) > self._limits.disk_bytes:
                    return "too much written", False
            left = deadline - now
            if left <= 0 and ending:  # the rest of its outputs is late: go on without
                return stopped or ending, True
            if left <= 0 and stopped:
                return stopped, False
            if not stopped and not ending and (left <= 0 or outputs.flooded):
                stopped = "flooded" if outputs.flooded else "timed out"
                deadline = time.monotonic() + GRACE_SECONDS
                self._manager.interrupt_kernel()
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
            if ending and (outputs.idle or outputs.silent):
                return stopped or ending, True
            if not ready and not self._manager.is_alive():
                return "died", False

    def _has_ended(self) -> bool:
        """Whether the kernel's process has ended or is about to: its connections close a moment before it does."""
        until = time.monotonic() + GRACE_SECONDS / 4
        while self._manager.is_alive():
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


class _Outputs:
    """The outputs of one run: bounded and plain as they come."""

    def __init__(self, limits: Limits, silent: bool) -> None:
        self.kept: list[dict[str, Any]] = []
        self.expressions: dict[str, Any] = {}
        self.silent = silent
        self.idle = False
        self.flooded = False
        self._limits = limits
        self._seen = 0

    def take(self, message: dict[str, Any], size: int, parent: str) -> None:
        """Take in one message of `size` bytes; those that are not of the run of `parent` count, and are dropped."""
        self._seen += size
        self.flooded = self.flooded or self._seen > self._limits.output_bytes
        if not message or message["parent_header"].get("msg_id") != parent:
            return
        content = message["content"]
        kind = message.get("msg_type")
        if kind == "status":
            self.idle = self.idle or content.get("execution_state") == "idle"
        keep = _KEEPERS.get(str(kind))
        if keep is not None and not self.silent and len(self.kept) < 200:
            keep(self.kept, content)


def _keep_stream(kept: list[dict[str, Any]], content: dict[str, Any]) -> None:
    name = "stderr" if content.get("name") == "stderr" else "stdout"
    if kept and kept[-1].get("name") == name:
        kept[-1]["text"] += str(content.get("text", ""))
    else:
        kept.append({"output_type": "stream", "name": name, "text": str(content.get("text", ""))})


def _keep_data(kept: list[dict[str, Any]], content: dict[str, Any]) -> None:
    data = content.get("data")
    if isinstance(data, dict):
        kept.append({"output_type": "display_data", "data": data})


def _keep_error(kept: list[dict[str, Any]], content: dict[str, Any]) -> None:
    lines = content.get("traceback")
    text = "\n".join(map(str, lines)) if isinstance(lines, list) else ""
    kept.append(
        {"output_type": "error", "ename": str(content.get("ename")), "evalue": str(content.get("evalue")), "text": text}
    )


_KEEPERS: dict[str, Callable[[list[dict[str, Any]], dict[str, Any]], None]] = {
    "stream": _keep_stream,
    "display_data": _keep_data,
    "execute_result": _keep_data,
    "error": _keep_error,
}


def _environment(home: str) -> dict[str, str]:
    """The kernel's environment: nothing of the grader's but what numerical libraries need."""
    passed_on = {name: value for name, value in os.environ.items() if PASSED_ON.fullmatch(name)}
    return {
        **passed_on,
        "PATH": os.defpath,
        "HOME": home,
        "IPYTHONDIR": f"{home}/ipython",
        "MPLCONFIGDIR": f"{home}/matplotlib",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Level 3: at 2 TensorFlow still writes to stderr, which stock nbgrader takes for a failure.
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "NBGRADER_EXECUTION": "autograde",
    }
