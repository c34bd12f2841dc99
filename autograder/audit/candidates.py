"""What is graded: an answer to an exercise, whose grade is known, as the text of a notebook's cell."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace


@dataclass(frozen=True)
class Effort:
    """How much is tried, in words and in numbers.

    ``draws``, ``single`` (returned as float32), ``right`` (also-correct and recorded answers) and ``poison`` say for
    how many submissions' secret inputs ("draws") each kind of candidate is tried. ``every`` says whether each candidate
    is tried and the oracle asked, or one candidate of each kind. Grading the model answer may take ``seconds``; 0 if
    that is not measured. ``training_draws`` and ``training_seconds`` are for exercises whose checks train a model.
    """

    name: str = "in full"
    draws: int = 50
    single: int = 10
    right: int = 10
    poison: int = 2
    seconds: float = 1.0
    training_draws: int = 3
    training_seconds: float = 60.0
    every: bool = True

    def for_training(self) -> Effort:
        """The same for an exercise whose checks train a model: that takes seconds each time."""
        fewer = {kind: min(getattr(self, kind), self.training_draws) for kind in ("draws", "single", "right", "poison")}
        return replace(self, **fewer, seconds=self.training_seconds)


# Of a lesson that has changed.
FULL = Effort()
# Of a lesson that has passed in full, when the engine's code has changed.
BRIEF = Effort(
    "in brief",
    draws=2,
    single=1,
    right=1,
    poison=1,
    seconds=0.0,
    training_draws=1,
    training_seconds=0.0,
    every=False,
)


@dataclass(frozen=True)
class Candidate:
    """An answer to an exercise that is graded to see how.

    Parameters
    ----------
    column
        The column that asks for it.
    name
        What it is called in a line about it.
    code
        The text of its cell.
    draws
        For how many draws it is graded.
    mistake
        The misconception that it is, if it is one.
    single
        Whether it returns float32.
    all_demos
        Whether the notebook's demos run, too. They take seconds and enter no grade: for the model answer alone.
    seconds
        How long grading it may take: it is graded some more times to measure that. 0 if it is not timed.
    wrong_earlier
        The cells of earlier exercises that are answered wrongly, too; the others have their model answers.
    """

    column: str
    name: str
    code: str
    draws: int
    mistake: str = ""
    single: bool = False
    all_demos: bool = False
    seconds: float = 0.0
    wrong_earlier: Mapping[str, str] = field(default_factory=dict)


def as_float32(name: str) -> str:
    """Code that makes the function `name` return float32 wherever it returns float64, in lists and tables, too."""
    return wrapped(name, _SINGLE)


def wrapped(name: str, body: str) -> str:
    """Code that wraps the function `name`: `body` defines ``answer(function, args, kwargs)``, which answers instead."""
    return f"""


def _put_around(function):
    import functools

    import numpy as np

{body}
    @functools.wraps(function)
    def around(*args, **kwargs):
        return answer(function, args, kwargs)

    return around


{name} = _put_around({name})
"""


_SINGLE = """\
    from autograder.wire.values import mapped

    def single(leaf):
        if isinstance(leaf, np.ndarray) and leaf.dtype == np.float64:
            return leaf.astype(np.float32)
        return np.float32(leaf) if isinstance(leaf, float) else leaf

    def answer(function, args, kwargs):
        value = function(*args, **kwargs)
        with np.errstate(all="ignore"):
            return mapped(value, single)

"""
