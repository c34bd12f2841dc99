"""Each trap of stock nbgrader that our configuration closes is open in a plain course.

These tests show when a new nbgrader has fixed something, and that the tests of our own course can fail.
"""

from __future__ import annotations

import copy
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell
from nbgrader.api import MissingEntry

from tests.support import odd_notebooks as odd
from tests.support.plain_nbgrader import NOTEBOOK, WEEK, PlainCourse, graded_cell

# What a graded cell of 2 points ends with, by its name, and the score that stock nbgrader gives it.
ENDS = {
    "nothing": ("None", 2.0),
    "printed": ("print('0.0')", 2.0),
    "shown": ("display('0.0')", 2.0),
    "warned": ("print('x', file=sys.stderr) or 2.0", 0.0),
    "half": ("1.5", 1.5),
    "nan": ("float('nan')", 2.0),
    "negative": ("-1", 2.0),
    "truth": ("True", 2.0),
    "text": ("'1.5'", 2.0),
    "numpy": ("np.float64(1.5)", 2.0),
    "error": ("1 / 0", 0.0),
}
TESTS = {name: f"give({name!r})" for name in ENDS} | {"module": "import numpy as np\nfloat(np.mean([0, 0]))"}
GIVE = "import sys\nimport numpy as np\ndef give(name):\n" + "".join(
    f"    if name == {name!r}:\n        return {code}\n" for name, (code, _) in ENDS.items()
)
FAILS = "def give(name):\n    raise ValueError(name)\n"
GIVES = "def give(name):\n    return {}\n"
NOTHING, EVERYTHING = dict.fromkeys(TESTS, 0.0), dict.fromkeys(TESTS, 2.0)
SHADOW = "class float64(float):\n    pass\ndef mean(numbers):\n    return 2.0\n"
REACHES = (
    "from IPython.display import display\ndef give(name):\n"
    "    handle = display('shown by the test', display_id=name)\n    return 0.0\n"
)
UPDATE = "from IPython.display import update_display\nupdate_display('Score: 2 / 2', display_id='half')"
SCRIPT = "<script>alert(1)</script>"


@dataclass
class Stock:
    """A class of odd submissions, graded in one run of stock nbgrader."""

    course: PlainCourse
    before: subprocess.CompletedProcess[str]
    without_alembic: subprocess.CompletedProcess[str]
    run: subprocess.CompletedProcess[str]

    def is_graded(self, student: str) -> bool:
        """Whether anything is left of a student's graded work."""
        return self.course.autograded(student).is_dir()


def fill(course: PlainCourse) -> None:
    """Write the odd submissions."""

    def failing(student: str, **values: object) -> None:
        course.hand_in(student, odd.changed(course.notebook(FAILS), odd.mark_with(**values)))

    course.hand_in("ends", course.notebook(GIVE))
    course.hand_in("above", course.notebook(GIVES.format("2.5")))
    course.hand_in("infinite", course.notebook(GIVES.format("float('inf')")))
    course.hand_in("failing", course.notebook(FAILS))
    course.hand_in("tagged", odd.changed(course.notebook(FAILS), odd.tag))
    course.hand_in("deleted", odd.changed(course.notebook(GIVES.format("2.0")), odd.delete_graded))
    failing("flipped", grade=False)
    course.hand_in("corrupt", '{"cells": [')
    course.hand_in("script", "print(1)\n", f"{NOTEBOOK}.py")
    course.hand_in("shadow", course.notebook(FAILS))
    course.hand_in("shadow", SHADOW, "numpy.py")
    course.hand_in("files", odd.changed(course.notebook(FAILS), lambda n: n.cells.append(new_markdown_cell(SCRIPT))))
    course.hand_in("files", SCRIPT, "index.html")
    os.symlink(course.write("secret.txt", "a secret"), course.hand_in("files", "", "x").with_name("data.csv"))
    linked = course.hand_in("linked", "", "empty.txt").with_name(f"{NOTEBOOK}.ipynb")
    os.symlink(course.root / "submitted" / "ends" / WEEK / f"{NOTEBOOK}.ipynb", linked)
    course.hand_in("pipe", course.notebook(FAILS))
    os.mkfifo(course.root / "submitted" / "pipe" / WEEK / "data.csv")
    course.hand_in("late", course.notebook(FAILS))
    course.hand_in("late", "half past nine", "timestamp.txt")
    last = new_code_cell(UPDATE, id="last")
    course.hand_in("reaching", odd.changed(course.notebook(REACHES), lambda n: n.cells.append(last)))
    failing("y-renamed", grade_id="mine")
    course.hand_in("z1", odd.changed(course.notebook(FAILS), double_first))
    course.hand_in("z2", course.notebook(FAILS))


def double_first(notebook: NotebookNode) -> None:
    """Double the first graded cell."""
    notebook.cells.append(copy.deepcopy(odd.graded(notebook)[0]))


@pytest.fixture(scope="module")
def stock(tmp_path_factory: pytest.TempPathFactory) -> Stock:
    course = PlainCourse(tmp_path_factory.mktemp("stock"), TESTS)
    course.make()
    fill(course)
    without_alembic = course.nbgrader("autograde", WEEK, "--student=failing", path=os.defpath)
    (course.root / "gradebook.db").unlink()
    before = course.nbgrader("autograde", WEEK, "--student=failing")
    assert course.nbgrader("generate_assignment", WEEK).returncode == 0
    return Stock(course, before, without_alembic, course.nbgrader("autograde", WEEK))


def test_a_gradebook_that_knows_no_assignment_stops_grading(stock: Stock) -> None:
    assert "No assignment with ID 'week1' exists in the database" in stock.before.stderr


def test_alembic_must_be_on_the_path(stock: Stock) -> None:
    if shutil.which("alembic", path=os.defpath):
        pytest.skip("this machine has an alembic outside the virtual environment")
    assert "No such file or directory: 'alembic'" in stock.without_alembic.stderr


@pytest.mark.parametrize("name", sorted(ENDS))
def test_what_a_graded_cell_ends_with_decides_its_points(stock: Stock, name: str) -> None:
    assert stock.course.scores("ends")[name] == ENDS[name][1]


@pytest.mark.parametrize("student", ["above", "infinite", "flipped", "corrupt", "pipe", "y-renamed"])
def test_a_submission_that_raises_loses_its_graded_folder(stock: Stock, student: str) -> None:
    assert not stock.is_graded(student)
    assert stock.is_graded("failing")


def test_all_wrong_cells_with_a_tag_have_full_marks(stock: Stock) -> None:
    assert stock.course.scores("failing") == NOTHING
    assert stock.course.scores("tagged") == EVERYTHING


def test_no_execute_gives_everyone_full_marks(stock: Stock) -> None:
    stock.course.hand_in("unexecuted", stock.course.notebook(FAILS))
    stock.course.nbgrader("autograde", WEEK, "--student=unexecuted", "--no-execute")
    assert stock.course.scores("unexecuted") == EVERYTHING


def test_a_deleted_test_cell_costs_a_right_answer_its_points(stock: Stock) -> None:
    assert stock.course.scores("deleted") == NOTHING
    assert stock.is_graded("deleted")


def test_a_doubled_test_cell_ends_the_run_for_all_that_follow(stock: Stock) -> None:
    assert stock.run.returncode != 0
    assert "use an old version" in stock.run.stderr
    assert not stock.is_graded("z1")
    with pytest.raises(MissingEntry):
        stock.course.scores("z2")


def test_a_script_alone_is_not_noticed(stock: Stock) -> None:
    with pytest.raises(MissingEntry):
        stock.course.scores("script")


def test_a_time_that_cannot_be_read_costs_the_submission(stock: Stock) -> None:
    with pytest.raises(MissingEntry):
        stock.course.scores("late")


def test_a_module_beside_the_notebook_is_what_a_test_imports(stock: Stock) -> None:
    assert stock.course.scores("failing")["module"] == 0
    assert stock.course.scores("shadow")["module"] == 2


def test_links_are_followed(stock: Stock) -> None:
    assert (stock.course.autograded("files") / "data.csv").read_text(encoding="utf-8") == "a secret"
    assert stock.course.scores("linked") == stock.course.scores("ends")


def test_a_display_is_changed_from_a_later_cell(stock: Stock) -> None:
    cell = next(
        c for c in stock.course.read("reaching").cells if c.metadata.get("nbgrader", {}).get("grade_id") == "half"
    )
    assert "Score: 2 / 2" in str(cell.outputs)
    assert "shown by the test" not in str(cell.outputs)


def test_a_students_page_and_script_reach_the_feedback(stock: Stock) -> None:
    stock.course.nbgrader("generate_feedback", WEEK, "--student=files")
    feedback = stock.course.root / "feedback" / "files" / WEEK
    assert SCRIPT in (feedback / f"{NOTEBOOK}.html").read_text(encoding="utf-8")
    assert (stock.course.autograded("files") / "index.html").is_file()


def test_a_changed_set_of_cells_deletes_the_release(stock: Stock, tmp_path: Path) -> None:
    course = PlainCourse(tmp_path / "course", {"half": "1.5"})
    shutil.copytree(stock.course.root, course.root, ignore=shutil.ignore_patterns("pipe"))
    assert (course.root / "release" / WEEK / f"{NOTEBOOK}.ipynb").is_file()
    changed = odd.changed(course.notebook("pass"), lambda n: n.cells.append(graded_cell("new", "2.0", 2)))
    course.write(f"source/{WEEK}/{NOTEBOOK}.ipynb", changed)
    run = course.nbgrader("generate_assignment", WEEK, "--force")
    assert "Cannot add or remove cells" in run.stderr
    assert not (course.root / "release" / WEEK).exists()
