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
from autograder.wire.calls import Request, read_arguments
from autograder.wire.values import refill

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
    stopped
        The functions that were stopped, which are not asked again.
    """

    def __init__(self, start: Callable[[], NotebookRun], stopped: Collection[str] = ()) -> None:
        self._start = start
        self._stopped = set(stopped)
        self._run: NotebookRun | None = None
        self._calls = 0

    def function(self, name: str) -> Callable[..., Any]:
        """One of them, as a function of this process: it returns, raises, warns and changes its arguments as there."""

        def earlier(*args: Any, **kwargs: Any) -> Any:
            request = Request.of(name, *args, **kwargs)
            answer = self._answer(request)
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
            else:
                refill(mine, theirs)
    except Exception:  # the document comes from the kernel
        raise Unusable("its arguments after the call cannot be read") from None
