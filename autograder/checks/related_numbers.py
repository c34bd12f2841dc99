"""The numbers of an answer beside the right ones, and whether they are enough to rule chance out."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np

from autograder.checks.tolerance import close_enough
from autograder.checks.wording import RESULTS, in_words, listed, names_of_items
from autograder.wire.calls import Call
from autograder.wire.values import leaves

# A number of this many digits agrees with another by chance so rarely that it counts for two.
MANY_DIGITS = 4
ENOUGH = 4
# So many numbers of a part are looked at: there are enough among them, or hardly any.
LOOKED_AT = 1_000


@dataclass(frozen=True)
class Part:
    """One array (or number) of an answer beside the right one.

    ``name`` is its key in a dict, or which of several results it is, or empty.
    """

    call: Call
    name: str
    got: np.ndarray
    want: np.ndarray

    @classmethod
    def flat(cls, call: Call, want: Any) -> Part | None:
        """All numbers of an answer in their order, whatever its form; None if it is not as many, or not finite."""
        if call.answer.outcome != "value":
            return None
        got, right = _flat(call.value), _flat(want)
        fits = got.shape == right.shape and got.size > 0 and np.isfinite(got).all() and np.isfinite(right).all()
        return cls(call, "", got, right) if fits else None

    @property
    def same_shape(self) -> bool:
        """Whether both have the same shape."""
        return self.got.shape == self.want.shape

    @cached_property
    def is_right(self) -> bool:
        """Whether all its numbers are right."""
        return self.got_is(self.want)

    def got_is(self, other: np.ndarray) -> bool:
        """Whether the answer is `other`, within the tolerance."""
        return self.slice_is(self.got, other)

    @staticmethod
    def slice_is(got: Any, other: Any) -> bool:
        """Whether two arrays have the same shape and numbers, within the tolerance."""
        one, two = np.asarray(got), np.asarray(other)
        return one.shape == two.shape and bool(np.isfinite(two).all() and _close(one, two).all())

    @property
    def right_entries(self) -> np.ndarray:
        """For each number whether it is right; both have the same shape."""
        return _close(self.got, self.want)

    @property
    def right_rows(self) -> np.ndarray:
        """For each row of a table, or each entry of a row, whether it is right; empty if the shapes differ."""
        if not self.same_shape or self.want.ndim == 0:
            return np.zeros(0, dtype=bool)
        return np.asarray(self.right_entries.reshape(len(self.want), -1).all(axis=1))

    @property
    def ratio(self) -> float | None:
        """The factor between the right numbers and the answer's; None if there is not one for all of them."""
        if not self.same_shape or not self.want.any():
            return None
        largest = np.argmax(np.abs(self.want))
        ratio = float(self.got.flat[largest] / self.want.flat[largest])
        return ratio if ratio and np.isfinite(ratio) and self.got_is(ratio * self.want) else None

    @property
    def like_argument(self) -> np.ndarray | None:
        """The first argument of the same shape as the answer."""
        for value in (*self.call.arguments, *self.call.keywords.values()):
            array = array_of(value)
            if array is not None and array.shape == self.want.shape:
                return array
        return None


def are_convincing(parts: Sequence[Part]) -> bool:
    """Whether these right numbers are enough to rule chance out: not all equal, not zeros and ones, not all short."""
    first = (number for part in parts for number in _wrong_of(part)[:LOOKED_AT])
    different = {float(f"{number:.7g}") for number in first if abs(number) > 1e-6}
    return sum(1 + (_digits(number) >= MANY_DIGITS) for number in different - {1.0, -1.0}) >= ENOUGH


def _wrong_of(part: Part) -> np.ndarray:
    """The right numbers in place of wrong ones; all of them if the shapes differ or all are right."""
    if not part.same_shape or part.is_right:
        return part.want.ravel()
    return np.asarray(part.want[~part.right_entries])


def _flat(value: Any) -> np.ndarray:
    """All numbers in a value, in order."""
    arrays = [np.ravel(np.asarray(leaf)) for leaf in leaves(value)]
    return np.concatenate([np.zeros(0), *(array for array in arrays if array.dtype.kind in "iuf")])


def _digits(number: float) -> int:
    return len(f"{abs(number):.6e}".partition("e")[0].replace(".", "").rstrip("0"))


def _close(got: np.ndarray, want: np.ndarray) -> np.ndarray:
    return close_enough(got, want, got.dtype == np.float32)


def parts_of(call: Call, want: Any) -> list[Part] | None:
    """The parts of a call's answer beside the right ones; None if they are not put together in the same way."""
    return _parts(call, "", call.value, want) if call.answer.outcome == "value" else None


def _parts(call: Call, name: str, got: Any, want: Any) -> list[Part] | None:
    array = array_of(want)
    if array is not None:
        mine = array_of(got)
        if mine is None or not (np.isfinite(mine).all() and np.isfinite(array).all()):
            return None
        return [Part(call, name, mine, array.astype(np.float64))]
    if isinstance(want, Mapping):
        if not isinstance(got, Mapping) or set(got) != set(want):
            return None
        pairs = [(str(key), got[key], want[key]) for key in want]
    elif isinstance(want, list | tuple):
        if not isinstance(got, list | tuple) or len(got) != len(want):
            return None
        names = names_of_items(want) if isinstance(want, tuple) and not name else [name] * len(want)
        pairs = list(zip(names, got, want, strict=True))
    else:  # a text or the like, which has no numbers
        return [] if isinstance(want, str | bool | None) and got == want else None
    parts: list[Part] = []
    for inner in (_parts(call, *pair) for pair in pairs):
        if inner is None:
            return None
        parts += inner
    return parts


def named(names: Collection[str]) -> str:
    """Parts by their names, in words: "the entries 'W', 'b' and the second result"; empty if they have none."""
    results = [name for name in names if name in RESULTS]
    keys = [name for name in names if name and name not in RESULTS]
    entries = [("the entry " if len(keys) == 1 else "the entries ") + listed(keys)] if keys else []
    return in_words([*entries, *results]) if entries or results else ""


def array_of(value: Any) -> np.ndarray | None:
    """A number, an array or a list of numbers as an array of floats (float32 stays float32); None for the rest."""
    if isinstance(value, list | tuple):
        if not value or not all(isinstance(item, int | float | np.number) for item in value):
            return None
        try:
            value = np.array(value, dtype=float)
        except OverflowError:
            return None
    if isinstance(value, bool) or not isinstance(value, int | float | np.number | np.ndarray):
        return None
    array = np.asarray(value)
    if array.dtype.kind not in "iuf":
        return None
    return array if array.dtype == np.float32 else array.astype(np.float64)
