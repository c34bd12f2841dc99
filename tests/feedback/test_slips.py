"""The slips are wrong, there are enough of them, and the pages list all; `make feedback` tries them in full."""

from __future__ import annotations

from collections import Counter

import pytest

from autograder.checks.plugin import RunChecks
from autograder.checks.run import with_checks
from autograder.student.recorded import recorded
from autograder.verdicts.verdict import Status
from tests.feedback.judged import FOLDER, file_of, read_judged
from tests.feedback.page import OVERVIEW, fingerprints, overview, page_of
from tests.feedback.slips import ALL_SLIPS, BY_LESSON
from tests.feedback.trying import Lessons, verdict_here

# More than the pages that show it can show.
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


@pytest.mark.parametrize("lesson", [lesson for lesson in BY_LESSON if BY_LESSON[lesson]])
def test_a_page_lists_every_slip_of_its_lesson(lesson: str) -> None:
    text = page_of(lesson).read_text(encoding="utf-8")
    assert list(fingerprints(text)) == [slip.key for slip in BY_LESSON[lesson]]
    assert len(text.encode()) < MOST_BYTES


def test_the_overview_has_the_counts_of_the_pages() -> None:
    pages = {lesson: page_of(lesson).read_text(encoding="utf-8") for lesson in BY_LESSON if BY_LESSON[lesson]}
    assert OVERVIEW.read_text(encoding="utf-8") == overview(pages)


def test_only_slips_are_judged() -> None:
    judged = {path: set(read_judged(path)) for path in FOLDER.iterdir()}
    known = {file_of(lesson): {slip.key for slip in slips} for lesson, slips in BY_LESSON.items()}
    assert judged
    assert {path: keys - known[path] for path, keys in judged.items() if keys - known[path]} == {}


@pytest.mark.parametrize("exercise", dict.fromkeys(slip.exercise for slip in ALL_SLIPS))
def test_no_slip_passes_unless_it_says_so(exercise: str, lessons: Lessons) -> None:
    slips = [slip for slip in ALL_SLIPS if slip.exercise == exercise]
    passing: dict[str, bool] = {}

    def work(checks: RunChecks) -> None:
        passing.update({slip.key: verdict_here(slip, lessons, checks).status is Status.PASSED for slip in slips})

    with_checks([recorded(exercise).checks_file], work)
    assert passing == {slip.key: slip.passes for slip in slips}
