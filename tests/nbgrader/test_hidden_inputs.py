"""Hidden inputs are drawn for a student's whole hand-in of a week: graded again they are the same, otherwise others."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.authoring.build import build
from autograder.lessons.samples import filled_in
from tests.support.course import WEEK, Course, copied
from tests.support.small_course import SMALL, SmallCourse, SmallLesson

HEARS = """
heard = []
def doubled(x):
    heard.append(repr(x))
    return 2.0 * x
"""
OTHER = SmallLesson(
    **{
        file: getattr(SMALL, file).replace("doubled", "repeated")
        for file in ("script", "public", "hidden", "misconceptions", "oracles")
    },
    name="repeating",
)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """A course with two lessons in a week."""
    made = SmallCourse(tmp_path_factory.mktemp("two"), (SMALL, OTHER))
    build(made.root)
    return copied(made.root, tmp_path_factory.mktemp("course"))


def notebook(course: Course, lesson: str, note: str = "", **answers: str) -> NotebookNode:
    """A notebook whose last cell prints what `doubled` was called with."""
    blank = nbformat.read(course.root / "release" / WEEK / f"{lesson}.ipynb", as_version=4)
    filled = filled_in(blank, answers)
    filled.cells.append(new_code_cell(f"print({note!r}, globals().get('heard'))", id="last"))
    return filled


def heard(course: Course, student: str) -> str:
    """What a student's last cell printed when it was graded."""
    path = course.classroom / "autograded" / student / WEEK / "doubling.ipynb"
    text = str(nbformat.read(path, as_version=4).cells[-1].outputs[0].text)
    assert text.count("array") >= 4
    return text


def hand_in(course: Course, student: str, other: str = "first") -> Path:
    """Hand in both lessons; `other` is a remark in the second."""
    course.hand_in(student, notebook(course, "repeating", other), "repeating.ipynb")
    return course.hand_in(student, notebook(course, "doubling", doubled=HEARS), "doubling.ipynb").parent


def test_hidden_inputs_are_those_of_one_hand_in(course: Course) -> None:
    folder = hand_in(course, "ada")
    hand_in(course, "eve")
    course.autograde()
    first, eve = heard(course, "ada"), heard(course, "eve")
    assert first != eve, "two students with the same files meet the same inputs"

    (folder / "timestamp.txt").write_text("no time", encoding="utf-8")  # set aside by the exporter
    hand_in(course, "eve", "changed")
    course.autograde("--student=ada", "--notebook=doubling", "--force")
    assert heard(course, "ada") == first, "the same hand-in, graded again and alone, meets other inputs"

    course.autograde("--student=eve", "--force")
    assert heard(course, "eve") != eve, "another notebook of the week changes no inputs"

    (folder / "notes").mkdir()
    (folder / "notes" / "unread.bin").touch()
    course.autograde("--student=ada", "--force")
    assert heard(course, "ada") != first, "a file that nobody reads changes no inputs"
