"""Writes the page of a class, which leads a teacher to everyone's feedback, beside nbgrader's folders."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from nbgrader.coursedir import CourseDirectory
from traitlets.config.loader import PyFileConfigLoader

from autograder.files import write_whole
from autograder.grading.week import read_verdicts
from autograder.nbgrader_plugin.scores import scores_of_class
from autograder.reports.overview import class_page
from autograder.verdicts.verdict import CLASSROOM


def write_class_page(root: Path, week: str, not_graded: Sequence[str] = ()) -> Path:
    """Write ``classroom/<week>.html``, and return its path.

    Parameters
    ----------
    root
        The course's folder.
    week
        The assignment's name.
    not_graded
        What could not be graded, a line each.
    """
    # As nbgrader reads it: a course may keep its gradebook and its pages elsewhere.
    config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
    course = CourseDirectory(config=config)
    path = root / CLASSROOM / f"{week}.html"
    feedback = course.format_path(course.feedback_directory, "{student}", week)
    folder = os.path.relpath(feedback, path.parent)
    page = class_page(week, scores_of_class(course.db_url, week), read_verdicts(root, week), folder, not_graded)
    write_whole(path, page)
    return path
