"""The parts of the audit by themselves: promises read, answers compared, numbers found in messages, answers made."""

from __future__ import annotations

import io
import re
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from rich.console import Console

from autograder.audit.cache import read
from autograder.audit.candidates import FULL, as_float32
from autograder.audit.columns import COLUMNS
from autograder.audit.columns.bad_input import promises
from autograder.audit.columns.messages import faults_of
from autograder.audit.columns.poison import poisoned
from autograder.audit.columns.reference import NOTHING, agreement, apart
from autograder.audit.material import Material
from autograder.audit.report import show
from autograder.audit.run import CACHE
from autograder.audit.trial import Draw
from autograder.authoring.build import build
from autograder.checks.plugin import CheckRun
from autograder.lessons.samples import materials
from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, Status
from autograder.wire.calls import Answer, Call, Request, write_arguments
from autograder.wire.values import leaves
from tests.support.course import ROOT, WEEK
from tests.support.small_course import SMALL, TABLES, SmallCourse, SmallLesson

STUBS = {
    cell.metadata.nbgrader.grade_id: cell.source
    for material in materials(ROOT, WEEK)
    for cell in material.release.cells
    if cell.metadata.get("nbgrader", {}).get("solution")
}
PROMISED = {
    "weighted_sum": 2,
    "sigmoid": 0,
    "neuron_output": 2,
    "two_neuron_forward": 0,
    "dense_forward": 4,
    "initialize_network": 2,
    "network_forward": 1,
    "count_parameters": 2,
    "quiz_neuron": 0,
}


@pytest.mark.parametrize("exercise", PROMISED)
def test_the_cases_in_which_a_docstring_promises_a_valueerror(exercise: str) -> None:
    assert len(promises(STUBS[exercise])) == PROMISED[exercise], promises(STUBS[exercise])


def test_promises_of_a_docstring_without_sections() -> None:
    assert promises('def f(x):\n    """Twice x; a ValueError when x is no row."""\n') == [
        "a ValueError when x is no row"
    ]
    assert promises('def f(x):\n    """Twice x."""\n') == []
    assert promises("answers = {}\n") == []


@pytest.mark.parametrize(
    ("got", "want", "off"),
    [
        (1.0, 1.0 + 1e-12, 1e-12),
        (np.float64(2.0), 2, 0.0),
        (3, 4, 0.25),
        (np.array([1.0, 2.0]), np.array([1.0, 2.0 + 2e-8]), 1e-8),
        ({"a": 1.0}, {"a": 2.0}, 0.5),
        ([np.zeros(2)], (np.zeros(2),), 0.0),
        (7e-218, 0.0, 0.0),
        (NOTHING / 2, -NOTHING / 2, 0.0),
        ("CNN", "CNN", 0.0),
        ("CNN", "RNN", np.inf),
        ({"a": 1.0}, {"b": 1.0}, np.inf),
        ([1.0], [1.0, 2.0], np.inf),
        (np.zeros(3), np.zeros((3, 1)), np.inf),
        (float("nan"), 1.0, np.inf),
        (float("nan"), float("nan"), 0.0),
        (None, 1.0, np.inf),
    ],
)
def test_how_far_two_answers_are_apart(got: object, want: object, off: float) -> None:
    assert apart(got, want) == pytest.approx(off, rel=1e-3)


def test_a_lesson_without_oracles_is_told(tmp_path: Path) -> None:
    (line,) = agreement(tmp_path / "oracles.py", "doubled", {}).shortfalls
    assert line == "there is no oracles.py beside the lesson, and so no oracle"


class Right:
    """A reference that answers 226 to everything."""

    def answer(self, call: Call) -> Answer:
        return Answer("value", 226)


def draw(*messages: str, x: object = 0.12345) -> Draw:
    """A failed draw whose hidden check was called with `x` and says these messages."""
    call = Call(Request.of("f", x), Answer("value", 1))
    checks = tuple(CheckResult("Hidden.", True, False, 1.0, message) for message in messages)
    run = CheckRun("hidden::test", "f", "Hidden.", True, 1.0, calls=(call,))
    return Draw(ExerciseVerdict("f", Status.FAILED, 0.0, 1.0, message=messages[0], checks=checks), (run,))


SHOWN = ["It is 0.12345.", "It is about 0.12.", "Expected 226.", "Expected 226!", "(0.1235)", "not 1.2345e-1"]
KEPT = ["It has 2 dimensions.", "It is 0.13.", "It is 226.5.", "layer_226 is wrong", "A number of 60 digits."]


@pytest.mark.parametrize("message", SHOWN)
def test_a_hidden_number_in_a_message_is_found(message: str) -> None:
    (line,) = faults_of([draw(message)], Right(), "def f(x): ...")
    assert line.startswith("a message shows the hidden number ")


TABLE = pd.DataFrame({"name": ["a", "b"], "size": [0.5, 0.12345]})


@pytest.mark.parametrize("x", [TABLE, TABLE["size"], [TABLE], {0.12345}, {"x": (1, 0.12345)}])
def test_a_hidden_number_is_found_in_every_kind_of_value(x: object) -> None:
    (line,) = faults_of([draw("It is 0.12345.", x=x)], Right(), "def f(x): ...")
    assert line.startswith("a message shows the hidden number 0.12345")


@pytest.mark.parametrize("message", KEPT)
def test_other_numbers_in_a_message_are_not_taken_for_hidden_ones(message: str) -> None:
    assert faults_of([draw(message, x=[2, 0.12345])], Right(), "def f(x): ...") == []


def test_small_numbers_are_hidden_ones_where_they_change_from_draw_to_draw() -> None:
    assert faults_of([draw("It is 3.", x=3), draw("It is 3.", x=3)], Right(), "") == []
    assert faults_of([draw("It is 3.", x=3), draw("It is 4.", x=4)], Right(), "") != []


def test_numbers_of_the_stub_are_no_secret() -> None:
    assert faults_of([draw("It lies below 0.12345.")], Right(), "def f(x):\n    'Above 0.12345.'") == []


def test_a_message_of_sixty_words_is_too_long_and_code_is_no_word() -> None:
    assert faults_of([draw("word " * 59 + "f(x_1) [0.5, 2.25] 17")], Right(), "") == []
    assert (
        faults_of([draw("word " * 59 + "`if x is none`\nThe call:\nexample = (\n    'a text',\n)")], Right(), "") == []
    )
    (line,) = faults_of([draw("word " * 60)], Right(), "")
    assert line.startswith("a message has 60 words: “word")


def answer_of(poison: str, *args: object) -> tuple[object, tuple[object, ...]]:
    """What a poisoned `f` returns, and the arguments afterwards."""
    world: dict[str, object] = {"np": np}
    exec(
        "def f(x, y=None):\n    return {'a': x * 2.0, 'n': 3, 't': 'text'}\n" + poisoned("f", poison),
        world,
    )
    function = world["f"]
    assert callable(function)
    return function(*args), args


def test_zeros_and_nans_keep_the_form_of_the_right_answer() -> None:
    zeros, _ = answer_of("zeros of the right shape", np.ones((2, 3)))
    assert isinstance(zeros, dict)
    assert zeros["a"].tolist() == [[0.0] * 3] * 2
    assert (zeros["n"], zeros["t"]) == (0, "")
    nans, _ = answer_of("nan in every place", 1.0)
    assert isinstance(nans, dict)
    assert np.isnan(nans["a"])


def test_zeros_and_nans_keep_the_form_of_a_table() -> None:
    zeros, _ = answer_of("zeros of the right shape", TABLE["size"])
    assert isinstance(zeros, dict)
    assert zeros["a"].tolist() == [0.0, 0.0]
    nans, _ = answer_of("nan in every place", pd.DataFrame({"size": [0.5], "weight": [2.5]}))
    assert isinstance(nans, dict)
    assert list(nans["a"].columns) == ["size", "weight"]
    assert np.isnan(nans["a"].to_numpy()).all()


@pytest.mark.parametrize("lesson", [SMALL, TABLES])
def test_answers_that_hold_floats_are_tried_as_float32_too(lesson: SmallLesson, tmp_path: Path) -> None:
    SmallCourse(tmp_path, (lesson,))
    build(tmp_path)
    material = Material(tmp_path / "solutions" / lesson.week / lesson.name / "lesson.py", tmp_path, "doubled")
    columns = [c.column for column in COLUMNS for c in column.candidates(material, FULL) if c.single]
    assert (columns.count("also-correct"), columns.count("misconceptions")) == (2, 3)


@pytest.mark.parametrize("answer", ["{0: (1.5, [x])}", "pd.Series([1.5])", "pd.DataFrame({'a': [1.5], 'b': ['text']})"])
def test_every_float_of_an_answer_is_given_as_float32(answer: str) -> None:
    world: dict[str, Any] = {"np": np, "pd": pd}
    exec(f"def f(x):\n    return {answer}\n" + as_float32("f"), world)
    floats = [np.asarray(leaf).dtype for leaf in leaves(world["f"](np.array([2.5]))) if not isinstance(leaf, str)]
    assert set(floats) == {np.dtype("float32")}


@pytest.mark.parametrize(
    "value",
    [np.ones(3), np.array(1.0), [1, 2], [{"W": np.ones((2, 2))}], {"w": np.array(1.0)}, np.array([1, 2]), {"a": 1}, {1, 2}, ["a"],
     pd.DataFrame({"a": ["b"], "c": [1.0]}), pd.DataFrame({"a": [True], "b": [1]}), pd.Series([1, 2])],
)  # fmt: skip
def test_an_argument_is_changed_in_place_and_the_answer_is_right(value: object) -> None:
    before = write_arguments((value,), {})
    world: dict[str, object] = {}
    exec("def f(x):\n    return 5\n" + poisoned("f", "changes an argument"), world)
    function = world["f"]
    assert callable(function)
    assert function(value) == 5
    assert write_arguments((value,), {}) != before


def test_the_table_fits_a_terminal_of_120_characters() -> None:
    known, _ = read(ROOT / CACHE)
    console = Console(file=io.StringIO(), width=120)
    show([row for _, row in known.rows.values()], console)
    assert isinstance(console.file, io.StringIO)
    printed = console.file.getvalue()
    for column in COLUMNS:
        for word in column.name.split():
            assert re.search(rf"(?<!\S){word}(?!\S)", printed), word
