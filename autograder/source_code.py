"""Reads students' code without running it: whether it is the stub, parses, or defines a name."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import lru_cache

# The error that an answer raises until the student replaces it.
PLACEHOLDER = "Replace this line with your answer."


class NotPython(Exception):
    """Code that Python cannot parse: the message says why, and in which line."""


def parse(text: str) -> ast.Module:
    """Parse a notebook cell, IPython's magics included.

    Raises
    ------
    NotPython
        If it cannot be parsed, or is nested too deeply.
    """
    plain = _plain(text)
    if isinstance(plain, ast.Module):
        return plain
    # Only if it is not plain Python (magics, a cell that is indented as a whole): IPython's reader reads the cell again
    # for each line that may be a magic, and takes minutes over a hostile one.
    readings = len(text) * max(1, len(_MAGIC.findall(text)))
    limit = _readings.get()
    if readings > MOST_READ or (limit is not None and not limit.allow(text, readings)):
        raise plain
    read = _by_ipython(text)
    if isinstance(read, ast.Module):
        return read
    raise plain


@contextmanager
def magics_at_most(characters: int) -> Iterator[None]:
    """Within, IPython's reader reads at most so many characters; a cell's count each time that it is read."""
    token = _readings.set(_Readings(characters))
    try:
        yield
    finally:
        _readings.reset(token)


class _Readings:
    """How many characters IPython's reader may still read."""

    def __init__(self, left: int) -> None:
        self._left = left
        self._allowed: set[str] = set()

    def allow(self, text: str, readings: int) -> bool:
        if text not in self._allowed and readings <= self._left:
            self._left -= readings
            self._allowed.add(text)
        return text in self._allowed


_readings: ContextVar[_Readings | None] = ContextVar("_readings", default=None)


@lru_cache(maxsize=512)
def _plain(text: str) -> ast.Module | NotPython:
    try:
        return _parsed(text)
    except NotPython as error:
        return error


@lru_cache(maxsize=512)
def _by_ipython(text: str) -> ast.Module | None:
    from IPython.core.inputtransformer2 import TransformerManager

    try:
        return _parsed(TransformerManager().transform_cell(text))
    except Exception:  # a hostile text can make IPython's reader raise anything
        return None


# Lines that IPython's reader may take for more than Python: magics, help, commands, and calls without brackets.
_MAGIC = re.compile(r"^[ \t]*[%!?,;/]|\?[ \t]*$|=[ \t]*[%!]", re.MULTILINE)
MOST_READ = 1_000_000


# The time that CPython takes to parse a text with many {expressions} grows with the square of their number.
BRACES = 10_000


def _parsed(code: str) -> ast.Module:
    if code.count("{") > BRACES:
        raise NotPython(f"It has more than {BRACES:,} opening braces.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except SyntaxError as error:
        raise NotPython(f"Line {error.lineno} is not valid Python: {str(error.msg)[:200]}.") from None
    except (ValueError, RecursionError, MemoryError):
        raise NotPython("It is not valid Python, or is nested too deeply.") from None


def same_code(one: str, other: str) -> bool:
    """Whether two cells are the same code, apart from comments and blanks."""
    if one.strip() == other.strip():
        return True
    try:
        return ast.dump(parse(one)) == ast.dump(parse(other))
    except (NotPython, ValueError, RecursionError, MemoryError):  # ValueError: numbers of thousands of digits
        return False


def binds(text: str, name: str) -> bool:
    """Whether a cell gives `name` a value at its top level, by def, class, assignment, import or in any other way."""
    try:
        return name in _bound(text)
    except NotPython:
        return False


@lru_cache(maxsize=2048)  # no exception is cached: a cell that may not be read now may be in another notebook
def _bound(text: str) -> frozenset[str]:
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
