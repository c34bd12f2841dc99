"""Limits cut what a student added, and never a cell that is graded."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_markdown_cell, new_output, new_raw_cell

from autograder.intake.limiting import NOTE_CHARACTERS, SOURCE_TOTAL
from autograder.intake.rebuild import Rebuilt, rebuild
from autograder.lessons.samples import Material
from autograder.limits import Limits
from tests.support import odd_notebooks as odd
from tests.support.course import FULL

ABOVE, EXERCISE = FULL
PICTURE = "![a picture](data:image/png;base64," + "A" * 180_000 + ")"


def rebuilt(folder: Path, material: Material, notebook: NotebookNode) -> Rebuilt:
    path = folder / "lesson.ipynb"
    path.write_text(json.dumps(notebook))
    return rebuild(path, material.release, Limits())


def answers(result: Rebuilt, material: Material) -> dict[str, str]:
    marks = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in result.notebook.cells}
    return {name: marks[name] for name in material.answers}


def added(result: Rebuilt) -> list[str]:
    return [cell.source for cell in result.notebook.cells if cell.id.startswith("added-")]


def on_top(notebook: NotebookNode, cells: list[Any]) -> None:
    notebook.cells[1:1] = cells


def cells_of(text: str, number: int) -> list[dict[str, Any]]:
    return [code(text.format(n=n), f"c{n}") for n in range(number)]


def code(text: str, own_id: str) -> dict[str, Any]:
    """A cell, made without nbformat, which takes seconds to validate thousands of them."""
    return {"cell_type": "code", "id": own_id, "metadata": {}, "outputs": [], "execution_count": None, "source": text}


def very_many(notebook: NotebookNode) -> None:
    on_top(notebook, cells_of("a{n} = {n}", 20_000))


def very_many_in_between(notebook: NotebookNode) -> None:
    chance = random.Random(3)
    for cell in cells_of("a{n} = {n}", 3_000):
        notebook.cells.insert(chance.randrange(1, len(notebook.cells)), cell)


def pictures(notebook: NotebookNode) -> None:
    on_top(notebook, [new_markdown_cell(PICTURE, id=f"p{n}") for n in range(12)])


def raw_cells(notebook: NotebookNode) -> None:
    on_top(notebook, [new_raw_cell("x" * 400_000, id=f"p{n}") for n in range(12)])


def long_code(notebook: NotebookNode) -> None:
    on_top(notebook, cells_of("'''" + "x" * 190_000 + "'''", 8))


def longer_code(notebook: NotebookNode) -> None:
    on_top(notebook, cells_of("'''" + "x" * 400_000 + "'''", 8))


def many_magics(notebook: NotebookNode) -> None:
    on_top(notebook, cells_of("!a\n" * 500, 100))


def no_cells(notebook: NotebookNode) -> None:
    on_top(notebook, [None, {}, 3, "x"] * 5_000)


def large_outputs(notebook: NotebookNode) -> None:
    numbers = {"z": [[0, 1] for _ in range(1_500_000)]}
    notebook.cells[2].outputs = [new_output("display_data", data={"application/vnd.plotly.v1+json": numbers})]


def very_many_stubs(notebook: NotebookNode) -> None:
    stub = copy.deepcopy(odd.solutions(notebook)[0])
    stub.source = "raise NotImplementedError"
    on_top(notebook, [{**stub, "id": f"c{n}"} for n in range(5_000)])


def very_long_answers(notebook: NotebookNode) -> None:
    for cell in odd.solutions(notebook):
        cell.source += "\n'''" + "x" * 180_000 + "'''"
    on_top(notebook, cells_of("'''" + "x" * 190_000 + "'''", 8))


def lost_marks(notebook: NotebookNode) -> None:
    for cell in odd.solutions(notebook):
        cell.metadata = {}
        cell.id = "lost-" + cell.id
    on_top(notebook, cells_of(f"print({EXERCISE}([{{n}}]))", 20_000))


@pytest.mark.parametrize(
    "change",
    [
        very_many, very_many_in_between, pictures, raw_cells, long_code, longer_code, many_magics, no_cells,
        large_outputs, very_many_stubs, very_long_answers, lost_marks,
    ],
)  # fmt: skip
def test_every_answer_is_kept(tmp_path: Path, material: Material, change: Callable[[NotebookNode], object]) -> None:
    notebook = odd.right(material)
    change(notebook)
    result = rebuilt(tmp_path, material, notebook)
    assert result.ungradable == ""
    assert {name: text.partition("\n'''")[0] for name, text in answers(result, material).items()} == material.answers
    assert (result.not_attempted, result.not_python) == ({}, {})
    assert len(result.notebook.cells) <= len(material.release.cells) + Limits().cells
    assert sum(map(len, added(result))) <= SOURCE_TOTAL + NOTE_CHARACTERS
    assert len(result.findings) <= 1 + len(material.answers)


def test_one_finding_says_what_was_left_out(tmp_path: Path, material: Material) -> None:
    notebook = odd.right(material)
    very_many(notebook)
    result = rebuilt(tmp_path, material, notebook)
    assert len(result.findings) == 1
    assert result.findings[0].startswith("19,000 of the cells that you added were left out, beginning with cell 1,002")


def test_what_is_kept_stays_in_its_order(tmp_path: Path, material: Material) -> None:
    notebook = odd.right(material)
    very_many_in_between(notebook)
    result = rebuilt(tmp_path, material, notebook)
    wanted = [cell["source"] for cell in notebook.cells if cell["cell_type"] == "code"]
    actual = [cell.source for cell in result.notebook.cells if cell.cell_type == "code"]
    assert [text for text in wanted if text in set(actual)] == actual
    assert len(added(result)) == Limits().cells


def test_a_pasted_picture_counts_as_the_little_that_is_kept_of_it(tmp_path: Path, material: Material) -> None:
    notebook = odd.right(material)
    pictures(notebook)
    on_top(notebook, cells_of("'''" + "x" * 190_000 + "'''", 4))
    result = rebuilt(tmp_path, material, notebook)
    assert len(added(result)) == 16
    assert result.findings == []


def test_of_many_copies_the_last_that_was_worked_on_counts(tmp_path: Path, material: Material) -> None:
    notebook = odd.right(material)
    answer = odd.solutions(notebook)[-1]
    at = notebook.cells.index(answer)
    copies = [{**answer, "source": f"def {EXERCISE}(x):\n    return {n}", "id": f"c{n}"} for n in range(3_000)]
    notebook.cells[at + 1 : at + 1] = copies
    notebook.cells[at:at] = copies
    result = rebuilt(tmp_path, material, notebook)
    assert answers(result, material)[EXERCISE].endswith("return 2999")
    assert len(added(result)) == Limits().cells
