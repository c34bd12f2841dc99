"""The call that a message shows can be pasted and run, and is the very call that was made."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.checks.calls_as_code import call_as_code
from autograder.wire.calls import read_arguments, write_arguments


def pasted(code: str) -> str:
    """The arguments of the call that the code makes, as a wire document."""

    def f(*args: Any, **kwargs: Any) -> None:
        documents.append(write_arguments(args, kwargs))

    documents: list[str] = []
    exec(code, {"f": f, "np": np, "pd": pd})
    return documents[-1]


LAYERS = [
    {"W": np.array([[0.1234567890123, -0.5], [1 / 3, 1e-300]]), "b": np.array([0.3, -0.2]), "activation": "relu"},
    {"W": np.array([[1.3], [-0.7]]), "b": np.array([-0.6]), "activation": "sigmoid"},
]
CALLS: list[tuple[tuple[Any, ...], dict[str, Any]]] = [
    ((0.415,), {}),
    ((3, -2.0, True, None, "it's"), {"n": 3}),
    ((np.array([1.0, np.inf, -np.inf, np.nan]),), {}),
    ((np.array([[1, 2], [3, 4]]), np.zeros((0, 3)), np.array([1.5], "f4"), np.array([True])), {}),
    ((np.array([1, 2], "i4"), np.array(2.5)), {}),
    (([3, 4, 2], np.random.default_rng(11)), {}),
    ((np.array([[0.5, -1.2], [1.4, 0.7], [-0.8, -0.6]]), LAYERS), {"activation": "relu"}),
    ((), {"X": np.arange(30.0).reshape(10, 3) / 7, "layers": LAYERS}),
    ((np.arange(60.0).reshape(3, 20) / 7,), {"names": ["a" * 30] * 5}),
    (((1,), {"a": (2, 3)}), {}),
    ((pd.DataFrame({"a": [1.5, 2.5], "b": ["x", "y"]}), pd.Series([1.5, 2.5])), {}),
]


@pytest.mark.parametrize(("args", "kwargs"), CALLS)
def test_the_code_makes_the_call(args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    code = call_as_code("f", args, kwargs)
    assert "..." not in code
    assert pasted(code) == write_arguments(args, kwargs)
    # as it is read back from the call that was made
    again, by_name = read_arguments(write_arguments(args, kwargs))
    assert call_as_code("f", tuple(again), by_name) == code


def test_a_number_of_numpys_is_shown_as_a_number() -> None:
    assert call_as_code("f", (np.float64(0.1), [np.int64(3)]), {}) == "f(0.1, [3])"


def test_a_short_call_is_one_line_and_a_long_one_has_its_arguments_first() -> None:
    assert call_as_code("f", (np.array([[1.0, 2.0]]), "relu"), {"n": 3}) == "f(np.array([[1.0, 2.0]]), 'relu', n=3)"
    long = call_as_code("f", (np.arange(40.0), 0.5), {"n": 3})
    assert long.startswith("example = (\n    np.array([0.0, 1.0,")
    assert long.endswith("    0.5,\n)\nf(*example, n=3)")


def test_what_cannot_be_written_as_code_or_is_too_long_is_not_shown() -> None:
    drawn_from = np.random.default_rng(3)
    drawn_from.random()
    for value in (drawn_from, {1, 2}, object(), 1j, np.zeros((90, 90))):
        assert call_as_code("f", (value,), {}) == ""


@given(npst.arrays("f8", st.sampled_from([(3,), (2, 3), (6, 7), (2, 2, 2)]), elements=st.floats(width=64)))
def test_no_digit_is_lost(array: np.ndarray) -> None:
    code = call_as_code("f", (array,), {})
    if code and not np.isnan(array).any():  # a nan's sign does not count
        assert pasted(code) == write_arguments((array,), {})
