"""One candidate graded through the real path: handed in, rebuilt, run in a sandboxed kernel, judged over the wire by pytest.

The notebook is run up to the exercise once, in one kernel; then the exercise is judged for many draws, as if so many
students had handed it in. Public checks ask all students the same: they run for the first draw alone.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Generator
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import pytest

from autograder.answers import filled_in
from autograder.audit.candidates import Candidate
from autograder.audit.material import Material
from autograder.check_runs import FIXED_SECRET, CheckRun, ChecksPlugin, run_checks, run_plugin, seed_from
from autograder.intake import rebuild
from autograder.lessons import Exercise
from autograder.limits import Limits
from autograder.notebook_grading import NotebookGrading, Terms
from autograder.verdict import ExerciseVerdict

# How often an exercise is graded to tell the time that takes; what is too long, and how often that is tried again.
TIMED, SLOW, AGAIN = 5, 1.0, 3


@dataclass(frozen=True)
class Conditions:
    """Under what limits and in which sandbox candidates are graded."""

    limits: Limits
    sandbox: str


@dataclass(frozen=True)
class Draw:
    """A candidate graded with one submission's secret inputs."""

    verdict: ExerciseVerdict
    runs: tuple[CheckRun, ...] = ()


@dataclass(frozen=True)
class Trial:
    """A candidate graded: for each draw, and the median of seconds that grading took, where that was asked for."""

    draws: tuple[Draw, ...]
    fault: str
    seconds: float = 0.0


def grade(material: Material, candidate: Candidate, conditions: Conditions, *, timed: bool = False) -> Trial:
    """Grade a candidate; `timed` has it graded some more times, each as a class's are, to tell the time."""
    exercise, lesson = material.exercise, material.lesson
    files = [lesson.public, lesson.hidden]
    blank = material.release if candidate.whole else material.release_without_demos
    notebook = filled_in(blank, {**material.answers, exercise.name: candidate.code})
    limits = replace(conditions.limits, notebook_seconds=conditions.limits.notebook_seconds * candidate.draws)
    with tempfile.TemporaryDirectory(prefix="autograder-audit-") as folder:
        path = Path(folder, f"{lesson.name}.ipynb")
        nbformat.write(notebook, path)
        rebuilt = rebuild(path, blank, limits)
    grading = _Grading(rebuilt, lesson, [], Terms(limits, FIXED_SECRET, conditions.sandbox))
    try:
        grading.run_until(exercise)
        verdict = grading.without_checks(exercise)
        if verdict is not None:
            return Trial((Draw(verdict),), grading.fault)
        plugin = _ManyDraws(grading, exercise, candidate.draws)
        run_plugin(files, exercise.name, plugin)
        draws = tuple(Draw(grading.judge(exercise, runs), runs) for runs in plugin.rounds)
        faults = {run.fault for draw in draws for run in draw.runs if run.fault}
        return Trial(draws, "\n".join(sorted(faults)), _seconds(grading, exercise) if timed else 0.0)
    finally:
        grading.close()


def _seconds(grading: NotebookGrading, exercise: Exercise) -> float:
    """How long it takes to grade the exercise, as a class's are: the median; of a few where the machine was busy."""
    files = [grading.lesson.public, grading.lesson.hidden]
    medians: list[float] = []
    while len(medians) < AGAIN and min(medians, default=SLOW) >= SLOW:
        taken = []
        for _ in range(TIMED):
            start = time.monotonic()
            grading.judge(exercise, run_checks(files, exercise.name, grading))
            taken.append(time.monotonic() - start)
        medians.append(statistics.median(taken))
    return min(medians)


class _Grading(NotebookGrading):
    """The grading of a notebook as if it were each of many: the seeds differ by ``draw``."""

    draw = 0

    def seed(self, exercise: str, check: str) -> int:
        return seed_from(self.terms.secret, f"{self.rebuilt.fingerprint} {self.draw}", check)


class _ManyDraws(ChecksPlugin):
    """Runs an exercise's checks for the first draw, and its hidden ones once more for every other; keeps the outcomes."""

    def __init__(self, grading: _Grading, exercise: Exercise, draws: int) -> None:
        super().__init__(grading, only=exercise.name)
        self.rounds: list[tuple[CheckRun, ...]] = []
        self._grading = grading
        self._draws = draws
        self._ends: set[int] = set()
        self._ran = 0

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        items = session.items
        hidden = [item for item in items if item.path.stem != "public"]
        for item in items:  # nobody reads what pytest would print of a failure, and it takes a tenth of the time
            item.repr_failure = lambda *_, **__: ""  # type: ignore[method-assign]
        self._ends = {len(items) + draw * len(hidden) for draw in range(self._draws)}
        # pytest runs an item that stands there twice a second time: plugins that run flaky tests anew rely on it.
        items += hidden * (self._draws - 1)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        result = yield
        self._ran += 1
        if self._ran in self._ends:
            self.rounds.append(tuple(self.runs()))
            self._grading.draw += 1
        return result
