"""What the feedback page shows of a graded notebook: the exercises, what the student added, and the lesson's text."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from nbformat import NotebookNode

from autograder.intake.rebuilding import is_added
from autograder.lessons.course import CHECK_PREFIX
from autograder.verdicts.panel import checks_as_html, in_words
from autograder.verdicts.verdict import ExerciseVerdict, NotebookVerdict, Status

OWN_NOTE, OWN_CODE = "You wrote a note here", "You added or changed code here"
STOPPED = "This cell of the lesson stopped with an error"
LESSON = "text and demos"
# What nbgrader itself writes below an answer that nobody changed.
NO_RESPONSE = "No response."
_HEADING = re.compile(r"^#{1,6} +(.+)$", re.MULTILINE)


@dataclass(frozen=True)
class GradedExercise:
    """An exercise with its score in the gradebook, which an instructor may have set by hand, and its verdict in words.

    ``by_checks`` is the score that its checks gave, and ``checks`` what they found, as HTML.
    """

    name: str
    score: float
    points: float
    by_checks: float
    result: str
    passed: bool
    misconception: str
    hint: str
    checks: str
    comment: str

    @property
    def by_hand(self) -> bool:
        """Whether an instructor changed the score."""
        return abs(self.score - self.by_checks) > 1e-6


@dataclass(frozen=True)
class Part:
    """Cells that the page shows together: of an exercise, of the student's own, or of the lesson, which are folded."""

    title: str
    cells: tuple[NotebookNode, ...]
    exercise: GradedExercise | None = None
    folded: bool = False


@dataclass(frozen=True)
class FeedbackPage:
    """A lesson's feedback for one student."""

    title: str
    student: str
    week: str
    score: float
    points: float
    penalty: float
    parts: tuple[Part, ...]

    @property
    def exercises(self) -> list[GradedExercise]:
        """The exercises, in their order."""
        return [part.exercise for part in self.parts if part.exercise]


def feedback_page(notebook: NotebookNode, about: Mapping[str, Any], verdict: NotebookVerdict | None) -> FeedbackPage:
    """The page of a graded notebook.

    Parameters
    ----------
    notebook
        The notebook, with the scores and comments that nbgrader's `GetGrades` has put into it.
    about
        What nbgrader knows of it: student, assignment, score and late penalty.
    verdict
        Its stored verdict; without it, the page shows what stands in the graded cells.
    """
    verdicts = {exercise.exercise: exercise for exercise in verdict.exercises} if verdict else {}
    parts: list[Part] = []
    waiting: list[NotebookNode] = []
    answer: NotebookNode | None = None
    for cell in notebook.cells:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("solution"):
            answer, waiting = cell, [cell]
        elif mark.get("grade") and answer is not None:
            exercise = _graded(answer, cell, verdicts.get(answer.metadata.nbgrader.grade_id))
            parts.append(Part(exercise.name, tuple(waiting), exercise))
            answer = None
        elif answer is not None:
            waiting.append(cell)
        else:
            parts.append(_part_of(cell))
    return FeedbackPage(
        title=_first_heading(notebook.cells) or str(about["notebook"]),
        student=about["student"],
        week=about["assignment"],
        score=about["score"],
        points=about["max_score"],
        penalty=about["late_penalty"],
        parts=tuple(_together(parts)),
    )


def _graded(answer: NotebookNode, graded: NotebookNode, verdict: ExerciseVerdict | None) -> GradedExercise:
    mark, comment = graded.metadata.nbgrader, answer.metadata.nbgrader.get("comment") or ""
    score, points = float(mark.get("score") or 0.0), float(mark.get("points") or 0.0)
    html = [output.data["text/html"] for output in graded.get("outputs", []) if "text/html" in output.get("data", {})]
    status = verdict.status if verdict else Status.PASSED if score >= points else Status.FAILED
    return GradedExercise(
        name=mark.grade_id.removeprefix(CHECK_PREFIX),
        score=score,
        points=points,
        by_checks=verdict.score if verdict else score,
        result=in_words(status),
        passed=status is Status.PASSED,
        misconception=(verdict and verdict.misconception) or "",
        hint=verdict.hint if verdict else "",
        checks=checks_as_html(verdict) if verdict else "".join(html),
        comment="" if comment == NO_RESPONSE else comment,
    )


def _part_of(cell: NotebookNode) -> Part:
    if is_added(cell):
        return Part(OWN_CODE if cell.cell_type == "code" else OWN_NOTE, (cell,))
    if any(output.output_type == "error" for output in cell.get("outputs", [])):
        return Part(STOPPED, (cell,))
    return Part("", (cell,), folded=True)


def _together(parts: Sequence[Part]) -> list[Part]:
    """The parts, with what is folded and follows one another in one."""
    together: list[Part] = []
    for part in parts:
        if part.folded and together and together[-1].folded:
            part = Part("", together.pop().cells + part.cells, folded=True)  # noqa: PLW2901
        together.append(part)
    return [Part(_first_heading(p.cells) or LESSON, p.cells, folded=True) if p.folded else p for p in together]


def _first_heading(cells: Sequence[NotebookNode]) -> str:
    """The text of the first heading in the lesson's own notes, or an empty one."""
    notes = (cell.source for cell in cells if cell.cell_type == "markdown" and not is_added(cell))
    return next((found[1].strip() for note in notes if (found := _HEADING.search(note))), "")
