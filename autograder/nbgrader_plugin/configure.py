"""Configures nbgrader in one line: `configure` for a course of the kit, `sandbox` for any other.

Only one of nbgrader's own steps is replaced: `Execute`. Graded cells are not run in the student's kernel; the checks
run in nbgrader's process and call the student's functions over the wire.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

from nbgrader.apps import AutogradeApp
from nbgrader.converters.autograde import Autograde
from nbgrader.preprocessors import Execute
from traitlets.config import Application, Config

from autograder.kernels.provisioner import KERNELSPEC, offer_kernelspec
from autograder.kernels.warm import try_early
from autograder.limits import unsafe_allowed
from autograder.nbgrader_plugin.gradebook import register_weeks
from autograder.nbgrader_plugin.plain_log import keep_plain
from autograder.reports.overview import FEEDBACK_PAGE, TEMPLATES
from autograder.source_code import CODE_STUB
from autograder.verdicts.verdict import CLASSROOM

# By name: only `nbgrader autograde` needs what they import, and imports it while the sandbox starts.
EXPORTER = "autograder.nbgrader_plugin.exporter.TrustedExporter"
EXECUTE = "autograder.nbgrader_plugin.execute.TrustedExecute"
FEEDBACK_EXPORTER = "autograder.nbgrader_plugin.feedback.FeedbackExporter"
FILTERS = "autograder.nbgrader_plugin.page_filters"


def configure(c: Config, root: str | Path | None = None) -> None:
    """Set up a course for stock nbgrader; its ``nbgrader_config.py`` calls this.

    Parameters
    ----------
    c
        The configuration object, from ``get_config()``.
    root
        The course's folder; by default the one that holds the calling config file.
    """
    _try_sandbox_early()
    if Application.initialized():
        keep_plain(Application.instance().log)
    caller = sys._getframe(1).f_globals.get("__file__")
    course = Path(root or (Path(caller).parent if caller else Path.cwd())).resolve()
    classroom = course / CLASSROOM
    db_url = f"sqlite:///{classroom / 'gradebook.db'}?timeout=60"
    c.CourseDirectory.root = str(course)
    for step in ("submitted", "autograded", "feedback"):
        c.CourseDirectory[f"{step}_directory"] = f"{CLASSROOM}/{step}"
    c.CourseDirectory.db_url = db_url
    c.ClearSolutions.code_stub = CODE_STUB
    c.Autograde.exporter_class = EXPORTER
    c.Autograde.autograde_preprocessors = [
        EXECUTE if preprocessor is Execute else preprocessor
        for preprocessor in Autograde.autograde_preprocessors.default_args[0]
    ]
    c.OverwriteCells.add_missing_cells = True
    c.TrustedExporter.course_root = c.TrustedExecute.course_root = str(course)
    c.TrustedExporter.unsafe_no_sandbox = unsafe_allowed(course)
    c.HTMLExporter.sanitize_html = True
    filters = "highlight_code", "strip_files_prefix", "clean_html"
    c.HTMLExporter.filters = {name: f"{FILTERS}.{name}" for name in filters}
    c.GenerateFeedback.exporter_class = FEEDBACK_EXPORTER
    c.FeedbackExporter.template_name = FEEDBACK_PAGE
    c.FeedbackExporter.extra_template_basedirs = [str(TEMPLATES)]
    c.FeedbackExporter.exclude_anchor_links = True
    c.FeedbackExporter.course_root = str(course)
    # nbgrader starts the command `alembic`, which is in its own environment.
    binaries = str(Path(sys.executable).parent)
    if binaries not in os.environ.get("PATH", "").split(os.pathsep):
        os.environ["PATH"] = binaries + os.pathsep + os.environ.get("PATH", os.defpath)
    register_weeks(course, classroom, db_url)


def sandbox(c: Config) -> None:
    """Have any nbgrader course run its notebooks in warm, sandboxed kernels, and change nothing else about it.

    One line of its ``nbgrader_config.py``: ``from autograder.nbgrader_plugin import sandbox; sandbox(c)``.
    """
    _try_sandbox_early()
    offer_kernelspec()
    c.Execute.kernel_name = KERNELSPEC


def _try_sandbox_early() -> None:
    """Have the sandbox start while nbgrader prepares its work, if that work is to grade."""
    if Application.initialized() and isinstance(Application.instance(), AutogradeApp):
        try_early()
