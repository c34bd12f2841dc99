"""Which names are acceptable as a student's, and which folders of ``submitted/`` are a student's work of a week."""

from __future__ import annotations

import os
import stat
from fnmatch import fnmatchcase
from pathlib import Path

from autograder.plain_text import is_visible, printable

# With room for what nbgrader and Formgrader add to it.
LONGEST_NAME = 128
# Signs in people's names and user names, which file systems, shells, pages and nbgrader take as they are.
SIGNS = " _-.,'()@+"


def why_not_a_student(name: str) -> str:
    """Why a name is not acceptable as a student's, as the end of a sentence; empty if it is.

    A name becomes a folder, an option and a pattern of nbgrader's, a word in a terminal and on a page. One that any of
    these reads otherwise than a person does is refused.
    """
    if any("\ud800" <= sign <= "\udfff" for sign in name):
        return "isn't valid UTF-8"
    if len(name.encode()) > LONGEST_NAME:
        return f"is longer than {LONGEST_NAME} bytes"
    for sign in name:
        if not (sign.isalnum() or sign in SIGNS if sign.isascii() else is_visible(sign)):
            return f"contains the character {printable(sign)}, which computers may misread"
    if not (name[:1].isalnum() or name.startswith(("_", "("))) or name.endswith((" ", ".")):
        return "must begin with a letter or a digit, and must not end with a space or a dot"
    return ""


def submissions(submitted: Path, week: str, pattern: str = "*") -> tuple[dict[str, Path], dict[Path, str]]:
    """The folders of a week's submissions, by student; and those that are not graded, with the reason.

    Parameters
    ----------
    submitted
        The folder that holds ``<student>/<week>/``.
    week
        The assignment's name.
    pattern
        Whose submissions, as nbgrader's option ``--student`` takes it; by default, everyone's.
    """
    folders, refused = {}, {}
    names = sorted(os.listdir(submitted)) if submitted.is_dir() else []
    for name in (name for name in names if fnmatchcase(name, pattern)):
        path = submitted / name / week
        try:
            reason = (
                ""
                if stat.S_ISDIR(os.lstat(path).st_mode) and not path.parent.is_symlink()
                else "it isn't a folder, or it is a link"
            )
        except (FileNotFoundError, NotADirectoryError):  # nothing handed in
            continue
        except OSError as error:
            reason = f"it can't be read: {error.strerror}"
        if wrong := why_not_a_student(name):
            reason = f"the student's name {wrong}. Rename the folder and grade again"
        if reason:
            refused[path] = reason
        else:
            folders[name] = path
    return folders, refused
