"""Makes the functions that a call is given, and records how they are called: how often, and with which arrays.

A function works during its call alone, and so many times; what is recorded is bounded, and the kernel's word.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.wire.source import Source, remember, with_functions

# Calls of the functions that one call is given, all together.
MOST_CALLS = 20_000
# Kinds of shapes and dtypes that are told apart, and functions of which they are.
MOST_KINDS = 10
MOST_DIMENSIONS = 32
# An array of more bytes is not compared with what it was.
MOST_BYTES = 2**16


class TooManyCalls(RuntimeError):
    """A function was called far more often during a call than any answer needs."""


class Ended(RuntimeError):
    """A function was called after the call for which it was given had ended."""


@dataclass(frozen=True)
class Use:
    """How a function was called that was given as an argument.

    ``calls`` is how often, ``points`` with how many different arguments, ``shapes`` and ``dtypes`` are those of the
    arrays; ``changed`` says whether an array was another the next time that it was passed, or after the function
    returned.
    """

    calls: int = 0
    points: int = 0
    shapes: tuple[tuple[int, ...], ...] = ()
    dtypes: tuple[str, ...] = ()
    changed: bool = False

    @classmethod
    def of(cls, fields: Any) -> Use | None:
        """The use with these fields, whoever wrote them; None if they aren't such fields."""
        if not isinstance(fields, dict) or set(fields) != set(cls.__dataclass_fields__):
            return None
        counts, shapes, dtypes = (fields["calls"], fields["points"]), fields["shapes"], fields["dtypes"]
        well_formed = (
            all(map(_is_count, counts))
            and isinstance(shapes, tuple)
            and len(shapes) <= MOST_KINDS
            and all(isinstance(s, tuple) and len(s) <= MOST_DIMENSIONS and all(map(_is_count, s)) for s in shapes)
            and isinstance(dtypes, tuple)
            and len(dtypes) <= MOST_KINDS
            and all(isinstance(dtype, str) and len(dtype) <= MOST_DIMENSIONS for dtype in dtypes)
            and isinstance(fields["changed"], bool)
        )
        return cls(**fields) if well_formed else None


def _is_count(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**63


class Recorder:
    """Makes the functions of one call from their sources; when the call has ended, `close` ends them, too."""

    def __init__(self) -> None:
        self._recorded: list[_Recorded] = []
        self._left = MOST_CALLS
        self._closed = False

    def given(self, value: Any) -> Any:
        """A value with a function in place of each source in it."""
        return with_functions(value, self._make)

    def close(self) -> tuple[Use, ...]:
        """End the functions; return how each was used, in the order of the arguments."""
        self._closed = True
        return tuple(recorded.use() for recorded in self._recorded[:MOST_KINDS])

    def count(self) -> None:
        """Count a call of one of the functions.

        Raises
        ------
        Ended, TooManyCalls
        """
        if self._closed:
            raise Ended("This function was given for a call that has ended.")
        self._left -= 1
        if self._left < 0:
            raise TooManyCalls(f"A function that is given as an argument can be called {MOST_CALLS:,} times.")

    def _make(self, source: Source) -> Any:
        function = source.function()
        recorded = _Recorded()
        self._recorded.append(recorded)

        # Its name is in Python's messages about a wrong number of arguments.
        def given(*args: Any, **kwargs: Any) -> Any:
            self.count()
            recorded.before(args)
            try:
                return function(*args, **kwargs)
            finally:
                recorded.after()

        remember(given, source)
        return given


class _Recorded:
    """What is known so far of how one function was called."""

    def __init__(self) -> None:
        self._calls = 0
        self._points: set[int] = set()
        self._shapes: dict[tuple[int, ...], None] = {}
        self._dtypes: dict[str, None] = {}
        self._changed = False
        self._last: tuple[np.ndarray, bytes] | None = None

    def use(self) -> Use:
        """How it was called."""
        return Use(self._calls, len(self._points), tuple(self._shapes), tuple(self._dtypes), self._changed)

    def before(self, args: tuple[Any, ...]) -> None:
        """Note what it is called with."""
        self._calls += 1
        if not args:
            return
        # An array of a class of the student's own would run their code here.
        if type(args[0]) is not np.ndarray:
            kind = type(args[0])
            if kind in (int, float, bool) or issubclass(kind, np.generic):
                self._points.add(hash(args[0]))
            self._last = None
            return
        array: np.ndarray = args[0]
        if len(self._shapes) < MOST_KINDS and array.ndim <= MOST_DIMENSIONS:
            self._shapes[array.shape] = None
        if len(self._dtypes) < MOST_KINDS:
            self._dtypes[array.dtype.name[:MOST_DIMENSIONS]] = None
        if array.nbytes > MOST_BYTES or array.dtype.hasobject:
            self._last = None
            return
        held = array.tobytes()
        self._points.add(hash(held))
        self._changed = self._changed or (self._last is not None and self._last[0] is array and self._last[1] != held)
        self._last = array, held

    def after(self) -> None:
        """Note whether it changed what it was called with."""
        if self._last is not None and not self._changed:
            array, held = self._last
            self._changed = array.tobytes() != held
