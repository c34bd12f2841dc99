"""Slips that a function's code shows by itself, such as `return` inside the loop: each has the word of a remark.

They say why an answer is wrong; a right answer may have them, so they are reported of wrong ones alone.
"""

from __future__ import annotations

import ast
import inspect
import linecache
import textwrap
import types
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.wire.own_code import MAX_CODE

# A longer cell is not looked at: parsing takes long.
LONGEST_CELL = 20_000

Slip = tuple[str, int, str]


def slip_in(function: Any, arguments: Iterable[Any]) -> dict[str, Any]:
    """The first slip that the code of a function shows, as fields of an `Answer`; none if there is none.

    Parameters
    ----------
    function
        The function that was called.
    arguments
        What it was called with: some slips are none for arrays.
    """
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType):
        return {}
    arrays = any(np.ndim(value) for value in arguments if isinstance(value, np.ndarray))
    slips = (slip for slip in _slips(code, code.co_filename) if slip[0] not in _ONLY_OF_NUMBERS or not arrays)
    return next(({"remark": remark, "line": line, "code": text} for remark, line, text in slips), {})


@lru_cache(maxsize=256)
def _slips(code: types.CodeType, file: str) -> tuple[Slip, ...]:
    """All slips in a function's code: word, line in its cell, text of the line.

    The file is named because two functions' codes may be equal, wherever they are from.
    """
    lines = linecache.getlines(file)
    if sum(map(len, lines)) > LONGEST_CELL:
        return ()
    # Not by `inspect.getsource`, which looks at every module: some import their parts when they are looked at.
    block = inspect.getblock(lines[code.co_firstlineno - 1 :])
    tree = ast.parse(textwrap.dedent("".join(block)))
    found = [(word, code.co_firstlineno + node.lineno - 1) for word, find in _FINDERS.items() for node in find(tree)]
    return tuple((word, line, lines[line - 1].strip()[:MAX_CODE]) for word, line in found)


def _always_true(tree: ast.AST) -> Iterator[ast.expr]:
    """An `or` between a comparison and a text or number, which counts as true: `name == "a" or "b"`."""
    for node in ast.walk(tree):
        if isinstance(node, ast.BoolOp) and isinstance(node.op, ast.Or):
            first, *others = node.values
            if isinstance(first, ast.Compare) and any(isinstance(o, ast.Constant) and o.value for o in others):
                yield node


def _return_ends_loop(tree: ast.AST) -> Iterator[ast.stmt]:
    """A `return` that every round of a loop comes to."""
    for loop in ast.walk(tree):
        if isinstance(loop, ast.For | ast.While) and not any(isinstance(n, ast.Continue) for n in ast.walk(loop)):
            yield from (statement for statement in loop.body if isinstance(statement, ast.Return))


def _error_not_raised(tree: ast.AST) -> Iterator[ast.stmt]:
    """An error that is made, or printed, and nothing else is done with it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr):
            value = node.value
            if isinstance(value, ast.Call) and _name(value.func) == "print" and value.args:
                value = value.args[0]
            if _name(value.func if isinstance(value, ast.Call) else value).endswith(("Error", "Exception")):
                yield node


def _axis_for_number(tree: ast.AST) -> Iterator[ast.expr]:
    """A number in place of the axis of `np.max`: it is meant to be compared with."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and len(node.args) > 1:
            of_two = node.func.attr in ("max", "min", "amax", "amin") and _name(node.func.value) in ("np", "numpy")
            if of_two and isinstance(node.args[1], ast.Constant):
                yield node


def _name(node: ast.AST) -> str:
    return node.id if isinstance(node, ast.Name) else ""


_FINDERS: dict[str, Callable[[ast.AST], Iterator[ast.expr | ast.stmt]]] = {
    "always true": _always_true,
    "return ends loop": _return_ends_loop,
    "axis for number": _axis_for_number,
    "error not raised": _error_not_raised,
}
_ONLY_OF_NUMBERS = ("axis for number",)
