"""Other ways to the answers of artificial_neuron: exact fractions, decimals of 50 digits, Keras."""

from decimal import Decimal, localcontext
from fractions import Fraction

import numpy as np

from autograder.lessons import oracle


@oracle("weighted_sum", by="exact fractions")
def summed_exactly(x, w, b):
    total = Fraction(b)
    for value, strength in zip(x.tolist(), w.tolist(), strict=True):
        total += Fraction(value) * Fraction(strength)
    return float(total)


@oracle("sigmoid", by="decimals of 50 digits")
def in_many_digits(z):
    with localcontext() as context:
        context.prec = 50
        squeezed = [float(1 / (1 + (-Decimal(number)).exp())) for number in np.ravel(z).tolist()]
    return np.reshape(squeezed, np.shape(z))


@oracle("neuron_output", by="a Keras Dense layer of one neuron")
def one_keras_neuron(x, w, b):
    import keras

    layer = keras.layers.Dense(1, activation="sigmoid", dtype="float64")
    layer.build((None, len(w)))
    layer.set_weights([np.reshape(w, (-1, 1)), np.array([b])])
    return keras.ops.convert_to_numpy(layer(np.reshape(x, (1, -1)).astype("float64")))[0, 0]
