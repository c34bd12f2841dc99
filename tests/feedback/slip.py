"""A slip: what a beginner types into the answer cell of an exercise, built from the stub that the notebook has."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass, field

PLACEHOLDER = re.compile(r"^ *raise NotImplementedError\(.*\)$", re.MULTILINE)
DEF_LINE = re.compile(r"^def .*:$", re.MULTILINE)


@dataclass(frozen=True)
class Typed:
    """The text of a cell.

    Parameters
    ----------
    text
        What is typed, without the indentation that it has here.
    whole
        Whether this is the whole cell; otherwise it takes the place of the stub's placeholder.
    indent
        What stands before each line that takes the placeholder's place.
    line
        Another `def` line than the stub's.
    blanks
        For a quiz: what is typed for the empty text of each key. The others stay empty.
    """

    text: str = ""
    whole: bool = False
    indent: str = "    "
    line: str = ""
    blanks: Mapping[str, str] = field(default_factory=dict)

    def cell(self, stub: str) -> str:
        """The cell, from the stub that the released notebook has."""
        if self.whole:
            return self._lines("")
        if self.blanks:
            return _filled(stub, self.blanks)
        text = PLACEHOLDER.sub(lambda placeholder: self._lines(self.indent), stub)
        return DEF_LINE.sub(lambda line: self.line, text, count=1) if self.line else text

    def shown(self) -> str:
        """The part of the cell that is not the stub's."""
        if self.blanks:
            return "\n".join(f'"{key}": {value},' for key, value in self.blanks.items())
        if self.line or not self.indent:  # the place under the `def` line matters
            return f"{self.line or 'def …:'}\n    ...\n{self._lines(self.indent)}"
        return self._lines("")

    def _lines(self, indent: str) -> str:
        return textwrap.indent(textwrap.dedent(self.text).strip("\n").rstrip(), indent)


@dataclass(frozen=True, eq=False)
class Slip:
    """A slip, and how it comes about.

    Parameters
    ----------
    exercise
        The exercise in whose cell it is.
    name
        A few words that name it.
    typed
        What stands in the cell when `check` is run, and when the notebook is handed in.
    before
        What stood there earlier, and was run.
    run
        Whether the cell was run as it stands.
    earlier
        What was typed for earlier exercises; the others have their model answers.
    demos
        Whether the lesson's demos above have been run.
    passes
        Whether its public checks pass, as they should or because they cannot know better.
    """

    exercise: str
    name: str
    typed: Typed
    before: tuple[Typed, ...] = ()
    run: bool = True
    earlier: Mapping[str, Typed] = field(default_factory=dict)
    demos: bool = False
    passes: bool = False

    @property
    def key(self) -> str:
        """The exercise and the name, in letters that need no quotes: two slips never share it."""
        return f"{self.exercise}/{re.sub('[^a-z0-9]+', '-', self.name.lower()).strip('-')}"

    def cells(self, stub: str) -> list[str]:
        """The texts of the cells that were run, in order."""
        typed = [*self.before, *([self.typed] if self.run else [])]
        return [one.cell(stub) for one in typed]


STUB = Typed('raise NotImplementedError("Replace this line with your answer.")')


def body(text: str, *, line: str = "", indent: str = "    ") -> Typed:
    """Lines in place of the placeholder."""
    return Typed(text, line=line, indent=indent)


def cell(text: str) -> Typed:
    """A whole cell."""
    return Typed(text, whole=True)


def answers(**blanks: str) -> Typed:
    """What is typed for a quiz's keys, in which `_` stands for a blank."""
    return Typed(blanks={key.replace("_", " "): value for key, value in blanks.items()})


def _filled(stub: str, blanks: Mapping[str, str]) -> str:
    for key, value in blanks.items():
        before, after = f'"{key}": ""', f'"{key}": {value}'
        assert before in stub, f"the quiz has no {before}"
        stub = stub.replace(before, after)
    return stub
