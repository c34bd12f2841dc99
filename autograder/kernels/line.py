"""The line for calls of a student's functions: requests and answers over a stream socket, each preceded by its length.

A Jupyter message would take several times as long. A request is the call's number on a line of its own, followed by the
request's bytes; an answer is the same number, followed by the answer's document.
"""

from __future__ import annotations

import secrets
import socket
import struct

import zmq

from autograder.verdicts.endings import Ending
from autograder.wire.calls import Request

LENGTH = struct.Struct("!Q")
CHUNK_BYTES = 2**20


class LineEnded(Exception):
    """The other side closed the line, or its process has ended."""


class TooLong(Exception):
    """The other side announced a message longer than is accepted."""


class Frames:
    """The grader's end of a line; it never waits for the other end, which may never read or write.

    Parameters
    ----------
    line
        A connected stream socket.
    most_bytes
        The longest message that is accepted.
    """

    def __init__(self, line: socket.socket, most_bytes: int) -> None:
        line.setblocking(False)
        self.line = line
        self._most = most_bytes
        self._unsent = memoryview(b"")
        self._received = bytearray()

    @property
    def is_sending(self) -> bool:
        """Whether part of the last message has not been sent yet."""
        return bool(self._unsent)

    def put(self, message: bytes) -> None:
        """Send as much of a message as possible at once; `exchange` sends the rest."""
        self._unsent = memoryview(LENGTH.pack(len(message)) + message)
        self._send()

    def exchange(self) -> list[bytes]:
        """Send and receive what is possible at this moment; return the messages that are now complete.

        Raises
        ------
        LineEnded, TooLong
        """
        self._send()
        try:
            data = self.line.recv(CHUNK_BYTES)
        except BlockingIOError:
            return []
        except OSError as error:
            raise LineEnded from error
        if not data:
            raise LineEnded
        self._received += data
        complete = []
        while len(self._received) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._received)
            if length > self._most:
                raise TooLong
            end = LENGTH.size + length
            if len(self._received) < end:
                break
            complete.append(bytes(self._received[LENGTH.size : end]))
            del self._received[:end]
        return complete

    def _send(self) -> None:
        try:
            while self._unsent:
                self._unsent = self._unsent[self.line.send(self._unsent) :]
        except BlockingIOError:
            pass
        except OSError as error:
            raise LineEnded from error


class AwaitedAnswer:
    """The awaited answer to a call; ``text`` is the kernel's document, and valid once ``ending`` is not None.

    An answer with a number other than the call's own belongs to another call, and is dropped.

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
        self.text = ""
        self._frames = frames
        self._nonce = secrets.token_hex(16).encode()

    @property
    def events(self) -> int:
        """The events to poll the socket for."""
        return zmq.POLLIN | (zmq.POLLOUT if self._frames.is_sending else 0)

    def send(self, request: Request) -> None:
        """Send as much of the request as possible at once."""
        self._frames.put(self._nonce + b"\n" + request.to_bytes())

    def read(self) -> None:
        """Send and receive what is possible at this moment.

        Raises
        ------
        LineEnded, TooLong
        """
        for message in self._frames.exchange():
            nonce, _, text = message.partition(b"\n")
            if nonce == self._nonce and not self.ending:
                self.text, self.ending = text.decode(errors="replace"), Ending.OK


def receive_request(line: socket.socket) -> tuple[bytes, Request] | None:
    """In the kernel: wait for a request; return its answer's number and the request, or None if the line has ended."""
    message = _receive_message(line)
    if not message:
        return None
    nonce, _, request = message.partition(b"\n")
    return nonce, Request.from_bytes(request)


def send_answer(line: socket.socket, nonce: bytes, text: str) -> None:
    """In the kernel: send an answer's document, and wait until it is sent."""
    message = nonce + b"\n" + text.encode(errors="replace")
    line.sendall(LENGTH.pack(len(message)) + message)


def _receive_message(line: socket.socket) -> bytes:
    (length,) = LENGTH.unpack(_receive(line, LENGTH.size) or bytes(LENGTH.size))
    return _receive(line, length)


def _receive(line: socket.socket, length: int) -> bytes:
    received = bytearray()
    while len(received) < length:
        data = line.recv(min(length - len(received), CHUNK_BYTES))
        if not data:
            return b""
        received += data
    return bytes(received)
