"""Scores as nbgrader's gradebook has them: with what an instructor gave by hand, and less what a late hand-in costs."""

from __future__ import annotations

from nbgrader.api import Gradebook, MissingEntry, SubmittedAssignment

from autograder.reports.overview import LessonScore


def scores_of_student(db_url: str, week: str, student: str) -> list[LessonScore]:
    """A student's scores in the lessons of a week, by name."""
    with Gradebook(db_url) as gradebook:
        return _scores(gradebook.find_submission(week, student))


def scores_of_class(db_url: str, week: str) -> dict[str, list[LessonScore]]:
    """The scores of everyone who handed in a week, by student."""
    with Gradebook(db_url) as gradebook:
        try:
            submissions = gradebook.assignment_submissions(week)
        except MissingEntry:
            return {}
        return {submission.student.id: _scores(submission) for submission in submissions}


def _scores(submission: SubmittedAssignment) -> list[LessonScore]:
    lessons = sorted(submission.notebooks, key=lambda notebook: notebook.name)
    return [
        LessonScore(lesson.name, lesson.score - (lesson.late_submission_penalty or 0.0), lesson.max_score)
        for lesson in lessons
    ]
