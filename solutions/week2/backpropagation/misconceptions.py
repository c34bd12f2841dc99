"""Wrong answers that beginners give in backpropagation's second sitting, and right answers that look unlike ours."""

import numpy as np

from autograder.checks.symptoms import arguments_changed, right
from autograder.lessons import also_correct, misconception, stand_in

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
    hint="Everything is divided by the number of examples. If the loss is a mean, dA has that 1/N already.",
)
def all_three_averaged(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return dA @ W.T / len(X), X.T @ dA / len(X), dA.sum(axis=0) / len(X)


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


@misconception(
    "dense_backward",
    hint="Your numbers would be right if all of dA were 1. Every gradient here is dA times something.",
)
def dA_left_out(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    ones = np.ones_like(dA)
    return ones @ W.T, X.T @ ones, ones.sum(axis=0)


@misconception(
    "dense_backward",
    hint="All signs are turned round. A gradient is not yet a step downhill: the minus comes in the update.",
)
def minus_in_the_gradients(dA, X, W):
    dA, X, W = layers_checked(dA, X, W)
    return -dA @ W.T, -X.T @ dA, -dA.sum(axis=0)


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
    hint="X and y are shuffled apart, so that pictures get the targets of others. Both need the same rows.",
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
    hint="Your list holds the last layer again and again. Is one dict filled for all of them? Each needs its own.",
)
def one_dict_for_all_layers(X, y, layers, learning_rate, epochs, batch_size, rng):
    trained, losses = batches_trained(X, y, layers, learning_rate, epochs, batch_size, rng)
    return [trained[-1]] * len(trained), losses


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
    hint="Each step is twice as long as it should be. Is W updated in two places, or is a 2 too many?",
)
def updated_twice(X, y, layers, learning_rate, epochs, batch_size, rng):
    return batches_trained(X, y, layers, 2.0 * learning_rate, epochs, batch_size, rng)


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
