"""Public checks of backpropagation: shipped to students, literal inputs only."""

import numpy as np

from autograder.checks import (
    Source,
    assert_changes_nothing,
    assert_entry_matches,
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
    level = {"w1": 0.7, "b1": -0.2, "w2": 0.0, "b2": 0.0}
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


# Four examples of three inputs, and two neurons.
LAYERS_DA = np.array(
    [[0.4173826, -0.2518394], [0.3927461, 0.5284617], [-0.6183947, 0.1749283], [0.8361724, -0.7291836]]
)
LAYERS_X = np.array([[0.5, 2.0, -0.7], [-1.0, 0.8, 1.3], [0.6, -1.4, 0.9], [1.2, 0.3, -0.4]])
LAYERS_W = np.array([[1.4871635, -1.2138472], [0.9172846, 0.4768391], [-0.6342817, 0.5294718]])


@checks("dense_backward")
@weight(0.75)
def test_dX_of_four_examples(submission, reference):
    """Four examples, back through a layer of three inputs and two neurons: dX."""
    f, right = submission.dense_backward, reference.dense_backward
    assert_entry_matches(f, right, 0, LAYERS_DA, LAYERS_X, LAYERS_W)


@checks("dense_backward")
@weight(0.75)
def test_dW_of_four_examples(submission, reference):
    """The same four examples: dW."""
    f, right = submission.dense_backward, reference.dense_backward
    assert_entry_matches(f, right, 1, LAYERS_DA, LAYERS_X, LAYERS_W)


@checks("dense_backward")
@weight(0.75)
def test_db_of_four_examples(submission, reference):
    """The same four examples: db."""
    f, right = submission.dense_backward, reference.dense_backward
    assert_entry_matches(f, right, 2, LAYERS_DA, LAYERS_X, LAYERS_W)


@checks("dense_backward")
@weight(0.5)
def test_a_square_layer_by_name(submission, reference):
    """Three examples, back through two inputs and two neurons, given by name: dX and dW."""
    f, right = submission.dense_backward, reference.dense_backward
    dA = np.array([[0.7, -0.4], [-1.3, 0.6], [0.9, 1.1]])
    X = np.array([[0.6, -1.2], [1.4, 0.3], [-0.8, 0.5]])
    W = np.array([[0.3, -0.8], [-0.6, 1.4]])
    assert_entry_matches(f, right, 0, W=W, X=X, dA=dA)
    assert_entry_matches(f, right, 1, W=W, X=X, dA=dA)


@checks("dense_backward")
@weight(0.5)
def test_whole_numbers_that_stay(submission, reference):
    """Two examples of whole numbers, four inputs and three neurons: db. What is given doesn't change."""
    f, right = submission.dense_backward, reference.dense_backward
    dA, X = np.array([[3, -2, 4], [-5, 2, 6]]), np.array([[2, -3, 4, 5], [-2, 3, -6, -4]])
    W = np.array([[3, -2, 5], [-4, 5, 2], [2, 6, -3], [-3, 4, 2]])
    assert_entry_matches(f, right, 2, dA, X, W)
    assert_changes_nothing(f, dA / 7, X / 4, W / 3)


@checks("dense_backward")
@weight(0.75)
def test_what_going_back_refuses(submission, reference):
    """Tables that don't fit together, or don't have two dimensions, are refused."""
    dA, X, W = (
        np.array([[0.9, -1.4], [0.2, 0.5]]),
        np.array([[0.4, -0.7], [1.2, 0.3]]),
        np.array([[0.6, -0.8], [0.3, 2]]),
    )
    f = submission.dense_backward
    assert_entry_matches(f, reference.dense_backward, 2, dA, X, W)
    three = np.array([[0.4, -0.7], [1.2, 0.3], [0.5, -0.9]])
    assert_raises_value_error(f, dA, three, W, why="dA has two rows but X has three")
    assert_raises_value_error(f, dA, X, three, why="X has two columns but W has three rows")
    assert_raises_value_error(f, three.T, X, W, why="dA has three columns but W has two")
    assert_raises_value_error(f, dA[0], X, W, why="dA has one dimension, not two")
    assert_raises_value_error(f, dA, X[0], W, why="X has one dimension, not two")
    assert_raises_value_error(f, dA, X, W[0], why="W has one dimension, not two")


# Five examples of two inputs and two targets; batches of two leave one over.
BATCHES_X = np.array(
    [[0.5173826, 1.9638271], [-1.0427391, 0.8145263], [1.2193847, -0.6832915], [-0.4, -1.5], [0.9, 0.3]]
)
BATCHES_Y = np.array([[0.9, -0.3], [-0.4, 0.7], [0.2, 0.8], [-0.7, -0.6], [0.5, -0.9]])
# Two inputs, three neurons, two.
BATCHES_LAYERS = [
    {
        "W": np.array([[0.9182736, -0.5273841, 0.6], [-0.4, 1.1283746, 0.7364528]]),
        "b": np.array([0.3, -0.2719384, 0.1827364]),
        "activation": "tanh",
    },
    {
        "W": np.array([[1.3192837, -0.8], [-0.7, 0.4918273], [0.8273645, 1.1]]),
        "b": np.array([-0.6473829, 0.25]),
        "activation": "sigmoid",
    },
]


@checks("train_network")
@weight(0.75)
def test_the_layer_after_a_single_batch(submission, reference):
    """One batch of three examples, one update: the new W and b of a linear layer."""
    X, y = (
        np.array([[0.7, -0.4], [-1.3, 0.6], [0.9, 1.2]]),
        np.array([[1.1, -0.5, 0.3], [0.4, 0.8, -0.9], [-0.6, 0.2, 1.4]]),
    )
    layers = [
        {"W": np.array([[0.3, -0.8, 0.5], [-0.6, 0.4, 0.7]]), "b": np.array([0.4, -0.3, 0.2]), "activation": "linear"}
    ]
    assert_entry_matches(
        submission.train_network, reference.train_network, 0, X, y, layers, 0.5, 1, 3, np.random.default_rng(1)
    )


# As many neurons as inputs.
BATCHES_SQUARE = [
    {"W": np.array([[0.7, -0.5], [0.4, 0.9]]), "b": np.array([0.2, -0.3]), "activation": "tanh"},
    {"W": np.array([[-0.6, 0.8], [1.1, 0.3]]), "b": np.array([0.1, -0.4]), "activation": "sigmoid"},
]


@checks("train_network")
@weight(0.75)
def test_two_layers_after_a_single_batch(submission, reference):
    """One batch of five examples, one update: the new W and b of two layers of two neurons, tanh and sigmoid."""
    f, right = submission.train_network, reference.train_network
    assert_entry_matches(f, right, 0, BATCHES_X, BATCHES_Y, BATCHES_SQUARE, 0.8, 1, 7, np.random.default_rng(3))


@checks("train_network")
@weight(0.75)
def test_the_layers_after_several_batches(submission, reference):
    """Five examples in batches of two, one epoch: the new W and b."""
    f, right = submission.train_network, reference.train_network
    assert_entry_matches(f, right, 0, BATCHES_X, BATCHES_Y, BATCHES_LAYERS, 0.8, 1, 2, np.random.default_rng(2))


@checks("train_network")
@weight(0.5)
def test_the_layers_after_three_epochs(submission, reference):
    """Five examples in batches of two, three epochs: the new W and b."""
    f, right = submission.train_network, reference.train_network
    assert_entry_matches(f, right, 0, BATCHES_X, BATCHES_Y, BATCHES_LAYERS, 0.8, 3, 2, np.random.default_rng(2))


@checks("train_network")
@weight(0.75)
def test_the_losses_of_three_epochs(submission, reference):
    """Five examples in batches of two, three epochs: the losses."""
    f, right = submission.train_network, reference.train_network
    assert_entry_matches(f, right, 1, BATCHES_X, BATCHES_Y, BATCHES_LAYERS, 0.8, 3, 2, np.random.default_rng(2))


# Two inputs, three neurons, two, one; all whole numbers.
BATCHES_WHOLE = [
    {"W": np.array([[1, -1, -2], [-1, 1, 1]]), "b": np.array([2, 1, 2]), "activation": "relu"},
    {"W": np.array([[-2, 2], [-2, -1], [1, -2]]), "b": np.array([-2, 1]), "activation": "linear"},
    {"W": np.array([[-2], [2]]), "b": np.array([-1]), "activation": "sigmoid"},
]


@checks("train_network")
@weight(0.75)
def test_training_with_whole_numbers(submission, reference):
    """Three layers of whole numbers, relu among them, given by name; what is given doesn't change."""
    f, right = submission.train_network, reference.train_network
    X, y = np.array([[2, 3], [-2, 3], [1, -3], [-2, -2]]), np.array([[1], [2], [-1], [3]])
    assert_entry_matches(
        f,
        right,
        0,
        rng=np.random.default_rng(4),
        batch_size=3,
        epochs=2,
        learning_rate=0.1,
        layers=BATCHES_WHOLE,
        y=y,
        X=X,
    )
    assert_changes_nothing(f, BATCHES_X, BATCHES_Y, BATCHES_LAYERS, 0.8, 2, 2, np.random.default_rng(5))


@checks("train_network")
@weight(0.75)
def test_what_training_refuses(submission, reference):
    """Shapes that don't fit, unknown activations, batches of nothing and a negative number of epochs are refused."""
    f, (first, last) = submission.train_network, BATCHES_LAYERS
    X, y = BATCHES_X, BATCHES_Y

    def refuses(why, X=X, y=y, layers=BATCHES_LAYERS, epochs=1, batch_size=2):
        assert_raises_value_error(f, X, y, layers, 0.5, epochs, batch_size, np.random.default_rng(6), why=why)

    assert_entry_matches(f, reference.train_network, 0, X, y, BATCHES_LAYERS, 0.5, 1, 2, np.random.default_rng(6))
    refuses("y has fewer rows than X", y=y[:4])
    refuses("y has one dimension, not two", y=y[:, 0])
    refuses("X has one dimension, not two", X=X[:, 0])
    refuses("y has one column but the last layer has two neurons", y=y[:, :1])
    refuses("X has one column but the first W has two rows", X=X[:, :1])
    refuses("the second W has fewer rows than the first one has columns", layers=[first, last | {"W": last["W"][:2]}])
    refuses("the last b has one entry, but its W has two columns", layers=[first, last | {"b": last["b"][:1]}])
    refuses("“Tanh” is none of the four activations", layers=[first | {"activation": "Tanh"}, last])
    refuses("batch_size is 0", batch_size=0)
    refuses("epochs is negative", epochs=-1)
