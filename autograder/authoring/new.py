"""Starts a new lesson as a copy of a template that builds, passes its audit and explains itself."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from autograder.lessons.course import find_lessons

TEMPLATE = Path(__file__).parent / "template"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class CannotBegin(Exception):
    """A lesson cannot be started there, or under that name: the message says why, and what to do."""


def begin(root: Path, lesson: str) -> Path:
    """Write the files of a new lesson into the course at `root`, and return its folder.

    Parameters
    ----------
    root
        The course's folder.
    lesson
        Week and name, "week2/my_lesson". The lesson has one exercise, with the same name.

    Raises
    ------
    CannotBegin
        If there is no course, or the name is not valid or taken.
    """
    if not (root / "solutions").is_dir():
        raise CannotBegin(
            f"{root}: there is no course here. Run this in the folder that has solutions/, or name it with --course."
        )
    week, slash, name = lesson.partition("/")
    if not (slash and _NAME.fullmatch(week) and _NAME.fullmatch(name)) or keyword.iskeyword(name):
        raise CannotBegin(
            f"{lesson!r} is not a valid name for a lesson. "
            "Use lower-case letters, digits and _ for week and name, as in week2/my_lesson."
        )
    folder = root / "solutions" / week / name
    if folder.exists():
        raise CannotBegin(f"{folder} already exists. Choose another name, or change the lesson that is there.")
    for other in find_lessons(root):
        if name == other.name or name in (exercise.name for exercise in other.exercises):
            raise CannotBegin(
                f"{name!r} is taken: {other.folder} has it. Names are unique in a course; choose another."
            )
    words = {"{{TITLE}}": name.replace("_", " ").capitalize(), "{{LESSON}}": name, "{{NAME}}": name}
    folder.mkdir(parents=True)
    for file in sorted(TEMPLATE.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        for blank, word in words.items():
            text = text.replace(blank, word)
        (folder / f"{file.stem}.py").write_text(text, encoding="utf-8")
    return folder
