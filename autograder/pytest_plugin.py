"""``pytest --submission PATH``: runs a lesson's checks on a notebook or script; without it, on the reference solutions.

Pytest collects and runs the checks like any other tests; the functions they look at are in the submission's kernel.
Without ``--submission`` each lesson's solved notebook is the submission: so CI validates the references.
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
def pytest_load_initial_conftests(early_config: pytest.Config, args: list[str]) -> None:
    """If a submission and no test files are named, collect its lesson's checks."""
    named = early_config.known_args_namespace
    if named.submission and not named.file_or_dir:
        from autograder.grading.with_pytest import lesson_of

        lesson = lesson_of(Path(named.submission), _course(early_config))
        args += [
            str(lesson.public),
            str(lesson.hidden),
            "--import-mode=importlib",
            "-o",
            "python_files=public.py hidden.py",
        ]


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
    """The course's folder: the nearest that has ``solutions/``, going up from here, pytest's root or the submission."""
    here = config.invocation_params.dir
    named = config.known_args_namespace.submission
    around = Path(named).absolute().parents if named else ()
    for folder in (here, *here.parents, config.rootpath, *around):
        if (folder / "solutions").is_dir():
            return folder
    raise pytest.UsageError("There is no course here: run pytest in a folder that has solutions/, or below one.")
