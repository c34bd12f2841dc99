"""Fixtures that tests of every wing use: a small course, a real lesson, the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from autograder.lessons.samples import Material, materials
from tests.support import real_lesson
from tests.support.building_on import BUILDING
from tests.support.course import ROOT, WEEK, Course, copied
from tests.support.small_course import SmallCourse

# The time that an example takes shows only how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def small_course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a built course of one small lesson; tests have copies of it."""
    from autograder.authoring.build import build  # takes seconds, as in course.py

    course = SmallCourse(tmp_path_factory.mktemp("small"), (BUILDING,))
    build(course.root)
    return course.root


@pytest.fixture(scope="session")
def material(small_course: Path) -> Material:
    """The release, model answers and misconceptions of the small lesson, for submissions to it."""
    (material,) = materials(small_course, WEEK)
    return material


@pytest.fixture(scope="session")
def real_material() -> Material:
    """The same of a real lesson, for what only the records of the installed course serve."""
    return next(material for material in materials(ROOT, WEEK) if material.lesson.name == real_lesson.LESSON)


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of the sources."""
    folder = tmp_path_factory.mktemp("tree")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    dist = folder / "dist"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", dist, folder]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = dist.glob("*.whl")
    return built


@pytest.fixture
def course(small_course: Path, tmp_path: Path) -> Course:
    """The small course with an empty classroom."""
    return copied(small_course, tmp_path)


@pytest.fixture(scope="module")
def class_course(small_course: Path, tmp_path_factory: pytest.TempPathFactory) -> Course:
    """The small course with an empty classroom, shared by a module's tests: graded once, looked at many times."""
    return copied(small_course, tmp_path_factory.mktemp("course"))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """With --durations: also the seconds that wings and modules took, with what their tests share."""
    if terminalreporter.config.getoption("durations") is None:
        return
    wings: Counter[str] = Counter()
    modules: Counter[str] = Counter()
    for report in (report for reports in terminalreporter.stats.values() for report in reports):
        if isinstance(report, pytest.TestReport):
            module = report.nodeid.partition("::")[0]
            modules[module] += report.duration
            wings[str(Path(module).parent)] += report.duration
    for name, seconds in (("wings", wings), ("modules", modules)):
        terminalreporter.section(f"seconds of {name}")
        for path, taken in seconds.most_common(25):
            terminalreporter.write_line(f"{taken:6.0f}  {path}")


@pytest.fixture(autouse=True)
def no_leftovers() -> Iterator[None]:
    """No test leaves the working directory or the environment changed."""
    here, environment = os.getcwd(), dict(os.environ)
    yield
    assert os.getcwd() == here
    assert {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")} == {
        k: v for k, v in environment.items() if not k.startswith("PYTEST_")
    }
