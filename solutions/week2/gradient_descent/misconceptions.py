"""Wrong answers that beginners give in gradient_descent, and right answers that look unlike ours."""

import math

import numpy as np

from autograder.checks.symptoms import blank, no, not_refused, right, same_text, text_is
from autograder.lessons import also_correct, misconception, stand_in


def same_shapes(y_true, y_pred):
    """Float copies of both arrays, or the ValueError that the contract asks for."""
    if np.shape(y_true) != np.shape(y_pred):
        raise ValueError("the shapes differ")
    return np.array(y_true, dtype=float), np.array(y_pred, dtype=float)


def fitting(x, z):
    """Float copies of the points, or the ValueError that the contract asks for."""
    if np.ndim(x) != 1 or np.shape(x) != np.shape(z):
        raise ValueError("x and z are rows of the same length")
    return np.array(x, dtype=float), np.array(z, dtype=float)


def counted(x, z, epochs):
    """Float copies of the points, or the ValueError that the contract asks for of points and epochs."""
    if epochs < 0:
        raise ValueError("fewer than no epochs")
    return fitting(x, z)


def cost_at(w, x, z):
    with np.errstate(all="ignore"):
        return float(np.mean((w * x - z) ** 2))


def slope_at(w, x, z):
    with np.errstate(all="ignore"):
        return float(2.0 * np.mean((w * x - z) * x))


# --- mean_squared_error ---------------------------------------------------------------------------

SHAPES = (
    "Two arrays of different shapes get an answer, as NumPy stretches them without a word. Compare the whole shapes "
    "before you subtract (equal lengths are not enough), and raise the error."
)
# Their values are right, so they are known by what they don't refuse.
STRETCHED = [right(), not_refused()]


@misconception(
    "mean_squared_error",
    hint="You have added up the squares. How do you get from their sum to their mean?",
)
def sum_in_place_of_the_mean(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return float(np.sum((y_pred - y_true) ** 2))


@misconception(
    "mean_squared_error",
    hint="Your cost is half the right one. Some books halve it, but here the mean stays as it is.",
    name="half the mean",
)
def halved(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return float(np.mean((y_pred - y_true) ** 2)) / 2


@misconception(
    "mean_squared_error",
    hint="The last of your steps is one too many: no root is taken here.",
    name="root of the mean",
)
def rooted(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return math.sqrt(np.mean((y_pred - y_true) ** 2))


@misconception(
    "mean_squared_error",
    hint="You have made the errors positive, but they should be squared: a large error counts for more then.",
    name="absolute errors",
)
def absolute_errors(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return float(np.mean(np.abs(y_pred - y_true)))


@misconception("mean_squared_error", hint=SHAPES, symptom=STRETCHED, name="different shapes stretched")
def shapes_not_compared(y_true, y_pred):
    return float(np.mean((np.array(y_pred, dtype=float) - y_true) ** 2))


@misconception("mean_squared_error", hint=SHAPES, symptom=STRETCHED, name="different shapes stretched")
def lengths_compared(y_true, y_pred):
    if len(y_true) != len(y_pred):
        raise ValueError("the lengths differ")
    return float(np.mean((np.array(y_pred, dtype=float) - y_true) ** 2))


@misconception("mean_squared_error", hint=SHAPES, symptom=STRETCHED, name="different shapes stretched")
def entries_counted(y_true, y_pred):
    if np.size(y_true) != np.size(y_pred):
        raise ValueError("the numbers of entries differ")
    return float(np.mean((np.array(y_pred, dtype=float) - y_true) ** 2))


@misconception("mean_squared_error", hint=SHAPES, symptom=STRETCHED, name="different shapes stretched")
def entries_in_one_row(y_true, y_pred):
    if np.size(y_true) != np.size(y_pred):
        raise ValueError("the numbers of entries differ")
    return float(np.mean((np.ravel(y_pred).astype(float) - np.ravel(y_true)) ** 2))


@misconception(
    "mean_squared_error",
    hint="Each error is squared by itself, before the mean is taken. Otherwise errors cancel each other out.",
    name="mean squared in place of its entries",
)
def squared_after_the_mean(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return float(np.mean(y_pred - y_true)) ** 2


@misconception(
    "mean_squared_error",
    hint="You have the errors and their mean. One of the three steps is missing.",
    name="errors not squared",
)
def mean_of_the_errors(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return float(np.mean(y_pred - y_true))


@misconception(
    "mean_squared_error",
    hint="First subtract, then square: 5 minus 3, squared, is 4, but 25 minus 9 is 16.",
    name="squared before subtracting",
)
def squares_subtracted(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return float(np.mean(y_pred**2 - y_true**2))


@misconception(
    "mean_squared_error",
    hint="There is a mean for each column of a table. One number for all entries is wanted: what does axis do?",
    name="mean along one axis",
)
def mean_of_each_column(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return np.mean((y_pred - y_true) ** 2, axis=0)


@misconception(
    "mean_squared_error",
    hint="For a table `len` counts only the rows. How many squares have you added up?",
    name="divided by the rows",
)
def divided_by_the_length(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return float(np.sum((y_pred - y_true) ** 2)) / len(y_true)


@misconception(
    "mean_squared_error",
    hint="A power comes before a minus, so only y_true is squared. Brackets around the error help.",
    name="brackets around the error missing",
)
def one_of_them_squared(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return float(np.mean(y_pred - y_true**2))


@misconception(
    "mean_squared_error",
    hint="Only the last error counts. If you use a loop: does each round begin the total again?",
    name="total begun again in every round",
)
def last_error_alone(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return (y_pred[-1] - y_true[-1]) ** 2 / len(y_true)


@also_correct("mean_squared_error")
def one_error_at_a_time(y_true, y_pred):
    if y_true.shape != y_pred.shape:
        raise ValueError("the shapes differ")
    total = 0.0
    for wanted, predicted in zip(y_true.ravel(), y_pred.ravel(), strict=True):
        total = total + (predicted - wanted) * (predicted - wanted)
    return total / y_true.size


@also_correct("mean_squared_error")
def product_with_itself(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    errors = np.ravel(y_true - y_pred)
    return np.array(errors @ errors / errors.size)


@also_correct("mean_squared_error")
def norm_squared(y_true, y_pred):
    y_true, y_pred = same_shapes(y_true, y_pred)
    return np.square(np.linalg.norm(np.ravel(y_true - y_pred))) / np.prod(y_true.shape)


# Near the right cost: so a descent stops where it would, and what an answer gets wrong there still shows.
@stand_in("mean_squared_error")
def another_cost(y_true, y_pred):
    import numpy as np

    if np.shape(y_true) != np.shape(y_pred):
        raise ValueError("these do not fit together")
    with np.errstate(all="ignore"):
        return float(0.97 * np.mean((np.asarray(y_pred, dtype=float) - y_true) ** 2))


# --- slope_gradient -------------------------------------------------------------------------------


@misconception(
    "slope_gradient",
    hint="The slope of a square is 2 times what is squared. Where is your 2?",
)
def factor_2_missing(w, x, z):
    x, z = fitting(x, z)
    return float(np.mean((w * x - z) * x))


@misconception(
    "slope_gradient",
    hint="You have 2 times the mean of the errors. By what is each error multiplied before the mean is taken?",
)
def x_missing(w, x, z):
    x, z = fitting(x, z)
    return float(2 * np.mean(w * x - z))


@misconception(
    "slope_gradient",
    hint="Your slope is the negative of the right one. An error is the prediction minus the right number: look at the "
    "order.",
    name="sign turned round",
)
def error_turned_round(w, x, z):
    x, z = fitting(x, z)
    return float(2 * np.mean((z - w * x) * x))


@misconception(
    "slope_gradient",
    hint="You have added up what the points say. The cost is a mean, and so is its slope.",
    name="sum in place of the mean",
)
def summed_slopes(w, x, z):
    x, z = fitting(x, z)
    return float(2 * np.sum((w * x - z) * x))


@misconception(
    "slope_gradient",
    hint="Each error meets its own x first, and the mean comes last. You multiply two means.",
    name="means multiplied",
)
def product_of_means(w, x, z):
    x, z = fitting(x, z)
    return float(2 * np.mean(w * x - z) * np.mean(x))


@misconception(
    "slope_gradient",
    hint="You multiply each error by w. If w grows a little, by what does the prediction w * x change?",
    name="multiplied by w in place of x",
)
def times_w(w, x, z):
    x, z = fitting(x, z)
    return float(2 * np.mean((w * x - z) * w))


@misconception(
    "slope_gradient",
    hint="This is the cost itself, the height of the valley. How steep is it there?",
    name="cost in place of its slope",
)
def the_cost_itself(w, x, z):
    x, z = fitting(x, z)
    return float(np.mean((w * x - z) ** 2))


@misconception(
    "slope_gradient",
    hint="Multiplying comes before subtracting, so only z is multiplied by x here. Brackets around the error help.",
    name="brackets around the error missing",
)
def brackets_missing(w, x, z):
    x, z = fitting(x, z)
    return float(2 * np.mean(w * x - z * x))


@misconception(
    "slope_gradient",
    hint="Multiplying comes before subtracting, so only z is multiplied by x here. Brackets around the error help.",
    name="brackets around the error missing",
)
def brackets_missing_after_the_2(w, x, z):
    x, z = fitting(x, z)
    return float(np.mean(2 * w * x - z * x))


@misconception(
    "slope_gradient",
    hint="This is nearly right: a nudge of w gives the slope only about. The formula gives it exactly.",
    name="nudged in place of the formula",
)
def nudged(w, x, z):
    x, z = fitting(x, z)
    return (cost_at(w + 0.001, x, z) - cost_at(w, x, z)) / 0.001


@misconception(
    "slope_gradient",
    hint="Your errors are squared, as in the cost. The formula for the slope has no square.",
    name="errors squared",
)
def squared_errors(w, x, z):
    x, z = fitting(x, z)
    return float(2 * np.mean((w * x - z) ** 2 * x))


@misconception(
    "slope_gradient",
    hint="There is still one number for each point. Which step comes last?",
    name="mean forgotten",
)
def one_for_each_point(w, x, z):
    x, z = fitting(x, z)
    return 2 * (w * x - z) * x


@misconception(
    "slope_gradient",
    hint="You divide by 3, as for the three points of the example. How many points are there?",
    name="divided by the example's 3",
)
def divided_by_three(w, x, z):
    x, z = fitting(x, z)
    return float(np.sum(2 * (w * x - z) * x)) / 3


@misconception(
    "slope_gradient",
    hint="Only the first point counts. If you use a loop: does `return` stand inside it, and end it too early?",
    name="first point alone",
)
def slope_of_the_first(w, x, z):
    x, z = fitting(x, z)
    return float(2 * (w * x[0] - z[0]) * x[0])


@also_correct("slope_gradient")
def product_of_rows(w, x, z):
    x, z = fitting(x, z)
    return 2 / len(x) * ((w * x - z) @ x)


@also_correct("slope_gradient")
def multiplied_out(w, x, z):
    x, z = fitting(x, z)
    return np.array(2 * w * np.mean(x**2) - 2 * np.mean(x * z))


@also_correct("slope_gradient")
def point_by_point(w, x, z):
    fitting(x, z)
    total = 0
    for place in range(len(x)):
        total += 2 * (w * x[place] - z[place]) * x[place]
    return total / len(x)


@stand_in("slope_gradient")
def another_slope(w, x, z):
    import numpy as np

    x, z = np.array(x, dtype=float), np.array(z, dtype=float)
    if x.ndim != 1 or x.shape != z.shape:
        raise ValueError("these do not fit together")
    with np.errstate(all="ignore"):
        return float(1.4 * np.mean((w * x - z) * x) + 0.05 * w + 0.037)


# --- gradient_descent -----------------------------------------------------------------------------


@misconception(
    "gradient_descent",
    hint="Your w climbs: the cost grows. The slope points uphill, so which way must the step go?",
    name="ascent",
)
def uphill(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = [float(w0)]
    for _ in range(epochs):
        history.append(history[-1] + learning_rate * slope_at(history[-1], x, z))
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="All your steps are equally long. Each epoch needs a slope of its own: where do you compute it?",
)
def gradient_computed_once(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    slope, history = slope_at(w0, x, z), [float(w0)]
    for _ in range(epochs):
        history.append(history[-1] - learning_rate * slope)
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="The history begins with the weight that you start from. Yours begins after the first update.",
    name="w0 not recorded",
)
def start_left_out(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    w, history = float(w0), []
    for _ in range(epochs):
        w = w - learning_rate * slope_at(w, x, z)
        history.append(w)
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="Your steps have the learning rate in them twice. Is it multiplied in at two places?",
    name="learning rate squared",
)
def rate_squared(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = [float(w0)]
    for _ in range(epochs):
        step = learning_rate * slope_at(history[-1], x, z)
        history.append(history[-1] - learning_rate * step)
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="Your steps are the whole slopes. Which number says how much of a slope a step takes?",
    name="learning rate not used",
)
def whole_slopes(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = [float(w0)]
    for _ in range(epochs):
        history.append(history[-1] - slope_at(history[-1], x, z))
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="Your rate is 0.4, whatever rate is given. What is the argument called?",
    name="the lecture's rate for every descent",
)
def always_the_same_rate(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = [float(w0)]
    for _ in range(epochs):
        history.append(history[-1] - 0.4 * slope_at(history[-1], x, z))
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="Your steps are half as long as they should be: the 2 of the slope is missing. Your function for the slope "
    "has it.",
    name="factor 2 missing",
)
def half_the_slope(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = [float(w0)]
    for _ in range(epochs):
        history.append(history[-1] - learning_rate * slope_at(history[-1], x, z) / 2)
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="The last epoch is missing. How many updates are wanted, and how many does your loop make?",
    name="one epoch short",
)
def stops_one_short(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = [float(w0)]
    for _ in range(epochs - 1):
        history.append(history[-1] - learning_rate * slope_at(history[-1], x, z))
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="There is an epoch too many. The history has a number for the start and one for each epoch.",
    name="one epoch too many",
)
def goes_one_further(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = [float(w0)]
    for _ in range(epochs + 1):
        history.append(history[-1] - learning_rate * slope_at(history[-1], x, z))
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="This is only the last w. Every w on the way is wanted, the first one, too, in an array.",
    name="only the last w returned",
)
def only_the_last_w(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    w = float(w0)
    for _ in range(epochs):
        w = w - learning_rate * slope_at(w, x, z)
    return w


@misconception(
    "gradient_descent",
    hint="Your history begins again in every epoch, so that only the last ones are left. Where should it begin?",
    name="history begun again in every epoch",
)
def two_of_the_last_epoch(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    w, history = float(w0), [float(w0)]
    for _ in range(epochs):
        history = [w]
        w = w - learning_rate * slope_at(w, x, z)
        history.append(w)
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="Your history begins again in every epoch, so that only the last ones are left. Where should it begin?",
    name="history begun again in every epoch",
)
def one_of_the_last_epoch(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    w, history = float(w0), [float(w0)]
    for _ in range(epochs):
        history = []
        w = w - learning_rate * slope_at(w, x, z)
        history.append(w)
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="Your history begins again in every epoch, so that only the last ones are left. Where should it begin?",
    name="history begun again in every epoch",
)
def start_and_the_last_epoch(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    w, history = float(w0), [float(w0)]
    for _ in range(epochs):
        history = [float(w0)]
        w = w - learning_rate * slope_at(w, x, z)
        history.append(w)
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="After the first epoch your function stops. If you use a loop: does `return` stand inside it?",
    name="first epoch alone",
)
def ends_after_the_first(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    return np.array([float(w0), w0 - learning_rate * slope_at(w0, x, z)][: epochs + 1])


@misconception(
    "gradient_descent",
    hint="Every step of yours starts from w0 again. From which w should it start?",
    name="every step from w0",
)
def steps_from_the_start(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = [float(w0)]
    for _ in range(epochs):
        history.append(w0 - learning_rate * slope_at(history[-1], x, z))
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="These are the costs on the way. What is wanted is the w of each epoch.",
    name="costs in place of weights",
)
def costs_recorded(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    w, costs = float(w0), [cost_at(w0, x, z)]
    for _ in range(epochs):
        w = w - learning_rate * slope_at(w, x, z)
        costs.append(cost_at(w, x, z))
    return np.array(costs)


@misconception(
    "gradient_descent",
    hint="These are the costs on the way. What is wanted is the w of each epoch.",
    name="costs in place of weights",
)
def costs_recorded_after_w0(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    w, history = float(w0), [float(w0)]
    for _ in range(epochs):
        w = w - learning_rate * slope_at(w, x, z)
        history.append(cost_at(w, x, z))
    return np.array(history)


@misconception(
    "gradient_descent",
    hint="If w0 is a whole number, your array holds whole numbers only, and each w is cut off at the point. Look at "
    "how the array is made.",
    name="an array of whole numbers",
)
def decimals_cut_off(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = np.full(epochs + 1, w0)
    for epoch in range(epochs):
        history[epoch + 1] = history[epoch] - learning_rate * slope_at(history[epoch], x, z)
    return history.astype(float)


@also_correct("gradient_descent")
def filled_in_place_by_place(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    history = np.zeros(epochs + 1)
    history[0] = w0
    for epoch in range(1, epochs + 1):
        history[epoch] = history[epoch - 1] - learning_rate * slope_at(history[epoch - 1], x, z)
    return history


@also_correct("gradient_descent")
def in_closed_form(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    lowest = (x @ z) / (x @ x)
    shrink = 1 - 2 * learning_rate * np.mean(x**2)
    return lowest + (w0 - lowest) * shrink ** np.arange(epochs + 1)


@also_correct("gradient_descent")
def grown_by_appending_in_single_precision(w0, x, z, learning_rate, epochs):
    x, z = counted(x, z, epochs)
    w, history = w0, np.array([w0], dtype=float)
    while len(history) <= epochs:
        w = w - learning_rate * sum(2 * (w * a - b) * a for a, b in zip(x, z, strict=True)) / len(x)
        history = np.append(history, w)
    return history.astype(np.float32)


# --- descend_until --------------------------------------------------------------------------------

OF_THE_COST = (
    "You compare another number with the tolerance, such as a step or the slope. It should be the cost itself."
)
TEN_TIMES = "The cost is compared with 10 times the cost at w0. With what do you compare it?"


def walk(w0, x, z, learning_rate):
    """Each w of a descent, with how many updates it took; without end."""
    w, updates = float(w0), 0
    while True:
        yield updates, w
        with np.errstate(all="ignore"):
            w = w - learning_rate * slope_at(w, x, z)
        updates += 1


def stopped(w0, x, z, learning_rate, tolerance, max_epochs, finite=np.isfinite, limit=10.0):
    """The right answer; `finite` and `limit` take other views of what diverges."""
    x, z = counted(x, z, max_epochs)
    first = cost_at(w0, x, z)
    for updates, w in walk(w0, x, z, learning_rate):
        cost = cost_at(w, x, z)
        if cost <= tolerance:
            return w, updates, "converged"
        if not finite(cost) or cost > limit * first:
            return w, updates, "diverged"
        if updates == max_epochs:
            return w, updates, "max_epochs"


def ended(w0, x, z, learning_rate, max_epochs, good_enough):
    """The answer if another first question is asked, of w and the cost; the other two are right."""
    first = cost_at(w0, x, z)
    for updates, w in walk(w0, x, z, learning_rate):
        cost = cost_at(w, x, z)
        if good_enough(w, cost):
            return w, updates, "converged"
        if not np.isfinite(cost) or cost > 10 * first:
            return w, updates, "diverged"
        if updates == max_epochs:
            return w, updates, "max_epochs"


@misconception(
    "descend_until",
    hint="Your loop always makes all its updates. What should happen as soon as the cost is small enough?",
    name="never stops early",
)
def never_stops(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    w = next(w for updates, w in walk(w0, x, z, learning_rate) if updates == max_epochs)
    return w, max_epochs, "max_epochs"


@misconception(
    "descend_until",
    hint="Your loop always makes all its updates, and asks its questions only then. When should the cost be looked at?",
    name="never stops early",
)
def judged_at_the_end(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    w = next(w for updates, w in walk(w0, x, z, learning_rate) if updates == max_epochs)
    cost = cost_at(w, x, z)
    if cost <= tolerance:
        return w, max_epochs, "converged"
    if not np.isfinite(cost) or cost > 10 * cost_at(w0, x, z):
        return w, max_epochs, "diverged"
    return w, max_epochs, "max_epochs"


@misconception("descend_until", hint=OF_THE_COST, name="stops on the step, not the cost")
def small_steps(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    first, before = cost_at(w0, x, z), None
    for updates, w in walk(w0, x, z, learning_rate):
        if before is not None and abs(w - before) <= tolerance:
            return w, updates, "converged"
        cost, before = cost_at(w, x, z), w
        if not np.isfinite(cost) or cost > 10 * first:
            return w, updates, "diverged"
        if updates == max_epochs:
            return w, updates, "max_epochs"


@misconception("descend_until", hint=OF_THE_COST, name="stops on the step, not the cost")
def small_changes_of_the_cost(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    first, before = cost_at(w0, x, z), None
    for updates, w in walk(w0, x, z, learning_rate):
        cost = cost_at(w, x, z)
        if before is not None and abs(cost - before) <= tolerance:
            return w, updates, "converged"
        before = cost
        if not np.isfinite(cost) or cost > 10 * first:
            return w, updates, "diverged"
        if updates == max_epochs:
            return w, updates, "max_epochs"


@misconception("descend_until", hint=OF_THE_COST, name="stops on the step, not the cost")
def small_slope(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    return ended(w0, x, z, learning_rate, max_epochs, lambda w, cost: abs(slope_at(w, x, z)) <= tolerance)


@misconception("descend_until", hint=OF_THE_COST, name="stops on the step, not the cost")
def small_w(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    return ended(w0, x, z, learning_rate, max_epochs, lambda w, cost: abs(w) <= tolerance)


@misconception(
    "descend_until",
    hint="You compute the cost once and go on asking about that number. Each update of w changes it.",
    name="cost computed once",
)
def cost_of_the_start(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    first = cost_at(w0, x, z)
    if first <= tolerance:
        return float(w0), 0, "converged"
    if not np.isfinite(first):
        return float(w0), 0, "diverged"
    w = next(w for updates, w in walk(w0, x, z, learning_rate) if updates == max_epochs)
    return w, max_epochs, "max_epochs"


@misconception(
    "descend_until",
    hint="Your function ends with the first look. Does every branch in your loop return? If none of the three "
    "questions says stop, w is updated.",
    name="ends with the first look",
)
def one_look(w0, x, z, learning_rate, tolerance, max_epochs):
    counted(x, z, max_epochs)
    return stopped(w0, x, z, learning_rate, tolerance, 0)


@misconception(
    "descend_until",
    hint="Your function stops where it should, but gives the same reason each time. Where does each of the three get "
    "its text?",
    name="one reason for all",
)
def always_max_epochs(w0, x, z, learning_rate, tolerance, max_epochs):
    w, updates, _ = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    return w, updates, "max_epochs"


@misconception(
    "descend_until",
    hint="Your function stops where it should, but two of the texts have changed places. Which one belongs to a cost "
    "that is small?",
    name="reasons exchanged",
)
def texts_exchanged(w0, x, z, learning_rate, tolerance, max_epochs):
    w, updates, reason = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    return w, updates, {"converged": "diverged", "diverged": "converged"}.get(reason, reason)


@misconception(
    "descend_until",
    hint="Your function stops where it should, but gives the wrong reason when the cost has grown. Which text belongs "
    "to which question?",
    name="diverging reported as converged",
)
def grown_and_called_converged(w0, x, z, learning_rate, tolerance, max_epochs):
    w, updates, reason = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    return w, updates, "converged" if reason == "diverged" else reason


@misconception(
    "descend_until",
    hint="A cost that grows and grows doesn't stop your loop. The second question is missing.",
    name="diverging not noticed",
)
def only_two_questions(w0, x, z, learning_rate, tolerance, max_epochs):
    return stopped(w0, x, z, learning_rate, tolerance, max_epochs, finite=lambda cost: True, limit=math.inf)


@misconception(
    "descend_until",
    hint="Comparing with nan is always false, and 10 times inf is inf again.",
    name="inf and nan not noticed",
)
def finite_taken_for_granted(w0, x, z, learning_rate, tolerance, max_epochs):
    return stopped(w0, x, z, learning_rate, tolerance, max_epochs, finite=lambda cost: True)


@misconception(
    "descend_until",
    hint="Comparing with nan is always false, and 10 times inf is inf again.",
    name="inf and nan not noticed",
)
def nan_not_noticed(w0, x, z, learning_rate, tolerance, max_epochs):
    return stopped(w0, x, z, learning_rate, tolerance, max_epochs, finite=lambda cost: cost != math.inf)


@misconception(
    "descend_until",
    hint="Comparing with nan is always false, and 10 times inf is inf again.",
    name="inf and nan not noticed",
)
def inf_not_noticed(w0, x, z, learning_rate, tolerance, max_epochs):
    return stopped(w0, x, z, learning_rate, tolerance, max_epochs, finite=lambda cost: not math.isnan(cost))


@misconception(
    "descend_until",
    hint="Your cost is looked at only after an update. The weight that you start from may be good enough already.",
    name="not looked at before the first update",
)
def looks_after_an_update(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    if max_epochs == 0:
        return float(w0), 0, "max_epochs"
    first = cost_at(w0, x, z)
    for updates, w in walk(w0, x, z, learning_rate):
        cost = cost_at(w, x, z)
        if updates and cost <= tolerance:
            return w, updates, "converged"
        if updates and (not np.isfinite(cost) or cost > 10 * first):
            return w, updates, "diverged"
        if updates == max_epochs:
            return w, updates, "max_epochs"


@misconception(
    "descend_until",
    hint="After the last update your loop ends, and that cost is never looked at. It may have converged just there.",
    name="not looked at after the last update",
)
def last_one_not_looked_at(w0, x, z, learning_rate, tolerance, max_epochs):
    w, updates, reason = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    return w, updates, "max_epochs" if updates == max_epochs else reason


@misconception(
    "descend_until",
    hint="You count the looks, or the rounds of your loop. How many times has w been updated?",
    name="looks counted, not updates",
)
def one_too_many_counted(w0, x, z, learning_rate, tolerance, max_epochs):
    w, updates, reason = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    return w, updates + 1, reason


@misconception(
    "descend_until",
    hint="Your w is one update older than the cost that stopped the loop. Which of the two belongs to the stop?",
    name="w before the last update",
)
def one_update_late(w0, x, z, learning_rate, tolerance, max_epochs):
    _, updates, reason = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    wanted = max(updates - 1, 0)
    return next(w for count, w in walk(w0, x, z, learning_rate) if count == wanted), updates, reason


@misconception(
    "descend_until",
    hint="You return the cost. Which weight was it that had this cost?",
    name="cost in place of w",
)
def cost_returned(w0, x, z, learning_rate, tolerance, max_epochs):
    w, updates, reason = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    return cost_at(w, np.array(x, dtype=float), np.array(z, dtype=float)), updates, reason


@misconception(
    "descend_until",
    hint="Your three results are right, but in another order. In which order does the docstring name them?",
    name="results in another order",
)
def epochs_last(w0, x, z, learning_rate, tolerance, max_epochs):
    w, updates, reason = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    return w, reason, updates


@misconception(
    "descend_until",
    hint="Your three results are right, but in another order. In which order does the docstring name them?",
    name="results in another order",
)
def epochs_first(w0, x, z, learning_rate, tolerance, max_epochs):
    w, updates, reason = stopped(w0, x, z, learning_rate, tolerance, max_epochs)
    return updates, w, reason


@misconception(
    "descend_until",
    hint="Whether it diverges is judged by the cost. A large w may be quite right.",
    name="diverging judged by w",
)
def w_has_grown(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    for updates, w in walk(w0, x, z, learning_rate):
        if cost_at(w, x, z) <= tolerance:
            return w, updates, "converged"
        if not np.isfinite(cost_at(w, x, z)) or abs(w) > 10 * abs(w0):
            return w, updates, "diverged"
        if updates == max_epochs:
            return w, updates, "max_epochs"


@misconception("descend_until", hint=TEN_TIMES, name="compared with another cost")
def ten_times_the_last(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    last = cost_at(w0, x, z)
    for updates, w in walk(w0, x, z, learning_rate):
        cost = cost_at(w, x, z)
        if cost <= tolerance:
            return w, updates, "converged"
        if not np.isfinite(cost) or cost > 10 * last:
            return w, updates, "diverged"
        last = cost
        if updates == max_epochs:
            return w, updates, "max_epochs"


@misconception("descend_until", hint=TEN_TIMES, name="compared with another cost")
def larger_at_all(w0, x, z, learning_rate, tolerance, max_epochs):
    return stopped(w0, x, z, learning_rate, tolerance, max_epochs, limit=1.0)


@misconception("descend_until", hint=TEN_TIMES, name="compared with another cost")
def more_than_ten(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    for updates, w in walk(w0, x, z, learning_rate):
        cost = cost_at(w, x, z)
        if cost <= tolerance:
            return w, updates, "converged"
        if not np.isfinite(cost) or cost > 10:
            return w, updates, "diverged"
        if updates == max_epochs:
            return w, updates, "max_epochs"


@misconception(
    "descend_until",
    hint="A cost exactly as large as the tolerance is small enough: “at most” includes it.",
    name="a cost equal to the tolerance goes on",
)
def below_the_tolerance(w0, x, z, learning_rate, tolerance, max_epochs):
    return stopped(w0, x, z, learning_rate, np.nextafter(tolerance, -np.inf), max_epochs)


@also_correct("descend_until")
def while_true(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    w, epochs = w0, 0
    start = np.mean((w * x - z) ** 2)
    while True:
        cost = np.mean((w * x - z) ** 2)
        if cost <= tolerance:
            reason = "converged"
        elif np.isnan(cost) or np.isinf(cost) or cost > 10 * start:
            reason = "diverged"
        elif epochs >= max_epochs:
            reason = "max_epochs"
        else:
            w = w - learning_rate * np.mean(2 * (w * x - z) * x)
            epochs += 1
            continue
        return [np.float64(w), np.int64(epochs), reason]


@also_correct("descend_until")
def last_look_after_the_loop(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)

    def reason_at(w):
        cost = np.sum((z - w * x) ** 2) / len(x)
        if cost <= tolerance:
            return "converged"
        return "" if cost <= 10 * start < np.inf else "diverged"

    start, w = np.sum((z - w0 * x) ** 2) / len(x), np.array(w0, dtype=float)
    for epochs in range(max_epochs):
        if reason := reason_at(w):
            return w, epochs, reason
        w = w + 2 * learning_rate * np.dot(z - w * x, x) / len(x)
    return w, max_epochs, reason_at(w) or "max_epochs"


@also_correct("descend_until")
def from_the_whole_history(w0, x, z, learning_rate, tolerance, max_epochs):
    x, z = counted(x, z, max_epochs)
    history = [w0]
    while len(history) <= max_epochs:
        history.append(history[-1] - learning_rate * slope_at(history[-1], x, z))
    costs = np.array([cost_at(w, x, z) for w in history])
    small, fine = costs <= tolerance, np.isfinite(costs) & (costs <= 10 * costs[0])
    stops = np.flatnonzero(small | ~fine)
    place = int(stops[0]) if stops.size else max_epochs
    reason = "converged" if small[place] else "max_epochs" if fine[place] else "diverged"
    return history[place], place, reason


# --- quiz_learning_curves -------------------------------------------------------------------------

SMALL, LARGE, WELL, OVER = "too small a learning rate", "too large a learning rate", "learns well", "overfits"


@misconception(
    "quiz_learning_curves",
    hint="With one of the two w creeps, with the other it climbs out of the valley. What does the cost do then?",
    symptom=[text_is("A", SMALL), text_is("D", LARGE), no(blank())],
    name="too small and too large exchanged",
)
def rates_exchanged():
    return {"A": SMALL, "B": WELL, "C": OVER, "D": LARGE}


@misconception(
    "quiz_learning_curves",
    hint="A training cost near 0 looks good, but look at the dashed line: how does the model do on examples that it "
    "hasn't seen?",
    symptom=[text_is("C", WELL), no(blank()), no(same_text())],
    name="overfitting taken for learning well",
)
def only_the_solid_line():
    return {"A": LARGE, "B": OVER, "C": WELL, "D": SMALL}


@misconception(
    "quiz_learning_curves",
    hint="You gave one answer four times, but each of the four texts is used once. Look at the solid line and the "
    "dashed one: where do they go?",
    symptom=[no(blank()), same_text()],
    name="every answer the same",
)
def all_learn_well():
    return {"A": WELL, "B": WELL, "C": WELL, "D": WELL}


@misconception(
    "quiz_learning_curves",
    hint="Some lines are still empty. A guess costs nothing: copy one of the four texts into every line.",
    symptom=[blank()],
    name="not filled in",
)
def curves_left_empty():
    return {"A": LARGE, "B": "", "C": "", "D": ""}


@also_correct("quiz_learning_curves")
def curves_in_capitals():
    return {"D": "Too small a learning rate", "C": "OVERFITS", "B": "Learns Well", "A": LARGE.upper()}


@also_correct("quiz_learning_curves")
def curves_with_blanks_around():
    return {"A": f" {LARGE}", "B": f"{WELL} ", "C": f"\t{OVER}", "D": f" {SMALL}\n"}
