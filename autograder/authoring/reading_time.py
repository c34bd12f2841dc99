"""How long a lesson takes: reading at 150 words a minute, a minute for each guess, and the exercises.

An exercise takes 5 minutes, 10 if its model answer has a loop, 20 if it has branches. The lesson's first cell states
the sum, rounded to 5 minutes: ``**Time.** About 90 minutes``.
"""

from __future__ import annotations

import ast
import re
import textwrap
from dataclasses import dataclass

from nbformat import NotebookNode

from autograder.lessons.course import Lesson

WORDS_A_MINUTE = 150
GUESS = "**Guess before you look.**"
STATED = re.compile(r"\*\*Time\.\*\* About (\d+) minutes")
_SOLUTION = re.compile(r"### BEGIN SOLUTION\n(.*?)### END SOLUTION", re.DOTALL)
_LOOPS = (ast.For, ast.While, ast.ListComp, ast.DictComp, ast.SetComp, ast.GeneratorExp)
_BRANCHES = (ast.If, ast.IfExp, ast.Match)


@dataclass(frozen=True)
class ReadingTime:
    """What takes time in a lesson: words, docstrings included; guesses; the minutes of its exercises; their sum."""

    words: int
    guesses: int
    exercises: int

    @property
    def minutes(self) -> int:
        """The sum, rounded to 5 minutes."""
        return 5 * round((self.words / WORDS_A_MINUTE + self.guesses + self.exercises) / 5)

    def __str__(self) -> str:
        return f"{self.words} words, {self.guesses} guesses and {self.exercises} minutes of exercises"


def reading_time(lesson: Lesson) -> ReadingTime:
    """The time of a lesson, from its text and its model answers."""
    cells = lesson.notebook().cells
    prose = [cell.source for cell in cells if cell.cell_type == "markdown"]
    exercises = [cell for cell in cells if cell.metadata.get("nbgrader", {}).get("solution")]
    read = [*prose, *map(_docstring, exercises)]
    return ReadingTime(
        sum(map(_words, read)), sum(text.count(GUESS) for text in prose), sum(map(_exercise_minutes, exercises))
    )


def stated_minutes(lesson: Lesson) -> int | None:
    """The minutes that the first cell states; None if it states none."""
    stated = STATED.search(lesson.notebook().cells[0].source)
    return int(stated[1]) if stated else None


def wrong_time(lesson: Lesson) -> str:
    """What is wrong with the time that the first cell states, and what to write; empty if it states the sum or none."""
    stated, time = stated_minutes(lesson), reading_time(lesson)
    if stated in (None, time.minutes):
        return ""
    return (
        f"{lesson.script}: the first cell says “About {stated} minutes”, but {time} take about {time.minutes}. "
        f"Write “**Time.** About {time.minutes} minutes”, or shorten the lesson."
    )


def _docstring(cell: NotebookNode) -> str:
    body = ast.parse(cell.source).body
    return next((ast.get_docstring(node) or "" for node in body if isinstance(node, ast.FunctionDef)), "")


def _words(text: str) -> int:
    """The words of a text: what has a letter or a digit in it, once tags are gone."""
    return sum(any(map(str.isalnum, word)) for word in re.sub(r"</?[a-z]+>", " ", text).split())


def _exercise_minutes(cell: NotebookNode) -> int:
    solutions = "\n".join(textwrap.dedent(part) for part in _SOLUTION.findall(cell.source))
    nodes = list(ast.walk(ast.parse(solutions)))
    if any(isinstance(node, _BRANCHES) for node in nodes):
        return 20
    return 10 if any(isinstance(node, _LOOPS) for node in nodes) else 5
