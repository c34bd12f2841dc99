"""Draws how far gradients reach in deep chains: their size in each layer, and that of the first by depth and weight."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import CenteredNorm
from numpy.typing import ArrayLike

from autograder.drawing.style import COLOURS, DASHES, INK, MARKERS, STYLE, Array, Named, Picture, fitting

# A map's colours end at so many powers of ten, below 1 and above.
FURTHEST = 12
# The lines of a map, each with its text.
LINES = {-6.0: "a millionth", 0.0: "1", 6.0: "a million"}
# On a map purple is below 1 and orange above: no red beside green, and both are dark where they are strong.
SIGNED = "PuOr_r"


@rc_context(STYLE)
def layer_gradients(panels: Mapping[str, Named], title: str = "") -> Picture:
    """Draw the size of a gradient in each layer, on a scale of powers of ten, in panels side by side.

    Parameters
    ----------
    panels
        Each panel's title, and up to three lines in it: a label, and the sizes from the first layer on, shape (L,).
        A size of 0 has no place on this scale: a line of zeros is a sentence.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If a panel has more than three lines, or a line is not a row of numbers of at least 0.
    """
    picture = Picture(figsize=(3.1 * len(panels) + 0.5, 3.4), layout="constrained")
    row = picture.subplots(1, len(panels), sharey=True, squeeze=False)[0]
    for axes, (name, lines) in zip(row, panels.items(), strict=True):
        axes.set(title=name, yscale="log", xlabel="layer (1 is the first)")
        axes.margins(x=0.14, y=0.14)
        _draw_lines(axes, {label: _sizes(label, sizes) for label, sizes in _few(name, lines).items()})
        deepest = max(len(np.ravel(sizes)) for sizes in lines.values())
        axes.set_xticks([1, *range(5, deepest + 1, 5)])
    row[0].set_ylabel("size of the gradient")
    picture.suptitle(title, fontsize=12)
    firsts = {name: {label: f"{np.ravel(sizes)[0]:.1e}" for label, sizes in p.items()} for name, p in panels.items()}
    picture.alt = f"{title or 'Gradients'}: in the first layer, " + "; ".join(
        f"{name}: {', '.join(f'{label} {size}' for label, size in lines.items())}" for name, lines in firsts.items()
    )
    picture.alt += "."
    return picture


@rc_context(STYLE)
def gradient_map(depths: ArrayLike, weights: ArrayLike, sizes: ArrayLike, title: str = "") -> Picture:
    """Draw the size of the first layer's gradient as a map over depth and weight; white is a size of 1.

    Parameters
    ----------
    depths, weights
        The numbers of layers, shape (D,), and the weights, shape (W,).
    sizes
        The size of the gradient for each weight and depth, shape (W, D), at least 0.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If `sizes` has another shape, or a number below 0.
    """
    across, up = np.asarray(depths, dtype=float), np.asarray(weights, dtype=float)
    (table,) = fitting("sizes", [sizes], [(len(up), len(across))])
    powers = np.log10(np.maximum(_sizes("the map", table.ravel()), 10.0**-300)).reshape(table.shape)
    picture = Picture(figsize=(7.2, 4.0), layout="constrained")
    axes = picture.add_subplot(xlabel="depth: number of layers", ylabel="weight", title=title)
    shades = axes.pcolormesh(across, up, powers, cmap=SIGNED, norm=CenteredNorm(0, FURTHEST), shading="nearest")
    for level, text in LINES.items():
        if powers.min() < level < powers.max():
            drawn = axes.contour(across, up, powers, levels=[level], colors=INK, linestyles="-" if level == 0 else "--")
            axes.clabel(drawn, fmt={level: text}, fontsize=10)
    axes.grid(visible=False)
    axes.xaxis.get_major_locator().set_params(integer=True)
    scale = picture.colorbar(shades, ax=axes, extend="both", ticks=[-12, -6, 0, 6, 12])
    scale.set_label("size of the first layer's gradient")
    scale.ax.set_yticklabels(["$10^{-12}$", "$10^{-6}$", "1", "$10^{6}$", "$10^{12}$"])
    picture.alt = (
        f"{title or 'A map of gradients'}: from {table.min():.1e} to {table.max():.1e}, over depths from "
        f"{across.min():g} to {across.max():g} and weights from {up.min():g} to {up.max():g}."
    )
    return picture


def _few(name: str, lines: Named) -> Named:
    if len(lines) > len(COLOURS):
        raise ValueError(f"“{name}” has {len(lines)} lines, too many to tell apart; at most {len(COLOURS)}.")
    return lines


def _sizes(label: str, sizes: ArrayLike) -> Array:
    row = np.asarray(sizes, dtype=float)
    if row.ndim != 1 or not (row >= 0).all():
        raise ValueError(f"“{label}” needs a row of sizes, none of them below 0; it is {row}.")
    return row


def _draw_lines(axes: Axes, lines: Mapping[str, Array]) -> None:
    """Each line with its label above its last layer: there lines of different lengths lie apart."""
    zeros = [label for label, sizes in lines.items() if not sizes.any()]
    if zeros:
        text = "0 in every layer" if len(zeros) == len(lines) else f"{', '.join(zeros)}: 0 in every layer"
        axes.annotate(text, (0.5, 0.5), xycoords="axes fraction", ha="center", color=INK)
    for (label, sizes), colour, dash, marker in zip(lines.items(), COLOURS, DASHES, MARKERS, strict=False):
        layers = np.arange(1, len(sizes) + 1)
        shown = sizes > 0
        if not shown.any():
            continue
        axes.plot(layers[shown], sizes[shown], dash, color=colour, marker=marker, markersize=4)
        at, look = (layers[shown][-1], sizes[shown][-1]), {"ha": "center", "va": "bottom", "color": colour}
        axes.annotate(label, at, (0, 6), textcoords="offset points", fontsize=9.5, **look)
