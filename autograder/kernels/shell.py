"""The IPython kernel that a student's code runs in: stock but for what exit() does."""

from __future__ import annotations

from ipykernel.ipkernel import IPythonKernel
from ipykernel.kernelapp import IPKernelApp
from ipykernel.zmqshell import ZMQInteractiveShell
from traitlets import Type
from traitlets.config import Config


class Shell(ZMQInteractiveShell):
    """A shell in which exit() ends the cell: IPython's own would end the kernel a moment later, under another cell."""

    def ask_exit(self) -> None:
        raise SystemExit


class GradedKernel(IPythonKernel):
    """A kernel with that shell."""

    shell_class = Type(Shell)


def start(connection_file: str) -> IPKernelApp:
    """A kernel whose sockets are bound, and which takes requests once its ``start`` is called."""
    config = Config()
    # A pause before each reply, for clients that do not wait for the outputs' own end: those that grade do.
    config.GradedKernel._execute_sleep = 0.0
    config.HistoryManager.hist_file = ":memory:"
    app: IPKernelApp = IPKernelApp.instance(kernel_class=GradedKernel, config=config)
    app.initialize(["-f", connection_file])
    return app
