"""How nbgrader reads submissions: `TrustedExporter` rebuilds each notebook, and only plain data files come with it."""

from __future__ import annotations

import glob
import os
import re
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets import Bool, Unicode

from autograder.intake.data_files import data_files
from autograder.intake.rebuild import Rebuilt, rebuild
from autograder.kernels.warm import tier_to_use
from autograder.limits import Limits
from autograder.sandbox.tiers import NoSandbox

# If more files than these are beside a notebook (a folder counts as one), none is used.
MANY_FILES = 500


class TrustedExporter(NotebookExporter):  # type: ignore[misc]
    """Rebuilds a handed-in notebook from the released one as it reads it; reads nbgrader's own files as they are."""

    course_root = Unicode(help="The course's folder.").tag(config=True)
    # Once, after all preprocessors: nbconvert would validate the whole notebook after each.
    optimistic_validation = Bool(True).tag(config=True)
    unsafe_no_sandbox = Bool(False, help="Grade although nothing confines the students' code.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._converter: Any = kwargs.get("parent")
        self._base_ignore: list[str] = []
        if isinstance(self._converter, Autograde):
            try:
                tier_to_use(none_allowed=self.unsafe_no_sandbox, warn=self._converter.log.warning)
            except NoSandbox as error:
                self._converter.log.error(str(error))
                raise NbGraderException(str(error)) from None
            # nbgrader's Python API keeps one course for all calls: what is ignored for one submission must not be for
            # all.
            course = self._converter.coursedir
            self._base_ignore = vars(course).setdefault("_ignore_of_the_course", list(course.ignore))
            self._expect_every_notebook(self._converter)
            self._converter.pre_convert_hook = self._before_submission

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Read a notebook; a handed-in one is rebuilt, and a missing one becomes the released one."""
        converter = self._converter
        if not isinstance(converter, Autograde) or not converter._sanitizing:
            return super().from_filename(filename, resources=resources, **kw)
        week, name = resources["nbgrader"]["assignment"], resources["nbgrader"]["notebook"]
        root = Path(self.course_root)
        blank = nbformat.read(root / "release" / week / f"{name}.ipynb", as_version=4)
        try:
            rebuilt = rebuild(Path(filename), blank, self._limits())
        except Exception:
            self.log.exception("%s could not be read; it counts as ungradable.", filename)
            rebuilt = Rebuilt(blank, ungradable="The file could not be read. Ask your instructor to look into it.")
        resources["metadata"] = {"name": name, "path": os.path.dirname(filename)}
        return self.from_notebook_node(rebuilt.to_notebook(), resources=resources, **kw)

    def _limits(self) -> Limits:
        return Limits.of_course(Path(self.course_root), dict(self.config.TrustedExecute.get("limits", {})))

    def _expect_every_notebook(self, converter: Autograde) -> None:
        """Have every lesson of the week graded for everyone who handed in anything, even if its notebook is missing."""
        week = converter.coursedir.assignment_id
        wanted = [path.name for path in sorted((Path(self.course_root) / "release" / week).glob("*.ipynb"))]
        only = converter.coursedir.notebook_id
        wanted = [name for name in wanted if only in ("*", name.removesuffix(".ipynb"))]
        pattern = Path(converter.coursedir.format_path(converter.coursedir.submitted_directory, "*", week))
        students = converter.coursedir.student_id
        for folder in sorted(Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))):
            student = self._student_of(converter, str(folder))
            if students in ("*", student) and folder.is_dir():
                handed_in = {os.path.basename(path) for path in converter.assignments.get(str(folder), [])}
                for name in sorted(handed_in - set(wanted)) if only == "*" else []:
                    self.log.warning("%s: %r is not a notebook of %s, and was ignored.", folder, name, week)
                converter.assignments[str(folder)] = [str(folder / name) for name in wanted]
                _set_aside_bad_timestamp(converter, folder)

    def _student_of(self, converter: Autograde, folder: str) -> str:
        course = converter.coursedir
        pattern = course.format_path(course.submitted_directory, "(?P<s>.*)", course.assignment_id, escape=True)
        match = re.match(pattern, folder)
        return match["s"] if match else ""

    def _before_submission(self, assignment: str, student: str, notebooks: list[str]) -> None:
        """Let nbgrader copy only plain data files beside the notebooks, because it follows links."""
        course = self._converter.coursedir
        # nbgrader swallows a hook's exception: if anything goes wrong below, nothing is to be copied.
        course.ignore = [*self._base_ignore, "*"]
        # `student` is "*" when a whole class is graded: nbgrader passes its option, not the current student.
        folder = Path(notebooks[0]).parent
        # nbgrader compares the copied timestamp with that of a later submission; an unreadable one was set aside.
        wanted = {*data_files(folder, self._limits()), folder / "timestamp.txt"}
        # nbgrader copies nothing of an ignored folder, and no notebooks here.
        unwanted = [path for path in folder.iterdir() if path not in wanted and path.suffix != ".ipynb"]
        if len(unwanted) > MANY_FILES:  # nbgrader compares each file with each pattern
            self.log.warning(
                "%s holds %s files that are not data; no file beside the notebook is used.", folder, len(unwanted)
            )
            return
        course.ignore = [*self._base_ignore, *sorted(glob.escape(path.name) for path in unwanted)]


def _set_aside_bad_timestamp(converter: Autograde, folder: Path) -> None:
    """Move away a timestamp.txt that nbgrader cannot read: it would cost the submission its grade."""
    path = folder / "timestamp.txt"
    if not os.path.lexists(path):
        return
    try:
        if path.is_symlink() or not path.is_file() or path.stat().st_size > 200:
            raise ValueError
        nbgrader_reads = converter.coursedir.get_existing_timestamp(str(folder))
    except Exception:
        nbgrader_reads = None
    if nbgrader_reads is None:
        converter.log.warning("%s is not a time that nbgrader can read; it was set aside.", path)
        try:
            os.replace(path, folder / "timestamp.txt.unreadable")
        except OSError as error:  # a folder that cannot be written to costs nobody else their grades
            converter.log.error("%s could not be set aside: %s", path, error)
