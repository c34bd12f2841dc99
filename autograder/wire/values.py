"""The kinds of value that the wire carries."""

from __future__ import annotations

ARRAY_KINDS = "biufcUS"
# What a generator's children are made from (`Generator.spawn`), beside its own state.
SEED_PARTS = ("entropy", "spawn_key", "n_children_spawned")
GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


def whole_text(text: str) -> str:
    """The text without half surrogates, which no file and no page can hold."""
    return str(text).encode("utf-8", "surrogatepass").decode("utf-8", "replace")
