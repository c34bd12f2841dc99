"""Wrong answers that beginners give in activation_functions, and right answers that look unlike ours."""

import math

import numpy as np

from autograder.checks.symptoms import imprecise, right, shares_memory, stopped_at_arrays, used_ready_made, warned
from autograder.lessons import also_correct, misconception, stand_in

ONE_BY_ONE = "Each number is looked at by itself, whatever the others are. Yours gives a single answer for all of them."
MATH = "The functions of `math` take one number. Those of NumPy take whole arrays, too."


def floats(z):
    return np.asarray(z, dtype=float)


def squeezed(z):
    """The sigmoid, to the last digit, without a warning."""
    small = np.exp(-np.abs(floats(z)))
    return (np.where(floats(z) >= 0, 1.0, small) / (1.0 + small))[()]


# --- binary_step ----------------------------------------------------------------------------------


@misconception(
    "binary_step",
    hint="The sign of a number is -1, 0 or 1. The step has two values only: which ones?",
    name="the sign in place of the step",
)
def sign_function(z):
    return np.sign(floats(z))


@misconception(
    "binary_step",
    hint="Look at z = 0: at least 0 includes 0 itself.",
    name="> in place of >=",
)
def strictly_above_zero(z):
    return np.where(floats(z) > 0, 1.0, 0.0)[()]


@misconception(
    "binary_step",
    hint="True and False aren't numbers in the eyes of what comes next. The step gives 1.0 and 0.0.",
    name="True and False",
)
def booleans(z):
    return np.asarray(z) >= 0


@misconception(
    "binary_step",
    hint="Below zero, the step is 0: the neuron sends out nothing. Yours is -1 there.",
    name="-1 below zero",
)
def minus_one_below(z):
    return np.where(floats(z) >= 0, 1.0, -1.0)[()]


@misconception(
    "binary_step",
    hint="Large sums should give 1. Yours gives 0 for them: which of the two numbers comes first?",
    name="1 and 0 exchanged",
)
def upside_down(z):
    return np.where(floats(z) >= 0, 0.0, 1.0)[()]


@misconception(
    "binary_step",
    hint="Look at z = 0: the step knows no half. At least 0 includes 0 itself.",
    name="a half at zero",
)
def half_at_zero(z):
    return np.heaviside(floats(z), 0.5)


@misconception(
    "binary_step",
    hint="Above zero your function gives z itself. The step gives 1 there, however large z is.",
    name="relu in place of the step",
)
def relu_for_the_step(z):
    return np.maximum(floats(z), 0.0)


@misconception(
    "binary_step",
    hint="Your curve climbs. The step jumps: there is nothing between 0 and 1.",
    name="the sigmoid in place of the step",
)
def sigmoid_for_the_step(z):
    return squeezed(z)


@misconception("binary_step", hint=ONE_BY_ONE, name="one answer for all numbers")
def one_step_if_all_are(z):
    return 1.0 if np.all(floats(z) >= 0) else 0.0


@misconception("binary_step", hint=ONE_BY_ONE, name="one answer for all numbers")
def one_step_if_any_is(z):
    return 1.0 if np.any(floats(z) >= 0) else 0.0


@also_correct("binary_step")
def a_comparison_as_numbers(z):
    return (np.asarray(z) >= 0) * 1.0


@also_correct("binary_step")
def ready_made_step(z):
    return np.heaviside(z, 1.0)


@also_correct("binary_step")
def each_number_steps(z):
    if isinstance(z, np.ndarray):
        return np.array([1.0 if number >= 0 else 0.0 for number in z.ravel()]).reshape(z.shape)
    return int(z >= 0)


@also_correct("binary_step")
def places_filled_in(z):
    steps = np.zeros(np.shape(z), dtype=np.float32)
    steps[np.asarray(z) >= 0] = 1
    return steps if steps.ndim else steps[()]


# --- linear ---------------------------------------------------------------------------------------


@misconception(
    "linear",
    hint="Your numbers are right, but they are the array that came in, under a second name. Make a new array of them.",
    symptom=[right(), shares_memory()],
)
def same_object_returned(z):
    return z


@misconception(
    "linear",
    hint="Linear sends out what comes in. Yours gives 0 for everything.",
    name="slope 0",
)
def all_zeros(z):
    return np.zeros_like(floats(z))[()]


@misconception(
    "linear",
    hint="1 is the slope of linear. Its output is z itself.",
    name="the slope in place of the output",
)
def all_ones(z):
    return np.ones_like(floats(z))[()]


@misconception(
    "linear",
    hint="Linear doesn't bend: below zero, too, it sends out what comes in.",
    name="relu in place of linear",
)
def relu_for_linear(z):
    return np.maximum(floats(z), 0.0)


@misconception(
    "linear",
    hint="Your numbers have lost their signs. Linear sends out exactly what comes in.",
    name="signs lost",
)
def sizes_alone(z):
    return np.abs(floats(z))


@misconception(
    "linear",
    hint="Yours falls where it should climb: a larger z should give a larger output.",
    name="a minus too many",
)
def negated(z):
    return -floats(z)


@misconception(
    "linear",
    hint="Your numbers end at -1 and 1. Linear has no ends.",
    name="clipped at -1 and 1",
)
def clipped_linear(z):
    return np.clip(floats(z), -1.0, 1.0)


@misconception(
    "linear",
    hint="An activation sends out what comes in from one neuron. Nothing is added up here.",
    name="added up",
)
def summed(z):
    return np.sum(floats(z))


@misconception(
    "linear",
    hint="1 is the slope of linear. Its output is z itself.",
    name="the slope in place of the output",
)
def a_single_one(z):
    return 1.0


@also_correct("linear")
def one_times(z):
    return 1.0 * z


@also_correct("linear")
def zero_added(z):
    return z + 0


@also_correct("linear")
def a_deep_copy(z):
    import copy

    return copy.deepcopy(z)


@also_correct("linear")
def numbers_put_into_zeros(z):
    new = np.zeros(np.shape(z), dtype=np.float32)
    new[...] = z
    return new


# --- stable_sigmoid -------------------------------------------------------------------------------

LOST_DIGITS = (
    "Near zero your outputs are right. Where the sigmoid is tiny, they have lost their digits: how many of them are "
    "still right at -600? Look for a clip that is too close, or for tiny numbers that are added to 1."
)
RISES = "Your curve falls where it should rise: a large z should give nearly 1. Which side has which formula?"


@misconception(
    "stable_sigmoid",
    hint=LOST_DIGITS,
    name="digits lost where the sigmoid is tiny",
    symptom=[right(), imprecise()],
)
def clipped_at_500(z):
    return 1.0 / (1.0 + np.exp(-np.clip(floats(z), -500, 500)))


@misconception("stable_sigmoid", hint=LOST_DIGITS, name="digits lost where the sigmoid is tiny")
def clipped_at_20(z):
    return squeezed(np.clip(floats(z), -20, 20))


@misconception("stable_sigmoid", hint=LOST_DIGITS, name="digits lost where the sigmoid is tiny")
def clipped_at_10(z):
    return squeezed(np.clip(floats(z), -10, 10))


@misconception(
    "stable_sigmoid",
    hint="Your numbers are right. But somewhere a power of e grows beyond all bounds, and NumPy warns. "
    "Remember that `np.where` works out both of its numbers everywhere.",
    symptom=[right(), warned("RuntimeWarning")],
)
def overflow_warning(z):
    return 1.0 / (1.0 + np.exp(-floats(z)))


@misconception(
    "stable_sigmoid",
    hint="Far above zero you divide one endless number by another, and the result is “not a number”. "
    "On which side is this formula safe?",
    name="e^z/(1+e^z), which overflows to nan",
)
def power_over_one_more(z):
    with np.errstate(all="ignore"):
        grown = np.exp(floats(z))
        return grown / (1.0 + grown)


@misconception(
    "stable_sigmoid",
    hint="Your power is e^|z|, which grows on both sides. The table has e^(−|z|): which sign is missing?",
    name="the minus in the power forgotten",
)
def power_that_grows(z):
    with np.errstate(all="ignore"):
        power = np.exp(np.abs(floats(z)))
        return np.where(floats(z) >= 0, 1.0 / (1.0 + power), power / (1.0 + power))[()]


@misconception("stable_sigmoid", hint=RISES, name="turned upside down")
def sides_exchanged(z):
    return squeezed(-floats(z))


@misconception(
    "stable_sigmoid",
    hint="Below zero your outputs go up again: they are those of the same z without its sign. "
    "What is different in the formula for z below 0?",
    name="the formula for z at least 0 on both sides",
)
def right_side_twice(z):
    return squeezed(np.abs(floats(z)))


@misconception(
    "stable_sigmoid",
    hint="Above zero your outputs fall again: they are those of -z. What is different in the formula for z at least 0?",
    name="the formula for z below 0 on both sides",
)
def left_side_twice(z):
    return squeezed(-np.abs(floats(z)))


@misconception(
    "stable_sigmoid",
    hint="z is clipped so close to zero that ordinary sums are changed, too. Is clipping needed at all?",
    name="clipped far too close",
)
def clipped_at_1(z):
    return squeezed(np.clip(floats(z), -1, 1))


@misconception(
    "stable_sigmoid",
    hint="z is clipped so close to zero that ordinary sums are changed, too. Is clipping needed at all?",
    name="clipped far too close",
)
def clipped_at_5(z):
    return squeezed(np.clip(floats(z), -5, 5))


@misconception(
    "stable_sigmoid",
    hint="This curve runs from -1 to 1. The sigmoid is its relative that stays between 0 and 1.",
    name="tanh in place of the sigmoid",
)
def tanh_for_the_sigmoid(z):
    return np.tanh(floats(z))


@misconception(
    "stable_sigmoid",
    hint="Your function jumps from 0 to 1. The sigmoid climbs.",
    name="the step in place of the sigmoid",
)
def step_for_the_sigmoid(z):
    return np.where(floats(z) >= 0, 1.0, 0.0)[()]


@misconception(
    "stable_sigmoid",
    hint="This is the slope of the sigmoid. Its output is asked for.",
    name="the slope in place of the output",
)
def slope_of_the_sigmoid(z):
    return squeezed(z) * squeezed(-floats(z))


@misconception("stable_sigmoid", hint=MATH, symptom=[right(), stopped_at_arrays()])
def single_numbers_alone(z):
    power = math.exp(-abs(z))
    return 1.0 / (1.0 + power) if z >= 0 else power / (1.0 + power)


@also_correct("stable_sigmoid")
def clipped_far_out(z):
    return 1 / (1 + np.exp(-np.clip(z, -709, 709)))


@also_correct("stable_sigmoid")
def logarithms_added(z):
    return np.exp(-np.logaddexp(0.0, -floats(z)))


@also_correct("stable_sigmoid")
def warnings_off_meanwhile(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-floats(z)))


@also_correct("stable_sigmoid")
def each_number_squeezed(z):
    if isinstance(z, np.ndarray):
        return np.array([each_number_squeezed(number) for number in z.ravel().tolist()]).reshape(z.shape)
    power = math.exp(-abs(z))
    return 1 / (1 + power) if z >= 0 else power / (1 + power)


@also_correct("stable_sigmoid")
def places_of_each_side(z):
    z = np.array(z, dtype=float)
    outputs = np.empty_like(z)
    above = z >= 0
    outputs[above] = 1 / (1 + np.exp(-z[above]))
    outputs[~above] = np.exp(z[~above]) / (1 + np.exp(z[~above]))
    return outputs


@stand_in("stable_sigmoid")
def another_curve(z):
    import numpy as np

    z = np.asarray(z, dtype=float)
    return (0.5 + 0.4 * z / (1.5 + np.abs(z)))[()]


# --- tanh -----------------------------------------------------------------------------------------

ENDLESS = "Far from zero you divide one endless number by another, and the result is “not a number”. "


@misconception(
    "tanh",
    hint="Your curve is stretched upwards alone. Compare (b) and (c): how much narrower is tanh than the sigmoid?",
    name="2σ(z) − 1: a 2 is missing in the exponent",
)
def half_as_steep(z):
    return 2.0 * squeezed(z) - 1.0


@misconception(
    "tanh",
    hint="Your outputs leave the range from -1 to 1: near zero they grow and grow. "
    "What stands above the line of the fraction, and what below?",
    name="fraction turned over",
)
def fraction_turned_over(z):
    z = floats(z)
    with np.errstate(all="ignore"):
        return (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))


@misconception(
    "tanh",
    hint="Your outputs leave the range from -1 to 1: near zero they grow and grow. "
    "What stands above the line of the fraction, and what below?",
    name="fraction turned over",
)
def fraction_turned_over_and_clipped(z):
    z = np.clip(floats(z), -300, 300)
    with np.errstate(all="ignore"):
        return (np.exp(z) + np.exp(-z)) / (np.exp(z) - np.exp(-z))


def without_brackets(z):
    with np.errstate(all="ignore"):
        return np.exp(z) - np.exp(-z) / np.exp(z) + np.exp(-z)


NO_BRACKETS = (
    "Only the two powers in the middle are divided. What should stand above the line, and what below, as a whole?"
)


@misconception("tanh", hint=NO_BRACKETS, name="brackets missing")
def brackets_missing(z):
    return without_brackets(floats(z))


@misconception("tanh", hint=NO_BRACKETS, name="brackets missing")
def brackets_missing_after_clipping_at_300(z):
    return without_brackets(np.clip(floats(z), -300, 300))


@misconception("tanh", hint=NO_BRACKETS, name="brackets missing")
def brackets_missing_after_clipping_at_500(z):
    return without_brackets(np.clip(floats(z), -500, 500))


@misconception(
    "tanh",
    hint="Your function gives the same number for every z, that of the example. Where does it use z?",
    name="the example's number for every z",
)
def number_of_the_example(z):
    return 1.0 - 2.0 / (1.0 + math.exp(2.0))


@misconception(
    "tanh",
    hint=f"{ENDLESS}Which powers never grow, whatever z is?",
    name="overflow to nan",
)
def both_powers_overflow(z):
    z = floats(z)
    with np.errstate(all="ignore"):
        return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


@misconception(
    "tanh",
    hint=f"{ENDLESS}It happens on one side only. Which powers never grow, whatever z is?",
    name="overflow to nan on one side",
)
def one_power_overflows(z):
    z = floats(z)
    with np.errstate(all="ignore"):
        return (1 - np.exp(-2 * z)) / (1 + np.exp(-2 * z))


@misconception(
    "tanh",
    hint=f"{ENDLESS}It happens on one side only. Which powers never grow, whatever z is?",
    name="overflow to nan on one side",
)
def other_power_overflows(z):
    z = floats(z)
    with np.errstate(all="ignore"):
        return (np.exp(2 * z) - 1) / (np.exp(2 * z) + 1)


@misconception(
    "tanh",
    hint="Your numbers are right. But a power of e grows beyond all bounds on the way, and NumPy warns. "
    "Which powers never grow, whatever z is?",
    name="overflow warning",
    symptom=[right(), warned("RuntimeWarning")],
)
def power_too_large(z):
    return 2.0 / (1.0 + np.exp(-2.0 * floats(z))) - 1.0


@misconception(
    "tanh",
    hint="Your numbers are right. But a ready-made function does the work: "
    "write the powers of e yourself, or use your sigmoid.",
    symptom=[right(), used_ready_made("tanh")],
)
def ready_made_tanh(z):
    return np.tanh(z)


@misconception(
    "tanh",
    hint="Your outputs lie between 0 and 1. tanh runs from -1 to 1.",
    name="the sigmoid in place of tanh",
)
def sigmoid_for_tanh(z):
    return squeezed(z)


@misconception(
    "tanh",
    hint="Your outputs lie between 0 and 1, though they are steep enough. Look at guess (c): what comes after σ(2z)?",
    name="σ(2z), not stretched",
)
def steep_sigmoid(z):
    return squeezed(2.0 * floats(z))


@misconception(
    "tanh",
    hint="Your outputs lie between 0 and 2. Look at guess (c): the curve is moved down at the end.",
    name="2σ(2z), not moved down",
)
def not_moved_down(z):
    return 2.0 * squeezed(2.0 * floats(z))


@misconception(
    "tanh",
    hint="Your outputs are never below zero: they are those of z without its sign. Where does the sign come back?",
    name="sign lost",
)
def sign_lost(z):
    power = np.exp(-2.0 * np.abs(floats(z)))
    return (1.0 - power) / (1.0 + power)


@misconception(
    "tanh",
    hint="Your curve falls where it should climb. Which of the two powers is subtracted from which?",
    name="powers exchanged",
)
def powers_exchanged(z):
    return squeezed(-2.0 * floats(z)) * 2.0 - 1.0


CLOSE = "z is clipped so close to zero that ordinary sums are changed, too. tanh(3) is 0.995: it hasn't arrived yet."


@misconception("tanh", hint=CLOSE, name="clipped too close")
def clipped_at_one(z):
    return 1.0 - 2.0 / (1.0 + np.exp(2.0 * np.clip(floats(z), -1, 1)))


@misconception("tanh", hint=CLOSE, name="clipped too close")
def clipped_at_two(z):
    return 1.0 - 2.0 / (1.0 + np.exp(2.0 * np.clip(floats(z), -2, 2)))


@misconception("tanh", hint=CLOSE, name="clipped too close")
def clipped_at_three(z):
    return 1.0 - 2.0 / (1.0 + np.exp(2.0 * np.clip(floats(z), -3, 3)))


@misconception(
    "tanh",
    hint="Your outputs are z itself, cut off at -1 and 1. tanh bends on its way there.",
    name="z clipped at -1 and 1",
)
def cut_off(z):
    return np.clip(floats(z), -1.0, 1.0)


@misconception("tanh", hint=MATH, name="single numbers alone", symptom=[right(), stopped_at_arrays()])
def tanh_of_single_numbers(z):
    power = math.exp(-2.0 * abs(z))
    return math.copysign((1.0 - power) / (1.0 + power), z)


@also_correct("tanh")
def clipped_powers(z):
    z = np.clip(z, -300, 300)
    return (np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))


@also_correct("tanh")
def a_stretched_sigmoid(z):
    return 2 / (1 + np.exp(-np.clip(2.0 * z, -500, 500))) - 1


@also_correct("tanh")
def each_number_of_tanh(z):
    if isinstance(z, np.ndarray):
        return np.array([each_number_of_tanh(number) for number in z.ravel().tolist()]).reshape(z.shape)
    power = math.exp(-2 * abs(z))
    return math.copysign((1 - power) / (1 + power), z)


@also_correct("tanh")
def expm1_in_single_precision(z):
    less = np.expm1(-2.0 * np.abs(z))
    return np.float32(1) * (-np.sign(z) * less / (less + 2)).astype(np.float32)


# --- relu -----------------------------------------------------------------------------------------


@misconception(
    "relu",
    hint="Below zero, relu is 0. Yours climbs again there: your numbers have only lost their signs.",
    name="signs lost",
)
def magnitudes(z):
    return np.abs(floats(z))


@misconception(
    "relu",
    hint="Your outputs end at 1. relu has no upper end: above zero it is z itself.",
    name="clipped at 1",
)
def clipped_at_the_top(z):
    return np.clip(floats(z), 0.0, 1.0)


@misconception(
    "relu",
    hint="You keep what is below zero, and make 0 of the rest. relu does the opposite.",
    name="the smaller in place of the larger",
)
def minimum(z):
    return np.minimum(floats(z), 0.0)


@misconception(
    "relu",
    hint="Your outputs are 0 and 1 only: that is relu's slope. Above zero its output is z itself.",
    name="the slope in place of the output",
)
def slope_of_relu(z):
    return np.where(floats(z) > 0, 1.0, 0.0)[()]


LARGEST = (
    "`np.max` looks for the largest of all numbers, in one direction. Which function compares each with 0 by itself?"
)


@misconception("relu", hint=LARGEST, name="np.max in place of np.maximum")
def largest_in_a_direction(z):
    return np.max(z, 0)


@misconception("relu", hint=LARGEST, name="np.max in place of np.maximum")
def largest_of_all(z):
    return np.max(floats(z))


@misconception("relu", hint=LARGEST, name="np.max in place of np.maximum")
def largest_of_all_or_zero(z):
    return max(0.0, float(np.max(floats(z))))


@misconception("relu", hint=LARGEST, name="np.max in place of np.maximum")
def largest_of_each_row(z):
    return np.max(z, axis=1)


@misconception(
    "relu",
    hint="Below zero your outputs are still z. relu makes 0 of them.",
    name="nothing changed",
)
def linear_for_relu(z):
    return 1.0 * floats(z)


@misconception(
    "relu",
    hint="Below zero, relu is exactly 0. Yours leaks: leaky relu is the next exercise.",
    name="leaky relu in place of relu",
)
def leak(z):
    return np.where(floats(z) > 0, floats(z), 0.01 * floats(z))[()]


@misconception(
    "relu",
    hint="Your function throws away what is below zero, so numbers are missing. Every number keeps its place: "
    "what should stand there instead?",
    name="numbers below zero left out",
)
def numbers_left_out(z):
    return z[z > 0]


@misconception(
    "relu",
    hint="Each number is compared with 0. Yours is compared with 1.",
    name="compared with 1",
)
def larger_of_z_and_one(z):
    return np.maximum(floats(z), 1.0)


@misconception(
    "relu",
    hint="Yours is a mirror image: it climbs to the left. A minus before z is too many.",
    name="mirrored",
)
def mirrored(z):
    return np.maximum(-floats(z), 0.0)


@misconception("relu", hint=MATH, name="single numbers alone", symptom=[right(), stopped_at_arrays()])
def half_of_z_and_its_size(z):
    return 0.5 * (z + math.fabs(z))


@also_correct("relu")
def chosen_by_where(z):
    return np.where(np.asarray(z) > 0, z, 0.0)


@also_correct("relu")
def times_a_comparison(z):
    return z * (z > 0)


@also_correct("relu")
def half_the_sum_of_both(z):
    return (z + np.abs(z)) / 2


@also_correct("relu")
def each_number_or_zero(z):
    if isinstance(z, np.ndarray):
        return np.array([max(0.0, number) for number in z.ravel().tolist()]).reshape(z.shape)
    return max(0, z)


@also_correct("relu")
def a_copy_with_zeros(z):
    outputs = np.array(z, dtype=np.float32)
    outputs[outputs < 0] = 0
    return outputs


# --- leaky_relu -----------------------------------------------------------------------------------

BELOW = "Below zero, leaky relu is negative_slope times z."


@misconception(
    "leaky_relu",
    hint="The slope is on the wrong side: above zero, leaky relu is z itself.",
    name="slope on the positive side",
)
def wrong_side(z, negative_slope=0.01):
    return np.minimum(floats(z), negative_slope * floats(z))


@misconception(
    "leaky_relu",
    hint="Your function uses 0.01, whatever it is given. Which name has the slope?",
    name="slope ignored",
)
def always_a_hundredth(z, negative_slope=0.01):
    return np.maximum(floats(z), 0.01 * floats(z))


@misconception(
    "leaky_relu",
    hint="If nobody gives a slope, it should be 0.01. Leave the `def` line as it was.",
    name="another slope by default",
)
def keras_default(z, negative_slope=0.3):
    return np.maximum(floats(z), negative_slope * floats(z))


@misconception(
    "leaky_relu",
    hint="If nobody gives a slope, it should be 0.01. Leave the `def` line as it was.",
    name="another slope by default",
)
def a_tenth_by_default(z, negative_slope=0.1):
    return np.maximum(floats(z), negative_slope * floats(z))


@misconception(
    "leaky_relu",
    hint=f"{BELOW} Yours is 0 there, as relu is.",
    name="relu in place of leaky relu",
)
def no_leak(z, negative_slope=0.01):
    return np.maximum(floats(z), 0.0)


@misconception(
    "leaky_relu",
    hint="Your line has the same slope on both sides. Above zero, leaky relu is z itself.",
    name="slope on both sides",
)
def both_sides(z, negative_slope=0.01):
    return negative_slope * floats(z)


@misconception(
    "leaky_relu",
    hint=f"{BELOW} Yours is the slope itself, the same for every z.",
    name="the slope itself below zero",
)
def constant_below(z, negative_slope=0.01):
    return np.where(floats(z) > 0, floats(z), negative_slope)[()]


@misconception(
    "leaky_relu",
    hint=f"{BELOW} Yours is the slope itself, the same for every z.",
    name="the slope itself below zero",
)
def larger_of_z_and_slope(z, negative_slope=0.01):
    return np.maximum(floats(z), negative_slope)


@misconception(
    "leaky_relu",
    hint=f"{BELOW} Yours is above zero there. A minus is too many.",
    name="climbing again below zero",
)
def v_shape(z, negative_slope=0.01):
    return np.maximum(floats(z), -negative_slope * floats(z))


@misconception(
    "leaky_relu",
    hint=f"{BELOW} Yours adds the two.",
    name="slope added",
)
def slope_added(z, negative_slope=0.01):
    return np.where(floats(z) > 0, floats(z), floats(z) + negative_slope)[()]


@misconception(
    "leaky_relu",
    hint="Above zero you add something to z, but leaky relu is z itself there. The slope belongs below zero only.",
    name="slope times z added on both sides",
)
def relu_and_a_leak_everywhere(z, negative_slope=0.01):
    return np.maximum(floats(z), 0.0) + negative_slope * floats(z)


@misconception(
    "leaky_relu",
    hint=f"{BELOW} Yours takes 1 minus the slope.",
    name="1 minus the slope",
)
def rest_of_the_slope(z, negative_slope=0.01):
    return np.where(floats(z) > 0, floats(z), (1 - negative_slope) * floats(z))[()]


@misconception(
    "leaky_relu",
    hint="These are the slopes. Leaky relu's output is z times the slope on its side.",
    name="the slopes in place of the outputs",
)
def slopes_alone(z, negative_slope=0.01):
    return np.where(floats(z) > 0, 1.0, negative_slope)[()]


@misconception("leaky_relu", hint=MATH, name="single numbers alone", symptom=[right(), stopped_at_arrays()])
def leaky_relu_of_single_numbers(z, negative_slope=0.01):
    return 0.5 * ((1 + negative_slope) * z + (1 - negative_slope) * math.fabs(z))


@also_correct("leaky_relu")
def leak_chosen_by_where(z, negative_slope=0.01):
    return np.where(np.asarray(z) >= 0, z, negative_slope * z)


@also_correct("leaky_relu")
def two_relus(z, negative_slope=0.01):
    return np.maximum(z, 0) + negative_slope * np.minimum(z, 0)


@also_correct("leaky_relu")
def each_number_leaks(z, negative_slope=0.01):
    if isinstance(z, np.ndarray):
        return np.array([each_number_leaks(number, negative_slope) for number in z.ravel().tolist()]).reshape(z.shape)
    return z if z > 0 else negative_slope * z


@also_correct("leaky_relu")
def a_copy_with_a_leak(z, negative_slope=0.01):
    outputs = np.array(z, dtype=np.float32)
    outputs[outputs < 0] *= negative_slope
    return outputs


# --- softmax --------------------------------------------------------------------------------------


def table(z):
    """Float copies of the sums, or the ValueError that the contract asks for."""
    z = floats(z)
    if z.ndim not in (1, 2):
        raise ValueError("a row or a table is needed")
    return z


def shares(z, axis=-1):
    powers = np.exp(z - z.max(axis=axis, keepdims=True))
    return powers / powers.sum(axis=axis, keepdims=True)


@misconception(
    "softmax",
    hint="In your table the columns add up to 1. It should be the rows: in which direction do you sum?",
    name="wrong axis",
)
def shares_of_columns(z):
    return shares(table(z), axis=0)


@misconception(
    "softmax",
    hint="In your table all shares together add up to 1. It should be those of each row.",
    name="whole array",
)
def shares_of_the_whole(z):
    return shares(table(z), axis=None)


@misconception(
    "softmax",
    hint="In your table all shares together add up to 1. It should be those of each row.",
    name="whole array",
)
def shares_of_the_whole_unstable(z):
    with np.errstate(all="ignore"):
        powers = np.exp(table(z))
        return powers / powers.sum()


@misconception(
    "softmax",
    hint="In your table the columns add up to 1. It should be the rows: in which direction do you sum?",
    name="wrong axis",
)
def shares_of_columns_unstable(z):
    with np.errstate(all="ignore"):
        powers = np.exp(table(z))
        return powers / powers.sum(axis=0)


@misconception(
    "softmax",
    hint="In your table the columns add up to 1. It should be the rows: in which direction do you sum?",
    name="wrong axis",
)
def shares_of_columns_less_the_largest(z):
    z = table(z)
    with np.errstate(all="ignore"):
        powers = np.exp(z - z.max())
        return powers / powers.sum(axis=0)


@misconception(
    "softmax",
    hint="You divide by the sums of the columns: so do `axis=0` and Python's own `sum`. Each row needs its own sum.",
    name="divided by the sums of the columns",
)
def sums_of_columns(z):
    powers = powers_alone(z)
    return powers / powers.sum(axis=0)


@misconception(
    "softmax",
    hint="Your function takes a single row for a table: each of its numbers becomes a row, all for itself. "
    "What works for both?",
    name="a single row taken for a table",
)
def a_row_taken_for_a_table(z):
    z = table(z)
    return shares(z) if z.ndim == 2 else np.ones_like(z)


@misconception(
    "softmax",
    hint="You return the place of the largest sum. softmax gives it the largest share, and the others theirs.",
    name="the place of the largest",
)
def place_of_the_largest(z):
    return np.argmax(table(z), axis=-1)


@misconception(
    "softmax",
    hint="For large sums you divide one endless number by another, and the result is “not a number”. "
    "What can you subtract from all sums of a row before you take the powers?",
    name="overflow to nan",
)
def powers_overflow(z):
    with np.errstate(all="ignore"):
        powers = np.exp(table(z))
        return powers / powers.sum(axis=-1, keepdims=True)


@misconception(
    "softmax",
    hint="You subtract the largest sum of the whole table. In a row whose sums are all far smaller, every power is 0. "
    "Each row has a largest of its own.",
    name="the largest of the whole table subtracted",
)
def largest_of_the_table(z):
    z = table(z)
    with np.errstate(all="ignore"):
        powers = np.exp(z - z.max())
        return powers / powers.sum(axis=-1, keepdims=True)


@misconception(
    "softmax",
    hint="You subtract the largest sum of each column, so the differences within a row change. "
    "Each row has a largest of its own.",
    name="the largest of each column subtracted",
)
def largest_of_each_column(z):
    z = table(z)
    with np.errstate(all="ignore"):
        powers = np.exp(z - z.max(axis=0))
        return powers / powers.sum(axis=-1, keepdims=True)


@misconception(
    "softmax",
    hint="Your outputs don't know of each other: each is squeezed by itself, so they don't add up to 1.",
    name="the sigmoid in place of softmax",
)
def sigmoid_of_each(z):
    return squeezed(table(z))


@misconception(
    "softmax",
    hint="You divide the sums themselves. What makes all of them positive first, so that no share is negative?",
    name="no exponential",
)
def sums_divided(z):
    z = table(z)
    return z / z.sum(axis=-1, keepdims=True)


@misconception(
    "softmax",
    hint="The largest output of each row is 1. The powers are there; the second step, their sum, is missing.",
    name="not divided by the sum",
)
def powers_alone(z):
    z = table(z)
    return np.exp(z - z.max(axis=-1, keepdims=True))


@misconception(
    "softmax",
    hint="You give everything to the largest. softmax gives it the largest share, and the others theirs.",
    name="all for the largest",
)
def winner_takes_all(z):
    z = table(z)
    return np.where(z == z.max(axis=-1, keepdims=True), 1.0, 0.0)


@misconception(
    "softmax",
    hint="You divide by the mean of the powers, so a row adds up to the number of its sums. A share needs their sum.",
    name="divided by the mean",
)
def mean_of_the_powers(z):
    z = table(z)
    return shares(z) * z.shape[-1]


@misconception(
    "softmax",
    hint="These are the logarithms of the shares. One step too many has been taken.",
    name="logarithms of the shares",
)
def logarithms(z):
    z = table(z)
    less = z - z.max(axis=-1, keepdims=True)
    return less - np.log(np.exp(less).sum(axis=-1, keepdims=True))


@misconception(
    "softmax",
    hint="In your rows the smallest sum gets the most. Look at the sign in the exponent.",
    name="the smallest gets the most",
)
def powers_of_minus_z(z):
    return shares(-table(z))


CLIPPED = (
    "Near 1000 your sums are clipped to the same number, so their differences are lost. Subtract in place of clipping."
)


@misconception("softmax", hint=CLIPPED, name="clipped in place of subtracted")
def clipped_sums_500(z):
    return shares(np.clip(table(z), -500, 500))


@misconception("softmax", hint=CLIPPED, name="clipped in place of subtracted")
def clipped_sums_700(z):
    return shares(np.clip(table(z), -700, 700))


@misconception("softmax", hint=CLIPPED, name="clipped in place of subtracted")
def clipped_sums_100(z):
    return shares(np.clip(table(z), -100, 100))


@misconception(
    "softmax",
    hint="You divide each sum by the largest. That changes the shares; subtracting it doesn't.",
    name="divided by the largest before the powers",
)
def divided_by_the_largest(z):
    z = table(z)
    return shares(z / z.max(axis=-1, keepdims=True))


@also_correct("softmax")
def row_after_row(z):
    if np.ndim(z) not in (1, 2):
        raise ValueError("one or two dimensions")
    if np.ndim(z) == 2:
        return np.array([row_after_row(row) for row in z])
    largest = max(z.tolist())
    powers = [math.exp(number - largest) for number in z.tolist()]
    return np.array([power / math.fsum(powers) for power in powers])


@also_correct("softmax")
def logarithms_added_up(z):
    z = table(z)
    return np.exp(z - np.logaddexp.reduce(z, axis=-1, keepdims=True))


@also_correct("softmax")
def transposed_and_back(z):
    columns = table(z).T
    powers = np.exp(columns - columns.max(axis=0))
    return (powers / powers.sum(axis=0)).T


@also_correct("softmax")
def in_single_precision(z):
    return shares(table(z)).astype(np.float32)
