"""Mutants that lack one of the model answer's refusals."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.audit.material import Material
from autograder.audit.mutants.mutant import Function


def without_a_refusal(material: Material) -> Iterator[tuple[str, Function]]:
    """Mutants that lack one of the conditions under which the model answer raises a ValueError, for each of them."""
    code = material.answers[material.name]
    for number in range(len(_refused(ast.parse(code)))):
        tree = ast.parse(code)
        conditions, place = _refused(tree)[number]
        lacking = ast.unparse(conditions[place])
        conditions[place] = ast.Constant(False)
        world = dict(material.references.namespace)
        exec(compile(ast.fix_missing_locations(tree), "a mutant", "exec"), world)
        yield f"does not refuse “{lacking}”", world[material.name]


def _refused(tree: ast.Module) -> list[tuple[list[ast.expr], int]]:
    """The conditions under each of which the code raises a ValueError: the list that it is in, and its place there."""
    found = []
    for node in ast.walk(tree):
        if (
            isinstance(node, ast.If)
            and isinstance(node.body[0], ast.Raise)
            and "ValueError" in ast.unparse(node.body[0])
        ):
            if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.Or):
                found += [(node.test.values, place) for place in range(len(node.test.values))]
            else:
                node.test = ast.BoolOp(ast.Or(), [ast.Constant(False), node.test])
                found.append((node.test.values, 1))
    return found
