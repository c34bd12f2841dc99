"""Compares an answer with the reference's by type, shape, dtype, nan and infinity, value; reports the first fault."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from autograder.checks.mismatch import Mismatch
from autograder.checks.tables import compare_tables
from autograder.checks.tolerance import close_enough
from autograder.checks.wording import (
    capitalized,
    digits,
    first_difference,
    in_words,
    kind_of,
    listed,
    names_of_items,
    part_of,
    short_key,
    two_numbers,
)
from autograder.plain_text import printable
from autograder.wire.calls import Answer
from autograder.wire.values import mapped


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
        require_list(got, len(want), where or "the answer", results=isinstance(want, tuple))
        names = names_of_items(want)
        _compare_parts(list(zip(names, zip(got, want, strict=True), strict=True)), where, whole_numbers)
    elif isinstance(want, Mapping):
        require_dict(got, set(want), where or "the answer")
        # Shortened: `want` can be a student's answer, and a part's name contains those of the parts around it.
        entries = [(f"the entry {short_key(key)}", (got[key], want[key])) for key in want]
        _compare_parts(entries, where, whole_numbers)
    elif isinstance(want, pd.DataFrame | pd.Series):
        compare_tables(got, want, where)
    else:
        raise TypeError(f"compare has no rule for a reference answer of type {type(want).__name__}")


def agrees(got: Any, want: Any, *, whole_numbers: bool = False) -> bool:
    """Whether `got` is the answer `want`."""
    try:
        compare(got, want, whole_numbers=whole_numbers)
    except Mismatch:
        return False
    return True


def same_answer(one: Answer, other: Answer) -> bool:
    """Whether two answers are the same value within the tolerance, or the same kind of error."""
    if one.outcome != other.outcome:
        return False
    if one.outcome == "error":
        return one.error_names[:1] == other.error_names[:1]
    try:
        return agrees(mapped(one.value, _as_float), mapped(other.value, _as_float))
    except Exception:  # a value that cannot be compared is not the same
        return False


def _as_float(leaf: Any) -> Any:
    """The leaf, with an array of integers as floats: a wrong answer is the same one whatever its dtype."""
    return leaf.astype(np.float64) if isinstance(leaf, np.ndarray) and leaf.dtype.kind in "iu" else leaf


def require_list(value: Any, length: int, what: str, *, results: bool = False) -> None:
    """Raise `Mismatch` unless `value` is a list or tuple of `length` items; `what` names it in the message.

    If they are `results`, they are what a function returns at once, in a tuple.
    """
    several = f"{length} results, as `return {', '.join('abcdefgh'[:length])}` gives them"
    kind, item = (several, "result") if results else ("a list", "item")
    if not isinstance(value, list | tuple):
        raise Mismatch(f"{capitalized(what)} should be {kind}, but is {kind_of(value)}.", kind="type")
    if len(value) != length:
        raise Mismatch(
            f"{capitalized(what)} has the wrong number of {item}s.",
            f"{capitalized(what)} has {len(value)} {item}{'s' * (len(value) != 1)}; expected {length}.",
            kind="shape",
        )


def require_dict(value: Any, keys: set[Any], what: str) -> None:
    """Raise `Mismatch` unless `value` is a dict with exactly `keys`; `what` names it in the message."""
    if not isinstance(value, Mapping):
        raise Mismatch(f"{capitalized(what)} should be a dict, but is {kind_of(value)}.", kind="type")
    missing = [key for key in sorted(keys, key=str) if key not in value]
    if missing:
        words = f"{capitalized(what)} lacks the key{'s' * (len(missing) > 1)} {listed(missing)}."
        more, detail = _why_keys_lack(value, keys, missing)
        raise Mismatch(words + more, words + (detail or more), kind="type")
    if len(value) > len(keys):
        raise Mismatch(
            f"{capitalized(what)} has keys that were not asked for: use only {listed(sorted(keys, key=str))}.",
            kind="type",
        )


def _why_keys_lack(value: Mapping[Any, Any], keys: set[Any], missing: list[Any]) -> tuple[str, str]:
    """What stands in a dict in place of the keys that it lacks: in words, and with the keys it has."""
    mine = [key for key in value if not isinstance(key, str)]
    if mine and len(mine) == len(value) and all(isinstance(key, str) for key in keys):
        return " Its keys aren't texts: put their names in quotes.", ""
    if {str(key).lower() for key in missing} <= {key.lower() for key in value if isinstance(key, str)}:
        return " Upper and lower case matter.", ""
    if {item for item in value.values() if isinstance(item, str)} & set(missing):
        return " These stand to the right of the colons, but keys stand to the left.", ""
    others = [key for key in value if isinstance(key, str) and key not in keys]
    if others:
        one = "isn't" if len(others) == 1 else "aren't"
        meant = f" Should it be {short_key(missing[0])}?" if len(missing) == len(others) == 1 else ""
        return "", f" It has {in_words([short_key(key) for key in others])}, which {one} asked for.{meant}"
    return "", ""


def require_array(value: Any, shape: tuple[int, ...], what: str, *, whole_numbers: bool = False) -> None:
    """Raise `Mismatch` unless `value` is a finite float array of `shape`; `what` names it in the message."""
    _require_array(value, shape, what, whole_numbers)
    _require_same_finiteness(value, np.zeros(shape), what)


def _compare_parts(parts: Sequence[tuple[str, tuple[Any, Any]]], where: str, whole_numbers: bool) -> None:
    """Compare the parts of an answer, in order; the message begins with those that are right, of a whole answer."""
    for name, (got, want) in parts:
        try:
            compare(got, want, where=part_of(where, name), whole_numbers=whole_numbers)
        except Mismatch as mismatch:
            right = [] if where else [n for n, (g, w) in parts if agrees(g, w, whole_numbers=whole_numbers)]
            if right:
                names = in_words([n.removeprefix("the entry ") for n in right])
                works = f"{capitalized(names)} {'is' if len(right) == 1 else 'are'} right. "
                raise Mismatch(works + mismatch.words, works + mismatch.detail, mismatch.kind) from None
            raise


def _compare_plain(got: Any, want: Any, where: str) -> None:
    same_kind = isinstance(got, bool | np.bool_) if isinstance(want, bool | np.bool_) else isinstance(got, type(want))
    what = where or "the answer"
    if not same_kind:
        raise Mismatch(f"{capitalized(what)} should be {kind_of(want)}, but is {kind_of(got)}.", kind="type")
    if got != want:
        raise Mismatch(
            f"{capitalized(what)} is not the expected one.",
            f"{capitalized(what)} is {printable(repr(got)[:200])}; expected {want!r}.",
            "value",
        )


def _compare_whole(got: Any, want: int, where: str) -> None:
    what = where or "the answer"
    if isinstance(got, bool | np.bool_) or not isinstance(got, int | np.integer):
        raise Mismatch(f"{capitalized(what)} should be a whole number (int), but is {kind_of(got)}.", kind="type")
    if int(got) != want:
        words = f"{capitalized(what)} is a whole number, as it should be. Its value is not right."
        raise Mismatch(words, f"{capitalized(what)} is {digits(int(got))}; expected {digits(want)}.", "value")


def _compare_real(got: Any, want: float, where: str) -> None:
    what = where or "the answer"
    if isinstance(got, np.ndarray) and got.ndim:
        words = f"{capitalized(what)} should be a single number, but is {kind_of(got)}."
        raise Mismatch(
            words, f"{capitalized(what)} should be a single number, but is an array of shape {got.shape}.", "type"
        )
    scalar = got[()] if isinstance(got, np.ndarray) else got
    if isinstance(scalar, bool | np.bool_) or not isinstance(scalar, int | float | np.integer | np.floating):
        raise Mismatch(f"{capitalized(what)} should be a single number, but is {kind_of(got)}.", kind="type")
    if isinstance(scalar, np.floating) and scalar.dtype.itemsize < 4:
        raise Mismatch(
            f"{capitalized(what)} is of dtype {scalar.dtype}, which keeps too few digits: use float64.", kind="dtype"
        )
    try:
        number = float(scalar)
    except OverflowError:
        number = math.inf
    single = isinstance(scalar, np.float32)
    _require_same_finiteness(np.asarray(number), np.asarray(want), what)
    if math.isfinite(want) and not close_enough(np.asarray(number), np.asarray(want), single):
        words = f"{capitalized(what)} is a single number, as it should be. Its value is not right."
        actual, expected = two_numbers(number, want)
        raise Mismatch(words, f"{capitalized(what)} is {actual}; expected {expected}.", "value")


def _require_array(got: Any, shape: tuple[int, ...], what: str, whole_numbers: bool) -> None:
    if not isinstance(got, np.ndarray):
        raise Mismatch(f"{capitalized(what)} should be a NumPy array, but is {kind_of(got)}.", kind="type")
    if got.shape != shape:
        if got.ndim != len(shape):
            words = f"{capitalized(what)} has {got.ndim} dimension{'s' * (got.ndim != 1)}; it should have {len(shape)}."
        elif got.shape == shape[::-1]:
            words = f"{capitalized(what)} has its dimensions the wrong way round."
        else:
            words = f"{capitalized(what)} does not have the shape that the docstring gives."
        raise Mismatch(words, f"{capitalized(what)} has the shape {got.shape}; expected {shape}.", kind="shape")
    if got.dtype.kind in "iu" and whole_numbers:
        return
    if got.dtype.kind != "f":
        nature = {"i": "whole numbers", "u": "whole numbers", "b": "True and False", "c": "complex numbers"}
        words = (
            f"{capitalized(what)} holds {nature.get(got.dtype.kind, 'text')}; it should hold numbers of dtype float64."
        )
        raise Mismatch(words, kind="dtype")
    if got.dtype.itemsize < 4:
        raise Mismatch(
            f"{capitalized(what)} is of dtype {got.dtype}, which keeps too few digits: use float64.", kind="dtype"
        )


def _compare_arrays(got: Any, want: np.ndarray, where: str, whole_numbers: bool) -> None:
    what = where or "the answer"
    if want.dtype.kind in "iub":
        _compare_discrete_arrays(got, want, what)
        return
    _require_array(got, want.shape, what, whole_numbers)
    _require_same_finiteness(got, want, what)
    finite = np.isfinite(want)
    right = close_enough(got, want, got.dtype == np.float32) | ~finite
    if not right.all():
        share = "none of its numbers is" if not right.any() else "some of its numbers are not"
        words = f"The shape of {what} is right; {share} right."
        detail = f"The shape of {what} is right. {first_difference(got, want, right)}"
        raise Mismatch(words, detail, "value")


def _compare_discrete_arrays(got: Any, want: np.ndarray, what: str) -> None:
    if not isinstance(got, np.ndarray):
        raise Mismatch(f"{capitalized(what)} should be a NumPy array, but is {kind_of(got)}.", kind="type")
    if got.shape != want.shape:
        _require_array(np.zeros(got.shape), want.shape, what, False)
    if (got.dtype.kind == "b") != (want.dtype.kind == "b") or got.dtype.kind not in "iub":
        kind = "True and False" if want.dtype.kind == "b" else "whole numbers (int)"
        raise Mismatch(f"{capitalized(what)} should hold {kind}.", kind="dtype")
    right = got == want
    if not right.all():
        words = f"The shape of {what} is right; not all of its entries are."
        raise Mismatch(words, f"The shape of {what} is right. {first_difference(got, want, right)}", "value")


_WHENCE_NAN = (
    "It comes from infinity divided by infinity, infinity minus infinity, 0 divided by 0, or the root or logarithm of "
    "a negative number. Which number on the way becomes too large, 0 or negative?"
)


def _require_same_finiteness(got: np.ndarray, want: np.ndarray, what: str) -> None:
    if got.dtype.kind not in "fiu":
        return
    if np.any(np.isnan(got) & ~np.isnan(want)):
        words = f"{capitalized(what)} holds nan (“not a number”) where a number is expected."
        raise Mismatch(f"{words} {_WHENCE_NAN}", kind="nan")
    if np.any(np.isinf(got) & ~np.isinf(want)):
        words = f"{capitalized(what)} holds infinity where a finite number is expected."
        raise Mismatch(f"{words} A number on the way becomes too large, or is divided by 0.", kind="nan")
    if np.any(np.isnan(want) & ~np.isnan(got)) or np.any(np.isinf(want) & (got != want)):
        raise Mismatch(f"{capitalized(what)} has another value where nan or infinity is expected.", kind="nan")
