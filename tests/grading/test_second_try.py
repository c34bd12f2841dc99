"""Hidden numbers depend on everything that is handed in: those seen in one grading are of no use in another."""

from __future__ import annotations

from pathlib import Path

import nbformat

from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import NotebookGrading, Terms
from autograder.intake.rebuild import rebuild
from autograder.kernels.warm import best_tier
from autograder.lessons.samples import Material
from autograder.limits import Limits
from tests.support.course import LESSON


def seed(material: Material, notebook: Path, files: dict[Path, str]) -> int:
    """The seed of a check for this notebook with these files beside it."""
    for path, text in files.items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    terms = Terms(Limits(), FIXED_SECRET, best_tier())
    rebuilt = rebuild(notebook, material.release, Limits())
    return NotebookGrading(rebuilt, material.lesson, list(files), terms).subject.seed("hidden::test_a_table")


def test_other_data_files_mean_other_numbers_and_the_same_files_the_same_numbers(
    tmp_path: Path, material: Material
) -> None:
    notebook = tmp_path / f"{LESSON}.ipynb"
    notebook.write_text(nbformat.writes(material.notebook(material.answers)), encoding="utf-8")
    handed_in = {
        "alone": {},
        "with a file": {tmp_path / "a.csv": "1"},
        "of other content": {tmp_path / "a.csv": "2"},
        "of another name": {tmp_path / "b.csv": "1"},
        "with one more": {tmp_path / "a.csv": "1", tmp_path / "b.csv": ""},
    }
    seeds = {how: seed(material, notebook, files) for how, files in handed_in.items()}
    assert len(set(seeds.values())) == len(handed_in)
    elsewhere = {tmp_path / "other" / "a.csv": "1"}
    assert seed(material, notebook, elsewhere) == seeds["with a file"]
    assert seed(material, notebook, {}) == seeds["alone"]
