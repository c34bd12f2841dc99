"""Does every known mistake lose points, and is it named?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.audit.candidates import Candidate, Effort, as_float32
from autograder.audit.columns.column import Column
from autograder.audit.findings import NOTHING_TO_SAY, Finding, all_lines, by_precision, too_few
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial
from autograder.lessons.rules import LEAST_MISCONCEPTIONS


class Misconceptions(Column[Finding]):
    """The lesson's misconceptions, as they are and returning float32."""

    name = "misconceptions"
    must_be = "for every draw each loses points, is named and is confused with no other, as float32 too"
    width = 16

    def candidates(self, material: Material, effort: Effort) -> Iterator[Candidate]:
        """Each misconception, once more as float32 if the exercise gives floats."""
        for wrong in material.mistakes(material.name):
            yield Candidate(self.name, wrong.label, wrong.code, effort.draws, wrong.name)
            if material.may_be_single:
                name, code = f"{wrong.label} as float32", wrong.code + as_float32(material.name)
                yield Candidate(self.name, name, code, effort.single, wrong.name, single=True)

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Finding:
        """Does it lose points, is it named, is it confused with another?"""
        draws = list(enumerate(trial.draws, start=1))
        lost = [(number, draw.verdict) for number, draw in draws if draw.verdict.score < draw.verdict.points]
        full = [number for number, draw in draws if draw.verdict.score >= draw.verdict.points]
        others: dict[str, list[int]] = {}
        for number, verdict in lost:
            if verdict.misconception != candidate.mistake:
                others.setdefault(verdict.misconception or "", []).append(number)
        unnamed = others.pop("", [])
        confused = sum(map(len, others.values()))
        named = len(lost) - len(unnamed) - confused
        counts = {"draws": len(draws), "lose": len(lost), "named": named, "confused": confused}
        finding = Finding(candidate.name, counts=counts, single=candidate.single)
        if full:
            finding.shortfalls.append(f"loses no point for {_some(full, draws)}")
        if unnamed:
            why = "another has the same answers, or its own code does not explain them"
            finding.shortfalls.append(f"is not named for {_some(unnamed, draws)}: {why}")
        for other, numbers in others.items():
            finding.shortfalls.append(f"is taken for “{other}” for {_some(numbers, draws)}")
        return finding

    def in_process(self, material: Material, effort: Effort) -> Finding | None:
        """Are there enough?"""
        return too_few(material.mistakes(material.name), LEAST_MISCONCEPTIONS, "misconceptions")

    def cell(self, findings: Sequence[Finding]) -> Cell:
        """In how many draws they lose points, are named, are confused."""
        doubles, singles = by_precision(findings)
        lose, named, confused = _sums(doubles)
        single = ", ".join(_sums(singles)) if singles else NOTHING_TO_SAY
        figures = f"{len(doubles)}: {lose} lose, {named} named, {confused} confused; float32 {single}"
        return Cell(figures, (), all_lines(findings))


def _some(numbers: Sequence[int], draws: Sequence[object]) -> str:
    return f"{len(numbers)} of {len(draws)} draws, draw {numbers[0]} among them"


def _sums(findings: Sequence[Finding]) -> tuple[str, str, str]:
    draws, lose, named, confused = (
        sum(finding.counts[what] for finding in findings) for what in ("draws", "lose", "named", "confused")
    )
    return f"{lose}/{draws}", f"{named}/{draws}", str(confused)
