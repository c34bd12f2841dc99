"""The pytest plugin that serves checks their fixtures and keeps each check's outcome with the calls it made."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import zip_longest
from typing import Any

import numpy as np
import pytest

from autograder.checks.marks import EXERCISE_ATTRIBUTE, WEIGHT_ATTRIBUTE
from autograder.checks.mismatch import Mismatch
from autograder.checks.submission import CallStopped, Functions, take_calls
from autograder.verdicts.endings import Ending
from autograder.verdicts.verdict import GraderFault
from autograder.wire.calls import Call


class ChecksBroken(GraderFault):
    """The checks of an exercise could not be run, whatever the answers: a fault of the lesson or the grader."""


@dataclass(frozen=True)
class Subject:
    """What an exercise's checks look at: the submission's functions and, by a check's key, a reference and a seed.

    ``only`` are the keys of the checks that look at it; None means all.
    """

    functions: Functions
    reference: Callable[[str], Any]
    seed: Callable[[str], int]
    only: Collection[str] | None = None

    def is_for(self, key: str) -> bool:
        """Whether the check with this key looks at it."""
        return self.only is None or key in self.only


@dataclass(frozen=True)
class CheckRun:
    """The outcome of one check, also if it did not run.

    ``key`` names it within its lesson, ``name`` is its docstring's first line; ``words`` and ``detail`` are the message
    without and with values; ``compared`` says whether it failed because an answer is not the reference's; ``stopped``
    is how a call that never returned ended; ``fault`` is what went wrong on the grader's side.
    """

    key: str
    exercise: str
    name: str
    hidden: bool
    weight: float
    passed: bool = False
    words: str = ""
    detail: str = ""
    compared: bool = False
    stopped: Ending | None = None
    fault: str = ""
    calls: tuple[Call, ...] = ()


class ChecksPlugin:
    """The pytest plugin that serves the fixtures and keeps the outcomes; pytest's own loop runs the checks.

    Parameters
    ----------
    subject_of
        Gives what the checks of an exercise look at.
    """

    def __init__(self, subject_of: Callable[[str], Subject]) -> None:
        self._subject_of = subject_of
        self._planned: dict[str, CheckRun] = {}
        self._runs: dict[str, CheckRun] = {}
        self._stopped: dict[str, Ending] = {}
        self._in_use: Functions | None = None
        self.collection_errors: list[str] = []

    def runs(self) -> list[CheckRun]:
        """Every planned check, in order; one that did not run has not passed."""
        return [self._runs.get(key, planned) for key, planned in self._planned.items()]

    @pytest.fixture
    def submission(self, request: pytest.FixtureRequest) -> Functions:
        """The functions under check."""
        self._in_use = self._subject_of(exercise_of(request.node)).functions
        return self._in_use

    @pytest.fixture
    def reference(self, request: pytest.FixtureRequest) -> Any:
        """The reference's functions."""
        return self._subject_of(exercise_of(request.node)).reference(key_of(request.node))

    @pytest.fixture
    def rng(self, request: pytest.FixtureRequest) -> np.random.Generator:
        """The hand-in's own random numbers: the same each time for the same hand-in, and different for any other."""
        return np.random.default_rng(self._subject_of(exercise_of(request.node)).seed(key_of(request.node)))

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collection_errors.append(str(report.longrepr))

    @pytest.hookimpl(tryfirst=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        # Planned before anything is deselected: what does not run still counts.
        for item in items:
            if exercise_of(item):
                self._planned[item.nodeid] = plan(item)

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        self._in_use = None
        if exercise_of(item) in self._stopped:
            pytest.skip("An earlier call of this exercise did not return.")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, item: pytest.Item, call: pytest.CallInfo[None]) -> Iterator[None]:
        report = yield
        planned = self._planned.get(item.nodeid)
        if planned is not None and (call.when == "call" or (call.when == "setup" and call.excinfo is not None)):
            error = call.excinfo.value if call.excinfo is not None else None
            outcome = self._outcome(planned, error)
            self._runs[item.nodeid] = outcome
            if outcome.stopped:
                self._stopped[planned.exercise] = outcome.stopped
        return report

    def _outcome(self, planned: CheckRun, error: BaseException | None) -> CheckRun:
        calls = take_calls(self._in_use) if self._in_use is not None else []
        run = replace(planned, calls=tuple(replace(call, origin=f"{planned.key}#{i}") for i, call in enumerate(calls)))
        match error:
            case None:
                return replace(run, passed=True)
            case Mismatch():
                return replace(run, words=error.words, detail=error.detail, compared=error.compared)
            case CallStopped():
                return replace(run, words=error.ending.of_call, detail=error.ending.of_call, stopped=error.ending)
            case GraderFault():
                return replace(run, fault=f"{type(error).__name__}: {error}")
            case pytest.skip.Exception():
                words = str(error)
            case AssertionError():
                words = "This does not hold for your answer."
            case _:
                words = "The answer does not have the form that the docstring describes."
        return replace(run, words=words, detail=words)


# Runs the checks of an exercise on a subject.
RunChecks = Callable[[str, Subject], list[CheckRun]]


class ChecksLoop(ChecksPlugin):
    """The plugin with its own loop in place of pytest's.

    Parameters
    ----------
    work
        Called once with a `RunChecks`, when everything is collected; it decides which checks run, when, and on what.
    """

    def __init__(self, work: Callable[[RunChecks], object]) -> None:
        super().__init__(lambda exercise: self._subject)
        self._work = work
        self._subject: Subject
        self.failure: BaseException | None = None

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool | None:
        if self.collection_errors:
            return None
        try:
            self._work(partial(self._run, session))
        except BaseException as error:  # pytest would swallow it, even an instructor's Ctrl-C
            self.failure = error
        return True

    def _run(self, session: pytest.Session, exercise: str, subject: Subject) -> list[CheckRun]:
        self._subject = subject
        items = [item for item in session.items if exercise_of(item) == exercise and subject.is_for(key_of(item))]
        for item, following in zip_longest(items, items[1:]):
            # Nobody reads pytest's report of a failure, which takes longer to make than most checks to run.
            item.repr_failure = lambda *_, **__: ""  # type: ignore[method-assign]
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        runs = [run for run in self.runs() if run.exercise == exercise and subject.is_for(run.key)]
        if not runs:
            raise ChecksBroken(f"{session.config.rootpath}: there is no check marked @checks({exercise!r}).")
        return runs


def exercise_of(item: Any) -> str:
    """The exercise that a test item is a check of, or an empty text."""
    return str(getattr(getattr(item, "function", None), EXERCISE_ATTRIBUTE, ""))


def key_of(item: pytest.Item) -> str:
    """A check's name within its lesson: "hidden::test_a_batch[relu]"."""
    return f"{item.path.stem}::{item.name}"


def plan(item: pytest.Item) -> CheckRun:
    """A check that has not run yet."""
    function = getattr(item, "function", None)
    name = (inspect.getdoc(function) or item.name).splitlines()[0]
    case = getattr(item, "callspec", None)
    return CheckRun(
        key=key_of(item),
        exercise=exercise_of(item),
        name=f"{name} ({case.id})" if case else name,
        hidden=item.path.stem != "public",
        weight=float(getattr(function, WEIGHT_ATTRIBUTE, 1.0)),
    )
