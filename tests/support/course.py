"""A throwaway course with a classroom, for tests that need the real thing: real nbgrader, real kernels, real files."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from tests.support.building_on import BUILDING
from tests.support.without import without

ROOT = Path(__file__).parent.parent.parent
# The lesson that tests of the engine hand in, and its exercises with their points.
WEEK, LESSON = BUILDING.week, BUILDING.name
FULL = {"doubled": 4.0, "summed": 3.0}
FIRST, SECOND = FULL


@dataclass
class Course:
    """A course in a folder of its own, with an empty classroom; most is asked about one lesson of it."""

    root: Path
    lesson: str = LESSON
    week: str = WEEK

    @property
    def classroom(self) -> Path:
        return self.root / "classroom"

    def hand_in(self, student: str, content: str | bytes | NotebookNode, name: str = "") -> Path:
        """Put a file into a student's submission, by default the lesson's notebook."""
        name = name or f"{self.lesson}.ipynb"
        folder = self.classroom / "submitted" / student / self.week
        folder.mkdir(parents=True, exist_ok=True)
        if isinstance(content, NotebookNode):
            content = json.dumps(content)  # nbformat would repair some oddities, such as doubled ids
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
        return folder / name

    def nbgrader(
        self, *arguments: str, check: bool = True, lacking: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run the real nbgrader in the course, on a machine that lacks these things."""
        command = [str(Path(sys.executable).with_name("nbgrader")), *arguments]
        command = without(lacking, command) if lacking else command
        run = subprocess.run(command, cwd=self.root, capture_output=True, text=True, timeout=1800, check=False)
        if check and run.returncode:
            raise AssertionError(f"{' '.join(arguments)} ended with {run.returncode}:\n{run.stdout}\n{run.stderr}")
        return run

    def autograde(
        self, *options: str, check: bool = True, lacking: tuple[str, ...] = ()
    ) -> subprocess.CompletedProcess[str]:
        """Run ``nbgrader autograde`` on the week."""
        return self.nbgrader("autograde", self.week, *options, check=check, lacking=lacking)

    def scores(self, student: str, lesson: str = "") -> dict[str, float]:
        """A student's scores in a lesson, by default the course's own, as the gradebook has them, by exercise."""
        from nbgrader.api import Gradebook  # takes seconds, which tests without a class do without

        with Gradebook(f"sqlite:///{self.classroom / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission(self.week, student)
            graded = next(notebook for notebook in submission.notebooks if notebook.name == (lesson or self.lesson))
            return {grade.name.removeprefix("check_"): grade.score for grade in graded.grades}

    def verdict(self, student: str, lesson: str = "") -> dict[str, Any]:
        """A student's stored verdict."""
        path = self.classroom / "verdicts" / student / self.week / f"{lesson or self.lesson}.json"
        return dict(json.loads(path.read_text(encoding="utf-8")))

    def exercise(self, student: str, name: str) -> dict[str, Any]:
        """The verdict on one exercise of a student's."""
        return next(dict(e) for e in self.verdict(student)["exercises"] if e["exercise"] == name)


def copied(origin: Path, folder: Path, lesson: str = LESSON, week: str = WEEK) -> Course:
    """A copy of a week of a built course: its lessons and their notebooks, with the kit's own settings."""
    for tree in ("solutions", "source", "release"):
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(origin / tree / week, folder / tree / week, ignore=ignored)
    for settings in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / settings, folder)
    return Course(folder, lesson, week)


def make_environment(folder: Path, python: str, requirement: str) -> Path:
    """Create a virtual environment with this requirement alone, in our versions; return its Python."""
    subprocess.run([python, "-m", "venv", folder], check=True, capture_output=True)
    inside = folder / "bin" / "python"
    install = [inside, "-m", "pip", "install", "--quiet", "-c", ROOT / "constraints.txt", requirement]
    subprocess.run(install, check=True, capture_output=True)
    return inside
