"""What a model answer goes on with over a student's earlier function is like the right thing, or nothing."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.grading.earlier import alike, is_small

RIGHT = {
    "an array": (np.zeros((2, 3)), np.ones((2, 3))),
    "whole numbers": (np.zeros(3), np.arange(3)),
    "a number": (0.5, np.float64(3)),
    "a list of layers": ([{"W": np.zeros((2, 1)), "b": np.zeros(1)}], [{"W": np.ones((2, 1)), "b": np.ones(1)}]),
    "a tuple": ((1.0, np.zeros(2)), (2.0, np.ones(2))),
    "a text": ("a", "b"),
}
OTHERS = {
    "a column": (np.zeros(1000), np.zeros((1000, 1))),
    "a long array": (np.zeros(3), np.zeros(10**6)),
    "a huge number": (3, 1 << 30_000),
    "a huge number in a list": ([3], [1 << 30_000]),
    "one more": ([1.0], [1.0, 2.0]),
    "another key": ({"W": 1.0}, {"V": 1.0}),
    "a list for an array": (np.zeros(2), [0.0, 0.0]),
    "a long text": ("a", "a" * 10_000),
}


@pytest.mark.parametrize("what", RIGHT)
def test_the_same_structure_is_alike(what: str) -> None:
    right, value = RIGHT[what]
    assert alike(value, right)


@pytest.mark.parametrize("what", OTHERS)
def test_another_structure_is_not(what: str) -> None:
    right, value = OTHERS[what]
    assert not alike(value, right)


def test_what_a_refusal_should_have_been_is_small() -> None:
    assert is_small(np.zeros((10, 10)))
    assert not is_small(np.zeros((1000, 2)))
    assert not is_small(1 << 100)
