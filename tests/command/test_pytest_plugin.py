"""``autograder check``, and pytest with its plugin: scores, exit statuses, which checks count, and what is refused."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import build, student_script
from autograder.kernels.warm import why_not
from autograder.lessons.samples import filled_in
from autograder.sandbox.tiers import CONTAINER
from tests.support.small_course import SETTINGS, SMALL, SmallCourse
from tests.support.without import without

RIGHT = "def doubled(x):\n    if np.ndim(x) != 1:\n        raise ValueError\n    return x + x"
# Six of weight: one public, two of two in the two cases of a parametrized check, one more hidden.
PUBLIC_WRONG = RIGHT.replace("return x + x", "return x + x + (len(x) == 3)")
ONE_CASE_WRONG = RIGHT.replace("return x + x", "return x + x + (len(x) == 4)")
TRIPLED = RIGHT.replace("x + x", "3 * x")
ALL_WALLS = ("namespaces", "landlock")
NAMES = "solutions/week1/doubling"
SKIPS_TABLES = """import pytest

@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    if "table" in item.name:
        pytest.skip("not today")
"""
Run = subprocess.CompletedProcess[str]
# Nothing may be left in the course's folder, and plugins that only the kit's own tests need take seconds to import.
LEFT_OUT = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest")


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    """The small course, built, and submissions in a folder beside it."""
    small = SmallCourse(tmp_path_factory.mktemp("course") / "course")
    build(small.root)
    shutil.rmtree(small.root / "autograder")  # an editable installation would find it first
    for name, answer in {"right": RIGHT, "public": PUBLIC_WRONG, "case": ONE_CASE_WRONG, "tripled": TRIPLED}.items():
        notebook = filled_in(release(small), {"doubled": answer})
        nbformat.write(notebook, small.root.parent / f"{name}.ipynb")
        (small.root.parent / f"{name}.py").write_text(student_script(notebook), encoding="utf-8")
    nbformat.write(release(small), small.root.parent / "stub.ipynb")
    return small


def release(course: SmallCourse) -> nbformat.NotebookNode:
    return nbformat.read(course.root / "release" / "week1" / "doubling.ipynb", as_version=4)


def check(
    course: SmallCourse, file: str | Path, *options: str, folder: Path | None = None, lacking: tuple[str, ...] = ()
) -> Run:
    """Run the real ``autograder check`` in the course's folder, or in another, on a machine that lacks these things."""
    return started("autograder", "check", str(file), *options, folder=folder or course.root, lacking=lacking)


def run(
    course: SmallCourse, *arguments: str, checks: Sequence[str] = (f"{NAMES}/public.py", f"{NAMES}/hidden.py")
) -> Run:
    """Run the real pytest with the course's configuration."""
    own = (
        "--config-file=pyproject.toml",
        "--rootdir=.",
        "--import-mode=importlib",
        "-o",
        "python_files=public.py hidden.py",
    )
    return started("pytest", *LEFT_OUT, *own, *arguments, *checks, folder=course.root)


def started(program: str, *arguments: str, folder: Path, lacking: tuple[str, ...] = ()) -> Run:
    """Run an installed program."""
    command = [str(Path(sys.executable).with_name(program)), *arguments]
    command = without(lacking, command) if lacking else command
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)


def score(done: Run) -> tuple[int, str]:
    """The exit code and the line of the exercise in the section of scores."""
    _, _, section = done.stdout.partition(" scores ")
    lines = [" ".join(line.split()) for line in section.splitlines() if line.startswith("doubled")]
    assert len(lines) == 1, done.stdout + done.stderr
    return done.returncode, lines[0]


@pytest.mark.parametrize("file", ["right.ipynb", "right.py"])
def test_a_right_notebook_or_script_of_any_name_has_full_marks(course: SmallCourse, file: str) -> None:
    done = check(course, f"../{file}")
    assert score(done) == (0, "doubled 4 of 4 passed")
    assert "4 passed" in done.stdout


@pytest.mark.parametrize(
    ("file", "message"),
    [
        ("tripled.py", "doubled 0 of 4 failed tripled: That is once too often."),
        ("case.ipynb", "doubled 2.667 of 4 failed"),
        ("stub.ipynb", "doubled 0 of 4 not attempted"),
    ],
)
def test_a_failed_check_costs_its_weight_and_each_case_counts(course: SmallCourse, file: str, message: str) -> None:
    assert score(check(course, f"../{file}")) == (1, message)


def test_from_the_folder_of_the_submission_and_from_below_the_course(course: SmallCourse) -> None:
    nested, option = course.root / "solutions" / "week1", f"--course={course.root}"
    assert score(check(course, "../../../right.ipynb", option, folder=nested)) == (0, "doubled 4 of 4 passed")
    inside = course.root / "mine"
    inside.mkdir()
    shutil.copy(course.root.parent / "right.py", inside / "doubling.py")
    assert score(check(course, "doubling.py", option, folder=inside)) == (0, "doubled 4 of 4 passed")


def test_a_deselected_check_still_counts(course: SmallCourse) -> None:
    done = run(course, "--submission=../right.ipynb", "-k", "three_numbers or table")
    assert "2 passed, 2 deselected" in done.stdout
    assert score(done) == (0, "doubled 1.333 of 4 failed")


@pytest.mark.parametrize(
    ("named", "message"),
    [
        (f"{NAMES}/public.py", "doubled 0.6667 of 4 failed"),
        (f"{NAMES}/hidden.py", "doubled 3.333 of 4 failed"),
        (f"{NAMES}/hidden.py::test_more_numbers[4]", "doubled 1.333 of 4 failed"),
    ],
)
def test_a_check_that_was_not_collected_still_counts(course: SmallCourse, named: str, message: str) -> None:
    assert score(run(course, "--submission=../right.ipynb", checks=[named])) == (0, message)


def test_a_skipped_check_still_counts(course: SmallCourse, tmp_path: Path) -> None:
    (tmp_path / "skips_tables.py").write_text(SKIPS_TABLES, encoding="utf-8")
    done = run(course, "--submission=../right.ipynb", "-p", "skips_tables", "-o", f"pythonpath={tmp_path}")
    assert "3 passed, 1 skipped" in done.stdout
    assert score(done) == (0, "doubled 3.333 of 4 failed")


def test_without_a_submission_the_references_have_full_marks(course: SmallCourse) -> None:
    done = run(course, checks=["solutions"])
    assert score(done) == (0, "doubled 4 of 4 passed")


@pytest.fixture
def without_permission(course: SmallCourse) -> Iterator[None]:
    settings = course.root / "pyproject.toml"
    settings.write_text(SETTINGS.replace("true", "false"), encoding="utf-8")
    yield
    settings.write_text(SETTINGS, encoding="utf-8")


@pytest.mark.usefixtures("without_permission")
def test_without_sandbox_and_permission_no_code_is_run(course: SmallCourse, tmp_path: Path) -> None:
    right, touched = (course.root.parent / "right.py").read_text(encoding="utf-8"), tmp_path / "touched"
    mine = tmp_path / "touch.py"
    mine.write_text(
        f"{right}\n# %%\nopen({str(touched)!r}, 'w').close()\n".replace(
            "# %%\nimport", f"# %%\nopen({str(touched)!r}, 'w').close()\nimport"
        ),
        encoding="utf-8",
    )
    done = check(course, mine, lacking=ALL_WALLS)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "without a sandbox" in done.stderr
    assert "scores" not in done.stdout
    assert not touched.exists()
    done = check(course, mine, "--unsafe-no-sandbox", lacking=ALL_WALLS)
    assert score(done) == (0, "doubled 4 of 4 passed")
    assert "Graded without a sandbox." in done.stdout
    assert touched.exists()


@pytest.mark.usefixtures("without_permission")
@pytest.mark.skipif(bool(why_not(CONTAINER)), reason="no container tier on this machine")
def test_without_namespaces_grading_goes_on_in_the_next_best_sandbox(course: SmallCourse) -> None:
    done = check(course, "../right.py", lacking=("namespaces",))
    assert score(done) == (0, "doubled 4 of 4 passed")
    assert "without a sandbox" not in done.stdout


BROKEN = {
    "half": lambda text: text[: len(text) // 2],
    "not python": lambda text: text.replace("def doubled(x):", "def doubled(x:"),
}


@pytest.mark.parametrize("how", ["half", "not python", "a link"])
def test_a_broken_submission_earns_nothing_and_says_why(course: SmallCourse, tmp_path: Path, how: str) -> None:
    right = course.root.parent / "right.ipynb"
    broken = tmp_path / "doubling.ipynb"
    if how == "a link":
        broken.symlink_to(right)
    else:
        broken.write_text(BROKEN[how](right.read_text(encoding="utf-8")), encoding="utf-8")
    done = check(course, broken)
    assert score(done) == (1, f"doubled 0 of 4 {'failed' if how == 'not python' else 'ungradable'}")
    assert re.search(r"ungradable: The file is|can't be run. Line 1|isn't a plain file", done.stdout)
    assert "INTERNALERROR" not in done.stdout + done.stderr


def test_collecting_alone_runs_nothing_of_the_submission(course: SmallCourse, tmp_path: Path) -> None:
    touched, mine = tmp_path / "touched", tmp_path / "doubling.py"
    mine.write_text(f"# %%\nopen({str(touched)!r}, 'w').close()\n", encoding="utf-8")
    done = run(course, f"--submission={mine}", "--unsafe-no-sandbox", "--collect-only")
    assert "4 tests collected" in done.stdout
    assert not touched.exists()


def test_what_cannot_be_a_submission_is_reported_in_a_line(course: SmallCourse, tmp_path: Path) -> None:
    foreign = tmp_path / "foreign.py"
    foreign.write_text("print('hello')\n", encoding="utf-8")
    own = course.root / "doubling.py"
    shutil.copy(course.root.parent / "right.py", own)
    for path, folder, message in (
        (tmp_path, course.root, "no such file"),
        (tmp_path / "none.py", course.root, "no such file"),
        (foreign, course.root, "no exercise of this"),
        (own, course.root, "the course and the submission are in the same folder"),
        (course.root.parent / "right.py", tmp_path, "there is no course here"),
    ):
        done = check(course, path, folder=folder)
        assert done.returncode == 2, done.stdout + done.stderr
        assert message in done.stderr
        assert len(done.stderr.splitlines()) == 1, done.stderr
    own.unlink()


def test_pytest_alone_refuses_a_submission_and_names_the_command(course: SmallCourse) -> None:
    done = started("pytest", *LEFT_OUT, "--submission", "../right.ipynb", folder=course.root)
    assert done.returncode == pytest.ExitCode.USAGE_ERROR
    assert "Use: autograder check ../right.ipynb" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_broken_lesson_is_reported_in_one_message(course: SmallCourse, tmp_path: Path) -> None:
    broken = SmallCourse(tmp_path, (SMALL.but("script", '"check_doubled"', '"check_it"'),))
    done = check(broken, course.root.parent / "right.py")
    assert done.returncode == 2
    assert "the graded cell 'check_it' must" in done.stderr
    assert "Traceback" not in done.stderr


def test_other_tests_run_as_usual(course: SmallCourse, tmp_path: Path) -> None:
    (tmp_path / "test_mine.py").write_text("def test_it():\n    assert True\n", encoding="utf-8")
    done = started("pytest", *LEFT_OUT, folder=tmp_path)
    assert done.returncode == 0
    assert "scores" not in done.stdout
