"""The grader's side of some functions: an object whose functions can be called, wherever they run.

A student's functions run in their kernel and are called over the wire; references, misconceptions and, in a student's own
notebook, the student's functions run here. Checks see no difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from autograder.checks.no_value import value_of
from autograder.verdicts.endings import Ending
from autograder.wire.calls import Answer, Call, Request, StandIns


class CallStopped(Exception):
    """A call that did not come back."""

    def __init__(self, function: str, ending: Ending) -> None:
        super().__init__(f"{function}: the call {ending}")
        self.ending = ending


# Where functions run: answers a request, or raises `CallStopped`.
Host = Callable[[Request], Answer]


class Functions:
    """The functions of a submission by name: ``functions.dense_forward(X, W, b)``; remembers the calls made.

    Parameters
    ----------
    host
        Where they run.
    stand_ins
        Gives the stand-ins for those functions that a function builds on and that are not right.
    """

    def __init__(self, host: Host, stand_ins: Callable[[str], StandIns] = lambda name: {}) -> None:
        # Private, so that an exercise may have any name.
        self._host = host
        self._stand_ins = stand_ins
        self._calls: list[Call] = []

    def __getattr__(self, name: str) -> RemoteFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return RemoteFunction(name, self)


def take_calls(functions: Functions) -> list[Call]:
    """The calls made since the last time this was asked."""
    calls, functions._calls = functions._calls, []
    return calls


class RemoteFunction:
    """One function of a submission's: calling it gives the value, or raises `Mismatch` with a sentence for the student."""

    def __init__(self, name: str, owner: Functions) -> None:
        self.name = name
        self._owner = owner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return value_of(self.ask(*args, **kwargs), self.name)

    def ask(self, *args: Any, **kwargs: Any) -> Answer:
        """Call it and return the whole answer."""
        request = Request.of(self.name, *args, **kwargs)
        answer = self._owner._host(request)
        self._owner._calls.append(Call(request, answer))
        return answer

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer:
        """As `ask`, with stand-ins for the functions that it builds on; such a call is not remembered."""
        return self._owner._host(replace(Request.of(self.name, *args, **kwargs), stand_ins=stand_ins))

    @property
    def stand_ins(self) -> StandIns:
        """The stand-ins for those functions that it builds on and that are not right: none, as a rule."""
        return self._owner._stand_ins(self.name)

    @property
    def calls_made(self) -> int:
        """How many calls are remembered, of this function and the others."""
        return len(self._owner._calls)

    def forget_calls(self, after: int) -> None:
        """Remember only the first `after` calls."""
        del self._owner._calls[after:]
