"""References and misconceptions are asked once for each call while their answers are remembered."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from autograder.authoring.soundness import check_lesson
from autograder.lessons.answers import Misconception
from autograder.lessons.memory import answers_remembered
from autograder.lessons.reference import References
from autograder.wire.calls import Answer, Call, Request
from tests.support.small_course import SMALL


class Counting:
    """A wrong answer that counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, x: float) -> float:
        self.asked += 1
        return 3 * x


def test_one_call_is_asked_once_of_each_within_and_every_time_outside() -> None:
    counts = Counting(), Counting()
    one, other = (Misconception(f"tripled {n}", "doubled", "", count) for n, count in enumerate(counts))
    calls = [Call(Request.of("doubled", x), Answer("value")) for x in (1.0, 2.0)]
    for _ in range(2):
        with answers_remembered():
            answers = [mistake.answer(call).value for mistake in (one, other, one) for call in calls]
        assert answers == [3.0, 6.0] * 3
    assert [count.asked for count in counts] == [4, 4]
    one.answer(calls[0])
    one.answer(calls[0])
    assert counts[0].asked == 6


def test_a_check_that_changes_an_answer_changes_no_other(tmp_path: Path) -> None:
    references = References(SMALL.read(tmp_path))
    x = np.array([1.0, 2.0])
    with answers_remembered():
        references.doubled(x)[0] = 9.0
        assert list(references.doubled(x)) == [2.0, 4.0]


def test_a_stand_in_is_not_taken_for_the_function_itself(tmp_path: Path) -> None:
    references = References(SMALL.read(tmp_path))
    stand_in = "def doubled(x):\n    return x + 9.0\n"
    x = np.array([1.0])
    with answers_remembered():
        answers = [references.doubled.ask_over(over, x).value[0] for over in ({}, {"doubled": stand_in}, {})]
    assert answers == [2.0, 10.0, 2.0]


def test_twice_as_many_misconceptions_take_twice_as_many_calls(tmp_path: Path) -> None:
    counted = SMALL.but("misconceptions", "def refused(x):\n", "CALLS = []\n\n\ndef refused(x):\n    CALLS.append(x)\n")
    calls = []
    for many in (20, 40):
        planted = "".join(
            f'\n\n@misconception("doubled", hint="Look.")\ndef planted_{n}(x):\n    return refused(x) * {n + 4.0}\n'
            for n in range(many)
        )
        lesson = counted.and_("misconceptions", planted).read(tmp_path / str(many))
        check_lesson(lesson)
        calls.append(len(lesson.wrong_answers().CALLS))
    assert calls[1] < 2.1 * calls[0]
