"""The demo's thirteen submissions through real ``nbgrader autograde``: each has its score, and none costs another."""

from __future__ import annotations

import pytest

from autograder.grading.demo import DEMO_CLASS, hand_in_class
from autograder.kernels.warm import best_tier
from autograder.lessons.course import Lesson, find_lessons
from autograder.lessons.samples import Material
from tests.support.course import ROOT, WEEK, Course, copied
from tests.support.demo_class import assert_as_expected
from tests.support.real_lesson import FIRST, FULL, LESSON

LESSONS = [lesson for lesson in find_lessons(ROOT) if lesson.week == WEEK]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Course:
    course = copied(ROOT, tmp_path_factory.mktemp("course"), LESSON)
    hand_in_class(ROOT, WEEK, course.classroom)
    course.autograde()
    course.nbgrader("generate_feedback", WEEK)
    return course


@pytest.mark.parametrize("student", ["ada", "ben", "gita", "hugo", "mia"])
def test_right_work_has_full_marks(graded: Course, student: str) -> None:
    assert graded.scores(student) == FULL
    assert all(e["status"] == "passed" for e in graded.verdict(student)["exercises"])


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_everyone_has_what_they_earned_in_each_lesson(graded: Course, lesson: Lesson) -> None:
    for demo in DEMO_CLASS:
        assert_as_expected(graded, demo, lesson, odd=lesson.name == LESSON)


def test_misconceptions_lose_points_and_are_named(graded: Course, real_material: Material) -> None:
    named = {e["exercise"]: e["misconception"] for e in graded.verdict("cleo")["exercises"]}
    assert named == {
        "two_neuron_forward": "z1 fed on instead of a1",
        "dense_forward": "W transposed",
        "initialize_network": "zero weights",
        "network_forward": "X fed to every layer",
        "count_parameters": "biases forgotten",
    }
    assert all(graded.scores("cleo")[name] < 0.5 * points for name, points in FULL.items())


def test_misconceptions_beside_a_right_answer_are_named(graded: Course) -> None:
    scores = graded.scores("dan")
    assert scores[FIRST] == 3
    assert all(scores[name] < points for name, points in FULL.items() if name != FIRST)
    assert all(e["misconception"] for e in graded.verdict("dan")["exercises"] if e["exercise"] != FIRST)


def test_untouched_stubs_score_nothing(graded: Course) -> None:
    assert graded.scores("eva") == dict.fromkeys(FULL, 0.0)
    assert {e["status"] for e in graded.verdict("eva")["exercises"]} == {"not attempted"}


@pytest.mark.parametrize(
    ("student", "status"), [("finn", "failed"), ("ines", "timed out"), ("jon", "crashed"), ("lea", "crashed")]
)
def test_a_broken_exercise_costs_only_itself(graded: Course, student: str, status: str) -> None:
    assert graded.scores(student) == {**FULL, FIRST: 0.0}
    assert graded.exercise(student, FIRST)["status"] == status


def test_a_damaged_file_is_ungradable_and_says_so(graded: Course) -> None:
    assert graded.scores("kim") == dict.fromkeys(FULL, 0.0)
    exercises = graded.verdict("kim")["exercises"]
    assert {e["status"] for e in exercises} == {"ungradable"}
    assert "hand it in again" in exercises[0]["message"]


def test_a_script_is_graded_as_a_notebook_and_the_original_kept(graded: Course, real_material: Material) -> None:
    assert (graded.classroom / "submitted" / "mia" / WEEK / f"{LESSON}.ipynb").is_file()
    script = real_material.script(real_material.right(1))
    (original,) = (graded.classroom / "collected" / "mia" / WEEK).glob(f"{LESSON}.*")
    assert (original.suffix, original.read_text(encoding="utf-8")) == (".py", script)


def test_everyone_has_a_feedback_page_and_a_verdict_that_names_the_sandbox(graded: Course) -> None:
    for demo in DEMO_CLASS:
        page = graded.classroom / "feedback" / demo.student / WEEK / f"{LESSON}.html"
        assert "two_neuron_forward" in page.read_text(encoding="utf-8")
        assert graded.verdict(demo.student)["sandbox"] == best_tier()
