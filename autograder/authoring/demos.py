"""Whether a lesson's demos can be left out of grading: they may change nothing that other cells share unnamed."""

from __future__ import annotations

import contextlib

from nbformat import NotebookNode

from autograder.lessons.course import Lesson, LessonError
from autograder.source_code.names import SHARED_STATE, Statement, read_names
from autograder.source_code.reach import Unreadable
from autograder.source_code.sharing import Sharing


def check_demos(lesson: Lesson) -> None:
    """Raise `LessonError` if a demo touches global state: settings, NumPy's own generator, files, the environment.

    Grading runs a demo only if its names say that an answer may depend on it. In the setup, the first cell of code,
    all that is allowed: it always runs.
    """
    setup, *others = [cell for cell in lesson.notebook().cells if cell.cell_type == "code"]
    demos = [cell for cell in others if not cell.metadata.get("nbgrader")]
    statements = [(demo, statement) for demo in demos for statement in _read(lesson, demo)]
    everything = [statement for _, statement in statements]
    with contextlib.suppress(Unreadable):
        everything += read_names(setup.source)
    sharing = Sharing(everything)
    imported = {name for statement in everything for name in statement.imports}
    stateful = {name for statement in everything for name in statement.imports - statement.fixed}
    for demo, statement in statements:
        if statement.state:
            raise _refused(lesson, demo, f"It uses {statement.state}.")
    for demo, statement in statements:
        if "*" in statement.binds:
            raise _refused(lesson, demo, "It imports names that its text does not show.")
        if statement.altered and sharing.altered & imported & sharing.seen(statement.names):
            raise _refused(lesson, demo, "It sets an attribute of something that is imported.")
        for name in sorted(statement.names & stateful):
            raise _refused(lesson, demo, f"It uses {name}, which is imported and may keep something for all cells.")
        if SHARED_STATE in sharing.touched([statement]):
            raise _refused(lesson, demo, "It calls a function that touches such state.")


def _read(lesson: Lesson, cell: NotebookNode) -> tuple[Statement, ...]:
    try:
        return read_names(cell.source)
    except Unreadable as reason:
        raise _refused(lesson, cell, str(reason)) from None


def _refused(lesson: Lesson, cell: NotebookNode, reason: str) -> LessonError:
    begin = next((line for line in cell.source.splitlines() if line.strip()), "")
    return LessonError(
        f"{lesson.script}: the demo that begins “{begin}” touches what all cells share. {reason} Grading leaves demos "
        "out, so answers must not depend on that unseen: move it to the setup, the first cell of code."
    )
