"""The course's pictures."""

from autograder.drawing.activations import functions_and_slopes, share_bars
from autograder.drawing.digits import digit_grid, digit_outputs
from autograder.drawing.networks import network_diagram
from autograder.drawing.neurons import decision_map, nerve_cell, neuron_steps
from autograder.drawing.paintings import paintings
from autograder.drawing.plots import curve_grid, curves, decision_surfaces, small_drawings, two_kinds
from autograder.drawing.style import Picture

__all__ = [
    "Picture",
    "curve_grid",
    "curves",
    "decision_map",
    "decision_surfaces",
    "digit_grid",
    "digit_outputs",
    "functions_and_slopes",
    "nerve_cell",
    "network_diagram",
    "neuron_steps",
    "paintings",
    "share_bars",
    "small_drawings",
    "two_kinds",
]
