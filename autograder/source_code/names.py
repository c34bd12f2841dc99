"""The names of a notebook that a cell shares with other cells, statement by statement; whether that can be read at all.

Python's own symbol table says which names are the notebook's and which are local to a function.
"""

from __future__ import annotations

import ast
import re
import symtable
from dataclasses import dataclass
from functools import lru_cache

from autograder.source_code.binding import Bindings
from autograder.source_code.magics import is_bare_magic, is_only_python, without_magics
from autograder.source_code.parsing import InvalidSyntax, NotPython, parse
from autograder.source_code.reach import Unreadable, readable, refuse_reaching, state_in
from autograder.source_code.uses import altered, exposed

# Stands for what no name stands for: settings of modules, NumPy's own generator of random numbers, files.
SHARED_STATE = "<shared state>"
# A cell of more statements is not read.
MOST_STATEMENTS = 5_000


@dataclass(frozen=True)
class Statement:
    """A statement at a cell's top level.

    Parameters
    ----------
    names
        All names of the notebook in it, also within its functions; built-in functions are among them. `SHARED_STATE`
        stands for what it uses of modules' settings and the like.
    binds
        Those to which it gives a value, or takes it away.
    imports
        Those that it binds to a module or to something in one.
    loads
        ``<numpy>`` if it imports from NumPy: what then is loaded of it. Among its names and what it binds, too.
    fixed
        Those that it binds to what no use can change: a stateless module, a plain function, a number, a text, a dict
        or list of these if every statement only reads it.
    containers
        Those of ``fixed`` that it binds to such a dict or list.
    exposed
        Those that it uses in another way than to read an element, to loop or to ask for the length.
    altered
        Those of which an attribute is set; `ANYTHING` if it sets one of a parameter, or of what a call returns.
    state
        The word by which it uses shared state; empty if it does not.
    """

    names: frozenset[str]
    binds: frozenset[str]
    imports: frozenset[str]
    loads: frozenset[str]
    fixed: frozenset[str]
    containers: frozenset[str]
    exposed: frozenset[str]
    altered: frozenset[str]
    state: str


def read_names(cell: str) -> tuple[Statement, ...]:
    """The statements of a cell of code, magics included.

    Raises
    ------
    Unreadable
        If it cannot be parsed, or may reach names that its text does not show: by eval, magics, frames, ``_``.
    """
    read = _read(cell)
    if isinstance(read, Unreadable):
        raise read
    return read


@lru_cache(maxsize=1024)
def _read(cell: str) -> tuple[Statement, ...] | Unreadable:
    try:
        body = [part for node in parse(cell).body for part in without_magics(node)]
        if len(body) > MOST_STATEMENTS:
            return Unreadable("It has too many statements.")
        statements = tuple(map(_statement, body))
    except Unreadable as reason:
        return reason
    except InvalidSyntax as error:
        return () if is_only_python(cell) else Unreadable(str(error))
    except NotPython as error:
        return Unreadable(str(error))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Unreadable("It is nested too deeply.")
    own = False
    for node, statement in zip(body, statements, strict=True):
        own = own or ("_" in statement.binds and not _reads_underscore(node))
        if "_" in statement.names and not own:
            return Unreadable("It uses _, the last result.")
    if is_bare_magic(body):
        return Unreadable("It may be a magic.")
    return statements


def _reads_underscore(node: ast.stmt) -> bool:
    """Whether an assignment uses ``_`` before it binds it."""
    value = node.value if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign) else None
    names = ast.walk(value) if value is not None else ()
    return isinstance(node, ast.AugAssign) or any(isinstance(name, ast.Name) and name.id == "_" for name in names)


def _statement(node: ast.stmt) -> Statement:
    refuse_reaching(node)
    table = symtable.symtable(ast.unparse(node), "cell", "exec")
    names, declared = _names(table)
    names |= _names_in_texts(node)
    readable(names)
    bindings = Bindings()
    bindings.visit(node)
    state = state_in(node, names)
    return Statement(
        frozenset(names | bindings.loads | ({SHARED_STATE} if state else set())),
        frozenset(bindings.binds | declared | {s.get_name() for s in table.get_symbols() if s.is_assigned()}),
        frozenset(bindings.imports),
        frozenset(bindings.loads),
        frozenset(bindings.fixed - bindings.changed - declared),
        frozenset(bindings.containers),
        frozenset(exposed(node)),
        frozenset(altered(node, names)),
        state,
    )


def _names(table: symtable.SymbolTable) -> tuple[set[str], set[str]]:
    """The notebook's names in a scope and those within it; those that its functions bind by ``global``."""
    kind = str(table.get_type()).rpartition(".")[2].lower()
    symbols = [symbol for symbol in table.get_symbols() if kind != "function" or symbol.is_global()]
    methods = {symbol.get_name() for symbol in symbols if symbol.is_assigned()} if kind == "class" else set()
    names = {name for symbol in symbols if (name := symbol.get_name()) not in methods or not name.startswith("__")}
    declared = {symbol.get_name() for symbol in symbols if symbol.is_declared_global() and symbol.is_assigned()}
    for child in table.get_children():
        more, also_declared = _names(child)
        names |= more
        declared |= also_declared
    return names, declared


def _names_in_texts(tree: ast.AST) -> set[str]:
    """Names that are given as texts: in annotations, and to ``ready`` and ``check``, which look for a function."""
    names = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call(func=ast.Name(id="ready" | "check")):
                names |= {text for text in _texts(tree) if text.isidentifier()}
            case ast.arg(annotation=annotation) | ast.AnnAssign(annotation=annotation) if annotation is not None:
                names |= _names_in(annotation)
            case ast.FunctionDef(returns=annotation) if annotation is not None:
                names |= _names_in(annotation)
    return names


def _names_in(annotation: ast.expr) -> set[str]:
    names = set()
    for text in _texts(annotation):
        names |= {name for name in re.findall(r"\w+", text) if name.isidentifier()}
    return names


def _texts(tree: ast.AST) -> list[str]:
    constants = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)]
    return [value for value in constants if isinstance(value, str)]
