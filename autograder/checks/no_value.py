"""What a student reads if a call gave no value: in a beginner's words, and never the name of a class of their own."""

from __future__ import annotations

import re
from typing import Any

from autograder.checks.mismatch import Mismatch
from autograder.plain_text import is_visible
from autograder.source_code import PLACEHOLDER
from autograder.wire.calls import Answer


def value_of(answer: Answer, name: str) -> Any:
    """The value of an answer; raise `Mismatch`, with a sentence for the student, if the call gave none."""
    if answer.outcome == "value":
        return answer.value
    words, detail, kind = _no_value(answer, name)
    raise Mismatch(words, detail, kind)


# What the commonest errors mean, in a beginner's words. Only these names are ever shown: an error class of the
# student's own could carry hidden inputs in its name.
_ERRORS: dict[str, str] = {
    "NameError": "It uses a name that is not defined: look for a misspelt variable, or a missing import.",
    "UnboundLocalError": "It uses a variable before giving it a value.",
    "TypeError": "An operation got a value of a kind it cannot work with.",
    "ValueError": "An operation got a value of the right kind that does not fit: often two shapes.",
    "IndexError": "It asks for an item beyond the end.",
    "KeyError": "It asks a dict for a key that is not there.",
    "AttributeError": "It uses an attribute or method that values of this kind do not have.",
    "ZeroDivisionError": "It divides by zero.",
    "FloatingPointError": "A calculation left the range of floating-point numbers.",
    "OverflowError": "A number became too large.",
    "RecursionError": "It keeps calling itself and never stops.",
    "ModuleNotFoundError": "It imports something that is not installed here.",
    "ImportError": "It imports something that is not there.",
    "AssertionError": "An assert statement in it failed.",
    "MemoryError": "It asked for more memory than there is.",
    "FileNotFoundError": "It opens a file that is not there.",
    "NotImplementedError": "Part of it is not written yet.",
    "LinAlgError": "A matrix calculation has no solution.",
    "SystemExit": "It ends the program: a function should return instead.",
    "KeyboardInterrupt": "It was stopped because it took too long.",
    "StopIteration": "It asks for another item after the last.",
    "StdinNotImplementedError": "It calls input(). Use the arguments instead.",
    "RuntimeError": "Something that it uses refused to work.",
    "SyntaxError": "It contains code that Python cannot read.",
    "PermissionError": "It does something that is not allowed here.",
    "OSError": "Something went wrong with a file or the system.",
    "UnicodeError": "A text could not be read.",
    "ArithmeticError": "A calculation went wrong.",
    "LookupError": "It asks for something that is not there.",
}


# NumPy says of a product: "Input operand 1 has a mismatch in its core dimension 0, with gufunc signature
# (n?,k),(k,m?)->(n?,m?) (size 3 is different from 2)". Only the sizes help a beginner.
_JARGON = re.compile(r"Input operand \d+ has a mismatch in its core dimension \d+, with gufunc signature \S+ \((.*?)\)")


def _no_value(answer: Answer, name: str) -> tuple[str, str, str]:
    match answer.outcome:
        case "error":
            return _error_words(answer, name)
        case "missing" if known := _known_error(answer):
            words = f"Your cell stopped with {_article(known)} {known} before it reached {name}. {_ERRORS[known]}"
            return words, "", "missing"
        case "missing":
            return f"There is no {name} in your notebook. Define it under exactly this name.", "", "missing"
        case "not callable":
            return f"{name} is not a function: something else was given this name later in the notebook.", "", "missing"
        case "wrong arity":
            words = (
                f"{name} cannot be called with the arguments that its docstring lists. Keep the `def` line as it was."
            )
            return words, f"{words} Yours takes ({_one_line(answer.text)}).", "arity"
        case "unencodable":
            words = (
                f"{name} returns something that cannot be checked: "
                "use numbers, text, arrays of numbers, lists and dicts."
            )
            return words, f"{words} Yours is {_one_line(answer.text)}.", "type"
        case "too large":
            return (
                f"{name} returns far more data than was asked for. Look at the shape of what it returns.",
                "",
                "shape",
            )
        case _:
            return (
                "The notebook's answer to a call cannot be read. Does some of your code change how the kernel works?",
                "",
                "error",
            )


def _error_words(answer: Answer, name: str) -> tuple[str, str, str]:
    if is_placeholder(answer):
        if answer.raised_in not in ("", name):
            words = f"Your function calls another one that still has the line “{PLACEHOLDER}”. Finish that one first."
            return words, "", "error"
        return f"The line “{PLACEHOLDER}” is still there and stops your function. Delete it.", "", "error"
    known = _known_error(answer)
    if not known:
        return "Your function stopped with an error.", "", "error"
    words = f"Your function stopped with {_article(known)} {known}. {_ERRORS[known]}"
    if answer.raised_in == name:
        words = (
            f"Your function raised {_article(known)} {known} for valid arguments. Is one of its own tests too strict?"
        )
    elif answer.raised_in:
        words = (
            f"A function that yours calls raised {_article(known)} {known}, although yours got valid arguments. "
            "Check what you pass to it, and in which order; or is one of its tests too strict?"
        )
    message = _JARGON.sub(r"\1", _one_line(answer.text)).rstrip(".")
    return words, f"{words} Python says: {message}." if message else "", "error"


def is_placeholder(answer: Answer) -> bool:
    """Whether the stub's own line stopped the function."""
    return answer.error_names[:1] == ("NotImplementedError",) and answer.text == PLACEHOLDER


def error_named(answer: Answer) -> str:
    """The error with its article, but no name for one that only the student knows."""
    known = _known_error(answer)
    return f"{_article(known)} {known}" if known else "an error of another kind"


def _known_error(answer: Answer) -> str:
    """The most specific of the error's classes that has a sentence above, or an empty text."""
    return next((error for error in answer.error_names if error in _ERRORS), "")


def _article(noun: str) -> str:
    return "an" if noun[0] in "AEIOU" else "a"


def _one_line(text: str) -> str:
    """A text from the kernel, shortened, on one line and without terminal escapes: it goes into pages and terminals."""
    return " ".join("".join(c if is_visible(c) else " " for c in text[:200]).split())
