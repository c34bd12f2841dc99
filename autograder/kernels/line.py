"""Whole messages over a stream socket, each after its length: what calls of a student's functions travel in."""

from __future__ import annotations

import socket
import struct

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


def receive(line: socket.socket) -> bytes:
    """Wait for one message; an empty one when the line has ended."""
    (length,) = LENGTH.unpack(_receive(line, LENGTH.size) or bytes(LENGTH.size))
    return _receive(line, length)


def send(line: socket.socket, message: bytes) -> None:
    """Send one message, and wait until it is on its way."""
    line.sendall(LENGTH.pack(len(message)) + message)


def _receive(line: socket.socket, length: int) -> bytes:
    got = bytearray()
    while len(got) < length:
        data = line.recv(min(length - len(got), CHUNK_BYTES))
        if not data:
            return b""
        got += data
    return bytes(got)
