"""Jupyter's messages from a kernel: the reply to a cell and the outputs of its run, counted, bounded and plain."""

from __future__ import annotations

import json
from collections.abc import Callable
from hmac import compare_digest
from typing import Any

import zmq
from jupyter_client.session import DELIM, Session

from autograder.limits import Limits
from autograder.verdicts.endings import Ending
from autograder.wire.budget import MAX_MARKS, too_many_marks

MOST_OUTPUTS = 200
# How much more than it may print a run may send otherwise.
OTHERS = 10
# Brackets and commas in one message: a parser needs some 60 bytes for each, and a wire document has fewer.
MESSAGE_MARKS = 2 * MAX_MARKS
# Of each of a message's two headers: ours, which kernels repeat, have some 300.
HEADER_BYTES = 4_000


class AwaitedReply:
    """The reply to a cell; ``ending`` is None until the kernel says how it ended.

    Parameters
    ----------
    session, socket
        The session and socket of the channel on which the reply arrives.
    message
        The id of the request.
    """

    has_outputs = True
    events = zmq.POLLIN

    def __init__(self, session: Session, socket: Any, message: str) -> None:
        self.socket = socket
        self.message = message
        self.ending: Ending | None = None
        self._session = session

    def read(self) -> None:
        """Read one message that has arrived."""
        reply, _ = read_message(self._session, self.socket)
        if reply and reply["parent_header"].get("msg_id") == self.message:
            self.ending = Ending.OK if reply["content"].get("status") == "ok" else Ending.ERROR


class Outputs:
    """The outputs of one run, bounded as they arrive.

    Parameters
    ----------
    limits
        How much is allowed and kept.
    parent
        The id of the request whose outputs are kept; those of others are counted and dropped.
    """

    def __init__(self, limits: Limits, parent: str) -> None:
        self.idle = False
        self._parent = parent
        self.flooded = False
        self._limits = limits
        self._printed = 0
        self._others = 0
        self._kept: list[dict[str, Any]] = []

    @property
    def messages(self) -> list[dict[str, Any]]:
        """The outputs so far."""
        return [{**kept, "text": "".join(kept["text"])} if "name" in kept else kept for kept in self._kept]

    def take(self, message: dict[str, Any], size: int) -> None:
        """Count, and perhaps keep, one message of `size` bytes.

        What the run prints and shows counts for it. The rest, as of widgets or of what an earlier cell left running, is
        dropped, and may be `OTHERS` times as much.
        """
        kind = message.get("msg_type")
        mine = bool(message) and message["parent_header"].get("msg_id") == self._parent
        if mine and kind in _PRINTED:
            self._printed += size
        else:
            self._others += size
        most = self._limits.output_bytes
        self.flooded = self.flooded or self._printed > most or self._others > OTHERS * most
        if not mine:
            return
        content = message["content"]
        if kind == "status":
            self.idle = self.idle or content.get("execution_state") == "idle"
        keep = _KEEPERS.get(str(kind))
        if keep is not None and not self.flooded and len(self._kept) < MOST_OUTPUTS:
            keep(self._kept, content)


def _keep_stream(messages: list[dict[str, Any]], content: dict[str, Any]) -> None:
    name = "stderr" if content.get("name") == "stderr" else "stdout"
    if messages and messages[-1].get("name") == name:
        messages[-1]["text"].append(str(content.get("text", "")))  # adding to a text would copy it each time
    else:
        messages.append({"output_type": "stream", "name": name, "text": [str(content.get("text", ""))]})


def _keep_data(messages: list[dict[str, Any]], content: dict[str, Any]) -> None:
    data, about = content.get("data"), content.get("metadata")
    if isinstance(data, dict):
        about = about if isinstance(about, dict) else {}
        messages.append({"output_type": "display_data", "data": data, "metadata": about})


def _keep_error(messages: list[dict[str, Any]], content: dict[str, Any]) -> None:
    lines = content.get("traceback")
    text = "\n".join(map(str, lines)) if isinstance(lines, list) else ""
    messages.append(
        {"output_type": "error", "ename": str(content.get("ename")), "evalue": str(content.get("evalue")), "text": text}
    )


_KEEPERS: dict[str, Callable[[list[dict[str, Any]], dict[str, Any]], None]] = {
    "stream": _keep_stream,
    "display_data": _keep_data,
    "execute_result": _keep_data,
    "error": _keep_error,
}


# What is seen below a cell: also what replaces another output, or removes all.
_PRINTED = frozenset({*_KEEPERS, "update_display_data", "clear_output"})


def read_message(session: Session, socket: Any) -> tuple[dict[str, Any], int]:
    """One message and its size in bytes; an empty one if it is invalid, because students' code can send any bytes."""
    size = 0
    try:
        frames = socket.recv_multipart(zmq.NOBLOCK)
        size = sum(map(len, frames))
        if any(too_many_marks(frame, MESSAGE_MARKS) for frame in frames):
            return {}, size
        message = _unpacked(session, frames)
    except Exception:  # forged, malformed, nested without end: not a message
        return {}, size
    whole = isinstance(message["parent_header"], dict) and isinstance(message["content"], dict)
    return (message if whole else {}), size


def _unpacked(session: Session, frames: list[bytes]) -> dict[str, Any]:
    """The parts of a message that we use; any exception if it is none.

    `Session.deserialize` would also look for dates in the headers, which takes a tenth of a millisecond for each text.
    """
    signature, *signed = frames[frames.index(DELIM) + 1 :][:5]
    header, parent, _, content = signed
    if max(len(header), len(parent)) > HEADER_BYTES or not compare_digest(signature, session.sign(signed)):
        raise ValueError
    return {
        "msg_type": str(json.loads(header)["msg_type"]),
        "parent_header": json.loads(parent),
        "content": json.loads(content),
    }
