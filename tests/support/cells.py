"""Cells of a student's notebook, run in a kernel, and the text that they print."""

from __future__ import annotations

import textwrap
from typing import Any

from autograder.kernels.kernel import Kernel, Ran

SECONDS = 20.0


def run(kernel: Kernel, code: str, seconds: float = SECONDS, **options: Any) -> Ran:
    """Run a cell whose code may be indented."""
    return kernel.run(textwrap.dedent(code), seconds, **options)


def text(ran: Ran) -> str:
    """The text that a cell printed."""
    return "".join(output.get("text", "") for output in ran.outputs)
