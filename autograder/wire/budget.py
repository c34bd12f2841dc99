"""The limits of a document, and the budget from which its writer and its reader spend."""

from __future__ import annotations

from typing import Any

import numpy as np

MAX_BYTES = 32 * 2**20
MAX_DEPTH = 32
MAX_PARTS = 200_000
# Keys and set items other than text: numbers can be chosen to share one hash, and 100,000 of those take a minute.
MAX_NUMBER_KEYS = 500
# Brackets, braces and commas: for each, a JSON parser makes an object of some 60 bytes before any part is counted.
MAX_MARKS = 8 * MAX_PARTS
# Of all tables and series in a document together.
MAX_COLUMNS = 1_000
# Characters in one array's header, and in all of them: NumPy parses a header as Python, at some 2 microseconds a
# character.
MAX_HEADER = 500
MAX_HEADERS = 2_000_000
# Integers in a generator's seed: building a seed sequence takes time quadratic in their number.
MAX_SEED_PARTS = 64


class WireError(Exception):
    """A value that the wire does not carry, or a document that is not well formed."""


class TooLarge(WireError):
    """A value or document that exceeds the wire's limits of size, depth or number of parts."""


def too_many_marks(text: str | bytes, limit: int = MAX_MARKS) -> bool:
    """Whether a JSON text has more brackets, braces and commas than `limit`; checked before it is parsed."""
    if isinstance(text, str):
        return sum(map(text.count, "[{,")) > limit
    return sum(map(text.count, (b"[", b"{", b","))) > limit


class Budget:
    """What is left of the limits for one document; each ``spend`` raises `TooLarge` when nothing is."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes_left = max_bytes
        self.parts_left = MAX_PARTS
        self.number_keys_left = MAX_NUMBER_KEYS
        self.columns_left = MAX_COLUMNS
        self.headers_left = MAX_HEADERS
        self.texts = self.longest_text = 0

    def spend(self, n_bytes: int, depth: int) -> None:
        """Count one part of the document."""
        self.bytes_left -= n_bytes
        self.parts_left -= 1
        if self.bytes_left < 0:
            raise TooLarge(f"more than {self.max_bytes // 2**20} MiB of values")
        if self.parts_left < 0:
            raise TooLarge(f"more than {MAX_PARTS} values")
        if depth > MAX_DEPTH:
            raise TooLarge(f"nested more than {MAX_DEPTH} deep")

    def spend_texts(self, count: int, longest: int, depth: int) -> None:
        """Count texts at the size they would have in one NumPy array: each takes the space of the longest.

        The fields of an answer (`calls.Answer`), which never share an array, do not count: texts deeper down do.
        """
        if depth < 2:
            return
        self.texts += count
        self.longest_text = max(self.longest_text, longest)
        if self.texts * self.longest_text > 2 * self.max_bytes:
            raise TooLarge("many texts, and a very long one")

    def spend_columns(self, count: int) -> None:
        """Count columns, indices included: pandas takes a tenth of a millisecond for each."""
        self.columns_left -= count
        if self.columns_left < 0:
            raise TooLarge(f"tables of more than {MAX_COLUMNS} columns")

    def spend_key(self, key: Any) -> Any:
        """Count a dict's key or a set's item unless it is text, and return it."""
        if not isinstance(key, str):
            self.number_keys_left -= 1
            if self.number_keys_left < 0:
                raise TooLarge(f"more than {MAX_NUMBER_KEYS} keys that are not text")
        return key


def texts_in(dtype: np.dtype, size: int) -> tuple[int, int]:
    """How many texts an array holds, and the space that each takes."""
    return (size, dtype.itemsize) if dtype.kind in "US" else (0, 0)
