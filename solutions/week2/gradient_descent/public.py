"""Public checks of gradient_descent: shipped to students, literal inputs only."""

import numpy as np

from autograder.checks import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    checks,
    require,
    require_dict,
    weight,
)


@checks("mean_squared_error")
@weight(1.5)
def test_a_row_and_a_table(submission, reference):
    """A row of five predictions and a table of six, whose numbers have many digits and either sign."""
    f, right = submission.mean_squared_error, reference.mean_squared_error
    y_true = np.array([-1.7075044, -1.7119112, 1.2729883, -0.9287021, -0.5808961])
    assert_matches(f, right, y_true, np.array([-2.0855167, -3.610593, 2.6167789, -1.6039184, 0.41502]))
    y_true = np.array([[1.7663466, -1.088607], [-1.2395345, 1.515034], [-0.5912041, -1.3333942]])
    y_pred = np.array([[3.153037, 0.6035346], [-0.5758249, -0.2176832], [-2.2867168, -1.0037666]])
    assert_matches(f, right, y_true, y_pred)


@checks("mean_squared_error")
@weight(0.75)
def test_whole_numbers_and_names(submission, reference):
    """Whole numbers, and arguments given by name; the arrays don't change."""
    f, right = submission.mean_squared_error, reference.mean_squared_error
    y_true, y_pred = np.array([4, -3, 7, -6]), np.array([6, -8, 4, 1])
    assert_matches(f, right, y_pred=y_pred, y_true=y_true)
    assert_matches(f, right, y_true, 0.3 * y_pred)
    assert_changes_nothing(f, 0.5 * y_true, 0.3 * y_pred)


@checks("mean_squared_error")
@weight(1.5)
def test_what_it_refuses(submission, reference):
    """Arrays of different shapes are refused: a row and a table of one column, too."""
    f, y_true, y_pred = submission.mean_squared_error, np.array([0.7, -1.3, 2.1]), np.array([1.2, 0.4, -0.9])
    assert_matches(f, reference.mean_squared_error, y_true, y_pred)
    assert_raises_value_error(f, y_true, y_pred[:1], why="the shapes are (3,) and (1,)")
    assert_raises_value_error(f, y_true, y_pred.reshape(3, 1), why="the shapes are (3,) and (3, 1)")
    assert_raises_value_error(f, y_true, y_pred[:2], why="the shapes are (3,) and (2,)")
    table = np.array([[0.7, -1.3, 2.1], [0.9, 0.4, -1.6]])
    assert_raises_value_error(f, table, y_pred, why="the shapes are (2, 3) and (3,)")
    assert_raises_value_error(f, table, 0.5 * table.T, why="the shapes are (2, 3) and (3, 2)")


@checks("slope_gradient")
@weight(1.5)
def test_three_points_and_five(submission, reference):
    """The slope for three points and for five, whose numbers have many digits and either sign."""
    f, right = submission.slope_gradient, reference.slope_gradient
    x, z = np.array([-1.2530802, -0.8647688, -1.497785]), np.array([-1.6564876, -0.9468081, 1.5125384])
    assert_matches(f, right, -1.3691112, x, z)
    x = np.array([1.3855144, 1.5132657, -0.5292975, -1.3693354, 1.5714366])
    z = np.array([1.1151292, -1.9294891, -0.8393723, 0.9835437, 0.3015636])
    assert_matches(f, right, 1.7174014, x, z)


@checks("slope_gradient")
@weight(0.75)
def test_a_slope_with_whole_numbers_and_names(submission, reference):
    """Whole numbers, and arguments given by name; the points don't change."""
    f, right = submission.slope_gradient, reference.slope_gradient
    x, z = np.array([4, -3, 2, -1]), np.array([-5, 2, 7, 3])
    assert_matches(f, right, z=z, x=x, w=3)
    assert_matches(f, right, -2.75, x, z)
    assert_changes_nothing(f, 0.6, 0.3 * x, 0.4 * z)


@checks("slope_gradient")
@weight(0.5)
def test_points_that_are_refused(submission, reference):
    """Rows of different lengths, and tables, are refused."""
    f, x, z = submission.slope_gradient, np.array([0.7, -1.3, 2.1, 0.4]), np.array([1.2, 0.4, -0.9, 1.6])
    assert_matches(f, reference.slope_gradient, 0.8, x, z)
    assert_raises_value_error(f, 0.8, x, z[:3], why="x has four entries but z has three")
    assert_raises_value_error(f, 0.8, x, z.reshape(4, 1), why="z is a table of one column: it has two dimensions")
    assert_raises_value_error(
        f, 0.8, x.reshape(2, 2), z.reshape(2, 2), why="x and z are tables: they have two dimensions"
    )


@checks("gradient_descent")
@weight(0.5)
def test_the_descent_of_the_lecture(submission, reference):
    """The points of the lesson, for four epochs: z = 2x, from 0, with the rate 0.4."""
    x = np.array([-1.0, -0.5, 0.5, 1.0])
    assert_matches(submission.gradient_descent, reference.gradient_descent, 0.0, x, 2 * x, 0.4, 4)


@checks("gradient_descent")
@weight(1.5)
def test_other_points(submission, reference):
    """Other points and rates, with many digits and either sign: seven epochs, five, one and none."""
    f, right = submission.gradient_descent, reference.gradient_descent
    x, z = np.array([1.6007796, 0.8255548, -1.6855193]), np.array([-3.7829996, -1.6864418, 4.1505633])
    assert_matches(f, right, -3.574132, x, z, 0.1109283, 7)
    x = np.array([0.7355839, 1.0393084, -1.1191678, -0.5381407, -1.5236882])
    z = np.array([0.4820048, 0.6959425, -1.475519, -0.9387863, -1.0750654])
    for epochs in (5, 1, 0):
        assert_matches(f, right, -1.7736856, x, z, 0.7292612, epochs)


@checks("gradient_descent")
@weight(0.75)
def test_a_rate_that_is_too_large(submission, reference):
    """A descent that climbs out, with all arguments given by name."""
    x = np.array([-1.4317509, 0.9186834, 1.17227, -1.3587071])
    z = np.array([-2.7403603, 1.7083581, 2.1678482, -2.8830758])
    f, right = submission.gradient_descent, reference.gradient_descent
    assert_matches(f, right, epochs=6, learning_rate=0.7850588, z=z, x=x, w0=0.4779301)


@checks("gradient_descent")
@weight(1.25)
def test_a_descent_of_whole_numbers(submission, reference):
    """A start and points that are whole numbers; the points don't change."""
    f, right, x = submission.gradient_descent, reference.gradient_descent, np.array([-2, 1, 3])
    z = np.array([-5, 4, 7])
    assert_matches(f, right, 6, x, z, 0.08, 4)
    assert_matches(f, right, -5, 0.3 * x, 0.4 * z, 0.7, 3)
    assert_changes_nothing(f, 6, 0.3 * x, 0.4 * z, 0.7, 3)


@checks("gradient_descent")
@weight(0.5)
def test_what_a_descent_refuses(submission, reference):
    """Rows of different lengths, tables, and fewer than no epochs are refused."""
    f, x, z = submission.gradient_descent, np.array([0.7, -1.3, 0.9, 0.4]), np.array([1.2, 0.4, -0.9, 1.6])
    assert_matches(f, reference.gradient_descent, 0.8, x, z, 0.3, 2)
    assert_raises_value_error(f, 0.8, x[:2], z, 0.3, 2, why="x has two entries but z has four")
    assert_raises_value_error(f, 0.8, x.reshape(4, 1), z, 0.3, 2, why="x is a table of one column")
    tables = x.reshape(2, 2), z.reshape(2, 2)
    assert_raises_value_error(f, 0.8, *tables, 0.3, 2, why="x and z are tables: they have two dimensions")
    assert_raises_value_error(f, 0.8, x, z, 0.3, -1, why="epochs is below 0")


@checks("descend_until")
@weight(1.25)
def test_three_that_converge(submission, reference):
    """Three descents whose cost gets small enough: after three updates, six, and four that are the most allowed."""
    f, right = submission.descend_until, reference.descend_until
    x, z = np.array([1.0954909, 0.8109578, -1.0425925]), np.array([1.2473291, 1.1412919, -0.8022253])
    assert_matches(f, right, 6.3282989, x, z, 0.7777159, 1.1756567, 9)
    x = np.array([-0.9756525, 1.5307172, 0.4081532, -0.6599386, 1.6447354])
    z = np.array([-1.9803779, 2.9655641, 0.5615327, -0.8345616, 2.3312362])
    assert_matches(f, right, -1.6807688, x, z, 0.6078218, 0.1741161, 20)
    x, z = np.array([0.4983405, 0.8406703, -0.58936]), np.array([0.4744185, 0.8791317, -1.2086005])
    assert_matches(f, right, -7.794696, x, z, 0.5871439, 0.3515676, 4)


@checks("descend_until")
@weight(1.25)
def test_two_that_diverge(submission, reference):
    """Two descents whose cost gets too large: after two updates, and after three that are the most allowed."""
    f, right = submission.descend_until, reference.descend_until
    x = np.array([0.6251202, 1.4851247, 0.8636424, 0.7808732])
    z = np.array([-0.9634524, -1.3816539, -1.327239, -1.1468767])
    assert_matches(f, right, -3.6293168, x, z, 1.4561086, 0.0029854, 6)
    x, z = np.array([0.682518, 1.5810895, 1.3575093, 1.520229]), np.array([1.5520505, 4.0403324, 2.832252, 3.3711483])
    assert_matches(f, right, 3.2169603, x, z, 0.734932, 0.0077154, max_epochs=3)


@checks("descend_until")
@weight(1.25)
def test_three_that_reach_max_epochs(submission, reference):
    """Descents that creep, grow slowly or may not update at all, and so stop at max_epochs."""
    f, right = submission.descend_until, reference.descend_until
    x, z = np.array([0.7421215, -0.9294836, -1.474385]), np.array([1.2368175, -1.2873888, -3.0000151])
    assert_matches(f, right, 0.4281759, x, z, 0.0627004, 0.01, 5)
    assert_matches(f, right, 0.4281759, x, z, 0.0627004, 0.01, 0)
    x, z = np.array([-0.9193062, -1.2007725, 1.5461386]), np.array([1.029415, 1.9706864, -2.612202])
    assert_matches(f, right, -3.6660122, x, z, 0.6894675, 0.02, 4)


@checks("descend_until")
@weight(1.25)
def test_the_look_before_the_first_update(submission, reference):
    """Starts whose cost is small enough, is exactly the tolerance, or is infinite; and one that leads to nan."""
    f, right = submission.descend_until, reference.descend_until
    x, z = np.array([0.7421215, -0.9294836, -1.474385]), np.array([1.2368175, -1.2873888, -3.0000151])
    assert_matches(f, right, 0.4281759, x, z, 0.0627004, 4.5, 5)
    assert_matches(f, right, 2.5, np.array([3.0, -1.0]), np.array([7.5, -2.5]), 0.1, 0.0, 3)
    assert_matches(f, right, -1e200, x, z, 0.1, 0.5, 4)
    assert_matches(f, right, 9.5, np.append(x, 0.0), np.append(z, 0.3), 1.5e308, 0.5, 4)


@checks("descend_until")
@weight(0.75)
def test_descending_with_whole_numbers_and_names(submission, reference):
    """Whole numbers, and arguments given by name; the points don't change."""
    f, right, x, z = submission.descend_until, reference.descend_until, np.array([-2, 1, 3]), np.array([-5, 4, 7])
    assert_matches(f, right, max_epochs=4, tolerance=0.01, learning_rate=0.08, z=z, x=x, w0=6)
    assert_changes_nothing(f, 6, 0.3 * x, 0.4 * z, 0.7, 0.01, 3)


@checks("descend_until")
@weight(0.5)
def test_what_descending_refuses(submission, reference):
    """Rows of different lengths, tables, and fewer than no epochs are refused."""
    f, x, z = submission.descend_until, np.array([0.7, -1.3, 0.9, 0.4]), np.array([1.2, 0.4, -0.9, 1.6])
    assert_matches(f, reference.descend_until, 0.8, x, z, 0.3, 0.01, 4)
    assert_raises_value_error(f, 0.8, x, z[:2], 0.3, 0.01, 4, why="x has four entries but z has two")
    assert_raises_value_error(f, 0.8, x.reshape(4, 1), z, 0.3, 0.01, 4, why="x is a table of one column")
    tables = x.reshape(2, 2), z.reshape(2, 2)
    assert_raises_value_error(f, 0.8, *tables, 0.3, 0.01, 4, why="x and z are tables: they have two dimensions")
    assert_raises_value_error(f, 0.8, x, z, 0.3, 0.01, -1, why="max_epochs is below 0")


@checks("quiz_learning_curves")
@weight(0)
def test_every_picture_has_an_answer(submission):
    """Each of the four pictures has one of the four texts."""
    given, pictures = submission.curves(), ("A", "B", "C", "D")
    texts = ("too small a learning rate", "too large a learning rate", "learns well", "overfits")
    choices = ", ".join(f'"{text}"' for text in texts)
    require_dict(given, set(pictures), "the answer")
    for picture in pictures:
        single = f"The answer to “{picture}” should be a single text, in quotes and without brackets."
        require(isinstance(given[picture], str), f"{single} Choose from: {choices}.")
        text = given[picture].strip().casefold()
        require(text, f"The answer to “{picture}” is still empty.")
        require(text in texts, f"The answer to “{picture}” should be one of: {', '.join(texts)}.")
    different = {given[picture].strip().casefold() for picture in pictures}
    require(len(different) > 1, "All the answers are the same. Each of the four texts is used once.")
