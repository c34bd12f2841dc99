"""Which ready-made functions a function uses: NumPy's, Python's own and others that the notebook doesn't define.

Names in texts, comments and of variables don't count, nor a function of the notebook's, whatever its name: what it
uses does.
"""

from __future__ import annotations

import dis
import functools
import re
import sys
import types
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import Any

import numpy as np

from autograder.wire.source import source_of

# A function that uses more functions of the notebook's, or more names, is looked at no further.
MOST_FUNCTIONS = 50
MOST_NAMES = 100

_Step = tuple[str, Any]
_NOTHING = object()


def ready_made_in(function: Any) -> tuple[str, ...]:
    """The names of the ready-made functions that a function uses, by itself or in others of its notebook; sorted.

    Parameters
    ----------
    function
        The function. What its namespace holds is the notebook's own: functions defined there are looked into.
    """
    world = getattr(function, "__globals__", None)
    names: set[str] = set()
    seen: set[int] = set()
    waiting = [function]
    while waiting and len(seen) < MOST_FUNCTIONS and len(names) < MOST_NAMES:
        each = waiting.pop()
        if id(each) in seen:
            continue
        seen.add(id(each))
        if isinstance(each, types.FunctionType) and each.__globals__ is world:
            waiting += [value for value in _used_by(each) if callable(value)]
        elif (inner := _inside(each)) is not None:
            waiting += inner
        elif isinstance(each, type) and each.__module__ == (world or {}).get("__name__"):
            waiting += [value for value in vars(each).values() if callable(value)]
        elif not isinstance(each, type) and not _is_the_graders(each):
            names.add(str(getattr(each, "__name__", "")))
    return tuple(sorted(names - {""})[:MOST_NAMES])


def _is_the_graders(value: Any) -> bool:
    """Whether it is a function that was given as an argument, or stands in for one of the notebook's."""
    return isinstance(value, types.FunctionType) and (value.__module__ is None or source_of(value) is not None)


def _inside(value: Any) -> list[Any] | None:
    """The functions in what wraps one; None if it wraps none."""
    if isinstance(value, functools.partial):
        return [value.func]
    if isinstance(value, np.vectorize):
        return [value.pyfunc]
    if isinstance(value, types.MethodType):
        return [value.__func__]
    return None


def _used_by(function: types.FunctionType) -> Iterator[Any]:
    """Everything that a function's names stand for, its defaults included, as far as its code shows it."""
    cells = zip(function.__code__.co_freevars, function.__closure__ or (), strict=True)
    closed = {name: cell.cell_contents for name, cell in cells if _is_filled(cell)}
    yield from function.__defaults__ or ()
    yield from (function.__kwdefaults__ or {}).values()
    yield from _used_in(function.__code__, {**function.__globals__, **closed})


def _is_filled(cell: types.CellType) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def _used_in(code: types.CodeType, names: Mapping[str, Any]) -> Iterator[Any]:
    """What the names in a code stand for: the value so far follows `np` and `.tanh`, an import, an item of a dict."""
    builtins = vars(sys.modules["builtins"])
    local: dict[str, Any] = {}
    value: Any = _NOTHING
    module: Any = _NOTHING
    for kind, what in _steps(code):
        before = value
        match kind:
            case "name":
                value = local.get(what, names.get(what, builtins.get(what, _NOTHING)))
            case "local":
                value = local.get(what, _NOTHING)
            case "store":
                local[what], value = value, _NOTHING
            case "import":
                value = module = sys.modules.get(what, _NOTHING)
            case "import from":
                value = _part(module, what)
            case "attribute":
                value = _part(value, what)
            case "text":
                # The name of a function as a text: `getattr(np, "tanh")`, `ACTIVATIONS["tanh"]`.
                value = _item(before, what)
                if value is _NOTHING:
                    value = before
            case "code":
                yield from _used_in(what, {**names, **{n: v for n, v in local.items() if v is not _NOTHING}})
                value = _NOTHING
            case _:
                value = _NOTHING
        if value is not before and value is not _NOTHING:
            yield value
            yield from _items(value)


def _part(value: Any, name: str) -> Any:
    """An attribute of a module: any other object's may be anything."""
    return getattr(value, name, _NOTHING) if isinstance(value, types.ModuleType) else _NOTHING


def _item(value: Any, key: str) -> Any:
    if isinstance(value, types.ModuleType):
        return _part(value, key)
    return value.get(key, _NOTHING) if type(value) is dict else _NOTHING


def _items(value: Any) -> Iterable[Any]:
    """The functions in a list, a tuple or a dict, any of which may be taken."""
    if type(value) in (list, tuple):
        return list(value)[:MOST_NAMES]
    return ()


@lru_cache(maxsize=512)
def _steps(code: types.CodeType) -> tuple[_Step, ...]:
    """The steps of a code that say what its names stand for."""
    return tuple(_read(code))


def _read(code: types.CodeType) -> Iterator[_Step]:
    for step in dis.get_instructions(code):
        name, what = step.opname, step.argval
        if name in ("LOAD_GLOBAL", "LOAD_NAME", "LOAD_DEREF", "LOAD_CLASSDEREF"):
            yield "name", what
        elif name in ("LOAD_ATTR", "LOAD_METHOD"):
            yield "attribute", what
        elif name == "IMPORT_NAME":
            yield "import", what
        elif name == "IMPORT_FROM":
            yield "import from", what
        elif name in ("LOAD_CONST", "RETURN_CONST") and isinstance(what, types.CodeType):
            yield "code", what
        elif name == "LOAD_CONST" and isinstance(what, str):
            yield "text", what
        elif isinstance(what, str) and name.startswith("LOAD_FAST"):
            yield "local", what
        elif isinstance(what, str) and name in ("STORE_FAST", "STORE_DEREF", "STORE_NAME"):
            yield "store", what
        elif isinstance(what, tuple) and "FAST" in name:
            # Two in one step, such as STORE_FAST_LOAD_FAST.
            for part, variable in zip(_FAST.findall(name), what, strict=True):
                yield ("local" if part == "LOAD" else "store"), variable
        elif name not in _IDLE:
            yield "other", None


_FAST = re.compile(r"(LOAD|STORE)_FAST")
# Steps that leave the value so far where it is.
_IDLE = frozenset({"RESUME", "NOP", "CACHE", "PUSH_NULL", "PRECALL", "COPY_FREE_VARS", "MAKE_CELL", "EXTENDED_ARG"})
