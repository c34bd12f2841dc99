"""Hidden checks of artificial_neuron: never shipped."""

import numpy as np
import pytest

from autograder.checks import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    assert_silent,
    checks,
    weight,
)

# Two answers that a check must tell apart differ by at least this much, at every draw.
APART = 0.03


def away_from_zero(rng, low, high, size=None):
    """Numbers of either sign whose magnitude lies between low and high."""
    return rng.uniform(low, high, size) * rng.choice([-1.0, 1.0], size)


def squeezed(z):
    return 1.0 / (1.0 + np.exp(-z))


def far_apart(numbers):
    """Whether no two of the numbers are close to each other."""
    return np.diff(np.sort(numbers)).min() > APART


def draw_neuron(rng, D):
    """x, w, b for which beginners' slips give numbers well apart from the right ones and from each other."""
    while True:
        x, w, b = (
            away_from_zero(rng, 0.4, 1.6, D),
            away_from_zero(rng, 0.4, 1.6, D),
            float(away_from_zero(rng, 0.4, 1.2)),
        )
        p = x * w
        total = p.sum()
        sums = [total + b, total, total + D * b, total * b, p.mean() + b, x.sum() * w.sum() + b, (x + w).sum() + b]
        sums += [total - b, p[0] + b, p[-1] + b]
        outputs = [squeezed(total + b), total + b, squeezed(total) + b, squeezed(p).sum() + b, squeezed(p + b).sum()]
        outputs += [squeezed(total), np.tanh(total + b), squeezed(-total - b), squeezed(squeezed(p).sum() + b)]
        outputs += [float(total + b >= 0), squeezed(total + D * b)]
        if far_apart(sums) and far_apart(outputs) and 0.2 < abs(total + b) < 3:
            return x, w, b


# --- weighted_sum ---------------------------------------------------------------------------------


@checks("weighted_sum")
@weight(2.5)
@pytest.mark.parametrize("D", [2, 5])
def test_several_inputs(submission, reference, rng, D):
    """Several inputs, their weights and a bias."""
    assert_matches(submission.weighted_sum, reference.weighted_sum, *draw_neuron(rng, D))


@checks("weighted_sum")
def test_by_keyword(submission, reference, rng):
    """The inputs, the weights and the bias given by name."""
    x, w, b = draw_neuron(rng, 4)
    assert_matches(submission.weighted_sum, reference.weighted_sum, b=b, w=w, x=x)


@checks("weighted_sum")
def test_whole_numbers(submission, reference, rng):
    """Whole numbers, alone and mixed with others."""
    x, w = rng.integers(2, 7, 3) * rng.choice([-1, 1], 3), rng.integers(2, 7, 3)
    b = int(rng.integers(2, 5))
    assert_matches(submission.weighted_sum, reference.weighted_sum, x, w, b)
    assert_matches(submission.weighted_sum, reference.weighted_sum, x, w + 0.25, -b)


@checks("weighted_sum")
@weight(2)
def test_inputs_and_weights_that_do_not_fit(submission, reference, rng):
    """Other numbers of inputs than of weights, and tables, are refused."""
    x, w, b = draw_neuron(rng, 4)
    f = submission.weighted_sum
    assert_matches(f, reference.weighted_sum, x, w, b)
    assert_raises_value_error(f, x, w[:3], b, why="there are more inputs than weights")
    assert_raises_value_error(f, x[:2], w, b, why="there are fewer inputs than weights")
    assert_raises_value_error(f, x[:1], w, b, why="there is one input but several weights")
    assert_raises_value_error(f, x, w[:1], b, why="there are several inputs but one weight")
    assert_raises_value_error(f, np.stack([x, -x]), w, b, why="x has two dimensions, not one")
    assert_raises_value_error(f, x, np.stack([w, -w]), b, why="w has two dimensions, not one")
    assert_raises_value_error(f, x, w[:, np.newaxis], b, why="w has two dimensions, not one")
    assert_raises_value_error(f, x[:, np.newaxis], w, b, why="x has two dimensions, not one")
    assert_raises_value_error(f, x.reshape(2, 2), w.reshape(2, 2), b, why="x and w have two dimensions, not one")
    assert_raises_value_error(f, x[np.newaxis], w[:, np.newaxis], b, why="x and w have two dimensions, not one")


@checks("weighted_sum")
def test_the_arrays_stay_as_they_are(submission, reference, rng):
    """The inputs and the weights stay as they are."""
    x, w, b = draw_neuron(rng, 3)
    assert_matches(submission.weighted_sum, reference.weighted_sum, x, w, b)
    assert_changes_nothing(submission.weighted_sum, x, w, b)


# --- sigmoid --------------------------------------------------------------------------------------


def draw_sums(rng, size=None):
    """Weighted sums of either sign, none where a slip gives nearly the right number."""
    return away_from_zero(rng, 1.2, 2.4, size)


@checks("sigmoid")
@weight(1.5)
def test_one_number(submission, reference, rng):
    """A single number, above zero and below it, and zero itself."""
    for z in (abs(float(draw_sums(rng))), -abs(float(draw_sums(rng))), 0.0):
        assert_matches(submission.sigmoid, reference.sigmoid, z)


@checks("sigmoid")
@weight(2.5)
@pytest.mark.parametrize("shape", [(6,), (3, 4), (2, 3, 2)], ids=["a row", "a table", "three dimensions"])
def test_an_array(submission, reference, rng, shape):
    """An array gives an array of its shape."""
    assert_matches(submission.sigmoid, reference.sigmoid, draw_sums(rng, shape))


@checks("sigmoid")
@weight(0.5)
def test_one_number_in_an_array(submission, reference, rng):
    """An array of a single number stays one, the argument given by name."""
    for shape in ((1,), (1, 1)):
        assert_matches(submission.sigmoid, reference.sigmoid, z=draw_sums(rng, shape))


@checks("sigmoid")
def test_whole_numbers_are_squeezed(submission, reference, rng):
    """Whole numbers, alone and in an array."""
    z = rng.integers(2, 6, 4) * np.array([-1, 1, -1, 1])
    assert_matches(submission.sigmoid, reference.sigmoid, z)
    assert_matches(submission.sigmoid, reference.sigmoid, -int(abs(z[0])))


@checks("sigmoid")
@weight(2)
def test_values_far_from_zero(submission, reference, rng):
    """Numbers up to 1000 on both sides: the right values, finite."""
    z = np.concatenate([rng.uniform(800, 1000, 2), rng.uniform(-1000, -800, 2), draw_sums(rng, 2), [-1000.0, 1000.0]])
    assert_matches(submission.sigmoid, reference.sigmoid, z)
    for number in (float(z[0]), float(z[2]), 1000, -1000):
        assert_matches(submission.sigmoid, reference.sigmoid, number)


@checks("sigmoid")
@weight(2)
def test_no_warning_far_from_zero(submission, reference, rng):
    """Numbers up to 1000 on both sides: no warning."""
    low, high = float(rng.uniform(-1000, -800)), float(rng.uniform(800, 1000))
    for z in (np.array([low, high, draw_sums(rng)]), low, high):
        assert_matches(submission.sigmoid, reference.sigmoid, z)
        assert_silent(submission.sigmoid, z)


@checks("sigmoid")
def test_nothing_else_changes(submission, reference, rng):
    """The array and NumPy's settings stay as they are."""
    z = np.append(draw_sums(rng, 3), [rng.uniform(-1000, -800), rng.uniform(800, 1000)])
    assert_matches(submission.sigmoid, reference.sigmoid, z)
    assert_changes_nothing(submission.sigmoid, z)


# --- neuron_output --------------------------------------------------------------------------------


@checks("neuron_output")
@weight(2.5)
@pytest.mark.parametrize("D", [2, 3, 5])
def test_a_neuron(submission, reference, rng, D):
    """A neuron with several inputs."""
    assert_matches(submission.neuron_output, reference.neuron_output, *draw_neuron(rng, D))


@checks("neuron_output")
def test_a_neuron_by_keyword(submission, reference, rng):
    """The inputs, the weights and the bias given by name."""
    x, w, b = draw_neuron(rng, 4)
    assert_matches(submission.neuron_output, reference.neuron_output, w=w, b=b, x=x)


@checks("neuron_output")
def test_a_neuron_with_whole_numbers(submission, reference, rng):
    """Whole numbers among the inputs, the weights and the bias."""
    while True:
        x, w, b = rng.integers(1, 4, 3) * rng.choice([-1, 1], 3), rng.integers(1, 4, 3), int(rng.choice([-2, 2]))
        if 1 <= abs(x @ w + b) <= 2 and x @ w not in (0, -2 * b):
            break
    assert_matches(submission.neuron_output, reference.neuron_output, x, w, b)
    assert_matches(submission.neuron_output, reference.neuron_output, x, w * 0.75, b)


@checks("neuron_output")
@weight(1.5)
def test_a_neuron_that_does_not_fit(submission, reference, rng):
    """Other numbers of inputs than of weights, and tables, are refused."""
    x, w, b = draw_neuron(rng, 4)
    f = submission.neuron_output
    assert_matches(f, reference.neuron_output, x, w, b)
    assert_raises_value_error(f, x, w[:3], b, why="there are more inputs than weights")
    assert_raises_value_error(f, x[:1], w, b, why="there is one input but several weights")
    assert_raises_value_error(f, x, w[:1], b, why="there are several inputs but one weight")
    assert_raises_value_error(f, np.stack([x, -x]), w, b, why="x has two dimensions, not one")
    assert_raises_value_error(f, x, w[:, np.newaxis], b, why="w has two dimensions, not one")
    assert_raises_value_error(f, x.reshape(2, 2), w.reshape(2, 2), b, why="x and w have two dimensions, not one")


@checks("neuron_output")
def test_the_neurons_arrays_stay(submission, reference, rng):
    """The inputs and the weights stay as they are."""
    x, w, b = draw_neuron(rng, 3)
    assert_matches(submission.neuron_output, reference.neuron_output, x, w, b)
    assert_changes_nothing(submission.neuron_output, x, w, b)
