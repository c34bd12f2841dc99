"""One call of a function and what came of it, as plain data: made where the function is, believed nowhere.

The same code answers a call in a student's kernel and, for references and misconceptions, in the grader. A function gets
fresh copies of its arguments; what it prints goes nowhere; whatever it raises becomes a name and a text.
"""

from __future__ import annotations

import contextlib
import dis
import inspect
import io
import time
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.random import get_state
from numpy.random import random as global_random

from autograder.wire import document as wire

MAX_TEXT = 2_000
ECHOED_ARGUMENTS = 2**20
MAX_WORDS = 100
OUTCOMES = ("value", "error", "missing", "not callable", "wrong arity", "unencodable", "too large", "malformed")


@dataclass(frozen=True)
class Answer:
    """What came of a call.

    ``outcome`` is one of `OUTCOMES`; ``value`` counts for "value" alone, ``text`` is the error's message, the missing
    name or the kind that could not be sent. The rest are the kernel's side remarks: the error's class names (most special
    first), the categories of warnings, the arguments as they were after the call (None when too large to echo), the
    places of the result that are the same object as an argument, whether NumPy's global state changed, the function whose
    own `raise` the error came from (empty for an error of Python's or a library's), and seconds.
    """

    outcome: str
    value: Any = None
    text: str = ""
    error_names: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    arguments_after: str | None = None
    shared: tuple[str, ...] = ()
    global_state_changed: bool = False
    raised_in: str = ""
    seconds: float = 0.0

    def to_text(self) -> str:
        """The answer as a wire document; one whose value the wire does not carry says so instead."""
        try:
            return wire.dumps(self.__dict__)
        except wire.TooLarge as error:
            return wire.dumps(Answer("too large", text=str(error)[:MAX_TEXT], seconds=self.seconds).__dict__)
        except Exception as error:  # student code may run while a value of theirs is looked at
            text = str(error) if isinstance(error, wire.WireError) else f"a value of type {type(self.value).__name__}"
            return wire.dumps(Answer("unencodable", text=text[:MAX_TEXT], seconds=self.seconds).__dict__)

    @classmethod
    def from_text(cls, text: str) -> Answer:
        """Read `to_text`'s document, whoever wrote it: what is not well formed becomes a malformed answer."""
        try:
            fields = wire.loads(text)
        except wire.TooLarge as error:
            return cls("too large", text=str(error))
        except wire.WireError as error:
            return cls("malformed", text=str(error))
        well_formed = (
            isinstance(fields, dict)
            and set(fields) == set(cls.__dataclass_fields__)
            and isinstance(fields["outcome"], str)
            and fields["outcome"] in OUTCOMES
            and isinstance(fields["text"], str)
            and all(
                isinstance(fields[name], tuple) and all(isinstance(item, str) for item in fields[name])
                for name in ("error_names", "warnings", "shared")
            )
            and (fields["arguments_after"] is None or isinstance(fields["arguments_after"], str))
            and isinstance(fields["global_state_changed"], bool)
            and isinstance(fields["raised_in"], str)
            and isinstance(fields["seconds"], float)
        )
        return cls(**_bounded(fields)) if well_formed else cls("malformed", text="not an answer")


def _bounded(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer without what no honest kernel sends: what a call brings is kept until its exercise is judged."""
    after = fields["arguments_after"]
    return fields | {
        "value": fields["value"] if fields["outcome"] == "value" else None,
        "arguments_after": after if after is not None and len(after) <= 2 * ECHOED_ARGUMENTS else None,
        **{name: fields[name][:MAX_TEXT] for name in ("text", "raised_in")},
        **{
            name: tuple(word[:MAX_TEXT] for word in fields[name][:MAX_WORDS])
            for name in ("error_names", "warnings", "shared")
        },
    }


@dataclass(frozen=True)
class Call:
    """A call as it was made: the function's name, its arguments as a wire document, and the answer.

    ``place`` is the check that made it and the call's number there, "public::test_a_batch#0"; empty elsewhere.
    """

    function: str
    document: str
    reply: Answer
    place: str = ""

    @cached_property
    def _arguments(self) -> tuple[list[Any], dict[str, Any]]:
        return read_arguments(self.document)

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The positional arguments, decoded anew from what was sent."""
        return tuple(self._arguments[0])

    @property
    def keywords(self) -> dict[str, Any]:
        """The keyword arguments."""
        return self._arguments[1]

    @property
    def answer(self) -> Any:
        """The returned value, or None where the call gave none."""
        return self.reply.value if self.reply.outcome == "value" else None


def write_arguments(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """The arguments of a call as a wire document."""
    return wire.dumps([list(args), dict(kwargs)])


def read_arguments(document: str) -> tuple[list[Any], dict[str, Any]]:
    """Fresh copies of a call's arguments."""
    args, kwargs = wire.loads(document)
    return args, kwargs


def answer_call(namespace: Mapping[str, Any], name: str, document: str) -> Answer:
    """Call the function `name` of `namespace` with the arguments in `document` and tell what came of it.

    What is no function, such as a quiz's dict, is itself the answer to a call without arguments.
    """
    if name not in namespace:
        return Answer("missing", text=name)
    function = namespace[name]
    args, kwargs = read_arguments(document)
    if not callable(function):
        return Answer("not callable", text=type(function).__name__) if args or kwargs else Answer("value", function)
    if not _fits(function, args, kwargs):
        return Answer("wrong arity", text=_parameters(function))
    with warnings.catch_warnings(record=True) as caught, silence():
        warnings.simplefilter("always")
        errors = _unusual_global_state()
        state = _global_state()
        start = time.perf_counter()
        try:
            value, error = function(*args, **kwargs), None
        except BaseException as raised:  # SystemExit and the like are answers too
            value, error = None, raised
        seconds = time.perf_counter() - start
        changed = _global_state() != state
        np.seterr(**errors)
    after = write_arguments_or_none(args, kwargs) if len(document) < ECHOED_ARGUMENTS else None
    remarks: dict[str, Any] = {
        "warnings": tuple(str(w.category.__name__) for w in caught[:20]),
        "arguments_after": after,
        "global_state_changed": changed,
        "seconds": seconds,
    }
    if error is not None:
        names = tuple(c.__name__ for c in type(error).__mro__)
        return Answer("error", text=_text_of(error), error_names=names, raised_in=_raised_in(error), **remarks)
    try:
        shared = _shared(value, args, kwargs)
    except Exception:  # looking at a value of a class of theirs may run code of theirs: writing it will tell
        shared = ()
    return Answer("value", value, shared=shared, **remarks)


def write_arguments_or_none(args: list[Any], kwargs: dict[str, Any]) -> str | None:
    """The arguments as they are after a call, or None when the call left something that cannot be written."""
    try:
        return write_arguments(tuple(args), kwargs)
    except Exception:
        return None


def _fits(function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> bool:
    try:
        signature = inspect.signature(function)
    except Exception:
        return True  # a built-in without a signature, or an odd callable: the call itself will tell
    try:
        signature.bind(*args, **kwargs)
    except TypeError:
        return False
    return True


def _parameters(function: Callable[..., Any]) -> str:
    return ", ".join(inspect.signature(function).parameters)[:MAX_TEXT]


def _text_of(error: BaseException) -> str:
    try:
        return str(error)[:MAX_TEXT]
    except Exception:
        return ""


def _raised_in(error: BaseException) -> str:
    """The function whose `raise` statement raised the error; empty when something that it called did."""
    place = error.__traceback__
    while place is not None and place.tb_next is not None:
        place = place.tb_next
    if place is None:
        return ""
    code = place.tb_frame.f_code
    by_hand = 0 <= place.tb_lasti < len(code.co_code) and dis.opname[code.co_code[place.tb_lasti]] == "RAISE_VARARGS"
    return code.co_name[:MAX_TEXT] if by_hand else ""


def _unusual_global_state() -> Any:
    """Put NumPy's global state where no function leaves it, so that setting it is seen each time; return the error state.

    The random numbers go on from there: put back, they would be the same ones for each call.
    """
    global_random()
    return np.seterr(divide="warn", over="warn", under="ignore", invalid="warn")


def _global_state() -> tuple[Any, ...]:
    name, keys, *rest = get_state(legacy=True)
    return (name, bytes(np.asarray(keys).tobytes()), *rest, tuple(sorted(np.geterr().items())))


def _shared(value: Any, args: list[Any], kwargs: dict[str, Any]) -> tuple[str, ...]:
    given = [*args, *kwargs.values()]
    places: list[tuple[str, Any]] = [("", value)]
    if isinstance(value, list | tuple):
        places += [(f"[{i}]", item) for i, item in enumerate(value[:50])]
    elif isinstance(value, dict):
        places += [(f"[{key!r}]", item) for key, item in list(value.items())[:50]]
    mutable = (np.ndarray, list, dict)
    return tuple(
        place or "result"
        for place, part in places
        if isinstance(part, mutable)
        and any(
            part is argument
            or (
                isinstance(part, np.ndarray)
                and isinstance(argument, np.ndarray)
                and np.may_share_memory(part, argument)
            )
            for argument in given
        )
    )


class _Nowhere(io.TextIOBase):
    """A text stream that keeps nothing."""

    def write(self, text: str) -> int:
        return len(text)

    def writable(self) -> bool:
        return True


@contextlib.contextmanager
def silence() -> Iterator[None]:
    """What is printed within goes nowhere."""
    nowhere = _Nowhere()
    with contextlib.redirect_stdout(nowhere), contextlib.redirect_stderr(nowhere):
        yield
