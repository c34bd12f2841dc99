"""A function as an argument of a call: it travels as source text with values, and is made anew where the call is
answered.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from types import FunctionType
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

MOST_CODE = 2_000


class Source:
    """A function, as an expression in source text: ``Source("lambda v: float(np.sum(c * v ** 2))", c=X)``.

    Parameters
    ----------
    code
        The expression. It has ``np`` and the values in scope.
    values
        What it uses, by name: of the kinds that arguments may have.
    """

    def __init__(self, code: str, /, **values: Any) -> None:
        try:
            ast.parse(code, mode="eval")
        except (SyntaxError, ValueError, TypeError, RecursionError, MemoryError):
            raise ValueError(f"A Source needs an expression, such as a lambda, not {code!r}.") from None
        if len(code) > MOST_CODE or "np" in values:
            raise ValueError(f"A Source has at most {MOST_CODE} characters, and np is NumPy there.")
        self.code = code
        self.values = values

    def __repr__(self) -> str:
        return f"Source({', '.join([repr(self.code), *(f'{name}={value!r}' for name, value in self.values.items())])})"

    def function(self) -> Callable[..., Any]:
        """The function that the expression gives."""
        function: Callable[..., Any] = eval(compile(self.code, "<given>", "eval"), {"np": np, **self.values})
        if not callable(function):
            raise TypeError(f"{self.code} is not a function.")
        return function


# What made the functions that were given in calls, so that one can be passed on to another call.
_SOURCES: WeakKeyDictionary[Callable[..., Any], Source] = WeakKeyDictionary()


def remember(function: Callable[..., Any], source: Source) -> None:
    """Note which source a function was made from."""
    _SOURCES[function] = source


def source_of(value: object) -> Source | None:
    """A source itself, or the one that a function was made from; None for anything else."""
    if isinstance(value, Source):
        return value
    return _SOURCES.get(value) if isinstance(value, FunctionType) else None


def with_functions(value: Any, make: Callable[[Source], Any]) -> Any:
    """A value with ``make(source)`` in place of each source in it, in lists, tuples and dicts, too."""
    if isinstance(value, Source):
        return make(value)
    if isinstance(value, list | tuple):
        return type(value)([with_functions(item, make) for item in value])
    if isinstance(value, dict):
        return {key: with_functions(item, make) for key, item in value.items()}
    return value
