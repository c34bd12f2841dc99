"""Other ways to the answers of gradient_descent: exact fractions, and slopes that TensorFlow finds by itself."""

import math
from fractions import Fraction

import numpy as np

from autograder.lessons import oracle


@oracle("mean_squared_error", by="exact fractions")
def averaged_exactly(y_true, y_pred):
    pairs = zip(np.ravel(y_true).tolist(), np.ravel(y_pred).tolist(), strict=True)
    squares = [(Fraction(right) - Fraction(predicted)) ** 2 for right, predicted in pairs]
    return float(sum(squares) / len(squares))


def tape_slope(w, x, z):
    """The slope of the cost at w as TensorFlow's tape gives it, in float64."""
    import tensorflow as tf

    weight = tf.Variable(w, dtype=tf.float64)
    with tf.GradientTape() as tape:
        cost = tf.reduce_mean((weight * np.asarray(x, dtype=float) - np.asarray(z, dtype=float)) ** 2)
    return float(tape.gradient(cost, weight))


@oracle("slope_gradient", by="TensorFlow's GradientTape")
def slope_on_a_tape(w, x, z):
    return tape_slope(w, x, z)


@oracle("gradient_descent", by="TensorFlow's GradientTape and its plain descent")
def descent_on_a_tape(w0, x, z, learning_rate, epochs):
    history = [float(w0)]
    for _ in range(epochs):
        history.append(history[-1] - learning_rate * tape_slope(history[-1], x, z))
    return np.array(history)


@oracle("descend_until", by="exact fractions, and the bounds of float64 for what isn't finite")
def descent_in_fractions(w0, x, z, learning_rate, tolerance, max_epochs):
    points = [(Fraction(a), Fraction(b)) for a, b in zip(np.asarray(x).tolist(), np.asarray(z).tolist(), strict=True)]
    largest = Fraction(np.finfo(float).max)

    def cost(w):
        return sum((w * a - b) ** 2 for a, b in points) / len(points)

    first, w = cost(Fraction(w0)), Fraction(w0)
    for updates in range(max_epochs + 1):
        if cost(w) <= Fraction(tolerance):
            return as_float(w), updates, "converged"
        if cost(w) > largest or cost(w) > 10 * first:
            return as_float(w), updates, "diverged"
        if updates < max_epochs:
            # To 200 binary places: exact ones would double in length with each update.
            step = Fraction(learning_rate) * sum(2 * (w * a - b) * a for a, b in points) / len(points)
            w = Fraction(round((w - step) * 2**200), 2**200)
    return as_float(w), max_epochs, "max_epochs"


def as_float(w):
    """A fraction as the nearest float: infinity if it is too large."""
    try:
        return float(w)
    except OverflowError:
        return math.inf if w > 0 else -math.inf


@oracle("quiz_learning_curves", by="what the recorded costs do")
def read_from_the_costs():
    from autograder.data import learning_curves

    def kind(training, test):
        if training[-1] > training[0]:
            return "too large a learning rate"
        if training[-1] > 0.5 * training[0]:
            return "too small a learning rate"
        return "overfits" if test[-1] > 2 * test.min() else "learns well"

    return {name: kind(lines["training"], lines["test"]) for name, lines in learning_curves().items()}
