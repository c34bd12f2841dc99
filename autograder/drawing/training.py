"""Draws what training changes: a first layer's weights, how many digits are read after each epoch, a changed digit."""

from __future__ import annotations

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.colors import LinearSegmentedColormap
from matplotlib.image import AxesImage
from numpy.typing import ArrayLike

from autograder.drawing.style import BLUE, INK, ORANGE, STYLE, Array, Named, Picture, Words, fitting

SIDE = 7
SIGNED = LinearSegmentedColormap.from_list("signed", [ORANGE, "white", BLUE])
BARE = {"xticks": [], "yticks": [], "aspect": "equal"}


@rc_context(STYLE)
def training_progress(losses: ArrayLike, right: ArrayLike, chance: float, title: str = "") -> Picture:
    """Draw the loss of each epoch, and beside it how many of the unseen digits are read after it.

    Parameters
    ----------
    losses, right
        The loss of epochs 1 to E, shape (E,); the digits read after 0 to E epochs, shape (E + 1,).
    chance, title
        How many digits guessing would read, drawn as a level line; what the picture says.

    Raises
    ------
    ValueError
        If the shapes are others.
    """
    epochs = len(np.asarray(losses))
    (fallen,) = fitting("losses", [losses], [(epochs,)])
    (risen,) = fitting("numbers of digits", [right], [(epochs + 1,)])
    picture = Picture(figsize=(8.6, 3.3), layout="constrained")
    left, beside = picture.subplots(1, 2)
    left.plot(range(1, epochs + 1), fallen, color=BLUE, marker="o", markersize=3)
    left.set(xlabel="epoch", ylabel="loss of the epoch (mean squared error)", ylim=(0, None))
    beside.plot(range(epochs + 1), risen, color=ORANGE, marker="o", markersize=3)
    beside.axhline(chance, color=INK, linestyle=":", linewidth=1.4)
    beside.annotate("by chance", (epochs, chance), (0, 4), textcoords="offset points", ha="right")
    beside.set(xlabel="epochs so far", ylabel="unseen digits read", ylim=(0, None))
    picture.suptitle(title, fontsize=11.5)
    picture.alt = (
        f"{title or 'Training'}: over {epochs} epochs the loss goes from {fallen[0]:.3f} to {fallen[-1]:.3f}, "
        f"the digits read go from {risen[0]:.0f} to {risen[-1]:.0f}."
        if epochs
        else f"{title or 'Training'}: no epochs."
    )
    return picture


@rc_context(STYLE)
def weight_pictures(rows: Named, title: str = "") -> Picture:
    """Draw the weights that lead into neurons, 49 each, as pictures of 7 by 7: blue above 0, orange below.

    Parameters
    ----------
    rows
        Each row's name and weights, shape (49, M), a column for each neuron; all rows have one scale.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If the shapes are others, or differ.
    """
    tables = [np.asarray(table, dtype=float) for table in rows.values()]
    count = tables[0].shape[-1]
    fitting("tables of weights", tables, [(SIDE * SIDE, count)] * len(tables))
    largest = max(float(np.abs(table).max()) for table in tables)
    picture = Picture(figsize=(1.0 * count + 1.6, 1.15 * len(rows) + 0.5), layout="constrained")
    grid = picture.subplots(len(rows), count, squeeze=False)
    for line, name, table in zip(grid, rows, tables, strict=True):
        for axes, weights in zip(line, table.T, strict=True):
            shown = _signed(axes, weights, largest)
        line[0].set_ylabel(name)
    picture.colorbar(shown, ax=grid, label="weight", shrink=0.9)
    picture.suptitle(title, fontsize=11.5)
    picture.alt = f"{title or 'Weights'}: {count} neurons as pictures of their weights; rows {', '.join(rows)}."
    return picture


@rc_context(STYLE)
def changed_digit(before: ArrayLike, after: ArrayLike, captions: Words, title: str = "") -> Picture:
    """Draw a digit, what was changed in it (blue is more ink, orange less), and the digit afterwards.

    Parameters
    ----------
    before, after
        The digit, shape (49,) or (1, 49), from 0 (paper) to 1 (ink).
    captions, title
        What to write below the two; what the picture says.

    Raises
    ------
    ValueError
        If the shapes are others.
    """
    old, new = (np.ravel(np.asarray(digit, dtype=float)) for digit in (before, after))
    fitting("digits", [old, new], [(SIDE * SIDE,)] * 2)
    picture = Picture(figsize=(7.2, 2.7), layout="constrained")
    left, middle, right = picture.subplots(1, 3)
    for axes, digit, caption in ((left, old, captions[0]), (right, new, captions[1])):
        axes.imshow(digit.reshape(SIDE, SIDE), cmap="Greys", vmin=0, vmax=1)
        axes.set(**BARE, xlabel=caption)
        axes.grid(visible=False)
    shown = _signed(middle, new - old, max(float(np.abs(new - old).max()), 1e-12))
    middle.set_xlabel("what was changed")
    picture.colorbar(shown, ax=middle, label="more ink", shrink=0.9)
    picture.suptitle(title, fontsize=11.5)
    picture.alt = f"{title or 'A digit'}: before, “{captions[0]}”; after, “{captions[1]}”; and the change of each cell."
    return picture


def _signed(axes: Axes, numbers: Array, largest: float) -> AxesImage:
    """49 numbers of either sign as a picture, white at 0."""
    shown = axes.imshow(numbers.reshape(SIDE, SIDE), cmap=SIGNED, vmin=-largest, vmax=largest)
    axes.set(**BARE)
    axes.grid(visible=False)
    return shown
