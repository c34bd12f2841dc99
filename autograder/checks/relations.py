"""How wrong answers relate to the right ones, if all do in the same way: negated, transposed, rounded and so on.

A relation is a fact about every failing call, not a guess about the code. It is reported only if no other relation fits
as well and if chance is no explanation: in at least two failing calls, over at least four numbers, which are not all
equal or short. It is one bit about inputs that are drawn again for every hand-in, so it gives no hidden number away.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.checks.compare import agrees, same_answer
from autograder.checks.missing_pieces import has_lost_an_axis, is_a_piece
from autograder.checks.other_arguments import for_other_arguments
from autograder.checks.related_numbers import Part, are_convincing, named, parts_of
from autograder.checks.related_sizes import is_table, only_for_equal_sizes
from autograder.checks.relation_kinds import (
    ENOUGH_ROUNDED,
    FEWEST_CALLS,
    FEWEST_NUMBERS,
    OF_ALL_CALLS,
    OF_EACH_PART,
    Sentence,
    is_rounded,
    only_for_positive,
)
from autograder.wire.calls import Answer, Call


@dataclass(frozen=True)
class Relation:
    """How the answers relate to the right ones, in sentences.

    ``words`` shows no number, so it is safe for hidden checks; ``detail`` is for public ones. ``calls`` are the failing
    calls.
    """

    words: str
    detail: str
    calls: tuple[Call, ...]


@dataclass(frozen=True)
class _Judged:
    """A call with the right value."""

    call: Call
    want: Any

    @cached_property
    def right(self) -> bool:
        """Whether the answer is right, whatever the dtype of its numbers."""
        return same_answer(self.call.answer, Answer("value", self.want))


# The right answers to the variations of a call.
Varied = Callable[[Call], Mapping[str, Any]]


def relation_in(judged: Sequence[tuple[Call, Answer]], varied: Varied) -> Relation | None:
    """The one relation between the answers and the right ones that holds in every failing call, or None.

    Parameters
    ----------
    judged
        The calls with their right answers, which have values.
    varied
        Gives the right answers to the variations of a call, see `wire.variations`.
    """
    try:
        with np.errstate(all="ignore"):
            return _relation_in(judged, varied)
    except Exception:  # answers have any form: if one cannot be read, it has no relation to the right one
        return None


def _relation_in(judged: Sequence[tuple[Call, Answer]], varied: Varied) -> Relation | None:
    calls = list({call.document: _Judged(call, right.value) for call, right in judged}.values())
    failing = [one for one in calls if not one.right]
    passing = [one for one in calls if one.right]
    fitting: list[_Finding] = []
    sizes = only_for_equal_sizes([(one.call, one.right) for one in calls])
    if sizes:
        detail = f"Your answer is right only when {sizes} are equal."
        fitting.append(
            _Finding(Sentence("Your answer is right only when two sizes of the data are equal.", "", detail))
        )
    if failing and all(one.call.answer.outcome == "value" for one in failing):
        fitting += _by_numbers(failing, passing)
        if not fitting:
            fitting += _by_arguments(failing, varied)
    if len(fitting) != 1:
        return None
    words, detail = (fitting[0].in_words(detailed, bool(passing)) for detailed in (False, True))
    return Relation(words, detail, tuple(one.call for one in failing))


@dataclass(frozen=True)
class _Finding:
    """A relation that holds: of the whole answer, or of a part, beside which the rest is right or not spoken of."""

    sentence: Sentence
    part: str = ""
    rest_is_right: bool = False

    def in_words(self, detailed: bool, some_right: bool) -> str:
        """The finding in sentences; ``some_right`` says whether there are calls without a fault."""
        text = (detailed and self.sentence.detail) or self.sentence.words
        if "{it}" in text:
            text = ("In every call that fails, " if some_right else "In every call ") + text
        text = text.replace("{it}", f"{self.part} of your answer" if self.part else "your answer")
        return " ".join(filter(None, [text, "The rest of it is right." * self.rest_is_right, self.sentence.step]))


def _by_numbers(failing: Sequence[_Judged], passing: Sequence[_Judged]) -> list[_Finding]:
    """The relations that hold between the numbers, each with the part of the answers that it is about."""
    if len(failing) >= FEWEST_CALLS and _are_in_another_form(failing):
        return [_Finding(Sentence("The numbers in your answer are right; only its form is not."))]
    if len(failing) >= FEWEST_CALLS and (piece := is_a_piece([(one.call, one.want) for one in failing])):
        return [_Finding(piece)]
    parts = [parts_of(one.call, one.want) or [] for one in failing]
    right = [part for one in passing for part in parts_of(one.call, one.want) or ()]
    every = [part for these in parts for part in these]
    if not all(parts):
        return []
    names = {part.name for part in every}
    wrong = {part.name for part in every if not part.is_right}
    related = [[part for part in these if part.name in wrong] for these in parts]
    others = [part for part in [*every, *right] if part.name not in wrong]
    of = "" if wrong == names else named(sorted(wrong))
    same = [part for part in right if part.name in wrong]
    found = [_Finding(sentence, of, bool(of)) for sentence in _sentences_on(related, same, others)]
    if len(failing) >= FEWEST_CALLS and (exchanged := _exchanged_keys(failing)):
        found.append(_Finding(exchanged))
    if not passing and _are_one_answer(failing):
        found.append(_Finding(Sentence("Your answer is the same in every call.", "Does it use all its arguments?")))
    if not found and any(len(these) > 1 for these in parts):
        # What comes later is often computed from what comes first.
        first = [[next(part for part in these if not part.is_right)] for these in parts]
        first_names = {part.name for (part,) in first}
        of = (named(first_names) if len(first_names) == 1 else "") or "the first wrong part"
        found = [_Finding(sentence, of) for sentence in _sentences_on(first, [], every)]
    if not found and names == {""} and (lost := has_lost_an_axis([part for part in every if not part.is_right])):
        found = [_Finding(lost)]
    if not found and (rounded := _rounded_in_some(related)):
        found = [_Finding(rounded)]
    return found


def _by_arguments(failing: Sequence[_Judged], varied: Varied) -> list[_Finding]:
    """The relation to the right answers to other arguments, if there is one."""
    relation = for_other_arguments([(one.call, one.want) for one in failing], varied)
    return [] if relation is None else [_Finding(*relation)]


def _sentences_on(calls: Sequence[Sequence[Part]], same: Sequence[Part], others: Sequence[Part]) -> list[Sentence]:
    """The relations between these parts of the failing calls and the right ones.

    Parameters
    ----------
    calls
        The parts of each failing call that the relation is looked for in.
    same
        The same parts of the calls that are right.
    others
        All other parts, which count for how many numbers there are.
    """
    parts = [part for these in calls for part in these]
    if not all(calls):
        return []
    fitting = []
    if rounded := is_rounded(calls, same, others):
        fitting.append(rounded)
    if len(calls) < FEWEST_CALLS or not are_convincing(parts):
        return fitting
    if sum(part.want.size for part in (*parts, *others)) < FEWEST_NUMBERS:
        return fitting
    if only_for_positive(parts, [*same, *others]):
        # The others are about the failing calls alone: of an absolute value, that these are negated.
        return [Sentence("Your answers are right for positive numbers and wrong for negative ones.")]
    fitting += [sentence for sentence, holds in OF_EACH_PART if all(map(holds, parts))]
    fitting += [sentence for find in OF_ALL_CALLS if (sentence := find(calls)) is not None]
    return fitting


def _rounded_in_some(calls: Sequence[Sequence[Part]]) -> Sentence | None:
    """Whether some answers are rounded, each with many numbers; what is computed with rounded numbers isn't rounded."""
    many = [parts for parts in calls if sum(part.want.size for part in parts) >= ENOUGH_ROUNDED]
    some = {rounded for parts in many if (rounded := is_rounded([parts], [], []))}
    if len(some) != 1:
        return None
    (rounded,) = some
    words, detail = (text.replace("{it}", "In some calls your answer") for text in (rounded.words, rounded.detail))
    return Sentence(words, "Is a number rounded on the way?", detail)


def _exchanged_keys(failing: Sequence[_Judged]) -> Sentence | None:
    """Whether the first wrong entry of every answer is the right one for another key; perhaps all are exchanged."""
    first = failing[0]
    if not (isinstance(first.want, dict) and isinstance(first.call.value, dict)):
        return None
    keys = list(first.want)

    def fit(key: Any, other: Any) -> bool:
        return all(_is_one(one.call.value[key], one.want[other]) for one in failing)

    own = {key: [other for other in keys if fit(key, other)] for key in keys}
    wrong = next(key for key in keys if any(not _is_one(one.call.value[key], one.want[key]) for one in failing))
    if len(own[wrong]) != 1:
        return None
    other = own[wrong][0]
    if all(_is_one(one.want[other], first.want[other]) for one in failing):  # a constant is no evidence
        return None
    if all(len(fitting) == 1 for fitting in own.values()) and {fitting[0] for fitting in own.values()} == set(keys):
        words = f"under {wrong!r} is what belongs under {other!r}."
        return Sentence("{it} has the right values under the wrong keys: " + words)
    return Sentence(f"{{it}} has under {wrong!r} what belongs under {other!r}.", "Is a step left out?")


def _is_one(got: Any, want: Any) -> bool:
    return same_answer(Answer("value", got), Answer("value", want))


def _are_in_another_form(failing: Sequence[_Judged]) -> bool:
    """Whether all answers have the right numbers, in their order, in another shape or kind of container.

    Not if there are dicts in them, as there should be: what their keys are is no matter of form.
    """
    if any(_holds_a_dict(one.want) and _holds_a_dict(one.call.value) for one in failing):
        return False
    parts = [Part.flat(one.call, one.want) for one in failing]
    return (
        all(part is not None and part.is_right for part in parts)
        and are_convincing([part for part in parts if part is not None])
        and not any(is_table(one.want) and np.shape(one.call.value) == one.want.shape[::-1] for one in failing)
    )


def _holds_a_dict(value: Any) -> bool:
    return isinstance(value, dict) or (isinstance(value, list | tuple) and any(map(_holds_a_dict, value)))


def _are_one_answer(failing: Sequence[_Judged]) -> bool:
    """Whether at least three calls have one answer, although the right ones differ."""
    first = failing[0]
    return len(failing) > FEWEST_CALLS and all(
        same_answer(one.call.answer, first.call.answer) and (one is first or not agrees(one.want, first.want))
        for one in failing
    )
