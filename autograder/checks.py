"""A check author's words: `@checks`, `@weight`, `assert_matches` and their kin."""

from __future__ import annotations

import math
import re
from collections.abc import Callable
from typing import Any, Protocol, TypeVar

import numpy as np

from autograder.calls import Answer, read_arguments, write_arguments
from autograder.compare import Mismatch, agrees, compare

F = TypeVar("F", bound=Callable[..., Any])

EXERCISE_ATTRIBUTE = "_autograder_exercise"
WEIGHT_ATTRIBUTE = "_autograder_weight"
FORM_ATTRIBUTE = "_autograder_form_alone"
PLACEHOLDER = "Replace this line with your answer."


class Function(Protocol):
    """A function of the submission's or the reference's, wherever it runs."""

    name: str

    def __call__(self, *args: Any, **kwargs: Any) -> Any: ...

    def ask(self, *args: Any, **kwargs: Any) -> Answer: ...


class Reference(Function, Protocol):
    """A reference function: it may know what its body gives over the mistakes made in earlier exercises."""

    def carried_forward(self) -> Callable[..., Answer] | None: ...


def checks(exercise: str) -> Callable[[F], F]:
    """Say which exercise a check belongs to."""

    def mark(function: F) -> F:
        setattr(function, EXERCISE_ATTRIBUTE, exercise)
        return function

    return mark


def weight(weight: float) -> Callable[[F], F]:
    """Give a check another weight than 1 within its exercise; 0 for one that only says whether a quiz is filled in."""
    if not (math.isfinite(weight) and weight >= 0):
        raise ValueError(f"A check's weight must be a number of at least 0, not {weight!r}.")

    def mark(function: F) -> F:
        setattr(function, WEIGHT_ATTRIBUTE, float(weight))
        return function

    return mark


def form_alone(check: F) -> F:
    """Say that a check looks at the answer's form alone, so that an answer of zeros may pass it: the audit asks for that."""
    setattr(check, FORM_ATTRIBUTE, True)
    return check


def assert_matches(function: Function, reference: Reference, *args: Any, **kwargs: Any) -> None:
    """Fail unless the function answers a call as the reference does, by the conventions of `autograder.compare`.

    An answer that is wrong only because an earlier exercise's function is, is accepted: it is compared once more with
    the reference's body run over the mistake that explains the earlier exercise's answers.
    """
    want = reference(*args, **kwargs)
    answer = function.ask(*args, **kwargs)
    whole = _all_whole([*args, *kwargs.values()])
    try:
        compare(value_of(answer, function.name), want, whole_numbers=whole)
    except Mismatch as mismatch:
        carried = reference.carried_forward()
        if carried is not None and _same(answer, carried(*args, **kwargs), whole):
            return
        mismatch.detail += f" The call: {shown_call(function.name, args, kwargs)}."
        raise


def assert_raises_value_error(function: Function, *args: Any, why: str, **kwargs: Any) -> None:
    """Fail unless the function raises a ValueError (or a kind of it); `why` tells the student what is wrong with the call."""
    answer = function.ask(*args, **kwargs)
    if answer.outcome == "error" and "ValueError" in answer.error_names:
        return
    expected = f"A ValueError was expected: {why}."
    if answer.outcome == "value":
        returned = (
            "an answer instead" if answer.value is not None else "None: raise the error, do not print or return it"
        )
        raise Mismatch(f"{expected} Your function returned {returned}.", kind="error")
    try:
        value_of(answer, function.name, all_right=False)
    except Mismatch as mismatch:
        raise Mismatch(f"{expected} {mismatch.words}", f"{expected} {mismatch.detail}", mismatch.kind) from None


def assert_changes_nothing(function: Function, *args: Any, **kwargs: Any) -> None:
    """Fail when a call changes its arguments or NumPy's global state, or when a second call gives another answer."""
    first = function.ask(*args, **kwargs)
    value = value_of(first, function.name)
    if first.arguments_after is not None:
        before = read_arguments(write_arguments(args, kwargs))
        after = read_arguments(first.arguments_after)
        if not _unchanged(_without_generators(before), _without_generators(after)):
            raise Mismatch(
                "Your function changes what it is given. Work on copies, and leave the arguments as they were."
            )
    if first.global_state_changed:
        raise Mismatch(
            "Your function changes NumPy's global state (np.random or np.seterr), which other code shares. "
            "Use only what it is given."
        )
    second = value_of(function.ask(*args, **kwargs), function.name)
    if not agrees(second, value):
        raise Mismatch(
            "The same call, made twice, gives two different answers. Does something remember the first call?"
        )


def assert_silent(function: Function, *args: Any, **kwargs: Any) -> None:
    """Fail when a call makes NumPy warn, of an overflow for instance."""
    answer = function.ask(*args, **kwargs)
    value_of(answer, function.name)
    if "RuntimeWarning" in answer.warnings:
        words = "NumPy warns when your function runs: a number on the way to the result becomes too large."
        raise Mismatch(words, f"{words} The call: {shown_call(function.name, args, kwargs)}.")


def value_of(answer: Answer, name: str, *, all_right: bool = True) -> Any:
    """The value of an answer; raise `Mismatch`, with a sentence for the student, when the call gave none.

    `all_right` says that nothing is wrong with the call, so that an error of the student's own is too strict a test.
    """
    if answer.outcome == "value":
        return answer.value
    words, detail, kind = _no_value(answer, name, all_right)
    raise Mismatch(words, detail, kind)


def shown_call(name: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> str:
    """A call as a student would write it, shortened."""
    shown = [_short(value) for value in args] + [f"{key}={_short(value)}" for key, value in kwargs.items()]
    return f"{name}({', '.join(shown)})"


# What to do about the commonest errors, in a beginner's words. Only these names are ever shown: an error class of the
# student's own could carry hidden inputs in its name.
_ERRORS: dict[str, str] = {
    "NameError": "It uses a name that is not defined: look for a misspelt variable, or a missing import.",
    "UnboundLocalError": "It uses a variable before giving it a value.",
    "TypeError": "An operation got a value of a kind it cannot work with.",
    "ValueError": "An operation got a value of the right kind that does not fit: often two shapes.",
    "IndexError": "It asks for an item beyond the end.",
    "KeyError": "It asks a dict for a key that is not there.",
    "AttributeError": "It asks a value for something that values of this kind do not have.",
    "ZeroDivisionError": "It divides by zero.",
    "FloatingPointError": "A calculation left the range of the numbers.",
    "OverflowError": "A number became too large.",
    "RecursionError": "It calls itself without end.",
    "ModuleNotFoundError": "It imports something that is not installed here.",
    "ImportError": "It imports something that is not there.",
    "AssertionError": "An assert in it did not hold.",
    "MemoryError": "It asked for more memory than there is.",
    "FileNotFoundError": "It opens a file that is not there.",
    "NotImplementedError": "A part of it is not written yet.",
    "LinAlgError": "A matrix calculation has no solution.",
    "SystemExit": "It ends the program: a function should return instead.",
    "KeyboardInterrupt": "It was stopped because it took too long.",
    "StopIteration": "It asks for a next item after the last.",
    "StdinNotImplementedError": "It asks for input(). Use the arguments instead.",
    "RuntimeError": "Something that it uses refused to work.",
    "SyntaxError": "It holds code that Python cannot read.",
    "PermissionError": "It does something that is not allowed here.",
    "OSError": "Something went wrong with a file or the system.",
    "UnicodeError": "A text could not be read.",
    "ArithmeticError": "A calculation went wrong.",
    "LookupError": "It asks for something that is not there.",
}


# NumPy says of a product: "Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?)
# (size 3 is different from 2)". The sizes alone are for a beginner.
_JARGON = re.compile(r"Input operand \d+ has a mismatch in its core dimension \d+, with gufunc signature \S+ \((.*?)\)")


def _no_value(answer: Answer, name: str, all_right: bool) -> tuple[str, str, str]:
    match answer.outcome:
        case "error":
            return _error_words(answer, name, all_right)
        case "missing":
            return f"There is no function called {name}. Define it under exactly this name.", "", "missing"
        case "not callable":
            return f"{name} is not a function: something else was given this name later in the notebook.", "", "missing"
        case "wrong arity":
            words = (
                f"{name} cannot be called with the arguments that its docstring names. Keep the `def` line as it was."
            )
            return words, f"{words} Yours takes ({_one_line(answer.text)}).", "arity"
        case "unencodable":
            words = f"{name} returns something that cannot be looked at: use numbers, texts, arrays of numbers, lists and dicts."
            return words, f"{words} Yours is {_one_line(answer.text)}.", "type"
        case "too large":
            return (
                f"{name} returns far more data than was asked for. Look at the shape of what it returns.",
                "",
                "shape",
            )
        case _:
            return (
                "The notebook's answer to a call cannot be read. Does other code change how the kernel works?",
                "",
                "error",
            )


def _error_words(answer: Answer, name: str, all_right: bool) -> tuple[str, str, str]:
    if answer.error_names[:1] == ("NotImplementedError",) and answer.text == PLACEHOLDER:
        if answer.raised_in not in ("", name):
            words = f"Your function calls another one in which the line “{PLACEHOLDER}” still stands. Finish that one first."
            return words, "", "error"
        return f"The line “{PLACEHOLDER}” is still there, and stops your function. Delete it.", "", "error"
    known = next((error for error in answer.error_names if error in _ERRORS), "")
    if not known:
        return "Your function stopped with an error.", "", "error"
    article = "an" if known[0] in "AEIOU" else "a"
    words = f"Your function stopped with {article} {known}. {_ERRORS[known]}"
    if answer.raised_in and all_right:
        words = f"Your function raised {article} {known} of its own for a call that is all right. Is one of its tests too strict?"
    said = _JARGON.sub(r"\1", _one_line(answer.text))
    return words, f"{words} Python says: {said}." if said else "", "error"


def _one_line(text: str) -> str:
    """The kernel's word, bounded, on one line and without terminal escapes: it goes into pages and terminals."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[:200]).split())


def _same(answer: Answer, other: Answer, whole_numbers: bool) -> bool:
    """Whether two answers agree: in their values, or in the kind of error they ended with."""
    if answer.outcome == other.outcome == "error":
        return answer.error_names[:1] == other.error_names[:1]
    both = answer.outcome == other.outcome == "value" and other.value is not None
    return both and agrees(answer.value, other.value, whole_numbers=whole_numbers)


def _all_whole(values: list[Any]) -> bool:
    arrays = [value for value in values if isinstance(value, np.ndarray)]
    return bool(arrays) and all(array.dtype.kind in "iu" for array in arrays)


def _without_generators(arguments: tuple[list[Any], dict[str, Any]]) -> list[Any]:
    values = [*arguments[0], *(arguments[1][key] for key in sorted(arguments[1]))]
    return [None if isinstance(value, np.random.Generator) else value for value in values]


def _unchanged(before: list[Any], after: list[Any]) -> bool:
    return write_arguments(tuple(before), {}) == write_arguments(tuple(after), {})


def _short(value: Any) -> str:
    if isinstance(value, np.random.Generator):
        return "rng"
    text = (
        np.array2string(value, precision=4, threshold=12, separator=", ")
        if isinstance(value, np.ndarray)
        else repr(value)
    )
    text = " ".join(text.split())
    return text if len(text) <= 120 else text[:117] + "..."
