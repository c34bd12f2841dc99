"""Draws gradient descent: lines through points, the valley of the cost and paths in it, maps of two weights, curves."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import cast

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from autograder.drawing.style import (
    AMOUNTS,
    BLUE,
    BOX,
    COLOURS,
    GREEN,
    INK,
    MARKERS,
    ORANGE,
    STYLE,
    Array,
    Pair,
    Picture,
    Words,
    fitting,
    number_text,
)

LINE_COLOURS, LINE_DASHES = (*COLOURS, INK), ("-", "--", "-.", ":")
ENDINGS = ("converged", "max_epochs", "diverged")


@rc_context(STYLE)
def fitted_lines(
    x: ArrayLike, z: ArrayLike, weights: Mapping[str, float], title: str = "", labels: Words = ("x", "z")
) -> Picture:
    """Draw points and up to four straight lines through (0, 0), each labelled at its right end.

    Parameters
    ----------
    x, z
        The points, shape (N,) each.
    weights, title, labels
        Each line's label and weight; what the picture says; what the two axes show, with units.

    Raises
    ------
    ValueError
        If there are more than four lines, or not as many z as x.
    """
    if len(weights) > len(LINE_COLOURS):
        raise ValueError(f"{len(weights)} lines are too many to tell apart; at most {len(LINE_COLOURS)}.")
    across = np.asarray(x, dtype=float)
    (heights,) = fitting("points", [z], [across.shape])
    picture = Picture(figsize=(6.4, 3.7), layout="constrained")
    axes = picture.add_subplot(xlabel=labels[0], ylabel=labels[1], title=title, xmargin=0.02)
    ends = np.array([min(0.0, across.min()), across.max()]) * 1.1
    for (label, w), colour, dash in zip(weights.items(), LINE_COLOURS, LINE_DASHES, strict=False):
        axes.plot(ends, w * ends, dash, color=colour, label=label)
    axes.plot(across, heights, "o", color="white", markeredgecolor=INK, markeredgewidth=1.5, markersize=8, zorder=4)
    _label_ends(axes, {label: w * ends[-1] for label, w in weights.items()})
    drawn = ", ".join(f"{label} with the weight {number_text(w)}" for label, w in weights.items())
    picture.alt = f"{title or 'Lines'}: {len(across)} points of {labels[1]} against {labels[0]}, and the lines {drawn}."
    return picture


@rc_context(STYLE)
def valleys(
    cost: Callable[[float], float],
    paths: Mapping[str, ArrayLike],
    limits: Pair,
    slopes: Mapping[float, float] = {},
) -> Picture:
    """Draw the cost of one weight as a curve, and the path of a descent in it; several panels have the same axes.

    Parameters
    ----------
    cost
        Gives the cost of a weight.
    paths
        Each panel's title, and the weights of its path, in order; none for the curve alone.
    limits
        From which weight to which the curve is drawn.
    slopes
        The slope at each of these weights, drawn as a short straight piece.
    """
    across = np.linspace(*limits, 161)
    heights = np.array([cost(float(w)) for w in across])
    size = (6.4, 3.6) if len(paths) == 1 else (3.3 * len(paths), 4.2)
    picture = Picture(figsize=size, layout="constrained")
    row = picture.subplots(1, len(paths), sharex=True, sharey=True, squeeze=False)[0]
    for axes, (title, path) in zip(row, paths.items(), strict=True):
        axes.plot(across, heights, color=BLUE)
        axes.set(xlabel="weight w", title=title, xlim=limits)
        axes.set_ylim(-0.06 * heights.max(), 1.04 * heights.max())
        for w, slope in slopes.items():
            half = 0.6 / np.hypot(1, slope)
            axes.plot([w - half, w + half], [cost(w) - half * slope, cost(w) + half * slope], color=ORANGE, linewidth=4)
            axes.annotate(number_text(slope), (w, cost(w)), (0, 10), textcoords="offset points", bbox=BOX, ha="center")
        steps = np.asarray(path, dtype=float)
        if steps.size:
            places = [cost(float(w)) for w in steps]
            axes.plot(steps, places, "--", color=ORANGE, marker="o", markersize=6, linewidth=1.2)
            axes.annotate("start", (steps[0], places[0]), (7, 4), textcoords="offset points", bbox=BOX)
    row[0].set_ylabel("cost")
    walked = "; ".join(f"{title}, {_walk(path)}" for title, path in paths.items())
    picture.alt = (
        f"The cost over the weight w, a curve with its lowest place at {across[heights.argmin()]:.3g}: {walked}."
    )
    return picture


@rc_context(STYLE)
def contour_paths(maps: Mapping[str, tuple[ArrayLike, ArrayLike, ArrayLike]], target: ArrayLike) -> Picture:
    """Draw the cost of two weights as maps, side by side, each with the path of a descent.

    Parameters
    ----------
    maps
        Each map's title, the inputs x1 and x2, shape (N,) each, and the path, shape (steps + 1, 2).
    target
        What ``w1 * x1 + w2 * x2`` should give, shape (N,).

    Raises
    ------
    ValueError
        If x1 or x2 has another shape than `target`.
    """
    wanted = np.asarray(target, dtype=float)
    picture = Picture(figsize=(4.6 * len(maps), 4.0), layout="constrained")
    row = picture.subplots(1, len(maps), squeeze=False)[0]
    for axes, (title, (x1, x2, path)) in zip(row, maps.items(), strict=True):
        first, second = fitting("inputs", [x1, x2], [wanted.shape] * 2)
        steps = np.asarray(path, dtype=float)
        lowest = np.linalg.lstsq(np.stack([first, second], axis=1), wanted, rcond=None)[0]
        reach = 1.15 * np.abs(steps - lowest).max()
        side = np.linspace(-reach, reach, 141)
        w1, w2 = np.meshgrid(lowest[0] + side, lowest[1] + side)
        heights = np.mean((w1[..., None] * first + w2[..., None] * second - wanted) ** 2, axis=-1)
        levels = heights.max() * np.linspace(0.02, 1, 12) ** 2
        axes.contour(w1, w2, heights, levels=levels, cmap=AMOUNTS, linewidths=1)
        axes.plot(*steps.T, "-", color=ORANGE, marker="o", markersize=4, linewidth=1.5)
        axes.plot(*lowest, "X", color=INK, markersize=10, zorder=4)
        axes.annotate("start", steps[0], (6, -12), textcoords="offset points", bbox=BOX)
        axes.annotate("lowest", lowest, (8, 8), textcoords="offset points", bbox=BOX)
        axes.set(xlabel="weight w1", ylabel="weight w2", title=title, aspect="equal")
    picture.alt = f"Maps of the cost over two weights, each with the path of a descent: {'; '.join(maps)}."
    return picture


@rc_context(STYLE)
def epochs_needed(rates: Sequence[float], epochs: Sequence[int], reasons: Words) -> Picture:
    """Draw how many epochs a descent took at each learning rate, with a marker and colour for how it ended.

    Parameters
    ----------
    rates, epochs, reasons
        The learning rates, the epochs of each, and why it stopped: "converged", "diverged" or "max_epochs".
    """
    picture = Picture(figsize=(6.8, 3.6), layout="constrained")
    axes = picture.add_subplot(xlabel="learning rate", ylabel="epochs", title="How many epochs, and how it ended")
    counts = []
    for ending, colour, marker in zip(ENDINGS, (BLUE, GREEN, ORANGE), ("o", "s", "X"), strict=True):
        these = [(r, e) for r, e, reason in zip(rates, epochs, reasons, strict=True) if reason == ending]
        if these:
            axes.plot(*zip(*these, strict=True), marker, color=colour, markersize=7, label=ending)
            counts.append(f"{len(these)} {ending}")
    axes.set_ylim(bottom=0)
    axes.legend(loc="upper center")
    picture.alt = f"Epochs against the learning rate, from {min(rates):g} to {max(rates):g}: {', '.join(counts)}."
    return picture


@rc_context(STYLE)
def curve_panels(panels: Mapping[str, Mapping[str, ArrayLike]]) -> Picture:
    """Draw learning curves in panels, two in a row: the cost over the epochs, on axes that each panel has for itself.

    Parameters
    ----------
    panels
        Each panel's title, and its curves: a label and the costs, before the first epoch and after each.
    """
    rows = -(-len(panels) // 2)
    picture = Picture(figsize=(9.0, 3.0 * rows), layout="constrained")
    grid = picture.subplots(rows, 2, squeeze=False).ravel()
    for axes, (title, lines) in zip(grid, panels.items(), strict=False):
        for (label, line), colour, dash, marker in zip(lines.items(), COLOURS, ("-", "--"), MARKERS, strict=False):
            costs = np.asarray(line, dtype=float)
            every = max(1, len(costs) // 8)
            axes.plot(costs, dash, color=colour, marker=marker, markevery=every, markersize=4, label=f"{label} cost")
        axes.set(title=title, xlabel="epochs", ylabel="cost", ylim=(0, 1.08 * (axes.dataLim.y1 or 1)))
        axes.legend(fontsize=9)
    for axes in grid[len(panels) :]:
        axes.set_visible(False)
    ends = "; ".join(f"{t}: {', '.join(f'{n} {_from_to(c)}' for n, c in lines.items())}" for t, lines in panels.items())
    picture.alt = f"Learning curves, the cost over the epochs. {ends}."
    return picture


def _label_ends(axes: Axes, ends: Mapping[str, float]) -> None:
    """Write each line's label beside its right end; labels of lines that end close together are stacked."""
    step, at = 0.085 * (axes.get_ylim()[1] - axes.get_ylim()[0]), -np.inf
    colours = dict(zip(ends, LINE_COLOURS, strict=False))
    for label in sorted(ends, key=lambda name: ends[name]):
        at = max(ends[label], at + step)
        axes.text(1.01, at, label, transform=axes.get_yaxis_transform(), va="center", color=colours[label])


def _walk(path: ArrayLike) -> str:
    steps = cast(Array, np.asarray(path, dtype=float))
    return f"a path of {len(steps) - 1} steps from {steps[0]:.4g} to {steps[-1]:.4g}" if steps.size else "no path"


def _from_to(line: ArrayLike) -> str:
    costs = np.asarray(line, dtype=float)
    return f"from {costs[0]:.3g} to {costs[-1]:.3g}, lowest at epoch {costs.argmin()}"
