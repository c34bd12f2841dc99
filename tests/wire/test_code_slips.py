"""Slips that a function's code shows, and code like them that is none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Request
from tests.support.in_process import run_as_cell

ROW = np.array([1.0, -2.0])
LOOP = "def f(x):\n    y = []\n    for n in range(3):\n        y.append(n)\n"


def answer(source: str, x: Any = 1.0) -> Answer:
    world: dict[str, Any] = {"np": np}
    run_as_cell(source, world)
    return Answer.from_text(answer_call(world, Request.of("f", x)).to_text())


@pytest.mark.parametrize(
    ("source", "remark", "line"),
    [
        ('def f(x):\n    if x == "relu" or "leaky_relu":\n        return 1\n    return 2', "always true", 2),
        ("def f(x):\n    y = 1 if x == 0 or 1 else 2\n    return y", "always true", 2),
        (LOOP + "        return y", "return ends loop", 5),
        ("\n\ndef f(x):\n    while True:\n        x = x + 1\n        return x", "return ends loop", 6),
        ("def f(x):\n    for n in range(3):\n        for m in range(3):\n            return m", "return ends loop", 4),
        ('def f(x):\n    if x > 0:\n        ValueError("no")\n    return x', "error not raised", 3),
        ('def f(x):\n    if x > 0:\n        print(ValueError("no"))\n    return x', "error not raised", 3),
        ("def f(x):\n    if x > 0:\n        ValueError\n    return x", "error not raised", 3),
        ("def f(x):\n    return np.max(x, 0)", "axis for number", 2),
    ],
)
def test_a_slip_is_found_with_its_line(source: str, remark: str, line: int) -> None:
    found = answer(source)
    assert (found.remark, found.line) == (remark, line)
    assert found.code == source.splitlines()[line - 1].strip()


@pytest.mark.parametrize(
    "source",
    [
        'def f(x):\n    if x == "relu" or x == "leaky_relu":\n        return 1\n    return 2',
        "def f(x):\n    y = x or 1\n    return y",
        LOOP + "    return y",
        "def f(x):\n    for n in range(3):\n        if n == 2:\n            return n",
        "def f(x):\n    for n in range(3):\n        if n < 2:\n            continue\n        return n",
        'def f(x):\n    if x < 0:\n        raise ValueError("no")\n    return x',
        "def f(x):\n    return np.max([x, 0])",
        "def f(x):\n    return np.maximum(x, 0)",
    ],
)
def test_code_that_is_all_right_has_none(source: str) -> None:
    assert answer(source).remark == ""


def test_the_axis_of_an_array_is_no_slip() -> None:
    assert answer("def f(x):\n    return np.max(x, 0)", ROW).remark == ""


def test_a_very_long_cell_is_not_looked_at() -> None:
    slip = "def f(x):\n    return np.max(x, 0)\n"
    assert answer(slip + "# more\n" * 100).remark == "axis for number"
    assert answer(slip + "# more\n" * 10_000).remark == ""


def test_a_function_whose_code_cannot_be_found_has_none() -> None:
    world: dict[str, Any] = {}
    exec("def f(x):\n    for n in range(3):\n        return n", world)
    assert answer_call(world, Request.of("f", 1)).remark == ""
    assert answer_call({"f": abs}, Request.of("f", 1)).remark == ""
