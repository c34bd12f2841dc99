"""The model answers of backpropagation agree with automatic differentiation on a GPU, too."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.training import SIZES, Plan, assert_same_training, model_answers, plans


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return model_answers()


@settings(max_examples=40)
@given(N=SIZES, D=SIZES, M=SIZES, seed=st.integers(0, 2**32))
def test_going_back(taped: Callable[..., Any], answers: dict[str, Any], N: int, D: int, M: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    dA, X, W = rng.normal(size=(N, M)), rng.normal(size=(N, D)), rng.normal(size=(D, M))
    mine, theirs = answers["dense_backward"](dA, X, W), taped("dense_backward", dA, X, W)
    for one, other in zip(mine, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


@settings(max_examples=40)
@given(plan=plans())
def test_training(taped: Callable[..., Any], answers: dict[str, Any], plan: Plan) -> None:
    assert_same_training(answers["train_network"](*plan.arguments()), taped("train_network", *plan.arguments()))
