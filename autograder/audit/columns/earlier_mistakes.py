"""Does a mistake in an earlier exercise cost a right later answer nothing, and gain a wrong one nothing?"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from autograder.audit.candidates import Candidate, Effort, wrapped
from autograder.audit.columns.column import Column
from autograder.audit.columns.poison import CHANGES, POISONS, poisoned
from autograder.audit.findings import NOTHING_TO_SAY, Finding, all_lines, right_answer
from autograder.audit.in_process import Submission, runs_of
from autograder.audit.material import Material, Mistake
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial
from autograder.checks.plugin import CheckRun
from autograder.source_code import PLACEHOLDER

# Before the names of the earlier functions that an answer brings along, so that neither a student's nor a stand-in is
# called.
OWN = "own_"


@dataclass(frozen=True)
class Answer:
    """An answer to the later exercise: its name in a line about it, its cell, and whether it is right."""

    name: str
    code: str
    right: bool = False


class EarlierMistakes(Column[Finding]):
    """Right and wrong answers to an exercise, over mistakes in the exercises that it builds on.

    A wrong answer may pass the checks that it passes over right earlier answers, and no other. Every pair is tried in
    this process, and a few of them through the real path.
    """

    name = "earlier mistakes"
    must_be = (
        "over each, the model answer has full marks, whether it calls them or not, and no wrong answer passes a check "
        "that it fails over right ones"
    )
    width = 8

    def candidates(self, material: Material, effort: Effort) -> Iterator[Candidate]:
        """A mistake in each earlier exercise, below the model answer and below answers that make the mistake again."""
        known = {mistake.name: mistake for mistake in material.mistakes(material.name)}
        for mistakes in _mistakes_below(material):
            mistake = next((m for m in mistakes if m.name in known), mistakes[0])
            answers = [_model(material), _with_own(material, mistake)]
            if mistake.name in known:
                answers.append(_misconception(known[mistake.name]))
            for answer in answers:
                name = f"{answer.name} over {_shown(mistake)}"
                wrong_earlier = {mistake.exercise: mistake.code}
                yield Candidate(self.name, name, answer.code, 1, wrong_earlier=wrong_earlier)

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Finding:
        """How is one of these graded through the real path?"""
        if candidate.code == _model(material).code:
            finding = right_answer(candidate, trial.draws)
        else:
            (over_right_ones,) = runs_of(material, [Submission(candidate.code)])
            finding = Finding(candidate.name, _gained(trial.draws[0].runs, over_right_ones))
        finding.counts.update(pairs=1, hold=not finding.shortfalls)
        return finding

    def in_process(self, material: Material, effort: Effort) -> Finding | None:
        """How is every pair graded in this process? In brief, or if each trains a model, there is no time for them."""
        pairs = list(_pairs(material)) if effort.every and not material.trains else []
        if not pairs:
            return None
        answers = list(dict.fromkeys(answer for answer, _ in pairs))
        over_mistakes = [Submission(answer.code, {mistake.exercise: mistake.code}) for answer, mistake in pairs]
        runs = runs_of(material, [*(Submission(answer.code) for answer in answers), *over_mistakes])
        over_right_ones = dict(zip(answers, runs, strict=False))
        lines: dict[str, list[Mistake]] = {}
        hold = 0
        for (answer, mistake), tried in zip(pairs, runs[len(answers) :], strict=True):
            shortfalls = _lost(tried) if answer.right else _gained(tried, over_right_ones[answer])
            hold += not shortfalls
            for line in shortfalls:
                lines.setdefault(f"{answer.name} {line}", []).append(mistake)
        finding = Finding(counts={"pairs": len(pairs), "hold": hold})
        for line, (first, *others) in lines.items():
            finding.shortfalls.append(f"{line}: over {_shown(first)}" + f" and {len(others)} others" * bool(others))
        return finding

    def cell(self, findings: Sequence[Finding]) -> Cell:
        """How many pairs are graded as they must be."""
        if not findings:
            return Cell(NOTHING_TO_SAY, ("it builds on no other exercise",))
        hold, pairs = (sum(finding.counts[what] for finding in findings) for what in ("hold", "pairs"))
        return Cell(f"{hold}/{pairs} pairs", (), all_lines(findings))


def _lost(runs: Sequence[CheckRun]) -> list[str]:
    """The checks that a right answer fails."""
    return [f"fails “{run.name}”" for run in runs if not run.passed]


def _gained(runs: Sequence[CheckRun], over_right_ones: Sequence[CheckRun]) -> list[str]:
    """The checks that a wrong answer passes here and fails over right earlier answers."""
    may_pass = {run.key for run in over_right_ones if run.passed}
    return [
        f"passes “{run.name}”, which it fails over right earlier answers"
        for run in runs
        if run.passed and run.key not in may_pass
    ]


def _pairs(material: Material) -> Iterator[tuple[Answer, Mistake]]:
    """The answers, each with the mistakes over which it is tried.

    One that calls no earlier function is the same over all mistakes in an exercise. It is tried over one of each, and
    over an exercise left blank, whose stand-in alone decides.
    """
    below = _mistakes_below(material)
    for mistake in (mistake for mistakes in below for mistake in mistakes):
        yield _model(material), mistake
        yield replace(_with_own(material), right=True), mistake
        yield _with_own(material, mistake), mistake
    earlier = material.references.built_on(material.name)
    for answer in _wrong_answers(material):
        calls = earlier & {node.id for node in ast.walk(ast.parse(answer.code)) if isinstance(node, ast.Name)}
        for mistakes in below:
            yield from ((answer, mistake) for mistake in (mistakes if calls else [mistakes[0], mistakes[-1]]))


def _wrong_answers(material: Material) -> Iterator[Answer]:
    """The misconceptions, constants, and right answers made coarse, with right earlier functions of their own."""
    yield from map(_misconception, material.mistakes(material.name))
    right = _with_own(material).code
    for poison in POISONS:
        if poison != CHANGES:
            yield Answer(f"“{poison}”", right + poisoned(material.name, poison))
    for constant in ("0", "0.0", "1.0", "[]", "{}"):
        body = f"    def answer(function, args, kwargs):\n        return {constant}\n\n"
        yield Answer(f"“returns {constant}”", right + wrapped(material.name, body))
    for name, expression in _COARSE.items():
        yield Answer(f"“{name}”", right + wrapped(material.name, _MAPPED.format(expression)))


def _misconception(mistake: Mistake) -> Answer:
    return Answer(mistake.label, mistake.code)


def _model(material: Material) -> Answer:
    return Answer("the model answer", material.answers[material.name], right=True)


def _with_own(material: Material, mistake: Mistake | None = None) -> Answer:
    """The model answer with its own copies of the functions that it builds on, one of which may be a mistake."""
    earlier = material.references.built_on(material.name)
    cells = {name: code for name, code in material.answers.items() if name in earlier}
    if mistake:
        cells[mistake.exercise] = mistake.code
    tree = ast.parse("\n\n".join([*cells.values(), material.answers[material.name]]))
    code = ast.unparse(_Renamed({name: OWN + name for name in earlier}).visit(tree))
    return Answer(f"the model answer with {_shown(mistake)} of its own" if mistake else "a right answer", code)


def _shown(mistake: Mistake) -> str:
    return f"{mistake.exercise} {mistake.label}"


def _mistakes_below(material: Material) -> list[list[Mistake]]:
    """The mistakes in each exercise that this one builds on; the last of each is to leave it blank."""
    earlier = material.references.built_on(material.name)
    names = [exercise.name for exercise in material.lesson.exercises if exercise.name in earlier]
    return [
        [*material.mistakes(name), Mistake(name, "left blank", "“left blank”", _BLANK.format(name))] for name in names
    ]


class _Renamed(ast.NodeTransformer):
    """Gives functions other names, where they are defined and where they are called."""

    def __init__(self, names: dict[str, str]) -> None:
        self._names = names

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.name = self._names.get(node.name, node.name)
        return self.generic_visit(node)

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self._names.get(node.id, node.id)
        return node


_BLANK = f"def {{}}(*args, **kwargs):\n    raise NotImplementedError({PLACEHOLDER!r})\n"
_MAPPED = """\
    from autograder.wire.values import mapped

    def coarse(leaf):
        array = np.asarray(leaf)
        if array.dtype.kind not in "iuf":
            return leaf
        changed = ({})
        return changed if isinstance(leaf, np.ndarray) else changed.item()

    def answer(function, args, kwargs):
        return mapped(function(*args, **kwargs), coarse)

"""
_COARSE = {
    "the sign of the right answer": "np.sign(array)",
    "the right answer rounded": "np.round(array)",
    "1 above 0, otherwise 0": "np.where(array > 0, 1.0, 0.0)",
}
