"""Describes to a student what an answer is, where it differs from the right one, and which call gave it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from autograder.checks.tolerance import ABSOLUTE
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


ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth")
# What a function returns at once, in a tuple.
RESULTS = tuple(f"the {ordinal} result" for ordinal in ORDINALS)
# So many entries of an array are shown side by side.
MOST_SHOWN = 12


def expected_number(want: float) -> float:
    """The number that is expected: 0 if it is nearer to 0 than the tolerance, as 7e-218 is."""
    return 0.0 if abs(want) <= ABSOLUTE else want


def two_numbers(got: float, want: float) -> tuple[str, str]:
    """An answer and the expected number as texts, with just enough digits to tell them apart, and at least seven."""
    want = expected_number(want)
    for precision in range(7, 18):
        actual, expected = f"{got:.{precision}g}", f"{want:.{precision}g}"
        if actual != expected:
            break
    return actual, expected


def first_difference(got: np.ndarray, want: np.ndarray, right: np.ndarray) -> str:
    """What of two arrays differs, in sentences: the one entry, or the first row that is not right."""
    if np.sum(~right) == 1 and right.size > 2:
        place = tuple(int(i[0]) for i in np.nonzero(~right))
        return f"{_entry_that_differs(got, want, place)} The others are right."
    if got.ndim == 1 and got.size > MOST_SHOWN:
        wrong = np.flatnonzero(~right)
        return (
            f"{_entry_that_differs(got, want, (int(wrong[0]),))} In all, {wrong.size} of {got.size} entries are wrong."
        )
    if got.ndim == 1:
        actual, expected = _rows(got, want)
        return f"It is {actual}; expected {expected}."
    rows = np.asarray((~right).reshape(right.shape[0], -1).any(axis=1))
    first = int(np.argmax(rows))
    actual, expected = _rows(got[first], want[first])
    others = " The other rows are right." if rows.sum() == 1 and len(rows) > 1 else ""
    return f"Row {first + 1} is {actual}; expected {expected}.{others}"


def _entry_that_differs(got: np.ndarray, want: np.ndarray, place: tuple[int, ...]) -> str:
    actual, expected = (
        two_numbers(float(got[place]), float(want[place]))
        if want.dtype.kind == "f"
        else (str(got[place].item()), str(want[place].item()))
    )
    return f"{_entry(place)} is {actual}; expected {expected}."


def _entry(place: tuple[int, ...]) -> str:
    """The name of an entry, counted from 1: "Entry 3", "Entry 3 of row 1"."""
    *rows, last = (i + 1 for i in place)
    return f"Entry {last}" + (f" of row {rows[0]}" if len(rows) == 1 else f" at {tuple(rows)}" if rows else "")


def _rows(got: np.ndarray, want: np.ndarray) -> tuple[str, str]:
    """Both as texts, with just enough digits to tell them apart, and at least six."""
    want = np.where(np.abs(want) <= ABSOLUTE, 0.0, want) if want.dtype.kind == "f" else want
    for precision in range(6, 18):
        actual, expected = _row(got, precision), _row(want, precision)
        if actual != expected:
            break
    return actual, expected


def _row(values: np.ndarray, precision: int) -> str:
    """A row of numbers; of a long one both ends."""
    if values.ndim > 1:
        shown = [_row(row, precision) for row in values]
    else:
        shown = [f"{v:.{precision}g}" if values.dtype.kind == "f" else str(v) for v in values.tolist()]
    if len(shown) > MOST_SHOWN:
        shown = [*shown[:3], "...", *shown[-3:]]
    return f"[{', '.join(shown)}]"


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


def in_words(names: Sequence[str]) -> str:
    """Names as one would say them: "item 1, item 2 and item 3"; of many the first few and how many more."""
    if len(names) > 4:
        names = [*names[:3], f"{len(names) - 3} more"]
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def names_of_items(items: Sequence[Any]) -> list[str]:
    """The names of the items of a right answer: a tuple's are results, dicts with weights are layers."""
    count = len(items)
    if isinstance(items, tuple) and 1 < count <= len(RESULTS):
        return list(RESULTS[:count])
    kind = "layer" if items and all(isinstance(item, Mapping) and "W" in item for item in items) else "item"
    return [f"{kind} {number + 1}" for number in range(count)]


def part_of(where: str, part: str) -> str:
    """The name of a part of something that is itself a part of an answer."""
    if not where and part in RESULTS:
        return part
    return f"{part} of {where}" if where else f"{part} of the answer"


def capitalized(what: str) -> str:
    """The name of something at the start of a sentence."""
    # A one-letter name stays as it is: W and w, A and a are different things in this course.
    return what if what[1:2] in ("", " ", "[") else what[0].upper() + what[1:]
