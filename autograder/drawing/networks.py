"""Draws networks: a circle for each input and neuron, an arrow for each weight."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Circle
from numpy.typing import ArrayLike

from autograder.drawing.style import (
    BLUE,
    BOX,
    INK,
    ORANGE,
    PALE,
    STYLE,
    Array,
    Arrays,
    Pair,
    Picture,
    Words,
    fitting,
    number_text,
)

ACTIVATIONS: dict[str, Callable[[Array], Array]] = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}
STEP = 2.6


@rc_context(STYLE)
def network_diagram(
    layer_sizes: Sequence[int],
    weights: Arrays = None,
    biases: Arrays = None,
    inputs: ArrayLike | None = None,
    activations: Words | None = None,
    columns: Words | None = None,
    title: str = "",
) -> Picture:
    """Draw a network: a circle for each input and neuron, an arrow for each weight, and the numbers that pass through.

    Parameters
    ----------
    layer_sizes
        The number of inputs, then the number of neurons of each of the L layers.
    weights, biases
        L arrays of shape (D, M), on the arrows, which are dashed if negative; L of shape (M,), below the neurons.
    inputs, activations
        One example, shape (D,), and a name for each layer: then each circle holds what it sends out, and each neuron's
        weighted sum stands above it. Both are computed here, from the weights and biases.
    columns, title
        A heading for the inputs and for each layer, and what the picture says.

    Raises
    ------
    ValueError
        If there are fewer than two sizes, an array does not have the shape that the sizes require, an activation is
        unknown, or inputs come without all the rest.
    """
    if len(layer_sizes) < 2:
        raise ValueError(f"A network has inputs and at least one layer; {list(layer_sizes)} is one size too few.")
    layers = list(pairwise(layer_sizes))
    tables, shifts = fitting("weights", weights, layers), fitting("biases", biases, [(m,) for _, m in layers])
    inside, sums = [np.empty(0)] * len(layer_sizes), [np.empty(0)] * len(layer_sizes)
    if inputs is not None:
        inside, sums = _passed_on(fitting("inputs", [inputs], [(layer_sizes[0],)])[0], tables, shifts, activations)
    heads = columns or ["inputs", *(f"layer {number}" for number in range(1, len(layer_sizes)))]
    far, inch = STEP * len(layers), 0.85 if tables else 0.6
    rise = 1.5 if inputs is None else 1.9  # room for the sums above the neurons
    above, below = 1.1 if inputs is None else 1.4, 0.9 if shifts else 0.6
    top = rise / 2 * (max(layer_sizes) - 1)
    picture = Picture(figsize=(inch * (far + 2.2), inch * (2 * top + above + below) + 0.3), layout="constrained")
    axes = picture.subplots(subplot_kw={"frame_on": False, "xticks": [], "yticks": []})
    axes.set(xlim=(-0.8, far + 1.4), ylim=(-top - below, top + above), aspect="equal", title=title)
    centres = [[(STEP * k, rise / 2 * (size - 1 - 2 * i)) for i in range(size)] for k, size in enumerate(layer_sizes)]
    largest = max((float(np.abs(table).max()) for table in tables), default=1.0) or 1.0
    for k, shape in enumerate(layers):
        for d, m in np.ndindex(shape):
            weight = float(tables[k][d, m]) if tables else None
            label_at = (0.28, 0.62)[d % 2] if shape[0] > 1 else 0.5
            _arrow(axes, centres[k][d], centres[k + 1][m], weight, largest, label_at)
    for k, (head, column) in enumerate(zip(heads, centres, strict=True)):
        axes.text(STEP * k, top + above - 0.2, head, ha="center", va="center", weight="bold")
        for i, (x, y) in enumerate(column):
            axes.add_patch(Circle((x, y), 0.47, facecolor=PALE if k else "white", edgecolor=INK, zorder=3))
            if k == len(layers):
                _arrow(axes, (x, y), (x + 1.6, y))
            bias = shifts[k - 1] if k and shifts else ()
            for word, numbers, height in (("", inside[k], 0.0), ("sum ", sums[k], 0.63), ("bias ", bias, -0.65)):
                if len(numbers):
                    label = f"{word}{number_text(numbers[i])}"
                    axes.text(x, y + height, label, ha="center", va="center", zorder=4)
    contents = [
        ", ".join(map(number_text, numbers)) if len(numbers) else f"{size} circles"
        for numbers, size in zip(inside, layer_sizes, strict=True)
    ]
    picture.alt = f"{title or 'A network'}: {'; '.join(map(' '.join, zip(heads, contents, strict=True)))}."
    return picture


def _passed_on(
    inputs: Array, tables: list[Array], shifts: list[Array], activations: Words | None
) -> tuple[list[Array], list[Array]]:
    """What each circle sends out, and the weighted sums of the layers; the inputs have none."""
    names = list(activations or [])
    if not tables or not shifts or len(names) != len(tables) or not set(names) <= set(ACTIVATIONS):
        raise ValueError(
            f"Inputs need weights, biases and an activation for each layer, one of {', '.join(ACTIVATIONS)}; "
            f"the activations are {names}."
        )
    inside, sums = [inputs], [np.empty(0)]
    for table, shift, name in zip(tables, shifts, names, strict=True):
        sums.append(inside[-1] @ table + shift)
        inside.append(ACTIVATIONS[name](sums[-1]))
    return inside, sums


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
