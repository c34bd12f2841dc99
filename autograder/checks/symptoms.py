"""The signs that a symptom is made of, such as all zero, a warning, a key's shapes transposed; authors list them.

``symptom=[right(), warned("RuntimeWarning")]`` shows if all its signs do, in the calls of one check. A sign is data,
so a student's notebook finds the mistake as the grader does. One that looks into the answer takes the key of a dict
("W"), wherever in the answer this dict is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.checks.compare import same_answer
from autograder.checks.tolerance import relative_only
from autograder.wire.calls import Answer, Call
from autograder.wire.symptoms import Sign, Symptom
from autograder.wire.values import numbers

# A call with the right answer to it.
Judged = tuple[Call, Answer]
Calls = Sequence[Judged]

# As many numbers of one sign are no accident.
MANY = 20
# Numbers that differ by more than this part of their size have few digits in common.
FEW_DIGITS = 1e-8
_PREDICATES: dict[str, Callable[..., bool]] = {}
# What can be asked of a quiz without knowing its right answers, or giving them away.
OF_FORM = frozenset({"blank", "same_text", "texts_from"})


def shows(symptom: Symptom, calls: Calls) -> bool:
    """Whether a symptom shows in the calls of a check."""
    try:
        if callable(symptom):
            return bool(symptom([call for call, _ in calls]))
        return bool(calls) and all(_PREDICATES[s.predicate](calls, *s.parameters) != s.absent for s in symptom)
    except Exception:  # a symptom looks at answers of any form: if it cannot read them, it does not show
        return False


def _sign(holds: Callable[..., bool]) -> Callable[..., Sign]:
    """Make of a predicate on calls the function that authors write: it takes the parameters and gives the sign."""
    _PREDICATES[holds.__name__] = holds

    def sign(*parameters: str | int | float) -> Sign:
        return Sign(holds.__name__, parameters)

    sign.__name__, sign.__doc__ = holds.__name__, holds.__doc__
    return sign


def no(sign: Sign) -> Sign:
    """The sign that `sign` is absent."""
    return replace(sign, absent=not sign.absent)


# --- What a call did -----------------------------------------------------------------------------


def _all_right(calls: Calls) -> bool:
    """Every answer that there is, is right."""
    answered = [(call, right) for call, right in calls if call.answer.outcome == right.outcome == "value"]
    return all(same_answer(call.answer, right) for call, right in answered)


@_sign
def right(calls: Calls) -> bool:
    """Every answer that there is, is right."""
    return _all_right(calls)


@_sign
def warned(calls: Calls, category: str) -> bool:
    """A call gave a warning of this category."""
    return any(category in call.answer.warnings for call, _ in calls)


@_sign
def shares_memory(calls: Calls) -> bool:
    """An answer is an argument itself, or an array that shares memory with one."""
    return any(call.answer.shared for call, _ in calls)


@_sign
def stopped_at_arrays(calls: Calls) -> bool:
    """Every call with an array of more than one number stopped as the functions of `math` do; there is one.

    The other calls gave answers.
    """
    several = [any(isinstance(a, np.ndarray) and a.size > 1 for a in _given(call)) for call, _ in calls]
    return any(several) and all(
        _wants_one_number(call.answer) if array else call.answer.outcome == "value"
        for (call, _), array in zip(calls, several, strict=True)
    )


def _wants_one_number(answer: Answer) -> bool:
    """Whether NumPy refused to make a single number of an array."""
    return answer.error_names[:1] == ("TypeError",) and bool(_ONE_NUMBER.search(answer.text))


_ONE_NUMBER = re.compile(r"only .* arrays can be converted to Python scalars")


@_sign
def global_state_changed(calls: Calls) -> bool:
    """A call changed NumPy's global state: it drew from `np.random` itself, say."""
    return any(call.answer.global_state_changed for call, _ in calls)


@_sign
def used_ready_made(calls: Calls, *names: str) -> bool:
    """A call used a ready-made function of one of these names: NumPy's or another that the notebook doesn't define."""
    return any(set(names) & set(call.answer.ready_made) for call, _ in calls)


@_sign
def imprecise(calls: Calls) -> bool:
    """Every answer is right within the usual tolerance, and one is not, relative to its own size."""
    if not _all_right(calls):
        return False
    with relative_only(FEW_DIGITS):
        return not _all_right(calls)


@_sign
def seed_ignored(calls: Calls) -> bool:
    """The same numbers came from generators in different states, or different numbers from the same state."""
    seen = [([repr(a) for a in _given(c) if not isinstance(a, np.random.Generator)], c) for c, _ in calls]
    if not all(any(True for _ in numbers(call.value)) for _, call in seen):
        return False
    return any(
        given == other_given and (call.document == other.document) != same_answer(call.answer, other.answer)
        for number, (given, call) in enumerate(seen)
        for other_given, other in seen[:number]
    )


# --- The numbers under a key ---------------------------------------------------------------------


@_sign
def shapes_right(calls: Calls, key: str) -> bool:
    """The arrays have the right shapes."""
    return all(mine.shape == right.shape for mine, right in _pairs(calls, key))


@_sign
def shapes_transposed(calls: Calls, key: str) -> bool:
    """The arrays have the right shapes, turned round; some of these differ from the right ones."""
    shapes = [(mine.shape, right.shape) for mine, right in _pairs(calls, key)]
    return all(mine == right[::-1] for mine, right in shapes) and any(mine != right for mine, right in shapes)


@_sign
def as_long_as_rows_of(calls: Calls, key: str, other: str) -> bool:
    """There is one number for each row of the array under another key, where another number of them is right."""
    pairs = _pairs(calls, key)
    rows = [len(table) for table, _ in _pairs(calls, other)]
    fits = all(mine.shape == (count,) for (mine, _), count in zip(pairs, rows, strict=True))
    return fits and any(mine.shape != right.shape for mine, right in pairs)


@_sign
def all_zero(calls: Calls, key: str) -> bool:
    """All numbers are 0."""
    return all((mine == 0).all() for mine, _ in _pairs(calls, key))


@_sign
def all_different(calls: Calls, key: str) -> bool:
    """No two numbers of an answer are equal."""
    each = [np.concatenate([mine.ravel() for mine, _ in _pairs([one], key)]) for one in calls]
    return all(len(np.unique(entries)) == len(entries) for entries in each)


@_sign
def all_equal(calls: Calls, key: str) -> bool:
    """All numbers of an array are the same one, which is not 0."""
    return all(mine.flat[0] != 0 and (mine == mine.flat[0]).all() for mine, _ in _pairs(calls, key))


@_sign
def all_positive(calls: Calls, key: str) -> bool:
    """All numbers are above 0, and they are many."""
    pairs = _pairs(calls, key)
    return all((mine > 0).all() for mine, _ in pairs) and sum(mine.size for mine, _ in pairs) >= MANY


@_sign
def one_for_all(calls: Calls, key: str) -> bool:
    """The arrays of an answer, of which there are several, are all the same one."""
    several = [arrays for call, _ in calls if len(arrays := _under(call.value, key)) > 1]
    return bool(several) and all(np.array_equal(a, arrays[0]) for arrays in several for a in arrays[1:])


@_sign
def only_first(calls: Calls, key: str) -> bool:
    """Of several arrays an answer has the first alone, by its shape; not the last, whose shape is another."""
    return _one_of_several(calls, key, 0)


@_sign
def only_last(calls: Calls, key: str) -> bool:
    """Of several arrays an answer has the last alone, by its shape; not the first, whose shape is another."""
    return _one_of_several(calls, key, -1)


@_sign
def lacks_key(calls: Calls, key: str) -> bool:
    """An answer lacks a key of the right one."""
    return any(
        right.outcome == "value" and _under(right.value, key) and not _under(call.value, key) for call, right in calls
    )


# --- A quiz's texts ------------------------------------------------------------------------------


@_sign
def blank(calls: Calls) -> bool:
    """A text is blank."""
    return "" in _texts(calls).values()


@_sign
def same_text(calls: Calls) -> bool:
    """All texts are the same."""
    return len(set(_texts(calls).values())) == 1


@_sign
def texts_from(calls: Calls, *texts: str) -> bool:
    """Each text is one of these."""
    return set(_texts(calls).values()) <= {text.casefold() for text in texts}


@_sign
def text_is(calls: Calls, key: str, text: str) -> bool:
    """The text under a key is this one."""
    return _texts(calls)[key] == text.casefold()


@_sign
def no_text_right(calls: Calls) -> bool:
    """None of the texts is right."""
    answers = calls[-1][1].value
    return all(text != answers[key].strip().casefold() for key, text in _texts(calls).items())


def _given(call: Call) -> list[Any]:
    return [*call.arguments, *call.keywords.values()]


def _texts(calls: Calls) -> dict[str, str]:
    """The last call's texts, in small letters and without blanks around."""
    return {key: text.strip().casefold() for key, text in calls[-1][0].value.items()}


def _pairs(calls: Calls, key: str) -> list[tuple[np.ndarray, np.ndarray]]:
    """The arrays under a key in every answer, beside those in the right one; ValueError if they are not as many."""
    pairs = [
        (np.asarray(mine), np.asarray(theirs))
        for call, answer in calls
        if answer.outcome == "value"
        for mine, theirs in zip(_under(call.value, key), _under(answer.value, key), strict=True)
    ]
    if not pairs or any(mine.dtype.kind not in "iuf" for mine, _ in pairs):
        raise ValueError(f"There is no array of numbers under the key {key!r}.")
    return pairs


def _one_of_several(calls: Calls, key: str, place: int) -> bool:
    several = [(_under(call.value, key), rights) for call, r in calls if len(rights := _under(r.value, key)) > 1]
    return any(rights[0].shape != rights[-1].shape for _, rights in several) and all(
        len(mine) == 1 and np.shape(mine[0]) == rights[place].shape for mine, rights in several
    )


def _under(value: Any, key: str) -> list[Any]:
    """Everything in a value that is the entry `key` of a dict, in order."""
    if isinstance(value, dict):
        return [value[key]] if key in value else []
    return [entry for item in value for entry in _under(item, key)] if isinstance(value, list | tuple) else []
