"""What makes stock ``nbgrader autograde`` trusted: an exporter that rebuilds what was handed in, and `TrustedExecute`.

A course's ``nbgrader_config.py`` calls `configure` and needs nothing else. Of nbgrader's own steps one is replaced:
`Execute`. Graded cells are not run in the student's kernel; the checks run in this process and call the student's
functions over the wire.
"""

from __future__ import annotations

import contextlib
import glob
import os
import re
import secrets
import sys
from pathlib import Path
from typing import Any

import nbformat
from nbconvert.exporters import NotebookExporter
from nbformat import NotebookNode
from nbgrader.converters.autograde import Autograde
from nbgrader.converters.base import NbGraderException
from nbgrader.preprocessors import Execute
from traitlets import Bool, Dict, Unicode
from traitlets.config import Config

from autograder.grading.exercises import Terms
from autograder.grading.notebook import grade_notebook
from autograder.intake.data_files import data_files
from autograder.intake.rebuild import Rebuilt, rebuild
from autograder.kernels.provisioner import KERNELSPEC, offer_kernelspec
from autograder.kernels.warm import best_tier, tier_to_use
from autograder.lessons.course import CLASSROOM, CODE_STUB, Lesson, find_lessons
from autograder.limits import Limits, unsafe_allowed
from autograder.nbgrader_plugin.gradebook import register_weeks
from autograder.sandbox.walls import NoSandbox
from autograder.verdicts.verdict import NotebookVerdict

SECRET = "secret.bin"
# More than these beside a notebook, folders counted as one, and none is looked at.
MANY_FILES = 500


class TrustedExporter(NotebookExporter):  # type: ignore[misc]
    """Reads what was handed in by rebuilding it from the released notebook; reads nbgrader's own files as they are."""

    course_root = Unicode(help="The course's folder.").tag(config=True)
    unsafe_no_sandbox = Bool(False, help="Grade although nothing confines the students' code.").tag(config=True)

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self._converter: Any = kwargs.get("parent")
        self._base_ignore: list[str] = []
        if isinstance(self._converter, Autograde):
            try:
                tier_to_use(none_allowed=self.unsafe_no_sandbox)
            except NoSandbox as error:
                self._converter.log.error(str(error))
                raise NbGraderException(str(error)) from None
            # nbgrader's Python API keeps one course for all its calls: what one submission had ignored must not bind the next.
            course = self._converter.coursedir
            self._base_ignore = vars(course).setdefault("_ignore_of_the_course", list(course.ignore))
            self._expect_every_notebook(self._converter)
            self._converter.pre_convert_hook = self._before_submission

    def from_filename(self, filename: str, resources: Any = None, **kw: Any) -> Any:
        """Read a notebook; a handed-in one is rebuilt first, and one that is missing becomes the released one."""
        converter = self._converter
        if not isinstance(converter, Autograde) or not converter._sanitizing:
            return super().from_filename(filename, resources=resources, **kw)
        week, name = resources["nbgrader"]["assignment"], resources["nbgrader"]["notebook"]
        root = Path(self.course_root)
        blank = nbformat.read(root / "release" / week / f"{name}.ipynb", as_version=4)
        try:
            rebuilt = rebuild(Path(filename), blank, self._limits())
        except Exception:
            self.log.exception("%s could not be looked at; it counts as ungradable.", filename)
            rebuilt = Rebuilt(blank, ungradable="The file could not be looked at. Ask your instructor to see to it.")
        rebuilt.notebook.metadata["autograder"] = {
            **blank.metadata.get("autograder", {}),
            "findings": rebuilt.findings,
            "ungradable": rebuilt.ungradable,
            "not_attempted": rebuilt.not_attempted,
        }
        resources["metadata"] = {"name": name, "path": os.path.dirname(filename)}
        return self.from_notebook_node(rebuilt.notebook, resources=resources, **kw)

    def _limits(self) -> Limits:
        return Limits.of_course(Path(self.course_root), dict(self.config.TrustedExecute.get("limits", {})))

    def _expect_every_notebook(self, converter: Autograde) -> None:
        """Have every lesson of the week graded for everyone who handed something in, whether its notebook came or not."""
        week = converter.coursedir.assignment_id
        wanted = [path.name for path in sorted((Path(self.course_root) / "release" / week).glob("*.ipynb"))]
        only = converter.coursedir.notebook_id
        wanted = [name for name in wanted if only in ("*", name.removesuffix(".ipynb"))]
        pattern = Path(converter.coursedir.format_path(converter.coursedir.submitted_directory, "*", week))
        students = converter.coursedir.student_id
        for folder in sorted(Path(pattern.anchor).glob(str(pattern.relative_to(pattern.anchor)))):
            student = self._student_of(converter, str(folder))
            if students in ("*", student) and folder.is_dir():
                found = {os.path.basename(path) for path in converter.assignments.get(str(folder), [])}
                for name in sorted(found - set(wanted)) if only == "*" else []:
                    self.log.warning("%s: %r is no notebook of %s, and was left alone.", folder, name, week)
                converter.assignments[str(folder)] = [str(folder / name) for name in wanted]
                _set_aside_bad_timestamp(converter, folder)

    def _student_of(self, converter: Autograde, folder: str) -> str:
        course = converter.coursedir
        pattern = course.format_path(course.submitted_directory, "(?P<s>.*)", course.assignment_id, escape=True)
        match = re.match(pattern, folder)
        return match["s"] if match else ""

    def _before_submission(self, assignment: str, student: str, notebooks: list[str]) -> None:
        """Let nbgrader copy nothing beside the notebooks but plain data files: it follows links."""
        course = self._converter.coursedir
        # nbgrader drops a hook's exception: should anything go wrong below, nothing is copied.
        course.ignore = [*self._base_ignore, "*"]
        # `student` is "*" when a whole class is graded: nbgrader passes its option on, not the student at hand.
        folder = Path(notebooks[0]).parent
        # One that cannot be read was set aside; nbgrader compares the copy's time with that of a later hand-in.
        wanted = {*data_files(folder, self._limits()), folder / "timestamp.txt"}
        # Of an ignored folder nbgrader copies nothing; notebooks it leaves to others.
        unwanted = [path for path in folder.iterdir() if path not in wanted and path.suffix != ".ipynb"]
        if len(unwanted) > MANY_FILES:  # nbgrader looks up each file for each pattern
            self.log.warning(
                "%s holds %s files that are no data; none beside the notebook is used.", folder, len(unwanted)
            )
            return
        course.ignore = [*self._base_ignore, *sorted(glob.escape(path.name) for path in unwanted)]


class TrustedExecute(Execute):  # type: ignore[misc]
    """Runs a rebuilt notebook, grades its exercises in this process and writes the graded cells' outputs itself."""

    # Without the config tag: --no-execute must not turn grading off, which would give full marks.
    enabled = Bool(True)
    course_root = Unicode(help="The course's folder.").tag(config=True)
    limits = Dict(help="Limits by name, in place of those under [tool.autograder.limits].").tag(config=True)

    def preprocess(self, nb: NotebookNode, resources: Any, km: Any = None) -> tuple[NotebookNode, Any]:
        """Run and grade one notebook; store its verdict as soon as there is one."""
        about = resources["nbgrader"]
        root = Path(self.course_root)
        lesson = _lesson(root, about["assignment"], about["notebook"])
        told = nb.metadata.get("autograder", {})
        rebuilt = Rebuilt(
            nb, list(told.get("findings", [])), told.get("ungradable", ""), dict(told.get("not_attempted", {}))
        )
        limits = Limits.of_course(root, self.limits)
        folder = Path(resources.get("metadata", {}).get("path") or ".")
        verdicts = root / CLASSROOM / "verdicts"

        def store(verdict: NotebookVerdict) -> None:
            verdict.store(verdicts)

        terms = Terms(limits, course_secret(root / CLASSROOM), best_tier())
        verdict, fault = grade_notebook(rebuilt, lesson, about["student"], data_files(folder, limits), terms, store)
        store(verdict)
        if fault:
            self.log.error("The grader itself failed in %s of %s:\n%s", about["notebook"], about["student"], fault)
        for finding in verdict.findings:
            self.log.warning("%s, %s: %s", about["student"], about["notebook"], finding)
        return nb, resources


def configure(c: Config, root: str | Path | None = None) -> None:
    """Set up a course for stock nbgrader: to be called by its ``nbgrader_config.py``.

    Parameters
    ----------
    c
        The configuration object, from ``get_config()``.
    root
        The course's folder; where the calling config file lies, unless said.
    """
    caller = sys._getframe(1).f_globals.get("__file__")
    course = Path(root or (Path(caller).parent if caller else Path.cwd())).resolve()
    classroom = course / CLASSROOM
    db_url = f"sqlite:///{classroom / 'gradebook.db'}?timeout=60"
    c.CourseDirectory.root = str(course)
    for step in ("submitted", "autograded", "feedback"):
        c.CourseDirectory[f"{step}_directory"] = f"{CLASSROOM}/{step}"
    c.CourseDirectory.db_url = db_url
    c.ClearSolutions.code_stub = CODE_STUB
    c.Autograde.exporter_class = TrustedExporter
    c.Autograde.autograde_preprocessors = [
        TrustedExecute if preprocessor is Execute else preprocessor
        for preprocessor in Autograde.autograde_preprocessors.default_args[0]
    ]
    c.OverwriteCells.add_missing_cells = True
    c.TrustedExporter.course_root = c.TrustedExecute.course_root = str(course)
    c.TrustedExporter.unsafe_no_sandbox = unsafe_allowed(course)
    c.HTMLExporter.sanitize_html = True
    # nbgrader starts `alembic` as a command of its own environment.
    binaries = str(Path(sys.executable).parent)
    if binaries not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = binaries + os.pathsep + os.environ.get("PATH", os.defpath)
    register_weeks(course, classroom, db_url)


def sandbox(c: Config) -> None:
    """Have any nbgrader course run its notebooks in warm, sandboxed kernels, and change nothing else about it.

    One line of its ``nbgrader_config.py``: ``from autograder.nbgrader_plugin.configure import sandbox; sandbox(c)``.
    """
    offer_kernelspec()
    c.Execute.kernel_name = KERNELSPEC


def course_secret(classroom: Path) -> bytes:
    """The secret that hidden inputs are drawn with: made on first use, readable by the grader alone."""
    path = classroom / SECRET
    classroom.mkdir(exist_ok=True)
    if not path.is_file():
        made = classroom / f".{SECRET}-{os.getpid()}-{secrets.token_hex(4)}"
        made.write_bytes(secrets.token_bytes(32))
        made.chmod(0o600)
        with contextlib.suppress(FileExistsError):  # the first of several graders wins
            os.link(made, path)
        made.unlink()
    return path.read_bytes()


def _lesson(root: Path, week: str, name: str) -> Lesson:
    for lesson in find_lessons(root):
        if (lesson.week, lesson.name) == (week, name):
            return lesson
    raise NbGraderException(f"There is no lesson solutions/{week}/{name}. Was it renamed? Then run `autograder build`.")


def _set_aside_bad_timestamp(converter: Autograde, folder: Path) -> None:
    """A timestamp.txt that nbgrader cannot read would cost the submission its grade: move it out of nbgrader's way."""
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
