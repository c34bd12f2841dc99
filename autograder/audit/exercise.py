"""The audit of one exercise: what all columns ask to have graded, what they find in it, and the row."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from functools import partial

from autograder.audit.candidates import Candidate, Effort
from autograder.audit.columns import COLUMNS
from autograder.audit.findings import Finding
from autograder.audit.material import Material
from autograder.audit.rows import Row
from autograder.audit.trial import grade
from autograder.grading.exercises import Terms

# What one job found, by the column that found it.
Findings = dict[str, Finding]


class ExerciseAudit:
    """An exercise that is being audited, for the process that hands out the work.

    Parameters
    ----------
    material
        The exercise.
    effort
        How much is tried.
    terms
        Within what limits and in which sandbox.
    """

    def __init__(self, material: Material, effort: Effort, terms: Terms) -> None:
        self.material = material
        candidates = (candidate for column in COLUMNS for candidate in column.candidates(material, effort))
        self.jobs: list[Callable[[], Findings]] = [
            *(partial(look_at, material, candidate, terms) for candidate in candidates),
            partial(try_in_process, material),
        ]
        self._findings: dict[int, Findings] = {}
        self._follow_ups: list[tuple[Findings, str, Future[Finding]]] = []

    def add(self, number: int, findings: Findings, executor: Executor) -> None:
        """Take what the job of this number found, and have `executor` complete what needs completing."""
        self._findings[number] = findings
        for column in COLUMNS:
            rest = column.follow_up(self.material, findings[column.name]) if column.name in findings else None
            if rest is not None:
                self._follow_ups.append((findings, column.name, executor.submit(rest)))

    @property
    def finished(self) -> bool:
        """Whether every job is done."""
        return len(self._findings) == len(self.jobs)

    def row(self) -> Row:
        """The row of an exercise that is finished; waits for what is being completed."""
        for findings, column, future in self._follow_ups:
            findings[column] = future.result()
        in_order = [self._findings[number] for number in range(len(self.jobs))]
        cells = {c.name: c.cell([of_job[c.name] for of_job in in_order if c.name in of_job]) for c in COLUMNS}
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


def try_in_process(material: Material) -> Findings:
    """Let the columns try what needs no kernel."""
    findings = {column.name: column.in_process(material) for column in COLUMNS}
    return {name: finding for name, finding in findings.items() if finding is not None}
