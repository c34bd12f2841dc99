"""In a graded kernel, too, a warning of NumPy costs points, and one that the student's cell ignores costs none."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import best_tier
from autograder.lessons.samples import materials
from autograder.limits import Limits
from tests.support.course import ROOT, WEEK

SIGMOID = "import warnings\n{}\ndef sigmoid(z):\n    return 1 / (1 + np.exp(-1.0 * np.asarray(z)))\n"
IGNORED = {
    "nothing": ("", "overflow warning"),
    "all": ("warnings.filterwarnings('ignore')", None),
    "a message": ("warnings.filterwarnings('ignore', message='overflow')", None),
}


@pytest.mark.parametrize("what", IGNORED)
def test_whether_numpy_warns(what: str, tmp_path: Path) -> None:
    line, mistake = IGNORED[what]
    material = next(m for m in materials(ROOT, WEEK) if m.lesson.name == "artificial_neuron")
    path = tmp_path / "artificial_neuron.ipynb"
    notebook = material.notebook({**material.answers, "sigmoid": SIGMOID.format(line)})
    path.write_text(nbformat.writes(notebook), encoding="utf-8")
    terms = Terms(Limits(), FIXED_SECRET, best_tier())
    verdict, fault = grade_notebook(rebuild(path, material.release, Limits()), material.lesson, "ada", [], terms)
    assert fault == ""
    (sigmoid,) = (exercise for exercise in verdict.exercises if exercise.exercise == "sigmoid")
    assert sigmoid.misconception == mistake
    assert (sigmoid.score == sigmoid.points) == (mistake is None)
