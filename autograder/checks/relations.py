"""How wrong answers relate to the right ones, if all do in the same way: negated, transposed, rounded and so on.

A relation is a fact about every failing call, not a guess about the code. It is reported only if no other relation fits
as well and if chance is no explanation: in at least two failing calls, over at least four numbers, which are not all
equal or short. It is one bit about inputs that are drawn again for every hand-in, so it gives no hidden number away.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.checks.compare import agrees, same_answer
from autograder.checks.related_numbers import Part, are_convincing, parts_of
from autograder.checks.related_sizes import divided_by_a_size, only_for_equal_sizes, times_a_size
from autograder.checks.wording import listed
from autograder.wire.calls import Answer, Call

# Each of these in the answers of a failing call, so that chance is no explanation.
FEWEST_CALLS, FEWEST_NUMBERS = 2, 4
# A number rounded to more decimals than this is within the tolerance.
MOST_DECIMALS = 6


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


@dataclass(frozen=True)
class _Sentence:
    """What is said of a relation: of ``{it}``, the answer or a part of it, and one next step where it is obvious."""

    words: str
    step: str = ""
    detail: str = ""


def relation_in(judged: Sequence[tuple[Call, Answer]]) -> Relation | None:
    """The one relation between the answers and the right ones that holds in every failing call, or None.

    Parameters
    ----------
    judged
        The calls with their right answers, which have values.
    """
    try:
        with np.errstate(all="ignore"):
            return _relation_in(judged)
    except Exception:  # answers have any form: if one cannot be read, it has no relation to the right one
        return None


def _relation_in(judged: Sequence[tuple[Call, Answer]]) -> Relation | None:
    calls = list({call.document: _Judged(call, right.value) for call, right in judged}.values())
    failing = [one for one in calls if not one.right]
    passing = [one for one in calls if one.right]
    if len(failing) < FEWEST_CALLS:
        return None
    fitting: list[tuple[_Sentence, str]] = []
    sizes = only_for_equal_sizes([(one.call, one.right) for one in calls])
    if sizes:
        words = "Your answer is right only when two sizes of the data are equal."
        fitting.append((_Sentence(words, "", f"Your answer is right only when {sizes} are equal."), ""))
    if all(one.call.answer.outcome == "value" for one in failing):
        fitting += _by_numbers(failing, passing)
    if len(fitting) != 1:
        return None
    sentence, of = fitting[0]
    words, detail = (_filled_in(text, sentence, of, bool(passing)) for text in (sentence.words, sentence.detail))
    return Relation(words, detail or words, tuple(one.call for one in failing))


def _filled_in(text: str, sentence: _Sentence, of: str, some_right: bool) -> str:
    if not text:
        return ""
    if "{it}" in text:
        text = ("In every call that fails, " if some_right else "In every call ") + text
    others = " The rest of it is right." if of else ""
    return text.format(it=f"{of} of your answer" if of else "your answer") + others + f" {sentence.step}".rstrip()


def _by_numbers(failing: Sequence[_Judged], passing: Sequence[_Judged]) -> list[tuple[_Sentence, str]]:
    """The relations that hold between the numbers, each with the part of the answers that it is about."""
    if _are_in_another_form(failing):
        return [(_Sentence("The numbers in your answer are right; only its form is not."), "")]
    parts = [parts_of(one.call, one.want) for one in failing]
    every = [part for these in parts for part in these or ()]
    if any(these is None for these in parts) or sum(part.want.size for part in every) < FEWEST_NUMBERS:
        return []
    names = {part.name for part in every}
    wrong = {part.name for part in every if not part.is_right}
    related = [part for part in every if part.name in wrong]
    calls = [[part for part in these or () if part.name in wrong] for these in parts]
    if not are_convincing(related) or not all(calls):
        return []
    of = "" if wrong == names else ("the entry " if len(wrong) == 1 else "the entries ") + listed(sorted(wrong))
    right = [part for one in passing for part in parts_of(one.call, one.want) or ()]
    if _only_for_positive(related, [*right, *(part for part in every if part.name not in wrong)]):
        # The others are about the failing calls alone: of an absolute value, that these are negated.
        return [(_Sentence("Your answers are right for positive numbers and wrong for negative ones."), "")]
    fitting = [(sentence, of) for sentence, holds in _EACH if all(map(holds, related))]
    fitting += [(sentence, of) for find in _ALL if (sentence := find(calls)) is not None]
    if not passing and _are_one_answer(failing):
        fitting.append((_Sentence("Your answer is the same in every call.", "Does it use all its arguments?"), ""))
    return fitting


def _are_in_another_form(failing: Sequence[_Judged]) -> bool:
    """Whether all answers have the right numbers, in their order, in another shape or kind of container."""
    parts = [Part.flat(one.call, one.want) for one in failing]
    return (
        all(part is not None and part.is_right for part in parts)
        and are_convincing([part for part in parts if part is not None])
        and not any(_is_table(one.want) and np.shape(one.call.value) == one.want.shape[::-1] for one in failing)
    )


def _is_table(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == 2 and min(value.shape) > 1


def _are_one_answer(failing: Sequence[_Judged]) -> bool:
    """Whether at least three calls have one answer, although the right ones differ."""
    first = failing[0]
    return len(failing) > FEWEST_CALLS and all(
        same_answer(one.call.answer, first.call.answer) and (one is first or not agrees(one.want, first.want))
        for one in failing
    )


# --- Relations of one part of an answer by itself ------------------------------------------------


def _each(change: Callable[[np.ndarray], np.ndarray]) -> Callable[[Part], bool]:
    """Whether each number of an answer is `change` of the right one."""
    return lambda part: part.same_shape and part.got_is(change(part.want))


def _is_transposed(part: Part) -> bool:
    return part.want.ndim == 2 and part.got_is(part.want.T)


def _is_reversed(part: Part) -> bool:
    return part.same_shape and part.want.ndim > 0 and part.got_is(part.want[::-1])


def _is_shifted(part: Part) -> bool:
    """Whether all numbers but one stand one place further on, or one place earlier."""
    if not part.same_shape or part.want.ndim == 0 or len(part.want) < 3:
        return False
    return part.slice_is(part.got[1:], part.want[:-1]) or part.slice_is(part.got[:-1], part.want[1:])


def _is_one_entry(part: Part) -> bool:
    return part.same_shape and part.want.size > 1 and np.ptp(part.got) == 0 and np.ptp(part.want) > 0


def _is_right_at_first(part: Part) -> bool:
    rows = part.right_rows
    return len(rows) > 1 and bool(rows[0]) and not rows[1:].any() and not _is_one_entry(part)


def _is_right_but_at_last(part: Part) -> bool:
    rows = part.right_rows
    return len(rows) > 1 and bool(rows[:-1].all()) and not rows[-1]


def _is_along_the_other_axis(part: Part) -> bool:
    """Whether both are what a table in the arguments may sum up to, along its two axes: their totals are the same."""
    got, want = part.got.ravel(), part.want.ravel()
    if got.size == want.size and part.slice_is(np.sort(got), np.sort(want)):
        return False  # only the order differs
    tables = [a for a in (*part.call.arguments, *part.call.keywords.values()) if _is_table(a)]
    if not any((got.size, want.size) in (table.shape, table.shape[::-1]) for table in tables):
        return False
    return part.slice_is(np.sum(got), np.sum(want)) or part.slice_is(np.mean(got), np.mean(want))


_EACH: tuple[tuple[_Sentence, Callable[[Part], bool]], ...] = (
    (_Sentence("{it} is the negative of the right one.", "Look at the signs."), _each(np.negative)),
    (_Sentence("{it} is one more than the right one."), _each(lambda x: x + 1)),
    (_Sentence("{it} is one less than the right one."), _each(lambda x: x - 1)),
    (_Sentence("{it} is one minus the right one."), _each(lambda x: 1 - x)),
    (_Sentence("{it} is one divided by the right one."), _each(lambda x: 1 / x)),
    (_Sentence("{it} is the square of the right one."), _each(np.square)),
    (_Sentence("{it} is the square root of the right one."), _each(np.sqrt)),
    (_Sentence("{it} is the logarithm of the right one."), _each(np.log)),
    (_Sentence("{it} is e to the power of the right one."), _each(np.exp)),
    (_Sentence("{it} has the right numbers, but with rows and columns exchanged."), _is_transposed),
    (_Sentence("{it} has the right numbers, but in reverse order."), _is_reversed),
    (_Sentence("{it} has the right numbers, but shifted by one place."), _is_shifted),
    (_Sentence("{it} has the same entry everywhere, where entries should differ."), _is_one_entry),
    (_Sentence("only the first entry of {it} is right.", "What happens after the first?"), _is_right_at_first),
    (_Sentence("all entries of {it} are right but the last.", "Does something stop too early?"), _is_right_but_at_last),
    (_Sentence("{it} adds up along the other axis of the table."), _is_along_the_other_axis),
)


# --- Relations that only all calls together show -------------------------------------------------


def _times_a_factor(calls: Sequence[Sequence[Part]]) -> _Sentence | None:
    ratios = [part.ratio for parts in calls for part in parts]
    factor = ratios[0]
    if factor is None or any(r is None or abs(r - factor) > 1e-5 * abs(factor) for r in ratios):
        return None
    if abs(factor + 1) < 1e-5:  # negated
        return None
    named = {2.0: "twice", 0.5: "half"}.get(round(factor, 5)) or f"{factor:.4g} times"
    words = "{it} is the right one times the same factor."
    return _Sentence(words, "Look for a factor that is missing or one too many.", f"{{it}} is {named} the right one.")


def _times_a_size(calls: Sequence[Sequence[Part]]) -> _Sentence | None:
    size = times_a_size(calls)
    if size is None:
        return None
    words = "{it} is the right one times a size of the data."
    return _Sentence(words, "Is it a sum where a mean is asked for?", f"{{it}} is the right one times {size}.")


def _divided_by_a_size(calls: Sequence[Sequence[Part]]) -> _Sentence | None:
    size = divided_by_a_size(calls)
    if size is None:
        return None
    words = "{it} is the right one divided by a size of the data."
    return _Sentence(words, "Is it a mean where a sum is asked for?", f"{{it}} is the right one divided by {size}.")


def _is_rounded(calls: Sequence[Sequence[Part]]) -> _Sentence | None:
    parts = [part for these in calls for part in these]
    if not all(part.same_shape for part in parts):
        return None
    words = "{it} is the right one, but rounded."
    for decimals in range(MOST_DECIMALS, 0, -1):
        if all(part.got_is(np.round(part.want, decimals)) for part in parts):
            plural = "s" * (decimals != 1)
            return _Sentence(
                words, "Return it unrounded.", f"{{it}} is the right one, but rounded to {decimals} decimal{plural}."
            )
    different = len({float(number) for part in parts for number in part.got.ravel()})
    for whole, how in ((np.round, "rounded to whole numbers"), (np.trunc, "with its decimals cut off")):
        if different > 2 and all(part.got_is(whole(part.want)) for part in parts):
            return _Sentence(f"{{it}} is the right one, but {how}.", "Return it with its decimals.")
    return None


_ALL = (_times_a_factor, _times_a_size, _divided_by_a_size, _is_rounded)


def _only_for_positive(related: Sequence[Part], others: Sequence[Part]) -> bool:
    """Whether the answers are right where a number is positive and wrong where it is negative."""
    everything = [part for part in (*related, *others) if part.same_shape]
    if len(everything) < len(related) + len(others):
        return False

    def split_by(signs: Callable[[Part], np.ndarray | None]) -> bool:
        seen: list[tuple[np.ndarray, np.ndarray]] = []
        for part in everything:
            sign = signs(part)
            if sign is None:
                return False
            seen.append((np.sign(sign).ravel(), part.right_entries.ravel()))
        sign = np.concatenate([s for s, _ in seen])
        right = np.concatenate([r for _, r in seen])
        positive, negative = right[sign > 0], right[sign < 0]
        return positive.size >= FEWEST_CALLS and bool(positive.all()) and not negative.any() and negative.size > 1

    return split_by(lambda part: part.want) or split_by(lambda part: part.like_argument)
