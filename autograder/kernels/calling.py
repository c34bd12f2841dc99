"""Calling a function that lives in a kernel: the request, and the envelope that comes back."""

from __future__ import annotations

import json
import secrets
from typing import Any

from autograder.calls import Answer
from autograder.kernels.session import Kernel, Ran
from autograder.student.answers import ANSWER_TYPE


def call_in_kernel(
    kernel: Kernel, name: str, document: str, seconds: float, *, alone: bool = False
) -> tuple[Answer | None, Ran]:
    """Call the function `name` in a kernel, with a nonce of the call's own, for at most `seconds`; `alone` as in `Kernel.run`.

    Returns
    -------
    The answer, or None where none came, and how the kernel fared.
    """
    nonce = secrets.token_hex(16)
    module = "__import__('autograder.student.answers', fromlist=['answer'])"
    expression = f"{module}.answer({nonce!r}, {name!r}, {document!r})"
    ran = kernel.run("", seconds, expressions={"answer": expression}, silent=True, alone=alone)
    if ran.ending not in ("ok", "error"):
        return None, ran
    return _open_envelope(ran.expressions.get("answer"), nonce), ran


def _open_envelope(reply: Any, nonce: str) -> Answer:
    try:
        envelope = json.loads(reply["data"][ANSWER_TYPE])
        if envelope["nonce"] != nonce:
            return Answer("malformed", text="an answer to another call")
        return Answer.from_text(envelope["answer"])
    except (TypeError, KeyError, ValueError, RecursionError):
        return Answer("malformed", text="no envelope")
