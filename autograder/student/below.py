"""Which of the student's earlier functions a call went through: one that isn't right yet is to be finished first."""

from __future__ import annotations

import contextlib
import functools
import inspect
import types
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from autograder.checks.plugin import CheckRun
from autograder.wire.answering import replaced
from autograder.wire.calls import Answer


class Below:
    """Watches which earlier functions the calls of an exercise's function go through.

    Parameters
    ----------
    namespace
        The notebook's names.
    earlier
        The exercises above this one, in their order.
    """

    def __init__(self, namespace: MutableMapping[str, Any], earlier: Sequence[str]) -> None:
        self._namespace = namespace
        self._earlier = earlier
        self._called: set[str] = set()
        self._of: list[tuple[Answer, set[str]]] = []

    @contextmanager
    def watched(self, called: str) -> Iterator[None]:
        """Within, the earlier functions are watched while `called` is called."""
        self._called = set()
        functions = {
            name: self._watching(name, function)
            for name in self._earlier
            if name != called and isinstance(function := self._namespace.get(name), types.FunctionType)
        }
        with replaced(self._namespace, functions):
            yield

    def note(self, answer: Answer) -> None:
        """Remember what the call with this answer went through."""
        self._of.append((answer, self._called))

    def unfinished(self, runs: Sequence[CheckRun], is_unfinished: Callable[[str], bool]) -> dict[str, str]:
        """The first unfinished function that the failing call of a check went through, by the check's key.

        Parameters
        ----------
        runs
            The runs of the exercise's checks.
        is_unfinished
            Whether an earlier exercise fails its own public checks.
        """
        through = {run.key: self._through(run) for run in runs}
        called = [name for name in self._earlier if any(name in names for names in through.values())]
        unfinished = [name for name in called if is_unfinished(name)]
        first = {key: next((n for n in unfinished if n in names), "") for key, names in through.items()}
        return {key: name for key, name in first.items() if name}

    def _through(self, run: CheckRun) -> set[str]:
        if run.passed or not run.calls:
            return set()
        return next((names for answer, names in self._of if answer is run.calls[-1].answer), set())

    def _watching(self, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
        called = self._called
        signature = inspect.signature(function)

        @functools.wraps(function)
        def watching(*args: Any, **kwargs: Any) -> Any:
            with contextlib.suppress(TypeError):  # a call that doesn't fit the function never gets into it
                signature.bind(*args, **kwargs)
                called.add(name)
            return function(*args, **kwargs)

        return watching


def finish_first(run: CheckRun, name: str) -> CheckRun:
    """The run of a check, with the message that names the function to finish first, and without calls to explain."""
    words = f"Finish {name} first: this function builds on it."
    return replace(run, words=words, detail=words, calls=())
