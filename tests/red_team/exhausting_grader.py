"""Exhausting the grader: answers, cells and files that take long to look at."""

from __future__ import annotations

import json

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import RIGHT, WRONG, handed_in

FULL = DOUBLED + HALVED


@attack(statuses=("failed", "crashed", "out of memory"))
def giant_answer(desk: Desk) -> Handed:
    """Returns an array of two hundred megabytes."""
    return "def doubled(x):\n    return np.zeros(25_000_000)\n"


@attack()
def deeply_nested_answer(desk: Desk) -> Handed:
    """Returns lists within lists, a hundred thousand deep, and one that holds itself."""
    return """
def doubled(x):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    itself = [nested]
    itself.append(itself)
    return itself if len(x) == 3 else nested
"""


@attack()
def answer_that_grows_when_it_is_looked_at(desk: Desk) -> Handed:
    """Returns texts of very different lengths, which NumPy would give a place as long as the longest: a gigabyte."""
    return "def doubled(x):\n    return ['x' * 50_000] + ['y'] * 5_000 if len(x) == 3 and x[0] != 1.5 else None\n"


@attack()
def answer_of_very_many_parts(desk: Desk) -> Handed:
    """Returns tables of thousands of columns and dicts of keys that all have one hash."""
    return """
import pandas as pd
wide = pd.DataFrame(np.zeros((0, 20_000)))
def doubled(x):
    return {number * (2**61 - 1): 1 for number in range(600)} if len(x) == 4 else wide
"""


@attack()
def number_of_a_million_digits(desk: Desk) -> Handed:
    """Returns whole numbers of millions of digits, as values and as keys."""
    return "def doubled(x):\n    return {1 << 30_000_000: 1 << 3_000_000}\n"


@attack(statuses=("failed",), slow=True)
def code_that_no_parser_likes(desk: Desk) -> Handed:
    """Hands in code of ten thousand brackets, operators and dots, in cells of their own."""
    nested = [
        "(" * 10_000,
        "-" * 50_000 + "1",
        "a" + ".b" * 20_000,
        "[" * 90 + "]" * 90,
        "lambda:" * 5_000 + "1",
        "x = " + "9" * 50_000,
        "f'" + "{f'" * 60,
        "if 1:\n" * 300,
        "%%time\n" * 2_000,
        "?" * 5_000,
        "!" * 5_000,
        "'''" * 9_999,
    ]
    return handed_in(desk, WRONG, added=nested)


@attack(statuses=("failed",), slow=True)
def very_many_cells(desk: Desk) -> Handed:
    """Adds twelve hundred cells, each of which prints as much as is kept."""
    return handed_in(desk, WRONG, added=["print('x' * 30_000)"] * 1_200)


@attack(earns=FULL, statuses=("passed",))
def very_many_files_beside(desk: Desk) -> Handed:
    """Right work beside which four thousand small files lie."""
    files = {f"{number}.{ending}": "1\n" for number in range(2_000) for ending in ("csv", "bin")}
    return {"doubling.ipynb": handed_in(desk, RIGHT), **files}


@attack(earns=FULL, statuses=("passed",))
def whole_environment_handed_in(desk: Desk) -> Handed:
    """Right work handed in with the folder of a virtual environment, of three thousand files."""
    files = {f".venv/lib/python3.11/site-packages/p{n % 60}/m{n}.py": "" for n in range(3_000)}
    return {"doubling.ipynb": handed_in(desk, RIGHT), **files}


@attack(earns=0.0, statuses=("ungradable",))
def notebook_of_sixty_megabytes(desk: Desk) -> Handed:
    """Hands in a notebook whose outputs are larger than a notebook may be."""
    notebook = handed_in(desk, RIGHT)
    notebook.metadata["filler"] = "x" * 60_000_000
    return notebook


@attack(earns=0.0, statuses=("ungradable",))
def notebook_of_brackets(desk: Desk) -> Handed:
    """Hands in a notebook whose metadata is brackets in brackets."""
    text = json.dumps(handed_in(desk, RIGHT))
    return {"doubling.ipynb": '{"deep": ' + "[" * 200_000 + "]" * 200_000 + ", " + text[1:]}


@attack(earns=0.0)
def script_whose_header_multiplies(desk: Desk) -> Handed:
    """Hands in a script whose header refers to itself, so that each line holds ten of the line before."""
    lines = ["# ---", "# a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"# a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    return {"doubling.py": "\n".join([*lines, "# jupyter:", "#   kernelspec: *a8", "# ---", "", "# %%", WRONG])}


@attack(earns=0.0, statuses=("ungradable",))
def script_of_very_many_lines(desk: Desk) -> Handed:
    """Hands in a script of a million lines."""
    return {"doubling.py": "# %%\nx = 1\n" * 500_000}


@attack(slow=True)
def text_with_very_many_expressions(desk: Desk) -> Handed:
    """Adds cells that hold a text of fifty thousand {expressions}: Python reads it in a time that grows with the square of that."""
    return handed_in(desk, added=["x = f'" + "{a}" * 50_000 + "'"] * 2)
