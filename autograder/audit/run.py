"""Audits a course, in several processes: changed lessons in full, the others in brief if the engine has changed."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.text import Text

from autograder.audit import cache, report
from autograder.audit.candidates import BRIEF, FULL, Effort
from autograder.audit.columns.reference import quiet
from autograder.audit.exercise import ExerciseAudit, Findings
from autograder.audit.keys import Key, digest_of_engine, digest_of_lesson
from autograder.audit.material import Material, build_material
from autograder.audit.rows import Row
from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.exercises import Terms
from autograder.kernels.warm import tier_to_use
from autograder.lessons.course import Lesson, find_lessons
from autograder.limits import Limits, unsafe_allowed

# The audit's files below the course's folder.
CACHE, DOCUMENT = Path("solutions", ".audit.json"), Path("docs", "generated", "audit.md")
# A worker for each processor, eight at most: each holds kernels with TensorFlow.
MOST_WORKERS = 8


class NothingToAudit(Exception):
    """The course has no such week."""


@dataclass(frozen=True)
class Result:
    """The rows of an audit in the course's order, and the exercises that were audited: the others had not changed."""

    rows: Sequence[Row]
    audited: frozenset[str]


def audit(
    root: Path,
    week: str | None,
    console: Console,
    *,
    force: bool = False,
    unsafe_no_sandbox: bool = False,
    full: Effort = FULL,
    brief: Effort = BRIEF,
) -> Result:
    """Audit what has changed in a week, or in the course; write the cache and the document.

    Parameters
    ----------
    root
        The course's folder.
    week
        The week; all if None.
    console
        Where progress is shown, and what is wrong with the cache.
    force
        Audit all in full, changed or not.
    unsafe_no_sandbox
        Run candidates although nothing confines them.
    full
        How much is tried of a lesson that has changed.
    brief
        How much is tried of one that has not, if the engine has.

    Returns
    -------
    The rows of the week's exercises.

    Raises
    ------
    NothingToAudit
        When there is no such week.
    LessonError
        When a lesson that has changed cannot be read or built at all.
    NoSandbox
        When something must be audited and no sandbox is available.
    """
    everything = find_lessons(root)
    lessons = [lesson for lesson in everything if week in (None, lesson.week)]
    if not lessons:
        weeks = sorted({lesson.week for lesson in everything})
        raise NothingToAudit(
            f"{root / 'solutions'}: there is no lesson of {week or 'any week'}; there is: {', '.join(weeks)}."
        )
    known, warning = cache.read(root / CACHE)
    if warning:
        console.print(warning, soft_wrap=True)
    known.forget_others({exercise.name for lesson in everything for exercise in lesson.exercises})
    engine = digest_of_engine()
    of_lessons = {lesson.script: Key(digest_of_lesson(lesson, full), engine) for lesson in lessons}
    keys = {exercise.name: of_lessons[lesson.script] for lesson in lessons for exercise in lesson.exercises}
    earlier = {} if force else {name: row for name, key in keys.items() if (row := known.row(name, key.lesson))}
    rows = {name: row for name, row in earlier.items() if known.rows[name][0] == keys[name]}
    efforts = {name: brief if name in earlier else full for name in keys if name not in rows}
    if efforts:
        changed = [lesson for lesson in lessons if any(e.name in efforts for e in lesson.exercises)]
        allowed = unsafe_no_sandbox or unsafe_allowed(root)
        tier = tier_to_use(none_allowed=allowed, warn=lambda sentence: console.print(Text(sentence), soft_wrap=True))
        terms = Terms(Limits.of_course(root), FIXED_SECRET, tier)
        for audited in _audited(changed, efforts, terms, console):
            name = audited.exercise
            row = rows[name] = earlier[name].after(audited) if name in earlier else audited
            known.keep(keys[name], row)
    known.write()
    documented = {name: row for name, (_, row) in known.rows.items()} | rows
    order = [exercise.name for lesson in everything for exercise in lesson.exercises]
    report.write_document([documented[name] for name in order if name in documented], root / DOCUMENT)
    return Result([rows[name] for name in order if name in rows], frozenset(efforts))


def _audited(lessons: Sequence[Lesson], efforts: Mapping[str, Effort], terms: Terms, console: Console) -> Iterator[Row]:
    """The rows of these exercises, each as soon as it is finished."""
    with (
        tempfile.TemporaryDirectory(prefix="autograder-audit-") as folder,
        _pool(min(len(os.sched_getaffinity(0)), MOST_WORKERS)) as workers,
        _pool(1, quiet) as with_tensorflow,
    ):
        building: dict[Future[None], list[ExerciseAudit]] = {}
        for lesson in lessons:
            built = Path(folder, lesson.week, lesson.name)
            names = [exercise.name for exercise in lesson.exercises if exercise.name in efforts]
            audits = [ExerciseAudit(Material(lesson.script, built, name), efforts[name], terms) for name in names]
            building[workers.submit(build_material, lesson.script, built)] = audits
        with _progress(console, sum(len(audit.jobs) for audits in building.values() for audit in audits)) as step:
            looking: dict[Future[dict[int, Findings]], ExerciseAudit] = {}
            while building or looking:
                running: list[Future[Any]] = [*building, *looking]
                done, _ = wait(running, return_when=FIRST_COMPLETED)
                for future in done & building.keys():
                    future.result()
                    for audit in building.pop(future):
                        looking.update((workers.submit(job), audit) for job in audit.jobs)
                for future in done & looking.keys():
                    audit = looking.pop(future)
                    audit.add(future.result(), with_tensorflow)
                    step(audit.material.name)
                    if audit.finished:
                        yield audit.row()


@contextmanager
def _pool(workers: int, first: Callable[[], None] | None = None) -> Iterator[ProcessPoolExecutor]:
    """Processes that share nothing with this one: kernels are forked in some, TensorFlow is imported in another."""
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=first)
    try:
        yield pool
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def _progress(console: Console, total: int) -> Iterator[Callable[[str], None]]:
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("Auditing", total=total)
        yield lambda name: progress.update(task, advance=1, description=f"Auditing {name.replace('_', ' ')}")
