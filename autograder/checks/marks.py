"""How an author marks a check: its exercise, its weight, that it looks only at structure, trains or needs float64."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

EXERCISE_ATTRIBUTE = "_autograder_exercise"
WEIGHT_ATTRIBUTE = "_autograder_weight"
STRUCTURE_ATTRIBUTE = "_autograder_structure_only"
TRAINING_ATTRIBUTE = "_autograder_trains"
DOUBLE_ATTRIBUTE = "_autograder_double_precision"


def checks(exercise: str) -> Callable[[F], F]:
    """Say which exercise a check belongs to."""

    def mark(function: F) -> F:
        setattr(function, EXERCISE_ATTRIBUTE, exercise)
        return function

    return mark


def weight(weight: float) -> Callable[[F], F]:
    """Give a check a weight other than 1 within its exercise; 0 if it only says whether a quiz is filled in."""
    if not (math.isfinite(weight) and weight >= 0):
        raise ValueError(f"A check's weight must be a number of at least 0, not {weight!r}.")

    def mark(function: F) -> F:
        setattr(function, WEIGHT_ATTRIBUTE, float(weight))
        return function

    return mark


def structure_only(check: F) -> F:
    """Mark a check that looks only at an answer's type, shape and keys: the audit lets an answer of zeros pass it."""
    setattr(check, STRUCTURE_ATTRIBUTE, True)
    return check


def trains(check: F) -> F:
    """Mark a check that has a model trained: that takes seconds, so the audit tries its exercise for few draws."""
    setattr(check, TRAINING_ATTRIBUTE, True)
    return check


def double_precision(check: F) -> F:
    """Mark a check that float32 can't pass, such as one with `assert_precise`: the audit won't try it there."""
    setattr(check, DOUBLE_ATTRIBUTE, True)
    return check
