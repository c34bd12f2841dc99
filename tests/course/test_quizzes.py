"""The course's quizzes on a student's computer: the panel looks at the form, and no right answer is anywhere."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

import nbformat
import pytest

from autograder.checks.symptoms import OF_FORM
from autograder.lessons.answers import Misconception, misconceptions_in
from autograder.lessons.course import Exercise, Lesson, find_lessons
from autograder.lessons.samples import as_cell
from autograder.wire.calls import Answer
from autograder.wire.symptoms import Sign
from tests.support.course import ROOT
from tests.support.live_kernel import LiveKernel

QUIZZES = [(lesson, e) for lesson in find_lessons(ROOT) for e in lesson.exercises if e.variable]
every_quiz = pytest.mark.parametrize(("lesson", "quiz"), QUIZZES, ids=lambda value: value.name)


def stub(lesson: Lesson, quiz: Exercise) -> str:
    release = nbformat.read(ROOT / "release" / lesson.week / f"{lesson.name}.ipynb", as_version=4)
    return str(next(c.source for c in release.cells if c.metadata.get("nbgrader", {}).get("grade_id") == quiz.name))


def right(lesson: Lesson, quiz: Exercise) -> dict[str, str]:
    cell = next(c for c in lesson.notebook().cells if c.metadata.get("nbgrader", {}).get("grade_id") == quiz.name)
    namespace: dict[str, dict[str, str]] = {}
    exec(cell.source, namespace)
    return namespace[quiz.variable]


def is_of_form(mistake: Misconception) -> bool:
    """Whether a mistake can be seen without knowing the right answers."""
    return {sign.predicate for sign in mistake.symptom if isinstance(sign, Sign)} <= OF_FORM


@pytest.fixture(scope="module")
def live(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LiveKernel]:
    kernel = LiveKernel(tmp_path_factory.mktemp("student"))
    yield kernel
    kernel.close()


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
        elif mistake.name == "every answer the same":
            assert "All the answers are the same." in text
        else:
            assert f"{quiz.name}: filled in. You will see which answers are right once it is graded." in text
        assert (mistake.hint in text) == (mistake.hint in html.replace("&#x27;", "'")) == is_of_form(mistake)
    some = next(iter(right(lesson, quiz)))
    for change, message in (
        (f"{quiz.variable}[{some!r}] = 'RBM'", "should be one of"),
        (f"{quiz.variable}[{some!r}] = 3", "in quotes and without brackets"),
        (f"{quiz.variable}[{some!r}] = ['RBM']", "in quotes and without brackets"),
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


@every_quiz
def test_no_right_answer_is_recorded(lesson: Lesson, quiz: Exercise) -> None:
    path = ROOT / "autograder" / "course" / lesson.week / lesson.name / "record.json"
    record = json.loads(path.read_text(encoding="utf-8"))["exercises"][quiz.name]
    recorded = {mistake["name"] for mistake in record["misconceptions"]}
    wrong = misconceptions_in(lesson.wrong_answers(), quiz.name)
    assert recorded == {mistake.name for mistake in wrong if is_of_form(mistake)}
    assert "not filled in" in recorded
    assert [check["reference"] for check in record["checks"].values()] == [[]]
    calls = [call for check in record["checks"].values() for call in check["calls"]]
    assert [Answer.from_text(call["right"]).outcome for call in calls] == ["missing"]
