"""Which ValueErrors does an exercise promise, and is each of them tried by its checks?"""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from autograder.audit.material import Material
from autograder.lessons.reference import reference_source
from autograder.wire.calls import Call, read_arguments

# A part of a sentence with fewer words names no case of its own.
CASE_WORDS = 4


@dataclass(frozen=True)
class BadInput:
    """What an exercise promises to refuse and what its checks try.

    ``promised`` are the clauses of the docstring's Raises section, ``tried`` counts the different calls that the model
    answer refuses; ``silent`` are the lines of its own `raise ValueError` that none of those reaches.
    """

    promised: tuple[str, ...]
    tried: int
    silent: tuple[str, ...]

    def shortfalls(self) -> list[str]:
        """What falls short."""
        lines = [f"no check tries what “{line}” of the model answer refuses" for line in self.silent]
        if self.tried < len(self.promised):
            lines.append(f"the docstring promises a ValueError in {len(self.promised)} cases; checks try {self.tried}")
        if self.tried and not self.promised:
            lines.append("checks ask for a ValueError that the docstring does not promise")
        return lines


def bad_input_of(material: Material, calls: Sequence[Call]) -> BadInput:
    """What the calls of an exercise's checks, with the model answer's replies, try of what its docstring promises."""
    refused = {c.document: None for c in calls if c.answer.outcome == "error" and "ValueError" in c.answer.error_names}
    return BadInput(tuple(promises(material.stub)), len(refused), tuple(_not_reached(material, list(refused))))


def promises(stub: str) -> list[str]:
    """The cases in which a stub's docstring promises a ValueError: the clauses that say when."""
    definitions = [node for node in ast.parse(stub).body if isinstance(node, ast.FunctionDef)]
    said = inspect.cleandoc(ast.get_docstring(definitions[-1]) or "") if definitions else ""
    section = re.search(r"^Raises\n-+\n(.*?)(?=^\S[^\n]*\n---|\Z)", said, re.MULTILINE | re.DOTALL)
    if section:
        texts = re.findall(r"^ValueError\n((?:[ \t]+.*\n?|\n)+)", section[1], re.MULTILINE)
    else:
        texts = [clause for clause in re.split(r"[.;]\s", said) if "ValueError" in clause]
    plain = " ".join(" ".join(texts).split())
    while plain != (without := re.sub(r" ?\([^()]*\)", "", plain)):  # what stands in brackets explains a case
        plain = without
    clauses = [clause.strip() for clause in re.split(r"[;,:]|\.\s|\.$", plain)]
    return [c for c in clauses if len(c.split()) >= CASE_WORDS and not re.fullmatch(r"As \w+ does.*", c)]


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
    """The line at which a call of the function is refused, 0 where it is not."""
    args, kwargs = read_arguments(document)
    try:
        function(*args, **kwargs)
    except ValueError as error:
        place = error.__traceback__
        while place is not None and place.tb_next is not None:
            place = place.tb_next
        return place.tb_lineno if place is not None else 0
    except Exception:  # told by the reference's column
        return 0
    return 0
