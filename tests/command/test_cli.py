"""The command ``autograder`` in a process of its own: what it prints, and its exit status."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest

from autograder.lessons.samples import filled_in, model_answers
from autograder.version import VERSION
from tests.support.small_course import SMALL, SmallCourse


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    small = SmallCourse(tmp_path_factory.mktemp("cli") / "course")
    run = small.autograder("build")
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout == "Built: source, release, assignments, autograder/course.\n"
    return small


def autograder(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).with_name("autograder")), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def test_the_version() -> None:
    run = autograder("--version")
    assert (run.returncode, run.stdout) == (0, f"{VERSION}\n")


def test_the_help_names_every_command_and_no_command_is_a_usage_error() -> None:
    run = autograder("--help")
    assert run.returncode == 0
    for command in ("new", "build", "audit", "grade", "collect", "demo"):
        assert f"\n    {command} " in run.stdout
    assert autograder().returncode == 2
    assert autograder("buidl").returncode == 2


def test_a_check_says_whether_the_trees_are_stale(course: SmallCourse) -> None:
    run = course.autograder("build", "--check")
    assert (run.returncode, run.stdout, run.stderr) == (0, "The generated trees are up to date with the lessons.\n", "")
    path = course.root / "assignments" / "week1" / "doubling.py"
    text = path.read_text(encoding="utf-8")
    path.write_text(text + "\n", encoding="utf-8")
    run = course.autograder("build", "--check")
    path.write_text(text, encoding="utf-8")
    assert run.returncode == 1
    assert "\n  assignments/week1/doubling.py\n" in run.stderr
    assert "Run `autograder build`" in run.stderr


@pytest.mark.parametrize("arguments", [("build",), ("build", "--check")])
def test_an_unsound_lesson_or_none_is_one_line_and_status_2(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    none = SmallCourse(tmp_path / "none", ())
    run = none.autograder(*arguments)
    assert run.returncode == 2
    assert run.stderr == (
        f"autograder: {tmp_path}/none/solutions: there is no lesson. "
        "A lesson is a folder solutions/weekN/NAME with lesson.py.\n"
    )
    unsound = SmallCourse(tmp_path / "unsound", (SMALL.but("script", '"check_doubled"', '"check_it"'),))
    run = unsound.autograder(*arguments)
    assert run.returncode == 2
    assert run.stderr.count("\n") == 1
    assert "the graded cell 'check_it' must" in run.stderr


def test_a_folder_that_is_not_there_is_one_line_and_status_2(tmp_path: Path) -> None:
    for arguments in (("build",), ("build", "--check")):
        run = autograder(*arguments, "--course", str(tmp_path / "nowhere"))
        assert run.returncode == 2
        assert "Traceback" not in run.stderr
        assert "nowhere" in run.stderr


def test_collected_and_graded_from_the_command_line(course: SmallCourse, tmp_path: Path) -> None:
    release, source = (
        nbformat.read(course.root / tree / "week1" / "doubling.ipynb", as_version=4) for tree in ("release", "source")
    )
    nbformat.write(filled_in(release, model_answers(source)), tmp_path / "ada_doubling.ipynb")
    nbformat.write(release, tmp_path / "eva_doubling.ipynb")
    (tmp_path / "kim_doubling.ipynb").write_text("{", encoding="utf-8")
    run = course.autograder("collect", str(tmp_path))
    assert "3 of 3 files were handed in." in run.stdout
    shutil.rmtree(course.root / "autograder")  # an editable installation would find it first
    run = course.autograder("grade", "week1")
    table = run.stdout
    assert "Traceback" not in run.stderr, run.stderr
    assert run.returncode == 1, table
    for student, score in (("ada", "4"), ("eva", "0"), ("kim", "0")):
        assert re.search(rf"\b{student}\b.*\b{score}\b", table), table
    assert re.search(r"Not graded: .*kim", table), table
    assert (course.root / "classroom" / "feedback" / "ada" / "week1" / "doubling.html").is_file()


def test_a_week_that_does_not_exist_is_reported(course: SmallCourse) -> None:
    run = course.autograder("grade", "week9")
    assert run.returncode == 2
    assert "week9" in run.stderr
    assert "Traceback" not in run.stderr
