"""Bad input through ``autograder grade``: each kind has its verdict and a sentence to act on, and the run goes on."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest

from autograder.lessons.samples import Material
from tests.support import odd_notebooks as odd
from tests.support.course import FIRST, FULL, WEEK, Course

NOTHING = dict.fromkeys(FULL, 0.0)
OTHERS = {name: points for name, points in FULL.items() if name != FIRST}


def text_of(notebook: nbformat.NotebookNode) -> str:
    """A notebook's text."""
    return str(nbformat.writes(notebook))


def in_format(version: object) -> Callable[[Material], str]:
    """A right notebook that claims another format."""
    return lambda material: json.dumps({**odd.right(material), "nbformat": version})


# Files that hold no notebook, each with the sentence that the student gets.
FILES: dict[str, tuple[Callable[[Material], str | bytes], str]] = {
    "cut": (lambda m: text_of(odd.right(m))[:2000], "Open your own copy, save it and hand it in again."),
    "empty": (lambda m: "", "Open your own copy, save it and hand it in again."),
    "binary": (lambda m: bytes(range(256)) * 50, "Open your own copy, save it and hand it in again."),
    "nested": (lambda m: "[" * 100_000, "Open your own copy, save it and hand it in again."),
    "format3": (in_format(3), "The file is in notebook format 3. Open it in JupyterLab, save it there"),
    "format5": (in_format(5), "The file is in notebook format 5. Open it in JupyterLab, save it there"),
    "formatless": (in_format("four"), "The file is not a notebook of format 4. Open it in JupyterLab"),
    "list": (lambda m: "[1, 2]", "The file is not a notebook of format 4. Open it in JupyterLab"),
    "huge": (lambda m: b" " * (50 * 2**20 + 1), "larger than 50 MiB. Clear all outputs, save it and hand it in again."),
}
# Bad functions for the first exercise, each with the sentence that the student gets.
RETURNS = f"import numpy as np\ndef {FIRST}(x):\n    return "
FUNCTIONS: dict[str, tuple[str, str]] = {
    "gone": ("answer = 42", f"There is no {FIRST} in your notebook. Define it under exactly this name."),
    "number": (f"{FIRST} = 42", f"{FIRST} is not a function"),
    "arity": (f"def {FIRST}(x, y):\n    return x * y", "Keep the `def` line as it was. Yours takes (x, y)."),
    "none": (RETURNS + "None", "return"),
    "object": (RETURNS + "object()", "object"),
    "nan": (RETURNS + "np.full(len(x), np.nan)", "nan"),
    # 80 GB, if written out: the kernel would end, and the message would be another.
    "claims": (RETURNS + "np.broadcast_to(np.float64(1.5), (10**9, 10))", "Look at the shape of what it returns."),
    "claimsinside": (
        RETURNS + "[np.broadcast_to(np.float64(1.5), (10**9, 10))] * 3",
        "Look at the shape of what it returns.",
    ),
    "raises": (f"def {FIRST}(x):\n    return 1 / 0", "a ZeroDivisionError in line 2 of its cell, `return 1 / 0`."),
    "renamed": (
        f"def {FIRST}_too(x):\n    return 2 * x",
        f"There is no {FIRST} in your notebook, but there is `{FIRST}_too`. The name must be exactly {FIRST}.",
    ),
    "colon": (
        f"def {FIRST}(x)\n    return 2 * x",
        f"Your cell can't be run. Line 1, `def {FIRST}(x)`, is not valid Python. The first line of `def`",
    ),
    "stops": (
        f"sizes = []\nsizes[0] = 1\ndef {FIRST}(x):\n    return 2 * x",
        f"Your cell stopped with an IndexError in line 2, `sizes[0] = 1`, before it reached {FIRST}. It puts something",
    ),
}


@dataclass
class Graded:
    """The class, graded by the command line."""

    course: Course
    run: subprocess.CompletedProcess[str]


def grade(course: Course, *options: str) -> subprocess.CompletedProcess[str]:
    """Run ``autograder grade week1``."""
    program = str(Path(sys.executable).with_name("autograder"))
    command = [program, "grade", WEEK, "--unsafe-no-sandbox", *options]
    return subprocess.run(command, cwd=course.root, capture_output=True, text=True, timeout=600, check=False)


@pytest.fixture(scope="module")
def graded(class_course: Course, material: Material) -> Graded:
    for student, (make, _) in FILES.items():
        class_course.hand_in(student, make(material))
    for student, (code, _) in FUNCTIONS.items():
        class_course.hand_in(student, material.notebook({**material.answers, FIRST: code}))
    class_course.hand_in("absent", "no notebook", "notes.txt")
    class_course.hand_in("zoe", odd.right(material))
    return Graded(class_course, grade(class_course))


@pytest.mark.parametrize("student", [*FILES, "absent"])
def test_a_file_that_holds_no_notebook_is_ungradable_and_says_what_to_do(graded: Graded, student: str) -> None:
    sentence = FILES[student][1] if student in FILES else "Hand in the notebook under exactly this name."
    exercises = graded.course.verdict(student)["exercises"]
    assert [e["exercise"] for e in exercises] == list(FULL)
    assert {e["status"] for e in exercises} == {"ungradable"}
    assert all(sentence in e["message"] for e in exercises)
    assert graded.course.scores(student) == NOTHING


@pytest.mark.parametrize("student", FUNCTIONS)
def test_a_function_that_answers_badly_fails_alone_and_says_why(graded: Graded, student: str) -> None:
    exercise = graded.course.exercise(student, FIRST)
    assert exercise["status"] == "failed"
    assert FUNCTIONS[student][1] in exercise["message"]
    assert graded.course.scores(student) == {**OTHERS, FIRST: 0.0}


def test_no_two_kinds_of_bad_answer_read_alike(graded: Graded) -> None:
    messages = {student: graded.course.exercise(student, FIRST)["message"] for student in FUNCTIONS}
    del messages["claimsinside"]
    assert len(set(messages.values())) == len(messages)


def test_the_run_goes_on_to_the_last_student(graded: Graded) -> None:
    assert graded.course.scores("zoe") == FULL
    pages = {path.parent.parent.name for path in (graded.course.classroom / "feedback").rglob("*.html")}
    assert pages == {*FILES, *FUNCTIONS, "absent", "zoe"}


def test_the_exit_status_and_a_line_each_say_who_could_not_be_graded(graded: Graded) -> None:
    assert graded.run.returncode == 1
    lines = [line for line in graded.run.stdout.splitlines() if line.startswith("Not graded: ")]
    assert {line.removeprefix("Not graded: ").partition(",")[0] for line in lines} == {*FILES, "absent"}
    assert all("ungradable — " in line for line in lines)


def test_the_exit_status_is_0_when_all_could_be_graded(graded: Graded) -> None:
    run = grade(graded.course, "--student=zoe", "--force")
    assert (run.returncode, "Not graded" in run.stdout) == (0, False)


def test_the_exit_status_is_2_when_there_is_nothing_to_grade(course: Course) -> None:
    run = grade(course)
    assert run.returncode == 2
    assert "No notebooks were matched" in run.stderr
