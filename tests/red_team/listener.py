"""A listener on 127.0.0.1, the only address that an attack may contact, which records what reaches it."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator


class Listener:
    """Hears what comes in by TCP and UDP on one port."""

    def __init__(self) -> None:
        self.stream = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.stream.bind(("127.0.0.1", 0))
        self.port: int = self.stream.getsockname()[1]
        self.datagrams.bind(("127.0.0.1", self.port))
        self.stream.listen(64)
        self.heard: list[str] = []

    def _take_streams(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self.stream.accept()
                with connection, contextlib.suppress(OSError):
                    connection.settimeout(1)
                    self.heard.append(connection.recv(2000).decode(errors="replace"))

    def _take_datagrams(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                self.heard.append(self.datagrams.recv(2000).decode(errors="replace"))


@contextlib.contextmanager
def listening() -> Iterator[Listener]:
    """A listener that listens."""
    listener = Listener()
    for take in (listener._take_streams, listener._take_datagrams):
        threading.Thread(target=take, daemon=True).start()
    try:
        yield listener
    finally:
        for opened in (listener.stream, listener.datagrams):
            with contextlib.suppress(OSError):
                opened.shutdown(socket.SHUT_RDWR)
            opened.close()
