"""A new lesson begins as a copy of one that builds, passes its audit and explains itself."""

from __future__ import annotations

import keyword
import re
from pathlib import Path

from autograder.lessons.course import find_lessons

TEMPLATE = Path(__file__).parent / "template"
_NAME = re.compile(r"[a-z][a-z0-9_]*")


class CannotBegin(Exception):
    """A lesson cannot be begun there, or under that name: the message says why, and what to do."""


def begin(root: Path, place: str) -> Path:
    """Write the files of a new lesson into the course at `root`, and return its folder.

    Parameters
    ----------
    root
        The course's folder.
    place
        Week and lesson, "week2/my_lesson". The lesson has one exercise, of its own name.

    Raises
    ------
    CannotBegin
        When there is no course, the name is not one that a lesson can have, or it is taken.
    """
    if not (root / "solutions").is_dir():
        raise CannotBegin(
            f"{root}: there is no course here. Use the folder that has solutions/, or name it by --course."
        )
    week, slash, name = place.partition("/")
    if not (slash and _NAME.fullmatch(week) and _NAME.fullmatch(name)) or keyword.iskeyword(name):
        raise CannotBegin(
            f"{place!r} is no name for a lesson. Use small letters, digits and _ for the week and for it, as in week2/my_lesson."
        )
    lessons = find_lessons(root)
    folder = root / "solutions" / week / name
    if folder.exists():
        raise CannotBegin(f"{folder} is there already. Choose another name, or change the lesson that is there.")
    for lesson in lessons:
        if name == lesson.name or name in (exercise.name for exercise in lesson.exercises):
            raise CannotBegin(
                f"{name!r} is taken: {lesson.folder} has it. Names are unique in a course; choose another."
            )
    words = {"{{TITLE}}": name.replace("_", " ").capitalize(), "{{LESSON}}": name, "{{NAME}}": name}
    folder.mkdir(parents=True)
    for file in sorted(TEMPLATE.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        for blank, word in words.items():
            text = text.replace(blank, word)
        (folder / f"{file.stem}.py").write_text(text, encoding="utf-8")
    return folder
