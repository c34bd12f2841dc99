"""Is "passed" worth something? What passes all public checks must not lose much when it is graded."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from autograder.audit.candidates import Candidate, Effort
from autograder.audit.columns.column import Column
from autograder.audit.findings import NOTHING_TO_SAY, Finding, all_lines
from autograder.audit.in_process import runs_of_functions
from autograder.audit.material import Material
from autograder.audit.mutants import mutants
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial
from autograder.checks.plugin import CheckRun

# The share of the points that an answer which passes the public checks must not lose.
MUCH = 1 / 5


class Passed(Column[Finding]):
    """The misconceptions, as they are graded, and mutants of the model answer, tried in this process."""

    name = "passed"
    must_be = (
        "no misconception, and no mutant of the model answer (rounded, flattened, right for one size alone, …), "
        "passes all public checks and then loses a fifth of the points; quizzes apart"
    )
    width = 7

    def looks_at(self, candidate: Candidate) -> bool:
        """At the misconceptions."""
        return candidate.column == "misconceptions"

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Finding:
        """Does one that passes the public checks lose much for some draw?"""
        if material.exercise.variable:
            return Finding()
        return _finding({candidate.name: [draw.runs for draw in trial.draws]})

    def in_process(self, material: Material, effort: Effort) -> Finding | None:
        """The same of the mutants. In brief, or if each trains a model, there is no time for them."""
        if material.exercise.variable or material.trains or not effort.every:
            return None
        names, functions = zip(*mutants(material), strict=True)
        runs = runs_of_functions(material, functions)
        return _finding({f"“{name}”": [of_one] for name, of_one in zip(names, runs, strict=True)})

    def cell(self, findings: Sequence[Finding]) -> Cell:
        """How many pass the public checks, of how many wrong answers."""
        wrong, passed = (sum(finding.counts.get(what, 0) for finding in findings) for what in ("wrong", "passed"))
        if not wrong:
            return Cell(NOTHING_TO_SAY, ("its public check looks at the form alone",))
        remarks = tuple(f"{name} {loss}" for finding in findings for name, loss in finding.passed.items())
        return Cell(f"{passed} of {wrong}", remarks, all_lines(findings))


def _finding(candidates: Mapping[str, Sequence[Sequence[CheckRun]]]) -> Finding:
    """What is found in answers, from the checks of each for every draw; one that loses nothing is not wrong."""
    finding = Finding(counts={"wrong": 0, "passed": 0})
    for name, draws in candidates.items():
        lost = max(map(_lost, draws))
        passed = all(run.passed for runs in draws for run in runs if not run.hidden)
        finding.counts["wrong"] += lost > 0
        finding.counts["passed"] += lost > 0 and passed
        line = f"passes all public checks and loses {lost:.0%} of the points"
        if passed and lost >= MUCH:
            finding.shortfalls.append(f"{name} {line}")
        elif passed and lost:
            finding.passed[name] = line
    return finding


def _lost(runs: Sequence[CheckRun]) -> float:
    """The share of the points that the failed checks cost."""
    return math.fsum(run.weight for run in runs if not run.passed) / math.fsum(run.weight for run in runs)
