"""Draws what a network paints: its three outputs for each point of a square, as red, green and blue."""

from __future__ import annotations

import numpy as np
from matplotlib import rc_context

from autograder.drawing.style import STYLE, Named, Picture, fitting


@rc_context(STYLE)
def paintings(outputs: Named, title: str = "") -> Picture:
    """Draw square paintings side by side; each colour goes from the smallest to the largest of its output.

    Parameters
    ----------
    outputs
        Each painting's name, and red, green and blue of its points, shape (side · side, 3), row by row from below.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If a painting has another shape.
    """
    side = round(len(np.asarray(next(iter(outputs.values())))) ** 0.5)
    colours = fitting("paintings", list(outputs.values()), [(side * side, 3)] * len(outputs))
    picture = Picture(figsize=(2.6 * len(outputs), 3.1), layout="constrained")
    for axes, name, colour in zip(picture.subplots(1, len(outputs), squeeze=False)[0], outputs, colours, strict=True):
        least, spread = colour.min(axis=0), np.ptp(colour, axis=0)
        shades = (colour - least) / np.where(spread > 0, spread, 1)
        axes.imshow(shades.reshape(side, side, 3), origin="lower", interpolation="bilinear")
        axes.set(title=name, xticks=[], yticks=[], frame_on=False)
        axes.grid(visible=False)
    picture.suptitle(title, fontsize=11.5)
    picture.alt = f"{title or 'Abstract paintings'}: {'; '.join(outputs)}."
    return picture
