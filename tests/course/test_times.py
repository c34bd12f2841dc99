"""Each lesson's first cell states how long it takes: the sum that the author's guide asks for."""

from __future__ import annotations

import pytest

from autograder.authoring.reading_time import reading_time, stated_minutes, wrong_time
from autograder.lessons.course import Lesson, find_lessons
from tests.support.course import ROOT

MOST_WORDS = 4_000
ONE_SITTING = 75


@pytest.mark.parametrize("lesson", find_lessons(ROOT), ids=lambda lesson: lesson.name)
def test_a_lesson_states_the_time_it_takes_and_long_ones_have_a_place_to_stop(lesson: Lesson) -> None:
    time = reading_time(lesson)
    assert stated_minutes(lesson)
    assert wrong_time(lesson) == ""
    assert time.words <= MOST_WORDS
    prose = [cell.source for cell in lesson.notebook().cells if cell.cell_type == "markdown"]
    assert time.minutes <= ONE_SITTING or any("**A good place to stop.**" in text for text in prose)
