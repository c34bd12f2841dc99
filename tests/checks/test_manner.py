"""Assertions on one entry of an answer, its precision, its memory and what it is made with."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.checks import (
    Source,
    assert_entry_matches,
    assert_matches,
    assert_own_memory,
    assert_precise,
    assert_without,
    symptoms,
)
from autograder.checks.calls_as_code import call_as_code
from autograder.checks.mismatch import Mismatch
from autograder.checks.symptoms import shows
from tests.checks.test_assertions import Right, mismatch_of, remote
from tests.checks.test_symptoms import seen

Z = np.array([-700.0, -3.0, 0.5])


def exact(z: Any) -> Any:
    return np.exp(z)


def test_an_entry_is_judged_apart() -> None:
    right = Right(lambda x: (x, 2 * x))
    half = remote(lambda x: (x, 3 * x))
    assert_entry_matches(half, right, 0, Z)
    wrong = mismatch_of(lambda: assert_entry_matches(half, right, 1, Z))
    assert wrong.compared
    assert "The second result" in wrong.words or "the second result" in wrong.words
    assert mismatch_of(lambda: assert_entry_matches(remote(lambda x: x), right, 0, Z)).kind == "type"
    assert mismatch_of(lambda: assert_entry_matches(remote(lambda x: (x,)), right, 0, Z)).kind == "shape"


def test_an_entry_of_a_dict_needs_no_other() -> None:
    right = Right(lambda x: {"E": x, "a": 2 * x})
    assert_entry_matches(remote(lambda x: {"E": x}), right, "E", x=Z)
    assert mismatch_of(lambda: assert_entry_matches(remote(lambda x: {"a": 2 * x}), right, "E", Z)).kind == "type"


def test_precise_answers_are_right_however_small() -> None:
    assert_precise(remote(exact), Right(exact), Z)
    clipped = remote(lambda z: np.exp(np.maximum(z, -500)))
    assert_matches(clipped, Right(exact), Z)
    wrong = mismatch_of(lambda: assert_precise(clipped, Right(exact), Z))
    assert "e-305" in wrong.detail
    assert "e-305" not in wrong.words


def test_single_precision_has_a_sentence_of_its_own() -> None:
    single = remote(lambda z: np.exp(z).astype(np.float32))
    wrong = mismatch_of(lambda: assert_precise(single, Right(exact), np.array([1.0])))
    assert (wrong.kind, "float64" in wrong.words) == ("dtype", True)
    one = remote(lambda z: np.float32(np.exp(z)))
    assert mismatch_of(lambda: assert_precise(one, Right(lambda z: float(np.exp(z))), 1.0)).kind == "dtype"


@pytest.mark.parametrize("function", [lambda z: z, lambda z: z[:2], lambda z: z.reshape(1, 3), lambda z: [z]])
def test_an_answer_in_an_arguments_memory_is_found(function: Any) -> None:
    assert "Return a new array" in mismatch_of(lambda: assert_own_memory(remote(function), Z)).words


def test_an_answer_with_memory_of_its_own_passes() -> None:
    assert_own_memory(remote(lambda z: z.copy()), Z)
    assert_own_memory(remote(lambda z: float(z[0])), Z)


def test_what_is_ready_made_is_named() -> None:
    names = ("tanh", "sinh", "cosh")
    assert "`tanh`" in mismatch_of(lambda: assert_without(remote(np.tanh), names, Z)).words
    assert_without(remote(exact), names, Z)
    with pytest.raises(Mismatch):
        assert_without(remote(lambda z: 1 / 0), names, Z)


def test_signs_of_what_an_answer_is_made_with_and_of_few_digits() -> None:
    ready = seen(np.tanh, np.tanh, (Z,))
    assert shows([symptoms.right(), symptoms.used_ready_made("tanh")], ready)
    assert not shows([symptoms.used_ready_made("exp")], ready)
    clipped = seen(lambda z: np.exp(np.maximum(z, -500)), exact, (Z,))
    assert shows([symptoms.imprecise()], clipped)
    assert not shows([symptoms.imprecise()], seen(exact, exact, (Z,)))
    assert not shows([symptoms.imprecise()], seen(lambda z: exact(z) + 1, exact, (Z,)))


@pytest.mark.parametrize(
    "source",
    [
        Source("lambda v: np.sum(c * v) + k", c=np.array([1.5, -2.0, 0.1]), k=2.0),
        Source("lambda v: float(v[0])"),
        Source("np.sum"),
        Source("lambda *args: c", c=1.0),
        Source("lambda: 1.0 + k", k=3),
    ],
)
def test_a_call_with_a_function_can_be_pasted(source: Source) -> None:
    given = [] if source.code.startswith("lambda:") else [Z]
    results: list[Any] = []
    exec(call_as_code("f", (source, Z), {}), {"np": np, "f": lambda f, z: results.append(f(*given))})
    assert np.array_equal(results[0], source.function()(*given))
