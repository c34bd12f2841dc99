"""Random networks and batches to train them on, and how near a model answer comes to automatic differentiation."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np
from hypothesis import strategies as st

from autograder.lessons.answers import oracle_in
from autograder.lessons.course import load_module, read_lesson
from autograder.lessons.reference import References
from tests.support.course import ROOT

LESSON = read_lesson(ROOT / "solutions" / "week2" / "backpropagation" / "lesson.py")
ACTIVATIONS = ["linear", "sigmoid", "tanh", "relu"]
SIZES = st.integers(1, 6)


@dataclass(frozen=True)
class Plan:
    """A training to try: its sizes, inputs first, activations and settings, and the seed of all its numbers."""

    sizes: tuple[int, ...]
    activations: tuple[str, ...]
    examples: int
    batch_size: int
    epochs: int
    seed: int

    def arguments(self) -> list[Any]:
        """Arguments of `train_network`, made anew: the generator is always in the same state."""
        rng = np.random.default_rng(self.seed)
        layers = [
            {"W": rng.normal(0, 1 / np.sqrt(D), (D, M)), "b": rng.normal(0, 0.3, M), "activation": activation}
            for D, M, activation in zip(self.sizes, self.sizes[1:], self.activations, strict=False)
        ]
        X, y = rng.normal(size=(self.examples, self.sizes[0])), rng.normal(size=(self.examples, self.sizes[-1]))
        return [X, y, layers, 0.1, self.epochs, self.batch_size, rng]


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Networks of one to three layers."""
    depth = draw(st.integers(1, 3))
    return Plan(
        tuple(draw(st.lists(SIZES, min_size=depth + 1, max_size=depth + 1))),
        tuple(draw(st.lists(st.sampled_from(ACTIVATIONS), min_size=depth, max_size=depth))),
        examples=draw(st.integers(1, 9)),
        batch_size=draw(st.integers(1, 10)),
        epochs=draw(st.integers(0, 3)),
        seed=draw(st.integers(0, 2**32)),
    )


def model_answers() -> dict[str, Any]:
    """The lesson's model answers, by name."""
    return References(LESSON).namespace


@contextmanager
def taping(device: str = "") -> Iterator[Callable[..., Any]]:
    """A function that asks an exercise's oracle, which has TensorFlow differentiate, on a device.

    TensorFlow changes the environment and starts threads: it gets a process of its own.
    """
    with _process() as process:
        yield lambda exercise, *args: process.submit(_taped, device, exercise, *args).result(timeout=120)


def gpus() -> list[str]:
    """The GPUs that TensorFlow can use."""
    with _process() as process:
        return process.submit(_gpus).result(timeout=120)


@contextmanager
def _process() -> Iterator[ProcessPoolExecutor]:
    sys.path.insert(0, str(ROOT))  # where a new process finds `tests`; pytest itself doesn't need it
    try:
        with ProcessPoolExecutor(1, get_context("spawn"), initializer=_quiet) as process:
            yield process
    finally:
        sys.path.remove(str(ROOT))


def _quiet() -> None:
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"


def _gpus() -> list[str]:
    import tensorflow as tf

    return [device.name for device in tf.config.list_logical_devices("GPU")]


def _taped(device: str, exercise: str, *args: Any) -> Any:
    import tensorflow as tf

    oracle = oracle_in(load_module(LESSON.oracles), exercise)
    assert oracle is not None
    with tf.device(device or "/CPU:0"):
        return oracle.function(*args)


def assert_same_training(mine: Any, theirs: Any, rtol: float = 1e-9) -> None:
    """The same layers and losses; `atol` leaves room for sums that cancel."""
    (layers, losses), (others, other_losses) = mine, theirs
    assert len(layers) == len(others)
    for layer, other in zip(layers, others, strict=True):
        assert layer["activation"] == other["activation"]
        for key in ("W", "b"):
            np.testing.assert_allclose(layer[key], other[key], rtol=rtol, atol=rtol)
    np.testing.assert_allclose(losses, other_losses, rtol=rtol, atol=rtol)
