"""A student's earlier functions, asked in a kernel in which no later function is called.

The model answer of a later exercise is run over them, to see whether their mistakes make a difference there. Its calls
show how it is put together, so the student's own later function must not hear of them.
"""

from __future__ import annotations

import warnings
from collections.abc import Callable, Collection
from typing import Any

import numpy as np

from autograder.checks.submission import CallStopped
from autograder.grading.notebook_run import NotebookRun
from autograder.wire.calls import Answer, Request, read_arguments
from autograder.wire.values import leaves, refill

# The model answer goes on with what an earlier function gives, in this process: it must be of the right one's kind and
# size, or, if that refuses, of few parts.
MOST_PARTS, MOST_BITS = 1_000, 64
# Calls for one exercise: a model answer that makes more, such as one that trains, is taken to depend on the mistake.
MOST_CALLS = 3_000


class Unusable(Exception):
    """An earlier function gives no value that the model answer could go on with."""


class EarlierFunctions:
    """The earlier functions of a student's notebook, as the cells above an exercise have defined them.

    Parameters
    ----------
    start
        Starts a kernel in which those cells have run; called when the first function is asked.
    right
        The right answer to a request.
    stopped
        The functions that were stopped, which are not asked again.
    """

    def __init__(
        self, start: Callable[[], NotebookRun], right: Callable[[Request], Answer], stopped: Collection[str] = ()
    ) -> None:
        self._start = start
        self._right = right
        self._stopped = set(stopped)
        self._run: NotebookRun | None = None
        self._calls = 0

    def function(self, name: str) -> Callable[..., Any]:
        """One of them, as a function of this process: it returns, raises, warns and changes its arguments as there."""

        def earlier(*args: Any, **kwargs: Any) -> Any:
            request = Request.of(name, *args, **kwargs)
            answer = self._answer(request)
            right = self._right(request)
            if answer.outcome == "value" and not (
                alike(answer.value, right.value) if right.outcome == "value" else is_small(answer.value)
            ):
                raise Unusable(name)
            if answer.arguments_after not in (None, request.document):
                _change(args, kwargs, answer.arguments_after)
            if "RuntimeWarning" in answer.warnings:
                warnings.warn(f"{name} made NumPy warn.", RuntimeWarning, stacklevel=2)
            if answer.outcome == "value" and not answer.global_state_changed:
                return answer.value
            raise (ValueError if "ValueError" in answer.error_names else Unusable)(name)

        return earlier

    def close(self) -> None:
        """End the kernel, if there is one."""
        if self._run is not None:
            self._run.close()

    def _answer(self, request: Request) -> Any:
        self._calls += 1
        if request.function in self._stopped or self._calls > MOST_CALLS:
            raise Unusable(request.function)
        self._run = self._run or self._start()
        try:
            return self._run.answer(request)
        except CallStopped:
            self._stopped.add(request.function)
            raise Unusable(request.function) from None


def _change(args: tuple[Any, ...], kwargs: dict[str, Any], after: str) -> None:
    """Change the arguments of a call in place, as it changed its copies of them."""
    try:
        positional, named = read_arguments(after)
        for mine, theirs in [*zip(args, positional, strict=True), *((kwargs[key], named[key]) for key in kwargs)]:
            if isinstance(mine, np.random.Generator):
                mine.bit_generator.state = theirs.bit_generator.state
            elif callable(mine):  # a function stays what it is
                continue
            elif alike(theirs, mine):
                refill(mine, theirs)
            else:
                raise Unusable("an argument is another after the call")
    except Exception:  # the document comes from the kernel
        raise Unusable("its arguments after the call cannot be read") from None


def alike(value: Any, right: Any) -> bool:
    """Whether a value has the structure of the right one: the same keys, lengths and shapes."""
    if isinstance(right, dict):
        return (
            isinstance(value, dict) and value.keys() == right.keys() and all(alike(value[k], right[k]) for k in right)
        )
    if isinstance(right, list | tuple):
        return isinstance(value, list | tuple) and len(value) == len(right) and all(map(alike, value, right))
    if isinstance(value, dict | list | tuple | set | frozenset):
        return False
    return np.shape(value) == np.shape(right) and is_small(value, parts=np.size(right))


def is_small(value: Any, parts: int = MOST_PARTS) -> bool:
    """Whether a value has no more parts than these, and none is a number or a text of unusual length."""
    own = list(leaves(value))
    return sum(map(np.size, own)) <= max(parts, 1) and not any(
        (isinstance(leaf, int) and leaf.bit_length() > MOST_BITS) or (isinstance(leaf, str) and len(leaf) > MOST_PARTS)
        for leaf in own
    )
