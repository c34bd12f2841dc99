"""Which ValueErrors does an exercise promise, and is each of them tried by its checks?"""

from __future__ import annotations

import ast
import inspect
import re
import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.audit.candidates import Candidate, Effort, wrapped
from autograder.audit.columns.column import Column
from autograder.audit.findings import NOTHING_TO_SAY, Finding, all_lines, wrong_answer
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial
from autograder.lessons.reference import reference_source
from autograder.wire.calls import Call, callable_arguments

# A part of a sentence with fewer words names no case of its own, nor does one without a condition.
CASE_WORDS = 4
_CONDITION = re.compile(r"\b(if|when|or|unless)\b", re.IGNORECASE)


@dataclass
class Refusals(Finding):
    """What is found in the model answer's refusals.

    ``promised`` are the clauses of the docstring's Raises section; ``tried`` is the number of different calls that the
    model answer refuses.
    """

    promised: tuple[str, ...] = ()
    tried: int = 0


class BadInput(Column[Finding]):
    """The calls that the model answer refuses, and an answer that refuses none."""

    name = "bad input"
    must_be = "every ValueError that the docstring promises is tried, and one who never raises it loses points"
    width = 10

    def candidates(self, material: Material, effort: Effort) -> Iterator[Candidate]:
        """The model answer, giving 0.0 wherever it should raise a ValueError."""
        if material.refuses:
            code = material.answers[material.name] + wrapped(material.name, _NEVER_RAISES)
            yield Candidate(self.name, "“never raises”", code, effort.poison)

    def looks_at(self, candidate: Candidate) -> bool:
        """At its own candidate, and at the model answer."""
        return candidate.column in (self.name, "reference")

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Finding:
        """What does the model answer refuse? What does one who never refuses earn?"""
        if candidate.column == self.name:
            return wrong_answer(material, candidate, trial.draws)
        calls = [call for run in trial.draws[0].runs for call in run.calls]
        return refusals(material, [c for c in calls if c.function == material.exercise.answer_name])

    def cell(self, findings: Sequence[Finding]) -> Cell:
        """How many cases are tried and promised."""
        model = next(finding for finding in findings if isinstance(finding, Refusals))
        if not model.promised and not model.tried:
            return Cell(NOTHING_TO_SAY, ("no ValueError is promised",), all_lines(findings))
        return Cell(f"{model.tried} tried, {len(model.promised)} promised", (), all_lines(findings))


def refusals(material: Material, calls: Sequence[Call]) -> Refusals:
    """What these calls of the model answer try of what the docstring promises."""
    refused = {c.document: None for c in calls if c.answer.outcome == "error" and "ValueError" in c.answer.error_names}
    finding = Refusals(promised=tuple(promises(material.stub)), tried=len(refused))
    for line in _not_reached(material, list(refused)):
        finding.shortfalls.append(f"no check tries what “{line}” of the model answer refuses")
    promised, tried = len(finding.promised), finding.tried
    if tried < promised:
        finding.shortfalls.append(f"the docstring promises a ValueError in {promised} cases; checks try {tried}")
    if tried and not promised:
        finding.shortfalls.append("checks ask for a ValueError that the docstring does not promise")
    return finding


def promises(stub: str) -> list[str]:
    """The cases in which a stub's docstring promises a ValueError: the clauses that say when."""
    definitions = [node for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef)]
    docstring = inspect.cleandoc(ast.get_docstring(definitions[-1]) or "") if definitions else ""
    section = re.search(r"^Raises\n-+\n(.*?)(?=^\S[^\n]*\n---|\Z)", docstring, re.MULTILINE | re.DOTALL)
    if section:
        texts = re.findall(r"^ValueError\n((?:[ \t]+.*\n?|\n)+)", section[1], re.MULTILINE)
    else:
        texts = [clause for clause in re.split(r"[.;]\s", docstring) if "ValueError" in clause]
    plain = " ".join(" ".join(texts).split())
    while plain != (without := re.sub(r" ?\([^()]*\)", "", plain)):  # what stands in brackets explains a case
        plain = without
    clauses = [clause.strip() for clause in re.split(r"[;,:]|\.\s|\.$", plain)]
    cases = [clause for clause in clauses if len(clause.split()) >= CASE_WORDS and _CONDITION.search(clause)]
    return [case for case in cases if not re.fullmatch(r"As \w+ does.*", case)]


def _not_reached(material: Material, documents: Sequence[str]) -> list[str]:
    """The `raise ValueError` statements of the model answer that none of these calls ends at."""
    name = material.exercise.name
    source = reference_source(material.lesson)
    tree = ast.parse(source)
    function = next((n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name), None)
    if function is None:
        return []
    raising = {
        node.lineno: ast.unparse(node)
        for node in ast.walk(function)
        if isinstance(node, ast.Raise) and node.exc is not None and "ValueError" in ast.unparse(node.exc)
    }
    reached = {_line_of(material.references.namespace[name], document) for document in documents}
    return [text for line, text in raising.items() if line not in reached]


def _line_of(function: Any, document: str) -> int:
    """The line at which a call of the function is refused, 0 if it is not."""
    args, kwargs = callable_arguments(document)
    try:
        function(*args, **kwargs)
    except ValueError as error:
        lines = [line for _, line in traceback.walk_tb(error.__traceback__)]
        return lines[-1]
    except Exception:  # reported in the reference's column
        return 0
    return 0


_NEVER_RAISES = """\
    def answer(function, args, kwargs):
        try:
            return function(*args, **kwargs)
        except ValueError:
            return 0.0

"""
