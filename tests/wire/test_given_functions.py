"""Functions as arguments: they travel as source text, work during their call alone, and nothing else becomes one."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.wire import document as wire
from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Request, callable_arguments, read_arguments, write_arguments
from autograder.wire.recorder import MOST_CALLS, MOST_KINDS, Use
from autograder.wire.source import Source
from autograder.wire.values import leaves, mapped
from autograder.wire.variations import varied_answers

SQUARES = Source("lambda v: float(np.sum(c * v ** 2))", c=np.array([1.0, 2.0]))
X = np.array([3.0, 4.0])


def call(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Answer:
    """The answer as the grader gets it: called, written and read again."""
    return Answer.from_text(answer_call({"f": function}, Request.of("f", *args, **kwargs)).to_text())


def apply(f: Callable[[Any], Any], x: Any) -> Any:
    return f(x)


def test_a_source_is_a_function_where_the_call_is_answered() -> None:
    assert call(apply, SQUARES, X).value == 41.0
    assert call(apply, x=X, f=SQUARES).value == 41.0
    assert call(lambda fs: fs[0](X) + fs[1]["g"](X), [SQUARES, {"g": Source("np.sum")}]).value == 48.0


def test_the_request_and_the_arguments_afterwards_are_the_same() -> None:
    request = Request.of("f", SQUARES, X)
    assert answer_call({"f": apply}, request).arguments_after == request.document
    (source, x), _ = read_arguments(request.document, sources=True)
    assert repr(source) == repr(SQUARES)
    assert write_arguments((source, x), {}) == request.document
    (f, x), _ = callable_arguments(request.document)
    assert write_arguments((f, x), {}) == request.document


@pytest.mark.parametrize("code", ["lambda v:", "x = 1", "", "import os", "1" * 3_000])
def test_what_is_no_expression_is_refused(code: str) -> None:
    with pytest.raises(ValueError, match="A Source"):
        Source(code)


def test_nothing_that_a_kernel_sends_becomes_a_function() -> None:
    document = wire.dumps({"outcome": "value", "value": SQUARES}, sources=True)
    value = Answer.from_text(document).value
    assert isinstance(value, list)
    assert not any(isinstance(leaf, Source) or callable(leaf) for leaf in leaves(value))
    assert call(lambda: SQUARES).outcome == "unencodable"
    assert call(lambda f: f, SQUARES).text == "a value of type function"
    (plain, _), _ = read_arguments(write_arguments((SQUARES, X), {}))
    assert isinstance(plain, list)


def test_it_records_how_a_function_was_called() -> None:
    def in_turn(f: Callable[[Any], Any], x: Any) -> float:
        return sum(float(f(point)) for point in (x, x + 1, x, x.reshape(1, 2).astype("f4")))

    assert call(in_turn, SQUARES, X).uses == (Use(4, 3, ((2,), (1, 2)), ("float64", "float32")),)
    assert call(lambda f, g: 1.0, SQUARES, Source("np.sum")).uses == (Use(), Use())
    assert call(apply, Source("lambda v: v + 1"), 2.0).uses == (Use(1, 1),)


def test_an_array_that_changes_between_calls_or_in_the_function_shows() -> None:
    def moved(f: Callable[[Any], Any], x: Any) -> float:
        f(x)
        x[0] += 1
        return float(f(x))

    assert call(moved, SQUARES, X).uses[0].changed
    assert call(apply, Source("lambda v: v.fill(0)"), X).uses[0].changed
    assert not call(apply, SQUARES, X).uses[0].changed


def test_a_function_works_so_often_and_during_its_call_alone() -> None:
    kept: list[Callable[[Any], Any]] = []

    def keeps(f: Callable[[Any], Any], x: Any) -> float:
        kept.append(f)
        return 0.0

    endless = call(lambda f, x: [f(x) for _ in range(MOST_CALLS + 1)], SQUARES, X)
    assert (endless.outcome, endless.error_names[:2]) == ("error", ("TooManyCalls", "RuntimeError"))
    assert endless.uses[0].calls == MOST_CALLS
    call(keeps, SQUARES, X)
    with pytest.raises(RuntimeError, match="has ended"):
        kept[0](X)
    assert call(lambda f, x: kept[0](x), SQUARES, X).outcome == "error"


def test_threads_can_call_it_until_the_call_ends() -> None:
    errors: list[str] = []
    ended = threading.Event()

    def again(f: Callable[[Any], Any], x: Any) -> None:
        ended.wait(10)
        try:
            f(x)
        except RuntimeError as error:
            errors.append(str(error))

    threads: list[threading.Thread] = []

    def starts(f: Callable[[Any], Any], x: Any) -> float:
        threads.extend(threading.Thread(target=again, args=(f, x)) for _ in range(4))
        for thread in threads:
            thread.start()
        return 1.0

    assert call(starts, SQUARES, X).value == 1.0
    ended.set()
    for thread in threads:
        thread.join()
    assert errors == ["This function was given for a call that has ended."] * 4


@pytest.mark.parametrize(
    "uses",
    [
        3,
        [],
        ({},),
        ({"calls": -1, "points": 0, "shapes": (), "dtypes": (), "changed": False},),
        ({"calls": True, "points": 0, "shapes": (), "dtypes": (), "changed": False},),
        ({"calls": 1, "points": 1, "shapes": ((0.5,),), "dtypes": (), "changed": False},),
        ({"calls": 1, "points": 1, "shapes": (), "dtypes": ("x" * 100,), "changed": False},),
        ({"calls": 1, "points": 1, "shapes": (), "dtypes": (), "changed": 0},),
        tuple({"calls": 1, "points": 1, "shapes": (), "dtypes": (), "changed": False} for _ in range(MOST_KINDS + 1)),
    ],
)
def test_uses_that_nobody_honest_sends_are_malformed(uses: object) -> None:
    assert Answer.from_text(wire.dumps({"outcome": "value", "value": 1.0, "uses": uses})).outcome == "malformed"


def test_walkers_look_at_a_sources_values() -> None:
    assert [leaf.tolist() for leaf in leaves([SQUARES])] == [[1.0, 2.0]]
    doubled = mapped(SQUARES, lambda leaf: leaf * 2)
    assert (doubled.code, doubled.values["c"].tolist()) == (SQUARES.code, [2.0, 4.0])


def test_the_other_arguments_of_such_a_call_are_varied() -> None:
    given = varied_answers(lambda request: answer_call({"f": apply}, request), "f", {"f": SQUARES, "x": X})
    assert {"negated: x", "zero: x"} <= set(given)


def test_an_answer_leaves_out_what_it_does_not_say() -> None:
    assert set(wire.loads(Answer("value", 1.0).to_text())) == {"outcome", "value"}
    assert Answer.from_text(Answer("missing", text="f").to_text()) == Answer("missing", text="f")
