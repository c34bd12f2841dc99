"""The IPython kernel that runs a student's code: stock, except that exit() ends the cell, that ``!`` needs no terminal,
and that it answers calls."""

from __future__ import annotations

import contextlib
import gc
import socket
import subprocess
import sys
import tracemalloc
from typing import cast

import zmq
from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from tornado.ioloop import IOLoop
from traitlets import Type
from traitlets.config import Config

from autograder.kernels.line import receive_request, send_answer
from autograder.wire.answering import answer_call


class Shell(ZMQInteractiveShell):
    """A shell in which exit() ends the cell: IPython's own ends the kernel a moment later, during another cell."""

    def ask_exit(self) -> None:
        raise SystemExit

    def system_piped(self, cmd: str) -> None:
        """Run a command of the system's shell and print its output.

        IPython's own opens a terminal for it, and a container's walls cannot give a kernel one that is its alone.
        """
        command = self.var_expand(cmd, depth=1)
        with subprocess.Popen(
            command,
            shell=True,
            text=True,
            errors="replace",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        ) as running:
            for line in running.stdout or ():
                print(line, end="")
        self.user_ns["_exit_code"] = running.returncode

    system = system_piped


class GradedKernel(IPythonKernel):
    """A kernel with that shell, which answers calls between cells, in the main thread's loop like cells."""

    shell_class = Type(Shell)

    def answer_calls(self, line: socket.socket) -> None:
        """Answer all requests that come over `line` from now on."""
        IOLoop.current().add_handler(line, self._answer, IOLoop.READ)

    def _answer(self, line: socket.socket, events: int) -> None:
        received = receive_request(line)
        if received is None:
            IOLoop.current().remove_handler(line)
            return
        nonce, request = received
        text = ""
        try:
            self.pre_handler_hook()  # type: ignore[no-untyped-call]  # from here to the other hook an interrupt arrives
            text = answer_call(cast("Shell", self.shell).user_ns, request).to_text()
            _close_figures()
        except BaseException:  # interrupted between the two hooks: then there is no answer
            self.log.debug("A call was not answered.", exc_info=True)
        finally:
            self.post_handler_hook()  # type: ignore[no-untyped-call]
        _trace_less()
        send_answer(line, nonce, text)


def _trace_less(*_: object) -> None:
    """Keep a student's tracing of memory at one frame, and the collector's messages off: all that runs afterwards would
    take a hundred times as long."""
    if tracemalloc.is_tracing() and tracemalloc.get_traceback_limit() > 1:
        tracemalloc.stop()
        tracemalloc.start()
    gc.set_debug(0)


def _close_figures() -> None:
    """Close figures as at the end of a cell: otherwise they pile up over many calls, until Matplotlib warns."""
    if "matplotlib.pyplot" in sys.modules:
        with contextlib.suppress(Exception):
            sys.modules["matplotlib.pyplot"].close("all")


class GradedKernelApp(IPKernelApp):
    """The program around that kernel: it drops no message that its reader has not taken yet."""

    def init_iopub(self, context: zmq.Context[zmq.Socket[bytes]]) -> None:
        context.setsockopt(zmq.SNDHWM, 0)
        super().init_iopub(context)  # type: ignore[no-untyped-call]


def start(connection_file: str, line: socket.socket) -> IPKernelApp:
    """A kernel whose sockets are bound; it takes requests and calls once its ``start`` is called."""
    config = Config()
    # The pause before each reply is for clients that do not wait until the outputs are complete; ours does.
    config.GradedKernel._execute_sleep = 0.0
    config.HistoryManager.hist_file = ":memory:"
    app: IPKernelApp = GradedKernelApp.instance(kernel_class=GradedKernel, config=config)
    app.initialize(["-f", connection_file])
    app.kernel.shell.events.register("post_run_cell", _trace_less)
    # Elsewhere pyplot does this when it is imported; here that was before there was a shell.
    app.kernel.shell.enable_matplotlib("inline")
    app.kernel.answer_calls(line)
    return app
