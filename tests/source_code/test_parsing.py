"""Students' code is read and never run: magics, hostile texts, and the names that a cell binds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.source_code.binding import binds
from autograder.source_code.parsing import BRACES, MOST_READ, NotPython, magics_at_most, parse, same_code

DEEP = [
    "-" * 100_000 + "1",
    "(" * 10_000,
    "[" * 150 + "]" * 150,
    "a" + ".b" * 100_000,
    "f(" * 90 + ")" * 90 + "+1" * 50_000,
    "if x:\n" + "".join(" " * depth + "if x:\n" for depth in range(1, 120)),
    "x" + "[0]" * 50_000,
    "not " * 50_000 + "x",
]
HOSTILE = [
    "x\0 = 1",
    "x = '\ud800'",
    "!ls\n" * 600,
    "!l\n" * 499 + "x = 1\n" * 2000,
    "x = (\n" + "\n" * 150_000,
    "?\n" * 9_000,
    "%" * 19_000,
    "x?\n" * 40,
    "'''",
    "\\",
    "  \\\n\t x",
    "\x0c\x0b\x1c",
    "x = 0x" + "f" * 5_000,
    "x = " + "9" * 5_000,
    "%%",
    "%%time",
    ">>> ",
    "In [1]: x",
]


def why_not(text: str) -> str:
    """Why the text is not Python; empty if it is."""
    try:
        parse(text)
    except NotPython as error:
        return str(error)
    return ""


@pytest.mark.parametrize("text", DEEP + HOSTILE, ids=range(len(DEEP + HOSTILE)))
def test_a_hostile_text_raises_nothing_but_not_python(text: str) -> None:
    assert binds(text, "no_such_name") is False
    assert same_code(text, "other = 1") is False
    assert same_code(text, text) is True
    assert why_not(text).isprintable()


@pytest.mark.parametrize("sign", "%!?,;/")
def test_ipython_reads_no_cell_with_very_many_magics(sign: str) -> None:
    text = f"{sign}a\n" * 2_000 + "x = 1"
    assert len(text) * 2_000 > MOST_READ
    assert not binds(text, "x")
    assert binds(f"{sign}a\n" * 20 + "y = 1", "y")


def test_ipython_reads_no_more_of_a_notebook_than_is_allowed() -> None:
    cells = [f"!a {number}\nx{number} = 1" for number in range(20)]
    with magics_at_most(len(cells[0]) * 10):
        bound = [binds(cell, f"x{number}") for number, cell in enumerate(cells)]
        assert sum(bound) == 10
        assert not why_not(cells[0])
        assert why_not(cells[19])
    assert not why_not(cells[19])
    assert not why_not(cells[18])
    # Those of another notebook are read again.
    assert all(binds(cell, f"x{number}") for number, cell in enumerate(cells))


@given(st.text(max_size=60) | st.text("%!?=\n\t '\"\\()[]#xif:>.", max_size=60))
def test_any_text_raises_nothing_but_not_python(text: str) -> None:
    assert binds(text, "no_such_name") is False
    assert why_not(text).isprintable()


def test_an_error_is_reported_with_its_line() -> None:
    with pytest.raises(NotPython, match=r"Line 2 is not valid Python: expected ':'"):
        parse("x = 1\nif x\n    pass\n")


@pytest.mark.parametrize(
    "text",
    [
        "%matplotlib inline\nx = 1",
        "!pip list\nx = 1",
        "x = !ls",
        "x = %pwd",
        "x = 1\nx?",
        ">>> x = 1",
        "    x = 1\n    y = 2\n",
        "\n\n  x = 1",
    ],
)
def test_what_ipython_runs_is_read(text: str) -> None:
    assert binds(text, "x")


def test_a_cell_magic_binds_no_name() -> None:
    assert not binds("%%bash\nx=1", "x")
    assert isinstance(parse("%%bash\nx=1").body, list)


def test_comments_and_blanks_make_no_difference() -> None:
    assert same_code("def f(x):\n    return x  # why\n", "\n\ndef f( x ):\n\n    return x")
    assert not same_code("def f(x):\n    return x", "def f(x):\n    return -x")
    assert not same_code("x = 'a'", "x = 'b'")
    assert not same_code("x = (", "x = [")
    assert same_code("x = (  ", "x = (")


@pytest.mark.parametrize(
    "text",
    [
        "def f(): ...",
        "async def f(): ...",
        "class f: ...",
        "f = 1",
        "f: int = 1",
        "f += 1",
        "(a, [f, *b]) = c",
        "*f, a = c",
        "if a:\n    def f(): ...",
        "try:\n    f = 1\nexcept E:\n    pass",
        "try:\n    a\nexcept E as f:\n    pass",
        "with a as f:\n    pass",
        "for f in a:\n    pass",
        "while a:\n    f = 1",
        "print(f := 1)",
        "import f",
        "import f.g",
        "import a as f",
        "from a import f",
        "from a import b as f",
        "match a:\n    case [f]:\n        pass",
        "@wrapped\ndef f(): ...",
        "[(f := a) for a in b]",
        "match a:\n    case {**f}:\n        pass",
        "match a:\n    case [*f]:\n        pass",
        "async def a(): ...\nf: str = 'b'",
        "def a(b=(f := 1)): ...",
    ],
)
def test_a_cell_binds_a_name_in_any_of_pythons_ways(text: str) -> None:
    assert binds(text, "f")
    assert not binds(text, "g")


@pytest.mark.parametrize(
    "text",
    [
        "f",
        "f()",
        "f.g = 1",
        "f[0] = 1",
        "def g(f): ...",
        "def g():\n    f = 1",
        "[f for f in a]",
        "lambda f: f",
        "# def f(): ...",
        "'def f(): ...'",
        "class A:\n    f = 1",
        "import a.f",
        "f = (",
        "",
        "{f: 1 for f in a}",
        "(f for f in a if f)",
        "f: int",
        "async def g():\n    import f",
        "def g():\n    global f",
        "class A(f): ...",
        "del f",
    ],
)
def test_a_cell_that_only_uses_a_name_does_not_bind_it(text: str) -> None:
    assert not binds(text, "f")


@pytest.mark.parametrize("text", ["x = f'" + "{a}" * 60_000 + "'", "f'{a}'\n" * 30_000])
def test_a_cell_of_very_many_braces_is_never_parsed(text: str) -> None:
    assert why_not(text) == f"It has more than {BRACES:,} opening braces."
    assert not binds(text, "x")


@pytest.mark.parametrize(
    "text",
    [
        "a;" * 95_000,
        "x = " + "<".join(["a"] * 60_000),
        "[a for a in b]\n" * 12_000,
        "x = (" + "a," * 90_000 + ")",
        "class A:\n" + "    def f(self): pass\n" * 8_000,
    ],
)
def test_a_cell_of_the_largest_size_is_read(text: str) -> None:
    assert why_not(text) == ""
    assert not binds(text, "f")
    assert not same_code(text, "def f(): ...")
