"""Writes a value as tagged parts; sizes are checked before anything is encoded."""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from autograder.wire.budget import Budget, WireError, texts_in
from autograder.wire.source import source_of
from autograder.wire.values import ARRAY_KINDS, GENERATORS, SEED_PARTS, entries, whole_text

Encoded = list[Any]


class Writer(Budget):
    """Encodes the value of one document, in which there may be functions if `sources`."""

    def __init__(self, max_bytes: int, *, sources: bool = False) -> None:
        super().__init__(max_bytes)
        self._sources = sources

    def encode(self, value: object, depth: int = 0) -> Encoded:
        """Return a value as [tag, payload]; WireError if the wire cannot carry its kind, TooLarge beyond the limits."""
        self.spend(_claimed_bytes(value), depth)
        if value is None:
            return ["none"]
        if isinstance(value, np.generic):
            return ["scalar", self._npy(np.asarray(value), depth)]
        if isinstance(value, bool):
            return ["bool", bool(value)]
        if isinstance(value, int):
            return ["int", hex(int(value))]
        if isinstance(value, float):
            return ["float", float(value).hex()]
        if isinstance(value, complex):
            return ["complex", [value.real.hex(), value.imag.hex()]]
        if isinstance(value, str):
            self.spend_texts(1, len(value), depth)
            return ["text", whole_text(value)]
        if isinstance(value, bytes):
            self.spend_texts(1, len(value), depth)
            return ["bytes", base64.b64encode(value).decode("ascii")]
        if isinstance(value, np.ndarray):
            return ["array", self._npy(np.asarray(value), depth)]
        if isinstance(value, list | tuple):
            items = [self.encode(item, depth + 1) for item in value]
            return ["tuple" if isinstance(value, tuple) else "list", items]
        if isinstance(value, Mapping):
            pairs = [[self.encode(self.spend_key(k), depth + 1), self.encode(v, depth + 1)] for k, v in value.items()]
            return ["dict", pairs]
        if isinstance(value, set | frozenset):
            return ["set", [self.encode(self.spend_key(item), depth + 1) for item in value]]
        if isinstance(value, np.random.Generator):
            return ["generator", self._generator(value, depth)]
        if isinstance(value, pd.DataFrame):
            self.spend_columns(value.shape[1])
            columns = [[self.encode(c, depth + 1), self._column(value.iloc[:, i], depth)] for i, c in enumerate(value)]
            return ["table", {"columns": columns, "index": self._column(value.index, depth)}]
        if isinstance(value, pd.Series):
            name = self.encode(value.name, depth + 1)
            return [
                "series",
                {"name": name, "values": self._column(value, depth), "index": self._column(value.index, depth)},
            ]
        source = source_of(value) if self._sources else None
        if source is not None:
            return ["source", self.encode([source.code, source.values], depth + 1)]
        raise WireError(f"a value of type {type(value).__name__}")

    def _npy(self, array: np.ndarray, depth: int) -> str:
        if array.dtype.kind not in ARRAY_KINDS:
            raise WireError(f"an array of dtype {array.dtype}")
        self.spend_texts(*texts_in(array.dtype, array.size), depth)
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        return base64.b64encode(buffer.getvalue()).decode("ascii")

    def _column(self, column: pd.Series | pd.Index, depth: int) -> Encoded:
        return self.encode(entries(column), depth + 1)

    def _generator(self, rng: np.random.Generator, depth: int) -> Encoded:
        name = type(rng.bit_generator).__name__
        if name not in GENERATORS:
            raise WireError(f"a random generator over {name}")
        seeds = rng.bit_generator.seed_seq
        spawning = [getattr(seeds, part, None) for part in SEED_PARTS]
        return self.encode([rng.bit_generator.state, spawning], depth + 1)


def _claimed_bytes(value: object) -> int:
    """Bytes that `value` takes by itself; the parts of a container are counted when they are reached."""
    if isinstance(value, np.ndarray | np.generic):
        return int(np.ndarray.nbytes.__get__(value)) if isinstance(value, np.ndarray) else int(value.nbytes)
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, int):
        return int(value).bit_length() // 8 + 8
    return 8
