"""A text that takes a parser minutes costs its own cell, or its own submission; it delays nobody."""

from __future__ import annotations

import json
from pathlib import Path

import jupytext
import pytest
from nbformat import NotebookNode

from autograder.grading.needed import cells_needed, code_cells
from autograder.intake.reading import TOO_MUCH, Ungradable, read_cells
from autograder.intake.rebuild import Rebuilt, rebuild
from autograder.lessons.samples import Material
from autograder.limits import Limits
from tests.support import odd_notebooks as odd
from tests.support.course import FULL

ABOVE, EXERCISE = FULL
LONG = 190_000


def rebuilt(folder: Path, material: Material, notebook: NotebookNode) -> Rebuilt:
    path = folder / "lesson.ipynb"
    path.write_text(json.dumps(notebook))
    return rebuild(path, material.release, Limits())


@pytest.mark.parametrize(
    "text",
    ["a" * LONG + " ?", "a." * (LONG // 2) + "a??", ";" * LONG, "a" * LONG + "\\\n?", ("a" * 1_000 + "?\n") * 190],
    ids=["help", "dots", "semicolons", "continued", "lines"],
)
def test_a_cell_that_ipython_reads_for_minutes_costs_its_own_exercise(
    tmp_path: Path, material: Material, text: str
) -> None:
    notebook = odd.right(material)
    odd.solutions(notebook)[-1].source = text
    result = rebuilt(tmp_path, material, notebook)
    sources = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in result.notebook.cells}
    assert sources[ABOVE] == material.answers[ABOVE]
    assert sources[EXERCISE] == text
    assert set(result.not_python) <= {EXERCISE}
    assert (result.ungradable, result.not_attempted) == ("", {})
    assert cells_needed(result.notebook.cells, []) <= code_cells(result.notebook.cells)


def test_a_marker_with_very_long_options_is_read(tmp_path: Path, material: Material) -> None:
    path = tmp_path / "lesson.py"
    script = jupytext.writes(odd.right(material), fmt="py:percent")
    path.write_text(f"{script}\n# %% {'a= b' * 100_000}\nx = 1\n")
    assert read_cells(path, Limits())[-1].text == "x = 1"


@pytest.mark.long
def test_a_file_that_takes_too_much_time_or_memory_is_ungradable(tmp_path: Path, material: Material) -> None:
    path = tmp_path / "lesson.ipynb"
    path.write_text('{"nbformat": 4, "cells": [], "more": [' + "[]," * 17_000_000 + "[]]}")
    with pytest.raises(Ungradable) as error:
        read_cells(path, Limits())
    result = rebuild(path, material.release, Limits())
    assert str(error.value) == result.ungradable == TOO_MUCH.format(name="lesson.ipynb")
    assert result.notebook == material.release
