"""Handwritten digits as 7×7 pictures, and a trained network that reads them."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
SIDE = 7
INK = {".": 0.0, "+": 0.5, "#": 1.0}


def handwritten_digits() -> tuple[Array, NDArray[np.int64]]:
    """1,000 digits that people wrote, none of which the trained network has seen.

    Returns
    -------
    The pictures, shape (1000, 49): 7 rows of 7 cells, one after the other, each from 0 (paper) to 1 (ink). And what the
    people meant, shape (1000,): whole numbers from 0 to 9.
    """
    arrays = _arrays("digits.npz")
    return arrays["pictures"] / 255, arrays["labels"].astype(np.int64)


def training_digits() -> tuple[Array, NDArray[np.int64]]:
    """3,000 other digits, those that the trained network learned from.

    Returns
    -------
    Pictures of shape (3000, 49) and what people meant, shape (3000,), as `handwritten_digits` gives them.
    """
    arrays = _arrays("training_digits.npz")
    return arrays["pictures"] / 255, arrays["labels"].astype(np.int64)


def trained_network() -> list[dict[str, Any]]:
    """Two layers, 49 inputs to 16 neurons to 10, each a dict of "W", "b" and "activation", trained on 3,000 digits."""
    arrays = _arrays("digits_network.npz")
    return [
        {"W": arrays["W1"], "b": arrays["b1"], "activation": "relu"},
        {"W": arrays["W2"], "b": arrays["b2"], "activation": "sigmoid"},
    ]


def drawn_digit(lines: Sequence[str]) -> Array:
    """A digit drawn with characters, as a batch of one picture, shape (1, 49).

    Parameters
    ----------
    lines
        Seven texts of seven characters: ``.`` is paper, ``#`` ink and ``+`` in between.

    Raises
    ------
    ValueError
        If there are not seven lines of seven such characters.
    """
    if len(lines) != SIDE:
        raise ValueError(f"A drawing has {SIDE} lines; this one has {len(lines)}.")
    for number, line in enumerate(lines, start=1):
        if len(line) != SIDE or set(line) - set(INK):
            raise ValueError(f'Line {number} is "{line}"; it needs {SIDE} characters, each of them . or + or #.')
    return np.array([[INK[character] for line in lines for character in line]])


def _arrays(name: str) -> dict[str, NDArray[Any]]:
    with files("autograder.data").joinpath(name).open("rb") as file, np.load(file, allow_pickle=False) as stored:
        return {key: stored[key] for key in stored.files}
