"""The demo class through real ``nbgrader autograde`` in the weeks after the first: everyone has what they earned."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grading.demo import hand_in_class
from autograder.lessons.course import find_lessons
from tests.support.course import ROOT, WEEK, copied
from tests.support.demo_class import assert_as_expected

pytestmark = pytest.mark.long

WEEKS = sorted({lesson.week for lesson in find_lessons(ROOT)} - {WEEK})


@pytest.mark.parametrize("week", WEEKS)
def test_the_demo_class_has_what_it_earned(tmp_path: Path, week: str) -> None:
    lessons = [lesson for lesson in find_lessons(ROOT) if lesson.week == week]
    longest = max(lessons, key=lambda lesson: len(lesson.exercises))
    course = copied(ROOT, tmp_path, longest.name, week)
    students = hand_in_class(ROOT, week, course.classroom)
    course.autograde()
    course.nbgrader("generate_feedback", week)
    for demo in students:
        for lesson in lessons:
            assert_as_expected(course, demo, lesson, odd=lesson is longest)
            assert (course.classroom / "feedback" / demo.student / week / f"{lesson.name}.html").is_file()
