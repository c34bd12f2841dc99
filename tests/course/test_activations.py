"""activation_functions: its activations are Keras's, its prose states what comes out, its challenge works."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, localcontext
from typing import Any

import numpy as np
import pytest
from nbformat import NotebookNode

from autograder import data, drawing
from autograder.lessons.course import Lesson, find_lessons
from autograder.lessons.reference import References
from tests.support.course import ROOT

# From -1000 to 1000, and zero.
SUMS = np.concatenate([-np.geomspace(1000, 1e-6, 80), [0.0], np.geomspace(1e-6, 1000, 80)])


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    (found,) = [lesson for lesson in find_lessons(ROOT) if lesson.name == "activation_functions"]
    return found


@pytest.fixture(scope="module")
def model(lesson: Lesson) -> dict[str, Any]:
    return References(lesson).namespace


@pytest.fixture(scope="module")
def by_keras() -> Callable[..., Any]:
    """What Keras's activation of a name gives, in double precision. TensorFlow is imported before the tests begin."""
    import keras
    import tensorflow  # noqa: F401

    def ask(name: str, z: Any, **options: Any) -> Any:
        return np.array(getattr(keras.activations, name)(keras.ops.convert_to_tensor(z, "float64"), **options))

    return ask


@pytest.mark.parametrize(
    ("name", "options"),
    [
        ("linear", {}),
        ("tanh", {}),
        ("relu", {}),
        ("leaky_relu", {"negative_slope": 0.01}),
        ("leaky_relu", {"negative_slope": 0.3}),
        ("leaky_relu", {"negative_slope": 0.0}),
    ],
)
def test_an_activation_is_that_of_keras(model: Any, by_keras: Any, name: str, options: dict[str, float]) -> None:
    np.testing.assert_allclose(model[name](SUMS, **options), by_keras(name, SUMS, **options), rtol=1e-7, atol=1e-15)
    np.testing.assert_allclose(model[name](-2.5, **options), by_keras(name, -2.5, **options), rtol=1e-7)


def test_leaky_relu_has_the_slope_0_01_if_nobody_says_otherwise(model: Any, by_keras: Any) -> None:
    theirs = by_keras("leaky_relu", SUMS, negative_slope=0.01)
    np.testing.assert_allclose(model["leaky_relu"](SUMS), theirs, rtol=1e-7)


def test_the_sigmoid_is_that_of_keras(model: Any, by_keras: Any) -> None:
    np.testing.assert_allclose(model["stable_sigmoid"](SUMS), by_keras("sigmoid", SUMS), rtol=1e-12, atol=1e-300)


def test_the_sigmoid_keeps_15_digits(model: Any) -> None:
    for z in np.linspace(-700, 700, 141):
        with localcontext() as context:
            context.prec = 50
            right = float(1 / (1 + (-Decimal(float(z))).exp()))
        assert model["stable_sigmoid"](float(z)) == pytest.approx(right, rel=1e-15, abs=0)


def test_softmax_is_that_of_keras(model: Any, by_keras: Any) -> None:
    rng = np.random.default_rng(1)
    for table in (rng.normal(size=(5, 4)), rng.uniform(-1000, 1000, (7, 3)), 999 + rng.uniform(-1, 1, (2, 6))):
        np.testing.assert_allclose(model["softmax"](table), by_keras("softmax", table), rtol=1e-11, atol=1e-300)
        np.testing.assert_array_equal(model["softmax"](table)[0], model["softmax"](table[0]))


def test_the_step_is_the_slope_of_keras_relu_and_1_at_zero(model: Any, by_keras: Any) -> None:
    away = SUMS[np.abs(SUMS) > 1e-5]
    slope = (by_keras("relu", away + 1e-6) - by_keras("relu", away - 1e-6)) / 2e-6
    np.testing.assert_allclose(model["binary_step"](away), slope, atol=1e-6)
    assert model["binary_step"](0.0) == 1.0


@pytest.fixture(scope="module")
def cells(lesson: Lesson) -> list[NotebookNode]:
    return list(lesson.notebook().cells)


@pytest.fixture(scope="module")
def world(model: dict[str, Any], cells: list[NotebookNode]) -> dict[str, Any]:
    """The model answers, what the setup imports, the digits and the network; pictures are kept under "shown"."""
    known = {name: getattr(module, name) for module in (data, drawing) for name in module.__all__}
    space = {**known, **model, "np": np, "ready": lambda name: True, "shown": []}
    space["display"] = space["shown"].append
    exec(code_with(cells, "from_hidden ="), space)
    return space


def code_with(cells: list[NotebookNode], words: str) -> str:
    """The only code cell that has these words and isn't an exercise."""
    demos = [cell.source for cell in cells if cell.cell_type == "code" and "nbgrader" not in cell.metadata]
    (cell,) = [source for source in demos if words in source]
    return str(cell)


def printed(cell: str, world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    exec(cell, dict(world))
    return capsys.readouterr().out


def prose_of(cells: list[NotebookNode]) -> str:
    return re.sub(r"\s+", " ", " ".join(cell.source for cell in cells if cell.cell_type == "markdown"))


def test_prose_about_small_demos(cells: Any, world: Any, capsys: Any) -> None:
    slopes = re.findall(r"slope is (\S+)", printed(code_with(cells, "def step_of_one_number"), world, capsys))
    assert slopes == ["0.0", "0.0", "0.0"]
    assert "nan" in printed(code_with(cells, '" second:"'), world, capsys).splitlines()[2].partition("second:")[2]
    out = printed(code_with(cells, '" clipped:"'), world, capsys)
    clipped, power = (float(number) for number in re.findall(r"\S+e-\d+", out)[2:])
    assert f"the clipped one says {clipped:.0e}; right is {power:.0e}" in prose_of(cells)
    assert "(c) 0.761594" in printed(code_with(cells, "sigmoid_of_2"), world, capsys)
    assert "6.0\nnp.maximum(numbers, 5): [5. 5. 6.]" in printed(
        code_with(cells, "np.maximum(numbers, 5)"), world, capsys
    )


def test_prose_about_the_dead_unit(cells: Any, world: Any, capsys: Any) -> None:
    weights = re.findall(r"epochs: (\S+)", printed(code_with(cells, "slope_below"), world, capsys))
    assert weights == ["-1.0", "1.0"]


def test_prose_about_the_network(cells: Any, world: Any, capsys: Any) -> None:
    out = printed(code_with(cells, "from_hidden ="), world, capsys)
    read = {name: int(count) for count, name in re.findall(r"(\d+) of 1,000 with (\w+)", out)}
    assert len(read) == 6
    prose = prose_of(cells)
    assert f"With it they read {read['relu']} of 1,000 digits" in prose
    assert f"{read['leaky_relu']}: (a) was right. With the sigmoid, only {read['stable_sigmoid']} are left." in prose


def test_prose_about_shares(cells: Any, world: Any, capsys: Any) -> None:
    shown: list[Any] = []
    exec(code_with(cells, "share_bars(sums"), {**world, "display": shown.append})
    assert shown[0].alt.count("cat 0.705, dog 0.259, bird 0.035") == 2
    assert "nan nan nan" in printed(code_with(cells, "1002.0"), world, capsys)
    out = printed(code_with(cells, "drawn_digit("), world, capsys)
    sigmoids, softmaxes = re.findall(r": (\d) has (\S+) and (\d) has (\S+)", out)
    prose = prose_of(cells)
    assert f"our heart is a {sigmoids[0]}, or perhaps a {sigmoids[2]}." in prose
    assert f"The sigmoids say {sigmoids[1]} and {sigmoids[3]}, each by itself." in prose
    assert f"share: {softmaxes[1]} and {softmaxes[3]}" in prose
    assert sigmoids[::2] == softmaxes[::2]


def test_prose_about_slopes(cells: Any, world: Any) -> None:
    shown: list[Any] = []
    exec(code_with(cells, "def first_share"), {**world, "display": shown.append})
    alt = shown[0].alt
    assert "sigmoid from 0.02 to 0.98, slope from 0.02 to 0.25" in alt
    assert "softmax from 0.01 to 0.96, slope from 0.01 to 0.25" in alt
    assert "leaky relu from −0.04 to 4, slope from 0.01 to 1" in alt


def test_a_wave_can_be_followed_more_closely(cells: Any, world: Any, capsys: Any) -> None:
    challenge = code_with(cells, "kinks = [")
    start = "[(0.0, 0.7), (1.6, -1.4), (4.5, 1.2)]"
    assert start in challenge
    assert printed(challenge, world, capsys) == "3 kinks, largest gap 0.32\n"
    assert "Ours is 0.32; can you get below 0.1 with at most five kinks?" in prose_of(cells)
    better = "[(0.0, 0.84), (1.2, -0.87), (2.0, -0.84), (4.2, 0.73), (5.0, 0.89)]"
    assert printed(challenge.replace(start, better), world, capsys) == "5 kinks, largest gap 0.08\n"
