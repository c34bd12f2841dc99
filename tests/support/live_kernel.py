"""A student's own kernel, which no part of the kit starts, and the panels that it shows."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from jupyter_client import BlockingKernelClient, KernelManager

from tests.support.real_lesson import FIRST

SETUP = "import numpy as np\nfrom autograder import check, ready, same_version\n"


class LiveKernel:
    """A student's own kernel: no part of the kit starts it."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.manager = KernelManager(kernel_name="python3")
        self.manager.start_kernel(cwd=str(folder), env={**_plain_environment(), **environment})
        self.client: BlockingKernelClient = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        assert self.run(SETUP) == []

    def run(self, code: str, cell: str = "") -> list[dict[str, Any]]:
        """Run a cell and return its outputs, each with its "type"; `cell` is its id, which JupyterLab sends along."""
        self.client.session.metadata = {"cellId": cell} if cell else {}
        outputs: list[dict[str, Any]] = []

        def keep(message: dict[str, Any]) -> None:
            content = message["content"]
            if outputs and message["msg_type"] == "stream" and outputs[-1].get("name") == content["name"]:
                outputs[-1]["text"] += content["text"]  # a busy machine sends one print in two messages
            elif message["msg_type"] in ("stream", "display_data", "execute_result", "error"):
                outputs.append({"type": message["msg_type"], **content})

        self.client.execute_interactive(code, output_hook=keep, timeout=60, allow_stdin=False)
        return outputs

    def panel(self, code: str, exercise: str = FIRST) -> tuple[str, str]:
        """What `check` shows after a cell, as text and as HTML: one display, and nothing else."""
        (output,) = self.run(f"{code}\ncheck({exercise!r})")
        assert output["type"] == "display_data", output
        assert set(output["data"]) == {"text/plain", "text/html"}
        return output["data"]["text/plain"], output["data"]["text/html"]

    def close(self) -> None:
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=True)


def _plain_environment() -> dict[str, str]:
    return {name: value for name, value in os.environ.items() if not name.startswith(("PYTEST_", "NBGRADER_"))}
