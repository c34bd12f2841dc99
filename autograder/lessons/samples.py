"""Sample submissions: a lesson's model, also-correct and wrong answers, filled into the notebook that students get."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import jupytext
import nbformat
from nbformat import NotebookNode

from autograder.lessons.answers import AlsoCorrect, Misconception, also_correct_in, misconceptions_in
from autograder.lessons.course import Lesson, find_lessons


@dataclass(frozen=True)
class Material:
    """What sample submissions to a lesson are made of: its notebook and script as released, and its model answers."""

    lesson: Lesson
    release: NotebookNode
    assignment: str
    answers: dict[str, str]

    def wrong(self, number: int) -> dict[str, str]:
        """The code of each exercise's misconception with that number, counting round again after the last."""
        module = self.lesson.wrong_answers()
        return {e.name: self._cell(misconceptions_in(module, e.name), number) for e in self.lesson.exercises}

    def right(self, number: int) -> dict[str, str]:
        """The code of each exercise's also-correct answer with that number, counting round again after the last."""
        module = self.lesson.wrong_answers()
        return {e.name: self._cell(also_correct_in(module, e.name), number) for e in self.lesson.exercises}

    def notebook(self, answers: Mapping[str, str]) -> NotebookNode:
        """The released notebook with answers filled in."""
        return filled_in(self.release, answers)

    def script(self, answers: Mapping[str, str]) -> str:
        """The script that students get, with answers filled in."""
        script = jupytext.reads(self.assignment, fmt="py:percent")
        return str(jupytext.writes(filled_in(script, answers), fmt="py:percent"))

    def first(self, change: Callable[[str], str]) -> str:
        """The text of a right notebook in which only the code of the first exercise is changed."""
        name = self.lesson.exercises[0].name
        return text_of(self.notebook({**self.answers, name: change(self.answers[name])}))

    def _cell(self, answers: Sequence[Misconception | AlsoCorrect], number: int) -> str:
        answer = answers[number % len(answers)]
        variable = self.lesson.exercise(answer.exercise).variable
        return as_cell(self.lesson.folder / "misconceptions.py", answer.function, answer.exercise, variable)


def materials(root: Path, week: str) -> list[Material]:
    """The material for each lesson of a week; the course's trees must be built."""
    return [_read_material(root, lesson) for lesson in find_lessons(root) if lesson.week == week]


def _read_material(root: Path, lesson: Lesson) -> Material:
    trees = (root / tree / lesson.week / f"{lesson.name}.ipynb" for tree in ("source", "release"))
    source, release = (nbformat.read(path, as_version=4) for path in trees)
    script = (root / "assignments" / lesson.week / f"{lesson.name}.py").read_text(encoding="utf-8")
    return Material(lesson, release, script, model_answers(source))


def as_cell(module: Path, function: Callable[..., Any], exercise: str, variable: str = "") -> str:
    """The text of a cell in which a student would have written `function` as their answer to `exercise`.

    It includes the imports and undecorated definitions that the function needs, and leaves out its decorators. In a
    quiz, the cell assigns what the function returns to `variable`.
    """
    statements: list[ast.stmt] = []
    for node in _parsed(module.read_text(encoding="utf-8")).body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.decorator_list:
            if node.name != function.__name__:
                continue
            own = copy.deepcopy(node)
            own.decorator_list = []
            statements.append(_Renamed(function.__name__, exercise).visit(own))
        elif not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder")):
            statements.append(node)
    body = _needed(statements, exercise)
    if variable:
        *before, answer = body
        assert isinstance(answer, ast.FunctionDef)
        assert isinstance(answer.body[-1], ast.Return)
        value = answer.body[-1].value or ast.Constant(None)
        body = [*before, *answer.body[:-1], ast.Assign([ast.Name(variable, ast.Store())], value, lineno=0)]
    return ast.unparse(ast.Module(body=body, type_ignores=[]))


@lru_cache(maxsize=4)  # a lesson has dozens of answers in one long file
def _parsed(text: str) -> ast.Module:
    return ast.parse(text)


class _Renamed(ast.NodeTransformer):
    """Gives a function another name, in its definition and where it calls itself."""

    def __init__(self, old: str, new: str) -> None:
        self._old, self._new = old, new

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self._new if node.name == self._old else node.name
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._new if node.id == self._old else node.id
        return node


def _needed(body: list[ast.stmt], name: str) -> list[ast.stmt]:
    """The statements that define `name` and what it needs, imports included, in order."""
    wanted = {name}
    needed: set[int] = set()
    while True:
        before = len(needed)
        for number, node in enumerate(body):
            if number not in needed and wanted & _defined(node):
                needed.add(number)
                wanted |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        if len(needed) == before:
            return [body[number] for number in sorted(needed)]


def _defined(node: ast.stmt) -> set[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return {node.name}
    if isinstance(node, ast.Import | ast.ImportFrom):
        return {(alias.asname or alias.name).split(".")[0] for alias in node.names}
    return {n.id for n in ast.walk(node) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}


def filled_in(release: NotebookNode, answers: Mapping[str, str]) -> NotebookNode:
    """The released notebook with these answers in their cells: what an honest student hands in.

    Parameters
    ----------
    release
        The notebook as students get it.
    answers
        The text of an exercise's cell, by exercise; all other cells stay as they are.
    """
    notebook = copy.deepcopy(release)
    for cell in notebook.cells:
        name = cell.metadata.get("nbgrader", {}).get("grade_id", "")
        if name in answers:
            cell.source = answers[name]
    return notebook


def model_answers(source: NotebookNode) -> dict[str, str]:
    """The model answers of a solved notebook, by exercise."""
    cells = [cell for cell in source.cells if cell.metadata.get("nbgrader", {}).get("solution")]
    return {cell.metadata.nbgrader.grade_id: cell.source for cell in cells}


def text_of(notebook: NotebookNode) -> str:
    """The notebook as the text of a file."""
    return str(nbformat.writes(notebook))
