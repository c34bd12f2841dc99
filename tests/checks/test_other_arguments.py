"""An answer that is right for other arguments in every failing call is reported as that, if one variation fits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from autograder.wire.calls import Answer, Request
from autograder.wire.variations import variations, varied_answers
from tests.checks.test_relations import relation

RNG = np.random.default_rng(11)
NEURONS = [(RNG.normal(size=n), RNG.normal(size=n), float(RNG.normal())) for n in (3, 4, 2, 5)]
NUMBERS = [tuple(map(float, RNG.normal(size=3))) for _ in range(4)]
SIZES = [([3, 5, 2],), ([784, 100, 10],), ([2, 7, 1, 3, 5],), ([5, 3, 4],)]
TABLES = [(RNG.normal(size=(n, 2)), RNG.normal(size=(2, 3)), RNG.normal(size=3)) for n in (4, 2, 3)]


def squeezed(z: Any) -> Any:
    return 1 / (1 + np.exp(-z))


def neuron(x: np.ndarray, w: np.ndarray, b: float) -> float:
    return float(squeezed(np.sum(x * w) + b))


def line(x: float, w: float, b: float) -> dict[str, float]:
    z = w * x + b
    return {"z": z, "a": float(squeezed(z))}


def layer(X: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.asarray(np.tanh(X @ W + b))


def count(sizes: list[int]) -> int:
    if len(sizes) < 2:
        raise ValueError
    return sum((one + 1) * other for one, other in pairwise(sizes))


def exponent(x: float, w: float, b: float) -> dict[str, float]:
    return {"z": w * x + b, "a": float(1 / (1 + np.exp(-w * x + b)))}


def other_order(x: float, b: float, w: float) -> dict[str, float]:
    return line(x, w, b)


def first_round(sizes: list[int]) -> int:
    return count(sizes[:2])


def trained(w: float, x: float, learning_rate: float, epochs: int) -> dict[str, float]:
    for _ in range(epochs):
        w = w - learning_rate * 2 * x * (w * x - 1)
    return {"w": w, "cost": (w * x - 1) ** 2}


TRAININGS = [(0.1234, 1.234, 0.0412, 4), (0.4567, 0.856, 0.1237, 6), (-0.31, 2.345, 0.0512, 5)]
Function = Callable[..., Any]
FITTING: list[tuple[str, Function, Function, Sequence[tuple[Any, ...]], str]] = [
    (
        "the minus before the product alone",
        lambda x, w, b: float(1 / (1 + np.exp(-np.sum(w * x) + b))),
        neuron,
        NEURONS,
        "In every call your answer would be right if `b` were `-b`. Is a sign wrong, or are brackets missing?",
    ),
    (
        "in an entry of a dict",
        exponent,
        line,
        NUMBERS,
        "In every call the entry 'a' of your answer would be right if `b` were `-b`. "
        "Is a sign wrong, or are brackets missing?",
    ),
    ("in a table", lambda X, W, b: np.tanh(X @ W - b), layer, TABLES, "would be right if `b` were `-b`."),
    (
        "either factor",
        lambda x, w, b: line(-x, w, b),
        line,
        NUMBERS,
        "would be right if `x` were `-x` or `w` were `-w`. Is a sign",
    ),
    (
        "another order in the def line",
        other_order,
        line,
        NUMBERS,
        "would be right if `w` and `b` were exchanged. Look at their order, in the `def` line too.",
    ),
    ("left out", lambda x, w, b: neuron(x, w, 0.0), neuron, NEURONS, "would be right if `b` were 0. Is it left out"),
    (
        "brackets in the wrong place",
        lambda x, w, b: line(x, w, b * w),
        line,
        NUMBERS,
        "would be right if `b` were `b * w`. Are brackets in the wrong place?",
    ),
    (
        "one epoch only",
        lambda w, x, learning_rate, epochs: trained(w, x, learning_rate, 1),
        trained,
        TRAININGS,
        "would be right if `epochs` were 1. Is a loop missing, or does it end in its first round?",
    ),
    (
        "one epoch short",
        lambda w, x, learning_rate, epochs: trained(w, x, learning_rate, epochs - 1),
        trained,
        TRAININGS,
        "would be right if `epochs` were one less. Does a loop stop too early?",
    ),
    (
        "one epoch too many",
        lambda w, x, learning_rate, epochs: trained(w, x, learning_rate, epochs + 1),
        trained,
        TRAININGS,
        "would be right if `epochs` were one more. Is there a round too many?",
    ),
    (
        "what is learnt is thrown away",
        lambda w, x, learning_rate, epochs: trained(w, x, learning_rate, 0),
        trained,
        TRAININGS,
        "the entry 'w' of your answer is what comes out if nothing is ever updated. Is the new value kept",
    ),
    (
        "one round short",
        lambda x, w, b: neuron(x[:-1], w[:-1], b),
        neuron,
        NEURONS,
        "would be right without the last entry of `x` and `w`. Does a loop stop too early?",
    ),
    (
        "one round too late",
        lambda x, w, b: neuron(x[1:], w[1:], b),
        neuron,
        NEURONS,
        "would be right without the first entry of `x` and `w`. Where does the loop begin?",
    ),
    (
        "the first round alone",
        lambda x, w, b: neuron(x[:1], w[:1], b),
        neuron,
        NEURONS,
        "would be right for the first entry of `x` and `w` alone. Does a loop end in its first round?",
    ),
    (
        "one round short, where nothing is left",
        lambda sizes: count(sizes[:-1]) if len(sizes) > 2 else 0,
        count,
        [([6, 4],), *SIZES],
        "would be right without the last entry of `sizes`. Does a loop stop too early?",
    ),
    (
        "two sizes",
        first_round,
        count,
        SIZES,
        "would be right for the first two entries of `sizes` alone. Does a loop end in its first round?",
    ),
    (
        "the last two sizes",
        lambda sizes: count(sizes[-2:]),
        count,
        SIZES,
        "would be right for the last two entries of `sizes` alone. Does each round of a loop throw away",
    ),
]


@pytest.mark.parametrize("hidden", [False, True])
@pytest.mark.parametrize(("name", "mine", "right", "inputs", "sentence"), FITTING, ids=[row[0] for row in FITTING])
def test_what_is_right_for_other_arguments_is_reported(
    name: str, mine: Function, right: Function, inputs: Sequence[tuple[Any, ...]], sentence: str, hidden: bool
) -> None:
    assert sentence in relation(mine, right, inputs, hidden=hidden)


SILENT: list[tuple[str, Function, Function, Sequence[tuple[Any, ...]]]] = [
    ("one call", exponent, line, NUMBERS[:1]),
    (
        "in one of the calls",
        lambda x, w, b: neuron(x, w, -b if len(x) > 2 else b + 1),
        neuron,
        NEURONS,
    ),
    ("a little off", lambda x, w, b: neuron(x, w, -b) + 0.001, neuron, NEURONS),
    ("two variations", lambda x, w, b: line(-x, w, -b * 1.5), line, NUMBERS),
    (
        "another in each call",
        lambda x, w, b: neuron(x, w, -b) if len(x) > 3 else neuron(x[:-1], w[:-1], b),
        neuron,
        NEURONS,
    ),
    (
        "the last size left out, and another number where nothing is left",
        lambda sizes: count(sizes[:-1]) if len(sizes) > 2 else 3,
        count,
        [*SIZES, ([6, 4],)],
    ),
    ("small whole numbers", lambda sizes: count(sizes[:2]), count, [([1, 1, 1],), ([2, 1, 1],), ([1, 2, 1],)]),
]


@pytest.mark.parametrize(("name", "mine", "right", "inputs"), SILENT, ids=[row[0] for row in SILENT])
def test_nothing_is_reported_if_no_variation_fits_in_every_call(
    name: str, mine: Function, right: Function, inputs: Sequence[tuple[Any, ...]]
) -> None:
    assert "would be right" not in relation(mine, right, inputs)


def test_texts_tables_of_texts_and_generators_are_not_varied() -> None:
    odd = {"name": "relu", "on": True, "rng": np.random.default_rng(1), "texts": np.array(["a"]), "none": None}
    assert list(variations(odd)) == []


def test_a_call_that_would_take_long_is_not_made() -> None:
    assert "product: epochs batch" not in dict(variations({"epochs": 500, "batch": 32}))
    assert "product: epochs batch" in dict(variations({"epochs": 5, "batch": 32}))

    def never(request: Request) -> Answer:
        raise AssertionError("it was called")

    assert varied_answers(never, "f", {"X": np.ones((100, 100))}) == {}
    assert varied_answers(never, "f", {f"x{i}": 1.5 for i in range(10)}) == {}


def test_a_function_that_refuses_the_other_arguments_has_no_variations() -> None:
    def refusing(x: float, w: float) -> float:
        if x < 0 or w <= 0:
            raise ValueError
        return x * w**1.5

    inputs = [(0.4114, 1.7213), (1.2931, 0.3351), (2.1117, 0.9142), (0.7751, 2.2173)]
    assert relation(lambda x, w: -x * w + 0.5, refusing, inputs) == ""
