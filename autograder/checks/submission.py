"""The grader's side of some functions: an object whose functions can be called, wherever they run.

A student's functions run in their kernel and are called over the wire; references, misconceptions and, in a student's own
notebook, the student's functions run here. Checks see no difference.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, MutableMapping
from typing import Any, Protocol, cast

from autograder.checks.no_value import value_of
from autograder.verdicts.endings import Ending
from autograder.wire.calls import Answer, Call, answer_call, write_arguments
from autograder.wire.stand_ins import NONE, StandIns, standing_in


class CallStopped(Exception):
    """A call that did not come back."""

    def __init__(self, function: str, ending: Ending) -> None:
        super().__init__(f"{function}: the call {ending}")
        self.ending = ending


class Host(Protocol):
    """Where functions run: answers a call by the function's name, over stand-ins where there are any."""

    def __call__(self, name: str, document: str, stand_ins: StandIns = NONE) -> Answer: ...


class Functions:
    """The functions of a submission by name: ``functions.dense_forward(X, W, b)``; remembers the calls made.

    Parameters
    ----------
    host
        Where they run.
    stand_ins
        Tells the stand-ins for those functions that a function builds on and that are not right.
    """

    def __init__(self, host: Host, stand_ins: Callable[[str], StandIns] = lambda name: NONE) -> None:
        self._host = host
        self._stand_ins = stand_ins
        self._calls: list[Call] = []

    def __getattr__(self, name: str) -> RemoteFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return RemoteFunction(name, self)

    def _ask(self, name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Answer:
        document = write_arguments(args, kwargs)
        answer = self._host(name, document)
        self._calls.append(Call(name, document, answer))
        return answer


class RemoteFunction:
    """One function of a submission's: calling it gives the value, or raises `Mismatch` with a sentence for the student."""

    def __init__(self, name: str, owner: Functions) -> None:
        self.name = name
        self.owner = owner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return value_of(self.ask(*args, **kwargs), self.name)

    def ask(self, *args: Any, **kwargs: Any) -> Answer:
        """Call it and return all that came of the call."""
        return self.owner._ask(self.name, args, kwargs)

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer:
        """As `ask`, with stand-ins for the functions that it builds on; such a call is not remembered."""
        return self.owner._host(self.name, write_arguments(args, kwargs), stand_ins)

    @property
    def stand_ins(self) -> StandIns:
        """The stand-ins for those functions that it builds on and that are not right: none, as a rule."""
        return self.owner._stand_ins(self.name)

    @property
    def calls(self) -> list[Call]:
        """The calls remembered so far, of this function and the others."""
        return self.owner._calls


def calls_made(functions: Functions) -> list[Call]:
    """Take the calls made since the last time this was asked."""
    made, functions._calls = functions._calls, []
    return made


def in_process(namespace: Mapping[str, Any]) -> Host:
    """A host for functions that live in this process: references, misconceptions, a student's own notebook."""

    def host(name: str, document: str, stand_ins: StandIns = NONE) -> Answer:
        if not stand_ins:
            return answer_call(namespace, name, document)
        with standing_in(cast("MutableMapping[str, Any]", namespace), stand_ins):
            return answer_call(namespace, name, document)

    return host
