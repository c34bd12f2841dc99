"""Harming who reads the log, the terminal or the page by names of files, and by signs that hide or turn text around."""

from __future__ import annotations

import os
from pathlib import Path

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import RIGHT, handed_in

FULL = DOUBLED + HALVED
FILE = "doubling.ipynb"
# Controls, direction marks and letters without a picture, which Unicode has in many corners.
HIDING = "\x9b31m\x07\xad\u034f\u061c\u115f\u180e\u200b\u200e\u200f\u202e\u2060\u2067\u2069\u2028\u3164\ufeff\uffa0\ufff9\U000e0041"


@attack()
def signs_that_hide_in_an_error(desk: Desk) -> Handed:
    """Raises an error whose text, and whose name, have every sign that hides or turns text around."""
    return f"E = type({'E' + HIDING!r}, (ValueError,), {{}})\n\ndef doubled(x):\n    raise E({HIDING!r})\n"


@attack()
def signs_that_hide_in_an_answer(desk: Desk) -> Handed:
    """Answers with a text of signs that hide or turn text around: it is quoted as a wrong answer."""
    return f"def doubled(x):\n    return {HIDING!r}\n"


@attack()
def signs_that_hide_in_what_is_printed(desk: Desk) -> Handed:
    """Prints, warns of and writes in a note all signs that hide or turn text around."""
    note = {"cell_type": "markdown", "metadata": {}, "source": f"All is well {HIDING} &#x202e;&rlm;&zwnj;"}
    shown = f"import warnings\nprint({HIDING!r})\nwarnings.warn({HIDING!r})\n"
    notebook = handed_in(desk, shown + "def doubled(x):\n    return None\n", added=[f"{shown}{HIDING!r}"])
    notebook.cells.append(type(notebook)(note))
    return notebook


@attack(earns=FULL, statuses=("passed",))
def names_of_files_that_forge_a_line_of_the_log(desk: Desk) -> Handed:
    """Right work beside files whose names have line breaks in them, and after each a line as nbgrader logs it."""
    line = "\n[AutogradeApp | ERROR] There was an error processing assignment 'week1' for student '000-honest'"
    return {FILE: handed_in(desk, RIGHT), f"a{line}.csv": "1", f"b{line}.ipynb": "{}", f"c\r\x1b[2J{HIDING}.txt": "1"}


@attack(earns=FULL, statuses=("passed",))
def names_of_files_that_are_no_text(desk: Desk) -> Handed:
    """Right work beside files whose names are no UTF-8, of 250 bytes, patterns, options or words for a format."""
    names = (
        os.fsdecode(b"\xff\xfe.csv"),
        "n" * 246 + ".csv",
        "*.csv",
        "[!a].csv",
        "{0}.csv",
        "%s%n.csv",
        "--force.csv",
    )
    return {FILE: handed_in(desk, RIGHT), **dict.fromkeys(names, "1,2\n")}


@attack(earns=FULL, statuses=("passed",), slow=True)
def thousands_of_files_beside_the_notebook(desk: Desk) -> Handed:
    """Right work beside 20,000 files and 2,000 folders: whoever compares each with each is busy for hours."""

    def make(path: Path) -> None:
        path.mkdir()
        for number in range(20_000):
            (path.parent / f"{number}.dat").touch()
            if number < 2_000:
                (path / str(number)).mkdir()

    return {FILE: handed_in(desk, RIGHT), "folder": make}


@attack(earns=FULL, statuses=("passed",))
def links_and_loops_beside_the_notebook(desk: Desk) -> Handed:
    """Right work beside links to folders, to themselves and to the root of the file system, and a socket's name."""
    loops = {name: lambda path: os.symlink(path.name, path) for name in ("loop.csv", "loop", ".loop")}
    roots = {name: lambda path: os.symlink("/", path) for name in ("root.txt", "root")}
    return {FILE: handed_in(desk, RIGHT), **loops, **roots, "up": lambda path: os.symlink("../..", path)}
