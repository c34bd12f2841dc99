"""The pages that list scores: for a student the lessons of a week, for a teacher everyone who handed it in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from autograder.plain_text import printable
from autograder.verdicts.verdict import NotebookVerdict, Status

TEMPLATES = Path(__file__).parent / "templates"
FEEDBACK_PAGE = "feedback_page"


@dataclass(frozen=True)
class LessonScore:
    """A student's score in a lesson, by the gradebook."""

    lesson: str
    score: float
    points: float


@dataclass(frozen=True)
class ExerciseInClass:
    """An exercise in a class: how many solved and tried it, and its most frequent mistake with its number."""

    exercise: str
    solved: int
    tried: int
    handed_in: int
    mistake: str
    mistaken: int


def student_page(student: str, week: str, lessons: Sequence[LessonScore]) -> str:
    """The page that lists a student's lessons of a week; it lies beside their pages."""
    return _rendered("student.html.j2", student=student, week=week, lessons=lessons, total=_total(lessons))


def class_page(
    week: str,
    scores: Mapping[str, Sequence[LessonScore]],
    verdicts: Sequence[NotebookVerdict],
    feedback: str,
    not_graded: Sequence[str] = (),
) -> str:
    """The page that lists everyone's scores and, by exercise, how the class did.

    Parameters
    ----------
    week
        The assignment's name.
    scores
        The lessons' scores, by student.
    verdicts
        The week's verdicts.
    feedback
        The folder of the students' pages, from the page's own, with a place for each student's name: ``{student}``.
    not_graded
        What could not be graded, a line each.
    """
    lessons = {lesson.lesson: lesson.points for scored in scores.values() for lesson in scored}
    rows = [
        {
            "student": student,
            "folder": "/".join(quote(part) for part in feedback.replace("{student}", student).split("/")),
            "scores": {lesson.lesson: lesson.score for lesson in scored},
            "total": _total(scored),
        }
        for student, scored in sorted(scores.items())
    ]
    fields = {"rows": rows, "exercises": exercises_in_class(verdicts), "not_graded": not_graded}
    return _rendered("class.html.j2", week=week, lessons=dict(sorted(lessons.items())), **fields)


def exercises_in_class(verdicts: Sequence[NotebookVerdict]) -> list[ExerciseInClass]:
    """The exercises of a week, in the lessons' order, with how the class did."""
    found: dict[str, list[tuple[Status, str | None]]] = {}
    for verdict in sorted(verdicts, key=lambda one: (one.lesson, -len(one.exercises))):
        for exercise in verdict.exercises:
            found.setdefault(exercise.exercise, []).append((exercise.status, exercise.misconception))
    rows = []
    for name, results in found.items():
        statuses = Counter(status for status, _ in results)
        [(mistake, mistaken)] = Counter(mistake for _, mistake in results if mistake).most_common(1) or [("", 0)]
        tried = len(results) - statuses[Status.NOT_ATTEMPTED]
        rows.append(ExerciseInClass(name, statuses[Status.PASSED], tried, len(results), mistake, mistaken))
    return rows


def points(number: float) -> str:
    """A score as pages show it, with at most two decimals."""
    return f"{round(number, 2):g}"


def _total(lessons: Sequence[LessonScore]) -> LessonScore:
    return LessonScore("", sum(lesson.score for lesson in lessons), sum(lesson.points for lesson in lessons))


def _rendered(template: str, **fields: object) -> str:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES / FEEDBACK_PAGE), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    )
    environment.filters |= {"points": points, "words": lambda name: name.replace("_", " "), "printable": printable}
    return environment.get_template(template).render(**fields)
