"""Slips in the five exercises of forward_propagation, as beginners type them."""

from __future__ import annotations

import textwrap

from tests.feedback.slip import STUB, Slip, Typed, body

TWO = "two_neuron_forward"
RIGHT_TWO = body("""
z1 = w1 * x + b1
a1 = 1 / (1 + np.exp(-z1))
z2 = w2 * a1 + b2
a2 = 1 / (1 + np.exp(-z2))
return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}
""")
RIGHT_DICT = 'return {"z1": z1, "a1": a1, "z2": z2, "a2": a2}'


def _two(
    z1: str = "w1 * x + b1",
    a1: str = "1 / (1 + np.exp(-z1))",
    z2: str = "w2 * a1 + b2",
    a2: str = "1 / (1 + np.exp(-z2))",
    end: str = RIGHT_DICT,
) -> str:
    return f"z1 = {z1}\na1 = {a1}\nz2 = {z2}\na2 = {a2}\n{end}"


_TWO_NEURONS = [
    ("a function from the last notebook", _two(a1="sigmoid(z1)", a2="sigmoid(z2)")),
    (
        "-w * x + b in the exponent",
        _two(a1="1 / (1 + np.exp(-w1 * x + b1))", a2="1 / (1 + np.exp(-w2 * a1 + b2))"),
    ),
    ("a product without its star", _two(z1="w1x + b1", z2="w2a1 + b2")),
    ("a weight called like a function", _two(z1="w1(x) + b1", z2="w2(a1) + b2")),
    ("the bias inside the product", _two(z1="w1 * (x + b1)", z2="w2 * (a1 + b2)")),
    ("the second sum left out", _two(z2="a1", a2="1 / (1 + np.exp(-a1))")),
    ("relu for the sigmoid", _two(a1="max(0, z1)", a2="max(0, z2)")),
    ("a caret (^) for the power", _two(a1="1 / (1 + 2.718 ^ -z1)", a2="1 / (1 + 2.718 ^ -z2)")),
    ("rounded on the way", _two(z1="round(w1 * x + b1, 4)", z2="round(w2 * a1 + b2, 4)")),
    ("keys without their quotes", _two(end="return {z1: z1, a1: a1, z2: z2, a2: a2}")),
    ("commas instead of colons in the dict", _two(end='return {"z1", z1, "a1", a1, "z2", z2, "a2", a2}')),
    ("capital letters in the keys", _two(end='return {"Z1": z1, "A1": a1, "Z2": z2, "A2": a2}')),
    ("only the activations", _two(end='return {"a1": a1, "a2": a2}')),
    ("four results, no dict", _two(end="return z1, a1, z2, a2")),
    ("numbers in lists", _two(end='return {"z1": [z1], "a1": [a1], "z2": [z2], "a2": [a2]}')),
    ("two keys swapped", _two(end='return {"z1": a1, "a1": z1, "z2": a2, "a2": z2}')),
    ("printed, not returned", _two(end='print({"z1": z1, "a1": a1, "z2": z2, "a2": a2})')),
    ("the example's numbers", 'return {"z1": 0.415, "a1": 0.602286, "z2": 0.921029, "a2": 0.715252}'),
    (
        "a helper that returns nothing",
        "def sigmoid(z):\n    1 / (1 + np.exp(-z))\n\n" + _two(a1="sigmoid(z1)", a2="sigmoid(z2)"),
    ),
]

TWO_NEURONS = [
    *(Slip(TWO, name, body(text)) for name, text in _TWO_NEURONS),
    Slip(
        TWO,
        "the answer inside raise NotImplementedError",
        body(_two(end='raise NotImplementedError({"z1": z1, "a1": a1, "z2": z2, "a2": a2})')),
    ),
    Slip(TWO, "the placeholder left above the answer", body(f"{STUB.text}\n{RIGHT_TWO.text}")),
    Slip(TWO, "the indentation lost", body(RIGHT_TWO.text, indent="")),
    Slip(
        TWO,
        "return indented too far, after the stub was run",
        body(RIGHT_TWO.text.replace("return", "    return")),
        before=(STUB,),
    ),
    Slip(
        TWO,
        "a bracket missing, after another answer was run",
        body(_two(a2="1 / (1 + np.exp(-z2)")),
        before=(body(_two(a2="z2")),),
    ),
    Slip(TWO, "fixed, but not run again", RIGHT_TWO, before=(body(_two(z2="w2 * z1 + b2")),), run=False),
    Slip(TWO, "renamed", Typed(RIGHT_TWO.text, line="def two_neurons_forward(x, w1, b1, w2, b2):")),
    Slip(
        TWO,
        "a def inside the def",
        body(f"def two_neuron_forward(x, w1, b1, w2, b2):\n{textwrap.indent(_two(), '    ')}"),
    ),
    Slip(TWO, "the arguments in another order", Typed(_two(), line="def two_neuron_forward(x, w1, w2, b1, b2):")),
]

DENSE = "dense_forward"
REFUSALS = """\
if X.ndim != 2 or W.ndim != 2 or b.ndim != 1:
    raise ValueError("wrong number of dimensions")
if X.shape[1] != W.shape[0] or W.shape[1] != len(b):
    raise ValueError("the shapes do not fit")
if activation not in ["linear", "sigmoid", "tanh", "relu"]:
    raise ValueError("unknown activation")
"""
ACTIVATIONS = """\
if activation == "linear":
    return z
if activation == "sigmoid":
    return 1 / (1 + np.exp(-z))
if activation == "tanh":
    return np.tanh(z)
if activation == "relu":
    return np.maximum(z, 0)
"""


def _dense(z: str = "z = X @ W + b\n", activations: str = ACTIVATIONS, refusals: str = REFUSALS) -> str:
    return refusals + z + activations


def _activations(old: str, new: str) -> str:
    assert old in ACTIVATIONS
    return ACTIVATIONS.replace(old, new)


RIGHT_DENSE = body(_dense())
TRANSPOSED = body(_dense(z="z = X @ W.T + b\n", refusals=""))

_DENSE_FORWARD = [
    ("np.max for np.maximum", _dense(activations=_activations("np.maximum(z, 0)", "np.max(z, 0)"))),
    (
        "`if` on an array",
        _dense(
            activations=_activations("    return np.maximum(z, 0)", "    if z > 0:\n        return z\n    return 0")
        ),
    ),
    (
        '== "a" or "b"',
        _dense(
            activations="""\
if activation == "linear" or "none":
    return z
elif activation == "sigmoid":
    return 1 / (1 + np.exp(-z))
elif activation == "tanh":
    return np.tanh(z)
else:
    return np.maximum(z, 0)
"""
        ),
    ),
    ("names without their quotes", _dense(activations=ACTIVATIONS.replace('"', ""))),
    ("one = in an if", _dense(activations=_activations('== "linear"', '= "linear"'))),
    ("capital letters in a name", _dense(activations=_activations('"relu"', '"ReLU"'))),
    ("the product in the wrong order", _dense(z="z = np.dot(W, X) + b\n")),
    (
        "return inside the loop",
        _dense(z="for row in X:\n    z = row @ W + b\n    return z\n"),
    ),
    (
        "a new list in each round of the loop",
        _dense(z="for row in X:\n    rows = []\n    rows.append(row @ W + b)\nz = np.array(rows)\n"),
    ),
    (
        "rows = rows.append(…)",
        _dense(z="rows = []\nfor row in X:\n    rows = rows.append(row @ W + b)\nz = np.array(rows)\n"),
    ),
    (
        "a loop one short",
        _dense(
            z="rows = []\nfor i in range(len(X) - 1):\n    rows.append(X[i] @ W + b)\nz = np.array(rows)\n",
        ),
    ),
    (
        "written out for the example's size",
        _dense(
            z="""\
z = np.zeros((2, 3))
for i in range(2):
    for j in range(3):
        z[i, j] = X[i, 0] * W[0, j] + X[i, 1] * W[1, j] + b[j]
"""
        ),
    ),
    ("-X @ W + b in the exponent", _dense(activations=_activations("np.exp(-z)", "np.exp(-X @ W + b)"))),
    ("a function from the last notebook", _dense(activations=_activations("1 / (1 + np.exp(-z))", "sigmoid(z)"))),
    ("a function that NumPy lacks", _dense(activations=_activations("np.maximum(z, 0)", "np.relu(z)"))),
    (
        "return forgotten in the branches",
        _dense(activations=ACTIVATIONS.replace("return ", "") + "return z\n"),
    ),
    (
        "an activation left out",
        _dense(activations=_activations('if activation == "tanh":\n    return np.tanh(z)\n', "")),
    ),
    ("rounded to two decimals", _dense(z="z = np.round(X @ W + b, 2)\n")),
    (
        "printed, not returned",
        _dense(activations=ACTIVATIONS.replace("return z", "print(z)").replace("return ", "z = ")),
    ),
    ("the result in a list", _dense(activations=ACTIVATIONS.replace("return z", "return [z]"))),
    ("an argument changed in place", _dense(z="b.shape = (1, len(b))\nz = X @ W + b\n")),
    ("nothing refused", _dense(refusals="")),
    (
        "ValueError returned, not raised",
        _dense(refusals=REFUSALS.replace("raise ValueError", "return ValueError")),
    ),
    (
        "assert in place of raise",
        _dense(
            refusals="assert X.ndim == 2 and W.ndim == 2 and b.ndim == 1\n"
            "assert X.shape[1] == W.shape[0] and W.shape[1] == len(b)\n"
            'assert activation in ["linear", "sigmoid", "tanh", "relu"]\n'
        ),
    ),
    ("shapes compared as wholes", _dense(refusals=REFUSALS.replace("X.shape[1] != W.shape[0]", "X.shape != W.shape"))),
    (
        "or between two !=",
        _dense(
            refusals=REFUSALS.replace(
                'if activation not in ["linear", "sigmoid", "tanh", "relu"]:',
                'if activation != "linear" or activation != "sigmoid" or activation != "tanh" or activation != "relu":',
            )
        ),
    ),
]

DENSES = [
    *(Slip(DENSE, name, body(text)) for name, text in _DENSE_FORWARD),
    Slip(
        DENSE,
        "the answer inside raise NotImplementedError",
        body(f"{REFUSALS}raise NotImplementedError(X @ W + b)"),
    ),
    Slip(DENSE, "the indentation lost", body(RIGHT_DENSE.text, indent="")),
    Slip(
        DENSE,
        "no colon, after the stub was run",
        body(_dense(activations=_activations('== "relu":', '== "relu"'))),
        before=(STUB,),
    ),
    Slip(
        DENSE,
        "fixed, but not run again",
        RIGHT_DENSE,
        before=(body(_dense(z="z = X @ W\n")),),
        run=False,
    ),
    Slip(
        DENSE,
        "a def inside the def",
        body(f'def dense_forward(X, W, b, activation="linear"):\n{textwrap.indent(_dense(), "    ")}'),
    ),
    Slip(DENSE, "renamed", Typed(_dense(), line='def dense(X, W, b, activation="linear"):')),
]

INIT = "initialize_network"
RIGHT_INIT = body("""
network = []
for i in range(len(layer_sizes) - 1):
    D, M = layer_sizes[i], layer_sizes[i + 1]
    network.append({"W": rng.normal(size=(D, M)), "b": np.zeros(M)})
return network
""")


def _init(W: str = "rng.normal(size=(D, M))", b: str = "np.zeros(M)", end: str = "return network") -> str:
    return f"""
network = []
for i in range(len(layer_sizes) - 1):
    D, M = layer_sizes[i], layer_sizes[i + 1]
    W = {W}
    b = {b}
    network.append({{"W": W, "b": b}})
{end}
"""


_INITIALIZE = [
    ("rng.normal(D, M)", _init(W="rng.normal(D, M)")),
    ("four numbers to rng.normal", _init(W="rng.normal(0, 1, D, M)")),
    ("a function that a generator lacks", _init(W="rng.randn(D, M)")),
    ("two numbers to np.zeros", _init(W="np.zeros(D, M) + rng.normal(size=(D, M))")),
    ("b as a column", _init(b="np.zeros((M, 1))")),
    ("whole numbers drawn", _init(W="rng.integers(-5, 5, size=(D, M))")),
    ("rounded to one decimal", _init(W="np.round(rng.normal(size=(D, M)), 1)")),
    (
        "one dict for all layers",
        """
        network = []
        layer = {}
        for i in range(len(layer_sizes) - 1):
            layer["W"] = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            layer["b"] = np.zeros(layer_sizes[i + 1])
            network.append(layer)
        return network
        """,
    ),
    (
        "a new list in each round of the loop",
        """
        for i in range(len(layer_sizes) - 1):
            network = []
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            network.append({"W": W, "b": np.zeros(layer_sizes[i + 1])})
        return network
        """,
    ),
    (
        "return inside the loop",
        """
        network = []
        for i in range(len(layer_sizes) - 1):
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            network.append({"W": W, "b": np.zeros(layer_sizes[i + 1])})
            return network
        """,
    ),
    (
        "network = network.append(…)",
        """
        network = []
        for i in range(len(layer_sizes) - 1):
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            network = network.append({"W": W, "b": np.zeros(layer_sizes[i + 1])})
        return network
        """,
    ),
    (
        "a loop one short",
        """
        network = []
        for i in range(len(layer_sizes) - 2):
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            network.append({"W": W, "b": np.zeros(layer_sizes[i + 1])})
        return network
        """,
    ),
    (
        "a loop one too long",
        """
        network = []
        for i in range(len(layer_sizes)):
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            network.append({"W": W, "b": np.zeros(layer_sizes[i + 1])})
        return network
        """,
    ),
    (
        "a size as an index",
        """
        network = []
        for i in layer_sizes:
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            network.append({"W": W, "b": np.zeros(layer_sizes[i + 1])})
        return network
        """,
    ),
    (
        "keys without their quotes",
        """
        network = []
        for i in range(len(layer_sizes) - 1):
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            b = np.zeros(layer_sizes[i + 1])
            network.append({W: W, b: b})
        return network
        """,
    ),
    (
        "small letters in a key",
        """
        network = []
        for i in range(len(layer_sizes) - 1):
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            network.append({"w": W, "b": np.zeros(layer_sizes[i + 1])})
        return network
        """,
    ),
    (
        "pairs in place of dicts",
        """
        network = []
        for i in range(len(layer_sizes) - 1):
            W = rng.normal(size=(layer_sizes[i], layer_sizes[i + 1]))
            network.append((W, np.zeros(layer_sizes[i + 1])))
        return network
        """,
    ),
    (
        "drawn once, above the loop",
        """
        network = []
        W = rng.normal(size=(layer_sizes[0], layer_sizes[1]))
        for i in range(len(layer_sizes) - 1):
            network.append({"W": W, "b": np.zeros(layer_sizes[i + 1])})
        return network
        """,
    ),
    (
        "written out for three sizes",
        """
        D, H, M = layer_sizes
        return [
            {"W": rng.normal(size=(D, H)), "b": np.zeros(H)},
            {"W": rng.normal(size=(H, M)), "b": np.zeros(M)},
        ]
        """,
    ),
    (
        "an argument changed in place",
        """
        network = []
        D = layer_sizes.pop(0)
        for M in layer_sizes:
            network.append({"W": rng.normal(size=(D, M)), "b": np.zeros(M)})
            D = M
        return network
        """,
    ),
    ("printed, not returned", _init(end="print(network)")),
]

INITS = [
    *(Slip(INIT, name, body(text)) for name, text in _INITIALIZE),
    Slip(INIT, "the answer inside raise NotImplementedError", body(_init(end="raise NotImplementedError(network)"))),
    Slip(INIT, "the indentation lost", body(RIGHT_INIT.text, indent="")),
    Slip(
        INIT,
        "a bracket missing, after the stub was run",
        body(RIGHT_INIT.text.replace("np.zeros(M)})", "np.zeros(M)}")),
        before=(STUB,),
    ),
    Slip(INIT, "fixed, but not run again", RIGHT_INIT, before=(body(_init(b="np.zeros(D)")),), run=False),
    Slip(INIT, "renamed", Typed(RIGHT_INIT.text, line="def initialise_network(layer_sizes, rng):")),
    Slip(
        INIT,
        "a def inside the def",
        body("""
        def initialize_network(layer_sizes, rng):
            network = []
            for i in range(len(layer_sizes) - 1):
                D, M = layer_sizes[i], layer_sizes[i + 1]
                network.append({"W": rng.normal(size=(D, M)), "b": np.zeros(M)})
            return network
        """),
    ),
]

NETWORK = "network_forward"
RIGHT_NETWORK = body("""
outputs = []
A = X
for layer in layers:
    A = dense_forward(A, layer["W"], layer["b"], layer["activation"])
    outputs.append(A)
return outputs
""")


def _network(step: str = 'A = dense_forward(A, layer["W"], layer["b"], layer["activation"])') -> str:
    return f"""
outputs = []
A = X
for layer in layers:
    {step}
    outputs.append(A)
return outputs
"""


_NETWORK_FORWARD = [
    (
        "return inside the loop",
        """
        outputs = []
        for layer in layers:
            X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
            outputs.append(X)
            return outputs
        """,
    ),
    (
        "a new list in each round of the loop",
        """
        for layer in layers:
            outputs = []
            X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
            outputs.append(X)
        return outputs
        """,
    ),
    (
        "outputs = outputs.append(…)",
        """
        outputs = []
        for layer in layers:
            X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
            outputs = outputs.append(X)
        return outputs
        """,
    ),
    (
        "a loop one short",
        """
        outputs = []
        for i in range(len(layers) - 1):
            layer = layers[i]
            X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
            outputs.append(X)
        return outputs
        """,
    ),
    (
        "appended before it is computed",
        """
        outputs = []
        for layer in layers:
            outputs.append(X)
            X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
        return outputs
        """,
    ),
    (
        "an index into an empty list",
        """
        outputs = []
        for i in range(len(layers)):
            X = dense_forward(X, layers[i]["W"], layers[i]["b"], layers[i]["activation"])
            outputs[i] = X
        return outputs
        """,
    ),
    (
        "a layer as an index",
        """
        outputs = []
        for layer in layers:
            X = dense_forward(X, layers[layer]["W"], layers[layer]["b"], layers[layer]["activation"])
            outputs.append(X)
        return outputs
        """,
    ),
    (
        "written out for two layers",
        """
        A1 = dense_forward(X, layers[0]["W"], layers[0]["b"], layers[0]["activation"])
        A2 = dense_forward(A1, layers[1]["W"], layers[1]["b"], layers[1]["activation"])
        return [A1, A2]
        """,
    ),
    ("keys without their quotes", _network("A = dense_forward(A, layer[W], layer[b], layer[activation])")),
    ("a key misspelt", _network('A = dense_forward(A, layer["W"], layer["b"], layer["activations"])')),
    ("a dot in place of the key", _network("A = dense_forward(A, layer.W, layer.b, layer.activation)")),
    (
        "the list in place of the layer",
        _network('A = dense_forward(A, layers["W"], layers["b"], layers["activation"])'),
    ),
    ("the whole layer as an argument", _network("A = dense_forward(A, layer)")),
    ("arguments swapped", _network('A = dense_forward(layer["W"], A, layer["b"], layer["activation"])')),
    ("one activation for all", _network('A = dense_forward(A, layer["W"], layer["b"], "relu")')),
    ("a function appended without calling it", _network("A = dense_forward")),
    ("rounded on the way", _network('A = dense_forward(A, layer["W"], layer["b"], layer["activation"]).round(2)')),
    ("an array of arrays", RIGHT_NETWORK.text.replace("return outputs", "return np.array(outputs)")),
    ("a list in the list", RIGHT_NETWORK.text.replace("append(A)", "append([A])")),
    ("printed, not returned", RIGHT_NETWORK.text.replace("return outputs", "print(outputs)")),
    (
        "an argument changed in place",
        """
        outputs = []
        while len(layers) > 0:
            layer = layers.pop(0)
            X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
            outputs.append(X)
        return outputs
        """,
    ),
]

NETWORKS = [
    *(Slip(NETWORK, name, body(text)) for name, text in _NETWORK_FORWARD),
    Slip(
        NETWORK,
        "the answer inside raise NotImplementedError",
        body(RIGHT_NETWORK.text.replace("return outputs", "raise NotImplementedError(outputs)")),
    ),
    Slip(NETWORK, "the indentation lost", body(RIGHT_NETWORK.text, indent="")),
    Slip(
        NETWORK,
        "no colon, after the stub was run",
        body(RIGHT_NETWORK.text.replace("in layers:", "in layers")),
        before=(STUB,),
    ),
    Slip(
        NETWORK,
        "fixed, but not run again",
        RIGHT_NETWORK,
        before=(body(RIGHT_NETWORK.text.replace("(A, ", "(X, ")),),
        run=False,
    ),
    Slip(NETWORK, "renamed", Typed(RIGHT_NETWORK.text, line="def network_foward(X, layers):")),
    Slip(
        NETWORK,
        "a def inside the def",
        body("""
        def network_forward(X, layers):
            outputs = []
            for layer in layers:
                X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
                outputs.append(X)
            return outputs
        """),
    ),
    Slip(NETWORK, "right, but dense_forward transposes W", RIGHT_NETWORK, earlier={DENSE: TRANSPOSED}),
    Slip(NETWORK, "right, but dense_forward is still a stub", RIGHT_NETWORK, earlier={DENSE: STUB}),
    Slip(
        NETWORK,
        "right, but dense_forward returns nothing for relu",
        RIGHT_NETWORK,
        earlier={DENSE: body(_dense(activations=_activations("return np.maximum(z, 0)", "np.maximum(z, 0)")))},
    ),
    Slip(
        NETWORK,
        "X into every layer, and dense_forward forgets the bias",
        body(RIGHT_NETWORK.text.replace("(A, ", "(X, ")),
        earlier={DENSE: body(_dense(z="z = X @ W\n"))},
    ),
]

COUNT = "count_parameters"
RIGHT_COUNT = body("""
total = 0
for i in range(len(layer_sizes) - 1):
    total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]
return total
""")


def _count(step: str, end: str = "return total", loop: str = "for i in range(len(layer_sizes) - 1):") -> str:
    return f"total = 0\n{loop}\n    {step}\n{end}"


RIGHT_STEP = "total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i + 1]"

_COUNT_PARAMETERS = [
    ("return inside the loop", _count(f"{RIGHT_STEP}\n    return total", end="")),
    (
        "the total set to 0 in the loop",
        f"""
for i in range(len(layer_sizes) - 1):
    total = 0
    {RIGHT_STEP}
return total
""",
    ),
    ("a loop one short", _count(RIGHT_STEP, loop="for i in range(len(layer_sizes) - 2):")),
    ("a loop one too long", _count(RIGHT_STEP, loop="for i in range(len(layer_sizes)):")),
    ("a size as an index", _count("total += layer_sizes[i] * layer_sizes[i + 1]", loop="for i in layer_sizes:")),
    ("=+, the signs swapped", _count(RIGHT_STEP.replace("+=", "=+"))),
    ("one bias a layer", _count("total += layer_sizes[i] * layer_sizes[i + 1] + 1")),
    ("brackets missing", _count("total += layer_sizes[i] + 1 * layer_sizes[i + 1]")),
    ("biases of the layer before", _count("total += layer_sizes[i] * layer_sizes[i + 1] + layer_sizes[i]")),
    (
        "written out for three sizes",
        "return layer_sizes[0] * layer_sizes[1] + layer_sizes[1] + layer_sizes[1] * layer_sizes[2] + layer_sizes[2]",
    ),
    ("the example's answer", "return 26"),
    ("a float", _count(RIGHT_STEP, end="return total / 1")),
    ("the result in a list", _count(RIGHT_STEP, end="return [total]")),
    (
        "weights and biases apart",
        """
        weights = 0
        biases = 0
        for i in range(len(layer_sizes) - 1):
            weights += layer_sizes[i] * layer_sizes[i + 1]
            biases += layer_sizes[i + 1]
        return weights, biases
        """,
    ),
    ("printed, not returned", _count(RIGHT_STEP, end="print(total)")),
    ("for D, M in a list of numbers", _count("total += D * M + M", loop="for D, M in layer_sizes:")),
    ("a misspelt name", _count(RIGHT_STEP.replace("layer_sizes[i]", "layers_sizes[i]", 1))),
    ("total never begun", "for i in range(len(layer_sizes) - 1):\n    " + RIGHT_STEP + "\nreturn total"),
    (
        "an argument changed in place",
        """
        total = 0
        D = layer_sizes.pop(0)
        for M in layer_sizes:
            total += D * M + M
            D = M
        return total
        """,
    ),
    (
        "a generator that doesn't exist here",
        """
        network = initialize_network(layer_sizes, rng)
        total = 0
        for layer in network:
            total += layer["W"].size + layer["b"].size
        return total
        """,
    ),
]

COUNTS = [
    *(Slip(COUNT, name, body(text)) for name, text in _COUNT_PARAMETERS),
    Slip(
        COUNT,
        "the answer inside raise NotImplementedError",
        body(_count(RIGHT_STEP, end="raise NotImplementedError(total)")),
    ),
    Slip(COUNT, "the indentation lost", body(RIGHT_COUNT.text, indent="")),
    Slip(
        COUNT,
        "no colon, after the stub was run",
        body(RIGHT_COUNT.text.replace("- 1):", "- 1)")),
        before=(STUB,),
    ),
    Slip(
        COUNT,
        "fixed, but not run again",
        RIGHT_COUNT,
        before=(body(_count("total += layer_sizes[i] * layer_sizes[i + 1]")),),
        run=False,
    ),
    Slip(COUNT, "renamed", Typed(RIGHT_COUNT.text, line="def count_params(layer_sizes):")),
    Slip(
        COUNT,
        "a def inside the def",
        body(f"""
def count_parameters(layer_sizes):
    total = 0
    for i in range(len(layer_sizes) - 1):
        {RIGHT_STEP}
    return total
"""),
    ),
]

SLIPS = [*TWO_NEURONS, *DENSES, *INITS, *NETWORKS, *COUNTS]
