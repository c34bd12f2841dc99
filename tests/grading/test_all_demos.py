"""Whether all demos run or only those that answers need, verdicts are the same: on the demo class and known answers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.demo import hand_in_class
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import best_tier
from autograder.lessons.answers import also_correct_in, misconceptions_in
from autograder.lessons.course import find_lessons
from autograder.lessons.samples import Material, materials
from autograder.limits import Limits
from autograder.verdicts.verdict import ExerciseVerdict
from tests.support.course import ROOT, Course, copied

pytestmark = pytest.mark.long

LESSONS = {f"{lesson.week}/{lesson.name}": lesson for lesson in find_lessons(ROOT)}


@pytest.mark.parametrize("week", sorted({lesson.week for lesson in LESSONS.values()}))
def test_the_demo_class_has_the_same_verdicts(tmp_path: Path, week: str) -> None:
    course = copied(ROOT, tmp_path, week=week)
    students = [demo.student for demo in hand_in_class(ROOT, week, course.classroom)]
    course.autograde()
    lessons = [lesson.name for lesson in LESSONS.values() if lesson.week == week]
    needed = {(student, lesson): verdict(course, student, lesson) for student in students for lesson in lessons}
    course.autograde("--force", "--TrustedExecute.demos=all")
    everything = {(student, lesson): verdict(course, student, lesson) for student in students for lesson in lessons}
    assert everything == needed


def verdict(course: Course, student: str, lesson: str) -> list[Any]:
    """The verdicts on a student's exercises."""
    return list(course.verdict(student, lesson)["exercises"])


@pytest.mark.parametrize("name", LESSONS)
def test_every_known_answer_has_the_same_verdict(tmp_path: Path, name: str) -> None:
    lesson = LESSONS[name]
    material = next(m for m in materials(ROOT, lesson.week) if m.lesson.name == lesson.name)
    for title, answers in known_answers(material):
        assert graded(material, answers, tmp_path, all_demos=True) == graded(
            material, answers, tmp_path, all_demos=False
        ), title


def known_answers(material: Material) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The misconceptions and the also-correct answers of a lesson: the first of every exercise together, and so on."""
    module = material.lesson.wrong_answers()
    names = [exercise.name for exercise in material.lesson.exercises]
    for number in range(max(len(misconceptions_in(module, name)) for name in names)):
        yield f"misconceptions {number}", material.wrong(number)
    for number in range(max(len(also_correct_in(module, name)) for name in names)):
        yield f"also correct {number}", material.right(number)


def graded(
    material: Material, answers: Mapping[str, str], folder: Path, *, all_demos: bool
) -> tuple[ExerciseVerdict, ...]:
    """The verdicts on a notebook with these answers."""
    path = folder / f"{material.lesson.name}.ipynb"
    nbformat.write(material.notebook(answers), path)
    rebuilt = rebuild(path, material.release, Limits())
    terms = Terms(Limits(), FIXED_SECRET, best_tier(), all_demos=all_demos)
    notebook, fault = grade_notebook(rebuilt, material.lesson, "ada", [], terms)
    assert fault == ""
    return notebook.exercises
