"""Refusals that stand ready in a stub, above its placeholder, are no answer: they alone earn nothing."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import build
from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import best_tier
from autograder.lessons.samples import Material, materials
from autograder.limits import Limits
from autograder.source_code import CODE_STUB
from autograder.verdicts.verdict import ExerciseVerdict, Status
from tests.support.course import WEEK
from tests.support.small_course import REFUSAL, SMALL, SmallCourse, with_ready_refusal

PLACEHOLDER = f"    {CODE_STUB['python']}\n"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Material:
    """The material of a lesson whose stub has its refusal ready."""
    course = SmallCourse(tmp_path_factory.mktemp("ready"), (with_ready_refusal(SMALL),))
    build(course.root)
    (material,) = materials(course.root, WEEK)
    return material


def stub(material: Material) -> str:
    """The cell that students get, with an end of line."""
    (cell,) = (cell for cell in material.release.cells if cell.metadata.get("nbgrader", {}).get("solution"))
    return str(cell.source) + "\n"


def graded(folder: Path, material: Material, answer: str) -> ExerciseVerdict:
    """The verdict on a notebook with this answer."""
    path = folder / f"{material.lesson.name}.ipynb"
    path.write_text(nbformat.writes(material.notebook({"doubled": answer})), encoding="utf-8")
    terms = Terms(Limits(), FIXED_SECRET, best_tier())
    verdict, fault = grade_notebook(rebuild(path, material.release, Limits()), material.lesson, "ada", [], terms)
    assert fault == ""
    return verdict.exercises[0]


def test_the_placeholder_stands_below_the_refusal(ready: Material) -> None:
    assert stub(ready).endswith(REFUSAL + PLACEHOLDER)
    assert ready.answers["doubled"].count(REFUSAL) == 1


def test_an_untouched_stub_is_not_attempted(ready: Material, tmp_path: Path) -> None:
    assert graded(tmp_path, ready, stub(ready)).status is Status.NOT_ATTEMPTED
    commented = stub(ready).replace(PLACEHOLDER, f"    # how?\n\n{PLACEHOLDER}")
    assert graded(tmp_path, ready, commented).status is Status.NOT_ATTEMPTED


def test_a_placeholder_that_is_merely_deleted_earns_nothing(ready: Material, tmp_path: Path) -> None:
    verdict = graded(tmp_path, ready, stub(ready).replace(PLACEHOLDER, ""))
    assert (verdict.status, verdict.score) == (Status.FAILED, 0.0)
    assert "None" in verdict.message
    assert "`return`" in verdict.message
    assert not any(check.passed for check in verdict.checks)


def test_an_answer_below_the_refusal_is_right(ready: Material, tmp_path: Path) -> None:
    verdict = graded(tmp_path, ready, stub(ready).replace(PLACEHOLDER, "    return 2 * np.asarray(x)\n"))
    assert (verdict.status, verdict.score) == (Status.PASSED, verdict.points)
