"""The IPython kernel that runs a student's code: stock, except that exit() ends the cell, that ``!`` needs no terminal,
and that it answers calls."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
from typing import cast

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
        send_answer(line, nonce, text)


def _close_figures() -> None:
    """Close figures as at the end of a cell: otherwise they pile up over many calls, until Matplotlib warns."""
    if "matplotlib.pyplot" in sys.modules:
        with contextlib.suppress(Exception):
            sys.modules["matplotlib.pyplot"].close("all")


def start(connection_file: str, line: socket.socket) -> IPKernelApp:
    """A kernel whose sockets are bound; it takes requests and calls once its ``start`` is called."""
    config = Config()
    # The pause before each reply is for clients that do not wait until the outputs are complete; ours does.
    config.GradedKernel._execute_sleep = 0.0
    config.HistoryManager.hist_file = ":memory:"
    app: IPKernelApp = IPKernelApp.instance(kernel_class=GradedKernel, config=config)
    app.initialize(["-f", connection_file])
    app.kernel.answer_calls(line)
    return app
