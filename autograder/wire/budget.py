"""The limits of a document: what a writer and a reader count, and the error when it is too much."""

from __future__ import annotations

from typing import Any

import numpy as np

MAX_BYTES = 32 * 2**20
MAX_DEPTH = 32
MAX_PARTS = 200_000
# Keys and set items that are no text: numbers can be chosen so that all have one hash, and 100,000 of those take a minute.
MAX_NUMBER_KEYS = 500
# Brackets, braces and commas: what a JSON parser turns into objects of some 60 bytes before any part is counted.
MAX_MARKS = 8 * MAX_PARTS
# Of all tables and series in a document.
MAX_COLUMNS = 1_000
# Characters of one array's header, and of all: NumPy reads a header as Python, at some 2 microseconds a character.
MAX_HEADER = 500
MAX_HEADERS = 2_000_000
# Integers that a generator's children are made from: a seed sequence takes quadratic time in their number.
MAX_SEED_PARTS = 64


class WireError(Exception):
    """A value that the wire does not carry, or a document that is not well formed."""


class TooLarge(WireError):
    """A value or document beyond the wire's limits of size, depth or number of parts."""


def too_many_marks(text: str | bytes, limit: int = MAX_MARKS) -> bool:
    """Whether a JSON text has more brackets, braces and commas than `limit`: looked at before it is parsed."""
    if isinstance(text, str):
        return sum(map(text.count, "[{,")) > limit
    return sum(map(text.count, (b"[", b"{", b","))) > limit


class Budget:
    """Counts what one document uses of the limits."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes_left = max_bytes
        self.parts_left = MAX_PARTS
        self.number_keys_left = MAX_NUMBER_KEYS
        self.columns_left = MAX_COLUMNS
        self.headers_left = MAX_HEADERS
        self.texts = self.longest_text = 0

    def spend(self, n_bytes: int, depth: int) -> None:
        self.bytes_left -= n_bytes
        self.parts_left -= 1
        if self.bytes_left < 0:
            raise TooLarge(f"more than {self.max_bytes // 2**20} MiB of values")
        if self.parts_left < 0:
            raise TooLarge(f"more than {MAX_PARTS} values")
        if depth > MAX_DEPTH:
            raise TooLarge(f"nested more than {MAX_DEPTH} deep")

    def spend_texts(self, how_many: int, longest: int, depth: int) -> None:
        """Count texts as NumPy would hold them in one array, each in a place as long as the longest.

        Only those within a container of a document's: what an answer is made of (`calls.Answer`) stands beside each other.
        """
        if depth < 2:
            return
        self.texts += how_many
        self.longest_text = max(self.longest_text, longest)
        if self.texts * self.longest_text > 2 * self.max_bytes:
            raise TooLarge("many texts, and a very long one")

    def spend_columns(self, how_many: int) -> None:
        """Count columns, indices among them: pandas takes a tenth of a millisecond for each."""
        self.columns_left -= how_many
        if self.columns_left < 0:
            raise TooLarge(f"tables of more than {MAX_COLUMNS} columns")

    def spend_key(self, key: Any) -> Any:
        if not isinstance(key, str):
            self.number_keys_left -= 1
            if self.number_keys_left < 0:
                raise TooLarge(f"more than {MAX_NUMBER_KEYS} keys that are no texts")
        return key


def texts_in(dtype: np.dtype, size: int) -> tuple[int, int]:
    """How many texts an array holds, and how long its places for them are."""
    return (size, dtype.itemsize) if dtype.kind in "US" else (0, 0)
