"""Answers meant to harm the grading cause no grader fault, gain no point, and cost no other exercise its points."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import best_tier
from autograder.lessons.samples import Material
from autograder.limits import Limits
from autograder.verdicts.verdict import NotebookVerdict
from tests.support.course import LESSON

HEAD = "def doubled(x):\n    "


def graded(folder: Path, material: Material, **answers: str) -> NotebookVerdict:
    """The verdict on a right notebook in which these answers replace the right ones."""
    path = folder / f"{LESSON}.ipynb"
    path.write_text(nbformat.writes(material.notebook({**material.answers, **answers})), encoding="utf-8")
    limits = Limits(cell_seconds=20, call_seconds=2, notebook_seconds=120)
    terms = Terms(limits, FIXED_SECRET, best_tier())
    verdict, fault = grade_notebook(rebuild(path, material.release, limits), material.lesson, "ada", [], terms)
    assert fault == ""
    return verdict


@pytest.mark.parametrize(
    "answer",
    [
        "return {10**5000: 1.0}",
        "import numpy as np\n    return np.random.default_rng(np.random.SeedSequence(2**800_000 - 1))",
        "raise type('Mismatch' * 1000, (Exception,), {'__str__': lambda self: 1 / 0})",
        "return {k * (2**61 - 1): 1 for k in range(20_000)}",
        "import itertools\n    return itertools.count()",
        "a = []\n    a.append(a)\n    return a",
        "class D(dict):\n        def items(self):\n            while True:\n                yield 'a', 1.0\n"
        "    return D(a=1)",
        "import os\n    os.kill(os.getpid(), 9)",
        "import sys\n    sys.setrecursionlimit(10**9)\n    f = lambda: f()\n    f()",
        "exit()",
    ],
)
def test_a_hostile_answer_costs_only_itself(tmp_path: Path, material: Material, answer: str) -> None:
    verdict = graded(tmp_path, material, doubled=HEAD + answer)
    first, *others = verdict.exercises
    assert first.score == 0
    assert first.status != "grader fault"
    assert [e.score for e in others] == [e.points for e in others]
