"""Answers that are made to harm the grading: no grader fault, no point gained, no other exercise's points touched."""

from __future__ import annotations

import time
from pathlib import Path

import nbformat
import pytest

from autograder.checks.diagnosis import misconceptions_in
from autograder.checks.run import FIXED_SECRET
from autograder.demo import Material
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import best_tier
from autograder.lessons.samples import as_cell
from autograder.limits import Limits
from autograder.verdicts.verdict import NotebookVerdict

FIRST = "def two_neuron_forward(x, w1, b1, w2, b2):\n    "


def graded(folder: Path, material: Material, **answers: str) -> NotebookVerdict:
    """The verdict on a right notebook in which these answers stand in place of the right ones."""
    path = folder / "forward_propagation.ipynb"
    path.write_text(nbformat.writes(material.notebook({**material.answers, **answers})), encoding="utf-8")
    limits = Limits(cell_seconds=20, call_seconds=5, notebook_seconds=120)
    terms = Terms(limits, FIXED_SECRET, best_tier())
    verdict, fault = grade_notebook(rebuild(path, material.release, limits), material.lesson, "ada", [], terms)
    assert fault == ""
    return verdict


@pytest.mark.parametrize(
    "answer",
    [
        "return {10**5000: 1.0}",
        "import numpy as np\n    return np.random.default_rng(np.random.SeedSequence(2**800_000 - 1))",
        "raise type('Mismatch' * 1000, (Exception,), {'__str__': lambda self: 1 / 0})",
        "return {k * (2**61 - 1): 1 for k in range(20_000)}",
        "import itertools\n    return itertools.count()",
        "a = []\n    a.append(a)\n    return a",
        "class D(dict):\n        def items(self):\n            while True:\n                yield 'z1', 1.0\n    return D(z1=1)",
        "import os\n    os.kill(os.getpid(), 9)",
        "import sys\n    sys.setrecursionlimit(10**9)\n    f = lambda: f()\n    f()",
        "exit()",
    ],
)
def test_a_hostile_answer_costs_itself_alone(tmp_path: Path, material: Material, answer: str) -> None:
    start = time.monotonic()
    verdict = graded(tmp_path, material, two_neuron_forward=FIRST + answer)
    first, *others = verdict.exercises
    assert first.score == 0
    assert first.status != "grader fault"
    assert [e.score for e in others] == [e.points for e in others]
    assert time.monotonic() - start < 120


def test_right_work_over_a_known_mistake_keeps_its_points(tmp_path: Path, material: Material) -> None:
    known = {m.name: m for m in misconceptions_in(material.lesson.wrong_answers(), "dense_forward")}
    module = material.lesson.folder / "misconceptions.py"
    for name in ("bias multiplied in", "W transposed"):
        mistake = as_cell(module, known[name].function, "dense_forward")
        scores = {e.exercise: e.score for e in graded(tmp_path, material, dense_forward=mistake).exercises}
        assert scores["dense_forward"] < 1.5
        assert scores["network_forward"] > 2.5


# Mistakes in dense_forward that have no name.
NAMELESS = {
    "right for whole batches alone": "    if len(X) < 3:\n        return X\n    return np.asarray(X) @ W + b\n",
    "one activation wrong": "    return np.tanh(np.asarray(X) @ W + b) * 1.5\n",
    "an error": "    return undefined(X)\n",
    "arguments changed": "    X += 1.0\n    return X @ W + b\n",
}


@pytest.mark.parametrize("body", NAMELESS.values(), ids=NAMELESS)
def test_right_work_over_a_mistake_without_a_name_keeps_its_points(
    tmp_path: Path, material: Material, body: str
) -> None:
    wrong = f"def dense_forward(X, W, b, activation='linear'):\n{body}"
    verdict = graded(tmp_path, material, dense_forward=wrong)
    found = {e.exercise: e for e in verdict.exercises}
    assert found["dense_forward"].score < found["dense_forward"].points / 2
    assert found["network_forward"].score == found["network_forward"].points
    assert found["network_forward"].misconception is None


# What would stop whatever calls it.
STOPPING = {
    "an endless loop": "    while True:\n        pass\n",
    "the kernel ended": "    import os\n    os._exit(1)\n",
}


@pytest.mark.parametrize("body", STOPPING.values(), ids=STOPPING)
def test_right_work_over_a_function_that_never_comes_back_keeps_its_points(
    tmp_path: Path, material: Material, body: str
) -> None:
    wrong = f"def dense_forward(X, W, b, activation='linear'):\n{body}"
    found = {e.exercise: e for e in graded(tmp_path, material, dense_forward=wrong).exercises}
    assert found["dense_forward"].status in ("timed out", "crashed")
    assert found["network_forward"].score == found["network_forward"].points
    constant = "def network_forward(X, layers):\n    return [np.ones((len(X), 2))] * len(layers)\n"
    found = {e.exercise: e for e in graded(tmp_path, material, dense_forward=wrong, network_forward=constant).exercises}
    assert found["network_forward"].score < found["network_forward"].points / 2


TRIVIAL = {
    "the same constant twice": "    return [np.ones((len(X), 2))] * len(layers)\n",
    "the first layer alone": "    return [dense_forward(X, layers[0]['W'], layers[0]['b'])] * len(layers)\n",
    "every layer on the batch": "    return [dense_forward(X, each['W'], each['b'], each['activation']) for each in layers]\n",
    "activations left out": (
        "    made = []\n    for each in layers:\n        X = dense_forward(X, each['W'], each['b'])\n"
        "        made.append(X)\n    return made\n"
    ),
}


@pytest.mark.parametrize("body", TRIVIAL.values(), ids=TRIVIAL)
def test_wrong_work_over_a_wrong_earlier_function_gains_nothing(tmp_path: Path, material: Material, body: str) -> None:
    wrong = "def dense_forward(X, W, b, activation='linear'):\n    return np.ones((len(X), 2))\n"
    verdict = graded(
        tmp_path, material, dense_forward=wrong, network_forward=f"def network_forward(X, layers):\n{body}"
    )
    scores = {e.exercise: e.score for e in verdict.exercises}
    assert scores["network_forward"] < 0.9


def test_an_earlier_function_that_turns_trivial_buys_nothing(tmp_path: Path, material: Material) -> None:
    switching = f"FLAG = [0]\n{material.answers['dense_forward']}\n_right = dense_forward\n"
    switching += (
        "def dense_forward(X, W, b, activation='linear'):\n    return X if FLAG[0] else _right(X, W, b, activation)\n"
    )
    trivial = "def network_forward(X, layers):\n    FLAG[0] = 1\n    return [X] * len(layers)\n"
    verdict = graded(tmp_path, material, dense_forward=switching, network_forward=trivial)
    scores = {e.exercise: e.score for e in verdict.exercises}
    assert scores["network_forward"] < 0.3


@pytest.mark.parametrize(
    "answer",
    [
        "def network_forward(X, layers):\n    raise ValueError\n",
        "def network_forward(X, layers):\n    return dense_forward(np.ones((2, 3)), np.ones((3, 4)), np.ones(4))\n",
        "def network_forward(X, layers):\n    if len(X) == 3 and X[0, 0] == 0.4:\n        return [X, X]\n    raise ValueError\n",
    ],
)
def test_an_error_that_an_earlier_mistake_leads_to_buys_nothing_by_itself(
    tmp_path: Path, material: Material, answer: str
) -> None:
    known = {m.name: m for m in misconceptions_in(material.lesson.wrong_answers(), "dense_forward")}
    mistake = as_cell(material.lesson.folder / "misconceptions.py", known["W transposed"].function, "dense_forward")
    verdict = graded(tmp_path, material, dense_forward=mistake, network_forward=answer)
    assert {e.exercise: e.score for e in verdict.exercises}["network_forward"] == 0
