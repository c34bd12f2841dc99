"""The process that kernels are forked from: it has imported what notebooks use, and does nothing else with it.

A fork then has NumPy, IPython and, if asked for, TensorFlow in memory from its first moment. One TensorFlow operation
here, even a model that is only built, would hang every child: hence imports alone.

`walls.zygote_command` starts it. Each order comes with the descriptors of a socket for news of the kernel, of the
kernel's line for calls, and of its files.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
import tempfile
import warnings
from pathlib import Path
from typing import Never

from autograder.kernels.order import HEAVY, Order
from autograder.sandbox import confine, landlock, syscalls
from autograder.sandbox.confine import HOME, INSIDE
from autograder.sandbox.tiers import CONTAINER, NAMESPACES
from autograder.sandbox.usage import signal_descendants, tree
from autograder.wire.answering import IGNORED_BY_KERNELS

LIGHT = (
    *("numpy", "pandas", "matplotlib.pyplot", "matplotlib_inline.backend_inline", "IPython.display"),
    *("autograder.student.check", "autograder.drawing", "autograder.kernels.shell"),
)
# What a zygote and a kernel report.
READY, BEGUN, UP, FAILED = b"ready as user ", b"begun", b"up", b"failed: "
MESSAGE_BYTES = 200_000
MOST_FILES = 200
# How many processes, for each that may run at once, may outlive their parents: in a chain of those each ends before
# anybody can look at it.
ORPHANS_FOR_A_TASK = 4


def main(orders: str, tier: str) -> None:
    """Import, report that all is ready, then fork a kernel for each order that comes through `orders`, a descriptor."""
    control = socket.socket(fileno=int(orders))
    confine.settle_zygote(tier)
    warnings.filterwarnings("ignore", message=IGNORED_BY_KERNELS)
    _import(LIGHT)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # so that children leave no zombies
    control.send(READY + str(os.getuid()).encode())
    with open(os.devnull, "wb") as nowhere:  # through a pipe that all kernels have, one would hear from another
        os.dup2(nowhere.fileno(), sys.stderr.fileno())
    zygote = os.getpid()
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)  # what a kernel that was killed leaves ends with the zygote
    while True:
        data, descriptors, _, _ = socket.recv_fds(control, MESSAGE_BYTES, MOST_FILES + 2)
        if not data:
            _end_kernels()
        order = Order.from_json(data.decode())
        _import(order.imports)
        gc.collect()
        gc.freeze()  # the children's collector does not touch, and so does not copy, what is here now
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            control.close()
            news, line = (socket.socket(fileno=descriptor) for descriptor in descriptors[:2])
            line.set_inheritable(False)  # nothing that a student's code starts keeps it open
            _keep_kernel(order, tier, zygote, news, line, descriptors[2:])
        for descriptor in descriptors:
            os.close(descriptor)


def _import(names: tuple[str, ...]) -> None:
    for name in names:
        if name in LIGHT or name in HEAVY:
            with contextlib.suppress(ImportError):  # then the student's own import says so
                importlib.import_module(name)


def _keep_kernel(
    order: Order, tier: str, zygote: int, news: socket.socket, line: socket.socket, files: list[int]
) -> Never:
    """Confine this process, fork the kernel from it, and end when that ends: it is the kernel's first process."""
    try:
        if tier == NAMESPACES:
            confine.enter_namespaces()
            if os.fork():
                os._exit(0)
        else:
            _mind_children(tier, zygote)
        os.setsid()
        syscalls.prctl(syscalls.PR_SET_DUMPABLE, 0)
        news.send(BEGUN)
        work, home, scratch = INSIDE, HOME, "/tmp"
        if tier == NAMESPACES:
            confine.make_rooms(order.folder, order.limits)
        else:
            work, home, scratch = f"{order.folder}/work", order.folder, f"{order.folder}/tmp"
            os.mkdir(work)
            os.mkdir(scratch)
        confine.copy_files(order.files, files, work)
        bound, to_us = os.pipe()
        go_on, to_kernel = os.pipe()
        first = os.getpid()
        kernel = os.fork()
        if kernel == 0:
            syscalls.end_with(first, signal.SIGKILL)
            os.close(bound)
            os.close(to_kernel)
            os.environ |= {"HOME": home, "IPYTHONDIR": f"{home}/ipython", "MPLCONFIGDIR": f"{home}/matplotlib"}
            os.environ["TMPDIR"] = scratch
            tempfile.tempdir = None  # as remembered, it is the zygote's
            os.chdir(work)
            _be_kernel(order, tier, news, line, to_us, go_on)
        news.close()
        line.close()
        os.close(to_us)
        os.close(go_on)
        os.read(bound, 1)
        if tier == NAMESPACES:
            confine.close_sockets_folder()
            syscalls.drop_capabilities()
        os.write(to_kernel, b"1")
        os.close(bound)
        os.close(to_kernel)
        for _ in range(ORPHANS_FOR_A_TASK * order.limits.tasks):
            ended, _ = os.wait()
            if ended == kernel:
                break
        _end_all(tier)
    except BaseException as error:
        _report_failure(news, error)


def _end_kernels() -> Never:
    """Have each kernel's first process end the others, if no namespace does, and wait until all have ended."""
    signal_descendants(os.getpid(), signal.SIGTERM)
    with contextlib.suppress(ChildProcessError):
        os.wait()  # returns when there is no child any more, since SIGCHLD is ignored
    os._exit(0)


def _mind_children(tier: str, zygote: int) -> None:
    """If no namespace ends all that the kernel started: adopt what its children leave, and end it with the zygote."""
    syscalls.prctl(syscalls.PR_SET_CHILD_SUBREAPER, 1)
    if _confines_signals(tier):
        syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1)
        landlock.keep_signals_inside()
    signal.signal(signal.SIGTERM, lambda *_: _end_all(tier))
    syscalls.end_with(zygote, signal.SIGTERM)


def _confines_signals(tier: str) -> bool:
    """Whether Landlock keeps this process from signalling any but its descendants."""
    return tier == CONTAINER and landlock.version() >= landlock.SCOPES_SIGNALS


def _end_all(tier: str) -> Never:
    """End all that this process started, directly or not, then itself."""
    while tree(os.getpid())[1:]:
        if _confines_signals(
            tier
        ):  # then -1 reaches our descendants alone, and all at once: a fork bomb cannot outrun it
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(-1, signal.SIGKILL)
        else:
            signal_descendants(os.getpid(), signal.SIGKILL)
        with contextlib.suppress(ChildProcessError):
            while os.waitpid(-1, os.WNOHANG)[0]:
                pass
    os._exit(0)


def _be_kernel(order: Order, tier: str, news: socket.socket, line: socket.socket, bound: int, go_on: int) -> Never:
    try:
        os.setsid()
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        confine.open_streams_again()
        confine.set_limits(order.limits, tier)
        confine.give_up_powers(order.folder, tier)
        import numpy as np

        np.random.seed()  # or every fork would draw the same numbers
        connection = Path(os.environ["HOME"], "connection.json")
        connection.write_text(json.dumps(order.connection), encoding="utf-8")
        if tier == CONTAINER:
            importlib.import_module("autograder.kernels.semaphores").use()
        shell = importlib.import_module("autograder.kernels.shell")
        kernel = shell.start(str(connection), line)
        confine.close_connections(tier)
        os.write(bound, b"1")
        os.read(go_on, 1)
        os.close(bound)
        os.close(go_on)
        news.send(UP)
        news.close()
        kernel.start()
        os._exit(0)
    except BaseException as error:
        _report_failure(news, error)


def _report_failure(news: socket.socket, error: BaseException) -> Never:
    with contextlib.suppress(OSError):
        news.send(FAILED + f"{type(error).__name__}: {error}".encode()[:2000])
    os._exit(1)
