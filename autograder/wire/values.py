"""The kinds of value that the wire carries, and how each is taken apart and put together again."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from autograder.wire.source import Source

ARRAY_KINDS = "biufcUS"
# What a generator's children are made from (`Generator.spawn`), beside its own state.
SEED_PARTS = ("entropy", "spawn_key", "n_children_spawned")
GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")
# What a function can change in place.
MUTABLE = (np.ndarray, list, dict, set, pd.DataFrame, pd.Series)


def leaves(value: Any) -> Iterator[Any]:
    """Yield every leaf of a value, in order: numbers, texts, arrays, generators, None.

    Lists, tuples, dicts, sets, tables, series and the values of a source are looked into. A numeric column is one leaf,
    an array. The keys of a dict and the names and index of a table are not leaves.
    """
    taken_apart = _parts(value)
    if taken_apart is None:
        yield value
    else:
        for part in taken_apart[0]:
            yield from leaves(part)


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """Return a value of the same structure in which each leaf is ``change(leaf)``.

    Dicts keep their keys, tables and series their names and index. What is changed of a column has to be as long as it.
    """
    taken_apart = _parts(value)
    if taken_apart is None:
        return change(value)
    parts, rebuild = taken_apart
    return rebuild([mapped(part, change) for part in parts])


def refill(value: Any, other: Any) -> bool:
    """Give a value in place the contents of `other`, one of its kind; False if it is not of a kind that can change."""
    if isinstance(value, np.ndarray):
        value[...] = other
    elif isinstance(value, list):
        value[:] = other
    elif isinstance(value, dict | set):
        value.clear()
        value.update(other)
    elif isinstance(value, pd.DataFrame | pd.Series):
        value.iloc[:] = other
    return isinstance(value, MUTABLE)


def numbers(value: Any, kinds: str = "iuf") -> Iterator[float]:
    """Yield every number in a value, in order; `kinds` are NumPy's letters for what counts ("b": True and False)."""
    for leaf in leaves(value):
        array = np.asarray(leaf)
        if array.dtype.kind in kinds:
            yield from array.astype(np.float64).ravel().tolist()
        elif isinstance(leaf, int) and array.dtype.kind == "O":  # too large for NumPy, and perhaps for a float
            yield float(leaf) if leaf.bit_length() < 1024 else math.inf


def entries(column: pd.Series[Any] | pd.Index[Any]) -> np.ndarray | list[Any]:
    """The entries of a column or an index: an array if they are numbers, otherwise a list."""
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "biufc":
        return column.to_numpy()
    return list(column)


def table(columns: Sequence[Any], names: pd.Index[Any], index: pd.Index[Any]) -> pd.DataFrame:
    """A table of these columns; two of them may have one name."""
    series = [pd.Series(column, index=index) for column in columns]
    return (pd.concat(series, axis=1) if series else pd.DataFrame(index=index)).set_axis(names, axis=1)


def whole_text(text: str) -> str:
    """The text without half surrogates, which no file and no page can hold."""
    return str(text).encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def _parts(value: Any) -> tuple[Sequence[Any], Callable[[list[Any]], Any]] | None:
    """The parts of a container and the function that builds the container of changed parts; None for a leaf."""
    for kind in (list, tuple, set, frozenset):
        if isinstance(value, kind):
            return list(value), kind
    if isinstance(value, Mapping):
        return list(value.values()), lambda parts: dict(zip(value, parts, strict=True))
    if isinstance(value, Source):
        return list(value.values.values()), lambda parts: Source(
            value.code, **dict(zip(value.values, parts, strict=True))
        )
    if isinstance(value, pd.DataFrame):
        columns = [entries(value.iloc[:, i]) for i in range(value.shape[1])]
        return columns, lambda parts: table(parts, value.columns, value.index)
    if isinstance(value, pd.Series):
        return [entries(value)], lambda parts: pd.Series(parts[0], index=value.index, name=value.name)
    return None
