"""The gradients of two neurons are what TensorFlow and central differences give; the lesson's figures come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.support.training import LESSON, model_answers, taping

CELLS = LESSON.notebook().cells
PROSE = " ".join(cell.source.replace("\n", " ") for cell in CELLS if cell.cell_type == "markdown")
CODE = [cell.source for cell in CELLS if cell.cell_type == "code"]
LECTURE = {"x": 0.1, "y_true": 0.25, "w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}
PARAMETERS = ("w1", "b1", "w2", "b2")
START = {name: LECTURE[name] for name in PARAMETERS}
SMALL = st.floats(-2, 2)
SIX = st.lists(SMALL, min_size=6, max_size=6)


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    return model_answers()


@pytest.fixture(scope="module")
def taped() -> Iterator[Callable[..., Any]]:
    with taping() as ask:
        yield ask


@pytest.fixture(scope="module")
def exact(answers: dict[str, Any]) -> dict[str, float]:
    """The lecture's gradients."""
    return dict(answers["two_neuron_gradients"](**LECTURE))


@pytest.fixture(scope="module")
def world(answers: dict[str, Any]) -> dict[str, Any]:
    """What the notebook's cells find: model answers, pictures, and what earlier cells define."""
    from autograder import drawing

    known = {name: getattr(drawing, name) for name in drawing.__all__}
    space = {**known, **answers, "np": np, "ready": lambda name: True, "shown": []}
    space["display"] = space["shown"].append
    for words in ("def error(", "half = {}"):
        exec(source(words), space)
    return space


def source(words: str) -> str:
    """The only code cell of the lesson that has these words."""
    (cell,) = [code for code in CODE if words in code]
    return cell


def printed(words: str, world: dict[str, Any], capsys: pytest.CaptureFixture[str], change: Any = None) -> str:
    """What a cell prints, perhaps with one text in place of another."""
    capsys.readouterr()
    exec(source(words).replace(*change) if change else source(words), dict(world))
    return capsys.readouterr().out


def error(x: float, y_true: float, w1: float, b1: float, w2: float, b2: float) -> float:
    a1 = 1 / (1 + np.exp(-(w1 * x + b1)))
    return float((y_true - 1 / (1 + np.exp(-(w2 * a1 + b2)))) ** 2 / 2)


# --- Proof of the references ---------------------------------------------------------------------


@settings(max_examples=40)
@given(numbers=SIX)
def test_every_gradient_is_that_of_automatic_differentiation(
    answers: dict[str, Any], taped: Callable[..., Any], numbers: list[float]
) -> None:
    mine, theirs = answers["two_neuron_gradients"](*numbers), taped("two_neuron_gradients", *numbers)
    assert set(mine) == set(theirs)
    for key, value in mine.items():
        assert value == pytest.approx(theirs[key], rel=1e-9, abs=1e-13)


@given(numbers=SIX)
def test_every_gradient_is_a_central_difference(answers: dict[str, Any], numbers: list[float]) -> None:
    given_numbers = dict(zip(LECTURE, numbers, strict=True))
    mine = answers["two_neuron_gradients"](**given_numbers)
    for name in PARAMETERS:
        up, down = (error(**given_numbers | {name: given_numbers[name] + h}) for h in (1e-5, -1e-5))
        assert mine[f"dE_d{name}"] == pytest.approx((up - down) / 2e-5, rel=1e-6, abs=1e-8)


@settings(max_examples=25)
@given(numbers=SIX, learning_rate=st.floats(0.01, 3), epochs=st.integers(0, 6), threshold=st.floats(0, 0.1))
def test_training_is_that_of_automatic_differentiation(
    answers: dict[str, Any],
    taped: Callable[..., Any],
    numbers: list[float],
    learning_rate: float,
    epochs: int,
    threshold: float,
) -> None:
    x, y_true, *four = numbers
    arguments = (x, y_true, dict(zip(PARAMETERS, four, strict=True)), learning_rate, epochs, threshold)
    (mine, errors), (theirs, others) = answers["train_two_neurons"](*arguments), taped("train_two_neurons", *arguments)
    np.testing.assert_allclose(errors, others, rtol=1e-9, atol=1e-12)
    for name in PARAMETERS:
        assert mine[name] == pytest.approx(theirs[name], rel=1e-9, abs=1e-12)


@given(shape=st.lists(st.integers(1, 3), max_size=3), h=st.floats(1e-3, 0.5), seed=st.integers(0, 2**32))
def test_a_central_difference_of_a_cubic_misses_its_slope_by_a_square_of_h(
    answers: dict[str, Any], shape: list[int], h: float, seed: int
) -> None:
    rng = np.random.default_rng(seed)
    x, C = rng.normal(size=shape), rng.normal(size=shape)
    estimate = answers["numerical_gradient"](lambda v: float(np.sum(C * v**3)), x, h)
    np.testing.assert_allclose(estimate, C * (3 * x**2 + h**2), rtol=1e-9, atol=1e-9)


# --- The figures of the errata and of the prose --------------------------------------------------


def test_the_worked_numbers_of_the_errata(answers: dict[str, Any], exact: dict[str, float]) -> None:
    wanted = {
        "E": 0.108230,
        "a1": 0.602286,
        "a2": 0.715252,
        "dE_da2": 0.465252,
        "dE_dz2": 0.094756,
        "dE_db2": 0.094756,
        "dE_dw2": 0.057070,
        "dE_da1": 0.042640,
        "dE_dz1": 0.010214,
        "dE_db1": 0.010214,
        "dE_dw1": 0.001021,
    }
    assert {key: round(float(value), 6) for key, value in exact.items()} == wanted
    new = answers["update_parameters"](START, exact, 0.4)
    stepped = {"w1": 0.149591, "b1": 0.395914, "w2": 0.427172, "b2": 0.612097}
    assert {name: round(float(value), 6) for name, value in new.items()} == stepped
    after = answers["two_neuron_gradients"](0.1, 0.25, **new)
    assert (round(float(after["a2"]), 6), round(float(after["E"]), 6)) == (0.704528, 0.103298)


def test_a_slip_gives_the_errata_s_other_numbers(exact: dict[str, float]) -> None:
    assert round(0.65 - 0.4 * exact["dE_da2"], 6) == 0.463899
    new_w2 = 0.45 - 0.4 * exact["dE_dw2"]
    with_new_w2 = exact["dE_dz2"] * new_w2 * exact["a1"] * (1 - exact["a1"]) * 0.1
    assert round(0.15 - 0.4 * with_new_w2, 6) == 0.149612


def test_the_prose_says_what_the_knobs_do(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    lines = printed("turned = ", world, capsys).splitlines()
    changes = {line[:2]: line.split()[-1] for line in lines}
    assert f"E changes by {changes['b2']} for b2, and by {changes['w1']} for w1: (c) was right" in PROSE


def test_the_prose_says_what_the_sigmoid_hands_on(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    rise, slope = (line.split()[-1] for line in printed("a2 rises by", world, capsys).splitlines())
    assert f"By {rise}: (a) was right" in PROSE
    assert f"0.715252 × 0.284748 = {slope}" in PROSE


def test_the_prose_says_where_one_step_leads(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    after = printed("stepped = ", world, capsys).split()[-1]
    assert f"E falls to {after}: (a) was right" in PROSE


def test_the_prose_says_how_training_goes(answers: dict[str, Any]) -> None:
    slow, fast = (answers["train_two_neurons"](0.1, 0.25, START, rate, 40)[1][-1] for rate in (0.4, 2.0))
    assert f"E is still {slow:.4f} after 39 updates; with 2.0 it is {fast:.4f}" in PROSE


def test_the_challenge_can_be_met(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    ours = "learning_rate=6.0"
    assert printed(ours, world, capsys).endswith("in epoch 15\n")
    assert printed(ours, world, capsys, (ours, "learning_rate=16.0")).endswith("in epoch 3\n")
    assert printed(ours, world, capsys, (ours, "learning_rate=60.0")).endswith("in epoch 2000\n")
    assert "Ours takes 15 epochs, and 3 are possible." in PROSE


def test_the_bars_show_the_lecture_s_slip(world: dict[str, Any]) -> None:
    shown: list[Any] = []
    exec(source("gradient_bars(names"), {**world, "display": shown.append})
    knobs, chain, notes = ([bar.get_width() for bar in bars] for bars in shown[0].axes[0].containers)
    np.testing.assert_allclose(knobs, chain, rtol=1e-6)
    np.testing.assert_allclose([notes[0], notes[2]], [chain[0], chain[2]])
    assert f"the notes' bars, {notes[3]:.6f} and {notes[1]:.6f}, are five times as long" in PROSE
    assert notes[3] / chain[3] == pytest.approx(5, abs=0.1) == notes[1] / chain[1]


def test_too_small_a_move_gives_nothing(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert printed("estimates[-1]", world, capsys) == "with the smallest h: 0.0\n"
    off = world["shown"][-1].axes[0].lines[0].get_ydata()
    assert np.argmin(off) == 4  # h is 1e-5
    assert off.min() < 1e-11
