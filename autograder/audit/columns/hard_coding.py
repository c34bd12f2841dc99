"""Do answers that can be had by heart, from the public checks or from a feedback page, earn hidden points?"""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator, Sequence

from autograder.audit.candidates import Candidate, Effort
from autograder.audit.columns.column import Column
from autograder.audit.findings import (
    NOTHING_TO_SAY,
    STRUCTURE_ONLY,
    Finding,
    all_lines,
    check_of,
    passed_checks,
)
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial
from autograder.authoring.soundness import known_by_heart
from autograder.wire.calls import write_arguments


class HardCoding(Column[Finding]):
    """A submission that gives the recorded answers to the public checks' inputs, and the nearest one to any other."""

    name = "hard-coding"
    must_be = (
        "answers recorded from the public checks earn no hidden point, and two thirds of the weight is on drawn inputs"
    )
    width = 11

    def candidates(self, material: Material, effort: Effort) -> Iterator[Candidate]:
        """One that looks answers up. A quiz has none: no right answer of it is recorded."""
        if not material.exercise.variable:
            yield Candidate(self.name, "a copy of the recorded answers", _lookup(material), effort.right)

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Finding:
        """Which hidden checks does it pass?"""
        hidden = [run for draw in trial.draws for run in draw.runs if run.hidden]
        finding = Finding(candidate.name, counts={"hidden": len({run.key for run in hidden})})
        structure_only = material.structure_only()
        for run in (run for run in hidden if run.passed):
            line = f"passes the hidden check “{run.name}”"
            if check_of(run) in structure_only:
                finding.passed[run.name] = STRUCTURE_ONLY
            elif line not in finding.shortfalls:
                finding.shortfalls.append(line)
        return finding

    def in_process(self, material: Material, effort: Effort) -> Finding | None:
        """Are enough of the inputs drawn? In brief there is no time to train a model for that."""
        if material.exercise.variable or (material.trains and not effort.every):
            return None
        too_much = known_by_heart(material.exercise, material.runs, material.runs_again())
        return Finding(shortfalls=[too_much]) if too_much else None

    def cell(self, findings: Sequence[Finding]) -> Cell:
        """How many hidden checks it passes."""
        if not any(finding.counts for finding in findings):
            return Cell(NOTHING_TO_SAY, ("no right answer is recorded",))
        (finding,) = (finding for finding in findings if finding.counts)
        figures = f"{len(finding.shortfalls)} of {finding.counts['hidden']} hidden"
        return Cell(figures, passed_checks(findings), all_lines(findings))


def _lookup(material: Material) -> str:
    function = material.references.namespace[material.exercise.name]
    signature = inspect.signature(function)
    known = []
    for arguments, right in material.recorded:
        given = signature.bind(*arguments[0], **arguments[1])
        given.apply_defaults()
        known.append([write_arguments(tuple(given.arguments.values()), {}), right])
    definitions = {d.name: d for d in ast.parse(material.stub).body if isinstance(d, ast.FunctionDef)}
    parameters = ast.unparse(definitions[material.exercise.name].args)
    names = ", ".join(signature.parameters)
    return (
        f"def {material.exercise.name}({parameters}):\n    return _recorded([{names}])\n\n\n"
        f"_KNOWN = {json.dumps(known)}\n{_RECORDED}"
    )


_RECORDED = """

def _recorded(given):
    from autograder.wire.calls import Answer, read_arguments, write_arguments
    from autograder.wire.values import numbers

    document = write_arguments(tuple(given), {})
    answers = [(known, Answer.from_text(answer)) for known, answer in _KNOWN]
    for known, answer in answers:
        if known == document:
            if answer.outcome == "error":
                raise ValueError("recorded")
            return answer.value
    mine = list(numbers(given, "iufb"))
    nearest, least = None, float("inf")
    for known, answer in answers:
        theirs = list(numbers(read_arguments(known), "iufb"))
        apart = 1e9 * abs(len(mine) - len(theirs)) + sum(abs(a - b) for a, b in zip(mine, theirs))
        if answer.outcome == "value" and (nearest is None or apart < least):
            nearest, least = answer, apart
    return nearest.value if nearest is not None else None
"""
