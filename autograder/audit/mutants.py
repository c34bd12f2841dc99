"""The model answer made wrong in one respect, as beginners' answers are: rounded, flattened, right for one size alone.

In all other respects a mutant is right, so that only a check which tries that respect can fail it.
"""

from __future__ import annotations

import ast
import copy
import doctest
import functools
import inspect
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import redirect_stdout, suppress
from functools import partial
from typing import Any

import numpy as np

from autograder.audit.material import Material
from autograder.wire.calls import write_arguments
from autograder.wire.values import leaves, mapped, numbers, refill

Function = Callable[..., Any]
# The arguments of a call, by the names of the parameters.
Given = Mapping[str, Any]


def mutants(material: Material) -> Iterator[tuple[str, Function]]:
    """The mutants of an exercise that asks for a function, each with what is wrong with it.

    Not every respect fits every exercise: some of the mutants are right.
    """
    right: Function = material.references.namespace[material.name]
    for name, change in _CHANGES.items():
        yield name, _changed(right, change)
    for name, make in _HABITS.items():
        yield name, functools.wraps(right)(make(right))
    yield from _wrong_for_some(material, right)
    yield from _without_a_refusal(material)


# --- wrong in the form of the result --------------------------------------------------------------


def _changed(right: Function, change: Callable[[Any], Any]) -> Function:
    """The right answer with each of its numbers and arrays changed."""

    def change_numbers(leaf: Any) -> Any:
        return change(leaf) if np.asarray(leaf).dtype.kind in "iuf" else leaf

    @functools.wraps(right)
    def mutant(*args: Any, **kwargs: Any) -> Any:
        return mapped(right(*args, **kwargs), change_numbers)

    return mutant


def _rounded(digits: int) -> Callable[[Any], Any]:
    return lambda leaf: np.round(leaf, digits) if np.asarray(leaf).dtype.kind == "f" else leaf


def _first_row_alone(leaf: Any) -> Any:
    if np.ndim(leaf) == 0:
        return leaf
    changed = np.zeros_like(leaf)
    changed[0] = leaf[0]
    return changed


_CHANGES: dict[str, Callable[[Any], Any]] = {
    **{f"rounded to {digits} digits": _rounded(digits) for digits in (2, 3, 4, 6)},
    "arrays flattened": lambda leaf: np.ravel(leaf) if np.ndim(leaf) else leaf,
    "arrays as lists": lambda leaf: np.asarray(leaf).tolist(),
    "rows as tables": lambda leaf: np.reshape(leaf, (1, -1)) if np.ndim(leaf) == 1 else leaf,
    "numbers in arrays": lambda leaf: np.reshape(leaf, 1) if np.ndim(leaf) == 0 else leaf,
    "floats for whole numbers": lambda leaf: leaf if np.ndim(leaf) else float(leaf),
    "0 for what is negative": lambda leaf: np.maximum(leaf, 0),
    "no minus signs": np.abs,
    "only the first row right": _first_row_alone,
}


# --- wrong in what it does besides ----------------------------------------------------------------


def _refusing_nothing(right: Function) -> Function:
    def mutant(*args: Any, **kwargs: Any) -> Any:
        try:
            return right(*args, **kwargs)
        except ValueError:
            return 0.0

    return mutant


def _raising_another_error(right: Function) -> Function:
    def mutant(*args: Any, **kwargs: Any) -> Any:
        try:
            return right(*args, **kwargs)
        except ValueError:
            raise RuntimeError("not this") from None

    return mutant


def _changing_arguments(right: Function) -> Function:
    def mutant(*args: Any, **kwargs: Any) -> Any:
        answer = copy.deepcopy(right(*args, **kwargs))
        for value in [*args, *kwargs.values()]:
            refill(value, _worse(value))
        return answer

    return mutant


def _changing_random_numbers(right: Function) -> Function:
    def mutant(*args: Any, **kwargs: Any) -> Any:
        np.random.seed(1)
        return right(*args, **kwargs)

    return mutant


def _remembering(right: Function) -> Function:
    calls: Counter[str] = Counter()

    def mutant(*args: Any, **kwargs: Any) -> Any:
        call = write_arguments(args, kwargs)
        answer = right(*args, **kwargs)
        for _ in range(calls[call]):
            answer = _worse(answer)
        calls[call] += 1
        return answer

    return mutant


def _by_position_alone(right: Function) -> Function:
    def mutant(*args: Any, **kwargs: Any) -> Any:
        if kwargs:
            raise TypeError("unexpected keyword argument")
        return right(*args)

    return mutant


_HABITS = {
    "refuses nothing": _refusing_nothing,
    "raises another error": _raising_another_error,
    "changes its arguments": _changing_arguments,
    "seeds NumPy's random numbers": _changing_random_numbers,
    "another answer to the same call": _remembering,
    "takes arguments by position alone": _by_position_alone,
}


# --- wrong for some arguments ---------------------------------------------------------------------


def _wrong_for_some(material: Material, right: Function) -> Iterator[tuple[str, Function]]:
    """Mutants that are wrong for negative numbers, for whole ones, or for sizes that the docstring's example lacks."""
    calls = [_given(right, call.arguments, call.keywords) for call in material.calls]
    for name in inspect.signature(right).parameters:
        values = [given[name] for given in calls if name in given]
        if any(map(_is_negative, values)):
            yield f"wrong if {name} has negative numbers", _wrong_if(right, partial(_is, _is_negative, name), _worse)
        if any(map(_is_whole, values)) and not all(map(_is_whole, values)):
            yield f"cut to whole numbers if {name} is whole", _wrong_if(right, partial(_is, _is_whole, name), _cut)
    for size, known in _sizes_in_the_example(material, right).items():
        lengths = " or ".join(map(str, sorted(known)))
        yield f"wrong if {size} is not {lengths}", _wrong_if(right, partial(_is_other, size, known), _worse)


def _wrong_if(right: Function, applies: Callable[[Given], bool], change: Callable[[Any], Any]) -> Function:
    @functools.wraps(right)
    def mutant(*args: Any, **kwargs: Any) -> Any:
        wrong = applies(_given(right, args, kwargs))
        answer = right(*args, **kwargs)
        return change(answer) if wrong else answer

    return mutant


def _given(right: Function, args: Sequence[Any], kwargs: Mapping[str, Any]) -> Given:
    return inspect.signature(right).bind(*args, **kwargs).arguments


def _is(kind: Callable[[Any], bool], name: str, given: Given) -> bool:
    return name in given and kind(given[name])


def _is_negative(value: Any) -> bool:
    return any(number < 0 for number in numbers(value))


def _is_whole(value: Any) -> bool:
    """Whether a value holds numbers, and none of them is a float."""
    kinds = {np.asarray(leaf).dtype.kind for leaf in leaves(value)} & set("iuf")
    return bool(kinds) and "f" not in kinds


def _is_other(size: str, known: Set[int], given: Given) -> bool:
    return _sizes(given).get(size) not in known


def _worse(value: Any) -> Any:
    """A value that is wrong: without its last item if it is a list of several, otherwise 1 more in every place."""
    if isinstance(value, list | tuple) and len(value) > 1:
        return value[:-1]
    return mapped(value, lambda leaf: leaf + 1 if np.asarray(leaf).dtype.kind in "iuf" else leaf)


def _cut(value: Any) -> Any:
    """The value as an array of whole numbers holds it: without fractions."""
    return mapped(value, lambda leaf: np.trunc(leaf) if np.asarray(leaf).dtype.kind == "f" else leaf)


def _sizes(given: Given) -> dict[str, int]:
    """The lengths of the arguments that are arrays or lists, by what they are: "X.shape[1]", "len(layers)"."""
    sizes: dict[str, int] = {}
    for name, value in given.items():
        if isinstance(value, np.ndarray):
            sizes |= {f"{name}.shape[{axis}]": length for axis, length in enumerate(value.shape)}
        elif isinstance(value, list | tuple):
            sizes[f"len({name})"] = len(value)
    return sizes


def _sizes_in_the_example(material: Material, right: Function) -> dict[str, set[int]]:
    """All lengths that each size has in the calls of the docstring's example, as far as that can be run."""
    lengths: dict[str, set[int]] = {}

    def noting(*args: Any, **kwargs: Any) -> Any:
        for size, length in _sizes(_given(right, args, kwargs)).items():
            lengths.setdefault(size, set()).add(length)
        return right(*args, **kwargs)

    world = {**material.references.namespace, material.name: noting}
    docstring = inspect.getdoc(right) or ""
    with redirect_stdout(io.StringIO()):
        for example in doctest.DocTestParser().get_examples(docstring):
            with suppress(Exception):  # an example may show what is refused
                exec(compile(example.source, "an example", "single"), world)
    return lengths


# --- one kind of refusal missing ------------------------------------------------------------------


def _without_a_refusal(material: Material) -> Iterator[tuple[str, Function]]:
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
