"""The kinds of relation between a wrong answer and the right one, each with its sentence and how it is recognized."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from autograder.checks.related_numbers import Part, are_convincing
from autograder.checks.related_sizes import divided_by_a_size, is_table, times_a_size

# A number rounded to more decimals than this is within the tolerance.
MOST_DECIMALS = 6
# So many numbers with the same few decimals are no accident.
ENOUGH_ROUNDED = 6
# Each of these in the answers of a failing call, so that chance is no explanation.
FEWEST_CALLS, FEWEST_NUMBERS = 2, 4


@dataclass(frozen=True)
class Sentence:
    """What is said of a relation: of ``{it}``, the answer or a part of it, and one next step where it is obvious."""

    words: str
    step: str = ""
    detail: str = ""


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
    tables = [a for a in (*part.call.arguments, *part.call.keywords.values()) if is_table(a)]
    if not any((got.size, want.size) in (table.shape, table.shape[::-1]) for table in tables):
        return False
    return part.slice_is(np.sum(got), np.sum(want)) or part.slice_is(np.mean(got), np.mean(want))


def _reduced(to_one: Callable[..., np.ndarray], axis: int | None) -> Callable[[Part], bool]:
    """Whether an answer has one number for each row or column of the right one, or one for all, made by `to_one`."""
    return lambda part: part.want.ndim > (axis is not None) and part.got_is(np.asarray(to_one(part.want, axis=axis)))


_REDUCED = tuple(
    (Sentence(f"{{it}} is one number for {what} of the right one: {how}."), _reduced(to_one, axis))
    for to_one, how in ((np.max, "the largest"), (np.min, "the smallest"), (np.sum, "the sum"), (np.mean, "the mean"))
    for axis, what in ((0, "each column"), (1, "each row"), (None, "all"))
)

OF_EACH_PART: tuple[tuple[Sentence, Callable[[Part], bool]], ...] = (
    (Sentence("{it} is the negative of the right one.", "Look at the signs."), _each(np.negative)),
    (Sentence("{it} is one more than the right one."), _each(lambda x: x + 1)),
    (Sentence("{it} is one less than the right one."), _each(lambda x: x - 1)),
    (Sentence("{it} is one minus the right one."), _each(lambda x: 1 - x)),
    (Sentence("{it} is one divided by the right one."), _each(lambda x: 1 / x)),
    (Sentence("{it} is the square of the right one."), _each(np.square)),
    (Sentence("{it} is the square root of the right one."), _each(np.sqrt)),
    (Sentence("{it} is the logarithm of the right one."), _each(np.log)),
    (Sentence("{it} is e to the power of the right one."), _each(np.exp)),
    (Sentence("{it} has the right numbers, but with rows and columns exchanged."), _is_transposed),
    (Sentence("{it} has the right numbers, but in reverse order."), _is_reversed),
    (Sentence("{it} has the right numbers, but shifted by one place."), _is_shifted),
    (Sentence("{it} has the same entry everywhere, where entries should differ."), _is_one_entry),
    (Sentence("only the first entry of {it} is right.", "What happens after the first?"), _is_right_at_first),
    (Sentence("all entries of {it} are right but the last.", "Does something stop too early?"), _is_right_but_at_last),
    (Sentence("{it} adds up along the other axis of the table."), _is_along_the_other_axis),
    *_REDUCED,
)


# --- Relations that only all calls together show -------------------------------------------------


def _times_a_factor(calls: Sequence[Sequence[Part]]) -> Sentence | None:
    ratios = [part.ratio for parts in calls for part in parts]
    factor = ratios[0]
    if factor is None or any(r is None or abs(r - factor) > 1e-5 * abs(factor) for r in ratios):
        return None
    if abs(factor + 1) < 1e-5:  # negated
        return None
    named = {2.0: "twice", 0.5: "half"}.get(round(factor, 5)) or f"{factor:.4g} times"
    words = "{it} is the right one times the same factor."
    return Sentence(words, "Look for a factor that is missing or one too many.", f"{{it}} is {named} the right one.")


def _times_a_size(calls: Sequence[Sequence[Part]]) -> Sentence | None:
    size = times_a_size(calls)
    if size is None:
        return None
    words = "{it} is the right one times a size of the data."
    return Sentence(words, "Is it a sum where a mean is asked for?", f"{{it}} is the right one times {size}.")


def _divided_by_a_size(calls: Sequence[Sequence[Part]]) -> Sentence | None:
    size = divided_by_a_size(calls)
    if size is None:
        return None
    words = "{it} is the right one divided by a size of the data."
    return Sentence(words, "Is it a mean where a sum is asked for?", f"{{it}} is the right one divided by {size}.")


def is_rounded(calls: Sequence[Sequence[Part]], right: Sequence[Part], others: Sequence[Part]) -> Sentence | None:
    """Whether every answer, also a right one, is the right number rounded: to how many decimals.

    One failing call is enough if it has many long numbers: the right answers of the other calls bear it out. If there
    are very many, these need not: what is rounded may still be right, computed further.
    """
    failing = [part for parts in calls for part in parts]
    alone = sum(part.want.size for part in failing) >= ENOUGH_ROUNDED
    parts = failing if alone else [*failing, *right]
    if not all(part.same_shape for part in parts):
        return None
    if sum(part.want.size for part in (*parts, *others)) < FEWEST_NUMBERS:
        return None
    if not are_convincing(failing if len(calls) < FEWEST_CALLS else parts):
        return None
    for decimals in range(MOST_DECIMALS, 0, -1):
        if all(_has_decimals(part, decimals) for part in parts):
            detail = f"{{it}} is the right one, but rounded to {decimals} decimal{'s' * (decimals != 1)}."
            return Sentence("{it} is the right one, but rounded.", "Return it unrounded.", detail)
    parts = [*failing, *right]
    different = len({float(number) for part in parts for number in part.got.ravel()})
    if different <= 2:  # a threshold is no rounding
        return None
    if all(_has_decimals(part, 0) for part in parts):
        return Sentence("{it} is the right one, but rounded to whole numbers.", "Return it with its decimals.")
    if all(part.got_is(np.trunc(part.want)) for part in parts):
        return Sentence("{it} is the right one, but with its decimals cut off.", "Return it with its decimals.")
    return None


def _has_decimals(part: Part, decimals: int) -> bool:
    """Whether each number is the right one with so many decimals; a half may be rounded either way."""
    near = np.abs(part.got - part.want) <= (0.5 + 1e-6) * 10.0**-decimals
    return bool(near.all()) and np.allclose(part.got, np.round(part.got, decimals), rtol=1e-12, atol=1e-12)


OF_ALL_CALLS = (_times_a_factor, _times_a_size, _divided_by_a_size)


def only_for_positive(related: Sequence[Part], others: Sequence[Part]) -> bool:
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
