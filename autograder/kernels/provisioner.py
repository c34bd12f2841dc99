"""Gives nbgrader, nbclient and JupyterLab warm, sandboxed kernels when they ask for our kernelspec.

The kernelspec names `WarmProvisioner` as its provisioner; the rest is Jupyter's own. It is not installed:
`offer_kernelspec` puts it on the path of this process only, so that it does not appear in a student's launcher.
"""

from __future__ import annotations

import contextlib
import logging
import os
import threading
import time
from functools import cache, partial
from pathlib import Path
from typing import Any

from jupyter_client.asynchronous import AsyncKernelClient
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning import KernelProvisionerBase
from traitlets import Bool, Dict, List

from autograder.kernels.client import ReadyClient
from autograder.kernels.order import HEAVY
from autograder.kernels.processes import KernelProcess
from autograder.kernels.warm import take_kernel, tier_to_use
from autograder.kernels.watching import NotWatched
from autograder.kernels.zygote import MOST_FILES
from autograder.limits import Limits
from autograder.sandbox.effort import Effort
from autograder.sandbox.watch import LOOK_SECONDS
from autograder.verdicts.endings import Ending

KERNELSPEC = "autograder"
JUPYTER_FOLDER = Path(__file__).parent / "jupyter"


def offer_kernelspec() -> None:
    """Let this process, and those that it starts, find our kernelspec."""
    known = os.environ.get("JUPYTER_PATH", "").split(os.pathsep)
    if str(JUPYTER_FOLDER) not in known:
        os.environ["JUPYTER_PATH"] = os.pathsep.join([str(JUPYTER_FOLDER), *filter(None, known)])


class WarmProvisioner(KernelProvisionerBase):  # type: ignore[misc]
    """Gives a Jupyter kernel manager a kernel forked from the zygote, and ends it if it exceeds a limit."""

    limits = Dict(
        help="Limits by name, as under [tool.autograder.limits]: memory_bytes, disk_bytes, tasks, processor_seconds "
        "(of the whole notebook), file_bytes. The client limits times and output."
    ).tag(config=True)
    imports = List(
        list(HEAVY), help="What is imported before a kernel is forked; [] if no notebook uses TensorFlow."
    ).tag(config=True)
    unsafe_no_sandbox = Bool(False, help="Run although nothing confines the notebook's code.").tag(config=True)

    _kernel: KernelProcess | None = None

    @property
    def has_process(self) -> bool:
        """Whether there is a kernel, alive or not."""
        return self._kernel is not None

    async def pre_launch(self, **kwargs: Any) -> dict[str, Any]:
        """Prepare nothing: the command that the kernelspec names is never run."""
        if isinstance(self.parent, AsyncKernelManager) and self.parent.client_factory is AsyncKernelClient:
            self.parent.client_factory = ReadyClient
        kwargs.pop("extra_arguments", None)
        kwargs.pop("transport_encryption", None)
        return {**await super().pre_launch(**kwargs), "cmd": []}

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Take a kernel, and copy the plain files in the working directory into its own."""
        limits = Limits.from_table(self.limits, "c.WarmProvisioner.limits")
        tier = tier_to_use(none_allowed=self.unsafe_no_sandbox, warn=partial(_warn_once, self.log))
        files = plain_files(Path(kwargs.get("cwd") or "."), limits)
        self._kernel = take_kernel(files, limits, tier, tuple(self.imports))
        effort = Effort(self._kernel.process, limits.processor_seconds)
        threading.Thread(target=self._keep_watch, args=(self._kernel, effort), daemon=True).start()
        # The manager compares the key as bytes.
        self.connection_info = {**self._kernel.connection, "key": self._kernel.connection["key"].encode()}
        return self.connection_info

    async def poll(self) -> int | None:
        """None while the kernel is alive, otherwise 1."""
        return None if self._kernel is not None and self._kernel.is_alive() else 1

    async def wait(self) -> int | None:
        """End the kernel: whoever waits wants it to end."""
        self._end()
        return 0

    async def send_signal(self, signum: int) -> None:
        """End the kernel: interrupts are messages, so this is some other signal."""
        self._end()

    async def kill(self, restart: bool = False) -> None:
        """End the kernel."""
        self._end()

    async def terminate(self, restart: bool = False) -> None:
        """End the kernel."""
        self._end()

    async def shutdown_requested(self, restart: bool = False) -> None:
        """End the kernel at once: a student has nothing to save in it."""
        if self._kernel is not None:
            self._kernel.end()

    async def cleanup(self, restart: bool = False) -> None:
        """End the kernel, and leave nothing behind."""
        self._end()

    def _end(self) -> None:
        if self._kernel is not None:
            self._kernel.end()
            self._kernel = None

    def _keep_watch(self, kernel: KernelProcess, effort: Effort) -> None:
        """Say which limit the kernel was ended for, and end it if its processor time is used up."""
        while kernel.is_alive():
            if effort.look():
                self.log.warning("A kernel was ended: %s.", Ending.OUT_OF_PROCESSOR_TIME)
                kernel.end()
                return
            time.sleep(LOOK_SECONDS)
        with contextlib.suppress(NotWatched, OSError):
            beyond = kernel.watched.beyond()
            if beyond:
                self.log.warning("A kernel was ended: %s.", beyond)


@cache
def _warn_once(log: logging.Logger, sentence: str) -> None:
    """Warn once in this process, not for each notebook."""
    log.warning(sentence)


def plain_files(folder: Path, limits: Limits) -> list[tuple[str, Path]]:
    """The plain data files below a folder with their names there: no links, notebooks, databases or hidden files.

    A folder that holds more than a kernel accepts does not belong to an assignment, and none of its files are given.
    """
    files: list[tuple[str, Path]] = []
    size = 0
    for above, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and name != "__pycache__")
        for name in sorted(names):
            path = Path(above, name)
            if name.startswith(".") or path.suffix in (".ipynb", ".db") or path.is_symlink() or not path.is_file():
                continue
            size += path.stat().st_size
            if len(files) >= MOST_FILES or size > limits.file_bytes:
                return []
            files.append((str(path.relative_to(folder)), path))
    return files
