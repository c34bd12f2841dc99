"""An attack: what it tries, what it hands in, and the outcome that it must have. The families register theirs here."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from nbformat import NotebookNode

# A file handed in: its content, what makes it at a path (a link, a pipe), or a notebook.
File = str | bytes | NotebookNode | Callable[[Path], object]
# The text of the cell of `doubled`, a whole notebook, or files by name.
Handed = str | NotebookNode | dict[str, File]

FAMILIES = {
    "reading": "Reading what a student may not: tests, references, others' work, the grader's files and memory",
    "forging": "Forging the result: patched tools, false objects, false messages",
    "skipping": "Skipping the checks: cells and files that are not what they should be",
    "escaping": "Escaping from the kernel: network, processes, powers, files that bind those who come later",
    "exhausting": "Exhausting the machine or the grader: processes, memory, disk, output, time",
    "harming": "Harming who reads the feedback: scripts, forged panels, links, terminal escapes, huge pictures",
    "gaming": "Gaming the grader: telling its calls apart, remembering, predicting",
}
# Points of the target's two exercises, and the verdicts that wrong work may have.
DOUBLED, HALVED = 4.0, 2.0
# What the public check of `doubled` alone is worth: whoever knows its three numbers has it.
PUBLIC = DOUBLED / 7
FAILED = ("failed",)


@dataclass(frozen=True)
class Desk:
    """Where an attack is written: what it may use.

    ``mark`` is the beginning of the name of whatever it leaves anywhere; ``port`` is where the test listens on
    127.0.0.1; ``blank`` is the notebook as students get it, ``write`` fills it in with answers by exercise and adds cells,
    and ``right`` are the right answers.
    """

    mark: str
    port: int
    blank: NotebookNode
    write: Callable[..., NotebookNode]
    right: dict[str, str]


@dataclass(frozen=True)
class Attack:
    """One attack.

    ``earns`` is what the honest version of the same work earns, of both exercises together; ``statuses`` are the
    verdicts that fit, on `exercise`; ``lesson`` is whose notebook it is; one that is ``slow`` is no part of ``make test``.
    ``again`` is what is handed in a second time, by somebody who has read the first feedback; one that ``may_lose`` spoils its own
    kernel, by chance more or less.
    """

    family: str
    name: str
    tries: str
    make: Callable[[Desk], Handed]
    earns: float
    statuses: tuple[str, ...]
    exercise: str
    lesson: str
    slow: bool
    again: Callable[[Desk, str], Handed] | None = None
    may_lose: bool = False

    @property
    def slug(self) -> str:
        """Its name as a student is called."""
        return self.name.replace(" ", "-")

    @property
    def module(self) -> str:
        """The module that it is written down in."""
        return self.make.__module__


# All attacks, in the order in which they are written down.
REGISTERED: list[Attack] = []


def attack(
    *,
    family: str = "",
    earns: float = HALVED,
    statuses: tuple[str, ...] = FAILED,
    exercise: str = "doubled",
    lesson: str = "doubling",
    slow: bool = False,
    again: Callable[[Desk, str], Handed] | None = None,
    may_lose: bool = False,
) -> Callable[[Callable[[Desk], Handed]], Callable[[Desk], Handed]]:
    """Register an attack: its name is the function's, its docstring says what it tries, its family is by default the first word of the
    module's name."""

    def register(make: Callable[[Desk], Handed]) -> Callable[[Desk], Handed]:
        tries = inspect.cleandoc(make.__doc__ or "")
        mine = family or make.__module__.rpartition(".")[2].partition("_")[0]
        assert mine in FAMILIES, f"{mine} is no family"
        assert tries, f"{make.__name__} does not say what it tries"
        name = make.__name__.replace("_", " ").strip()
        REGISTERED.append(Attack(mine, name, tries, make, earns, statuses, exercise, lesson, slow, again, may_lose))
        return make

    return register
