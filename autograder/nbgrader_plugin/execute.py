"""nbgrader's step `Execute`, replaced: the checks run in this process instead of the graded cells in the kernel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from nbformat import NotebookNode
from nbgrader.converters.base import NbGraderException
from nbgrader.coursedir import CourseDirectory
from nbgrader.preprocessors import Execute
from traitlets import Bool, Dict, Enum, Unicode

from autograder.checks.seeds import course_secret
from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.data_files import data_files
from autograder.intake.hand_in import digest_of_folder
from autograder.intake.rebuild import Rebuilt
from autograder.kernels.warm import best_tier
from autograder.lessons.course import Lesson, find_lessons
from autograder.limits import Limits
from autograder.verdicts.verdict import CLASSROOM, NotebookVerdict


class TrustedExecute(Execute):  # type: ignore[misc]
    """Runs a rebuilt notebook, grades its exercises in this process and writes the graded cells' outputs itself."""

    # Without the config tag: --no-execute must not turn grading off, which would give full marks.
    enabled = Bool(True)
    course_root = Unicode(help="The course's folder.").tag(config=True)
    limits = Dict(help="Limits by name, in place of those under [tool.autograder.limits].").tag(config=True)
    demos = Enum(
        ["needed", "all"],
        "needed",
        help="Which of the lesson's own cells run, if the student left them as they were: those that an answer may "
        "depend on, or all. The grades are the same; a demo that is left out has no output.",
    ).tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any, km: Any = None) -> tuple[NotebookNode, Any]:
        """Run and grade one notebook; its verdict is stored as soon as there is one."""
        about = resources["nbgrader"]
        root = Path(self.course_root)
        lesson = _lesson(root, about["assignment"], about["notebook"])
        rebuilt = Rebuilt.of_notebook(nb)
        limits = Limits.of_course(root, self.limits)
        folder = Path(resources.get("metadata", {}).get("path") or ".")
        verdicts = root / CLASSROOM / "verdicts"

        def store(verdict: NotebookVerdict) -> None:
            verdict.store(verdicts)

        terms = Terms(limits, course_secret(root / CLASSROOM), best_tier(), all_demos=self.demos == "all")
        week = [other.name for other in find_lessons(root) if other.week == lesson.week]
        # The submitted folder and not the autograded copy, into which intake copies some of it, and changed.
        hand_in = digest_of_folder(self._submitted(about["student"], about["assignment"]), week, limits)
        files = data_files(folder, limits)
        verdict, fault = grade_notebook(rebuilt, lesson, about["student"], files, terms, hand_in, store)
        store(verdict)
        if fault:
            self.log.error("The grader itself failed in %s of %s:", about["notebook"], about["student"])
            for line in fault.splitlines():  # the log keeps what is put into a message on one line
                self.log.error("%s", line)
        for finding in verdict.findings:
            self.log.warning("%s, %s: %s", about["student"], about["notebook"], finding)
        return nb, resources

    def _submitted(self, student: str, week: str) -> Path:
        """The folder of a student's hand-in, wherever this course keeps it."""
        converter = getattr(self.parent, "parent", None)
        course = getattr(converter, "coursedir", None) or CourseDirectory(parent=self)
        return Path(course.format_path(course.submitted_directory, student, week))


def _lesson(root: Path, week: str, name: str) -> Lesson:
    for lesson in find_lessons(root):
        if (lesson.week, lesson.name) == (week, name):
            return lesson
    raise NbGraderException(f"There is no lesson solutions/{week}/{name}. If it was renamed, run `autograder build`.")
