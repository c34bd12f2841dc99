"""Hidden checks of forward_propagation: never shipped."""

from itertools import pairwise

import numpy as np
import pytest

from autograder.checks import (
    assert_changes_nothing,
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


def draw_word(rng):
    """A word that is no activation and no part of one: there are no vowels in it."""
    return "".join(rng.choice(list("bcdfgkmpvz"), 6))


def draw_with_a_capital(rng, name):
    """The name with one of its letters, at a drawn place, as a capital."""
    place = int(rng.integers(len(name)))
    return name[:place] + name[place].upper() + name[place + 1 :]


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
def test_whole_numbers_among_them(submission, reference, rng):
    """Whole numbers among the five."""
    # Not x, w1 and b1 at once: the model answer's z1 would be an int, and an int would be asked for.
    x, w1, w2 = (int(number) for number in rng.integers(2, 4, 3))
    for z1, b2 in ((-1, -3), (2, -3)):
        b1, fraction = z1 + w1 * x, float(rng.uniform(0.2, 0.4))
        assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, x, -w1, b1 - fraction, w2, b2)
        assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, x + fraction / 4, -w1, b1, w2, b2)


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
@weight(1.5)
def test_as_many_outputs_as_inputs(submission, reference, rng):
    """A layer with as many outputs as inputs, the activation left out."""
    X = draw_batch(rng, 4, 3)
    layer, _ = draw_layer(rng, X, 3, "linear")
    assert_matches(submission.dense_forward, reference.dense_forward, X, layer["W"], layer["b"])


@checks("dense_forward")
def test_arguments_by_keyword(submission, reference, rng):
    """The arrays and the activation given by name."""
    X = draw_batch(rng, 5, 2)
    layer, _ = draw_layer(rng, X, 4, "relu")
    assert_matches(
        submission.dense_forward, reference.dense_forward, activation="relu", b=layer["b"], W=layer["W"], X=X
    )


@checks("dense_forward")
def test_whole_numbers(submission, reference, rng):
    """Arrays of whole numbers, and whole numbers through weights that are not."""
    X, W, b = (rng.integers(2, 7, size) * rng.choice([-1, 1], size) for size in ((4, 2), (2, 3), 3))
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, b, "linear")
    layer, _ = draw_layer(rng, X / 3, 3, "linear")
    assert_matches(submission.dense_forward, reference.dense_forward, X, layer["W"], layer["b"], "linear")


@checks("dense_forward")
@weight(2)
def test_shapes_that_do_not_fit(submission, reference, rng):
    """Arrays that do not fit together are refused."""
    X = draw_batch(rng, 5, 3)
    layer, _ = draw_layer(rng, X, 4, "linear")
    W, b = layer["W"], layer["b"]
    f = submission.dense_forward
    assert_matches(f, reference.dense_forward, X, W, b)
    assert_raises_value_error(f, X[:, :2], W, b, "sigmoid", why="X has fewer columns than W has rows")
    assert_raises_value_error(f, X, W[:2], b, "tanh", why="X has more columns than W has rows")
    assert_raises_value_error(f, X, W, b[:3], "relu", why="b has fewer entries than W has columns")
    assert_raises_value_error(f, X[:, :1], W, b, "linear", why="X has one column but W has several rows")
    assert_raises_value_error(f, X, W[:, :1], b, "sigmoid", why="b has several entries but W has one column")
    for activation in ACTIVATIONS:
        assert_raises_value_error(f, X, W, b[:1], activation, why="b has one entry but W has several columns")


@checks("dense_forward")
@weight(2)
def test_wrong_number_of_dimensions(submission, reference, rng):
    """Arrays with the wrong number of dimensions are refused."""
    # As many examples as inputs and neurons: NumPy itself finds nothing wrong with most of these.
    X = draw_batch(rng, 3, 3)
    layer, _ = draw_layer(rng, X, 3, "linear")
    W, b = layer["W"], layer["b"]
    f = submission.dense_forward
    assert_matches(f, reference.dense_forward, X, W, b)
    assert_raises_value_error(f, X[0], W, b, "relu", why="X has one dimension, not two")
    assert_raises_value_error(f, X[np.newaxis], W, b, "tanh", why="X has three dimensions, not two")
    assert_raises_value_error(f, np.stack([X, -X]), W, b, why="X has three dimensions, not two")
    assert_raises_value_error(f, X, W[:, 0], b, "relu", why="W has one dimension, not two")
    assert_raises_value_error(f, X, W[np.newaxis], b, "sigmoid", why="W has three dimensions, not two")
    assert_raises_value_error(f, X, np.stack([W, -W, 2 * W]), b, why="W has three dimensions, not two")
    assert_raises_value_error(f, X, W, b[np.newaxis], "tanh", why="b has two dimensions, not one")
    assert_raises_value_error(f, X, W, b[:, np.newaxis], "relu", why="b has two dimensions, not one")
    assert_raises_value_error(f, X, W, np.stack([b, -b, 2 * b]), why="b has two dimensions, not one")
    assert_raises_value_error(f, X, W[:, :1], b[:1, np.newaxis], "sigmoid", why="b has two dimensions, not one")


@checks("dense_forward")
@weight(2)
def test_a_name_that_is_not_in_the_list(submission, reference, rng):
    """An activation that is not in the list, letter by letter, is refused."""
    X = draw_batch(rng, 3, 2)
    layer, _ = draw_layer(rng, X, 4, "linear")
    W, b = layer["W"], layer["b"]
    f = submission.dense_forward
    assert_matches(f, reference.dense_forward, X, W, b)
    first, second, third, fourth = rng.permutation(list(ACTIVATIONS)).tolist()
    assert_raises_value_error(f, X, W, b, draw_word(rng), why="no activation of that name is in the list")
    for name in (draw_with_a_capital(rng, first), second.upper()):
        assert_raises_value_error(f, X, W, b, name, why="the names in the list have no capital letters")
    for name in (f" {second} ", f"{third} "):
        assert_raises_value_error(f, X, W, b, name, why="the names in the list have no blanks")
    for name in ("", fourth[: int(rng.integers(1, len(fourth)))]):
        assert_raises_value_error(f, X, W, b, name, why="the name is empty, or a part of one in the list")
    assert_raises_value_error(f, X, W, b, None, why="None is not in the list of activations")


@checks("dense_forward")
@weight(2)
def test_the_arrays_stay_as_they_are(submission, reference, rng):
    """The arrays that are given stay as they are, whatever the activation."""
    X = draw_batch(rng, 3, 4)
    layer, _ = draw_layer(rng, X, 2, "linear")
    assert_matches(submission.dense_forward, reference.dense_forward, X, layer["W"], layer["b"])
    for activation in ACTIVATIONS:
        assert_changes_nothing(submission.dense_forward, X, layer["W"], layer["b"], activation)


# --- initialize_network ---------------------------------------------------------------------------
# Each check looks at what it speaks of alone, so that a slip such as biases in a plain list costs its own checks only.


def network_of(submission, sizes, seed):
    """The student's network for these sizes: a list of as many dicts as there are layers."""
    network = submission.initialize_network(sizes, np.random.default_rng(seed))
    require_list(network, len(sizes) - 1, "the network")
    for number, layer in enumerate(network, start=1):
        require(isinstance(layer, dict), f"Layer {number} should be a dict.")
    return network


def tables_of(network):
    """W of each layer, whatever the rest of the network looks like."""
    tables = []
    for number, layer in enumerate(network, start=1):
        require("W" in layer, f"Layer {number} lacks the key 'W'.")
        W = np.asarray(layer["W"])
        fine = W.dtype.kind in "iuf" and np.isfinite(W).all()
        require(fine, f"W of layer {number} does not hold finite numbers alone.")
        tables.append(W.astype(float))
    return tables


def weights_of(network):
    """All weights of the network, one after the other."""
    return np.concatenate([W.ravel() for W in tables_of(network)])


def require_no_zeros(network):
    require(np.all(weights_of(network) != 0), "Some weights are zero.")


def require_as_many_weights(network, sizes):
    """Every layer has as many weights as its sizes ask for, whatever their shape."""
    for number, (W, D, M) in enumerate(zip(tables_of(network), sizes, sizes[1:], strict=False), start=1):
        require(
            W.size == D * M, f"W of layer {number} does not hold one weight for each input and neuron.", kind="shape"
        )


def all_different(network):
    return len(np.unique(weights_of(network))) == len(weights_of(network))


@checks("initialize_network")
@weight(2.5)
@structure_only
def test_the_shapes_of_a_deeper_network(submission, rng):
    """The keys and the shapes of W of a network with several hidden layers."""
    sizes = draw_sizes(rng, 5)
    network = network_of(submission, sizes, draw_seed(rng))
    for number, (layer, D, M) in enumerate(zip(network, sizes, sizes[1:], strict=False), start=1):
        require_dict(layer, {"W", "b"}, f"layer {number}")
        require_array(layer["W"], (D, M), f"W of layer {number}")


@checks("initialize_network")
def test_sizes_of_one(submission, rng):
    """A single input, and layers of a single neuron, the arguments given by name."""
    a, b = draw_sizes(rng, 2)
    for sizes in ([a, b, 1], [1, a], [a, 1, b]):
        network = submission.initialize_network(rng=np.random.default_rng(draw_seed(rng)), layer_sizes=sizes)
        require_list(network, len(sizes) - 1, "the network")
        require(all(isinstance(layer, dict) for layer in network), "The layers should be dicts.")
        require_no_zeros(network)
        for number, (W, D, M) in enumerate(zip(tables_of(network), sizes, sizes[1:], strict=False), start=1):
            require_array(W, (D, M), f"W of layer {number}")


@checks("initialize_network")
@weight(2)
def test_every_bias_is_zero(submission, rng):
    """A bias of zero for every neuron of a network with several hidden layers."""
    sizes = draw_sizes(rng, 4)
    network = network_of(submission, sizes, draw_seed(rng))
    require_no_zeros(network)
    for number, (layer, M) in enumerate(zip(network, sizes[1:], strict=True), start=1):
        require("b" in layer, f"Layer {number} lacks the key 'b'.")
        require_array(layer["b"], (M,), f"b of layer {number}")
        require(np.all(layer["b"] == 0), f"Some biases of layer {number} are not zero.")


@checks("initialize_network")
@weight(1.5)
def test_no_two_weights_are_equal(submission, rng):
    """No two weights of a network are equal, also in layers of the same size."""
    # Two tries: in float32 two of a hundred honest draws may meet, though hardly twice.
    sizes = [int(rng.integers(3, 7))] * int(rng.integers(3, 6))
    first, second = (network_of(submission, sizes, draw_seed(rng)) for _ in range(2))
    require_as_many_weights(first, sizes)
    require(all_different(first) or all_different(second), "Some weights of the network are equal.")


@checks("initialize_network")
@weight(1.5)
def test_the_weights_lie_around_zero(submission, rng):
    """The weights of a large layer lie around zero."""
    # So many weights that a middle 0.15 deviations off is found at every draw, and none at zero ever refused. Either
    # the signs or the mean must be balanced: a mean has no meaning for Cauchy's, nor the signs for a skew distribution.
    sizes = draw_sizes(rng, 3, 130, 150)
    network = network_of(submission, sizes, draw_seed(rng))
    require_as_many_weights(network, sizes)
    for number, W in enumerate(tables_of(network), start=1):
        require(np.any(W != 0), f"The weights of layer {number} are all zero.")
        weights = W.ravel() / np.abs(W).max()
        require(np.ptp(weights) > 0, f"The weights of layer {number} are all the same.")
        require(len(np.unique(weights)) > 0.9 * len(weights), f"Many weights of layer {number} are equal.")
        require(weights.min() < 0 < weights.max(), f"The weights of layer {number} all have the same sign.")
        surplus = abs(np.sum(np.sign(weights))) / np.sqrt(len(weights))
        drift = abs(weights.mean()) / weights.std() * np.sqrt(len(weights))
        require(min(surplus, drift) < 6, f"The weights of layer {number} lie around another number than zero.")


@checks("initialize_network")
@weight(2)
def test_the_weights_come_from_rng(submission, rng):
    """The weights come from the rng that is given, and from nothing else."""
    sizes, seed = draw_sizes(rng, 3, 4, 9), draw_seed(rng)
    first, again, other = (weights_of(network_of(submission, sizes, s)) for s in (seed, seed, seed + 1))
    require(np.array_equal(first, again), "Two generators in the same state gave two different networks.")
    require(not np.array_equal(first, other), "Two generators in different states gave the same weights.")
    # Not "any": in float32 a pair may be equal by chance.
    equal = len(first) == len(other) and np.mean(first == other) > 0.1
    require(not equal, "Many of the weights are the same for generators in different states.")


@checks("initialize_network")
def test_nothing_else_changes(submission, rng):
    """The sizes and NumPy's global state stay as they are."""
    sizes, seed = draw_sizes(rng, 3), draw_seed(rng)
    weights = weights_of(network_of(submission, sizes, seed))
    require(np.all(weights != 0), "Some weights are zero.")
    # A constant changes nothing either.
    wanted = sum(D * M for D, M in pairwise(sizes))
    require(weights.size == wanted and np.ptp(weights) > 0, "The network has not the weights that its sizes ask for.")
    assert_changes_nothing(submission.initialize_network, sizes, np.random.default_rng(seed))


def draw_refused(rng):
    """Lists of sizes that are refused, by what is wrong with them, wherever in the list that is."""
    a, b, c = draw_sizes(rng, 3)
    fractions = [size + float(rng.uniform(0.2, 0.8)) for size in (0, *draw_sizes(rng, 4, 1))]
    return {
        "there is no size at all": [[]],
        "there is only one size": [[a], [1]],
        "a size is zero": [[a, 0, b], [b, c, 0], [0, c]],
        "a size is negative": [[a, -c, b], [-b, a], [c, -a]],
        "a size is not a whole number": [
            [fractions[0], a],
            [a, fractions[1], b],
            [b, fractions[2]],
            [fractions[3], c],
            [c, a, fractions[4]],
        ],
    }


@checks("initialize_network")
@weight(1.75)
def test_sizes_that_are_refused(submission, rng):
    """Too few sizes, sizes below 1 and sizes that are not whole are refused."""
    seed = draw_seed(rng)
    require_no_zeros(network_of(submission, [4, 3], seed))
    for why, lists in draw_refused(rng).items():
        for sizes in lists:
            assert_raises_value_error(submission.initialize_network, sizes, np.random.default_rng(seed), why=why)


# --- network_forward ------------------------------------------------------------------------------


@checks("network_forward")
@weight(2.5)
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
@weight(1.5)
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
@weight(0.5)
def test_a_batch_of_whole_numbers(submission, reference, rng):
    """A batch of whole numbers through layers whose weights are not."""
    X = rng.integers(1, 3, (4, 3)) * rng.choice([-1, 1], (4, 3))
    first, sent_out = draw_layer(rng, X, 2, "linear")
    second, _ = draw_layer(rng, sent_out, 5, "tanh")
    assert_matches(submission.network_forward, reference.network_forward, X, [first, second])


@checks("network_forward")
@weight(1.5)
def test_layers_that_are_refused(submission, reference, rng):
    """Layers that do not fit and activations that are not in the list are refused, wherever they stand."""
    X, layers = draw_network(rng, 4, [3, 5, 2, 6], ["relu", "sigmoid", "linear"])
    f = submission.network_forward
    assert_matches(f, reference.network_forward, X, layers)
    assert_raises_value_error(f, X[:, :2], layers, why="X has fewer columns than the first W has rows")
    assert_raises_value_error(f, X[0], layers, why="X has one dimension, not two")
    for place, which in enumerate(("first", "second", "last")):
        W, b = layers[place]["W"], layers[place]["b"]
        wrong = {
            f"the {which} W has fewer rows than there are numbers that come in": {"W": W[:-1]},
            f"the {which} layer has one bias but several neurons": {"b": b[:1]},
            f"the b of the {which} layer has two dimensions, not one": {"b": b[np.newaxis]},
            f"the activation of the {which} layer is not in the list": {"activation": draw_word(rng)},
            f"the activation of the {which} layer has capital letters, those in the list have none": {
                "activation": draw_with_a_capital(rng, layers[place]["activation"])
            },
        }
        for why, change in wrong.items():
            changed = [layer | change if number == place else layer for number, layer in enumerate(layers)]
            assert_raises_value_error(f, X, changed, why=why)


@checks("network_forward")
@weight(1.5)
def test_the_network_stays_as_it_is(submission, reference, rng):
    """The batch and the layers that are given stay as they are."""
    X, layers = draw_network(rng, 3, [2, 5, 4, 3, 6], ["relu", "linear", "tanh", "sigmoid"])
    assert_matches(submission.network_forward, reference.network_forward, X, layers)
    for first in range(4):  # every activation once on the batch itself
        fitting = draw_batch(rng, 3, layers[first]["W"].shape[0])
        assert_changes_nothing(submission.network_forward, fitting, layers[first:])


# --- count_parameters -----------------------------------------------------------------------------


@checks("count_parameters")
def test_two_sizes(submission, reference, rng):
    """A network of a single layer, its sizes given by name, and the same turned round."""
    sizes = draw_sizes(rng, 2)
    for given in (sizes, sizes[::-1]):
        assert_matches(submission.count_parameters, reference.count_parameters, layer_sizes=given)


@checks("count_parameters")
@weight(1.5)
def test_three_sizes(submission, reference, rng):
    """A network with one hidden layer of another size."""
    assert_matches(submission.count_parameters, reference.count_parameters, draw_sizes(rng, 3))


@checks("count_parameters")
@weight(1.5)
def test_many_layers(submission, reference, rng):
    """A deep network."""
    assert_matches(submission.count_parameters, reference.count_parameters, draw_sizes(rng, int(rng.integers(5, 9))))


@checks("count_parameters")
def test_sizes_of_one_and_more(submission, reference, rng):
    """A single input, and layers of a single neuron."""
    a, b = draw_sizes(rng, 2)
    for sizes in ([a, b, 1], [1, a], [a, 1, b]):
        assert_matches(submission.count_parameters, reference.count_parameters, sizes)


@checks("count_parameters")
def test_sizes_that_make_no_network(submission, reference, rng):
    """Too few sizes, sizes below 1 and sizes that are not whole are refused, and others are counted."""
    assert_matches(submission.count_parameters, reference.count_parameters, draw_sizes(rng, 4))
    for why, lists in draw_refused(rng).items():
        for sizes in lists:
            assert_raises_value_error(submission.count_parameters, sizes, why=why)


@checks("count_parameters")
def test_the_sizes_stay_as_they_are(submission, reference, rng):
    """The list of sizes that is given stays as it is."""
    sizes = draw_sizes(rng, 4)
    assert_matches(submission.count_parameters, reference.count_parameters, sizes)
    assert_changes_nothing(submission.count_parameters, sizes)
