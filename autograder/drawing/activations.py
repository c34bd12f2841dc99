"""Draws activations: each function with its slope below it, and the shares that softmax makes of weighted sums."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator
from numpy.typing import ArrayLike

from autograder.drawing.style import BLUE, INK, ORANGE, STYLE, Array, Named, Picture, Words, fitting, number_text

Activation = Callable[[Array], ArrayLike]
IN_A_ROW = 4
# How far to each side a slope is measured, and by how much two slopes may differ where a curve has no kink.
STEP, SMOOTH = 1e-4, 0.01


@rc_context(STYLE)
def functions_and_slopes(z: ArrayLike, functions: Mapping[str, Activation], title: str = "") -> Picture:
    """Draw activations, up to four in a row, each with its slope below it: measured, on either side of each point.

    Parameters
    ----------
    z
        The weighted sums, shape (N,), in ascending order.
    functions
        Each activation's name, and the function, which is called with arrays.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If a function does not give one number for each that it gets.
    """
    sums = np.asarray(z, dtype=float)
    columns = min(len(functions), IN_A_ROW)
    bands = -(-len(functions) // IN_A_ROW)
    picture = Picture(figsize=(2.15 * columns + 0.8, 3.5 * bands + 0.3), layout="constrained")
    grid = picture.subplots(2 * bands, columns, sharex=True, squeeze=False)
    extremes = []
    for place, (name, function) in enumerate(functions.items()):
        band, column = divmod(place, IN_A_ROW)
        upper, lower = grid[2 * band : 2 * band + 2, column]
        heights, slopes = _measured(name, function, sums)
        upper.plot(sums, heights, color=BLUE)
        lower.plot(sums, slopes, "--", color=ORANGE)
        upper.set_title(name)
        extremes.append(f"{name} from {_range(heights)}, slope from {_range(slopes)}")
    _same_scale(grid, bands, len(functions))
    for place in range(len(functions), columns * bands):
        for row in (0, 1):
            grid[2 * (place // columns) + row, place % columns].set_visible(False)
        grid[2 * (place // columns) - 1, place % columns].tick_params(labelbottom=True)
    picture.suptitle(title, fontsize=12)
    picture.supxlabel("weighted sum z", fontsize=11)
    picture.alt = f"{title or 'Activations, with their slopes below'}: {'; '.join(extremes)}."
    return picture


@rc_context(STYLE)
def share_bars(sums: Named, shares: Named, names: Words, title: str = "") -> Picture:
    """Draw bars for weighted sums, and below them bars for the shares that they get, in panels side by side.

    Parameters
    ----------
    sums, shares
        Each panel's title, with K weighted sums, and the same titles with the K shares made of them, from 0 to 1.
    names
        What the K bars stand for.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If a panel does not have a sum and a share for each name.
    """
    shapes = [(len(names),)] * len(sums)
    above = fitting("weighted sums", list(sums.values()), shapes)
    below = fitting("shares", [shares[panel] for panel in sums if panel in shares], shapes)
    picture = Picture(figsize=(3.0 * len(sums) + 0.6, 4.2), layout="constrained")
    upper, lower = picture.subplots(2, len(sums), sharey="row", squeeze=False)
    for axes, panel, heights in zip(upper, sums, above, strict=True):
        _bars(axes, names, heights, [number_text(height) for height in heights], BLUE, "")
        axes.set_title(panel)
    for axes, heights in zip(lower, below, strict=True):
        _bars(axes, names, heights, [f"{height:.3f}" for height in heights], ORANGE, "//")
        axes.set_ylim(0, 1.15)
    upper[0].set_ylabel("weighted sum")
    lower[0].set_ylabel("share")
    picture.suptitle(title, fontsize=12)
    texts = [
        f"{panel}: {', '.join(f'{name} {height:.3f}' for name, height in zip(names, heights, strict=True))}"
        for panel, heights in zip(sums, below, strict=True)
    ]
    picture.alt = f"{title or 'Shares'}: {'; '.join(texts)}."
    return picture


def _measured(name: str, function: Activation, sums: Array) -> tuple[Array, Array]:
    """A function's heights and slopes: nan where the curve jumps, and for the slope also where it has a kink."""
    left, here, right = fitting(
        f"numbers of “{name}”", [function(sums - STEP), function(sums), function(sums + STEP)], [sums.shape] * 3
    )
    before, after = (here - left) / STEP, (right - here) / STEP
    smooth = np.abs(after - before) < SMOOTH
    jumps = np.abs(right - left) > SMOOTH
    return np.where(jumps, np.nan, here), np.where(smooth, (before + after) / 2, np.nan)


def _range(numbers: Array) -> str:
    return f"{number_text(round(np.nanmin(numbers), 2))} to {number_text(round(np.nanmax(numbers), 2))}"


def _same_scale(grid: Array, bands: int, count: int) -> None:
    """All functions share a scale, and so do all slopes; each band says which is which."""
    for kind, (label, apart) in enumerate((("output a", 2.0), ("slope", 0.5))):
        panels = [axes for row in grid[kind::2] for axes in row][:count]
        limits = np.array([axes.get_ylim() for axes in panels])
        low, high = limits[:, 0].min(), limits[:, 1].max()
        for axes in panels:
            axes.set_ylim(low - 0.05 * (high - low), high + 0.05 * (high - low))
            axes.xaxis.set_major_locator(MultipleLocator(2.0))
            axes.yaxis.set_major_locator(MultipleLocator(apart))
            axes.axvline(0, color=INK, linewidth=0.8)
            axes.label_outer(remove_inner_ticks=True)
        for band in range(bands):
            grid[2 * band + kind, 0].set_ylabel(label)


def _bars(axes: Axes, names: Words, heights: Array, texts: Words, colour: str, hatch: str) -> None:
    drawn = axes.bar(list(names), heights, color=colour, hatch=hatch, edgecolor="white")
    axes.bar_label(drawn, labels=list(texts), padding=2)
    axes.axhline(0, color=INK, linewidth=0.8)
    axes.grid(visible=False, axis="x")
    axes.margins(y=0.18)
