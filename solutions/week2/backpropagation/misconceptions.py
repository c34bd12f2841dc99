"""Wrong answers that beginners give in backpropagation, and right answers that look unlike ours."""

import math

import numpy as np

from autograder.checks.symptoms import arguments_changed, global_state_changed, right
from autograder.lessons import also_correct, misconception, stand_in


def logistic(z):
    return 1.0 / (1.0 + np.exp(-z))


# --- two_neuron_gradients -------------------------------------------------------------------------


def forwards(x, w1, b1, w2, b2):
    a1 = logistic(w1 * x + b1)
    return a1, logistic(w2 * a1 + b2)


def walked_back(x, a1, a2, E, dE_da2, slope_2, slope_1, to_w2, to_a1, to_w1):
    """The dict, from E and dE_da2 and the slopes of the links on the way back."""
    dE_dz2 = dE_da2 * slope_2
    dE_da1 = dE_dz2 * to_a1
    dE_dz1 = dE_da1 * slope_1
    return {
        "E": E,
        "a1": a1,
        "a2": a2,
        "dE_da2": dE_da2,
        "dE_dz2": dE_dz2,
        "dE_dw2": dE_dz2 * to_w2,
        "dE_db2": dE_dz2,
        "dE_da1": dE_da1,
        "dE_dz1": dE_dz1,
        "dE_dw1": dE_dz1 * to_w1,
        "dE_db1": dE_dz1,
    }


def gradients_with(x, y_true, w1, b1, w2, b2, **other_links):
    """The right gradients, but for some of the links."""
    a1, a2 = forwards(x, w1, b1, w2, b2)
    links = {
        "E": (y_true - a2) ** 2 / 2,
        "dE_da2": a2 - y_true,
        "slope_2": a2 * (1 - a2),
        "slope_1": a1 * (1 - a1),
        "to_w2": a1,
        "to_a1": w2,
        "to_w1": x,
    }
    return walked_back(x, a1, a2, **(links | other_links))


SLIP = (
    "A gradient of yours skips the output neuron's sigmoid, as some lecture notes do. Which gradients have to pass "
    "through z2 on their way back?"
)


@misconception("two_neuron_gradients", hint=SLIP)
def lecture_slip(x, y_true, w1, b1, w2, b2):
    answer = gradients_with(x, y_true, w1, b1, w2, b2)
    a1, dE_da2 = answer["a1"], answer["dE_da2"]
    return answer | {"dE_db2": dE_da2, "dE_da1": dE_da2 * w2 * a1 * (1 - a1), "dE_db1": dE_da2 * w2 * a1 * (1 - a1)}


@misconception("two_neuron_gradients", hint=SLIP, name="lecture slip")
def lecture_slip_in_both_biases(x, y_true, w1, b1, w2, b2):
    answer = gradients_with(x, y_true, w1, b1, w2, b2)
    a1, dE_da2 = answer["a1"], answer["dE_da2"]
    return answer | {"dE_db2": dE_da2, "dE_db1": dE_da2 * w2 * a1 * (1 - a1)}


@misconception("two_neuron_gradients", hint=SLIP, name="lecture slip")
def lecture_slip_in_the_output_bias(x, y_true, w1, b1, w2, b2):
    answer = gradients_with(x, y_true, w1, b1, w2, b2)
    return answer | {"dE_db2": answer["dE_da2"]}


@misconception("two_neuron_gradients", hint=SLIP, name="lecture slip")
def lecture_slip_in_the_first_bias(x, y_true, w1, b1, w2, b2):
    answer = gradients_with(x, y_true, w1, b1, w2, b2)
    a1 = answer["a1"]
    return answer | {"dE_db1": answer["dE_da2"] * w2 * a1 * (1 - a1)}


@misconception(
    "two_neuron_gradients",
    hint="Your dE_dz2 is still dE_da2. By what is a gradient multiplied on its way back through a sigmoid?",
)
def slope_of_the_output_neuron_forgotten(x, y_true, w1, b1, w2, b2):
    return gradients_with(x, y_true, w1, b1, w2, b2, slope_2=1.0)


@misconception(
    "two_neuron_gradients",
    hint="Your dE_dz1 is still dE_da1. The first neuron has a sigmoid, too: which slope does it have?",
)
def slope_of_the_first_neuron_forgotten(x, y_true, w1, b1, w2, b2):
    return gradients_with(x, y_true, w1, b1, w2, b2, slope_1=1.0)


@misconception(
    "two_neuron_gradients",
    hint="Your gradients go through both sigmoids unchanged. By what is a gradient multiplied there?",
)
def slopes_of_both_neurons_forgotten(x, y_true, w1, b1, w2, b2):
    return gradients_with(x, y_true, w1, b1, w2, b2, slope_1=1.0, slope_2=1.0)


@misconception(
    "two_neuron_gradients",
    hint="You multiply by the activation itself. What is the slope of a sigmoid whose activation is a?",
)
def activation_used_as_the_slope(x, y_true, w1, b1, w2, b2):
    a1, a2 = forwards(x, w1, b1, w2, b2)
    return gradients_with(x, y_true, w1, b1, w2, b2, slope_1=a1, slope_2=a2)


@misconception(
    "two_neuron_gradients",
    hint="In a * 1 - a the product comes first. Put 1 - a into brackets.",
)
def brackets_missing_in_the_slope(x, y_true, w1, b1, w2, b2):
    a1, a2 = forwards(x, w1, b1, w2, b2)
    right = gradients_with(x, y_true, w1, b1, w2, b2)
    dE_dz2 = right["dE_da2"] * a2 * 1 - a2
    dE_dz1 = dE_dz2 * w2 * a1 * 1 - a1
    back = {"dE_dz2": dE_dz2, "dE_dw2": dE_dz2 * a1, "dE_db2": dE_dz2, "dE_da1": dE_dz2 * w2}
    return right | back | {"dE_dz1": dE_dz1, "dE_dw1": dE_dz1 * x, "dE_db1": dE_dz1}


@misconception(
    "two_neuron_gradients",
    hint="Already your a1 is another one. In e^(-z) the minus belongs to the whole sum: put the sum into brackets.",
)
def minus_before_the_weight_alone(x, y_true, w1, b1, w2, b2):
    a1 = 1 / (1 + math.exp(-w1 * x + b1))
    a2 = 1 / (1 + math.exp(-w2 * a1 + b2))
    slopes = {"slope_2": a2 * (1 - a2), "slope_1": a1 * (1 - a1)}
    return walked_back(x, a1, a2, (y_true - a2) ** 2 / 2, a2 - y_true, **slopes, to_w2=a1, to_a1=w2, to_w1=x)


@misconception(
    "two_neuron_gradients",
    hint="You send an activation through the sigmoid once more. The slope needs only a itself: a times what?",
)
def sigmoid_applied_twice(x, y_true, w1, b1, w2, b2):
    s1, s2 = (logistic(a) for a in forwards(x, w1, b1, w2, b2))
    return gradients_with(x, y_true, w1, b1, w2, b2, slope_1=s1 * (1 - s1), slope_2=s2 * (1 - s2))


@misconception(
    "two_neuron_gradients",
    hint="The slope a (1 - a) belongs to the activation. Which of z and a do you put in?",
)
def slope_taken_of_the_sum(x, y_true, w1, b1, w2, b2):
    a1, _ = forwards(x, w1, b1, w2, b2)
    z1, z2 = w1 * x + b1, w2 * a1 + b2
    return gradients_with(x, y_true, w1, b1, w2, b2, slope_1=z1 * (1 - z1), slope_2=z2 * (1 - z2))


@misconception(
    "two_neuron_gradients",
    hint="Between z2 and a1 there is a link with a slope of its own. By what is a1 multiplied on the way forwards?",
)
def w2_forgotten(x, y_true, w1, b1, w2, b2):
    return gradients_with(x, y_true, w1, b1, w2, b2, to_a1=1.0)


@misconception(
    "two_neuron_gradients",
    hint="Which weight is a1 multiplied by on the way forwards? On the way back it is the same one.",
)
def w1_used_for_w2(x, y_true, w1, b1, w2, b2):
    return gradients_with(x, y_true, w1, b1, w2, b2, to_a1=w1)


@misconception(
    "two_neuron_gradients",
    hint="Your dE_dw1 is the gradient of b1. What is w1 multiplied by on the way forwards?",
)
def x_forgotten(x, y_true, w1, b1, w2, b2):
    return gradients_with(x, y_true, w1, b1, w2, b2, to_w1=1.0)


@misconception(
    "two_neuron_gradients",
    hint="Your dE_dw2 is the gradient of b2. What is w2 multiplied by on the way forwards?",
)
def a1_forgotten(x, y_true, w1, b1, w2, b2):
    return gradients_with(x, y_true, w1, b1, w2, b2, to_w2=1.0)


@misconception(
    "two_neuron_gradients",
    hint="All your gradients have the wrong sign. If a2 is above the target, does E grow or shrink as a2 grows?",
)
def sign_turned(x, y_true, w1, b1, w2, b2):
    _, a2 = forwards(x, w1, b1, w2, b2)
    return gradients_with(x, y_true, w1, b1, w2, b2, dE_da2=y_true - a2)


@misconception(
    "two_neuron_gradients",
    hint="In dE_da2 your minus turns the sign of the target alone. It belongs to the whole difference.",
)
def minus_before_the_target_alone(x, y_true, w1, b1, w2, b2):
    _, a2 = forwards(x, w1, b1, w2, b2)
    return gradients_with(x, y_true, w1, b1, w2, b2, dE_da2=-y_true - a2)


@misconception(
    "two_neuron_gradients",
    hint="Your gradients are twice as large as they should be. What does the half in E do to the 2 of the square?",
)
def factor_2(x, y_true, w1, b1, w2, b2):
    _, a2 = forwards(x, w1, b1, w2, b2)
    return gradients_with(x, y_true, w1, b1, w2, b2, dE_da2=2 * (a2 - y_true))


@misconception(
    "two_neuron_gradients",
    hint="Your E is the whole square. Compare it with the definition in the docstring.",
)
def half_of_the_error_forgotten(x, y_true, w1, b1, w2, b2):
    _, a2 = forwards(x, w1, b1, w2, b2)
    return gradients_with(x, y_true, w1, b1, w2, b2, E=(y_true - a2) ** 2)


@misconception(
    "two_neuron_gradients",
    hint="Your E is the whole square. Compare it with the definition in the docstring.",
    name="half of the error forgotten",
)
def half_forgotten_in_the_error_and_its_slope(x, y_true, w1, b1, w2, b2):
    _, a2 = forwards(x, w1, b1, w2, b2)
    return gradients_with(x, y_true, w1, b1, w2, b2, E=(y_true - a2) ** 2, dE_da2=2 * (a2 - y_true))


@also_correct("two_neuron_gradients")
def products_written_out(x, y_true, w1, b1, w2, b2):
    a1 = (np.tanh((x * w1 + b1) / 2) + 1) / 2
    a2 = (np.tanh((a1 * w2 + b2) / 2) + 1) / 2
    return {
        "dE_db1": (a2 - y_true) * (a2 - a2**2) * w2 * (a1 - a1**2),
        "dE_dw1": (a2 - y_true) * (a2 - a2**2) * w2 * (a1 - a1**2) * x,
        "dE_dz1": (a2 - y_true) * (a2 - a2**2) * w2 * (a1 - a1**2),
        "dE_da1": (a2 - y_true) * (a2 - a2**2) * w2,
        "dE_db2": (a2 - y_true) * (a2 - a2**2),
        "dE_dw2": (a2 - y_true) * (a2 - a2**2) * a1,
        "dE_dz2": (a2 - y_true) * (a2 - a2**2),
        "dE_da2": a2 - y_true,
        "a2": a2,
        "a1": a1,
        "E": 0.5 * (a2 - y_true) * (a2 - y_true),
    }


@also_correct("two_neuron_gradients")
def slopes_from_the_exponential(x, y_true, w1, b1, w2, b2):
    e1 = math.exp(-(w1 * x + b1))
    a1 = 1 / (1 + e1)
    e2 = math.exp(-(w2 * a1 + b2))
    a2 = 1 / (1 + e2)
    gradients = {"E": np.array((y_true - a2) ** 2 / 2), "a1": np.array(a1), "a2": np.array(a2)}
    gradients["dE_da2"] = np.float64(a2 - y_true)
    gradients["dE_db2"] = gradients["dE_dz2"] = gradients["dE_da2"] * e2 / (1 + e2) ** 2
    gradients["dE_dw2"] = gradients["dE_dz2"] * a1
    gradients["dE_da1"] = gradients["dE_dz2"] * w2
    gradients["dE_db1"] = gradients["dE_dz1"] = gradients["dE_da1"] * e1 / (1 + e1) ** 2
    gradients["dE_dw1"] = gradients["dE_dz1"] * x
    return gradients


@stand_in("two_neuron_gradients")
def other_gradients(x, y_true, w1, b1, w2, b2):
    import numpy as np

    x, y_true, w1, b1, w2, b2 = (float(number) for number in (x, y_true, w1, b1, w2, b2))
    places = {"a1": 0.31, "a2": 0.74, "da2": 1.1, "dz2": 1.7, "da1": 2.3, "dz1": 2.9}
    answer = {"E": 0.3 + 0.2 * np.sin(x + 2.0 * w1 - b1 + 0.7 * w2 - 1.3 * b2 + y_true)}
    for name, shift in places.items():
        key = f"dE_{name}" if name.startswith("d") else name
        answer[key] = 0.4 + 0.3 * np.cos(shift + 0.6 * x - w1 + 0.8 * b1 - 0.5 * w2 + b2 - 0.4 * y_true)
    answer["dE_dw2"] = 0.7 + 0.2 * np.sin(w1 - 1.5 * w2 + x)
    answer["dE_db2"] = 0.5 - 0.3 * np.cos(b1 + 2.0 * b2 - y_true)
    answer["dE_dw1"] = -0.6 + 0.25 * np.sin(2.0 * w1 + w2 - b2)
    answer["dE_db1"] = -0.4 + 0.3 * np.cos(w1 - b1 + 0.9 * w2)
    return answer


# --- update_parameters ----------------------------------------------------------------------------

CHANGED = (
    "Your function changes the dictionary that it is given. Begin with an empty one, and put the new values there."
)


def stepped(parameters, gradients, learning_rate, step=lambda value, change: value - change):
    """The new values, by this kind of step."""
    missing = [name for name in parameters if f"dE_d{name}" not in gradients]
    if missing:
        raise ValueError(f"no gradient of {missing[0]}")
    return {name: step(value, learning_rate * gradients[f"dE_d{name}"]) for name, value in parameters.items()}


@misconception(
    "update_parameters",
    hint="Your step goes uphill. A gradient points to where E grows; which sign takes you down?",
)
def ascent(parameters, gradients, learning_rate):
    return stepped(parameters, gradients, learning_rate, lambda value, change: value + change)


@misconception(
    "update_parameters",
    hint="Only the weights have changed. Biases are parameters, too.",
)
def biases_not_updated(parameters, gradients, learning_rate):
    new = stepped(parameters, gradients, learning_rate)
    return {name: parameters[name] if name.startswith("b") else value for name, value in new.items()}


@misconception("update_parameters", hint=CHANGED, symptom=[right(), arguments_changed()])
def given_dict_changed_in_place(parameters, gradients, learning_rate):
    parameters.update(stepped(parameters, gradients, learning_rate))
    return parameters


@misconception(
    "update_parameters", hint=CHANGED, symptom=[right(), arguments_changed()], name="given dict changed in place"
)
def given_arrays_changed_in_place(parameters, gradients, learning_rate):
    new = {}
    for name, change in stepped(parameters, gradients, learning_rate, lambda value, change: change).items():
        value = parameters[name]
        value -= change
        new[name] = value
    return new


@misconception(
    "update_parameters",
    hint="Each parameter moves by its whole gradient. Which number says how long the steps are?",
)
def learning_rate_forgotten(parameters, gradients, learning_rate):
    return stepped(parameters, gradients, 1.0)


@misconception(
    "update_parameters",
    hint="You return the steps alone. What do you subtract them from?",
)
def steps_alone(parameters, gradients, learning_rate):
    return stepped(parameters, gradients, learning_rate, lambda value, change: change)


@misconception(
    "update_parameters",
    hint="You return the steps alone. Where does the old value go?",
    name="steps alone",
)
def steps_downhill_alone(parameters, gradients, learning_rate):
    return stepped(parameters, gradients, learning_rate, lambda value, change: -change)


@misconception(
    "update_parameters",
    hint="A step is subtracted from the parameter, not multiplied by it. Look at the formula again.",
)
def steps_multiplied_in(parameters, gradients, learning_rate):
    return stepped(parameters, gradients, learning_rate, lambda value, change: value * (1 - change))


@misconception(
    "update_parameters",
    hint="You subtract first and multiply by the learning rate afterwards. What does the learning rate belong to?",
)
def learning_rate_times_the_difference(parameters, gradients, learning_rate):
    return stepped(
        parameters, gradients, learning_rate, lambda value, change: learning_rate * (value - change / learning_rate)
    )


@misconception(
    "update_parameters",
    hint="Your steps always have the lecture's rate, 0.4. Which argument says how long they are?",
)
def rate_of_the_lecture(parameters, gradients, learning_rate):
    return stepped(parameters, gradients, 0.4)


@misconception(
    "update_parameters",
    hint="Only the last parameter is in your answer. Is the dictionary made anew in every round of the loop?",
)
def dict_made_anew_in_the_loop(parameters, gradients, learning_rate):
    return dict(list(stepped(parameters, gradients, learning_rate).items())[-1:])


@also_correct("update_parameters")
def dict_comprehension(parameters, gradients, learning_rate):
    if not {"dE_d" + name for name in parameters} <= set(gradients):
        raise ValueError("a gradient is missing")
    return {name: value + gradients[f"dE_d{name}"] * -learning_rate for name, value in parameters.items()}


@also_correct("update_parameters")
def copy_changed(parameters, gradients, learning_rate):
    new = parameters.copy()
    for name in new:
        try:
            new[name] = new[name] - learning_rate * gradients["dE_d" + name]
        except KeyError:
            raise ValueError("no gradient of " + name) from None
    return new


@stand_in("update_parameters")
def another_step(parameters, gradients, learning_rate):
    import numpy as np

    for name in parameters:
        if "dE_d" + name not in gradients:
            raise ValueError("something is missing")
    return {
        name: 0.5 * np.cos(value) + 0.3 * learning_rate * np.asarray(gradients["dE_d" + name])[()] + 0.05
        for name, value in parameters.items()
    }


# --- train_two_neurons ----------------------------------------------------------------------------
KEYS = ("w1", "b1", "w2", "b2")
ORDER = (
    "Your parameters don't all move with gradients from the same old parameters. Compute every gradient before you "
    "change the first parameter."
)


def trained(x, y_true, parameters, learning_rate, epochs, threshold=0.0, *, update=None, stop=None):
    """Train, with another update or another way to stop; both get the parameters and their gradients."""
    if epochs < 0:
        raise ValueError("epochs is below 0")
    update = update or (lambda p, g: {name: p[name] - learning_rate * g[f"dE_d{name}"] for name in KEYS})
    stop = stop or (lambda p, g: g["E"] <= threshold)
    parameters, errors = dict(parameters), []
    for _ in range(epochs):
        gradients = gradients_with(x, y_true, **parameters)
        errors.append(gradients["E"])
        if stop(parameters, gradients):
            break
        parameters = update(parameters, gradients)
    return parameters, np.array(errors, dtype=float)


@misconception("train_two_neurons", hint=ORDER)
def w1_updated_with_the_new_w2(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    def update(old, gradients):
        w2, b2 = (old[name] - learning_rate * gradients[f"dE_d{name}"] for name in ("w2", "b2"))
        dE_dz1 = gradients["dE_dz2"] * w2 * gradients["a1"] * (1 - gradients["a1"])
        return {
            "w1": old["w1"] - learning_rate * dE_dz1 * x,
            "b1": old["b1"] - learning_rate * dE_dz1,
            "w2": w2,
            "b2": b2,
        }

    return trained(x, y_true, parameters, learning_rate, epochs, threshold, update=update)


@misconception("train_two_neurons", hint=ORDER, name="w1 updated with the new w2")
def gradients_anew_for_the_first_neuron(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    def update(old, gradients):
        new = old | {name: old[name] - learning_rate * gradients[f"dE_d{name}"] for name in ("w2", "b2")}
        anew = gradients_with(x, y_true, **new)
        return new | {name: old[name] - learning_rate * anew[f"dE_d{name}"] for name in ("w1", "b1")}

    return trained(x, y_true, parameters, learning_rate, epochs, threshold, update=update)


@misconception(
    "train_two_neurons",
    hint="You record E after the update. Which E does the first epoch begin with?",
)
def error_recorded_after_the_update(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    if epochs < 0:
        raise ValueError("epochs is below 0")
    parameters, errors = dict(parameters), []
    for _ in range(epochs):
        parameters, _ = trained(x, y_true, parameters, learning_rate, 1, -1.0)
        errors.append(gradients_with(x, y_true, **parameters)["E"])
        if errors[-1] <= threshold:
            break
    return parameters, np.array(errors, dtype=float)


@misconception(
    "train_two_neurons",
    hint="Your training never ends early. What should happen when E comes down to the threshold?",
)
def threshold_ignored(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    return trained(x, y_true, parameters, learning_rate, epochs, -1.0)


@misconception(
    "train_two_neurons",
    hint="Your training goes on when E is exactly the threshold. Look at the comparison in the docstring.",
)
def below_for_at_most(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    return trained(x, y_true, parameters, learning_rate, epochs, stop=lambda p, g: g["E"] < threshold)


@misconception(
    "train_two_neurons",
    hint="The E at which training ends is missing from your errors. What does an epoch do before it compares?",
)
def stops_without_recording(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    parameters, errors = trained(x, y_true, parameters, learning_rate, epochs, threshold)
    return parameters, errors[:-1] if len(errors) and errors[-1] <= threshold else errors


@misconception(
    "train_two_neurons",
    hint="Your errors go on with zeros after training has ended. Only the epochs that were begun have an error.",
)
def errors_filled_up_with_zeros(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    parameters, errors = trained(x, y_true, parameters, learning_rate, epochs, threshold)
    return parameters, np.concatenate([errors, np.zeros(epochs - len(errors))])


@misconception(
    "train_two_neurons",
    hint="You update once more although E is low enough. Does the comparison come before the update or after it?",
)
def one_update_too_many(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    parameters, errors = trained(x, y_true, parameters, learning_rate, epochs, threshold)
    if len(errors) and errors[-1] <= threshold:
        parameters, _ = trained(x, y_true, parameters, learning_rate, 1, -1.0)
    return parameters, errors


@misconception(
    "train_two_neurons",
    hint="The threshold is compared with E. You compare it with the distance between the target and a2.",
)
def distance_compared_with_the_threshold(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    return trained(x, y_true, parameters, learning_rate, epochs, stop=lambda p, g: abs(g["dE_da2"]) <= threshold)


@misconception(
    "train_two_neurons",
    hint="Your biases never move. Which parameters does an update change?",
)
def only_the_weights_trained(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    def update(old, gradients):
        return old | {name: old[name] - learning_rate * gradients[f"dE_d{name}"] for name in ("w1", "w2")}

    return trained(x, y_true, parameters, learning_rate, epochs, threshold, update=update)


@misconception(
    "train_two_neurons",
    hint="Your E grows from epoch to epoch. In which direction does a step go?",
    name="ascent",
)
def training_uphill(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    return trained(x, y_true, parameters, -learning_rate, epochs, threshold)


@misconception(
    "train_two_neurons",
    hint="Your gradients, and E, stay those of the start. Once the parameters have moved, they are others.",
)
def gradients_computed_once(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    if epochs < 0:
        raise ValueError("epochs is below 0")
    first, parameters, errors = gradients_with(x, y_true, **parameters), dict(parameters), []
    for _ in range(epochs):
        errors.append(first["E"])
        if first["E"] <= threshold:
            break
        parameters = {name: parameters[name] - learning_rate * first[f"dE_d{name}"] for name in KEYS}
    return parameters, np.array(errors, dtype=float)


@misconception(
    "train_two_neurons",
    hint="Your errors hold the last E alone. Is the list made anew in every epoch?",
)
def errors_made_anew_in_every_epoch(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    parameters, all_errors = trained(x, y_true, parameters, learning_rate, epochs, threshold)
    if epochs:
        errors = all_errors[-1:]
    return parameters, errors


@misconception(
    "train_two_neurons",
    hint="You do one epoch too few. How many rounds does your loop go through?",
)
def one_epoch_too_few(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    if epochs < 0:
        raise ValueError("epochs is below 0")
    return trained(x, y_true, parameters, learning_rate, max(epochs - 1, 0), threshold)


@misconception(
    "train_two_neurons",
    hint="Every epoch of yours begins with the given parameters. Which ones does the second epoch begin with?",
)
def every_epoch_from_the_start(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    after, errors = trained(x, y_true, parameters, learning_rate, min(epochs, 1), threshold)
    return after, np.repeat(errors, epochs if len(errors) and errors[0] > threshold else 1)


@misconception(
    "train_two_neurons",
    hint="You record one E more than there are epochs. The E after the last update belongs to no epoch.",
)
def last_error_recorded_too(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    parameters, errors = trained(x, y_true, parameters, learning_rate, epochs, threshold)
    if len(errors) and errors[-1] <= threshold:
        return parameters, errors
    return parameters, np.append(errors, gradients_with(x, y_true, **parameters)["E"])


@misconception(
    "train_two_neurons",
    hint="Your function changes the parameters that it is given. Work on a copy of the dictionary.",
    symptom=[right(), arguments_changed()],
)
def given_parameters_changed_in_place(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    after, errors = trained(x, y_true, parameters, learning_rate, epochs, threshold)
    parameters.update(after)
    return parameters, errors


@also_correct("train_two_neurons")
def four_numbers_in_a_while_loop(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    if epochs < 0:
        raise ValueError("epochs")
    w1, b1, w2, b2 = (parameters[name] for name in KEYS)
    errors, done = [], 0
    while done < epochs:
        a1 = logistic(b1 + w1 * x)
        a2 = logistic(b2 + w2 * a1)
        errors.append(0.5 * (a2 - y_true) ** 2)
        if errors[-1] <= threshold:
            break
        back = (a2 - y_true) * a2 * (1 - a2)
        further = back * w2 * a1 * (1 - a1)
        w1, b1 = w1 - learning_rate * further * x, b1 - learning_rate * further
        w2, b2 = w2 - learning_rate * back * a1, b2 - learning_rate * back
        done += 1
    return {"w1": w1, "b1": b1, "w2": w2, "b2": b2}, np.array(errors, dtype=float)


@also_correct("train_two_neurons")
def an_epoch_that_calls_the_next(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    if epochs < 0:
        raise ValueError("epochs")

    def from_here(values, left):
        if left == 0:
            return values, []
        a1, a2 = forwards(x, **values)
        error = (y_true - a2) * (y_true - a2) / 2
        if error <= threshold:
            return values, [error]
        dE_dz2 = (a2 - y_true) * (a2 - a2 * a2)
        steps = {"w2": dE_dz2 * a1, "b2": dE_dz2, "b1": dE_dz2 * values["w2"] * (a1 - a1 * a1)}
        steps["w1"] = steps["b1"] * x
        last, errors = from_here({name: values[name] - step * learning_rate for name, step in steps.items()}, left - 1)
        return last, [error, *errors]

    last, errors = from_here(dict(parameters), epochs)
    return [last, np.array(errors, dtype=float)]


# --- numerical_gradient ---------------------------------------------------------------------------
ONE_SIDED = "You move each entry in one direction only. A central difference looks on both sides."
NOT_BACK = "An entry that you have moved stays there while the next one is moved. Put it back, or work on a fresh copy."


def moved(x, place, by):
    """A copy of x, as floats, with one entry moved."""
    copy = np.array(x, dtype=float)
    copy[place] += by
    return copy


def differences(f, x, h, difference):
    """For each entry of x, by its place, such a difference."""
    if h <= 0:
        raise ValueError("h is not above 0")
    answer = np.zeros(np.shape(x))
    for place in np.ndindex(answer.shape):
        answer[place] = difference(place)
    return answer


@misconception("numerical_gradient", hint=ONE_SIDED)
def one_sided(f, x, h=1e-5):
    start = np.array(x, dtype=float)
    return differences(f, x, h, lambda place: (f(moved(x, place, h)) - f(start.copy())) / h)


@misconception("numerical_gradient", hint=ONE_SIDED, name="one sided")
def downwards_only(f, x, h=1e-5):
    start = np.array(x, dtype=float)
    return differences(f, x, h, lambda place: (f(start.copy()) - f(moved(x, place, -h))) / h)


@misconception(
    "numerical_gradient",
    hint="Your estimates are twice too large. How far apart are the two places at which you call f?",
)
def factor_2_forgotten(f, x, h=1e-5):
    return differences(f, x, h, lambda place: (f(moved(x, place, h)) - f(moved(x, place, -h))) / h)


@misconception(
    "numerical_gradient",
    hint="Python divides by 2 and then multiplies by h. Put the whole divisor into brackets.",
)
def brackets_missing_in_the_divisor(f, x, h=1e-5):
    return differences(f, x, h, lambda place: (f(moved(x, place, h)) - f(moved(x, place, -h))) / 2 * h)


@misconception(
    "numerical_gradient",
    hint="You return the differences of f alone. By what are they divided to become slopes?",
)
def not_divided(f, x, h=1e-5):
    return differences(f, x, h, lambda place: f(moved(x, place, h)) - f(moved(x, place, -h)))


@misconception(
    "numerical_gradient",
    hint="You move all entries together, so that every slope is the sum of all. Move one entry at a time.",
)
def all_entries_moved_together(f, x, h=1e-5):
    start = np.array(x, dtype=float)
    return differences(f, x, h, lambda place: (f(start + h) - f(start - h)) / (2 * h))


@misconception(
    "numerical_gradient",
    hint="You move all entries together, so that there is one number for all. Move one entry at a time.",
    name="all entries moved together",
)
def one_number_for_all_entries(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h is not above 0")
    start = np.array(x, dtype=float)
    return (f(start + h) - f(start - h)) / (2 * h)


@misconception(
    "numerical_gradient",
    hint="All your slopes are 0, as if f were called twice at the same place. `b = a` only gives an array a second "
    "name; `a.copy()` makes a second array.",
)
def one_array_under_two_names(f, x, h=1e-5):
    return differences(f, x, h, lambda place: 0.0)


@misconception(
    "numerical_gradient",
    hint="Only the last entry of your answer is there. Is the array made anew in every round of the loop?",
)
def answer_made_anew_in_the_loop(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h is not above 0")
    for place in np.ndindex(np.shape(x)):
        answer = np.zeros(np.shape(x))
        answer[place] = (f(moved(x, place, h)) - f(moved(x, place, -h))) / (2 * h)
    return answer


@misconception("numerical_gradient", hint=NOT_BACK)
def x_left_changed(f, x, h=1e-5):
    walking = np.array(x, dtype=float)

    def difference(place):
        walking[place] += h
        up = f(walking.copy())
        walking[place] -= 2 * h
        return (up - f(walking.copy())) / (2 * h)

    return differences(f, x, h, difference)


@misconception("numerical_gradient", hint=NOT_BACK, name="x left changed")
def x_left_moved_up(f, x, h=1e-5):
    up, down = np.array(x, dtype=float), np.array(x, dtype=float)

    def difference(place):
        up[place] += h
        down[place] -= h
        return (f(up.copy()) - f(down.copy())) / (2 * h)

    return differences(f, x, h, difference)


@misconception(
    "numerical_gradient",
    hint="An array of whole numbers can't take up a small move. Make a copy with decimal numbers first.",
)
def whole_numbers_swallow_the_move(f, x, h=1e-5):
    def kept(place, by):
        copy = np.array(x)
        copy[place] = copy[place] + by
        return copy.astype(float)

    return differences(f, x, h, lambda place: (f(kept(place, h)) - f(kept(place, -h))) / (2 * h))


@misconception(
    "numerical_gradient",
    hint="An array of whole numbers can't take up a small move. Make a copy with decimal numbers first.",
    name="whole numbers swallow the move",
)
def moves_in_place_swallowed(f, x, h=1e-5):
    walking = np.array(x)

    def difference(place):
        walking[place] += h
        up = f(walking.astype(float))
        walking[place] -= 2 * h
        down = f(walking.astype(float))
        walking[place] += h
        return (up - down) / (2 * h)

    return differences(f, x, h, difference)


@misconception(
    "numerical_gradient",
    hint="For an x of whole numbers, `np.zeros_like(x)` holds whole numbers, too, and cuts off what comes after the "
    "point. `np.zeros(x.shape)` doesn't.",
)
def answer_of_whole_numbers(f, x, h=1e-5):
    slopes = differences(f, x, h, lambda place: (f(moved(x, place, h)) - f(moved(x, place, -h))) / (2 * h))
    return slopes.astype(np.asarray(x).dtype)


@misconception(
    "numerical_gradient",
    hint="All your slopes have the wrong sign. Which of the two values of f is subtracted from the other?",
    name="sign turned",
)
def down_minus_up(f, x, h=1e-5):
    return differences(f, x, h, lambda place: (f(moved(x, place, -h)) - f(moved(x, place, h))) / (2 * h))


@misconception(
    "numerical_gradient",
    hint="Your moves are always of the same size. Which argument says how far an entry is moved?",
)
def h_ignored(f, x, h=1e-5):
    return differences(f, x, h, lambda place: (f(moved(x, place, 1e-5)) - f(moved(x, place, -1e-5))) / 2e-5)


@misconception(
    "numerical_gradient",
    hint="In a table you move a whole row at once. Every single entry needs a move of its own.",
)
def whole_rows_moved(f, x, h=1e-5):
    def difference(place):
        return (f(moved(x, place[:1], h)) - f(moved(x, place[:1], -h))) / (2 * h)

    return differences(f, x, h, difference)


@also_correct("numerical_gradient")
def one_entry_of_a_flat_copy(f, x, h=1e-5):
    if h <= 0:
        raise ValueError("h")
    flat = np.asarray(x, dtype=float).ravel()
    slopes = []
    for step in np.eye(flat.size) * h:
        up, down = (flat + step).reshape(np.shape(x)), (flat - step).reshape(np.shape(x))
        slopes.append(f(up) / (2 * h) - f(down) / (2 * h))
    return np.array(slopes).reshape(np.shape(x))


@also_correct("numerical_gradient")
def moved_and_put_back(f, x, h=1e-5):
    if not h > 0:
        raise ValueError("h")
    walking = np.array(x, dtype=np.float64)
    answer = np.empty_like(walking)
    places = np.nditer(walking, flags=["multi_index"])
    for old in places:
        kept, place = float(old), places.multi_index
        walking[place] = kept + h
        up = f(walking)
        walking[place] = kept - h
        down = f(walking)
        walking[place] = kept
        answer[place] = 0.5 * (up - down) / h
    return answer


# --- dense_backward -------------------------------------------------------------------------------


def layers_checked(dA, X, W):
    """Float copies of the tables, or the ValueError that the contract asks for."""
    dA, X, W = np.array(dA, dtype=float), np.array(X, dtype=float), np.array(W, dtype=float)
    if (dA.ndim, X.ndim, W.ndim) != (2, 2, 2):
        raise ValueError("all three have two dimensions")
    if dA.shape != (X.shape[0], W.shape[1]) or X.shape[1] != W.shape[0]:
        raise ValueError("the shapes do not fit together")
    return dA, X, W


@misconception(
    "dense_backward",
    hint="For dX, an input collects from the neurons that it goes to: along a row of W. Which table must be turned so "
    "that the product runs over the neurons?",
)
def W_not_transposed(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W, X.T @ dA, dA.sum(axis=0)


@misconception(
    "dense_backward",
    hint="Your dW is turned round. It has the shape of W: a row for each input, a column for each neuron.",
)
def dW_transposed(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T, dA.T @ X, dA.sum(axis=0)


@misconception(
    "dense_backward",
    hint="Your dX is turned round. It has the shape of X: a row for each example, a column for each input.",
)
def dX_transposed(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return W @ dA.T, X.T @ dA, dA.sum(axis=0)


@misconception(
    "dense_backward",
    hint="A bias is added in every example, so it collects from all of them. What becomes of the rows of dA?",
)
def db_not_summed(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T, X.T @ dA, dA


@misconception(
    "dense_backward",
    hint="Your db has a number for each example. Each neuron has a bias: add up down the columns.",
)
def db_over_the_wrong_axis(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T, X.T @ dA, dA.sum(axis=1)


@misconception(
    "dense_backward",
    hint="Your db adds up the whole table. Each neuron has a bias of its own, so each column has a sum of its own.",
)
def db_one_number(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T, X.T @ dA, dA.sum()


@misconception(
    "dense_backward",
    hint="Your dW and db are divided by the number of examples. If the loss is a mean, dA has that 1/N already.",
)
def averaged_twice(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T, X.T @ dA / len(X), dA.sum(axis=0) / len(X)


@misconception(
    "dense_backward",
    hint="Your db is a mean over the examples. A bias collects from all of them: what is the sum?",
)
def db_averaged(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T, X.T @ dA, dA.mean(axis=0)


@misconception(
    "dense_backward",
    hint="The numbers are right, their order is not. Look up in the docstring which of the three comes first.",
)
def dW_first(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return X.T @ dA, dA.sum(axis=0), dA @ W.T


@misconception(
    "dense_backward",
    hint="The numbers are right, their order is not. Look up in the docstring which of the three comes first.",
    name="dW first",
)
def dW_and_db_first(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return X.T @ dA, dA @ W.T, dA.sum(axis=0)


FIRST_OR_LAST = "Your db has the numbers of one example alone. If you add up in a loop: "


@misconception(
    "dense_backward",
    hint=f"{FIRST_OR_LAST}does it end after the first round?",
)
def db_of_the_first_example(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T, X.T @ dA, dA[0]


@misconception(
    "dense_backward",
    hint=f"{FIRST_OR_LAST}does each round start the sum again?",
)
def db_of_the_last_example(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T, X.T @ dA, dA[-1]


@also_correct("dense_backward")
def layers_in_loops(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    dX, dW, db = np.zeros_like(X), np.zeros_like(W), np.zeros(W.shape[1])
    for n in range(X.shape[0]):
        for m in range(W.shape[1]):
            db[m] += dA[n, m]
            for d in range(W.shape[0]):
                dW[d, m] += X[n, d] * dA[n, m]
                dX[n, d] += W[d, m] * dA[n, m]
    return dX, dW, db


@also_correct("dense_backward")
def layers_in_a_list(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return [np.einsum("nm,dm->nd", dA, W), (dA.T @ X).T, np.ones(len(dA)) @ dA]


@also_correct("dense_backward")
def layers_in_single_precision(dA, X, W):
    dA, X, W = (table.astype(np.float32) for table in layers_checked(dA, X, W))
    return dA @ W.T, X.T @ dA, dA.sum(axis=0)


@stand_in("dense_backward")
def another_way_back(dA, X, W):
    import numpy as np

    dA, X, W = np.array(dA, dtype=float), np.array(X, dtype=float), np.array(W, dtype=float)
    if (dA.ndim, X.ndim, W.ndim) != (2, 2, 2) or dA.shape + X.shape[1:] != X.shape[:1] + W.shape[::-1]:
        raise ValueError("these do not fit together")
    N, D = X.shape
    rows, columns = np.arange(1.0, N + 1), np.arange(1.0, D + 1)
    dX = np.cos(X + np.outer(dA.sum(axis=1) + 2.0, W @ np.ones(W.shape[1])))
    dW = np.sin(W + 2.0 + np.outer(columns, np.cos(dA).T @ rows))
    return dX, dW, np.cos(np.sin(dA).T @ rows + W.sum(axis=0) + 3.0)


# --- train_network --------------------------------------------------------------------------------


def batches_sent_out(Z, activation):
    if activation == "sigmoid":
        return 1.0 / (1.0 + np.exp(-Z))
    if activation == "tanh":
        return np.tanh(Z)
    return np.maximum(Z, 0.0) if activation == "relu" else Z


def batches_slope(Z, A, activation):
    if activation == "sigmoid":
        return A * (1.0 - A)
    if activation == "tanh":
        return 1.0 - A**2
    return (Z > 0) * 1.0 if activation == "relu" else np.ones_like(A)


def batches_copied(X, y, layers, epochs, batch_size):
    """Float copies of what is given, or the ValueError that the contract asks for."""
    X, y = np.array(X, dtype=float), np.array(y, dtype=float)
    if X.ndim != 2 or y.ndim != 2 or len(X) != len(y) or epochs < 0 or batch_size < 1:
        raise ValueError("these do not fit")
    copies, width = [], X.shape[1]
    for layer in layers:
        W, b = np.array(layer["W"], dtype=float), np.array(layer["b"], dtype=float)
        if W.ndim != 2 or W.shape[0] != width or b.shape != W.shape[1:]:
            raise ValueError("a layer does not fit")
        if layer["activation"] not in ("linear", "sigmoid", "tanh", "relu"):
            raise ValueError("unknown activation")
        copies.append({"W": W, "b": b, "activation": layer["activation"]})
        width = W.shape[1]
    if y.shape[1] != width:
        raise ValueError("the targets do not fit")
    return X, y, copies


def batches_slices(order, batch_size):
    return [order[start : start + batch_size] for start in range(0, len(order), batch_size)]


def batches_forward(X, layers):
    """The weighted sums of all layers, and what they send out, with X before them."""
    sums, outputs = [], [X]
    for layer in layers:
        sums.append(outputs[-1] @ layer["W"] + layer["b"])
        outputs.append(batches_sent_out(sums[-1], layer["activation"]))
    return sums, outputs


def batches_loss(X, y, layers):
    return float(np.mean((batches_forward(X, layers)[1][-1] - y) ** 2))


def batches_update(X, y, layers, rate, slope=batches_slope, share=None, old=True):
    """Change W and b of the layers by one step; `share` is what the errors are multiplied by for dA."""
    sums, outputs = batches_forward(X, layers)
    errors = outputs[-1] - y
    dA = errors * (2.0 / errors.size if share is None else share(errors))
    for place in reversed(range(len(layers))):
        layer = layers[place]
        dZ = dA * slope(sums[place], outputs[place + 1], layer["activation"])
        before = layer["W"]
        layer["W"] = layer["W"] - rate * outputs[place].T @ dZ
        layer["b"] = layer["b"] - rate * dZ.sum(axis=0)
        dA = dZ @ (before if old else layer["W"]).T


def batches_trained(X, y, layers, rate, epochs, batch_size, rng, cut=batches_slices, halved=1.0, **oddity):
    """The whole training; `oddity` goes to every update."""
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for rows in cut(rng.permutation(len(X)), batch_size):
            total, count = total + len(rows) * halved * batches_loss(X[rows], y[rows], layers), count + len(rows)
            batches_update(X[rows], y[rows], layers, rate, **oddity)
        losses.append(total / count)
    return layers, np.array(losses)


def batches_reported(X, y, layers, rate, epochs, batch_size, rng, loss_of):
    """The right training; `loss_of` makes the epoch's loss of the batches' losses before, after, and sizes."""
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        before, after, sizes = [], [], []
        for rows in batches_slices(rng.permutation(len(X)), batch_size):
            before.append(batches_loss(X[rows], y[rows], layers))
            batches_update(X[rows], y[rows], layers, rate)
            after.append(batches_loss(X[rows], y[rows], layers))
            sizes.append(len(rows))
        losses.append(loss_of(np.array(before), np.array(after), np.array(sizes)))
    return layers, np.array(losses)


@misconception(
    "train_network",
    hint="The examples that don't fill a batch are left out. The last batch may be smaller; where does your loop end?",
)
def last_partial_batch_dropped(X, y, layers, learning_rate, epochs, batch_size, rng):
    def cut(order, size):
        whole = len(order) - len(order) % size
        return batches_slices(order[:whole] if whole else order, size)

    return batches_trained(X, y, layers, learning_rate, epochs, batch_size, rng, cut=cut)


@misconception(
    "train_network",
    hint="The examples that don't fill a batch are left out. The last batch may be smaller; where does your loop end?",
    name="last partial batch dropped",
)
def last_batch_dropped_but_counted(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        order, total = rng.permutation(len(X)), 0.0
        for start in range(0, len(X) - batch_size + 1, batch_size):
            rows = order[start : start + batch_size]
            total += len(rows) * batches_loss(X[rows], y[rows], layers)
            batches_update(X[rows], y[rows], layers, learning_rate)
        losses.append(total / len(X))
    return layers, np.array(losses)


@misconception(
    "train_network",
    hint="X and y are shuffled apart, so that inputs get the targets of others. Both need the same rows.",
    name="X and y shuffled apart",
)
def X_and_y_shuffled_again_and_again(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        X, y, total = X[rng.permutation(len(X))], y[rng.permutation(len(y))], 0.0
        for rows in batches_slices(np.arange(len(X)), batch_size):
            total += len(rows) * batches_loss(X[rows], y[rows], layers)
            batches_update(X[rows], y[rows], layers, learning_rate)
        losses.append(total / len(X))
    return layers, np.array(losses)


@misconception(
    "train_network",
    hint="X and y are shuffled apart, so that inputs get the targets of others. Both need the same rows.",
)
def X_and_y_shuffled_apart(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        mixed, targets, total = X[rng.permutation(len(X))], y[rng.permutation(len(y))], 0.0
        for rows in batches_slices(np.arange(len(X)), batch_size):
            total += len(rows) * batches_loss(mixed[rows], targets[rows], layers)
            batches_update(mixed[rows], targets[rows], layers, learning_rate)
        losses.append(total / len(X))
    return layers, np.array(losses)


@misconception(
    "train_network",
    hint="X is shuffled, y is not, so that inputs get the targets of others. Both need the same rows.",
)
def y_left_in_its_order(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        mixed, total = X[rng.permutation(len(X))], 0.0
        for rows in batches_slices(np.arange(len(X)), batch_size):
            total += len(rows) * batches_loss(mixed[rows], y[rows], layers)
            batches_update(mixed[rows], y[rows], layers, learning_rate)
        losses.append(total / len(X))
    return layers, np.array(losses)


@misconception(
    "train_network",
    hint="X is shuffled, y is not, so that inputs get the targets of others. Both need the same rows.",
    name="y left in its order",
)
def shuffle_of_X_itself(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        rng.shuffle(X)
        total = 0.0
        for rows in batches_slices(np.arange(len(X)), batch_size):
            total += len(rows) * batches_loss(X[rows], y[rows], layers)
            batches_update(X[rows], y[rows], layers, learning_rate)
        losses.append(total / len(X))
    return layers, np.array(losses)


@misconception(
    "train_network",
    hint="The layers are right. Your loss of an epoch is that of its last batch; collect those of all batches.",
)
def loss_of_the_last_batch(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_reported(
        X, y, layers, learning_rate, epochs, batch_size, rng, lambda before, after, sizes: before[-1]
    )


@misconception(
    "train_network",
    hint="The layers are right. In your loss a smaller batch counts as much as the others; count examples instead.",
)
def batches_weighted_alike(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_reported(
        X, y, layers, learning_rate, epochs, batch_size, rng, lambda before, after, sizes: before.mean()
    )


@misconception(
    "train_network",
    hint="The layers are right. Your losses are those after the updates; note a batch's loss before its own.",
)
def loss_after_the_update(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_reported(
        X, y, layers, learning_rate, epochs, batch_size, rng, lambda before, after, sizes: after @ sizes / sizes.sum()
    )


@misconception(
    "train_network",
    hint="The answers are right, but the layers that you were given have changed. Put the new W and b into dicts of "
    "your own.",
    symptom=[right(), arguments_changed()],
)
def given_layers_changed(X, y, layers, learning_rate, epochs, batch_size, rng):
    trained, losses = batches_trained(X, y, layers, learning_rate, epochs, batch_size, rng)
    for given, new in zip(layers, trained, strict=True):
        given["W"][...], given["b"][...] = new["W"], new["b"]
    return layers, losses


@misconception(
    "train_network",
    hint="All epochs go through the examples in the same order. Each one draws an order of its own.",
)
def one_order_for_all_epochs(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    order, losses = rng.permutation(len(X)), []
    for _ in range(epochs):
        total = 0.0
        for rows in batches_slices(order, batch_size):
            total += len(rows) * batches_loss(X[rows], y[rows], layers)
            batches_update(X[rows], y[rows], layers, learning_rate)
        losses.append(total / len(X))
    return layers, np.array(losses)


@misconception(
    "train_network",
    hint="The examples come in the order that they are given in. Where does your loop use the order that is drawn?",
)
def examples_not_shuffled(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(
        X, y, layers, learning_rate, epochs, batch_size, rng, cut=lambda o, s: batches_slices(np.arange(len(o)), s)
    )


@misconception(
    "train_network",
    hint="You draw an order for every batch. One order an epoch, cut into slices, takes each example exactly once.",
)
def an_order_for_each_batch(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for start in range(0, len(X), batch_size):
            rows = rng.permutation(len(X))[start : start + batch_size]
            total += len(rows) * batches_loss(X[rows], y[rows], layers)
            batches_update(X[rows], y[rows], layers, learning_rate)
        losses.append(total / len(X))
    return layers, np.array(losses)


@misconception(
    "train_network",
    hint="np.random is shared by all code. Draw the order with the rng that you are given.",
    symptom=[global_state_changed()],
)
def global_generator_for_the_order(X, y, layers, learning_rate, epochs, batch_size, rng):
    def cut(order, size):
        return batches_slices(np.random.permutation(len(order)), size)

    return batches_trained(X, y, layers, learning_rate, epochs, batch_size, rng, cut=cut)


@misconception(
    "train_network",
    hint="Each step goes uphill. Look at the sign of your update, and at which of A and y is subtracted.",
    name="ascent",
)
def batches_uphill(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(X, y, layers, -learning_rate, epochs, batch_size, rng)


@misconception(
    "train_network",
    hint="Your gradients aren't divided at all. The loss is a mean over the entries of A: what does its gradient keep?",
)
def gradient_not_divided(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(X, y, layers, learning_rate, epochs, batch_size, rng, share=lambda errors: 2.0)


@misconception(
    "train_network",
    hint="All steps are half as long as they should be. What is the derivative of a square?",
)
def gradient_without_its_2(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(X, y, layers, learning_rate, epochs, batch_size, rng, share=lambda errors: 1.0 / errors.size)


@misconception(
    "train_network",
    hint="You take half the squared error, as for the two neurons. Here the loss is the mean of (A - y)², not halved.",
)
def half_the_squared_error(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(
        X, y, layers, learning_rate, epochs, batch_size, rng, halved=0.5, share=lambda errors: 1.0 / errors.size
    )


@misconception(
    "train_network",
    hint="You divide by the number of examples. The loss is a mean over all entries: examples times outputs.",
)
def divided_by_the_examples_alone(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(X, y, layers, learning_rate, epochs, batch_size, rng, share=lambda errors: 2.0 / len(errors))


@misconception(
    "train_network",
    hint="A layer's dX is computed with its new W. Go back through the layer first, then update it.",
)
def W_updated_before_dX(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(X, y, layers, learning_rate, epochs, batch_size, rng, old=False)


@misconception(
    "train_network",
    hint="All layers of your network are the last one. Is one dict filled for all of them? Each needs its own.",
)
def one_dict_for_all_layers(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, copies = batches_copied(X, y, layers, epochs, batch_size)
    network, same = [], {}
    for copy in copies:
        same |= copy
        network.append(same)
    losses = []
    for _ in range(epochs):
        total = 0.0
        for rows in batches_slices(rng.permutation(len(X)), batch_size):
            total += len(rows) * batches_loss(X[rows], y[rows], network)
            batches_update(X[rows], y[rows], network, learning_rate)
        losses.append(total / len(X))
    return network, np.array(losses)


@misconception(
    "train_network",
    hint="The slopes of the activations are not there yet. What stands between the dA of a layer and its weighted sum?",
)
def slopes_left_out(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(
        X, y, layers, learning_rate, epochs, batch_size, rng, slope=lambda Z, A, name: np.ones_like(A)
    )


@misconception(
    "train_network",
    hint="A × (1 − A) and 1 − A² ask for what a layer sends out. You use its weighted sum there.",
)
def slopes_of_the_weighted_sum(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(
        X, y, layers, learning_rate, epochs, batch_size, rng, slope=lambda Z, A, name: batches_slope(Z, Z, name)
    )


@misconception(
    "train_network",
    hint="relu has a slope, too: 1 where it lets the sum through. What is it where it sends out 0?",
)
def relu_without_its_slope(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(
        X,
        y,
        layers,
        learning_rate,
        epochs,
        batch_size,
        rng,
        slope=lambda Z, A, name: np.ones_like(A) if name == "relu" else batches_slope(Z, A, name),
    )


@misconception(
    "train_network",
    hint="Only one epoch is done. Does `return` stand inside the loop, or is there no loop over the epochs?",
)
def one_epoch_alone(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(X, y, layers, learning_rate, min(epochs, 1), batch_size, rng)


@also_correct("train_network")
def batches_example_by_example(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X)).tolist()
        squares = []
        while order:
            taken, order = order[:batch_size], order[batch_size:]
            steps = [[np.zeros_like(layer["W"]), np.zeros_like(layer["b"])] for layer in layers]
            for n in taken:
                signals = [X[n]]
                for layer in layers:
                    signals.append(batches_sent_out(signals[-1] @ layer["W"] + layer["b"], layer["activation"]))
                error = signals[-1] - y[n]
                squares += (error**2).tolist()
                back = 2.0 * error / (len(taken) * len(error))
                for place in range(len(layers) - 1, -1, -1):
                    out, name = signals[place + 1], layers[place]["activation"]
                    back = back * batches_slope(out, out, name)
                    steps[place][0] += np.outer(signals[place], back)
                    steps[place][1] += back
                    back = layers[place]["W"] @ back
            for layer, (dW, db) in zip(layers, steps, strict=True):
                layer["W"] -= learning_rate * dW
                layer["b"] -= learning_rate * db
        losses.append(sum(squares) / len(squares))
    return tuple(layers), np.array(losses)


@also_correct("train_network")
def batches_of_columns(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    tables = [layer["W"].T for layer in layers]
    shifts = [layer["b"].reshape(-1, 1) for layer in layers]
    names = [layer["activation"] for layer in layers]
    losses = np.empty(epochs)
    for epoch in range(epochs):
        order, squares = rng.permutation(len(X)), np.empty(y.shape)
        for rows in np.split(order, range(batch_size, len(order), batch_size)):
            signals = [X[rows].T]
            for table, shift, name in zip(tables, shifts, names, strict=True):
                signals.append(batches_sent_out(table @ signals[-1] + shift, name))
            error = signals[-1] - y[rows].T
            squares[rows] = error.T**2
            delta, new = 2.0 / error.size * error, []
            for place in range(len(tables) - 1, -1, -1):
                delta = delta * batches_slope(signals[place + 1], signals[place + 1], names[place])
                new.append((delta @ signals[place].T, delta.sum(axis=1, keepdims=True)))
                delta = tables[place].T @ delta
            for place, (dW, db) in enumerate(reversed(new)):
                tables[place], shifts[place] = tables[place] - learning_rate * dW, shifts[place] - learning_rate * db
        losses[epoch] = squares.mean()
    return [
        {"activation": name, "b": shift.ravel(), "W": table.T}
        for table, shift, name in zip(tables, shifts, names, strict=True)
    ], losses


@also_correct("train_network")
def batches_gone_through_recursively(X, y, layers, learning_rate, epochs, batch_size, rng):
    X, y, layers = batches_copied(X, y, layers, epochs, batch_size)
    losses = np.zeros(epochs)

    def gone_through(signal, place, target):
        """The gradient of what comes into a layer, once it and all after it are updated; and the squares."""
        if place == len(layers):
            return 2.0 * (signal - target) / signal.size, (signal - target) ** 2
        W, b, name = (layers[place][key] for key in ("W", "b", "activation"))
        Z = signal @ W + b
        out = batches_sent_out(Z, name)
        back, squares = gone_through(out, place + 1, target)
        # At relu's kink the slope of either side is right.
        back = back * (Z >= 0 if name == "relu" else batches_slope(Z, out, name))
        layers[place] = layers[place] | {"W": W - learning_rate * signal.T @ back, "b": b - learning_rate * back.sum(0)}
        return back @ W.T, squares

    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for first in range(0, len(X), batch_size):
            rows = order[first : first + batch_size]
            losses[epoch] += gone_through(X[rows], 0, y[rows])[1].sum() / y.size
    return layers, losses
