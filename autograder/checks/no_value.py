"""What a student reads if a call gave no value: in a beginner's words, and never the name of a class of their own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from autograder.checks.error_texts import BY_CLASS, ERROR_TEXTS, SYNTAX_TEXTS, VALUE_TEXTS
from autograder.checks.explaining import explained, one_line
from autograder.checks.mismatch import Mismatch
from autograder.source_code import PLACEHOLDER
from autograder.wire.calls import Answer


def value_of(answer: Answer, name: str) -> Any:
    """The value of an answer; raise `Mismatch`, with a sentence for the student, if the call gave none.

    None counts as none if the function's code shows why it returned it.
    """
    if answer.outcome == "value":
        if answer.value is None and answer.remark in _WHY_NONE:
            words = f"Your function returned None. {_WHY_NONE[answer.remark]}"
            line = _line(answer)
            where = f" The cell stopped in line {answer.line}, {line}." if line else ""
            raise Mismatch(words, f"{words}{where}", kind="type")
        return answer.value
    words, detail, kind = _no_value(answer, name)
    raise Mismatch(words, detail, kind)


_WHY_NONE = {
    "cell stopped": (
        "Its cell stopped at a line below it, outside the function: is that line meant to be inside? "
        "The lines of a function are indented by four spaces."
    ),
    "empty": "Nothing stands in it but its docstring: the lines that belong to it must be indented by four spaces.",
    "inner function": (
        "It defines another function inside it, and the `return` belongs to that one. "
        "Write the lines directly into your function, with no second `def`."
    ),
    "inner function not called": (
        "It defines another function inside it and never calls it. "
        "Write the lines directly into your function, with no second `def`."
    ),
    "nothing after return": (
        "Nothing in it calculates an answer: `pass` does nothing, and `return` alone or with None returns None. "
        "Write what is to be returned after `return`."
    ),
    "no return": "It has no `return`: only what stands after `return` is returned.",
    "printed": "It prints something, but only what stands after `return` is returned.",
    "return not reached": (
        "This call didn't come to a `return`, or what stands after it is None, like the result of `append`. "
        "Look at the indentation, and at what happens if no `if` applies."
    ),
}


def after_its_cell(answer: Answer, line: int, code: str) -> Answer:
    """The answer of a function whose cell stopped at a line outside it: if it returned None, that may be why."""
    if answer.outcome == "value" and answer.value is None and answer.remark in ("empty", "no return"):
        return replace(answer, remark="cell stopped", line=line, code=code)
    return answer


def _no_value(answer: Answer, name: str) -> tuple[str, str, str]:
    match answer.outcome:
        case "error":
            return _error_words(answer, name)
        case "missing" if "SyntaxError" in answer.error_names:
            words = f"The cell with {name} cannot be run."
            return words, f"{words} {refused_code(answer.line, answer.code, answer.text)}", "missing"
        case "missing" if _known_error(answer):
            words, detail = lesson_on(answer)
            stopped = f"Your cell stopped with {error_named(answer)}"
            before = f"before it reached {name}."
            line = _line(answer)
            where = f" in line {answer.line}, {line}," if line else ""
            return f"{stopped} {before} {words}", f"{stopped}{where} {before} {detail}", "missing"
        case "missing":
            missing = f"There is no {name} in your notebook"
            again = "Define it under exactly this name."
            renamed = f"{missing}, but there is {_quoted(answer.near)}. The name must be exactly {name}."
            return f"{missing}. {again}", renamed if answer.near else "", "missing"
        case "not callable":
            words = f"{name} is not a function: the name was given to something else, with `=` or a `for`."
            again = f"Keep the line `def {name}(…):` above your code, and give anything else another name."
            return f"{words} {again}", "", "missing"
        case "wrong arity":
            words = (
                f"{name} cannot be called with the arguments that its docstring lists. Keep the `def` line as it was."
            )
            return words, f"{words} Yours takes ({one_line(answer.text)}).", "arity"
        case "unencodable":
            words = (
                f"{name} returns something that cannot be checked: "
                "use numbers, text, arrays of numbers, lists and dicts."
            )
            lesson = explained(VALUE_TEXTS, answer.text)
            if lesson:
                return f"{words} {lesson[0]}", lesson[1], "type"
            return words, f"{words} Yours is {one_line(answer.text)}.", "type"
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


def refused_code(line: int, code: str, reason: str) -> str:
    """What to say of code that Python refuses.

    Parameters
    ----------
    line, code
        The number of the line in its cell, 0 if it is none in particular, and the line.
    reason
        Why, in Python's words.
    """
    if not line:
        return reason
    lesson = explained(SYNTAX_TEXTS, reason, line=code)
    shown = f", {_quoted(code.strip(), 80)}," if code.strip() else ""
    why = f". {lesson[1]}" if lesson else f": {one_line(reason).rstrip('.')}."
    return f"Line {line}{shown} is not valid Python{why}"


def _error_words(answer: Answer, name: str) -> tuple[str, str, str]:
    if is_placeholder(answer) or (answer.raised_in and not _refused(answer)):
        return _raised_words(answer, name)
    error = error_named(answer)
    words, detail = lesson_on(answer)
    own = answer.stopped_in in ("", name)
    stopped = "Your function stopped" if own else "A function that yours calls stopped"
    named = stopped if own else f"{_earlier(answer)} stopped"
    if not own and answer.caller:
        given = _GIVEN.get(answer.remark, f"{words} Check what you pass to it.")
        return f"{stopped} with {error}. {given}", f"{named} with {error}. {given}", "error"
    line = _line(answer)
    where = f" in line {answer.line} of its cell, {line}" if line else ""
    return f"{stopped} with {error}. {words}".strip(), f"{named} with {error}{where}. {detail}".strip(), "error"


def _raised_words(answer: Answer, name: str) -> tuple[str, str, str]:
    """About an error that a `raise` of the student's own raised, and so, perhaps, the stub's."""
    own = answer.raised_in in ("", name)
    if is_placeholder(answer):
        if own:
            return f"The line “{PLACEHOLDER}” is still there and stops your function. Delete it.", "", "error"
        words = f"Your function calls another one that still has the line “{PLACEHOLDER}”. Finish that one first"
        return f"{words}.", f"{words}: {_quoted(answer.raised_in)}.", "error"
    line = _line(answer)
    where = f" That is line {answer.line} of its cell, {line}." if line else ""
    if own and answer.error_names[:1] == ("NotImplementedError",):
        words = (
            "The stub's `raise NotImplementedError(…)` is still there and stops your function: what stands in its "
            "brackets is not returned. Write `return` in its place."
        )
        return words, f"{words}{where}", "error"
    error, message = error_named(answer), one_line(answer.text).rstrip(".")
    says = f" It says: {message}." if message else ""
    if own:
        words = f"Your function raised {error} for valid arguments. Is one of its own tests too strict?"
        return words, f"{words}{where}{says}", "error"
    after = f" raised {error}. {_GIVEN.get(answer.remark, 'Check what you pass to it, and in which order.')}"
    return f"A function that yours calls{after}", f"{_earlier(answer)}{after}{says}", "error"


_GIVEN = {"function given": "What you pass to it is a function: are brackets with arguments missing?"}


def _earlier(answer: Answer) -> str:
    """The other function in which an error arose, as the subject of a sentence, with the line that calls it."""
    where = f" in line {answer.caller_line} of its cell, {_quoted(answer.caller, 80)}," if answer.caller else ","
    return f"{_quoted(answer.raised_in or answer.stopped_in)}, which your function calls{where}"


def lesson_on(answer: Answer) -> tuple[str, str]:
    """What an error means, without and with values: its text's lesson, else its class's and what Python says."""
    known = _known_error(answer)
    rows = SYNTAX_TEXTS if "SyntaxError" in answer.error_names else ERROR_TEXTS
    lesson = explained(rows, answer.text, line=answer.code, near=answer.near, remark=answer.remark)
    if lesson is not None or not known:
        return lesson or ("", "")
    message = one_line(answer.text).rstrip(".")
    return BY_CLASS[known], f"{BY_CLASS[known]} Python says: {message}." if message else BY_CLASS[known]


def _refused(answer: Answer) -> bool:
    """Whether Python refused a `raise` itself, because what follows it is not an error."""
    return answer.error_names[:1] == ("TypeError",) and "must derive from BaseException" in answer.text


def _line(answer: Answer) -> str:
    """The line of the student's own code that stopped, or an empty text."""
    return _quoted(answer.code, 80) if answer.line and answer.code else ""


def _quoted(text: str, most: int = 60) -> str:
    return f"`{one_line(text, most)}{'…' * (len(text) > most)}`"


def is_placeholder(answer: Answer) -> bool:
    """Whether the stub's own line stopped the function."""
    return answer.error_names[:1] == ("NotImplementedError",) and answer.text == PLACEHOLDER


def error_named(answer: Answer) -> str:
    """The error with its article, but no name for one that only the student knows."""
    known = _known_error(answer)
    return f"{_article(known)} {known}" if known else "an error of another kind"


def _known_error(answer: Answer) -> str:
    """The most specific of the error's classes that has a sentence above, or an empty text."""
    return next((error for error in answer.error_names if error in BY_CLASS), "")


def _article(noun: str) -> str:
    return "an" if noun[0] in "AEIOU" else "a"
