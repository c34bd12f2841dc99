"""What the grader waits for from a kernel: the reply to a cell, or the answer to a call; neither is believed."""

from __future__ import annotations

import secrets
from typing import Any

import zmq
from jupyter_client.session import Session

from autograder.kernels.line import Frames
from autograder.verdicts.endings import Ending
from autograder.wire.document import MAX_MARKS, too_many_marks

# Brackets and commas in one message: a parser makes some 60 bytes of each, and a document of the wire has fewer.
MESSAGE_MARKS = 2 * MAX_MARKS


class Cell:
    """The run of a cell; ``ending`` is None until the kernel says how it ended.

    Parameters
    ----------
    session, socket
        Those of the channel that the reply comes on.
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
        """Take in one message that is there."""
        reply, _ = read_message(self._session, self.socket)
        if reply and reply["parent_header"].get("msg_id") == self.message:
            self.ending = Ending.OK if reply["content"].get("status") == "ok" else Ending.ERROR


class Call:
    """The call of a function; ``answer`` is what the kernel says came of it, none as long as ``ending`` is None.

    An answer that does not bear the call's own number is another's, and dropped.

    Parameters
    ----------
    frames
        The line for calls.
    """

    has_outputs = False
    message = ""

    def __init__(self, frames: Frames) -> None:
        self.socket = frames.line.fileno()
        self.ending: Ending | None = None
        self.answer: str | None = None
        self._frames = frames
        self._nonce = secrets.token_hex(16).encode()

    @property
    def events(self) -> int:
        """What to wait for at the socket."""
        return zmq.POLLIN | (zmq.POLLOUT if self._frames.is_sending else 0)

    def send(self, request: str) -> None:
        """Send the request, as much of it as can go at once."""
        self._frames.put(self._nonce + b"\n" + request.encode())

    def read(self) -> None:
        """Send and take in what can be at this moment.

        Raises
        ------
        frames.LineEnded, frames.TooLong
        """
        for message in self._frames.exchange():
            nonce, _, answer = message.partition(b"\n")
            if nonce == self._nonce and not self.ending:
                self.answer, self.ending = answer.decode(errors="replace"), Ending.OK


def read_message(session: Session, socket: Any) -> tuple[dict[str, Any], int]:
    """One message and its size in bytes; an empty one in place of what is none. Students' code can send any bytes."""
    size = 0
    try:
        frames = socket.recv_multipart(zmq.NOBLOCK)
        size = sum(map(len, frames))
        if any(too_many_marks(frame, MESSAGE_MARKS) for frame in frames):
            return {}, size
        message = session.deserialize(session.feed_identities(frames)[1])
    except Exception:  # forged, malformed, nested without end: not a message
        return {}, size
    whole = isinstance(message.get("parent_header"), dict) and isinstance(message.get("content"), dict)
    return (message if whole else {}), size
