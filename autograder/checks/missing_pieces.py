"""Wrong answers that are a piece of the right one, or look like it: its first row alone, all but its last item."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.checks.compare import same_answer
from autograder.checks.related_numbers import Part, are_convincing
from autograder.checks.relation_kinds import FEWEST_CALLS, FEWEST_NUMBERS, Sentence
from autograder.wire.calls import Answer, Call

_TOO_EARLY = "Does a loop stop too early?"
_STARTED_AGAIN = "Does each round of a loop throw away what the one before made?"
# In this order: where the right answer has two pieces, the first two and the last two are the same.
_SENTENCES = (
    ("first", "{it} is only the first %s of the right one.", _TOO_EARLY),
    ("but last", "{it} is the right one without its last %s.", _TOO_EARLY),
    ("last", "{it} is only the last %s of the right one.", _STARTED_AGAIN),
    ("but first", "{it} is the right one without its first %s.", ""),
)


def is_a_piece(answers: Sequence[tuple[Call, Any]]) -> Sentence | None:
    """Which piece of the right one every answer is, if it is the same of all; calls come with the right values."""
    common = set.intersection(*[_pieces(call.value, want) for call, want in answers])
    if not common:
        return None
    parts = [Part.flat(call, call.value) for call, _ in answers]
    known = [part for part in parts if part is not None]
    if sum(part.want.size for part in known) < FEWEST_NUMBERS or not are_convincing(known):
        return None
    wants = [want for _, want in answers]
    if all(isinstance(want, tuple) for want in wants):
        return Sentence("{it} is only a part of the results.", "Write all of them after `return`, with commas between.")
    piece = "item"
    if all(isinstance(want, np.ndarray) for want in wants):
        piece = "row" if all(want.ndim > 1 for want in wants) else "entry"
    return next((Sentence(words % piece, step) for name, words, step in _SENTENCES if name in common), None)


def has_lost_an_axis(parts: Sequence[Part]) -> Sentence | None:
    """Whether every answer has one number for each column of the right one, or for each row, whatever the numbers."""
    shapes = [(part.got.shape, part.want.shape) for part in parts]
    tables = [want for _, want in shapes if len(want) == 2 and want[0] != want[1]]
    if len(parts) < FEWEST_CALLS or not tables or any(len(want) != 2 for _, want in shapes):
        return None
    if all(got == want[1:] for got, want in shapes):
        step = "Is it one row alone, or does a sum or a maximum go over all rows?"
        return Sentence("{it} has one number for each column of the right one.", step)
    if all(got == want[:1] for got, want in shapes):
        step = "Is it one column alone, or does a sum or a maximum go over all columns?"
        return Sentence("{it} has one number for each row of the right one.", step)
    return None


def _pieces(got: Any, want: Any) -> set[str]:
    """The names of the pieces of `want` that `got` is."""
    if not isinstance(want, list | tuple) and not (isinstance(want, np.ndarray) and want.ndim > 0):
        return set()
    pieces = [("but last", want[:-1]), ("but first", want[1:])] if len(want) else []
    if len(want) > 1:
        pieces += [("first", want[:1]), ("first", want[0]), ("last", want[-1:]), ("last", want[-1])]
    return {name for name, piece in pieces if _same(got, piece)}


def _same(got: Any, piece: Any) -> bool:
    return same_answer(Answer("value", got), Answer("value", piece))
