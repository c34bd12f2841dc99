"""Does an answer that is wrong in kind, such as one that raises or returns zeros, earn anything?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.audit.candidates import Candidate, Effort, wrapped
from autograder.audit.columns.column import Column
from autograder.audit.findings import Finding, all_lines, passed_checks, share, wrong_answer
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial
from autograder.source_code import CODE_STUB

CHANGES = "changes an argument"
# The stub without its placeholder: what it refuses, it still refuses, and it does nothing else.
DELETED = "the placeholder deleted"


class Poison(Column[Finding]):
    """Answers wrong in kind; they refuse what the model answer refuses, so that none of those checks fails them."""

    name = "poison"
    must_be = (
        "no poison has full marks, or passes a check that compares values; the stub without its placeholder earns 0"
    )
    width = 7

    def candidates(self, material: Material, effort: Effort) -> Iterator[Candidate]:
        """The model answer with something wrong put around it."""
        for name, code in (_quiz_poisons if material.exercise.variable else _poisons)(material):
            yield Candidate(self.name, f"“{name}”", code, effort.poison)

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Finding:
        """What does it earn?"""
        finding = wrong_answer(material, candidate, trial.draws)
        if candidate.name == f"“{DELETED}”" and any(draw.verdict.score > 0 for draw in trial.draws):
            finding.shortfalls.append("earns points: begin each check with a call that has a right answer")
        return finding

    def cell(self, findings: Sequence[Finding]) -> Cell:
        """How many lose as they must."""
        # One whose answers are all right passes every check but those of what it changes.
        others = [finding for finding in findings if finding.name != f"“{CHANGES}”"]
        figures = share(findings, lambda finding: not finding.shortfalls) + " lose"
        return Cell(figures, passed_checks(others), all_lines(findings))


def poisoned(name: str, poison: str) -> str:
    """Code that puts a poison of `POISONS` around the function `name`."""
    return wrapped(name, _CHANGED + POISONS[poison])


def _poisons(material: Material) -> Iterator[tuple[str, str]]:
    """Names and cells of poisoned functions."""
    for poison in POISONS:
        if poison != CHANGES or material.takes_arrays:
            yield poison, material.answers[material.name] + poisoned(material.name, poison)
    yield DELETED, "".join(line for line in material.stub.splitlines(True) if line.strip() != CODE_STUB["python"])


def _quiz_poisons(material: Material) -> Iterator[tuple[str, str]]:
    """Names and cells of poisoned quizzes."""
    variable, right = material.exercise.variable, material.answers[material.name]
    yield "raises", "raise ValueError('poison')\n"
    for poison, expression in _QUIZ.items():
        yield poison, f"{right}\n{variable} = {expression.format(variable)}\n"


_CHANGED = """\
    from autograder.wire.values import mapped, refill

    def changed(value):
        done = []  # one leaf is changed: that is the hardest to see

        def once(leaf):
            if done or isinstance(leaf, np.ndarray) and not (leaf.size and leaf.dtype.kind in "iuf"):
                return leaf
            done.append(leaf)
            if isinstance(leaf, np.ndarray):
                leaf = leaf.copy()
                leaf.flat[0] += 1
                return leaf
            return leaf + 1 if isinstance(leaf, (int, float, np.number)) else None

        other = mapped(value, once)
        return bool(done) and refill(value, other)

    def filled(value, number):
        def filling(leaf):
            if isinstance(leaf, str):
                return ""
            if isinstance(leaf, np.ndarray):
                return np.full(leaf.shape, number) if leaf.dtype.kind == "f" else np.zeros_like(leaf)
            return type(leaf)(number) if isinstance(leaf, (float, np.floating)) else 0

        return mapped(value, filling)

"""
_ANSWER = """\
    def answer(function, args, kwargs):
        right = function(*args, **kwargs)
        return {}

"""
POISONS = {
    "raises ValueError": "    def answer(function, args, kwargs):\n        raise ValueError('poison')\n\n",
    "raises RuntimeError": "    def answer(function, args, kwargs):\n        raise RuntimeError('poison')\n\n",
    "returns None": _ANSWER.format("None"),
    "returns nan": _ANSWER.format("float('nan')"),
    "nan in every place": _ANSWER.format("filled(right, float('nan'))"),
    "returns its input": _ANSWER.format("[*args, *kwargs.values()][0]"),
    "zeros of the right shape": _ANSWER.format("filled(right, 0.0)"),
    "the right answer as a string": _ANSWER.format("str(right)"),
    CHANGES: """\
    def answer(function, args, kwargs):
        import copy

        right = function(*copy.deepcopy(args), **copy.deepcopy(kwargs))
        any(changed(value) for value in [*args, *kwargs.values()])
        return right

""",
}
_QUIZ = {
    "None": "None",
    "nan": "float('nan')",
    "every line empty": "{{key: '' for key in {}}}",
    "the right answers as a string": "str({})",
}
