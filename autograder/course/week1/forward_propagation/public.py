"""Public checks of forward_propagation: shipped to students, literal inputs only."""

import numpy as np

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

# Lists of sizes that make no network, with what is wrong with each.
REFUSED_SIZES = {
    (4,): "there is only one size",
    (3, 0, 2): "a size is zero",
    (3, -4): "a size is negative",
    (3, 2.5, 2): "2.5 is not a whole number",
}


@checks("two_neuron_forward")
@weight(0.75)
def test_the_numbers_of_the_lecture(submission, reference):
    """The two neurons of the lecture."""
    assert_matches(submission.two_neuron_forward, reference.two_neuron_forward, 0.1, 0.15, 0.4, 0.45, 0.65)


@checks("two_neuron_forward")
def test_negative_sums(submission, reference):
    """Two neurons, mostly with negative sums, whose numbers have many digits."""
    f, right = submission.two_neuron_forward, reference.two_neuron_forward
    assert_matches(f, right, 1.5372941, -0.8147263, -0.3721856, 1.2463917, -1.6358204)
    assert_matches(f, right, -1.8273645, 0.6382917, -0.9172836, -1.4728391, 0.1837465)


@checks("two_neuron_forward")
@weight(0.75)
def test_whole_numbers_and_names(submission, reference):
    """Whole numbers among the five, and arguments given by name."""
    f, right = submission.two_neuron_forward, reference.two_neuron_forward
    assert_matches(f, right, b2=-3, w2=2, b1=4.6, w1=-2, x=3)
    assert_matches(f, right, 1.7, -0.6, 3, 1.4, -2)


@checks("dense_forward")
@weight(1.5)
def test_four_examples_without_an_activation(submission, reference):
    """Four examples through a linear layer of two inputs and three neurons."""
    X = np.array([[0.5371846, 1.9638271], [-1.0427391, 0.8145263], [1.2193847, -0.6832915], [-0.3716482, -1.5283746]])
    W = np.array([[1.4871635, -1.2138472, 0.5294718], [0.9172846, 0.4768391, -0.6342817]])
    b = np.array([0.1238467, -0.2471839, 0.7192836])
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, b)


@checks("dense_forward")
def test_examples_with_a_sigmoid(submission, reference):
    """Two examples and four through sigmoid layers, one with as many neurons as inputs."""
    f, right = submission.dense_forward, reference.dense_forward
    X = np.array([[0.6, -1.1, 0.9], [1.4, 0.3, -0.5], [-0.8, 0.7, 1.2], [0.4, -1.6, -0.9]])
    W = np.array([[0.8, -0.6, 0.3], [0.2, 1.3, -0.9], [-0.7, 0.4, 1.1]])
    b = np.array([0.5, -0.3, 0.9])
    assert_matches(f, right, X[:2], W, b, activation="sigmoid")
    assert_matches(f, right, X, W[:, :2], b[:2], activation="sigmoid")


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
    """Three examples through a tanh layer of two inputs and four neurons."""
    X = np.array([[0.7, -0.4], [-1.3, 0.6], [0.9, 1.2]])
    W = np.array([[0.3, -0.8, 0.9, -0.5], [-0.6, 0.4, 0.7, 1.1]])
    b = np.array([0.4, -0.3, 0.2, -0.7])
    assert_matches(submission.dense_forward, reference.dense_forward, X, W, b, activation="tanh")


@checks("dense_forward")
@weight(0.75)
def test_a_layer_with_whole_numbers_and_names(submission, reference):
    """Whole numbers, and arguments given by name; the arrays don't change."""
    f, right = submission.dense_forward, reference.dense_forward
    X, W, b = np.array([[3, -2], [-4, 5], [2, 6]]), np.array([[2, -3, 4, 5], [-2, 3, 2, -4]]), np.array([-3, 2, 4, -2])
    assert_matches(f, right, b=b, W=W, X=X)
    assert_matches(f, right, X, 0.5 * W, b, "relu")
    for activation in ("relu", "sigmoid"):
        assert_changes_nothing(f, 0.5 * X, 0.5 * W, 0.4 * b, activation)


@checks("dense_forward")
def test_what_a_layer_refuses(submission, reference):
    """A layer refuses shapes that don't fit, too few or too many dimensions, and names that aren't in the list."""
    X, W, b = np.array([[0.9, -1.4], [0.2, 0.5]]), np.array([[0.4, -0.7], [1.2, 0.3]]), np.array([0.6, -0.8])
    f = submission.dense_forward
    assert_matches(f, reference.dense_forward, X, W, b)
    wide = np.array([[0.9, -1.4, 0.3], [0.2, 0.5, 0.7]])
    assert_raises_value_error(f, wide, W, b, why="X has 3 columns but W has 2 rows")
    assert_raises_value_error(f, X, W, np.array([0.6]), why="b has one entry but W has 2 columns")
    assert_raises_value_error(f, X[0], W, b, why="X has one dimension, not two")
    assert_raises_value_error(f, X, W[0], b, why="W has one dimension, not two")
    assert_raises_value_error(f, X, W, np.array([[0.6, -0.8], [0.3, 0.7]]), why="b has two dimensions, not one")
    assert_raises_value_error(f, X, W, np.array([[0.6, -0.8]]), why="b has two dimensions, not one")
    for name in ("step", "leaky_relu", ""):
        assert_raises_value_error(f, X, W, b, name, why=f"“{name}” is none of the four activations")
    assert_raises_value_error(f, X, W, b, "ReLU", why="the names of the four activations have no capital letters")


def tables_of_weights(network, sizes):
    """W of each layer, whatever the rest of the network looks like."""
    require_list(network, len(sizes) - 1, "the network")
    tables = []
    for number, layer in enumerate(network, start=1):
        require(isinstance(layer, dict), f"Layer {number} should be a dict.")
        require("W" in layer, f"Layer {number} lacks the key 'W'.")
        W = np.asarray(layer["W"])
        fine = W.dtype.kind in "iuf" and np.isfinite(W).all()
        require(fine, f"W of layer {number} does not hold finite numbers alone.")
        tables.append(W)
    return tables


def all_weights(network, sizes):
    """All weights of the network, one after the other."""
    return np.concatenate([W.ravel() for W in tables_of_weights(network, sizes)])


@checks("initialize_network")
@weight(1.5)
@structure_only
def test_the_layers_of_small_networks(submission):
    """The keys and the shapes of W in networks of one, two and three layers."""
    for sizes in ([3, 4, 2], [5, 2], [2, 6, 3, 4]):
        network = submission.initialize_network(sizes, np.random.default_rng(11))
        require_list(network, len(sizes) - 1, "the network")
        for number, (layer, D, M) in enumerate(zip(network, sizes, sizes[1:], strict=False), start=1):
            require_dict(layer, {"W", "b"}, f"layer {number}")
            require_array(layer["W"], (D, M), f"W of layer {number}")


@checks("initialize_network")
def test_the_weights_of_two_layers(submission):
    """The weights of a larger network all differ, and lie around zero in each layer."""
    sizes = [12, 20, 13]
    # Two tries: in single precision two of five hundred honest draws may meet, though hardly twice.
    networks = [submission.initialize_network(sizes, np.random.default_rng(seed)) for seed in (12, 14)]
    for network in networks:
        for number, W in enumerate(tables_of_weights(network, sizes), start=1):
            require(np.any(W != 0), f"The weights of layer {number} are all zero.")
            require(np.ptp(W) > 0, f"The weights of layer {number} are all the same.")
            require(W.min() < 0 < W.max(), f"The weights of layer {number} all have the same sign.")
            # Either the signs or the mean must be balanced: a skew distribution may lie around zero, too.
            apart = min(abs(np.mean(np.sign(W))), abs(W.mean()) / W.std())
            require(apart < 0.35, f"The weights of layer {number} lie around another number than zero.")
    weights = [all_weights(network, sizes) for network in networks]
    require(any(len(np.unique(W)) == len(W) for W in weights), "Some weights of the network are equal.")


@checks("initialize_network")
def test_the_biases_of_a_small_network(submission):
    """The biases of five hidden neurons and three outputs are zero, while the weights are not."""
    network = submission.initialize_network([6, 5, 3], np.random.default_rng(13))
    require(np.all(all_weights(network, [6, 5, 3]) != 0), "Some weights are zero.")
    for number, (layer, M) in enumerate(zip(network, (5, 3), strict=True), start=1):
        require("b" in layer, f"Layer {number} lacks the key 'b'.")
        require_array(layer["b"], (M,), f"b of layer {number}")
        require(np.all(layer["b"] == 0), f"Some biases of layer {number} are not zero.")


@checks("initialize_network")
def test_generators_of_two_seeds(submission):
    """The same seed gives the same weights again, another seed gives others; the sizes don't change."""
    f, sizes = submission.initialize_network, [3, 4, 2]
    networks = [f(rng=np.random.default_rng(seed), layer_sizes=sizes) for seed in (5, 5, 6)]
    first, again, other = (all_weights(network, sizes) for network in networks)
    require(np.array_equal(first, again), "The seed 5, used twice, gave two different networks.")
    require(np.ptp(first) > 0, "The weights are all the same.")
    # Not "any": in single precision a pair may be equal by chance.
    equal = first.shape == other.shape and np.mean(first == other) > 0.1
    require(not equal, "Many of the weights are the same for the seeds 5 and 6.")
    assert_changes_nothing(f, sizes, np.random.default_rng(7))


@checks("initialize_network")
@weight(0.75)
def test_sizes_that_are_refused(submission):
    """A single size, a size of zero or below, and two and a half neurons are refused."""
    f, fine = submission.initialize_network, [3, 4, 2]
    require(np.all(all_weights(f(fine, np.random.default_rng(8)), fine) != 0), "Some weights are zero.")
    for sizes, why in REFUSED_SIZES.items():
        assert_raises_value_error(f, list(sizes), np.random.default_rng(8), why=why)


@checks("network_forward")
def test_two_square_layers(submission, reference):
    """Three examples through two layers of two neurons each, tanh and then linear."""
    X = np.array([[0.4, 1.3], [-0.9, 0.6], [1.1, -0.7]])
    layers = [
        {"W": np.array([[0.7, -1.2], [0.5, 0.8]]), "b": np.array([0.2, -0.4]), "activation": "tanh"},
        {"W": np.array([[-0.6, 0.9], [1.4, 0.3]]), "b": np.array([0.5, -0.3]), "activation": "linear"},
    ]
    assert_matches(submission.network_forward, reference.network_forward, X, layers)


@checks("network_forward")
@weight(1.25)
def test_two_layers_by_hand(submission, reference):
    """Four examples through two inputs, three hidden neurons with relu and a sigmoid."""
    X = np.array([[0.5172846, -1.2639471], [1.4182736, 0.7394625], [-0.8273641, -0.6], [0.9, -0.4719283]])
    layers = [
        {
            "W": np.array([[0.9182736, -0.5273841, 0.6], [-0.4, 1.1283746, 0.7364528]]),
            "b": np.array([0.3, -0.2719384, 0.1827364]),
            "activation": "relu",
        },
        {"W": np.array([[1.3192837], [-0.7], [0.8273645]]), "b": np.array([-0.6473829]), "activation": "sigmoid"},
    ]
    assert_matches(submission.network_forward, reference.network_forward, X, layers)


# Two inputs, three neurons, one, and four.
THREE_LAYERS = [
    {
        "W": np.array([[0.7, -1.2, 0.4], [0.5, 0.8, -0.9]]),
        "b": np.array([0.2, -0.4, 0.6]),
        "activation": "sigmoid",
    },
    {"W": np.array([[1.4], [-0.8], [0.9]]), "b": np.array([-0.5]), "activation": "tanh"},
    {"W": np.array([[0.9, -0.6, 1.3, -1.1]]), "b": np.array([0.4, 0.3, -0.7, 0.2]), "activation": "relu"},
]


@checks("network_forward")
@weight(1.25)
def test_three_layers_and_one(submission, reference):
    """Whole numbers through three layers and through one, given by name; the examples and layers don't change."""
    f, right = submission.network_forward, reference.network_forward
    X = np.array([[2, -1], [-2, 3], [1, 2], [-3, -2], [3, 1]])
    assert_matches(f, right, layers=THREE_LAYERS, X=X)
    assert_matches(f, right, X, THREE_LAYERS[:1])
    assert_changes_nothing(f, 0.5 * X, THREE_LAYERS)


@checks("network_forward")
def test_what_a_network_refuses(submission, reference):
    """Examples, layers and names that don't fit are refused, in later layers too."""
    X = np.array([[0.8, -0.6], [-1.3, 0.9]])
    f = submission.network_forward
    first, second, third = THREE_LAYERS
    assert_matches(f, reference.network_forward, X, THREE_LAYERS)
    assert_raises_value_error(f, X[0], THREE_LAYERS, why="X has one dimension, not two")
    assert_raises_value_error(f, X[:, :1], THREE_LAYERS, why="X has one column but the first W has two rows")
    assert_raises_value_error(f, X, [first, third], why="the second W has fewer rows than the first one has columns")
    one_bias = third | {"b": np.array([0.4])}
    assert_raises_value_error(f, X, [first, second, one_bias], why="the last b has one entry, but its W has 4 columns")
    unknown = second | {"activation": "Tanh"}
    assert_raises_value_error(f, X, [first, unknown, third], why="“Tanh” is none of the four activations")


@checks("count_parameters")
@weight(0.5)
def test_one_hidden_layer(submission, reference):
    """Three inputs, five hidden neurons and two outputs."""
    assert_matches(submission.count_parameters, reference.count_parameters, [3, 5, 2])


@checks("count_parameters")
@weight(0.5)
def test_a_network_for_small_pictures(submission, reference):
    """A network for pictures of 28 by 28: 784 inputs, 100 hidden neurons, 10 outputs."""
    assert_matches(submission.count_parameters, reference.count_parameters, [784, 100, 10])


@checks("count_parameters")
def test_other_depths(submission, reference):
    """One layer and four, given by name; the list doesn't change."""
    f, right = submission.count_parameters, reference.count_parameters
    for sizes in ([6, 4], [2, 7, 1, 3, 5]):
        assert_matches(f, right, layer_sizes=sizes)
        assert_changes_nothing(f, sizes)


@checks("count_parameters")
@weight(0.75)
def test_sizes_that_make_no_network(submission, reference):
    """A single size, a size of zero or below, and two and a half neurons are refused."""
    f = submission.count_parameters
    assert_matches(f, reference.count_parameters, [5, 3, 4])
    for sizes, why in REFUSED_SIZES.items():
        assert_raises_value_error(f, list(sizes), why=why)
