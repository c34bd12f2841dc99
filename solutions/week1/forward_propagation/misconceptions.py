"""Wrong answers that beginners give in forward_propagation, and right answers that look unlike ours."""

import math
from itertools import pairwise

import numpy as np

from autograder.checks.symptoms import (
    all_different,
    all_equal,
    all_positive,
    all_zero,
    as_long_as_rows_of,
    global_state_changed,
    no,
    one_for_all,
    only_first,
    only_last,
    seed_ignored,
    shapes_right,
    shapes_transposed,
)
from autograder.lessons import also_correct, misconception, stand_in

ACTIVATIONS = {
    "linear": lambda z: z,
    "sigmoid": lambda z: 0.5 * (1.0 + np.tanh(0.5 * z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0.0),
}


def logistic(z):
    return 1.0 / (1.0 + math.exp(-z))


def checked_layer(X, W, b, activation):
    """Float copies of the arrays, or the ValueError that the contract asks for."""
    X, W, b = np.array(X, dtype=float), np.array(W, dtype=float), np.array(b, dtype=float)
    if (X.ndim, W.ndim, b.ndim) != (2, 2, 1):
        raise ValueError("X and W have two dimensions, b has one")
    if X.shape[1] != W.shape[0] or b.shape[0] != W.shape[1]:
        raise ValueError("the shapes do not fit together")
    if activation not in ACTIVATIONS:
        raise ValueError("unknown activation")
    return X, W, b


def layer_output(X, W, b, activation):
    X, W, b = checked_layer(X, W, b, activation)
    return ACTIVATIONS[activation](X @ W + b)


def checked_sizes(layer_sizes):
    if len(layer_sizes) < 2:
        raise ValueError("a network needs at least two sizes")
    if any(size < 1 or size != int(size) for size in layer_sizes):
        raise ValueError("every size is a whole number of at least 1")
    return [int(size) for size in layer_sizes]


# --- two_neuron_forward ---------------------------------------------------------------------------


@misconception(
    "two_neuron_forward",
    hint="The second neuron receives what the first one sends out. Which of z1 and a1 leaves the first neuron?",
)
def z1_fed_on_instead_of_a1(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * z1 + b2
    return {"z1": z1, "a1": logistic(z1), "z2": z2, "a2": logistic(z2)}


@misconception(
    "two_neuron_forward",
    hint="Your a1 is still the weighted sum z1. What does the first neuron do with its sum before it sends it on?",
)
def first_activation_missing(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * z1 + b2
    return {"z1": z1, "a1": z1, "z2": z2, "a2": logistic(z2)}


@misconception(
    "two_neuron_forward",
    hint="Your a2 is still the weighted sum z2. The second neuron has a sigmoid, too.",
)
def second_activation_missing(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = logistic(z1)
    z2 = w2 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": z2}


@misconception(
    "two_neuron_forward",
    hint="Each connection has a weight of its own. Which one leads into the second neuron?",
)
def w1_used_twice(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = logistic(z1)
    z2 = w1 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": logistic(z2)}


@misconception(
    "two_neuron_forward",
    hint="The second neuron never sees x. Follow the arrow that leads into it: where does it come from?",
)
def x_fed_to_both_neurons(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * x + b2
    return {"z1": z1, "a1": logistic(z1), "z2": z2, "a2": logistic(z2)}


@misconception(
    "two_neuron_forward",
    hint="Your a1 and a2 are still the weighted sums. Which second step does each neuron take?",
)
def both_activations_missing(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    z2 = w2 * z1 + b2
    return {"z1": z1, "a1": z1, "z2": z2, "a2": z2}


@misconception(
    "two_neuron_forward",
    hint="A weighted sum has two parts, and one of them is not there yet. What besides weight and input goes into z1?",
)
def biases_forgotten_in_both_neurons(x, w1, b1, w2, b2):
    z1 = w1 * x
    a1 = logistic(z1)
    z2 = w2 * a1
    return {"z1": z1, "a1": a1, "z2": z2, "a2": logistic(z2)}


@misconception(
    "two_neuron_forward",
    hint="Each neuron has a bias of its own. Which one belongs to the second neuron?",
)
def b1_used_twice(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = logistic(z1)
    z2 = w2 * a1 + b1
    return {"z1": z1, "a1": a1, "z2": z2, "a2": logistic(z2)}


@misconception(
    "two_neuron_forward",
    hint="Your second neuron has both numbers of the first. Which weight and which bias are its own?",
)
def w1_and_b1_used_twice(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = logistic(z1)
    z2 = w1 * a1 + b1
    return {"z1": z1, "a1": a1, "z2": z2, "a2": logistic(z2)}


@misconception(
    "two_neuron_forward",
    hint="The sigmoid never leaves the range from 0 to 1. Compare your activation with the formula in the docstring.",
)
def tanh_in_place_of_the_sigmoid(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = math.tanh(z1)
    z2 = w2 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": math.tanh(z2)}


@misconception(
    "two_neuron_forward",
    hint="The sigmoid of a large sum is near 1, yours is near 0. Look at the sign in the exponent.",
)
def exponent_without_its_minus(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = logistic(-z1)
    z2 = w2 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": logistic(-z2)}


@misconception(
    "two_neuron_forward",
    hint="The sigmoid stays below 1, yours does not. What is divided first when the brackets are missing?",
)
def brackets_missing_in_the_sigmoid(x, w1, b1, w2, b2):
    z1 = w1 * x + b1
    a1 = 1 / 1 + math.exp(-z1)
    z2 = w2 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": 1 / 1 + math.exp(-z2)}


@also_correct("two_neuron_forward")
def neurons_in_a_loop(x, w1, b1, w2, b2):
    values, carried = {}, x
    for number, (weight, bias) in enumerate([(w1, b1), (w2, b2)], start=1):
        total = carried * weight + bias
        carried = logistic(total)
        values[f"z{number}"] = total
        values[f"a{number}"] = carried
    return values


@also_correct("two_neuron_forward")
def sigmoid_as_a_tanh(x, w1, b1, w2, b2):
    z1 = b1 + x * w1
    a1 = (np.tanh(z1 / 2) + 1) / 2
    z2 = b2 + a1 * w2
    a2 = (np.tanh(z2 / 2) + 1) / 2
    return {"a2": a2, "z2": z2, "a1": a1, "z1": z1}


@also_correct("two_neuron_forward")
def zero_dimensional_arrays(x, w1, b1, w2, b2):
    z1 = np.array(x * w1 + b1)
    a1 = np.array(np.exp(z1) / (1.0 + np.exp(z1)))
    z2 = np.array(a1 * w2 + b2)
    a2 = np.array(np.exp(z2) / (1.0 + np.exp(z2)))
    return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}


# --- dense_forward --------------------------------------------------------------------------------


@misconception(
    "dense_forward",
    hint="W has a row for each input and a column for each output already. It needs no turning before the product.",
)
def W_transposed(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    return ACTIVATIONS[activation](X @ W.T + b)


@misconception(
    "dense_forward",
    hint="Each output has a bias. Look again at where b enters the sum.",
)
def bias_forgotten(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    return ACTIVATIONS[activation](X @ W)


@misconception(
    "dense_forward",
    hint="A bias shifts its output by the same amount for every example. Look again at how a bias enters the sum.",
)
def bias_multiplied_in(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    return ACTIVATIONS[activation]((X @ W) * b)


@misconception(
    "dense_forward",
    hint="These are the sums before the activation. What does the name in `activation` ask you to do with them?",
)
def activation_ignored(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    return X @ W + b


@misconception(
    "dense_forward",
    hint="The bias belongs to the weighted sum. Complete the sum first, then send it through the activation.",
)
def bias_added_after_the_activation(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    return ACTIVATIONS[activation](X @ W) + b


@misconception(
    "dense_forward",
    hint="Look at what comes of a negative sum. What should relu make of it?",
)
def relu_lets_negative_sums_through(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    z = X @ W + b
    return np.where(z > 0, z, 0.01 * z) if activation == "relu" else ACTIVATIONS[activation](z)


@misconception(
    "dense_forward",
    hint="relu does not turn a negative sum into a positive one. What should it make of -2?",
)
def relu_taken_for_the_absolute_value(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    z = X @ W + b
    return np.abs(z) if activation == "relu" else ACTIVATIONS[activation](z)


@misconception(
    "dense_forward",
    hint="The sigmoid of a large sum is near 1, yours is near 0. Look at the sign in its exponent.",
    name="exponent without its minus",
)
def sigmoid_falling(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    z = X @ W + b
    return 1.0 / (1.0 + np.exp(z)) if activation == "sigmoid" else ACTIVATIONS[activation](z)


@also_correct("dense_forward")
def loops_over_lists(X, W, b, activation="linear"):
    rows, weights, biases = np.asarray(X).tolist(), np.asarray(W).tolist(), np.asarray(b).tolist()
    if np.ndim(X) != 2 or np.ndim(W) != 2 or np.ndim(b) != 1:
        raise ValueError("wrong number of dimensions")
    if len(rows[0]) != len(weights) or len(weights[0]) != len(biases):
        raise ValueError("shapes do not fit")
    by_name = {
        "linear": float,
        "sigmoid": logistic,
        "tanh": math.tanh,
        "relu": lambda z: z if z > 0 else 0.0,
    }
    if activation not in by_name:
        raise ValueError("unknown activation")
    answer = []
    for row in rows:
        outputs = []
        for m, bias in enumerate(biases):
            total = bias
            for d, value in enumerate(row):
                total = total + value * weights[d][m]
            outputs.append(by_name[activation](total))
        answer.append(outputs)
    return np.array(answer, dtype=float)


@also_correct("dense_forward")
def bias_as_one_more_row_of_weights(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    with_ones = np.hstack([X, np.ones((len(X), 1))])
    z = np.einsum("nd,dm->nm", with_ones, np.vstack([W, b]))
    if activation == "sigmoid":
        return np.exp(z) / (1.0 + np.exp(z))
    if activation == "tanh":
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))
    return np.where(z > 0, z, 0.0) if activation == "relu" else z


@also_correct("dense_forward")
def single_precision(X, W, b, activation="linear"):
    X, W, b = checked_layer(X, W, b, activation)
    z = X.astype(np.float32) @ W.astype(np.float32) + b.astype(np.float32)
    return ACTIVATIONS[activation](z).astype(np.float32)


@stand_in("dense_forward")
def another_layer(X, W, b, activation="linear"):
    import numpy as np

    X, W, b = np.array(X, dtype=float), np.array(W, dtype=float), np.array(b, dtype=float)
    if (X.ndim, W.ndim, b.ndim) != (2, 2, 1) or W.shape != (X.shape[1], b.shape[0]):
        raise ValueError("these do not fit together")
    kinds = ["linear", "sigmoid", "tanh", "relu"]
    if activation not in kinds:
        raise ValueError("there is no such kind")
    places = np.arange(1, X.shape[1] + 1)
    rows, columns = np.cos(X) @ places, np.sin(W).T @ places
    return np.cos(rows[:, None] + columns - 2.0 * b + kinds.index(activation))


# --- initialize_network ---------------------------------------------------------------------------
# Variants of one mistake share its name and its hint.
GLOBAL = "np.random is shared by all code. Draw every weight with the rng that you are given."
ELSEWHERE = "Your weights do not depend on the rng that you are given. Draw every one of them with it."
NONZERO = "Only the weights need chance. Look up in the docstring what every bias is at the start."
ALIKE = "Neurons with the same weights do the same. Each weight needs a number of its own."

# The weights are random, so an answer is known by what it looks like, not by its numbers. Each symptom asks that
# everything but its own mistake is as it should be: no two can hold at once.
SHAPES = [shapes_right("W"), shapes_right("b")]
ZERO_BIASES = [*SHAPES, all_zero("b")]
NOT_DRAWN = [*ZERO_BIASES, all_different("W"), no(all_positive("W")), seed_ignored()]


@misconception(
    "initialize_network",
    hint="With weights of zero all neurons of a layer stay alike. Only the biases start at zero.",
    symptom=[*SHAPES, all_zero("W")],
)
def zero_weights(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [{"W": np.zeros((D, M)), "b": np.zeros(M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint="W has a row for each input of its layer and a column for each output. Swap the two sizes.",
    symptom=[shapes_transposed("W"), shapes_right("b")],
    name="shapes transposed",
)
def table_with_its_sizes_exchanged(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [{"W": rng.normal(size=(M, D)), "b": np.zeros(M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint="A bias belongs to a neuron. Count the neurons of the layer, not the numbers that come in.",
    symptom=[shapes_right("W"), as_long_as_rows_of("b", "W")],
)
def bias_per_input(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [{"W": rng.normal(size=(D, M)), "b": np.zeros(D)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint=GLOBAL,
    symptom=[*NOT_DRAWN, global_state_changed()],
)
def global_seed_used_instead_of_rng(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    np.random.seed(1)
    return [{"W": np.random.normal(size=(D, M)), "b": np.zeros(M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint=GLOBAL,
    symptom=[*NOT_DRAWN, global_state_changed()],
    name="global seed used instead of rng",
)
def global_generator(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [{"W": np.random.randn(D, M), "b": np.zeros(M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint=ELSEWHERE,
    symptom=[*NOT_DRAWN, no(global_state_changed())],
    name="weights not drawn from rng",
)
def generator_made_inside(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    own = np.random.default_rng(42)
    return [{"W": own.normal(size=(D, M)), "b": np.zeros(M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint=ELSEWHERE,
    symptom=[*NOT_DRAWN, no(global_state_changed())],
    name="weights not drawn from rng",
)
def weights_counted_up(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    ends = np.cumsum([D * M for D, M in pairwise(sizes)])
    pieces = np.split(np.linspace(-1.0, 1.0, ends[-1]) + 0.001, ends[:-1])
    return [
        {"W": piece.reshape(shape), "b": np.zeros(shape[1])}
        for piece, shape in zip(pieces, pairwise(sizes), strict=True)
    ]


@misconception(
    "initialize_network",
    hint=ALIKE,
    symptom=[*ZERO_BIASES, all_equal("W")],
)
def one_weight_for_a_whole_layer(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [{"W": np.full((D, M), rng.normal()), "b": np.zeros(M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint="None of these weights is negative. Choose a distribution whose middle is zero.",
    symptom=[*ZERO_BIASES, all_different("W"), all_positive("W")],
)
def only_positive_weights(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [{"W": rng.random(size=(D, M)), "b": np.zeros(M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint=NONZERO,
    symptom=[*SHAPES, no(all_zero("b")), all_different("W")],
    name="biases not zero",
)
def biases_drawn(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [{"W": rng.normal(size=(D, M)), "b": rng.normal(size=M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint=NONZERO,
    symptom=[*SHAPES, no(all_zero("b")), all_different("W")],
    name="biases not zero",
)
def biases_of_one(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [{"W": rng.normal(size=(D, M)), "b": np.ones(M)} for D, M in pairwise(sizes)]


@misconception(
    "initialize_network",
    hint="All your layers share one W. Is it drawn, or its dict made, only once, before the loop? "
    "Each layer needs its own.",
    symptom=[one_for_all("W"), no(shapes_right("W"))],
    name="one W for all layers",
)
def one_w_for_all_layers(layer_sizes, rng):
    network, layer = [], {}
    for D, M in pairwise(checked_sizes(layer_sizes)):
        layer["W"], layer["b"] = rng.normal(size=(D, M)), np.zeros(M)
        network.append(layer)
    return network


@misconception(
    "initialize_network",
    hint="Only the first layer is in your list. If you use a loop: does `return` stand inside it, or "
    "does it stop too early?",
    symptom=[only_first("W")],
)
def first_layer_alone(layer_sizes, rng):
    return [{"W": rng.normal(size=(D, M)), "b": np.zeros(M)} for D, M in pairwise(checked_sizes(layer_sizes))][:1]


@misconception(
    "initialize_network",
    hint="Only the last layer is in your list. If you use a loop: does each round start the list again?",
    symptom=[only_last("W")],
)
def last_layer_alone(layer_sizes, rng):
    return [{"W": rng.normal(size=(D, M)), "b": np.zeros(M)} for D, M in pairwise(checked_sizes(layer_sizes))][-1:]


@also_correct("initialize_network")
def glorot_uniform(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    network = []
    for D, M in pairwise(sizes):
        limit = np.sqrt(6.0 / (D + M))
        network.append({"b": np.zeros(M), "W": rng.uniform(-limit, limit, size=(D, M))})
    return network


@also_correct("initialize_network")
def one_number_at_a_time(layer_sizes, rng):
    if len(layer_sizes) < 2:
        raise ValueError("too few sizes")
    for size in layer_sizes:
        if not isinstance(size, int) or size < 1:
            raise ValueError("not a size")
    layers = []
    for number in range(1, len(layer_sizes)):
        rows = []
        for _ in range(layer_sizes[number - 1]):
            rows.append([0.01 * rng.standard_normal() for _ in range(layer_sizes[number])])
        layers.append({"W": np.array(rows), "b": np.array([0.0] * layer_sizes[number])})
    return tuple(layers)


@also_correct("initialize_network")
def heavy_tails_drawn_at_once_and_cut(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    shapes = list(pairwise(sizes))
    ends = np.cumsum([D * M for D, M in shapes])
    pieces = np.split(rng.standard_cauchy(ends[-1]), ends[:-1])
    return [{"W": piece.reshape(shape), "b": np.zeros(shape[1])} for piece, shape in zip(pieces, shapes, strict=True)]


@also_correct("initialize_network")
def he_normal_in_single_precision(layer_sizes, rng):
    sizes = checked_sizes(layer_sizes)
    return [
        {
            "W": rng.normal(0.0, math.sqrt(2.0 / D), (D, M)).astype(np.float32),
            "b": np.zeros(M, dtype=np.float32),
        }
        for D, M in pairwise(sizes)
    ]


# --- network_forward ------------------------------------------------------------------------------

ALL_OUTPUTS = "The outputs of all layers are wanted, in a list. Keep each one when you have it."
OWN_ACTIVATION = "Each layer names its own activation. Which layer's name do you read?"


@misconception(
    "network_forward",
    hint="Only the first layer sees X. What does the second layer receive?",
)
def X_fed_to_every_layer(X, layers):
    return [layer_output(X, layer["W"], layer["b"], layer["activation"]) for layer in layers]


@misconception(
    "network_forward",
    hint="Each layer has an activation of its own, the hidden ones too. Use the name that stands in that layer.",
)
def hidden_activation_missing(X, layers):
    outputs = []
    for number, layer in enumerate(layers):
        checked_layer(X, layer["W"], layer["b"], layer["activation"])
        last = number == len(layers) - 1
        X = layer_output(X, layer["W"], layer["b"], layer["activation"] if last else "linear")
        outputs.append(X)
    return outputs


@misconception(
    "network_forward",
    hint=ALL_OUTPUTS,
)
def only_the_last_returned(X, layers):
    for layer in layers:
        X = layer_output(X, layer["W"], layer["b"], layer["activation"])
    return X


@misconception(
    "network_forward",
    hint=ALL_OUTPUTS,
    name="only the last returned",
)
def list_of_the_last(X, layers):
    for layer in layers:
        outputs = [layer_output(X, layer["W"], layer["b"], layer["activation"])]
        X = outputs[0]
    return outputs


@misconception(
    "network_forward",
    hint="X is what goes into the network, not the output of a layer. With what should the list begin?",
)
def X_listed_as_well(X, layers):
    outputs = [np.array(X, dtype=float)]
    for layer in layers:
        outputs.append(layer_output(outputs[-1], layer["W"], layer["b"], layer["activation"]))
    return outputs


@misconception(
    "network_forward",
    hint="The list holds the weighted sums. What is wanted is what each layer sends out.",
)
def weighted_sums_returned(X, layers):
    sums = []
    for layer in layers:
        sums.append(layer_output(X, layer["W"], layer["b"], "linear"))
        X = layer_output(X, layer["W"], layer["b"], layer["activation"])
    return sums


@misconception(
    "network_forward",
    hint="Your list is right, but the next layer gets something else. Which of the two do you hand on?",
)
def weighted_sums_handed_on(X, layers):
    outputs = []
    for layer in layers:
        outputs.append(layer_output(X, layer["W"], layer["b"], layer["activation"]))
        X = layer_output(X, layer["W"], layer["b"], "linear")
    return outputs


@misconception(
    "network_forward",
    hint="All your arrays are weighted sums. Which entry of a layer have you not used yet?",
)
def every_activation_missing(X, layers):
    outputs = []
    for layer in layers:
        checked_layer(X, layer["W"], layer["b"], layer["activation"])
        X = layer_output(X, layer["W"], layer["b"], "linear")
        outputs.append(X)
    return outputs


@misconception(
    "network_forward",
    hint=OWN_ACTIVATION,
    name="one activation used for all layers",
)
def activation_of_the_first(X, layers):
    outputs = []
    for layer in layers:
        checked_layer(X, layer["W"], layer["b"], layer["activation"])
        X = layer_output(X, layer["W"], layer["b"], layers[0]["activation"])
        outputs.append(X)
    return outputs


@misconception(
    "network_forward",
    hint=OWN_ACTIVATION,
    name="one activation used for all layers",
)
def activation_of_the_last(X, layers):
    outputs = []
    for layer in layers:
        checked_layer(X, layer["W"], layer["b"], layer["activation"])
        X = layer_output(X, layer["W"], layer["b"], layers[-1]["activation"])
        outputs.append(X)
    return outputs


@misconception(
    "network_forward",
    hint="The arrays are right, their order is not. Which layer's output comes first in the list?",
)
def list_turned_round(X, layers):
    outputs = []
    for layer in layers:
        X = layer_output(X, layer["W"], layer["b"], layer["activation"])
        outputs.insert(0, X)
    return outputs


@also_correct("network_forward")
def one_layer_and_then_the_rest(X, layers):
    first, rest = layers[0], layers[1:]
    output = layer_output(X, first["W"], first["b"], first["activation"])
    return [output, *one_layer_and_then_the_rest(output, rest)] if rest else [output]


@also_correct("network_forward")
def one_example_at_a_time(X, layers):
    if np.ndim(X) != 2:
        raise ValueError("X has two dimensions")
    collected = [[] for _ in layers]
    for example in np.asarray(X).tolist():
        signal = example
        for kept, layer in zip(collected, layers, strict=True):
            checked_layer([signal], layer["W"], layer["b"], layer["activation"])
            totals = [
                bias + sum(value * row[m] for value, row in zip(signal, layer["W"].tolist(), strict=True))
                for m, bias in enumerate(layer["b"].tolist())
            ]
            signal = [float(ACTIVATIONS[layer["activation"]](total)) for total in totals]
            kept.append(signal)
    return [np.array(outputs) for outputs in collected]


@also_correct("network_forward")
def examples_as_columns(X, layers):
    signal, outputs = np.array(X, dtype=float).T, ()
    for layer in layers:
        checked_layer(signal.T, layer["W"], layer["b"], layer["activation"])
        signal = ACTIVATIONS[layer["activation"]](np.dot(layer["W"].T, signal) + layer["b"].reshape(-1, 1))
        outputs += (signal.T.copy(),)
    return outputs


# --- count_parameters -----------------------------------------------------------------------------

CONNECTIONS = "Every input is joined to every neuron of the layer. How many connections are there between 3 and 4?"


@misconception(
    "count_parameters",
    hint="You have all the weights. Each neuron after the inputs has one more parameter.",
)
def biases_forgotten(layer_sizes):
    sizes = checked_sizes(layer_sizes)
    return sum(D * M for D, M in pairwise(sizes))


@misconception(
    "count_parameters",
    hint="The inputs are numbers from the data, not neurons. Do they have biases?",
)
def bias_for_the_input_layer(layer_sizes):
    sizes = checked_sizes(layer_sizes)
    return sum(D * M for D, M in pairwise(sizes)) + sum(sizes)


@misconception(
    "count_parameters",
    hint=CONNECTIONS,
    name="sizes added, not multiplied",
)
def sizes_and_biases_added(layer_sizes):
    sizes = checked_sizes(layer_sizes)
    return sum(D + M + M for D, M in pairwise(sizes))


@misconception(
    "count_parameters",
    hint=CONNECTIONS,
    name="sizes added, not multiplied",
)
def neighbours_added(layer_sizes):
    sizes = checked_sizes(layer_sizes)
    return sum(D + M for D, M in pairwise(sizes))


@misconception(
    "count_parameters",
    hint=CONNECTIONS,
    name="sizes added, not multiplied",
)
def all_sizes_added(layer_sizes):
    return sum(checked_sizes(layer_sizes))


@misconception(
    "count_parameters",
    hint="You count a bias for each number that comes into a layer. To what does a bias belong?",
)
def bias_per_input_of_each_layer(layer_sizes):
    sizes = checked_sizes(layer_sizes)
    return sum(D * M + D for D, M in pairwise(sizes))


@misconception(
    "count_parameters",
    hint="A bias belongs to a neuron, not to a layer. How many neurons does each layer have?",
)
def one_bias_for_a_whole_layer(layer_sizes):
    sizes = checked_sizes(layer_sizes)
    return sum(D * M + 1 for D, M in pairwise(sizes))


@also_correct("count_parameters")
def neuron_by_neuron(layer_sizes):
    if len(layer_sizes) < 2:
        raise ValueError("too few sizes")
    for size in layer_sizes:
        if not isinstance(size, int) or size < 1:
            raise ValueError("not a size")
    count = 0
    for number in range(1, len(layer_sizes)):
        for _ in range(layer_sizes[number]):
            count += layer_sizes[number - 1]
            count += 1
    return count


@also_correct("count_parameters")
def one_product_per_layer(layer_sizes):
    sizes = np.array(checked_sizes(layer_sizes))
    return np.dot(sizes[:-1] + 1, sizes[1:])


@also_correct("count_parameters")
def entries_of_the_arrays(layer_sizes):
    sizes = checked_sizes(layer_sizes)
    shapes = [shape for D, M in pairwise(sizes) for shape in ((D, M), (M,))]
    return sum(int(np.empty(shape).size) for shape in shapes)
