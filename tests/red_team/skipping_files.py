"""Skipping the checks with odd files, or files that are no notebooks; right work in an odd file keeps its points."""

from __future__ import annotations

import json
import os
from pathlib import Path

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import HALF, RIGHT, WRONG, handed_in
from tests.support import odd_notebooks as odd

FULL = DOUBLED + HALVED


FILE = "doubling.ipynb"


UNGRADABLE = ("ungradable",)


@attack(earns=0.0, statuses=UNGRADABLE)
def link_to_the_work_of_another(desk: Desk) -> Handed:
    """Hands in a link that leads to the notebook of the student before."""

    def make(path: Path) -> None:
        before = sorted(path.parent.parent.parent.iterdir())
        os.symlink(before[0] / path.parent.name / path.name, path)

    return {FILE: make}


@attack(earns=0.0, statuses=UNGRADABLE)
def folder_in_place_of_the_notebook(desk: Desk) -> Handed:
    """Hands in a folder with the notebook's name, in which the notebook lies."""
    return {f"{FILE}/{FILE}": json.dumps(handed_in(desk, RIGHT))}


@attack(earns=0.0, statuses=UNGRADABLE)
def pipe_in_place_of_the_notebook(desk: Desk) -> Handed:
    """Hands in a named pipe: whoever opens it waits for ever."""
    return {FILE: os.mkfifo, "readme.txt": "please wait"}


@attack(earns=0.0, statuses=UNGRADABLE)
def notebook_of_format_3(desk: Desk) -> Handed:
    """Hands in a notebook of an old format, whose cells lie elsewhere."""
    return {FILE: '{"nbformat": 3, "nbformat_minor": 0, "metadata": {}, "worksheets": [{"cells": []}]}'}


@attack(earns=0.0, statuses=UNGRADABLE)
def notebook_of_format_99(desk: Desk) -> Handed:
    """Hands in a notebook of a format that is still to come."""
    return {FILE: json.dumps({**handed_in(desk, RIGHT), "nbformat": 99})}


@attack(earns=0.0, statuses=UNGRADABLE)
def format_that_is_no_number(desk: Desk) -> Handed:
    """Hands in a notebook whose format is a number of ten thousand digits."""
    return {
        FILE: json.dumps({**handed_in(desk, RIGHT), "nbformat": 0}).replace(
            '"nbformat": 0', f'"nbformat": {"9" * 10_000}'
        )
    }


@attack(earns=FULL, statuses=("passed",))
def half_surrogates_in_right_work(desk: Desk) -> Handed:
    """Right work with half characters in a cell and in metadata, which no file can hold."""
    return {FILE: odd.half_surrogates(handed_in(desk, RIGHT))}


@attack(earns=FULL, statuses=("passed",))
def metadata_of_wrong_kinds(desk: Desk) -> Handed:
    """Right work with metadata, tags and attachments of kinds that they cannot be."""
    return {FILE: odd.odd_metadata(handed_in(desk, RIGHT))}


@attack(earns=0.0, statuses=UNGRADABLE)
def torn_file(desk: Desk) -> Handed:
    """Hands in the first half of a right notebook."""
    text = json.dumps(handed_in(desk, RIGHT))
    return {FILE: text[: len(text) // 2]}


@attack(earns=0.0, statuses=UNGRADABLE)
def empty_file(desk: Desk) -> Handed:
    """Hands in a file of no bytes: nothing can be wrong in it."""
    return {FILE: ""}


@attack(earns=FULL, statuses=("passed",))
def byte_order_mark(desk: Desk) -> Handed:
    """Right work that an editor wrote with a byte order mark."""
    return {FILE: b"\xef\xbb\xbf" + json.dumps(handed_in(desk, RIGHT)).encode()}


@attack(earns=FULL, statuses=("passed",))
def notebooks_of_its_own_beside(desk: Desk) -> Handed:
    """Right work beside which other notebooks lie, one with the name of a graded cell, one with odd signs in its name."""
    other = json.dumps(handed_in(desk, WRONG))
    names = ("check_doubled.ipynb", "doubling (copy).ipynb", "[a-z]*.ipynb", "doubling.ipynb.ipynb", "Doubling.ipynb")
    return {FILE: handed_in(desk, RIGHT), **dict.fromkeys(names, other)}


@attack(earns=FULL, statuses=("passed",))
def files_with_odd_names_beside(desk: Desk) -> Handed:
    """Right work beside which files lie whose names hold line breaks, wildcards, escapes and bytes that are no text."""
    odd_names = (
        "a\nb.csv",
        "*.csv",
        "[!a].txt",
        "\x1b]0;title\x07.csv",
        "-rf.csv",
        os.fsdecode(b"\xff\xfe.csv"),
        "…" * 60 + ".csv",
    )
    return {FILE: handed_in(desk, RIGHT), **dict.fromkeys(odd_names, "1,2\n")}


@attack(earns=FULL, statuses=("passed",))
def time_that_is_none(desk: Desk) -> Handed:
    """Right work with a timestamp that cannot be read as a time."""
    return {FILE: handed_in(desk, RIGHT), "timestamp.txt": "{{ 7 * 7 }}\x00 half past nine"}


@attack(earns=FULL, statuses=("passed",))
def right_work_as_a_script(desk: Desk) -> Handed:
    """Right work handed in as a script of cells, with no marks of nbgrader's in it."""
    return {"doubling.py": f"# %%\nimport numpy as np\n\n# %%{RIGHT}\n# %%\n{HALF}"}
