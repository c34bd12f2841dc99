"""Lessons' checks in pytest: on the reference solutions, or with ``--submission PATH`` on a notebook or script.

Pytest collects and runs the checks like any other tests; the functions they look at are in the submission's kernel.
Without ``--submission`` each lesson's solved notebook is the submission: so CI validates the references. Teachers use
``autograder check PATH``, which runs pytest with the course's configuration. Pytest alone would take its configuration
from beside the submission, and run what that says before any plugin could object.
"""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

# Pytest loads this module in every run wherever the kit is installed, so the rest is only imported when checks are run.
if TYPE_CHECKING:
    from autograder.checks.plugin import Subject
    from autograder.grading.with_pytest import PytestGrading

_NAME = "autograder-checks"


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add ``--submission`` and ``--unsafe-no-sandbox``."""
    group = parser.getgroup("autograder")
    group.addoption("--submission", metavar="PATH", help="grade this notebook or script with its lesson's checks")
    group.addoption(
        "--unsafe-no-sandbox", action="store_true", help="grade although nothing confines the students' code"
    )


@pytest.hookimpl(tryfirst=True)
def pytest_load_initial_conftests(early_config: pytest.Config) -> None:
    """Refuse a submission unless pytest was started with the configuration of the course."""
    submission = early_config.known_args_namespace.submission
    if submission and (early_config.inipath is None or early_config.inipath.parent != _course(early_config)):
        raise pytest.UsageError(
            f"pytest would be configured by {early_config.inipath or 'no file'} instead of the course's own file, so "
            f"whoever wrote that could decide what runs. Use: autograder check {submission}"
        )


def pytest_configure(config: pytest.Config) -> None:
    """Serve the fixtures to the checks of lessons, unless another plugin of this run does."""
    from autograder.checks.plugin import ChecksPlugin

    plugins = config.pluginmanager
    if not any(isinstance(plugin, ChecksPlugin) for plugin in plugins.get_plugins()):
        run = _Run(config)
        plugins.register(run, "autograder-run")
        plugins.register(run.checks, _NAME)


class _Run:
    """A run of pytest that may hold checks."""

    def __init__(self, config: pytest.Config) -> None:
        from autograder.checks.plugin import ChecksPlugin

        self._config = config
        self.checks = ChecksPlugin(self._subject)
        self._may_run = False

    @cached_property
    def _grading(self) -> PytestGrading:
        from autograder.grading.with_pytest import PytestGrading

        path, unsafe = (self._config.getoption(name) for name in ("--submission", "--unsafe-no-sandbox"))
        submission = Path(path).absolute() if path else None
        return PytestGrading(_course(self._config), submission, self.checks, unsafe_no_sandbox=unsafe)

    def _subject(self, exercise: str) -> Subject:
        return self._grading.subject(exercise)

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        if self.checks.runs():
            items.sort(key=self._grading.sort_key)
            self._may_run = not self._config.getoption("collectonly")

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        if self._may_run:  # if it was refused, not even the scores may start a kernel
            self._grading.show_scores(terminalreporter)

    def pytest_unconfigure(self) -> None:
        if "_grading" in vars(self):
            self._grading.close()


def _course(config: pytest.Config) -> Path:
    """The course's folder: the nearest that has ``solutions/``, going up from here, or pytest's root."""
    here = config.invocation_params.dir
    for folder in (here, *here.parents, config.rootpath):
        if (folder / "solutions").is_dir():
            return folder
    raise pytest.UsageError("There is no course here: run pytest in a folder that has solutions/, or below one.")
