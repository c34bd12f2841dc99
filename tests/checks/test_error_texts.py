"""What a student reads about an error: the errors are real, made by the Python and the NumPy that are installed; the
texts of other versions are a table."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest

from autograder.checks.error_texts import BY_CLASS, ERROR_TEXTS, SYNTAX_TEXTS, VALUE_TEXTS
from autograder.checks.explaining import explained
from autograder.checks.mismatch import Mismatch
from autograder.checks.no_value import refused_code, value_of
from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Request
from tests.support.in_process import run_as_cell

X = np.ones((2, 3))
Z = np.array([1.0, 2.0])
NUMBERS = [1.0, 2.0]
LAYERS = [{"W": X, "b": Z}]

# The body of `f(x)`, its argument, and a part of what the student reads.
SLIPS: list[tuple[str, Any, str]] = [
    ("if x > 0:\n    return x", Z, "An `if` needs one True or False"),
    ("while x > 0:\n    x = x - 1", Z, "An `if` needs one True or False"),
    ("return x > 0 and x < 1", Z, "needs one True or False"),
    ("return max(0, x)", Z, "`np.maximum`"),
    ("return min(x, 0)", Z, "`np.maximum`"),
    ("return np.max(0, x)", Z, "The second argument of `np.max`"),
    ("return np.max(0, x)", 0.5, "The second argument of `np.max`"),
    ("return np.max(0, 1)", 0.5, "The second argument of `np.max`"),
    ("return np.sum(x, x)", Z, "The second argument of `np.sum`"),
    ("import math\nreturn math.exp(x)", Z, "The functions of `math` take a single number"),
    ("import math\nreturn math.exp(x)", NUMBERS, "The functions of `math` take a single number"),
    ("import math\nreturn math.exp(x)", 1000.0, "too large"),
    ("import math\nreturn math.sqrt(x)", -1.0, "or negative"),
    ("return float(x)", Z, "make a single number"),
    ("return int(x)", NUMBERS, "make a single number"),
    ("y = np.zeros(2)\ny[0] = x\nreturn y", Z, "a single number"),
    ("return np.array([[1], [1, 2]])", 0, "can't become an array. It can stay a list"),
    ("return x ** -1", np.array([1, 2]), "negative power"),
    ("x += 0.5\nreturn x", np.array([1, 2]), "an array of whole numbers"),
    ("return x ^ 2", Z, "`x ** 2`"),
    ("return x ^ 2", 2.0, "`x ** 2`"),
    ("return x > 0 & x < 1", Z, "Put each comparison into brackets"),
    ("return x[1.0]", Z, "An index"),
    ("return x[len(x) / 2]", NUMBERS, "A division with `/`"),
    ("return x[len(x) / 2]", Z, "A division with `/`"),
    ("return [x[i] for i in x]", Z, "takes an item for an index"),
    ("for i in x:\n    y = x[i]\nreturn y", [1, 2], "takes an item for an index"),
    (
        "for i in x:\n    y = i\nfor i in range(3):\n    y = x[i]\nreturn y",
        [1, 2],
        "It asks for an item beyond the end",
    ),
    ("return x['W']", LAYERS, "A key in quotes belongs to a dict"),
    ("return x['W']", Z, "A key in quotes belongs to a dict"),
    ("return [x[layer] for layer in x]", LAYERS, "A loop over a list gives its items"),
    ("return x[0, 1]", NUMBERS, "can't be indexed with two numbers"),
    ("return x[:1.0]", Z, "limits of a slice"),
    ("return x[0, 1]", Z, "The index has 2 places, but the array has only 1 dimensions"),
    ("return x[2]", Z, "the index 2, but the array has the size 2"),
    ("return x[2]", NUMBERS, "beyond the end"),
    ("x = []\nx[0] = 1", 0, "`append` adds a new item"),
    ("return x[0][0]", Z, "one index too many"),
    ("return x[0]", 1.0, "one index too many"),
    ("return np.array[1, 2]", 0, "A function is called with round ones"),
    ("t = (1, 2)\nt[0] = x", 0, "a tuple, which can't be changed in parts"),
    ("d = {}\nd[x] = 1", NUMBERS, "can't be a key"),
    ("y = []\nfor n in x:\n    y = y.append(n)\nreturn y", Z, "`append` changes the list itself"),
    ("y = [].append(x)\nreturn y + 1", 1, "Something in this line is None"),
    ("y = [].sort()\nreturn y[0]", 1, "Something in this line is None"),
    ("a, b = [].sort()", 1, "Something in this line is None"),
    ("return x(1)", 2.0, "a number is taken for a function. Is a `*` missing"),
    ("return x(1)", Z, "this is an array. An index needs square brackets"),
    ("return np.exp(abs)", 1.0, "A function stands where a number is needed"),
    ("return np.clip(-abs, -500, 500)", 1.0, "A function stands where a number is needed"),
    ("return x[0](1)", Z, "Is a `*` missing"),
    ("return x(1)", "relu", "It calls a text as if it were a function"),
    ("return x(0)", NUMBERS, "Square brackets get an item"),
    ("return x('W')", {"W": 1}, "this is a dict. Square brackets get an item"),
    ("rng = np.random.default_rng()\nreturn rng(3)", 0, "Its functions follow after a dot"),
    ("return np(x)", Z, "is not a function"),
    ("def g(a, b):\n    return a\nreturn g(x)", 0, "too few arguments: 'b' is missing"),
    ("def g(a, b):\n    return a\nreturn g(x, b=1, c=2)", 0, "the argument `c`"),
    ("def g(a):\n    return a\nreturn g(x, x)", 0, "Compare the call"),
    ("def g(a):\n    return a\nreturn g(x, a=x)", 0, "the argument `a` twice"),
    ("return np.zeros(3, 4)", 0, "A shape is one argument"),
    ("return np.array(1, 2)", 0, "`np.array` takes one list"),
    ("return np.array(1, 2, 3)", 0, "`np.array` takes one list"),
    ("return np.random.default_rng().normal(0, 1, 2, 3)", 0, "A shape counts as one"),
    ("return np.where(x > 0, x)", Z, "`np.where` takes three things"),
    ("return f(x)", 0, "It calls itself again and again"),
    ("raise x + 1", 1, "Give an answer with `return`"),
    ("return x @ x", X, "but it has 3 and not 2"),
    ("return np.dot(x, x)", X, "Arrays of the shapes (2, 3) and (2, 3) have no product"),
    ("return x @ 2.0", X, "Multiply by a single number with `*`"),
    ("return x + np.ones(2)", X, "Arrays of the shapes (2, 3) and (2,)"),
    ("x += np.ones((3, 2))\nreturn x", Z, "can't turn an array of the shape (2,) into one of the shape (3, 2)"),
    ("y = np.zeros(3)\ny[:] = x\nreturn y", Z, "the shape (2,) is put into a place of the shape (3,)"),
    ("return x.reshape(4, 2)", X, "there are 6, and the shape (4, 2)"),
    ("return x.sum(axis=1)", Z, "an axis that the array doesn't have: the number of its dimensions is 1"),
    ("return np.max(x, axis=1)", Z, "an axis that the array doesn't have: the number of its dimensions is 1"),
    ("return np.max(x, axis=1, keepdims=True)", Z, "The last axis is -1, however many there are."),
    ("return np.max(x, 1)", Z, "The second argument of `np.max`"),
    ("a = 1, 2\nreturn a / 2", 0, "A tuple doesn't calculate: it is several values in one."),
    ("return x - (1, 2)", 1.5, "A tuple doesn't calculate"),
    ("return (1, 2) + x", 1.5, "A tuple doesn't calculate"),
    (
        "def g(func):\n    return cost(1.0)\nreturn g(abs)",
        0,
        "There is no function `cost` here. The function that yours is given is called `func`.",
    ),
    ("return g(1.0)", 1.5, "There is no `g` here"),
    ("return network_error(1.0)", 1.5, "A notebook knows nothing of another one"),
    ("return x['dW']", {"dE_dW": 1, "dE_db": 2}, "the key `dW`, which is not there. Did you mean `dE_dW`?"),
    ("return x['w']", {"W": 1, "b": 2}, "the key `w`, which is not there. Did you mean `W`?"),
    ("return x['bias']", {"W": 1, "b": 2}, "which is not there. Look at how the keys are written"),
    ("def g(learning_rate):\n    return lr * learning_rate\nreturn g(x)", 1, "Did you mean `learning_rate`?"),
    ("def g(y_true, x):\n    return y - x\nreturn g(x, x)", 1, "Did you mean `y_true`?"),
    ("return np.vstack([x, np.ones(2)])", X, "shapes that don't fit together"),
    ("return len(np.array(x))", 2.0, "A single number is treated as a list"),
    ("return [n for n in np.array(2.0)]", Z, "A single number is treated as a list"),
    ("return x * 2.5", NUMBERS, "A list or a tuple doesn't calculate"),
    ("return x - x", NUMBERS, "A list doesn't calculate"),
    ("return x + 1", NUMBERS, "A list doesn't calculate"),
    ("return -x", NUMBERS, "A list doesn't calculate"),
    ("return x > 0", NUMBERS, "Arrays compare with numbers"),
    ("return x * 2.0", {"W": 1}, "It calculates with a dict"),
    ("return 2 * abs", 0, "It calculates with a function"),
    ("return x + 1", "a", "It calculates with a text"),
    ("return np.exp(x)", "a", "It calculates with a text"),
    ("return np.exp(x)", {"W": 1}, "something that isn't a number"),
    ("for i in x:\n    pass", 3, "use `range(…)`"),
    ("for i in len(x):\n    pass", Z, "use `range(…)`"),
    ("for i in x:\n    pass", 3.0, "it got a single number"),
    ("for i, n in x:\n    pass", Z, "positions"),
    ("a, b = x", 0.5, "the value is a single thing"),
    ("a, b = x", [1], "2 names stand on the left of `=`, or after `for`, but there are only 1 values"),
    ("for W, b, more in x:\n    pass", LAYERS, "3 names stand"),
    ("a, b = x", [1, 2, 3], "there are more values"),
    ("return len(x)", 2.0, "but it got a number"),
    ("return range(x)", NUMBERS, "`len(…)` gives the number of its items"),
    ("return list(range(len(x) / 2))", NUMBERS, "`//` doesn't"),
    ("return np.zeros(len(x) / 2)", NUMBERS, "`//` doesn't"),
    ("return x['w']", {"W": 1}, "the key `w`, which is not there"),
    ("return x[0]", {"W": 1}, "the key `0`, which is not there"),
    ("return np.sigmoid(x)", Z, "`numpy` has no `sigmoid`"),
    ("return np.maximun(x, 0)", Z, "Did you mean `maximum`?"),
    ("return np.float(x)", 1.0, "`numpy` has no `float`"),
    ("x.append(1)", Z, "An array has no `append`"),
    ("return x.shape", NUMBERS, "Only arrays have `shape`, but this is a list"),
    ("return x.W", {"W": 1}, "A dict has no `W`"),
    ("return x == relu", "relu", "If you mean a text, put it in quotes"),
    ("return x[0][W]", LAYERS, "If you mean a text, put it in quotes"),
    ("return {'soma': inputs}", 0, "If you mean a text, put it in quotes"),
    ("return sigmoid(x[0])", ["sigmoid"], "There is no function `sigmoid` in this notebook"),
    ("abs = abs(x)\nreturn abs", 1, "Give the result another name"),
    ("for n in [x]:\n    s += n\nreturn s", 1, "It adds to `s`, which has no value yet"),
    ("W = np.ones(2)\nreturn {W: W}", 0, "A key of a dict that is a text needs quotes"),
    ("return float(abs)", 0, "are the brackets with its arguments missing"),
    ("total = 1\nreturn totl", 0, "Did you mean `total`?"),
    ("w = 2\nreturn wx", 3, "There is no `wx` here. Is a `*` missing, as in `w * x`?"),
    ("return 1 / (1 + e ** -x)", 1.0, "NumPy's function `np.exp` raises it to a power"),
    ("return np.random.default_rng().randn(x)", 2, "A random number generator has no `randn`. Its function `normal`"),
    ("return X", 0, "Did you mean `x`?"),
    ("return exp(x)", 0, "Did you mean `np.exp`?"),
    ("return math.exp(x)", 0, "`math` was not imported"),
    ("return sigmoid(x)", 0, "A notebook knows nothing of another one"),
    ("return bias + x", 0, "There is no `bias` here"),
    ("for i in []:\n    s = i\nreturn s", 0, "`s` before it has a value"),
    ("import nampy", 0, "There is no module `nampy` here"),
    ("from numpy import sigmoid", 0, "`numpy` has no `sigmoid` to import"),
    ("return 1 / x", 0, "It divides by zero"),
    ("raise NotImplementedError(1 / (1 + np.exp(-x)))", 1.0, "what stands in its brackets is not returned"),
    ("raise ValueError('too small')", 1.0, "for valid arguments. Is one of its own tests too strict?"),
    ("return NotImplementedError(x)", 1.0, "It returns an error"),
    ("return np.exp", 1.0, "are the brackets with the arguments missing"),
    ("return (n for n in [x])", 1.0, "Make it a list"),
    ("return map(abs, [x])", 1.0, "Make it a list"),
]

# Why a call returned None.
NONE: list[tuple[str, str]] = [
    ("y = x + 1", "It has no `return`"),
    ("print(x + 1)", "It prints something"),
    ("return print(x + 1)", "It prints something"),
    ("if x < 0:\n    return x", "This call didn't come to a `return`"),
    ("return [].append(x)", "like the result of `append`"),
    ("def f(x):\n    return x + 1", "never calls it"),
    ("def g(y):\n    return y + 1\ng(x)", "the `return` belongs to that one"),
    ("'''Add one.'''", "Nothing stands in it but its docstring"),
    ("with np.errstate(all='ignore'):\n    y = x + 1", "It has no `return`"),
]

# Texts of other versions of Python and NumPy than those that the tests run with.
OTHERS: list[tuple[str, str, str]] = [
    ("only length-1 arrays can be converted to Python scalars", "return math.exp(z)", "The functions of `math`"),
    ("only length-1 arrays can be converted to Python scalars", "return float(z)", "make a single number"),
    ("only size-1 arrays can be converted to Python scalars", "", "a single number is needed"),
    ("only 0-dimensional arrays can be converted to Python scalars", "return int(z)", "make a single number"),
    ("The truth value of an empty array is ambiguous. Use `array.size > 0`", "if z:", "An `if` needs"),
    ("'numpy.ndarray' object cannot be interpreted as an integer", "range(z)", "one whole number is needed"),
    ("'float' object cannot be interpreted as an integer", "np.zeros(n / 2)", "`//` doesn't"),
    ("list indices must be integers or slices, not float", "x[n / 2]", "A division with `/`"),
    ("string indices must be integers", "x['W']", "A key in quotes belongs to a dict"),
    ("string indices must be integers, not 'str'", "x['W']", "A key in quotes belongs to a dict"),
    ("list indices must be integers or slices, not 'str'", "x['W']", "A key in quotes belongs to a dict"),
    ("exp() takes from 1 to 2 positional arguments but 3 were given", "", "Compare the call"),
    ("too many values to unpack (expected 2, got 3)", "", "2 names stand"),
    ("cannot import name 'relu' from 'numpy' (/usr/lib/numpy/__init__.py)", "", "`numpy` has no `relu`"),
    ("local variable 's' referenced before assignment", "", "`s` before it has a value"),
    ("cannot access free variable 's' where it is not associated with a value", "", "`s` before it has a value"),
    ("expected a positive input, got 0.0", "", "or negative"),
    ("module 'numpy' has no attribute 'float'.\n`np.float` was a deprecated alias", "", "`numpy` has no `float`"),
    (
        "setting an array element with a sequence. The requested array has an inhomogeneous shape",
        "",
        "different length",
    ),
    (
        "setting an array element with a sequence. The requested array has an inhomogeneous shape",
        "return np.max([z, 0])",
        "`np.maximum` and `np.minimum` compare two things",
    ),
]

# Code that Python can't read, the line that it names, and a part of what the student reads.
UNREADABLE: list[tuple[str, int, str]] = [
    ("def f(x)\n    return x", 1, "ends with a colon"),
    ("if x > 0\n    y = 1", 1, "ends with a colon"),
    ("def f(x):\nreturn x", 2, "indent them by four more spaces"),
    ("def f(x):\n    y = 1\n  return y", 3, "begin at the same place"),
    ("def f(x):\n    y = 1\n      return y", 3, "begin at the same place"),
    ("y = (1 + 2", 1, "The bracket `(` that opens here is never closed"),
    ("y = 1 + 2)", 1, "A bracket closes here"),
    ("y = 'text", 1, "its second quote is missing"),
    ("if x = 1:\n    y = 1", 1, "To compare, write `==`"),
    ("f() = 1", 1, "the name stands on its left"),
    ("y = [1 2]", 1, "comma"),
    ("parts = {\n    'soma': weighted sum,\n}", 2, "A text needs quotes"),
    ("y = {\n    'a': 'b'\n    'c': 'd' e\n}", 3, "at the end of the line above"),
    ("y = 2x", 1, "a `*` must stand"),
    ("y = 1 − 2", 1, "as in copied text"),
    ("y = x && z", 1, "`&&` is `and` in Python"),
    ("y++", 1, "write `+= 1`"),
    ("y = x => 1", 1, "“At least” is `>=`"),
]


def about(body: str, argument: object) -> Mismatch:
    """What a student reads about a call of `f(x)` with this body, as it would come from a kernel."""
    world: dict[str, Any] = {"np": np}
    run_as_cell("def f(x):\n    " + body.replace("\n", "\n    "), world)
    answer = Answer.from_text(answer_call(world, Request.of("f", argument)).to_text())
    with pytest.raises(Mismatch) as caught:
        value_of(answer, "f")
    return caught.value


@pytest.mark.parametrize(("body", "argument", "sentence"), SLIPS)
def test_an_error_is_explained_by_what_it_says(body: str, argument: object, sentence: str) -> None:
    mismatch = about(body, argument)
    assert sentence in mismatch.detail
    assert len(re.findall(r"[.?](?: |$)", mismatch.detail)) <= 4


@pytest.mark.parametrize(("body", "argument", "sentence"), SLIPS)
def test_the_words_about_a_hidden_check_show_no_value_and_no_line(body: str, argument: object, sentence: str) -> None:
    words = about(body, argument).words
    assert "in line" not in words
    assert not re.search(r"\b(?:[2-9]|\d\d+)\b", words.replace("x ** 2", "").replace("(2, 3)", ""))


@pytest.mark.parametrize(("body", "sentence"), NONE)
def test_a_none_is_explained_by_the_functions_code(body: str, sentence: str) -> None:
    mismatch = about(body, 1)
    assert "Your function returned None." in mismatch.detail
    assert sentence in mismatch.words == mismatch.detail


@pytest.mark.parametrize(("text", "line", "sentence"), OTHERS)
def test_the_texts_of_other_versions_are_known(text: str, line: str, sentence: str) -> None:
    lesson = explained(ERROR_TEXTS, text, line=line)
    assert lesson is not None
    assert sentence in lesson[1]


@pytest.mark.parametrize(("source", "number", "sentence"), UNREADABLE)
def test_code_that_python_cannot_read_is_explained_with_its_line(source: str, number: int, sentence: str) -> None:
    with pytest.raises(SyntaxError) as caught:
        compile(source, "cell", "exec")
    assert caught.value.lineno == number
    line = source.split("\n")[number - 1]
    text = refused_code(number, line, caught.value.msg)
    assert text.startswith(f"Line {number}, `{line.strip()}`, is not valid Python.")
    assert sentence in text


def test_the_line_is_shown_with_its_number_in_the_cell() -> None:
    detail = about("y = 1\nreturn y / 0  # a comment", 1).detail
    assert detail.startswith("Your function stopped with a ZeroDivisionError in line 3 of its cell, `return y / 0")


def test_an_error_inside_numpy_is_not_a_function_of_the_students() -> None:
    mismatch = about("return np.linalg.inv(x)", X)
    assert "that yours calls" not in mismatch.words
    assert "in line 2 of its cell, `return np.linalg.inv(x)`" in mismatch.detail


def test_an_earlier_function_that_stops_is_named_with_its_line() -> None:
    world: dict[str, Any] = {"np": np}
    run_as_cell("def earlier(x):\n    return x + None\n\ndef f(x):\n    return earlier(x)", world)
    with pytest.raises(Mismatch) as caught:
        value_of(answer_call(world, Request.of("f", 1)), "f")
    assert "`earlier`, which your function calls, stopped with a TypeError in line 2" in caught.value.detail
    assert "earlier" not in caught.value.words


@pytest.mark.parametrize(
    ("body", "passed", "sentence"),
    [
        ("return x + 1", "earlier", "What you pass to it is a function: are brackets with arguments missing?"),
        ("return x.sum()", "2.0", "Check what you pass to it."),
        ("raise ValueError('no table')", "x", "Check what you pass to it, and in which order. It says: no table."),
    ],
)
def test_of_an_earlier_cells_function_that_stops_the_line_that_calls_it_is_shown(
    body: str, passed: str, sentence: str
) -> None:
    world: dict[str, Any] = {"np": np}
    run_as_cell(f"def earlier(x):\n    {body}", world)
    run_as_cell(f"def f(x):\n    y = x\n    return earlier({passed})", world)
    with pytest.raises(Mismatch) as caught:
        value_of(answer_call(world, Request.of("f", 1)), "f")
    line = f"`earlier`, which your function calls in line 3 of its cell, `return earlier({passed})`, "
    assert caught.value.detail.startswith(line)
    assert caught.value.detail.endswith(sentence)
    assert "too strict" not in caught.value.detail
    assert "earlier" not in caught.value.words


@pytest.mark.parametrize("text", ["<b>\x1b[31m\u202e" * 50, "'" * 500, "name '{near}' is not defined", "", "{0}"])
def test_a_hostile_text_is_shortened_and_printable(text: str) -> None:
    names = (("NameError", "Exception"), ("KeyError",), ("SyntaxError",), ("Secret41",))
    for error_names in names:
        answer = Answer("error", text=text, error_names=error_names, stopped_in=text, code=text, line=3, near=text)
        with pytest.raises(Mismatch) as caught:
            value_of(answer, "f")
        assert len(caught.value.detail) < 800
        assert caught.value.detail.isprintable()
        assert "Secret41" not in caught.value.detail


@pytest.mark.parametrize("rows", [ERROR_TEXTS, SYNTAX_TEXTS, VALUE_TEXTS])
def test_the_words_for_hidden_checks_are_the_same_whatever_the_text(rows: Sequence[Any]) -> None:
    assert not any("{" in row.words for row in rows)
    assert all(len(row.words.split()) < 40 for row in rows)


def test_every_class_has_a_sentence_for_texts_that_nobody_knows() -> None:
    for name, sentence in BY_CLASS.items():
        with pytest.raises(Mismatch) as caught:
            value_of(Answer("error", text="something new", error_names=(name,)), "f")
        if name not in ("SyntaxError", "IndentationError"):
            assert sentence in caught.value.words
        assert "something new" not in caught.value.words
