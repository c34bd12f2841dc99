"""`forward_propagation` as a course of stock nbgrader would give it: the same cells, graded by asserts in the kernel.

Nothing here is slower than it must be: no demo checks first whether its exercise is done, and the tests of all five
exercises take a few milliseconds.
"""

from __future__ import annotations

from pathlib import Path

import nbformat
from nbformat import NotebookNode

SETUP = """from autograder.drawing import curves, decision_surfaces, network_diagram, two_kinds
import numpy as np
from IPython.display import display


def ready(exercise):
    return True"""
# By exercise; a number on the last line is nbgrader's partial credit.
TESTS = {
    "two_neuron_forward": """right = 0
for numbers, z2, a2 in [
    ((0.1, 0.15, 0.4, 0.45, 0.65), 0.921029, 0.715252),
    ((1.537, -0.8147, -0.3721, 1.2463, -1.6358), -1.430642, 0.192999),
]:
    result = two_neuron_forward(*numbers)
    right += set(result) == {"z1", "a1", "z2", "a2"} and np.allclose([result["z2"], result["a2"]], [z2, a2], atol=1e-6)
### BEGIN HIDDEN TESTS
right += np.isclose(two_neuron_forward(2, -1, 1, 3, -2)["a2"], 0.232691, atol=1e-6)
### END HIDDEN TESTS
float(right)""",
    "dense_forward": """X = np.array([[0.5, 2.0], [-1.0, 0.8]])
W = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
b = np.array([0.1, -0.2, 0.7])
np.testing.assert_allclose(dense_forward(X, W, b), [[2.65, 0.2, -0.25], [-0.68, 1.4, -0.28]])
np.testing.assert_allclose(dense_forward(X, W, b, "relu"), [[2.65, 0.2, 0.0], [0.0, 1.4, 0.0]], atol=1e-12)
### BEGIN HIDDEN TESTS
np.testing.assert_allclose(dense_forward(X, W, b, "tanh"), np.tanh(X @ W + b))
np.testing.assert_allclose(dense_forward(X, W, b, "sigmoid"), 1 / (1 + np.exp(-(X @ W + b))))
for refused in [(X[0], W, b), (X[:, :1], W, b), (X, W, b[:1]), (X, W, b, "ReLU")]:
    try:
        dense_forward(*refused)
    except ValueError:
        continue
    raise AssertionError("dense_forward should refuse what does not fit")
### END HIDDEN TESTS""",
    "initialize_network": """network = initialize_network([3, 4, 2], np.random.default_rng(0))
assert [layer["W"].shape for layer in network] == [(3, 4), (4, 2)]
assert all(not layer["b"].any() for layer in network)
### BEGIN HIDDEN TESTS
again, other = (initialize_network([3, 4, 2], np.random.default_rng(seed)) for seed in (0, 1))
assert np.array_equal(network[0]["W"], again[0]["W"]) and not np.array_equal(network[0]["W"], other[0]["W"])
assert len(np.unique(network[0]["W"])) == 12
for refused in [[], [4], [4, 0, 3], [4, 2.5]]:
    try:
        initialize_network(refused, np.random.default_rng(0))
    except ValueError:
        continue
    raise AssertionError("initialize_network should refuse these sizes")
### END HIDDEN TESTS""",
    "network_forward": """layers = [
    {"W": np.array([[0.15]]), "b": np.array([0.4]), "activation": "sigmoid"},
    {"W": np.array([[0.45]]), "b": np.array([0.65]), "activation": "sigmoid"},
]
outputs = network_forward(np.array([[0.1]]), layers)
np.testing.assert_allclose(np.ravel(outputs), [0.602286, 0.715252], atol=1e-6)
### BEGIN HIDDEN TESTS
assert isinstance(outputs, list) and len(outputs) == 2
try:
    network_forward(np.ones((2, 3)), layers)
except ValueError:
    pass
else:
    raise AssertionError("network_forward should refuse what does not fit")
### END HIDDEN TESTS""",
    "count_parameters": """assert count_parameters([3, 4, 2]) == 26
assert count_parameters([784, 100, 10]) == 79510
### BEGIN HIDDEN TESTS
assert count_parameters([5, 1]) == 6 and isinstance(count_parameters([5, 1]), int)
### END HIDDEN TESTS""",
}


def stock_notebook(source: Path) -> NotebookNode:
    """The solved notebook of the lesson, set up and graded as above; all other cells stay as they are."""
    notebook = nbformat.read(source, as_version=4)
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    code[0].source = SETUP
    for cell in code:
        mark = cell.metadata.get("nbgrader", {})
        if mark.get("grade"):
            cell.source = TESTS[mark["grade_id"].removeprefix("check_")]
    return notebook
