"""A throwaway course of plain nbgrader, without our configuration."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook

WEEK, NOTEBOOK = "week1", "tiny"
# With this line in its configuration, any course runs its notebooks in our kernels.
SANDBOX_LINE = "from autograder.nbgrader_plugin import sandbox; sandbox(c)\n"


def graded_cell(name: str, source: str, points: float) -> NotebookNode:
    """A graded cell of an instructor's."""
    cell = new_code_cell(source, id=name)
    cell.metadata["nbgrader"] = {
        "grade": True,
        "grade_id": name,
        "locked": True,
        "points": points,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    return cell


def answer_cell(name: str, source: str) -> NotebookNode:
    """A cell for an answer."""
    cell = new_code_cell(source, id=name)
    cell.metadata["nbgrader"] = {
        "grade": False,
        "grade_id": name,
        "locked": False,
        "schema_version": 3,
        "solution": True,
        "task": False,
    }
    return cell


@dataclass
class PlainCourse:
    """A course of stock nbgrader with one notebook of one answer and some graded cells."""

    root: Path
    tests: dict[str, str]
    points: float = 2.0

    def make(self) -> None:
        """Write the course and release its assignment."""
        self.root.mkdir(parents=True, exist_ok=True)
        settings = 'c = get_config()\nc.Execute.shutdown_kernel = "immediate"\n'
        (self.root / "nbgrader_config.py").write_text(settings, encoding="utf-8")
        self.write(f"source/{WEEK}/{NOTEBOOK}.ipynb", self.notebook("### BEGIN SOLUTION\n### END SOLUTION"))

    def notebook(self, answer: str) -> NotebookNode:
        """The notebook with an answer."""
        graded = [graded_cell(name, source, self.points) for name, source in self.tests.items()]
        notebook = new_notebook(cells=[answer_cell("answer", answer), *graded])
        notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
        return notebook

    def write(self, path: str, content: str | NotebookNode) -> Path:
        """Write a file below the course."""
        file = self.root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content if isinstance(content, str) else json.dumps(content), encoding="utf-8")
        return file

    def hand_in(self, student: str, content: str | NotebookNode, name: str = f"{NOTEBOOK}.ipynb") -> Path:
        """Put a file into a student's submission."""
        return self.write(f"submitted/{student}/{WEEK}/{name}", content)

    def nbgrader(self, *arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
        """Run stock nbgrader in the course, with another PATH if one is given."""
        program = Path(sys.executable).with_name("nbgrader")
        environment = os.environ | {"PATH": path or f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"}
        return subprocess.run(
            [str(program), *arguments],
            cwd=self.root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    def scores(self, student: str) -> dict[str, float]:
        """A student's scores, by graded cell."""
        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}") as gradebook:
            submission = gradebook.find_submission(WEEK, student)
            return {grade.name: grade.score for notebook in submission.notebooks for grade in notebook.grades}

    def autograded(self, student: str) -> Path:
        """Where a student's graded work lies."""
        return self.root / "autograded" / student / WEEK

    def read(self, student: str) -> NotebookNode:
        """A student's graded notebook."""
        return nbformat.read(self.autograded(student) / f"{NOTEBOOK}.ipynb", as_version=4)
