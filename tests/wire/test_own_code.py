"""What a notebook's own code shows about a call without a value, and that no code of a student's can misuse it."""

from __future__ import annotations

from typing import Any

import pytest

from autograder.wire.answering import answer_call
from autograder.wire.calls import MAX_TEXT, MOST_LINES, Answer, Request
from autograder.wire.own_code import defined_in, functions_in, nearest
from tests.support.in_process import run_as_cell


def call(source: str, *arguments: Any, function: str = "f") -> Answer:
    """The answer to a call of a function that a cell with this source has defined, as it comes from a kernel."""
    world: dict[str, Any] = {}
    run_as_cell(source, world)
    return Answer.from_text(answer_call(world, Request.of(function, *arguments)).to_text())


def test_the_line_is_that_of_the_students_own_code() -> None:
    answer = call("import numpy as np\ndef f(x):\n    return np.linalg.inv(x)\n", [[1.0, 2.0]])
    assert (answer.stopped_in, answer.line, answer.code) == ("f", 3, "return np.linalg.inv(x)")
    assert answer.raised_in == ""


def test_a_raise_of_the_students_own_is_told_from_one_of_a_library() -> None:
    assert call("def f(x):\n    raise ValueError('no')", 1).raised_in == "f"
    assert call("import json\ndef f(x):\n    return json.loads('{')", 1).raised_in == ""
    assert call("def g():\n    raise ValueError('no')\ndef f():\n    return g()").raised_in == "g"


@pytest.mark.parametrize(
    "source",
    [
        "f = lambda x: x[9]",
        "def f(x):\n    return [n[9] for n in [x]]",
        "def f(x):\n    def g():\n        return x[9]\n    return g()",
        "def g(x):\n    return x[9]\nf = g",
    ],
)
def test_what_is_inside_a_function_counts_as_that_function(source: str) -> None:
    answer = call(source, [1])
    assert answer.stopped_in == "f"
    assert "[9]" in answer.code


def test_an_endless_call_stops_at_the_line_that_calls() -> None:
    answer = call("def f(x):\n    y = len([x])\n    return f(x) + y", 1)
    assert (answer.error_names[0], answer.line, answer.code) == ("RecursionError", 3, "return f(x) + y")


def test_a_stand_in_is_no_line_of_the_students() -> None:
    world: dict[str, Any] = {}
    run_as_cell("def f(x):\n    return g(x)\n\ndef g(x):\n    return x", world)
    stand_in = "def g(x):\n    raise ValueError('no')\n"
    answer = answer_call(world, Request("f", Request.of("f", 1).document, {"g": stand_in}))
    assert (answer.raised_in, answer.code) == ("g", "")


def test_a_name_is_known_as_a_text_from_the_arguments_the_docstring_or_the_code() -> None:
    assert call("def f(x):\n    return x == relu", ["relu"]).remark == "text"
    assert call("def f(x):\n    return x[0][W]", [{"W": 1}]).remark == "text"
    assert call("def f(x):\n    'One of \"relu\"'\n    return relu", 1).remark == "text"
    assert call("def f(x):\n    return x == 'relu' or relu", 1).remark == "text"
    assert call("def f(x):\n    return relu", 1).remark == ""


@pytest.mark.parametrize("body", ["pass", "return None", "return", "'A docstring.'\n    pass"])
def test_a_function_with_nothing_but_pass_or_return_is_told_from_one_with_only_a_docstring(body: str) -> None:
    assert call(f"def f():\n    {body}\n").remark == "nothing after return"
    assert call("def f():\n    '''Return\n    return.'''\n").remark == "empty"
    assert call("def f(): pass").remark == "nothing after return"


def test_two_joined_names_may_be_a_product() -> None:
    assert call("def f(w1, x):\n    return w1x", 1, 2).near == "w1 * x"
    assert call("def f(total, x):\n    return totl", 1, 2).near == "total"


HOSTILE = [
    "class E(Exception):\n    name = property(lambda self: 1 / 0)\n    __str__ = lambda self: 1 / 0\n"
    "def f():\n    raise E",
    "class E(NameError):\n    name = obj = property(lambda self: 1 / 0)\ndef f():\n    raise E",
    "class O:\n    def __getattr__(self, name):\n        raise AttributeError(name='x' * 10**6, obj=self)\n"
    "def f():\n    return O().x",
    "def f():\n    error = NameError(name=[1])\n    raise error",
    "def f():\n    error = AttributeError(name='x', obj=__import__('sys'))\n    raise error",
    "def f():\n    return f()",
    "f = type('F', (), {'__call__': lambda self: {}[1], '__code__': 1, '__globals__': 2})()",
    "def f():\n    pass\nf.__doc__ = 3",
    "def f():\n    return x\nf.__doc__ = type('D', (), {'__str__': lambda self: 1 / 0})()",
    "import linecache\nlinecache.getline = lambda *all: 3\ndef f():\n    return 1 / 0",
]


@pytest.mark.parametrize("source", HOSTILE)
def test_a_hostile_error_or_function_has_an_answer(source: str, monkeypatch: pytest.MonkeyPatch) -> None:
    import linecache

    monkeypatch.setattr(linecache, "getline", linecache.getline)
    answer = call(source)
    assert answer.outcome in ("error", "value")
    assert len(answer.near) <= MAX_TEXT


def test_what_a_kernel_claims_is_cut_to_what_an_honest_one_sends() -> None:
    claimed = Answer("error", code="x" * 10**5, near="x" * 10**5, stopped_in="x" * 10**5, line=10**30)
    answer = Answer.from_text(claimed.to_text())
    assert max(len(text) for text in (answer.code, answer.near, answer.stopped_in)) == MAX_TEXT
    assert answer.line == 0
    assert Answer.from_text(Answer("error", line=MOST_LINES).to_text()).line == MOST_LINES
    assert Answer.from_text(Answer("value", remark="read me").to_text()).outcome == "malformed"
    assert Answer.from_text(Answer("error", line=1.5).to_text()).outcome == "malformed"  # type: ignore[arg-type]


def test_a_similar_name_is_the_nearest_whatever_its_capitals() -> None:
    assert nearest("dense_foward", ["network_forward", "dense_forward", "b"]) == "dense_forward"
    assert nearest("X", ["x", "w"]) == "x"
    assert nearest("b1", ["w1", "b2", "b"]) == ""
    assert nearest("a", []) == ""


def test_the_names_that_a_cell_defines_are_read_even_if_python_cannot() -> None:
    source = "import numpy as np\nparts = {}\ndef f(x)\n    def inner(y):\n        z = 1\ndeff g(x):\nif x == 1:\n"
    assert defined_in(source) == ["parts", "f", "inner", "g"]
    assert functions_in(source) == ["f"]
