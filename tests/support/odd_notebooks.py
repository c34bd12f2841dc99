"""Odd notebooks for tests with real nbgrader: right or wrong ones, with changes that stock nbgrader falls for."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_output

from autograder.lessons.samples import Material


def right(material: Material) -> NotebookNode:
    """The model answers."""
    return material.notebook(material.answers)


def wrong(material: Material) -> NotebookNode:
    """An answer of None to every exercise: worth nothing."""
    return material.notebook({name: f"def {name}(*args, **kwargs):\n    return None\n" for name in material.answers})


def wrong_with(material: Material, code: str) -> NotebookNode:
    """A wrong notebook whose cells also run `code`, once at each exercise."""
    notebook = wrong(material)
    for cell in solutions(notebook):
        cell.source += f"\n{code}\n"
    return notebook


def graded(notebook: NotebookNode) -> list[NotebookNode]:
    """The graded cells."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]


def solutions(notebook: NotebookNode) -> list[NotebookNode]:
    """The cells for answers."""
    return [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("solution")]


def marks(notebook: NotebookNode) -> Iterator[NotebookNode]:
    """What nbgrader keeps in the cells' metadata."""
    return (cell.metadata.nbgrader for cell in notebook.cells if "nbgrader" in cell.metadata)


def changed(notebook: NotebookNode, change: Callable[[NotebookNode], object]) -> NotebookNode:
    """The notebook, changed."""
    change(notebook)
    return notebook


def tag(notebook: NotebookNode) -> None:
    """Tag every cell so that nbclient leaves it out."""
    for cell in notebook.cells:
        cell.metadata["tags"] = ["skip-execution"]


def double(notebook: NotebookNode) -> None:
    """Double every graded cell, with its id and its mark."""
    notebook.cells = [
        copy.deepcopy(c) for cell in notebook.cells for c in [cell] * (2 if cell in graded(notebook) else 1)
    ]


def delete_graded(notebook: NotebookNode) -> None:
    """Delete every graded cell."""
    gone = graded(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell not in gone]


def mark_with(**values: object) -> Callable[[NotebookNode], None]:
    """Change these values in every mark of nbgrader's that has them."""

    def change(notebook: NotebookNode) -> None:
        for mark in marks(notebook):
            mark.update({name: value for name, value in values.items() if name in mark})

    return change


def rename(notebook: NotebookNode) -> None:
    """Give every cell another id and another ``grade_id``."""
    for number, cell in enumerate(notebook.cells):
        cell.id = f"mine-{number}"
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.grade_id = f"mine_{number}"


def retype(notebook: NotebookNode) -> None:
    """Turn the cells for answers into markdown, and the graded ones into raw cells."""
    for cell in solutions(notebook):
        cell.cell_type = "markdown"
    for cell in graded(notebook):
        cell.cell_type = "raw"


def rewrite_graded(notebook: NotebookNode) -> None:
    """Replace the graded cells with a score."""
    for cell in graded(notebook):
        cell.source = "3.0"


def bake_outputs(notebook: NotebookNode) -> None:
    """Hand in the graded cells with outputs that say full marks."""
    for cell in graded(notebook):
        cell.outputs = [new_output("execute_result", data={"text/plain": "3.0"}, execution_count=1)]
        cell.execution_count = 1


def add_graded_cell(notebook: NotebookNode) -> None:
    """Add a graded cell of the student's own, worth a hundred points."""
    cell = new_code_cell("100.0", id="bonus")
    cell.metadata["nbgrader"] = {
        "grade": True,
        "grade_id": "bonus",
        "locked": False,
        "points": 100,
        "schema_version": 3,
        "solution": False,
        "task": False,
    }
    notebook.cells.append(cell)


def name_a_kernel(name: str) -> Callable[[NotebookNode], None]:
    """Name another kernel than the course's."""

    def change(notebook: NotebookNode) -> None:
        notebook.metadata["kernelspec"] = {"name": name, "display_name": name, "language": "cobol"}

    return change


def reach_across(notebook: NotebookNode) -> None:
    """Update and clear, from the last cell, what every cell above has displayed."""
    for number, cell in enumerate(solutions(notebook)):
        cell.source += (
            f"\nfrom IPython.display import display\nhandle = display('mine', display_id='handle-{number}')\n"
        )
    for cell in graded(notebook):
        cell.outputs = [new_output("display_data", data={"text/plain": "mine"}, metadata={})]
    code = (
        "from IPython.display import clear_output, display, update_display\n"
        "for number in range(5):\n    update_display('Score: 3 / 3', display_id=f'handle-{number}')\n"
        "clear_output()\nclear_output(wait=True)\nprint('3.0')\n3.0"
    )
    notebook.cells.append(new_code_cell(code, id="reach"))


def half_surrogates(notebook: NotebookNode) -> str:
    """The notebook's text with half surrogates in a cell and in metadata: JSON that cannot be written as UTF-8."""
    document = json.loads(nbformat.writes(notebook))
    document["metadata"]["title"] = "\ud800"
    document["cells"].append(
        {
            "cell_type": "code",
            "id": "half",
            "metadata": {"\udfff": "\ud800"},
            "outputs": [],
            "execution_count": None,
            "source": "word = 'a\ud800b'",
        }
    )
    return json.dumps(document)


def odd_metadata(notebook: NotebookNode) -> str:
    """The notebook's text with metadata of the wrong kinds everywhere."""
    document = json.loads(nbformat.writes(notebook))
    document["metadata"] = {"kernelspec": [], "celltoolbar": {"a": None}, "nbgrader": 7}
    for cell in document["cells"]:
        cell["metadata"] = {**cell["metadata"], "tags": 5, "jupyter": [None], "collapsed": "yes"}
        cell["attachments"] = {"a.svg": {"image/svg+xml": "<svg onload='alert(1)'/>"}}
    return json.dumps(document)
