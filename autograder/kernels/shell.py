"""The IPython kernel that a student's code runs in: stock but for what exit() does, and that it answers the grader's calls."""

from __future__ import annotations

import contextlib
import socket
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
    """A shell in which exit() ends the cell: IPython's own would end the kernel a moment later, under another cell."""

    def ask_exit(self) -> None:
        raise SystemExit


class GradedKernel(IPythonKernel):
    """A kernel with that shell, which answers calls between cells, where cells run: in the main thread's loop."""

    shell_class = Type(Shell)

    def answer_calls(self, line: socket.socket) -> None:
        """Answer whatever comes over `line` from now on."""
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
        except BaseException:  # interrupted between the two: then there is no answer
            self.log.debug("A call was not answered.", exc_info=True)
        finally:
            self.post_handler_hook()  # type: ignore[no-untyped-call]
        send_answer(line, nonce, text)


def _close_figures() -> None:
    """As at a cell's end: or they pile up over the calls, until Matplotlib warns of them."""
    if "matplotlib.pyplot" in sys.modules:
        with contextlib.suppress(Exception):
            sys.modules["matplotlib.pyplot"].close("all")


def start(connection_file: str, line: socket.socket) -> IPKernelApp:
    """A kernel whose sockets are bound, and which takes requests and calls once its ``start`` is called."""
    config = Config()
    # A pause before each reply, for clients that do not wait for the outputs' own end: those that grade do.
    config.GradedKernel._execute_sleep = 0.0
    config.HistoryManager.hist_file = ":memory:"
    app: IPKernelApp = IPKernelApp.instance(kernel_class=GradedKernel, config=config)
    app.initialize(["-f", connection_file])
    app.kernel.answer_calls(line)
    return app
