"""Code that runs too long stops after so many of its lines; a model answer's odd calls are bounded by that."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.lessons.reference import MOST_LINES, References
from autograder.lessons.shortly import TooLong, at_most
from autograder.wire.calls import Answer, Call, Request
from tests.support.small_course import SMALL

ENDLESS = "rounds = []\ndef endless():\n    while True:\n        rounds.append(1)\n"


def world(code: str, file: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(compile(code, file, "exec"), names)
    return names


def test_it_stops_at_the_same_line_each_time() -> None:
    counts = []
    for _ in range(2):
        names = world(ENDLESS, "endless.py")
        with pytest.raises(TooLong), at_most(100, "endless.py"):
            names["endless"]()
        counts.append(len(names["rounds"]))
    assert counts[0] == counts[1] > 40


def test_neither_the_lines_of_others_nor_those_after_it_count() -> None:
    names = world("def many():\n    for n in range(1000):\n        n = n + 1\n    return n\n", "many.py")
    before = sys.gettrace()
    with at_most(100, "other.py"):
        assert names["many"]() == 1000
    assert sys.gettrace() is before
    assert names["many"]() == 1000


def test_a_model_answer_is_given_up_where_a_variation_takes_long(tmp_path: Path) -> None:
    loop = "    ### BEGIN SOLUTION\n    for _ in range(int(1e7) if times == 1 else 3):\n        x = 1.0 * x\n"
    lesson = (
        SMALL.but("script", "def doubled(x):", "def doubled(x, times=3):")
        .but("script", "    ### BEGIN SOLUTION\n", loop)
        .read(tmp_path)
    )
    varied = References(lesson).varied(Call(Request.of("doubled", np.array([1.0, 2.0]), 5), Answer("value")))
    assert "one more: times" in varied
    assert "one: times" not in varied
    assert MOST_LINES < 1e5
