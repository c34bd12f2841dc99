"""The course as data: weeks, lessons, exercises and their points, read from the lesson scripts and nowhere else."""

from __future__ import annotations

import copy
import importlib.util
import sys
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from types import ModuleType

import jupytext
from nbformat import NotebookNode

from autograder.source_code.binding import answer_name

CHECK_PREFIX = "check_"
# The option of a solution cell with its exercise's limit of a call.
CALL_SECONDS = "call_seconds"
MOST_SECONDS = 3600


class LessonError(Exception):
    """A lesson is not put together as it must be: the message says which, where and what to do."""


@dataclass(frozen=True)
class Exercise:
    """One exercise: its id, which is its function's name, and its points.

    A quiz asks for no function: its answers are in a dict, and ``variable`` is the dict's name. ``call_seconds`` is
    how long a call may take where the course's limit is too short; 0 where it is not.
    """

    name: str
    points: float
    variable: str = ""
    call_seconds: float = 0.0

    @property
    def check_id(self) -> str:
        """The ``grade_id`` of its graded cell."""
        return CHECK_PREFIX + self.name

    @property
    def answer_name(self) -> str:
        """The name under which the answer is found: the function's, or the quiz's variable's."""
        return self.variable or self.name


@dataclass(frozen=True)
class Lesson:
    """One lesson: a folder below ``solutions/`` with everything that its author writes."""

    folder: Path
    week: str
    name: str
    exercises: tuple[Exercise, ...]

    @property
    def script(self) -> Path:
        """The hand-written notebook, as a Jupytext percent script."""
        return self.folder / "lesson.py"

    @property
    def public(self) -> Path:
        """The checks that students get."""
        return self.folder / "public.py"

    @property
    def hidden(self) -> Path:
        """The checks that only the grader has."""
        return self.folder / "hidden.py"

    def exercise(self, name: str) -> Exercise:
        """The exercise `name`; LessonError if the lesson has none of that name."""
        for exercise in self.exercises:
            if exercise.name == name:
                return exercise
        raise LessonError(
            f"{self.script}: there is no exercise {name!r}; there are: {', '.join(e.name for e in self.exercises)}."
        )

    def notebook(self) -> NotebookNode:
        """The solved notebook, read from the script."""
        return copy.deepcopy(_read_script(self.script, self.script.read_text(encoding="utf-8")))

    def wrong_answers(self) -> ModuleType:
        """The module of misconceptions and also-correct answers."""
        return load_module(self.folder / "misconceptions.py")

    @property
    def oracles(self) -> Path:
        """The independent answers that the audit compares the model answers with."""
        return self.folder / "oracles.py"


def find_lessons(root: Path) -> list[Lesson]:
    """All lessons of the course at `root`, sorted by week and name.

    Raises
    ------
    LessonError
        If a lesson's cells are not as the course needs them, or two exercises have the same name.
    """
    lessons = [read_lesson(script) for script in sorted((root / "solutions").glob("*/*/lesson.py"))]
    seen: dict[str, Lesson] = {}
    for lesson in lessons:
        for exercise in lesson.exercises:
            if exercise.name in seen:
                raise LessonError(
                    f"{lesson.script}: the exercise {exercise.name!r} is already in {seen[exercise.name].script}. "
                    "Names are unique in a course: rename one."
                )
            seen[exercise.name] = lesson
    return lessons


def read_lesson(script: Path) -> Lesson:
    """Read one lesson from its script; LessonError says which cell is wrong."""
    return _read_lesson(script, script.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _read_lesson(script: Path, text: str) -> Lesson:
    exercises = []
    waiting: str | None = None
    variable, call_seconds = "", 0.0
    for cell in _read_script(script, text).cells:
        mark = cell.metadata.get("nbgrader")
        if not mark:
            continue
        name = mark["grade_id"]
        if mark.get("solution"):
            if waiting:
                raise LessonError(
                    f"{script}: the exercise {waiting!r} has no graded cell. Put check({waiting!r}) below it."
                )
            waiting = name
            bound = answer_name(cell.source, name)
            variable = bound if bound != name else ""
            call_seconds = _call_seconds(script, name, cell.metadata.get(CALL_SECONDS, 0))
        elif mark.get("grade"):
            if name != f"{CHECK_PREFIX}{waiting}" or cell.source != f'check("{waiting}")':
                raise LessonError(
                    f"{script}: the graded cell {name!r} must follow its exercise, have the grade_id "
                    f'"{CHECK_PREFIX}<exercise>" and contain only check("<exercise>").'
                )
            points = mark.get("points")
            if isinstance(points, bool) or not isinstance(points, int | float) or not points > 0:
                raise LessonError(f'{script}: the graded cell {name!r} has no "points", a number above 0.')
            exercises.append(Exercise(waiting or "", float(points), variable, call_seconds))
            waiting = None
    if waiting or not exercises:
        raise LessonError(
            f"{script}: {'the exercise ' + repr(waiting) if waiting else 'the lesson'} has no graded cell."
        )
    return Lesson(script.parent, script.parent.parent.name, script.parent.name, tuple(exercises))


def _call_seconds(script: Path, exercise: str, seconds: object) -> float:
    """An exercise's own limit of a call, as its cell gives it; LessonError if that is no number."""
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 <= seconds < MOST_SECONDS:
        raise LessonError(
            f"{script}: {CALL_SECONDS} of the exercise {exercise!r} is {seconds!r}, not a number of seconds."
        )
    return float(seconds)


@lru_cache(maxsize=64)
def _read_script(script: Path, text: str) -> NotebookNode:
    return jupytext.reads(text, fmt="py:percent")


def load_module(path: Path) -> ModuleType:
    """Import a lesson's Python file by its path, and again whenever its text has changed."""
    return _load_module(path.resolve(), path.read_text(encoding="utf-8"))


@lru_cache(maxsize=64)
def _load_module(path: Path, text: str) -> ModuleType:
    name = f"autograder_lesson_{path.parent.parent.name}_{path.parent.name}_{path.stem}"
    spec = importlib.util.spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise LessonError(f"{path}: not a Python file.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
