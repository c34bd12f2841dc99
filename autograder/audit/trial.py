"""Grades one candidate through the real path: handed in, rebuilt, run in a sandboxed kernel, called over the wire.

The notebook is run up to the exercise once, in one kernel; then the exercise is judged for many draws, as if so many
students had handed it in. Public checks ask all students the same: they run for the first draw alone.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import nbformat

from autograder.audit.candidates import FULL, Candidate
from autograder.audit.material import Material
from autograder.checks.plugin import CheckRun, RunChecks, Subject
from autograder.checks.run import run_checks, with_checks
from autograder.checks.seeds import FIXED_SECRET, seed_from
from autograder.grading.exercises import NotebookGrading, Terms
from autograder.intake.rebuild import rebuild
from autograder.lessons.course import Exercise
from autograder.lessons.memory import answers_remembered
from autograder.lessons.samples import filled_in
from autograder.verdicts.verdict import ExerciseVerdict

# How often an exercise is graded to measure the time, at most.
TIMED = 5


@dataclass(frozen=True)
class Draw:
    """A candidate graded with one submission's secret inputs."""

    verdict: ExerciseVerdict
    runs: tuple[CheckRun, ...] = ()


@dataclass(frozen=True)
class Trial:
    """A candidate graded for each draw; `fault` is what went wrong in the grader, `seconds` the median if timed."""

    draws: tuple[Draw, ...]
    fault: str
    seconds: float = 0.0


def grade(material: Material, candidate: Candidate, terms: Terms) -> Trial:
    """Grade a candidate, within the limits and the sandbox of `terms`."""
    exercise, lesson = material.exercise, material.lesson
    # The demos that the code of many candidates might depend on, by its looks, would take most of an audit's time.
    blank = material.release if candidate.all_demos else material.release_without_demos
    notebook = filled_in(blank, {**material.answers, **candidate.wrong_earlier, exercise.name: candidate.code})
    # The same for every candidate: a spare kernel made for other limits could not be used.
    limits = replace(terms.limits, notebook_seconds=terms.limits.notebook_seconds * FULL.draws)
    with tempfile.TemporaryDirectory(prefix="autograder-audit-") as folder:
        path = Path(folder, f"{lesson.name}.ipynb")
        nbformat.write(notebook, path)
        rebuilt = rebuild(path, blank, limits)
    grading = NotebookGrading(rebuilt, lesson, [], replace(terms, limits=limits, all_demos=candidate.all_demos))
    try:
        for earlier in lesson.exercises:
            if earlier.name in candidate.wrong_earlier:
                grading.grade(earlier, partial(run_checks, [lesson.public, lesson.hidden]))
        grading.run_until(exercise)
        verdict = grading.without_checks(exercise)
        if verdict is not None:
            return Trial((Draw(verdict),), "\n".join(grading.faults))
        with answers_remembered():
            rounds = _rounds(grading, exercise, candidate.draws)
            draws = tuple(Draw(grading.judge(exercise, runs), runs) for runs in rounds)
        faults = {run.fault for draw in draws for run in draw.runs if run.fault}
        return Trial(
            draws,
            "\n".join(sorted(faults)),
            _seconds(grading, exercise, candidate.seconds) if candidate.seconds else 0.0,
        )
    finally:
        grading.close()


def _rounds(grading: NotebookGrading, exercise: Exercise, draws: int) -> list[tuple[CheckRun, ...]]:
    """The exercise's checks, run for each draw: the seeds differ as those of so many submissions."""
    lesson, name = grading.lesson, exercise.name

    def subject(draw: int) -> Subject:
        handed_in = f"{grading.rebuilt.fingerprint} {draw}"
        return replace(grading.subject, seed=lambda check: seed_from(FIXED_SECRET, "", handed_in, check))

    first = run_checks([lesson.public, lesson.hidden], name, subject(0))
    public = [run for run in first if not run.hidden]
    rounds = [tuple(first)]

    def go_on(checks: RunChecks) -> None:
        for draw in range(1, draws):
            rounds.append((*public, *checks(name, subject(draw))))

    if draws > 1 and len(public) < len(first):
        with_checks([lesson.hidden], go_on)
    return rounds


def _seconds(grading: NotebookGrading, exercise: Exercise, allowed: float) -> float:
    """The grader's own CPU seconds for the exercise, as the median of some gradings: not the answer's in its kernel."""
    files = [grading.lesson.public, grading.lesson.hidden]
    taken: list[float] = []
    while len(taken) < TIMED and sum(taken) < allowed:
        start = time.process_time()
        grading.judge(exercise, run_checks(files, exercise.name, grading.subject))
        taken.append(time.process_time() - start)
    return statistics.median(taken)
