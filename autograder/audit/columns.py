"""From what the candidates of an exercise show to its row: short figures, remarks, and what falls short."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from autograder.audit.agreement import Agreement
from autograder.audit.findings import Finding
from autograder.audit.material import Material
from autograder.audit.poisons import CHANGES
from autograder.audit.rows import COLUMNS, Cell, Row
from autograder.audit.trial import SLOW

LEAST_RIGHT, LEAST_WRONG = 2, 3
NOTHING_TO_SAY = "–"


def row_of(material: Material, findings: Sequence[Finding], agreed: Agreement) -> Row:
    """The row of an exercise."""
    by_column = {column: [f for f in findings if f.candidate.column == column] for column in COLUMNS}
    (reference,) = by_column["reference"]
    makers = {
        "reference": lambda: _reference(reference, agreed),
        "also-correct": lambda: _also_correct(by_column["also-correct"]),
        "misconceptions": lambda: _misconceptions(by_column["misconceptions"]),
        "hard-coding": lambda: _hard_coding(by_column["hard-coding"]),
        "poison": lambda: _poison(by_column["poison"]),
        "bad input": lambda: _bad_input(reference, by_column["bad input"]),
        "messages": lambda: _messages(by_column["misconceptions"]),
        "time": lambda: _time(reference),
    }
    lesson = material.lesson
    return Row(lesson.week, lesson.name, material.name, {column: makers[column]() for column in COLUMNS})


def _reference(finding: Finding, agreed: Agreement) -> Cell:
    counts = finding.counts
    apart = "as it should be" if agreed.of_calls else f"{agreed.apart:.0e}" if agreed.apart else "exact"
    figures = f"{counts['full']}/{counts['draws']} full" + f", {apart}" * (not agreed.shortfalls)
    remarks = (f"oracle: {agreed.by}; {agreed.calls} calls",) if agreed.by else ()
    return Cell(figures, remarks, (*_lines(finding), *agreed.shortfalls))


def _also_correct(findings: Sequence[Finding]) -> Cell:
    doubles, singles = _by_precision(findings)
    told = [line for finding in findings for line in _lines(finding)]
    if len(doubles) < LEAST_RIGHT:
        told.append(f"there are {len(doubles)} also-correct answers; {LEAST_RIGHT} are asked for")
    single = _share(singles, _all_full) if singles else NOTHING_TO_SAY
    return Cell(f"{_share(doubles, _all_full)}, float32 {single}", (), tuple(told))


def _misconceptions(findings: Sequence[Finding]) -> Cell:
    doubles, singles = _by_precision(findings)
    told = [line for finding in findings for line in _lines(finding)]
    if len(doubles) < LEAST_WRONG:
        told.append(f"there are {len(doubles)} misconceptions; {LEAST_WRONG} are asked for")
    single = ", ".join(_lost(singles)) if singles else NOTHING_TO_SAY
    lose, named, confused = _lost(doubles)
    figures = f"{len(doubles)}: {lose} lose, {named} named, {confused} confused; float32 {single}"
    return Cell(figures, (), tuple(told))


def _lost(findings: Sequence[Finding]) -> tuple[str, str, str]:
    """In how many draws misconceptions lose points, are named, are confused."""
    whole, lose, named, confused = (sum(f.counts[c] for f in findings) for c in ("draws", "lose", "named", "confused"))
    return f"{lose}/{whole}", f"{named}/{whole}", str(confused)


def _hard_coding(findings: Sequence[Finding]) -> Cell:
    if not findings:
        return Cell(NOTHING_TO_SAY, ("no right answer is recorded",))
    (finding,) = findings
    shortfalls = tuple(_lines(finding))
    return Cell(f"{len(shortfalls)} of {finding.counts.get('hidden', 0)} hidden", _passed(findings), shortfalls)


def _poison(findings: Sequence[Finding]) -> Cell:
    shortfalls = tuple(line for finding in findings for line in _lines(finding))
    # Whose answers are all right passes every check but those of what it changes.
    others = [f for f in findings if f.candidate.name != f"“{CHANGES}”"]
    return Cell(_share(findings, lambda f: not f.shortfalls) + " lose", _passed(others), shortfalls)


def _bad_input(reference: Finding, findings: Sequence[Finding]) -> Cell:
    bad = reference.bad_input
    assert bad is not None
    told = [*bad.shortfalls(), *(line for finding in findings for line in _lines(finding))]
    if not bad.promised and not bad.tried:
        return Cell(NOTHING_TO_SAY, ("no ValueError is promised",), tuple(told))
    return Cell(f"{bad.tried} tried, {len(bad.promised)} promised", (), tuple(told))


def _messages(findings: Sequence[Finding]) -> Cell:
    told = [f"{f.candidate.name}: {line}" for f in findings for line in f.message_faults]
    return Cell(_share(findings, lambda f: not f.message_faults), (), tuple(told))


def _time(finding: Finding) -> Cell:
    slow = (f"grading takes {finding.seconds:.2f} seconds",) if finding.seconds >= SLOW else ()
    return Cell(f"{finding.seconds:.2f} s", (), slow)


def _lines(finding: Finding) -> list[str]:
    return [f"{finding.candidate.name} {line}" for line in finding.shortfalls]


def _passed(findings: Sequence[Finding]) -> tuple[str, ...]:
    """The checks that candidates pass and may, by name."""
    return tuple(
        f"{finding.candidate.name}: passes “{name}”, which {why}" if why.startswith("looks") else
        f"{finding.candidate.name}: passes “{name}”; {why}"
        for finding in findings for name, why in finding.passed.items()
    )  # fmt: skip


def _by_precision(findings: Sequence[Finding]) -> tuple[list[Finding], list[Finding]]:
    single = [finding for finding in findings if finding.candidate.single]
    return [finding for finding in findings if not finding.candidate.single], single


def _all_full(finding: Finding) -> bool:
    return finding.counts["full"] == finding.counts["draws"] and not finding.shortfalls


def _share(findings: Sequence[Finding], holds: Callable[[Finding], bool]) -> str:
    return f"{sum(bool(holds(finding)) for finding in findings)}/{len(findings)}"
