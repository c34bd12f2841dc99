"""Mutants that are wrong for some arguments: negative numbers, whole ones, sizes that the docstring doesn't show."""

from __future__ import annotations

import doctest
import functools
import inspect
import io
from collections.abc import Callable, Iterator, Mapping, Sequence, Set
from contextlib import redirect_stdout, suppress
from functools import partial
from typing import Any

import numpy as np

from autograder.audit.material import Material
from autograder.audit.mutants.mutant import Function, worse
from autograder.wire.source import Source
from autograder.wire.values import leaves, mapped, numbers

# The arguments of a call, by the names of the parameters.
Given = Mapping[str, Any]


def wrong_for_some_arguments(material: Material, right: Function) -> Iterator[tuple[str, Function]]:
    """Mutants that are wrong for negative numbers, for whole ones, or for sizes that the docstring's example lacks."""
    calls = [_given(right, call.arguments, call.keywords) for call in material.calls]
    for name in inspect.signature(right).parameters:
        values = [given[name] for given in calls if name in given and not isinstance(given[name], Source)]
        if any(map(_is_negative, values)):
            yield f"wrong if {name} has negative numbers", _wrong_if(right, partial(_is, _is_negative, name), worse)
        if any(map(_is_whole, values)) and not all(map(_is_whole, values)):
            yield f"cut to whole numbers if {name} is whole", _wrong_if(right, partial(_is, _is_whole, name), _cut)
    for size, known in _sizes_in_the_example(material, right).items():
        lengths = " or ".join(map(str, sorted(known)))
        yield f"wrong if {size} is not {lengths}", _wrong_if(right, partial(_is_other, size, known), worse)


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
