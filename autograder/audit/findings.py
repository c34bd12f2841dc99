"""What a column finds in a graded candidate: a few counts and lines, as the candidate's calls are too many to send."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from autograder.audit.candidates import Candidate
from autograder.audit.material import Material
from autograder.audit.trial import Draw
from autograder.checks.compare import same_answer
from autograder.checks.plugin import CheckRun
from autograder.verdicts.verdict import Status

NOTHING_TO_SAY = "–"
STRUCTURE_ONLY = "looks at the structure only"


@dataclass
class Finding:
    """What a column finds in one candidate.

    Parameters
    ----------
    name
        The candidate's name, or empty if the lines speak for themselves.
    shortfalls
        A line for each thing that is not as it must be, without the name.
    counts
        Numbers of draws or checks, by what they are numbers of.
    passed
        The checks that a wrong answer passes and may pass, each with the reason.
    single
        Whether the candidate returns float32.
    """

    name: str = ""
    shortfalls: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    passed: dict[str, str] = field(default_factory=dict)
    single: bool = False

    @property
    def lines(self) -> list[str]:
        """The shortfalls, each with the candidate's name."""
        return [f"{self.name} {line}".lstrip() for line in self.shortfalls]


F = TypeVar("F", bound=Finding)


def right_answer(candidate: Candidate, draws: Sequence[Draw]) -> Finding:
    """What is found in an answer that must have full marks for every draw."""
    bad = [(number, draw) for number, draw in enumerate(draws, start=1) if draw.verdict.status is not Status.PASSED]
    counts = {"draws": len(draws), "full": len(draws) - len(bad)}
    finding = Finding(candidate.name, counts=counts, single=candidate.single)
    if bad:
        number, draw = bad[0]
        check = next((c for c in draw.verdict.checks if not c.passed), None)
        where = f"“{check.name}”: {check.message}" if check else draw.verdict.message
        line = f"{draw.verdict.status} for {len(bad)} of {len(draws)} draws; draw {number} fails {where}"
        finding.shortfalls.append(line)
    return finding


def wrong_answer(material: Material, candidate: Candidate, draws: Sequence[Draw]) -> Finding:
    """What is found in an answer that must lose points and pass no check by a wrong value.

    It may pass a check to whose every call it gives the right answer, and a check that looks at the structure alone.
    """
    finding = Finding(candidate.name)
    structure_only, name = material.structure_only(), material.exercise.answer_name
    if any(draw.verdict.score >= draw.verdict.points for draw in draws):
        finding.shortfalls.append("has full marks")
    for run in (run for draw in draws for run in draw.runs if run.passed):
        calls = [call for call in run.calls if call.function == name]
        if check_of(run) in structure_only:
            finding.passed[run.name] = STRUCTURE_ONLY
        elif all(same_answer(call.answer, material.references.answer(call)) for call in calls):
            finding.passed[run.name] = "its answers there are right"
        elif f"passes “{run.name}”" not in " ".join(finding.shortfalls):
            finding.shortfalls.append(
                f"passes “{run.name}” with wrong answers: have the check compare a value, or mark it @structure_only"
            )
    return finding


def check_of(run: CheckRun) -> str:
    """The key of a run's check, without the case of a parametrized one."""
    return run.key.partition("[")[0]


def all_lines(findings: Iterable[Finding]) -> tuple[str, ...]:
    """The shortfalls of all these findings."""
    return tuple(line for finding in findings for line in finding.lines)


def passed_checks(findings: Iterable[Finding]) -> tuple[str, ...]:
    """A remark for each check that a wrong answer passes and may pass."""
    return tuple(
        f"{finding.name}: passes “{name}”" + (f", which {why}" if why == STRUCTURE_ONLY else f"; {why}")
        for finding in findings
        for name, why in finding.passed.items()
    )


def share(findings: Sequence[F], holds: Callable[[F], bool]) -> str:
    """How many of the findings are as they must be, as "3/4"."""
    return f"{sum(map(holds, findings))}/{len(findings)}"


def by_precision(findings: Sequence[F]) -> tuple[list[F], list[F]]:
    """The findings on candidates as their authors wrote them, and those on candidates that return float32."""
    graded = [finding for finding in findings if finding.counts]
    return [f for f in graded if not f.single], [f for f in graded if f.single]


def too_few(answers: Sequence[object], least: int, what: str) -> Finding | None:
    """What is found if there are fewer answers of a kind than each exercise must have."""
    line = f"there are {len(answers)} {what}; {least} are asked for"
    return Finding(shortfalls=[line]) if len(answers) < least else None
