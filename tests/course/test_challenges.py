"""The challenges of week 1: the score that each states is what its cell prints, and full marks can be reached."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.drawing import decision_map
from autograder.lessons.course import read_lesson
from tests.support.course import ROOT


def source(lesson: str, words: str) -> str:
    """The only code cell of a lesson of week 1 that has these words."""
    cells = read_lesson(ROOT / "solutions" / "week1" / lesson / "lesson.py").notebook().cells
    (cell,) = [cell.source for cell in cells if cell.cell_type == "code" and words in cell.source]
    return str(cell)


def printed(cell: str, world: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> str:
    exec(cell, world)
    return capsys.readouterr().out


def test_a_pattern_can_tell_all_ones_from_all_sevens(capsys: pytest.CaptureFixture[str]) -> None:
    world: dict[str, Any] = {}
    printed(source("welcome", "def places("), world, capsys)
    challenge, ours = source("welcome", "sevens.append"), 'pattern = ["#", "#", "#"]'
    assert ours in challenge
    assert printed(challenge, world, capsys) == "right: 4 of 6\n"
    assert printed(challenge.replace(ours, 'pattern = 5 * [".#."]'), world, capsys) == "right: 6 of 6\n"


def test_weights_can_agree_with_kim_on_all_days(capsys: pytest.CaptureFixture[str]) -> None:
    world: dict[str, Any] = {"np": np, "ready": lambda name: True, "display": str, "decision_map": decision_map}
    for exercise in ("weighted_sum", "sigmoid", "neuron_output"):
        exec(source("artificial_neuron", f"def {exercise}("), world)
    challenge, ours = source("artificial_neuron", "def like_kim("), "np.array([3.0, 9.0]), -6.0"
    assert ours in challenge
    assert printed(challenge, world, capsys) == "The neuron agrees with Kim on 7 of 10 days.\n"
    better = challenge.replace(ours, "np.array([6.0, 3.0]), -4.35")
    assert printed(better, world, capsys) == "The neuron agrees with Kim on 10 of 10 days.\n"
