"""Values as documents: how what passes between a student's kernel and the grader is written and read.

The format is JSON, versioned and open: a document is ``{"wire": 1, "value": [tag, payload]}``. Arrays travel as npy
(``allow_pickle=False``). Nothing is ever pickled and nothing that arrives is executed. The reader refuses a document
that is too large, too deep or has too many parts before it builds anything from it; the writer checks sizes before it
encodes.
"""

from __future__ import annotations

import json
from typing import Any

from autograder.wire.budget import MAX_BYTES, TooLarge, WireError, too_many_marks
from autograder.wire.reader import Reader
from autograder.wire.writer import Writer

__all__ = ["MAX_BYTES", "TooLarge", "WireError", "dumps", "loads"]

WIRE_VERSION = 1


def dumps(value: object, *, max_bytes: int = MAX_BYTES, sources: bool = False) -> str:
    """Write `value` as a wire document, in which there may be functions with a source if `sources`.

    Raises
    ------
    TooLarge
        If the value exceeds the limits. Arrays are judged by the size that they claim, before they are encoded.
    WireError
        If a part of it is of a kind that the wire does not carry. The message names the kind.
    """
    text = json.dumps({"wire": WIRE_VERSION, "value": Writer(max_bytes, sources=sources).encode(value)})
    if too_many_marks(text):
        raise TooLarge("more brackets and commas than a document may have")
    return text


def loads(text: str, *, max_bytes: int = MAX_BYTES, sources: bool = False) -> Any:
    """Read a wire document; with `sources`, which only the grader's own may have, sources of functions in it, too.

    Raises
    ------
    TooLarge, WireError
        If the document exceeds the limits, is not JSON, is of another version or has an unknown or malformed part.
    """
    if not isinstance(text, str) or len(text) > 2 * max_bytes:
        raise TooLarge(f"a document of more than {2 * max_bytes} characters")
    if too_many_marks(text):
        raise TooLarge("more brackets and commas than a document may have")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from None
    if not isinstance(document, dict) or document.get("wire") != WIRE_VERSION or "value" not in document:
        raise WireError(f"not a wire document of version {WIRE_VERSION}")
    return Reader(max_bytes, sources=sources).decode(document["value"])
