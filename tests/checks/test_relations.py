"""The relation between wrong answers and the right ones is reported if it holds in every failing call, and alone."""

from __future__ import annotations

import inspect
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.checks.assertions import assert_matches
from autograder.checks.judge import judge
from autograder.checks.mismatch import Mismatch
from autograder.checks.plugin import CheckRun
from autograder.checks.submission import Functions, take_calls
from autograder.lessons.answers import Misconception
from autograder.verdicts.verdict import ExerciseVerdict
from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Call, Request, StandIns
from autograder.wire.variations import varied_answers

A = np.array
Function = Callable[..., Any]


@dataclass(frozen=True)
class Exercise:
    name: str = "f"
    points: float = 2.0
    answer_name: str = "f"


@dataclass(frozen=True)
class Right:
    """The reference, which builds on nothing."""

    function: Function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer:
        return answer_call({"f": self.function}, Request.of("f", *args, **kwargs))

    def answer(self, call: Call) -> Answer:
        return answer_call({"f": self.function}, call.request)

    def varied(self, call: Call) -> dict[str, Any]:
        names = inspect.signature(self.function).bind(*call.arguments, **call.keywords).arguments
        return varied_answers(partial(answer_call, {"f": self.function}), "f", names)


def verdict_on(
    mine: Function, right: Function, inputs: Sequence[tuple[Any, ...]], *, hidden: bool = False, named: bool = False
) -> ExerciseVerdict:
    """The verdict on a function by one check for each input; if `named`, it is a misconception of the exercise."""
    functions = Functions(partial(answer_call, {"f": mine}))
    runs = []
    for number, arguments in enumerate(inputs):
        run = CheckRun(f"check::{number}", "f", f"Check {number}.", hidden, 1.0, passed=True)
        try:
            assert_matches(functions.f, Right(right), *arguments)
        except Mismatch as mismatch:
            run = replace(run, passed=False, words=mismatch.words, detail=mismatch.detail, compared=mismatch.compared)
        runs.append(replace(run, calls=tuple(take_calls(functions))))
    wrong = [Misconception("known", "f", "Look.", mine)] if named else []
    return judge(Exercise(), runs, wrong, Right(right))


def relation(mine: Function, right: Function, inputs: Sequence[tuple[Any, ...]], *, hidden: bool = False) -> str:
    """The line of the verdict's message that says how the answers relate to the right ones, or an empty text."""
    verdict = verdict_on(mine, right, inputs, hidden=hidden)
    lines = [line for line in verdict.message.splitlines()[1:] if not line.startswith(("The call", "The last call"))]
    assert verdict.message in [check.message for check in verdict.checks]
    return "" if not lines or lines[0].startswith(("example", " ")) else lines[0]


RNG = np.random.default_rng(7)
ROWS = [(RNG.normal(size=n),) for n in (4, 5, 3)]
POSITIVE = [(RNG.uniform(0.2, 3, size=n),) for n in (4, 5, 3)]
NUMBERS = [(float(x),) for x in RNG.normal(size=6)]
TABLES = [(RNG.normal(size=shape),) for shape in ((3, 2), (4, 3), (2, 5))]


def same(x: Any) -> Any:
    return x * 1.0


def halves(x: Any) -> dict[str, Any]:
    return {"z": x * 1.0, "a": np.tanh(x)}


FITTING: list[tuple[str, Function, Function, Sequence[tuple[Any, ...]], str]] = [
    ("negated", lambda x: -x, same, ROWS, "In every call your answer is the negative of the right one. Look at"),
    ("negated number", lambda x: -x, same, NUMBERS, "is the negative of the right one"),
    ("negated list", lambda x: [float(v) for v in -x], lambda x: [float(v) for v in x], ROWS, "the negative of"),
    ("twice", lambda x: 2 * x, same, ROWS, "your answer is twice the right one"),
    ("half", lambda x: x / 2, same, NUMBERS, "your answer is half the right one"),
    ("constant", lambda x: x / math.log(2), same, ROWS, "your answer is 1.443 times the right one"),
    ("one more", lambda x: x + 1, same, ROWS, "is one more than the right one"),
    ("one less", lambda x: x - 1, same, NUMBERS, "is one less than the right one"),
    ("one more, whole", lambda x: x + 1, lambda x: x, [(37,), (412,), (8512,)], ""),
    ("one more of four", lambda x: x + 1, lambda x: x, [(37,), (412,), (8512,), (93,)], "is one more than"),
    ("one minus", lambda x: 1 - x, same, ROWS, "is one minus the right one"),
    ("reciprocal", lambda x: 1 / x, same, ROWS, "is one divided by the right one"),
    ("square", lambda x: x**2, same, ROWS, "is the square of the right one"),
    ("root", np.sqrt, same, POSITIVE, "is the square root of the right one"),
    ("logarithm", np.log, same, POSITIVE, "is the logarithm of the right one"),
    ("exponential", np.exp, same, ROWS, "is e to the power of the right one"),
    ("transposed", lambda x: x.T, same, TABLES, "has the right numbers, but with rows and columns exchanged"),
    ("reversed", lambda x: x[::-1], same, ROWS, "has the right numbers, but in reverse order"),
    ("shifted", lambda x: np.roll(x, 1), same, [ROWS[0], ROWS[1]], "shifted by one place"),
    ("shifted with 0", lambda x: np.append(x[1:], 0.0), same, [ROWS[0], ROWS[1]], "shifted by one place"),
    ("column", lambda x: x[:, None], same, ROWS, "The numbers in your answer are right; only its form is not."),
    ("a list", lambda x: x.tolist(), same, ROWS, "The numbers in your answer are right; only its form is not."),
    ("in a list", lambda x: [x], same, ROWS, "The numbers in your answer are right; only its form is not."),
    ("flat", np.ravel, same, TABLES, "The numbers in your answer are right; only its form is not."),
    ("a row for a table", lambda x: x[:, None].T, lambda x: x[:, None], ROWS, "only its form is not"),
    ("rounded", lambda x: np.round(x, 3), same, ROWS, "is the right one, but rounded to 3 decimals. Return it"),
    ("rounded number", lambda x: round(x, 2), same, NUMBERS, "is the right one, but rounded to 2 decimals"),
    ("cut off", lambda x: np.trunc(10 * x), lambda x: 10 * x, ROWS, "but with its decimals cut off"),
    ("whole", lambda x: np.round(10 * x), lambda x: 10 * x, ROWS, "but rounded to whole numbers"),
    ("one entry", lambda x: np.full(x.shape, x[0]), same, ROWS, "has the same entry everywhere, where entries should"),
    ("first only", lambda x: np.append(x[:1], np.full(len(x) - 1, 9.0)), same, ROWS, "only the first entry of your"),
    ("all but last", lambda x: np.append(x[:-1], 9.0), same, ROWS, "all entries of your answer are right but the last"),
    (
        "first row",
        lambda x: x * (np.arange(len(x)) == 0)[:, None],
        same,
        [TABLES[0], TABLES[1]],
        "only the first entry",
    ),
    (
        "sum for mean",
        lambda x: x.sum(axis=0),
        lambda x: x.mean(axis=0),
        TABLES,
        "times the number of rows of the first",
    ),
    ("mean for sum", lambda x: x.mean(axis=0), lambda x: x.sum(axis=0), TABLES, "divided by the number of rows of the"),
    ("other axis", lambda x: x.sum(axis=1), lambda x: x.sum(axis=0), TABLES, "adds up along the other axis"),
    ("mean, other axis", lambda x: x.mean(axis=1), lambda x: x.mean(axis=0), TABLES, "along the other axis"),
    (
        "one answer",
        lambda x: 0.5,
        same,
        NUMBERS,
        "Your answer is the same in every call. Does it use all its arguments?",
    ),
    ("absolute", abs, same, NUMBERS, "right for positive numbers and wrong for negative ones"),
    ("clipped", lambda x: np.maximum(x, 0.0), same, ROWS, "right for positive numbers and wrong for negative ones"),
    (
        "by the argument",
        lambda x: np.exp(np.maximum(x, 0.3)) if x > 0.3 else 7 + x,
        math.exp,
        [(0.4114,), (0.9271,), (-1.4142,), (-0.3333,), (-2.2123,), (-1.7777,)],
        "right for positive numbers and wrong for negative ones",
    ),
    (
        "an entry of a dict",
        lambda x: halves(x) | {"a": 1 - np.tanh(x)},
        halves,
        NUMBERS[:2],
        "In every call the entry 'a' of your answer is one minus the right one. The rest of it is right.",
    ),
    ("a dict", lambda x: {k: -v for k, v in halves(x).items()}, halves, ROWS, "your answer is the negative of"),
    ("first row", lambda x: x[0], same, TABLES, "your answer is only the first row of the right one. Does a loop"),
    ("first rows", lambda x: x[:1], same, TABLES, "your answer is only the first row of the right one. Does a loop"),
    ("last row", lambda x: x[-1:], same, TABLES, "only the last row of the right one. Does each round of a loop throw"),
    ("one row short", lambda x: x[:-1], same, TABLES[:2], "is the right one without its last row. Does a loop stop"),
    ("one entry short", lambda x: x[1:], same, ROWS, "is the right one without its first entry."),
    (
        "one item short",
        lambda x: [x, 2 * x],
        lambda x: [x, 2 * x, 3 * x],
        ROWS,
        "is the right one without its last item. Does a loop stop too early?",
    ),
    (
        "the largest",
        lambda x: np.max(x, 0),
        same,
        TABLES,
        "is one number for each column of the right one: the largest",
    ),
    ("the sum", lambda x: float(np.sum(x)), same, ROWS, "is one number for all of the right one: the sum."),
    (
        "two keys exchanged",
        lambda x: {"z": np.tanh(x), "a": x},
        halves,
        NUMBERS[:3],
        "your answer has the right values under the wrong keys: under 'z' is what belongs under 'a'.",
    ),
    (
        "an entry is another's",
        lambda x: {"z": x, "a": x, "y": np.tanh(x)},
        lambda x: {"z": x, "a": np.tanh(x), "y": np.tanh(np.tanh(x))},
        NUMBERS[:3],
        "In every call your answer has under 'a' what belongs under 'z'. Is a step left out?",
    ),
    (
        "one row, computed further",
        lambda x: np.exp(x[0]) + 0.1,
        same,
        TABLES,
        "your answer has one number for each column of the right one. Is it one row alone, or does a sum or a maximum",
    ),
    ("a number a row", lambda x: x.max(axis=1) + 1, same, TABLES, "has one number for each row of the right one. Is"),
    (
        "many numbers rounded, and others computed with rounded ones",
        lambda x: np.round(x, 2) if x.shape[1] == 3 else np.tanh(np.round(x, 2)),
        lambda x: x if x.shape[1] == 3 else np.tanh(x),
        TABLES,
        "In some calls your answer is the right one, but rounded to 2 decimals. Is a number rounded on the way?",
    ),
    (
        "many numbers rounded in one call",
        lambda x: np.round(x, 2) if x.shape[1] == 3 else x,
        same,
        TABLES,
        "In every call that fails, your answer is the right one, but rounded to 2 decimals.",
    ),
    (
        "what comes first",
        lambda x: {"z": -x, "a": np.tanh(-x) + 0.01},
        halves,
        NUMBERS[:3],
        "In every call the entry 'z' of your answer is the negative of the right one. Look at the signs.",
    ),
    (
        "what comes first in a list",
        lambda x: [np.round(x, 2), np.tanh(np.round(x, 2)) * 1.01],
        lambda x: [x * 1.0, np.tanh(x)],
        ROWS,
        "In every call the first wrong part of your answer is the right one, but rounded to 2 decimals.",
    ),
    (
        "rounded where it shows",
        lambda x: np.round(x, 2),
        same,
        [ROWS[0], (A([0.25, -1.5]),)],
        "In every call that fails, your answer is the right one, but rounded to 2 decimals.",
    ),
    (
        "rounded numbers, of which some are short",
        lambda x: round(x, 2),
        same,
        [(0.415,), (-1.958863,), (-5.8,), (-0.97,)],
        "In every call that fails, your answer is the right one, but rounded to 2 decimals.",
    ),
    (
        "one of two results",
        lambda x: x**2,
        lambda x: (x * 1.0, x**2),
        ROWS,
        "your answer is only a part of the results. Write all of them after `return`, with commas between.",
    ),
    (
        "the second of two results",
        lambda x: (x * 1.0, -(x**2)),
        lambda x: (x * 1.0, x**2),
        ROWS,
        "In every call the second result of your answer is the negative of the right one. The rest of it is right.",
    ),
    (
        "an entry of a dict beside a result",
        lambda x: (halves(-x) | {"a": np.tanh(x)}, x**2),
        lambda x: (halves(x), x**2),
        ROWS,
        "In every call the entry 'z' of your answer is the negative of the right one. The rest of it is right.",
    ),
    ("a list of arrays", lambda x: [-x, -2 * x], lambda x: [1.0 * x, 2.0 * x], ROWS, "the negative of the right one"),
]


@pytest.mark.parametrize(("name", "mine", "right", "inputs", "sentence"), FITTING, ids=[row[0] for row in FITTING])
def test_a_relation_that_holds_in_every_call_is_reported(
    name: str, mine: Function, right: Function, inputs: Sequence[tuple[Any, ...]], sentence: str
) -> None:
    said = relation(mine, right, inputs)
    assert sentence in said
    assert bool(said) == bool(sentence)
    words = relation(mine, right, inputs, hidden=True)
    assert bool(words) == bool(sentence)
    assert not re.search(r"\d|size of the first|rows of", words)


def test_a_function_that_needs_two_equal_sizes() -> None:
    def mine(X: np.ndarray, w: np.ndarray) -> np.ndarray:
        return np.asarray([X[i] @ w if i < len(X) else 0.0 for i in range(len(w))])

    def right(X: np.ndarray, w: np.ndarray) -> np.ndarray:
        return np.asarray(X @ w)

    inputs = [(RNG.normal(size=(n, d)), RNG.normal(size=d)) for n, d in ((2, 2), (4, 4), (3, 2), (2, 5))]
    assert relation(mine, right, inputs) == (
        "Your answer is right only when the number of columns of the first argument and "
        "the number of rows of the first argument are equal."
    )
    assert relation(mine, right, inputs, hidden=True) == (
        "Your answer is right only when two sizes of the data are equal."
    )
    by_option = [(*arguments, name) for arguments, name in zip(inputs, ["a", "a", "b", "b"], strict=True)]
    assert not relation(lambda X, w, name: mine(X, w), lambda X, w, name: right(X, w), by_option)


SILENT: list[tuple[str, Function, Function, Sequence[tuple[Any, ...]]]] = [
    ("other keys in a list", lambda x: [{"w": x * 1.0}], lambda x: [{"W": x * 1.0}], ROWS),
    ("one call", lambda x: -x, same, ROWS[:1]),
    ("one call, made twice", lambda x: -x, same, [ROWS[0], ROWS[0]]),
    ("three numbers", lambda x: -x, same, NUMBERS[:3]),
    ("zeros and ones", lambda x: 1 - x, same, [(A([0.0, 1.0, 1.0]),), (A([1.0, 0.0]),)]),
    ("all equal", lambda x: 2 * x, same, [(A([3.0, 3.0, 3.0]),), (A([3.0, 3.0]),)]),
    ("two that fit", lambda x: x[::-1], same, [(A([1.2345, -1.2345]),), (A([0.9876, -0.9876]),)]),
    ("twice or the square", lambda x: 2 * x, same, [(A([2.0, 2.0]),), (A([2.0, 2.0, 2.0]),)]),
    ("a mixture", lambda x: -x if len(x) > 3 else 2 * x, same, ROWS),
    ("one call is not like it", lambda x: -x if len(x) > 3 else -x + 0.001, same, ROWS),
    ("an error among them", lambda x: -x if len(x) > 3 else x[9], same, ROWS),
    ("another shape among them", lambda x: -x if len(x) > 3 else x[:1], same, ROWS),
    ("rounded in one call of one number", lambda x: round(x, 2), same, [(0.41593,), (0.25,), (0.5,), (0.75,)]),
    ("one row of a square", lambda x: x[0] + 1, same, [(A([[1.1, 2.2], [3.3, 4.4]]),), (A([[1.5, 2.5], [3.5, 4.5]]),)]),
    ("one row in one call", lambda x: x[0] + 1 if len(x) > 3 else x + 0.001, same, TABLES),
    (
        "an entry that is always the same",
        lambda x: {"z": x, "a": 1.0, "y": 1.0},
        lambda x: {"z": x, "a": 1.0, "y": np.tanh(x)},
        NUMBERS[:3],
    ),
    ("other keys", lambda x: {x: x, 2 * x: np.tanh(x)}, halves, NUMBERS),
    ("an entry that is another's in one call", lambda x: {"z": x, "a": x if x > 0 else 0.1}, halves, NUMBERS),
    ("nothing", lambda x: None, same, ROWS),
    ("text", lambda x: "text", same, ROWS),
    ("random", lambda x: np.random.default_rng(3).normal(size=x.shape), same, ROWS),
    ("nan", lambda x: -x * np.nan, same, ROWS),
    ("a little off", lambda x: x + 1.001, same, ROWS),
    ("rounded in one call", lambda x: np.round(x, 2) if len(x) > 3 else x + 0.01, same, ROWS),
]


@pytest.mark.parametrize(("name", "mine", "right", "inputs"), SILENT, ids=[row[0] for row in SILENT])
def test_nothing_is_said_if_chance_or_another_relation_explains_it(
    name: str, mine: Function, right: Function, inputs: Sequence[tuple[Any, ...]]
) -> None:
    assert relation(mine, right, inputs) == ""


def test_nothing_is_said_beside_a_named_misconception_or_a_right_answer() -> None:
    verdict = verdict_on(lambda x: -x, same, ROWS, named=True)
    assert verdict.misconception == "known"
    assert "negative" not in verdict.message + "".join(check.message for check in verdict.checks)
    assert verdict_on(same, same, ROWS).message == ""


def test_calls_that_are_right_are_not_spoken_of() -> None:
    said = relation(lambda x: -x if len(x) > 3 else x, same, ROWS)
    assert said == "In every call that fails, your answer is the negative of the right one. Look at the signs."


def test_nothing_is_said_if_no_answer_was_compared_since_others_may_be_right() -> None:
    functions = Functions(partial(answer_call, {"f": lambda x: 2 * x}))
    calls = []
    for (x,) in ROWS:
        functions.f(x)
        calls += take_calls(functions)
    run = CheckRun("check::0", "f", "Check 0.", False, 1.0, words="None is negative.", calls=tuple(calls))
    assert "twice" not in judge(Exercise(), [run], [], Right(same)).message
    compared = replace(run, compared=True)
    assert "twice" in judge(Exercise(), [compared], [], Right(same)).message


def test_the_relation_is_said_once() -> None:
    verdict = verdict_on(lambda x: -x, same, ROWS)
    assert ["negative" in check.message for check in verdict.checks] == [True, False, False]


LONG = st.integers(10**6, 10**8).map(lambda n: n / 10**7)
SIGNED = st.tuples(LONG, st.sampled_from([-1.0, 1.0])).map(math.prod)
CHANGES: dict[str, Function] = {
    "negative": lambda x: -x,
    "twice": lambda x: 2 * x,
    "one more": lambda x: x + 1,
    "one less": lambda x: x - 1,
    "one minus": lambda x: 1 - x,
    "one divided": lambda x: 1 / x,
    "square of": np.square,
    "reverse order": lambda x: x[::-1],
    "rounded to 2": lambda x: np.round(x, 2),
    "nothing": lambda x: x + np.arange(len(x)),
}


@settings(max_examples=60, deadline=None)
@given(
    st.lists(npst.arrays("f8", st.integers(1, 5), elements=SIGNED), min_size=2, max_size=4),
    st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=4),
)
def test_a_relation_that_is_named_really_holds_in_every_failing_call(rows: list[np.ndarray], names: list[str]) -> None:
    """The law: whatever is reported is true of every failing call."""
    by_call = {row.tobytes(): CHANGES[names[i % len(names)]] for i, row in enumerate(rows)}

    def mine(x: np.ndarray) -> np.ndarray:
        return np.asarray(by_call[x.tobytes()](x))

    said = relation(mine, same, [(row,) for row in rows])
    for name, change in CHANGES.items():
        if name in said:
            for row in rows:
                assert np.allclose(mine(row), row) or np.allclose(mine(row), change(row))
    if len(set(names)) == 1 and sum(len(row) for row in rows) >= 4 and said:
        assert names[0] in said or names[0] == "nothing" or "right for positive" in said


@settings(max_examples=40, deadline=None)
@given(st.floats(-5, 5), st.integers(0, 10**6))
def test_a_constant_learns_nothing_about_the_right_answers(guess: float, seed: int) -> None:
    """Whatever number is guessed, and whatever the inputs of the hand-in: the same sentence, or none."""
    inputs = [(float(x),) for x in np.random.default_rng(seed).normal(size=6)]
    said = relation(lambda x: guess, same, inputs, hidden=True)
    assert said == "Your answer is the same in every call. Does it use all its arguments?"


@pytest.mark.parametrize(
    "odd", [None, "x", [], {}, [[1.0], 2], {"a": {}}, 10**400, A([]), A("x"), {1, 2}, 1j, math.inf]
)
def test_answers_of_any_form_are_looked_at(odd: Any) -> None:
    for right in (same, halves, lambda x: [x, {"a": x}], lambda x: "text"):
        assert isinstance(verdict_on(lambda x: odd, right, ROWS).message, str)
