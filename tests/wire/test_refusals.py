"""Hostile documents are refused with WireError, before anything is built from them."""

from __future__ import annotations

import base64
import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.wire import budget
from autograder.wire import document as wire
from autograder.wire.reader import Reader

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
TAGS = sorted(Reader.by_tag)


def document(value: object, version: object = wire.WIRE_VERSION) -> str:
    return json.dumps({"wire": version, "value": value})


def encoded(value: object) -> Any:
    return json.loads(wire.dumps(value))["value"]


def npy(header: str, body: bytes = b"", magic: bytes = b"\x93NUMPY\x01\x00") -> str:
    text = header.encode() + b"\n"
    return base64.b64encode(magic + len(text).to_bytes(2, "little") + text + body).decode()


def header(descr: str, shape: str) -> str:
    return f"{{'descr': {descr!r}, 'fortran_order': False, 'shape': {shape}}}"


def test_depth_and_number_of_parts_are_bounded() -> None:
    nested: Any = ["none"]
    for _ in range(budget.MAX_DEPTH + 1):
        nested = ["list", [nested]]
    one_hash = [["int", hex(i * (2**61 - 1))] for i in range(budget.MAX_NUMBER_KEYS + 1)]
    texts = [
        document(nested),
        document(["list", [["none"]] * (budget.MAX_PARTS + 1)]),
        document(["set", one_hash]),
        document(["dict", [[key, ["none"]] for key in one_hash]]),
        "[" * (budget.MAX_MARKS + 1),
        "x" * (2 * budget.MAX_BYTES + 1),
    ]
    for text in texts:
        with pytest.raises(wire.TooLarge):
            wire.loads(text)
    with pytest.raises(wire.TooLarge):
        wire.loads(wire.dumps(np.zeros(100)), max_bytes=700)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        (header("<f8", "(1000000000,)"), b"12345678"),
        (header("<f8", "(1,)"), b"1234567"),
        (header("<f8", "(-1, -1)"), b"12345678"),
        (header("<U0", "(10000000000,)"), b""),
        (header("|S0", "(10000000000,)"), b""),
        (header("<f8", "(0, 10000000000000000000000)"), b""),
        (header("|O", "(1,)"), b"\x80\x04N."),
        (header("<M8[s]", "(1,)"), b"12345678"),
        ("{'descr': ('<i4', (1000000000,)), 'fortran_order': False, 'shape': ()}", b""),
        ("{'descr': (((", b""),
        ("  x\n y", b""),
        ("'''", b""),
        ("(" * 5000, b""),
    ],
)
def test_an_array_that_lies_about_itself_is_refused(header: str, body: bytes) -> None:
    with pytest.raises(wire.WireError):
        wire.loads(document(["array", npy(header, body)]))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "null",
        "[]",
        "{",
        "NaN",
        "[" * 100_000,
        document(["none"], version=2),
        document(["none"], version="1"),
        document(["pickle", "gASVAA=="]),
        document([]),
        document({}),
        document(["int", "one"]),
        document(["array", "?"]),
        document(["complex", []]),
        document(["scalar", encoded(np.zeros(2))[1]]),
        document(["array", npy(header("<f8", "()"), b"12345678", b"\x93NUMPY\x02\x00")]),
        document(["dict", [[["list", []], ["none"]]]]),
        document(["set", [["list", []]]]),
    ],
)
def test_a_malformed_document_is_refused(text: str) -> None:
    with pytest.raises(wire.WireError):
        wire.loads(text)


def test_half_surrogates_never_arrive() -> None:
    half = npy(header("<U1", "()"), b"\x00\xd8\x00\x00")
    for texts in (
        wire.loads(wire.dumps(["\ud800"])),
        wire.loads(document(["list", [["text", "\ud800"], ["scalar", half]]])),
    ):
        assert "\N{REPLACEMENT CHARACTER}" in "".join(texts).encode("utf-8").decode()


def test_a_column_of_one_number_is_not_spread_over_a_long_table() -> None:
    index = encoded(np.zeros(1000))
    for column in (["int", "0x1"], encoded(np.array(1.0)), encoded(np.zeros(1)), encoded(pd.Series([1.0]))):
        table = ["table", {"columns": [[["none"], column]], "index": index}]
        for forged in (table, ["series", {"name": ["none"], "values": column, "index": index}]):
            with pytest.raises(wire.WireError):
                wire.loads(document(forged))


@pytest.mark.parametrize(
    ("name", "field", "value"),
    [
        ("MT19937", "pos", 10**6),
        ("MT19937", "pos", -1),
        ("Philox", "buffer_pos", -(10**6)),
        ("Philox", "buffer_pos", 5),
    ],
)
def test_a_generator_that_would_read_beyond_its_buffer_is_refused(name: str, field: str, value: int) -> None:
    state: Any = getattr(np.random, name)(1).state
    (state["state"] if field in state["state"] else state)[field] = value
    with pytest.raises(wire.WireError):
        wire.loads(document(["generator", encoded(state)]))


def test_texts_that_grow_large_in_numpy_are_refused() -> None:
    long = budget.MAX_BYTES // 10_000
    words = ["y"] * 25_000
    for value in (
        [["x" * long, *words]],
        [{"long": "x" * long}, words],
        [[b"x" * long], [b"y"] * 25_000],
        [[np.array(["x" * long]), np.array(words)]],
        [[np.str_("x" * long)], words],
    ):
        with pytest.raises(wire.TooLarge, match="a very long one"):
            wire.dumps(value)
    plain = json.dumps(["list", [["list", [["text", "x" * long], *[["text", "y"]] * 25_000]]]])
    with pytest.raises(wire.TooLarge, match="a very long one"):
        wire.loads(document(json.loads(plain)))
    usual = ["a word of the usual length"] * 50_000
    for value in ("x" * 10_000_000, ["x" * 3_000_000, *words], [usual], [["x" * 4_000, *words[:9_000]]]):
        assert wire.loads(wire.dumps(value)) == value


def test_a_table_of_very_many_columns_is_refused() -> None:
    columns = [[["text", str(n)], ["list", []]] for n in range(budget.MAX_COLUMNS + 1)]
    with pytest.raises(wire.TooLarge, match="columns"):
        wire.loads(document(["table", {"columns": columns, "index": ["list", []]}]))
    with pytest.raises(wire.TooLarge, match="columns"):
        wire.dumps(pd.DataFrame({str(n): [] for n in range(budget.MAX_COLUMNS + 1)}))


@pytest.mark.parametrize(
    "part",
    [
        ["table", {"columns": [[["none"], ["list", []]]], "index": ["list", []]}],
        ["table", {"columns": [], "index": ["list", []]}],
        ["series", {"name": ["none"], "values": ["list", []], "index": ["list", []]}],
    ],
)
def test_very_many_tables_are_refused(part: list[Any]) -> None:
    few = wire.loads(document(["list", [part] * budget.MAX_COLUMNS]))
    assert len(few) == budget.MAX_COLUMNS
    with pytest.raises(wire.TooLarge, match="columns"):
        wire.loads(document(["list", [part] * (budget.MAX_COLUMNS + 1)]))


def test_headers_of_arrays_that_take_long_to_read_are_refused() -> None:
    def with_header(text: str) -> list[str]:
        body = b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text.encode() + bytes(8)
        return ["array", base64.b64encode(body).decode()]

    header = "{'fortran_order': False, 'shape': (1,), 'descr': '<f8'}"
    assert wire.loads(document(with_header(header.ljust(budget.MAX_HEADER)))) == [0]
    with pytest.raises(wire.WireError):
        wire.loads(document(with_header(header.ljust(budget.MAX_HEADER + 1))))
    most = budget.MAX_HEADERS // budget.MAX_HEADER
    with pytest.raises(wire.TooLarge, match="more arrays"):
        wire.loads(document(["list", [with_header(header.ljust(budget.MAX_HEADER))] * (most + 1)]))


def test_a_text_is_counted_at_its_size_in_python() -> None:
    text = "a" * (budget.MAX_BYTES // 3)
    assert wire.loads(document(["text", text])) == text
    with pytest.raises(wire.TooLarge):
        wire.loads(document(["text", text + "\N{GRINNING FACE}"]))


def parts(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Parts of every tag, with bodies of the right and of the wrong form."""
    pairs = st.lists(st.tuples(inner, inner).map(list), max_size=3)
    table = st.fixed_dictionaries({"columns": pairs, "index": inner})
    column = st.fixed_dictionaries({"name": inner, "values": inner, "index": inner})
    body = JSON | inner | st.lists(inner, max_size=3) | pairs | table | column
    return st.tuples(st.sampled_from(TAGS), body).map(list)


STATE = {"bit_generator": "MT19937", "state": {"pos": 1}}
VALUES = [None, 1, "a", b"", [], {}, STATE, np.zeros(2), np.array("x"), np.float32(1), np.random.default_rng(1)]
GOOD = st.sampled_from([encoded(value) for value in VALUES])


@settings(max_examples=400)
@given(JSON | st.recursive(GOOD | parts(JSON), parts, max_leaves=5))
def test_malformed_parts_of_every_tag_raise_nothing_but_a_wire_error(value: Any) -> None:
    try:
        read = wire.loads(document(value))
    except wire.WireError:
        return
    wire.dumps(read)  # what was read is of a kind that can be written


@given(st.text() | JSON.map(json.dumps))
def test_any_text_raises_nothing_but_a_wire_error(text: str) -> None:
    with pytest.raises(wire.WireError):
        wire.loads(text)
