"""What a slip gets in a student's notebook: a real kernel runs the setup, the cells and `check`.

A kernel is stock ipykernel, forked from a process that has imported what is slow and nothing of the kit.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jupyter_client import BlockingKernelClient
from jupyter_client.connect import write_connection_file

# With what the kit itself imports beside its own modules, a kernel starts three times as fast.
SLOW_IMPORTS = ["ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib.pyplot", "numpy.random", "pandas", "pytest"]
SECONDS = 60


@dataclass(frozen=True)
class Shown:
    """What a cell shows: text that was printed or displayed, in order, and the last line of an error."""

    printed: str = ""
    displayed: str = ""
    error: str = ""


class LiveSession:
    """A notebook's kernel, as fresh as after a restart."""

    def __init__(self, client: BlockingKernelClient) -> None:
        self._client = client

    def run(self, code: str) -> Shown:
        """Run a cell."""
        printed, displayed, errors = [], [], []

        def keep(message: dict[str, Any]) -> None:
            content = message["content"]
            match message["msg_type"]:
                case "stream":
                    printed.append(content["text"])
                case "display_data" | "execute_result":
                    displayed.append(content["data"].get("text/plain", ""))
                case "error":
                    errors.append(f"{content['ename']}: {content['evalue']}")

        self._client.execute_interactive(code, output_hook=keep, timeout=SECONDS, allow_stdin=False)
        return Shown("".join(printed), "".join(displayed), "".join(errors))


class LiveNotebooks:
    """Gives fresh kernels, quickly; a context manager, which ends them."""

    def __init__(self) -> None:
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload(SLOW_IMPORTS)

    @contextlib.contextmanager
    def session(self) -> Iterator[LiveSession]:
        """A notebook's kernel in an empty folder."""
        with tempfile.TemporaryDirectory(prefix="feedback-") as folder:
            file, _ = write_connection_file(
                str(Path(folder, "kernel.json")), transport="ipc", ip=str(Path(folder, "k"))
            )
            process = self._context.Process(target=_serve, args=(file, folder), daemon=True)
            process.start()
            client = BlockingKernelClient(connection_file=file)
            client.load_connection_file()
            client.start_channels(hb=False)  # a busy machine's kernel may answer heartbeats too late
            try:
                client.wait_for_ready(timeout=SECONDS)
                yield LiveSession(client)
            finally:
                client.stop_channels()
                process.terminate()
                process.join(5)


def _serve(file: str, folder: str) -> None:
    """Be a student's kernel."""
    from ipykernel.kernelapp import launch_new_instance

    os.chdir(folder)
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (1, 2):
        os.dup2(nothing, stream)
    for name in [name for name in os.environ if name.startswith(("PYTEST_", "NBGRADER_"))]:
        del os.environ[name]
    os.environ["IPYTHONDIR"] = folder
    launch_new_instance(argv=["-f", file, "--HistoryManager.hist_file=:memory:"])
