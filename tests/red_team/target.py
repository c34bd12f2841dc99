"""The course that is attacked, for us and for stock nbgrader: one lesson of two small exercises with tight limits."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.authoring.build import build
from autograder.lessons.samples import filled_in, model_answers
from tests.red_team.attack import DOUBLED, HALVED, Desk
from tests.support.course import ROOT, WEEK
from tests.support.nudging import NAME as NUDGING
from tests.support.nudging import nudging
from tests.support.odd_notebooks import graded
from tests.support.plain_nbgrader import answer_cell, graded_cell
from tests.support.small_course import MARK, SMALL, SmallCourse, SmallLesson

LESSON = "doubling"
RIGHT = """
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError("one dimension, please")
    return 2.0 * np.asarray(x)
"""
WRONG = "def doubled(x):\n    return None\n"
HALF = "def halved(x):\n    return np.asarray(x) / 2.0\n"
ANSWER = "\n    ### BEGIN SOLUTION{}\n    ### END SOLUTION\n"
# Demos that use answers, and bind and change what answers may use: grading leaves them out, if it may.
_DEMOS = """
# %%
numbers = np.array([1.0, 2.0])
factors = [2.0]
print(numbers)

# %%
if ready("doubled"):
    factors.append(doubled(numbers)[0])
    print(factors, halved(numbers))
"""
GRADED = '"locked": true, "points": {}, "schema_version": 3, "solution": false, "task": false'

_HALVED = f'''
# %% nbgrader={{"grade": false, "grade_id": "halved", {MARK}}}
def halved(x):
    """Half of x, an array of shape (N,)."""
    ### BEGIN SOLUTION
    return np.asarray(x) / 2.0
    ### END SOLUTION

# %% nbgrader={{"grade": true, "grade_id": "check_halved", {GRADED.format(2)}}}
check("halved")
'''
_PUBLIC = '''

@checks("halved")
def test_half_of_two_numbers(submission, reference):
    """Half of two numbers."""
    assert_matches(submission.halved, reference.halved, np.array([3.0, -5.0]))
'''
_HIDDEN = '''"""Hidden checks."""

import numpy as np
import pytest

from autograder.checks import assert_matches, assert_raises_value_error, checks, weight
from autograder.checks import require, require_list

SECRET = "{secret}"


@checks("doubled")
@weight(2)
@pytest.mark.parametrize("length", [4, 5])
def test_more_numbers(submission, reference, rng, length):
    """More numbers."""
    assert_matches(submission.doubled, reference.doubled, rng.uniform(3, 9, length))


@checks("doubled")
def test_one_by_one(submission, reference, rng):
    """Each number by itself, whatever kind of sequence comes back."""
    numbers = rng.uniform(3, 9, 3)
    got = np.asarray(submission.doubled(numbers))
    require(got.shape == (3,) and got.dtype.kind == "f" and np.allclose(got, 2 * numbers), "Some are not twice as large.")


@checks("doubled")
def test_a_table(submission, reference, rng):
    """A table is refused."""
    assert_matches(submission.doubled, reference.doubled, rng.uniform(3, 9, 2))
    assert_raises_value_error(submission.doubled, np.ones((2, 3)), why="x has two dimensions")


@checks("halved")
@weight(3)
def test_half_of_more_numbers(submission, reference, rng):
    """Half of more numbers."""
    assert_matches(submission.halved, reference.halved, rng.uniform(3, 9, 5))
'''
_MISCONCEPTIONS = """

@misconception("halved", hint="Half of it, not all.")
def not_halved(x):
    return np.asarray(x) * 1.0


@misconception("halved", hint="Divide, do not subtract.")
def half_taken_away(x):
    return np.asarray(x) - 0.5


@misconception("halved", hint="Halve it once.")
def quartered(x):
    return np.asarray(x) / 4.0


@also_correct("halved")
def times_a_half(x):
    return 0.5 * np.asarray(x)


@also_correct("halved")
def halved_twice_and_doubled(x):
    return np.asarray(x) / 4.0 * 2.0
"""
# Small enough that an attack is soon over, large enough for honest work on a busy machine.
LIMITS = """[tool.autograder.limits]
cell_seconds = 5
call_seconds = 2
notebook_seconds = 30
memory_bytes = 600_000_000
disk_bytes = 30_000_000
output_bytes = 1_000_000
tasks = 80
"""


def lesson(secret: str) -> SmallLesson:
    """The lesson, with a secret word in its hidden checks."""
    return SmallLesson(
        script=SMALL.script + _HALVED + _DEMOS,
        public=SMALL.public + _PUBLIC,
        hidden=_HIDDEN.format(secret=secret),
        misconceptions=SMALL.misconceptions + _MISCONCEPTIONS,
    )


# The same exercises as a course of plain nbgrader has them: tests are asserts in cells, the hidden ones stripped.
_TESTS = {
    "check_doubled": (
        DOUBLED,
        '''
"""Tests of doubled."""
np.testing.assert_allclose(doubled(np.array([1.5, -3.0, 4.0])), [3.0, -6.0, 8.0])
#
# A traceback shows a few lines around the one that failed.
# What stands below is no business of those who fail above.
#
#
#
#
### BEGIN HIDDEN TESTS
# {secret}
np.testing.assert_allclose(doubled(np.array([2.5, 0.25])), [5.0, 0.5])
assert doubled(np.array([7.0]))[0] == 14.0
try:
    doubled(np.ones((2, 3)))
except ValueError:
    pass
else:
    raise AssertionError("a table should be refused")
### END HIDDEN TESTS
''',
    ),
    "check_halved": (
        HALVED,
        '''
"""Tests of halved."""
np.testing.assert_allclose(halved(np.array([3.0, -5.0])), [1.5, -2.5])
### BEGIN HIDDEN TESTS
np.testing.assert_allclose(halved(np.array([9.0])), [4.5])
### END HIDDEN TESTS
''',
    ),
}


def plain_notebook(secret: str) -> NotebookNode:
    """The lesson as a course of plain nbgrader writes it, solved."""
    parts = RIGHT.strip().partition("\n")
    solved = parts[0] + ANSWER.format("\n" + parts[2])
    half = HALF.strip().partition("\n")
    cells = [
        new_code_cell("import numpy as np", id="setup"),
        answer_cell("doubled", solved),
        graded_cell("check_doubled", _TESTS["check_doubled"][1].format(secret=secret).strip(), DOUBLED),
        answer_cell("halved", half[0] + ANSWER.format("\n" + half[2])),
        graded_cell("check_halved", _TESTS["check_halved"][1].strip(), HALVED),
    ]
    notebook = new_notebook(cells=cells)
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return notebook


class Writer:
    """Fills in a notebook as students get it.

    ``right`` are the right answers to its exercises, which have ``points`` together.
    """

    def __init__(self, blank: NotebookNode, right: dict[str, str], points: float) -> None:
        self.blank, self.right, self.points = blank, right, points

    def __call__(self, *, added: Sequence[str | NotebookNode] = (), **answers: str) -> NotebookNode:
        """The notebook with these answers, and with cells added at its end; the others stay as they were."""
        notebook = filled_in(self.blank, answers)
        notebook.cells.extend(
            new_code_cell(c, id=f"mine-{n}") if isinstance(c, str) else c for n, c in enumerate(added)
        )
        return notebook


def plain_writer(blank: NotebookNode) -> Writer:
    """Writes hand-ins to the target's lesson."""
    return Writer(blank, {"doubled": RIGHT, "halved": HALF}, DOUBLED + HALVED)


def handed_in(
    desk: Desk, doubled: str = WRONG, halved: str = HALF, added: Sequence[str | NotebookNode] = ()
) -> NotebookNode:
    """A hand-in to the target's lesson, by default with a worthless `doubled` and a right `halved`."""
    return desk.write(doubled=doubled, halved=halved, added=added)


def make_course(root: Path, name: str, secret: str) -> Writer:
    """Make a course of ours in a folder, of the target's lesson or of a copy of a real one, with tight limits."""
    small = {LESSON: lesson, NUDGING: nudging}
    SmallCourse(root, (small[name](secret),) if name in small else ())
    (root / "pyproject.toml").write_text(LIMITS, encoding="utf-8")
    if name in small:
        build(root)
        # What students would have of this lesson; nbgrader would take the folder for the package.
        shutil.rmtree(root / "autograder")
    else:
        for tree in ("solutions", "source", "release"):
            for path in (ROOT / tree / WEEK).glob(f"{name}*/*.py" if tree == "solutions" else f"{name}.ipynb"):
                copy = root / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(path, copy)
    blank, solved = (
        nbformat.read(root / tree / WEEK / f"{name}.ipynb", as_version=4) for tree in ("release", "source")
    )
    points = sum(cell.metadata.nbgrader.points for cell in graded(solved))
    return Writer(blank, model_answers(solved), points)


def put(folder: Path, name: str, content: object) -> None:
    """Put one handed-in file into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    if callable(content):
        content(path)
    elif isinstance(content, bytes):
        path.write_bytes(content)
    else:
        path.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
