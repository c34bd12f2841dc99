"""Wrong answers that have to do with a size of the data: a sum for a mean, right only where two sizes are equal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from autograder.checks.related_numbers import Part
from autograder.checks.wording import ORDINALS
from autograder.wire.calls import Call

_FEWEST = 2


def times_a_size(calls: Sequence[Sequence[Part]]) -> str | None:
    """The size by which all answers are too large, in words, if it is not always the same number; otherwise None."""
    return _size_that_is(_factors(calls), calls)


def divided_by_a_size(calls: Sequence[Sequence[Part]]) -> str | None:
    """The size by which all right answers are divided, in words, if it is not always the same number; or None."""
    factors = _factors(calls)
    return _size_that_is([1 / factor for factor in factors] if factors else None, calls)


def only_for_equal_sizes(calls: Sequence[tuple[Call, bool]]) -> str | None:
    """The one pair of sizes, in words, that are equal in those calls that are right and in no other; or None."""
    right = np.array([is_right for _, is_right in calls])
    if min(right.sum(), (~right).sum()) < _FEWEST or _options_decide([call for call, _ in calls], right):
        return None
    rows = list(_sizes_in_all([call for call, _ in calls]).items())
    pairs = [
        f"{name} and {other}"
        for i, (name, sizes) in enumerate(rows)
        for other, others in rows[:i]
        if np.array_equal(np.equal(sizes, others), right)
    ]
    return pairs[0] if len(pairs) == 1 else None


def _options_decide(calls: Sequence[Call], right: np.ndarray) -> bool:
    """Whether the texts and switches among the arguments are others in the calls that are right than in the rest."""
    options = [repr([v for v in (*c.arguments, *c.keywords.values()) if isinstance(v, str | bool)]) for c in calls]
    of_right, of_wrong = (
        {option for option, is_right in zip(options, right, strict=True) if is_right == wanted}
        for wanted in (True, False)
    )
    return not of_right & of_wrong


def _factors(calls: Sequence[Sequence[Part]]) -> list[float] | None:
    """The factor of each call, if it has one and the factors differ."""
    factors: list[float] = []
    for parts in calls:
        ratios = [part.ratio for part in parts]
        first = ratios[0]
        if first is None or any(r is None or abs(r - first) > 1e-5 * abs(first) for r in ratios):
            return None
        factors.append(first)
    return factors if max(factors) - min(factors) > 1e-3 else None


def _size_that_is(factors: list[float] | None, calls: Sequence[Sequence[Part]]) -> str | None:
    if factors is None:
        return None
    sizes = _sizes_in_all([parts[0].call for parts in calls])
    return next((name for name, values in sizes.items() if np.allclose(values, factors, rtol=1e-5)), None)


def _sizes_in_all(calls: Sequence[Call]) -> dict[str, tuple[int, ...]]:
    """The sizes that all calls have, by their names; of those that are equal in every call the first."""
    each = [dict(_sizes(call)) for call in calls]
    values: dict[tuple[int, ...], str] = {}
    for name in each[0]:
        if all(name in sizes for sizes in each):
            values.setdefault(tuple(sizes[name] for sizes in each), name)
    return {name: sizes for sizes, name in values.items()}


def _sizes(call: Call) -> Iterator[tuple[str, int]]:
    """The sizes of the arrays and lists among the arguments of a call."""
    named = zip((f"the {ordinal} argument" for ordinal in ORDINALS), call.arguments, strict=False)
    for name, value in [*named, *call.keywords.items()]:
        if isinstance(value, list | tuple) or (isinstance(value, np.ndarray) and value.ndim == 1):
            yield f"the number of entries of {name}", len(value)
        elif isinstance(value, np.ndarray) and value.ndim == 2:
            yield f"the number of rows of {name}", value.shape[0]
            yield f"the number of columns of {name}", value.shape[1]
            yield f"the number of entries of {name}", value.size


def is_table(value: Any) -> bool:
    """Whether a value is a two-dimensional array, with more than one row and column."""
    return isinstance(value, np.ndarray) and value.ndim == 2 and min(value.shape) > 1
