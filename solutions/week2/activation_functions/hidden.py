"""Hidden checks of activation_functions: never shipped."""

import numpy as np
import pytest

from autograder.checks import (
    assert_changes_nothing,
    assert_matches,
    assert_own_memory,
    assert_precise,
    assert_raises_value_error,
    assert_silent,
    assert_without,
    checks,
    double_precision,
    weight,
)

SHAPES = pytest.mark.parametrize("shape", [(6,), (3, 4), (2, 3, 2)], ids=["a row", "a table", "three dimensions"])


def of_both_signs(rng, low, high, shape):
    """An array of that shape, as many numbers above zero as below, with magnitudes between low and high."""
    count = int(np.prod(shape))
    signs = rng.permutation(np.where(np.arange(count) % 2 == 0, 1.0, -1.0))
    return (signs * rng.uniform(low, high, count)).reshape(shape)


def single_numbers(rng, low, high):
    """A number above zero, one below it, and zero itself."""
    return float(rng.uniform(low, high)), -float(rng.uniform(low, high)), 0.0


def whole_numbers(rng):
    """Five whole numbers in an array, both signs among them."""
    return rng.permutation(rng.integers(2, 6, 5) * np.array([-1, 1, -1, 1, 1]))


# --- binary_step ----------------------------------------------------------------------------------


@checks("binary_step")
@weight(2)
def test_one_number_steps(submission, reference, rng):
    """A single number, above zero and below it, near zero, and zero itself."""
    for z in (*single_numbers(rng, 0.3, 2.5), *single_numbers(rng, 0.001, 0.05)[:2]):
        assert_matches(submission.binary_step, reference.binary_step, z)


@checks("binary_step")
@weight(4)
@SHAPES
def test_an_array_steps(submission, reference, rng, shape):
    """An array gives an array of its shape; a zero in it counts as at least 0."""
    z = of_both_signs(rng, 0.1, 2.5, shape)
    z.flat[int(rng.integers(z.size))] = 0.0
    assert_matches(submission.binary_step, reference.binary_step, z)


@checks("binary_step")
def test_whole_numbers_step(submission, reference, rng):
    """Whole numbers, alone and in an array, by position and by name; one number in an array."""
    f, right, z = submission.binary_step, reference.binary_step, whole_numbers(rng)
    assert_matches(f, right, z=z)
    assert_matches(f, right, int(abs(z[0])))
    assert_matches(f, right, -int(abs(z[1])))
    assert_matches(f, right, of_both_signs(rng, 0.5, 2.0, (1,)))


@checks("binary_step")
@weight(0.5)
def test_the_steps_array_stays(submission, reference, rng):
    """The array stays as it is."""
    z = of_both_signs(rng, 0.3, 2.5, (5,))
    assert_matches(submission.binary_step, reference.binary_step, z)
    assert_changes_nothing(submission.binary_step, z)


# --- linear ---------------------------------------------------------------------------------------


@checks("linear")
@weight(1.5)
def test_one_number_stays(submission, reference, rng):
    """A single number, above zero and below it, and zero itself."""
    for z in single_numbers(rng, 1.3, 2.5):
        assert_matches(submission.linear, reference.linear, z)


@checks("linear")
@weight(2.5)
@SHAPES
def test_an_array_stays(submission, reference, rng, shape):
    """An array gives an array of its shape."""
    assert_matches(submission.linear, reference.linear, of_both_signs(rng, 1.3, 2.5, shape))


@checks("linear")
@weight(0.5)
def test_whole_numbers_stay(submission, reference, rng):
    """Whole numbers, alone and in an array, by position and by name; one number in an array."""
    f, right, z = submission.linear, reference.linear, whole_numbers(rng)
    assert_matches(f, right, z=z)
    assert_matches(f, right, -int(abs(z[0])))
    assert_matches(f, right, of_both_signs(rng, 1.3, 2.5, (1,)))


@checks("linear")
@weight(2.5)
@SHAPES
def test_a_new_array(submission, reference, rng, shape):
    """What comes back shares no memory with the array that came in, and this one stays as it is."""
    z = of_both_signs(rng, 1.3, 2.5, shape)
    assert_matches(submission.linear, reference.linear, z)
    assert_own_memory(submission.linear, z)
    assert_changes_nothing(submission.linear, z)


# --- stable_sigmoid -------------------------------------------------------------------------------


@checks("stable_sigmoid")
@double_precision
def test_one_number_is_squeezed(submission, reference, rng):
    """A single number near zero, above it and below it, and zero itself."""
    for z in single_numbers(rng, 1.2, 2.4):
        assert_matches(submission.stable_sigmoid, reference.stable_sigmoid, z)


@checks("stable_sigmoid")
@weight(2)
@SHAPES
@double_precision
def test_an_array_is_squeezed(submission, reference, rng, shape):
    """An array gives an array of its shape."""
    assert_matches(submission.stable_sigmoid, reference.stable_sigmoid, of_both_signs(rng, 1.2, 2.4, shape))


@checks("stable_sigmoid")
@weight(0.5)
@double_precision
def test_whole_numbers_are_squeezed(submission, reference, rng):
    """Whole numbers, alone and in an array, by position and by name; one number in an array."""
    f, right, z = submission.stable_sigmoid, reference.stable_sigmoid, whole_numbers(rng)
    assert_matches(f, right, z=z)
    assert_matches(f, right, -int(abs(z[0])))
    assert_matches(f, right, of_both_signs(rng, 1.2, 2.4, (1,)))


@checks("stable_sigmoid")
@weight(2.5)
@double_precision
def test_twelve_digits(submission, reference, rng):
    """Twelve digits everywhere from -700 to 700, of single numbers and in an array."""
    f, right = submission.stable_sigmoid, reference.stable_sigmoid
    small = -np.array([rng.uniform(*ends) for ends in ((1.2, 2.4), (5, 60), (60, 250), (250, 500), (510, 690))])
    for z in small:
        assert_precise(f, right, float(z))
    assert_precise(f, right, rng.permutation(np.concatenate([small - 1.5, -small, [-700.0, 700.0]])))


@checks("stable_sigmoid")
@weight(2)
@double_precision
def test_no_warning_however_large(submission, reference, rng):
    """Numbers as large as there are, on both sides: finite, and without a warning."""
    f, right = submission.stable_sigmoid, reference.stable_sigmoid
    low, high = float(rng.uniform(-1000, -800)), float(rng.uniform(800, 1000))
    endless = 10.0 ** float(rng.uniform(5, 300))
    for z in (np.array([low, high, -endless, endless]), low, high, -endless, endless):
        assert_matches(f, right, z)
        assert_silent(f, z)


@checks("stable_sigmoid")
@weight(0.5)
@double_precision
def test_the_sigmoids_array_stays(submission, reference, rng):
    """The array and NumPy's settings stay as they are."""
    z = np.append(of_both_signs(rng, 1.2, 2.4, (3,)), [rng.uniform(-1000, -800), rng.uniform(800, 1000)])
    assert_matches(submission.stable_sigmoid, reference.stable_sigmoid, z)
    assert_changes_nothing(submission.stable_sigmoid, z)


# --- tanh -----------------------------------------------------------------------------------------


@checks("tanh")
@weight(1.5)
def test_tanh_of_one_number(submission, reference, rng):
    """A single number, above zero and below it, and zero itself."""
    for z in single_numbers(rng, 0.5, 1.2):
        assert_matches(submission.tanh, reference.tanh, z)


@checks("tanh")
@weight(2.5)
@SHAPES
def test_tanh_of_an_array(submission, reference, rng, shape):
    """An array gives an array of its shape."""
    assert_matches(submission.tanh, reference.tanh, of_both_signs(rng, 0.5, 1.2, shape))


@checks("tanh")
def test_tanh_of_whole_numbers(submission, reference, rng):
    """Whole numbers, alone and in an array, by position and by name; one number in an array."""
    f, right, z = submission.tanh, reference.tanh, rng.permutation([-2, -1, 1, 2, 3])
    assert_matches(f, right, z=z)
    assert_matches(f, right, -int(rng.integers(1, 3)))
    assert_matches(f, right, of_both_signs(rng, 0.5, 1.2, (1,)))


@checks("tanh")
@weight(2)
def test_no_warning_of_tanh(submission, reference, rng):
    """Numbers up to 1000 on both sides: -1 and 1, without a warning."""
    f, right = submission.tanh, reference.tanh
    low, high = float(rng.uniform(-1000, -800)), float(rng.uniform(800, 1000))
    middle = float(rng.uniform(360, 700))
    for z in (np.array([low, -middle, rng.uniform(0.5, 1.2), middle, high]), low, high):
        assert_matches(f, right, z)
        assert_silent(f, z)


@checks("tanh")
@weight(0.5)
def test_tanhs_array_stays(submission, reference, rng):
    """The array and NumPy's settings stay as they are."""
    z = np.append(of_both_signs(rng, 0.5, 1.2, (3,)), [rng.uniform(-1000, -800), rng.uniform(800, 1000)])
    assert_matches(submission.tanh, reference.tanh, z)
    assert_changes_nothing(submission.tanh, z)


@checks("tanh")
@weight(0.5)
def test_tanh_without_a_ready_made_one(submission, reference, rng):
    """Drawn numbers, without a ready-made tanh, sinh or cosh."""
    z = of_both_signs(rng, 0.5, 1.2, (4,))
    assert_matches(submission.tanh, reference.tanh, z)
    assert_without(submission.tanh, ("tanh", "sinh", "cosh"), z)


# --- relu -----------------------------------------------------------------------------------------


@checks("relu")
@weight(2)
def test_relu_of_one_number(submission, reference, rng):
    """A single number, above zero and below it, and zero itself."""
    for z in single_numbers(rng, 1.3, 2.5):
        assert_matches(submission.relu, reference.relu, z)


@checks("relu")
@weight(4)
@SHAPES
def test_relu_of_an_array(submission, reference, rng, shape):
    """An array gives an array of its shape."""
    assert_matches(submission.relu, reference.relu, of_both_signs(rng, 1.3, 2.5, shape))


@checks("relu")
def test_relu_of_whole_numbers(submission, reference, rng):
    """Whole numbers, alone and in an array, by position and by name; one number in an array."""
    f, right, z = submission.relu, reference.relu, whole_numbers(rng)
    assert_matches(f, right, z=z)
    assert_matches(f, right, -int(abs(z[0])))
    assert_matches(f, right, of_both_signs(rng, 1.3, 2.5, (1,)))


@checks("relu")
@weight(0.5)
def test_relus_array_stays(submission, reference, rng):
    """The array stays as it is."""
    z = of_both_signs(rng, 1.3, 2.5, (5,))
    assert_matches(submission.relu, reference.relu, z)
    assert_changes_nothing(submission.relu, z)


# --- leaky_relu -----------------------------------------------------------------------------------


@checks("leaky_relu")
@weight(1.5)
def test_leaky_relu_with_its_usual_slope(submission, reference, rng):
    """Without a slope in the call it is 0.01, for single numbers and a table."""
    f, right = submission.leaky_relu, reference.leaky_relu
    for z in (*single_numbers(rng, 1.3, 2.5), of_both_signs(rng, 1.3, 2.5, (3, 4))):
        assert_matches(f, right, z)


@checks("leaky_relu")
@weight(4)
@SHAPES
def test_leaky_relu_with_another_slope(submission, reference, rng, shape):
    """A slope that is given is used, by position or by name, for arrays and single numbers."""
    f, right = submission.leaky_relu, reference.leaky_relu
    assert_matches(f, right, of_both_signs(rng, 1.3, 2.5, shape), float(rng.uniform(0.12, 0.25)))
    assert_matches(f, right, negative_slope=float(rng.uniform(0.4, 0.9)), z=of_both_signs(rng, 1.3, 2.5, shape))
    for z in single_numbers(rng, 1.3, 2.5):
        assert_matches(f, right, z, float(rng.uniform(0.12, 0.25)))


@checks("leaky_relu")
@weight(1.5)
def test_leaky_relu_of_whole_numbers(submission, reference, rng):
    """Whole numbers, alone and in an array; one number in an array; a slope of 0."""
    f, right, z = submission.leaky_relu, reference.leaky_relu, whole_numbers(rng)
    assert_matches(f, right, z=z)
    assert_matches(f, right, -int(abs(z[0])), float(rng.uniform(0.12, 0.25)))
    assert_matches(f, right, of_both_signs(rng, 1.3, 2.5, (1,)))
    assert_matches(f, right, z, 0)
    assert_matches(f, right, of_both_signs(rng, 1.3, 2.5, (4,)), 0.0)


@checks("leaky_relu")
@weight(0.5)
def test_leaky_relus_array_stays(submission, reference, rng):
    """The array stays as it is."""
    z, slope = of_both_signs(rng, 1.3, 2.5, (5,)), float(rng.uniform(0.12, 0.25))
    assert_matches(submission.leaky_relu, reference.leaky_relu, z, slope)
    assert_changes_nothing(submission.leaky_relu, z, slope)


# --- softmax --------------------------------------------------------------------------------------


def draw_sums(rng, shape):
    """Weighted sums of both signs, well apart from each other in each row and each column."""
    while True:
        z = of_both_signs(rng, 0.4, 2.4, shape)
        rows = np.atleast_2d(z)
        apart = [np.diff(np.sort(rows, axis=axis), axis=axis) for axis in (0, 1)]
        sums = np.abs(z.sum(axis=-1))
        if min(gaps.min() for gaps in apart if gaps.size) > 0.05 and sums.min() > 0.5:
            return z


@checks("softmax")
@weight(2)
@pytest.mark.parametrize("K", [2, 5])
def test_shares_of_a_row(submission, reference, rng, K):
    """A single row of weighted sums."""
    z = draw_sums(rng, (K,))
    assert_matches(submission.softmax, reference.softmax, z)
    assert_matches(submission.softmax, reference.softmax, z + float(rng.uniform(5, 20)))


@checks("softmax")
@weight(3)
@pytest.mark.parametrize("shape", [(2, 3), (4, 3), (3, 5), (3, 3)], ids=["2 by 3", "4 by 3", "3 by 5", "3 by 3"])
def test_shares_of_each_row(submission, reference, rng, shape):
    """A table of weighted sums, each row by itself."""
    assert_matches(submission.softmax, reference.softmax, draw_sums(rng, shape))


@checks("softmax")
def test_shares_of_whole_numbers(submission, reference, rng):
    """Whole numbers, in a row and in a table, by position and by name; a table of one row."""
    f, right = submission.softmax, reference.softmax
    z = rng.permuted(np.array([[-3, -1, 1, 2], [3, 0, -2, 4], [1, 5, 2, -1]]), axis=1)
    assert_matches(f, right, z=z)
    assert_matches(f, right, z[0])
    assert_matches(f, right, draw_sums(rng, (1, 4)))


@checks("softmax")
@weight(3)
def test_shares_far_from_zero(submission, reference, rng):
    """Sums near 1000 and near -1000, in the same table and apart, without a warning."""
    f, right = submission.softmax, reference.softmax
    low, high = draw_sums(rng, (4,)) - rng.uniform(900, 990), draw_sums(rng, (4,)) + rng.uniform(900, 990)
    for z in (rng.permutation([low, high, draw_sums(rng, (4,))]), low, high, np.array([low[0], high[0], high[1]])):
        assert_matches(f, right, z)
        assert_silent(f, z)


@checks("softmax")
@weight(0.5)
def test_the_sums_stay(submission, reference, rng):
    """The table and NumPy's settings stay as they are."""
    z = draw_sums(rng, (2, 3)) + 900.0 * rng.choice([-1.0, 1.0])
    assert_matches(submission.softmax, reference.softmax, z)
    assert_changes_nothing(submission.softmax, z)


@checks("softmax")
@weight(0.5)
def test_three_dimensions_are_refused(submission, reference, rng):
    """A table of tables is refused."""
    z = draw_sums(rng, (2, 6))
    assert_matches(submission.softmax, reference.softmax, z)
    assert_raises_value_error(submission.softmax, z.reshape(2, 2, 3), why="z has three dimensions")
