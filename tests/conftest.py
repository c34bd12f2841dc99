"""A throwaway course for tests that need the real thing: real nbgrader, real kernels, real files."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import nbformat
import pytest
from hypothesis import settings
from nbformat import NotebookNode
from nbgrader.api import Gradebook

from autograder.demo import Material, materials
from tests.without import without

# How long an example takes says how busy the machine is.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

ROOT = Path(__file__).parent.parent
WEEK, LESSON = "week1", "forward_propagation"


@dataclass
class Course:
    """A copy of this course, or of one lesson of it, in a folder of its own, with an empty classroom."""

    root: Path

    @property
    def classroom(self) -> Path:
        return self.root / "classroom"

    def hand_in(self, student: str, content: str | bytes | NotebookNode, name: str = f"{LESSON}.ipynb") -> Path:
        """Put a file into a student's submission to week 1."""
        folder = self.classroom / "submitted" / student / WEEK
        folder.mkdir(parents=True, exist_ok=True)
        if isinstance(content, NotebookNode):
            content = json.dumps(content)  # nbformat would mend some oddities, such as doubled ids
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder / name

    def nbgrader(
        self, *arguments: str, check: bool = True, lacking: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run the real nbgrader in the course, on a machine that lacks these things."""
        command = [str(Path(sys.executable).with_name("nbgrader")), *arguments]
        command = without(lacking, command) if lacking else command
        run = subprocess.run(command, cwd=self.root, capture_output=True, text=True, timeout=600, check=False)
        if check and run.returncode:
            raise AssertionError(f"{' '.join(arguments)} ended with {run.returncode}:\n{run.stdout}\n{run.stderr}")
        return run

    def autograde(
        self, *options: str, check: bool = True, lacking: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run ``nbgrader autograde week1``."""
        return self.nbgrader("autograde", WEEK, *options, check=check, lacking=lacking)

    def scores(self, student: str, lesson: str = LESSON) -> dict[str, float]:
        """A student's scores in a lesson, as the gradebook has them, by exercise."""
        with Gradebook(f"sqlite:///{self.classroom / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission(WEEK, student)
            graded = next(notebook for notebook in submission.notebooks if notebook.name == lesson)
            return {grade.name.removeprefix("check_"): grade.score for grade in graded.grades}

    def verdict(self, student: str, lesson: str = LESSON) -> dict[str, Any]:
        """A student's stored verdict."""
        path = self.classroom / "verdicts" / student / WEEK / f"{lesson}.json"
        return dict(json.loads(path.read_text(encoding="utf-8")))

    def exercise(self, student: str, name: str) -> dict[str, Any]:
        """The verdict on one exercise of a student's."""
        return next(dict(e) for e in self.verdict(student)["exercises"] if e["exercise"] == name)


def without_pictures(notebook: NotebookNode) -> NotebookNode:
    """A copy whose drawing cells draw nothing: of the seconds that a notebook takes, most are theirs."""
    notebook = deepcopy(notebook)
    for cell in notebook.cells:
        if cell.cell_type == "code" and "display(" in cell.source:
            cell.source = "# A picture."
    return notebook


@pytest.fixture(scope="session")
def whole_material() -> Material:
    """What submissions to the lesson are made of: the release, model answers, misconceptions."""
    return next(material for material in materials(ROOT, WEEK) if material.lesson.name == LESSON)


@pytest.fixture(scope="session")
def material(whole_material: Material) -> Material:
    """The same without pictures, as in the course that `make_course` makes."""
    return replace(whole_material, release=without_pictures(whole_material.release))


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from a copy of what it is built from."""
    folder = tmp_path_factory.mktemp("tree")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, folder)
    shutil.copytree(ROOT / "autograder", folder / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    dist = folder / "dist"
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", dist, folder]
    subprocess.run(build, check=True, capture_output=True)
    (built,) = dist.glob("*.whl")
    return built


def make_environment(folder: Path, python: str, requirement: str) -> Path:
    """Make a virtual environment that holds what is required, in our versions, and nothing else; return its Python."""
    subprocess.run([python, "-m", "venv", folder], check=True, capture_output=True)
    made = folder / "bin" / "python"
    install = [made, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", requirement]
    subprocess.run(install, check=True, capture_output=True)
    return made


@pytest.fixture(scope="session")
def make_course() -> Callable[[Path], Course]:
    """Makes a copy of the course in a folder: of one lesson without its pictures, as that is quickly graded, or of all."""

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
