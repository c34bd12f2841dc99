"""Reads a value from tagged parts that anybody may have written: each is checked before anything is built from it."""

from __future__ import annotations

import base64
import binascii
import io
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from autograder.wire.budget import MAX_HEADER, MAX_PARTS, MAX_SEED_PARTS, Budget, TooLarge, WireError, texts_in
from autograder.wire.source import Source
from autograder.wire.values import ARRAY_KINDS, GENERATORS, SEED_PARTS, table, whole_text


@lru_cache(maxsize=256)  # a notebook's answers have few shapes, and the header's parser is slow
def _header(data: bytes) -> tuple[tuple[int, ...], bool, np.dtype]:
    """Shape, order and dtype in the header of an npy file."""
    shape, fortran, dtype = np.lib.format.read_array_header_1_0(io.BytesIO(data), max_header_size=MAX_HEADER)
    return shape, fortran, dtype


class Reader(Budget):
    """Decodes the value of one document.

    The sources of functions in it are given as `Source` only if `sources`: they run where a call is answered, so they
    must be the grader's own. Otherwise they are lists.
    """

    def __init__(self, max_bytes: int, *, sources: bool = False) -> None:
        super().__init__(max_bytes)
        self._sources = sources

    def decode(self, encoded: object, depth: int = 0) -> Any:
        """Return the value of [tag, payload]; WireError if a part is malformed, TooLarge beyond the limits."""
        if not isinstance(encoded, list) or not encoded or not isinstance(encoded[0], str):
            raise WireError("a part without a tag")
        tag, payload = encoded[0], encoded[1] if len(encoded) == 2 else None
        self.spend(len(payload) * (1 if payload.isascii() else 4) if isinstance(payload, str) else 8, depth)
        read = self.by_tag.get(tag)
        if read is None:
            raise WireError(f"an unknown tag {tag[:40]!r}")
        try:
            return read(self, payload, depth)
        except WireError:
            raise
        except Exception as error:  # whatever NumPy, pandas or the header's parser raises for a hostile part
            raise WireError(f"a malformed part {tag!r}: {type(error).__name__}") from None

    def _array(self, payload: Any, depth: int) -> np.ndarray:
        try:
            data = base64.b64decode(payload, validate=True)
        except binascii.Error:
            raise WireError("an array that is not base64") from None
        if np.lib.format.read_magic(io.BytesIO(data)) != (1, 0):
            raise WireError("an array of another npy version")
        header = int.from_bytes(data[8:10], "little")
        self.headers_left -= header
        if self.headers_left < 0:
            raise TooLarge("more arrays than can be read in reasonable time")
        shape, fortran, dtype = _header(data[8 : 10 + header])
        if dtype.kind not in ARRAY_KINDS or dtype.hasobject:
            raise WireError(f"an array of dtype {dtype}")
        body = data[10 + header :]
        size = 1
        for length in shape:
            if length < 0:
                raise WireError("an array of negative size")
            size *= int(length)
        # The header is only a claim: memory is allocated for the bytes that arrived, never for what was claimed.
        if size * dtype.itemsize != len(body):
            raise WireError("an array whose size is not the one that its header claims")
        if not dtype.itemsize and size > MAX_PARTS:  # empty texts: NumPy allocates space for each all the same
            raise TooLarge(f"an array of more than {MAX_PARTS} empty texts")
        self.spend_texts(*texts_in(dtype, size), depth)
        flat = np.frombuffer(body, dtype=dtype) if dtype.itemsize else np.zeros(size, dtype)
        return flat.reshape(shape, order="F" if fortran else "C").copy(order="F" if fortran else "C")

    def _scalar(self, payload: Any, depth: int) -> Any:
        array = self._array(payload, depth)
        if array.ndim:
            raise WireError("a scalar with dimensions")
        value = array[()]
        return np.str_(whole_text(value)) if isinstance(value, str) else value

    def _items(self, payload: Any, depth: int) -> list[Any]:
        if not isinstance(payload, list):
            raise WireError("a container without items")
        return [self.decode(item, depth + 1) for item in payload]

    def _dict(self, payload: Any, depth: int) -> dict[Any, Any]:
        return {
            self.spend_key(self.decode(key, depth + 1)): self.decode(value, depth + 1)
            for key, value in _checked(payload, list)
        }

    def _set(self, payload: Any, depth: int) -> set[Any]:
        return {self.spend_key(item) for item in self._items(payload, depth)}

    def _generator(self, payload: Any, depth: int) -> np.random.Generator:
        state, spawning = self.decode(payload, depth + 1)
        if not isinstance(state, dict) or state.get("bit_generator") not in GENERATORS:
            raise WireError("a random generator of an unknown kind")
        # NumPy does not check these offsets: a wrong one makes it read beyond its buffers, or crash.
        if not (0 <= state.get("buffer_pos", 0) <= 4 and 0 <= _checked(state["state"], dict).get("pos", 0) <= 624):
            raise WireError("a random generator in an impossible state")
        entropy, spawn_key, children = spawning
        parts = [*(entropy if isinstance(entropy, list | tuple) else [entropy]), *(spawn_key or ()), children]
        if len(parts) > MAX_SEED_PARTS or any(p is not None and not 0 <= _checked(p, int) < 2**256 for p in parts):
            raise WireError("a random generator from an impossible seed")
        seeds = np.random.SeedSequence(**{k: v for k, v in zip(SEED_PARTS, spawning, strict=True) if v is not None})
        bits = getattr(np.random, state["bit_generator"])(seeds)
        bits.state = state
        return np.random.Generator(bits)

    def _text(self, payload: Any, depth: int) -> str:
        self.spend_texts(1, len(_checked(payload, str)), depth)
        return whole_text(payload)

    def _bytes(self, payload: Any, depth: int) -> bytes:
        data = base64.b64decode(payload, validate=True)
        self.spend_texts(1, len(data), depth)
        return data

    def _source(self, payload: Any, depth: int) -> Any:
        code, values = self.decode(payload, depth + 1)
        return Source(_checked(code, str), **_checked(values, dict)) if self._sources else [code, values]

    def _table(self, payload: Any, depth: int) -> pd.DataFrame:
        self.spend_columns(max(1, len(payload["columns"])))
        names = [self.decode(name, depth + 1) for name, _ in payload["columns"]]
        index = self._index(payload, depth)
        columns = [self._column(column, len(index), depth) for _, column in payload["columns"]]
        return table(columns, pd.Index(names), index)

    def _series(self, payload: Any, depth: int) -> pd.Series:
        self.spend_columns(1)
        index = self._index(payload, depth)
        name = self.decode(payload["name"], depth + 1)
        return pd.Series(self._column(payload["values"], len(index), depth), index=index, name=name)

    def _index(self, payload: Any, depth: int) -> pd.Index[Any]:
        index: pd.Index[Any] = pd.Index(self._column(payload["index"], None, depth))
        return index

    def _column(self, encoded: object, length: int | None, depth: int) -> list[Any] | np.ndarray:
        column = self.decode(encoded, depth + 1)
        flat = isinstance(column, list) or (isinstance(column, np.ndarray) and column.ndim == 1)
        # pandas would repeat a single number for the whole column: memory that was never counted.
        if not flat or length not in (None, len(column)):
            raise WireError("a column that is not as long as its table")
        return column  # type: ignore[no-any-return]

    by_tag: Mapping[str, Callable[[Reader, Any, int], Any]] = {
        "none": lambda self, payload, depth: None,
        "bool": lambda self, payload, depth: _checked(payload, bool),
        "int": lambda self, payload, depth: int(_checked(payload, str), 16),
        "float": lambda self, payload, depth: float.fromhex(payload),
        "complex": lambda self, payload, depth: complex(float.fromhex(payload[0]), float.fromhex(payload[1])),
        "text": _text,
        "bytes": _bytes,
        "scalar": _scalar,
        "array": _array,
        "list": _items,
        "tuple": lambda self, payload, depth: tuple(self._items(payload, depth)),
        "set": _set,
        "dict": _dict,
        "generator": _generator,
        "table": _table,
        "series": _series,
        "source": _source,
    }


def _checked(payload: Any, kind: type) -> Any:
    if not isinstance(payload, kind):
        raise WireError(f"a part that is not {kind.__name__}")
    return payload
