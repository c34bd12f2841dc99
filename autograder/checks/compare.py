"""Compares an answer with the reference's: type, shape, dtype, nan and infinity, then value; reports the first fault.

A `Mismatch` carries two messages: ``words``, which give away no number and serve hidden checks, and ``detail``, which
shows the answer and what was expected, and is for public checks only.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

import numpy as np
import pandas as pd

ABSOLUTE, RELATIVE = 1e-9, 1e-6
ABSOLUTE_32, RELATIVE_32 = 1e-6, 1e-4

_slack: ContextVar[float] = ContextVar("slack", default=1.0)


class Mismatch(AssertionError):
    """An answer that is not what was asked for.

    Parameters
    ----------
    words
        What is wrong, in sentences that show none of the check's values: safe for hidden checks.
    detail
        The same with the answer's and the expected values, for public checks; `words` by default.
    kind
        Which step failed: missing, arity, error, type, shape, dtype, nan, value or rule.
    """

    def __init__(self, words: str, detail: str = "", kind: str = "rule") -> None:
        super().__init__(detail or words)
        self.words = words
        self.detail = detail or words
        self.kind = kind


@contextmanager
def tolerance_times(factor: float) -> Iterator[None]:
    """Widen every tolerance by `factor` within: so the build finds checks that a wrong answer barely fails."""
    token = _slack.set(factor)
    try:
        yield
    finally:
        _slack.reset(token)


def compare(got: Any, want: Any, *, where: str = "", whole_numbers: bool = False) -> None:
    """Raise `Mismatch` unless `got` is the answer `want`, by the course's conventions.

    Parameters
    ----------
    got, want
        The answer and the reference's. The type of `want` says what is asked for: a float (any real scalar or 0-d array
        will do), an int, an array (float32 will do), a list or tuple, a dict with exactly those keys, a set of exactly
        those items.
    where
        What part of the answer this is, in words; empty for the whole.
    whole_numbers
        Whether integer arrays will do, because all of the function's arguments were integers.
    """
    if want is None or isinstance(want, str | bytes | bool | np.bool_ | set):
        _compare_plain(got, want, where)
    elif isinstance(want, np.ndarray) and want.ndim > 0:
        _compare_arrays(got, want, where, whole_numbers)
    elif isinstance(want, int | np.integer):
        _compare_whole(got, int(want), where)
    elif isinstance(want, float | np.floating | np.ndarray):
        _compare_real(got, float(want), where)
    elif isinstance(want, list | tuple):
        require_list(got, len(want), where or "the answer")
        for i, (g, w) in enumerate(zip(got, want, strict=True)):
            compare(g, w, where=_part(where, f"item {i + 1}"), whole_numbers=whole_numbers)
    elif isinstance(want, Mapping):
        require_dict(got, set(want), where or "the answer")
        for key in want:
            # Shortened: `want` can be a student's answer, and a part's name contains those of the parts around it.
            compare(got[key], want[key], where=_part(where, f"the entry {_short(key)}"), whole_numbers=whole_numbers)
    elif isinstance(want, pd.DataFrame | pd.Series):
        _compare_tables(got, want, where)
    else:
        raise TypeError(f"compare has no rule for a reference answer of type {type(want).__name__}")


def agrees(got: Any, want: Any, *, whole_numbers: bool = False) -> bool:
    """Whether `got` is the answer `want`."""
    try:
        compare(got, want, whole_numbers=whole_numbers)
    except Mismatch:
        return False
    return True


def require(condition: object, words: str, detail: str = "", *, kind: str = "rule") -> None:
    """Raise `Mismatch` with these sentences unless `condition` holds."""
    if not condition:
        raise Mismatch(words, detail, kind)


def require_list(value: Any, length: int, what: str) -> None:
    """Raise `Mismatch` unless `value` is a list or tuple of `length` items; `what` names it in the message."""
    if not isinstance(value, list | tuple):
        raise Mismatch(f"{_start(what)} should be a list, but is {kind_of(value)}.", kind="type")
    if len(value) != length:
        raise Mismatch(
            f"{_start(what)} has the wrong number of items.",
            f"{_start(what)} has {len(value)} item{'s' * (len(value) != 1)}; expected {length}.",
            kind="shape",
        )


def require_dict(value: Any, keys: set[Any], what: str) -> None:
    """Raise `Mismatch` unless `value` is a dict with exactly `keys`; `what` names it in the message."""
    if not isinstance(value, Mapping):
        raise Mismatch(f"{_start(what)} should be a dict, but is {kind_of(value)}.", kind="type")
    missing = [key for key in sorted(keys, key=str) if key not in value]
    if missing:
        capitals = {str(key).lower() for key in missing} <= {key.lower() for key in value if isinstance(key, str)}
        words = f"{_start(what)} lacks the key{'s' * (len(missing) > 1)} {_listed(missing)}."
        raise Mismatch(words + " Upper and lower case matter." * capitals, kind="type")
    if len(value) > len(keys):
        raise Mismatch(
            f"{_start(what)} has keys that were not asked for: use only {_listed(sorted(keys, key=str))}.", kind="type"
        )


def require_array(value: Any, shape: tuple[int, ...], what: str, *, whole_numbers: bool = False) -> None:
    """Raise `Mismatch` unless `value` is a finite float array of `shape`; `what` names it in the message."""
    _require_array(value, shape, what, whole_numbers)
    _require_same_finiteness(value, np.zeros(shape), what)


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


def _compare_plain(got: Any, want: Any, where: str) -> None:
    same_kind = isinstance(got, bool | np.bool_) if isinstance(want, bool | np.bool_) else isinstance(got, type(want))
    what = where or "the answer"
    if not same_kind:
        raise Mismatch(f"{_start(what)} should be {kind_of(want)}, but is {kind_of(got)}.", kind="type")
    if got != want:
        raise Mismatch(
            f"{_start(what)} is not the expected one.",
            f"{_start(what)} is {repr(got)[:200]}; expected {want!r}.",
            "value",
        )


def _compare_whole(got: Any, want: int, where: str) -> None:
    what = where or "the answer"
    if isinstance(got, bool | np.bool_) or not isinstance(got, int | np.integer):
        raise Mismatch(f"{_start(what)} should be a whole number (int), but is {kind_of(got)}.", kind="type")
    if int(got) != want:
        words = f"{_start(what)} is a whole number, as it should be. Its value is not right."
        raise Mismatch(words, f"{_start(what)} is {_digits(int(got))}; expected {_digits(want)}.", "value")


def _compare_real(got: Any, want: float, where: str) -> None:
    what = where or "the answer"
    if isinstance(got, np.ndarray) and got.ndim:
        words = f"{_start(what)} should be a single number, but is {kind_of(got)}."
        raise Mismatch(
            words, f"{_start(what)} should be a single number, but is an array of shape {got.shape}.", "type"
        )
    scalar = got[()] if isinstance(got, np.ndarray) else got
    if isinstance(scalar, bool | np.bool_) or not isinstance(scalar, int | float | np.integer | np.floating):
        raise Mismatch(f"{_start(what)} should be a single number, but is {kind_of(got)}.", kind="type")
    if isinstance(scalar, np.floating) and scalar.dtype.itemsize < 4:
        raise Mismatch(
            f"{_start(what)} is of dtype {scalar.dtype}, which keeps too few digits: use float64.", kind="dtype"
        )
    try:
        number = float(scalar)
    except OverflowError:
        number = math.inf
    single = isinstance(scalar, np.float32)
    _require_same_finiteness(np.asarray(number), np.asarray(want), what)
    if math.isfinite(want) and not _close(np.asarray(number), np.asarray(want), single):
        rounded = _rounded(np.asarray(number), np.asarray(want))
        words = f"{_start(what)} is a single number, as it should be. Its value is not right.{rounded}"
        raise Mismatch(words, f"{_start(what)} is {number:.7g}; expected {want:.7g}.{rounded}", "value")


def _require_array(got: Any, shape: tuple[int, ...], what: str, whole_numbers: bool) -> None:
    if not isinstance(got, np.ndarray):
        raise Mismatch(f"{_start(what)} should be a NumPy array, but is {kind_of(got)}.", kind="type")
    if got.shape != shape:
        if got.ndim != len(shape):
            words = f"{_start(what)} has {got.ndim} dimension{'s' * (got.ndim != 1)}; it should have {len(shape)}."
        elif got.shape == shape[::-1]:
            words = f"{_start(what)} has its dimensions the wrong way round."
        else:
            words = f"{_start(what)} does not have the shape that the docstring names."
        raise Mismatch(words, f"{_start(what)} has the shape {got.shape}; expected {shape}.", kind="shape")
    if got.dtype.kind in "iu" and whole_numbers:
        return
    if got.dtype.kind != "f":
        nature = {"i": "whole numbers", "u": "whole numbers", "b": "True and False", "c": "complex numbers"}
        words = f"{_start(what)} holds {nature.get(got.dtype.kind, 'text')}; it should hold numbers of dtype float64."
        raise Mismatch(words, kind="dtype")
    if got.dtype.itemsize < 4:
        raise Mismatch(
            f"{_start(what)} is of dtype {got.dtype}, which keeps too few digits: use float64.", kind="dtype"
        )


def _compare_arrays(got: Any, want: np.ndarray, where: str, whole_numbers: bool) -> None:
    what = where or "the answer"
    if want.dtype.kind in "iub":
        _compare_discrete_arrays(got, want, what)
        return
    _require_array(got, want.shape, what, whole_numbers)
    _require_same_finiteness(got, want, what)
    finite = np.isfinite(want)
    right = _close(got, want, got.dtype == np.float32) | ~finite
    if not right.all():
        share = "none of its numbers is" if not right.any() else "some of its numbers are not"
        words = f"The shape of {what} is right; {share} right.{_rounded(got, want)}"
        detail = f"The shape of {what} is right. {_first_difference(got, want, right)}{_rounded(got, want)}"
        raise Mismatch(words, detail, "value")


def _compare_discrete_arrays(got: Any, want: np.ndarray, what: str) -> None:
    if not isinstance(got, np.ndarray):
        raise Mismatch(f"{_start(what)} should be a NumPy array, but is {kind_of(got)}.", kind="type")
    if got.shape != want.shape:
        _require_array(np.zeros(got.shape), want.shape, what, False)
    if (got.dtype.kind == "b") != (want.dtype.kind == "b") or got.dtype.kind not in "iub":
        asked = "True and False" if want.dtype.kind == "b" else "whole numbers (int)"
        raise Mismatch(f"{_start(what)} should hold {asked}.", kind="dtype")
    right = got == want
    if not right.all():
        words = f"The shape of {what} is right; not all of its entries are."
        raise Mismatch(words, f"The shape of {what} is right. {_first_difference(got, want, right)}", "value")


def _compare_tables(got: Any, want: pd.DataFrame | pd.Series[Any], where: str) -> None:
    what = where or "the answer"
    if not isinstance(got, pd.DataFrame if isinstance(want, pd.DataFrame) else pd.Series):
        raise Mismatch(f"{_start(what)} should be {kind_of(want)}, but is {kind_of(got)}.", kind="type")
    if got.shape != want.shape:
        words = f"{_start(what)} does not have the number of rows or columns that the docstring names."
        raise Mismatch(words, f"{_start(what)} has the shape {got.shape}; expected {want.shape}.", "shape")
    if isinstance(want, pd.DataFrame) and list(got.columns) != list(want.columns):
        words = f"{_start(what)} has the right size; its columns are not the ones asked for, in that order."
        raise Mismatch(words, kind="value")
    # Rows go by position, whatever the index.
    for want_column, got_column in zip(_columns(want), _columns(got), strict=True):
        if not _same_column(got_column, want_column):
            words = f"{_start(what)} has the right size and columns; not all of its entries are right."
            raise Mismatch(words, kind="value")


def _columns(table: pd.DataFrame | pd.Series[Any]) -> list[pd.Series[Any]]:
    return [table.iloc[:, i] for i in range(table.shape[1])] if isinstance(table, pd.DataFrame) else [table]


def _same_column(got: pd.Series[Any], want: pd.Series[Any]) -> bool:
    got_entries, want_entries = got.to_numpy(), want.to_numpy()
    if got_entries.dtype.kind in "iuf" and want_entries.dtype.kind in "iuf":
        numbers, want_numbers = got_entries.astype(float), want_entries.astype(float)
        finite = np.isfinite(want_numbers)
        same = (numbers == want_numbers) | (np.isnan(numbers) & np.isnan(want_numbers))
        return bool(np.where(finite, _close(got_entries, want_numbers, got_entries.dtype == np.float32), same).all())
    return all(map(_same_entry, got_entries, want_entries))


def _same_entry(got: Any, want: Any) -> bool:
    if isinstance(got, float) and isinstance(want, float) and math.isnan(want):
        return math.isnan(got)
    try:
        return bool(got == want)
    except Exception:  # an array or a table in a table's cell is never what was asked for
        return False


def _require_same_finiteness(got: np.ndarray, want: np.ndarray, what: str) -> None:
    if got.dtype.kind not in "fiu":
        return
    if np.any(np.isnan(got) & ~np.isnan(want)):
        raise Mismatch(f"{_start(what)} holds nan (“not a number”) where a number is expected.", kind="nan")
    if np.any(np.isinf(got) & ~np.isinf(want)):
        raise Mismatch(f"{_start(what)} holds infinity where a finite number is expected.", kind="nan")
    if np.any(np.isnan(want) & ~np.isnan(got)) or np.any(np.isinf(want) & (got != want)):
        raise Mismatch(f"{_start(what)} has another value where nan or infinity is expected.", kind="nan")


def _close(got: np.ndarray, want: np.ndarray, single: bool) -> np.ndarray:
    absolute, relative = (ABSOLUTE_32, RELATIVE_32) if single else (ABSOLUTE, RELATIVE)
    slack = _slack.get()
    with np.errstate(all="ignore"):
        return np.asarray(np.abs(got.astype(np.float64) - want) <= slack * (absolute + relative * np.abs(want)))


def _rounded(got: np.ndarray, want: np.ndarray) -> str:
    """A sentence for an answer that is the right one, rounded; empty for any other."""
    with np.errstate(all="ignore"):
        if np.any(np.abs(got - want) > 0.051):  # further than any rounding goes
            return ""
    # One or two numbers can be near the right ones by chance.
    fewest = 1 if want.size > 2 else 3
    if any(np.allclose(got, np.round(want, digits), rtol=0, atol=1e-12) for digits in range(fewest, 9)):
        return " It is the right answer, but rounded: return it unrounded."
    return ""


def _first_difference(got: np.ndarray, want: np.ndarray, right: np.ndarray) -> str:
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


def _digits(number: int) -> str:
    return str(number) if number.bit_length() < 200 else "a number with very many digits"


def _short(key: Any) -> str:
    text = repr(key)
    return text if len(text) <= 60 else text[:57] + "..."


def _listed(names: Sequence[Any]) -> str:
    return ", ".join(repr(name) for name in names)


def _part(where: str, part: str) -> str:
    return f"{part} of {where}" if where else f"{part} of the answer"


def _start(what: str) -> str:
    # A one-letter name stays as it is: W and w, A and a are different things in this course.
    return what if what[1:2] in ("", " ", "[") else what[0].upper() + what[1:]
