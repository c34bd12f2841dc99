"""Mutants that give the right numbers and have a bad habit: they change arguments, remember, refuse nothing."""

from __future__ import annotations

import copy
import functools
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.audit.mutants.mutant import Function, worse
from autograder.wire.calls import write_arguments
from autograder.wire.values import refill


def with_bad_habits(right: Function) -> Iterator[tuple[str, Function]]:
    """The right answer with one bad habit, for each habit."""
    for name, make in _HABITS.items():
        yield name, functools.wraps(right)(make(right))


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
            refill(value, worse(value))
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
            answer = worse(answer)
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
