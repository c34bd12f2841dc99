"""What all mutants are made with."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from autograder.wire.values import mapped

Function = Callable[..., Any]


def worse(value: Any) -> Any:
    """A value that is wrong: without its last item if it is a list of several, otherwise 1 more in every place."""
    if isinstance(value, list | tuple) and len(value) > 1:
        return value[:-1]
    return mapped(value, lambda leaf: leaf + 1 if np.asarray(leaf).dtype.kind in "iuf" else leaf)
