"""Other ways to the answers of backpropagation: TensorFlow's GradientTape, and slopes by complex numbers."""

import numpy as np

from autograder.lessons import oracle


def taped(x, y_true, w1, b1, w2, b2):
    """E, the activations and all gradients, by TensorFlow in float64."""
    import tensorflow as tf

    numbers = {"w1": w1, "b1": b1, "w2": w2, "b2": b2}
    given = {name: tf.constant(float(number), tf.float64) for name, number in numbers.items()}
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(list(given.values()))
        z1 = given["w1"] * float(x) + given["b1"]
        a1 = tf.sigmoid(z1)
        z2 = given["w2"] * a1 + given["b2"]
        a2 = tf.sigmoid(z2)
        E = tf.square(float(y_true) - a2) / 2
    inner = given | {"z1": z1, "a1": a1, "z2": z2, "a2": a2}
    gradients = {f"dE_d{name}": float(tape.gradient(E, tensor)) for name, tensor in inner.items()}
    return {"E": float(E), "a1": float(a1), "a2": float(a2), **gradients}


@oracle("two_neuron_gradients", by="TensorFlow's GradientTape in float64")
def gradients_by_tensorflow(x, y_true, w1, b1, w2, b2):
    return taped(x, y_true, w1, b1, w2, b2)


@oracle("update_parameters", by="exact fractions")
def step_in_fractions(parameters, gradients, learning_rate):
    from fractions import Fraction

    def new(value, gradient):
        pairs = zip(np.ravel(value).tolist(), np.ravel(gradient).tolist(), strict=True)
        exact = [float(Fraction(v) - Fraction(learning_rate) * Fraction(g)) for v, g in pairs]
        return np.reshape(exact, np.shape(value)) if np.ndim(value) else exact[0]

    return {name: new(value, gradients[f"dE_d{name}"]) for name, value in parameters.items()}


@oracle("train_two_neurons", by="TensorFlow's variables and its GradientTape, in float64")
def training_by_tensorflow(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    import tensorflow as tf

    variables = {name: tf.Variable(float(value), dtype=tf.float64) for name, value in parameters.items()}
    errors = []
    for _ in range(epochs):
        gradients = taped(x, y_true, **{name: float(variable) for name, variable in variables.items()})
        errors.append(gradients["E"])
        if gradients["E"] <= threshold:
            break
        for name, variable in variables.items():
            variable.assign_sub(learning_rate * gradients[f"dE_d{name}"])
    return {name: float(variable) for name, variable in variables.items()}, np.array(errors)


@oracle("numerical_gradient", by="the mean slope between the two places, by complex numbers and Gauss's quadrature")
def mean_slope(f, x, h=1e-5):
    # A central difference is the mean of the slope between its ends; a slope is the imaginary part of f just beside
    # the real numbers, without any rounding.
    x = np.asarray(x, dtype=complex)
    places, weights = np.polynomial.legendre.leggauss(20)
    answer = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        for at, weight in zip(places, weights / 2, strict=True):
            beside = x.copy()
            beside[place] += h * at + 1e-30j
            answer[place] += weight * np.imag(f(beside)) / 1e-30
    return answer


def layers_in_tensorflow(layers):
    """W and b of each layer as variables in float64, and the activations' functions."""
    import tensorflow as tf

    bends = {"linear": tf.identity, "sigmoid": tf.sigmoid, "tanh": tf.tanh, "relu": tf.nn.relu}
    variables = [[tf.Variable(layer[key], dtype=tf.float64) for key in ("W", "b")] for layer in layers]
    return variables, [bends[layer["activation"]] for layer in layers]


@oracle("dense_backward", by="TensorFlow's GradientTape")
def layers_taped(dA, X, W):
    import tensorflow as tf

    X, W, b = (tf.Variable(table, dtype=tf.float64) for table in (X, W, np.zeros(W.shape[1])))
    with tf.GradientTape() as tape:
        cost = tf.reduce_sum(tf.constant(dA, dtype=tf.float64) * (X @ W + b))
    return tuple(gradient.numpy() for gradient in tape.gradient(cost, [X, W, b]))


@oracle("train_network", by="TensorFlow's GradientTape")
def batches_taped(X, y, layers, learning_rate, epochs, batch_size, rng):
    import tensorflow as tf

    variables, bends = layers_in_tensorflow(layers)
    losses = []
    for _ in range(epochs):
        order, squares = rng.permutation(len(X)), []
        for rows in np.split(order, range(batch_size, len(X), batch_size)):
            with tf.GradientTape() as tape:
                signal = tf.constant(X[rows], dtype=tf.float64)
                for (W, b), bend in zip(variables, bends, strict=True):
                    signal = bend(signal @ W + b)
                errors = tf.square(signal - y[rows])
                loss = tf.reduce_mean(errors)
            squares.append(errors.numpy())
            for pair, gradients in zip(variables, tape.gradient(loss, variables), strict=True):
                for variable, gradient in zip(pair, gradients, strict=True):
                    variable.assign_sub(learning_rate * gradient)
        losses.append(np.concatenate(squares).mean())
    trained = [layer | {"W": W.numpy(), "b": b.numpy()} for layer, (W, b) in zip(layers, variables, strict=True)]
    return trained, np.array(losses, dtype=float)
