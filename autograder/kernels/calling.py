"""Calling a function that lives in a kernel: the arguments go there as data, and data comes back."""

from __future__ import annotations

import json

from autograder.kernels.kernel import Kernel, Ran
from autograder.wire.calls import Answer
from autograder.wire.stand_ins import NONE, StandIns


def call_in_kernel(
    kernel: Kernel, name: str, document: str, seconds: float, *, stand_ins: StandIns = NONE, alone: bool = False
) -> tuple[Answer | None, Ran]:
    """Call the function `name` in a kernel for at most `seconds`, over `stand_ins`; `alone` as in `Kernel.run`.

    Returns
    -------
    The answer, or None where none came, and how the kernel fared.
    """
    reply, ran = kernel.ask(f"{name}\n{json.dumps(dict(stand_ins))}\n{document}", seconds, alone=alone)
    return (None if reply is None else Answer.from_text(reply)), ran
