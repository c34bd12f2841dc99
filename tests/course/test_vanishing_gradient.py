"""The lesson vanishing_gradient: its slopes are Keras's, its prose states what its cells print, its challenge works."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from nbformat import NotebookNode

from autograder.data import handwritten_digits
from autograder.drawing import curves, gradient_map, layer_gradients
from autograder.lessons.course import Lesson, find_lessons
from autograder.lessons.reference import References
from tests.support.course import ROOT

NAMES = ["linear", "sigmoid", "tanh", "relu", "leaky_relu"]
# From -1000 to 1000, without the kink.
SUMS = np.concatenate([-np.geomspace(1000, 1e-3, 60), np.geomspace(1e-3, 1000, 60)])


@pytest.fixture(scope="module")
def lesson() -> Lesson:
    (found,) = [lesson for lesson in find_lessons(ROOT) if lesson.name == "vanishing_gradient"]
    return found


@pytest.fixture(scope="module")
def derivative(lesson: Lesson) -> Any:
    return References(lesson).namespace["activation_derivative"]


@pytest.fixture(scope="module")
def gradient(lesson: Lesson) -> Any:
    return References(lesson).namespace["gradient_by_layer"]


@pytest.fixture(scope="module")
def keras_activation() -> Callable[[str], Any]:
    """Keras's activation of a name. TensorFlow changes the environment, so it is imported before the tests begin."""
    import keras
    import tensorflow  # noqa: F401

    leaky = keras.layers.LeakyReLU(negative_slope=0.01, dtype="float64")
    return lambda name: leaky if name == "leaky_relu" else keras.activations.get(name)


@pytest.mark.parametrize("name", NAMES)
def test_every_slope_is_that_of_keras_s_activation(derivative: Any, keras_activation: Any, name: str) -> None:
    import tensorflow as tf

    sums = tf.constant(SUMS)
    with tf.GradientTape() as tape:
        tape.watch(sums)
        outputs = keras_activation(name)(sums)
    np.testing.assert_allclose(derivative(name, SUMS), tape.gradient(outputs, sums).numpy(), rtol=1e-7, atol=1e-12)


@pytest.mark.parametrize("name", NAMES)
def test_every_slope_is_a_central_difference(derivative: Any, keras_activation: Any, name: str) -> None:
    h = 1e-5
    near = SUMS[np.abs(SUMS) < 30]
    up, down = (np.asarray(keras_activation(name)(near + step), dtype=float) for step in (h, -h))
    np.testing.assert_allclose(derivative(name, near), (up - down) / (2 * h), rtol=1e-6, atol=1e-9)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("z", [-0.9, 0.4])
def test_the_gradient_of_a_layer_is_what_a_nudge_of_its_sum_changes(
    gradient: Any, keras_activation: Any, name: str, z: float
) -> None:
    depth, w, h, f = 4, -1.7, 1e-5, keras_activation(name)
    bias = z - w * float(f(np.array([z]))[0])

    def output(nudged: int, by: float) -> float:
        a = 0.0
        for layer in range(1, depth + 1):
            total = (z if layer == 1 else w * a + bias) + (by if layer == nudged else 0.0)
            a = float(f(np.array([total]))[0])
        return a

    measured = [abs(output(layer, h) - output(layer, -h)) / (2 * h) for layer in range(1, depth + 1)]
    np.testing.assert_allclose(gradient(depth, w, z, name), measured, rtol=1e-6, atol=1e-9)


# --- The prose and its figures --------------------------------------------------------------------


class Run:
    """The lesson's cells after the setup, run in order with the model answers; what each printed is kept."""

    def __init__(self, lesson: Lesson, capsys: pytest.CaptureFixture[str]) -> None:
        self.cells: list[NotebookNode] = list(lesson.notebook().cells)
        self.capsys = capsys
        self.printed: dict[str, str] = {}
        self.world: dict[str, Any] = {
            **{"np": np, "display": repr, "ready": lambda name: True, "check": lambda name: None},
            **{"curves": curves, "gradient_map": gradient_map, "layer_gradients": layer_gradients},
            "handwritten_digits": handwritten_digits,
        }
        for cell in [cell for cell in self.cells if cell.cell_type == "code"][1:]:
            self.run(cell.source)

    def run(self, source: str) -> str:
        """Run a cell, and give what it prints."""
        exec(source, self.world)
        self.printed[source] = self.capsys.readouterr().out
        return self.printed[source]

    def cell(self, words: str) -> str:
        """The only code cell with these words."""
        (source,) = [c.source for c in self.cells if c.cell_type == "code" and words in c.source]
        return str(source)

    def says(self, words: str) -> bool:
        """Whether the prose says this."""
        return words in " ".join(" ".join(c.source for c in self.cells if c.cell_type == "markdown").split())


@pytest.fixture
def run(lesson: Lesson, capsys: pytest.CaptureFixture[str]) -> Run:
    return Run(lesson, capsys)


def figures(text: str) -> list[int]:
    return [int(number) for number in re.findall(r"\d+", text)]


def test_the_figures_of_the_prose_are_what_the_cells_print_and_the_challenge_can_be_won(run: Run) -> None:
    def printed(words: str) -> str:
        return run.printed[run.cell(words)]

    # Training amplifies the last digits, which differ between machines: each figure has some room.
    assert figures(printed("def trained"))[1] == pytest.approx(180, abs=10)
    assert figures(printed("10 layers of sigmoids"))[1] == pytest.approx(20, abs=8)
    _, tanh, _, _, relu, _ = figures(printed('"10 layers of", name'))
    assert tanh == pytest.approx(170, abs=15)
    assert 100 < relu < 170
    assert printed("reached = steepest") == "layer 1: 9.54e-07\n"
    small, large = (line.split("reads ")[1] for line in printed("hidden_sums").splitlines())
    assert figures(small)[0] > 100
    assert figures(large)[0] < 40
    assert figures(large)[2] / 144 == pytest.approx(1 / 3, abs=0.1)
    assert run.world["deepest"] == 3
    assert run.world["read"][1:3] == pytest.approx([160, 40], abs=15)
    assert all(count < 40 for count in run.world["read"][3:])

    for words in ("to 3e-13", "to 0.008", "leaves 2e-18", "makes it 7e10", "0.25 at z = 0", "0.0066 at its ends"):
        assert run.says(words), words
    reached = run.world["panels"]
    assert reached["sigmoid"]["20 layers"][0] == pytest.approx(3e-13, rel=0.2)
    assert reached["tanh"]["20 layers"][0] == pytest.approx(0.008, rel=0.05)
    assert (reached["relu"]["20 layers"] == 1).all()
    first = np.array(run.world["first"])
    assert (first[0, -1], first[-1, -1]) == (pytest.approx(1.7e-18, rel=0.05), pytest.approx(7e10, rel=0.05))
    slope = run.world["activation_derivative"]
    assert slope("sigmoid", 0.415) == pytest.approx(0.239538, abs=5e-7)
    assert slope("sigmoid", 0.921029) == pytest.approx(0.203667, abs=5e-7)
    assert slope("sigmoid", 0.415) * 0.45 * slope("sigmoid", 0.921029) == pytest.approx(0.021954, abs=5e-7)
    assert slope("tanh", 0.5) == pytest.approx(0.786448, abs=5e-7)
    assert slope("sigmoid", 5.0) == pytest.approx(0.0066, abs=5e-5)

    challenge, ours = run.cell("change these three numbers"), "7, 3.0, 4.0"
    assert ours in challenge
    assert "it learns!" in run.printed[challenge]
    better = run.run(challenge.replace(ours, "9, 3.0, 6.0"))
    assert better.startswith("9 layers read")
    assert "it learns!" in better
