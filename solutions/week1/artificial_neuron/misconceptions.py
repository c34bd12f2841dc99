"""Wrong answers that beginners give in artificial_neuron, and right answers that look unlike ours."""

import math
import warnings

import numpy as np

from autograder.checks.symptoms import right, stopped_at_arrays, warned
from autograder.lessons import also_correct, misconception, stand_in


def fitting(x, w):
    """Float copies of the inputs and weights, or the ValueError that the contract asks for."""
    x, w = np.array(x, dtype=float), np.array(w, dtype=float)
    if x.ndim != 1 or w.ndim != 1 or len(x) != len(w):
        raise ValueError("x and w are rows of the same length")
    return x, w


def squeezed(z):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))


# --- weighted_sum ---------------------------------------------------------------------------------


@misconception(
    "weighted_sum",
    hint="You have the products, and you have added them up. The neuron has one more number of its own: where is it?",
)
def bias_forgotten(x, w, b):
    x, w = fitting(x, w)
    return float(x @ w)


@misconception(
    "weighted_sum",
    hint="A neuron has one bias, however many inputs it has. How often does yours enter the sum?",
)
def bias_added_for_every_input(x, w, b):
    x, w = fitting(x, w)
    return float(np.sum(x * w + b))


@misconception(
    "weighted_sum",
    hint="There is still one number for each input. What comes after the multiplying?",
)
def products_not_summed(x, w, b):
    x, w = fitting(x, w)
    return x * w + b


@misconception(
    "weighted_sum",
    hint="A bias shifts the sum by a fixed amount, whatever the inputs are. Look again at how it enters.",
)
def bias_multiplied_in(x, w, b):
    x, w = fitting(x, w)
    return float(x @ w) * b


@misconception(
    "weighted_sum",
    hint="The bias is added. A negative bias brings its own minus.",
)
def bias_subtracted(x, w, b):
    x, w = fitting(x, w)
    return float(x @ w) - b


@misconception(
    "weighted_sum",
    hint="Your result is a mean. The neuron adds its products up, and does not share the sum out among them.",
)
def mean_in_place_of_the_sum(x, w, b):
    x, w = fitting(x, w)
    return float(np.mean(x * w)) + b


@misconception(
    "weighted_sum",
    hint="Each input meets its own weight first; adding comes after that. In which order do you work?",
)
def added_first_and_multiplied_then(x, w, b):
    x, w = fitting(x, w)
    return float(np.sum(x) * np.sum(w)) + b


@misconception(
    "weighted_sum",
    hint="An input and its weight are multiplied, not added. A weight of 0 should silence its input.",
)
def weights_added_to_the_inputs(x, w, b):
    x, w = fitting(x, w)
    return float(np.sum(x + w)) + b


@misconception(
    "weighted_sum",
    hint="Only the first input counts. If you use a loop: does `return` stand inside it, and end it too early?",
)
def first_input_alone(x, w, b):
    x, w = fitting(x, w)
    return float(x[0] * w[0]) + b


@misconception(
    "weighted_sum",
    hint="Only the last input counts. If you use a loop: does each round throw away what the one before it found?",
)
def last_input_alone(x, w, b):
    x, w = fitting(x, w)
    return float(x[-1] * w[-1]) + b


@also_correct("weighted_sum")
def loop_with_a_running_total(x, w, b):
    if np.ndim(x) != 1 or np.ndim(w) != 1:
        raise ValueError("x and w are rows")
    if len(x) != len(w):
        raise ValueError("x and w differ in length")
    total = b
    for place in range(len(x)):
        total += x[place] * w[place]
    return total


@also_correct("weighted_sum")
def bias_as_the_weight_of_a_one(x, w, b):
    x, w = fitting(x, w)
    return np.einsum("d,d->", np.append(x, 1.0), np.append(w, b))


@also_correct("weighted_sum")
def exact_sum_of_a_list(x, w, b):
    x, w = fitting(x, w)
    return math.fsum([*(one * other for one, other in zip(x.tolist(), w.tolist(), strict=True)), b])


@also_correct("weighted_sum")
def zero_dimensional_array(x, w, b):
    x, w = fitting(x, w)
    return np.array(np.sum(x * w) + b)


@stand_in("weighted_sum")
def another_sum(x, w, b):
    import numpy as np

    x, w = np.array(x, dtype=float), np.array(w, dtype=float)
    if x.ndim != 1 or w.ndim != 1 or len(x) != len(w):
        raise ValueError("these do not fit together")
    places = np.arange(1, len(x) + 1)
    return float(np.sum(np.cos(x * places)) - 0.5 * np.sum(w * places) + 0.25 * b)


# --- sigmoid --------------------------------------------------------------------------------------


BRACKETS = "The sigmoid stays below 1, yours does not. What is divided first when the brackets are missing?"


@misconception(
    "sigmoid",
    hint="Your curve falls where it should rise: a large z should give nearly 1. Look at the sign in the exponent.",
)
def exponent_without_its_minus(z):
    return squeezed(-np.asarray(z, dtype=float))


@misconception(
    "sigmoid",
    hint="Far above zero you divide one endless number by another, and the result is “not a number”. "
    "How far from zero must z really be looked at?",
    name="e^z/(1+e^z), which overflows to nan",
)
def e_to_the_z_over_one_more(z):
    with np.errstate(all="ignore"):
        grown = np.exp(np.asarray(z, dtype=float))
        return grown / (1.0 + grown)


@misconception(
    "sigmoid",
    hint="This curve runs from -1 to 1. The sigmoid is its relative that stays between 0 and 1.",
    name="tanh in place of the sigmoid",
)
def hyperbolic_tangent(z):
    return np.tanh(z)


@misconception(
    "sigmoid",
    hint="Your numbers are right. But e^(-z) grows beyond all bounds when z is far below zero. "
    "What could you do with such a z first?",
    symptom=[right(), warned("RuntimeWarning")],
)
def overflow_warning(z):
    return 1.0 / (1.0 + np.exp(-np.asarray(z, dtype=float)))


@misconception("sigmoid", hint=BRACKETS, name="brackets missing")
def brackets_missing_and_overflow(z):
    with np.errstate(over="ignore"):
        return 1.0 / 1.0 + np.exp(-np.asarray(z, dtype=float))


@misconception("sigmoid", hint=BRACKETS, name="brackets missing")
def brackets_missing_after_clipping(z):
    return 1.0 / 1.0 + np.exp(-np.clip(np.asarray(z, dtype=float), -500, 500))


@misconception(
    "sigmoid",
    hint="Your function jumps from 0 to 1. The sigmoid climbs: small changes of z show.",
)
def threshold_in_place_of_the_sigmoid(z):
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)[()]


@misconception(
    "sigmoid",
    hint="The functions of `math` take one number. Those of NumPy take whole arrays, too.",
    symptom=[right(), stopped_at_arrays()],
)
def single_numbers_alone(z):
    return 1.0 / (1.0 + math.exp(-z))


@also_correct("sigmoid")
def half_a_tanh(z):
    return (np.tanh(np.asarray(z) / 2) + 1) / 2


@also_correct("sigmoid")
def each_number_by_itself(z):
    if isinstance(z, np.ndarray):
        return np.array([each_number_by_itself(number) for number in z.tolist()]).reshape(z.shape)
    if isinstance(z, list):
        return [each_number_by_itself(number) for number in z]
    return 1 / (1 + math.exp(-z)) if z > -700 else 0.0


@also_correct("sigmoid")
def a_form_for_each_side(z):
    small = np.exp(-np.abs(z))
    return np.where(np.asarray(z) >= 0, 1 / (1 + small), small / (1 + small))


@also_correct("sigmoid")
def warnings_off_meanwhile(z):
    with np.errstate(over="ignore"):
        return 1 / (1 + np.exp(-1.0 * z))


@also_correct("sigmoid")
def warnings_caught(z):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return 1 / (1 + np.exp(-1.0 * z))


@also_correct("sigmoid")
def warnings_ignored(z):
    warnings.filterwarnings("ignore")
    return 1 / (1 + np.exp(-1.0 * z))


@also_correct("sigmoid")
def settings_put_back(z):
    before = np.seterr(all="ignore")
    try:
        return 1 / (1 + np.exp(-1.0 * z))
    finally:
        np.seterr(**before)


@also_correct("sigmoid")
def errstate_as_a_decorator(z):
    @np.errstate(all="ignore")
    def squeeze(number):
        return 1 / (1 + np.exp(-1.0 * number))

    return squeeze(z)


@also_correct("sigmoid")
def logarithms_added(z):
    return np.exp(-np.logaddexp(0.0, -np.asarray(z, dtype=float)))


@stand_in("sigmoid")
def another_curve(z):
    import numpy as np

    z = np.asarray(z, dtype=float)
    return (0.3 + z / (2.0 + np.abs(z)))[()]


# --- neuron_output --------------------------------------------------------------------------------

SUM_FIRST = "One neuron has one sum and one activation. Finish the sum, with its bias, then squeeze it once."


@misconception(
    "neuron_output",
    hint="This is the weighted sum. What does a neuron do with its sum before it sends it on?",
)
def no_activation(x, w, b):
    x, w = fitting(x, w)
    return float(x @ w + b)


@misconception("neuron_output", hint=SUM_FIRST, name="sigmoid before summing")
def products_squeezed(x, w, b):
    x, w = fitting(x, w)
    return float(np.sum(squeezed(x * w)) + b)


@misconception("neuron_output", hint=SUM_FIRST, name="sigmoid before summing")
def products_with_bias_squeezed(x, w, b):
    x, w = fitting(x, w)
    return float(np.sum(squeezed(x * w + b)))


@misconception("neuron_output", hint=SUM_FIRST, name="sigmoid before summing")
def products_squeezed_and_their_sum_too(x, w, b):
    x, w = fitting(x, w)
    return float(squeezed(np.sum(squeezed(x * w)) + b))


@misconception(
    "neuron_output",
    hint="The bias belongs to the weighted sum. An output of the sigmoid lies between 0 and 1: nothing is added to it.",
)
def bias_after_the_sigmoid(x, w, b):
    x, w = fitting(x, w)
    return float(squeezed(x @ w) + b)


@misconception(
    "neuron_output",
    hint="Your sum has all its products. The neuron has one more number of its own: where is it?",
    name="bias forgotten",
)
def neuron_without_a_bias(x, w, b):
    x, w = fitting(x, w)
    return float(squeezed(x @ w))


@misconception(
    "neuron_output",
    hint="A neuron has one bias, however many inputs it has. How often does yours enter the sum?",
    name="bias added for every input",
)
def neuron_with_many_biases(x, w, b):
    x, w = fitting(x, w)
    return float(squeezed(np.sum(x * w + b)))


@misconception(
    "neuron_output",
    hint="This neuron's activation runs from -1 to 1. Which one is asked for?",
    name="tanh in place of the sigmoid",
)
def neuron_with_tanh(x, w, b):
    x, w = fitting(x, w)
    return float(np.tanh(x @ w + b))


@misconception(
    "neuron_output",
    hint="The larger the sum, the larger the output should be; yours shrinks. "
    "It is 1 minus the right one: is a sign wrong somewhere?",
    name="output turned upside down",
)
def neuron_that_falls(x, w, b):
    x, w = fitting(x, w)
    return float(squeezed(-(x @ w + b)))


@misconception(
    "neuron_output",
    hint="Your neuron says 0 or 1 and nothing in between. The sigmoid climbs, and does not jump.",
    name="threshold in place of the sigmoid",
)
def neuron_that_jumps(x, w, b):
    x, w = fitting(x, w)
    return 1.0 if x @ w + b >= 0 else 0.0


@also_correct("neuron_output")
def all_written_out(x, w, b):
    x, w = fitting(x, w)
    return 1 / (1 + np.exp(-(np.dot(x, w) + b)))


@also_correct("neuron_output")
def one_product_after_the_other(x, w, b):
    if np.ndim(x) != 1 or np.ndim(w) != 1 or len(x) != len(w):
        raise ValueError("x and w do not fit together")
    shrinking = math.exp(-b)
    for value, strength in zip(x.tolist(), w.tolist(), strict=True):
        shrinking *= math.exp(-value * strength)
    return 1 / (1 + shrinking)


@also_correct("neuron_output")
def tanh_in_a_zero_dimensional_array(x, w, b):
    x, w = fitting(x, w)
    return np.array((np.tanh((np.sum(x * w) + b) / 2) + 1) / 2)
