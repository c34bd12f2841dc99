"""Public checks of artificial_neuron: shipped to students, literal inputs only."""

import numpy as np

from autograder.checks import assert_matches, assert_raises_value_error, assert_silent, checks, weight


@checks("weighted_sum")
@weight(0.5)
def test_the_one_input_of_the_lecture(submission, reference):
    """The lecture's neuron: one input, one weight, one bias."""
    assert_matches(submission.weighted_sum, reference.weighted_sum, np.array([0.1]), np.array([0.15]), 0.4)


@checks("weighted_sum")
@weight(1.5)
def test_three_inputs(submission, reference):
    """Three inputs with their weights, and a bias."""
    x, w = np.array([0.7, -1.3, 2.1]), np.array([1.2, 0.4, -0.9])
    assert_matches(submission.weighted_sum, reference.weighted_sum, x, w, 0.6)


@checks("weighted_sum")
def test_an_input_too_many(submission, reference):
    """Three inputs and two weights are refused, and so is a table."""
    x, w = np.array([0.7, -1.3, 2.1]), np.array([1.2, 0.4])
    f = submission.weighted_sum
    assert_matches(f, reference.weighted_sum, x[:2], w, 0.6)
    assert_raises_value_error(f, x, w, 0.6, why="there are three inputs but two weights")
    assert_raises_value_error(f, np.array([[0.7, -1.3], [2.1, 0.9]]), w, 0.6, why="x is a table: it has two dimensions")


@checks("sigmoid")
def test_single_numbers(submission, reference):
    """Single numbers."""
    for z in (0.415, -2.0, 3):
        assert_matches(submission.sigmoid, reference.sigmoid, z)


@checks("sigmoid")
def test_a_row_of_numbers(submission, reference):
    """A row of four numbers, each squeezed by itself."""
    assert_matches(submission.sigmoid, reference.sigmoid, np.array([-1.7, -0.6, 0.4, 2.3]))


@checks("sigmoid")
def test_far_from_zero(submission, reference):
    """Numbers far from zero, without a warning."""
    z = np.array([-1000.0, 1000.0])
    assert_matches(submission.sigmoid, reference.sigmoid, z)
    assert_silent(submission.sigmoid, z)


@checks("neuron_output")
@weight(0.5)
def test_the_neuron_of_the_lecture(submission, reference):
    """The lecture's neuron: weighted sum 0.415, output 0.6023."""
    assert_matches(submission.neuron_output, reference.neuron_output, np.array([0.1]), np.array([0.15]), 0.4)


@checks("neuron_output")
@weight(1.5)
def test_a_neuron_with_three_inputs(submission, reference):
    """A neuron with three inputs."""
    x, w = np.array([1.1, -0.7, 0.4]), np.array([0.9, 1.4, -1.2])
    assert_matches(submission.neuron_output, reference.neuron_output, x, w, 0.8)
