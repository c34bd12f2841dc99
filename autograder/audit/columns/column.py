"""What each column of the audit says of itself: its name, what it tries, what it looks at, the cell that it gives."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar, Generic

from autograder.audit.candidates import Candidate, Effort
from autograder.audit.findings import F
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial


class Column(ABC, Generic[F]):
    """One question that the audit asks about every exercise.

    ``name`` heads the column, ``must_be`` says what its answer must be, ``width`` is the number of characters that it
    takes in the terminal (None: as many as it needs), so that the whole table fits in 120.
    """

    name: ClassVar[str]
    must_be: ClassVar[str]
    width: ClassVar[int | None] = None

    def candidates(self, material: Material, effort: Effort) -> Iterable[Candidate]:
        """The answers that the column asks to have graded; none by default."""
        return ()

    def looks_at(self, candidate: Candidate) -> bool:
        """Whether the column looks at a graded candidate: by default at its own."""
        return candidate.column == self.name

    @abstractmethod
    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> F:
        """What the column finds in a graded candidate. This runs where the candidate was graded."""

    def in_process(self, material: Material, effort: Effort) -> F | None:
        """What the column finds without a kernel, in a worker; None by default."""
        return None

    def follow_up(self, material: Material, finding: F) -> Callable[[], F] | None:
        """Work that completes a finding in a process where TensorFlow may be imported; None by default."""
        return None

    @abstractmethod
    def cell(self, findings: Sequence[F]) -> Cell:
        """The exercise's cell, from all that the column found."""
