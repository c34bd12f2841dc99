"""All slips of the course, by lesson: those of a lesson are in the module that has its name, or in several."""

from __future__ import annotations

from tests.feedback import (
    activation_functions,
    artificial_neuron,
    backpropagation,
    forward_propagation,
    gradient_descent,
    training_networks,
    vanishing_gradient,
    welcome,
)
from tests.feedback.slip import Slip

_MODULES = (
    welcome,
    artificial_neuron,
    forward_propagation,
    gradient_descent,
    backpropagation,
    vanishing_gradient,
    activation_functions,
)
BY_LESSON: dict[str, list[Slip]] = {module.__name__.rpartition(".")[2]: module.SLIPS for module in _MODULES}
BY_LESSON["backpropagation"] = [*backpropagation.SLIPS, *training_networks.SLIPS]  # its two sittings
ALL_SLIPS = [slip for slips in BY_LESSON.values() for slip in slips]
