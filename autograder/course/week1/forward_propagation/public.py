"""Public checks of forward_propagation: shipped to students, literal inputs only."""

import numpy as np

from autograder.checks import assert_matches, assert_raises_value_error, checks, weight
from autograder.compare import require, require_array, require_dict, require_list


@checks("two_neuron_forward")
@weight(2)
def test_the_numbers_of_the_lecture(submission, reference):
    """The two neurons of the lecture."""
    assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, 0.1, 0.15, 0.4, 0.45, 0.65)


@checks("dense_forward")
@weight(2)
def test_four_examples_without_an_activation(submission, reference):
    """Four examples through a linear layer of two inputs and three outputs."""
    X = np.array([[0.5, 2.0], [-1.0, 0.8], [1.2, -0.7], [-0.4, -1.5]])
    W = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, np.array([0.1, -0.2, 0.7]))


@checks("dense_forward")
@weight(2)
def test_two_examples_with_a_sigmoid(submission, reference):
    """Two examples through a sigmoid layer of three inputs and three outputs."""
    X = np.array([[0.6, -1.1, 0.9], [1.4, 0.3, -0.5]])
    W = np.array([[0.8, -0.6, 0.3], [0.2, 1.3, -0.9], [-0.7, 0.4, 1.1]])
    b = np.array([0.5, -0.3, 0.9])
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, b, activation="sigmoid")


@checks("dense_forward")
def test_a_layer_with_too_few_inputs(submission, reference):
    """Three numbers an example for a layer of two inputs."""
    W, b = np.array([[0.4, -0.7], [1.2, 0.3]]), np.array([0.6, -0.8])
    assert_matches(submission.dense_forward, reference.dense_forward, np.array([[0.9, -1.4], [0.2, 0.5]]), W, b)
    assert_raises_value_error(
        submission.dense_forward,
        np.array([[0.9, -1.4, 0.3], [0.2, 0.5, 0.7]]),
        W,
        b,
        why="X has 3 columns but W has 2 rows",
    )


@checks("initialize_network")
@weight(2)
def test_the_layers_of_a_small_network(submission):
    """The keys and shapes for three inputs, four hidden neurons and two outputs."""
    network = submission.initialize_network([3, 4, 2], np.random.default_rng(11))
    require_list(network, 2, "the network")
    for number, (layer, D, M) in enumerate(zip(network, (3, 4), (4, 2), strict=True), start=1):
        require_dict(layer, {"W", "b"}, f"layer {number}")
        require_array(layer["W"], (D, M), f"W of layer {number}")
        require_array(layer["b"], (M,), f"b of layer {number}")


@checks("initialize_network")
@weight(2)
def test_the_weights_of_a_small_network(submission):
    """The weights of six inputs and five neurons all differ, in number and sign, and the biases are zero."""
    network = submission.initialize_network([6, 5], np.random.default_rng(12))
    require_list(network, 1, "the network")
    require_dict(network[0], {"W", "b"}, "layer 1")
    W, b = network[0]["W"], network[0]["b"]
    require_array(W, (6, 5), "W of layer 1")
    require_array(b, (5,), "b of layer 1")
    require(len(np.unique(W)) == 30, "Some of the 30 weights are equal.")
    require(W.min() < 0 < W.max(), "The weights all have the same sign; they should lie around zero.")
    require(np.all(b == 0), "Some biases are not zero.")


@checks("initialize_network")
def test_generators_of_two_seeds(submission):
    """The same seed gives the same weights again, another seed gives others."""
    first, again, other = (submission.initialize_network([3, 4], np.random.default_rng(seed)) for seed in (5, 5, 6))
    for network in (first, again, other):
        require_list(network, 1, "the network")
        require_dict(network[0], {"W", "b"}, "layer 1")
        require_array(network[0]["W"], (3, 4), "W of layer 1")
        require_array(network[0]["b"], (4,), "b of layer 1")
    require(np.array_equal(first[0]["W"], again[0]["W"]), "The seed 5, used twice, gave two different networks.")
    require(not np.any(first[0]["W"] == other[0]["W"]), "The seeds 5 and 6 gave the same weights.")


@checks("network_forward")
@weight(2)
def test_two_layers_by_hand(submission, reference):
    """Three examples through two inputs, two hidden neurons with relu and a sigmoid."""
    X = np.array([[0.5, -1.2], [1.4, 0.7], [-0.8, -0.6]])
    layers = [
        {"W": np.array([[0.9, -0.5], [-0.4, 1.1]]), "b": np.array([0.3, -0.2]), "activation": "relu"},
        {"W": np.array([[1.3], [-0.7]]), "b": np.array([-0.6]), "activation": "sigmoid"},
    ]
    assert_matches(submission.network_forward, reference.network_forward, X, layers)


@checks("network_forward")
@weight(2)
def test_two_square_layers(submission, reference):
    """Three examples through two layers of two neurons each, tanh and then linear."""
    X = np.array([[0.4, 1.3], [-0.9, 0.6], [1.1, -0.7]])
    layers = [
        {"W": np.array([[0.7, -1.2], [0.5, 0.8]]), "b": np.array([0.2, -0.4]), "activation": "tanh"},
        {"W": np.array([[-0.6, 0.9], [1.4, 0.3]]), "b": np.array([0.5, -0.3]), "activation": "linear"},
    ]
    assert_matches(submission.network_forward, reference.network_forward, X, layers)


@checks("count_parameters")
def test_one_hidden_layer(submission, reference):
    """Three inputs, five hidden neurons and two outputs."""
    assert_matches(submission.count_parameters, reference.count_parameters, [3, 5, 2])


@checks("count_parameters")
def test_a_network_for_small_pictures(submission, reference):
    """A network for pictures of 28 by 28: 784 inputs, 100 hidden neurons, 10 outputs."""
    assert_matches(submission.count_parameters, reference.count_parameters, [784, 100, 10])
