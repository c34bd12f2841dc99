"""The record of the public checks has answers of ten digits, the same on every machine."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring.build import build
from autograder.wire.calls import Answer
from autograder.wire.document import loads
from autograder.wire.values import numbers
from tests.support.small_course import SMALL, TABLES, SmallCourse, SmallLesson


@pytest.mark.parametrize("lesson", [SMALL, TABLES])
def test_recorded_numbers_have_ten_digits_in_arrays_and_tables(lesson: SmallLesson, tmp_path: Path) -> None:
    SmallCourse(tmp_path, (lesson.but("public", "1.5, -3.0, 4.0", "1 / 3, -3.0, 4.0"),))
    build(tmp_path)
    text = (tmp_path / "autograder" / "course" / lesson.week / lesson.name / "record.json").read_text(encoding="utf-8")
    (check,) = json.loads(text)["exercises"]["doubled"]["checks"].values()
    (call,) = check["calls"]
    right, squared, *_ = [Answer.from_text(answer).value for answer in (call["right"], *call["wrong"])]
    assert list(numbers(right)) == [0.6666666667, -6.0, 8.0]
    assert list(numbers(squared)) == [0.1111111111, 9.0, 16.0]
    assert [np.asarray(Answer.from_text(text).value).size for text in check["reference"]] == [3]


def test_the_right_answers_to_a_call_with_other_arguments_are_recorded_too(tmp_path: Path) -> None:
    SmallCourse(tmp_path, (SMALL,))
    build(tmp_path)
    text = (tmp_path / "autograder" / "course" / SMALL.week / SMALL.name / "record.json").read_text(encoding="utf-8")
    (check,) = json.loads(text)["exercises"]["doubled"]["checks"].values()
    (call,) = check["calls"]
    right = np.asarray(Answer.from_text(call["right"]).value)
    varied = {name: np.asarray(loads(text)) for name, text in call["varied"].items()}
    assert list(varied["without last: x"]) == list(right[:-1])
    assert list(varied["first: x"]) == list(right[:1])
    assert all(not np.array_equal(value, right) for value in varied.values())


SYMPTOMS = """

from autograder.checks.symptoms import warned


@misconception("doubled", hint="Nothing is zero.", symptom=[warned("UserWarning")])
def warning(x):
    import warnings
    warnings.warn("odd")
    return refused(x) * 7.0


def looks_tenfold(calls):
    return bool(np.all(calls[0].value == 10 * calls[0].arguments[0]))


@misconception("doubled", hint="That is a zero too many.", symptom=looks_tenfold)
def tenfold(x):
    return refused(x) * 10.0
"""


def test_a_symptom_is_recorded_as_data_and_one_that_is_code_is_not(tmp_path: Path) -> None:
    lesson = SMALL.and_("misconceptions", SYMPTOMS)
    SmallCourse(tmp_path, (lesson,))
    build(tmp_path)
    text = (tmp_path / "autograder" / "course" / lesson.week / lesson.name / "record.json").read_text(encoding="utf-8")
    exercise = json.loads(text)["exercises"]["doubled"]
    recorded = {mistake["name"]: mistake["symptom"] for mistake in exercise["misconceptions"]}
    assert recorded == {
        **dict.fromkeys(["squared", "tripled", "two added"]),
        "warning": [{"predicate": "warned", "parameters": ["UserWarning"], "absent": False}],
    }
    for check in exercise["checks"].values():
        for call in check["calls"]:
            assert [answer is None for answer in call["wrong"]] == [False, False, False, True]
    assert "tenfold" not in text
    assert "zero too many" not in text
