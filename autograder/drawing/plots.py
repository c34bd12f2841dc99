"""Draws plots on axes: curves, points of two kinds, maps of an output, and small drawings made of squares."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from autograder.drawing.style import (
    AMOUNTS,
    BLUE,
    BOX,
    COLOURS,
    DASHES,
    GREEN,
    INK,
    MARKERS,
    ORANGE,
    STYLE,
    Array,
    Ends,
    Named,
    Pair,
    Picture,
    Words,
    fitting,
)


@rc_context(STYLE)
def curves(x: ArrayLike, lines: Named, labels: Words, title: str = "", marks: Mapping[str, Pair] = {}) -> Picture:
    """Draw up to three curves, each labelled at its right end.

    Parameters
    ----------
    x, lines
        The horizontal coordinates, shape (N,), and each curve's label and heights, shape (N,).
    labels, title, marks
        What the two axes show, with units; what the picture says; a text for each point (x, y) to be marked.

    Raises
    ------
    ValueError
        If there are more than three curves, or one does not have a height for each x.
    """
    if len(lines) > len(COLOURS):
        raise ValueError(f"{len(lines)} curves in one picture are too many to tell apart; at most {len(COLOURS)}.")
    across = np.asarray(x, dtype=float)
    heights = fitting("curves", list(lines.values()), [across.shape] * len(lines))
    picture = Picture(figsize=(6.8, 3.5), layout="constrained")
    axes = picture.add_subplot(xlabel=labels[0], ylabel=labels[1], title=title, xmargin=0.02)
    for y, colour, dash, marker in zip(heights, COLOURS, DASHES, MARKERS, strict=False):
        axes.plot(across, y, dash, color=colour, marker=marker, markevery=max(1, len(across) // 8), markersize=5)
    step, at = 0.075 * (axes.get_ylim()[1] - axes.get_ylim()[0]), -np.inf
    for end, label, colour in sorted(zip([y[-1] for y in heights], lines, COLOURS, strict=False)):
        at = max(end, at + step)  # labels of curves that end close together are stacked
        axes.text(1.01, at, label, transform=axes.get_yaxis_transform(), va="center", color=colour)
    if max(np.abs(axes.get_ylim())) >= 10_000:
        axes.yaxis.set_major_formatter("{x:,.0f}")
    for label, point in marks.items():
        axes.plot(*point, marker="D", color=INK, markersize=7, zorder=5)
        axes.annotate(label, point, (8, -8), textcoords="offset points", va="top")
    picture.alt = f"{title or 'Curves'}: {labels[1]} against {labels[0]}; {', '.join(lines)}."
    return picture


@rc_context(STYLE)
def curve_grid(
    x: ArrayLike, heights: ArrayLike, rows: Words, columns: Words, labels: Words, title: str = ""
) -> Picture:
    """Draw curves in a grid of R rows and C columns, all on the same axes, so that they can be compared.

    Parameters
    ----------
    x, heights
        The horizontal coordinates, shape (N,), and the curves, shape (R, C, N).
    rows, columns
        What all curves in a row have in common, and in a column.
    labels, title
        What the two axes show; what the picture says.

    Raises
    ------
    ValueError
        If `heights` has another shape.
    """
    across, table = np.asarray(x, dtype=float), np.asarray(heights, dtype=float)
    if table.shape != (len(rows), len(columns), len(across)):
        raise ValueError(f"{len(rows)} by {len(columns)} curves of {len(across)} points are needed, not {table.shape}.")
    picture = Picture(figsize=(2.4 * len(columns) + 0.6, 1.6 * len(rows) + 0.9), layout="constrained")
    grid = picture.subplots(len(rows), len(columns), sharex=True, sharey=True, squeeze=False)
    for axes, y in zip(grid.ravel(), table.reshape(-1, len(across)), strict=True):
        axes.plot(across, y, color=BLUE)
        axes.axvline(0, color=INK, linewidth=0.8)
    for axes, column in zip(grid[0], columns, strict=True):
        axes.set_title(column)
    for axes, row in zip(grid[:, -1], rows, strict=True):
        axes.annotate(row, (1.05, 0.5), xycoords="axes fraction", va="center")
    picture.suptitle(title, fontsize=12)
    picture.supxlabel(labels[0], fontsize=11)
    picture.supylabel(labels[1], fontsize=11)
    picture.alt = (
        f"{title or 'Curves'}: {labels[1]} against {labels[0]}; rows {', '.join(rows)}; columns {', '.join(columns)}."
    )
    return picture


@rc_context(STYLE)
def two_kinds(panels: Named, on: Sequence[bool], labels: Sequence[Words], lines: Mapping[str, Ends] = {}) -> Picture:
    """Draw points that are "on" (circles) or "off" (crosses), in one panel or in several side by side.

    Parameters
    ----------
    panels, on
        Each panel's title and points, shape (N, 2), and for each of the N points whether it is on.
    labels, lines
        What the two axes of each panel show; straight lines for the last panel, each with a label and both ends.

    Raises
    ------
    ValueError
        If a panel does not have two numbers for each entry of `on`.
    """
    all_points = fitting("points", list(panels.values()), [(len(on), 2)] * len(panels))
    picture = Picture(figsize=(4.2 * len(panels), 3.9), layout="constrained")
    row = picture.subplots(1, len(panels), squeeze=False)[0]
    for axes, title, points, (xlabel, ylabel) in zip(row, panels, all_points, labels, strict=True):
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
    """Draw outputs between 0 and 1 as maps over two inputs, side by side, all with the same colour scale.

    Parameters
    ----------
    outputs
        Each map's title, and a function that gives the outputs, shape (N,) or (N, 1), of inputs of shape (N, 2).
    points, on, labels
        Inputs to mark, shape (P, 2); for each whether it should be on (a circle) or off (a cross); the inputs' names.

    Raises
    ------
    ValueError
        If `points` has another shape, or a function does not give one output for each row of its inputs.
    """
    (marked,) = fitting("points", [points], [(len(on), 2)])
    sides = np.linspace(marked.min(axis=0) - 0.35, marked.max(axis=0) + 0.45, 121)
    grid = np.stack(np.meshgrid(*sides.T), axis=-1).reshape(-1, 2)
    picture = Picture(figsize=(4.2 * len(outputs), 3.9), layout="constrained")
    row = picture.subplots(1, len(outputs), squeeze=False)[0]
    for axes, (title, output) in zip(row, outputs.items(), strict=True):
        flat = fitting(f"outputs of “{title}”", [np.squeeze(output(grid))], [(len(grid),)])
        heights = flat[0].reshape(len(sides), -1)
        shades = axes.contourf(*sides.T, heights, levels=np.linspace(0, 1, 11), cmap=AMOUNTS)
        if heights.min() < 0.5 < heights.max():
            axes.clabel(axes.contour(*sides.T, heights, levels=[0.5], colors="white", linestyles="--"), fmt="%.1f")
        axes.set(xlabel=labels[0], ylabel=labels[1], title=title)
        _mark_kinds(axes, marked, on, ("white", "white"))
    picture.colorbar(shades, ax=row, label="output, from 0 to 1", ticks=np.linspace(0, 1, 6))
    picture.alt = f"Maps of the output over {' and '.join(labels)}: {'; '.join(outputs)}."
    return picture


@rc_context(STYLE)
def small_drawings(drawings: Mapping[str, Sequence[str]]) -> Picture:
    """Draw small pictures side by side: each is a list of lines, in which ``#`` is a dark square."""
    picture = Picture(figsize=(2.3 * len(drawings), 2.6), layout="constrained")
    row = picture.subplots(1, len(drawings), squeeze=False)[0]
    for axes, (title, lines) in zip(row, drawings.items(), strict=True):
        dark = np.array([[point == "#" for point in line] for line in lines], dtype=float)
        axes.pcolormesh(dark[::-1], cmap="Greys", vmin=0, vmax=1.2, edgecolor="#BBBBBB", linewidth=1)
        axes.set(aspect="equal", title=title, xticks=[], yticks=[], frame_on=False)
    picture.alt = f"Small drawings: {'; '.join(drawings)}."
    return picture


def _mark_kinds(axes: Axes, points: Array, on: Sequence[bool], colours: tuple[str, str]) -> None:
    """Circles for on and crosses for off, each with its word; points in the same place are counted."""
    for kind, word, colour, marker in ((True, "on", colours[0], "o"), (False, "off", colours[1], "X")):
        counts = Counter((float(x), float(y)) for (x, y), is_on in zip(points, on, strict=True) if is_on == kind)
        for (x, y), count in counts.items():
            axes.scatter(x, y, s=130, color=colour, edgecolor=INK, marker=marker, zorder=3)
            counted = f"{word} ({count} points)" if count > 1 else word
            axes.annotate(counted, (x, y), (8, 8), textcoords="offset points", bbox=BOX, zorder=4)
