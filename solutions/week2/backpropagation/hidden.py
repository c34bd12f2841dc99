"""Hidden checks of backpropagation's second sitting: never shipped."""

import numpy as np
import pytest

from autograder.checks import (
    assert_changes_nothing,
    assert_entry_matches,
    assert_raises_value_error,
    checks,
    weight,
)


def layers_apart_from_zero(rng, low, high, size=None):
    """Numbers of either sign whose magnitude lies between low and high."""
    return rng.uniform(low, high, size) * rng.choice([-1.0, 1.0], size)


# --- dense_backward -------------------------------------------------------------------------------


def layers_to_go_back(rng, N, D, M):
    """dA, X and W, none of whose columns or rows add up to little."""
    while True:
        dA, X = layers_apart_from_zero(rng, 0.2, 1.3, (N, M)), layers_apart_from_zero(rng, 0.3, 1.5, (N, D))
        W = layers_apart_from_zero(rng, 0.3, 1.2, (D, M))
        if min(np.abs(dA.sum(axis=0)).min(), np.abs(dA.sum(axis=1)).min(), np.abs(X.T @ dA).max()) > 0.1:
            return dA, X, W


DX, DW, DB = 0, 1, 2
RESULTS = {"dX": DX, "dW": DW, "db": DB}


@checks("dense_backward")
@weight(2)
@pytest.mark.parametrize("result", RESULTS)
def test_back_through_a_layer(submission, reference, rng, result):
    """A batch, back through a layer whose sizes are all different."""
    N, D, M = rng.permutation([3, 4, 5, 6])[:3].tolist()
    drawn = layers_to_go_back(rng, N, D, M)
    assert_entry_matches(submission.dense_backward, reference.dense_backward, RESULTS[result], *drawn)


@checks("dense_backward")
@pytest.mark.parametrize("result", RESULTS)
def test_back_where_all_sizes_are_equal(submission, reference, rng, result):
    """As many examples as inputs and neurons."""
    size = int(rng.integers(3, 6))
    drawn = layers_to_go_back(rng, size, size, size)
    assert_entry_matches(submission.dense_backward, reference.dense_backward, RESULTS[result], *drawn)


@checks("dense_backward")
@weight(0.5)
@pytest.mark.parametrize("result", RESULTS)
def test_back_by_keyword(submission, reference, rng, result):
    """More inputs than examples and fewer, a single neuron, a single example, the tables given by name."""
    more, fewer = int(rng.integers(5, 8)), int(rng.integers(2, 4))
    for N, D, M in ((3, more, 2), (more, fewer, 4), (more, 3, 1), (1, 3, fewer)):
        dA, X, W = layers_to_go_back(rng, N, D, M)
        f, right = submission.dense_backward, reference.dense_backward
        assert_entry_matches(f, right, RESULTS[result], W=W, X=X, dA=dA)


@checks("dense_backward")
@weight(0.25)
@pytest.mark.parametrize("result", RESULTS)
def test_back_with_whole_numbers(submission, reference, rng, result):
    """Tables of whole numbers, and whole numbers beside others."""
    dA, X, W = (np.round(5 * table).astype(int) for table in layers_to_go_back(rng, 4, 2, 3))
    f, right = submission.dense_backward, reference.dense_backward
    assert_entry_matches(f, right, RESULTS[result], dA, X, W)
    assert_entry_matches(f, right, RESULTS[result], dA / 7, X, W)


@checks("dense_backward")
@weight(1.5)
def test_tables_that_do_not_fit(submission, reference, rng):
    """Tables that don't fit together, or have another number of dimensions, are refused."""
    f = submission.dense_backward
    dA, X, W = layers_to_go_back(rng, 4, 4, 4)
    assert_entry_matches(f, reference.dense_backward, DB, dA, X, W)
    assert_raises_value_error(f, dA[:, :3], X, W, why="dA has fewer columns than W")
    assert_raises_value_error(f, dA, X[:, :3], W, why="X has fewer columns than W has rows")
    assert_raises_value_error(f, dA[:3], X, W, why="dA has fewer rows than X")
    assert_raises_value_error(f, dA, X[:1], W, why="X has one row but dA has several")
    assert_raises_value_error(f, dA, X, W[:, :1], why="W has one column but dA has several")
    assert_raises_value_error(f, dA[:, 0], X, W, why="dA has one dimension, not two")
    assert_raises_value_error(f, dA, X[0], W, why="X has one dimension, not two")
    assert_raises_value_error(f, dA, X, W[0], why="W has one dimension, not two")
    assert_raises_value_error(f, dA[np.newaxis], X, W, why="dA has three dimensions, not two")


@checks("dense_backward")
def test_the_tables_stay_as_they_are(submission, reference, rng):
    """The tables that are given stay as they are."""
    tables = layers_to_go_back(rng, 3, 2, 4)
    assert_entry_matches(submission.dense_backward, reference.dense_backward, DW, *tables)
    assert_changes_nothing(submission.dense_backward, *tables)


# --- train_network --------------------------------------------------------------------------------

BATCHES_RATE = 0.7


def batches_bent(Z, activation):
    """What a layer sends out, and its slope."""
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
        return A, A * (1 - A)
    if activation == "tanh":
        return np.tanh(Z), 1 - np.tanh(Z) ** 2
    return (np.maximum(Z, 0), (Z > 0) * 1.0) if activation == "relu" else (Z, np.ones_like(Z))


def batches_tell(X, y, layers, rate, epochs, size, seed):
    """Whether training stays clear of relu's kink, keeps both its sides in use, and stays small."""
    layers, rng = [dict(layer) for layer in layers], np.random.default_rng(seed)
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), size):
            rows = order[start : start + size]
            outputs, slopes = [X[rows]], []
            for layer in layers:
                Z = outputs[-1] @ layer["W"] + layer["b"]
                if np.abs(Z).max() > 4 or (layer["activation"] == "relu" and np.abs(Z).min() < 0.01):
                    return False
                A, slope = batches_bent(Z, layer["activation"])
                outputs, slopes = [*outputs, A], [*slopes, slope]
            dA = 2 * (outputs[-1] - y[rows]) / outputs[-1].size
            for layer, A, slope in reversed(list(zip(layers, outputs, slopes, strict=False))):
                dZ = dA * slope
                dA = dZ @ layer["W"].T
                layer["W"], layer["b"] = layer["W"] - rate * A.T @ dZ, layer["b"] - rate * dZ.sum(axis=0)
    return all(_both_sides(X, layers, place) for place, one in enumerate(layers) if one["activation"] == "relu")


def _both_sides(X, layers, place):
    """Whether a layer's sums have both signs, and every neuron's a positive one."""
    for layer in layers[:place]:
        X, _ = batches_bent(X @ layer["W"] + layer["b"], layer["activation"])
    Z = X @ layers[place]["W"] + layers[place]["b"]
    return Z.min() < 0 and bool(np.all(Z.max(axis=0) > 0))


def batches_drawn(rng, N, sizes, activations, epochs, size, rate=BATCHES_RATE):
    """Arguments of train_network in order: X, y, layers, learning_rate, epochs, batch_size and rng."""
    while True:
        X, y = (
            layers_apart_from_zero(rng, 0.3, 1.4, (N, sizes[0])),
            layers_apart_from_zero(rng, 0.3, 1.4, (N, sizes[-1])),
        )
        layers = [
            {
                "W": layers_apart_from_zero(rng, 0.2, 0.9, (D, M)),
                "b": layers_apart_from_zero(rng, 0.1, 0.6, M),
                "activation": activation,
            }
            for D, M, activation in zip(sizes, sizes[1:], activations, strict=False)
        ]
        seed = int(rng.integers(1, 2**31))
        if batches_tell(X, y, layers, rate, epochs, size, seed):
            return [X, y, layers, rate, epochs, size, np.random.default_rng(seed)]


LAYERS, LOSSES = 0, 1


@checks("train_network")
@weight(2)
def test_one_update(submission, reference, rng):
    """One epoch in a single batch: the layers after one update."""
    drawn = batches_drawn(rng, 4, [3, 2], ["sigmoid"], 1, 4)
    assert_entry_matches(submission.train_network, reference.train_network, LAYERS, *drawn)
    drawn = batches_drawn(rng, 5, [2, 4, 3], ["tanh", "linear"], 1, 5)
    assert_entry_matches(submission.train_network, reference.train_network, LAYERS, *drawn)


@checks("train_network")
@weight(1.5)
def test_whole_batches(submission, reference, rng):
    """Several epochs in batches of the same size: the layers."""
    drawn = batches_drawn(rng, 6, [3, 4, 2], ["sigmoid", "linear"], 3, int(rng.choice([2, 3])))
    assert_entry_matches(submission.train_network, reference.train_network, LAYERS, *drawn)


@checks("train_network")
@weight(1.5)
def test_a_smaller_last_batch(submission, reference, rng):
    """Several epochs whose last batch is smaller: the layers."""
    drawn = batches_drawn(rng, 7, [2, 3, 2], ["tanh", "sigmoid"], 2, int(rng.choice([2, 3])))
    assert_entry_matches(submission.train_network, reference.train_network, LAYERS, *drawn)


@checks("train_network")
@weight(0.75)
@pytest.mark.parametrize("hidden", ["linear", "sigmoid", "tanh", "relu"])
def test_each_activation(submission, reference, rng, hidden):
    """A hidden layer with each of the activations, and another one above it: the layers."""
    others = {"linear": "tanh", "sigmoid": "relu", "tanh": "sigmoid", "relu": "linear"}
    drawn = batches_drawn(rng, 5, [4, 3, 2], [hidden, others[hidden]], 2, 2, 0.3)
    assert_entry_matches(submission.train_network, reference.train_network, LAYERS, *drawn)


@checks("train_network")
@weight(0.75)
def test_the_loss_of_one_batch(submission, reference, rng):
    """One epoch in a single batch: the loss, before there is any update."""
    drawn = batches_drawn(rng, 4, [3, 2, 3], ["tanh", "sigmoid"], 1, 4)
    assert_entry_matches(submission.train_network, reference.train_network, LOSSES, *drawn)


@checks("train_network")
def test_the_loss_of_whole_batches(submission, reference, rng):
    """Several epochs in batches of the same size: the losses."""
    drawn = batches_drawn(rng, 6, [2, 3, 2], ["tanh", "linear"], 3, int(rng.choice([2, 3])))
    assert_entry_matches(submission.train_network, reference.train_network, LOSSES, *drawn)


@checks("train_network")
def test_the_loss_with_a_smaller_last_batch(submission, reference, rng):
    """Several epochs whose last batch is smaller: the losses."""
    drawn = batches_drawn(rng, 7, [3, 4, 2], ["sigmoid", "tanh"], 2, int(rng.choice([2, 3, 4])))
    assert_entry_matches(submission.train_network, reference.train_network, LOSSES, *drawn)


@checks("train_network")
def test_other_depths_by_keyword(submission, reference, rng):
    """One layer and four, everything given by name: the layers."""
    names = ("X", "y", "layers", "learning_rate", "epochs", "batch_size", "rng")
    for sizes, activations in (([3, 2], ["tanh"]), ([2, 3, 4, 3, 2], ["tanh", "relu", "linear", "sigmoid"])):
        drawn = batches_drawn(rng, 5, sizes, activations, 2, 3)
        given = dict(zip(names[::-1], drawn[::-1], strict=True))
        assert_entry_matches(submission.train_network, reference.train_network, LAYERS, **given)


@checks("train_network")
def test_batches_of_any_size(submission, reference, rng):
    """Batches of a single example, and a batch_size above the number of examples: the layers. No epochs at all."""
    f, right = submission.train_network, reference.train_network
    assert_entry_matches(f, right, LAYERS, *batches_drawn(rng, 4, [3, 2], ["sigmoid"], 2, 1))
    drawn = batches_drawn(rng, 4, [2, 3, 3], ["tanh", "linear"], 2, 4)
    drawn[5] += int(rng.integers(1, 9))
    assert_entry_matches(f, right, LAYERS, *drawn)
    for entry in (LAYERS, LOSSES):
        assert_entry_matches(f, right, entry, *batches_drawn(rng, 4, [2, 3], ["tanh"], 0, 2))


@checks("train_network")
@weight(0.5)
def test_training_on_whole_numbers(submission, reference, rng):
    """Whole numbers as inputs, targets, weights and biases: the layers."""
    X, y, layers, *others = batches_drawn(rng, 5, [3, 2, 2], ["tanh", "linear"], 2, 2, 0.1)
    X, y = np.round(2 * X).astype(int), np.round(2 * y).astype(int)
    whole = [
        {"W": np.round(2 * layer["W"]).astype(int), "b": np.sign(layer["b"]).astype(int)}
        | {"activation": layer["activation"]}
        for layer in layers
    ]
    assert_entry_matches(submission.train_network, reference.train_network, LAYERS, X, y, whole, *others)


@checks("train_network")
@weight(1.25)
def test_what_makes_no_training(submission, reference, rng):
    """What doesn't fit, isn't in the list or is too small is refused, wherever it stands."""
    X, y, layers, rate, _, _, generator = batches_drawn(rng, 5, [3, 4, 2], ["sigmoid", "linear"], 1, 2)
    f, (first, last) = submission.train_network, layers

    def refuses(why, X=X, y=y, layers=layers, epochs=1, batch_size=2):
        assert_raises_value_error(f, X, y, layers, rate, epochs, batch_size, generator, why=why)

    assert_entry_matches(f, reference.train_network, LAYERS, X, y, layers, rate, 1, 2, generator)
    refuses("X has fewer rows than y", X=X[: int(rng.integers(2, 5))])
    refuses("y has one row but X has several", y=y[:1])
    refuses("y has one dimension, not two", y=y[:, 0])
    refuses("y has three dimensions, not two", y=y[np.newaxis])
    refuses("X has one dimension, not two", X=X[:, 0])
    refuses("y has one column but there are two outputs", y=y[:, :1])
    refuses("X has fewer columns than the first W has rows", X=X[:, :2])
    refuses("the last W has fewer rows than numbers come in", layers=[first, last | {"W": last["W"][:3]}])
    refuses("the first b has one entry but there are several neurons", layers=[first | {"b": first["b"][:1]}, last])
    refuses("the last b has two dimensions, not one", layers=[first, last | {"b": last["b"][np.newaxis]}])
    word = "".join(rng.choice(list("bcdfgkmpvz"), 6))
    refuses("no activation of that name is in the list", layers=[first, last | {"activation": word}])
    refuses("the names in the list have no capital letters", layers=[first | {"activation": "Sigmoid"}, last])
    refuses("batch_size is below 1", batch_size=-int(rng.integers(0, 3)))
    refuses("epochs is negative", epochs=-int(rng.integers(1, 4)))


@checks("train_network")
@weight(1.25)
def test_the_layers_that_are_given_stay_as_they_are(submission, reference, rng):
    """Nothing that is given changes, and training again gives the same."""
    drawn = batches_drawn(rng, 5, [2, 3, 2], ["tanh", "sigmoid"], 2, 2)
    assert_entry_matches(submission.train_network, reference.train_network, LAYERS, *drawn)
    assert_changes_nothing(submission.train_network, *drawn)
    assert_changes_nothing(submission.train_network, *batches_drawn(rng, 4, [3, 2], ["linear"], 1, 3))
