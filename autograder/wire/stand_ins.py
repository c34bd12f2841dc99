"""Stand-ins: functions of ours in the places of a student's earlier ones, so that what builds on them is judged by itself.

Where an earlier exercise is not right, a failed check of a later one is tried once more, with the student's function and the
reference's body both over a stand-in: a function that takes what the earlier one takes and gives what it gives in form, with
other values. Whoever puts the parts together rightly agrees with the reference; nothing else does, and nothing of the
reference, and no right value, enters the student's kernel.
"""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager
from types import ModuleType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

# The code of stand-ins, by the names that they take.
StandIns = Mapping[str, str]
NONE: StandIns = {}

_STAND_IN = "_autograder_stand_in"


def stand_in(exercise: str) -> Callable[[F], F]:
    """Say that a function can stand in for an exercise's where a later exercise is checked.

    It refuses what the exercise's function refuses, gives an answer of the same form that is never the right one, and stands
    alone: it imports what it uses.
    """

    def mark(function: F) -> F:
        setattr(function, _STAND_IN, exercise)
        return function

    return mark


def stand_ins_in(module: ModuleType) -> dict[str, str]:
    """The stand-ins that a module defines: each as the code of a function that has the exercise's name."""
    marked = [value for value in vars(module).values() if hasattr(value, _STAND_IN)]
    return {getattr(function, _STAND_IN): _code(function, getattr(function, _STAND_IN)) for function in marked}


@contextmanager
def standing_in(namespace: MutableMapping[str, Any], stand_ins: StandIns) -> Iterator[None]:
    """Meanwhile these functions have their names in `namespace`, whatever had them before."""
    nothing = object()
    before = {name: namespace.get(name, nothing) for name in stand_ins}
    try:
        for name, code in stand_ins.items():
            world: dict[str, Any] = {}
            exec(code, world)
            namespace[name] = world[name]
        yield
    finally:
        for name, value in before.items():
            if value is nothing:
                namespace.pop(name, None)
            else:
                namespace[name] = value


def _code(function: Callable[..., Any], name: str) -> str:
    tree = ast.parse(textwrap.dedent(inspect.getsource(function)))
    definition = tree.body[0]
    assert isinstance(definition, ast.FunctionDef)
    definition.name, definition.decorator_list = name, []
    return ast.unparse(tree)
