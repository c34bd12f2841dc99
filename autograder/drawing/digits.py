"""Draws handwritten digits: a grid of them with how each was read, and one of them beside its ten outputs."""

from __future__ import annotations

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from numpy.typing import ArrayLike

from autograder.drawing.style import BLUE, INK, ORANGE, STYLE, Array, Picture, fitting

SIDE, IN_A_ROW = 7, 10
BARE = {"xticks": [], "yticks": [], "aspect": "equal"}


@rc_context(STYLE)
def digit_grid(pictures: ArrayLike, labels: ArrayLike, readings: ArrayLike, title: str = "") -> Picture:
    """Draw digits, ten in a row, each below the digit that it was read as; a wrong reading is framed and crossed.

    Parameters
    ----------
    pictures
        The digits, shape (N, 49), from 0 (paper) to 1 (ink).
    labels, readings
        What each is, and what it was read as, shape (N,).
    title
        What the picture says.

    Raises
    ------
    ValueError
        If the shapes do not fit together.
    """
    count = len(np.asarray(pictures))
    (digits,) = fitting("pictures", [pictures], [(count, SIDE * SIDE)])
    meant, read = fitting("labels and readings", [labels, readings], [(count,)] * 2)
    rows = -(-count // IN_A_ROW)
    picture = Picture(figsize=(7.8, 1.12 * rows + 0.4), layout="constrained")
    for axes in picture.subplots(rows, IN_A_ROW, squeeze=False).ravel()[count:]:
        axes.set_axis_off()
    for axes, digit, right, reading in zip(picture.axes, digits, meant, read, strict=False):
        _ink(axes, digit)
        wrong = right != reading
        axes.set_title(
            f"{reading:.0f} ✗" if wrong else f"{reading:.0f}",
            color=ORANGE if wrong else INK,
            weight="bold" if wrong else "normal",
            pad=3,
        )
        axes.set_xlabel(f"it is {right:.0f}" if wrong else "", color=ORANGE, fontsize=9, labelpad=2)
        for spine in axes.spines.values():
            spine.set(color=ORANGE if wrong else "#BBBBBB", linewidth=2.5 if wrong else 0.8)
    picture.suptitle(title, fontsize=11.5)
    number = int((meant != read).sum())
    picture.alt = f"{title or 'Digits'}: {count} handwritten digits with their readings, of which {number} are wrong."
    return picture


@rc_context(STYLE)
def digit_outputs(picture: ArrayLike, outputs: ArrayLike, title: str = "") -> Picture:
    """Draw one digit, and beside it a bar for each of the ten outputs; the longest bar is the reading.

    Parameters
    ----------
    picture, outputs
        The digit, shape (49,) or (1, 49), and the outputs for 0 to 9, each from 0 to 1, shape (10,) or (1, 10).
    title
        What the picture says.

    Raises
    ------
    ValueError
        If the shapes are others.
    """
    digit, bars = (np.ravel(np.asarray(array, dtype=float)) for array in (picture, outputs))
    fitting("digit and outputs", [digit, bars], [(SIDE * SIDE,), (10,)])
    reading = int(bars.argmax())
    drawn = Picture(figsize=(6.8, 3.3), layout="constrained")
    left, right = drawn.subplots(1, 2, width_ratios=[1, 1.5])
    _ink(left, digit)
    for edge in range(1, SIDE):
        left.axhline(edge - 0.5, color="#DDDDDD", linewidth=0.8)
        left.axvline(edge - 0.5, color="#DDDDDD", linewidth=0.8)
    colours = [BLUE if number == reading else "#9FC3DC" for number in range(10)]
    right.barh(range(10), bars, color=colours, edgecolor=INK, linewidth=0.6)
    for number, value in enumerate(bars):
        weight = "bold" if number == reading else "normal"
        right.text(value + 0.015, number, f"{value:.2f}", va="center", fontsize=9, weight=weight)
    right.set(xlim=(0, 1.13), yticks=range(10), xlabel="output, from 0 to 1", ylabel="neuron for the digit")
    right.set_title(title or f"Read as {reading}")
    right.invert_yaxis()
    right.grid(visible=False, axis="y")
    drawn.alt = f"{title or 'A digit'}: read as {reading}, with an output of {bars[reading]:.2f}."
    return drawn


def _ink(axes: Axes, digit: Array) -> None:
    axes.imshow(digit.reshape(SIDE, SIDE), cmap="Greys", vmin=0, vmax=1)
    axes.set(**BARE)
    axes.grid(visible=False)
