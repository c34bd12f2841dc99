# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [markdown]
# # Forward propagation: from one neuron to a network
#
# **The question.** How do numbers travel through a whole network of neurons, and how does a computer do it for many
# examples at once?
#
# **Time.** About an hour. There is a good place to stop after the third exercise.
#
# **You need** the lesson `artificial_neuron` (weighted sum, sigmoid, NumPy's arrays), and from Python: functions, lists,
# dictionaries, `if` and `for` loops.
#
# **Contents**
#
# 1. Why one neuron is not enough
# 2. Two neurons in a row
# 3. A layer is one matrix product
# 4. The weights to start from
# 5. A whole network
# 6. How many numbers must be learned?
# 7. Where it breaks: a network without activations
# 8. Recap

# %% [markdown]
# Run this cell first: click on it and press Shift and Enter together. It is the only one that all the others depend
# on. It loads NumPy under its usual short name `np`, the course's checks, and the functions that draw our pictures.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.drawing import curves, decision_surfaces, network_diagram, two_kinds
except ImportError:
    raise ImportError(
        "This notebook needs the course's package: "
        "pip install the wheel intro_dl_kit-....whl that came with it. "
        "(The package `autograder` on the public index is someone else's.)"
    ) from None
import numpy as np
from IPython.display import display

same_version("{{VERSION}}")

# %% [markdown]
# ## 1. Why one neuron is not enough
#
# A lamp on a staircase has two switches. It is on when exactly one of them is up: flip either switch, and the light
# changes. Let 0 mean down and 1 mean up.
#
# | switch 1 | switch 2 | lamp |
# |---|---|---|
# | 0 | 0 | off |
# | 0 | 1 | on |
# | 1 | 0 | on |
# | 1 | 1 | off |
#
# A neuron multiplies each input by its weight, adds its bias, and squeezes the sum to between 0 and 1. With two inputs,
# everything on one side of a straight line gets an output above 0.5, and everything on the other side one below: that was
# the map with the umbrella.
#
# **Guess before you look.** Which straight line has both "on" points on one side and both "off" points on the other?
#
# * (a) a slanted one, falling from left to right
# * (b) a level one, half way up
# * (c) none

# %%
positions = [[0, 0], [0, 1], [1, 0], [1, 1]]
lamp_is_on = [False, True, True, False]
lines = {"(a)": ((-0.4, 0.9), (0.9, -0.4)), "(b)": ((-0.4, 0.5), (1.3, 0.5))}
title = "Two lines that try to part on from off"
display(two_kinds({title: positions}, lamp_is_on, [("switch 1", "switch 2")], lines))

# %% [markdown]
# The picture shows the four positions as points, switch 1 along the bottom and switch 2 upwards. The two "on" points,
# circles, lie top left and bottom right; the two "off" points, crosses, lie in the other corners. The slanted line
# (a) cuts off one cross, but the other one stays among the circles: 3 of 4 points come out right. The level line (b)
# has a circle and a cross on each side. However you turn and shift a line, one point is left over. The right guess is
# (c).
#
# So one neuron cannot run this lamp. A network can: several neurons, some of which work on what others send out.

# %% [markdown]
# ## 2. Two neurons in a row
#
# ### Worked example: one neuron, once more
#
# A neuron takes two steps:
#
# 1. **weighted sum**: `z = w * x + b`, the input x times the weight w, plus the bias b;
# 2. **activation**: `a = 1 / (1 + e^(-z))`, the sigmoid, which squeezes any number to between 0 and 1.
#
# The lecture's numbers are input 0.1, weight 0.15, bias 0.4. By hand: 0.15 × 0.1 is 0.015, and with the bias the
# weighted sum is 0.415. For the activation we need the computer: what is e^(-z) on paper is `np.exp(-z)` in NumPy. (Here
# all sums are small, so nothing overflows.)

# %%
# 1. weighted sum
print("weighted sum:", round(0.15 * 0.1 + 0.4, 6))

# 2. activation
print("activation:  ", round(1 / (1 + np.exp(-0.415)), 6))

# %% [markdown]
# The neuron sends out 0.602286.
#
# *Change it:* let the input be 5 instead of 0.1. What is the weighted sum by hand? (0.15 × 5 + 0.4 = 1.15. Put 1.15
# into the last line, too, as it stands there by itself.) The output rises to 0.759511.

# %% [markdown]
# ### Put a second neuron behind it
#
# ```
#        w1, b1              w2, b2
#  x  ------------> ( 1 ) ------------> ( 2 ) ---->  a2
#                  z1 -> a1            z2 -> a2
# ```
#
# The digit in each name tells the neuron: `w1`, `b1`, `z1` and `a1` are weight, bias, weighted sum and activation of
# the first, `w2`, `b2`, `z2` and `a2` those of the second. For the second neuron the lecture takes the weight 0.45
# and the bias 0.65.
#
# **Guess before you look.** Which number does the second neuron multiply by its weight 0.45?
#
# * (a) 0.1, the input
# * (b) 0.415, the first neuron's weighted sum
# * (c) 0.602286, the first neuron's activation

# %%
for guess, incoming in [("(a)", 0.1), ("(b)", 0.415), ("(c)", 0.602286)]:
    print(f"{guess} with {incoming} the second weighted sum is {0.45 * incoming + 0.65:.6f}")

# %% [markdown]
# The lecture's second weighted sum is 0.921029, so guess (c) was right. A neuron sees only what arrives at its own
# input, and what leaves the first neuron is its activation. The input x and the sum z1 stay behind. The sums 0.695000
# of (a) and 0.836750 of (b) look just as believable: only care protects us from them.
#
# One step is left, the second activation. Here are all the numbers in one picture.

# %%
display(
    network_diagram(
        [1, 1, 1],
        weights=[[[0.15]], [[0.45]]],
        biases=[[0.4], [0.65]],
        sums=[[0.415], [0.921029]],
        values=[[0.1], [0.602286], [0.715252]],
        columns=["input x", "neuron 1", "neuron 2"],
        title="Each neuron works on what the one before sends out",
    )
)

# %% [markdown]
# The picture shows the network from left to right: the input 0.1 in a white circle, then the two neurons. On each
# arrow stands its weight, above each neuron its weighted sum, below it its bias, and in the circle its activation. At
# the far right the network sends out 0.715252. This output is also called its **prediction**.
#
# To compute it like this, neuron after neuron from left to right, is called **forward propagation**.

# %% [markdown]
# ### When a weight changes
#
# The weights are the knobs of a network. Turn one and see.
#
# **Guess before you look.** The second weight is doubled, from 0.45 to 0.9; all else stays. What becomes of the
# prediction 0.715?
#
# * (a) it doubles, to 1.43
# * (b) it rises a little
# * (c) it stays, since the input is the same

# %%
tried = np.linspace(-4, 4, 161)  # 161 weights, evenly spread from -4 to 4
predictions = 1 / (1 + np.exp(-(tried * 0.602286 + 0.65)))
display(
    curves(
        tried,
        {"a2": predictions},
        labels=("second weight w2", "prediction a2, from 0 to 1"),
        title="What the second weight does to the prediction",
        marks={"w2 = 0.9": (0.9, 0.767109), "w2 = 0.45": (0.45, 0.715252)},
    )
)

# %% [markdown]
# The picture shows a curve: along the bottom the weight w2 from −4 to 4, upwards the prediction. It climbs from 0.15
# to 0.96 and gets flatter towards the top. Diamonds mark the two weights of the question. At 0.9 the prediction is
# 0.767, so (b) was right. Doubling the weight doubles its share of the weighted sum, from 0.271 to 0.542. But the
# bias is added as before, and the activation keeps every output below 1. An answer of 1.43 is impossible.

# %% [markdown]
# ### The same with a gap
#
# Let the input be 0.5; weights and biases stay as in the lecture. Fill in the last two steps for yourself. (An empty
# cell makes a good calculator: press Esc, then B.)
#
# | step | neuron 1 | neuron 2 |
# |---|---|---|
# | weighted sum | 0.15 × 0.5 + 0.4 = 0.475 | 0.45 × … + 0.65 = … |
# | activation | 0.616567 | … |
#
# <details><summary>Answer</summary>The weighted sum is 0.45 × 0.616567 + 0.65 = 0.927455, the activation
# 0.716559.</details>

# %% [markdown]
# ### Exercise 1: two neurons in a row
#
# Compute the four numbers of the two neurons, for any input, weights and biases: weighted sum z1, activation a1,
# weighted sum z2, activation a2.
#
# As in the last lesson, the text between the triple quotes says what the function gets and what it must give back; all
# that is graded stands there. This function gets five single numbers, no arrays, and gives back a dictionary.
#
# Replace the line `raise NotImplementedError(...)` with your answer, indented like that line, and run the cell. Then
# run the cell with `check` below it, as often as you like.

# %% nbgrader={"grade": false, "grade_id": "two_neuron_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def two_neuron_forward(x, w1, b1, w2, b2):
    """Send a number through two neurons in a row, both with a sigmoid.

    Each neuron takes two steps: the weighted sum, input * weight + bias, and then the activation,
    sigmoid(z) = 1 / (1 + e^(-z)). The second neuron's input is what the first one sends out.

    Parameters
    ----------
    x : float
        The input, a single number without a unit. Like the other four, it may be a whole
        number, too.
    w1, b1 : float
        Weight and bias of the first neuron.
    w2, b2 : float
        Weight and bias of the second neuron.

    Returns
    -------
    dict
        Exactly the keys "z1", "a1", "z2" and "a2": the weighted sum and the activation of the
        first neuron, then those of the second. Each value is a single number, not rounded.

    Examples
    --------
    The lecture's numbers (shown with six decimals). With z1 sent on in place of a1, z2 would be
    0.836750.

    >>> two_neuron_forward(x=0.1, w1=0.15, b1=0.4, w2=0.45, b2=0.65)
    {'z1': 0.415000, 'a1': 0.602286, 'z2': 0.921029, 'a2': 0.715252}
    """
    # first neuron: weighted sum, then activation
    # second neuron: weighted sum, then activation
    ### BEGIN SOLUTION
    def squeeze(z):
        return 1.0 / (1.0 + np.exp(-z))

    z1 = w1 * x + b1
    a1 = squeeze(z1)
    z2 = w2 * a1 + b2
    return {"z1": z1, "a1": a1, "z2": z2, "a2": squeeze(z2)}
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_two_neuron_forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("two_neuron_forward")

# %% [markdown]
# **What it is good for.** Now *you* can turn any knob. The next cell sends many first weights, and then many second
# weights, through your function.
#
# **Guess before you look.** Which of the two weights moves the prediction more?
#
# * (a) w1, as everything has to pass it first
# * (b) w2
# * (c) both alike

# %%
if ready("two_neuron_forward"):
    tried = np.linspace(-10, 10, 161)
    first = [two_neuron_forward(0.1, weight, 0.4, 0.45, 0.65)["a2"] for weight in tried]
    second = [two_neuron_forward(0.1, 0.15, 0.4, weight, 0.65)["a2"] for weight in tried]
    display(
        curves(
            tried,
            {"w1 changes": first, "w2 changes": second},
            labels=("the weight", "prediction a2, from 0 to 1"),
            title="Two weights, turned one at a time",
        )
    )

# %% [markdown]
# With a right answer, the picture shows two curves over the weight, from −10 to 10. The one for w1 is almost level,
# from 0.692 to 0.733. The one for w2 climbs from 0.005 to 0.999. So (b) was right. A change of w1 is multiplied by
# the small input 0.1, then flattened by the first sigmoid, then multiplied by 0.45: little of it arrives. How much
# each weight matters for the output will be the question of next week.

# %% [markdown]
# ## 3. A layer is one matrix product
#
# ### Worked example: three neurons side by side
#
# A **layer** is a group of neurons that all get the same inputs and do not look at each other. Take one example with
# two inputs, 0.5 and 2.0, and three neurons:
#
# | | neuron 1 | neuron 2 | neuron 3 |
# |---|---|---|---|
# | weight for input 1 | 1.5 | −1.2 | 0.5 |
# | weight for input 2 | 0.9 | 0.5 | −0.6 |
# | bias | 0.1 | −0.2 | 0.7 |
#
# * neuron 1: 0.5 × 1.5 + 2.0 × 0.9 = 2.55, and with the bias **2.65**
# * neuron 2: −0.6 + 1.0 = 0.4, and with the bias **0.2**
# * neuron 3: 0.25 − 1.2 = −0.95, and with the bias **−0.25**
#
# The computer does all the products and sums at once. `np.array` makes a table of numbers from a list of rows, and `@`
# is NumPy's sign for the **matrix product**.

# %%
inputs = np.array([0.5, 2.0])
table = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
print("shape of the table of weights:", table.shape)
print("products, summed:", inputs @ table)

# %% [markdown]
# These are 2.55, 0.4 and −0.95: for each neuron the sum of input times weight, the biases not yet added. The matrix
# product goes down each *column* of the table, multiplies by the inputs, and adds up.
#
# So the weights stand as in the table above: **a row for each input, a column for each neuron**. The shape of a table is
# its number of rows and of columns; two inputs and three neurons make `(2, 3)`. The whole course arranges weights in
# this way.
#
# *Change it:* set the −1.2 to 0. Which of the three results moves? (Only the second, as it is neuron 2's column. It
# becomes 1.)

# %% [markdown]
# ### Many examples at once
#
# Put several examples below each other, one a row: a **batch**. The matrix product then gives a row of sums for each
# example. Our second example is −1.0 and 0.8; its sums are −0.78, 1.6 and −0.98. The biases are left to add, one for
# each neuron.
#
# **Guess before you look.** The sums of two examples have the shape `(2, 3)`: two rows, three neurons. The biases
# have the shape `(3,)`: one row of three. What does `+` do with them?
#
# * (a) it adds the first bias to the whole first column, the second to the second, and so on
# * (b) it adds the biases to the first row only
# * (c) it stops with an error, since the shapes differ

# %%
sums = np.array([[2.55, 0.4, -0.95], [-0.78, 1.6, -0.98]])
biases = np.array([0.1, -0.2, 0.7])
print(sums + biases)

# %% [markdown]
# The first row reads 2.65, 0.2, −0.25, just as by hand. In the second row, too, the first entry rose by 0.1, the
# second fell by 0.2 and the third rose by 0.7. So (a) was right: NumPy uses the row of biases again for each example.
# This is called **broadcasting**.
#
# It is handy, and a trap. An array of *one* bias would be used again for all neurons, without a word. That is why
# your next function looks at the shapes first.
#
# In symbols, with `N` examples, `D` inputs and `M` neurons:
#
# ```
# Z = X @ W + b          X (N, D)    W (D, M)    b (M,)    Z (N, M)
# ```

# %% [markdown]
# ### A choice of activations
#
# The sigmoid is one of several activations. **tanh** is its relative between −1 and 1, in NumPy `np.tanh(z)`.
# **relu** takes the larger of z and 0, in NumPy `np.maximum(z, 0)`. **linear** leaves z as it is: nothing happens
# after the weighted sum. (What a network loses with it, section 7 shows.) Each is applied to every number of an
# array by itself.
#
# **Guess before you look.** Which of them makes exactly 0 of z = −2?
#
# * (a) sigmoid, since it squeezes
# * (b) tanh, since it is 0 in the middle
# * (c) relu

# %%
z_values = np.linspace(-2, 2, 81)
shapes = {
    "sigmoid": 1 / (1 + np.exp(-z_values)),
    "tanh": np.tanh(z_values),
    "relu": np.maximum(z_values, 0),
}
title = "Sigmoid and tanh flatten out, relu has a kink"
display(curves(z_values, shapes, labels=("weighted sum z", "activation a"), title=title))

# %% [markdown]
# The picture shows three curves over the weighted sum z, from −2 to 2. Sigmoid climbs gently and stays between 0 and
# 1, tanh climbs faster, from −0.96 to 0.96. relu lies at 0 for all negative z, and is z itself from there on. At
# z = −2, sigmoid gives 0.119, tanh −0.964 and relu 0: (c) was right.

# %% [markdown]
# ### The same with a gap
#
# A third example, with the inputs 1.0 and −1.0, goes through the three neurons of the table above, with relu.
#
# | step | neuron 1 | neuron 2 | neuron 3 |
# |---|---|---|---|
# | weighted sums | 1.5 − 0.9 + 0.1 = 0.7 | −1.2 − 0.5 − 0.2 = … | … |
# | activation | 0.7 | … | … |
#
# <details><summary>Answer</summary>The weighted sums are −1.9 and 0.5 + 0.6 + 0.7 = 1.8. With relu they become 0 and
# 1.8.</details>

# %% [markdown]
# ### Exercise 2: a layer
#
# Write a layer for any number of examples, inputs and neurons: look at the shapes and the name, then weighted sums,
# then activation. On paper that is activation(X @ W + b); your function gets a *name*, a text such as `"relu"`, and
# must choose by it.
#
# For a table X, `X.ndim` is the number of its dimensions, 2, `X.shape[0]` the number of its rows and `X.shape[1]` that
# of its columns. A row such as b has 1 dimension, and `b.shape[0]` is the number of its entries. As before,
# `raise ValueError("what is wrong")` stops the function with an error. When it should stop stands under *Raises*.

# %% nbgrader={"grade": false, "grade_id": "dense_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def dense_forward(X, W, b, activation="linear"):
    """Send a batch of examples through one layer: activation(X @ W + b).

    Parameters
    ----------
    X : array of shape (N, D)
        N examples, one a row, of D inputs each. Arrays of whole numbers may come, too.
    W : array of shape (D, M)
        The weights: a row for each of the D inputs, a column for each of the M neurons.
    b : array of shape (M,)
        The biases, one for each neuron.
    activation : str
        "linear" (z itself), "sigmoid" (1 / (1 + e^(-z))), "tanh" or "relu" (the larger of z and
        0).

    Returns
    -------
    array of shape (N, M)
        What the neurons send out, a row for each example; float64 (float32 will do, and whole
        numbers where all that came in were whole). X, W and b stay as they were.

    Raises
    ------
    ValueError
        When X or W has not two dimensions or b not one; when X has not as many columns as W has
        rows, or b not as many entries as W has columns (a b of shape (1,) for several neurons,
        too); when the activation is none of the four names, letter by letter ("ReLU" is none of
        them, nor is None).

    Examples
    --------
    Two examples, two inputs, three neurons. With the biases multiplied in, the first row would be
    [0.255, -0.08, -0.665]; without them it would be [2.55, 0.4, -0.95].

    >>> X = np.array([[0.5, 2.0], [-1.0, 0.8]])
    >>> W = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
    >>> b = np.array([0.1, -0.2, 0.7])
    >>> dense_forward(X, W, b)
    array([[ 2.65,  0.2 , -0.25],
           [-0.68,  1.4 , -0.28]])
    >>> dense_forward(X, W, b, activation="relu")
    array([[2.65, 0.2 , 0.  ],
           [0.  , 1.4 , 0.  ]])
    """
    # look at the dimensions, the shapes and the name
    # weighted sums
    # activation
    ### BEGIN SOLUTION
    X, W, b = np.asarray(X, dtype=float), np.asarray(W, dtype=float), np.asarray(b, dtype=float)
    if X.ndim != 2 or W.ndim != 2 or b.ndim != 1:
        raise ValueError(f"X and W need two dimensions and b one, not {X.ndim}, {W.ndim} and {b.ndim}.")
    if X.shape[1] != W.shape[0] or W.shape[1] != b.shape[0]:
        raise ValueError(f"The shapes {X.shape}, {W.shape} and {b.shape} do not fit together.")
    sums = X @ W + b
    if activation == "linear":
        return sums
    if activation == "sigmoid":
        return 1.0 / (1.0 + np.exp(-sums))
    if activation == "tanh":
        return np.tanh(sums)
    if activation == "relu":
        return np.maximum(sums, 0.0)
    raise ValueError(f"There is no activation called {activation!r}.")
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_dense_forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("dense_forward")

# %% [markdown]
# **What it is good for.** The staircase lamp needs neurons that look at the switches first. In the layer below, with
# relu, neuron 1 counts how many switches are up. Neuron 2 stays at 0 until both are.

# %%
if ready("dense_forward"):
    positions = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    weights, biases = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])
    moved = dense_forward(positions, weights, biases, activation="relu")
    print(moved)
    panels = {"the switches: no line parts them": positions, "after the layer: a line does": moved}
    labels = [("switch 1", "switch 2"), ("neuron 1: how many are up", "neuron 2: are both up?")]
    line = {"a line": ((-0.4, -0.45), (2.1, 0.8))}
    display(two_kinds(panels, [False, True, True, False], labels, line))

# %% [markdown]
# With a right answer, the four printed rows are 0 0, 1 0, 1 0 and 2 1. The picture shows the four positions twice: on
# the left as the switches give them, on the right as the layer sends them out, neuron 1 along the bottom and neuron 2
# upwards. There, the 2 "on" points have become one, at (1, 0). Now a straight line *can* part "on" from "off", and a further neuron can draw it. We come
# back to it in section 5.

# %% [markdown]
# ## 4. The weights to start from
#
# Where do weights come from? A network learns them, little by little (next week). But it must start from some
# numbers.
#
# **Guess before you look.** Three neurons of a layer start with all their weights at zero. How do their outputs
# differ?
#
# * (a) not at all
# * (b) a little, since they are different neurons
# * (c) by as much as the inputs differ

# %%
inputs = np.array([[0.5, 2.0], [-1.0, 0.8]])
print("weights all 0:  ", (inputs @ np.zeros((2, 3))).tolist())
print("weights all 0.3:", (inputs @ (np.zeros((2, 3)) + 0.3)).round(2).tolist())

# %% [markdown]
# `np.zeros` makes an array of zeros of the shape asked for. Each inner list holds the sums of the three neurons for one
# example: 0, 0, 0 with weights of zero, and 0.75, 0.75, 0.75 for the first example with weights of 0.3. So (a) was right. Neurons with the same weights do the same, and
# learning would then change them all in the same way. Three such neurons can do no more than one.
#
# So the weights must **differ**, and nothing tells us how. We let chance decide: random numbers around zero, some
# positive and some negative, so that no direction is favoured. The biases may all start at zero, for three
# neurons `np.zeros(3)`; the weights already make the neurons differ.

# %% [markdown]
# ### Chance that can be repeated
#
# A computer's random numbers come from a **generator**, a machine with a state inside. Each draw gives numbers and
# moves the state on. The number that sets the first state is called the **seed**: `np.random.default_rng(7)` makes a
# new generator with the seed 7.
#
# **Guess before you look.** Two new generators get the same seed, 7. Each draws three numbers. What do you see?
#
# * (a) six different numbers, since they are random
# * (b) the same three numbers twice
# * (c) three times 7

# %%
print("seed 7:", np.random.default_rng(7).normal(size=3))
print("seed 7:", np.random.default_rng(7).normal(size=3))
print("seed 8:", np.random.default_rng(8).normal(size=3))

# %% [markdown]
# The first 2 lines are equal, the third is another: (b) was right. `normal` draws numbers around zero, mostly
# between −2 and 2; `size` says how many, and may be a shape such as `(2, 3)`.
#
# This is why functions of this course get a generator, called `rng`, and draw from **that one alone**, as in
# `rng.normal(size=3)`. Whoever passes in the same state gets the same network, and an experiment can be repeated. A
# function that draws from `np.random` directly, or makes a generator of its own, takes that away.
#
# *Change it:* in the second line, change the 7 to your age.

# %% [markdown]
# ### A network as a list of sizes
#
# The sizes `[3, 4, 2]` describe a network of 3 inputs, a first layer of 4 neurons and a second layer of 2. A layer
# between the inputs and the last layer is called **hidden**: neither its inputs nor its outputs are seen outside.

# %%
display(network_diagram([3, 4, 2], title="Three sizes, but two layers"))

# %% [markdown]
# The picture shows three columns of circles, 3, 4 and 2 of them, with an arrow from each circle to every circle of
# the next column. Each arrow is a weight: 3 × 4 = 12 lead into layer 1. Three sizes, but only two layers, as the
# inputs are given and not computed.
#
# **The same with a gap.** Layer 1 has 3 inputs and 4 neurons, so W has the shape `(3, 4)` and b the shape `(4,)`.
# What are the shapes in layer 2?
#
# <details><summary>Answer</summary>Its inputs are the 4 numbers that layer 1 sends out. W is (4, 2) and b is
# (2,).</details>

# %% [markdown]
# ### Exercise 3: a network to start from
#
# Make the starting weights and biases for any list of sizes. Look at the sizes first; then, for each layer, draw the
# weights and set the biases.
#
# The layers are the pairs of neighbours in the list: `layer_sizes[0]` and `layer_sizes[1]`, then `layer_sizes[1]` and
# `layer_sizes[2]`, and so on. Begin with an empty list and `append` a dictionary for each layer. A number is whole
# when it equals its own `int(...)`.

# %% nbgrader={"grade": false, "grade_id": "initialize_network", "locked": false, "schema_version": 3, "solution": true, "task": false}
def initialize_network(layer_sizes, rng):
    """Draw the starting weights of a network, and set its biases to zero.

    Parameters
    ----------
    layer_sizes : list of int
        The number of inputs, then the number of neurons of each layer; at least two sizes.
    rng : numpy.random.Generator
        The weights are drawn from this generator, and from nothing else: the same state of it
        gives the same network, another state gives other weights. NumPy's global state
        (np.random) is left alone.

    Returns
    -------
    list of dict
        One dict for each layer of weights, so one fewer than there are sizes, with exactly the
        keys "W" and "b". For a layer of D inputs and M neurons:
        W, shape (D, M), float64 (float32 will do): random numbers of either sign around zero,
        of a continuous distribution such as the normal or an evenly spread one from -0.5 to
        0.5. No two weights of the network are equal.
        b, shape (M,), float64 (float32 will do): zeros.
        The list layer_sizes stays as it was.

    Raises
    ------
    ValueError
        When there are fewer than two sizes, a size is below 1, or a size is not a whole number
        (such as 2.5).

    Examples
    --------
    Three inputs, four hidden neurons, two outputs. With W turned round, the first shape would
    be (4, 3).

    >>> network = initialize_network([3, 4, 2], np.random.default_rng(0))
    >>> [layer["W"].shape for layer in network]
    [(3, 4), (4, 2)]
    >>> [layer["b"].tolist() for layer in network]
    [[0.0, 0.0, 0.0, 0.0], [0.0, 0.0]]
    """
    # look at the sizes
    # for each layer: draw the weights, set the biases
    ### BEGIN SOLUTION
    if len(layer_sizes) < 2:
        raise ValueError("A network needs at least two sizes.")
    for size in layer_sizes:
        if size < 1 or size != int(size):
            raise ValueError(f"Every size must be a whole number of at least 1, not {layer_sizes}.")
    network = []
    for number in range(len(layer_sizes) - 1):
        D, M = int(layer_sizes[number]), int(layer_sizes[number + 1])
        network.append({"W": rng.normal(0.0, 1.0 / np.sqrt(D), size=(D, M)), "b": np.zeros(M)})
    return network
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_initialize_network", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("initialize_network")

# %% [markdown]
# **What it is good for.** Here is a network of your own, ready to learn.

# %%
if ready("initialize_network"):
    network = initialize_network([2, 3, 1], np.random.default_rng(2024))
    weights = [layer["W"].round(2) for layer in network]
    biases = [layer["b"] for layer in network]
    display(network_diagram([2, 3, 1], weights, biases, title="Chance in the weights alone"))

# %% [markdown]
# With a right answer, the picture shows 2 inputs, 3 hidden neurons and 1 output. On the arrows stand 9 different
# weights; negative ones have dashed arrows, larger ones thicker arrows. Below every neuron stands the bias 0.
#
# *Change it:* change the seed 2024. All weights change, the biases do not.
#
# **A good place to stop.** You have built neurons, a layer, and the start of a network. Save the notebook and have a
# rest. When you come back, choose "Run All Cells" from the Run menu: your answers are kept.

# %% [markdown]
# ## 5. A whole network
#
# A network is layers in a row. What the first layer sends out is what the second one gets, just as with the two
# neurons of section 2. There the arrows carried single numbers; now they carry whole tables, and get capital letters:
#
# ```
#  X (N, 3)  --layer 1-->  A1 (N, 4)  --layer 2-->  A2 (N, 2)
# ```
#
# `A1` is what layer 1 sends out, a row for each example; `A2` is the output of the network.
#
# **Guess before you look.** Ten examples go into a network of the sizes `[3, 4, 5, 2]`. What shape has the output of
# the second layer?
#
# * (a) `(10, 4)`
# * (b) `(10, 5)`
# * (c) `(4, 5)`

# %%
sizes, examples = [3, 4, 5, 2], 10
print("into the network:", (examples, sizes[0]))
for number in [1, 2, 3]:
    print(f"out of layer {number}:  ", (examples, sizes[number]))

# %% [markdown]
# The second layer sends out `(10, 5)`, so (b) was right. The number of rows never changes, as each example keeps its
# row. The number of columns is the number of the layer's neurons. `(10, 4)` is what this layer receives, and `(4, 5)`
# is the shape of its *weights*.

# %% [markdown]
# ### Worked example: the staircase lamp
#
# Layer 1 has two neurons with relu and all weights 1. "Count", with bias 0, tells how many switches are up; "both",
# with bias −1, is 0 until both are. Layer 2 has one neuron with a sigmoid: weight 4 for the count, −8 for "both", bias
# −2. The last row has **a gap** for you.
#
# | switches | out of layer 1: count, both | weighted sum of layer 2 | out of layer 2 |
# |---|---|---|---|
# | 0, 0 | 0, 0 | 4 × 0 − 8 × 0 − 2 = −2 | 0.1192 |
# | 0, 1 | 1, 0 | 4 × 1 − 8 × 0 − 2 = 2 | 0.8808 |
# | 1, 0 | 1, 0 | 4 × 1 − 8 × 0 − 2 = 2 | 0.8808 |
# | 1, 1 | 2, 1 | … | … |
#
# <details><summary>Answer</summary>4 × 2 − 8 × 1 − 2 = −2, and the sigmoid makes 0.1192 of it.</details>

# %%
for switch_1, switch_2 in [(0, 0), (0, 1), (1, 0), (1, 1)]:
    # layer 1: weighted sums, then activation (relu)
    count, both = max(switch_1 + switch_2, 0), max(switch_1 + switch_2 - 1, 0)
    # layer 2: weighted sum, then activation (sigmoid)
    total = 4 * count - 8 * both - 2
    print(switch_1, switch_2, "gives", round(1 / (1 + np.exp(-total)), 4))

# %% [markdown]
# Read an output above 0.5 as "on". With 0.8808 for the two "on" positions and 0.1192 for the others, all 4 are right:
# three neurons do what one could not.
#
# *Change it:* make the −8 a −4. Which position goes wrong? (Both up: 4 × 2 − 4 × 1 − 2 = 2, which is "on".)

# %% [markdown]
# ### How a network is written down
#
# For a function, we write a network as a list with a dictionary for each layer. Here are the lecture's two neurons as
# two layers of one neuron each. A table needs two pairs of brackets, even for a single weight.

# %%
two_neurons = [
    {"W": np.array([[0.15]]), "b": np.array([0.4]), "activation": "sigmoid"},
    {"W": np.array([[0.45]]), "b": np.array([0.65]), "activation": "sigmoid"},
]
for layer in two_neurons:
    print("W", layer["W"], " b", layer["b"], " activation", layer["activation"])

# %% [markdown]
# The loop takes the layers in their order, and `layer["W"]` is the table of weights of the layer at hand: first
# 0.15, then 0.45.

# %% [markdown]
# ### Exercise 4: forward propagation
#
# Send a batch through all layers and give back what *each* of them sends out, in a list. (Training, next week, will
# need them all.) In symbols: `A1` comes from `X`, `A2` from `A1`, and so on.
#
# For every layer the work is the same: take what came in, compute the layer's output, keep it, hand it on. You have
# written a function that computes one layer: use it. It stops with an error for shapes that do not fit, so this one
# will, too.

# %% nbgrader={"grade": false, "grade_id": "network_forward", "locked": false, "schema_version": 3, "solution": true, "task": false}
def network_forward(X, layers):
    """Send a batch of examples through all layers of a network.

    Parameters
    ----------
    X : array of shape (N, D)
        N examples, one a row, of D inputs each.
    layers : list of dict
        The layers in their order. Each has the keys "W" (array of shape (inputs, neurons)), "b"
        (array of shape (neurons,)) and "activation" (one of "linear", "sigmoid", "tanh" and
        "relu"). There is at least one layer.

    Returns
    -------
    list of arrays
        [A1, ..., AL]: what each of the L layers sends out, after its activation; the first
        layer works on X, every other one on the output of the layer before it. X is not in the
        list. Each array has a row for each example and a column for each neuron of its layer;
        float64 (float32 will do). X and layers stay as they were.

    Raises
    ------
    ValueError
        As dense_forward does: when an array has the wrong number of dimensions, when the shapes
        do not fit together (inside a layer, or with what comes in from the layer before), or
        when an activation is none of the four.

    Examples
    --------
    The two neurons of the lecture as two layers of one neuron each (shown with six decimals).
    With X sent into every layer, the second array would be [[0.667076]]; without the first
    activation it would be [[0.697775]].

    >>> layers = [
    ...     {"W": np.array([[0.15]]), "b": np.array([0.4]), "activation": "sigmoid"},
    ...     {"W": np.array([[0.45]]), "b": np.array([0.65]), "activation": "sigmoid"},
    ... ]
    >>> network_forward(np.array([[0.1]]), layers)
    [array([[0.602286]]), array([[0.715252]])]
    """
    ### BEGIN SOLUTION
    outputs = []
    for layer in layers:
        X = dense_forward(X, layer["W"], layer["b"], layer["activation"])
        outputs.append(X)
    return outputs
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_network_forward", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("network_forward")

# %% [markdown]
# **What it is good for.** Your function can run the lamp. Switch 1 is up, switch 2 is down.

# %%
lamp = [
    {"W": np.array([[1.0, 1.0], [1.0, 1.0]]), "b": np.array([0.0, -1.0]), "activation": "relu"},
    {"W": np.array([[4.0], [-8.0]]), "b": np.array([-2.0]), "activation": "sigmoid"},
]
switches = [1.0, 0.0]
if ready("network_forward"):
    hidden, output = network_forward(np.array([switches]), lamp)
    weights, biases = [layer["W"] for layer in lamp], [layer["b"] for layer in lamp]
    values = [switches, hidden[0], output[0].round(4)]
    columns = ["switches", "layer 1 (relu)", "layer 2 (sigmoid)"]
    title = "Layer by layer through the lamp"
    display(network_diagram([2, 2, 1], weights, biases, None, values, columns, title))

# %% [markdown]
# With a right answer, the picture shows the network of the lamp: the switches 1 and 0 on the left, the count 1 and
# the "both" 0 in the middle, and on the right the output 0.8808, which says "on". The arrow with −8 is dashed, as it
# speaks against the lamp.
#
# *Change it:* put both switches to 1.0. The middle shows 2 and 1, and the output falls to 0.1192.

# %% [markdown]
# ## 6. How many numbers must be learned?
#
# Weights and biases together are called **parameters**. They are what a network learns. Their number tells how much
# memory the network takes and how much there is to learn.
#
# **Guess before you look.** A layer has 3 inputs and 4 neurons. How many parameters has it?
#
# * (a) 7
# * (b) 12
# * (c) 16

# %%
for neuron in [1, 2, 3, 4]:
    print(f"neuron {neuron}: 3 weights and 1 bias, {neuron * 4} parameters so far")

# %% [markdown]
# There are 16, so (c) was right. Each of the 4 neurons has a weight for each of the 3 inputs, which makes 12 weights,
# and a bias of its own, which makes 4 more. The answer 7 counts inputs and neurons rather than the connections
# between them; 12 forgets the biases. The inputs themselves have no bias: they are data, not neurons.
#
# *Worked example.* The sizes `[3, 4, 2]`: layer 1 has 3 × 4 weights and 4 biases, 16 in all; layer 2 has 4 × 2
# weights and 2 biases, 10 in all. Together 26.
#
# *The same with a gap.* The sizes `[4, 5, 3]`: layer 1 has 4 × 5 + 5 = 25 parameters, layer 2 has …, together ….
#
# <details><summary>Answer</summary>Layer 2 has 5 × 3 + 3 = 18, together 43.</details>

# %% [markdown]
# ### Exercise 5: count the parameters
#
# Count the weights and biases of a network of any sizes. It goes through the same pairs of neighbours as exercise 3,
# and looks at the sizes in the same way first.

# %% nbgrader={"grade": false, "grade_id": "count_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def count_parameters(layer_sizes):
    """Count the weights and biases of a network of layers.

    Parameters
    ----------
    layer_sizes : list of int
        The number of inputs, then the number of neurons of each layer; at least two sizes.

    Returns
    -------
    int
        The number of all weights and all biases, a whole number (an int, not a float). Every
        neuron of a layer has a weight for each number that the layer before it sends out, and
        one bias; the inputs have no biases. The list layer_sizes stays as it was.

    Raises
    ------
    ValueError
        When there are fewer than two sizes, a size is below 1, or a size is not a whole number
        (such as 2.5).

    Examples
    --------
    Without biases it would be 20; with biases for the inputs, too, 29.

    >>> count_parameters([3, 4, 2])
    26
    """
    ### BEGIN SOLUTION
    if len(layer_sizes) < 2:
        raise ValueError("A network needs at least two sizes.")
    for size in layer_sizes:
        if size < 1 or size != int(size):
            raise ValueError(f"Every size must be a whole number of at least 1, not {layer_sizes}.")
    total = 0
    for number in range(len(layer_sizes) - 1):
        total += (int(layer_sizes[number]) + 1) * int(layer_sizes[number + 1])
    return total
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_count_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("count_parameters")

# %% [markdown]
# **What it is good for.** A picture of 28 by 28 points has 784 inputs, and ten outputs may stand for the ten digits.
# How fast does the number of parameters grow with the hidden layer?

# %%
if ready("count_parameters"):
    hidden_sizes = list(range(10, 1001, 10))
    counts = [count_parameters([784, hidden, 10]) for hidden in hidden_sizes]
    display(
        curves(
            hidden_sizes,
            {"parameters": counts},
            labels=("neurons in the hidden layer", "parameters"),
            title="Each hidden neuron costs 795 parameters",
            marks={"100 neurons: 79,510": (100, count_parameters([784, 100, 10]))},
        )
    )

# %% [markdown]
# With a right answer, the picture shows a straight line: the number of hidden neurons along the bottom, the number of
# parameters upwards. At 100 neurons, where the diamond is, there are 79,510; at 1,000 there are 795,010. Each hidden
# neuron has 784 weights and a bias, and sends its output on through 10 more weights. Nobody could set so many numbers
# by hand. That is why networks have to learn.

# %% [markdown]
# ## 7. Where it breaks: a network without activations
#
# Does the lamp need the relu? We ask the network for every pair of positions, also for switches that are only half
# up, and draw its outputs as a map. Then we leave relu out of layer 1 (its activation is "linear") and keep all
# weights and biases.
#
# **Guess before you look.** How many of the four positions of the switches come out right without relu?
#
# * (a) all 4, since the weights are the same
# * (b) 3
# * (c) none

# %%
def with_relu(switches):
    up = switches[:, 0] + switches[:, 1]  # the first column plus the second
    total = 4 * np.maximum(up, 0) - 8 * np.maximum(up - 1, 0) - 2
    return 1 / (1 + np.exp(-total))


def without_relu(switches):
    up = switches[:, 0] + switches[:, 1]
    total = 4 * up - 8 * (up - 1) - 2
    return 1 / (1 + np.exp(-total))


maps = {"with relu": with_relu, "without relu": without_relu}
corners, lamp_is_on = [[0, 0], [0, 1], [1, 0], [1, 1]], [False, True, True, False]
display(decision_surfaces(maps, corners, lamp_is_on, labels=["switch 1", "switch 2"]))

# %% [markdown]
# The picture shows two maps, switch 1 along the bottom and switch 2 upwards; light stands for an output near 1, dark
# for one near 0, and the dashed line for 0.5. With relu, a light band runs slantwise between the two crosses, and
# both circles lie in it with 0.88. Without, there is one straight edge. Everything below it is light, the cross at
# (0, 0), too: it gets 0.998, "on", and is wrong. So (b) was right. We are back at the straight line of section 1.

# %% [markdown]
# ### Would more layers help?
#
# Here two linear layers (two inputs, three neurons, one neuron) meet a *single* one, whose weights and bias were
# worked out from theirs.
#
# **Guess before you look.** How close does the single layer come to the two?
#
# * (a) not at all, since two layers have more parameters: 13 against 3
# * (b) roughly
# * (c) exactly

# %%
batch = np.array([[0.5, 2.0], [-1.0, 0.8]])
weights_1 = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
biases_1 = np.array([0.1, -0.2, 0.7])
weights_2, biases_2 = np.array([[2.0], [-1.0], [0.5]]), np.array([0.3])

in_between = batch @ weights_1 + biases_1
print("two layers:", (in_between @ weights_2 + biases_2).round(6).tolist())

folded_weights, folded_bias = weights_1 @ weights_2, biases_1 @ weights_2 + biases_2
print("one layer: ", (batch @ folded_weights + folded_bias).round(6).tolist())

# %% [markdown]
# Both give 5.275 for the first example and −2.6 for the second: (c) was right. A weighted sum of weighted sums is a
# weighted sum again: with one input, 3 × (2x + 1) − 4 is nothing but 6x − 1. Two linear layers fold into one, and so
# do ten. No choice of weights helps, as it all ends in one straight line.
#
# It is the **activation between the layers** that makes a deep network more than one layer. It must bend: relu has
# its kink at 0, sigmoid and tanh flatten out on both sides.

# %% [markdown]
# ## 8. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. What does the second neuron in a row get as its input?</summary>What the first one sends out, its activation a1. Neither x nor the weighted sum z1
# reaches it.</details>
#
# <details><summary>2. A layer has 5 inputs and 3 neurons. What are the shapes of W and b, and of the output for 20
# examples?</summary>W has the shape (5, 3), b has (3,), and the output has (20, 3).</details>
#
# <details><summary>3. Why must weights not all start at zero, while biases may?</summary>Neurons with the same weights do the same and would be changed in the same way.
# Random weights already make them differ, so the biases need not.</details>
#
# <details><summary>4. How many parameters has a network of the sizes [2, 3, 1]?</summary>2 × 3 + 3 = 9 in the first layer and 3 × 1 + 1 = 4 in the second: 13.</details>
#
# <details><summary>5. What is lost when all activations are linear?</summary>All layers fold into one. The network can do no more than a single layer of
# weighted sums, whose edge is a straight line.</details>

# %% [markdown]
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu. It forgets everything and runs the notebook from the
# top, as the grader will. Do all five panels still say "passed"? Then save the notebook, and hand it in under the name
# it has.

# %% [markdown]
# ### What was left out
#
# Nothing here has *learned* yet: the lamp's weights were chosen by hand, the others drawn by chance. How a network
# finds good weights is the subject of week 2. Nor did we say how large the first random weights should be. That
# depends on the number of inputs, and will matter once networks get deep.
#
# ### Where the lecture notes simplify or slip
#
# * The notes send **one example** through the network. Programs send a batch, a table with a row for each example.
#   Each row comes out as if it had gone alone.
# * The notes give **every neuron a sigmoid**. That is one choice among several. Today the layers in between mostly
#   have relu, and the last layer's activation depends on what the output is to mean.
# * The notes **round** to a few decimals in between. A program keeps all the digits and rounds only what it shows. In
#   our two neurons, 0.6 in place of 0.602286 would make the output 0.715042, wrong from the fourth decimal on.
