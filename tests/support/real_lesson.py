"""The real lesson that tests hand in when they need one: its exercises with their points."""

from __future__ import annotations

LESSON = "forward_propagation"
FULL = {
    "two_neuron_forward": 3.0,
    "dense_forward": 3.0,
    "initialize_network": 2.0,
    "count_parameters": 2.0,
    "network_forward": 3.0,
}
FIRST = "two_neuron_forward"
