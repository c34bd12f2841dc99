"""A class through ``nbgrader autograde``, stock and ours: one more submission, and four from start to end."""

from __future__ import annotations

import shutil
import statistics
import time
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook

from autograder.lessons.samples import filled_in, model_answers
from benchmarks.stock_lesson import stock_notebook
from tests.support.course import ROOT, WEEK, Course
from tests.support.plain_nbgrader import NOTEBOOK, SANDBOX_LINE, PlainCourse, answer_cell, graded_cell
from tests.support.real_lesson import LESSON

SETUP = (
    "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\nimport keras\nimport numpy as np\n"
    "x = np.linspace(0, 1, 40).reshape(-1, 1)"
)
ANSWER = (
    "model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(8, activation='relu'), keras.layers.Dense(1)])\n"
    "model.compile(optimizer=keras.optimizers.Adam(0.05), loss='mse')\n"
    "losses = model.fit(x, 3 * x, epochs=10, verbose=0).history['loss']"
)
TEST = "assert losses[-1] < losses[0]"
STUDENTS = [f"student{number}" for number in range(4)]
ROUNDS = 3


@dataclass(frozen=True)
class Seconds:
    """What a class takes: each submission after the first, and all of them from start to end."""

    one_more: float
    whole: float


def numpy_classes(folder: Path) -> tuple[Seconds, Seconds]:
    """The first lesson that has five exercises: with stock nbgrader, and with ours."""
    solved = ROOT / "source" / WEEK / f"{LESSON}.ipynb"
    stock = _stock_course(folder / "stock", LESSON, stock_notebook(solved))
    ours = Course(folder / "ours")
    for tree in ("solutions", "source", "release"):
        for path in (ROOT / tree / WEEK).glob(f"{LESSON}*"):
            copy = ours.root / tree / WEEK / path.name
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copytree(path, copy) if path.is_dir() else shutil.copy(path, copy)
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, ours.root)
    answers = model_answers(nbformat.read(solved, as_version=4))
    for course in (stock, ours):
        release = nbformat.read(course.root / "release" / WEEK / f"{LESSON}.ipynb", as_version=4)
        for student in STUDENTS:
            course.hand_in(student, filled_in(release, answers), f"{LESSON}.ipynb")
    return _in_turn(stock, ours, ours.classroom / "gradebook.db")


def keras_classes(folder: Path) -> tuple[Seconds, Seconds]:
    """A notebook that builds and fits a small Keras model: with stock kernels, and with ours."""
    courses = []
    for name, settings in (("stock", ""), ("ours", SANDBOX_LINE)):
        course = _stock_course(folder / name, NOTEBOOK, _network("### BEGIN SOLUTION\n### END SOLUTION"), settings)
        for student in STUDENTS:
            course.hand_in(student, _network(ANSWER))
        courses.append(course)
    return _in_turn(*courses, courses[1].root / "gradebook.db")


def _stock_course(root: Path, name: str, notebook: NotebookNode, settings: str = "") -> PlainCourse:
    """A course with nbgrader's own settings and these, whose week is released."""
    course = PlainCourse(root, {})
    course.write("nbgrader_config.py", "c = get_config()\n" + settings)
    course.write(f"source/{WEEK}/{name}.ipynb", notebook)
    course.nbgrader("generate_assignment", WEEK).check_returncode()
    return course


def _network(answer: str) -> NotebookNode:
    cells = [new_code_cell(SETUP, id="setup"), answer_cell("answer", answer), graded_cell("test", TEST, 2.0)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


def _in_turn(stock: PlainCourse, ours: PlainCourse | Course, our_gradebook: Path) -> tuple[Seconds, Seconds]:
    """Grade one submission and all of them, `ROUNDS` times, taking turns: the medians."""
    for course in (stock, ours):
        _autograde(course)  # a new course's weeks are registered, and its files read, once
    taken: dict[int, list[Seconds]] = {0: [], 1: []}
    for _ in range(ROUNDS):
        for which, course in enumerate((stock, ours)):
            first, whole = _autograde(course, f"--student={STUDENTS[0]}"), _autograde(course)
            taken[which].append(Seconds((whole - first) / (len(STUDENTS) - 1), whole))
    for gradebook in (stock.root / "gradebook.db", our_gradebook):
        _expect_full_marks(gradebook)
    return _median(taken[0]), _median(taken[1])


def _autograde(course: PlainCourse | Course, *options: str) -> float:
    """Seconds from the start of nbgrader to its end."""
    start = time.perf_counter()
    course.nbgrader("autograde", WEEK, "--force", *options).check_returncode()
    return time.perf_counter() - start


def _expect_full_marks(gradebook: Path) -> None:
    with Gradebook(f"sqlite:///{gradebook}") as opened:
        for student in STUDENTS:
            graded = opened.find_submission(WEEK, student)
            assert graded.score == graded.max_score > 0, f"{gradebook}: {student} has {graded.score} points"


def _median(taken: list[Seconds]) -> Seconds:
    return Seconds(
        statistics.median(seconds.one_more for seconds in taken), statistics.median(seconds.whole for seconds in taken)
    )
