"""Other ways to the answers of backpropagation's second sitting: automatic differentiation by TensorFlow."""

import numpy as np

from autograder.lessons import oracle


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
