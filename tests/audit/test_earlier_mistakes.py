"""The audit finds an exercise in which a mistake in an earlier one gains points, or costs some."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.audit.candidates import FULL
from autograder.audit.columns.earlier_mistakes import EarlierMistakes
from autograder.audit.material import Material
from autograder.authoring.build import build
from tests.support.building_on import A_MISTAKE, BUILDING, REFUSING, ZEROS
from tests.support.small_course import SmallCourse, SmallLesson


def material(folder: Path, lesson: SmallLesson, exercise: str = "summed") -> Material:
    """What the audit tries an exercise with."""
    SmallCourse(folder, (lesson,))
    build(folder)
    return Material(folder / "solutions" / lesson.week / lesson.name / "lesson.py", folder, exercise)


def test_a_sound_exercise_holds_over_every_mistake(tmp_path: Path) -> None:
    finding = EarlierMistakes().in_process(material(tmp_path, BUILDING), FULL)
    assert finding is not None
    assert finding.shortfalls == []
    assert finding.counts["hold"] == finding.counts["pairs"] > 20


@pytest.mark.parametrize(
    ("lesson", "line"),
    [
        (ZEROS, r"“zeros of the right shape” passes “More sums. \(4\)”, which it fails over right .*: over doubled “left blank”"),
        (ZEROS, r"“returns 0.0” passes “The sum of three numbers.”"),
        (A_MISTAKE, r"“tripled” \(sum_of_the_tripled\) passes “More sums. \(4\)”, .*: over doubled “left blank”"),
        (A_MISTAKE, r"the model answer with doubled “tripled” \(tripled\) of its own passes “More sums. \(4\)”"),
        (REFUSING, r"the model answer fails “More sums. \(4\)”: over doubled “squared” \(squared\) and 3 others"),
    ],
    ids=["zeros", "0.0", "the same mistake again", "a mistake of its own", "a right answer that loses"],
)  # fmt: skip
def test_a_stand_in_that_gives_points_away_or_takes_some_is_found(
    tmp_path: Path, lesson: SmallLesson, line: str
) -> None:
    finding = EarlierMistakes().in_process(material(tmp_path, lesson), FULL)
    assert finding is not None
    assert any(re.match(line, shortfall) for shortfall in finding.shortfalls), finding.shortfalls
    assert finding.counts["hold"] < finding.counts["pairs"]


def test_an_exercise_that_builds_on_nothing_has_no_figures(tmp_path: Path) -> None:
    first = material(tmp_path, BUILDING, "doubled")
    column = EarlierMistakes()
    assert column.in_process(first, FULL) is None
    cell = column.cell([])
    assert (cell.figures, cell.remarks) == ("–", ("it builds on no other exercise",))
