"""A lesson's wrong and also-correct functions as the text of notebook cells, and submissions made of such texts."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from nbformat import NotebookNode


def as_cell(module: Path, function: Callable[..., Any], exercise: str, variable: str = "") -> str:
    """The text of a cell in which a student would have written `function` as their answer to `exercise`.

    The module's imports and its unmarked definitions come along, the function's decorators do not. Of a quiz, whose
    answers stand in `variable`, the cell gives that what the function returns.
    """
    kept: list[ast.stmt] = []
    tree = ast.parse(module.read_text(encoding="utf-8"))
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.decorator_list:
            if node.name != function.__name__:
                continue
            node.decorator_list = []
            kept.append(_Renamed(function.__name__, exercise).visit(node))
        elif not (isinstance(node, ast.ImportFrom) and (node.module or "").startswith("autograder")):
            kept.append(node)
    body = _needed(kept, exercise)
    if variable:
        *before, answer = body
        assert isinstance(answer, ast.FunctionDef)
        assert isinstance(answer.body[-1], ast.Return)
        value = answer.body[-1].value or ast.Constant(None)
        body = [*before, *answer.body[:-1], ast.Assign([ast.Name(variable, ast.Store())], value, lineno=0)]
    return ast.unparse(ast.Module(body=body, type_ignores=[]))


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
    """The statements that define `name` and what that needs, imports included, in their order."""
    wanted = {name}
    kept: set[int] = set()
    while True:
        before = len(kept)
        for place, node in enumerate(body):
            if place not in kept and wanted & _defined(node):
                kept.add(place)
                wanted |= {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
        if len(kept) == before:
            return [body[place] for place in sorted(kept)]


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
        The text of an exercise's cell, by exercise; the others stay as they are.
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
