"""Mutants whose results have another form or precision than they should have."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.audit.mutants.mutant import Function
from autograder.wire.values import mapped


def with_other_results(right: Function) -> Iterator[tuple[str, Function]]:
    """The right answer with each of its numbers and arrays changed in one way, for each way."""
    for name, change in _CHANGES.items():
        yield name, _changed(right, change)


def _changed(right: Function, change: Callable[[Any], Any]) -> Function:
    """The right answer with each of its numbers and arrays changed."""

    def change_numbers(leaf: Any) -> Any:
        return change(leaf) if np.asarray(leaf).dtype.kind in "iuf" else leaf

    @functools.wraps(right)
    def mutant(*args: Any, **kwargs: Any) -> Any:
        return mapped(right(*args, **kwargs), change_numbers)

    return mutant


def _rounded(digits: int) -> Callable[[Any], Any]:
    return lambda leaf: np.round(leaf, digits) if np.asarray(leaf).dtype.kind == "f" else leaf


def _first_row_alone(leaf: Any) -> Any:
    if np.ndim(leaf) == 0:
        return leaf
    changed = np.zeros_like(leaf)
    changed[0] = leaf[0]
    return changed


_CHANGES: dict[str, Callable[[Any], Any]] = {
    **{f"rounded to {digits} digits": _rounded(digits) for digits in (2, 3, 4, 6)},
    "arrays flattened": lambda leaf: np.ravel(leaf) if np.ndim(leaf) else leaf,
    "arrays as lists": lambda leaf: np.asarray(leaf).tolist(),
    "rows as tables": lambda leaf: np.reshape(leaf, (1, -1)) if np.ndim(leaf) == 1 else leaf,
    "numbers in arrays": lambda leaf: np.reshape(leaf, 1) if np.ndim(leaf) == 0 else leaf,
    "floats for whole numbers": lambda leaf: leaf if np.ndim(leaf) else float(leaf),
    "0 for what is negative": lambda leaf: np.maximum(leaf, 0),
    "no minus signs": np.abs,
    "only the first row right": _first_row_alone,
}
