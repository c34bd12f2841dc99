"""In a live notebook, too, a function over an earlier one that isn't right is not blamed for it."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.lessons.samples import Material
from autograder.student.check import verdict_in
from autograder.verdicts.verdict import ExerciseVerdict, Status
from tests.support.in_process import run_as_cell

FIRST, NEXT = "dense_forward", "network_forward"
FINISH = f"Finish {FIRST} first: this function builds on it."
BIAS_FORGOTTEN = "def dense_forward(X, W, b, activation='linear'):\n    return X @ W\n"
PLACEHOLDER = "def dense_forward(*all):\n    raise NotImplementedError('Replace this line with your answer.')\n"
OVER_IT = """
def network_forward(X, layers):
    answers = []
    for layer in layers:
        X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
        answers.append(X)
    return answers
"""
ON_ITS_OWN = """
def network_forward(X, layers):
    answers = []
    for layer in layers:
        X = X @ layer["W"]
        answers.append(X)
    return answers
"""


def verdict(code: str, material: Material, exercise: str = NEXT) -> ExerciseVerdict:
    """The verdict on an exercise in a notebook with the right answers, after a cell with this code."""
    world: dict[str, Any] = {}
    run_as_cell("import numpy as np\n" + "\n".join(material.answers.values()), world)
    run_as_cell(code, world)
    return verdict_in(world, exercise)


def messages(verdict: ExerciseVerdict) -> set[str]:
    """What it says about the checks that failed."""
    return {check.message for check in verdict.checks if not check.passed}


@pytest.mark.parametrize("earlier", [BIAS_FORGOTTEN, PLACEHOLDER])
def test_the_earlier_function_is_to_be_finished_first(real_material: Material, earlier: str) -> None:
    result = verdict(earlier + OVER_IT, real_material)
    assert result.status is Status.FAILED
    assert messages(result) == {FINISH}
    assert result.misconception is None


def test_over_a_right_function_its_own_mistake_is_named(real_material: Material) -> None:
    result = verdict(OVER_IT.replace("return answers", "return answers[-1]"), real_material)
    assert result.status is Status.FAILED
    assert FINISH not in messages(result)


def test_a_function_that_does_not_call_the_earlier_one_is_judged_by_itself(real_material: Material) -> None:
    result = verdict(BIAS_FORGOTTEN + ON_ITS_OWN, real_material)
    assert result.status is Status.FAILED
    assert FINISH not in messages(result)


def test_a_call_that_does_not_fit_the_earlier_function_is_its_own_mistake(real_material: Material) -> None:
    result = verdict(BIAS_FORGOTTEN + OVER_IT.replace(', layer["b"], layer["activation"]', ""), real_material)
    assert any("too few arguments: 'b' is missing" in message for message in messages(result))


def test_a_right_function_passes_though_an_earlier_one_it_does_not_need_is_wrong(real_material: Material) -> None:
    result = verdict("def two_neuron_forward(*all):\n    return {}\n", real_material)
    assert result.status is Status.PASSED


def test_the_notebook_has_its_own_functions_afterwards(real_material: Material) -> None:
    world: dict[str, Any] = {}
    run_as_cell("import numpy as np\n" + BIAS_FORGOTTEN + OVER_IT, world)
    before = dict(world)
    verdict_in(world, NEXT)
    assert world == before
