"""Checks: how authors write them, how pytest runs them, and how an exercise is judged by them."""

from autograder.checks.assertions import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    assert_silent,
    checks,
    structure_only,
    weight,
)
from autograder.checks.compare import Mismatch, agrees, require, require_array, require_dict, require_list

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
    "weight",
]
