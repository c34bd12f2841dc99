"""A slip that the code shows is reported of wrong answers, once, with its line where values are shown."""

from __future__ import annotations

from functools import partial
from typing import Any

import numpy as np
import pytest

from autograder.checks.assertions import assert_matches, assert_raises_value_error
from autograder.checks.judge import judge
from autograder.checks.mismatch import Mismatch
from autograder.checks.plugin import CheckRun
from autograder.checks.submission import Functions, take_calls
from autograder.verdicts.verdict import ExerciseVerdict
from autograder.wire.answering import answer_call
from tests.checks.test_relations import Exercise, Right
from tests.support.in_process import run_as_cell

FIRST_ROUND = "def f(x):\n    total = 0.0\n    for n in x:\n        total += n\n        return total"
ENDS = "This `return` stands inside the loop"
ALWAYS = "def f(x):\n    return np.sum(x) + (1.0 if x[0] == 5 or 6 else 0.0)"
PRINTED = "def f(x):\n    if len(x) > 3:\n        print(ValueError())\n    return float(np.sum(x))"
ROWS = [np.array([1.25, 2.5, -3.75]), np.array([0.5, 8.25]), np.array([7.5, 1.125, 2.0])]


def total(x: Any) -> float:
    if len(x) > 3:
        raise ValueError
    return float(np.sum(x))


def verdict(source: str, *, hidden: bool = False, refused: bool = False) -> ExerciseVerdict:
    """The verdict on a cell by one check for each row, and one with a row that must be refused."""
    world: dict[str, Any] = {"np": np}
    run_as_cell(source, world)
    functions = Functions(partial(answer_call, world))
    tests = [partial(assert_matches, functions.f, Right(total), x) for x in ROWS]
    tests += [partial(assert_raises_value_error, functions.f, np.ones(4), why="it is long")] if refused else []
    runs = []
    for number, test in enumerate(tests):
        words = detail = ""
        compared = False
        try:
            test()
        except Mismatch as mismatch:
            words, detail, compared = mismatch.words, mismatch.detail, mismatch.compared
        calls = tuple(take_calls(functions))
        passed = not words
        run = CheckRun(f"check::{number}", "f", f"{number}.", hidden, 1.0, passed, words, detail, compared, calls=calls)
        runs.append(run)
    return judge(Exercise(), runs, [], Right(total))


@pytest.mark.parametrize(("source", "words"), [(FIRST_ROUND, ENDS), (ALWAYS, "counts as true")])
def test_it_is_said_once_with_its_line_and_of_hidden_checks_without(source: str, words: str) -> None:
    messages = [check.message for check in verdict(source).checks]
    assert [words in message for message in messages] == [True, False, False]
    assert f"of its cell is `{source.splitlines()[-1].strip()}`. " in messages[0]
    hidden = [check.message for check in verdict(source, hidden=True).checks]
    assert [words in message for message in hidden] == [True, False, False]
    assert "`return total`" not in hidden[0]
    assert "5 or 6" not in hidden[0]


def test_a_right_answer_hears_nothing_of_it() -> None:
    right = "def f(x):\n    for n in x:\n        return float(np.sum(x))"
    assert {check.message for check in verdict(right).checks} == {""}


def test_an_error_that_is_printed_is_spoken_of_where_it_should_be_raised() -> None:
    messages = [check.message for check in verdict(PRINTED, refused=True).checks]
    assert messages[:3] == ["", "", ""]
    assert "A ValueError was expected: it is long." in messages[3]
    assert "Line 3 of its cell is `print(ValueError())`. An error is made here, but not raised" in messages[3]
    wrong = PRINTED.replace("np.sum(x)", "np.sum(x) + 1")
    messages = [check.message for check in verdict(wrong, refused=True).checks]
    assert ["not raised" in message for message in messages] == [False, False, False, True]
