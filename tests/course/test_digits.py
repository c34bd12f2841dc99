"""The figures in the prose about the network that reads digits are those that come out; its script makes it again."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.data import drawn_digit, handwritten_digits, trained_network, training_digits
from autograder.lessons.course import read_lesson
from autograder.lessons.reference import References
from tests.support.course import ROOT

LESSON = read_lesson(ROOT / "solutions" / "week1" / "forward_propagation" / "lesson.py")
PROSE = " ".join(c.source.replace("\n", " ") for c in LESSON.notebook().cells if c.cell_type == "markdown")
# Ours, as 0 to 9: what the challenge has students beat.
OURS = (
    "....... ..###.. .#...#. .#...#. .#...#. ..###.. .......",
    "....... ...#... ..##... ...#... ...#... ...#... .......",
    "....... ..###.. .#...#. ....#.. ...#... .#####. .......",
    "....... ..###.. .....#. ...##.. .....#. ..###.. .......",
    "....... ..#.#.. .#..#.. .#####. ....#.. ....#.. .......",
    "....... ..####. ..#.... ..###.. .....#. ..###.. .......",
    "....... ...#... ..#.... ..###.. ..#..#. ..###.. .......",
    "....... ....... .#####. ....#.. ....#.. ...#... ...#...",
    "....... ..###.. .#...#. ..###.. .#...#. ..###.. .......",
    "....... ..###.. .#..#.. .#####. ....#.. ...##.. ...#...",
)


@pytest.fixture(scope="module")
def answers() -> dict[str, Any]:
    """The lesson's model answers."""
    return References(LESSON).namespace


@pytest.fixture(scope="module")
def read(answers: dict[str, Any]) -> Callable[..., Any]:
    """The digits that the model answer of `network_forward` reads, by default with the trained network."""
    return lambda X, layers=None: answers["network_forward"](X, layers or trained_network())[-1].argmax(axis=1)


def test_the_prose_says_how_many_of_the_unseen_digits_are_read(read: Callable[..., Any]) -> None:
    digits, meant = handwritten_digits()
    right = read(digits) == meant
    assert f"**Of all 1,000 digits it reads {right.sum()}.**" in PROSE
    assert f"Of these 30, {right[:30].sum()} are right" in PROSE
    (wrong,) = np.flatnonzero(~right[:30])
    assert f"is a {meant[wrong]} that it takes for a {read(digits)[wrong]}" in PROSE


def test_the_prose_says_how_few_are_read_without_relu_by_chance_and_moved(
    read: Callable[..., Any], answers: dict[str, Any]
) -> None:
    digits, meant = handwritten_digits()
    hidden, output = trained_network()
    bare = read(digits, [{**hidden, "activation": "linear"}, output]) == meant
    assert f"Without relu {bare.sum()} are left" in PROSE
    moved = np.pad(digits.reshape(-1, 7, 7), ((0, 0), (0, 0), (1, 0)))[:, :, :7].reshape(-1, 49)
    assert f"Only {(read(moved) == meant).sum()}: (c) was right" in PROSE
    assert "By chance about 100 are right" in PROSE
    counts = []
    for seed in range(20):
        first, second = answers["initialize_network"]([49, 16, 10], np.random.default_rng(seed))
        counts.append((read(digits, [{**hidden, **first}, {**output, **second}]) == meant).sum())
    assert 80 < np.mean(counts) < 120


def test_the_sizes_make_970_numbers(answers: dict[str, Any]) -> None:
    sizes = [49, 16, 10]
    assert answers["count_parameters"](sizes) == sum(layer[key].size for layer in trained_network() for key in "Wb")
    assert f"`{sizes}`: 49 × 16 + 16 + 16 × 10 + 10 = {answers['count_parameters'](sizes)} parameters" in PROSE


def test_the_challenge_says_how_many_of_our_ten_drawings_are_read(read: Callable[..., Any]) -> None:
    ours = np.concatenate([drawn_digit(drawing.split()) for drawing in OURS])
    assert f"Of ours it read {(read(ours) == np.arange(10)).sum()}." in PROSE


def test_the_script_finds_the_numbers_again(read: Callable[..., Any], tmp_path: Path) -> None:
    script = ROOT / "solutions" / "training" / "digits.py"
    ran = subprocess.run([sys.executable, script, tmp_path], capture_output=True, text=True, check=True)
    assert "numbers in the network: 970" in ran.stdout
    shipped = ROOT / "autograder" / "data"
    for name in ("digits.npz", "training_digits.npz", "digits_network.npz"):
        with np.load(tmp_path / name) as again, np.load(shipped / name) as stored:
            assert set(again.files) == set(stored.files)
            for key in stored.files:
                # Another machine's last digits may grow to more than a weight's last decimal.
                np.testing.assert_allclose(again[key], stored[key], atol=0.01)


def test_what_ships_was_not_withheld(read: Callable[..., Any]) -> None:
    (unseen, meant), (seen, learned) = handwritten_digits(), training_digits()
    pictures = np.concatenate([seen, unseen]) * 255
    with np.load(ROOT / "solutions" / "withheld" / "mnist_5000.npz") as stored:
        small = {part: stored[part].reshape(-1, 7, 4, 7, 4).mean(axis=(2, 4)).round() for part in ("x_train", "x_test")}
        np.testing.assert_array_equal(pictures, small["x_train"].reshape(-1, 49))
        np.testing.assert_array_equal(np.concatenate([learned, meant]), stored["y_train"])
    withheld = {row.tobytes() for row in small["x_test"].reshape(-1, 49)}
    assert not withheld & {row.tobytes() for row in pictures}
