"""Checks: how authors write them, how pytest runs them, and how an exercise is judged by them."""

from autograder.checks.assertions import (
    assert_changes_nothing,
    assert_entry_matches,
    assert_matches,
    assert_raises_value_error,
    assert_silent,
)
from autograder.checks.compare import agrees, require_array, require_dict, require_list
from autograder.checks.manner import assert_own_memory, assert_precise, assert_without
from autograder.checks.marks import checks, double_precision, structure_only, trains, weight
from autograder.checks.mismatch import Mismatch, require
from autograder.wire.source import Source

__all__ = [
    "Mismatch",
    "Source",
    "agrees",
    "assert_changes_nothing",
    "assert_entry_matches",
    "assert_matches",
    "assert_own_memory",
    "assert_precise",
    "assert_raises_value_error",
    "assert_silent",
    "assert_without",
    "checks",
    "double_precision",
    "require",
    "require_array",
    "require_dict",
    "require_list",
    "structure_only",
    "trains",
    "weight",
]
