"""Public checks of forward_propagation: shipped to students, literal inputs only."""

import numpy as np

from autograder.checks import (
    assert_matches,
    assert_raises_value_error,
    checks,
    require,
    require_array,
    require_dict,
    require_list,
    structure_only,
    weight,
)


@checks("two_neuron_forward")
def test_the_numbers_of_the_lecture(submission, reference):
    """The two neurons of the lecture."""
    assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, 0.1, 0.15, 0.4, 0.45, 0.65)


@checks("two_neuron_forward")
def test_negative_sums(submission, reference):
    """Two neurons with negative weights, whose numbers have many digits."""
    numbers = (1.537, -0.8147, -0.3721, 1.2463, -1.6358)
    assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, *numbers)


@checks("dense_forward")
@weight(1.5)
def test_four_examples_without_an_activation(submission, reference):
    """Four examples through a linear layer of two inputs and three outputs."""
    X = np.array([[0.537, 1.963], [-1.042, 0.814], [1.219, -0.683], [-0.371, -1.528]])
    W = np.array([[1.487, -1.213, 0.529], [0.917, 0.476, -0.634]])
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, np.array([0.123, -0.247, 0.719]))


@checks("dense_forward")
def test_two_examples_with_a_sigmoid(submission, reference):
    """Two examples through a sigmoid layer of three inputs and three outputs."""
    X = np.array([[0.6, -1.1, 0.9], [1.4, 0.3, -0.5]])
    W = np.array([[0.8, -0.6, 0.3], [0.2, 1.3, -0.9], [-0.7, 0.4, 1.1]])
    b = np.array([0.5, -0.3, 0.9])
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, b, activation="sigmoid")


@checks("dense_forward")
def test_the_example_with_relu(submission, reference):
    """The two examples of the docstring, with relu."""
    X = np.array([[0.5, 2.0], [-1.0, 0.8]])
    W = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
    b = np.array([0.1, -0.2, 0.7])
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, b, activation="relu")


@checks("dense_forward")
@weight(0.5)
def test_three_examples_with_tanh(submission, reference):
    """Three examples through a tanh layer of two inputs and four outputs."""
    X = np.array([[0.7, -0.4], [-1.3, 0.6], [0.9, 1.2]])
    W = np.array([[0.3, -0.8, 0.9, -0.5], [-0.6, 0.4, 0.7, 1.1]])
    b = np.array([0.4, -0.3, 0.2, -0.7])
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, b, activation="tanh")


@checks("dense_forward")
def test_what_a_layer_refuses(submission, reference):
    """A layer of two inputs and two neurons refuses three inputs, a single bias and an unknown name."""
    X, W, b = np.array([[0.9, -1.4], [0.2, 0.5]]), np.array([[0.4, -0.7], [1.2, 0.3]]), np.array([0.6, -0.8])
    f = submission.dense_forward
    assert_matches(f, reference.dense_forward, X, W, b)
    wide = np.array([[0.9, -1.4, 0.3], [0.2, 0.5, 0.7]])
    assert_raises_value_error(f, wide, W, b, why="X has 3 columns but W has 2 rows")
    assert_raises_value_error(f, X, W, np.array([0.6]), why="b has one entry but W has 2 columns")
    assert_raises_value_error(f, X, W, b, "step", why="“step” is none of the four activations")


def table_of_weights(network, number, count):
    """W of a layer, whatever the rest of the network looks like."""
    require_list(network, count, "the network")
    layer = network[number - 1]
    require(isinstance(layer, dict), f"Layer {number} should be a dict.")
    require("W" in layer, f"Layer {number} lacks the key 'W'.")
    W = np.asarray(layer["W"])
    require(W.dtype.kind in "iuf" and np.isfinite(W).all(), f"W of layer {number} does not hold finite numbers alone.")
    return W


@checks("initialize_network")
@weight(1.5)
@structure_only
def test_the_layers_of_a_small_network(submission):
    """The keys and the shapes of W for three inputs, four hidden neurons and two outputs."""
    network = submission.initialize_network([3, 4, 2], np.random.default_rng(11))
    require_list(network, 2, "the network")
    for number, (layer, D, M) in enumerate(zip(network, (3, 4), (4, 2), strict=True), start=1):
        require_dict(layer, {"W", "b"}, f"layer {number}")
        require_array(layer["W"], (D, M), f"W of layer {number}")


@checks("initialize_network")
def test_the_weights_of_a_small_network(submission):
    """The weights of six inputs and five neurons all differ, and have both signs."""
    W = table_of_weights(submission.initialize_network([6, 5], np.random.default_rng(12)), 1, 1)
    require(np.any(W != 0), "The weights are all zero.")
    require(np.ptp(W) > 0, "The weights are all the same.")
    require(len(np.unique(W)) == W.size, "Some of the weights are equal.")
    require(W.min() < 0 < W.max(), "The weights all have the same sign; they should lie around zero.")


@checks("initialize_network")
def test_the_biases_of_a_small_network(submission):
    """The biases of six inputs and five neurons are five zeros, while the weights are not zero."""
    network = submission.initialize_network([6, 5], np.random.default_rng(13))
    require(np.all(table_of_weights(network, 1, 1) != 0), "Some weights are zero.")
    require("b" in network[0], "Layer 1 lacks the key 'b'.")
    require_array(network[0]["b"], (5,), "b of layer 1")
    require(np.all(network[0]["b"] == 0), "Some biases are not zero.")


@checks("initialize_network")
def test_generators_of_two_seeds(submission):
    """The same seed gives the same weights again, another seed gives others."""
    first, again, other = (
        table_of_weights(submission.initialize_network([3, 4], np.random.default_rng(seed)), 1, 1) for seed in (5, 5, 6)
    )
    require(np.array_equal(first, again), "The seed 5, used twice, gave two different networks.")
    require(not np.array_equal(first, other), "The seeds 5 and 6 gave the same weights.")
    # Not "any": in single precision a pair may be equal by chance.
    equal = first.shape == other.shape and np.mean(first == other) > 0.1
    require(not equal, "Many of the weights are the same for the seeds 5 and 6.")


@checks("network_forward")
@weight(1.5)
def test_two_layers_by_hand(submission, reference):
    """Three examples through two inputs, two hidden neurons with relu and a sigmoid."""
    X = np.array([[0.5, -1.2], [1.4, 0.7], [-0.8, -0.6]])
    layers = [
        {"W": np.array([[0.9, -0.5], [-0.4, 1.1]]), "b": np.array([0.3, -0.2]), "activation": "relu"},
        {"W": np.array([[1.3], [-0.7]]), "b": np.array([-0.6]), "activation": "sigmoid"},
    ]
    assert_matches(submission.network_forward, reference.network_forward, X, layers)


@checks("network_forward")
@weight(1.5)
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
