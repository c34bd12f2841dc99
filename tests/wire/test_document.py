"""Every kind of value comes back from the wire as it was; its size is checked before anything is encoded."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.wire import budget, values
from autograder.wire import document as wire
from tests.support.plain_values import NESTED, assert_same

DTYPES = [
    "?",
    "i1",
    "<i2",
    ">i4",
    "<i8",
    "u1",
    "<u2",
    ">u8",
    "<f2",
    "<f4",
    ">f4",
    "<f8",
    ">f8",
    "<c8",
    ">c16",
    "S3",
    "<U4",
]


def there_and_back(value: object) -> Any:
    return wire.loads(wire.dumps(value))


@given(NESTED)
def test_plain_values_and_containers_come_back(value: object) -> None:
    assert_same(there_and_back(value), value)


@given(st.sampled_from(DTYPES), npst.array_shapes(min_dims=0, max_dims=4, min_side=0, max_side=4), st.data())
def test_arrays_come_back_with_dtype_shape_and_order(dtype: str, shape: tuple[int, ...], data: st.DataObject) -> None:
    array = data.draw(npst.arrays(np.dtype(dtype), shape))
    for given_array in (array, np.asfortranarray(array), array[::-1] if array.ndim else array):
        back = there_and_back(given_array)
        assert type(back) is np.ndarray
        assert (back.dtype, back.shape) == (given_array.dtype, given_array.shape)
        np.testing.assert_array_equal(back, given_array)
        assert back.flags.writeable
        assert back.flags.owndata
    assert there_and_back(np.asfortranarray(array)).flags.f_contiguous


@given(npst.array_dtypes(max_size=1) | st.sampled_from(DTYPES).map(np.dtype), st.data())
def test_scalars_of_numpy_stay_scalars_of_their_dtype(dtype: np.dtype[Any], data: st.DataObject) -> None:
    scalar = data.draw(npst.arrays(dtype, ()))[()]
    if dtype.kind not in values.ARRAY_KINDS:
        with pytest.raises(wire.WireError):
            wire.dumps(scalar)
        return
    back = there_and_back(scalar)
    assert type(back) is type(scalar)
    np.testing.assert_array_equal(back, scalar)


def test_odd_numbers_come_back() -> None:
    numbers = [math.inf, -math.inf, -0.0, 5e-324, 10**5000, -(2**70)]
    assert_same(there_and_back(numbers), numbers)
    assert math.isnan(there_and_back((math.nan,))[0])


def test_a_zero_dimensional_array_and_one_of_shape_1_are_distinguished() -> None:
    zero, one = there_and_back(np.array(2.5)), there_and_back(np.array([2.5]))
    assert isinstance(zero, np.ndarray)
    assert (zero.shape, one.shape) == ((), (1,))
    assert isinstance(there_and_back(np.float64(2.5)), np.float64)


def test_tables_and_columns_come_back() -> None:
    table = pd.DataFrame([[1, 2.5, "a", True], [2, math.nan, "b", False]], index=["x", "x"])
    table.columns = pd.Index(["same", "same", 3, ("a", "b")], dtype=object)
    pd.testing.assert_frame_equal(there_and_back(table), table, check_index_type=False)
    pd.testing.assert_series_equal(there_and_back(table.iloc[:, 1]), table.iloc[:, 1])
    for empty in (pd.DataFrame(), pd.DataFrame({"a": []}), pd.DataFrame(index=["r"])):
        assert there_and_back(empty).shape == empty.shape


@pytest.mark.parametrize("name", values.GENERATORS)
def test_a_random_generator_goes_on_where_it_was(name: str) -> None:
    rng = np.random.Generator(getattr(np.random, name)(7))
    rng.random(5), rng.integers(9, dtype=np.uint32)
    back = there_and_back(rng)
    np.testing.assert_array_equal(back.normal(size=9), rng.normal(size=9))
    np.testing.assert_array_equal(back.integers(9, size=9, dtype=np.uint32), rng.integers(9, size=9, dtype=np.uint32))


def test_the_children_of_a_random_generator_are_the_same_ones() -> None:
    rng = np.random.default_rng(5)
    rng.spawn(1)
    twin = wire.loads(wire.dumps(rng))
    for one, other in zip(rng.spawn(2), twin.spawn(2), strict=True):
        assert one.random() == other.random()


@pytest.mark.parametrize(
    "value",
    [
        object(),
        print,
        np.array([None]),
        np.array([{}], dtype=object),
        np.zeros(2, "M8[s]"),
        np.zeros(1, "i4,f8"),
        {1: [open]},
    ],
)
def test_what_the_wire_does_not_carry_is_refused_by_name(value: object) -> None:
    with pytest.raises(wire.WireError, match=r"of type|of dtype"):
        wire.dumps(value)


def test_size_is_checked_before_encoding() -> None:
    claims_ten_gigabytes = np.broadcast_to(np.float64(1), (10**9 + 10**8,))
    for value in (
        claims_ten_gigabytes,
        [[claims_ten_gigabytes]],
        [np.zeros(3 * 10**6)] * 2,
        "x" * (budget.MAX_BYTES + 1),
    ):
        with pytest.raises(wire.TooLarge):
            wire.dumps(value)
    with pytest.raises(wire.TooLarge):
        wire.dumps(np.zeros(100), max_bytes=700)


def test_depth_and_number_of_parts_are_bounded() -> None:
    deep: list[Any] = []
    deep.append(deep)
    numbers = set(range(budget.MAX_NUMBER_KEYS + 1))
    for value in (deep, [None] * (budget.MAX_PARTS + 1), numbers, dict.fromkeys(numbers), "," * (budget.MAX_MARKS + 1)):
        with pytest.raises(wire.TooLarge):
            wire.dumps(value)
