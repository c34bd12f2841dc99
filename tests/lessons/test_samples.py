"""A lesson's functions become cells that a student could have written, and are filled into a release."""

from __future__ import annotations

import ast
import copy
from pathlib import Path
from typing import Any

import pytest

from autograder.lessons.answers import also_correct_in, misconceptions_in
from autograder.lessons.course import load_module
from autograder.lessons.samples import Material, as_cell, filled_in, model_answers
from tests.support.course import FULL

MODULE = '''"""Answers."""

import math
import os.path as somewhere
from itertools import pairwise, count as counting

import numpy as np

from autograder.lessons.answers import misconception

TABLE = {"a": math.pi}
UNUSED = counting()
first, (second, *rest) = 1, (2, 3)


class Helper:
    def value(self):
        return TABLE["a"]


def helper():
    return Helper().value() + second


def unused():
    return somewhere.sep


@misconception("f", hint="Once.")
def itself(x, n=1):
    """A docstring."""
    return x if n == 0 else itself(x, n - 1) + helper()


@misconception("f", hint="Twice.")
def other(x):
    return np.sum(x) + sum(b - a for a, b in pairwise([1, 2]))
'''


@pytest.fixture
def module(tmp_path: Path) -> Path:
    path = tmp_path / "misconceptions.py"
    path.write_text(MODULE, encoding="utf-8")
    return path


def run(cell: str) -> dict[str, Any]:
    namespace: dict[str, Any] = {}
    exec(cell, namespace)
    return namespace


def test_a_function_becomes_the_exercise_with_what_it_needs_and_no_more(module: Path) -> None:
    cell = as_cell(module, load_module(module).itself, "f")
    assert run(cell)["f"](1.0) == pytest.approx(1.0 + 3.141592653589793 + 2)
    for absent in ("misconception", "autograder", "itself", "unused", "UNUSED", "other", "numpy", "pairwise"):
        assert absent not in cell
    other = as_cell(module, load_module(module).other, "f")
    assert run(other)["f"]([1, 2]) == 4
    assert [type(node).__name__ for node in ast.parse(other).body] == ["ImportFrom", "Import", "FunctionDef"]


def test_every_answer_of_the_lesson_stands_alone(material: Material) -> None:
    answers = material.lesson.wrong_answers()
    path = material.lesson.folder / "misconceptions.py"
    for name in FULL:
        for answer in [*misconceptions_in(answers, name), *also_correct_in(answers, name)]:
            cell = as_cell(path, answer.function, name)
            assert callable(run(cell)[name])
            for word in ("misconception", "also_correct", "hint", answer.name, answer.name.replace(" ", "_")):
                assert word not in cell


def test_the_answers_are_filled_in_and_the_release_stays_as_it_was(material: Material) -> None:
    before = copy.deepcopy(material.release)
    notebook = filled_in(material.release, {"summed": "summed = print", "nothing": "1 / 0"})
    assert material.release == before
    changed = [new for new, old in zip(notebook.cells, before.cells, strict=True) if new != old]
    assert [(cell.metadata.nbgrader.grade_id, cell.source) for cell in changed] == [("summed", "summed = print")]


def test_the_model_answers_are_the_solved_cells(material: Material) -> None:
    assert set(material.answers) == set(FULL)
    for name, answer in material.answers.items():
        namespace = run(f"import numpy as np\n{answer}")
        assert callable(namespace[name])
        assert "NotImplementedError" not in answer
    assert model_answers(material.release) == {
        cell.metadata.nbgrader.grade_id: cell.source
        for cell in material.release.cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
