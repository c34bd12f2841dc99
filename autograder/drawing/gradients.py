"""Draws gradients: the computation graph of two neurons, bars that compare gradients, and the error of an estimate."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Circle
from numpy.typing import ArrayLike

from autograder.drawing.style import (
    BLUE,
    COLOURS,
    INK,
    ORANGE,
    PALE,
    STYLE,
    Array,
    Named,
    Pair,
    Picture,
    Words,
    fitting,
    number_text,
)

INPUTS = ("x", "y_true", "w1", "b1", "w2", "b2")
# The steps from left to right, each with the symbol in its circle, and the numbers that pass between them.
STEPS = (
    ("sum 1", "+", 2.1),
    ("sigmoid", "σ", 4.7),
    ("sum 2", "+", 7.9),
    ("sigmoid", "σ", 10.5),
    ("error", "½( )²", 13.1),
)
ROW = ("x", "z1", "a1", "z2", "a2", "E")
# The numbers that come from above (1) or below (-1), each with the circle that it enters.
SIDEWAYS = (("w1", 0, 1), ("b1", 0, -1), ("w2", 2, 1), ("b2", 2, -1), ("y_true", 4, 1))
LONG, HIGH, RADIUS = 1.7, 1.4, 0.42
HATCHES = ("", "//", "..")


@rc_context(STYLE)
def gradient_graph(
    numbers: Mapping[str, float], gradients: Mapping[str, float] | None = None, title: str = ""
) -> Picture:
    """Draw two neurons in a row as a graph: above each arrow its number, below it how fast E changes with it.

    Parameters
    ----------
    numbers
        The input, the target, the weights and the biases, under the keys x, y_true, w1, b1, w2 and b2. Everything
        that follows from them, up to E = (y_true - a2)² / 2, is computed here.
    gradients
        The derivatives of E, under keys such as dE_dw2; one that is not there is drawn as a question mark. None draws
        the numbers alone.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If one of the six numbers is not there.
    """
    values = _forward(numbers)
    picture = Picture(figsize=(10.6, 3.2), layout="constrained")
    axes = picture.subplots(subplot_kw={"frame_on": False, "xticks": [], "yticks": []})
    axes.set(xlim=(-0.1, 15.5), ylim=(-2.4, 2.0), aspect="equal", title=title)
    for head, symbol, at in STEPS:
        axes.add_patch(Circle((at, 0), RADIUS, facecolor=PALE, edgecolor=INK, zorder=3))
        axes.text(at, 0, symbol, ha="center", va="center", zorder=4, size=9.5 if len(symbol) > 1 else 13)
        axes.text(at + 0.45, -0.68, head, ha="left", va="center", size=9)
    centres = [at for _, _, at in STEPS]
    for name, start, end in zip(ROW, [-RADIUS, *centres], [*centres, 15.4 + RADIUS], strict=True):
        _arrow(axes, (start + RADIUS, 0), (end - RADIUS, 0))
        _number(axes, name, values[name], gradients, ((start + end) / 2 - 0.05, 0))
    for name, circle, side in SIDEWAYS:
        at, height = centres[circle], side * HIGH
        axes.plot([at - LONG, at], [height, height], color=INK, linewidth=1.2, zorder=1)
        _arrow(axes, (at, height), (at, side * RADIUS))
        _number(axes, name, values[name], gradients, (at - LONG / 2, height))
    key = "above an arrow: the number" + ("" if gradients is None else "; below it: how fast E changes with it")
    axes.text(15.4, -2.15, key, ha="right", va="center", size=10)
    known = {key: value for key, value in (gradients or {}).items() if key.startswith("dE_d")}
    picture.alt = (
        f"{title or 'Two neurons in a row'}: {', '.join(f'{n} = {number_text(v)}' for n, v in values.items())}"
        + "".join(f"; {key} = {number_text(value)}" for key, value in known.items())
        + "."
    )
    return picture


@rc_context(STYLE)
def gradient_bars(names: Words, groups: Named, title: str = "") -> Picture:
    """Draw bars, each with its number, that compare up to three gradients of the same parameters.

    Parameters
    ----------
    names, groups
        The P parameters; what each gradient is called, and its P numbers.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If there are more than three groups, or one does not have a number for each parameter.
    """
    if len(groups) > len(COLOURS):
        raise ValueError(f"{len(groups)} groups of bars are too many to tell apart; at most {len(COLOURS)}.")
    tables = fitting("gradients", list(groups.values()), [(len(names),)] * len(groups))
    thick = 0.8 / len(groups)
    picture = Picture(figsize=(7.6, 0.32 * len(names) * len(groups) + 1.2), layout="constrained")
    axes = picture.add_subplot(xlabel="how fast E changes with it", title=title, xmargin=0.12)
    places = np.arange(len(names))
    for number, (label, table) in enumerate(zip(groups, tables, strict=True)):
        at = places + thick * (number - (len(groups) - 1) / 2)
        look: dict[str, Any] = {"color": COLOURS[number], "hatch": HATCHES[number], "edgecolor": "white"}
        bars = axes.barh(at, table, height=0.86 * thick, label=label, **look)
        axes.bar_label(bars, [f"{value:.6f}".replace("-", "−") for value in table], padding=3, fontsize=9.5)
    axes.set_yticks(places, names)
    axes.invert_yaxis()
    axes.grid(visible=False, axis="y")
    axes.axvline(0, color=INK, linewidth=0.8)
    axes.legend(loc="best", fontsize=9.5)
    picture.alt = f"{title or 'Gradients'}: bars for {', '.join(names)}; {', '.join(groups)}."
    return picture


@rc_context(STYLE)
def estimate_errors(steps: ArrayLike, errors: ArrayLike, labels: Words, title: str = "") -> Picture:
    """Draw how far estimates are from the truth, over the size of the step, both on scales of powers of ten.

    Parameters
    ----------
    steps, errors
        The sizes of the steps and the distances from the truth, shape (N,), all above 0.
    labels, title
        What the two axes show; what the picture says.

    Raises
    ------
    ValueError
        If the shapes differ, or a number is not above 0.
    """
    across = np.asarray(steps, dtype=float)
    (up,) = fitting("errors", [errors], [across.shape])
    if not (across.min() > 0 and up.min() > 0):
        raise ValueError("On a scale of powers of ten, every number has to be above 0.")
    picture = Picture(figsize=(6.8, 3.5), layout="constrained")
    axes = picture.add_subplot(xlabel=labels[0], ylabel=labels[1], title=title, xscale="log", yscale="log")
    axes.plot(across, up, color=BLUE, marker="o", markersize=5)
    best = int(np.argmin(up))
    axes.plot(across[best], up[best], marker="D", color=ORANGE, markersize=8, zorder=5)
    axes.annotate("smallest here", (across[best], up[best]), (10, -4), textcoords="offset points")
    picture.alt = (
        f"{title or 'Errors'}: {labels[1]} against {labels[0]}; smallest, {up[best]:.0e}, at {across[best]:.0e}."
    )
    return picture


def _forward(numbers: Mapping[str, float]) -> dict[str, float]:
    """The six numbers, and what the two neurons and the error make of them."""
    missing = [name for name in INPUTS if name not in numbers]
    if missing:
        raise ValueError(f"This picture needs {', '.join(INPUTS)}; there is no {missing[0]}.")
    values = {name: float(numbers[name]) for name in INPUTS}
    signal: Array | float = values["x"]
    for place in "12":
        total = values[f"w{place}"] * signal + values[f"b{place}"]
        signal = float(1 / (1 + np.exp(-total)))
        values |= {f"z{place}": float(total), f"a{place}": signal}
    return values | {"E": (values["y_true"] - values["a2"]) ** 2 / 2}


def _number(axes: Axes, name: str, value: float, gradients: Mapping[str, float] | None, place: Pair) -> None:
    """A number above an arrow whose middle is here, and the derivative of E with respect to it below."""
    look: dict[str, Any] = {"ha": "center", "va": "center", "size": 10}
    x, y = place
    axes.text(x, y + 0.27, f"{'T' if name == 'y_true' else name} {number_text(value)}", color=BLUE, **look)
    if gradients is not None and name not in ("x", "y_true", "E"):
        slope = gradients.get(f"dE_d{name}")
        label = "?" if slope is None else number_text(float(slope))
        axes.text(x, y - 0.29, label, color=ORANGE, weight="bold", **look)


def _arrow(axes: Axes, start: Pair, end: Pair) -> None:
    look = {"arrowstyle": "-|>", "color": INK, "linewidth": 1.2, "shrinkA": 0, "shrinkB": 0}
    axes.annotate("", end, start, arrowprops=look, zorder=1)
