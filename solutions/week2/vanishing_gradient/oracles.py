"""Other ways to the answers of vanishing_gradient: Keras's activations, differentiated by TensorFlow's GradientTape."""

import numpy as np

from autograder.lessons import oracle


def keras_activation(name):
    """The activation of Keras that has this name."""
    import keras

    if name == "leaky_relu":
        return lambda z: keras.ops.leaky_relu(z, negative_slope=0.01)
    return keras.activations.get(name)


@oracle("activation_derivative", by="GradientTape on Keras's activations")
def taped_slope(name, z):
    import tensorflow as tf

    sums = tf.constant(np.asarray(z, dtype=float))
    with tf.GradientTape() as tape:
        tape.watch(sums)
        outputs = keras_activation(name)(sums)
    return tape.gradient(outputs, sums).numpy()


@oracle("gradient_by_layer", by="GradientTape through a chain of neurons, each with the bias that makes its sum z")
def taped_chain(depth, w, z, activation):
    import tensorflow as tf

    f = keras_activation(activation)
    start = tf.constant(float(z), dtype=tf.float64)
    bias = float(z) - float(w) * float(f(start))
    with tf.GradientTape(persistent=True) as tape:
        tape.watch(start)
        sums, output = [start], f(start)
        for _ in range(depth - 1):
            sums.append(float(w) * output + bias)
            output = f(sums[-1])
    return np.array([abs(float(tape.gradient(output, total))) for total in sums])
