"""What a cell gives a value: whether it binds a name, and under which name it has an exercise's answer."""

from __future__ import annotations

import ast
from functools import lru_cache

from autograder.source_code.parsing import NotPython, parse


def binds(text: str, name: str) -> bool:
    """Whether a cell gives `name` a value at its top level, by def, class, assignment, import or in any other way."""
    try:
        return name in bound(text)
    except NotPython:
        return False


@lru_cache(maxsize=2048)  # no exception is cached: a cell that may not be read now may be in another notebook
def bound(text: str) -> frozenset[str]:
    """The names to which a cell gives a value at its top level; NotPython if it cannot be parsed."""
    names = _Bound()
    code = parse(text)
    try:
        names.visit(code)
    except (RecursionError, MemoryError):
        return frozenset()
    return frozenset(names.names)


def answer_name(cell: str, exercise: str) -> str:
    """The name that an exercise's cell gives its answer: that of the exercise's function, or of a quiz's variable."""
    if binds(cell, exercise):
        return exercise
    try:
        body = parse(cell).body
    except NotPython:
        return exercise
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    return next((target.id for target in targets if isinstance(target, ast.Name)), exercise)


class _Bound(ast.NodeVisitor):
    """Collects the names that a module's code binds, without those local to functions, classes and comprehensions."""

    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self.names.add(node.id)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.generic_visit(node)

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self.names.add(node.name)
        self._visit(*node.decorator_list, node.args)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self.names.add(node.name)
        self._visit(*node.decorator_list, *node.bases, *node.keywords)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._visit(node.args)

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._visit(node.iter, *node.ifs)

    def visit_alias(self, node: ast.alias) -> None:
        self.names.add(node.asname or node.name.partition(".")[0])

    def visit_ExceptHandler(self, node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar) -> None:
        self.names.add(node.name or "")
        self.generic_visit(node)

    visit_MatchAs = visit_MatchStar = visit_ExceptHandler

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        self.names.add(node.rest or "")
        self.generic_visit(node)

    def _visit(self, *parts: ast.AST) -> None:
        for part in parts:
            self.visit(part)
