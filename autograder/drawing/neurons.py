"""Draws one neuron: a nerve cell beside its diagram, the numbers that flow through it, and a map of its decisions."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from matplotlib import rc_context
from matplotlib.axes import Axes
from matplotlib.patches import Circle, Ellipse, FancyBboxPatch
from numpy.typing import ArrayLike

from autograder.drawing.style import (
    AMOUNTS,
    BLUE,
    BOX,
    GREEN,
    INK,
    ORANGE,
    PALE,
    STYLE,
    Pair,
    Picture,
    Words,
    fitting,
    number_text,
)

PARTS = ("dendrites", "soma", "axon", "terminal buttons")
PART_COLOURS = (BLUE, ORANGE, GREEN, INK)
BARE = {"frame_on": False, "xticks": [], "yticks": []}


@rc_context(STYLE)
def nerve_cell() -> Picture:
    """Draw a nerve cell as Ramón y Cajal did, beside an artificial neuron: corresponding parts have the same number."""
    picture = Picture(figsize=(9.2, 3.8), layout="constrained")
    cell, diagram = picture.subplots(1, 2, width_ratios=[1.25, 1], subplot_kw=BARE)
    cell.set(xlim=(-3.3, 7.3), ylim=(-3.3, 3.4), aspect="equal", title="A nerve cell …")
    diagram.set(xlim=(-3.4, 4.9), ylim=(-3.3, 3.4), aspect="equal", title="… and the artificial neuron")
    _draw_cell(cell)
    _draw_diagram(diagram)
    named = ", ".join(f"{number} {part}" for number, part in enumerate(PARTS, start=1))
    picture.alt = (
        f"A nerve cell with its parts {named}, beside the diagram of an artificial neuron, numbered alike: three "
        "arrows with a weight each, a circle with a sum sign and a curve, and a line that branches."
    )
    return picture


@rc_context(STYLE)
def neuron_steps(x: ArrayLike, w: ArrayLike, b: float, activation: bool = False, title: str = "") -> Picture:
    """Draw what a neuron computes, from left to right: inputs, products, the sum with its bias, the sigmoid.

    Parameters
    ----------
    x, w, b
        The inputs and the weights, shape (D,), and the bias.
    activation
        Whether the sigmoid of the weighted sum is drawn too.
    title
        What the picture says.

    Raises
    ------
    ValueError
        If there are not as many weights as inputs.
    """
    inputs, weights = (np.asarray(numbers, dtype=float) for numbers in (x, w))
    if inputs.ndim != 1 or inputs.shape != weights.shape:
        raise ValueError(f"This picture needs a weight for each input, not {weights.shape} for {inputs.shape}.")
    z = round(float(inputs @ weights + b), 12)  # 2.15, not 2.1500000000000004
    a = float(0.5 + 0.5 * np.tanh(0.5 * z))  # the sigmoid, without overflow
    top, far = 0.55 * (len(inputs) - 1), 10.3 if activation else 7.0
    picture = Picture(figsize=(0.8 * (far + 1.4), 0.8 * (2 * top + 2.0) + 0.4), layout="constrained")
    axes = picture.subplots(subplot_kw=BARE)
    axes.set(xlim=(-0.7, far + 0.7), ylim=(-top - 0.7, top + 1.3), aspect="equal", title=title)
    for i, (number, weight) in enumerate(zip(inputs, weights, strict=True)):
        y = top - 1.1 * i
        _circle(axes, (0, y), number_text(number), "white")
        _flow(axes, (0.5, y), (2.0, y), f"× {number_text(weight)}", BLUE if weight >= 0 else ORANGE)
        _box(axes, (2.6, y), number_text(round(number * weight, 12)), 0.55)
        _flow(axes, (3.2, y), (4.4, 0.25 * y))
    _box(axes, (5.0, 0), f"add up,\n+ {number_text(b)}" if b >= 0 else f"add up,\n− {number_text(-b)}", 0.6)
    heads = [(0, "inputs"), (2.6, "products"), (5.0, "sum and bias")]
    if activation:
        _flow(axes, (5.65, 0), (6.9, 0), number_text(z))
        _box(axes, (7.5, 0), "squeeze", 0.6)
        _flow(axes, (8.15, 0), (9.3, 0))
        _circle(axes, (9.9, 0), number_text(a), PALE)
        heads += [(7.5, "activation"), (9.9, "output")]
    else:
        _flow(axes, (5.65, 0), (6.6, 0))
        axes.text(6.75, 0, number_text(z), va="center", weight="bold")
        heads.append((7.1, "weighted sum"))
    for across, head in heads:
        axes.text(across, top + 0.95, head, ha="center", va="center", weight="bold")
    facts = [f"inputs {', '.join(map(number_text, inputs))}", f"weights {', '.join(map(number_text, weights))}"]
    facts += [f"bias {number_text(b)}", f"weighted sum {number_text(z)}"]
    facts += [f"output {number_text(a)}"] if activation else []
    picture.alt = f"{title or 'A neuron'}: {'; '.join(facts)}."
    return picture


@rc_context(STYLE)
def decision_map(
    neuron: Callable[[Pair], float],
    points: Mapping[str, Pair],
    facts: Words,
    question: str = "",
    wanted: Sequence[bool] | None = None,
) -> Picture:
    """Draw the outputs of a neuron with two inputs as a map from no to yes, with its border at 0.5.

    Parameters
    ----------
    neuron
        Gives the output, from 0 to 1, for two inputs.
    points
        Inputs to mark, each with its name. The map reaches from 0 to 1, or as far as the points do.
    facts, question
        What the two inputs are; what the neuron decides.
    wanted
        For each point whether it should be a yes (a circle) or a no (a cross); by default, what the neuron says.

    Raises
    ------
    ValueError
        If a point does not have two numbers, or `wanted` does not have an entry for each point.
    """
    places = fitting("points", list(points.values()), [(2,)] * len(points))
    answers = [neuron((x, y)) >= 0.5 for x, y in places] if wanted is None else list(wanted)
    if len(answers) != len(places):
        raise ValueError(f"This picture needs a yes or no for each of the {len(places)} points, not {len(answers)}.")
    corners = np.array([(0, 0), (1, 1), *places])
    sides = np.linspace(corners.min(axis=0), corners.max(axis=0), 81)
    heights = np.array([[neuron((x, y)) for x in sides[:, 0]] for y in sides[:, 1]])
    picture = Picture(figsize=(5.8, 4.4), layout="constrained")
    axes = picture.add_subplot(xlabel=facts[0], ylabel=facts[1], title=question, xmargin=0.03, ymargin=0.03)
    shades = axes.contourf(*sides.T, heights, levels=np.linspace(0, 1, 11), cmap=AMOUNTS)
    if heights.min() < 0.5 < heights.max():
        axes.clabel(axes.contour(*sides.T, heights, levels=[0.5], colors="white", linestyles="--"), fmt="%.1f")
    for name, (x, y), yes in zip(points, places, answers, strict=True):
        axes.scatter(x, y, s=120, color="white", edgecolor=INK, marker="o" if yes else "X", zorder=3, clip_on=False)
        label, towards = f"{name}: {'yes' if yes else 'no'}", -1 if x > sides[:, 0].mean() else 1
        text = axes.annotate(label, (x, y), (9 * towards, 8), textcoords="offset points", bbox=BOX, zorder=4)
        text.set(ha="left" if towards > 0 else "right", fontsize=10)
    picture.colorbar(shades, ax=axes, label="output, from 0 (no) to 1 (yes)", ticks=np.linspace(0, 1, 6))
    said = ", ".join(f"{name} {'yes' if yes else 'no'}" for name, yes in zip(points, answers, strict=True))
    picture.alt = f"{question or 'A decision'}: a map of a neuron's output over {' and '.join(facts)}; {said}."
    return picture


def _draw_cell(axes: Axes) -> None:
    dendrites, soma, axon, buttons = PART_COLOURS
    rng = np.random.default_rng(11)
    for angle in (1.75, 2.35, 2.95, 3.6, 4.25, 1.05):
        _branch(axes, rng, (0.6 * np.cos(angle), 0.6 * np.sin(angle)), angle, 1.15, 4.2, dendrites)
    along = np.linspace(0.5, 4.6, 60)
    axes.plot(along, 0.18 * np.sin(2.2 * along) - 0.1, color=axon, linewidth=2.6, zorder=2)
    axes.add_patch(Ellipse((0, 0), 1.6, 1.35, angle=15, facecolor="#F6DCC8", edgecolor=soma, linewidth=2.5, zorder=3))
    axes.add_patch(Circle((-0.05, 0.05), 0.26, facecolor=soma, edgecolor="none", alpha=0.55, zorder=4))
    for lift in (-1.5, -0.5, 0.6, 1.6):
        share = np.linspace(0, 1, 25)
        axes.plot(4.6 + 1.4 * share, -0.2 + lift * share**1.6, color=axon, linewidth=1.6, zorder=2)
        axes.add_patch(Circle((6.05, -0.2 + lift), 0.15, facecolor=buttons, edgecolor="none", zorder=3))
    marks: list[tuple[Pair, Pair]] = [((-2.8, 3.0), (-1.5, 1.55)), ((1.0, -1.9), (0.4, -0.62))]
    marks += [((2.9, 1.5), (2.9, 0.15)), ((5.6, 2.8), (6.0, 1.6))]
    for number, ((ring, part), name) in enumerate(zip(marks, PARTS, strict=True), start=1):
        _mark(axes, number, ring, part)
        axes.text(ring[0] + 0.42, ring[1], name, va="center", bbox=BOX, zorder=5)


def _branch(
    axes: Axes,
    rng: np.random.Generator,
    start: tuple[float, float],
    angle: float,
    length: float,
    width: float,
    colour: str,
) -> None:
    """A fibre that bends a little, gets thinner and forks."""
    x, y = start
    for _ in range(5):
        angle += rng.normal(0, 0.13)
        end = (x + length / 5 * np.cos(angle), y + length / 5 * np.sin(angle))
        axes.plot([x, end[0]], [y, end[1]], color=colour, linewidth=width, solid_capstyle="round", zorder=1)
        (x, y), width = end, width * 0.93
    if length > 0.4:
        for turn in (-0.45, 0.4):
            _branch(axes, rng, (x, y), angle + turn + rng.normal(0, 0.1), 0.68 * length, 0.7 * width, colour)


def _draw_diagram(axes: Axes) -> None:
    dendrites, soma, axon, buttons = PART_COLOURS
    for i, y in enumerate((1.6, 0.0, -1.6), start=1):
        _line(axes, (-2.75, y), (-0.98, 0.32 * y), dendrites)
        axes.text(-3.1, y, f"$x_{i}$", ha="center", va="center", fontsize=13, color=dendrites)
        axes.text(-1.75, 0.63 * y, f"$w_{i}$", ha="center", va="center", fontsize=13, color=dendrites, bbox=BOX)
    axes.add_patch(Circle((0, 0), 1.0, facecolor="#F6DCC8", edgecolor=soma, linewidth=2.5, zorder=3))
    axes.plot([0, 0], [-1, 1], color=soma, linewidth=1.2, zorder=4)
    axes.text(-0.45, 0, "Σ", ha="center", va="center", fontsize=19, zorder=5)
    along = np.linspace(-1, 1, 40)
    axes.plot(0.48 + 0.36 * along, 0.42 * np.tanh(3 * along), color=INK, linewidth=2, zorder=5)
    _line(axes, (1.0, 0), (2.7, 0), axon, head="-")
    for y in (1.5, 0.0, -1.5):
        _line(axes, (2.7, 0), (4.3, y), axon, head="-")
        axes.add_patch(Circle((4.4, y), 0.17, facecolor=buttons, edgecolor="none", zorder=3))
    for number, (ring, part) in enumerate(
        (((-2.3, 2.7), (-2.3, 1.35)), ((1.1, -2.1), (0.5, -0.87)), ((1.9, 1.2), (1.9, 0.08)), ((4.1, 2.7), (4.4, 1.7))),
        start=1,
    ):
        _mark(axes, number, ring, part)


def _mark(axes: Axes, number: int, ring: Pair, part: Pair) -> None:
    """A number in a ring of its part's colour, with a thin line to the part."""
    colour = PART_COLOURS[number - 1]
    axes.plot(*zip(ring, part, strict=True), color=colour, linewidth=0.9, zorder=5)
    axes.add_patch(Circle(ring, 0.33, facecolor="white", edgecolor=colour, linewidth=2, zorder=6))
    axes.text(*ring, str(number), ha="center", va="center", weight="bold", zorder=7)


def _line(axes: Axes, start: Pair, end: Pair, colour: str, head: str = "-|>") -> None:
    look = {"arrowstyle": head, "color": colour, "linewidth": 2.2, "shrinkA": 0, "shrinkB": 0, "mutation_scale": 14}
    axes.annotate("", end, start, arrowprops=look, zorder=2)


def _flow(axes: Axes, start: Pair, end: Pair, label: str = "", colour: str = INK) -> None:
    _line(axes, start, end, colour)
    axes.text((start[0] + end[0]) / 2, (start[1] + end[1]) / 2 + 0.22, label, ha="center", va="center", color=colour)


def _circle(axes: Axes, centre: Pair, text: str, fill: str) -> None:
    axes.add_patch(Circle(centre, 0.47, facecolor=fill, edgecolor=INK, zorder=3))
    axes.text(*centre, text, ha="center", va="center", fontsize=9, zorder=4)


def _box(axes: Axes, centre: Pair, text: str, half: float) -> None:
    corner = (centre[0] - half, centre[1] - 0.35)
    style = "round,pad=0,rounding_size=0.1"
    axes.add_patch(FancyBboxPatch(corner, 2 * half, 0.7, boxstyle=style, facecolor=PALE, edgecolor=INK, zorder=3))
    axes.text(*centre, text, ha="center", va="center", fontsize=10, linespacing=1.1, zorder=4)
