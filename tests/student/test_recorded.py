"""A record serves a course wherever its folder is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.student.check import verdict_in
from autograder.student.recorded import UnknownExercise, recorded
from autograder.verdicts.verdict import Status


def test_a_course_elsewhere_has_its_own_exercises(small_course: Path) -> None:
    folder = small_course / "autograder" / "course"
    assert recorded("doubled", folder).name == "doubled"
    with pytest.raises(UnknownExercise, match="doubled"):
        recorded("relu_of_another_course", folder)
    with pytest.raises(UnknownExercise):
        recorded("doubled")


@pytest.mark.parametrize(("factor", "status"), [(2.0, Status.PASSED), (3.0, Status.FAILED)])
def test_answers_are_judged_by_the_records_of_that_course(small_course: Path, factor: float, status: Status) -> None:
    def doubled(x: np.ndarray) -> np.ndarray:
        if np.ndim(x) != 1:
            raise ValueError
        return factor * x

    folder = small_course / "autograder" / "course"
    assert verdict_in({"doubled": doubled}, "doubled", course=folder).status is status
