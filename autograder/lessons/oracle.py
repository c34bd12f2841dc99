"""Independent answers to an exercise: what the audit compares the model answer with.

They stand in a lesson's ``oracles.py``, beside its checks, and take another way to the same answer: another library,
exact arithmetic, brute force, a table typed once more. They are never shipped, and no grade depends on them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

F = TypeVar("F", bound=Callable[..., Any])

_ORACLE = "_autograder_oracle"


@dataclass(frozen=True)
class Oracle:
    """An independent answer; ``by`` says in words which way it takes.

    ``of_calls`` says that it gets the model answer's calls (`calls.Call`, a list) and raises an AssertionError where
    they are not as they should be: so for answers that are drawn at random.
    """

    exercise: str
    by: str
    function: Callable[..., Any]
    of_calls: bool = False


def oracle(exercise: str, *, by: str, of_calls: bool = False) -> Callable[[F], F]:
    """Say that a function is the oracle of `exercise`: called as the exercise's function is, it gives the right answer."""

    def mark(function: F) -> F:
        setattr(function, _ORACLE, Oracle(exercise, by, function, of_calls))
        return function

    return mark


def oracle_in(module: ModuleType, exercise: str) -> Oracle | None:
    """The oracle of `exercise` that a module defines, or None."""
    found = (getattr(value, _ORACLE, None) for value in vars(module).values())
    return next((oracle for oracle in found if isinstance(oracle, Oracle) and oracle.exercise == exercise), None)
