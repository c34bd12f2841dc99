"""Odd notebooks that stock nbgrader falls for, through real ``nbgrader autograde``: no point is lost or gained.

`tests/nbgrader/test_stock.py` shows that the same notebooks do fool a plain nbgrader course.
"""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.utils import determine_grade

from autograder.lessons.samples import Material
from tests.support import odd_notebooks as odd
from tests.support.course import FIRST, FULL, LESSON, WEEK, Course

NOTHING = dict.fromkeys(FULL, 0.0)

STDERR = """
import sys, warnings
print("a line on stderr", file=sys.stderr)
warnings.warn("and a warning")
"""
MANY_LINES = """
for number in range(6000):
    print("line", number)
"""

Make = Callable[[Material], str | nbformat.NotebookNode]
CHANGES: dict[str, Callable[[nbformat.NotebookNode], object]] = {
    "tagged": odd.tag,
    "doubled": odd.double,
    "deleted": odd.delete_graded,
    "flipped": odd.mark_with(grade=False),
    "points": odd.mark_with(points=300),
    "checksum": odd.mark_with(checksum="0" * 32),
    "oldschema": odd.mark_with(schema_version=1),
    "newschema": odd.mark_with(schema_version=99),
    "unlocked": odd.mark_with(locked=False, solution=True),
    "renamed": odd.rename,
    "retyped": odd.retype,
    "rewritten": odd.rewrite_graded,
    "baked": odd.bake_outputs,
    "bonus": odd.add_graded_cell,
    "kernel": odd.name_a_kernel("no-such-kernel"),
    "reaching": odd.reach_across,
}
# Changes to cells or their places are tried with right answers one by one, the others all at once.
TOGETHER = ("tagged", "points", "checksum", "oldschema", "unlocked", "baked", "bonus", "kernel")


def all_at_once(notebook: nbformat.NotebookNode) -> None:
    """Make every change that leaves the cells in their places."""
    for name in TOGETHER:
        CHANGES[name](notebook)


# Students "<name>-right" and "<name>-wrong" hand in the same oddity with right and with wrong answers.
SUBMISSIONS: dict[str, Make] = {
    **{f"{name}-wrong": lambda m, c=change: odd.changed(odd.wrong(m), c) for name, change in CHANGES.items()},
    **{
        f"{name}-right": lambda m, c=change: odd.changed(odd.right(m), c)
        for name, change in CHANGES.items()
        if name not in TOGETHER
    },
    "together-right": lambda m: odd.changed(odd.right(m), all_at_once),
    "stderr-right": lambda m: m.first(lambda code: code + STDERR),
    "stderr-wrong": lambda m: odd.wrong_with(m, STDERR),
    "lines-right": lambda m: m.first(lambda code: code + MANY_LINES),
    "surrogates-right": lambda m: odd.half_surrogates(odd.right(m)),
    "surrogates-wrong": lambda m: odd.half_surrogates(odd.wrong(m)),
    "metadata-right": lambda m: odd.odd_metadata(odd.right(m)),
    "metadata-wrong": lambda m: odd.odd_metadata(odd.wrong(m)),
}
RIGHT = sorted(name for name in SUBMISSIONS if name.endswith("right"))
WRONG = sorted(name for name in SUBMISSIONS if name.endswith("wrong"))


@dataclass
class Odd:
    """The class of odd notebooks, graded in one run."""

    course: Course
    run: subprocess.CompletedProcess[str]

    def notebook(self, student: str) -> nbformat.NotebookNode:
        """A student's notebook after grading."""
        path = self.course.classroom / "autograded" / student / WEEK / f"{LESSON}.ipynb"
        return nbformat.read(path, as_version=4)


def written(folder: Path) -> list[int]:
    """When the files below a folder were written."""
    return [path.stat().st_mtime_ns for path in folder.rglob("*.json")]


@pytest.fixture(scope="module")
def graded(class_course: Course, material: Material) -> Odd:
    for student, make in SUBMISSIONS.items():
        class_course.hand_in(student, make(material))
    return Odd(class_course, class_course.autograde())


@pytest.mark.parametrize("student", RIGHT)
def test_an_oddity_costs_a_right_notebook_nothing(graded: Odd, student: str) -> None:
    assert graded.course.scores(student) == FULL
    assert {e["status"] for e in graded.course.verdict(student)["exercises"]} == {"passed"}


@pytest.mark.parametrize("student", WRONG)
def test_an_oddity_earns_a_wrong_notebook_nothing(graded: Odd, student: str) -> None:
    assert graded.course.scores(student) == NOTHING
    assert {e["status"] for e in graded.course.verdict(student)["exercises"]} == {"failed"}


def test_no_submission_aborts_the_run_or_another(graded: Odd) -> None:
    assert graded.run.returncode == 0
    assert "error processing" not in graded.run.stderr
    assert {path.name for path in (graded.course.classroom / "autograded").iterdir()} == set(SUBMISSIONS)


@pytest.mark.parametrize("student", sorted(SUBMISSIONS))
def test_a_graded_cell_has_only_what_determine_grade_reads(graded: Odd, student: str) -> None:
    scores = graded.course.scores(student)
    cells = odd.graded(graded.notebook(student))
    assert [cell.metadata.nbgrader.grade_id for cell in cells] == [f"check_{name}" for name in FULL]
    for cell in cells:
        stream, display, result = cell.outputs
        assert (stream.output_type, stream.name, display.output_type) == ("stream", "stdout", "display_data")
        assert result.output_type == "execute_result"
        score = ast.literal_eval(result.data["text/plain"])
        name = cell.metadata.nbgrader.grade_id.removeprefix("check_")
        assert type(score) is float
        assert result.data["text/plain"] == repr(score)
        assert 0 <= score == scores[name] <= FULL[name]
        assert determine_grade(cell) == (score, FULL[name])
        assert cell.source == f'check("{name}")'


@pytest.mark.parametrize("student", ["together-right", "metadata-right"])
def test_no_metadata_of_a_students_survives(graded: Odd, material: Material, student: str) -> None:
    notebook = graded.notebook(student)
    assert notebook.metadata.kernelspec == material.release.metadata.kernelspec
    for cell in notebook.cells:
        assert not {"tags", "jupyter", "collapsed"} & set(cell.metadata)
        assert "attachments" not in cell


@pytest.mark.parametrize(
    ("student", "sentence"),
    [
        ("doubled-right", None),
        ("renamed-right", "had lost its nbgrader mark"),
        ("retyped-right", "had become a markdown cell"),
        ("rewritten-wrong", "had been changed; the original was used"),
    ],
)
def test_the_verdict_reports_what_was_odd(graded: Odd, student: str, sentence: str | None) -> None:
    findings = graded.course.verdict(student)["findings"]
    assert any(sentence in finding for finding in findings) if sentence else findings == []


def test_what_is_displayed_below_reaches_no_cell_above(graded: Odd) -> None:
    notebook = graded.notebook("reaching-wrong")
    shown = "".join(str(cell.outputs) for cell in odd.graded(notebook))
    assert "Score: 3 / 3" not in shown
    assert "mine" not in shown


def test_long_output_is_cut_and_costs_nothing(graded: Odd) -> None:
    (cell,) = (
        c for c in graded.notebook("lines-right").cells if c.metadata.get("nbgrader", {}).get("grade_id") == FIRST
    )
    text = "".join(output.get("text", "") for output in cell.outputs)
    assert "line 100\n" in text
    assert "line 5999" not in text
    assert len(text) < 50_000


def test_grading_cannot_be_turned_off(graded: Odd) -> None:
    verdicts = graded.course.classroom / "verdicts"
    before = {student: written(verdicts / student) for student in SUBMISSIONS}
    graded.course.autograde("--student=t*", "--no-execute", "--force")
    again = [student for student in SUBMISSIONS if written(verdicts / student) != before[student]]
    assert again == ["tagged-wrong", "together-right"]
    assert graded.course.scores("tagged-wrong") == NOTHING
    assert graded.course.scores("together-right") == FULL
