"""An exercise that builds on earlier ones is judged by itself: their mistakes cost it nothing and gain it nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import nbformat
import pytest

from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import best_tier
from autograder.lessons.answers import misconceptions_in
from autograder.lessons.reference import References
from autograder.lessons.samples import Material, as_cell, materials
from autograder.limits import Limits
from autograder.verdicts.verdict import ExerciseVerdict
from tests.support.course import ROOT, WEEK, without_pictures
from tests.support.small_course import EXERCISE, GRADED, SMALL


@pytest.fixture(scope="module")
def neuron() -> Material:
    """The material of the lesson whose neuron_output builds on weighted_sum and sigmoid."""
    whole = next(m for m in materials(ROOT, WEEK) if m.lesson.name == "artificial_neuron")
    return replace(whole, release=without_pictures(whole.release))


def graded(folder: Path, material: Material, **answers: str | None) -> dict[str, ExerciseVerdict]:
    """The verdicts on a right notebook in which these answers replace the right ones; None leaves the stub."""
    filled = {name: answer for name, answer in {**material.answers, **answers}.items() if answer is not None}
    path = folder / f"{material.lesson.name}.ipynb"
    path.write_text(nbformat.writes(material.notebook(filled)), encoding="utf-8")
    limits = Limits(cell_seconds=20, call_seconds=5, notebook_seconds=120)
    terms = Terms(limits, FIXED_SECRET, best_tier())
    verdict, fault = grade_notebook(rebuild(path, material.release, limits), material.lesson, "ada", [], terms)
    assert fault == ""
    return {exercise.exercise: exercise for exercise in verdict.exercises}


def test_calls_in_comprehensions_lambdas_and_helpers_count_as_building_on(tmp_path: Path) -> None:
    def later(name: str, body: str) -> str:
        text = (EXERCISE + GRADED).replace("doubled", name)
        return text.replace("    return 2.0 * np.asarray(x)\n", body)

    bodies = {
        "listed": "    return np.array([doubled(np.array([one]))[0] for one in x])\n",
        "mapped": "    return np.array(list(map(lambda one: doubled(np.array([one]))[0], x)))\n",
        "nested": "    def inner():\n        return [doubled(x) for _ in range(1)]\n    return inner()[0]\n",
        "by_a_helper": "    return helper(x)\n\n\ndef helper(x):\n    return doubled(x)\n",
        "through_another": "    return listed(x)\n",
        "alone": "    return 2.0 * x.sum(axis=0, keepdims=True)\n",
    }
    lesson = SMALL.and_("script", "".join(later(name, body) for name, body in bodies.items())).read(tmp_path)
    references = References(lesson)
    one = {"doubled"}
    assert {name: references.built_on(name) for name in bodies} == {
        "listed": one,
        "mapped": one,
        "nested": one,
        "by_a_helper": one,
        "through_another": {"doubled", "listed"},
        "alone": set(),
    }


@pytest.mark.parametrize(
    "earlier",
    [
        None,
        "def dense_forward(X, W, b, activation='linear'):\n    pass\n",
        "def dense_forward(X, W, b, activation='linear'):\n    return None\n",
        "dense_forward = None\n",
        "# I don't know.\n",
        "def dense_forward(X, W, b activation):\n    return X\n",
    ],
    ids=["untouched", "pass", "None", "no function", "emptied", "not Python"],
)
def test_right_work_over_a_blank_earlier_exercise_keeps_its_points(
    tmp_path: Path, material: Material, earlier: str | None
) -> None:
    verdicts = graded(tmp_path, material, dense_forward=earlier)
    assert verdicts["dense_forward"].score == 0
    assert verdicts["network_forward"].score == verdicts["network_forward"].points
    assert verdicts["network_forward"].status == "passed"


def test_the_same_mistake_made_again_without_a_call_earns_nothing(tmp_path: Path, neuron: Material) -> None:
    verdicts = graded(
        tmp_path,
        neuron,
        sigmoid="def sigmoid(z):\n    return np.tanh(z)\n",
        neuron_output="def neuron_output(x, w, b):\n    return np.tanh(weighted_sum(x, w, b))\n",
    )
    assert verdicts["weighted_sum"].status == "passed"
    assert verdicts["neuron_output"].score == 0
    assert verdicts["neuron_output"].misconception == "tanh in place of the sigmoid"


def test_a_constant_over_a_threshold_earns_nothing(tmp_path: Path, neuron: Material) -> None:
    verdicts = graded(
        tmp_path,
        neuron,
        sigmoid="def sigmoid(z):\n    return np.where(np.asarray(z) >= 0, 1.0, 0.0)[()]\n",
        neuron_output="def neuron_output(x, w, b):\n    return 1.0\n",
    )
    assert verdicts["neuron_output"].score == 0


def test_right_work_over_a_known_mistake_keeps_its_points(tmp_path: Path, material: Material) -> None:
    known = {m.name: m for m in misconceptions_in(material.lesson.wrong_answers(), "dense_forward")}
    module = material.lesson.folder / "misconceptions.py"
    for name in ("bias multiplied in", "W transposed"):
        mistake = as_cell(module, known[name].function, "dense_forward")
        scores = {e.exercise: e.score for e in graded(tmp_path, material, dense_forward=mistake).values()}
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
    verdicts = graded(tmp_path, material, dense_forward=wrong)
    assert verdicts["dense_forward"].score < verdicts["dense_forward"].points / 2
    assert verdicts["network_forward"].score == verdicts["network_forward"].points
    assert verdicts["network_forward"].misconception is None


# Each would stop any function that calls it.
STOPPING = {
    "an endless loop": "    while True:\n        pass\n",
    "the kernel ended": "    import os\n    os._exit(1)\n",
}


@pytest.mark.parametrize("body", STOPPING.values(), ids=STOPPING)
def test_right_work_over_a_function_that_never_returns_keeps_its_points(
    tmp_path: Path, material: Material, body: str
) -> None:
    wrong = f"def dense_forward(X, W, b, activation='linear'):\n{body}"
    verdicts = graded(tmp_path, material, dense_forward=wrong)
    assert verdicts["dense_forward"].status in ("timed out", "crashed")
    assert verdicts["network_forward"].score == verdicts["network_forward"].points
    constant = "def network_forward(X, layers):\n    return [np.ones((len(X), 2))] * len(layers)\n"
    verdicts = graded(tmp_path, material, dense_forward=wrong, network_forward=constant)
    assert verdicts["network_forward"].score < verdicts["network_forward"].points / 2


TRIVIAL = {
    "the same constant twice": "    return [np.ones((len(X), 2))] * len(layers)\n",
    "the first layer alone": "    return [dense_forward(X, layers[0]['W'], layers[0]['b'])] * len(layers)\n",
    "every layer on the batch": (
        "    return [dense_forward(X, each['W'], each['b'], each['activation']) for each in layers]\n"
    ),
    "activations left out": (
        "    outputs = []\n    for each in layers:\n        X = dense_forward(X, each['W'], each['b'])\n"
        "        outputs.append(X)\n    return outputs\n"
    ),
}


@pytest.mark.parametrize("body", TRIVIAL.values(), ids=TRIVIAL)
def test_wrong_work_over_a_wrong_earlier_function_gains_nothing(tmp_path: Path, material: Material, body: str) -> None:
    wrong = "def dense_forward(X, W, b, activation='linear'):\n    return np.ones((len(X), 2))\n"
    later = f"def network_forward(X, layers):\n{body}"
    assert graded(tmp_path, material, dense_forward=wrong, network_forward=later)["network_forward"].score < 0.9


def test_an_earlier_function_that_turns_trivial_gains_nothing(tmp_path: Path, material: Material) -> None:
    switching = f"FLAG = [0]\n{material.answers['dense_forward']}\n_right = dense_forward\n"
    switching += (
        "def dense_forward(X, W, b, activation='linear'):\n    return X if FLAG[0] else _right(X, W, b, activation)\n"
    )
    trivial = "def network_forward(X, layers):\n    FLAG[0] = 1\n    return [X] * len(layers)\n"
    verdicts = graded(tmp_path, material, dense_forward=switching, network_forward=trivial)
    assert verdicts["network_forward"].score < 0.3


@pytest.mark.parametrize(
    "answer",
    [
        "def network_forward(X, layers):\n    raise ValueError\n",
        "def network_forward(X, layers):\n    return dense_forward(np.ones((2, 3)), np.ones((3, 4)), np.ones(4))\n",
        "def network_forward(X, layers):\n    if len(X) == 3 and X[0, 0] == 0.4:\n        return [X, X]\n"
        "    raise ValueError\n",
    ],
)
def test_an_error_that_follows_from_an_earlier_mistake_gains_nothing_by_itself(
    tmp_path: Path, material: Material, answer: str
) -> None:
    known = {m.name: m for m in misconceptions_in(material.lesson.wrong_answers(), "dense_forward")}
    mistake = as_cell(material.lesson.folder / "misconceptions.py", known["W transposed"].function, "dense_forward")
    assert graded(tmp_path, material, dense_forward=mistake, network_forward=answer)["network_forward"].score == 0
