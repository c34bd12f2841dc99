"""How a statement uses names: which it may change an attribute of, and which it does more with than read."""

from __future__ import annotations

import ast
from collections.abc import Collection, Iterator

# Stands for anything: a function passed to one that sets its argument's attribute, a module in a list.
ANYTHING = "<anything>"
# Methods that only read.
_READING = frozenset({"get", "keys", "values", "items", "index", "count"})


def altered(tree: ast.AST, names: Collection[str]) -> Iterator[str]:
    """The names of which an attribute is set, directly or deeper (``a`` of ``a.b[0] = 1``); else `ANYTHING`."""
    own = {id(method) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for method in node.body}
    methods = [node for node in ast.walk(tree) if id(node) in own and isinstance(node, ast.FunctionDef)]
    instance = {
        id(part): method.args.args[0].arg for method in methods if method.args.args for part in ast.walk(method)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
            base: ast.expr = node
            attributes = 0
            while isinstance(base, ast.Attribute | ast.Subscript):
                attributes += isinstance(base, ast.Attribute)
                base = base.value
            if not isinstance(base, ast.Name):
                yield ANYTHING
            elif attributes and base.id in names:
                yield base.id
            elif attributes > 1 or (attributes and instance.get(id(node)) != base.id):
                yield ANYTHING


def exposed(tree: ast.AST) -> set[str]:
    """The names that are used in another way than to read an element, to loop or to ask for the length."""
    read: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(value=ast.Name() as name, ctx=ast.Load()) | ast.For(iter=ast.Name() as name):
                read.add(id(name))
            case ast.comprehension(iter=ast.Name() as name):
                read.add(id(name))
            case ast.Compare(ops=[ast.In() | ast.NotIn()], comparators=[ast.Name() as name]):
                read.add(id(name))
            case ast.Call(func=ast.Attribute(value=ast.Name() as name, attr=attribute)) if attribute in _READING:
                read.add(id(name))
            case ast.Call(func=ast.Name(id="len" | "sorted" | "list" | "enumerate"), args=[ast.Name() as name]):
                read.add(id(name))
    loads = (node for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load))
    return {node.id for node in loads if id(node) not in read}
