"""The leaves of every kind of value are found and changed, and its structure stays."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from autograder import wire
from autograder.wire.values import MUTABLE, leaves, mapped, numbers, refill
from tests.support.plain_values import NESTED, assert_same

TABLE = pd.DataFrame([[1, 2.5, "a"], [2, math.nan, "b"]], index=["x", "x"])
TABLE.columns = pd.Index(["same", "same", 3], dtype=object)
KINDS = {
    "a number": (2.5, [5.0]),
    "a list": ([1, [2.5, "a"]], [2, 5.0, "aa"]),
    "a tuple": ((1, (2.5,)), [2, 5.0]),
    "a dict": ({"a": 1, "b": {1: "c"}}, [2, "cc"]),
    "a set": ({2}, [4]),
    "a frozen set in a set": ({frozenset({2})}, [4]),
    "a series": (pd.Series(["a", "b"], index=[5, 5], name="n"), ["aa", "bb"]),
    "an empty table": (pd.DataFrame(index=["r"]), []),
}


def twice(leaf: Any) -> Any:
    return leaf * 2


@pytest.mark.parametrize("kind", KINDS)
def test_each_leaf_is_found_and_changed(kind: str) -> None:
    value, changed = KINDS[kind]
    assert list(leaves(mapped(value, twice))) == changed
    assert len(list(leaves(value))) == len(changed)


def test_a_numeric_column_is_one_leaf_and_another_one_a_leaf_an_entry() -> None:
    first, second, *texts = leaves([TABLE])
    np.testing.assert_array_equal(first, [1, 2])
    np.testing.assert_array_equal(second, [2.5, math.nan])
    assert texts == ["a", "b"]


def test_a_table_and_a_series_keep_their_names_and_index() -> None:
    doubled = pd.DataFrame([[2, 5.0, "aa"], [4, math.nan, "bb"]], index=["x", "x"])
    doubled.columns = TABLE.columns
    pd.testing.assert_frame_equal(mapped(TABLE, twice), doubled)
    pd.testing.assert_series_equal(mapped(TABLE.iloc[:, 1], twice), doubled.iloc[:, 1])
    assert TABLE.iloc[0, 0] == 1
    single = mapped(TABLE, lambda leaf: leaf.astype("f4") if isinstance(leaf, np.ndarray) else leaf)
    assert [str(dtype) for dtype in single.dtypes[:2]] == ["float32", "float32"]


@given(NESTED)
def test_a_value_whose_leaves_stay_is_the_same(value: object) -> None:
    assert_same(mapped(value, lambda leaf: leaf), value)


@pytest.mark.parametrize("value", [TABLE, TABLE.iloc[:, 1], pd.DataFrame({"a": []})])
def test_a_table_whose_leaves_stay_is_the_one_that_the_wire_gives(value: Any) -> None:
    same = pd.testing.assert_frame_equal if isinstance(value, pd.DataFrame) else pd.testing.assert_series_equal
    same(mapped(value, lambda leaf: leaf), wire.loads(wire.dumps(value)), check_index_type=False)


@pytest.mark.parametrize("value", [np.ones((2, 2)), [1, [2]], {"a": 1}, {1, 2}, TABLE.copy(), TABLE[3].copy()])
def test_what_is_mutable_is_refilled_in_place(value: Any) -> None:
    other = mapped(value, twice)
    assert isinstance(value, MUTABLE)
    assert refill(value, other)
    assert wire.dumps(value) == wire.dumps(other)


@pytest.mark.parametrize("value", [1, "a", (1, [2]), frozenset({1})])
def test_what_cannot_change_is_left(value: Any) -> None:
    assert not refill(value, mapped(value, twice))


def test_numbers_are_found_in_every_kind_of_value() -> None:
    odd = [True, "7", None, b"8", 1j, np.array(["9"]), np.random.default_rng(1)]
    value = [*odd, 1, np.float32(2.5), np.array([[3, 4]]), {"n": {5}}, TABLE.iloc[:, :1], 10**30, 10**400]
    assert list(numbers(value)) == [1, 2.5, 3, 4, 5, 1, 2, 1e30, math.inf]
    assert list(numbers([True, np.array([False])], "b")) == [1, 0]
