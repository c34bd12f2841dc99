"""The audit of one exercise: what all columns ask to have graded, what they find in it, and the row."""

from __future__ import annotations

from concurrent.futures import Executor, Future

from autograder.audit.candidates import Candidate, Effort
from autograder.audit.columns import COLUMNS
from autograder.audit.findings import Finding
from autograder.audit.material import Material
from autograder.audit.rows import Row
from autograder.audit.trial import grade
from autograder.grading.exercises import Terms

# What was found in one candidate, by the column that found it.
Findings = dict[str, Finding]


class ExerciseAudit:
    """An exercise that is being audited, for the process that hands out the work.

    Parameters
    ----------
    material
        The exercise.
    effort
        How much is tried.
    """

    def __init__(self, material: Material, effort: Effort) -> None:
        self.material = material
        self.candidates: list[Candidate] = [c for column in COLUMNS for c in column.candidates(material, effort)]
        self._findings: dict[int, Findings] = {}
        self._follow_ups: list[tuple[Findings, str, Future[Finding]]] = []

    def add(self, number: int, findings: Findings, executor: Executor) -> None:
        """Take what was found in the candidate of this number, and have `executor` complete what needs completing."""
        self._findings[number] = findings
        for column in COLUMNS:
            rest = column.follow_up(self.material, findings[column.name]) if column.name in findings else None
            if rest is not None:
                self._follow_ups.append((findings, column.name, executor.submit(rest)))

    @property
    def finished(self) -> bool:
        """Whether every candidate has been looked at."""
        return len(self._findings) == len(self.candidates)

    def row(self) -> Row:
        """The row of an exercise that is finished; waits for what is being completed."""
        for findings, column, future in self._follow_ups:
            findings[column] = future.result()
        in_order = [self._findings[number] for number in range(len(self.candidates))]
        cells = {c.name: c.cell([found[c.name] for found in in_order if c.name in found]) for c in COLUMNS}
        lesson = self.material.lesson
        return Row(lesson.week, lesson.name, self.material.name, cells)


def look_at(material: Material, candidate: Candidate, terms: Terms) -> Findings:
    """Grade a candidate, and let the columns look at it."""
    trial = grade(material, candidate, terms)
    findings = {
        column.name: column.look_at(material, candidate, trial) for column in COLUMNS if column.looks_at(candidate)
    }
    if trial.fault:
        findings[candidate.column].shortfalls.insert(0, f"the grader itself fails: {trial.fault[-500:]}")
    return findings
