"""The style of the course's pictures: `Picture`, its colours, and how numbers and wrong shapes are shown.

Each function that draws returns a `Picture`. pyplot does not know of it, so there is nothing to close, and a notebook
shows it once: ``display(network_diagram([3, 4, 2]))``. Each colour has its own dash or marker, so that pictures can be
read in grey.
"""

from __future__ import annotations

import base64
import io
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from matplotlib.figure import Figure
from numpy.typing import ArrayLike, NDArray

Array = NDArray[np.float64]
Arrays = Sequence[ArrayLike] | None
Named = Mapping[str, ArrayLike]
Words = Sequence[str]
Pair = tuple[float, float]
Ends = tuple[Pair, Pair]
BLUE, ORANGE, GREEN = COLOURS = ("#0072B2", "#D55E00", "#009E73")
DASHES, MARKERS = ("-", "--", "-."), ("o", "X", "s")
INK, PALE, AMOUNTS = "#222222", "#E8F1F8", "cividis"
BOX = {"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.2}
STYLE: Any = {"axes.grid": True, "axes.axisbelow": True, "axes.titlesize": 11.5, "grid.alpha": 0.4}
STYLE |= {"font.size": 11.0, "lines.linewidth": 2.0, "text.color": INK}


class Picture(Figure):
    """A figure that a notebook shows together with `alt`, its description in words, and a terminal as those words."""

    alt: str = ""

    def __repr__(self) -> str:
        return f"[Picture: {self.alt}]"

    __str__ = __repr__

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        png, (width, height) = io.BytesIO(), (round(96 * side) for side in self.get_size_inches())
        self.savefig(png, format="png", dpi=2 * 96)  # twice the points: sharp on an enlarged page
        data = {"image/png": base64.b64encode(png.getvalue()).decode("ascii"), "text/plain": repr(self)}
        return data, {"image/png": {"alt": self.alt, "width": width, "height": height}}


def fitting(name: str, arrays: Arrays, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    """The arrays as floats, or an empty list if None; ValueError, with both lists of shapes, if the shapes differ."""
    floats = [np.asarray(array, dtype=float) for array in arrays or []]
    given = [array.shape for array in floats]
    if arrays is not None and given != list(shapes):
        raise ValueError(f"The {name} have the shapes {given}; this picture needs {list(shapes)}.")
    return floats


def number_text(value: float) -> str:
    """A number as pictures show it: with six digits and a true minus sign."""
    return f"{value:.6g}".replace("-", "−")
