"""Answers requests where the function is: in a student's kernel or, for references and misconceptions, in the grader.

A function gets fresh copies of its arguments; what it prints is dropped; whatever it raises becomes a name and a text.
"""

from __future__ import annotations

import inspect
import io
import time
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping, MutableMapping
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from typing import Any

import numpy as np
from numpy.random import get_state
from numpy.random import random as global_random

from autograder.wire.calls import ECHOED_ARGUMENTS, MAX_TEXT, Answer, Request, StandIns, read_arguments, write_arguments
from autograder.wire.code_slips import slip_in
from autograder.wire.own_code import is_text, stopped_at, why_none

# The pattern of messages by which kernels ignore all warnings, so that their filter is known from a student's.
IGNORED_BY_KERNELS = ".*"


def answer_call(namespace: MutableMapping[str, Any], request: Request, *, echo: bool = True) -> Answer:
    """Call a function of `namespace` as the request asks, with its stand-ins in place.

    Anything that is not a function, such as a quiz's dict, is itself the answer to a call without arguments. Without
    `echo`, the answer does not say how the arguments are after the call: that takes as long as many a call.
    """
    with standing_in(namespace, request.stand_ins):
        if request.function not in namespace:
            return Answer("missing", text=request.function)
        echo = echo and len(request.document) < ECHOED_ARGUMENTS
        worlds = _worlds(namespace, [namespace[name] for name in (request.function, *request.stand_ins)])
        return _answer(request, namespace[request.function], worlds, echo=echo)


def _answer(request: Request, function: Any, worlds: set[int], *, echo: bool) -> Answer:
    args, kwargs = read_arguments(request.document)
    if not callable(function):
        return Answer("not callable", text=type(function).__name__) if args or kwargs else Answer("value", function)
    if not _fits(function, args, kwargs):
        return Answer("wrong arity", text=_parameters(function))
    with warnings.catch_warnings(record=True) as caught, silence() as printed:
        ignored = _ignored_by_the_student()
        warnings.simplefilter("always")
        warnings.filters = [*ignored, *warnings.filters]
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
    after = _arguments_after(args, kwargs) if echo else None
    remarks: dict[str, Any] = {
        "warnings": tuple(str(w.category.__name__) for w in caught[:20]),
        "arguments_after": after,
        "global_state_changed": changed,
        "seconds": seconds,
    }
    if error is not None:
        names = tuple(c.__name__ for c in type(error).__mro__)
        remarks |= _about_error(error, request.function, function, [args, kwargs], worlds)
        return Answer("error", text=_text_of(error), error_names=names, **remarks)
    if value is None:
        remarks["remark"] = _why_none(function, printed=printed.used)
    else:
        remarks |= _slip(function, [*args, *kwargs.values()])
    try:
        shared = _shared(value, args, kwargs)
    except Exception:  # an object of a student's own class may run their code here; encoding it will report that
        shared = ()
    return Answer("value", value, shared=shared, **remarks)


def _ignored_by_the_student() -> list[Any]:
    """The filters by which NumPy's warnings are ignored, for how a function stays silent is not asked."""
    return [
        each
        for each in warnings.filters
        if each[0] == "ignore"
        and issubclass(RuntimeWarning, each[2])
        and getattr(each[1], "pattern", "") != IGNORED_BY_KERNELS
    ]


def _arguments_after(args: list[Any], kwargs: dict[str, Any]) -> str | None:
    """The arguments after a call, or None if the call left something in them that cannot be encoded."""
    try:
        return write_arguments(tuple(args), kwargs)
    except Exception:
        return None


def _fits(function: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]) -> bool:
    try:
        signature = inspect.signature(function)
    except Exception:
        return True  # a built-in without a signature, or an odd callable: the call itself will show
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


def _worlds(namespace: Mapping[str, Any], functions: Iterable[Any]) -> set[int]:
    """The ids of the global namespaces in which a student's code and its stand-ins live."""
    return {id(namespace)} | {id(getattr(function, "__globals__", None)) for function in functions} - {id(None)}


def _about_error(error: BaseException, name: str, function: Any, arguments: Any, worlds: set[int]) -> dict[str, Any]:
    try:
        about = stopped_at(error, name, function, worlds)
        if type(error) is NameError and is_text(error.name, function, arguments):
            about["remark"] = "text"
    except Exception:  # a frame or a class of the student's own may do anything when it is looked at
        return {}
    return about


def _why_none(function: Any, *, printed: bool) -> str:
    try:
        return why_none(function, printed=printed)
    except Exception:  # the same
        return ""


def _slip(function: Any, arguments: list[Any]) -> dict[str, Any]:
    try:
        return slip_in(function, arguments)
    except Exception:  # no source, or one that is not the function's
        return {}


def _unusual_global_state() -> Any:
    """Give NumPy's global state an unusual value, so that any change of it is noticed; return the previous error state.

    The random state is not restored: every call would then get the same random numbers.
    """
    global_random()
    return np.seterr(divide="warn", over="warn", under="ignore", invalid="warn")


def _global_state() -> tuple[Any, ...]:
    name, keys, *rest = get_state(legacy=True)
    return (name, bytes(np.asarray(keys).tobytes()), *rest, tuple(sorted(np.geterr().items())))


def _shared(value: Any, args: list[Any], kwargs: dict[str, Any]) -> tuple[str, ...]:
    """The parts of a value that are, or share memory with, an argument."""
    arguments = [*args, *kwargs.values()]
    parts: list[tuple[str, Any]] = [("result", value)]
    if isinstance(value, list | tuple):
        parts += [(f"[{i}]", item) for i, item in enumerate(value[:50])]
    elif isinstance(value, dict):
        parts += [(f"[{key!r}]", item) for key, item in list(value.items())[:50]]
    mutable = (np.ndarray, list, dict)
    return tuple(
        name
        for name, part in parts
        if isinstance(part, mutable)
        and any(
            part is argument
            or (
                isinstance(part, np.ndarray)
                and isinstance(argument, np.ndarray)
                and np.may_share_memory(part, argument)
            )
            for argument in arguments
        )
    )


class Nowhere(io.TextIOBase):
    """A text stream that keeps nothing but whether it was used."""

    used = False

    def write(self, text: str) -> int:
        self.used = self.used or bool(text)
        return len(text)

    def writable(self) -> bool:
        return True


@contextmanager
def silence() -> Iterator[Nowhere]:
    """Drop what is printed within; gives the stream that it goes to."""
    nowhere = Nowhere()
    with redirect_stdout(nowhere), redirect_stderr(Nowhere()):
        yield nowhere


@contextmanager
def standing_in(namespace: MutableMapping[str, Any], stand_ins: StandIns) -> Iterator[None]:
    """Within, these functions replace whatever has their names in `namespace`."""
    functions = {}
    for name, code in stand_ins.items():
        world: dict[str, Any] = {}
        exec(code, world)
        functions[name] = world[name]
    with replaced(namespace, functions):
        yield


@contextmanager
def replaced(namespace: MutableMapping[str, Any], functions: Mapping[str, Any]) -> Iterator[None]:
    """Within, `namespace` has these functions by their names."""
    nothing = object()
    before = {name: namespace.get(name, nothing) for name in functions}
    try:
        namespace.update(functions)
        yield
    finally:
        for name, value in before.items():
            if value is nothing:
                namespace.pop(name, None)
            else:
                namespace[name] = value
