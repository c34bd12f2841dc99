"""The learning curves of four models, A to D, as their training recorded them."""

from __future__ import annotations

from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def learning_curves() -> dict[str, dict[str, Array]]:
    """The "training" and "test" cost of each model, "A" to "D": before the first epoch, and after each."""
    with files("autograder.data").joinpath("learning_curves.npz").open("rb") as file, np.load(file) as stored:
        return {name: {"training": stored[name][0], "test": stored[name][1]} for name in "ABCD"}
