"""Fixtures that tests of every wing use: the course, its lessons, the wheel."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from hypothesis import settings

from autograder.lessons.samples import Material, materials
from tests.support.course import LESSON, ROOT, WEEK, Course, without_pictures

# The time that an example takes shows only how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def whole_material() -> Material:
    """The release, model answers and misconceptions of the lesson, for submissions to it."""
    return next(material for material in materials(ROOT, WEEK) if material.lesson.name == LESSON)


@pytest.fixture(scope="session")
def material(whole_material: Material) -> Material:
    """The same without pictures, as in the course that `make_course` makes."""
    return replace(whole_material, release=without_pictures(whole_material.release))


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


@pytest.fixture(scope="session")
def make_course() -> Callable[[Path], Course]:
    """Copies the course into a folder: by default one lesson without pictures, which is graded quickly, or all."""

    def make(folder: Path, lessons: str = LESSON) -> Course:
        wanted = [
            f"solutions/{WEEK}/{lessons}/*.py",
            *(f"{tree}/{WEEK}/{lessons}.ipynb" for tree in ("source", "release")),
        ]
        for path in (path for pattern in wanted for path in ROOT.glob(pattern)):
            copy = folder / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, copy)
        if lessons == LESSON:
            for notebook in folder.glob(f"*/{WEEK}/{LESSON}.ipynb"):
                nbformat.write(without_pictures(nbformat.read(notebook, as_version=4)), notebook)
        for name in ("pyproject.toml", "nbgrader_config.py"):
            shutil.copy(ROOT / name, folder / name)
        return Course(folder)

    return make


@pytest.fixture
def course(tmp_path: Path, make_course: Callable[[Path], Course]) -> Course:
    """A course with an empty classroom."""
    return make_course(tmp_path)


@pytest.fixture(scope="module")
def class_course(tmp_path_factory: pytest.TempPathFactory, make_course: Callable[[Path], Course]) -> Course:
    """A course with an empty classroom, shared by a module's tests: graded once, looked at many times."""
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(autouse=True)
def no_leftovers() -> Iterator[None]:
    """No test leaves the working directory or the environment changed."""
    here, environment = os.getcwd(), dict(os.environ)
    yield
    assert os.getcwd() == here
    assert {k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")} == {
        k: v for k, v in environment.items() if not k.startswith("PYTEST_")
    }
