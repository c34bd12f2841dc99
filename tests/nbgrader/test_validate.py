"""``nbgrader validate`` always uses stock Execute: our graded cells work as plain Python in a plain kernel."""

from __future__ import annotations

from tests.support.course import LESSON, WEEK, Course
from tests.support.demo_scores import FIRST


def test_the_solved_notebook_validates(course: Course) -> None:
    run = course.nbgrader("validate", f"source/{WEEK}/{LESSON}.ipynb")
    assert "Success! Your notebook passes all the tests." in run.stdout


def test_the_released_notebook_says_which_cells_fail(course: Course) -> None:
    run = course.nbgrader("validate", f"release/{WEEK}/{LESSON}.ipynb")
    assert "VALIDATION FAILED ON 5 CELL(S)" in run.stdout
    assert f'check("{FIRST}")' in run.stdout
    assert "not attempted" in run.stdout
