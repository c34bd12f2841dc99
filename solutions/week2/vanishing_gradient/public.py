"""Public checks of vanishing_gradient: shipped to students, literal inputs only."""

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

# Sigmoid and tanh first: they have something to overflow, so a warning is not blamed on the others.
NAMES = ["sigmoid", "tanh", "linear", "relu", "leaky_relu"]
# Names that are none of the five, with what is wrong with each.
REFUSED_NAMES = {
    "step": "“step” is none of the five activations",
    "ReLU": "the names of the five activations have no capital letters",
    "leaky relu": "“leaky relu” lacks its underscore",
    "": "the name is empty",
}


@checks("activation_derivative")
@weight(3)
@pytest.mark.parametrize("name", NAMES)
def test_one_activation(submission, reference, name):
    """The slope of one activation, at single numbers, rows and a table."""
    f, right = submission.activation_derivative, reference.activation_derivative
    table = np.array([[-1.8174639, 0.9271643, 1.4826195], [0.3715284, -0.5820417, -1.2639475]])
    for z in (2.0, -1.3718264, np.array([-1.7, -0.6, 0.4, 2.3]), np.array([-0.8]), table):
        assert_matches(f, right, name, z)


@checks("activation_derivative")
@weight(1.25)
def test_far_from_zero(submission, reference):
    """Numbers far from zero, without a warning; the array and NumPy's settings don't change."""
    f, z = submission.activation_derivative, np.array([-1000.0, 0.5, 1000.0])
    for name in NAMES:
        for numbers in (z, -1000.0, 1000.0):
            assert_matches(f, reference.activation_derivative, name, numbers)
            assert_silent(f, name, numbers)
        assert_changes_nothing(f, name, z)


@checks("activation_derivative")
@weight(0.75)
def test_whole_numbers_and_names(submission, reference):
    """Whole numbers, alone and in an array, and arguments given by name."""
    f, right = submission.activation_derivative, reference.activation_derivative
    for name in NAMES:
        assert_matches(f, right, z=np.array([-4, 2, -1, 3, 1]), name=name)
        assert_matches(f, right, name, -2)


@checks("activation_derivative")
@weight(0.75)
def test_names_that_are_refused(submission, reference):
    """Names that are none of the five are refused."""
    f = submission.activation_derivative
    assert_matches(f, reference.activation_derivative, "tanh", 0.7)
    for name, why in REFUSED_NAMES.items():
        assert_raises_value_error(f, name, 0.7, why=why)


@checks("gradient_by_layer")
@weight(1.25)
def test_chains_of_sigmoids(submission, reference):
    """Chains of three, four and six neurons with the sigmoid."""
    f, right = submission.gradient_by_layer, reference.gradient_by_layer
    assert_matches(f, right, 3, -2.0, 0.0, "sigmoid")
    assert_matches(f, right, 4, 2.3718264, -0.7182736, "sigmoid")
    assert_matches(f, right, 6, -3.1827364, 0.8364517, "sigmoid")


@checks("gradient_by_layer")
@weight(1.25)
def test_chains_with_each_activation(submission, reference):
    """Chains with each of the other activations, at sums of either sign."""
    f, right = submission.gradient_by_layer, reference.gradient_by_layer
    assert_matches(f, right, 5, -1.6417283, 0.4728193, "tanh")
    assert_matches(f, right, 4, 1.7283641, -0.3918274, "tanh")
    assert_matches(f, right, 6, -1.3728194, 0.9, "relu")
    assert_matches(f, right, 3, 1.3728194, -0.9, "relu")
    assert_matches(f, right, 4, -1.4918273, 1.2, "leaky_relu")
    assert_matches(f, right, 2, 7.3918274, -1.2, "leaky_relu")
    assert_matches(f, right, 5, -0.7182734, -0.6, "linear")


@checks("gradient_by_layer")
@weight(0.5)
def test_a_single_layer(submission, reference):
    """A chain of a single layer, and one of two."""
    f, right = submission.gradient_by_layer, reference.gradient_by_layer
    assert_matches(f, right, 1, 1.8273645, -0.9182736, "sigmoid")
    assert_matches(f, right, 2, 1.8273645, -0.9182736, "sigmoid")


@checks("gradient_by_layer")
@weight(0.5)
def test_whole_numbers_by_name(submission, reference):
    """Whole numbers, and arguments given by name; the same call, made twice, gives the same answer."""
    f, right = submission.gradient_by_layer, reference.gradient_by_layer
    assert_matches(f, right, activation="sigmoid", z=-1, w=3, depth=5)
    assert_matches(f, right, 4, -6, 1, "tanh")
    assert_changes_nothing(f, 4, -2.6, 0.5, "sigmoid")


@checks("gradient_by_layer")
@weight(0.75)
def test_what_a_chain_refuses(submission, reference):
    """A chain without layers is refused, and so are names that are none of the five."""
    f = submission.gradient_by_layer
    assert_matches(f, reference.gradient_by_layer, 3, 1.4, 0.6, "sigmoid")
    assert_raises_value_error(f, 0, 1.4, 0.6, "sigmoid", why="a chain of 0 layers has no output")
    assert_raises_value_error(f, -2, 1.4, 0.6, "tanh", why="a chain can't have −2 layers")
    for name, why in REFUSED_NAMES.items():
        assert_raises_value_error(f, 3, 1.4, 0.6, name, why=why)
