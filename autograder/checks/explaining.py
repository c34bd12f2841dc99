"""How an error's text is looked up in a table of texts, each with its lesson."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from autograder.plain_text import is_visible


@dataclass(frozen=True)
class ErrorText:
    """One row: a text of errors, and what it means.

    Parameters
    ----------
    text
        Is searched in the error's text.
    words
        The lesson, without any value: also hidden checks show it.
    detail
        The lesson with the pattern's named groups and `near`; `words` by default.
    line
        Is searched in the line that stopped.
    needs
        What else must be known: "near", a name that the missing one resembles; "product", that it is two names joined;
        "text", that the name is known as a text; "call", that the line calls the name; "item as index", that the line
        does so; "named otherwise", that the function was given a function, whose name is `near`.
    """

    text: re.Pattern[str]
    words: str
    detail: str = ""
    line: re.Pattern[str] | None = None
    needs: str = ""

    def explains(self, text: str, line: str, near: str, remark: str) -> re.Match[str] | None:
        """The match if the row explains this error, else None."""
        match = self.text.search(text)
        if match is None or (self.line is not None and not self.line.search(line)):
            return None
        enough = {
            "near": bool(near),
            "product": " * " in near,
            "item as index": remark == "item as index",
            "named otherwise": remark == "named otherwise",
            "text": self.needs == "text" and remark == "text" and f"{match['name']}(" not in line,
            "call": self.needs == "call" and f"{match['name']}(" in line,
        }
        return match if enough.get(self.needs, True) else None


def row(text: str, words: str, detail: str = "", *, line: str = "", needs: str = "") -> ErrorText:
    """One row of a table, from its patterns as texts."""
    return ErrorText(re.compile(text), words, detail, re.compile(line) if line else None, needs)


def explained(
    rows: Iterable[ErrorText], text: str, *, line: str = "", near: str = "", remark: str = ""
) -> tuple[str, str] | None:
    """The lesson of the first row that fits, without and with values; None if none does.

    Parameters
    ----------
    rows
        The table.
    text
        The error's text.
    line
        The line of the student's code that stopped.
    near
        A name that exists and resembles the one that doesn't.
    remark
        What else is known of the call, see `wire.calls.Answer`.
    """
    for candidate in rows:
        match = candidate.explains(text, line, near, remark)
        if match:
            values = {**match.groupdict(), "near": near}
            return candidate.words, _filled(candidate.detail, values) or candidate.words
    return None


def _filled(template: str, values: Mapping[str, str | None]) -> str:
    return template.format_map({name: _shown(name, value or "") for name, value in values.items()})


def _shown(name: str, value: str) -> str:
    """A part of an error's text, as a message shows it."""
    if name.startswith("kind"):
        return KINDS.get(value, "something else")
    return re.sub(r",(?=\d)", ", ", value) if name.startswith("shape") else one_line(value, 60)


def one_line(text: str, most: int = 200) -> str:
    """A text from the kernel, shortened, on one line and without terminal escapes: it goes into pages and terminals."""
    return " ".join("".join(c if is_visible(c) else " " for c in text[:most]).split())


# The kinds of values as the lessons call them.
KINDS = {
    "int": "a whole number",
    "float": "a number",
    "bool": "True or False",
    "str": "a text",
    "list": "a list",
    "tuple": "a tuple",
    "dict": "a dict",
    "set": "a set",
    "NoneType": "None",
    "function": "a function",
    "builtin_function_or_method": "a function",
    "method": "a function",
    "type": "a type",
    "module": "a module",
    "range": "a range",
    "numpy.ndarray": "an array",
    "ndarray": "an array",
    **{f"numpy.{kind}": "a number" for kind in ("float64", "float32", "float16")},
    **{f"numpy.{kind}": "a whole number" for kind in ("int64", "int32", "int16", "int8", "uint8")},
    "numpy.bool": "True or False",
    "numpy.bool_": "True or False",
    "numpy._ArrayFunctionDispatcher": "a function of NumPy",
    "numpy.ufunc": "a function of NumPy",
    "numpy.random._generator.Generator": "a random number generator",
    "ellipsis": "`...`",
}
