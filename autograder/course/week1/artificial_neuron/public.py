"""Public checks of artificial_neuron: shipped to students, literal inputs only."""

import numpy as np

from autograder.checks import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    assert_silent,
    checks,
    weight,
)


@checks("weighted_sum")
@weight(0.5)
def test_the_one_input_of_the_lecture(submission, reference):
    """The lecture's neuron: one input, one weight, one bias."""
    assert_matches(submission.weighted_sum, reference.weighted_sum, np.array([0.1]), np.array([0.15]), 0.4)


@checks("weighted_sum")
@weight(1.5)
def test_two_inputs_and_four(submission, reference):
    """Two inputs and four, whose numbers have many digits and either sign."""
    f, right = submission.weighted_sum, reference.weighted_sum
    x, w = np.array([0.7204318, -1.3518627, 2.1047293, -0.6391754]), np.array([1.2361849, 0.4172836, -0.9283715, 1.5])
    assert_matches(f, right, x, w, 0.6273941)
    assert_matches(f, right, x[:2], w[:2], -0.4183726)


@checks("weighted_sum")
@weight(0.5)
def test_whole_numbers_and_names(submission, reference):
    """Whole numbers, and arguments given by name; the inputs and weights don't change."""
    f, right = submission.weighted_sum, reference.weighted_sum
    x, w = np.array([4, -3, 2]), np.array([0.7, 1.6, -0.9])
    assert_matches(f, right, b=-2, w=w, x=x)
    assert_matches(f, right, x, np.array([5, 2, -6]), 3)
    assert_changes_nothing(f, 0.3 * x, w, 0.6)


@checks("weighted_sum")
def test_what_does_not_fit(submission, reference):
    """Three inputs with two weights or with one are refused, and so are tables."""
    f = submission.weighted_sum
    x, w = np.array([0.7, -1.3, 2.1]), np.array([1.2, 0.4, -0.9])
    assert_matches(f, reference.weighted_sum, x, w, 0.6)
    assert_raises_value_error(f, x, w[:2], 0.6, why="there are three inputs but two weights")
    assert_raises_value_error(f, x, w[:1], 0.6, why="there are three inputs but one weight")
    table = np.array([[0.7, -1.3, 2.1], [0.9, 0.4, -1.6]])
    assert_raises_value_error(f, table, w, 0.6, why="x is a table: it has two dimensions")
    assert_raises_value_error(f, x, w.reshape(3, 1), 0.6, why="w is a table of one column: it has two dimensions")
    assert_raises_value_error(f, table, -table, 0.6, why="x and w are tables: they have two dimensions")


@checks("sigmoid")
def test_single_numbers(submission, reference):
    """Single numbers, one of them whole."""
    for z in (0.415, -2.0317546, 3):
        assert_matches(submission.sigmoid, reference.sigmoid, z)


@checks("sigmoid")
@weight(1.5)
def test_a_row_and_a_table(submission, reference):
    """A row of four numbers or of one, a table of six, and whole numbers, each squeezed by itself."""
    f, right = submission.sigmoid, reference.sigmoid
    assert_matches(f, right, np.array([-0.8]))
    assert_matches(f, right, np.array([-1.7, -0.6, 0.4, 2.3]))
    assert_matches(f, right, z=np.array([[-2.8174639, 0.9271643, 1.4826195], [0.3715284, -0.5820417, -1.2639475]]))
    assert_matches(f, right, np.array([-4, 2, 0, 3, -1]))


@checks("sigmoid")
@weight(1.5)
def test_far_from_zero(submission, reference):
    """Numbers far from zero, without a warning; the array and NumPy's settings don't change."""
    f, z = submission.sigmoid, np.array([-1000.0, 1000.0])
    for numbers in (z, -1000.0, 1000.0):
        assert_matches(f, reference.sigmoid, numbers)
        assert_silent(f, numbers)
    assert_changes_nothing(f, z)


@checks("neuron_output")
@weight(0.5)
def test_the_neuron_of_the_lecture(submission, reference):
    """The lecture's neuron: weighted sum 0.415, output 0.6023."""
    assert_matches(submission.neuron_output, reference.neuron_output, np.array([0.1]), np.array([0.15]), 0.4)


@checks("neuron_output")
@weight(2)
def test_neurons_with_more_inputs(submission, reference):
    """Neurons with two inputs and with four, whose numbers have many digits and either sign."""
    f, right = submission.neuron_output, reference.neuron_output
    x, w = np.array([1.1382746, -0.7419283, 0.4926471, -1.6]), np.array([0.9172834, 1.4628391, -1.2837465, 0.7])
    assert_matches(f, right, x, w, 0.8261937)
    assert_matches(f, right, x[2:], w[2:], -1.2736482)


@checks("neuron_output")
def test_a_neuron_with_whole_numbers_and_names(submission, reference):
    """Whole numbers, and arguments given by name; the inputs and weights don't change."""
    f, right = submission.neuron_output, reference.neuron_output
    x, w = np.array([2, -3, 4]), np.array([0.7, 1.6, 0.9])
    assert_matches(f, right, b=-2, w=w, x=x)
    assert_matches(f, right, x, np.array([3, 2, -2]), 0.6)
    assert_changes_nothing(f, 0.3 * x, w, 0.6)


@checks("neuron_output")
def test_what_a_neuron_refuses(submission, reference):
    """Three inputs with two weights or with one are refused, and so are tables."""
    f = submission.neuron_output
    x, w = np.array([1.1, -0.7, 0.4]), np.array([0.9, 1.4, -1.2])
    assert_matches(f, reference.neuron_output, x, w, 0.8)
    assert_raises_value_error(f, x, w[:2], 0.8, why="there are three inputs but two weights")
    assert_raises_value_error(f, x, w[:1], 0.8, why="there are three inputs but one weight")
    table = np.array([[1.1, -0.7, 0.4], [-0.9, 0.6, 1.3]])
    assert_raises_value_error(f, table, w, 0.8, why="x is a table: it has two dimensions")
    assert_raises_value_error(f, x, w.reshape(3, 1), 0.8, why="w is a table of one column: it has two dimensions")
    assert_raises_value_error(f, table, -table, 0.8, why="x and w are tables: they have two dimensions")
