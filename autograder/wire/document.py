"""Values as data: what may cross between the student's kernel and the grader, and how it is written down.

The format is JSON, versioned and open: a document is ``{"wire": 1, "value": [tag, payload]}``. Arrays travel as npy
(``allow_pickle=False``). Nothing is ever pickled and nothing that arrives is executed. A reader refuses what is larger,
deeper or of more parts than the limits before it builds anything from it, and a writer looks at sizes before encoding.
"""

from __future__ import annotations

import base64
import binascii
import io
import json
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pandas as pd

WIRE_VERSION = 1
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
ARRAY_KINDS = "biufcUS"
# What a generator's children are made from (`Generator.spawn`), beside its own state.
SEED_PARTS = ("entropy", "spawn_key", "n_children_spawned")
MAX_SEED_PARTS = 64
GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")

Encoded = list[Any]


class WireError(Exception):
    """A value that the wire does not carry, or a document that is not well formed."""


class TooLarge(WireError):
    """A value or document beyond the wire's limits of size, depth or number of parts."""


def dumps(value: object, *, max_bytes: int = MAX_BYTES) -> str:
    """Write `value` as a wire document.

    Raises
    ------
    TooLarge
        When the value is beyond the limits; arrays are judged by their claimed size, before they are encoded.
    WireError
        When a part of it is of a kind that the wire does not carry; the message names the kind.
    """
    text = json.dumps({"wire": WIRE_VERSION, "value": _Writer(max_bytes).encode(value)})
    if too_many_marks(text):
        raise TooLarge("more brackets and commas than a document may have")
    return text


def loads(text: str, *, max_bytes: int = MAX_BYTES) -> Any:
    """Read a wire document.

    Raises
    ------
    TooLarge, WireError
        When the document is beyond the limits, not JSON, of another version, or holds an unknown or malformed part.
    """
    if not isinstance(text, str) or len(text) > 2 * max_bytes:
        raise TooLarge(f"a document of more than {2 * max_bytes} characters")
    if too_many_marks(text):
        raise TooLarge("more brackets and commas than a document may have")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from None
    if not isinstance(document, dict) or document.get("wire") != WIRE_VERSION or "value" not in document:
        raise WireError(f"not a wire document of version {WIRE_VERSION}")
    return _Reader(max_bytes).decode(document["value"])


def too_many_marks(text: str | bytes, limit: int = MAX_MARKS) -> bool:
    """Whether a JSON text has more brackets, braces and commas than `limit`: looked at before it is parsed."""
    if isinstance(text, str):
        return sum(map(text.count, "[{,")) > limit
    return sum(map(text.count, (b"[", b"{", b","))) > limit


class _Budget:
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


class _Writer(_Budget):
    def encode(self, value: object, depth: int = 0) -> Encoded:
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
            return ["text", _whole_text(value)]
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
        raise WireError(f"a value of type {type(value).__name__}")

    def _npy(self, array: np.ndarray, depth: int) -> str:
        if array.dtype.kind not in ARRAY_KINDS:
            raise WireError(f"an array of dtype {array.dtype}")
        self.spend_texts(*_texts_in(array.dtype, array.size), depth)
        buffer = io.BytesIO()
        np.save(buffer, array, allow_pickle=False)
        return base64.b64encode(buffer.getvalue()).decode("ascii")

    def _column(self, column: pd.Series | pd.Index, depth: int) -> Encoded:
        if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufc":
            return self.encode(column.to_numpy(), depth + 1)
        return self.encode(list(column), depth + 1)

    def _generator(self, rng: np.random.Generator, depth: int) -> Encoded:
        name = type(rng.bit_generator).__name__
        if name not in GENERATORS:
            raise WireError(f"a random generator over {name}")
        seeds = rng.bit_generator.seed_seq
        spawning = [getattr(seeds, part, None) for part in SEED_PARTS]
        return self.encode([rng.bit_generator.state, spawning], depth + 1)


class _Reader(_Budget):
    def decode(self, encoded: object, depth: int = 0) -> Any:
        if not isinstance(encoded, list) or not encoded or not isinstance(encoded[0], str):
            raise WireError("a part without a tag")
        tag, payload = encoded[0], encoded[1] if len(encoded) == 2 else None
        self.spend(len(payload) * (1 if payload.isascii() else 4) if isinstance(payload, str) else 8, depth)
        read = self._readers.get(tag)
        if read is None:
            raise WireError(f"an unknown tag {tag[:40]!r}")
        try:
            return read(self, payload, depth)
        except WireError:
            raise
        except Exception as error:  # whatever numpy, pandas or a parser of headers says of a hostile part
            raise WireError(f"a malformed part {tag!r}: {type(error).__name__}") from None

    def _array(self, payload: Any, depth: int) -> np.ndarray:
        try:
            data = base64.b64decode(payload, validate=True)
        except binascii.Error:
            raise WireError("an array that is not base64") from None
        buffer = io.BytesIO(data)
        if np.lib.format.read_magic(buffer) != (1, 0):
            raise WireError("an array of another npy version")
        self.headers_left -= int.from_bytes(data[8:10], "little")
        if self.headers_left < 0:
            raise TooLarge("more arrays than there is time for")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(buffer, max_header_size=MAX_HEADER)
        if dtype.kind not in ARRAY_KINDS or dtype.hasobject:
            raise WireError(f"an array of dtype {dtype}")
        body = data[buffer.tell() :]
        size = 1
        for length in shape:
            if length < 0:
                raise WireError("an array of negative size")
            size *= int(length)
        # The header is only a claim: memory is taken from what came, never from what was claimed.
        if size * dtype.itemsize != len(body):
            raise WireError("an array whose size is not what it says")
        if not dtype.itemsize and size > MAX_PARTS:  # empty texts: NumPy gives each a place all the same
            raise TooLarge(f"an array of more than {MAX_PARTS} texts without a character")
        self.spend_texts(*_texts_in(dtype, size), depth)
        flat = np.frombuffer(body, dtype=dtype) if dtype.itemsize else np.zeros(size, dtype)
        return flat.reshape(shape, order="F" if fortran else "C").copy(order="F" if fortran else "C")

    def _scalar(self, payload: Any, depth: int) -> Any:
        array = self._array(payload, depth)
        if array.ndim:
            raise WireError("a scalar with dimensions")
        value = array[()]
        return np.str_(_whole_text(value)) if isinstance(value, str) else value

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
        # NumPy reads its buffers at these places without looking: a false one is a read beyond them, or a crash.
        if not (0 <= state.get("buffer_pos", 0) <= 4 and 0 <= _checked(state["state"], dict).get("pos", 0) <= 624):
            raise WireError("a random generator in an impossible state")
        entropy, spawn_key, children = spawning
        # Making a sequence takes quadratic time in the length of these.
        parts = [*(entropy if isinstance(entropy, list | tuple) else [entropy]), *(spawn_key or ()), children]
        if len(parts) > MAX_SEED_PARTS or any(p is not None and not 0 <= _checked(p, int) < 2**256 for p in parts):
            raise WireError("a random generator from an impossible seed")
        seeds = np.random.SeedSequence(**{k: v for k, v in zip(SEED_PARTS, spawning, strict=True) if v is not None})
        bits = getattr(np.random, state["bit_generator"])(seeds)
        bits.state = state
        return np.random.Generator(bits)

    def _text(self, payload: Any, depth: int) -> str:
        self.spend_texts(1, len(_checked(payload, str)), depth)
        return _whole_text(payload)

    def _bytes(self, payload: Any, depth: int) -> bytes:
        data = base64.b64decode(payload, validate=True)
        self.spend_texts(1, len(data), depth)
        return data

    def _table(self, payload: Any, depth: int) -> pd.DataFrame:
        self.spend_columns(max(1, len(payload["columns"])))
        names = [self.decode(name, depth + 1) for name, _ in payload["columns"]]
        index = self._index(payload, depth)
        columns = [pd.Series(self._column(c, len(index), depth), index=index) for _, c in payload["columns"]]
        table = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
        table.columns = pd.Index(names)
        return table

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
        # One number for a whole column would be spread over it: memory that nobody counted.
        if not flat or length not in (None, len(column)):
            raise WireError("a column that is not as long as its table")
        return column  # type: ignore[no-any-return]

    _readers: Mapping[str, Callable[[_Reader, Any, int], Any]] = {
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
    }


def _texts_in(dtype: np.dtype, size: int) -> tuple[int, int]:
    """How many texts an array holds, and how long its places for them are."""
    return (size, dtype.itemsize) if dtype.kind in "US" else (0, 0)


def _whole_text(text: str) -> str:
    """The text without half surrogates, which no file and no page can hold."""
    return str(text).encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _checked(payload: Any, kind: type) -> Any:
    if not isinstance(payload, kind):
        raise WireError(f"a part that is not {kind.__name__}")
    return payload


def _claimed_bytes(value: object) -> int:
    """Bytes that `value` will take by itself: its parts are counted when they are reached."""
    if isinstance(value, np.ndarray | np.generic):
        return int(np.ndarray.nbytes.__get__(value)) if isinstance(value, np.ndarray) else int(value.nbytes)
    if isinstance(value, str | bytes):
        return len(value)
    if isinstance(value, int):
        return int(value).bit_length() // 8 + 8
    return 8
