"""Checks: how authors write them, how pytest runs them, and how an exercise is judged by them."""

from autograder.checks.assertions import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    assert_silent,
)
from autograder.checks.compare import agrees, require_array, require_dict, require_list
from autograder.checks.marks import checks, structure_only, trains, weight
from autograder.checks.mismatch import Mismatch, require

__all__ = [
    "Mismatch",
    "agrees",
    "assert_changes_nothing",
    "assert_matches",
    "assert_raises_value_error",
    "assert_silent",
    "checks",
    "require",
    "require_array",
    "require_dict",
    "require_list",
    "structure_only",
    "trains",
    "weight",
]
