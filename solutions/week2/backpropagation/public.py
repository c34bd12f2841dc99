"""Public checks of backpropagation: shipped to students, literal inputs only."""

import numpy as np

from autograder.checks import (
    Source,
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    checks,
    weight,
)

START = {"w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}


@checks("two_neuron_gradients")
@weight(0.75)
def test_the_gradients_of_the_lecture(submission, reference):
    """The gradients of the lecture's numbers."""
    assert_matches(submission.two_neuron_gradients, reference.two_neuron_gradients, 0.1, 0.25, **START)


@checks("two_neuron_gradients")
def test_gradients_of_both_signs(submission, reference):
    """Targets above and below a2, weights of both signs, and numbers with many digits."""
    f, right = submission.two_neuron_gradients, reference.two_neuron_gradients
    assert_matches(f, right, 1.5372941, 0.1827364, -0.8147263, 0.7721856, -1.2463917, 0.6358204)
    assert_matches(f, right, -0.6273645, 1.4529183, 0.6382917, -0.9172836, 1.4728391, -1.2837465)


@checks("two_neuron_gradients")
@weight(0.75)
def test_gradients_of_whole_numbers(submission, reference):
    """Whole numbers among the six, and all of them given by name."""
    f, right = submission.two_neuron_gradients, reference.two_neuron_gradients
    assert_matches(f, right, b2=-1, w2=2, b1=1.6, w1=-0.7, y_true=1, x=3)
    assert_matches(f, right, -2, -1, 0.6, 1, -3, 2)


@checks("update_parameters")
@weight(0.5)
def test_one_step_with_two_parameters(submission, reference):
    """A weight and a bias, whose gradients have different signs."""
    gradients = {"E": 0.1082304, "dE_dw2": 0.5270398, "dE_db2": -0.9475634}
    f, right = submission.update_parameters, reference.update_parameters
    assert_matches(f, right, {"w2": -0.4518273, "b2": 0.6537461}, gradients, 0.4182736)


@checks("update_parameters")
@weight(0.5)
def test_a_step_with_arrays(submission, reference):
    """Arrays under other names, whole numbers among them, given by name; nothing that is given changes."""
    f, right = submission.update_parameters, reference.update_parameters
    parameters = {"W": np.array([[2, -3, 5], [-4, 6, 3]]), "b": np.array([0.5, -1.5, 0.25]), "scale": 3}
    gradients = {
        "dE_db": np.array([-0.7281936, 0.4517283, 1.3928174]),
        "dE_dscale": -2,
        "dE_dX": np.array([[0.3, -0.6]]),
        "dE_dW": np.array([[0.5172839, -1.2738495, 0.8], [-0.3, 0.6, 1.4829173]]),
    }
    assert_matches(f, right, learning_rate=0.3, gradients=gradients, parameters=parameters)
    assert_changes_nothing(
        f, {"W": np.array([[0.6, -1.4]]), "w": 0.7}, {"dE_dW": np.array([[0.3, 0.9]]), "dE_dw": -2.5}, 2
    )


@checks("update_parameters")
@weight(0.5)
def test_a_gradient_that_is_missing(submission, reference):
    """A parameter without a gradient is refused."""
    f, parameters = submission.update_parameters, {"w1": 0.7, "b1": -0.4}
    assert_matches(f, reference.update_parameters, parameters, {"dE_dw1": 0.6, "dE_db1": 1.5}, 0.5)
    assert_raises_value_error(f, parameters, {"dE_dw1": 0.6, "b1": 1.5}, 0.5, why="there is no dE_db1")


@checks("train_two_neurons")
@weight(0.75)
def test_three_epochs_of_the_lecture(submission, reference):
    """The lecture's numbers, for three epochs."""
    assert_matches(submission.train_two_neurons, reference.train_two_neurons, 0.1, 0.25, START, 0.4, 3)


@checks("train_two_neurons")
def test_training_with_large_steps(submission, reference):
    """Five large steps with numbers of both signs; the dictionary that is given doesn't change."""
    f, right = submission.train_two_neurons, reference.train_two_neurons
    start = {"w1": -0.8172635, "b1": 0.6391827, "w2": 1.2837465, "b2": -0.4718293}
    assert_matches(f, right, -1.3729184, 0.9182736, start, 3.5, 5)
    assert_changes_nothing(f, 0.7, -0.5, start, 1.5, 3)


@checks("train_two_neurons")
@weight(0.75)
def test_training_that_stops_at_a_threshold(submission, reference):
    """Training stops as soon as E is at the threshold or below it, also at once."""
    f, right = submission.train_two_neurons, reference.train_two_neurons
    assert_matches(f, right, 0.1, 0.25, START, learning_rate=2.0, epochs=30, threshold=0.05)
    # a2 is 0.5, whatever a1 is, so that E is exactly 0.125.
    level = {"w1": 0.7, "b1": -0.2, "w2": 0, "b2": 0}
    assert_matches(f, right, 0.6, 1, level, 1.5, epochs=4, threshold=0.125)


@checks("train_two_neurons")
@weight(0.5)
def test_training_for_few_epochs_or_none(submission, reference):
    """Whole numbers and one epoch, given by name; no epochs; fewer than none are refused."""
    f, right = submission.train_two_neurons, reference.train_two_neurons
    whole = {"w1": 2, "b1": -1, "w2": -2, "b2": 3}
    assert_matches(f, right, epochs=1, learning_rate=2, parameters=whole, y_true=1, x=-1)
    assert_matches(f, right, 0.8, 0.3, START, 0.7, 0)
    assert_raises_value_error(f, 0.8, 0.3, START, 0.7, -1, why="there can't be -1 epochs")


@checks("numerical_gradient")
@weight(0.75)
def test_a_cubic_of_two_numbers(submission, reference):
    """The docstring's function, with large moves."""
    f, right = submission.numerical_gradient, reference.numerical_gradient
    assert_matches(f, right, Source("lambda v: v[0] ** 3 + 5 * v[1]"), np.array([2.0, 1.0]), h=0.1)


@checks("numerical_gradient")
@weight(1.25)
def test_arrays_of_other_shapes(submission, reference):
    """Two rows and three columns, whole numbers, and an array of shape (); the array that is given doesn't change."""
    f, right = submission.numerical_gradient, reference.numerical_gradient
    C = np.array([[0.8172635, -1.2938475, 0.5], [1.4, -0.6372819, 0.9]])
    X = np.array([[1.2, -0.7, 0.4], [0.9, 1.6, -1.1]])
    assert_matches(f, right, Source("lambda v: np.sum(C * v ** 3) + v[0, 1] * v[1, 2] ** 2", C=C), X, 0.3)
    assert_matches(f, right, Source("lambda v: np.sum(np.sin(v)) * v[2]"), np.array([2, -1, 3]))
    assert_matches(f, right, Source("lambda v: np.exp(0.3 * v)"), np.array(1.4), h=0.5)
    assert_changes_nothing(f, Source("lambda v: np.sum(v ** 3)"), np.array([0.6, -1.3]), 0.2)


@checks("numerical_gradient")
@weight(0.5)
def test_moves_of_no_size(submission, reference):
    """An h of 0 or below is refused."""
    f, square, x = submission.numerical_gradient, Source("lambda v: np.sum(v ** 2)"), np.array([0.7, -1.4])
    assert_matches(f, reference.numerical_gradient, square, x, h=0.2)
    assert_raises_value_error(f, square, x, h=0, why="h is 0")
    assert_raises_value_error(f, square, x, -1e-5, why="h is below 0")
