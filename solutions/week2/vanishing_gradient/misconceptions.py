"""Wrong answers that beginners give in vanishing_gradient, and right answers that look unlike ours."""

import math

import numpy as np

from autograder.checks.symptoms import right, stopped_at_arrays, warned
from autograder.lessons import also_correct, misconception, stand_in

NAMES = ("linear", "sigmoid", "tanh", "relu", "leaky_relu")


def squeezed(z):
    return 0.5 * (1.0 + np.tanh(0.5 * np.asarray(z, dtype=float)))


OUTPUTS = {
    "linear": lambda z: z,
    "sigmoid": squeezed,
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, z, 0.01 * z),
}
SLOPES = {
    "linear": np.ones_like,
    "sigmoid": lambda z: squeezed(z) * squeezed(-z),
    "tanh": lambda z: 1.0 - np.tanh(z) ** 2,
    "relu": lambda z: np.where(z > 0, 1.0, 0.0),
    "leaky_relu": lambda z: np.where(z > 0, 1.0, 0.01),
}


def known(name):
    """The name, or the ValueError that the contract asks for."""
    if name not in NAMES:
        raise ValueError("unknown activation")
    return name


def slope(name, z, **others):
    """The slope; that of the activations named in `others` is worked out by these."""
    return ({**SLOPES, **others}[known(name)])(np.asarray(z, dtype=float))[()]


# --- activation_derivative ------------------------------------------------------------------------

OWN_OUTPUT = "In a(1 − a) the a is what the neuron sends out: the sigmoid of z."
NOT_THE_HEIGHT = "A slope says how fast the curve climbs, not how high it is. Look at the table of slopes."
BELOW_ZERO = "Leaky relu multiplies what lies below zero by 0.01. How fast does it climb there?"


@misconception("activation_derivative", hint=f"{OWN_OUTPUT} You multiply z by 1 − z.", name="z(1 − z)")
def sum_in_place_of_the_output(name, z):
    return slope(name, z, sigmoid=lambda z: z * (1 - z))


@misconception(
    "activation_derivative",
    hint=f"{OWN_OUTPUT} One of your two factors takes z itself.",
    name="z for one of the a's",
)
def output_times_one_minus_sum(name, z):
    return slope(name, z, sigmoid=lambda z: squeezed(z) * (1 - z))


@misconception(
    "activation_derivative",
    hint=f"{OWN_OUTPUT} Yours is squeezed twice: how often is the sigmoid taken before its slope is?",
)
def sigmoid_applied_twice(name, z):
    return slope(name, z, sigmoid=lambda z: squeezed(squeezed(z)) * (1 - squeezed(squeezed(z))))


@misconception(
    "activation_derivative",
    hint=f"For sigmoid, this is its output. {NOT_THE_HEIGHT}",
    name="the sigmoid's output as its slope",
)
def sigmoid_itself(name, z):
    return slope(name, z, sigmoid=squeezed)


SIGMOIDS_BRACKETS = "A division comes before a sum: 1 / 1 + e^(−z) is 1 + e^(−z). What needs brackets in your sigmoid?"


@misconception("activation_derivative", hint=SIGMOIDS_BRACKETS, name="brackets missing in the sigmoid")
def sigmoid_without_its_brackets(name, z):
    with np.errstate(all="ignore"):
        return slope(name, z, sigmoid=lambda z: (1 + np.exp(-z)) * (1 - (1 + np.exp(-z))))


@misconception("activation_derivative", hint=SIGMOIDS_BRACKETS, name="brackets missing in the sigmoid")
def sigmoid_without_its_brackets_after_clipping(name, z):
    return sigmoid_without_its_brackets(name, np.clip(z, -500, 500) if name == "sigmoid" else z)


@misconception(
    "activation_derivative",
    hint="The sigmoid climbs everywhere, so its slope is never negative. Yours is the negative of the right one.",
    name="the sigmoid's slope with a minus",
)
def sigmoid_negated(name, z):
    return slope(name, z, sigmoid=lambda z: squeezed(z) * (squeezed(z) - 1))


@misconception(
    "activation_derivative",
    hint="For sigmoid, you get 0 everywhere. A product comes before a difference: a · 1 − a is a − a. "
    "What needs brackets?",
    name="brackets missing in a(1 − a)",
)
def sigmoid_without_brackets(name, z):
    return slope(name, z, sigmoid=np.zeros_like)


@misconception(
    "activation_derivative",
    hint="For tanh, something is missing between the 1 and the minus. In the table a has a power: which one?",
    name="1 − tanh",
)
def tanh_not_squared(name, z):
    return slope(name, z, tanh=lambda z: 1 - np.tanh(z))


@misconception(
    "activation_derivative",
    hint="In tanh's slope, 1 − a², the a is what the neuron sends out: the tanh of z. You square z.",
    name="1 − z²",
)
def sum_squared(name, z):
    return slope(name, z, tanh=lambda z: 1 - z**2)


@misconception(
    "activation_derivative",
    hint="In tanh's slope, 1 − a², the a is the output of tanh. Yours is the sigmoid's.",
    name="1 − a² with the sigmoid's output",
)
def tanh_with_the_sigmoids_output(name, z):
    return slope(name, z, tanh=lambda z: 1 - squeezed(z) ** 2)


@misconception(
    "activation_derivative",
    hint="For tanh, you use the sigmoid's rule a(1 − a). Look at the table: tanh has one of its own.",
    name="the sigmoid's rule for tanh",
)
def tanh_by_the_sigmoids_rule(name, z):
    return slope(name, z, tanh=lambda z: np.tanh(z) * (1 - np.tanh(z)))


@misconception(
    "activation_derivative",
    hint=f"For tanh, this is its output. {NOT_THE_HEIGHT}",
    name="tanh itself as its slope",
)
def tanh_itself(name, z):
    return slope(name, z, tanh=np.tanh)


@misconception(
    "activation_derivative",
    hint=f"For relu, this is its output. {NOT_THE_HEIGHT}",
    name="relu itself as its slope",
)
def relu_itself(name, z):
    return slope(name, z, relu=OUTPUTS["relu"])


@misconception(
    "activation_derivative",
    hint=f"For leaky relu, this is its output. {NOT_THE_HEIGHT}",
    name="leaky relu itself as its slope",
)
def leaky_relu_itself(name, z):
    return slope(name, z, leaky_relu=OUTPUTS["leaky_relu"])


@misconception(
    "activation_derivative",
    hint=f"For relu and leaky relu, these are their outputs. {NOT_THE_HEIGHT}",
    name="both relus themselves as their slopes",
)
def both_relus_themselves(name, z):
    return slope(name, z, relu=OUTPUTS["relu"], leaky_relu=OUTPUTS["leaky_relu"])


@misconception(
    "activation_derivative",
    hint="All of these are the activations' outputs. A slope says how fast a curve climbs, not how high it is.",
    name="the activations themselves",
)
def outputs_in_place_of_slopes(name, z):
    return OUTPUTS[known(name)](np.asarray(z, dtype=float))


@misconception(
    "activation_derivative",
    hint=f"{BELOW_ZERO} Yours is level there, as relu is. If you use `or`: what stands on each side of it?",
    name="leaky relu taken for relu",
)
def leaky_relu_level_below_zero(name, z):
    return slope(name, z, leaky_relu=SLOPES["relu"])


@misconception(
    "activation_derivative",
    hint="Every name gives you relu's slope. Which `if` is always true? If there is an `or` in it, look at both sides.",
    name="relu's slope for every name",
)
def relus_slope_for_every_name(name, z):
    known(name)
    return slope("relu", z)


@misconception("activation_derivative", hint=BELOW_ZERO, name="another slope for leaky relu")
def leaky_relu_a_tenth(name, z):
    return slope(name, z, leaky_relu=lambda z: np.where(z > 0, 1.0, 0.1))


@misconception("activation_derivative", hint=BELOW_ZERO, name="another slope for leaky relu")
def leaky_relu_of_keras(name, z):
    return slope(name, z, leaky_relu=lambda z: np.where(z > 0, 1.0, 0.3))


@misconception(
    "activation_derivative",
    hint=f"{BELOW_ZERO} For your function that depends on z: its output does, but its slope doesn't.",
    name="0.01 z as leaky relu's slope",
)
def leaky_relu_with_the_output_below_zero(name, z):
    return slope(name, z, leaky_relu=lambda z: np.where(z > 0, 1.0, 0.01 * z))


@misconception("activation_derivative", hint=f"{BELOW_ZERO} It doesn't fall.", name="leaky relu falling below zero")
def leaky_relu_falling(name, z):
    return slope(name, z, leaky_relu=lambda z: np.where(z > 0, 1.0, -0.01))


@misconception(
    "activation_derivative",
    hint="relu climbs above zero and is level below. Yours does the opposite: look at your comparison.",
    name="relu's sides exchanged",
)
def relus_sides_exchanged(name, z):
    return slope(name, z, relu=lambda z: np.where(z < 0, 1.0, 0.0))


@misconception(
    "activation_derivative",
    hint="A comparison gives True and False, but relu's slope is a number, 1.0 or 0.0. "
    "What can choose between the two?",
    name="True and False for relu",
)
def booleans_for_relu(name, z):
    return np.asarray(z) > 0 if known(name) == "relu" else slope(name, z)


@misconception(
    "activation_derivative",
    hint=f"For linear, this is its output. {NOT_THE_HEIGHT}",
    name="linear itself as its slope",
)
def linear_itself(name, z):
    return slope(name, z, linear=OUTPUTS["linear"])


@misconception(
    "activation_derivative",
    hint="A level line has the slope 0. Linear climbs: when z grows by 1, by how much does its output grow?",
    name="slope 0 for linear",
)
def linear_taken_for_level(name, z):
    return slope(name, z, linear=np.zeros_like)


@misconception(
    "activation_derivative",
    hint="Linear has the same slope everywhere, but each number of z needs its own 1. What has the shape of z?",
    name="a single 1 for linear",
)
def one_number_for_linear(name, z):
    return 1.0 if known(name) == "linear" else slope(name, z)


ENDLESS = "Far from zero you divide one endless number by another, and get “not a number”. "


@misconception(
    "activation_derivative",
    hint=f"{ENDLESS}Can you get the sigmoid first, without overflow, and its slope from that?",
    name="e^(−z)/(1+e^(−z))², which overflows to nan",
)
def power_over_a_square(name, z):
    with np.errstate(all="ignore"):
        return slope(name, z, sigmoid=lambda z: np.exp(-z) / (1 + np.exp(-z)) ** 2)


@misconception(
    "activation_derivative",
    hint=f"{ENDLESS}NumPy has a tanh that is finite everywhere.",
    name="tanh from powers of e, which overflows to nan",
)
def tanh_from_powers(name, z):
    def slope_from_powers(z):
        with np.errstate(all="ignore"):
            return 1 - ((np.exp(z) - np.exp(-z)) / (np.exp(z) + np.exp(-z))) ** 2

    return slope(name, z, tanh=slope_from_powers)


@misconception(
    "activation_derivative",
    hint="The slopes of this call are right. But on the way, a power of e grows beyond all bounds, as z is far from "
    "zero. What could you do with such a z first?",
    symptom=[right(), warned("RuntimeWarning")],
)
def overflow_warning(name, z):
    def slope_with_a_warning(z):
        output = 1.0 / (1.0 + np.exp(-z))
        return output * (1.0 - output)

    return slope(name, z, sigmoid=slope_with_a_warning)


@misconception(
    "activation_derivative",
    hint="The functions of `math` take one number. Those of NumPy take whole arrays, too.",
    symptom=[right(), stopped_at_arrays()],
)
def single_numbers_alone(name, z):
    def slope_of_one(z):
        output = math.tanh(z)
        return np.asarray(1.0 - output**2)

    return slope(name, z, tanh=slope_of_one)


@also_correct("activation_derivative")
def each_number_by_itself(name, z):
    if isinstance(z, np.ndarray):
        return np.array([each_number_by_itself(name, number) for number in z.ravel().tolist()]).reshape(z.shape)
    if name == "linear":
        return 1.0
    if name == "sigmoid":
        output = 1 / (1 + math.exp(-z)) if z > -700 else 0.0
        return output * (1 - output)
    if name == "tanh":
        return 1 - math.tanh(z) ** 2
    if name in ("relu", "leaky_relu"):
        return 1.0 if z >= 0 else {"relu": 0.0, "leaky_relu": 0.01}[name]
    raise ValueError("unknown activation")


@also_correct("activation_derivative")
def clipped_first_in_single_precision(name, z):
    z = np.asarray(z, dtype=np.float32)
    a = 1 / (1 + np.exp(-np.clip(z, -80, 80)))
    if name == "sigmoid":
        return a - a**2
    if name == "tanh":
        return (1 + np.tanh(z)) * (1 - np.tanh(z))
    if name == "linear":
        return np.full_like(z, 1)
    if known(name) == "relu":
        return (z > 0).astype(np.float32)
    return np.maximum(np.float32(0.01), np.heaviside(z, np.float32(0)))


@also_correct("activation_derivative")
def by_hyperbolic_cosines(name, z):
    z = np.asarray(z, dtype=float)
    near = np.clip(z, -300, 300)
    return {
        "linear": lambda: 1.0 + 0.0 * z,
        "sigmoid": lambda: 0.25 / np.cosh(near / 2) ** 2,
        "tanh": lambda: 1 / np.cosh(near) ** 2,
        "relu": lambda: np.heaviside(z, 1.0),
        "leaky_relu": lambda: 0.99 * np.heaviside(z, 0.0) + 0.01,
    }[known(name)]()


@also_correct("activation_derivative")
def warnings_off_meanwhile(name, z):
    with np.errstate(all="ignore"):
        output = 1 / (1 + np.exp(-1.0 * z))
        return output * (1 - output) if name == "sigmoid" else slope(name, z)


@also_correct("activation_derivative")
def whole_slopes_of_single_numbers(name, z):
    if np.ndim(z) == 0 and name in ("linear", "relu"):
        return 1 if name == "linear" else int(z > 0)
    return slope(name, z)


@stand_in("activation_derivative")
def another_slope(name, z):
    import numpy as np

    names = ["linear", "sigmoid", "tanh", "relu", "leaky_relu"]
    if name not in names:
        raise ValueError("unknown activation")
    return (1.5 + 0.1 * np.cos(np.asarray(z, dtype=float) + 1.2 * names.index(name)))[()]


# --- gradient_by_layer ----------------------------------------------------------------------------


def checked_chain(depth, w, z, activation):
    """The slope at z and the way from the last layer, L − l, of each layer, or the ValueError asked for."""
    if depth < 1:
        raise ValueError("a chain has at least one layer")
    return float(slope(activation, z)), float(w), np.arange(depth)[::-1]


EACH_STEP = "Each step back through the chain multiplies by two things, the weight and the slope."


@misconception(
    "gradient_by_layer",
    hint="Your factor is the activation's output at z. Which function gives its slope?",
    name="the activation in place of its slope",
)
def output_for_slope(depth, w, z, activation):
    _, w, back = checked_chain(depth, w, z, activation)
    output = float(OUTPUTS[activation](np.asarray(z, dtype=float)))
    return np.abs(output * (w * output) ** back)


@misconception(
    "gradient_by_layer",
    hint="Your factor is the sigmoid's output, whatever the activation. Which function gives the slope of each?",
    name="the sigmoid in place of the slope",
)
def sigmoid_for_slope(depth, w, z, activation):
    _, w, back = checked_chain(depth, w, z, activation)
    return np.abs(squeezed(z) * (w * squeezed(z)) ** back)


@misconception(
    "gradient_by_layer",
    hint="Your factor is z itself. Which function gives the activation's slope at z?",
    name="z in place of the slope",
)
def sum_for_slope(depth, w, z, activation):
    _, w, back = checked_chain(depth, w, z, activation)
    return np.abs(z * (w * float(z)) ** back)


@misconception("gradient_by_layer", hint=f"{EACH_STEP} Where is the weight?", name="weight missing")
def weight_missing(depth, w, z, activation):
    steep, _, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * steep**back)


@misconception("gradient_by_layer", hint=f"{EACH_STEP} Where is the slope?", name="slope taken only once")
def slope_taken_once(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * w**back)


@misconception(
    "gradient_by_layer",
    hint=f"{EACH_STEP} Both are taken as often as there are steps. How often do you take the weight?",
    name="weight taken only once",
)
def weight_taken_once(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * np.where(back > 0, w, 1.0) * steep**back)


@misconception(
    "gradient_by_layer",
    hint="A power comes before a product: in `w * slope ** 3` only the slope is cubed. What needs brackets?",
    name="brackets missing in the power",
)
def brackets_missing(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep**back))


@misconception(
    "gradient_by_layer",
    hint="A power comes before a difference: `x ** depth - layer` takes the layer away from the power. "
    "What needs brackets?",
    name="brackets missing in the exponent",
)
def brackets_missing_in_the_exponent(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** depth - (depth - back))


@misconception(
    "gradient_by_layer",
    hint="The numbers are right, their order is not. Which layer is nearest to the output, and where does it stand?",
    name="order reversed",
)
def order_reversed(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** back[::-1])


@misconception(
    "gradient_by_layer",
    hint="Between the last layer's sum and its output there is no weight. How many weights lie between layer l and L?",
    name="one weight too many",
)
def one_weight_too_many(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs((w * steep) ** (back + 1))


@misconception(
    "gradient_by_layer",
    hint="The last layer has a slope, too: from its sum to its output. Your last entry is 1.",
    name="one slope too few",
)
def one_slope_too_few(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs((w * steep) ** back)


@misconception(
    "gradient_by_layer",
    hint="Some of your numbers are negative. The size of a gradient is asked for, without its sign.",
    name="sign kept",
)
def sign_kept(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return steep * (w * steep) ** back


@misconception(
    "gradient_by_layer",
    hint="There are more entries than layers. How many rounds does your loop have, and where does it begin?",
    name="one entry too many",
)
def one_entry_too_many(depth, w, z, activation):
    steep, w, _ = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** np.arange(depth + 1)[::-1])


ONE_SHORT = "One layer is missing. `range(1, depth)` ends before depth: how many rounds does your loop have?"


@misconception("gradient_by_layer", hint=ONE_SHORT, name="one entry too few")
def last_layer_missing(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** back)[:-1]


@misconception("gradient_by_layer", hint=ONE_SHORT, name="one entry too few")
def first_layer_missing(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** back)[1:]


@misconception(
    "gradient_by_layer",
    hint="Your powers are one off: the last layer has 0 steps to go. Does your loop count the layers from 0 or from 1?",
    name="one step too many",
)
def one_step_too_many(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** (back + 1))


@misconception(
    "gradient_by_layer",
    hint="Every step back brings the same factor again, so it is a power: `**`. You multiply by the number of steps.",
    name="times the steps in place of a power",
)
def times_the_steps(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) * back)


@misconception(
    "gradient_by_layer",
    hint="You always take the sigmoid's slope. Which activation is asked for?",
    name="always the sigmoid's slope",
)
def always_the_sigmoids(depth, w, z, activation):
    _, w, back = checked_chain(depth, w, z, activation)
    steep = float(slope("sigmoid", z))
    return np.abs(steep * (w * steep) ** back)


STOPS_EARLY = "If you use a loop: does `return` stand inside it, and end it too early?"


@misconception("gradient_by_layer", hint=f"Only the first layer is there. {STOPS_EARLY}", name="only the first layer")
def first_layer_alone(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** back)[:1]


@misconception("gradient_by_layer", hint=f"Only the first layer is there. {STOPS_EARLY}", name="only the first layer")
def zeros_after_the_first(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** back) * (back == depth - 1)


@misconception(
    "gradient_by_layer",
    hint="Only the last layer is there. If you use a loop: does each round begin the list again, or does `return` "
    "stand inside the loop?",
    name="only the last layer",
)
def last_layer_alone(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** back)[-1:]


@misconception(
    "gradient_by_layer",
    hint="Your answer has three entries, whatever `depth` is. A loop can go through as many as are asked for.",
    name="always three layers",
)
def always_three_layers(depth, w, z, activation):
    steep, w, _ = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** np.array([2, 1, 0]))


@misconception(
    "gradient_by_layer",
    hint=f"Only the last two layers are worked out, the others are still 0. {STOPS_EARLY}",
    name="only the last two layers",
)
def zeros_before_the_last_two(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return np.abs(steep * (w * steep) ** back) * (back < 2)


@misconception(
    "gradient_by_layer",
    hint="This is the first layer's gradient alone. Keep the size for each layer on the way, and return them all.",
    name="one number for all layers",
)
def one_number(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return abs(steep * (w * steep) ** back[0])


@also_correct("gradient_by_layer")
def from_the_output_back(depth, w, z, activation):
    if depth < 1:
        raise ValueError("too shallow")
    steep = slope(activation, z)
    sizes = [abs(steep)]
    for _ in range(depth - 1):
        sizes.insert(0, sizes[0] * abs(w) * steep)
    return np.array(sizes, dtype=float)


@also_correct("gradient_by_layer")
def cumulative_product(depth, w, z, activation):
    steep, w, _ = checked_chain(depth, w, z, activation)
    return np.abs(np.cumprod([steep, *([w * steep] * (depth - 1))]))[::-1]


@also_correct("gradient_by_layer")
def factors_collected_layer_by_layer(depth, w, z, activation):
    steep, w, _ = checked_chain(depth, w, z, activation)
    sizes = np.zeros(depth)
    for layer in range(1, depth + 1):
        product = steep
        for _ in range(layer, depth):
            product *= w * steep
        sizes[layer - 1] = abs(product)
    return sizes


@also_correct("gradient_by_layer")
def in_single_precision(depth, w, z, activation):
    steep, w, back = checked_chain(depth, w, z, activation)
    return (steep ** back.astype(float) * steep * abs(w) ** back).astype(np.float32)
