"""Hidden checks of gradient_descent: never shipped."""

import numpy as np
import pytest

from autograder.checks import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    checks,
    require,
    weight,
)

# Two answers that a check must tell apart differ by at least this much, at every draw.
APART = 0.03


def away_from_zero(rng, low, high, size=None):
    """Numbers of either sign whose magnitude lies between low and high."""
    return rng.uniform(low, high, size) * rng.choice([-1.0, 1.0], size)


def far_apart(numbers):
    """Whether no two of the numbers are close to each other."""
    return np.diff(np.sort(numbers)).min() > APART


# --- mean_squared_error ---------------------------------------------------------------------------


def draw_predictions(rng, shape):
    """y_true and y_pred for which beginners' slips give numbers well apart from the right one and from each other."""
    while True:
        y_true, errors = away_from_zero(rng, 0.5, 2.0, shape), away_from_zero(rng, 0.3, 1.9, shape)
        y_pred = y_true + errors
        total = np.sum(errors**2)
        costs = [total, total / 2, total / errors.size, total / errors.size / 2, np.sqrt(total / errors.size)]
        costs += [np.mean(np.abs(errors)), np.mean(errors), np.mean(errors) ** 2, np.mean(y_pred**2 - y_true**2)]
        if far_apart(costs):
            return y_true, y_pred


@checks("mean_squared_error")
@weight(2)
@pytest.mark.parametrize("shape", [(5,), (4, 3), (2, 3, 3)], ids=["a row", "a table", "three dimensions"])
def test_arrays_of_one_shape(submission, reference, rng, shape):
    """Predictions of this shape, with errors of both signs."""
    assert_matches(submission.mean_squared_error, reference.mean_squared_error, *draw_predictions(rng, shape))


@checks("mean_squared_error")
def test_predictions_by_keyword(submission, reference, rng):
    """A table of one column, given by name."""
    y_true, y_pred = draw_predictions(rng, (6, 1))
    assert_matches(submission.mean_squared_error, reference.mean_squared_error, y_pred=y_pred, y_true=y_true)


@checks("mean_squared_error")
def test_whole_numbers(submission, reference, rng):
    """Whole numbers, alone and beside others."""
    y_true, errors = rng.integers(2, 9, 4) * rng.choice([-1, 1], 4), rng.permutation([-5, -2, 3, 7])
    f, right = submission.mean_squared_error, reference.mean_squared_error
    assert_matches(f, right, y_true, y_true + errors)
    assert_matches(f, right, y_true, y_true + errors / 3)


@checks("mean_squared_error")
@weight(3)
def test_shapes_that_differ(submission, reference, rng):
    """Arrays of different shapes are refused, also where NumPy would stretch them."""
    f = submission.mean_squared_error
    N = int(rng.integers(3, 6))
    y_true, y_pred = draw_predictions(rng, (N,))
    table, other = draw_predictions(rng, (N, 2))
    assert_matches(f, reference.mean_squared_error, y_true, y_pred)
    assert_raises_value_error(f, y_true, y_pred[:1], why="one has several entries and the other has one")
    assert_raises_value_error(f, y_true, y_pred[:, np.newaxis], why="one is a row and the other a table of one column")
    assert_raises_value_error(f, table[:, :1], y_pred, why="one is a table of one column and the other a row")
    assert_raises_value_error(f, y_true, y_pred[np.newaxis], why="one is a row and the other a table of one row")
    assert_raises_value_error(f, table, other[0], why="one is a table and the other a row")
    assert_raises_value_error(f, table, other.T, why="the rows of one are the columns of the other")
    assert_raises_value_error(f, table, other[:, :1], why="the two tables have different numbers of columns")
    assert_raises_value_error(f, y_true, y_pred[:-1], why="one has more entries than the other")


@checks("mean_squared_error")
def test_both_arrays_stay(submission, reference, rng):
    """The two arrays stay as they are."""
    y_true, y_pred = draw_predictions(rng, (2, 4))
    assert_matches(submission.mean_squared_error, reference.mean_squared_error, y_true, y_pred)
    assert_changes_nothing(submission.mean_squared_error, y_true, y_pred)


# --- slope_gradient -------------------------------------------------------------------------------


def draw_slope(rng, N):
    """w, x, z for which beginners' slips give numbers well apart from the right slope and from each other."""
    while True:
        w, x, z = float(away_from_zero(rng, 0.4, 1.8)), away_from_zero(rng, 0.3, 1.8, N), away_from_zero(rng, 0.3, 2, N)
        errors = w * x - z
        slope = 2 * np.mean(errors * x)
        slopes = [slope, slope / 2, -slope, N * slope, 2 * np.mean(errors), 2 * np.mean(errors) * np.mean(x)]
        slopes += [2 * w * np.mean(errors), np.mean(errors**2), 2 * np.mean(w * x - z * x), 2 * np.mean(errors**2 * x)]
        if far_apart([*slopes, 2 * errors[0] * x[0]]):
            return w, x, z


@checks("slope_gradient")
@weight(2)
@pytest.mark.parametrize("N", [2, 3, 6])
def test_a_few_points(submission, reference, rng, N):
    """The slope for several points, with inputs and errors of both signs."""
    assert_matches(submission.slope_gradient, reference.slope_gradient, *draw_slope(rng, N))


@checks("slope_gradient")
def test_a_slope_by_keyword(submission, reference, rng):
    """The weight and the points given by name."""
    w, x, z = draw_slope(rng, 4)
    assert_matches(submission.slope_gradient, reference.slope_gradient, z=z, x=x, w=w)


@checks("slope_gradient")
def test_a_slope_of_whole_numbers(submission, reference, rng):
    """Whole numbers, alone and with a weight that is not."""
    w, x, z = int(rng.integers(2, 5)), rng.permutation([-3, 2, 4]), rng.permutation([5, -7, -2])
    assert_matches(submission.slope_gradient, reference.slope_gradient, w, x, z)
    assert_matches(submission.slope_gradient, reference.slope_gradient, -w - 0.25, x, z)


@checks("slope_gradient")
def test_points_that_do_not_fit(submission, reference, rng):
    """Rows that differ in length, and tables, are refused by the slope."""
    w, x, z = draw_slope(rng, 4)
    f = submission.slope_gradient
    assert_matches(f, reference.slope_gradient, w, x, z)
    assert_raises_value_error(f, w, x, z[:3], why="x has more entries than z")
    assert_raises_value_error(f, w, x[:1], z, why="x has one entry but z several")
    assert_raises_value_error(f, w, x, z[:, np.newaxis], why="z has two dimensions, not one")
    assert_raises_value_error(f, w, x.reshape(2, 2), z.reshape(2, 2), why="x and z have two dimensions, not one")


@checks("slope_gradient")
def test_the_points_stay(submission, reference, rng):
    """The points stay as they are."""
    w, x, z = draw_slope(rng, 5)
    assert_matches(submission.slope_gradient, reference.slope_gradient, w, x, z)
    assert_changes_nothing(submission.slope_gradient, w, x, z)


# --- gradient_descent -----------------------------------------------------------------------------


def draw_descent(rng, N, shrink, far=1.5):
    """w0, x, z, learning_rate of a descent on which every epoch multiplies the distance to the lowest place by shrink.

    At the start it is between far and twice as much. The rate is neither near 0 nor near 1, and no start near 0.
    """
    while True:
        x = away_from_zero(rng, 0.4, 1.7, N)
        z = float(away_from_zero(rng, 0.8, 2.5)) * x + away_from_zero(rng, 0.1, 0.5, N)
        lowest, steep = (x @ z) / (x @ x), np.mean(x**2)
        rate = float((1 - shrink) / (2 * steep))
        w0 = float(lowest + away_from_zero(rng, far, 2 * far) / np.sqrt(steep))
        if rate > 0.05 and abs(rate - 1) > 0.1 and abs(w0) > 0.4:
            return w0, x, z, rate


def draw_shrink(rng):
    """From side to side as often as from one side."""
    return float(away_from_zero(rng, 0.3, 0.75))


@checks("gradient_descent")
@weight(3)
@pytest.mark.parametrize("epochs", [2, 5, 9])
def test_a_descent(submission, reference, rng, epochs):
    """The history of a descent of several epochs."""
    w0, x, z, rate = draw_descent(rng, 4, draw_shrink(rng))
    assert_matches(submission.gradient_descent, reference.gradient_descent, w0, x, z, rate, epochs)


@checks("gradient_descent")
@weight(2)
def test_a_descent_that_climbs_out(submission, reference, rng):
    """The history with a learning rate that is too large."""
    w0, x, z, rate = draw_descent(rng, 3, float(rng.uniform(-1.9, -1.2)))
    assert_matches(submission.gradient_descent, reference.gradient_descent, w0, x, z, rate, 6)


@checks("gradient_descent")
@weight(1.5)
def test_one_epoch_and_none(submission, reference, rng):
    """One epoch gives two numbers, no epoch gives one."""
    w0, x, z, rate = draw_descent(rng, 5, draw_shrink(rng))
    for epochs in (1, 0):
        assert_matches(submission.gradient_descent, reference.gradient_descent, w0, x, z, rate, epochs)


@checks("gradient_descent")
@weight(1.5)
def test_a_descent_by_keyword(submission, reference, rng):
    """All the arguments given by name."""
    w0, x, z, rate = draw_descent(rng, 3, draw_shrink(rng))
    f, right = submission.gradient_descent, reference.gradient_descent
    assert_matches(f, right, epochs=4, learning_rate=rate, z=z, x=x, w0=w0)


@checks("gradient_descent")
@weight(2)
def test_a_whole_number_to_start_from(submission, reference, rng):
    """A start that is a whole number, and points that are, too."""
    f, right = submission.gradient_descent, reference.gradient_descent
    _, x, z, rate = draw_descent(rng, 4, draw_shrink(rng))
    assert_matches(f, right, int(rng.integers(4, 9)), x, z, rate, 5)
    x, z = rng.permutation([-2, 1, 3]), rng.permutation([-5, 4, 7])
    assert_matches(f, right, -int(rng.integers(4, 9)), x, z, float(rng.uniform(0.04, 0.15)), 4)


@checks("gradient_descent")
@weight(1.5)
def test_a_descent_that_is_refused(submission, reference, rng):
    """Rows that differ in length, tables, and fewer than no epochs are refused."""
    w0, x, z, rate = draw_descent(rng, 4, draw_shrink(rng))
    f = submission.gradient_descent
    assert_matches(f, reference.gradient_descent, w0, x, z, rate, 3)
    assert_raises_value_error(f, w0, x[:3], z, rate, 3, why="x has fewer entries than z")
    assert_raises_value_error(f, w0, x, z[:1], rate, 3, why="x has several entries but z one")
    assert_raises_value_error(f, w0, x[:, np.newaxis], z, rate, 3, why="x has two dimensions, not one")
    assert_raises_value_error(f, w0, x.reshape(2, 2), z.reshape(2, 2), rate, 3, why="x and z have two dimensions")
    assert_raises_value_error(f, w0, x, z, rate, -int(rng.integers(1, 9)), why="epochs is below 0")


@checks("gradient_descent")
def test_the_points_stay_in_a_descent(submission, reference, rng):
    """The points stay as they are."""
    w0, x, z, rate = draw_descent(rng, 4, draw_shrink(rng))
    assert_matches(submission.gradient_descent, reference.gradient_descent, w0, x, z, rate, 5)
    assert_changes_nothing(submission.gradient_descent, w0, x, z, rate, 5)


# --- descend_until --------------------------------------------------------------------------------


def weights_and_costs(w0, x, z, rate, updates):
    """Each w of a descent, and its cost."""
    weights = [w0]
    for _ in range(updates):
        weights.append(weights[-1] - rate * 2 * np.mean((weights[-1] * x - z) * x))
    return np.array(weights), np.array([np.mean((w * x - z) ** 2) for w in weights])


def first_place(found):
    """The first place where something is true; beyond the last one if there is none."""
    return int(np.argmax(found)) if found.any() else len(found)


def draw_converging(rng, N, updates):
    """The arguments of a descent whose cost falls to the tolerance with just this update, but for the last argument.

    The cost begins above 10. Small steps of w, or of the cost, would stop it elsewhere.
    """
    while True:
        w0, x, z, rate = draw_descent(rng, N, float(away_from_zero(rng, 0.35, 0.7)), far=3.5)
        weights, costs = weights_and_costs(w0, x, z, rate, updates + 4)
        before, after = costs[updates - 1 : updates + 1]
        tolerance = float(np.sqrt(before * after))
        steps, changes = np.abs(np.diff(weights)), np.abs(np.diff(costs))
        elsewhere = updates not in (first_place(steps <= tolerance) + 1, first_place(changes <= tolerance) + 1)
        if before > 1.2 * after and costs[0] > 12 and elsewhere and np.abs(weights).max() < 9 * abs(w0):
            return w0, x, z, rate, tolerance


def draw_diverging(rng, N, updates):
    """The arguments of a descent whose cost exceeds 10 times the first with just this update, but for the last one.

    No cost is 10 times the one before; another update first brings it above 10 itself; w stays below 10 times w0.
    """
    while True:
        w0, x, z, rate = draw_descent(rng, N, -float(rng.uniform(1.35, 2.6)), far=float(rng.uniform(0.8, 1.8)))
        weights, costs = weights_and_costs(w0, x, z, rate, updates + 1)
        grown = costs / costs[0]
        if (
            grown[updates - 1] < 9
            and grown[updates] > 11
            and (costs[1:] / costs[:-1]).max() < 9
            and first_place(costs > 10) != updates
            and np.abs(weights[: updates + 1]).max() < 9 * abs(w0)
        ):
            return w0, x, z, rate, float(costs.min() / 20)


@checks("descend_until")
@weight(3)
@pytest.mark.parametrize("updates", [2, 5, 8])
def test_a_descent_that_converges(submission, reference, rng, updates):
    """A descent whose cost gets small enough after several updates."""
    descent = draw_converging(rng, 4, updates)
    assert_matches(submission.descend_until, reference.descend_until, *descent, max_epochs=updates + 4)


@checks("descend_until")
@weight(3)
@pytest.mark.parametrize("updates", [2, 3])
def test_a_descent_that_diverges(submission, reference, rng, updates):
    """A descent whose cost gets too large after a few updates."""
    descent = draw_diverging(rng, 3, updates)
    assert_matches(submission.descend_until, reference.descend_until, *descent, max_epochs=updates + 3)


@checks("descend_until")
@weight(3)
def test_a_descent_of_max_epochs(submission, reference, rng):
    """Descents that stop because of max_epochs: one that creeps, one whose cost grows slowly, one without updates."""
    f, right = submission.descend_until, reference.descend_until
    w0, x, z, rate = draw_descent(rng, 4, float(rng.uniform(0.8, 0.9)))
    assert_matches(f, right, w0, x, z, rate, float(weights_and_costs(w0, x, z, rate, 9)[1].min() / 3), 6)
    assert_matches(f, right, w0, x, z, rate, 0.001, 0)
    w0, x, z, rate = draw_descent(rng, 4, -float(rng.uniform(1.1, 1.2)))
    assert_matches(f, right, w0, x, z, rate, 0.001, 4)


@checks("descend_until")
@weight(3)
def test_what_the_last_update_brings(submission, reference, rng):
    """The cost gets small enough, or too large, with the very last update that is allowed."""
    f, right = submission.descend_until, reference.descend_until
    assert_matches(f, right, *draw_converging(rng, 3, 4), max_epochs=4)
    assert_matches(f, right, *draw_diverging(rng, 4, 3), max_epochs=3)


@checks("descend_until")
@weight(2)
def test_a_start_that_is_good_enough(submission, reference, rng):
    """The cost at the start is small enough: no update is made, with max_epochs 0 neither."""
    w0, x, z, rate, _ = draw_converging(rng, 4, 3)
    tolerance = float(np.mean((w0 * x - z) ** 2) * rng.uniform(1.1, 1.5))
    for max_epochs in (6, 0):
        assert_matches(submission.descend_until, reference.descend_until, w0, x, z, rate, tolerance, max_epochs)


@checks("descend_until")
def test_a_cost_equal_to_the_tolerance(submission, reference, rng):
    """The cost at the start is exactly the tolerance, 0 or another number."""
    f, right = submission.descend_until, reference.descend_until
    # Sums of a few quarters: whoever computes them, in whatever order, gets the same number.
    w0, x = float(rng.integers(2, 6)) + 0.5, rng.permutation([-2.0, -1.0, 1.0, 3.0])
    assert_matches(f, right, w0, x, w0 * x, 0.1, 0.0, 3)
    errors = rng.permutation([-2.0, -1.0, 0.5, 1.5])
    assert_matches(f, right, w0, x, w0 * x - errors, 0.1, float(np.mean(errors**2)), 3)


@checks("descend_until")
@weight(1.5)
def test_costs_that_are_not_finite(submission, reference, rng):
    """A cost that is infinite at the start, or not a number after an update."""
    f, right = submission.descend_until, reference.descend_until
    w0, x, z, rate = draw_descent(rng, 4, 0.5)
    assert_matches(f, right, w0 * 10.0 ** int(rng.integers(180, 250)), x, z, rate, 0.1, 5)
    # An endless step leads to infinity, and 0 times infinity is no number.
    w0, x, z, _ = draw_descent(rng, 4, 0.5, far=5)
    assert_matches(f, right, w0, np.append(x, 0.0), np.append(z, 0.25), float(rng.uniform(1.2, 1.7)) * 1e308, 0.1, 5)


@checks("descend_until")
def test_descending_by_keyword(submission, reference, rng):
    """All the arguments given by name."""
    w0, x, z, rate, tolerance = draw_converging(rng, 5, 3)
    f, right = submission.descend_until, reference.descend_until
    assert_matches(f, right, max_epochs=9, tolerance=tolerance, learning_rate=rate, z=z, x=x, w0=w0)


@checks("descend_until")
def test_descending_from_a_whole_number(submission, reference, rng):
    """A start that is a whole number, with points that are, too."""
    x, z = rng.permutation([-2, 1, 3]), rng.permutation([-5, 4, 7])
    w0, rate = -int(rng.integers(4, 9)), float(rng.uniform(0.04, 0.15))
    assert_matches(submission.descend_until, reference.descend_until, w0, x, z, rate, 0.01, 4)


@checks("descend_until")
@weight(1.5)
def test_what_is_refused_before_descending(submission, reference, rng):
    """Rows that differ in length, tables, and fewer than no updates are refused."""
    w0, x, z, rate, tolerance = draw_converging(rng, 4, 3)
    f = submission.descend_until
    assert_matches(f, reference.descend_until, w0, x, z, rate, tolerance, 8)
    assert_raises_value_error(f, w0, x, z[:3], rate, tolerance, 8, why="x has more entries than z")
    assert_raises_value_error(f, w0, x[:1], z, rate, tolerance, 8, why="x has one entry but z several")
    assert_raises_value_error(f, w0, x, z[:, np.newaxis], rate, tolerance, 8, why="z has two dimensions, not one")
    tables = x.reshape(2, 2), z.reshape(2, 2)
    assert_raises_value_error(f, w0, *tables, rate, tolerance, 8, why="x and z have two dimensions, not one")
    assert_raises_value_error(f, w0, x, z, rate, tolerance, -int(rng.integers(1, 9)), why="max_epochs is below 0")


@checks("descend_until")
def test_the_points_stay_until_the_end(submission, reference, rng):
    """The points stay as they are."""
    descent = draw_converging(rng, 4, 4)
    assert_matches(submission.descend_until, reference.descend_until, *descent, 7)
    assert_changes_nothing(submission.descend_until, *descent, 7)


# --- quiz_learning_curves -------------------------------------------------------------------------

SMALL, LARGE, WELL, OVER = "too small a learning rate", "too large a learning rate", "learns well", "overfits"

# Why an answer doesn't suit a picture.
NOT_SO = {
    "A": {
        SMALL: "With too small a rate the cost creeps down. What does it do here in the end?",
        WELL: "It begins well, but look at the right end and at the numbers on the axis: the cost grows and grows.",
        OVER: "When a model overfits, its training cost falls. Here it grows, and the test cost with it.",
    },
    "B": {
        SMALL: "With too small a rate, the cost would still be high at the end. Here it fell, and then became flat.",
        LARGE: "With too large a rate the cost climbs. Here it fell, and stays down.",
        OVER: "When a model overfits, the test cost rises. Here it stays near the training cost.",
    },
    "C": {
        SMALL: "The training cost is nearly 0 at the end: the steps weren't too small. Look at the dashed line.",
        LARGE: "With too large a rate the training cost climbs, too. Here it falls to nearly 0.",
        WELL: "The training cost is nearly 0, but look at the dashed line: on examples put aside it gets worse.",
    },
    "D": {
        LARGE: "With too large a rate the cost climbs. Here it falls, although very slowly.",
        WELL: "It is on a good way, but not there: after 200 epochs most of the cost is left.",
        OVER: "When a model overfits, the training cost is low and the test cost rises. Here both fall slowly.",
    },
}


@checks("quiz_learning_curves")
@pytest.mark.parametrize("picture", sorted(NOT_SO))
def test_what_a_picture_shows(submission, reference, picture):
    """What this picture shows."""
    given, right = submission.curves(), reference.curves()[picture]
    require(isinstance(given, dict), "The answers should be in a dict, as in the released cell.", kind="type")
    text = given.get(picture)
    require(isinstance(text, str), f"There is no text for “{picture}”.", kind="type")
    answer = text.strip().casefold()
    require(answer, f"The answer to “{picture}” is still empty.", kind="value")
    reason = NOT_SO[picture].get(answer, "It is none of the answers to choose from.")
    require(answer == right.casefold(), f"The answer to “{picture}” isn't right. {reason}", kind="value")
