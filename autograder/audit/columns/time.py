"""Does grading an exercise take long?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.audit.candidates import Candidate
from autograder.audit.columns.column import Column
from autograder.audit.findings import NOTHING_TO_SAY, Finding
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial


@dataclass
class Duration(Finding):
    """How many CPU seconds the grader takes for the model answer, and how many it may take."""

    seconds: float = 0.0
    allowed: float = 0.0


class Time(Column[Duration]):
    """The time that the grader itself takes for the model answer, whatever the answer takes in its kernel."""

    name = "time"
    must_be = "the grader's own CPU seconds for it, as a median, are under 1, or under 60 if its checks train a model"

    def looks_at(self, candidate: Candidate) -> bool:
        """At the candidate that is timed."""
        return candidate.seconds > 0

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Duration:
        """How long does it take?"""
        return Duration(seconds=trial.seconds, allowed=candidate.seconds)

    def cell(self, findings: Sequence[Duration]) -> Cell:
        """The seconds."""
        if not findings:
            return Cell(NOTHING_TO_SAY)
        (finding,) = findings
        slow = (
            (f"grading takes {finding.seconds:.2f} seconds of the grader's own",)
            if finding.seconds >= finding.allowed
            else ()
        )
        return Cell(f"{finding.seconds:.2f} s", (), slow)
