"""The course's pictures in one house style: networks with their numbers, curves, two kinds of points, maps of an output.

Each function returns a `Picture`. pyplot does not know of it, so there is nothing to close, and a notebook shows it once:
``display(network_diagram([3, 4, 2]))``. Each colour has a dash or a marker of its own, so that all can be read in grey.
"""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Circle
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
    """A figure that a notebook shows together with `alt`, what there is to see in words, and a terminal as those words."""

    alt: str = ""

    def __repr__(self) -> str:
        return f"[Picture: {self.alt}]"

    __str__ = __repr__

    def _repr_mimebundle_(self, **_: Any) -> tuple[dict[str, str], dict[str, dict[str, Any]]]:
        png, (width, height) = io.BytesIO(), (round(96 * side) for side in self.get_size_inches())
        self.savefig(png, format="png", dpi=2 * 96)  # twice the points: sharp on an enlarged page
        data = {"image/png": base64.b64encode(png.getvalue()).decode("ascii"), "text/plain": repr(self)}
        return data, {"image/png": {"alt": self.alt, "width": width, "height": height}}


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
        L arrays of shape (M,), written below the neurons, and above; L + 1, inputs first, written into the circles.
    columns, title
        A heading for the inputs and for each layer, and what the picture says.

    Raises
    ------
    ValueError
        When there are fewer than two sizes, or an array does not have the shape that the sizes ask for.
    """
    if len(layer_sizes) < 2:
        raise ValueError(f"A network has inputs and at least one layer; {list(layer_sizes)} is one size too few.")
    layers, each = list(pairwise(layer_sizes)), [(size,) for size in layer_sizes]
    shifts, totals = _fitting("biases", biases, each[1:]), _fitting("sums", sums, each[1:])
    tables, inside = _fitting("weights", weights, layers), _fitting("values", values, each)
    heads = columns or ["inputs", *(f"layer {number}" for number in range(1, len(layer_sizes)))]
    top, far, inch = 0.75 * (max(layer_sizes) - 1), 2.6 * len(layers), 0.85 if tables or inside else 0.6
    above, below = 1.4 if totals else 1.1, 0.9 if shifts else 0.6
    picture = Picture(figsize=(inch * (far + 2.2), inch * (2 * top + above + below) + 0.3), layout="constrained")
    axes = picture.subplots(subplot_kw={"frame_on": False, "xticks": [], "yticks": []})
    axes.set(xlim=(-0.8, far + 1.4), ylim=(-top - below, top + above), aspect="equal", title=title)
    places = [[(2.6 * k, 0.75 * (size - 1 - 2 * i)) for i in range(size)] for k, size in enumerate(layer_sizes)]
    largest = max((float(np.abs(table).max()) for table in tables), default=1.0) or 1.0
    for k, shape in enumerate(layers):
        for d, m in np.ndindex(shape):
            weight = float(tables[k][d, m]) if tables else None
            _arrow(axes, places[k][d], places[k + 1][m], weight, largest, (0.28, 0.62)[d % 2] if shape[0] > 1 else 0.5)
    for k, (head, column) in enumerate(zip(heads, places, strict=True)):
        axes.text(2.6 * k, top + above - 0.2, head, ha="center", va="center", weight="bold")
        for i, (x, y) in enumerate(column):
            axes.add_patch(Circle((x, y), 0.47, facecolor=PALE if k else "white", edgecolor=INK, zorder=3))
            axes.text(x, y, number_text(inside[k][i]) if inside else "", ha="center", va="center", zorder=4)
            if k == len(layers):
                _arrow(axes, (x, y), (x + 1.6, y))
            for word, numbers, place in (("sum", totals, y + 0.63), ("bias", shifts, y - 0.65)):
                if k and numbers:
                    axes.text(x, place, f"{word} {number_text(numbers[k - 1][i])}", ha="center", va="center", zorder=4)
    said = [", ".join(map(number_text, column)) for column in inside] or [f"{size} circles" for size in layer_sizes]
    picture.alt = f"{title or 'A network'}: {'; '.join(map(' '.join, zip(heads, said, strict=True)))}."
    return picture


@rc_context(STYLE)
def curves(x: ArrayLike, lines: Named, labels: Words, title: str = "", marks: Mapping[str, Pair] = {}) -> Picture:
    """Draw up to three curves, each labelled at its right end.

    Parameters
    ----------
    x, lines
        What goes along the level axis, shape (N,), and each curve's label and heights, shape (N,).
    labels, title, marks
        What the two axes show, with units; what the picture says; a text for each point (x, y) to be marked.

    Raises
    ------
    ValueError
        When there are more than three curves, or one does not have a height for each x.
    """
    if len(lines) > len(COLOURS):
        raise ValueError(f"{len(lines)} curves in one picture are too many to tell apart; at most {len(COLOURS)}.")
    across = np.asarray(x, dtype=float)
    heights = _fitting("curves", list(lines.values()), [across.shape] * len(lines))
    picture = Picture(figsize=(6.8, 3.5), layout="constrained")
    axes = picture.add_subplot(xlabel=labels[0], ylabel=labels[1], title=title, xmargin=0.02)
    for y, colour, dash, marker in zip(heights, COLOURS, DASHES, MARKERS, strict=False):
        axes.plot(across, y, dash, color=colour, marker=marker, markevery=max(1, len(across) // 8), markersize=5)
    step, at = 0.075 * (axes.get_ylim()[1] - axes.get_ylim()[0]), -np.inf
    for end, label, colour in sorted(zip([y[-1] for y in heights], lines, COLOURS, strict=False)):
        at = max(end, at + step)  # labels of curves that end together stand one above the other
        axes.text(1.01, at, label, transform=axes.get_yaxis_transform(), va="center", color=colour)
    if max(np.abs(axes.get_ylim())) >= 10_000:
        axes.yaxis.set_major_formatter("{x:,.0f}")
    for label, place in marks.items():
        axes.plot(*place, marker="D", color=INK, markersize=7, zorder=5)
        axes.annotate(label, place, (8, -8), textcoords="offset points", va="top")
    picture.alt = f"{title or 'Curves'}: {labels[1]} against {labels[0]}; {', '.join(lines)}."
    return picture


@rc_context(STYLE)
def two_kinds(panels: Named, on: Sequence[bool], labels: Sequence[Words], lines: Mapping[str, Ends] = {}) -> Picture:
    """Draw points that are "on" (circles) or "off" (crosses), in one panel or in several side by side.

    Parameters
    ----------
    panels, on
        Each panel's title and points, shape (N, 2), and for each of the N points whether it is on.
    labels, lines
        What the two axes of each panel show; straight lines for the last panel, a label and both ends each.

    Raises
    ------
    ValueError
        When a panel does not have two numbers for each entry of `on`.
    """
    places = _fitting("points", list(panels.values()), [(len(on), 2)] * len(panels))
    picture = Picture(figsize=(4.2 * len(panels), 3.9), layout="constrained")
    row = picture.subplots(1, len(panels), squeeze=False)[0]
    for axes, title, points, (xlabel, ylabel) in zip(row, panels, places, labels, strict=True):
        (left, bottom), (right, top) = points.min(axis=0) - 0.5, points.max(axis=0) + 0.6
        axes.set(xlabel=xlabel, ylabel=ylabel, title=title, xlim=(left, right), ylim=(bottom, top))
        axes.locator_params(nbins=5)
        _mark_kinds(axes, points, on, (BLUE, ORANGE))
    for (label, ends), colour, dash in zip(lines.items(), (GREEN, INK), DASHES[::-1], strict=False):
        row[-1].plot(*zip(*ends, strict=True), dash, color=colour)
        row[-1].annotate(label, ends[1], (5, -3), textcoords="offset points", color=colour)
    picture.alt = f"{'; '.join(panels)}: circles are on, crosses are off."
    return picture


@rc_context(STYLE)
def decision_surfaces(
    outputs: Mapping[str, Callable[[Array], ArrayLike]], points: ArrayLike, on: Sequence[bool], labels: Words
) -> Picture:
    """Draw outputs between 0 and 1 as maps over two inputs, side by side, all with one scale of colours.

    Parameters
    ----------
    outputs
        Each map's title, and a function that gives the outputs, shape (N,) or (N, 1), of inputs of shape (N, 2).
    points, on, labels
        Inputs to mark, shape (P, 2); for each whether it should be on (a circle) or off (a cross); the inputs' names.

    Raises
    ------
    ValueError
        When `points` has another shape, or a function does not give one output for each row of its inputs.
    """
    (marked,) = _fitting("points", [points], [(len(on), 2)])
    sides = np.linspace(marked.min(axis=0) - 0.35, marked.max(axis=0) + 0.45, 121)
    grid = np.stack(np.meshgrid(*sides.T), axis=-1).reshape(-1, 2)
    picture = Picture(figsize=(4.2 * len(outputs), 3.9), layout="constrained")
    row = picture.subplots(1, len(outputs), squeeze=False)[0]
    for axes, (title, output) in zip(row, outputs.items(), strict=True):
        flat = _fitting(f"outputs of “{title}”", [np.squeeze(output(grid))], [(len(grid),)])
        heights = flat[0].reshape(len(sides), -1)
        shades = axes.contourf(*sides.T, heights, levels=np.linspace(0, 1, 11), cmap=AMOUNTS)
        if heights.min() < 0.5 < heights.max():
            axes.clabel(axes.contour(*sides.T, heights, levels=[0.5], colors="white", linestyles="--"), fmt="%.1f")
        axes.set(xlabel=labels[0], ylabel=labels[1], title=title)
        _mark_kinds(axes, marked, on, ("white", "white"))
    picture.colorbar(shades, ax=row, label="output, from 0 to 1", ticks=np.linspace(0, 1, 6))
    picture.alt = f"Maps of the output over {' and '.join(labels)}: {'; '.join(outputs)}."
    return picture


def _fitting(name: str, arrays: Arrays, shapes: Sequence[tuple[int, ...]]) -> list[Array]:
    fitting = [np.asarray(array, dtype=float) for array in arrays or []]
    if arrays is not None and [array.shape for array in fitting] != list(shapes):
        found = [array.shape for array in fitting]
        raise ValueError(f"The {name} have the shapes {found}; this picture needs {list(shapes)}.")
    return fitting


def number_text(value: float) -> str:
    """A number as pictures show it: six digits, a minus sign as long as it should be."""
    return f"{value:.6g}".replace("-", "−")


def _arrow(
    axes: Axes, start: Pair, end: Pair, weight: float | None = None, largest: float = 1, label_at: float = 0
) -> None:
    """An arrow from circle to circle: colour and dash tell its weight's sign, its width the size."""
    colour, dash, width, across, up = INK, "-", 1.2, end[0] - start[0], end[1] - start[1]
    if weight is not None:
        colour, dash = (BLUE, "-") if weight >= 0 else (ORANGE, "--")
        width = 1.0 + 1.6 * abs(weight) / largest
        place = (start[0] + label_at * across, start[1] + label_at * up)
        axes.text(*place, number_text(weight), ha="center", va="center", color=colour, bbox=BOX, zorder=2)
    share = 1 - 0.49 / float(np.hypot(across, up))
    look = {"arrowstyle": "-|>", "color": colour, "linestyle": dash, "linewidth": width, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", (start[0] + share * across, start[1] + share * up), start, arrowprops=look, zorder=1)


def _mark_kinds(axes: Axes, points: Array, on: Sequence[bool], colours: tuple[str, str]) -> None:
    """Circles for on and crosses for off, each with its word; points in one place are counted."""
    for kind, word, colour, marker in ((True, "on", colours[0], "o"), (False, "off", colours[1], "X")):
        places = Counter((float(x), float(y)) for (x, y), is_on in zip(points, on, strict=True) if is_on == kind)
        for (x, y), count in places.items():
            axes.scatter(x, y, s=130, color=colour, edgecolor=INK, marker=marker, zorder=3)
            counted = f"{word} ({count} points)" if count > 1 else word
            axes.annotate(counted, (x, y), (8, 8), textcoords="offset points", bbox=BOX, zorder=4)
