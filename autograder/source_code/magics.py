"""What IPython makes of a cell that is more than Python, or is not Python: magics, and cells that it refuses."""

from __future__ import annotations

import ast
import re
from collections.abc import Sequence

from autograder.source_code.parsing import MAGIC, parse

_HARMLESS = re.compile(
    r"matplotlib (inline)?|pinfo2? [^{$]*|pprint |pip [^{$]*|config InlineBackend\.figure_formats? *= *['\"]\w+['\"]"
)
_TIMING_OPTIONS = re.compile(r"^(\s*-[nr]\s*\d+)*")
# What IPython takes for a magic even without the sign, if it is alone in its cell.
_BARE_MAGICS = """
debug ed edit hist history load logon macro notebook page pastebin recall rep rerun reset reset_selective run save store
tb who who_ls whos xmode
"""
_BARE = frozenset(_BARE_MAGICS.split())


def without_magics(node: ast.stmt) -> list[ast.stmt]:
    """A statement; instead of a magic that times code, that code; nothing instead of one that only shows something."""
    match node:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(
                    value=ast.Call(func=ast.Name(id="get_ipython")),
                    attr="run_line_magic" | "run_cell_magic" | "system" as kind,
                ),
                args=arguments,
            )
        ):
            texts = [str(argument.value) for argument in arguments if isinstance(argument, ast.Constant)]
            if len(texts) < len(arguments):
                return [node]
            if _HARMLESS.fullmatch(" ".join(texts)):
                return []
            if texts[:1] in (["time"], ["timeit"]) and kind != "system":
                code = [_TIMING_OPTIONS.sub("", text).lstrip() for text in texts[1:]]
                return [statement for text in code for statement in parse(text).body]
    return [node]


def is_bare_magic(body: Sequence[ast.stmt]) -> bool:
    """Whether a cell is one word that IPython may take for a magic."""
    match body:
        case [ast.Expr(value=ast.Name(id=word))]:
            return word in _BARE
    return False


def is_only_python(cell: str) -> bool:
    """Whether IPython makes no more of a cell than Python does, so that it refuses it as a whole if Python does."""
    several_lines = "\n" in cell and not cell[0].isspace()
    return several_lines and not MAGIC.search(cell) and not re.search(r"\b(await|async)\b", cell)
