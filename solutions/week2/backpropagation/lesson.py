# The second sitting: sections 5 to 7, after "A good place to stop."; the recap becomes section 8.
# The setup must also import, besides `check`, `ready`, `np` and `display`:
#     from autograder.data import handwritten_digits, trained_network, training_digits
#     from autograder.drawing import changed_digit, decision_surfaces, digit_grid, training_progress, weight_pictures

# %% [markdown]
# ## 5. A whole layer, backwards
#
# Your functions go back through single neurons. Real networks have layers, and examples come in **batches**, a row
# each. Forward, a layer is `A = X @ W + b`, with `N` examples, `D` inputs and `M` neurons: X is `(N, D)`, W `(D, M)`,
# b `(M,)`, A `(N, M)`.
#
# Suppose we already know how the error E changes with each entry of A. We call that table `dA`: short for dE/dA, and of
# the same shape. In the same way `dX`, `dW` and `db` are the gradients of X, W and b.
#
# | | inputs X | dA: neuron 1 | neuron 2 | neuron 3 |
# |---|---|---|---|---|
# | example 1 | 0.5, 2.0 | 0.4 | −0.2 | 0.1 |
# | example 2 | −1.0, 0.8 | 0.3 | 0.5 | −0.6 |
#
# **Guess before you look.** The bias of neuron 1 works in both examples, where dA is 0.4 and 0.3. Its gradient is …
#
# * (a) 0.35
# * (b) 0.7
# * (c) 0.3
#
# The cell moves this bias by 0.001. Its error is made so that every entry of A counts as `dA` says.

# %%
batch = np.array([[0.5, 2.0], [-1.0, 0.8]])
table = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
gradients = np.array([[0.4, -0.2, 0.1], [0.3, 0.5, -0.6]])


def error_for(biases):
    return np.sum(gradients * (batch @ table + biases))


rise = error_for(np.array([0.101, -0.2, 0.7])) - error_for(np.array([0.1, -0.2, 0.7]))
print("gradient of the first bias:", round(rise / 0.001, 6))

# %% [markdown]
# It is 0.7, the sum, and not the mean: (b) was right. What is used several times **collects** from each use. (If the
# error is a mean, its 1/N is in `dA` already; dividing again would be wrong.)
#
# ### Worked example: a weight and an input
#
# * **A weight** joins one input to one neuron, in *every example*. From input 1 to neuron 1:
#   0.5 × 0.4 − 1.0 × 0.3 = **−0.1**
# * **An input** goes to *every neuron*. Input 1 of example 1 meets the weights 1.5, −1.2 and 0.5:
#   0.4 × 1.5 + (−0.2) × (−1.2) + 0.1 × 0.5 = **0.89**
#
# **The same with a gap.** From input 2 to neuron 3: 2.0 × 0.1 + 0.8 × (…) = ….
#
# <details><summary>Answer</summary>2.0 × 0.1 + 0.8 × (−0.6) = −0.28</details>

# %% [markdown]
# ### Exercise 5: a layer, backwards
#
# All of dW is **one matrix product** of dA and X; all of dX is one of dA and W. `W.T` is W turned round, its rows as
# columns. Which table must be turned, and what comes first? The shapes tell: dW has the shape of W, dX that of X. For
# db, add up what is in each column.

# %% nbgrader={"grade": false, "grade_id": "dense_backward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense_backward(dA, X, W):
    """Go back through a layer A = X @ W + b: from the gradient of A to those of X, W and b.

    House rules apply.

    Parameters
    ----------
    dA : array of shape (N, M)
        The gradient of what the layer sent out.
    X : array of shape (N, D)
        What came into the layer, one example a row.
    W : array of shape (D, M)
        Its weights.

    Returns
    -------
    dX, dW, db : arrays of shape (N, D), (D, M) and (M,)
        The gradients, in this order. dW and db are sums over the examples: nothing is divided by N.

    Raises
    ------
    ValueError
        If an array doesn't have two dimensions, or the shapes don't fit together.

    Examples
    --------
    With means in place of sums, db would be [0.35, 0.15, -0.25].

    >>> X = np.array([[0.5, 2.0], [-1.0, 0.8]])
    >>> W = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
    >>> dense_backward(np.array([[0.4, -0.2, 0.1], [0.3, 0.5, -0.6]]), X, W)
    (array([[ 0.89,  0.2 ],
           [-0.45,  0.88]]), array([[-0.1 , -0.6 ,  0.65],
           [ 1.04,  0.  , -0.28]]), array([ 0.7,  0.3, -0.5]))
    """
    if dA.ndim != 2 or X.ndim != 2 or W.ndim != 2:
        raise ValueError("dA, X and W need two dimensions each.")
    if dA.shape != (X.shape[0], W.shape[1]) or X.shape[1] != W.shape[0]:
        raise ValueError("The shapes do not fit together.")
    ### BEGIN SOLUTION
    dA = dA.astype(float)
    return dA @ W.T, X.T @ dA, dA.sum(axis=0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_dense_backward", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("dense_backward")

# %% [markdown]
# **What it is good for.** Not only weights have gradients: the input has one, too. Here is a 4 that week 1's trained
# network reads. We ask for a 9, go back to the *picture*, through your function twice, and take ten steps downhill.

# %%
if ready("dense_backward"):
    hidden, output = trained_network()
    four, wish = handwritten_digits()[0][[12]], np.eye(10)[[9]]
    picture, readings = four, []
    for _ in range(11):
        A1 = np.maximum(picture @ hidden["W"] + hidden["b"], 0)
        A2 = 1 / (1 + np.exp(-(A1 @ output["W"] + output["b"])))
        readings.append(f"read as {A2.argmax()}")
        last = picture
        dA1, _, _ = dense_backward((A2 - wish) * A2 * (1 - A2), A1, output["W"])
        dX, _, _ = dense_backward(dA1 * (A1 > 0), picture, hidden["W"])
        picture = np.clip(picture - 0.5 * dX, 0, 1)
    display(changed_digit(four, last, [readings[0], readings[-1]], "Ten steps, taken by the picture"))

# %% [markdown]
# On the left is the 4, on the right what became of it, which the network takes for a 9; in the middle is what changed:
# blue cells got ink, orange ones lost some, none more than 0.5. *You* would hardly call it a 9. A network can be fooled
# by whoever knows its gradients.

# %% [markdown]
# ## 6. Train any network
#
# ### Slopes, from the output
#
# Between two layers stands an activation. Going back, **multiply by its slope**, entry by entry. Each slope follows
# from the output A alone:
#
# | activation | linear | sigmoid | tanh | relu |
# |---|---|---|---|---|
# | slope | 1 | A × (1 − A) | 1 − A² | 1 where A > 0, else 0 |
#
# ### Worked example: one step
#
# One layer with a sigmoid, two examples, two outputs. For a batch the error is called **loss**: the mean of
# (A − y)² over all entries, here 4. Its gradient is 2 (A − y) / 4. (`A.size` counts the entries.)

# %%
if ready("dense_backward"):
    X_batch, y_batch = np.array([[0.5, 2.0], [-1.0, 0.8]]), np.array([[1.0, 0.0], [0.0, 1.0]])
    weights, biases = np.array([[0.6, -0.4], [0.3, 0.8]]), np.zeros(2)
    for step in ["before:", "after: "]:
        # 1. forward
        A = 1 / (1 + np.exp(-(X_batch @ weights + biases)))
        print("loss", step, np.mean((A - y_batch) ** 2).round(6))
        # 2. backward: through the loss, the activation, the layer
        dA = 2 * (A - y_batch) / A.size
        dX, dW, db = dense_backward(dA * A * (1 - A), X_batch, weights)
        # 3. update
        weights, biases = weights - 0.5 * dW, biases - 0.5 * db

# %% [markdown]
# With a right `dense_backward` one step brings the loss from 0.241 down to 0.230. In a deeper network, `dX` is the `dA`
# of the layer before.
#
# ### Batches and epochs
#
# Each **epoch** shuffles the examples: `order = rng.permutation(7)` holds 0 to 6 in a random order. Batches are its
# slices, `order[0:3]`, `order[3:6]` and `order[6:9]`; the last may be smaller. `X[rows]` and `y[rows]`, with the *same*
# rows, are a batch; each batch makes one update.
#
# **Guess before you look.** Batches of 3, 3 and 1 examples have the losses 0.2, 0.2 and 0.9 when they come up. What is
# the mean over the 7 examples, the **loss of the epoch**?
#
# * (a) 0.9
# * (b) 0.433
# * (c) 0.3

# %%
counts, batch_losses = np.array([3, 3, 1]), np.array([0.2, 0.2, 0.9])
print("by examples:", np.sum(counts * batch_losses) / np.sum(counts))
print("by batches: ", np.mean(batch_losses).round(3))

# %% [markdown]
# (c) was right: six examples have 0.2 and only one has 0.9. The mean of the three batches, 0.433, lets that one count
# for three.

# %% [markdown]
# ### Exercise 6: train a network
#
# Now all of it. For each epoch: shuffle. For each batch: forward through all layers, keeping every output; note the
# loss; backward through the layers in `reversed` order; update. A layer's dX needs its *old* W.
#
# Work on your own copies of the layers, such as `{"W": ..., "b": ..., "activation": ...}`.

# %% nbgrader={"grade": false, "grade_id": "train_network", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_network(X, y, layers, learning_rate, epochs, batch_size, rng):
    """Train a network by gradient descent, batch after batch.

    House rules apply.

    Parameters
    ----------
    X, y : arrays of shape (N, D) and (N, M)
        Inputs and targets.
    layers : list of dict
        One or more, with "W", "b" and "activation": "linear", "sigmoid", "tanh" or "relu".
    learning_rate, epochs, batch_size : numbers
    rng : numpy.random.Generator
        Each epoch draws `order = rng.permutation(N)` once; its slices are the batches.

    Returns
    -------
    list of dict, array of shape (epochs,)
        New layers, and each epoch's loss: the mean over the examples of the batches' losses,
        mean (A - y)² over all entries, before their updates.

    Raises
    ------
    ValueError
        If shapes don't fit, an activation is unknown, batch_size is below 1 or epochs below 0.

    Examples
    --------
    The prediction, 0.1 × 3 + 0.2 = 0.5, is 1.5 too low. After the update, the loss would be 1.44.

    >>> layers = [{"W": np.array([[0.1]]), "b": np.array([0.2]), "activation": "linear"}]
    >>> X, y, rng = np.array([[3.0]]), np.array([[2.0]]), np.random.default_rng(1)
    >>> train_network(X, y, layers, 0.01, 1, 1, rng)
    ([{'W': array([[0.19]]), 'b': array([0.23]), 'activation': 'linear'}], array([2.25]))
    """
    if X.ndim != 2 or y.ndim != 2 or len(X) != len(y):
        raise ValueError("X and y need two dimensions and equally many rows.")
    if epochs < 0 or batch_size < 1:
        raise ValueError("epochs must be at least 0 and batch_size at least 1.")
    width = X.shape[1]
    for layer in layers:
        if layer["W"].ndim != 2 or len(layer["W"]) != width or layer["b"].shape != layer["W"].shape[1:]:
            raise ValueError("A W or b does not fit.")
        if layer["activation"] not in ["linear", "sigmoid", "tanh", "relu"]:
            raise ValueError(f"There is no activation called {layer['activation']!r}.")
        width = layer["W"].shape[1]
    if y.shape[1] != width:
        raise ValueError("y needs a column for each output.")
    # copy the layers
    # in each epoch: shuffle, then for each batch
    #     1. forward, 2. backward, 3. update
    # the loss of the epoch
    ### BEGIN SOLUTION
    def sent_out(Z, activation):
        if activation == "sigmoid":
            return 1 / (1 + np.exp(-Z))
        if activation == "tanh":
            return np.tanh(Z)
        return np.maximum(Z, 0.0) if activation == "relu" else Z

    def slope(A, activation):
        if activation == "sigmoid":
            return A * (1 - A)
        if activation == "tanh":
            return 1 - A**2
        return (A > 0) * 1.0 if activation == "relu" else np.ones_like(A)

    network = [{**layer, "W": layer["W"].astype(float), "b": layer["b"].astype(float)} for layer in layers]
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            outputs = [X[rows]]
            for layer in network:
                outputs.append(sent_out(outputs[-1] @ layer["W"] + layer["b"], layer["activation"]))
            errors = outputs[-1] - y[rows]
            losses[epoch] += np.mean(errors**2) * len(rows) / len(X)
            dA = 2 * errors / errors.size
            for number in reversed(range(len(network))):
                layer = network[number]
                dZ = dA * slope(outputs[number + 1], layer["activation"])
                dA, dW, db = dense_backward(dZ, outputs[number], layer["W"])
                layer["W"] = layer["W"] - learning_rate * dW
                layer["b"] = layer["b"] - learning_rate * db
    return network, losses
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_train_network", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("train_network")

# %% [markdown]
# ### The lamp, from random weights
#
# Week 1's staircase lamp is on if exactly one of two switches is up. We chose its 9 numbers by hand. Now 9 random ones,
# two hidden neurons and one output, all with a sigmoid, learn from the four positions.

# %%
def send_through(X, layers):
    for layer in layers:
        Z = X @ layer["W"] + layer["b"]
        X = np.maximum(Z, 0) if layer["activation"] == "relu" else 1 / (1 + np.exp(-Z))
    return X


def random_layers(D, H, M, spreads, activation, rng):
    return [
        {"W": rng.normal(0, spreads[0], (D, H)), "b": np.zeros(H), "activation": activation},
        {"W": rng.normal(0, spreads[1], (H, M)), "b": np.zeros(M), "activation": "sigmoid"},
    ]


switches = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
lamp = np.array([[0.0], [1.0], [1.0], [0.0]])

# %%
if ready("train_network"):
    maps = {}
    for epochs in [0, 100, 1000]:
        rng = np.random.default_rng(3)
        start = random_layers(2, 2, 1, [1, 1], "sigmoid", rng)
        trained, _ = train_network(switches, lamp, start, 1.0, epochs, 1, rng)
        maps[f"after {epochs:,} epochs"] = lambda X, layers=trained: send_through(X, layers)
    display(decision_surfaces(maps, switches, lamp[:, 0] == 1, ["switch 1", "switch 2"]))

# %% [markdown]
# The three maps show the output: light is near 1, dark near 0. At the start it is nearly the same everywhere. After 100
# epochs there is one straight edge, with 3 of the 4 positions right. After 1,000 a light band holds both circles, and
# all 4 are right. You didn't draw it; your function found it.

# %% [markdown]
# ### Where it breaks: other neurons, other starts
#
# Week 1's lamp had *two hidden neurons with relu*, and did it perfectly.
#
# **Guess before you look.** From how many of 10 random starts does training find such a lamp?
#
# * (a) from all of them
# * (b) from about half
# * (c) from hardly any

# %%
if ready("train_network"):
    for activation in ["sigmoid", "relu"]:
        solved = 0
        for seed in range(10):
            rng = np.random.default_rng(seed)
            start = random_layers(2, 2, 1, [1, 1], activation, rng)
            trained, _ = train_network(switches, lamp, start, 1.0, 1000, 1, rng)
            solved += np.all((send_through(switches, trained) > 0.5) == (lamp > 0.5))
        print(activation, "finds the lamp from", solved, "of 10 starts")

# %% [markdown]
# Sigmoid finds it from all 10 starts, relu from none: (c) was right. For an example where a relu neuron sends out 0, its
# slope is 0: nothing is learned from it. If that is so for *all* examples, the neuron is **dead** and never changes
# again; with two, none can be spared. That good weights *exist* doesn't mean that going downhill leads there.

# %% [markdown]
# ## 7. Who found the 970 numbers?
#
# You do, now. The network that read handwriting in week 1 has the sizes `[49, 16, 10]`, relu and then sigmoid.
# `training_digits` gives the 3,000 pictures that it learned from; the 1,000 of `handwritten_digits` stay **unseen**. A
# target is a row of ten numbers, 1 for the digit and 0 elsewhere: `np.eye(10)[labels]`.
#
# **Guess before you look.** The weights begin at random; then your function looks at each of the 3,000 once. How many
# of the 1,000 unseen digits does it read?
#
# * (a) about 900
# * (b) about 700
# * (c) about 150

# %%
X_train, labels = training_digits()
y_train = np.eye(10)[labels]
unseen, meant = handwritten_digits()


def digits_read(layers):
    return np.sum(send_through(unseen, layers).argmax(axis=1) == meant)


if ready("train_network"):
    rng = np.random.default_rng(6)
    start = random_layers(49, 16, 10, [(2 / 49) ** 0.5, 0.25], "relu", rng)
    once, _ = train_network(X_train, y_train, start, 5.0, 1, 10, rng)
    print("read before:         ", digits_read(start))
    print("read after one epoch:", digits_read(once))

# %% [markdown]
# From 162 to 717: (b) was right. One epoch is 300 updates, of all 970 numbers each. Now 60 epochs.

# %%
if ready("train_network"):
    rng = np.random.default_rng(6)
    start = network = random_layers(49, 16, 10, [(2 / 49) ** 0.5, 0.25], "relu", rng)
    losses, read = [], [digits_read(network)]
    for _ in range(60):
        network, loss = train_network(X_train, y_train, network, 5.0, 1, 10, rng)
        losses.append(loss[0])
        read.append(digits_read(network))
    display(training_progress(losses, read, 100, f"Your function reads {read[-1]} of 1,000 unseen digits"))
    for number, old in enumerate(trained_network()):
        for key in ["W", "b"]:
            difference = np.abs(network[number][key] - old[key]).max()
            print(f"layer {number + 1}, {key}: at most {difference:.5f} away from week 1's")

# %% [markdown]
# On the left the loss falls from 0.073 to 0.012; on the right the digits read climb steeply, then slowly, to 909. And
# these *are* week 1's 970 numbers (they were rounded to four decimals): the same start, batches and rule. **Nobody chose
# them. Your loop found them.**
#
# What did the neurons learn? And which digits are still misread?

# %%
if ready("train_network"):
    before_and_after = {"before": start[0]["W"][:, :8], "after": network[0]["W"][:, :8]}
    display(weight_pictures(before_and_after, "What leads into eight of the 16 hidden neurons"))
    readings = send_through(unseen, network).argmax(axis=1)
    wrong = readings != meant
    display(digit_grid(unseen[wrong][:20], meant[wrong][:20], readings[wrong][:20], "Twenty that it gets wrong"))

# %% [markdown]
# Blue cells speak for a neuron, orange ones against it. Before, the weights are noise; afterwards, most neurons look
# for strokes and edges. The second and the fourth have hardly changed: nearly dead from the start. With 16, some can be
# spared. Below are 20 of the 91 misread digits, with what people meant; with 7 by 7 cells, you might hesitate, too.
#
# **Challenge** (not graded). Read more unseen digits with fewer than 2,000 numbers: change the hidden size, the rate,
# the epochs. The score to beat is ours, 930. (Whoever picks the best of many tries by these 1,000 digits has, in a way,
# seen them.)
