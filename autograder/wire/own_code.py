"""What a notebook's own code shows about a call without a value: the line that stopped it, the name that it may have
meant, why it returned None."""

from __future__ import annotations

import builtins
import difflib
import dis
import linecache
import re
import types
from collections.abc import Collection, Iterable, Iterator
from typing import Any

# Names that resemble another less than this are other names: b1 and w1, dense_forward and network_forward.
ALIKE = 0.8
# What a longer line is cut to, and how much is looked at to find what a name may mean.
MAX_CODE = 120
MAX_NAME = 60
MOST_NAMES = 2_000
MOST_TEXTS = 200
MAX_SOURCE = 100_000


def stopped_at(error: BaseException, name: str, function: Any, worlds: Collection[int]) -> dict[str, Any]:
    """Where in the student's own code an error came from, as fields of an `Answer`; none if nowhere in it.

    Parameters
    ----------
    error
        The error.
    name, function
        The function that was called, and the name by which it was.
    worlds
        The ids of the global namespaces of the student's code: a frame of a library is not theirs.
    """
    trace, own, last, caller = error.__traceback__, None, None, None
    endless = isinstance(error, RecursionError)  # where it stopped is chance: the first line is the one that calls
    while trace is not None:
        last = trace
        if id(trace.tb_frame.f_globals) in worlds and (own is None or not endless):
            own = trace
            if _outermost(trace.tb_frame.f_code) == _outermost(getattr(function, "__code__", None)):
                caller = trace
        trace = trace.tb_next
    if own is None:
        return {}
    code = own.tb_frame.f_code
    inside = _outermost(code)
    if inside == _outermost(getattr(function, "__code__", None)):
        inside = name  # a lambda, or a function with a second name
    about: dict[str, Any] = {}
    if inside != name and caller is not None and caller.tb_frame.f_code.co_filename != code.co_filename:
        given = [own.tb_frame.f_locals.get(parameter) for parameter in code.co_varnames[: code.co_argcount]]
        about = {"caller": _line_of(caller), "caller_line": caller.tb_lineno}
        about |= {"remark": "function given"} if any(map(callable, given)) else {}
    elif isinstance(error, IndexError) and _indexes_by_items(own):
        about = {"remark": "item as index"}
    near = _meant(error, own.tb_frame)
    if type(error) is NameError and not near and (argument := _function_given(own, error.name)):
        about, near = about | {"remark": "named otherwise"}, argument
    return about | {
        "raised_in": inside if own is last and _raises_by_hand(own) else "",
        "stopped_in": inside,
        "line": own.tb_lineno,
        "code": _line_of(own),
        "near": near,
    }


def _function_given(trace: types.TracebackType, name: object) -> str:
    """The one argument that is a function, if the line calls a function by a name that doesn't exist."""
    frame = trace.tb_frame
    given = [argument for argument in _arguments(frame) if callable(frame.f_locals.get(argument))]
    called = isinstance(name, str) and re.search(rf"\b{re.escape(name)}\(", _line_of(trace))
    return given[0] if called and len(given) == 1 else ""


def _arguments(frame: types.FrameType) -> tuple[str, ...]:
    """The names of a function's arguments."""
    code = frame.f_code
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]


def _line_of(trace: types.TracebackType) -> str:
    return linecache.getline(trace.tb_frame.f_code.co_filename, trace.tb_lineno).strip()[:MAX_CODE]


def _indexes_by_items(trace: types.TracebackType) -> bool:
    """Whether the line takes an item of a list for an index of it, in a loop over the list."""
    code = trace.tb_frame.f_code
    above = linecache.getlines(code.co_filename)[code.co_firstlineno - 1 : trace.tb_lineno]
    newest = dict(re.findall(r"\bfor (\w+) in ([^:\n\])]+)", "".join(above)[-MAX_SOURCE:]))
    return any(re.search(rf"\b{re.escape(loop.strip())}\[{item}\b", _line_of(trace)) for item, loop in newest.items())


def _outermost(code: types.CodeType | None) -> str:
    """The name of a function, or of the one inside which it is defined."""
    return code.co_qualname.partition(".<locals>")[0] if isinstance(code, types.CodeType) else ""


def _raises_by_hand(trace: types.TracebackType) -> bool:
    """Whether a `raise` statement raised the error here."""
    code = trace.tb_frame.f_code.co_code
    return 0 <= trace.tb_lasti < len(code) and dis.opname[code[trace.tb_lasti]] == "RAISE_VARARGS"


def _meant(error: BaseException, frame: types.FrameType) -> str:
    """An existing name that resembles the one that an error says is missing."""
    if type(error) is NameError and isinstance(error.name, str):
        own = [name for name in frame.f_globals if not name.startswith("_") and name not in _OF_IPYTHON]
        of_modules = (
            f"{name}.{error.name}"
            for name in own
            if isinstance(module := frame.f_globals[name], types.ModuleType) and error.name in vars(module)
        )
        near = _product(error.name, {*frame.f_locals, *own}) or nearest(error.name, frame.f_locals)
        near = near or _shortened(error.name, _arguments(frame))
        near = near or next(of_modules, "")
        return near or nearest(error.name, [*own, *dir(builtins)])
    if type(error) is AttributeError and isinstance(error.obj, types.ModuleType) and isinstance(error.name, str):
        return nearest(error.name, [name for name in dir(error.obj) if not name.startswith("_")])
    if type(error) is KeyError and isinstance(key := error.args[0], str):
        dicts = [value for value in frame.f_locals.values() if type(value) is dict and key not in value]
        keys = [other for value in dicts for other in list(value)[:MOST_NAMES] if isinstance(other, str)]
        return nearest(key, keys) or _ending(key, keys)
    return ""


def _shortened(name: str, names: Iterable[str]) -> str:
    """The only one of `names` that begins with `name` and `_`, or has these initials, as `lr`; or an empty text."""
    short = name.lower()
    longer = [
        other
        for other in names
        if other.lower().startswith(f"{short}_") or (len(short) > 1 and _initials(other) == short)
    ]
    return longer[0] if len(longer) == 1 else ""


def _initials(name: str) -> str:
    return "".join(part[:1] for part in name.lower().split("_"))


def _ending(name: str, names: Iterable[str]) -> str:
    """The only one of `names` that ends with `name`, or an empty text."""
    longer = {other for other in names if len(other) <= MAX_NAME and other.endswith(name)}
    return longer.pop() if len(longer) == 1 and name else ""


def _product(name: str, names: Collection[str]) -> str:
    """A product of two existing names if `name` is the two joined, else an empty text."""
    parts = ((name[:place], name[place:]) for place in range(1, min(len(name), MAX_NAME)))
    return next((f"{left} * {right}" for left, right in parts if left in names and right in names), "")


_OF_IPYTHON = frozenset({"In", "Out", "get_ipython", "exit", "quit"})


def nearest(name: str, names: Iterable[str]) -> str:
    """The one of `names` that resembles `name` most, or an empty text if none does: capital letters don't count."""
    others = [other for other in names if isinstance(other, str) and other != name and len(other) <= MAX_NAME]
    lower = {other.lower(): other for other in others[:MOST_NAMES]}
    close = difflib.get_close_matches(name[:MAX_NAME].lower(), lower, n=1, cutoff=ALIKE)
    return lower[close[0]] if close else ""


# What a cell seems to define: functions, and the variables of quizzes.
_DEFINED = re.compile(
    r"^(?:[ \t]*def|[A-Za-z]+)[ \t]+(\w+)[ \t]*\(|^(\w+)[ \t]*=(?!=)|^[ \t]*def[ \t]+(\w+)", re.MULTILINE
)


def defined_in(source: str) -> list[str]:
    """The names that a cell seems to define, also if Python can't read it."""
    names = (next(filter(None, match.groups())) for match in _DEFINED.finditer(source[:MAX_SOURCE]))
    return list(dict.fromkeys(names))


def functions_in(source: str) -> list[str]:
    """The names of the functions that a cell seems to define, without those inside others."""
    return list(dict.fromkeys(re.findall(r"^def[ \t]+(\w+)", source[:MAX_SOURCE], re.MULTILINE)))


def is_text(name: object, function: Any, arguments: Any) -> bool:
    """Whether a name is a text among the arguments, or stands in quotes in the function or its docstring."""
    if not isinstance(name, str):
        return False
    code = getattr(function, "__code__", None)
    quoted = re.compile(rf"[\"']{re.escape(name)}[\"']")
    return (
        any(text == name for text, _ in zip(_texts(arguments), range(MOST_TEXTS), strict=False))
        or bool(quoted.search(str(getattr(function, "__doc__", ""))))
        or (isinstance(code, types.CodeType) and name in code.co_consts)
    )


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list | tuple):
        for item in value:
            yield from _texts(item)


def why_none(function: Any, *, printed: bool) -> str:
    """Why a call returned None, as a remark of an `Answer`."""
    code = getattr(function, "__code__", None)
    if not isinstance(code, types.CodeType):
        return ""
    if _returns_a_value(code):
        return "printed" if printed else "return not reached"
    inner = [const for const in code.co_consts if isinstance(const, types.CodeType) and const.co_name[:1] != "<"]
    if any(map(_returns_a_value, inner)):
        return "inner function" if _uses(code, {const.co_name for const in inner}) else "inner function not called"
    if printed:
        return "printed"
    if not {step.opname for step in dis.get_instructions(code)} <= _NOTHING_DONE:
        return "no return"
    last = linecache.getline(code.co_filename, max(line for *_, line in code.co_lines() if line is not None))
    return "nothing after return" if re.search(r"(?:^|:)\s*(?:pass|return)\b", last) else "empty"


# The steps of a function that only has a docstring, `pass` or `return None`.
_NOTHING_DONE = frozenset({"RESUME", "NOP", "LOAD_CONST", "RETURN_CONST", "RETURN_VALUE"})


def _returns_a_value(code: types.CodeType) -> bool:
    before = None
    for step in dis.get_instructions(code):
        if step.opname == "RETURN_CONST" and step.argval is not None:
            return True
        if step.opname == "RETURN_VALUE" and not (
            before is not None and before.opname == "LOAD_CONST" and before.argval is None
        ):
            return True
        before = step
    return False


def _uses(code: types.CodeType, names: set[str]) -> bool:
    """Whether a function reads one of its variables."""
    for step in dis.get_instructions(code):
        if "LOAD_FAST" in step.opname or step.opname == "LOAD_DEREF":
            read = step.argval if isinstance(step.argval, tuple) else (step.argval,)
            if names & {name for name in read if isinstance(name, str)}:
                return True
    return False
