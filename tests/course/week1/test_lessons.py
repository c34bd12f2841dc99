"""Every lesson's checks, graded for real: right answers of any form earn full marks, misconceptions are named."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

import pytest
from nbformat import NotebookNode

from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.rebuild import UNTOUCHED, Rebuilt
from autograder.kernels.warm import best_tier
from autograder.lessons.answers import also_correct_in, misconceptions_in
from autograder.lessons.course import Exercise, find_lessons
from autograder.lessons.samples import Material, as_cell, filled_in, materials
from autograder.limits import Limits
from autograder.verdicts.verdict import ExerciseVerdict, Status
from autograder.wire.calls import Answer
from tests.support.course import ROOT

COURSE = {m.lesson.name: m for week in {lesson.week for lesson in find_lessons(ROOT)} for m in materials(ROOT, week)}

# Answers that take no thought, given the model answer as `right`; each must earn next to nothing.
TRIVIAL = {
    "raises": "raise RuntimeError('I do not know')",
    "raises ValueError": "raise ValueError('no')",
    "None": "return None",
    "nan": "return float('nan')",
    "its input": "return rest[0] if rest else next(iter(named.values()))",
    "zeros": "return zeros(right(*rest, **named))",
    "text": "return str(right(*rest, **named))",
}
# The same for a quiz, whose answers are a dict of that name.
TRIVIAL_QUIZ = {
    "raises": "raise RuntimeError('I do not know')",
    "raises ValueError": "raise ValueError('no')",
    "None": "{name} = None",
    "nan": "{name} = float('nan')",
    "its input": "{name} = {{key: key for key in {name}}}",
    "zeros": "{name} = dict.fromkeys({name}, 0)",
    "text": "{name} = str({name})",
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
from autograder.wire.calls import Answer, read_arguments, write_arguments
TABLE = {{write_arguments(*read_arguments(call)): right for call, right in json.loads({table!r}).items()}}
def {name}(*rest, **named):
    return Answer.from_text(TABLE[write_arguments(rest, named)]).value
"""


def wrapped(answer: str, name: str, helper: str, body: str) -> str:
    """A cell that keeps the answer as `right` and replaces it with something else."""
    return f"{answer}\n\nright = {name}\n{helper}\ndef {name}(*rest, right=right, **named):\n    {body}\n"


def cell_of(material: Material, exercise: Exercise, kind: str) -> str:
    """An exercise's cell of one kind of notebook: "wrong: 3" holds each exercise's misconception of that number."""
    name, module, path = exercise.name, material.lesson.wrong_answers(), material.lesson.folder / "misconceptions.py"
    form, _, which = kind.partition(": ")
    if form in ("right", "right in float32", "wrong", "wrong in float32"):
        answers: Any = (misconceptions_in if form.startswith("wrong") else also_correct_in)(module, name)
        text = as_cell(path, answers[int(which) % len(answers)].function, name, exercise.variable)
        if exercise.variable or not form.endswith("float32"):
            return text
        return wrapped(f"import numpy as np\n{text}", name, AS_FLOAT32, "return single(right(*rest, **named))")
    if form == "replayed":
        return REPLAY.format(name=exercise.answer_name, table=json.dumps(recorded_answers(material, name)))
    if exercise.variable:
        line = TRIVIAL_QUIZ[which].format(name=exercise.variable)
        return line if line.startswith("raise") else f"{material.answers[name]}\n{line}"
    return wrapped(material.answers[name], name, ZEROS, TRIVIAL[which])


@cache
def graded(lesson: str, kind: str) -> dict[str, ExerciseVerdict]:
    """The verdicts on a notebook of one kind, which holds one answer for each exercise; graded once."""
    material = COURSE[lesson]
    exercises = material.lesson.exercises
    cells = {} if kind == "stubs" else {e.name: cell_of(material, e, kind) for e in exercises}
    rebuilt = Rebuilt(without_demos(filled_in(material.release, cells)))
    rebuilt.not_attempted.update({e.name: UNTOUCHED for e in exercises} if kind == "stubs" else {})
    verdict, fault = grade_notebook(rebuilt, material.lesson, "ada", [], Terms(Limits(), FIXED_SECRET, best_tier()))
    assert fault == ""
    return {each.exercise: each for each in verdict.exercises}


def without_demos(notebook: NotebookNode) -> NotebookNode:
    """The set-up cell, the solution cells and the graded cells: the pictures take time and are tested elsewhere."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    notebook.cells = [code[0], *(cell for cell in code[1:] if "nbgrader" in cell.metadata)]
    return notebook


def record_of(material: Material, name: str) -> dict[str, Any]:
    """All that a student can read of an exercise in the installed wheel."""
    path = ROOT / "autograder" / "course" / material.lesson.week / material.lesson.name / "record.json"
    return dict(json.loads(path.read_text(encoding="utf-8"))["exercises"][name])


def recorded_answers(material: Material, name: str) -> dict[str, str]:
    """The public calls and their right answers."""
    checks: Mapping[str, Any] = record_of(material, name)["checks"]
    return {call["arguments"]: call["right"] for check in checks.values() for call in check["calls"]}


def public_share(verdict: ExerciseVerdict) -> float:
    """How much of an exercise's weight its public checks have."""
    return sum(c.weight for c in verdict.checks if not c.hidden) / sum(c.weight for c in verdict.checks)


def numbered(form: str) -> Iterator[Any]:
    """Each lesson with as many notebooks of a form as hold all its misconceptions, or also-correct answers."""
    for name, material in COURSE.items():
        answers_in = misconceptions_in if form.startswith("wrong") else also_correct_in
        module, exercises = material.lesson.wrong_answers(), material.lesson.exercises
        for number in range(max(len(answers_in(module, exercise.name)) for exercise in exercises)):
            yield pytest.param(name, f"{form}: {number}", id=f"{name}, {form}: {number}")


every_lesson = pytest.mark.parametrize("lesson", COURSE)


@pytest.mark.parametrize(("lesson", "kind"), [*numbered("right"), *numbered("right in float32")])
def test_every_right_answer_earns_full_marks(lesson: str, kind: str) -> None:
    for verdict in graded(lesson, kind).values():
        assert (verdict.status, verdict.score) == (Status.PASSED, verdict.points), verdict


@pytest.mark.parametrize(("lesson", "kind"), [*numbered("wrong"), *numbered("wrong in float32")])
def test_every_misconception_loses_points_and_is_named_as_itself(lesson: str, kind: str) -> None:
    module = COURSE[lesson].lesson.wrong_answers()
    for name, verdict in graded(lesson, kind).items():
        known = misconceptions_in(module, name)
        mistake = known[int(kind.split(": ")[1]) % len(known)]
        assert verdict.status is Status.FAILED
        assert verdict.score < verdict.points
        assert verdict.misconception == mistake.name, (name, verdict.message)
        assert verdict.hint in {other.hint for other in known if other.name == mistake.name}


@every_lesson
def test_the_recorded_answers_earn_only_the_public_checks(lesson: str) -> None:
    for name, verdict in graded(lesson, "replayed: all").items():
        assert verdict.score <= verdict.points * public_share(verdict) + 1e-9
        assert not any(check.passed for check in verdict.checks if check.hidden)
        if not COURSE[lesson].lesson.exercise(name).variable:
            assert verdict.score > 0, f"{name}: the answers were not recognised, so this test shows nothing"


@every_lesson
def test_no_answer_of_a_quiz_is_recorded(lesson: str) -> None:
    for exercise in COURSE[lesson].lesson.exercises:
        if exercise.variable:
            record = record_of(COURSE[lesson], exercise.name)
            assert record["misconceptions"] == []
            assert all(check["reference"] == [] for check in record["checks"].values())
            answers = [Answer.from_text(text) for text in recorded_answers(COURSE[lesson], exercise.name).values()]
            assert [answer.outcome for answer in answers] == ["missing"]


@every_lesson
def test_stubs_score_nothing(lesson: str) -> None:
    assert {(v.status, v.score) for v in graded(lesson, "stubs").values()} == {(Status.NOT_ATTEMPTED, 0.0)}


@pytest.mark.parametrize("which", TRIVIAL)
@every_lesson
def test_an_answer_that_takes_no_thought_earns_nothing(lesson: str, which: str) -> None:
    for name, verdict in graded(lesson, f"trivial: {which}").items():
        if (which, name) == ("zeros", "initialize_network"):  # zeros of the right shapes are a known mistake's answer
            assert verdict.misconception == "zero weights"
            assert verdict.score < 0.5 * verdict.points
        else:
            assert [check.name for check in verdict.checks if check.passed] == [], name
            assert verdict.score == 0
