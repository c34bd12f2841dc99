"""Quizzes: answers in a dict, each worth its share of the points; they are built without the right ones."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import build
from autograder.authoring.soundness import check_lesson
from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import best_tier
from autograder.lessons.course import LessonError
from autograder.lessons.samples import Material, filled_in, materials
from autograder.limits import Limits
from autograder.verdicts.verdict import ExerciseVerdict, Status
from tests.support.small_course import MARK, PUBLIC, SETUP, SmallCourse, SmallLesson

POINTS = 2
GRADED_MARK = f'"locked": true, "points": {POINTS}, "schema_version": 3, "solution": false'
QUIZ_CELL = f"""
# %% nbgrader={{"grade": false, "grade_id": "quiz", {MARK}}}
pairs = {{"one": "", "two": "", "three": ""}}
### BEGIN SOLUTION
pairs = {{"one": "a", "two": "b", "three": "c"}}
### END SOLUTION

# %% nbgrader={{"grade": true, "grade_id": "check_quiz", {GRADED_MARK}}}
check("quiz")
"""
FORM = '''"""Public checks."""

from autograder.checks.marks import checks, weight
from autograder.checks.compare import require_dict


@checks("quiz")
@weight(0)
def test_form(submission, reference):
    """Three answers."""
    require_dict(submission.pairs(), {"one", "two", "three"}, "the answer")
'''
HIDDEN = '''"""Hidden checks."""

import pytest

from autograder.checks import require
from autograder.checks.marks import checks


@checks("quiz")
@pytest.mark.parametrize("key", ["one", "two", "three"])
def test_right(submission, reference, key):
    """The right answer."""
    require(submission.pairs().get(key) == reference.pairs()[key], f"The answer to “{key}” is not right.")
'''
ANSWERS = '''"""Wrong and also-correct answers."""

from autograder.lessons import also_correct, misconception
''' + "".join(
    f"\n\n@{mark}\ndef answer_{number}():\n    return {dict(zip(('one', 'two', 'three'), letters, strict=True))}\n"
    for mark, answers in (
        ('misconception("quiz", hint="No.")', ("bac", "aaa", "bbb")),
        ('also_correct("quiz")', ("abc", "abc")),
    )
    for number, letters in enumerate(answers, start=len(mark))
)
SMALL_QUIZ = SmallLesson(SETUP + QUIZ_CELL, FORM, HIDDEN, ANSWERS, name="asking")
RIGHT = {"one": "a", "two": "b", "three": "c"}


@pytest.fixture(scope="module")
def material(tmp_path_factory: pytest.TempPathFactory) -> Material:
    course = SmallCourse(tmp_path_factory.mktemp("quiz"), (SMALL_QUIZ,))
    build(course.root)
    (material,) = materials(course.root, SMALL_QUIZ.week)
    return material


def graded(material: Material, cell: str, folder: Path) -> ExerciseVerdict:
    """The verdict on a handed-in notebook with this cell."""
    path = folder / f"{SMALL_QUIZ.name}.ipynb"
    nbformat.write(filled_in(material.release, {"quiz": cell}), path)
    rebuilt = rebuild(path, material.release, Limits())
    terms = Terms(Limits(), FIXED_SECRET, best_tier())
    verdict, _ = grade_notebook(rebuilt, material.lesson, "ada", [], terms)
    return next(iter(verdict.exercises))


@pytest.mark.parametrize("wrong", [0, 1, 2, 3])
def test_each_right_answer_earns_its_share(material: Material, tmp_path: Path, wrong: int) -> None:
    spoilt = {key: "nothing" if number < wrong else text for number, (key, text) in enumerate(RIGHT.items())}
    verdict = graded(material, f"pairs = {spoilt}", tmp_path)
    assert verdict.score == pytest.approx(POINTS * (3 - wrong) / 3)
    assert verdict.status is (Status.FAILED if wrong else Status.PASSED)


def test_an_answer_that_is_missing_or_not_text_costs_only_itself(material: Material, tmp_path: Path) -> None:
    verdict = graded(material, "pairs = {'one': 3.0, 'three': 'c', 'another': 'c'}", tmp_path)
    assert verdict.score == pytest.approx(POINTS / 3)


def test_an_extra_answer_costs_nothing_and_is_reported(material: Material, tmp_path: Path) -> None:
    verdict = graded(material, f"pairs = { ({**RIGHT, 'another': 'c'}) }", tmp_path)
    assert (verdict.score, verdict.status) == (POINTS, Status.PASSED)
    assert "keys that were not asked for" in verdict.message


@pytest.mark.parametrize(
    ("code", "message"),
    [
        ("answers = {}", "There is no pairs"),
        ("{nothing: c}", "Your cell stopped with a NameError in line 1, `{nothing: c}`, before"),
    ],
)
def test_a_missing_variable_is_reported(material: Material, tmp_path: Path, code: str, message: str) -> None:
    verdict = graded(material, code, tmp_path)
    assert (verdict.score, verdict.status) == (0, Status.FAILED)
    assert verdict.message.startswith(message)


def test_an_unchanged_cell_is_not_attempted_and_one_without_its_mark_is_found_by_its_variable(
    material: Material, tmp_path: Path
) -> None:
    stub = next(c.source for c in material.release.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "quiz")
    assert graded(material, stub + "\n# a note", tmp_path).status is Status.NOT_ATTEMPTED
    notebook = filled_in(material.release, {"quiz": f"pairs = {RIGHT}"})
    cell = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == "quiz")
    cell.metadata, cell.id = nbformat.from_dict({}), "mine"
    nbformat.write(notebook, tmp_path / "asking.ipynb")
    rebuilt = rebuild(tmp_path / "asking.ipynb", material.release, Limits())
    assert rebuilt.findings == [
        "The cell for quiz had lost its nbgrader mark; it was recognised by the name it defines."
    ]
    assert "quiz" not in rebuilt.not_attempted


def test_a_quiz_is_built_with_its_blanks_and_without_its_answers(material: Material) -> None:
    assert 'pairs = {"one": "", "two": "", "three": ""}\n\n# %%' in material.assignment
    assert "NotImplementedError" not in material.assignment


UNWEIGHED = SMALL_QUIZ.but("hidden", "import checks", "import checks, weight").but(
    "hidden", "\ndef", "\n@weight(0)\ndef"
)
NO_QUIZ = SmallLesson(
    public=PUBLIC.replace("checks\n\n\n", "checks, weight\n\n\n").replace("\ndef", "\n@weight(0)\ndef")
)


@pytest.mark.parametrize(
    ("lesson", "message"),
    [
        (SMALL_QUIZ.but("public", "@weight(0)\n", ""), "hidden checks hold 3 of 4 weight; they must hold all"),
        (UNWEIGHED, r"“The right answer. \(one\)” has no weight"),
        (NO_QUIZ, "“Three numbers.” has no weight"),
    ],
)
def test_all_weight_of_a_quiz_is_in_its_hidden_checks_and_no_other_check_has_weight_0(
    lesson: SmallLesson, message: str, tmp_path: Path
) -> None:
    with pytest.raises(LessonError, match=message):
        check_lesson(lesson.read(tmp_path))


def test_a_public_check_of_a_quiz_that_asks_for_the_right_answers_is_a_build_error(tmp_path: Path) -> None:
    asking = SMALL_QUIZ.but("public", "    require_dict(", "    reference.pairs()\n    require_dict(")
    course = SmallCourse(tmp_path, (asking,))
    with pytest.raises(LessonError, match="a check of the quiz 'quiz' asks the reference"):
        build(course.root)
    assert not (course.root / "source").exists()
