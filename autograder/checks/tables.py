"""Compares a table with the reference's."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd

from autograder.checks.mismatch import Mismatch
from autograder.checks.tolerance import close_enough
from autograder.checks.wording import capitalized, kind_of


def compare_tables(got: Any, want: pd.DataFrame | pd.Series[Any], where: str) -> None:
    """Raise `Mismatch` unless `got` is the table or column `want`; `where` names it, as in `compare`."""
    what = where or "the answer"
    if not isinstance(got, pd.DataFrame if isinstance(want, pd.DataFrame) else pd.Series):
        raise Mismatch(f"{capitalized(what)} should be {kind_of(want)}, but is {kind_of(got)}.", kind="type")
    if got.shape != want.shape:
        words = f"{capitalized(what)} does not have the number of rows or columns that the docstring gives."
        raise Mismatch(words, f"{capitalized(what)} has the shape {got.shape}; expected {want.shape}.", "shape")
    if isinstance(want, pd.DataFrame) and list(got.columns) != list(want.columns):
        words = f"{capitalized(what)} has the right size; its columns are not the ones asked for, in that order."
        raise Mismatch(words, kind="value")
    # Rows go by position, whatever the index.
    for want_column, got_column in zip(_columns(want), _columns(got), strict=True):
        if not _same_column(got_column, want_column):
            words = f"{capitalized(what)} has the right size and columns; not all of its entries are right."
            raise Mismatch(words, kind="value")


def _columns(table: pd.DataFrame | pd.Series[Any]) -> list[pd.Series[Any]]:
    return [table.iloc[:, i] for i in range(table.shape[1])] if isinstance(table, pd.DataFrame) else [table]


def _same_column(got: pd.Series[Any], want: pd.Series[Any]) -> bool:
    got_entries, want_entries = got.to_numpy(), want.to_numpy()
    if got_entries.dtype.kind in "iuf" and want_entries.dtype.kind in "iuf":
        numbers, want_numbers = got_entries.astype(float), want_entries.astype(float)
        finite = np.isfinite(want_numbers)
        same = (numbers == want_numbers) | (np.isnan(numbers) & np.isnan(want_numbers))
        return bool(
            np.where(finite, close_enough(got_entries, want_numbers, got_entries.dtype == np.float32), same).all()
        )
    return all(map(_same_entry, got_entries, want_entries))


def _same_entry(got: Any, want: Any) -> bool:
    if isinstance(got, float) and isinstance(want, float) and math.isnan(want):
        return math.isnan(got)
    try:
        return bool(got == want)
    except Exception:  # an array or a table in a table's cell is never what was asked for
        return False
