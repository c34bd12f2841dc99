"""Which cells of a rebuilt notebook must run for its grade: the student's, and the demos that these may depend on.

A demo, a cell as it was released that is neither setup nor an answer, is left out unless a cell that runs after it may
see the difference: it names something that the demo binds, or an object that the demo may change. No attempt is made
to find out what really changes: any use of a list, say, counts as a change of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from autograder.intake.quarantine import TooMuch, in_quarantine
from autograder.intake.rebuilding import MAGIC_CHARACTERS, is_added
from autograder.source_code.names import MOST_STATEMENTS, SHARED_STATE, read_names
from autograder.source_code.parsing import magics_at_most
from autograder.source_code.reach import Unreadable
from autograder.source_code.sharing import Sharing

if TYPE_CHECKING:  # the quarantine needs neither
    from nbformat import NotebookNode

    from autograder.lessons.course import Exercise

# A notebook with more code is not read for this: all of it runs. The second is its cells times the names in them.
MOST_CHARACTERS = 100_000
MOST_PAIRS = 2_000_000
# Of a processor, for all of it.
SECONDS = 4.0

# What begins a statement or a scope: Python's symbol table takes time for each.
_PART = re.compile(r"[\n;]|\b(?:def|lambda|for)\b")
# A demo that binds names that no one can say, or touches what modules keep for all cells, always runs.
ALWAYS = frozenset({"*", SHARED_STATE})


def setup_of(cells: Iterable[Mapping[str, Any]]) -> Mapping[str, Any] | None:
    """The setup: the first cell of code as it was released; None if there is none."""
    return next((cell for cell in cells if cell["cell_type"] == "code" and not is_added(cell)), None)


def code_cells(cells: Iterable[Mapping[str, Any]]) -> frozenset[int]:
    """The numbers of all cells of code but the graded ones, which never run."""
    return frozenset(
        number for number, cell in enumerate(cells) if cell["cell_type"] == "code" and not _mark(cell, "grade")
    )


def cells_needed(cells: Sequence[NotebookNode], exercises: Iterable[Exercise]) -> frozenset[int]:
    """The numbers of the cells to run for a grade.

    Parameters
    ----------
    cells
        The cells of a rebuilt notebook.
    exercises
        Its lesson's exercises.
    """
    answers = {exercise.check_id: exercise.answer_name for exercise in exercises}
    texts = [{name: cell[name] for name in ("id", "cell_type", "metadata", "source") if name in cell} for cell in cells]
    try:
        return frozenset(in_quarantine(numbers_needed, texts, answers, seconds=SECONDS))
    except TooMuch:
        return code_cells(cells)


def numbers_needed(cells: Sequence[Mapping[str, Any]], answers: Mapping[str, str]) -> list[int]:
    """The same of cells as JSON, with the name of the answer for each graded cell; in the quarantine alone."""
    return sorted(_needed(cells, answers))


def _needed(cells: Sequence[Mapping[str, Any]], answers: Mapping[str, str]) -> frozenset[int]:
    every, setup = code_cells(cells), setup_of(cells)
    texts = [cells[number]["source"] for number in every]
    parts = sum(len(_PART.findall(text)) for text in texts)
    if sum(map(len, texts)) > MOST_CHARACTERS or parts > MOST_STATEMENTS:
        return every
    try:
        with magics_at_most(MAGIC_CHARACTERS):
            # The student's first: one that cannot be read is found without reading the others.
            by_whom = sorted(every, key=lambda number: (not is_added(cells[number]), number))
            code = {number: read_names(cells[number]["source"]) for number in by_whom}
    except Unreadable:
        return every
    statements = [statement for number in sorted(every) for statement in code[number]]
    if len(cells) * sum(len(statement.names) for statement in statements) > MOST_PAIRS:
        return every
    sharing = Sharing(statements)
    seen = {number: sharing.seen(name for s in of_cell for name in s.names) for number, of_cell in code.items()}
    for number, cell in enumerate(cells):
        if _mark(cell, "grade"):  # the checks use the answer there
            seen[number] = sharing.seen({answers.get(cell["metadata"]["nbgrader"]["grade_id"], "")})
    touched = {
        number: sharing.touched(code[number])
        for number in every
        if not (_mark(cells[number], "solution") or is_added(cells[number]) or cells[number] is setup)
    }
    left_out = {number for number, names in touched.items() if not names & ALWAYS}
    while True:
        running = [number for number in seen if number not in left_out]
        more = {d for d in left_out if any(touched[d] & seen[number] for number in running if number > d)}
        if not more:
            return every - left_out
        left_out -= more


def _mark(cell: Mapping[str, Any], mark: str) -> bool:
    return bool(cell["metadata"].get("nbgrader", {}).get(mark))
