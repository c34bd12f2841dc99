"""Which cells of a rebuilt notebook must run for its grade: the student's, and the demos that these may depend on.

A demo, a cell as it was released that is neither setup nor an answer, is left out unless a cell that runs after it may
see the difference: it names something that the demo binds, or an object that the demo may change. No attempt is made
to find out what really changes: any use of a list, say, counts as a change of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from nbformat import NotebookNode

from autograder.intake.rebuild import is_added
from autograder.lessons.course import Exercise
from autograder.source_code.names import ANY_FUNCTION, SHARED_STATE, Statement, read_names
from autograder.source_code.reach import Unreadable

# A notebook with more code is not read for this: all of it runs. The second is its cells times the names in them.
MOST_CHARACTERS = 100_000
MOST_PAIRS = 2_000_000


def setup_of(cells: Iterable[NotebookNode]) -> NotebookNode | None:
    """The setup: the first cell of code as it was released; None if there is none."""
    return next((cell for cell in cells if cell.cell_type == "code" and not is_added(cell)), None)


def code_cells(cells: Iterable[NotebookNode]) -> frozenset[int]:
    """The numbers of all cells of code but the graded ones, which never run."""
    return frozenset(
        number for number, cell in enumerate(cells) if cell.cell_type == "code" and not _mark(cell, "grade")
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
    every, setup = code_cells(cells), setup_of(cells)
    if sum(len(cells[number].source) for number in every) > MOST_CHARACTERS:
        return every
    try:
        code = {number: read_names(cells[number].source) for number in sorted(every)}
    except Unreadable:
        return every
    statements = [statement for of_cell in code.values() for statement in of_cell]
    if len(cells) * sum(len(statement.names) for statement in statements) > MOST_PAIRS:
        return every
    sharing = _Sharing(statements)
    answers = {exercise.check_id: exercise.answer_name for exercise in exercises}
    seen = {number: sharing.seen(_union(s.names for s in of_cell)) for number, of_cell in code.items()}
    for number, cell in enumerate(cells):
        if _mark(cell, "grade"):  # the checks use the answer there
            seen[number] = sharing.seen({answers.get(cell.metadata["nbgrader"]["grade_id"], "")})
    touched = {
        number: sharing.touched(code[number])
        for number in every
        if not (_mark(cells[number], "solution") or is_added(cells[number]) or cells[number] is setup)
    }
    left_out = set(touched)
    while True:
        running = [number for number in seen if number not in left_out]
        more = {d for d in left_out if any(touched[d] & seen[number] for number in running if number > d)}
        if not more:
            return every - left_out
        left_out -= more


def _mark(cell: NotebookNode, mark: str) -> bool:
    return bool(cell.metadata.get("nbgrader", {}).get(mark))


def _union(sets: Iterable[Iterable[str]]) -> set[str]:
    return {name for names in sets for name in names}


class _Sharing:
    """What the names of a notebook have to do with each other.

    A name leads to all names in the statements that bind it: what its function uses, what it was computed from. One
    whose object may change leads to all names in statements that mention it, as they may change the object, be part
    of it or have it as a part.
    """

    def __init__(self, statements: Sequence[Statement]) -> None:
        binding: dict[str, list[Statement]] = {}
        mentioning: dict[str, list[Statement]] = {}
        for statement in statements:
            for name in statement.binds:
                binding.setdefault(name, []).append(statement)
            for name in statement.names:
                mentioning.setdefault(name, []).append(statement)
        altered = _union(statement.altered for statement in statements)
        altered |= _union(s.loads for name in altered for s in binding.get(name, ()) if name in s.imports)
        looked_at = _union(statement.looked_at for statement in statements)
        if ANY_FUNCTION in altered:
            looked_at |= set(binding)
        self._changeable = {SHARED_STATE} | {
            name
            for name, of_name in binding.items()
            if name in altered
            or any(name not in s.fixed or (name in looked_at and name not in s.imports | s.loads) for s in of_name)
        }
        self._leads_to = binding | {name: mentioning.get(name, []) for name in self._changeable}

    def seen(self, names: Iterable[str]) -> set[str]:
        """The names whose value matters to code with these names."""
        reached: set[str] = set()
        read: set[int] = set()
        waiting = list(names)
        while waiting:
            name = waiting.pop()
            if name in reached:
                continue
            reached.add(name)
            for statement in self._leads_to.get(name, ()):
                if id(statement) not in read:
                    read.add(id(statement))
                    waiting += statement.names
        return reached

    def touched(self, statements: Iterable[Statement]) -> set[str]:
        """The names that statements bind, and those whose objects they may change."""
        names = _union((*statement.names, *statement.texts) for statement in statements)
        return _union(statement.binds for statement in statements) | (self.seen(names) & self._changeable)
