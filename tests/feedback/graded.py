"""What a slip gets when it is graded: handed in, rebuilt, run in a sandboxed kernel and checked, as in a class."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import nbformat

from autograder.checks.run import run_checks
from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import NotebookGrading, Terms
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import tier_to_use
from autograder.lessons.samples import Material
from autograder.limits import Limits
from autograder.verdicts.verdict import ExerciseVerdict
from tests.support.course import ROOT


def terms_of_course() -> Terms:
    """The terms on which this course grades, in the strongest sandbox of this machine."""
    return Terms(Limits.of_course(ROOT), FIXED_SECRET, tier_to_use(none_allowed=False, warn=print))


def graded(material: Material, exercise: str, cells: Mapping[str, str], terms: Terms) -> ExerciseVerdict:
    """The verdict on an exercise of a notebook in which the exercises' cells have these texts.

    Exercises above it are graded too if a text for them is given; the others have their model answers.
    """
    lesson = material.lesson
    checks = partial(run_checks, [lesson.public, lesson.hidden])
    with tempfile.TemporaryDirectory(prefix="feedback-") as folder:
        path = Path(folder, f"{lesson.name}.ipynb")
        nbformat.write(material.notebook({**material.answers, **cells}), path)
        rebuilt = rebuild(path, material.release, terms.limits)
    grading = NotebookGrading(rebuilt, lesson, [], terms)
    try:
        verdicts = {one.name: grading.grade(one, checks) for one in lesson.exercises if one.name in cells}
    finally:
        grading.close()
    assert not grading.faults, grading.faults
    return verdicts[exercise]
