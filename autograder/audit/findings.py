"""What a graded candidate shows: a few counts and lines, made where it was graded, as its calls are too many to send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.audit.bad_input import BadInput, bad_input_of
from autograder.audit.candidates import Candidate
from autograder.audit.material import Material
from autograder.audit.messages import faults_of
from autograder.audit.trial import Conditions, Draw, grade
from autograder.checks.diagnosis import same_answer
from autograder.checks.plugin import CheckRun
from autograder.verdicts.verdict import Status


@dataclass(frozen=True)
class Finding:
    """What one candidate shows.

    ``counts`` are of draws; ``shortfalls`` are lines without the candidate's name; ``passed`` are the checks that a poison
    passes and may, each with the reason; ``answers`` are the model answer's, by document, for the oracle.
    """

    candidate: Candidate
    counts: dict[str, int]
    shortfalls: list[str] = field(default_factory=list)
    passed: dict[str, str] = field(default_factory=dict)
    message_faults: list[str] = field(default_factory=list)
    answers: list[tuple[str, str]] = field(default_factory=list)
    bad_input: BadInput | None = None
    seconds: float = 0.0


def look_at(material: Material, candidate: Candidate, conditions: Conditions) -> Finding:
    """Grade a candidate and say what that shows."""
    is_reference = candidate.column == "reference"
    trial = grade(material, candidate, conditions, timed=is_reference)
    draws = trial.draws
    full = sum(draw.verdict.status is Status.PASSED for draw in draws)
    finding = Finding(candidate, {"draws": len(draws), "full": full}, seconds=trial.seconds)
    if trial.fault:
        finding.shortfalls.append(f"the grader itself fails: {trial.fault[-500:]}")
    match candidate.column:
        case "reference" | "also-correct":
            finding.shortfalls.extend(_not_full(draws))
        case "misconceptions":
            _misconception(finding, draws)
            finding.message_faults.extend(faults_of(draws, material.references, material.stub))
        case "hard-coding":
            _hard_coding(finding, draws, material.form_alone())
        case _:
            _poison(finding, draws, material)
    if is_reference:
        calls = [
            c for draw in draws for run in draw.runs for c in run.calls if c.function == material.exercise.answer_name
        ]
        finding.answers.extend({call.document: call.answer.to_text() for call in calls}.items())
        first = {c.document for run in draws[0].runs for c in run.calls}
        bad = bad_input_of(material, [call for call in calls if call.document in first])
        return Finding(**{**vars(finding), "bad_input": bad})
    return finding


def _not_full(draws: Sequence[Draw]) -> list[str]:
    bad = [(number, draw) for number, draw in enumerate(draws, start=1) if draw.verdict.status is not Status.PASSED]
    if not bad:
        return []
    number, draw = bad[0]
    check = next((c for c in draw.verdict.checks if not c.passed), None)
    where = f"“{check.name}”: {check.message}" if check else draw.verdict.message
    return [f"{draw.verdict.status} for {len(bad)} of {len(draws)} draws; draw {number} fails {where}"]


def _misconception(finding: Finding, draws: Sequence[Draw]) -> None:
    """Does it lose points, is it named, is it confused with another?"""
    mistake = finding.candidate.mistake
    many = len(draws)
    kept = [n for n, d in enumerate(draws, 1) if d.verdict.score >= d.verdict.points]
    others: dict[str, list[int]] = {}
    for number, draw in enumerate(draws, start=1):
        if number not in kept and draw.verdict.misconception != mistake:
            others.setdefault(draw.verdict.misconception or "", []).append(number)
    unnamed = others.pop("", [])
    confused = sum(map(len, others.values()))
    lost = many - len(kept)
    finding.counts.update(lose=lost, named=lost - len(unnamed) - confused, confused=confused)
    if kept:
        finding.shortfalls.append(f"loses no point for {len(kept)} of {many} draws, draw {kept[0]} among them")
    if unnamed:
        finding.shortfalls.append(
            f"is not named for {len(unnamed)} of {many} draws, draw {unnamed[0]} among them: "
            "another has the same answers, or its own code does not explain them"
        )
    for other, numbers in others.items():
        finding.shortfalls.append(
            f"is taken for “{other}” for {len(numbers)} of {many} draws, draw {numbers[0]} among them"
        )


def _hard_coding(finding: Finding, draws: Sequence[Draw], form_alone: set[str]) -> None:
    hidden = [run for draw in draws for run in draw.runs if run.hidden]
    finding.counts.update(hidden=len({run.key for run in hidden}))
    for run in hidden:
        if run.passed and _key(run) in form_alone:
            finding.passed[run.name] = "looks at the form alone"
        elif run.passed:
            line = f"passes the hidden check “{run.name}”"
            if line not in finding.shortfalls:
                finding.shortfalls.append(line)


def _poison(finding: Finding, draws: Sequence[Draw], material: Material) -> None:
    """A poison may pass a check by giving the right answers to its every call, or where the check looks at the form alone."""
    form_alone, name = material.form_alone(), material.exercise.answer_name
    if any(draw.verdict.score >= draw.verdict.points for draw in draws):
        finding.shortfalls.append("has full marks")
    for run in (run for draw in draws for run in draw.runs if run.passed):
        calls = [call for call in run.calls if call.function == name]
        if _key(run) in form_alone:
            finding.passed[run.name] = "looks at the form alone"
        elif all(same_answer(call.answer, material.references.answer(call)) for call in calls):
            finding.passed[run.name] = "its answers there are right"
        elif f"passes “{run.name}”" not in " ".join(finding.shortfalls):
            finding.shortfalls.append(
                f"passes “{run.name}” with wrong answers: have the check compare a value, or mark it @form_alone"
            )


def _key(run: CheckRun) -> str:
    return run.key.partition("[")[0]
