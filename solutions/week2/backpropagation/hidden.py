"""Hidden checks of backpropagation: never shipped."""

from itertools import pairwise

import numpy as np
import pytest

from autograder.checks import (
    Source,
    assert_changes_nothing,
    assert_entry_matches,
    assert_matches,
    assert_raises_value_error,
    checks,
    weight,
)


def logistic(z):
    return 1.0 / (1.0 + np.exp(-z))


def away_from_zero(rng, low, high, size=None):
    """Numbers of either sign whose magnitude lies between low and high."""
    return rng.uniform(low, high, size) * rng.choice([-1.0, 1.0], size)


# --- two_neuron_gradients -------------------------------------------------------------------------


def draw_two_neurons(rng):
    """x, y_true, w1, b1, w2, b2: sums away from 0 but not far out, a target away from a2, all six different."""
    while True:
        x, w1, w2 = away_from_zero(rng, 1.3, 2.0), away_from_zero(rng, 0.4, 0.8), away_from_zero(rng, 1.2, 1.9)
        b1 = away_from_zero(rng, 0.4, 1.3) - w1 * x
        a1 = logistic(w1 * x + b1)
        b2 = away_from_zero(rng, 0.4, 1.3) - w2 * a1
        y_true = logistic(w2 * a1 + b2) + away_from_zero(rng, 0.4, 0.9)
        numbers = [float(number) for number in (x, y_true, w1, b1, w2, b2)]
        apart = np.abs(np.subtract.outer(numbers, numbers))[np.triu_indices(6, 1)]
        if min(apart.min(), abs(b1), abs(b2), abs(y_true)) > 0.05:
            return numbers


@checks("two_neuron_gradients")
@weight(3)
def test_other_numbers(submission, reference, rng):
    """Other inputs, targets, weights and biases."""
    for _ in range(2):
        assert_matches(submission.two_neuron_gradients, reference.two_neuron_gradients, *draw_two_neurons(rng))


@checks("two_neuron_gradients")
@weight(1)
def test_numbers_by_name(submission, reference, rng):
    """The six numbers given by name."""
    x, y_true, w1, b1, w2, b2 = draw_two_neurons(rng)
    f, right = submission.two_neuron_gradients, reference.two_neuron_gradients
    assert_matches(f, right, b2=b2, w2=w2, b1=b1, w1=w1, y_true=y_true, x=x)


@checks("two_neuron_gradients")
@weight(1.5)
def test_whole_numbers_among_the_six(submission, reference, rng):
    """Whole numbers among the six, negative ones too."""
    f, right = submission.two_neuron_gradients, reference.two_neuron_gradients
    x, w1, w2 = (int(number) for number in rng.choice([-3, -2, 2, 3], 3))
    fraction = float(rng.uniform(0.2, 0.8))
    assert_matches(f, right, x, int(rng.integers(2, 5)), w1, fraction - w1 * x, w2, -1)
    assert_matches(f, right, x + fraction, -2, fraction / 2, 1, w2, int(rng.choice([-1, 1])))


# --- update_parameters ----------------------------------------------------------------------------


def draw_names(rng, count):
    """Names of parameters, no two alike: a weight, a bias and others, in any order."""
    others = rng.permutation(["v", "shift", "scale", "U", "c3", "gain"])[: count - 2].tolist()
    names = [f"w{rng.integers(3, 10)}", f"b{rng.integers(3, 10)}", *others]
    return [names[place] for place in rng.permutation(count)]


def draw_step(rng, names, shape=()):
    """Parameters of these names and their gradients, among others that nobody asked for; a learning rate."""
    parameters = {name: away_from_zero(rng, 0.5, 2.0, shape) for name in names}
    gradients = {f"dE_d{name}": away_from_zero(rng, 0.6, 3.0, shape) for name in rng.permutation(names).tolist()}
    gradients |= {"E": float(rng.uniform(1, 2)), "dE_da1": away_from_zero(rng, 0.6, 3.0, shape)}
    if shape == ():
        parameters, gradients = ({key: float(v) for key, v in d.items()} for d in (parameters, gradients))
    return parameters, gradients, float(rng.uniform(0.2, 0.8))


@checks("update_parameters")
@weight(1.25)
def test_the_four_parameters(submission, reference, rng):
    """The weights and biases of two neurons."""
    step = draw_step(rng, ["w1", "b1", "w2", "b2"])
    assert_matches(submission.update_parameters, reference.update_parameters, *step)


@checks("update_parameters")
def test_any_names(submission, reference, rng):
    """Parameters of other names, the arguments given by name."""
    parameters, gradients, learning_rate = draw_step(rng, draw_names(rng, int(rng.integers(3, 7))))
    f, right = submission.update_parameters, reference.update_parameters
    assert_matches(f, right, learning_rate=learning_rate, gradients=gradients, parameters=parameters)


@checks("update_parameters")
@weight(0.75)
def test_arrays_as_parameters(submission, reference, rng):
    """Arrays as parameters, also of whole numbers, and whole numbers themselves."""
    f, right = submission.update_parameters, reference.update_parameters
    names = draw_names(rng, 3)
    assert_matches(f, right, *draw_step(rng, names, tuple(rng.permutation([2, 3]).tolist())))
    parameters, gradients, learning_rate = draw_step(rng, names, (4,))
    whole = {name: rng.integers(2, 9, 4) * rng.choice([-1, 1], 4) for name in parameters} | {names[0]: -3}
    assert_matches(f, right, whole, gradients | {f"dE_d{names[0]}": 2}, learning_rate)


@checks("update_parameters")
def test_missing_gradients(submission, reference, rng):
    """A parameter whose gradient is missing is refused, wherever it stands."""
    f = submission.update_parameters
    parameters, gradients, learning_rate = draw_step(rng, draw_names(rng, 4))
    assert_matches(f, reference.update_parameters, parameters, gradients, learning_rate)
    for place, name in enumerate(parameters):
        fewer = {key: value for key, value in gradients.items() if key != f"dE_d{name}"}
        why = f"the {('first', 'second', 'third', 'last')[place]} parameter has no gradient"
        assert_raises_value_error(f, parameters, fewer, learning_rate, why=why)
        assert_raises_value_error(f, parameters, fewer | {name: 0.5}, learning_rate, why=why)


@checks("update_parameters")
@weight(1.25)
def test_the_dictionaries_stay_as_they_are(submission, reference, rng):
    """The dictionaries that are given, and the arrays in them, stay as they are."""
    f, names = submission.update_parameters, draw_names(rng, 3)
    for shape in ((), (3, 2)):
        step = draw_step(rng, names, shape)
        assert_matches(f, reference.update_parameters, *step)
        assert_changes_nothing(f, *step)


# --- train_two_neurons ----------------------------------------------------------------------------


def errors_while_training(x, y_true, parameters, learning_rate, epochs):
    """E before each update."""
    w1, b1, w2, b2 = (parameters[name] for name in ("w1", "b1", "w2", "b2"))
    errors = []
    for _ in range(epochs):
        a1 = logistic(w1 * x + b1)
        a2 = logistic(w2 * a1 + b2)
        errors.append((y_true - a2) ** 2 / 2)
        second = (a2 - y_true) * a2 * (1 - a2)
        first = second * w2 * a1 * (1 - a1)
        w1, b1, w2, b2 = (
            w1 - learning_rate * first * x,
            b1 - learning_rate * first,
            w2 - learning_rate * second * a1,
            b2 - learning_rate * second,
        )
    return errors


def draw_training(rng, epochs):
    """x, y_true, parameters and a learning rate with which E falls by a twentieth or more in each epoch."""
    while True:
        x, y_true, w1, b1, w2, b2 = draw_two_neurons(rng)
        start, learning_rate = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}, float(rng.uniform(1.2, 2.5))
        errors = errors_while_training(x, y_true, start, learning_rate, epochs)
        if all(after < 0.95 * before for before, after in pairwise(errors)) and errors[-1] > 1e-3:
            return x, y_true, start, learning_rate, errors


@checks("train_two_neurons")
@weight(2.5)
def test_some_epochs(submission, reference, rng):
    """Several epochs with other numbers, the arguments by position and by name."""
    epochs = int(rng.integers(4, 8))
    f, right = submission.train_two_neurons, reference.train_two_neurons
    assert_matches(f, right, *draw_training(rng, epochs)[:4], epochs)
    x, y_true, start, learning_rate, _ = draw_training(rng, epochs)
    assert_matches(f, right, epochs=epochs, learning_rate=learning_rate, parameters=start, y_true=y_true, x=x)


@checks("train_two_neurons")
@weight(2)
def test_a_threshold_on_the_way(submission, reference, rng):
    """E comes down to the threshold before all epochs are done, or only just not."""
    f, right = submission.train_two_neurons, reference.train_two_neurons
    x, y_true, start, learning_rate, errors = draw_training(rng, 6)
    for place in rng.choice([1, 2, 3, 4], 2, replace=False):
        threshold = float(np.sqrt(errors[place] * errors[place - 1]))
        assert_matches(f, right, x, y_true, start, learning_rate, 9, threshold)
    assert_matches(f, right, x, y_true, start, learning_rate, epochs=6, threshold=float(0.98 * errors[-1]))


@checks("train_two_neurons")
@weight(1.25)
def test_an_error_that_equals_the_threshold(submission, reference, rng):
    """E equals the threshold from the start."""
    # With w2 and b2 of 0, a2 is exactly 0.5 in whatever order one computes: nothing is rounded on the way to E.
    f, right = submission.train_two_neurons, reference.train_two_neurons
    for y_true, threshold in ((0.5, None), (0.0, 0.125), (1.5, 0.5)):
        x, w1, b1 = away_from_zero(rng, 0.4, 1.5, 3).tolist()
        start = {"w1": w1, "b1": b1, "w2": 0.0, "b2": 0.0}
        given = {} if threshold is None else {"threshold": threshold}
        assert_matches(f, right, x, y_true, start, float(rng.uniform(0.5, 2.0)), int(rng.integers(3, 7)), **given)


@checks("train_two_neurons")
@weight(1)
def test_one_epoch_and_none(submission, reference, rng):
    """One epoch, no epochs, and fewer than none, which are refused; whole numbers among the parameters."""
    f, right = submission.train_two_neurons, reference.train_two_neurons
    x, y_true, start, learning_rate, _ = draw_training(rng, 2)
    assert_matches(f, right, x, y_true, start, learning_rate, 1)
    assert_matches(f, right, x, y_true, start, learning_rate, 0)
    whole = start | {"w1": int(rng.choice([-3, -2, 2])), "b2": int(rng.choice([-2, -1, 2]))}
    assert_matches(f, right, int(rng.choice([-2, 2])), y_true, whole, 2, 2)
    for fewer in (-1, -int(rng.integers(2, 9))):
        assert_raises_value_error(f, x, y_true, start, learning_rate, fewer, why="epochs is below 0")


@checks("train_two_neurons")
@weight(1)
def test_the_start_stays_as_it_is(submission, reference, rng):
    """The parameters that are given stay as they are."""
    x, y_true, start, learning_rate, _ = draw_training(rng, 3)
    assert_matches(submission.train_two_neurons, reference.train_two_neurons, x, y_true, start, learning_rate, 3)
    assert_changes_nothing(submission.train_two_neurons, x, y_true, start, learning_rate, 3)


# --- numerical_gradient ---------------------------------------------------------------------------
# All functions bend, and most have bends that differ from side to side: so a one-sided difference shows, and so does a
# place that wasn't put back. Their values stay small, so that no rounding shows at the smallest h.
CUBIC = "lambda v: np.sum(C * v ** 3) + k * np.sum(v) ** 2"
WAVE = "lambda v: np.sum(np.sin(C * v)) * np.exp(0.2 * k * np.mean(v))"


def draw_place(rng, shape):
    """An array of this shape and the C and k of one of the functions."""
    return away_from_zero(rng, 0.5, 1.4, shape), {"C": rng.uniform(0.4, 1.1, shape), "k": float(rng.uniform(0.3, 0.7))}


@checks("numerical_gradient")
@weight(1.5)
def test_large_moves(submission, reference, rng):
    """A curved function of several numbers, with large moves."""
    f, right = submission.numerical_gradient, reference.numerical_gradient
    for formula in (CUBIC, WAVE):
        x, numbers = draw_place(rng, (int(rng.integers(3, 6)),))
        assert_matches(f, right, Source(formula, **numbers), x, float(rng.uniform(0.2, 0.4)))


@checks("numerical_gradient")
@weight(1.5)
def test_tables_and_more(submission, reference, rng):
    """Arrays of two and of three dimensions, the arguments given by name."""
    f, right = submission.numerical_gradient, reference.numerical_gradient
    for shape in (rng.permutation([2, 3]), rng.permutation([2, 3, 4])):
        x, numbers = draw_place(rng, tuple(shape.tolist()))
        assert_matches(f, right, h=float(rng.uniform(0.2, 0.4)), x=x, f=Source(CUBIC, **numbers))


@checks("numerical_gradient")
@weight(1)
def test_moves_of_the_usual_size(submission, reference, rng):
    """A wave over a few numbers and over a table, with the h that holds if none is given."""
    f, right = submission.numerical_gradient, reference.numerical_gradient
    for shape in ((3,), (2, 2)):
        x, numbers = draw_place(rng, shape)
        assert_matches(f, right, Source(WAVE, **numbers), x)


@checks("numerical_gradient")
@weight(0.75)
def test_whole_numbers_in_the_array(submission, reference, rng):
    """Arrays of whole numbers."""
    f, right = submission.numerical_gradient, reference.numerical_gradient
    for shape, h in (((4,), 0.25), ((3, 2), float(rng.uniform(0.2, 0.4)))):
        _, numbers = draw_place(rng, shape)
        x = rng.integers(1, 4, shape) * rng.choice([-1, 1], shape)
        assert_matches(f, right, Source(CUBIC, **numbers), x, h)


@checks("numerical_gradient")
@weight(0.5)
def test_a_single_number(submission, reference, rng):
    """An array of one number, of shape (1,), and one of shape ()."""
    f, right = submission.numerical_gradient, reference.numerical_gradient
    for shape in ((1,), ()):
        x, numbers = draw_place(rng, shape)
        assert_matches(f, right, Source(CUBIC, **numbers), np.asarray(x), float(rng.uniform(0.2, 0.4)))


@checks("numerical_gradient")
@weight(0.75)
def test_the_array_stays_as_it_is(submission, reference, rng):
    """The array that is given stays as it is."""
    f = submission.numerical_gradient
    x, numbers = draw_place(rng, (3, 2))
    h = float(rng.uniform(0.2, 0.4))
    assert_matches(f, reference.numerical_gradient, Source(CUBIC, **numbers), x, h)
    assert_changes_nothing(f, Source(CUBIC, **numbers), x, h)


@checks("numerical_gradient")
@weight(0.5)
def test_an_h_that_is_refused(submission, reference, rng):
    """An h of 0 and those below are refused."""
    f = submission.numerical_gradient
    x, numbers = draw_place(rng, (3,))
    source, h = Source(CUBIC, **numbers), float(rng.uniform(0.1, 0.3))
    assert_matches(f, reference.numerical_gradient, source, x, h)
    assert_raises_value_error(f, source, x, -h, why="h is below 0")
    assert_raises_value_error(f, source, x, -h * 1e-6, why="h is below 0")
    assert_raises_value_error(f, source, x, 0.0, why="h is 0")


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
    drawn = batches_drawn(rng, 5, [3, 3, 3], ["tanh", "linear"], 1, 5)
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
