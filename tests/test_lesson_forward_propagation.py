"""The lesson's checks through the real grading path: right answers of any form earn full marks, wrong ones are told and named."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import pytest
from nbformat import NotebookNode

from autograder.answers import as_cell, filled_in
from autograder.check_runs import FIXED_SECRET
from autograder.demo import Material
from autograder.diagnosis import also_correct_in, misconceptions_in
from autograder.intake import UNTOUCHED, Rebuilt
from autograder.kernels.warm import best_tier
from autograder.limits import Limits
from autograder.notebook_grading import Terms, grade_notebook
from autograder.verdict import ExerciseVerdict, Status
from tests.conftest import LESSON, ROOT, WEEK

EXERCISES = ("two_neuron_forward", "dense_forward", "initialize_network", "network_forward", "count_parameters")
RIGHT = 4
WRONG = 12
Graded = Callable[[str], dict[str, ExerciseVerdict]]

# Answers that take no thought, over a model answer kept as `right`; each is to earn next to nothing.
TRIVIAL = {
    "raises": "raise RuntimeError('I do not know')",
    "raises ValueError": "raise ValueError('no')",
    "None": "return None",
    "nan": "return float('nan')",
    "its input": "return rest[0] if rest else next(iter(named.values()))",
    "zeros": "return zeros(right(*rest, **named))",
    "text": "return str(right(*rest, **named))",
}
ZEROS = """
def zeros(value):
    if isinstance(value, dict):
        return {key: zeros(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [zeros(item) for item in value]
    return value * 0
"""
AS_FLOAT32 = """
def single(value):
    if isinstance(value, dict):
        return {key: single(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [single(item) for item in value]
    return value if isinstance(value, (int, np.integer)) else np.asarray(value, dtype=np.float32)[()]
"""
REPLAY = """
import json
from autograder.calls import Answer, read_arguments, write_arguments
TABLE = {{write_arguments(*read_arguments(call)): right for call, right in json.loads({table!r}).items()}}
def {name}(*rest, **named):
    return Answer.from_text(TABLE[write_arguments(rest, named)]).value
"""


def wrapped(answer: str, name: str, helper: str, body: str) -> str:
    """A cell that keeps the answer as `right` and gives something else in its place."""
    return f"{answer}\n\nright = {name}\n{helper}\ndef {name}(*rest, right=right, **named):\n    {body}\n"


@pytest.fixture(scope="module")
def graded(material: Material) -> Graded:
    """Grades one notebook of each kind, once: a notebook holds one answer for each exercise."""
    module = material.lesson.wrong_answers()
    path = material.lesson.folder / "misconceptions.py"

    def answer(kind: str, name: str) -> str:
        form, _, which = kind.partition(": ")
        if form in ("right", "right in float32", "wrong"):
            found: Any = (misconceptions_in if form == "wrong" else also_correct_in)(module, name)
            text = as_cell(path, found[int(which) % len(found)].function, name)
            return (
                text
                if form != "right in float32"
                else wrapped(f"import numpy as np\n{text}", name, AS_FLOAT32, "return single(right(*rest, **named))")
            )
        if form == "replayed":
            return REPLAY.format(name=name, table=json.dumps(recorded_answers(name)))
        return wrapped(material.answers[name], name, ZEROS, TRIVIAL[which])

    @cache
    def verdicts(kind: str) -> dict[str, ExerciseVerdict]:
        cells = {} if kind == "stubs" else {name: answer(kind, name) for name in EXERCISES}
        rebuilt = Rebuilt(without_demos(filled_in(material.release, cells)))
        rebuilt.not_attempted.update(dict.fromkeys(EXERCISES, UNTOUCHED) if kind == "stubs" else {})
        verdict, fault = grade_notebook(rebuilt, material.lesson, "ada", [], Terms(Limits(), FIXED_SECRET, best_tier()))
        assert fault == ""
        return {found.exercise: found for found in verdict.exercises}

    return verdicts


def without_demos(notebook: NotebookNode) -> NotebookNode:
    """The set-up cell, the solution cells and the graded cells: the pictures take time and are tried elsewhere."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    notebook.cells = [code[0], *(cell for cell in code[1:] if "nbgrader" in cell.metadata)]
    return notebook


def recorded_answers(name: str) -> dict[str, str]:
    """All that a student can read in the installed wheel of an exercise: the public calls and their right answers."""
    path = ROOT / "autograder" / "course" / WEEK / LESSON / "record.json"
    checks: Mapping[str, Any] = json.loads(path.read_text(encoding="utf-8"))["exercises"][name]["checks"]
    return {call["arguments"]: call["right"] for check in checks.values() for call in check["calls"]}


def public_share(verdict: ExerciseVerdict) -> float:
    """How much of an exercise's weight its public checks have."""
    return sum(c.weight for c in verdict.checks if not c.hidden) / sum(c.weight for c in verdict.checks)


def test_the_exercises_are_those_of_the_lesson(material: Material) -> None:
    assert tuple(exercise.name for exercise in material.lesson.exercises) == EXERCISES
    module = material.lesson.wrong_answers()
    assert max(len(also_correct_in(module, name)) for name in EXERCISES) <= RIGHT
    assert max(len(misconceptions_in(module, name)) for name in EXERCISES) <= WRONG


@pytest.mark.parametrize(
    "kind", [*(f"right: {n}" for n in range(RIGHT)), *(f"right in float32: {n}" for n in range(2))]
)
def test_every_right_answer_earns_full_marks(graded: Graded, kind: str) -> None:
    for verdict in graded(kind).values():
        assert (verdict.status, verdict.score) == (Status.PASSED, verdict.points), verdict


@pytest.mark.parametrize("number", range(WRONG))
def test_every_misconception_loses_points_and_is_named_as_itself(
    graded: Graded, material: Material, number: int
) -> None:
    module = material.lesson.wrong_answers()
    for name, verdict in graded(f"wrong: {number}").items():
        found = misconceptions_in(module, name)
        mistake = found[number % len(found)]
        assert verdict.status is Status.FAILED
        assert verdict.score < verdict.points
        assert (verdict.misconception, verdict.hint) == (mistake.name, mistake.hint), (name, verdict.message)


def test_the_public_answers_by_heart_earn_the_public_checks_alone(graded: Graded) -> None:
    for name, verdict in graded("replayed: all").items():
        assert verdict.score <= verdict.points * public_share(verdict) + 1e-9
        assert verdict.score > 0, f"{name}: the answers were not recognised, so this test tells nothing"
        assert not any(check.passed for check in verdict.checks if check.hidden)


def test_stubs_score_nothing(graded: Graded) -> None:
    assert {(v.status, v.score) for v in graded("stubs").values()} == {(Status.NOT_ATTEMPTED, 0.0)}


@pytest.mark.parametrize("which", TRIVIAL)
def test_an_answer_that_takes_no_thought_earns_nothing(graded: Graded, which: str) -> None:
    for name, verdict in graded(f"trivial: {which}").items():
        if (which, name) == ("zeros", "initialize_network"):  # zeros of the right shapes are a known mistake's answer
            assert verdict.misconception == "zero weights"
            assert verdict.score < 0.5 * verdict.points
        else:
            assert [check.name for check in verdict.checks if check.passed] == [], name
            assert verdict.score == 0
