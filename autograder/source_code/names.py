"""The names of a notebook that a cell shares with other cells, statement by statement; whether that can be read at all.

Python's own symbol table says which names are the notebook's and which are local to a function.
"""

from __future__ import annotations

import ast
import symtable
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import lru_cache

from autograder.source_code.parsing import NotPython, parse
from autograder.source_code.reach import Unreadable, is_stateless, module_of, readable, refuse_reaching, state_in

# Stands for what no name stands for: settings of modules, NumPy's own generator of random numbers, files.
SHARED_STATE = "<shared state>"
# Stands for any function that may be passed to one that sets its argument's attribute.
ANY_FUNCTION = "<any function>"
_TIMING_MAGICS = frozenset({"time", "timeit"})
_HARMLESS_MAGICS = frozenset(["matplotlib", "config", "precision", "pinfo", "pinfo2", "pprint"])


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
        Those that it binds to what no use can change: a stateless module, a plain function, a number, a text.
    altered
        Those through which an attribute or an element is set; `ANY_FUNCTION` if an attribute of a parameter is.
    looked_at
        Those of which an attribute or an element is read.
    texts
        Its texts that may be names: ``ready("relu")`` looks at the function of that name.
    state
        The word by which it uses shared state; empty if it does not.
    """

    names: frozenset[str]
    binds: frozenset[str]
    imports: frozenset[str]
    loads: frozenset[str]
    fixed: frozenset[str]
    altered: frozenset[str]
    looked_at: frozenset[str]
    texts: frozenset[str]
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
        body = [part for node in parse(cell).body for part in _without_magics(node)]
        statements = tuple(map(_statement, body))
    except Unreadable as reason:
        return reason
    except NotPython as error:
        return Unreadable(str(error))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return Unreadable("It is nested too deeply.")
    if any("_" in s.names for s in statements) and not any("_" in s.binds for s in statements):
        return Unreadable("It uses _, the last result.")
    return statements


def _statement(node: ast.stmt) -> Statement:
    refuse_reaching(node)
    table = symtable.symtable(ast.unparse(node), "cell", "exec")
    names, declared = _names(table)
    readable(names)
    bindings = _Bindings()
    bindings.visit(node)
    state = state_in(node, names)
    return Statement(
        frozenset(names | bindings.loads | ({SHARED_STATE} if state else set())),
        frozenset(bindings.binds | declared | {s.get_name() for s in table.get_symbols() if s.is_assigned()}),
        frozenset(bindings.imports),
        frozenset(bindings.loads),
        frozenset(bindings.fixed - bindings.changed - declared),
        frozenset(_bases(node, names, stored=True)),
        frozenset(_bases(node, names, stored=False)),
        frozenset(_identifiers(node)),
        state,
    )


def _names(table: symtable.SymbolTable) -> tuple[set[str], set[str]]:
    """The notebook's names in a scope and those within it; those that its functions bind by ``global``."""
    inside_function = table.get_type() == "function"
    symbols = [symbol for symbol in table.get_symbols() if not inside_function or symbol.is_global()]
    names = {symbol.get_name() for symbol in symbols}
    declared = {symbol.get_name() for symbol in symbols if symbol.is_declared_global() and symbol.is_assigned()}
    for child in table.get_children():
        more, also_declared = _names(child)
        names |= more
        declared |= also_declared
    return names, declared


class _Bindings(ast.NodeVisitor):
    """Which names a statement binds outside its functions, and which of them to what no use can change."""

    def __init__(self) -> None:
        self.binds: set[str] = set()
        self.imports: set[str] = set()
        self.loads: set[str] = set()
        self.fixed: set[str] = set()
        self.changed: set[str] = set()

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        self._bind(node.name, fixed=not node.decorator_list and _plain_defaults(node.args))

    visit_AsyncFunctionDef = visit_FunctionDef

    def visit_ClassDef(self, node: ast.ClassDef) -> None:
        self._bind(node.name, fixed=False)

    def visit_Lambda(self, node: ast.Lambda) -> None:
        """What a function within the statement binds is its own."""

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for part in (node.iter, *node.ifs):
            self.visit(part)

    def visit_Import(self, node: ast.Import | ast.ImportFrom) -> None:
        for alias in node.names:
            name = alias.asname or alias.name.partition(".")[0]
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
                self._bind(target.id, fixed=_unchangeable(node.value))
            else:
                self.visit(target)
        self.visit(node.value)

    def visit_Name(self, node: ast.Name) -> None:
        if not isinstance(node.ctx, ast.Load):
            self._bind(node.id, fixed=False)

    def visit_ExceptHandler(self, node: ast.ExceptHandler | ast.MatchAs | ast.MatchStar) -> None:
        if node.name:
            self._bind(node.name, fixed=False)
        self.generic_visit(node)

    visit_MatchAs = visit_MatchStar = visit_ExceptHandler

    def _bind(self, name: str, *, fixed: bool) -> None:
        self.binds.add(name)
        (self.fixed if fixed else self.changed).add(name)


def _plain_defaults(arguments: ast.arguments) -> bool:
    return all(_constant(default) for default in [*arguments.defaults, *arguments.kw_defaults] if default is not None)


def _unchangeable(value: ast.expr) -> bool:
    return _constant(value) or (isinstance(value, ast.Lambda) and _plain_defaults(value.args))


def _constant(value: ast.expr) -> bool:
    """Whether an expression is made of numbers and texts alone, in tuples or not."""
    if isinstance(value, ast.Tuple):
        return all(map(_constant, value.elts))
    if isinstance(value, ast.UnaryOp):
        return _constant(value.operand)
    if isinstance(value, ast.BinOp):
        return _constant(value.left) and _constant(value.right)
    return isinstance(value, ast.Constant)


def _bases(tree: ast.AST, names: Collection[str], *, stored: bool) -> Iterator[str]:
    """The names at the base of an attribute or element that is set or deleted (``a`` of ``a.b[0] = 1``), or read."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Subscript) and isinstance(node.ctx, ast.Load) is not stored:
            base: ast.expr = node
            while isinstance(base, ast.Attribute | ast.Subscript):
                base = base.value
            if isinstance(base, ast.Name) and base.id in names:
                yield base.id
            elif stored and isinstance(node, ast.Attribute) and not (isinstance(base, ast.Name) and base.id == "self"):
                yield ANY_FUNCTION


def _identifiers(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
            yield node.value


def _without_magics(node: ast.stmt) -> list[ast.stmt]:
    """A statement; instead of a magic that times code, that code; nothing instead of one that only shows something."""
    match node:
        case ast.Expr(
            value=ast.Call(
                func=ast.Attribute(
                    value=ast.Call(func=ast.Name(id="get_ipython")), attr="run_line_magic" | "run_cell_magic"
                ),
                args=[ast.Constant(value=str(magic)), *rest],
            )
        ):
            if magic in _HARMLESS_MAGICS:
                return []
            texts = [argument.value for argument in rest if isinstance(argument, ast.Constant)]
            if magic in _TIMING_MAGICS and len(texts) == len(rest):
                return [statement for text in texts for statement in parse(str(text)).body]
    return [node]
