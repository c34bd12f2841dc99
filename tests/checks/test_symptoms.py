"""A symptom is data: it reads back from JSON, and shows if all its signs do in the calls of one check."""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from autograder.checks import symptoms
from autograder.checks.symptoms import no, shows
from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Call, Request
from autograder.wire.symptoms import Sign

Network = list[dict[str, Any]]
SIZES = [6, 5, 3]


def network(sizes: list[int], rng: np.random.Generator) -> Network:
    return [{"W": rng.normal(size=(D, M)), "b": np.zeros(M)} for D, M in pairwise(sizes)]


def seen(function: Callable[..., Any], right: Callable[..., Any], *arguments: tuple[Any, ...]) -> symptoms.Calls:
    requests = [Request.of("f", *a) for a in arguments]
    return [(Call(r, answer_call({"f": function}, r)), answer_call({"f": right}, r)) for r in requests]


def of_network(change: Callable[[np.ndarray, np.ndarray], tuple[Any, Any]]) -> symptoms.Calls:
    """The calls of a function that changes each layer's right W and b."""

    def mine(sizes: list[int], rng: np.random.Generator) -> Network:
        return [dict(zip("Wb", change(layer["W"], layer["b"]), strict=True)) for layer in network(sizes, rng)]

    return seen(mine, network, (SIZES, np.random.default_rng(1)), (SIZES, np.random.default_rng(2)))


@pytest.mark.parametrize(
    ("sign", "change"),
    [
        (symptoms.all_zero("W"), lambda W, b: (W * 0, b)),
        (symptoms.all_equal("W"), lambda W, b: (np.full(W.shape, 0.3), b)),
        (symptoms.all_positive("W"), lambda W, b: (abs(W), b)),
        (symptoms.shapes_transposed("W"), lambda W, b: (W.T, b)),
        (symptoms.as_long_as_rows_of("b", "W"), lambda W, b: (W, np.zeros(len(W)))),
        (no(symptoms.all_zero("b")), lambda W, b: (W, b + 1)),
        (no(symptoms.all_different("W")), lambda W, b: (W * 0, b)),
        (no(symptoms.shapes_right("b")), lambda W, b: (W, b[None])),
        (symptoms.seed_ignored(), lambda W, b: (W * 0 + np.arange(W.size).reshape(W.shape), b)),
    ],
)
def test_a_sign_shows_in_the_answers_that_have_it_and_in_no_right_one(sign: Sign, change: Any) -> None:
    assert shows([sign], of_network(change))
    assert not shows([sign], of_network(lambda W, b: (W, b)))
    assert not shows([sign], of_network(lambda W, b: ("text", None)))
    assert not shows([sign], [])
    assert Sign.from_data(json.loads(json.dumps(sign.to_data()))) == sign
    assert shows([Sign.from_data(sign.to_data())], of_network(change))


def test_signs_of_what_a_call_did() -> None:
    row, one = np.array([1.0, -800.0]), 0.5

    def warns(x: Any) -> Any:
        return 1.0 / (1.0 + np.exp(-np.asarray(x)))[()]

    def right(x: Any) -> Any:
        with np.errstate(over="ignore"):
            return warns(x)

    loud = seen(warns, right, (row,), (one,))
    assert shows([symptoms.right(), symptoms.warned("RuntimeWarning")], loud)
    assert not shows([symptoms.warned("RuntimeWarning")], seen(right, right, (row,)))
    assert not shows([symptoms.right()], seen(lambda x: 0.0, right, (one,)))
    stops = seen(lambda x: 1.0 / (1.0 + math.exp(-x)), right, (row,), (one,))
    assert shows([symptoms.right(), symptoms.stopped_at_arrays()], stops)
    assert not shows([symptoms.stopped_at_arrays()], loud)
    assert not shows([symptoms.stopped_at_arrays()], seen(lambda x: np.exp[-x], right, (row,), (one,)))
    assert not shows([symptoms.stopped_at_arrays()], seen(lambda x: math.exp(x + row), right, (row,), (one,)))
    globally = seen(lambda x: np.random.random(), right, (one,))
    assert shows([symptoms.global_state_changed()], globally)
    assert not shows([symptoms.global_state_changed()], loud)


def test_signs_of_the_manner_in_which_an_answer_is_right() -> None:
    row, tiny = np.array([1.0, -600.0]), np.array([-1.0, -600.0])
    lost = seen(lambda x: np.exp(np.maximum(x, -500.0)), np.exp, (tiny,))
    assert shows([symptoms.right(), symptoms.imprecise()], lost)
    assert not shows([symptoms.imprecise()], seen(np.exp, np.exp, (tiny,)))
    assert not shows([symptoms.imprecise()], seen(lambda x: 2 * np.exp(x), np.exp, (tiny,)))
    for same in (lambda x: x, lambda x: x[:], np.asarray):
        assert shows([symptoms.right(), symptoms.shares_memory()], seen(same, np.array, (row,)))
    assert not shows([symptoms.shares_memory()], seen(np.array, np.array, (row,)))


def test_signs_of_lists_in_which_one_layer_stands_for_all() -> None:
    def one_dict(sizes: list[int], rng: np.random.Generator) -> Network:
        return network(sizes, rng)[-1:] * (len(sizes) - 1)

    calls = [(SIZES, np.random.default_rng(1)), ([4, 3], np.random.default_rng(2))]
    same, first, last, right = (
        seen(f, network, *calls)
        for f in (one_dict, lambda s, rng: network(s, rng)[:1], lambda s, rng: network(s, rng)[-1:], network)
    )
    for sign, shown in (
        (symptoms.one_for_all("W"), same),
        (symptoms.only_first("W"), first),
        (symptoms.only_last("W"), last),
    ):
        assert [shows([sign], answers) for answers in (same, first, last, right)] == [
            answers is shown for answers in (same, first, last, right)
        ]
    square = [([3, 3, 3], np.random.default_rng(1))]
    assert not shows([symptoms.only_first("W")], seen(lambda s, rng: network(s, rng)[:1], network, *square))


def test_a_missing_key() -> None:
    lacking = seen(lambda x: {"a": x}, lambda x: {"a": x, "b": x}, (1.0,))
    assert shows([symptoms.lacks_key("b")], lacking)
    assert not shows([symptoms.lacks_key("a")], lacking)


def quiz(*texts: str) -> symptoms.Calls:
    keys = ["one", "two", "three"]
    return seen(lambda: dict(zip(keys, texts, strict=True)), lambda: dict.fromkeys(keys, "CNN"), ())


def test_signs_of_a_quiz() -> None:
    assert shows([symptoms.blank()], quiz("CNN", " ", "RNN"))
    assert not shows([symptoms.blank()], quiz("CNN", "RNN", "RNN"))
    assert shows([symptoms.same_text(), symptoms.texts_from("CNN", "RNN")], quiz("cnn", " CNN", "Cnn"))
    assert not shows([symptoms.same_text()], quiz("cnn", "CNN", "RNN"))
    assert shows([no(symptoms.texts_from("CNN", "RNN"))], quiz("cnn", "CNN", "picture"))
    assert shows([symptoms.no_text_right()], quiz("rnn", "RNN", "RNN"))
    assert not shows([symptoms.no_text_right()], quiz("rnn", "cnn", "RNN"))
    assert shows([symptoms.text_is("two", "RNN")], quiz("cnn", " rnn", "cnn"))


def test_a_quiz_without_its_right_answers_shows_only_what_its_form_shows() -> None:
    calls = [(call, Answer("missing")) for call, _ in quiz("rnn", "rnn", "rnn")]
    assert shows([symptoms.same_text()], calls)
    assert not shows([symptoms.no_text_right()], calls)


def test_code_is_a_symptom_too() -> None:
    def looks_large(calls: Sequence[Any]) -> bool:
        return bool(calls[0].value > 10)

    assert shows(looks_large, seen(lambda x: 11.0, lambda x: x, (1.0,)))
    assert not shows(looks_large, seen(lambda x: None, lambda x: x, (1.0,)))
