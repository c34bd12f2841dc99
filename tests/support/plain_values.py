"""Values of Python's own kinds, for laws that hold for all of them."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

FINITE_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False)
    | st.complex_numbers(allow_nan=False)
    | FINITE_TEXT
    | st.binary(max_size=20)
)
KEYS = st.none() | st.booleans() | st.integers() | FINITE_TEXT | st.tuples(st.integers(), FINITE_TEXT)
NESTED = st.recursive(
    PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.lists(inner, max_size=4).map(tuple)
        | st.dictionaries(KEYS, inner, max_size=4)
        | st.sets(KEYS, max_size=4)
    ),
    max_leaves=12,
)


def assert_same(one: Any, other: Any) -> None:
    """Equal, and of the same types all the way down: True is not 1 here, nor -0.0 the same as 0.0."""
    assert type(one) is type(other)
    if isinstance(one, list | tuple):
        assert len(one) == len(other)
        for a, b in zip(one, other, strict=True):
            assert_same(a, b)
    elif isinstance(one, dict):
        assert_same(list(one), list(other))
        assert_same(list(one.values()), list(other.values()))
    elif isinstance(one, float):
        assert one.hex() == other.hex()
    else:
        assert one == other
