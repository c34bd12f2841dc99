"""Reading students' code without running it: is it the stub, does it parse, does it define a name?"""

from __future__ import annotations

import ast
import re
import symtable
import warnings
from functools import lru_cache


class NotPython(Exception):
    """Code that Python cannot read: the message says why, and in which line."""


@lru_cache(maxsize=512)
def parse(text: str) -> ast.Module:
    """Parse a notebook cell, IPython's magics included.

    Raises
    ------
    NotPython
        When it cannot be parsed; also when it is nested too deeply to be looked at.
    """
    try:
        return _parsed(text)
    except NotPython as error:
        if len(text) > MAGIC_CHARACTERS or len(_MAGIC.findall(text)) > MAGIC_LINES:
            raise
        plain = error
    from IPython.core.inputtransformer2 import TransformerManager

    # Only where plain Python did not do (magics, a cell that is indented as a whole), and only for short cells with few
    # magics: IPython's reader reads the cell anew for each of them, and takes minutes over a hostile one.
    try:
        return _parsed(TransformerManager().transform_cell(text))
    except Exception:  # whatever IPython's reader says of a hostile text
        raise plain from None


_MAGIC = re.compile(r"^[ \t]*[%!?]|\?[ \t]*$|=[ \t]*[%!]", re.MULTILINE)
MAGIC_CHARACTERS = 20_000
MAGIC_LINES = 50


def _parsed(code: str) -> ast.Module:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(code)
    except SyntaxError as error:
        raise NotPython(f"Line {error.lineno} is not valid Python: {str(error.msg)[:200]}.") from None
    except (ValueError, RecursionError, MemoryError):
        raise NotPython("It is not valid Python, or is nested too deeply.") from None


def same_code(one: str, other: str) -> bool:
    """Whether two cells are the same code, comments and blanks aside."""
    if one.strip() == other.strip():
        return True
    try:
        return ast.dump(parse(one)) == ast.dump(parse(other))
    except (NotPython, ValueError, RecursionError, MemoryError):  # ValueError: numbers of thousands of digits
        return False


@lru_cache(maxsize=2048)
def binds(text: str, name: str) -> bool:
    """Whether a cell gives a value to `name` at its top level: by def, class, assignment, import or any other way."""
    try:
        code = ast.unparse(_WithoutLoops().visit(ast.parse(ast.unparse(parse(text)))))
        symbol = symtable.symtable(code, "cell", "exec").lookup(name)
    except (NotPython, KeyError, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return symbol.is_assigned() or symbol.is_imported()


def answer_name(cell: str, exercise: str) -> str:
    """The name that an exercise's cell gives its answer: the exercise's own, a function's; in a quiz's, the variable's."""
    if binds(cell, exercise):
        return exercise
    try:
        body = parse(cell).body
    except NotPython:
        return exercise
    targets = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    return next((target.id for target in targets if isinstance(target, ast.Name)), exercise)


class _WithoutLoops(ast.NodeTransformer):
    """Writes a comprehension as the tuple of its parts: from 3.12 on symtable takes its loop's names for the module's."""

    def _parts(self, *parts: ast.expr, generators: list[ast.comprehension]) -> ast.expr:
        looped = [part for g in generators for part in (g.iter, *g.ifs)]
        return ast.Tuple([self.visit(part) for part in (*parts, *looped)], ast.Load())

    def visit_ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> ast.expr:
        return self._parts(node.elt, generators=node.generators)

    visit_SetComp = visit_GeneratorExp = visit_ListComp

    def visit_DictComp(self, node: ast.DictComp) -> ast.expr:
        return self._parts(node.key, node.value, generators=node.generators)
