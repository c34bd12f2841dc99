"""Quizzes: answers in a dict, each worth its share of the points; the right ones are on no student's computer."""

from __future__ import annotations

import ast
from collections.abc import Iterator
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
from autograder.lessons.answers import misconceptions_in
from autograder.lessons.course import Exercise, Lesson, LessonError, find_lessons
from autograder.lessons.samples import Material, as_cell, filled_in, materials
from autograder.limits import Limits
from autograder.verdicts.verdict import ExerciseVerdict, Status
from tests.support.course import ROOT
from tests.support.live_kernel import LiveKernel
from tests.support.small_course import MARK, PUBLIC, SETUP, SmallCourse, SmallLesson

QUIZZES = [(lesson, e) for lesson in find_lessons(ROOT) for e in lesson.exercises if e.variable]
LESSON, QUIZ = QUIZZES[0]
every_quiz = pytest.mark.parametrize(("lesson", "quiz"), QUIZZES, ids=lambda value: value.name)


def stub(lesson: Lesson, quiz: Exercise) -> str:
    release = nbformat.read(ROOT / "release" / lesson.week / f"{lesson.name}.ipynb", as_version=4)
    return str(next(c.source for c in release.cells if c.metadata.get("nbgrader", {}).get("grade_id") == quiz.name))


def right(lesson: Lesson, quiz: Exercise) -> dict[str, str]:
    cell = next(c for c in lesson.notebook().cells if c.metadata.get("nbgrader", {}).get("grade_id") == quiz.name)
    namespace: dict[str, dict[str, str]] = {}
    exec(cell.source, namespace)
    return namespace[quiz.variable]


@pytest.fixture(scope="module")
def material() -> Material:
    return next(m for m in materials(ROOT, LESSON.week) if m.lesson.name == LESSON.name)


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKernel]:
    kernel = LiveKernel(tmp_path_factory.mktemp("student"))
    yield kernel
    kernel.close()


def graded(material: Material, cell: str, folder: Path) -> ExerciseVerdict:
    """The verdict on a handed-in notebook with this cell."""
    path = folder / f"{LESSON.name}.ipynb"
    nbformat.write(filled_in(material.release, {QUIZ.name: cell}), path)
    rebuilt = rebuild(path, material.release, Limits())
    terms = Terms(Limits(), FIXED_SECRET, best_tier())
    verdict, _ = grade_notebook(rebuilt, material.lesson, "ada", [], terms)
    return next(e for e in verdict.exercises if e.exercise == QUIZ.name)


@pytest.mark.parametrize("wrong", [0, 1, 4, 6])
def test_each_right_answer_earns_its_share(material: Material, tmp_path: Path, wrong: int) -> None:
    answers = right(LESSON, QUIZ)
    spoilt = {key: "nothing" if number < wrong else text for number, (key, text) in enumerate(answers.items())}
    verdict = graded(material, f"{QUIZ.variable} = {spoilt}", tmp_path)
    assert verdict.score == pytest.approx(QUIZ.points * (6 - wrong) / 6)
    assert verdict.status is (Status.FAILED if wrong else Status.PASSED)


def test_an_answer_that_is_missing_or_not_text_costs_only_itself(material: Material, tmp_path: Path) -> None:
    answers = list(right(LESSON, QUIZ).items())
    odd = {**dict(answers[2:]), answers[0][0]: 3.0, "another": "CNN"}
    verdict = graded(material, f"{QUIZ.variable} = {odd}", tmp_path)
    assert verdict.score == pytest.approx(QUIZ.points * 4 / 6)


def test_an_extra_answer_costs_nothing_and_is_reported(material: Material, tmp_path: Path) -> None:
    answers = {**right(LESSON, QUIZ), "another": "CNN"}
    verdict = graded(material, f"{QUIZ.variable} = {answers}", tmp_path)
    assert (verdict.score, verdict.status) == (QUIZ.points, Status.PASSED)
    assert "keys that were not asked for" in verdict.message


@pytest.mark.parametrize("code", ["answers = {}", "{nothing: CNN}"])
def test_a_missing_variable_is_reported(material: Material, tmp_path: Path, code: str) -> None:
    verdict = graded(material, code, tmp_path)
    assert (verdict.score, verdict.status) == (0, Status.FAILED)
    message = "Your cell stopped with a NameError before" if "nothing" in code else f"There is no {QUIZ.variable}"
    assert verdict.message.startswith(message)


def test_an_unchanged_cell_is_not_attempted_and_one_without_its_mark_is_found_by_its_variable(
    material: Material, tmp_path: Path
) -> None:
    assert graded(material, stub(LESSON, QUIZ) + "\n# a note", tmp_path).status is Status.NOT_ATTEMPTED
    notebook = filled_in(material.release, {QUIZ.name: f"{QUIZ.variable} = {right(LESSON, QUIZ)}"})
    cell = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == QUIZ.name)
    cell.metadata, cell.id = nbformat.from_dict({}), "mine"
    nbformat.write(notebook, tmp_path / f"{LESSON.name}.ipynb")
    rebuilt = rebuild(tmp_path / f"{LESSON.name}.ipynb", material.release, Limits())
    assert rebuilt.findings == [f"The cell of {QUIZ.name} had lost its mark; it was found by the name that it defines."]
    assert QUIZ.name not in rebuilt.not_attempted


@every_quiz
def test_the_panel_looks_only_at_the_structure(live: LiveKernel, lesson: Lesson, quiz: Exercise) -> None:
    text, _ = live.panel(f"globals().pop({quiz.variable!r}, None)", quiz.name)
    assert f"There is no {quiz.variable} here yet" in text
    text, _ = live.panel(stub(lesson, quiz) + "\n# a note of mine", quiz.name)
    assert f"{quiz.name}: not attempted" in text
    path = lesson.folder / "misconceptions.py"
    for mistake in misconceptions_in(lesson.wrong_answers(), quiz.name):
        text, html = live.panel(as_cell(path, mistake.function, quiz.name, quiz.variable), quiz.name)
        if mistake.name == "not filled in":
            assert "not right yet" in text
            assert "is still empty" in text
        else:
            assert f"{quiz.name}: filled in. You will see which answers are right once it is graded." in text
        assert mistake.hint not in text + html
    some = next(iter(right(lesson, quiz)))
    for change, message in (
        (f"{quiz.variable}[{some!r}] = 'RBM'", "should be one of"),
        (f"{quiz.variable}[{some!r}] = 3", "put it between quotes"),
        (f"del {quiz.variable}[{some!r}]", "lacks the key"),
        (f"{quiz.variable} = None", "should be a dict"),
    ):
        text, _ = live.panel(f"{quiz.variable} = {right(lesson, quiz)}\n{change}", quiz.name)
        assert message in text


@every_quiz
def test_no_right_answer_is_in_what_students_get(lesson: Lesson, quiz: Exercise) -> None:
    folder = f"{lesson.week}/{lesson.name}"
    course = [path for path in (ROOT / "autograder" / "course" / folder).iterdir() if path.is_file()]
    for path in [*course, ROOT / f"release/{folder}.ipynb", ROOT / f"assignments/{folder}.py"]:
        text = "".join(path.read_text(encoding="utf-8").replace("\\", "").split())
        for key, answer in right(lesson, quiz).items():
            for sign in (":", "="):
                assert f'"{key}"{sign}"{answer}"'.replace(" ", "") not in text, path
    assert set(ast.literal_eval(ast.parse(stub(lesson, quiz)).body[0].value).values()) == {""}


GRADED_MARK = '"locked": true, "points": 2, "schema_version": 3, "solution": false'
QUIZ_CELL = f"""
# %% nbgrader={{"grade": false, "grade_id": "quiz", {MARK}}}
pairs = {{"one": "", "two": ""}}
### BEGIN SOLUTION
pairs = {{"one": "a", "two": "b"}}
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
    """Two answers."""
    require_dict(submission.pairs(), {"one", "two"}, "the answer")
'''
RIGHT = '''"""Hidden checks."""

from autograder.checks.marks import checks
from autograder.checks.compare import compare


@checks("quiz")
def test_right(submission, reference):
    """The right answers."""
    compare(submission.pairs(), reference.pairs())
'''
ANSWERS = '''"""Wrong and also-correct answers."""

from autograder.lessons import also_correct, misconception
''' + "".join(
    f'\n\n@{mark}\ndef answer_{number}():\n    return {{"one": "{pair[0]}", "two": "{pair[1]}"}}\n'
    for mark, pairs in (
        ('misconception("quiz", hint="No.")', ("ba", "aa", "bb")),
        ('also_correct("quiz")', ("ab", "ab")),
    )
    for number, pair in enumerate(pairs, start=len(mark))
)
SMALL_QUIZ = SmallLesson(SETUP + QUIZ_CELL, FORM, RIGHT, ANSWERS, name="asking")


def test_a_quiz_is_built_with_its_blanks_and_without_its_answers(tmp_path: Path) -> None:
    course = SmallCourse(tmp_path, (SMALL_QUIZ,))
    build(course.root)
    script = (course.root / "assignments" / "week1" / "asking.py").read_text(encoding="utf-8")
    assert 'pairs = {"one": "", "two": ""}\n\n# %%' in script
    assert "NotImplementedError" not in script


UNWEIGHED = SMALL_QUIZ.but("hidden", "import checks", "import checks, weight").but(
    "hidden", "\ndef", "\n@weight(0)\ndef"
)
NO_QUIZ = SmallLesson(
    public=PUBLIC.replace("checks\n\n\n", "checks, weight\n\n\n").replace("\ndef", "\n@weight(0)\ndef")
)


@pytest.mark.parametrize(
    ("lesson", "message"),
    [
        (SMALL_QUIZ.but("public", "@weight(0)\n", ""), "hidden checks hold 1 of 2 weight; they must hold all"),
        (UNWEIGHED, "“The right answers.” has no weight"),
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
