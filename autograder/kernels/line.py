"""The line for calls of a student's functions: requests and answers over a stream socket, each after its length.

A message of Jupyter's takes several times as long. A request is the call's number on a line of its own, and the request's
bytes; an answer the same number, and the answer's document.
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
    """The other side closed the line, or its process is gone."""


class TooLong(Exception):
    """The other side announced a message of more bytes than are taken."""


class Frames:
    """The grader's end of a line: nothing here waits for the other end, which may never read or write.

    Parameters
    ----------
    line
        A connected stream socket.
    most_bytes
        The longest message that is taken.
    """

    def __init__(self, line: socket.socket, most_bytes: int) -> None:
        line.setblocking(False)
        self.line = line
        self._most = most_bytes
        self._unsent = memoryview(b"")
        self._got = bytearray()

    @property
    def is_sending(self) -> bool:
        """Whether a part of the last message is not on its way yet."""
        return bool(self._unsent)

    def put(self, message: bytes) -> None:
        """Send a message: as much of it as can go at once, the rest with `exchange`."""
        self._unsent = memoryview(LENGTH.pack(len(message)) + message)
        self._send()

    def exchange(self) -> list[bytes]:
        """Send and receive what can be at this moment; the messages that are whole now.

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
        self._got += data
        whole = []
        while len(self._got) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self._got)
            if length > self._most:
                raise TooLong
            end = LENGTH.size + length
            if len(self._got) < end:
                break
            whole.append(bytes(self._got[LENGTH.size : end]))
            del self._got[:end]
        return whole

    def _send(self) -> None:
        try:
            while self._unsent:
                self._unsent = self._unsent[self.line.send(self._unsent) :]
        except BlockingIOError:
            pass
        except OSError as error:
            raise LineEnded from error


class AwaitedAnswer:
    """The answer to a call; ``text`` is what the kernel says it is, None as long as ``ending`` is None.

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
        self.text = ""
        self._frames = frames
        self._nonce = secrets.token_hex(16).encode()

    @property
    def events(self) -> int:
        """What to wait for at the socket."""
        return zmq.POLLIN | (zmq.POLLOUT if self._frames.is_sending else 0)

    def send(self, request: Request) -> None:
        """Send the request, as much of it as can go at once."""
        self._frames.put(self._nonce + b"\n" + request.to_bytes())

    def read(self) -> None:
        """Send and take in what can be at this moment.

        Raises
        ------
        LineEnded, TooLong
        """
        for message in self._frames.exchange():
            nonce, _, text = message.partition(b"\n")
            if nonce == self._nonce and not self.ending:
                self.text, self.ending = text.decode(errors="replace"), Ending.OK


def receive_request(line: socket.socket) -> tuple[bytes, Request] | None:
    """In the kernel: wait for a request; the number that its answer must bear, and the request. None if the line has ended."""
    message = _receive_message(line)
    if not message:
        return None
    nonce, _, request = message.partition(b"\n")
    return nonce, Request.from_bytes(request)


def send_answer(line: socket.socket, nonce: bytes, text: str) -> None:
    """In the kernel: send an answer's document, and wait until it is on its way."""
    message = nonce + b"\n" + text.encode(errors="replace")
    line.sendall(LENGTH.pack(len(message)) + message)


def _receive_message(line: socket.socket) -> bytes:
    (length,) = LENGTH.unpack(_receive(line, LENGTH.size) or bytes(LENGTH.size))
    return _receive(line, length)


def _receive(line: socket.socket, length: int) -> bytes:
    got = bytearray()
    while len(got) < length:
        data = line.recv(min(length - len(got), CHUNK_BYTES))
        if not data:
            return b""
        got += data
    return bytes(got)
