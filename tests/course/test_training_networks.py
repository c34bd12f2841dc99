"""`dense_backward` and `train_network` are what automatic differentiation gives; the lesson's figures come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.data import handwritten_digits, trained_network
from tests.support.training import LESSON, SIZES, Plan, assert_same_training, model_answers, plans, taping

CELLS = LESSON.notebook().cells
PROSE = " ".join(cell.source.replace("\n", " ") for cell in CELLS if cell.cell_type == "markdown")
CODE = [cell.source for cell in CELLS if cell.cell_type == "code"]


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return model_answers()


@pytest.fixture(scope="module")
def taped() -> Iterator[Callable[..., Any]]:
    with taping() as ask:
        yield ask


def source(words: str) -> str:
    """The only code cell of the lesson that has these words."""
    (cell,) = [code for code in CODE if words in code]
    return cell


@pytest.fixture(scope="module")
def world(answers: dict[str, Any]) -> dict[str, Any]:
    """The model answers, what the setup imports, and what cells share about pictures and training."""
    from autograder import data, drawing

    known = {name: getattr(module, name) for module in (data, drawing) for name in module.__all__}
    space = {**known, **answers, "np": np, "ready": lambda name: True, "shown": []}
    space["display"] = space["shown"].append
    for words in ("def random_layers(", "def digits_read("):
        exec(source(words), space)
    return space


@pytest.fixture(scope="module")
def trained(world: dict[str, Any]) -> dict[str, Any]:
    """The names of the notebook once its network has had 60 epochs."""
    space = dict(world)
    exec(source("training_progress(losses"), space)
    return space


def printed(words: str, world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    exec(source(words), dict(world))
    return capsys.readouterr().out


@settings(max_examples=40)
@given(N=SIZES, D=SIZES, M=SIZES, seed=st.integers(0, 2**32))
def test_going_back_is_automatic_differentiation(
    answers: dict[str, Any], taped: Callable[..., Any], N: int, D: int, M: int, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    dA, X, W = rng.normal(size=(N, M)), rng.normal(size=(N, D)), rng.normal(size=(D, M))
    mine, theirs = answers["dense_backward"](dA, X, W), taped("dense_backward", dA, X, W)
    for one, other in zip(mine, theirs, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-9, atol=1e-12)


@settings(max_examples=40)
@given(plan=plans())
def test_training_is_automatic_differentiation(answers: dict[str, Any], taped: Callable[..., Any], plan: Plan) -> None:
    assert_same_training(answers["train_network"](*plan.arguments()), taped("train_network", *plan.arguments()))


@settings(max_examples=20)
@given(plan=plans())
def test_one_step_against_the_numerical_gradient(answers: dict[str, Any], plan: Plan) -> None:
    """One batch, one epoch: the change of W is the gradient, by central difference, times the rate."""
    X, y, layers, rate, *_ = plan.arguments()
    batch = (1, len(X))
    (first, *_), _ = answers["train_network"](X, y, layers, rate, *batch, np.random.default_rng(1))

    def loss(W: Any) -> float:
        moved = [layers[0] | {"W": W}, *layers[1:]]
        return float(answers["train_network"](X, y, moved, rate, *batch, np.random.default_rng(1))[1][0])

    W, h = layers[0]["W"], 1e-6
    for place in np.ndindex(W.shape):
        step = np.zeros(W.shape)
        step[place] = h
        estimate = (loss(W + step) - loss(W - step)) / (2 * h)
        # A relu's kink may lie within h of a weight, though hardly for all seeds that are tried.
        assert (W[place] - first["W"][place]) / rate == pytest.approx(estimate, rel=1e-4, abs=1e-6)


def test_sixty_epochs_find_the_numbers_of_week_1(trained: dict[str, Any]) -> None:
    for mine, shipped in zip(trained["network"], trained_network(), strict=True):
        assert mine["activation"] == shipped["activation"]
        for key in ("W", "b"):
            # Another machine's last digits may grow to more than a weight's last decimal.
            np.testing.assert_allclose(mine[key], shipped[key], atol=0.01)


def test_the_prose_says_what_sixty_epochs_do(trained: dict[str, Any]) -> None:
    losses, read = trained["losses"], trained["read"]
    assert f"the loss falls from {losses[0]:.3f} to {losses[-1]:.3f}" in PROSE
    assert f"climb steeply, then slowly, to {read[-1]}" in PROSE
    assert f"From {read[0]} to {read[1]}: (b) was right" in PROSE
    assert f"Below are 20 of the {1000 - read[-1]} misread digits" in PROSE
    assert trained["shown"][-1].alt.startswith(f"Your function reads {read[-1]} of 1,000 unseen digits")


def test_the_prose_says_which_neurons_are_nearly_dead(trained: dict[str, Any]) -> None:
    start, after = trained["start"][0], trained["network"][0]
    changes = np.abs(after["W"] - start["W"]).max(axis=0)[:8]
    assert "The second and the fourth have hardly changed" in PROSE
    assert set(np.flatnonzero(changes < 0.2) + 1) == {2, 4}
    awake = (handwritten_digits()[0] @ after["W"] + after["b"] > 0).mean(axis=0)[:8]
    assert set(np.flatnonzero(awake < 0.01) + 1) == {2, 4}


def test_the_prose_says_how_many_starts_find_the_lamp(
    world: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert printed("of 10 starts", world, capsys) == (
        "sigmoid finds the lamp from 10 of 10 starts\nrelu finds the lamp from 0 of 10 starts\n"
    )
    assert "Sigmoid finds it from all 10 starts, relu from none: (c) was right" in PROSE


def test_the_prose_says_how_many_positions_are_right(world: dict[str, Any]) -> None:
    space = dict(world)
    exec(source("after {epochs:,} epochs"), space)
    outputs = [np.asarray(output(space["switches"])) for output in space["maps"].values()]
    right = [int(np.sum((output > 0.5) == (space["lamp"] > 0.5))) for output in outputs]
    assert right == [2, 3, 4]
    assert np.ptp(outputs[0]) < 0.15
    assert "with 3 of the 4 positions right" in PROSE
    assert "all 4 are right" in PROSE


def test_the_worked_step_and_the_guesses(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert printed("def error_for(", world, capsys) == "gradient of the first bias: 0.7\n"
    assert printed("by batches:", world, capsys) == "by examples: 0.3\nby batches:  0.433\n"
    before, after = (float(line.split()[-1]) for line in printed("# 3. update", world, capsys).splitlines())
    assert f"from {before:.3f} down to {after:.3f}" in PROSE


def test_ten_steps_of_the_picture_fool_the_network(world: dict[str, Any]) -> None:
    space = dict(world)
    exec(source("changed_digit("), space)
    assert (space["readings"][0], space["readings"][-1]) == ("read as 4", "read as 9")
    assert 0.4 < np.abs(space["last"] - space["four"]).max() < 0.5
    assert "none more than 0.5" in PROSE


def test_the_score_to_beat_can_be_reached(answers: dict[str, Any], world: dict[str, Any]) -> None:
    send: Callable[..., Any] = world["random_layers"]
    rng = np.random.default_rng(6)
    start = send(49, 32, 10, [(2 / 49) ** 0.5, 32**-0.5], "relu", rng)
    assert sum(layer[key].size for layer in start for key in "Wb") < 2000
    trained, _ = answers["train_network"](world["X_train"], world["y_train"], start, 5.0, 150, 10, rng)
    # Another machine's last digits may tip a few.
    assert world["digits_read"](trained) == pytest.approx(930, abs=5)
    assert "The score to beat is ours, 930." in PROSE
