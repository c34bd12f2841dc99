"""Slips in the first four exercises of backpropagation, as beginners type them."""

from __future__ import annotations

import textwrap

from tests.feedback.slip import STUB, Slip, Typed, body

GRADIENTS = "two_neuron_gradients"
FORWARD = "a1 = 1 / (1 + np.exp(-(w1 * x + b1)))\na2 = 1 / (1 + np.exp(-(w2 * a1 + b2)))\n"
NAMES = ("E", "a1", "a2", "dE_da2", "dE_dz2", "dE_dw2", "dE_db2", "dE_da1", "dE_dz1", "dE_dw1", "dE_db1")
RIGHT_STEPS = {
    "E": "(y_true - a2) ** 2 / 2",
    "dE_da2": "-(y_true - a2)",
    "dE_dz2": "dE_da2 * a2 * (1 - a2)",
    "dE_dw2": "dE_dz2 * a1",
    "dE_db2": "dE_dz2",
    "dE_da1": "dE_dz2 * w2",
    "dE_dz1": "dE_da1 * a1 * (1 - a1)",
    "dE_dw1": "dE_dz1 * x",
    "dE_db1": "dE_dz1",
}


def _gradients(forward: str = FORWARD, end: str = "", **steps: str) -> str:
    """The right answer with other lines for some names; `end` takes the place of the return."""
    lines = [f"{name} = {steps.get(name, right)}" for name, right in RIGHT_STEPS.items()]
    entries = ", ".join(f'"{name}": {name}' for name in NAMES)
    return forward + "\n".join(lines) + "\n" + (end or f"return {{{entries}}}")


_GRADIENTS = [
    (
        "the minus in the exponent before the weight alone",
        _gradients(
            forward=FORWARD.replace("-(w1 * x + b1)", "-w1 * x + b1").replace("-(w2 * a1 + b2)", "-w2 * a1 + b2")
        ),
    ),
    (
        "a function from the last notebook",
        _gradients(forward="a1 = sigmoid(w1 * x + b1)\na2 = sigmoid(w2 * a1 + b2)\n"),
    ),
    ("T for y_true", _gradients(E="(T - a2) ** 2 / 2", dE_da2="-(T - a2)")),
    ("as in the lecture notes", _gradients(dE_db2="-(y_true - a2)", dE_db1="-(y_true - a2) * w2 * a1 * (1 - a1)")),
    ("b1 alone as in the lecture notes", _gradients(dE_db1="dE_da2 * w2 * a1 * (1 - a1)")),
    ("the output's slope left out everywhere", _gradients(dE_dz2="dE_da2")),
    ("the first neuron's slope left out", _gradients(dE_dz1="dE_da1")),
    ("brackets missing in the slope", _gradients(dE_dz2="dE_da2 * a2 * 1 - a2", dE_dz1="dE_da1 * a1 * 1 - a1")),
    ("a2 in the slope of both neurons", _gradients(dE_dz1="dE_da1 * a2 * (1 - a2)")),
    ("minus missing", _gradients(dE_da2="y_true - a2")),
    ("minus before the target alone", _gradients(dE_da2="-y_true - a2")),
    ("a square with ^", _gradients(E="(y_true - a2) ^ 2 / 2")),
    ("the half forgotten in E", _gradients(E="(y_true - a2) ** 2")),
    ("the weight for its input", _gradients(dE_dw2="dE_dz2 * w2", dE_dw1="dE_dz1 * w1")),
    (
        "z1 and z2 in the dict, too",
        _gradients(
            forward="z1 = w1 * x + b1\na1 = 1 / (1 + np.exp(-z1))\nz2 = w2 * a1 + b2\na2 = 1 / (1 + np.exp(-z2))\n",
            end="return {" + ", ".join(f'"{name}": {name}' for name in (*NAMES, "z1", "z2")) + "}",
        ),
    ),
    ("keys without their quotes", _gradients(end="return {" + ", ".join(f"{name}: {name}" for name in NAMES) + "}")),
    (
        "dE/dw2 as a key",
        _gradients(end="return {" + ", ".join(f'"{name.replace("_d", "/d")}": {name}' for name in NAMES) + "}"),
    ),
    ("a tuple for the dict", _gradients(end=f"return {', '.join(NAMES)}")),
    ("printed, not returned", _gradients(end="print({" + ", ".join(f'"{name}": {name}' for name in NAMES) + "})")),
    ("the lecture's numbers typed in", _gradients(forward="a1 = 0.602286\na2 = 0.715252\n")),
]

TWO_NEURONS = [
    *(Slip(GRADIENTS, name, body(text)) for name, text in _GRADIENTS),
    Slip(GRADIENTS, "the placeholder left above the answer", body(f"{STUB.text}\n{_gradients()}")),
    Slip(
        GRADIENTS,
        "a bracket missing, after another answer was run",
        body(_gradients(dE_dz2="dE_da2 * a2 * (1 - a2")),
        before=(body(_gradients(dE_dz2="dE_da2")),),
    ),
    Slip(
        GRADIENTS,
        "fixed, but not run again",
        body(_gradients()),
        before=(body(_gradients(dE_da2="y_true - a2")),),
        run=False,
    ),
    Slip(
        GRADIENTS,
        "the arguments in another order",
        Typed(_gradients(), line="def two_neuron_gradients(x, w1, b1, w2, b2, y_true):"),
    ),
]

UPDATE = "update_parameters"


def _update(
    line: str = 'new[name] = parameters[name] - learning_rate * gradients["dE_d" + name]',
    before: str = "new = {}\n",
    loop: str = "for name in parameters:\n",
    end: str = "return new",
) -> str:
    return before + loop + textwrap.indent(line, "    ") + "\n" + end


_UPDATES = [
    ("uphill", _update('new[name] = parameters[name] + learning_rate * gradients["dE_d" + name]')),
    (
        "the parameter's name as the gradient's key",
        _update("new[name] = parameters[name] - learning_rate * gradients[name]"),
    ),
    ("the name in quotes", _update('new["name"] = parameters["name"] - learning_rate * gradients["dE_dname"]')),
    ("the key without its quotes", _update("new[name] = parameters[name] - learning_rate * gradients[dE_d + name]")),
    (
        "the given dict changed",
        _update(
            'parameters[name] = parameters[name] - learning_rate * gradients["dE_d" + name]',
            before="",
            end="return parameters",
        ),
    ),
    (
        "another name for the same dict",
        _update('new[name] = new[name] - learning_rate * gradients["dE_d" + name]', before="new = parameters\n"),
    ),
    (
        "return inside the loop",
        _update('new[name] = parameters[name] - learning_rate * gradients["dE_d" + name]\nreturn new', end=""),
    ),
    (
        "the dict made anew in the loop",
        _update('new = {}\nnew[name] = parameters[name] - learning_rate * gradients["dE_d" + name]', before=""),
    ),
    (
        "a loop over the gradients",
        _update("new[name] = parameters[name] - learning_rate * gradients[name]", loop="for name in gradients:\n"),
    ),
    ("append on a dict", _update('new.append(parameters[name] - learning_rate * gradients["dE_d" + name])')),
    ("only the step", _update('new[name] = learning_rate * gradients["dE_d" + name]')),
    ("0.4 typed in", _update('new[name] = parameters[name] - 0.4 * gradients["dE_d" + name]')),
    (
        "rounded to six decimals",
        _update('new[name] = np.round(parameters[name] - learning_rate * gradients["dE_d" + name], 6)'),
    ),
    ("printed, not returned", _update(end="print(new)")),
    (
        "written out for four names",
        """\
return {
    "w1": parameters["w1"] - learning_rate * gradients["dE_dw1"],
    "b1": parameters["b1"] - learning_rate * gradients["dE_db1"],
    "w2": parameters["w2"] - learning_rate * gradients["dE_dw2"],
    "b2": parameters["b2"] - learning_rate * gradients["dE_db2"],
}
""",
    ),
    (
        "arrays changed in place",
        _update('value = parameters[name]\nvalue -= learning_rate * gradients["dE_d" + name]\nnew[name] = value'),
    ),
]

UPDATES = [
    *(Slip(UPDATE, name, body(text)) for name, text in _UPDATES),
    Slip(
        UPDATE,
        "the answer inside raise NotImplementedError",
        body(_update(end="raise NotImplementedError(new)")),
    ),
    Slip(UPDATE, "the indentation lost", body(_update(), indent="")),
    Slip(UPDATE, "renamed", Typed(_update(), line="def update(parameters, gradients, learning_rate):")),
]

TRAIN = "train_two_neurons"


def _train(
    start: str = "errors = []\n",
    loop: str = "for epoch in range(epochs):\n",
    gradients: str = "gradients = two_neuron_gradients(x, y_true, **parameters)\n",
    record: str = 'errors.append(gradients["E"])\n',
    stop: str = 'if gradients["E"] <= threshold:\n    break\n',
    update: str = "parameters = update_parameters(parameters, gradients, learning_rate)\n",
    end: str = "return parameters, np.array(errors)",
) -> str:
    return start + loop + textwrap.indent(gradients + record + stop + update, "    ") + end


RIGHT_STEP = "parameters = update_parameters(parameters, gradients, learning_rate)\n"

_TRAINS = [
    (
        "errors recorded after the update",
        _train(
            record="",
            stop="",
            update="""\
parameters = update_parameters(parameters, gradients, learning_rate)
errors.append(two_neuron_gradients(x, y_true, **parameters)["E"])
if errors[-1] <= threshold:
    break
""",
        ),
    ),
    ("the threshold forgotten", _train(stop="")),
    ("below for at most", _train(stop='if gradients["E"] < threshold:\n    break\n')),
    (
        "stops before it records",
        _train(
            record="",
            update='errors.append(gradients["E"])\n' + RIGHT_STEP,
        ),
    ),
    (
        "filled up with zeros",
        _train(
            start="errors = np.zeros(epochs)\n",
            record='errors[epoch] = gradients["E"]\n',
            end="return parameters, errors",
        ),
    ),
    (
        "return inside the loop",
        _train(
            update=RIGHT_STEP + "return parameters, np.array(errors)\n",
            end="",
        ),
    ),
    (
        "the list made anew in the loop",
        _train(start="", gradients="errors = []\ngradients = two_neuron_gradients(x, y_true, **parameters)\n"),
    ),
    ("errors = errors.append(…)", _train(record='errors = errors.append(gradients["E"])\n')),
    ("a list in place of an array", _train(end="return parameters, errors")),
    ("only the parameters", _train(end="return parameters")),
    ("the update's result dropped", _train(update="update_parameters(parameters, gradients, learning_rate)\n")),
    (
        "the gradients computed above the loop",
        _train(start="errors = []\ngradients = two_neuron_gradients(x, y_true, **parameters)\n", gradients=""),
    ),
    ("a dict where six numbers belong", _train(gradients="gradients = two_neuron_gradients(x, y_true, parameters)\n")),
    (
        "the arguments of the gradients in another order",
        _train(gradients="gradients = two_neuron_gradients(y_true, x, **parameters)\n"),
    ),
    (
        "one parameter after the other",
        """\
w1, b1, w2, b2 = parameters["w1"], parameters["b1"], parameters["w2"], parameters["b2"]
errors = []
for epoch in range(epochs):
    g = two_neuron_gradients(x, y_true, w1, b1, w2, b2)
    errors.append(g["E"])
    if g["E"] <= threshold:
        break
    w2 = w2 - learning_rate * g["dE_dw2"]
    b2 = b2 - learning_rate * g["dE_db2"]
    g = two_neuron_gradients(x, y_true, w1, b1, w2, b2)
    w1 = w1 - learning_rate * g["dE_dw1"]
    b1 = b1 - learning_rate * g["dE_db1"]
return {"w1": w1, "b1": b1, "w2": w2, "b2": b2}, np.array(errors)
""",
    ),
    (
        "the given dict changed",
        _train(update='for name in parameters:\n    parameters[name] -= learning_rate * gradients["dE_d" + name]\n'),
    ),
    ("a loop one short", _train(loop="for epoch in range(1, epochs):\n")),
    ("a loop over a number", _train(loop="for epoch in epochs:\n")),
    ("the start's error alone", _train(end='return parameters, np.array([gradients["E"]])')),
]

TRAINS = [
    *(Slip(TRAIN, name, body(text)) for name, text in _TRAINS),
    Slip(
        TRAIN,
        "over gradients with the wrong sign",
        body(_train()),
        earlier={GRADIENTS: body(_gradients(dE_da2="y_true - a2"))},
    ),
    Slip(
        TRAIN,
        "over an update that goes uphill",
        body(_train()),
        earlier={UPDATE: body(_update('new[name] = parameters[name] + learning_rate * gradients["dE_d" + name]'))},
    ),
    Slip(TRAIN, "over an update that isn't written", body(_train()), earlier={UPDATE: STUB}),
    Slip(
        TRAIN,
        "renamed",
        Typed(_train(), line="def train(x, y_true, parameters, learning_rate, epochs, threshold=0.0):"),
    ),
]

NUMERICAL = "numerical_gradient"
RIGHT_MOVES = """\
up = np.array(x, dtype=float)
up[place] += h
down = np.array(x, dtype=float)
down[place] -= h
"""


def _numerical(
    start: str = "gradient = np.zeros(x.shape)\n",
    loop: str = "for place in np.ndindex(x.shape):\n",
    moves: str = RIGHT_MOVES,
    line: str = "gradient[place] = (f(up) - f(down)) / (2 * h)\n",
    end: str = "return gradient",
) -> str:
    return start + loop + textwrap.indent(moves + line, "    ") + end


_NUMERICALS = [
    ("up only", _numerical(line="gradient[place] = (f(up) - f(x)) / h\n")),
    ("the 2 forgotten", _numerical(line="gradient[place] = (f(up) - f(down)) / h\n")),
    ("/ 2 * h", _numerical(line="gradient[place] = (f(up) - f(down)) / 2 * h\n")),
    ("everything moved at once", "return (f(x + h) - f(x - h)) / (2 * h)"),
    (
        "everything moved at once, in the loop",
        _numerical(moves="", line="gradient[place] = (f(x + h) - f(x - h)) / (2 * h)\n"),
    ),
    (
        "x itself moved",
        _numerical(
            moves="x[place] += h\nup = f(x)\nx[place] -= 2 * h\ndown = f(x)\nx[place] += h\n",
            line="gradient[place] = (up - down) / (2 * h)\n",
        ),
    ),
    (
        "moved and not put back",
        _numerical(
            start="gradient = np.zeros(x.shape)\nv = np.array(x, dtype=float)\n",
            moves="v[place] += h\nup = f(v)\nv[place] -= 2 * h\ndown = f(v)\n",
            line="gradient[place] = (up - down) / (2 * h)\n",
        ),
    ),
    ("another name for the same array", _numerical(moves="up = x\nup[place] += h\ndown = x\ndown[place] -= h\n")),
    ("copies of whole numbers", _numerical(moves="up = x.copy()\nup[place] += h\ndown = x.copy()\ndown[place] -= h\n")),
    (
        "only the entry given to f",
        _numerical(line="gradient[place] = (f(x[place] + h) - f(x[place] - h)) / (2 * h)\n", moves=""),
    ),
    ("f not called", _numerical(line="gradient[place] = (f * up - f * down) / (2 * h)\n")),
    ("func for f", _numerical(line="gradient[place] = (func(up) - func(down)) / (2 * h)\n")),
    ("a loop over the length", _numerical(loop="for place in range(len(x)):\n")),
    (
        "a flat result",
        _numerical(
            start="gradient = []\n",
            line="gradient.append((f(up) - f(down)) / (2 * h))\n",
            end="return np.array(gradient)",
        ),
    ),
    ("zeros of whole numbers", _numerical(start="gradient = np.zeros_like(x)\n")),
    (
        "return inside the loop",
        _numerical(line="gradient[place] = (f(up) - f(down)) / (2 * h)\nreturn gradient\n", end=""),
    ),
    (
        "the result made anew in the loop",
        _numerical(start="", moves="gradient = np.zeros(x.shape)\n" + RIGHT_MOVES),
    ),
    ("down minus up", _numerical(line="gradient[place] = (f(down) - f(up)) / (2 * h)\n")),
    ("its own h", _numerical(start="h = 1e-5\ngradient = np.zeros(x.shape)\n")),
    ("printed, not returned", _numerical(end="print(gradient)")),
    ("the slope of the example's function", "return np.array([3 * x[0] ** 2, 5.0])"),
]

NUMERICALS = [
    *(Slip(NUMERICAL, name, body(text)) for name, text in _NUMERICALS),
    Slip(
        NUMERICAL,
        "the answer inside raise NotImplementedError",
        body("raise NotImplementedError((f(x + h) - f(x - h)) / (2 * h))"),
    ),
    Slip(NUMERICAL, "renamed", Typed(_numerical(), line="def numeric_gradient(f, x, h=1e-5):")),
]

SLIPS = [*TWO_NEURONS, *UPDATES, *TRAINS, *NUMERICALS]
