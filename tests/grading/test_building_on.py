"""An exercise that builds on earlier ones is judged by itself: their mistakes cost it nothing and gain it nothing."""

from __future__ import annotations

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
from tests.support.course import ROOT, WEEK
from tests.support.small_course import EXERCISE, GRADED, SMALL


@pytest.fixture(scope="module")
def neuron() -> Material:
    """The material of the lesson whose neuron_output builds on weighted_sum and sigmoid."""
    return next(material for material in materials(ROOT, WEEK) if material.lesson.name == "artificial_neuron")


def graded(folder: Path, material: Material, **answers: str | None) -> dict[str, ExerciseVerdict]:
    """The verdicts on a right notebook in which these answers replace the right ones; None leaves the stub."""
    filled = {name: answer for name, answer in {**material.answers, **answers}.items() if answer is not None}
    path = folder / f"{material.lesson.name}.ipynb"
    path.write_text(nbformat.writes(material.notebook(filled)), encoding="utf-8")
    limits = Limits(cell_seconds=20, call_seconds=2, notebook_seconds=120)
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
        "def doubled(x):\n    pass\n",
        "def doubled(x):\n    return None\n",
        "doubled = None\n",
        "# I don't know.\n",
        "def doubled(x y):\n    return x\n",
    ],
    ids=["untouched", "pass", "None", "no function", "emptied", "not Python"],
)
def test_right_work_over_a_blank_earlier_exercise_keeps_its_points(
    tmp_path: Path, material: Material, earlier: str | None
) -> None:
    verdicts = graded(tmp_path, material, doubled=earlier)
    assert verdicts["doubled"].score == 0
    assert verdicts["summed"].score == verdicts["summed"].points
    assert verdicts["summed"].status == "passed"


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
    known = {m.name: m for m in misconceptions_in(material.lesson.wrong_answers(), "doubled")}
    module = material.lesson.folder / "misconceptions.py"
    for name in ("squared", "tripled"):
        mistake = as_cell(module, known[name].function, "doubled")
        verdicts = graded(tmp_path, material, doubled=mistake)
        assert verdicts["doubled"].misconception == name
        assert verdicts["doubled"].score < verdicts["doubled"].points / 2
        assert verdicts["summed"].score == verdicts["summed"].points


# Mistakes in doubled that have no name.
NAMELESS = {
    "right for five numbers alone": "    if len(x) < 5:\n        return x\n    return 2.0 * np.asarray(x)\n",
    "another curve": "    return np.tanh(np.asarray(x)) * 1.5\n",
    "an error": "    return undefined(x)\n",
    "arguments changed": "    x += 1.0\n    return 2.0 * x\n",
}


@pytest.mark.parametrize("body", NAMELESS.values(), ids=NAMELESS)
def test_right_work_over_a_mistake_without_a_name_keeps_its_points(
    tmp_path: Path, material: Material, body: str
) -> None:
    verdicts = graded(tmp_path, material, doubled=f"def doubled(x):\n{body}")
    assert verdicts["doubled"].score < verdicts["doubled"].points / 2
    assert verdicts["doubled"].misconception is None
    assert verdicts["summed"].score == verdicts["summed"].points
    assert verdicts["summed"].misconception is None


# Each would stop any function that calls it.
STOPPING = {
    "an endless loop": "    while True:\n        pass\n",
    "the kernel ended": "    import os\n    os._exit(1)\n",
}


@pytest.mark.parametrize("body", STOPPING.values(), ids=STOPPING)
def test_right_work_over_a_function_that_never_returns_keeps_its_points(
    tmp_path: Path, material: Material, body: str
) -> None:
    wrong = f"def doubled(x):\n{body}"
    verdicts = graded(tmp_path, material, doubled=wrong)
    assert verdicts["doubled"].status in ("timed out", "crashed")
    assert verdicts["summed"].score == verdicts["summed"].points
    verdicts = graded(tmp_path, material, doubled=wrong, summed="def summed(x):\n    return 1.0\n")
    assert verdicts["summed"].score < verdicts["summed"].points / 2


TRIVIAL = {
    "a constant": "    return 1.0\n",
    "how many they are": "    return float(len(x))\n",
    "the first number alone": "    return float(doubled(x)[0])\n",
    "the first number again and again": "    return sum(float(doubled(x[:1])[0]) for _ in x)\n",
    "the last number not doubled": "    return float(np.sum(doubled(x[:-1]))) + x[-1]\n",
}


@pytest.mark.parametrize("body", TRIVIAL.values(), ids=TRIVIAL)
def test_wrong_work_over_a_wrong_earlier_function_gains_nothing(tmp_path: Path, material: Material, body: str) -> None:
    wrong = "def doubled(x):\n    return np.ones(len(x))\n"
    assert graded(tmp_path, material, doubled=wrong, summed=f"def summed(x):\n{body}")["summed"].score == 0


def test_an_earlier_function_that_turns_trivial_gains_nothing(tmp_path: Path, material: Material) -> None:
    switching = f"FLAG = [0]\n{material.answers['doubled']}\n_right = doubled\n"
    switching += "def doubled(x):\n    return x if FLAG[0] else _right(x)\n"
    trivial = "def summed(x):\n    FLAG[0] = 1\n    return float(np.sum(x))\n"
    assert graded(tmp_path, material, doubled=switching, summed=trivial)["summed"].score == 0


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
    tmp_path: Path, real_material: Material, answer: str
) -> None:
    lesson = real_material.lesson
    known = {m.name: m for m in misconceptions_in(lesson.wrong_answers(), "dense_forward")}
    mistake = as_cell(lesson.folder / "misconceptions.py", known["W transposed"].function, "dense_forward")
    assert graded(tmp_path, real_material, dense_forward=mistake, network_forward=answer)["network_forward"].score == 0


# It does not refuse tables, which costs a little: `summed` never meets one.
NEARLY_RIGHT = "def doubled(x):\n    return 2.0 * np.asarray(x)\n"
# How a later function may tell its own earlier one from a stand-in; each defines `own()`.
TELLS = {
    "by identity": "mine = doubled\ndef own():\n    return doubled is mine\n",
    "by its code": "mine = doubled.__code__.co_code\ndef own():\n    return doubled.__code__.co_code == mine\n",
    "by its globals": "def own():\n    return doubled.__globals__ is globals()\n",
    "by a value": "def own():\n    return doubled(np.array([0.0]))[0] == 0.0\n",
    "by its source": "import inspect\ndef own():\n    try:\n        return bool(inspect.getsource(doubled))\n"
    "    except Exception:\n        return False\n",
    "by the caller's frame": "import sys\ndef own():\n    frame = sys._getframe(1)\n    while frame:\n"
    "        if getattr(frame.f_locals.get('request'), 'stand_ins', None):\n            return False\n"
    "        frame = frame.f_back\n    return True\n",
    "by the second call": "import sys\nseen = set()\ndef own():\n    x = sys._getframe(1).f_locals['x'].tobytes()\n"
    "    new = x not in seen\n    seen.add(x)\n    return new\n",
}


@pytest.mark.parametrize("tell", TELLS.values(), ids=TELLS)
def test_a_later_function_that_tells_a_stand_in_has_one_guess(tmp_path: Path, material: Material, tell: str) -> None:
    guesses = f"{tell}\ndef summed(x):\n    return float(np.sum(x)) if own() else float(np.sum(doubled(x)))\n"
    verdicts = graded(tmp_path, material, doubled=NEARLY_RIGHT, summed=guesses)
    assert 0 < verdicts["doubled"].score < verdicts["doubled"].points
    assert verdicts["summed"].score == 0


def test_a_wrong_answer_over_the_own_mistake_is_not_made_good_by_a_stand_in(tmp_path: Path, material: Material) -> None:
    tripled = "def doubled(x):\n    return 3.0 * np.asarray(x)\n"
    guesses = (
        f"{TELLS['by identity']}\ndef summed(x):\n    return float(len(x)) if own() else float(np.sum(doubled(x)))\n"
    )
    assert graded(tmp_path, material, doubled=tripled, summed=guesses)["summed"].score == 0


def test_an_earlier_function_hears_nothing_of_how_the_model_answer_calls_it(tmp_path: Path, material: Material) -> None:
    listens = "heard = []\ndef doubled(x):\n    heard.append(np.array(x))\n    return 2.0 * np.asarray(x)\n"
    answer = "def summed(x):\n    return 2.0 * float(np.sum(heard[-1]))\n"
    verdicts = graded(tmp_path, material, doubled=listens, summed=answer)
    assert verdicts["doubled"].score > 0
    assert verdicts["summed"].score == 0


# Right in its own notebook, whatever a stand-in would make of it.
BY_ITSELF = {
    "it calls nothing": ("    return 3.0 * np.asarray(x)\n", "    return 2.0 * float(np.sum(x))\n"),
    "it calls in vain": ("    return 3.0 * np.asarray(x)\n", "    doubled(x)\n    return 2.0 * float(np.sum(x))\n"),
    "it makes up for the mistake": ("    return 3.0 * np.asarray(x)\n", "    return float(np.sum(doubled(x))) / 1.5\n"),
    "it goes by what doubling is": (
        "    return 2.0 * np.asarray(x)\n",
        "    return float(doubled(np.array([sum(x)]))[0])\n",
    ),
    "it calls for a part": (
        "    return 3.0 * np.asarray(x)\n",
        "    return float(np.sum(doubled(x[1:])) / 1.5 + 2.0 * x[0])\n",
    ),
}


@pytest.mark.parametrize(("earlier", "later"), BY_ITSELF.values(), ids=BY_ITSELF)
def test_right_work_that_does_without_the_earlier_function_keeps_its_points(
    tmp_path: Path, material: Material, earlier: str, later: str
) -> None:
    verdicts = graded(tmp_path, material, doubled=f"def doubled(x):\n{earlier}", summed=f"def summed(x):\n{later}")
    assert verdicts["doubled"].score < verdicts["doubled"].points
    assert verdicts["summed"].score == verdicts["summed"].points


def test_right_work_that_hangs_over_a_stand_in_alone_keeps_its_points(tmp_path: Path, material: Material) -> None:
    waits = (
        "def summed(x):\n    while doubled(np.zeros(1))[0] != 0:\n        pass\n    return float(np.sum(doubled(x)))\n"
    )
    verdicts = graded(tmp_path, material, doubled=NEARLY_RIGHT, summed=waits)
    assert verdicts["summed"].score == verdicts["summed"].points
