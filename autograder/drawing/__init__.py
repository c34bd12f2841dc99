"""The course's pictures."""

from autograder.drawing.digits import digit_grid, digit_outputs
from autograder.drawing.gradients import estimate_errors, gradient_bars, gradient_graph
from autograder.drawing.networks import network_diagram
from autograder.drawing.neurons import decision_map, nerve_cell, neuron_steps
from autograder.drawing.paintings import paintings
from autograder.drawing.plots import curve_grid, curves, decision_surfaces, small_drawings, two_kinds
from autograder.drawing.style import Picture
from autograder.drawing.training import changed_digit, training_progress, weight_pictures

__all__ = [
    "Picture",
    "changed_digit",
    "curve_grid",
    "curves",
    "decision_map",
    "decision_surfaces",
    "digit_grid",
    "digit_outputs",
    "estimate_errors",
    "gradient_bars",
    "gradient_graph",
    "nerve_cell",
    "network_diagram",
    "neuron_steps",
    "paintings",
    "small_drawings",
    "training_progress",
    "two_kinds",
    "weight_pictures",
]
