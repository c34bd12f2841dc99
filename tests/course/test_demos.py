"""The lessons' demos: none is needed to grade the model answers, so that no grade waits for a picture."""

from __future__ import annotations

import pytest

from autograder.authoring.demos import check_demos
from autograder.grading.needed import cells_needed, code_cells
from autograder.lessons.course import find_lessons
from autograder.lessons.samples import materials
from tests.support.course import ROOT

WEEKS = sorted({lesson.week for lesson in find_lessons(ROOT)})


@pytest.mark.parametrize("week", WEEKS)
def test_no_demo_is_needed_to_grade_the_model_answers(week: str) -> None:
    for material in materials(ROOT, week):
        check_demos(material.lesson)
        cells = material.notebook(material.answers).cells
        needed = cells_needed(cells, material.lesson.exercises)
        unmarked = [cells[number].source for number in needed if not cells[number].metadata.get("nbgrader")]
        assert len(unmarked) == 1, f"{material.lesson.name}: {unmarked}"  # the setup
        assert len(needed) < len(code_cells(cells))
