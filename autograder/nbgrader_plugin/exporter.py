"""How nbgrader reads submissions: `TrustedExporter` rebuilds each notebook, and only plain data files come with it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbgrader.converters import base
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException
from traitlets import Bool, Unicode

from autograder.intake.data_files import TIMESTAMP, data_files, unused_files
from autograder.intake.rebuild import Rebuilt, rebuild
from autograder.intake.students import submissions
from autograder.kernels.warm import tier_to_use
from autograder.limits import Limits
from autograder.nbgrader_plugin.plain_log import keep_plain
from autograder.sandbox.tiers import NoSandbox


class TrustedExporter(NotebookExporter):  # type: ignore[misc]
    """Rebuilds a handed-in notebook from the released one as it reads it; reads nbgrader's own files as they are."""

    course_root = Unicode(help="The course's folder.").tag(config=True)
    # Once, after all preprocessors: nbconvert would validate the whole notebook after each.
    optimistic_validation = Bool(True).tag(config=True)
    unsafe_no_sandbox = Bool(False, help="Grade although nothing confines the students' code.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._converter: Any = kwargs.get("parent")
        if isinstance(self._converter, Autograde):
            try:
                tier_to_use(none_allowed=self.unsafe_no_sandbox, warn=self._converter.log.warning)
            except NoSandbox as error:
                self._converter.log.error(str(error))
                raise NbGraderException(str(error)) from None
            keep_plain(self._converter.log)
            self._converter.assignments = self._submissions(self._converter)
            self._converter.init_assignment = self._init_assignment

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

    def _released(self, week: str) -> list[Path]:
        return sorted((Path(self.course_root) / "release" / week).glob("*.ipynb"))

    def _submissions(self, converter: Autograde) -> dict[str, list[str]]:
        """The notebooks to grade, by folder: every lesson of the week for everyone who handed in anything."""
        course, week = converter.coursedir, converter.coursedir.assignment_id
        wanted = [path.name for path in self._released(week) if course.notebook_id in ("*", path.stem)]
        submitted = Path(course.format_path(course.submitted_directory, "", ""))
        folders, refused = submissions(submitted, week, course.student_id)
        for folder, reason in refused.items():
            self.log.error("%s is not graded: %s.", folder, reason)
        if not folders:
            self.log.error("No submission to %s can be graded.", week)
            raise NbGraderException
        for folder in folders.values():
            _set_aside_bad_timestamp(converter, folder)
        return {str(folder): [str(folder / name) for name in wanted] for folder in folders.values()}

    def _init_assignment(self, week: str, student: str) -> None:
        """nbgrader's own step, but of the student's files it copies only plain data: it would follow links."""
        course = self._converter.coursedir
        folder = Path(course.format_path(course.submitted_directory, student, week))
        files = data_files(folder, self._limits())
        used = {path.name for path in (*self._released(week), *files)} | {TIMESTAMP}
        if unused := unused_files(folder, used):
            self.log.warning("%s: %s not used: only plain data files and notebooks of %s are.", folder, unused, week)
        # nbgrader compares the copied time with that of a later hand-in.
        time = folder / TIMESTAMP
        files += [time] if os.path.isfile(time) and not time.is_symlink() else []
        # Here alone: its own search lists the whole folder once for each file and each pattern.
        nbgraders_own, base.find_all_files = base.find_all_files, lambda *_: [str(file) for file in files]
        try:
            Autograde.init_assignment(self._converter, week, student)
        finally:
            base.find_all_files = nbgraders_own


def _set_aside_bad_timestamp(converter: Autograde, folder: Path) -> None:
    """Move away a timestamp.txt that nbgrader cannot read: it would cost the submission its grade."""
    path = folder / TIMESTAMP
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
