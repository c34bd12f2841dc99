"""Draws networks: a circle for each input and neuron, an arrow for each weight."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Circle

from autograder.drawing.style import (
    BLUE,
    BOX,
    INK,
    ORANGE,
    PALE,
    STYLE,
    Arrays,
    Pair,
    Picture,
    Words,
    fitting,
    number_text,
)


@rc_context(STYLE)
def network_diagram(
    layer_sizes: Sequence[int],
    weights: Arrays = None,
    biases: Arrays = None,
    sums: Arrays = None,
    values: Arrays = None,
    columns: Words | None = None,
    title: str = "",
) -> Picture:
    """Draw a network: a circle for each input and neuron, an arrow for each weight, and the numbers that are given.

    Parameters
    ----------
    layer_sizes
        The number of inputs, then the number of neurons of each of the L layers.
    weights
        L arrays of shape (D, M), written on the arrows; the arrow of a negative weight is dashed.
    biases, sums, values
        L arrays of shape (M,) to write below the neurons; L to write above; L + 1, inputs first, to write inside.
    columns, title
        A heading for the inputs and for each layer, and what the picture says.

    Raises
    ------
    ValueError
        If there are fewer than two sizes, or an array does not have the shape that the sizes require.
    """
    if len(layer_sizes) < 2:
        raise ValueError(f"A network has inputs and at least one layer; {list(layer_sizes)} is one size too few.")
    layers, each = list(pairwise(layer_sizes)), [(size,) for size in layer_sizes]
    shifts, totals = fitting("biases", biases, each[1:]), fitting("sums", sums, each[1:])
    tables, inside = fitting("weights", weights, layers), fitting("values", values, each)
    heads = columns or ["inputs", *(f"layer {number}" for number in range(1, len(layer_sizes)))]
    top, far, inch = 0.75 * (max(layer_sizes) - 1), 2.6 * len(layers), 0.85 if tables or inside else 0.6
    above, below = 1.4 if totals else 1.1, 0.9 if shifts else 0.6
    picture = Picture(figsize=(inch * (far + 2.2), inch * (2 * top + above + below) + 0.3), layout="constrained")
    axes = picture.subplots(subplot_kw={"frame_on": False, "xticks": [], "yticks": []})
    axes.set(xlim=(-0.8, far + 1.4), ylim=(-top - below, top + above), aspect="equal", title=title)
    centres = [[(2.6 * k, 0.75 * (size - 1 - 2 * i)) for i in range(size)] for k, size in enumerate(layer_sizes)]
    largest = max((float(np.abs(table).max()) for table in tables), default=1.0) or 1.0
    for k, shape in enumerate(layers):
        for d, m in np.ndindex(shape):
            weight = float(tables[k][d, m]) if tables else None
            label_at = (0.28, 0.62)[d % 2] if shape[0] > 1 else 0.5
            _arrow(axes, centres[k][d], centres[k + 1][m], weight, largest, label_at)
    for k, (head, column) in enumerate(zip(heads, centres, strict=True)):
        axes.text(2.6 * k, top + above - 0.2, head, ha="center", va="center", weight="bold")
        for i, (x, y) in enumerate(column):
            axes.add_patch(Circle((x, y), 0.47, facecolor=PALE if k else "white", edgecolor=INK, zorder=3))
            axes.text(x, y, number_text(inside[k][i]) if inside else "", ha="center", va="center", zorder=4)
            if k == len(layers):
                _arrow(axes, (x, y), (x + 1.6, y))
            for word, numbers, height in (("sum", totals, y + 0.63), ("bias", shifts, y - 0.65)):
                if k and numbers:
                    label = f"{word} {number_text(numbers[k - 1][i])}"
                    axes.text(x, height, label, ha="center", va="center", zorder=4)
    contents = [", ".join(map(number_text, column)) for column in inside] or [f"{size} circles" for size in layer_sizes]
    picture.alt = f"{title or 'A network'}: {'; '.join(map(' '.join, zip(heads, contents, strict=True)))}."
    return picture


def _arrow(
    axes: Axes, start: Pair, end: Pair, weight: float | None = None, largest: float = 1, label_at: float = 0
) -> None:
    """An arrow from circle to circle: colour and dash show its weight's sign, its width the size."""
    colour, dash, width, across, up = INK, "-", 1.2, end[0] - start[0], end[1] - start[1]
    if weight is not None:
        colour, dash = (BLUE, "-") if weight >= 0 else (ORANGE, "--")
        width = 1.0 + 1.6 * abs(weight) / largest
        label = (start[0] + label_at * across, start[1] + label_at * up)
        axes.text(*label, number_text(weight), ha="center", va="center", color=colour, bbox=BOX, zorder=2)
    share = 1 - 0.49 / float(np.hypot(across, up))
    look = {"arrowstyle": "-|>", "color": colour, "linestyle": dash, "linewidth": width, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (start[0] + share * across, start[1] + share * up), start, arrowprops=look, zorder=1)
