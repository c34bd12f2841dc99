"""The lesson gradient_descent: the figures in its prose are what comes out, and its challenge can be beaten."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.data import learning_curves, nebulae
from autograder.drawing import Picture, contour_paths, curve_panels, epochs_needed, fitted_lines, valleys
from autograder.lessons.course import read_lesson
from autograder.lessons.reference import References
from tests.support.course import ROOT

LESSON = read_lesson(ROOT / "solutions" / "week2" / "gradient_descent" / "lesson.py")
CELLS = LESSON.notebook().cells
PROSE = " ".join(c.source.replace("\n", " ") for c in CELLS if c.cell_type == "markdown")
X = np.array([-1.0, -0.5, 0.5, 1.0])


def source(words: str) -> str:
    """The only code cell that has these words."""
    (found,) = [cell.source for cell in CELLS if cell.cell_type == "code" and words in cell.source]
    return str(found)


@pytest.fixture
def world() -> dict[str, Any]:
    """What the cells find: the setup, and the model answers."""
    pictures = [contour_paths, curve_panels, epochs_needed, fitted_lines, valleys, learning_curves, nebulae]
    shown: list[Picture] = []
    return {
        **References(LESSON).namespace,
        **{function.__name__: function for function in pictures},
        **{"x": X, "z": 2 * X, "np": np, "ready": lambda name: True, "display": shown.append, "shown": shown},
    }


def printed(cell: str, world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    exec(cell, world)
    return capsys.readouterr().out


def test_errors_cancel_and_shapes_are_stretched(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert printed(source("errors.mean()"), world, capsys).count("is 0.0\n") == 3
    printed(source("column - row"), world, capsys)
    nine = world["column"] - world["row"]
    assert nine.size == 9
    assert f"the mean of these nine squares is {np.mean(nine**2):.2f}" in PROSE


def test_the_nudge_and_the_worked_slope_agree(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    nudged = float(printed(source("cost_nearby"), world, capsys).split()[-1])
    assert world["slope_gradient"](0, X, 2 * X) == pytest.approx(nudged, abs=1e-3) == -2.5
    assert printed(source("errors * x)"), world, capsys).endswith("[-2.  -0.5 -0.5 -2. ]\n")


def test_the_descents_are_those_of_the_prose(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    halving = printed(source("lines[f"), world, capsys)
    assert re.findall(r"w = (\S+)", halving) == ["1.0", "1.5", "1.75", "1.875"]
    assert halving.split()[-1] in PROSE
    jumping = printed(source("w - 1.2"), world, capsys)
    assert re.findall(r"w = (\S+)", jumping) == ["3.0", "1.5", "2.25", "1.875"]
    printed(source("start, epochs"), world, capsys)
    assert f"From 4.5, 8 epochs lead to {world['path'][-1]:.6f}." in PROSE


def test_a_rate_may_be_too_small_or_too_large(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    short = printed(source("while abs(step)"), world, capsys).split()
    assert f"The very first step, {float(short[1]):.3f}," in PROSE
    assert f"at a cost of {float(short[-1]):.2f}." in PROSE
    cost = float(printed(source("def path_of("), world, capsys).split()[-1])
    assert f"It is {cost:.1f}: (a) was right." in PROSE
    slow, right = world["path_of"](0.05, 5)[-1], world["path_of"](0.4, 5)[-1]
    assert f"only to {slow:.2f}" in PROSE
    assert f"five epochs lead to {right}." in PROSE
    assert "1.56 times as large" in PROSE
    assert world["cost"](4.5) / world["cost"](0) == pytest.approx(1.5625)
    assert world["path_of"](1.6, 3) == pytest.approx([0, 4, 0, 4])


def test_the_rates_end_as_the_prose_says(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    printed(source("epochs_needed("), world, capsys)
    by_rate = dict(zip(world["rates"], world["answers"], strict=True))
    fastest = min((rate for rate in by_rate if by_rate[rate][2] == "converged"), key=lambda rate: by_rate[rate][1])
    assert (fastest, by_rate[fastest][1]) == (0.8, 1)
    assert [rate for rate in by_rate if by_rate[rate][2] == "max_epochs"] == [0.05, 1.55, 1.6]
    assert min(rate for rate in by_rate if by_rate[rate][2] == "diverged") == 1.65


def test_scaling_leads_nearer_in_fewer_epochs(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    printed(source("def descend("), world, capsys)
    narrow, round_one = (np.array(path) for _, _, path in world["maps"].values())
    assert (len(narrow), len(round_one)) == (26, 9)
    assert abs(narrow[-1] - (2, 0.5)).max() == pytest.approx(0.1, abs=0.005)
    assert np.hypot(*(round_one[-1] - (2, 2))) < np.hypot(*(narrow[-1] - (2, 0.5)))


def test_the_challenge_can_be_beaten(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    printed(source("def descend("), world, capsys)
    challenge, ours = source("divided_by ="), "rate, divided_by = 0.09, 1"
    assert ours in challenge
    score = printed(challenge, world, capsys)
    assert score == "epochs: 62\n"
    assert f"Ours took {score.split()[-1]}." in PROSE
    assert printed(challenge.replace(ours, "rate, divided_by = 0.8, 4"), world, capsys) == "epochs: 1\n"
    assert printed(challenge.replace(ours, "rate, divided_by = 0.2, 1"), world, capsys) == "epochs: not within 500\n"


def test_the_universe_expands(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    distance, speed = nebulae()
    assert distance.shape == speed.shape == (24,)
    printed(source("= nebulae()"), world, capsys)
    lowest = distance @ speed / (distance @ distance)
    assert world["history"][-1] == pytest.approx(lowest, abs=1e-3)
    assert f"In the end w is **{lowest:.1f}**" in PROSE
    fast, slow = (world["gradient_descent"](0.0, distance, speed, rate, 20)[-1] for rate in (0.9, 0.02))
    assert abs(fast - lowest) > lowest
    assert slow < 0.9 * lowest


def test_every_picture_can_be_drawn(world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    world["curves"] = dict.fromkeys("ABCD", "learns well")
    for cell in CELLS:
        if cell.cell_type == "code" and "display(" in cell.source and "import" not in cell.source:
            printed(cell.source, world, capsys)
    assert len(world["shown"]) == 11
    assert all(picture.alt for picture in world["shown"])


def test_the_learning_curves_were_recorded_in_training(tmp_path: Path) -> None:
    script = ROOT / "solutions" / "training" / "learning_curves.py"
    subprocess.run([sys.executable, script, tmp_path], capture_output=True, check=True)
    with np.load(tmp_path / "learning_curves.npz") as again:
        for name, lines in learning_curves().items():
            np.testing.assert_allclose(again[name], [lines["training"], lines["test"]], rtol=1e-4, atol=1e-5)


def test_no_picture_of_the_quiz_says_what_it_shows() -> None:
    alt = curve_panels(learning_curves()).alt
    titles = [axes.get_title() for axes in curve_panels(learning_curves()).axes]
    assert titles == ["A", "B", "C", "D"]
    assert not any(word in alt for word in ("rate", "learns", "overfits"))
