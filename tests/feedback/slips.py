"""All slips of the course, by lesson: those of a lesson are in the module that has its name."""

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
    training_networks,
    vanishing_gradient,
    activation_functions,
)
BY_LESSON: dict[str, list[Slip]] = {module.__name__.rpartition(".")[2]: module.SLIPS for module in _MODULES}
ALL_SLIPS = [slip for slips in BY_LESSON.values() for slip in slips]
