"""Calls like one that was made, with other arguments: one negated, say. A lost sign or bracket gives their answers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations, permutations
from typing import Any

import numpy as np

from autograder.wire.calls import Answer, Request
from autograder.wire.values import numbers

# The answers of a variation are kept with the record of a call: no more numbers than these.
MOST_NUMBERS = 40
# With more arguments, or more numbers in them, a call has too many variations, or they take too long.
MOST_ARGUMENTS = 7
MOST_GIVEN = 1_000
# A whole number up to this, a product, too, may be how often something is done.
LARGEST_COUNT = 1_000

Arguments = Mapping[str, Any]


def varied_answers(answer: Callable[[Request], Answer], function: str, arguments: Arguments) -> dict[str, Any]:
    """The right answers to the variations of a call that have one, by what is varied: "negated: b".

    Parameters
    ----------
    answer
        Gives the right answer.
    function
        The function's name.
    arguments
        Its arguments by name.
    """
    if len(arguments) > MOST_ARGUMENTS or sum(1 for _ in numbers(dict(arguments))) > MOST_GIVEN:
        return {}
    answers = {}
    for name, changes in variations(arguments):
        given = answer(Request.of(function, **{**arguments, **changes}))
        if given.outcome == "value" and sum(1 for _ in numbers(given.value)) <= MOST_NUMBERS:
            answers[name] = given.value
    return answers


def variations(arguments: Arguments) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is varied of a call's arguments, and their new values.

    A number or an array is negated, zero, exchanged with another of its shape, or a number times another. A whole
    number, which may say how often something is done, is 1, one less or one more. Of rows and lists of numbers the
    first or the last entries are left out, of all that are equally long at once.
    """
    varied = {name: value for name, value in arguments.items() if _is_number(value) or _is_array(value)}
    for name, value in varied.items():
        yield f"negated: {name}", {name: -value}
        yield f"zero: {name}", {name: 0 if _is_count(value) else value * 0.0}
        if _is_count(value):
            yield f"one: {name}", {name: 1}
            yield f"one less: {name}", {name: value - 1}
            yield f"one more: {name}", {name: value + 1}
    for one, other in combinations(varied, 2):
        if np.shape(varied[one]) == np.shape(varied[other]):
            yield f"exchanged: {one} {other}", {one: varied[other], other: varied[one]}
    for one, other in permutations(varied, 2):
        if np.ndim(varied[one]) == np.ndim(varied[other]) == 0:
            product = varied[one] * varied[other]
            if isinstance(product, float) or abs(product) <= LARGEST_COUNT:
                yield f"product: {one} {other}", {one: product}
    rows = {name: value for name, value in arguments.items() if _is_row(value)}
    if len({len(row) for row in rows.values()}) == 1:
        length = len(next(iter(rows.values())))
        for cut, part in _PARTS.items():
            if len(range(length)[part]) < length:
                yield f"{cut}: {' '.join(rows)}", {name: row[part] for name, row in rows.items()}


_PARTS = {
    "without last": slice(None, -1),
    "without first": slice(1, None),
    "first": slice(None, 1),
    "last": slice(-1, None),
    "first two": slice(None, 2),
    "last two": slice(-2, None),
}


def _is_number(value: Any) -> bool:
    return isinstance(value, int | float | np.integer | np.floating) and not isinstance(value, bool)


def _is_count(value: Any) -> bool:
    """Whether a value may say how often something is done: more than once."""
    return _is_number(value) and isinstance(value, int | np.integer) and 1 < int(value) <= LARGEST_COUNT


def _is_array(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "if" and value.size > 0


def _is_row(value: Any) -> bool:
    """Whether a value is a list of numbers, or an array with one dimension."""
    if isinstance(value, list):
        return bool(value) and all(map(_is_number, value))
    return _is_array(value) and value.ndim == 1
