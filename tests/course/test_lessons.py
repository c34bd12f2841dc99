"""What holds for every lesson and runs no notebook: untouched work is not attempted, stand-ins are never right."""

from __future__ import annotations

import nbformat
import numpy as np
import pytest

from autograder.authoring.soundness import Candidate
from autograder.checks.compare import agrees
from autograder.intake.rebuild import rebuild
from autograder.intake.rebuilding import UNTOUCHED
from autograder.lessons.answers import stand_ins_in
from autograder.lessons.course import Lesson, find_lessons
from autograder.lessons.reference import References
from autograder.limits import Limits
from autograder.wire.answering import answer_call, standing_in
from autograder.wire.values import mapped
from tests.support.course import ROOT

LESSONS = find_lessons(ROOT)
STAND_INS = [(lesson, name) for lesson in LESSONS for name in stand_ins_in(lesson.wrong_answers())]


@pytest.mark.parametrize("lesson", LESSONS, ids=lambda lesson: lesson.name)
def test_what_is_handed_in_as_it_was_released_is_not_attempted(lesson: Lesson) -> None:
    notebook, script = (
        ROOT / tree / lesson.week / f"{lesson.name}{ending}"
        for tree, ending in (("release", ".ipynb"), ("assignments", ".py"))
    )
    release = nbformat.read(notebook, as_version=4)
    for handed_in in (notebook, script):
        result = rebuild(handed_in, release, Limits())
        assert result.not_attempted == {exercise.name: UNTOUCHED for exercise in lesson.exercises}
        assert (result.findings, result.ungradable) == ([], "")


@pytest.mark.parametrize(("lesson", "name"), STAND_INS, ids=lambda value: getattr(value, "name", value))
def test_a_stand_in_refuses_what_the_model_answer_refuses_and_is_never_right(lesson: Lesson, name: str) -> None:
    references = References(lesson)
    world: dict[str, object] = {}
    tried = 0
    with standing_in(world, {name: stand_ins_in(lesson.wrong_answers())[name]}):
        for run in Candidate(lesson, references, lesson.exercise(name), references.namespace[name]).runs():
            for call in run.calls:
                right, other = references.answer(call), answer_call(world, call.request)
                assert (right.outcome, right.error_names) == (other.outcome, other.error_names)
                assert right.outcome == "error" or not agrees(other.value, right.value)
                assert mapped(other.value, np.shape) == mapped(right.value, np.shape)
                tried += 1
    assert tried > 5
