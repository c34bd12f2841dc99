"""Slips in the second sitting of backpropagation, dense_backward and train_network, as beginners type them."""

from __future__ import annotations

import textwrap

from tests.feedback.slip import STUB, Slip, Typed, body

BACK = "dense_backward"
RIGHT_BACK = body("""
dX = dA @ W.T
dW = X.T @ dA
db = dA.sum(axis=0)
return dX, dW, db
""")


def _back(
    dX: str = "dA @ W.T", dW: str = "X.T @ dA", db: str = "dA.sum(axis=0)", end: str = "return dX, dW, db"
) -> str:
    return f"dX = {dX}\ndW = {dW}\ndb = {db}\n{end}"


_DENSE_BACKWARD = [
    ("W as it is", _back(dX="dA @ W")),
    ("the product in the wrong order", _back(dX="W @ dA")),
    ("dA and X swapped", _back(dW="dA.T @ X")),
    ("X as it is", _back(dW="X @ dA")),
    ("a star for the matrix product", _back(dX="dA * W.T", dW="X.T * dA")),
    ("T with brackets", _back(dX="dA @ W.T()", dW="X.T() @ dA")),
    ("W.transpose without brackets", _back(dX="dA @ W.transpose")),
    ("a number for each example", _back(db="dA.sum(axis=1)")),
    ("the whole table added up", _back(db="dA.sum()")),
    ("the mean for the sum", _back(db="dA.mean(axis=0)")),
    ("divided by N", _back(dW="X.T @ dA / len(X)", db="dA.sum(axis=0) / len(X)")),
    ("Python's own sum", _back(db="sum(dA)", dX="sum(dA @ W.T)")),
    ("db as a row of a table", _back(db="dA.sum(axis=0, keepdims=True)")),
    ("db is dA", _back(db="dA")),
    ("W and X for each other", _back(dX="X.T @ dA", dW="dA @ W.T")),
    ("another order of the results", _back(end="return dW, db, dX")),
    ("a list with one array inside", _back(end="return [[dX, dW, db]]")),
    ("a dict", _back(end='return {"dX": dX, "dW": dW, "db": db}')),
    ("dX alone", _back(end="return dX")),
    ("db forgotten", "dX = dA @ W.T\ndW = X.T @ dA\nreturn dX, dW"),
    ("printed, not returned", _back(end="print(dX, dW, db)")),
    ("rounded", _back(end="return dX.round(2), dW.round(2), db.round(2)")),
    ("an activation's slope as well", _back(dX="(dA * X * (1 - X)) @ W.T")),
    ("a step in place of the gradients", _back(end="return X - dX, W - dW, db")),
    (
        "dA changed in place",
        "dX = dA @ W.T\ndA /= len(X)\ndW = X.T @ dA\nreturn dX, dW, dA.sum(axis=0)",
    ),
    (
        "return inside the loop",
        """
        db = np.zeros(W.shape[1])
        for row in dA:
            db = db + row
            return dA @ W.T, X.T @ dA, db
        """,
    ),
    (
        "the sum made anew in the loop",
        """
        for row in dA:
            db = np.zeros(W.shape[1])
            db += row
        return dA @ W.T, X.T @ dA, db
        """,
    ),
    (
        "written out for the example's size",
        """
        db = np.array([dA[0, 0] + dA[1, 0], dA[0, 1] + dA[1, 1], dA[0, 2] + dA[1, 2]])
        return dA @ W.T, X.T @ dA, db
        """,
    ),
]

BACKS = [
    *(Slip(BACK, name, body(text)) for name, text in _DENSE_BACKWARD),
    Slip(
        BACK,
        "the answer inside raise NotImplementedError",
        body(_back(end="raise NotImplementedError(dX, dW, db)")),
    ),
    Slip(BACK, "the indentation lost", body(RIGHT_BACK.text, indent="")),
    Slip(BACK, "a bracket missing, after the stub was run", body(_back(db="dA.sum(axis=0")), before=(STUB,)),
    Slip(BACK, "fixed, but not run again", RIGHT_BACK, before=(body(_back(db="dA.sum()")),), run=False),
    Slip(BACK, "renamed", Typed(RIGHT_BACK.text, line="def dense_backwards(dA, X, W):")),
    Slip(BACK, "the arguments in another order", Typed(RIGHT_BACK.text, line="def dense_backward(X, W, dA):")),
]

TRAIN = "train_network"
COPY = """\
network = []
for layer in layers:
    network.append({"W": layer["W"] * 1.0, "b": layer["b"] * 1.0, "activation": layer["activation"]})
"""
FORWARD = """\
outputs = [X[rows]]
for layer in network:
    Z = outputs[-1] @ layer["W"] + layer["b"]
    if layer["activation"] == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    elif layer["activation"] == "tanh":
        A = np.tanh(Z)
    elif layer["activation"] == "relu":
        A = np.maximum(Z, 0)
    else:
        A = Z
    outputs.append(A)
A = outputs[-1]
"""
LOSS = "total += np.sum((A - y[rows]) ** 2)\n"
BACKWARD = """\
dA = 2 * (A - y[rows]) / A.size
for i in reversed(range(len(network))):
    layer = network[i]
    A = outputs[i + 1]
    if layer["activation"] == "sigmoid":
        dZ = dA * A * (1 - A)
    elif layer["activation"] == "tanh":
        dZ = dA * (1 - A ** 2)
    elif layer["activation"] == "relu":
        dZ = dA * (A > 0)
    else:
        dZ = dA
    dA, dW, db = dense_backward(dZ, outputs[i], layer["W"])
    layer["W"] = layer["W"] - learning_rate * dW
    layer["b"] = layer["b"] - learning_rate * db
"""


def _train(
    copy: str = COPY,
    order: str = "order = rng.permutation(len(X))",
    starts: str = "range(0, len(X), batch_size)",
    rows: str = "order[start:start + batch_size]",
    forward: str = FORWARD,
    loss: str = LOSS,
    backward: str = BACKWARD,
    kept: str = "losses.append(total / y.size)",
    end: str = "return network, np.array(losses)",
) -> str:
    batch = textwrap.indent(f"rows = {rows}\n{forward}{loss}{backward}", 8 * " ")
    return (
        f"{copy}losses = []\nfor epoch in range(epochs):\n    {order}\n    total = 0\n"
        f"    for start in {starts}:\n{batch}    {kept}\n{end}"
    )


def _swapped(text: str, old: str, new: str) -> str:
    assert old in text, old
    return text.replace(old, new)


def _backward(old: str, new: str) -> str:
    return _train(backward=_swapped(BACKWARD, old, new))


def _forward(old: str, new: str) -> str:
    return _train(forward=_swapped(FORWARD, old, new))


RIGHT_TRAIN = body(_train())

_TRAIN_NETWORK = [
    ("the last examples left out", _train(starts="range(0, len(X) - batch_size + 1, batch_size)")),
    ("// batches", _train(starts="[i * batch_size for i in range(len(X) // batch_size)]")),
    (
        "X and y shuffled apart",
        _train(
            order="X = X[rng.permutation(len(X))]; y = y[rng.permutation(len(y))]",
            rows="np.arange(start, min(start + batch_size, len(X)))",
        ),
    ),
    ("rng.shuffle(X)", _train(order="rng.shuffle(X)", rows="range(start, min(start + batch_size, len(X)))")),
    (
        "X shuffled, y not",
        _train(
            loss=_swapped(LOSS, "y[rows]", "y[start:start + batch_size]"),
            backward=_swapped(BACKWARD, "y[rows]", "y[start:start + batch_size]"),
        ),
    ),
    ("np.random for rng", _train(order="order = np.random.permutation(len(X))")),
    ("rng.shuffle of a range", _train(order="order = rng.shuffle(range(len(X)))")),
    ("the order drawn, but not used", _train(rows="slice(start, start + batch_size)")),
    (
        "one order for all epochs",
        _train(copy=f"{COPY}order = rng.permutation(len(X))\n", order="pass"),
    ),
    ("an order for each batch", _train(order="pass", rows="rng.permutation(len(X))[start:start + batch_size]")),
    ("the slice without its start", _train(rows="order[:batch_size]")),
    ("the loss of the last batch", _train(loss="total = np.mean((A - y[rows]) ** 2)\n", kept="losses.append(total)")),
    (
        "the mean of the batches",
        _train(
            loss="total += np.mean((A - y[rows]) ** 2)\n",
            kept="losses.append(total / np.ceil(len(X) / batch_size))",
        ),
    ),
    (
        "the sum of the batches' losses",
        _train(loss="total += np.mean((A - y[rows]) ** 2)\n", kept="losses.append(total)"),
    ),
    ("a loss for each batch", _train(loss="losses.append(np.mean((A - y[rows]) ** 2))\n", kept="pass")),
    ("divided by N alone", _train(kept="losses.append(total / len(X))")),
    (
        "half the squared error",
        _train(loss="total += np.sum((A - y[rows]) ** 2) / 2\n", backward=BACKWARD.replace("2 * ", "", 1)),
    ),
    ("the 2 forgotten", _backward("2 * (A - y[rows])", "(A - y[rows])")),
    ("the gradient divided by the rows", _backward("/ A.size", "/ len(rows)")),
    ("the gradient not divided", _backward(" / A.size", "")),
    ("y − A", _backward("(A - y[rows])", "(y[rows] - A)")),
    ("+ in place of −", _train(backward=BACKWARD.replace("] - learning_rate", "] + learning_rate"))),
    ("layers forward again", _backward("reversed(range(len(network)))", "range(len(network))")),
    ("the first layer left out", _backward("reversed(range(len(network)))", "range(len(network) - 1, 0, -1)")),
    (
        "no slopes",
        _train(
            backward="dA = 2 * (A - y[rows]) / A.size\n"
            "for i in reversed(range(len(network))):\n"
            "    layer = network[i]\n"
            '    dA, dW, db = dense_backward(dA, outputs[i], layer["W"])\n'
            '    layer["W"] = layer["W"] - learning_rate * dW\n'
            '    layer["b"] = layer["b"] - learning_rate * db\n'
        ),
    ),
    ("the wrong output for the slope", _backward("A = outputs[i + 1]", "A = outputs[i]")),
    ("the last output for every slope", _backward("    A = outputs[i + 1]\n", "")),
    ("relu's slope as `if`", _backward("dZ = dA * (A > 0)", "dZ = dA if A > 0 else 0")),
    ("what came out into dense_backward", _backward("outputs[i], layer", "outputs[i + 1], layer")),
    ("the layer into dense_backward", _backward('outputs[i], layer["W"])', "outputs[i], layer)")),
    ("a function from week 1", _train(forward="outputs = network_forward(X[rows], network)\nA = outputs[-1]\n")),
    ("np.max for np.maximum", _forward("np.maximum(Z, 0)", "np.max(Z, 0)")),
    ('== "tanh" or "relu"', _forward('layer["activation"] == "tanh"', 'layer["activation"] == "tanh" or "relu"')),
    ("all of X forward", _forward("outputs = [X[rows]]", "outputs = [X]")),
    ("list.copy() alone", _train(copy="network = layers.copy()\n")),
    (
        "the given arrays changed",
        _train(
            copy="network = [dict(layer) for layer in layers]\n",
            backward=BACKWARD.replace('layer["W"] = layer["W"] - ', 'layer["W"] -= ').replace(
                'layer["b"] = layer["b"] - ', 'layer["b"] -= '
            ),
        ),
    ),
    (
        "one dict for all layers",
        _train(
            copy="""\
network = []
new = {}
for layer in layers:
    new["W"], new["b"], new["activation"] = layer["W"] * 1.0, layer["b"] * 1.0, layer["activation"]
    network.append(new)
"""
        ),
    ),
    ("the activation forgotten in the copy", _train(copy=COPY.replace(', "activation": layer["activation"]', ""))),
    ("losses set to [] in the loop", _train(order="losses = []; order = rng.permutation(len(X))")),
    ("return inside the loop", _train(end="    return network, np.array(losses)")),
    ("losses as a list", _train(end="return network, losses")),
    ("the layers alone", _train(end="return network")),
    ("losses first", _train(end="return np.array(losses), network")),
    ("printed, not returned", _train(end="print(network, losses)")),
    ("losses = losses.append(…)", _train(kept="losses = losses.append(total / y.size)")),
    ("a misspelt name", _train(kept="losses.append(total / y_true.size)")),
]

TRAINS = [
    *(Slip(TRAIN, name, body(text)) for name, text in _TRAIN_NETWORK),
    Slip(
        TRAIN,
        "the answer inside raise NotImplementedError",
        body(_train(end="raise NotImplementedError(network, losses)")),
    ),
    Slip(TRAIN, "the indentation lost", body(RIGHT_TRAIN.text, indent="")),
    Slip(
        TRAIN,
        "no colon, after the stub was run",
        body(_train().replace("in range(epochs):", "in range(epochs)")),
        before=(STUB,),
    ),
    Slip(TRAIN, "fixed, but not run again", RIGHT_TRAIN, before=(body(_backward("2 * ", "")),), run=False),
    Slip(
        TRAIN,
        "renamed",
        Typed(RIGHT_TRAIN.text, line="def train(X, y, layers, learning_rate, epochs, batch_size, rng):"),
    ),
    Slip(TRAIN, "right, but dense_backward averages", RIGHT_TRAIN, earlier={BACK: body(_back(db="dA.mean(axis=0)"))}),
    Slip(TRAIN, "right, but dense_backward is still a stub", RIGHT_TRAIN, earlier={BACK: STUB}),
    Slip(
        TRAIN,
        "the 2 forgotten, and dense_backward averages",
        body(_backward("2 * (A - y[rows])", "(A - y[rows])")),
        earlier={BACK: body(_back(db="dA.mean(axis=0)"))},
    ),
]

SLIPS = [*BACKS, *TRAINS]
