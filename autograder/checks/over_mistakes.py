"""Judges a function by a test, and forgives what follows from mistakes in the earlier functions that it builds on."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from autograder.checks.mismatch import Mismatch
from autograder.checks.submission import Ask, CallStopped, EarlierMistakes
from autograder.wire.calls import Answer, StandIns


class Function(Protocol):
    """A submission's function, wherever it runs; `mistakes` are those in what it builds on."""

    name: str

    def ask(self, *args: Any, **kwargs: Any) -> Answer: ...

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer: ...

    @property
    def mistakes(self) -> EarlierMistakes | None: ...

    @property
    def calls_made(self) -> int: ...

    def forget_calls(self, after: int) -> None: ...


class Reference(Protocol):
    """A reference function, which can also be called with stand-ins for what it builds on."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer: ...


def judge_over_mistakes(
    function: Function,
    test: Callable[[Ask], None],
    over: Callable[[StandIns, Ask], None] | None = None,
    follows: Callable[[], bool] = lambda: True,
) -> None:
    """Raise `Mismatch` unless a function passes `test`, or fails it only because of mistakes in what it builds on.

    A failed test is forgiven if the function passes `over` (`test` if None) with stand-ins in place of those mistakes,
    if they make a difference, which the model answer over them shows, and if its answer `follows` from them; then the
    calls that failed are forgotten, too. Over mistakes it is always called both ways, whatever it answers: so one that
    can tell a stand-in from its own earlier function learns nothing by it. The model answer comes last: what it asks
    the student's earlier functions shows them what is right, and nothing that they pass on may help an answer.
    """
    mistakes = function.mistakes
    if mistakes is None:
        test(function.ask)
        return
    before = function.calls_made
    failure = _failure(test, function.ask)
    try:
        ask = partial(function.ask_over, mistakes.stand_ins)
        not_by_itself = _failure(test if over is None else partial(over, mistakes.stand_ins), ask)
    except CallStopped:
        if failure is not None:
            raise
        return
    if failure is None:
        return
    if not_by_itself is None and _failure(test, mistakes.model) is not None and follows():
        function.forget_calls(before)
        return
    raise failure


def _failure(test: Callable[[Ask], None], ask: Ask) -> Mismatch | None:
    try:
        test(ask)
    except Mismatch as mismatch:
        return mismatch
    return None
