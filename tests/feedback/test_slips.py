"""The slips are wrong, there are enough of them, and docs/feedback.md lists all; `make feedback` tries them in full."""

from __future__ import annotations

import io
import linecache
from collections import Counter
from contextlib import redirect_stderr, redirect_stdout
from typing import Any

import numpy as np
import pytest

from autograder.student.check import verdict_in
from autograder.verdicts.verdict import Status
from tests.feedback.judged import FILE, read_judged
from tests.feedback.page import PAGE, fingerprints
from tests.feedback.slip import Slip
from tests.feedback.slips import ALL_SLIPS
from tests.feedback.trying import Lessons

MOST_BYTES = 400_000


@pytest.fixture(scope="module")
def lessons() -> Lessons:
    return Lessons()


def test_two_slips_never_share_a_key() -> None:
    assert [key for key, times in Counter(slip.key for slip in ALL_SLIPS).items() if times > 1] == []


def test_every_exercise_has_a_dozen_slips(lessons: Lessons) -> None:
    slips = Counter(slip.exercise for slip in ALL_SLIPS)
    assert {name: slips[name] for name in lessons.exercises if slips[name] < 12} == {}
    assert set(slips) <= set(lessons.exercises)


def test_the_page_lists_every_slip() -> None:
    assert list(fingerprints(PAGE.read_text(encoding="utf-8"))) == [slip.key for slip in ALL_SLIPS]
    assert PAGE.stat().st_size < MOST_BYTES


def test_only_slips_are_judged() -> None:
    assert FILE.exists()
    assert set(read_judged()) <= {slip.key for slip in ALL_SLIPS}


@pytest.mark.parametrize("exercise", dict.fromkeys(slip.exercise for slip in ALL_SLIPS))
def test_no_slip_passes_unless_it_says_so(exercise: str, lessons: Lessons) -> None:
    passing = {slip.key: _passes(slip, lessons) for slip in ALL_SLIPS if slip.exercise == exercise}
    assert passing == {slip.key: slip.passes for slip in ALL_SLIPS if slip.exercise == exercise}


def _passes(slip: Slip, lessons: Lessons) -> bool:
    """Whether the public checks pass in a notebook in which the cells were run."""
    namespace: dict[str, Any] = {"__name__": "__main__"}
    with redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()), np.errstate():
        for number, code in enumerate([*lessons.above(slip), *slip.cells(lessons.stub(slip.exercise))]):
            _run(code, f"<cell {number} of {slip.key}>", namespace)
        return verdict_in(namespace, slip.exercise).status is Status.PASSED


def _run(code: str, name: str, namespace: dict[str, Any]) -> None:
    """Run a cell as a notebook does, with its text at hand; a cell may fail."""
    linecache.cache[name] = (len(code), None, code.splitlines(keepends=True), name)
    try:
        exec(compile(code, name, "exec"), namespace)
    except Exception:
        return
