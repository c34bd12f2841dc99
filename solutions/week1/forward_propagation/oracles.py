"""Other ways to the answers of forward_propagation: Keras; and what drawn weights must be like."""

import math
from itertools import pairwise

import numpy as np

from autograder.lessons import oracle


def keras_dense(W, b, activation):
    """A Keras Dense layer in float64 with these weights."""
    import keras

    layer = keras.layers.Dense(W.shape[1], activation=activation, dtype="float64")
    layer.build((None, W.shape[0]))
    layer.set_weights([W, b])
    return layer


def sent_through(layer, signal):
    import keras

    return keras.ops.convert_to_numpy(layer(np.asarray(signal, dtype="float64")))


@oracle("two_neuron_forward", by="Keras Dense layers of one neuron each")
def two_keras_neurons(x, w1, b1, w2, b2):
    values, signal = {}, np.array([[x]])
    for number, (weight, bias) in enumerate([(w1, b1), (w2, b2)], start=1):
        W, b = np.array([[weight]]), np.array([bias])
        values[f"z{number}"] = sent_through(keras_dense(W, b, "linear"), signal)[0, 0]
        signal = sent_through(keras_dense(W, b, "sigmoid"), signal)
        values[f"a{number}"] = signal[0, 0]
    return values


@oracle("dense_forward", by="a Keras Dense layer with these weights")
def one_keras_layer(X, W, b, activation="linear"):
    return sent_through(keras_dense(W, b, activation), X)


@oracle("network_forward", by="a Keras network of Dense layers with these weights")
def keras_network(X, layers):
    import keras

    dense = [keras_dense(layer["W"], layer["b"], layer["activation"]) for layer in layers]
    signal = inputs = keras.Input((X.shape[1],), dtype="float64")
    outputs = [signal := layer(signal) for layer in dense]
    given = keras.Model(inputs, {str(place): output for place, output in enumerate(outputs)})(X.astype("float64"))
    return [keras.ops.convert_to_numpy(given[str(place)]) for place in range(len(layers))]


@oracle("count_parameters", by="count_params() of a Keras network")
def keras_count(layer_sizes):
    import keras

    network = keras.Sequential([keras.Input((layer_sizes[0],)), *map(keras.layers.Dense, layer_sizes[1:])])
    return network.count_params()


@oracle("initialize_network", by="what weights drawn around zero are like, over all networks together", of_calls=True)
def drawn_around_zero(calls):
    by_state, pooled = {}, []
    for call in calls:
        given = dict(zip(("layer_sizes", "rng"), call.arguments, strict=False)) | call.keywords
        sizes, network = given["layer_sizes"], call.value
        shapes = [(layer["W"].shape, layer["b"].shape) for layer in network]
        assert shapes == [((D, M), (M,)) for D, M in pairwise(sizes)], f"the shapes for {sizes}"
        assert all(set(layer) == {"W", "b"} for layer in network), "the keys"
        assert not any(layer["b"].any() for layer in network), "a bias is not zero"
        weights = np.concatenate([layer["W"].ravel() for layer in network])
        assert len(set(weights.tolist())) == len(weights), f"two weights are equal for {sizes}"
        by_state.setdefault(repr(given["rng"].bit_generator.state), []).append(weights)
        pooled.extend(layer["W"].ravel() / np.median(np.abs(layer["W"])) for layer in network if layer["W"].size > 100)
    firsts = [networks[0][0] for networks in by_state.values()]
    assert len(set(firsts)) == len(firsts) > 10, "states of rng that give the same first weight"
    # As many above zero as below, and each as far out as the other, within five standard deviations of chance.
    numbers = np.concatenate(pooled)
    near = 5 / math.sqrt(len(numbers))
    assert abs(np.mean(np.sign(numbers))) < near, "more weights on one side of zero"
    for far in (0.5, 1.0, 2.0):
        assert abs(np.mean(numbers > far) - np.mean(numbers < -far)) < near, f"sides that differ beyond {far} medians"
