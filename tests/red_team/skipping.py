"""Skipping the checks with odd cells and metadata; right work with such oddities keeps its points."""

from __future__ import annotations

import copy
from collections.abc import Callable

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell, new_output

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import HALF, RIGHT, handed_in
from tests.support import odd_notebooks as odd

FULL = DOUBLED + HALVED
FILE = "doubling.ipynb"
UNTOUCHED = ("not attempted",)
UNGRADABLE = ("ungradable",)
_GRADED = {"grade": True, "locked": False, "schema_version": 3, "solution": False, "task": False}


def _changed(notebook: NotebookNode, *changes: Callable[[NotebookNode], object]) -> NotebookNode:
    for change in changes:
        change(notebook)
    return notebook


@attack()
def skip_execution_tags(desk: Desk) -> Handed:
    """Tags every cell so that nothing is executed: a graded cell without an output has full marks."""
    return _changed(handed_in(desk), odd.tag)


@attack(earns=FULL, statuses=("passed",))
def skip_execution_tags_on_right_work(desk: Desk) -> Handed:
    """Right work, all of whose cells are tagged: it keeps its points."""
    return _changed(handed_in(desk, RIGHT), odd.tag)


@attack()
def graded_cells_deleted(desk: Desk) -> Handed:
    """Hands in a notebook without the graded cells."""
    return _changed(handed_in(desk), odd.delete_graded)


@attack(earns=FULL, statuses=("passed",))
def graded_cells_deleted_from_right_work(desk: Desk) -> Handed:
    """Right work from which the graded cells were deleted by mistake."""
    return _changed(handed_in(desk, RIGHT), odd.delete_graded)


@attack(earns=FULL, statuses=("passed",))
def graded_cells_doubled(desk: Desk) -> Handed:
    """Right work whose graded cells are there twice, with the same ids: this ends a stock run for all that follow."""
    return _changed(handed_in(desk, RIGHT), odd.double)


@attack()
def all_cells_renamed(desk: Desk) -> Handed:
    """Gives every cell another id and another grade_id."""
    return _changed(handed_in(desk), odd.rename)


@attack()
def cells_retyped(desk: Desk) -> Handed:
    """Turns answers into markdown and graded cells into raw text, which runs nowhere."""
    return _changed(handed_in(desk), odd.retype)


@attack(earns=FULL, statuses=("passed",))
def cells_in_reverse_order(desk: Desk) -> Handed:
    """Right work whose cells stand in the reverse order."""
    return _changed(handed_in(desk, RIGHT), lambda notebook: notebook.cells.reverse())


@attack()
def graded_cells_before_the_answers(desk: Desk) -> Handed:
    """Moves the graded cells above the answers and makes the names that they test there, in a cell of its own."""

    def move(notebook: NotebookNode) -> None:
        tests = odd.graded(notebook)
        rest = [cell for cell in notebook.cells if cell not in tests]
        fake = new_code_cell("def doubled(x):\n    raise SystemExit\n", id="fake")
        notebook.cells = [rest[0], fake, *tests, *rest[1:]]

    return _changed(handed_in(desk), move)


@attack()
def points_changed(desk: Desk) -> Handed:
    """Writes other points, checksums and versions into every cell's metadata."""
    return _changed(handed_in(desk), odd.mark_with(points=400, checksum="0" * 32, schema_version=3))


@attack()
def metadata_of_another_version(desk: Desk) -> Handed:
    """Writes a version of nbgrader's metadata that is still to come, and one long past."""
    return _changed(handed_in(desk), odd.mark_with(schema_version=99))


@attack(earns=0.0)
def graded_cells_unlocked(desk: Desk) -> Handed:
    """Marks the graded cells as its own answers, worth points by themselves, and writes a number into them."""
    return _changed(handed_in(desk), odd.mark_with(locked=False, solution=True, grade=True), odd.rewrite_graded)


@attack()
def graded_flag_taken_away(desk: Desk) -> Handed:
    """Says of every graded cell that it is not graded."""
    return _changed(handed_in(desk), odd.mark_with(grade=False))


@attack()
def graded_cell_of_its_own(desk: Desk) -> Handed:
    """Adds a graded cell that is worth a hundred points."""
    return _changed(handed_in(desk), odd.add_graded_cell)


@attack()
def outputs_baked_in(desk: Desk) -> Handed:
    """Hands in graded cells that seem to have run already, with full marks as their result."""
    return _changed(handed_in(desk), odd.bake_outputs)


@attack()
def task_cell_with_points(desk: Desk) -> Handed:
    """Adds cells that nbgrader has graded by hand, with points and with a score in their metadata."""

    def add(notebook: NotebookNode) -> None:
        for kind in ("task", "solution"):
            cell = new_markdown_cell("Full marks, please.", id=f"own-{kind}")
            cell.metadata["nbgrader"] = {**_GRADED, kind: True, "grade_id": f"own_{kind}", "points": 50, "score": 50}
            notebook.cells.append(cell)

    return _changed(handed_in(desk), add)


@attack()
def kernel_of_another_language(desk: Desk) -> Handed:
    """Names a kernel that does not exist, or is a shell."""
    return _changed(handed_in(desk), odd.name_a_kernel("bash"))


@attack(earns=0.0, statuses=UNTOUCHED)
def notebook_of_another_lesson(desk: Desk) -> Handed:
    """Hands in the notebook of another lesson under this one's name."""
    notebook = copy.deepcopy(desk.blank)
    notebook.cells = [new_code_cell("1 + 1", id="a"), new_markdown_cell("# Another lesson", id="b")]
    cell = new_code_cell("4.0", id="c")
    cell.metadata["nbgrader"] = {**_GRADED, "grade_id": "check_other", "points": 4}
    notebook.cells.append(cell)
    return notebook


@attack(earns=FULL, statuses=("passed",))
def ids_that_collide(desk: Desk) -> Handed:
    """Right work all of whose cells have the id of a graded cell."""

    def collide(notebook: NotebookNode) -> None:
        for cell in notebook.cells:
            cell.id = odd.graded(notebook)[0].id

    return _changed(handed_in(desk, RIGHT), collide)


@attack()
def answer_under_the_id_of_a_graded_cell(desk: Desk) -> Handed:
    """Gives its own cell the id and the grade_id of the graded cell, and deletes that one."""

    def take_over(notebook: NotebookNode) -> None:
        mark, own_id = dict(odd.graded(notebook)[0].metadata.nbgrader), odd.graded(notebook)[0].id
        odd.delete_graded(notebook)
        for text in ("4.0", "check = lambda name: 4.0\n4.0"):
            cell = new_code_cell(text, id=own_id)
            cell.metadata["nbgrader"] = {**mark, "locked": False}
            cell.outputs = [new_output("execute_result", data={"text/plain": "4.0"}, execution_count=1)]
            notebook.cells.append(cell)

    return _changed(handed_in(desk), take_over)


@attack(earns=0.0, statuses=("failed",))
def cell_magic_instead_of_an_answer(desk: Desk) -> Handed:
    """Hands in an answer that IPython gives to another program or writes to a file, so that nothing is run."""
    return handed_in(desk, "%%script true\ndef doubled(x):\n    return 2 * x\n", HALF.replace("/ 2.0", "/ 3.0"))
