"""A call as code that can be pasted into a cell and run: whole, with all digits, with `np.array` and generators."""

from __future__ import annotations

import ast
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from autograder.plain_text import printable
from autograder.wire.source import Source

# A call up to this many characters is one line; a longer one is given in two steps, the arguments first.
ONE_LINE = 100
# A call with more characters is not shown: nobody reads it.
MOST = 4_000
_INDENT = "    "


class NotCode(Exception):
    """A value cannot be written as code."""


def call_as_code(name: str, args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """A call as a student would write it: one line, or ``example = (…)`` and the call; empty if it cannot be shown."""
    try:
        positional = [_code(value) for value in args]
        by_name = [f"{key}={_code(value)}" for key, value in kwargs.items()]
        line = f"{name}({', '.join([*positional, *by_name])})"
        if len(line) <= ONE_LINE:
            return line
        if len(line) > MOST:
            return ""
        if not args:
            return f"{name}(\n{_lines(kwargs.items())})"
        example = "".join(f"{_INDENT}{_code(value, _INDENT)},\n" for value in args)
        call = f"{name}({', '.join(['*example', *by_name])})"
        if len(call) > ONE_LINE:
            call = f"{name}(\n{_INDENT}*example,\n{_lines(kwargs.items())})"
        return f"example = (\n{example})\n{call}"
    except NotCode:
        return ""


def _lines(keywords: Any) -> str:
    return "".join(f"{_INDENT}{key}={_code(value, _INDENT)},\n" for key, value in keywords)


def _code(value: Any, indent: str | None = None) -> str:
    """A value as code; on several lines if it is long and `indent` is where its first line begins."""
    line = _on_one_line(value)
    if indent is None or len(indent) + len(line) <= ONE_LINE:
        return line
    inner = indent + _INDENT
    if isinstance(value, np.ndarray) and value.ndim > 1:
        rows = "".join(f"{inner}{_numbers(row.tolist())},\n" for row in value)
        return f"np.array([\n{rows}{indent}]{_dtype(value)})"
    if isinstance(value, list):
        return "[\n" + "".join(f"{inner}{_code(item, inner)},\n" for item in value) + f"{indent}]"
    if isinstance(value, dict):
        return "{\n" + "".join(f"{inner}{_code(k)}: {_code(v, inner)},\n" for k, v in value.items()) + f"{indent}}}"
    return line


def _on_one_line(value: Any) -> str:
    match value:
        case np.ndarray() if value.size == 0:
            return f"np.zeros({value.shape}{_dtype(value)})"
        case np.ndarray() if value.dtype.kind in "biufU":
            return f"np.array({_numbers(value.tolist())}{_dtype(value)})"
        case Source():
            return _source(value)
        case np.random.Generator():
            return _generator(value)
        case bool() | None:
            return repr(value)
        case str():
            return printable(repr(value))
        case int() | float() | np.number() | np.bool_():
            return _numbers(value.item() if isinstance(value, np.generic) else value)
        case list():
            return f"[{', '.join(map(_on_one_line, value))}]"
        case tuple():
            return f"({', '.join(map(_on_one_line, value))}{',' * (len(value) == 1)})"
        case dict():
            return "{" + ", ".join(f"{_on_one_line(k)}: {_on_one_line(v)}" for k, v in value.items()) + "}"
        case pd.DataFrame() if value.index.equals(pd.RangeIndex(len(value))):
            columns = {name: value[name].tolist() for name in value.columns}
            return f"pd.DataFrame({_on_one_line(columns)})"
        case pd.Series() if value.index.equals(pd.RangeIndex(len(value))):
            return f"pd.Series({_on_one_line(value.tolist())})"
    raise NotCode(type(value).__name__)


def _numbers(value: Any) -> str:
    """Numbers, in lists or not, with all their digits."""
    if isinstance(value, list):
        return f"[{', '.join(map(_numbers, value))}]"
    if isinstance(value, float) and not math.isfinite(value):
        return "np.nan" if math.isnan(value) else "np.inf" if value > 0 else "-np.inf"
    return repr(value)


def _dtype(array: np.ndarray) -> str:
    default = array.dtype in (np.float64, np.bool_) or (array.dtype == np.int64 and array.size)
    return "" if default or array.dtype.kind == "U" else f', dtype="{array.dtype.name}"'


def _generator(rng: np.random.Generator) -> str:
    """A generator by the seed that it was made with, if nothing has been drawn from it yet."""
    seed = getattr(rng.bit_generator.seed_seq, "entropy", None)
    if isinstance(seed, int):
        fresh = np.random.default_rng(seed).bit_generator
        if repr(fresh.state) == repr(rng.bit_generator.state):
            return f"np.random.default_rng({seed})"
    raise NotCode("a generator")


def _source(source: Source) -> str:
    """A function as code: a lambda gets its values as defaults of more parameters."""
    if not source.values:
        return source.code if _is_lambda(source.code) else f"({source.code})"
    values = [f"{name}={_on_one_line(value)}" for name, value in source.values.items()]
    if not _is_lambda(source.code):
        return f"(lambda {', '.join(values)}: {source.code})()"
    parameters, _, body = source.code.removeprefix("lambda").partition(":")
    return f"lambda {', '.join([*filter(None, [parameters.strip()]), *values])}:{body}"


def _is_lambda(code: str) -> bool:
    """Whether an expression is a lambda whose parameters have no defaults and gather no arguments."""
    match ast.parse(code, mode="eval").body:
        case ast.Lambda(args=ast.arguments(defaults=[], kwonlyargs=[], vararg=None, kwarg=None)):
            return code.startswith("lambda")
    return False
