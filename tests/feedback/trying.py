"""Tries a slip twice, live and graded, and puts into text what a student reads."""

from __future__ import annotations

import contextlib
import hashlib
import io
import linecache
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

import numpy as np

from autograder.checks.plugin import RunChecks
from autograder.lessons.course import find_lessons
from autograder.lessons.samples import Material, materials
from autograder.student.check import verdict_in
from autograder.verdicts import panel
from autograder.verdicts.verdict import ExerciseVerdict
from tests.feedback.graded import graded, terms_of_course
from tests.feedback.live import LiveNotebooks, LiveSession
from tests.feedback.slip import Slip
from tests.support.course import ROOT

# A syntax error names the cell by a number that says nothing.
FILE_OF_CELL = re.compile(r"\(\d+\.py, line")
# Kernels at a time: a kernel takes most of the time, part of which it waits.
LIVE_KERNELS = 3


@dataclass(frozen=True)
class Words:
    """What a slip gets: in the notebook, and when graded."""

    live: str
    graded: str

    @property
    def fingerprint(self) -> str:
        """A few letters that change with the words, but not with the length of a stub."""
        words = re.sub(r"\bline \d+", "line", f"{self.live}\n{self.graded}")
        return hashlib.sha256(words.encode()).hexdigest()[:8]


class Lessons:
    """The course's notebooks, by the exercises in them."""

    def __init__(self) -> None:
        weeks = sorted({lesson.week for lesson in find_lessons(ROOT)})
        course = [material for week in weeks for material in materials(ROOT, week)]
        self._materials = {exercise.name: material for material in course for exercise in material.lesson.exercises}
        self._stubs = {
            cell.metadata.nbgrader.grade_id: str(cell.source)
            for material in course
            for cell in material.release.cells
            if cell.metadata.get("nbgrader", {}).get("solution")
        }

    @property
    def exercises(self) -> list[str]:
        """The names of all exercises."""
        return list(self._materials)

    def material(self, exercise: str) -> Material:
        """What submissions to the exercise's lesson are made of."""
        return self._materials[exercise]

    def stub(self, exercise: str) -> str:
        """The exercise's cell, as released."""
        return self._stubs[exercise]

    def handed_in(self, slip: Slip) -> dict[str, str]:
        """The texts of the cells that are not as they should be, by exercise."""
        return {
            name: typed.cell(self.stub(name)) for name, typed in {**slip.earlier, slip.exercise: slip.typed}.items()
        }

    def above(self, slip: Slip) -> Iterator[str]:
        """The code of the cells above the exercise that a student has run: setup and answers, and demos if so."""
        texts = {**self.material(slip.exercise).answers, **self.handed_in(slip)}
        first = True
        for cell in self.material(slip.exercise).release.cells:
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("grade_id") == slip.exercise:
                return
            if cell.cell_type == "code" and not mark.get("grade") and (first or mark or slip.demos):
                yield texts.get(mark.get("grade_id", ""), cell.source)
                first = False


def tried(slips: Sequence[Slip], lessons: Lessons) -> Iterator[tuple[Slip, Words]]:
    """Each slip with the words that it gets."""
    terms = terms_of_course()
    notebooks = LiveNotebooks()
    pool = ThreadPoolExecutor(LIVE_KERNELS)
    try:
        live = [pool.submit(_live, slip, lessons, notebooks) for slip in slips]
        for slip, words in zip(slips, live, strict=True):
            verdict = graded(lessons.material(slip.exercise), slip.exercise, lessons.handed_in(slip), terms)
            shown = words.result()
            yield slip, Words(shown, _graded_words(verdict, shown))
    finally:
        pool.shutdown(cancel_futures=True)


def tried_here(slips: Sequence[Slip], lessons: Lessons) -> Iterator[tuple[Slip, Words]]:
    """Each slip with the words of its public checks, run in this process: what only a notebook knows is missing."""
    for slip in slips:
        lines = panel.as_text(verdict_here(slip, lessons)).rstrip().split("\n")
        yield slip, Words("\n".join(_without_passed(lines)), "not tried")


def verdict_here(slip: Slip, lessons: Lessons, checks: RunChecks | None = None) -> ExerciseVerdict:
    """The verdict of the public checks in a namespace in which the cells were run."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), np.errstate():
        for number, code in enumerate([*lessons.above(slip), *slip.cells(lessons.stub(slip.exercise))]):
            _run(code, f"<cell {number} of {slip.key}>", namespace)
        return verdict_in(namespace, slip.exercise, checks)


def _run(code: str, name: str, namespace: dict[str, Any]) -> None:
    """Run a cell as a notebook does, with its text at hand; a cell may fail."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    with contextlib.suppress(Exception):
        exec(compile(code, name, "exec"), namespace)


def _live(slip: Slip, lessons: Lessons, notebooks: LiveNotebooks) -> str:
    with notebooks.session() as session:
        for code in lessons.above(slip):
            session.run(code)
        return _live_words(slip, lessons.stub(slip.exercise), session)


def _live_words(slip: Slip, stub: str, session: LiveSession) -> str:
    lines = []
    for number, code in enumerate(slip.cells(stub)):
        shown = session.run(code)
        if shown.error:
            lines.append(f"(Python, under the cell) {FILE_OF_CELL.sub('(line', shown.error)}")
        if shown.printed and number == len(slip.before):
            lines.append(f"(printed by the cell) {shown.printed.strip()}")
    shown = session.run(f'check("{slip.exercise}")')
    lines += [f"({shown.error})"] if shown.error else []
    lines += [f"(printed by check) {shown.printed.strip()}"] if shown.printed else []
    return "\n".join([*lines, *_without_passed(shown.displayed.rstrip().split("\n"))])


def _without_passed(lines: Sequence[str]) -> Iterator[str]:
    """A panel's lines without those of checks that passed."""
    return (line for line in lines if not re.match(r" *✓", line))


def _graded_words(verdict: ExerciseVerdict, live: str) -> str:
    """What the graded cell says: its heading, and its sentences if the live panel has not said all of them."""
    heading, *sentences = _divisions(panel.as_panel(verdict, graded=True))
    if sentences and all(_without_counts(sentence) in _without_counts(live) for sentence in sentences):
        return f"{heading}, in the same words"
    return "\n".join([heading, *(f"  {sentence}" for sentence in sentences)])


def _without_counts(text: str) -> str:
    """A text without what differs because a grade has more checks: how many are alike, and the call that is shown."""
    return " ".join(re.sub(r"\(The same for \d+ other checks?\.\)|The (last )?call: .*", "", text).split())


class _Divisions(HTMLParser):
    """Collects the texts of a panel's blocks, without lists of checks, and of what is folded the hint alone."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._skipping: list[str] = []
        self._summary = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag in ("ul", "details", "summary"):
            self._skipping.append(tag)
        if tag == "summary":
            self._summary = ""
        if tag in ("h4", "div", "p"):
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ul", "details", "summary"):
            self._skipping.remove(tag)

    def handle_data(self, data: str) -> None:
        if "summary" in self._skipping:
            self._summary += data
        elif self.texts and (not self._skipping or self._summary == panel.SHOW_HINT):
            self.texts[-1] += data


def _divisions(html: str) -> list[str]:
    parser = _Divisions()
    parser.feed(html)
    return [text for text in parser.texts if text.strip()]
