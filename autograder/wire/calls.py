"""A call of a function as plain data: the grader's request and the kernel's answer, which may contain anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from autograder.wire import document as wire

MAX_TEXT = 2_000
ECHOED_ARGUMENTS = 2**20
MAX_WORDS = 100
MOST_LINES = 100_000
# Why a call returned None, perhaps because its cell stopped at a line that should be inside the function; that a name
# which is not defined is known as a text; that an item of a list is used as an index of the list; that the earlier
# function that stopped was given a function; that a function which was given is called by another name; a slip that the
# code shows, see `wire.code_slips`.
REMARKS = (
    "",
    "always true",
    "axis for number",
    "cell stopped",
    "empty",
    "error not raised",
    "function given",
    "inner function",
    "inner function not called",
    "item as index",
    "named otherwise",
    "no return",
    "nothing after return",
    "printed",
    "return ends loop",
    "return not reached",
    "text",
)
OUTCOMES = ("value", "error", "missing", "not callable", "wrong arity", "unencodable", "too large", "malformed")


@dataclass(frozen=True)
class Answer:
    """The answer to a call.

    ``outcome`` is one of `OUTCOMES`; ``value`` counts only for "value"; ``text`` is the error's message, the missing
    name or the type that could not be sent. The rest is further information from the kernel: the error's class names
    (most specific first), the categories of warnings, the arguments after the call (None if too large to send back),
    the parts of the result that share memory with an argument, whether NumPy's global state changed, and seconds.

    Of an error: the student's function whose own `raise` it came from (empty if Python or a library raised it), the one
    in which it stopped, the line there, counted in its cell (0 if unknown), with its text, and an existing name that
    resembles one that is missing. If it stopped in a function of another cell: the line that called that one, and its
    number. ``remark`` is one of `REMARKS`; that of a slip comes with its line and the line's number.
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
    stopped_in: str = ""
    line: int = 0
    code: str = ""
    caller: str = ""
    caller_line: int = 0
    near: str = ""
    remark: str = ""
    seconds: float = 0.0

    def to_text(self) -> str:
        """The answer as a wire document; if the wire cannot carry its value, the document says so instead."""
        try:
            return wire.dumps(self.__dict__)
        except wire.TooLarge as error:
            return wire.dumps(Answer("too large", text=str(error)[:MAX_TEXT], seconds=self.seconds).__dict__)
        except Exception as error:  # a student's code may run when their value is encoded
            text = str(error) if isinstance(error, wire.WireError) else f"a value of type {type(self.value).__name__}"
            return wire.dumps(Answer("unencodable", text=text[:MAX_TEXT], seconds=self.seconds).__dict__)

    @classmethod
    def from_text(cls, text: str) -> Answer:
        """Read `to_text`'s document, whoever wrote it; if it is not well formed, the answer is "malformed"."""
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
            and all(isinstance(fields[name], str) for name in _TEXTS)
            and isinstance(fields["line"], int)
            and isinstance(fields["caller_line"], int)
            and fields["remark"] in REMARKS
            and all(
                isinstance(fields[name], tuple) and all(isinstance(item, str) for item in fields[name])
                for name in ("error_names", "warnings", "shared")
            )
            and (fields["arguments_after"] is None or isinstance(fields["arguments_after"], str))
            and isinstance(fields["global_state_changed"], bool)
            and isinstance(fields["seconds"], float)
        )
        return cls(**_bounded(fields)) if well_formed else cls("malformed", text="not an answer")


_TEXTS = ("text", "raised_in", "stopped_in", "code", "caller", "near", "remark")


def _bounded(fields: dict[str, Any]) -> dict[str, Any]:
    """The fields of an answer, cut to what an honest kernel sends: they are kept until the exercise is judged."""
    after = fields["arguments_after"]
    return fields | {
        "value": fields["value"] if fields["outcome"] == "value" else None,
        "arguments_after": after if after is not None and len(after) <= 2 * ECHOED_ARGUMENTS else None,
        **{name: fields[name][:MAX_TEXT] for name in _TEXTS},
        **{name: fields[name] if 0 <= fields[name] <= MOST_LINES else 0 for name in ("line", "caller_line")},
        **{
            name: tuple(word[:MAX_TEXT] for word in fields[name][:MAX_WORDS])
            for name in ("error_names", "warnings", "shared")
        },
    }


# The code of our functions, by the names of the student's earlier functions that they replace.
StandIns = Mapping[str, str]


@dataclass(frozen=True)
class Request:
    """A call that the grader asks for.

    ``function`` is the function's name, or that of a quiz's variable; ``document`` is the arguments as a wire document;
    ``stand_ins`` replace, for this call, functions that the called one builds on.
    """

    function: str
    document: str
    stand_ins: StandIns = field(default_factory=dict)

    @classmethod
    def of(cls, function: str, /, *args: Any, **kwargs: Any) -> Request:
        """The request for ``function(*args, **kwargs)``."""
        return cls(function, write_arguments(args, kwargs))

    @cached_property
    def _arguments(self) -> tuple[list[Any], dict[str, Any]]:
        return read_arguments(self.document)

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The positional arguments as they were sent."""
        return tuple(self._arguments[0])

    @property
    def keywords(self) -> dict[str, Any]:
        """The keyword arguments."""
        return self._arguments[1]

    def to_bytes(self) -> bytes:
        """The request as it travels to a kernel."""
        return f"{json.dumps([self.function, dict(self.stand_ins)])}\n{self.document}".encode()

    @classmethod
    def from_bytes(cls, data: bytes) -> Request:
        """Read what `to_bytes` wrote."""
        head, _, document = data.decode().partition("\n")
        function, stand_ins = json.loads(head)
        return cls(function, document, stand_ins)


@dataclass(frozen=True)
class Call:
    """A call that was made: the request and its answer.

    ``origin`` is the check that made it and the call's number in it, "public::test_a_batch#0"; empty outside checks.
    """

    request: Request
    answer: Answer
    origin: str = ""

    @property
    def function(self) -> str:
        """The name of the function that was called."""
        return self.request.function

    @property
    def document(self) -> str:
        """The arguments as a wire document."""
        return self.request.document

    @property
    def arguments(self) -> tuple[Any, ...]:
        """The positional arguments."""
        return self.request.arguments

    @property
    def keywords(self) -> dict[str, Any]:
        """The keyword arguments."""
        return self.request.keywords

    @property
    def value(self) -> Any:
        """The returned value, or None if the call gave none."""
        return self.answer.value if self.answer.outcome == "value" else None


def write_arguments(args: tuple[Any, ...], kwargs: Mapping[str, Any]) -> str:
    """The arguments of a call as a wire document."""
    return wire.dumps([list(args), dict(kwargs)])


def read_arguments(document: str) -> tuple[list[Any], dict[str, Any]]:
    """Fresh copies of a call's arguments."""
    args, kwargs = wire.loads(document)
    return args, kwargs
