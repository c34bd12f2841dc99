"""The course's pictures."""

from autograder.drawing.neurons import curve_grid, nerve_cell, neuron_steps, small_drawings
from autograder.drawing.style import Picture, curves, decision_surfaces, network_diagram, two_kinds

__all__ = [
    "Picture",
    "curve_grid",
    "curves",
    "decision_surfaces",
    "nerve_cell",
    "network_diagram",
    "neuron_steps",
    "small_drawings",
    "two_kinds",
]
