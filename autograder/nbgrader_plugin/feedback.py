"""The exporter of nbgrader's `generate_feedback`: our own page for each lesson, and one for the student's week."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from jinja2 import pass_context
from jinja2.runtime import Context
from nbconvert.exporters import HTMLExporter
from nbformat import NotebookNode
from traitlets import Unicode

from autograder.nbgrader_plugin.feedback_page import FeedbackPage, feedback_page
from autograder.nbgrader_plugin.scores import scores_of_student
from autograder.reports.overview import points, student_page
from autograder.verdicts.verdict import CLASSROOM, NotebookVerdict, verdict_path

INDEX = "index.html"
_HEADING = re.compile(r"<h([1-6])\b([^>]*)>(.*?)</h\1>", re.DOTALL)
_EMPTY_CORNER = re.compile(r"<th[^>]*>\s*</th>")


class FeedbackExporter(HTMLExporter):  # type: ignore[misc]
    """Makes a graded notebook into the page that goes back to its student."""

    course_root = Unicode(help="The course's folder.").tag(config=True)

    def default_filters(self) -> Any:
        """nbconvert's filters and those of the page's template."""
        yield from super().default_filters()
        yield "feedback_page", self._page
        yield "outlined", outlined
        yield "points", points

    def from_notebook_node(self, nb: NotebookNode, resources: Any = None, **kw: Any) -> tuple[str, Any]:
        """Make the lesson's page, and the week's anew beside it: nbgrader doesn't say which lesson is the last."""
        html, resources = super().from_notebook_node(nb, resources, **kw)
        about = resources["nbgrader"]
        lessons = scores_of_student(about["db_url"], about["assignment"], about["student"])
        index = student_page(about["student"], about["assignment"], lessons)
        resources.setdefault("outputs", {})[INDEX] = index.encode()
        return html, resources

    @pass_context
    def _page(self, context: Context, notebook: NotebookNode, resources: Any) -> FeedbackPage:
        about = resources["nbgrader"]
        return feedback_page(notebook, about, self._verdict(about["student"], about["assignment"], about["notebook"]))

    def _verdict(self, student: str, week: str, lesson: str) -> NotebookVerdict | None:
        path = verdict_path(Path(self.course_root, CLASSROOM, "verdicts"), student, week, lesson)
        try:
            return NotebookVerdict.from_json(path.read_text(encoding="utf-8"))
        except FileNotFoundError:
            return None


def outlined(html: str, level: int) -> str:
    """Notes as HTML for a place below a heading: theirs begin at `level` and leave out none, as screen readers want it.

    An empty corner of a table is no heading, either.
    """
    levels = sorted({int(number) for number, _, _ in _HEADING.findall(html)})
    above = level - 1

    def moved(found: re.Match[str]) -> str:
        nonlocal above
        above = min(level + levels.index(int(found[1])), above + 1, 6)
        return f"<h{above}{found[2]}>{found[3]}</h{above}>"

    return _EMPTY_CORNER.sub("<td></td>", _HEADING.sub(moved, html))
