"""Runs the checks of exercises with pytest, in this process."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from autograder.checks.plugin import CheckRun, ChecksBroken, ChecksLoop, ChecksPlugin, RunChecks, Subject
from autograder.wire.answering import silence


def run_checks(files: Sequence[Path], exercise: str, subject: Subject) -> list[CheckRun]:
    """Run the checks of `exercise` in `files` with pytest and return all of them, also those that did not run.

    Raises
    ------
    ChecksBroken
        If a file cannot be collected, or the exercise has no checks there.
    """
    runs: list[CheckRun] = []
    with_checks(files, lambda checks: runs.extend(checks(exercise, subject)))
    return runs


def with_checks(files: Sequence[Path], work: Callable[[RunChecks], object]) -> None:
    """Start pytest once on `files`, call ``work(checks)``, and end it.

    ``checks(exercise, subject)`` does what `run_checks` does.

    Raises
    ------
    ChecksBroken
        If a file cannot be collected; `work` is not called then.
    Exception
        Whatever `work` raises.
    """
    _loop(files, work)


def planned_checks(files: Sequence[Path]) -> list[CheckRun]:
    """All checks in `files`, of every exercise, without running them; ChecksBroken if a file cannot be collected."""
    return _loop(files, lambda checks: None).runs()


def _loop(files: Sequence[Path], work: Callable[[RunChecks], object]) -> ChecksLoop:
    plugin = ChecksLoop(work)
    code = _pytest(files, plugin)
    if plugin.failure is not None:
        raise plugin.failure
    finished = (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED, pytest.ExitCode.NO_TESTS_COLLECTED)
    if plugin.collection_errors or code not in finished:
        raise ChecksBroken(
            f"{files[0].parent}: pytest ended with {code!r}. {' '.join(plugin.collection_errors)[:2000]}"
        )
    return plugin


def _pytest(files: Sequence[Path], plugin: ChecksPlugin) -> int | pytest.ExitCode:
    """Run pytest on `files`, importing them again: pytest would reuse another lesson's modules, or an older version."""
    arguments = [
        *map(str, files),
        "-q",
        "--no-header",
        "--no-summary",
        "--tb=no",
        "--assert=plain",
        "-s",
        "--import-mode=importlib",
        "--noconftest",
        "-c",
        os.devnull,
        f"--rootdir={files[0].parent}",
        f"--confcutdir={files[0].parent}",  # a sandbox may forbid listing the folders above
        "--disable-plugin-autoload",
        *(part for name in _NOT_NEEDED for part in ("-p", f"no:{name}")),
    ]
    names = [file.stem for file in files]
    others = {name: sys.modules.pop(name) for name in names if name in sys.modules}
    try:
        with _isolated():
            return pytest.main(arguments, plugins=[plugin])
    finally:
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(others)


# Without these plugins pytest starts in 0.05 s, not 0.4 s, and patches or captures nothing of the grader's process.
_NOT_NEEDED = (
    *("cacheprovider", "unraisableexception", "threadexception", "faulthandler", "junitxml", "pastebin"),
    *("debugging", "doctest", "unittest", "warnings", "logging", "stepwise"),
)


@contextlib.contextmanager
def _isolated() -> Iterator[None]:
    """Keep pytest's output off the grader's terminal, and options that someone set for their tests away from pytest."""
    options = {name: os.environ.pop(name) for name in ("PYTEST_ADDOPTS", "PYTEST_PLUGINS") if name in os.environ}
    try:
        with silence():
            yield
    finally:
        os.environ.update(options)
