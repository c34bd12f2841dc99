"""Rebuilds what was handed in: a fresh copy of the released notebook gets the student's code in its answer cells.

Only the text of code and notes is read, within limits; none of the student's metadata, outputs, tags, attachments or
graded cells survives. A deleted, doubled, renamed, retyped or moved cell, odd metadata, a corrupt file: one mechanism
handles them all, and reports what was odd.
"""

from __future__ import annotations

import copy
import hashlib
import json
import os
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any

from nbformat import NotebookNode, from_dict

from autograder.intake.quarantine import TooMuch, in_quarantine
from autograder.intake.reading import TOO_MUCH
from autograder.intake.rebuilding import MAGIC_CHARACTERS, rebuilt_parts
from autograder.limits import Limits


@dataclass
class Rebuilt:
    """A copy of the released notebook with the student's code in it.

    ``findings`` are sentences about what was odd; ``ungradable`` says why nothing could be read, or is empty;
    ``not_attempted`` are the exercises whose cell is still the stub, each with a sentence for the student;
    ``not_python`` are those whose cell Python refuses, each with the line, 0 if it is none in particular, and why.
    """

    notebook: NotebookNode
    findings: list[str] = field(default_factory=list)
    ungradable: str = ""
    not_attempted: dict[str, str] = field(default_factory=dict)
    not_python: dict[str, tuple[int, str]] = field(default_factory=dict)

    @property
    def fingerprint(self) -> str:
        """A hash of the rebuilt cells' texts: equal submissions have equal hashes."""
        texts = [[cell.cell_type, cell.source] for cell in self.notebook.cells]
        return hashlib.sha256(json.dumps(texts).encode()).hexdigest()

    def to_notebook(self) -> NotebookNode:
        """A copy of the notebook with the other fields in its metadata, so that they are saved with it."""
        notebook = copy.deepcopy(self.notebook)
        notebook.metadata["autograder"] = {**notebook.metadata.get("autograder", {}), **self._fields()}
        return notebook

    @classmethod
    def of_notebook(cls, notebook: NotebookNode) -> Rebuilt:
        """The inverse of `to_notebook`; it keeps `notebook` itself, so that a change of one changes the other."""
        known = notebook.metadata.get("autograder", {})
        return cls(notebook, **{name: copy.copy(known[name]) for name in cls(notebook)._fields() if name in known})

    def _fields(self) -> dict[str, Any]:
        return {one.name: getattr(self, one.name) for one in fields(self) if one.name != "notebook"}


def rebuild(path: Path, blank: NotebookNode, limits: Limits) -> Rebuilt:
    """Rebuild what was handed in at `path` from the released notebook `blank`.

    Whatever the file holds, the result is a notebook that nbgrader can work with; if nothing could be read it is the
    blank one, and ``ungradable`` says why.
    """
    rebuilt = Rebuilt(copy.deepcopy(blank))
    for magics, seconds in ((MAGIC_CHARACTERS, 6.0), (0, 3.0)):
        arguments = os.path.abspath(path), blank.cells, asdict(limits), magics
        try:
            parts = in_quarantine(rebuilt_parts, *arguments, seconds=seconds)
        except TooMuch:
            continue
        rebuilt.notebook.cells = from_dict(parts.pop("cells", blank.cells))
        rebuilt = Rebuilt(rebuilt.notebook, **parts)
        if not magics:
            rebuilt.findings.append(
                "IPython takes too long to read some cells, so only those in plain Python were read."
            )
        return rebuilt
    rebuilt.ungradable = TOO_MUCH.format(name=path.name)
    return rebuilt
