"""A misconception is named if it alone explains the answers, in any dtype, and no passing check contradicts it."""

from __future__ import annotations

import types
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pandas as pd
import pytest

from autograder.checks.compare import same_answer
from autograder.checks.diagnosis import diagnose, seen_in
from autograder.lessons.answers import (
    Misconception,
    also_correct,
    also_correct_in,
    misconception,
    misconceptions_in,
)
from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Call, Request

Run = tuple[bool, Sequence[Call]]


class Right:
    """The reference: twice x, and a ValueError for what is negative."""

    def answer(self, call: Call) -> Answer:
        return answer_call({"f": twice}, call.request)


def twice(x: np.ndarray) -> np.ndarray:
    if np.any(x < 0):
        raise ValueError
    return x * 2.0


def squared(x: np.ndarray) -> np.ndarray:
    return x * x


def thrice(x: np.ndarray) -> np.ndarray:
    return x * 3.0


def wrong(function: Callable[..., Any], symptom: Callable[[Sequence[Call]], bool] | None = None) -> Misconception:
    return Misconception(function.__name__, "f", "hint", function, symptom)


def run(function: Callable[..., Any], *arguments: object, passed: bool = False, name: str = "f") -> Run:
    """A check's run: its calls of the student's function."""
    requests = [Request.of(name, argument) for argument in arguments]
    return passed, [Call(request, answer_call({name: function}, request)) for request in requests]


def named(runs: list[Run], *explanations: Misconception) -> str | None:
    explanation = diagnose(seen_in(runs, Right(), "f"), explanations)
    return explanation.name if explanation else None


FIVE = np.array([5.0])
TWO = np.array([2.0])


def test_the_one_that_explains_every_answer_is_named() -> None:
    assert named([run(squared, FIVE, TWO)], wrong(squared), wrong(thrice)) == "squared"
    assert named([run(thrice, FIVE), run(thrice, TWO)], wrong(squared), wrong(thrice)) == "thrice"


def test_two_that_explain_are_not_named() -> None:
    also_squared = wrong(lambda x: x**2)
    assert named([run(squared, FIVE)], wrong(squared), also_squared) is None
    three = np.array([3.0])
    assert named([run(squared, three)], wrong(squared), wrong(thrice)) is None
    assert named([run(squared, three, FIVE)], wrong(squared), wrong(thrice)) == "squared"


def test_a_passing_check_that_contradicts_it_rules_it_out() -> None:
    half_right = run(twice, FIVE, passed=True)
    assert named([run(squared, np.array([3.0])), half_right], wrong(squared)) is None
    agrees_at_two = run(squared, TWO, passed=True)
    assert named([run(squared, FIVE), agrees_at_two], wrong(squared)) == "squared"


def test_nothing_is_named_if_all_passed_or_the_misconception_would_be_right() -> None:
    assert named([run(squared, FIVE, passed=True)], wrong(squared)) is None
    assert named([run(squared, TWO)], wrong(squared)) is None
    assert named([run(lambda x: None, FIVE)], wrong(squared)) is None
    assert named([(False, [])], wrong(squared)) is None


def test_calls_of_other_functions_and_calls_without_a_right_answer_do_not_count() -> None:
    other = run(twice, FIVE, name="g")[1]
    assert named([(False, [*run(squared, FIVE)[1], *other])], wrong(squared)) == "squared"
    negative = np.array([-1.0])  # raises a ValueError if right: the misconception's answer shows nothing
    assert named([run(squared, FIVE), run(lambda x: 0.0, negative)], wrong(squared)) == "squared"


@pytest.mark.parametrize("dtype", ["i8", "i4", "u1", "f4", "f8", ">f8"])
def test_a_wrong_answer_is_the_same_one_in_any_dtype(dtype: str) -> None:
    arguments = np.array([5, 7]), np.array([[1, 2], [3, 4]])
    assert named([run(lambda x: squared(x).astype(dtype), *arguments)], wrong(squared)) == "squared"
    assert (
        named([run(lambda x: [squared(x).astype(dtype)], *arguments)], wrong(lambda x: [squared(x) * 1.0]))
        == "<lambda>"
    )


@pytest.mark.parametrize(
    "answer",
    [
        lambda x, dtype: pd.DataFrame({"n": ["a"] * len(x), "x": squared(x).astype(dtype)}),
        lambda x, dtype: pd.Series(squared(x).astype(dtype)),
        lambda x, dtype: {"x": (pd.Series(squared(x).astype(dtype)),)},
        lambda x, dtype: set(squared(x).astype(dtype).tolist()),
    ],
)
def test_a_wrong_table_series_or_set_is_the_same_one_in_any_dtype(answer: Callable[..., Any]) -> None:
    x = np.array([5, 7])
    for mine, theirs in (("i8", "f8"), ("f8", "i8"), ("f4", "f8"), ("i8", "i8")):
        one, other, another = (Answer("value", answer(y, d)) for y, d in ((x, mine), (x, theirs), (x + 1, theirs)))
        assert same_answer(one, other)
        assert not same_answer(one, another)


def test_float32_answers_have_the_wider_tolerance() -> None:
    x = np.array([1.23456789, 9.87654321])
    assert named([run(lambda x: squared(x.astype("f4")), x)], wrong(squared)) == "squared"
    assert named([run(lambda x: squared(x) + 1e-4, x)], wrong(squared)) is None


def test_errors_of_one_kind_are_one_answer() -> None:
    def forgets_zero(x: np.ndarray) -> np.ndarray:
        return x / np.array([[]] if x[0] == 0 else x * x)

    zero = np.array([0.0, 0.0])
    assert named([run(forgets_zero, zero, FIVE)], wrong(forgets_zero)) == "forgets_zero"
    assert not same_answer(Answer("error", error_names=("KeyError",)), Answer("error", error_names=("TypeError",)))
    assert not same_answer(Answer("error", error_names=("KeyError",)), Answer("value", 1))


def test_a_symptom_replaces_the_comparison() -> None:
    shows = wrong(thrice, symptom=lambda calls: bool(calls) and bool(np.all(calls[0].value == 0)))
    assert named([run(np.zeros_like, FIVE)], shows) == "thrice"
    assert named([run(np.zeros_like, FIVE, passed=True), run(twice, TWO)], shows) is None
    assert named([run(np.ones_like, FIVE)], shows) is None


def test_a_symptom_that_cannot_read_the_answer_is_not_named() -> None:
    fails = wrong(thrice, symptom=lambda calls: calls[0].answer["no such key"])
    assert named([run(np.zeros_like, FIVE)], fails) is None
    assert named([run(squared, FIVE)], fails, wrong(squared)) == "squared"


TABLE = pd.DataFrame({"a": [1.0, 2.0]})


@pytest.mark.parametrize(
    "odd",
    [
        None,
        "text",
        [1, [2]],
        {"a": 1},
        {(1, 2): None},
        {1, 2},
        1 + 1j,
        b"",
        np.array("x"),
        np.zeros((0, 3)),
        np.array(1),
        TABLE,
        pd.Series([np.ones(2), 1]),
        pd.DataFrame({"a": [[1], np.ones(3)]}),
        np.random.default_rng(1),
        np.array([True]),
        10**400,
    ],
)
def test_an_answer_of_any_form_is_looked_at_without_failing(odd: Any) -> None:
    for answer in (FIVE, 1.0, 1, [FIVE], {"a": FIVE}, "text", TABLE, TABLE["a"], np.array([1]), 1 + 1j, {1, 2}):
        assert isinstance(same_answer(Answer("value", odd), Answer("value", answer)), bool)
    assert named([run(lambda x: odd, FIVE)], wrong(squared)) is None


def test_the_marks_are_found_in_a_module_in_their_order() -> None:
    module = types.ModuleType("lesson")
    vars(module).update(
        twice_too_much=misconception("f", hint="Once.")(thrice),
        other=misconception("g", hint="Not here.")(lambda x: x),
        also=also_correct("f")(lambda x: x + x),
    )
    (marked,) = misconceptions_in(module, "f")
    assert (marked.name, marked.hint, marked.exercise) == ("thrice", "Once.", "f")
    call = run(twice, FIVE)[1][0]
    np.testing.assert_array_equal(marked.answer(call).value, [15.0])
    assert [a.exercise for a in also_correct_in(module, "f")] == ["f"]
    assert also_correct_in(module, "g") == []
