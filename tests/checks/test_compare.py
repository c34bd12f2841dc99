"""Comparing reports the first step of the ladder that fails; the words for hidden checks show no number."""

from __future__ import annotations

import math
import re
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from autograder.checks.compare import agrees, compare, require_array, require_dict
from autograder.checks.mismatch import Mismatch, require
from autograder.checks.tolerance import tolerance_times
from autograder.checks.wording import kind_of

A = np.array


def kind(got: object, want: object, **options: Any) -> str:
    """The step of the ladder at which the answer fails; empty if it passes."""
    try:
        compare(got, want, **options)
    except Mismatch as mismatch:
        return mismatch.kind
    return ""


LADDER = A([[1.0, 2.0], [3.0, math.inf]])


@pytest.mark.parametrize(
    ("got", "step"),
    [
        (LADDER.tolist(), "type"),
        (None, "type"),
        (LADDER[0], "shape"),
        (LADDER[:, :1].astype(int), "shape"),
        (A([["a", "b"], ["c", "d"]]), "dtype"),
        (A([[1, 2], [3, 4]]), "dtype"),
        (LADDER > 1, "dtype"),
        (LADDER.astype(complex), "dtype"),
        (LADDER.astype("f2"), "dtype"),
        (A([[9.0, 2.0], [3.0, math.nan]]), "nan"),
        (A([[9.0, math.inf], [3.0, math.inf]]), "nan"),
        (A([[9.0, 2.0], [3.0, 4.0]]), "nan"),
        (-LADDER, "nan"),
        (A([[1.0, 2.0], [3.1, math.inf]]), "value"),
        (LADDER, ""),
        (LADDER.astype("f4"), ""),
        (LADDER.astype(">f8"), ""),
        (np.asfortranarray(LADDER), ""),
        (LADDER.astype(np.longdouble), ""),
    ],
)
def test_the_first_failing_step_is_reported(got: object, step: str) -> None:
    assert kind(got, LADDER) == step


@pytest.mark.parametrize("want", [2.0, np.float64(2), np.array(2.0)])
def test_a_float_is_any_real_scalar_and_no_bool_nor_array_of_one(want: object) -> None:
    for right in (2.0, 2, np.float64(2), np.float32(2), np.int8(2), np.array(2.0), np.array(2)):
        assert kind(right, want) == ""
    for wrong in (True, np.True_, A([2.0]), [2.0], "2", 2 + 0j, None, np.array(True), np.array("2")):
        assert kind(wrong, want) == "type"
    assert kind(np.float16(2), want) == "dtype"
    assert kind(10**400, want) == "nan"
    assert kind(1.0, 1.0000011) == "value"


@pytest.mark.parametrize("want", [2, np.int32(2), np.uint8(2)])
def test_an_int_is_a_whole_number_and_no_float_nor_bool(want: object) -> None:
    for right in (2, np.int64(2), np.uint8(2)):
        assert kind(right, want) == ""
    for wrong in (2.0, np.float64(2), True, np.True_, "2", np.array(2), A([2])):
        assert kind(wrong, want) == "type"
    assert kind(3, want) == "value"
    assert kind(10**5000, want) == "value"


def test_true_and_texts_and_none() -> None:
    assert kind(np.True_, True) == ""
    assert kind(1, True) == "type"
    assert kind(False, True) == "value"
    assert kind("relu", "relu") == ""
    assert kind("Relu", "relu") == "value"
    assert kind(b"relu", "relu") == "type"
    assert kind(None, None) == ""
    assert kind(0, None) == "type"


def test_a_set_has_just_the_items_asked_for() -> None:
    assert kind({1.0, "a"}, {1, "a"}) == ""
    assert kind({1}, {1, 2}) == "value"
    assert kind([1, 2], {1, 2}) == "type"


def test_arrays_of_whole_numbers_and_of_true_and_false() -> None:
    assert kind(A([1, 2], "u1"), A([1, 2])) == ""
    assert kind(A([1.0, 2.0]), A([1, 2])) == "dtype"
    assert kind(A([1, 3]), A([1, 2])) == "value"
    assert kind(A([1]), A([1, 2])) == "shape"
    assert kind([1, 2], A([1, 2])) == "type"
    assert kind(A([1, 0]), A([True, False])) == "dtype"
    assert kind(A([True, False]), A([True, False])) == ""


def test_whole_numbers_are_right_only_if_all_inputs_were_whole() -> None:
    assert kind(A([1, 2]), A([1.0, 2.0])) == "dtype"
    assert kind(A([1, 2]), A([1.0, 2.0]), whole_numbers=True) == ""
    assert kind(A([1, 3]), A([1.0, 2.0]), whole_numbers=True) == "value"
    assert kind([A([1])], [A([1.0])], whole_numbers=True) == ""
    assert kind(A([1, 2]), A([1.0, math.inf]), whole_numbers=True) == "nan"


def test_a_tuple_is_accepted_for_a_list_and_a_dict_has_its_keys() -> None:
    assert kind((1.0, A([2.0])), [1.0, A([2.0])]) == ""
    assert kind([1.0], (1.0,)) == ""
    assert kind(A([1.0]), [1.0]) == "type"
    assert kind([1.0], [1.0, 2.0]) == "shape"
    assert kind([1.0, 3.0], [1.0, 2.0]) == "value"
    assert kind({"W": 1.0, "b": 2}, {"b": 2, "W": 1.0}) == ""
    for wrong in ({"W": 1.0}, {"W": 1.0, "b": 2, "c": 3}, {}, [("W", 1.0)]):
        assert kind(wrong, {"W": 1.0, "b": 2}) == "type"


def test_a_part_is_named_by_its_place() -> None:
    with pytest.raises(Mismatch, match=r"Item 2 of the entry 'W' of the answer should be a NumPy array"):
        compare({"W": [A([1.0]), 2.0]}, {"W": [A([1.0]), A([2.0])]})


LAYERS = [{"W": A([1.0]), "b": A([0.0])}, {"W": A([2.0]), "b": A([0.0])}]


@pytest.mark.parametrize(
    ("got", "sentence"),
    [
        (
            ([LAYERS[0], {**LAYERS[1], "W": A([9.0])}], A([0.5])),
            "The second result is right. "
            "The shape of the entry 'W' of layer 2 of the first result is right. It is [9]; expected [2].",
        ),
        ((LAYERS, A([0.4])), "The first result is right. The shape of the second result is right. It is [0.4]"),
        (LAYERS[0], "The answer should be 2 results, as `return a, b` gives them, but is a dict."),
        ((LAYERS, A([0.5]), 1), "The answer has 3 results; expected 2."),
    ],
)
def test_what_is_returned_at_once_are_results_and_dicts_with_weights_are_layers(got: Any, sentence: str) -> None:
    with pytest.raises(Mismatch) as caught:
        compare(got, (LAYERS, A([0.5])))
    assert sentence in caught.value.detail


def test_nan_and_infinity_say_where_they_come_from() -> None:
    for got, want in ((math.nan, 1.0), (A([1.0, math.nan]), A([1.0, 2.0]))):
        with pytest.raises(Mismatch, match="infinity divided by infinity"):
            compare(got, want)
    with pytest.raises(Mismatch, match="becomes too large, or is divided by 0"):
        compare(math.inf, 1.0)


@pytest.mark.parametrize("want", [0.0, 1.0, -1e6, 1e-300, 3e200])
def test_the_edges_of_the_tolerance(want: float) -> None:
    for dtype, absolute, relative in ((np.float64, 1e-9, 1e-6), (np.float32, 1e-6, 1e-4)):
        if abs(want) > 1e30 and dtype is np.float32:
            continue
        reach = absolute + relative * abs(want)
        for sign in (-1, 1):
            near, far = dtype(want + sign * 0.98 * reach), dtype(want + sign * 1.02 * reach)
            assert agrees(near, want)
            assert agrees(A([near]), A([want]))
            assert not agrees(far, want)
            assert not agrees(A([far]), A([want]))
            with tolerance_times(10):
                assert agrees(far, want)


def test_nan_and_infinity_are_right_if_expected() -> None:
    for special in (math.nan, math.inf, -math.inf):
        assert agrees(special, special)
        assert agrees(np.float32(special), special)
        assert agrees(A([special, 1.0]), A([special, 1.0]))
        assert not agrees(0.0, special)
        assert not agrees(special, 0.0)
    assert not agrees(math.inf, -math.inf)


def test_tables_are_compared_by_columns_and_position() -> None:
    want = pd.DataFrame({"a": [1.0, math.nan, math.inf], "b": ["x", math.nan, "z"]})
    assert kind(want.set_index(pd.Index([7, 7, 9])), want) == ""
    assert kind(pd.DataFrame({"a": [1.0, float("nan"), math.inf], "b": ["x", float("nan"), "z"]}), want) == ""
    assert kind(want["a"], want) == "type"
    assert kind(want[:2], want) == "shape"
    assert kind(want[["b", "a"]], want) == "value"
    for column, value in (("a", 2.0), ("b", "y")):
        changed = want.copy()
        changed.loc[0, column] = value
        assert kind(changed, want) == "value"
    for row, value in ((1, 1.0), (2, 5.0), (2, -math.inf), (0, math.inf)):
        changed = want.copy()
        changed.loc[row, "a"] = value
        assert kind(changed, want) == "value"
    assert kind(want["a"].astype("f4"), want["a"]) == ""
    assert kind(pd.Series([A([1.0, 2.0]), 2, 3]), want["a"]) == "value"


def test_a_reference_of_a_kind_without_a_rule_is_the_lessons_fault() -> None:
    with pytest.raises(TypeError, match="complex"):
        compare(1.0, 1 + 0j)


def test_what_a_check_author_requires() -> None:
    require(True, "never shown")
    with pytest.raises(Mismatch, match="shown") as caught:
        require(0, "words", "shown", kind="shape")
    assert (caught.value.words, caught.value.kind) == ("words", "shape")
    require_array(np.ones((2, 3), "f4"), (2, 3), "the weights")
    for wrong in (np.ones((3, 2)), np.full((2, 3), math.nan), np.ones((2, 3), int), [[1.0] * 3] * 2):
        with pytest.raises(Mismatch, match="The weights"):
            require_array(wrong, (2, 3), "the weights")


@pytest.mark.parametrize(
    "value", [None, True, 1, 1.5, 1j, "a", b"a", [], (), {}, set(), np.ones(3), np.array(1), pd.Series([1])]
)
def test_every_kind_has_a_name_without_its_value(value: object) -> None:
    assert not re.search(r"\d{2}", kind_of(value))
    assert "of type" not in kind_of(value)


# Numbers of many digits, so that none of them is in a sentence by chance.
NUMBER = st.integers(10**5, 10**9)
VALUE = st.one_of(
    NUMBER,
    NUMBER.map(float),
    NUMBER.map(str),
    npst.arrays(
        st.sampled_from(["f8", "f4", "i8", "f2"]),
        st.sampled_from([(), (2,), (2, 3)]),
        elements=st.integers(40_000, 60_000),
    ),
)
PAIR = st.tuples(VALUE, VALUE)
NESTED = PAIR | st.lists(PAIR, min_size=1, max_size=3).map(lambda pairs: ([g for g, _ in pairs], [w for _, w in pairs]))


@given(NESTED | st.tuples(VALUE, st.lists(VALUE)) | PAIR.map(lambda p: ({"W": p[0]}, {"W": p[1]})), st.booleans())
def test_words_for_hidden_checks_show_no_number_of_either_answer(pair: tuple[object, object], whole: bool) -> None:
    try:
        compare(*pair, whole_numbers=whole)
    except Mismatch as mismatch:
        words = re.sub("float64|float16|int64", "", mismatch.words)
        assert not re.search(r"\d{2}", words)


def test_a_long_key_does_not_grow_with_what_lies_below_it() -> None:
    key = "k" * 20_000_000
    with pytest.raises(Mismatch) as caught:
        compare({key: [0.0, [1.0, {"below": 2.0}]]}, {key: [0.0, [1.0, {"below": 3.0}]]})
    assert "below" in caught.value.words
    assert len(caught.value.detail) < 500


def test_numbers_that_differ_late_are_shown_with_what_differs() -> None:
    with pytest.raises(Mismatch) as caught:
        compare(np.array([0.1544651, 0.5]), np.array([0.1544654, 0.5]))
    assert "[0.1544651, 0.5]; expected [0.1544654, 0.5]" in caught.value.detail


@pytest.mark.parametrize(
    ("value", "sentence"),
    [
        ({0.5: 0.5, 0.7: 0.7}, "Its keys aren't texts: put their names in quotes."),
        ({"Soma": 1, "Axon": 2}, "Upper and lower case matter."),
        ({"in": "soma", "out": "axon"}, "These stand to the right of the colons, but keys stand to the left."),
        ({"soma": 1, "aksson": 2}, "It has 'aksson', which isn't asked for. Should it be 'axon'?"),
        ({"aksson": 1, "body": 2}, "It has 'aksson' and 'body', which aren't asked for."),
        ({"soma": 1}, "lacks the key 'axon'."),
    ],
)
def test_what_stands_in_place_of_a_key_is_said(value: dict[Any, Any], sentence: str) -> None:
    with pytest.raises(Mismatch) as caught:
        require_dict(value, {"soma", "axon"}, "the answer")
    assert caught.value.detail.endswith(sentence)
    assert "aksson" not in caught.value.words
