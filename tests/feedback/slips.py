"""All slips of the course, by lesson: those of a lesson are in the module that has its name."""

from __future__ import annotations

from tests.feedback import artificial_neuron, forward_propagation, welcome
from tests.feedback.slip import Slip

_MODULES = (welcome, artificial_neuron, forward_propagation)
BY_LESSON: dict[str, list[Slip]] = {module.__name__.rpartition(".")[2]: module.SLIPS for module in _MODULES}
ALL_SLIPS = [slip for slips in BY_LESSON.values() for slip in slips]
