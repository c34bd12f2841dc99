"""To which names code gives a value, and which of these to what no use can change; the name of an exercise's answer."""

from __future__ import annotations

import ast
from functools import lru_cache

from autograder.source_code.parsing import NotPython, parse
from autograder.source_code.reach import is_stateless, module_of


def binds(text: str, name: str) -> bool:
    """Whether a cell gives `name` a value at its top level, by def, class, assignment, import or in any other way."""
    try:
        return name in bound(text)
    except NotPython:
        return False


@lru_cache(maxsize=2048)  # no exception is cached: a cell that may not be read now may be in another notebook
def bound(text: str) -> frozenset[str]:
    """The names to which a cell gives a value at its top level; NotPython if it cannot be parsed."""
    bindings = Bindings()
    code = parse(text)
    try:
        bindings.visit(code)
    except (RecursionError, MemoryError):
        return frozenset()
    return frozenset(bindings.binds)


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


class Bindings(ast.NodeVisitor):
    """Which names a statement binds outside its functions, and which of them to what no use can change."""

    def __init__(self) -> None:
        self.binds: set[str] = set()
        self.imports: set[str] = set()
        self.loads: set[str] = set()
        self.fixed: set[str] = set()
        self.containers: set[str] = set()
        self.changed: set[str] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._bind(node.name, fixed=not node.decorator_list and _plain_defaults(node.args))
        self._visit(*node.decorator_list, node.args)

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name, fixed=False)
        self._visit(*node.decorator_list, *node.bases, *node.keywords)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        self._visit(node.args)  # what a function within the statement binds is its own

    def visit_comprehension(self, node: ast.comprehension) -> None:
        self._visit(node.iter, *node.ifs)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]  # "*" binds what no one can say
            module = module_of(node, alias)
            loaded = f"<{module.partition('.')[0]}>"
            self._bind(loaded, fixed=True)
            self.loads.add(loaded)
            self.imports.add(name)
            self._bind(name, fixed=is_stateless(module))

    visit_ImportFrom = visit_Import

    def visit_Assign(self, node: ast.Assign) -> None:
        for target in node.targets:
            if isinstance(target, ast.Name):
                container = isinstance(node.value, ast.Dict | ast.List | ast.Set | ast.Tuple)
                self.containers |= {target.id} if container else set()
                self._bind(target.id, fixed=_unchangeable(node.value))
            else:
                self.visit(target)
        self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        if isinstance(node.ctx, ast.Store):
            self._bind(node.id, fixed=False)

    def visit_ExceptHandler(self, node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self._bind(node.name, fixed=False)
        self.generic_visit(node)

    visit_MatchAs = visit_MatchStar = visit_ExceptHandler

    def visit_MatchMapping(self, node: ast.MatchMapping) -> None:
        if node.rest:
            self._bind(node.rest, fixed=False)
        self.generic_visit(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.generic_visit(node)

    def _visit(self, *parts: ast.AST) -> None:
        for part in parts:
            self.visit(part)

    def _bind(self, name: str, *, fixed: bool) -> None:
        self.binds.add(name)
        (self.fixed if fixed else self.changed).add(name)


def _plain_defaults(arguments: ast.arguments) -> bool:
    return all(_constant(default) for default in [*arguments.defaults, *arguments.kw_defaults] if default is not None)


def _unchangeable(value: ast.expr) -> bool:
    """Whether a value cannot change, or only by other ways of using it than reading."""
    match value:
        case ast.Lambda(args=arguments):
            return _plain_defaults(arguments)
        case ast.Dict(keys=keys, values=values):
            return all(key is not None and _constant(key) for key in keys) and all(map(_part, values))
        case ast.List(elts=values) | ast.Set(elts=values) | ast.Tuple(elts=values):
            return all(map(_part, values))
    return _constant(value)


def _part(value: ast.expr) -> bool:
    """Whether a part of a dict or list cannot change, if the names in it stand for what cannot."""
    match value:
        case ast.Name() | ast.Attribute(value=ast.Name()):
            return True
        case ast.Lambda(args=arguments):
            return _plain_defaults(arguments)
    return _constant(value)


def _constant(value: ast.expr) -> bool:
    """Whether an expression is made of numbers and texts alone, in tuples or not."""
    if isinstance(value, ast.Tuple):
        return all(map(_constant, value.elts))
    if isinstance(value, ast.UnaryOp):
        return _constant(value.operand)
    if isinstance(value, ast.BinOp):
        return _constant(value.left) and _constant(value.right)
    return isinstance(value, ast.Constant)
