"""A symptom: what answers look like that show a mistake, as data, for mistakes that comparing answers cannot find.

The signs are evaluated by `autograder.checks.symptoms`, in the grader and in students' notebooks alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.wire.calls import Call


@dataclass(frozen=True)
class Sign:
    """Something that the answers of a check show or, if ``absent``, do not show: a predicate's name and parameters."""

    predicate: str
    parameters: tuple[str | int | float, ...] = ()
    absent: bool = False

    def to_data(self) -> dict[str, Any]:
        """The sign as JSON's values."""
        return {"predicate": self.predicate, "parameters": list(self.parameters), "absent": self.absent}

    @classmethod
    def from_data(cls, data: dict[str, Any]) -> Sign:
        """Read what `to_data` gives."""
        return cls(data["predicate"], tuple(data["parameters"]), data["absent"])


# Signs that must all show in the answers of one check; in rare cases code, which no student's machine gets.
Symptom = Sequence[Sign] | Callable[[Sequence[Call]], bool]
