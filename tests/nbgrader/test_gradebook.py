"""The built weeks are in the gradebook by themselves, can be regraded, and never cost what is already there."""

from __future__ import annotations

import json
import os
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.lessons.samples import Material
from autograder.nbgrader_plugin.gradebook import CellsChanged, register_weeks
from tests.support import odd_notebooks as odd
from tests.support.course import FIRST, FULL, LESSON, WEEK, Course

pytestmark = pytest.mark.long

NOTHING = dict.fromkeys(FULL, 0.0)


def db_url(course: Course) -> str:
    """Where the course's gradebook is."""
    return f"sqlite:///{course.classroom / 'gradebook.db'}"


def first_only(material: Material) -> NotebookNode:
    """A notebook with a right answer to the first exercise and no other, which is graded quickly."""
    return material.notebook({FIRST: material.answers[FIRST]})


def rewrite(course: Course, tree: str, change: object) -> None:
    """Change the first graded cell of a built notebook; None deletes it."""
    path = course.root / tree / WEEK / f"{LESSON}.ipynb"
    notebook = nbformat.read(path, as_version=4)
    cell = odd.graded(notebook)[0]
    if change is None:
        notebook.cells.remove(cell)
    else:
        cell.metadata.nbgrader.points = change
    path.write_text(json.dumps(notebook), encoding="utf-8")


def bytes_below(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder, by its path."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file()}


FIRST_ALONE = {**NOTHING, FIRST: FULL[FIRST]}


@pytest.fixture
def graded(course: Course, material: Material) -> Course:
    """A course in which one student's first exercise is graded."""
    course.hand_in("ada", first_only(material))
    course.autograde()
    assert course.scores("ada") == FIRST_ALONE
    return course


def test_the_weeks_are_in_the_gradebook_before_anything_is_graded(course: Course) -> None:
    assert not course.classroom.exists()
    course.nbgrader("db", "assignment", "list")
    with Gradebook(db_url(course)) as gradebook:
        cells = gradebook.find_notebook(LESSON, WEEK).grade_cells
        assert {cell.name.removeprefix("check_"): cell.max_score for cell in cells} == FULL


def test_a_deleted_gradebook_is_created_again(graded: Course) -> None:
    (graded.classroom / "gradebook.db").unlink()
    graded.autograde("--force")
    assert graded.scores("ada") == FIRST_ALONE


def test_registering_again_and_again_changes_nothing(graded: Course) -> None:
    for _ in range(3):
        (graded.classroom / "registered.txt").unlink()
        register_weeks(graded.root, graded.classroom, db_url(graded))
    assert graded.scores("ada") == FIRST_ALONE
    with Gradebook(db_url(graded)) as gradebook:
        assert [assignment.name for assignment in gradebook.assignments] == [WEEK]
        assert len(gradebook.find_notebook(LESSON, WEEK).grade_cells) == len(FULL)


def test_a_changed_set_of_graded_cells_is_refused_and_costs_nothing(graded: Course) -> None:
    before = {tree: bytes_below(graded.root / tree) for tree in ("release", "classroom/autograded")}
    for tree in ("source", "release"):
        rewrite(graded, tree, None)
    before["release"] = bytes_below(graded.root / "release")
    run = graded.autograde("--force", check=False)
    assert run.returncode != 0
    assert "its graded cells are not those that week1 was released with" in run.stderr
    assert "Put the cells back, or start a new week" in run.stderr
    assert {tree: bytes_below(graded.root / tree) for tree in before} == before
    assert graded.scores("ada") == FIRST_ALONE
    with pytest.raises(CellsChanged):
        register_weeks(graded.root, graded.classroom, db_url(graded))


def test_changed_points_are_graded_again_with_force(graded: Course) -> None:
    for tree in ("source", "release"):
        rewrite(graded, tree, 30)
    lesson = next((graded.root / "solutions").rglob("lesson.py"))
    text = lesson.read_text(encoding="utf-8")
    lesson.write_text(text.replace('"points": 4', '"points": 30', 1), encoding="utf-8")
    graded.autograde("--force")
    assert graded.scores("ada") == {**NOTHING, FIRST: 30.0}


def test_a_changed_check_is_graded_again_with_force(graded: Course) -> None:
    hidden = next((graded.root / "solutions").rglob("hidden.py"))
    impossible = f'\n\n@checks("{FIRST}")\ndef test_never(submission):\n    """Never."""\n    assert False\n'
    hidden.write_text(hidden.read_text(encoding="utf-8") + impossible, encoding="utf-8")
    graded.autograde()  # graded already: nothing happens
    assert graded.scores("ada") == FIRST_ALONE
    graded.autograde("--force")
    assert 0 < graded.scores("ada")[FIRST] < FULL[FIRST]


def test_a_manual_score_survives_regrading_and_is_flagged(graded: Course) -> None:
    def grade(gradebook: Gradebook) -> object:
        return gradebook.find_grade(f"check_{FIRST}", LESSON, WEEK, "ada")

    with Gradebook(db_url(graded)) as gradebook:
        mine = grade(gradebook)
        assert not mine.needs_manual_grade
        mine.manual_score = 1.25
        gradebook.db.commit()
    graded.autograde("--force")
    with Gradebook(db_url(graded)) as gradebook:
        mine = grade(gradebook)
        assert (mine.auto_score, mine.manual_score, mine.needs_manual_grade) == (FULL[FIRST], 1.25, True)
    assert graded.scores("ada")[FIRST] == 1.25


def test_regrading_takes_the_present_submission_and_leaves_other_students_alone(
    graded: Course, material: Material
) -> None:
    graded.hand_in("ada", material.release)
    graded.hand_in("ben", first_only(material))
    graded.autograde("--student=ben")
    assert (graded.scores("ada"), graded.scores("ben")) == (FIRST_ALONE, FIRST_ALONE)
    graded.autograde("--force", "--student=ada")
    assert (graded.scores("ada"), graded.scores("ben")) == (NOTHING, FIRST_ALONE)


def test_alembic_is_found_without_the_virtual_environment_on_the_path(
    course: Course, material: Material, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", os.defpath)
    course.hand_in("ada", first_only(material))
    course.autograde()
    assert course.scores("ada") == FIRST_ALONE


def test_without_a_sandbox_nothing_is_graded_unless_allowed(
    graded: Course,
) -> None:
    settings = graded.root / "pyproject.toml"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text.replace("unsafe_no_sandbox = true", "unsafe_no_sandbox = false"), encoding="utf-8")
    before = bytes_below(graded.classroom)
    run = graded.autograde("--force", check=False, lacking=("namespaces", "landlock"))
    assert run.returncode != 0
    assert "Students' code would run without a sandbox here" in run.stderr
    assert "--unsafe-no-sandbox" in run.stderr
    assert bytes_below(graded.classroom) == before
    graded.autograde("--force", "--TrustedExporter.unsafe_no_sandbox=True", lacking=("namespaces", "landlock"))
    assert graded.scores("ada") == FIRST_ALONE
    assert graded.verdict("ada")["sandbox"] == "none"
