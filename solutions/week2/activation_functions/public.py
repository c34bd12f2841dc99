"""Public checks of activation_functions: shipped to students, literal inputs only."""

import numpy as np

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

ROW = np.array([-1.7, -0.6, 0.4, 2.3])
TABLE = np.array([[-2.8174639, 0.9271643, 1.4826195], [0.3715284, -1.2639475, -0.5820417]])
WHOLE = np.array([-4, 2, 0, 3, -1])


# --- binary_step ----------------------------------------------------------------------------------


@checks("binary_step")
def test_the_step_of_single_numbers(submission, reference):
    """The step of five single numbers, zero and two whole ones among them."""
    for z in (0.0, 1.3718264, -0.0415273, 2, -3):
        assert_matches(submission.binary_step, reference.binary_step, z)


@checks("binary_step")
@weight(1.5)
def test_the_step_of_arrays(submission, reference):
    """The step of a row, a table, one number in a row, and whole numbers; the row doesn't change."""
    f, right = submission.binary_step, reference.binary_step
    assert_matches(f, right, np.array([-1.7, 0.0, 0.4, 2.3]))
    assert_matches(f, right, z=TABLE)
    assert_matches(f, right, np.array([-0.8]))
    assert_matches(f, right, WHOLE)
    assert_changes_nothing(f, ROW)


# --- linear ---------------------------------------------------------------------------------------


@checks("linear")
def test_single_numbers_as_they_are(submission, reference):
    """Five single numbers, two whole ones among them, come back as they are."""
    for z in (0.7, -2.0317546, 0.0, 3, -4):
        assert_matches(submission.linear, reference.linear, z)


@checks("linear")
def test_arrays_as_they_are(submission, reference):
    """A row, a table, one number in a row, and whole numbers come back as they are; the row doesn't change."""
    f, right = submission.linear, reference.linear
    assert_matches(f, right, ROW)
    assert_matches(f, right, z=TABLE)
    assert_matches(f, right, np.array([-0.8]))
    assert_matches(f, right, WHOLE)
    assert_changes_nothing(f, ROW)


@checks("linear")
def test_arrays_of_their_own(submission, reference):
    """What comes back of a row and of a table is a new array."""
    for z in (ROW, TABLE):
        assert_matches(submission.linear, reference.linear, z)
        assert_own_memory(submission.linear, z)


# --- stable_sigmoid -------------------------------------------------------------------------------


@checks("stable_sigmoid")
@weight(0.75)
@double_precision
def test_the_sigmoid_of_single_numbers(submission, reference):
    """The sigmoid of five single numbers near zero, two whole ones among them."""
    for z in (0.415, -2.0317546, 0.0, 3, -4):
        assert_matches(submission.stable_sigmoid, reference.stable_sigmoid, z)


@checks("stable_sigmoid")
@weight(0.75)
@double_precision
def test_the_sigmoid_of_arrays(submission, reference):
    """The sigmoid of a row, a table, one number in a row, and whole numbers; the row doesn't change."""
    f, right = submission.stable_sigmoid, reference.stable_sigmoid
    assert_matches(f, right, ROW)
    assert_matches(f, right, z=TABLE)
    assert_matches(f, right, np.array([-0.8]))
    assert_matches(f, right, WHOLE)
    assert_changes_nothing(f, ROW)


@checks("stable_sigmoid")
@double_precision
def test_the_sigmoids_digits(submission, reference):
    """Twelve digits from -700 to 700, of single numbers and in a row."""
    f, right = submission.stable_sigmoid, reference.stable_sigmoid
    for z in (-3.2716485, 2.5, 37.9, -41.3, -600.0):
        assert_precise(f, right, z)
    assert_precise(f, right, np.array([-700.0, -523.7, -300.0, -18.4, -0.9, 1.3, 26.8, 700.0]))


@checks("stable_sigmoid")
@double_precision
def test_the_sigmoid_far_from_zero(submission, reference):
    """Numbers far from zero, and endlessly far, without a warning; NumPy's settings don't change."""
    f, z = submission.stable_sigmoid, np.array([-1000.0, -2.0, 1000.0])
    for numbers in (z, -1000.0, 1000.0, np.array([-1e300, 1e300])):
        assert_matches(f, reference.stable_sigmoid, numbers)
        assert_silent(f, numbers)
    assert_changes_nothing(f, z)


# --- tanh -----------------------------------------------------------------------------------------


@checks("tanh")
def test_tanh_of_single_numbers(submission, reference):
    """The tanh of five single numbers, two whole ones among them."""
    for z in (1.0, -0.6317546, 0.0, 2, -1):
        assert_matches(submission.tanh, reference.tanh, z)


@checks("tanh")
def test_tanh_of_arrays(submission, reference):
    """The tanh of a row, a table, one number in a row, and whole numbers; the row doesn't change."""
    f, right = submission.tanh, reference.tanh
    assert_matches(f, right, ROW)
    assert_matches(f, right, z=TABLE)
    assert_matches(f, right, np.array([-0.8]))
    assert_matches(f, right, WHOLE)
    assert_changes_nothing(f, ROW)


@checks("tanh")
def test_tanh_far_from_zero(submission, reference):
    """Numbers far from zero, without a warning; NumPy's settings don't change."""
    f, z = submission.tanh, np.array([-1000.0, -370.5, 0.5, 370.5, 1000.0])
    for numbers in (z, -1000.0, 1000.0):
        assert_matches(f, reference.tanh, numbers)
        assert_silent(f, numbers)
    assert_changes_nothing(f, z)


@checks("tanh")
@weight(0.25)
def test_tanh_by_hand(submission, reference):
    """A row of four numbers, without a ready-made tanh, sinh or cosh."""
    assert_matches(submission.tanh, reference.tanh, ROW)
    assert_without(submission.tanh, ("tanh", "sinh", "cosh"), ROW)


# --- relu -----------------------------------------------------------------------------------------


@checks("relu")
def test_relu_of_single_numbers(submission, reference):
    """The relu of five single numbers, zero and two whole ones among them."""
    for z in (1.3718264, -2.0317546, 0.0, 3, -4):
        assert_matches(submission.relu, reference.relu, z)


@checks("relu")
@weight(1.5)
def test_relu_of_arrays(submission, reference):
    """The relu of a row, a table, one number in a row, and whole numbers; the row doesn't change."""
    f, right = submission.relu, reference.relu
    assert_matches(f, right, ROW)
    assert_matches(f, right, z=TABLE)
    assert_matches(f, right, np.array([-0.8]))
    assert_matches(f, right, WHOLE)
    assert_changes_nothing(f, ROW)


# --- leaky_relu -----------------------------------------------------------------------------------


@checks("leaky_relu")
def test_leaky_relu_of_single_numbers(submission, reference):
    """The leaky relu of single numbers, zero and whole ones among them, with the slope 0.01 and with others."""
    f, right = submission.leaky_relu, reference.leaky_relu
    for z in (1.3718264, -2.0317546, 0.0, 3, -4):
        assert_matches(f, right, z)
    assert_matches(f, right, -2.6, 0.15)
    assert_matches(f, right, negative_slope=0.4, z=-3)
    assert_matches(f, right, 2.7, 0.4)


@checks("leaky_relu")
@weight(1.5)
def test_leaky_relu_of_arrays(submission, reference):
    """The leaky relu of rows and tables with three slopes, one of them 0; the row doesn't change."""
    f, right = submission.leaky_relu, reference.leaky_relu
    assert_matches(f, right, ROW)
    assert_matches(f, right, TABLE, negative_slope=0.2)
    assert_matches(f, right, np.array([-0.8]), 0.35)
    assert_matches(f, right, WHOLE)
    assert_matches(f, right, ROW, 0)
    assert_changes_nothing(f, ROW, 0.2)


# --- softmax --------------------------------------------------------------------------------------


@checks("softmax")
def test_shares_of_single_rows(submission, reference):
    """The shares of rows of three, four and five weighted sums, the last one of whole numbers."""
    f, right = submission.softmax, reference.softmax
    assert_matches(f, right, np.array([2.0, 1.0, -1.0]))
    assert_matches(f, right, z=ROW)
    assert_matches(f, right, WHOLE)


@checks("softmax")
@weight(1.5)
def test_shares_of_tables(submission, reference):
    """The shares of tables of two rows, four and one, each row by itself; the first table doesn't change."""
    f, right = submission.softmax, reference.softmax
    assert_matches(f, right, TABLE)
    assert_matches(f, right, np.array([[3, -1], [-2, 1], [4, 2], [0, 2]]))
    assert_matches(f, right, np.array([[0.5, 2.0, -1.0]]))
    assert_changes_nothing(f, TABLE)


@checks("softmax")
@weight(1.25)
def test_shares_of_large_sums(submission, reference):
    """Sums near 1000 and near -1000, also in the same table, without a warning; NumPy's settings don't change."""
    f, right = submission.softmax, reference.softmax
    far = np.array([[1000.0, 998.5, 999.0], [-998.0, -1000.0, -999.5], [0.5, -1.5, 1.0]])
    for z in (far, far[0], far[1], np.array([-1000.0, 1000.0])):
        assert_matches(f, right, z)
        assert_silent(f, z)
    assert_changes_nothing(f, far)


@checks("softmax")
@weight(0.5)
def test_what_softmax_refuses(submission, reference):
    """Three dimensions are refused."""
    assert_matches(submission.softmax, reference.softmax, TABLE)
    assert_raises_value_error(submission.softmax, TABLE.reshape(1, 2, 3), why="z has three dimensions")
