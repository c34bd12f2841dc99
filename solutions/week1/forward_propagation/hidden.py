"""Hidden checks of forward_propagation: never shipped."""

import numpy as np
import pytest

from autograder.checks import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    checks,
    weight,
)
from autograder.compare import require, require_array, require_dict, require_list

ACTIVATIONS = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 1.0 / (1.0 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0.0),
}


def away_from_zero(rng, low, high, size=None):
    """Numbers of either sign whose magnitude lies between low and high."""
    return rng.uniform(low, high, size) * rng.choice([-1.0, 1.0], size)


def draw_batch(rng, N, D):
    return away_from_zero(rng, 0.3, 1.3, (N, D))


def draw_layer(rng, signal, M, activation):
    """A layer for this signal and what it sends out: sums of both signs, none close to 0, none far out."""
    while True:
        W, b = away_from_zero(rng, 0.25, 0.95, (signal.shape[1], M)), away_from_zero(rng, 0.3, 0.9, M)
        sums = signal @ W + b
        if sums.min() < -0.3 and sums.max() > 0.3 and np.abs(sums).min() > 0.02 and np.abs(sums).max() < 3.5:
            return {"W": W, "b": b, "activation": activation}, ACTIVATIONS[activation](sums)


def draw_network(rng, N, sizes, activations):
    X = signal = draw_batch(rng, N, sizes[0])
    layers = []
    for M, activation in zip(sizes[1:], activations, strict=True):
        layer, signal = draw_layer(rng, signal, M, activation)
        layers.append(layer)
    return X, layers


def draw_sizes(rng, count, low=3, high=13):
    """Different whole numbers, as Python's own."""
    return rng.permutation(np.arange(low, high))[:count].tolist()


def draw_seed(rng):
    return int(rng.integers(1, 2**31))


# --- two_neuron_forward ---------------------------------------------------------------------------


def draw_two_neurons(rng):
    """x, w1, b1, w2, b2 for which z1 and z2 lie well away from 0 and from their own sigmoid."""
    x, w1, w2 = away_from_zero(rng, 1.2, 2.0), away_from_zero(rng, 0.3, 0.7), away_from_zero(rng, 0.9, 1.5)
    b1 = away_from_zero(rng, 1.2, 2.2) - w1 * x
    a1 = ACTIVATIONS["sigmoid"](w1 * x + b1)
    b2 = away_from_zero(rng, 1.2, 2.2) - w2 * a1
    return [float(number) for number in (x, w1, b1, w2, b2)]


@checks("two_neuron_forward")
@weight(3)
def test_other_weights(submission, reference, rng):
    """Another input, other weights and other biases."""
    assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, *draw_two_neurons(rng))


@checks("two_neuron_forward")
def test_by_keyword(submission, reference, rng):
    """The five numbers given by name."""
    x, w1, b1, w2, b2 = draw_two_neurons(rng)
    assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, b2=b2, w2=w2, b1=b1, w1=w1, x=x)


@checks("two_neuron_forward")
def test_a_whole_number(submission, reference, rng):
    """A whole number as the input."""
    x, w1 = int(rng.integers(2, 5)), -float(rng.uniform(0.6, 0.8))
    b1, w2, b2 = (float(number) for number in rng.uniform([-0.5, 1.1, -0.6], [-0.2, 1.4, -0.3]))
    assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, x, w1, b1, w2, b2)


# --- dense_forward --------------------------------------------------------------------------------


@checks("dense_forward")
@weight(2)
@pytest.mark.parametrize("activation", ["linear", "sigmoid", "tanh", "relu"])
def test_a_batch(submission, reference, rng, activation):
    """A batch of examples through a layer with each of the activations."""
    N, D, M = rng.permutation([3, 4, 5]).tolist()
    X = draw_batch(rng, N, D)
    layer, _ = draw_layer(rng, X, M, activation)
    assert_matches(submission.dense_forward, reference.dense_forward, X, layer["W"], layer["b"], activation)


@checks("dense_forward")
@weight(2)
def test_as_many_outputs_as_inputs(submission, reference, rng):
    """A layer with as many outputs as inputs, the activation left out."""
    X = draw_batch(rng, 4, 3)
    layer, _ = draw_layer(rng, X, 3, "linear")
    assert_matches(submission.dense_forward, reference.dense_forward, X, layer["W"], layer["b"])


@checks("dense_forward")
def test_arguments_by_keyword(submission, reference, rng):
    """The arrays and the activation given by name."""
    X = draw_batch(rng, 5, 2)
    layer, _ = draw_layer(rng, X, 4, "tanh")
    assert_matches(
        submission.dense_forward, reference.dense_forward, activation="tanh", b=layer["b"], W=layer["W"], X=X
    )


@checks("dense_forward")
def test_whole_numbers(submission, reference, rng):
    """Arrays of whole numbers."""
    X, W, b = (rng.integers(2, 7, size) * rng.choice([-1, 1], size) for size in ((4, 2), (2, 3), 3))
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, b, "linear")


@checks("dense_forward")
def test_shapes_that_do_not_fit(submission, reference, rng):
    """Arrays that do not fit together are refused."""
    X = draw_batch(rng, 5, 3)
    layer, _ = draw_layer(rng, X, 4, "sigmoid")
    W, b = layer["W"], layer["b"]
    f = submission.dense_forward
    assert_matches(f, reference.dense_forward, X, W, b, "sigmoid")
    assert_raises_value_error(f, X[:, :2], W, b, "sigmoid", why="X has fewer columns than W has rows")
    assert_raises_value_error(f, X, W[:2], b, "sigmoid", why="X has more columns than W has rows")
    assert_raises_value_error(f, X, W, b[:3], "sigmoid", why="b has fewer entries than W has columns")
    assert_raises_value_error(f, X, W, b[:1], "sigmoid", why="b has one entry but W has several columns")
    assert_raises_value_error(f, X, W[:, :1], b, "sigmoid", why="b has several entries but W has one column")


@checks("dense_forward")
def test_wrong_number_of_dimensions(submission, reference, rng):
    """Arrays with the wrong number of dimensions are refused."""
    X = draw_batch(rng, 4, 3)
    layer, _ = draw_layer(rng, X, 2, "relu")
    W, b = layer["W"], layer["b"]
    f = submission.dense_forward
    assert_matches(f, reference.dense_forward, X, W, b, "relu")
    assert_raises_value_error(f, X[0], W, b, "relu", why="X has one dimension, not two")
    assert_raises_value_error(f, X, W[:, 0], b, "relu", why="W has one dimension, not two")
    assert_raises_value_error(f, X, W, b.reshape(1, -1), "relu", why="b has two dimensions, not one")
    assert_raises_value_error(f, X[np.newaxis], W, b, "relu", why="X has three dimensions, not two")


@checks("dense_forward")
def test_a_name_that_is_not_in_the_list(submission, reference, rng):
    """An activation that is not in the list is refused."""
    X = draw_batch(rng, 3, 2)
    layer, _ = draw_layer(rng, X, 4, "relu")
    assert_matches(submission.dense_forward, reference.dense_forward, X, layer["W"], layer["b"], "relu")
    assert_raises_value_error(
        submission.dense_forward, X, layer["W"], layer["b"], "cubic", why="no activation of that name is in the list"
    )


@checks("dense_forward")
def test_the_arrays_stay_as_they_are(submission, reference, rng):
    """The arrays that are given stay as they are."""
    X = draw_batch(rng, 3, 4)
    layer, _ = draw_layer(rng, X, 2, "relu")
    assert_matches(submission.dense_forward, reference.dense_forward, X, layer["W"], layer["b"], "relu")
    assert_changes_nothing(submission.dense_forward, X, layer["W"], layer["b"], "relu")


# --- initialize_network ---------------------------------------------------------------------------


def network_of(submission, sizes, seed):
    """The student's network for these sizes, once its form is right."""
    network = submission.initialize_network(sizes, np.random.default_rng(seed))
    require_list(network, len(sizes) - 1, "the network")
    for number, layer in enumerate(network, start=1):
        require_dict(layer, {"W", "b"}, f"layer {number}")
        for key in ("W", "b"):
            numbers = isinstance(layer[key], np.ndarray) and layer[key].dtype.kind == "f"
            require(numbers, f"{key} of layer {number} is not a NumPy array of floats.")
    return network


def weights_of(network):
    """All weights of the network, one after the other."""
    return np.concatenate([np.ravel(layer["W"]) for layer in network]).astype(float)


def all_different(network):
    return len(np.unique(weights_of(network))) == len(weights_of(network))


@checks("initialize_network")
@weight(3)
def test_the_shapes_of_a_deeper_network(submission, rng):
    """The keys and shapes of a network with several hidden layers."""
    sizes = draw_sizes(rng, 5)
    network = network_of(submission, sizes, draw_seed(rng))
    for number, (layer, D, M) in enumerate(zip(network, sizes, sizes[1:], strict=False), start=1):
        require_array(layer["W"], (D, M), f"W of layer {number}")
        require_array(layer["b"], (M,), f"b of layer {number}")


@checks("initialize_network")
def test_every_bias_is_zero(submission, rng):
    """Every bias is zero, while the weights are not."""
    network = network_of(submission, draw_sizes(rng, 4), draw_seed(rng))
    require(np.all(weights_of(network) != 0), "Some weights are zero.")
    require(all(np.all(layer["b"] == 0) for layer in network), "Some biases are not zero.")


@checks("initialize_network")
@weight(2)
def test_no_two_weights_are_equal(submission, rng):
    """No two weights of a network are equal, also in layers of the same size."""
    # Two tries: in float32 two of a hundred honest draws may meet, though hardly twice.
    first, second = (network_of(submission, [4, 4, 4, 4], draw_seed(rng)) for _ in range(2))
    require(all_different(first) or all_different(second), "Some weights of the network are equal.")


@checks("initialize_network")
@weight(2)
def test_the_weights_lie_around_zero(submission, rng):
    """The weights of a large layer lie around zero."""
    sizes = draw_sizes(rng, 3, 25, 40)
    for number, layer in enumerate(network_of(submission, sizes, draw_seed(rng)), start=1):
        weights = np.ravel(layer["W"]).astype(float)
        require(weights.std() > 0, f"The weights of layer {number} are all the same.")
        require(weights.min() < 0 < weights.max(), f"The weights of layer {number} all have the same sign.")
        require(
            abs(weights.mean()) < 6 * weights.std() / np.sqrt(len(weights)),
            f"The weights of layer {number} lie around another number than zero.",
        )


@checks("initialize_network")
@weight(3)
def test_the_weights_come_from_rng(submission, rng):
    """The weights come from the rng that is given, and from nothing else."""
    sizes, seed = draw_sizes(rng, 3, 4, 9), draw_seed(rng)
    first, again, other = (weights_of(network_of(submission, sizes, s)) for s in (seed, seed, seed + 1))
    require(np.array_equal(first, again), "Two generators in the same state gave two different networks.")
    # Not "none": in float32 a single pair may be equal by chance.
    equal = len(first) == len(other) and np.mean(first == other) > 0.1
    require(not equal, "Two generators in different states gave the same weights.")


@checks("initialize_network")
def test_nothing_else_changes(submission, rng):
    """The sizes and NumPy's global state stay as they are."""
    sizes, seed = draw_sizes(rng, 3), draw_seed(rng)
    network = network_of(submission, sizes, seed)
    require(np.all(weights_of(network) != 0), "Some weights are zero.")
    assert_changes_nothing(submission.initialize_network, sizes, np.random.default_rng(seed))


@checks("initialize_network")
def test_sizes_that_are_refused(submission, rng):
    """Too few sizes, sizes below 1 and sizes that are not whole are refused."""
    f, seed = submission.initialize_network, draw_seed(rng)
    (layer,) = network_of(submission, [4, 3], seed)
    require_array(layer["W"], (4, 3), "W of layer 1")
    refused = {
        "there is only one size": [4],
        "a size is zero": [4, 0, 3],
        "the last size is zero": [4, 3, 0],
        "a size is negative": [-2, 3],
        "a size is not a whole number": [4, 2.5, 3],
        "the last size is not a whole number": [4, 3, 1.5],
    }
    for why, sizes in refused.items():
        assert_raises_value_error(f, sizes, np.random.default_rng(seed), why=why)


# --- network_forward ------------------------------------------------------------------------------


@checks("network_forward")
@weight(3)
def test_three_layers(submission, reference, rng):
    """A batch through three layers of different sizes."""
    X, layers = draw_network(rng, 3, [5, 4, 6, 2], ["relu", "tanh", "sigmoid"])
    assert_matches(submission.network_forward, reference.network_forward, X, layers)


@checks("network_forward")
@weight(3)
def test_layers_of_the_same_size(submission, reference, rng):
    """A batch through layers that all have as many outputs as inputs."""
    X, layers = draw_network(rng, 4, [3, 3, 3, 3], ["sigmoid", "relu", "linear"])
    assert_matches(submission.network_forward, reference.network_forward, X, layers)


@checks("network_forward")
@weight(2)
def test_other_activations(submission, reference, rng):
    """Two layers given by name, whose activations are other ones."""
    X, layers = draw_network(rng, 5, [2, 4, 3], ["tanh", "relu"])
    assert_matches(submission.network_forward, reference.network_forward, layers=layers, X=X)


@checks("network_forward")
def test_a_single_layer(submission, reference, rng):
    """A network of a single layer still gives a list."""
    X, layers = draw_network(rng, 4, [3, 2], ["tanh"])
    assert_matches(submission.network_forward, reference.network_forward, X, layers)


@checks("network_forward")
def test_layers_that_are_refused(submission, reference, rng):
    """Layers that do not fit and activations that are not in the list are refused."""
    X, layers = draw_network(rng, 4, [3, 5, 2], ["relu", "sigmoid"])
    first, second = layers
    f = submission.network_forward
    assert_matches(f, reference.network_forward, X, layers)
    assert_raises_value_error(f, X[:, :2], layers, why="X has fewer columns than the first W has rows")
    assert_raises_value_error(f, X[0], layers, why="X has one dimension, not two")
    assert_raises_value_error(
        f, X, [first, second | {"W": second["W"][:4]}], why="the second W has fewer rows than the first has columns"
    )
    assert_raises_value_error(
        f, X, [first, second | {"b": second["b"][:1]}], why="the second b has fewer entries than its W has columns"
    )
    assert_raises_value_error(
        f, X, [first, second | {"activation": "cubic"}], why="the second layer's activation is not in the list"
    )


@checks("network_forward")
def test_the_network_stays_as_it_is(submission, reference, rng):
    """The batch and the layers that are given stay as they are."""
    X, layers = draw_network(rng, 3, [2, 5, 4], ["relu", "linear"])
    assert_matches(submission.network_forward, reference.network_forward, X, layers)
    assert_changes_nothing(submission.network_forward, X, layers)


# --- count_parameters -----------------------------------------------------------------------------


@checks("count_parameters")
def test_two_sizes(submission, reference, rng):
    """A network of a single layer."""
    assert_matches(submission.count_parameters, reference.count_parameters, draw_sizes(rng, 2))


@checks("count_parameters")
@weight(2)
def test_three_sizes(submission, reference, rng):
    """A network with one hidden layer of another size."""
    assert_matches(submission.count_parameters, reference.count_parameters, draw_sizes(rng, 3))


@checks("count_parameters")
@weight(2)
def test_many_layers(submission, reference, rng):
    """A deep network."""
    assert_matches(submission.count_parameters, reference.count_parameters, draw_sizes(rng, int(rng.integers(5, 9))))


@checks("count_parameters")
def test_sizes_that_make_no_network(submission, reference, rng):
    """Too few sizes, sizes below 1 and sizes that are not whole are refused, and others are counted."""
    f = submission.count_parameters
    assert_matches(f, reference.count_parameters, draw_sizes(rng, 4))
    assert_raises_value_error(f, [6], why="there is only one size")
    assert_raises_value_error(f, [5, 0, 3], why="a size is zero")
    assert_raises_value_error(f, [5, -2], why="a size is negative")
    assert_raises_value_error(f, [4, 2.5, 3], why="a size is not a whole number")
    assert_raises_value_error(f, [3.5, 4], why="the first size is not a whole number")
