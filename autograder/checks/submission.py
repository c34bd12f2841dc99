"""A submission's functions as checks call them, wherever they run.

In grading, a student's functions run in their kernel and are called over the wire. In a student's own notebook they run
in this process, as references and misconceptions always do. Checks see no difference.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from autograder.checks.no_value import value_of
from autograder.verdicts.endings import Ending
from autograder.wire.calls import Answer, Call, Request, StandIns


class CallStopped(Exception):
    """A call that did not return."""

    def __init__(self, function: str, ending: Ending) -> None:
        super().__init__(f"{function}: the call {ending}")
        self.ending = ending


# Where functions run: answers a request, or raises `CallStopped`.
Host = Callable[[Request], Answer]


# Calls a function, and returns the whole answer.
Ask = Callable[..., Answer]


@dataclass(frozen=True)
class EarlierMistakes:
    """What is wrong below a function: earlier exercises that it builds on and that are not right.

    ``stand_ins`` replace them; ``model`` calls the model answer over them, so that a check can see whether they make a
    difference. That runs where the function itself is never called: it would learn what is right.
    """

    stand_ins: StandIns
    model: Ask


class Functions:
    """The functions of a submission, by name: ``functions.dense_forward(X, W, b)``. Calls are remembered.

    Parameters
    ----------
    host
        Where they run.
    mistakes
        Gives what is wrong below a function, or None.
    """

    def __init__(self, host: Host, mistakes: Callable[[str], EarlierMistakes | None] = lambda name: None) -> None:
        # Private, so that an exercise may have any name.
        self._host = host
        self._mistakes = mistakes
        self._calls: list[Call] = []

    def __getattr__(self, name: str) -> RemoteFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return RemoteFunction(name, self)


def take_calls(functions: Functions) -> list[Call]:
    """The calls made since this was last called."""
    calls, functions._calls = functions._calls, []
    return calls


class RemoteFunction:
    """One function of a submission: a call gives its value, or raises `Mismatch` with a sentence for the student."""

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
        """Like `ask`, with stand-ins for the functions that it builds on; such a call is not remembered."""
        return self._owner._host(replace(Request.of(self.name, *args, **kwargs), stand_ins=stand_ins))

    @property
    def mistakes(self) -> EarlierMistakes | None:
        """What is wrong below it; usually nothing."""
        return self._owner._mistakes(self.name)

    @property
    def calls_made(self) -> int:
        """How many calls are remembered, of all functions."""
        return len(self._owner._calls)

    def forget_calls(self, after: int) -> None:
        """Remember only the first `after` calls."""
        del self._owner._calls[after:]
