"""What starts inside the sandbox: sets the limits that hold for the process and its children, then becomes an IPython kernel.

Run as ``python -I -m autograder.kernels.launch -f CONNECTION_FILE --disk BYTES``.
"""

from __future__ import annotations

import ctypes
import os
import platform
import resource
import sys

from traitlets import Type

OPEN_FILES = 512
# The system call keyctl, which the C library has no function for.
KEYCTL = {"x86_64": 250, "aarch64": 219}
JOIN_SESSION_KEYRING = 1


def main() -> None:
    """Set the limits and run the kernel."""
    place = sys.argv.index("--disk")
    disk = int(sys.argv[place + 1])
    del sys.argv[place : place + 2]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    # Bounds each file, memory files too: their pages belong to no process, so that nobody else would count them.
    resource.setrlimit(resource.RLIMIT_FSIZE, (disk, disk))
    resource.setrlimit(resource.RLIMIT_NOFILE, (OPEN_FILES, OPEN_FILES))
    _leave_keyring()
    if os.getppid() == 1:
        # In a pid namespace the parent is process 1, which ipykernel takes for a sign that its owner has ended.
        os.environ.pop("JPY_PARENT_PID", None)
    from ipykernel.ipkernel import IPythonKernel
    from ipykernel.kernelapp import IPKernelApp
    from ipykernel.zmqshell import ZMQInteractiveShell

    class Shell(ZMQInteractiveShell):
        """A shell in which exit() ends the cell: IPython's own would end the kernel a moment later, under another cell."""

        def ask_exit(self) -> None:
            raise SystemExit

    class GradedKernel(IPythonKernel):
        """A kernel with that shell."""

        shell_class = Type(Shell)

    IPKernelApp.launch_instance(kernel_class=GradedKernel)


def _leave_keyring() -> None:
    """Take an empty session keyring: the inherited one would carry words from one submission to the next."""
    number = KEYCTL.get(platform.machine())
    if number is not None:
        ctypes.CDLL(None).syscall(number, JOIN_SESSION_KEYRING, None)


if __name__ == "__main__":
    main()
