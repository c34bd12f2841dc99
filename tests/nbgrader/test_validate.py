"""``nbgrader validate`` always uses stock Execute: our graded cells work as plain Python in a plain kernel."""

from __future__ import annotations

import pytest

from tests.support.course import ROOT, WEEK, Course, copied
from tests.support.real_lesson import FIRST, FULL, LESSON


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The real course: in a plain kernel, `check` has the records of the installed one."""
    return copied(ROOT, tmp_path_factory.mktemp("course"))


def test_the_solved_notebook_validates(course: Course) -> None:
    run = course.nbgrader("validate", f"source/{WEEK}/{LESSON}.ipynb")
    assert "Success! Your notebook passes all the tests." in run.stdout


def test_the_released_notebook_says_which_cells_fail(course: Course) -> None:
    run = course.nbgrader("validate", f"release/{WEEK}/{LESSON}.ipynb")
    assert f"VALIDATION FAILED ON {len(FULL)} CELL(S)" in run.stdout
    assert f'check("{FIRST}")' in run.stdout
    assert "not attempted" in run.stdout
