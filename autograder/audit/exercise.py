"""The audit of one exercise: what all columns ask to have graded, what they find in it, and the row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor, Future
from functools import lru_cache, partial
from zlib import crc32

from autograder.audit.candidates import Candidate, Effort
from autograder.audit.columns import COLUMNS
from autograder.audit.findings import Finding
from autograder.audit.material import Material
from autograder.audit.rows import Row
from autograder.audit.trial import grade
from autograder.grading.exercises import Terms

# Into how many jobs an exercise's candidates are dealt out.
SHARES = 7
# Instead of a candidate's number.
IN_PROCESS = -1
# What the columns find in a candidate, by column.
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
        self._effort = effort
        shares = SHARES if effort.every else 1
        self.jobs: list[Callable[[], dict[int, Findings]]] = [
            *(partial(look_at_share, material, effort, terms, share, shares) for share in range(shares)),
            partial(try_in_process, material, effort),
        ]
        self._left = len(self.jobs)
        self._findings: dict[int, Findings] = {}
        self._follow_ups: list[tuple[Findings, str, Future[Finding]]] = []

    def add(self, found: Mapping[int, Findings], executor: Executor) -> None:
        """Take the findings of a job, and have `executor` complete what needs completing."""
        self._left -= 1
        self._findings.update(found)
        for findings in found.values() if self._effort.every else ():
            for column in COLUMNS:
                rest = column.follow_up(self.material, findings[column.name]) if column.name in findings else None
                if rest is not None:
                    self._follow_ups.append((findings, column.name, executor.submit(rest)))

    @property
    def finished(self) -> bool:
        """Whether every job is done."""
        return self._left == 0

    def row(self) -> Row:
        """The row of an exercise that is finished; waits for what is being completed."""
        for findings, column, future in self._follow_ups:
            findings[column] = future.result()
        in_order = [findings for _, findings in sorted(self._findings.items())]
        cells = {c.name: c.cell([findings[c.name] for findings in in_order if c.name in findings]) for c in COLUMNS}
        lesson = self.material.lesson
        return Row(lesson.week, lesson.name, self.material.name, self._effort.name, cells)


@lru_cache(maxsize=8)  # of which a worker is given several shares
def candidates_of(material: Material, effort: Effort) -> Sequence[Candidate]:
    """What is graded of an exercise: every candidate, or one for each column, which differs between exercises.

    An exercise that trains a model has fewer draws and, if not every candidate is tried, the model answer alone.
    """
    columns = COLUMNS
    if material.trains:
        effort = effort.for_training()
        columns = COLUMNS if effort.every else COLUMNS[:1]
    kinds = [list(column.candidates(material, effort)) for column in columns]
    if effort.every:
        return [candidate for kind in kinds for candidate in kind]
    return [kind[crc32(f"{material.name} {kind[0].column}".encode()) % len(kind)] for kind in kinds if kind]


def look_at_share(material: Material, effort: Effort, terms: Terms, share: int, of: int) -> dict[int, Findings]:
    """Grade every candidate whose turn it is, and let the columns look at them."""
    numbered = list(enumerate(candidates_of(material, effort)))[share::of]
    return {number: look_at(material, candidate, terms) for number, candidate in numbered}


def look_at(material: Material, candidate: Candidate, terms: Terms) -> Findings:
    """Grade a candidate, and let the columns look at it."""
    trial = grade(material, candidate, terms)
    findings = {
        column.name: column.look_at(material, candidate, trial) for column in COLUMNS if column.looks_at(candidate)
    }
    if trial.fault:
        findings[candidate.column].shortfalls.insert(0, f"makes the grader itself fail: {trial.fault[-500:]}")
    return findings


def try_in_process(material: Material, effort: Effort) -> dict[int, Findings]:
    """Let the columns try what needs no kernel."""
    findings = {column.name: column.in_process(material, effort) for column in COLUMNS}
    return {IN_PROCESS: {name: finding for name, finding in findings.items() if finding is not None}}
