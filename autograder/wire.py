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
ARRAY_KINDS = "biufcUS"
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
    return json.dumps({"wire": WIRE_VERSION, "value": _Writer(max_bytes).encode(value)})


def loads(text: str, *, max_bytes: int = MAX_BYTES) -> Any:
    """Read a wire document.

    Raises
    ------
    TooLarge, WireError
        When the document is beyond the limits, not JSON, of another version, or holds an unknown or malformed part.
    """
    if not isinstance(text, str) or len(text) > 2 * max_bytes:
        raise TooLarge(f"a document of more than {2 * max_bytes} characters")
    try:
        document = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError(f"not JSON: {type(error).__name__}") from None
    if not isinstance(document, dict) or document.get("wire") != WIRE_VERSION or "value" not in document:
        raise WireError(f"not a wire document of version {WIRE_VERSION}")
    return _Reader(max_bytes).decode(document["value"])


class _Budget:
    """Counts what one document uses of the limits."""

    def __init__(self, max_bytes: int) -> None:
        self.max_bytes = max_bytes
        self.bytes_left = max_bytes
        self.parts_left = MAX_PARTS

    def spend(self, n_bytes: int, depth: int) -> None:
        self.bytes_left -= n_bytes
        self.parts_left -= 1
        if self.bytes_left < 0:
            raise TooLarge(f"more than {self.max_bytes // 2**20} MiB of values")
        if self.parts_left < 0:
            raise TooLarge(f"more than {MAX_PARTS} values")
        if depth > MAX_DEPTH:
            raise TooLarge(f"nested more than {MAX_DEPTH} deep")


class _Writer(_Budget):
    def encode(self, value: object, depth: int = 0) -> Encoded:
        self.spend(_claimed_bytes(value), depth)
        if value is None:
            return ["none"]
        if isinstance(value, np.generic):
            return ["scalar", self._npy(np.asarray(value))]
        if isinstance(value, bool):
            return ["bool", bool(value)]
        if isinstance(value, int):
            return ["int", hex(int(value))]
        if isinstance(value, float):
            return ["float", float(value).hex()]
        if isinstance(value, complex):
            return ["complex", [value.real.hex(), value.imag.hex()]]
        if isinstance(value, str):
            return ["text", str(value).encode("utf-8", "surrogatepass").decode("utf-8", "replace")]
        if isinstance(value, bytes):
            return ["bytes", base64.b64encode(value).decode("ascii")]
        if isinstance(value, np.ndarray):
            return ["array", self._npy(np.asarray(value))]
        if isinstance(value, list | tuple):
            items = [self.encode(item, depth + 1) for item in value]
            return ["tuple" if isinstance(value, tuple) else "list", items]
        if isinstance(value, Mapping):
            return ["dict", [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in value.items()]]
        if isinstance(value, set | frozenset):
            return ["set", [self.encode(item, depth + 1) for item in value]]
        if isinstance(value, np.random.Generator):
            return ["generator", self._generator(value, depth)]
        if isinstance(value, pd.DataFrame):
            columns = [[self.encode(c, depth + 1), self._column(value.iloc[:, i], depth)] for i, c in enumerate(value)]
            return ["table", {"columns": columns, "index": self._column(value.index, depth)}]
        if isinstance(value, pd.Series):
            name = self.encode(value.name, depth + 1)
            return [
                "series",
                {"name": name, "values": self._column(value, depth), "index": self._column(value.index, depth)},
            ]
        raise WireError(f"a value of type {type(value).__name__}")

    def _npy(self, array: np.ndarray) -> str:
        if array.dtype.kind not in ARRAY_KINDS:
            raise WireError(f"an array of dtype {array.dtype}")
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
        return self.encode(rng.bit_generator.state, depth + 1)


class _Reader(_Budget):
    def decode(self, encoded: object, depth: int = 0) -> Any:
        if not isinstance(encoded, list) or not encoded or not isinstance(encoded[0], str):
            raise WireError("a part without a tag")
        tag, payload = encoded[0], encoded[1] if len(encoded) == 2 else None
        self.spend(len(payload) if isinstance(payload, str) else 8, depth)
        read = self._readers.get(tag)
        if read is None:
            raise WireError(f"an unknown tag {tag[:40]!r}")
        try:
            return read(self, payload, depth)
        except WireError:
            raise
        except (ValueError, TypeError, KeyError, OverflowError, RecursionError, MemoryError, AttributeError) as error:
            raise WireError(f"a malformed part {tag!r}: {type(error).__name__}") from None

    def _array(self, payload: Any, depth: int) -> np.ndarray:
        try:
            data = base64.b64decode(payload, validate=True)
        except binascii.Error:
            raise WireError("an array that is not base64") from None
        buffer = io.BytesIO(data)
        if np.lib.format.read_magic(buffer) != (1, 0):
            raise WireError("an array of another npy version")
        shape, fortran, dtype = np.lib.format.read_array_header_1_0(buffer, max_header_size=10_000)
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
        flat = np.frombuffer(body, dtype=dtype) if dtype.itemsize else np.zeros(size, dtype)
        return flat.reshape(shape, order="F" if fortran else "C").copy(order="F" if fortran else "C")

    def _scalar(self, payload: Any, depth: int) -> Any:
        array = self._array(payload, depth)
        if array.ndim:
            raise WireError("a scalar with dimensions")
        return array[()]

    def _items(self, payload: Any, depth: int) -> list[Any]:
        if not isinstance(payload, list):
            raise WireError("a container without items")
        return [self.decode(item, depth + 1) for item in payload]

    def _dict(self, payload: Any, depth: int) -> dict[Any, Any]:
        return {self.decode(key, depth + 1): self.decode(value, depth + 1) for key, value in payload}

    def _generator(self, payload: Any, depth: int) -> np.random.Generator:
        state = self.decode(payload, depth + 1)
        if not isinstance(state, dict) or state.get("bit_generator") not in GENERATORS:
            raise WireError("a random generator of an unknown kind")
        bits = getattr(np.random, state["bit_generator"])()
        bits.state = state
        return np.random.Generator(bits)

    def _table(self, payload: Any, depth: int) -> pd.DataFrame:
        names = [self.decode(name, depth + 1) for name, _ in payload["columns"]]
        index = pd.Index(self.decode(payload["index"], depth + 1))
        columns = [pd.Series(self.decode(c, depth + 1), index=index) for _, c in payload["columns"]]
        table = pd.concat(columns, axis=1) if columns else pd.DataFrame(index=index)
        table.columns = pd.Index(names)
        return table

    def _series(self, payload: Any, depth: int) -> pd.Series:
        index = pd.Index(self.decode(payload["index"], depth + 1))
        name = self.decode(payload["name"], depth + 1)
        return pd.Series(self.decode(payload["values"], depth + 1), index=index, name=name)

    _readers: Mapping[str, Callable[[_Reader, Any, int], Any]] = {
        "none": lambda self, payload, depth: None,
        "bool": lambda self, payload, depth: _checked(payload, bool),
        "int": lambda self, payload, depth: int(_checked(payload, str), 16),
        "float": lambda self, payload, depth: float.fromhex(payload),
        "complex": lambda self, payload, depth: complex(float.fromhex(payload[0]), float.fromhex(payload[1])),
        "text": lambda self, payload, depth: _checked(payload, str).encode("utf-8", "replace").decode("utf-8"),
        "bytes": lambda self, payload, depth: base64.b64decode(payload, validate=True),
        "scalar": _scalar,
        "array": _array,
        "list": _items,
        "tuple": lambda self, payload, depth: tuple(self._items(payload, depth)),
        "set": lambda self, payload, depth: set(self._items(payload, depth)),
        "dict": _dict,
        "generator": _generator,
        "table": _table,
        "series": _series,
    }


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
