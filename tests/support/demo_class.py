"""What the demo class's students must get for a lesson, whichever it is."""

from __future__ import annotations

from autograder.grading.demo import Demo
from autograder.lessons.course import Lesson
from tests.support.course import Course

# The students whose work is right in every exercise, and the oddities that cost the first exercise.
RIGHT = ("ada", "ben", "mia")
HARMLESS = ("gita", "hugo")
FIRST_IS = {"finn": "failed", "ines": "timed out", "jon": "crashed", "lea": "crashed"}


def assert_as_expected(course: Course, demo: Demo, lesson: Lesson, *, odd: bool) -> None:
    """Fail unless a student of the demo class has the scores that their work is worth, and mistakes are named.

    `odd` says whether the lesson is the one in which the odd students' work is odd.
    """
    student, scores = demo.student, course.scores(demo.student, lesson.name)
    full = {exercise.name: exercise.points for exercise in lesson.exercises}
    nothing = dict.fromkeys(full, 0.0)
    verdicts = {e["exercise"]: e for e in course.verdict(student, lesson.name)["exercises"]}
    first = lesson.exercises[0].name
    if student in (*RIGHT, *HARMLESS) or (demo.odd and not odd):
        assert scores == full, student
    elif student == "eva":
        assert scores == nothing
        assert {e["status"] for e in verdicts.values()} == {"not attempted"}
    elif student == "kim":
        assert scores == nothing
        assert {e["status"] for e in verdicts.values()} == {"ungradable"}
    elif student in FIRST_IS:
        assert scores == {**full, first: 0.0}, student
        assert verdicts[first]["status"] == FIRST_IS[student], student
    else:
        right = {first} if student == "dan" else set()
        assert {name for name in full if scores[name] == full[name]} == right, student
        assert all(verdicts[name]["misconception"] for name in full if name not in right), student
