"""Describes to a student what an answer is, where it differs from the right one, and which call gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from autograder.plain_text import printable


def kind_of(value: Any) -> str:
    """What a value is, in a beginner's words."""
    if value is None:
        return "None (a function without `return` gives None)"
    if isinstance(value, np.ndarray):
        return (
            f"an array with {value.ndim} dimension{'s' * (value.ndim != 1)}"
            if value.ndim
            else "a single number in an array"
        )
    for kinds, words in _KINDS:
        if isinstance(value, kinds):
            return words
    return f"of type {type(value).__name__}"


_KINDS: tuple[tuple[Any, str], ...] = (
    ((bool, np.bool_), "True or False"),
    ((int, np.integer), "a whole number"),
    ((float, np.floating), "a number with a decimal point (float)"),
    ((complex, np.complexfloating), "a complex number"),
    (str, "a text"),
    (bytes, "bytes"),
    (list, "a list"),
    (tuple, "a tuple"),
    (Mapping, "a dict"),
    (pd.DataFrame, "a table (DataFrame)"),
    (pd.Series, "a column of a table (Series)"),
    (np.random.Generator, "a random generator"),
    ((set, frozenset), "a set"),
)


def rounded_note(got: np.ndarray, want: np.ndarray) -> str:
    """A sentence for an answer that is the right one, rounded; empty for any other."""
    with np.errstate(all="ignore"):
        if np.any(np.abs(got - want) > 0.051):  # further than any rounding goes
            return ""
    # One or two numbers can be near the right ones by chance.
    fewest = 1 if want.size > 2 else 3
    if any(np.allclose(got, np.round(want, digits), rtol=0, atol=1e-12) for digits in range(fewest, 9)):
        return " It is the right answer, but rounded: return it unrounded."
    return ""


def first_difference(got: np.ndarray, want: np.ndarray, right: np.ndarray) -> str:
    """The first row in which two arrays differ, as a sentence."""
    if got.ndim == 1:
        actual, expected = _rows(got, want)
        return f"It is {actual}; expected {expected}."
    rows = (~right).reshape(right.shape[0], -1).any(axis=1)
    first = int(np.argmax(rows))
    actual, expected = _rows(got[first], want[first])
    return f"Row {first + 1} is {actual}; expected {expected}."


def _rows(got: np.ndarray, want: np.ndarray) -> tuple[str, str]:
    """Both as texts, with just enough decimals to tell them apart, and at least six."""
    for precision in range(6, 16):
        actual, expected = _row(got, precision), _row(want, precision)
        if actual != expected:
            break
    return actual, expected


def _row(values: np.ndarray, precision: int) -> str:
    return np.array2string(values, precision=precision, threshold=12, edgeitems=3, max_line_width=200).replace("\n", "")


def digits(number: int) -> str:
    """A whole number as text, however large."""
    return str(number) if number.bit_length() < 200 else "a number with very many digits"


def short_key(key: Any) -> str:
    """A key as text, shortened."""
    text = printable(repr(key))
    return text if len(text) <= 60 else text[:57] + "..."


def listed(names: Sequence[Any]) -> str:
    """Names in quotes, separated by commas."""
    return ", ".join(printable(repr(name)) for name in names)


def part_of(where: str, part: str) -> str:
    """The name of a part of something that is itself a part of an answer."""
    return f"{part} of {where}" if where else f"{part} of the answer"


def capitalized(what: str) -> str:
    """The name of something at the start of a sentence."""
    # A one-letter name stays as it is: W and w, A and a are different things in this course.
    return what if what[1:2] in ("", " ", "[") else what[0].upper() + what[1:]


def shown_call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """A call as a student would write it, shortened."""
    arguments = [_argument(value) for value in args] + [f"{key}={_argument(value)}" for key, value in kwargs.items()]
    return f"{name}({', '.join(arguments)})"


def _argument(value: Any) -> str:
    if isinstance(value, np.random.Generator):
        return "rng"
    if isinstance(value, np.ndarray):  # a list of the same numbers would be another call
        return f"np.array({_shortened(np.array2string(value, precision=4, threshold=12, separator=', '))})"
    return _shortened(repr(value))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 120 else text[:117] + "..."
