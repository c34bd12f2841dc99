"""All slips of the week, by lesson."""

from __future__ import annotations

from tests.feedback import artificial_neuron, forward_propagation, welcome

ALL_SLIPS = [*welcome.SLIPS, *artificial_neuron.SLIPS, *forward_propagation.SLIPS]
