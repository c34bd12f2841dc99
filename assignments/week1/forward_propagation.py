# Made by `autograder build` from the lesson; fill in the functions and hand this file in, or the notebook.

# %% [markdown]
# # Forward propagation: from one neuron to a network
#
# **The question.** How do numbers travel through a whole network of neurons, and how does a computer do it for many
# examples at once?
#
# **Time.** About an hour. There is a good place to stop after the third exercise.
#
# **You need** the lesson on the artificial neuron: the weighted sum and the sigmoid. NumPy arrays come in step by
# step.
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
# Run this cell first. It is the only one that all the others depend on.

# %%
import numpy as np
import matplotlib.pyplot as plt

try:
    from autograder import check, ready, same_version
except ImportError:
    raise ImportError(
        "This notebook needs the course's package: pip install the wheel intro_dl_kit-....whl that came with it. "
        "(On the public index the name `autograder` is a stranger's package.)"
    ) from None
same_version("0.1.0")

plt.rcParams.update({"axes.grid": True, "grid.alpha": 0.4, "font.size": 11})

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
# A neuron takes inputs, multiplies each by a weight, adds a bias, and sends the sum through an activation. With two
# inputs, everything on one side of a straight line gives a large output and everything on the other side a small one.
#
# **Guess before you look.** Which straight line puts both "on" points on one side and both "off" points on the other?
#
# * (a) a slanted one, from top left to bottom right
# * (b) a level one, half way up
# * (c) none

# %%
figure, axes = plt.subplots(figsize=(4.6, 4.2))
axes.scatter([0, 1], [1, 0], s=140, color="#0072B2", marker="o", label="lamp on")
axes.scatter([0, 1], [0, 1], s=140, color="#D55E00", marker="X", label="lamp off")
axes.plot([-0.3, 1.3], [0.8, -0.8], color="#009E73", linestyle="--")
axes.text(0.42, 0.2, "a neuron's line", color="#00664b")
axes.set(xlabel="switch 1", ylabel="switch 2", xlim=(-0.4, 1.4), ylim=(-0.5, 1.5))
axes.set_title("No straight line parts the two kinds")
axes.legend(loc="upper left", fontsize=9)
plt.show()

# %% [markdown]
# The picture shows the four positions of the switches as points: the "on" points lie at the top left and the bottom
# right, the "off" points at the other two corners. The slanted dashed line cuts off one "off" point, but the other
# one is left among the "on" points, so only 3 of 4 points come out right. A level line does no better: it has one
# point of each kind on either side. The right guess is (c).
#
# One neuron cannot run this lamp. Several can, if some of them work on what the others send out. That is a
# **network**.

# %% [markdown]
# ## 2. Two neurons in a row
#
# ### One neuron, once more
#
# A neuron takes two steps:
#
# 1. **weighted sum**: `z = w * x + b`, input times weight, plus bias;
# 2. **activation**: `a = sigmoid(z)`, where `sigmoid(z) = 1 / (1 + e^(-z))` squeezes any number to between 0 and 1.
#
# The numbers of the lecture are: input 0.1, weight 0.15, bias 0.4. By hand, 0.1 × 0.15 is 0.015, and with the bias
# the sum is 0.415. Now the computer:

# %%
# 1. weighted sum
print("weighted sum:", round(0.1 * 0.15 + 0.4, 6))

# 2. activation
print("activation:  ", round(1 / (1 + np.exp(-0.415)), 6))

# %% [markdown]
# The neuron sends out 0.602286.
#
# *Change it:* make the input 5 instead of 0.1. What is the sum by hand? (1.15. Put that into the second line too.)
# The output rises to 0.7595. A bigger input, with a positive weight, gives a bigger output.

# %% [markdown]
# ### Put a second neuron behind it
#
# ```
#        w1, b1              w2, b2
#  x  ------------> ( 1 ) ------------> ( 2 ) ---->  a2
#                  z1 -> a1            z2 -> a2
# ```
#
# The number on each name tells the neuron: `z1` and `a1` belong to the first, `z2` and `a2` to the second. Each
# neuron has a weight and a bias of its own. For the second neuron the lecture takes the weight 0.45 and the bias
# 0.65.
#
# **Guess before you look.** Which number does the second neuron multiply by its weight 0.45?
#
# * (a) 0.1, the input
# * (b) 0.415, the first neuron's weighted sum
# * (c) 0.602286, what the first neuron sends out

# %%
for guess, incoming in [("(a)", 0.1), ("(b)", 0.415), ("(c)", 0.602286)]:
    print(guess, incoming, "gives the second neuron the sum", round(0.45 * incoming + 0.65, 6))


# %% [markdown]
# The lecture's second sum is 0.921029, so guess (c) was right. A neuron sees only what arrives at its own input, and
# what leaves the first neuron is its activation. The input x and the sum z1 stay behind. The sums 0.695 of (a) and
# 0.83675 of (b) look just as believable: nothing but care protects us from them.
#
# One step is left, the second activation. It turns 0.921029 into 0.715252, the output of this small network.
#
# To compute the outputs from the inputs, neuron after neuron, is called **forward propagation**.

# %% [markdown]
# ### Exercise 1: two neurons in a row
#
# Write the four numbers that the picture above names, for any input, weights and biases. Four steps: weighted sum,
# activation, weighted sum, activation.
#
# Replace the line `raise NotImplementedError(...)` with your answer. The cell below it tells you how you are doing;
# run it as often as you like.

# %% nbgrader={"grade_id": "two_neuron_forward"}
def two_neuron_forward(x, w1, b1, w2, b2):
    """Send a number through two neurons in a row, both with a sigmoid.

    Each neuron takes two steps: the weighted sum, input * weight + bias, and then the activation,
    sigmoid(z) = 1 / (1 + e^(-z)). The second neuron's input is what the first one sends out.

    Parameters
    ----------
    x : float
        The input, a single number without a unit. Like the other four, it may be a whole number, too.
    w1, b1 : float
        Weight and bias of the first neuron.
    w2, b2 : float
        Weight and bias of the second neuron.

    Returns
    -------
    dict
        Exactly the keys "z1", "a1", "z2" and "a2": the weighted sum and the activation of the first neuron, then those
        of the second. Each value is a single number, not rounded.

    Examples
    --------
    The lecture's numbers (shown with six decimals). With z1 sent on in place of a1, z2 would be 0.836750.

    >>> two_neuron_forward(x=0.1, w1=0.15, b1=0.4, w2=0.45, b2=0.65)
    {'z1': 0.415000, 'a1': 0.602286, 'z2': 0.921029, 'a2': 0.715252}
    """
    # first neuron: weighted sum, then activation
    # second neuron: weighted sum, then activation
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_two_neuron_forward"}
check("two_neuron_forward")

# %% [markdown]
# **What it is good for.** With your function we can turn a knob and watch the far end. Here the first weight goes
# from −20 to 20 while everything else stays as in the lecture.

# %%
if ready("two_neuron_forward"):
    for first_weight in [-20, -5, 0.15, 5, 20]:
        answer = two_neuron_forward(0.1, first_weight, 0.4, 0.45, 0.65)
        print(f"w1 = {first_weight:6}   a1 = {answer['a1']:.3f}   a2 = {answer['a2']:.3f}")

# %% [markdown]
# With a right answer, a1 goes from 0.168 up to 0.917, and a2 only from 0.674 to 0.743. The second neuron feels a
# change of the first weight, but weakened. How much a weight matters for the output will be the question of next
# week.

# %% [markdown]
# ## 3. A layer is one matrix product
#
# ### Several neurons side by side
#
# A **layer** is a group of neurons that all get the same inputs and do not look at each other. Take one example with
# two inputs, 0.5 and 2.0, and three neurons. Each neuron has a weight for each input, and one bias:
#
# | | neuron 1 | neuron 2 | neuron 3 |
# |---|---|---|---|
# | weight for input 1 | 1.5 | −1.2 | 0.5 |
# | weight for input 2 | 0.9 | 0.5 | −0.6 |
# | bias | 0.1 | −0.2 | 0.7 |
#
# By hand, neuron 1 first: 0.5 × 1.5 is 0.75, and 2.0 × 0.9 is 1.8. Together 2.55, and with the bias **2.65**.
# Neuron 2: −0.6 + 1.0 − 0.2 = **0.2**. Neuron 3: 0.25 − 1.2 + 0.7 = **−0.25**.
#
# The computer can do all the products and sums of a layer at once. `@` is NumPy's sign for the **matrix product**.

# %%
inputs = np.array([0.5, 2.0])
table = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
print("shape of the table of weights:", table.shape)
print("products, summed:", inputs @ table)

# %% [markdown]
# These are 2.55, 0.4 and −0.95: for each neuron the sum of input times weight, the biases not yet added. The matrix
# product goes down each *column* of the table, multiplies by the inputs, and adds up.
#
# So the weights stand as in the table above: **a row for each input, a column for each neuron**. Two inputs and three
# neurons make the shape `(2, 3)`. The same arrangement is used through the whole course.
#
# *Change it:* set the −1.2 to 0. Which of the three results moves? (Only the second: it is neuron 2's column. It
# becomes 1.0.)

# %% [markdown]
# ### Many examples at once
#
# Put several examples below each other, one a row. The product then gives a row of results for each example. The
# biases are left to do: one for each neuron.
#
# **Guess before you look.** The sums of two examples have the shape `(2, 3)`: two rows, three neurons. The biases
# have the shape `(3,)`. What does `+` do with them?
#
# * (a) it adds each bias to one whole column, the same for every example
# * (b) it adds the biases to the first row only
# * (c) it stops with an error, since the shapes differ

# %%
sums = np.array([[2.55, 0.4, -0.95], [-0.78, 1.6, -0.98]])
biases = np.array([0.1, -0.2, 0.7])
print(sums + biases)


# %% [markdown]
# The first row reads 2.65, 0.2, −0.25, the numbers that we found by hand. In the second row, too, the first entry
# rose by 0.1, the second fell by 0.2 and the third rose by 0.7. So (a) was right: NumPy repeats the row of biases for
# each example. This is called **broadcasting**.
#
# It is handy, and a trap. An array of *one* bias would also be "repeated" to fit, for all neurons, without a word.
# That is why your next function looks at the shapes first.
#
# In symbols, with `N` examples, `D` inputs and `M` neurons (outputs):
#
# ```
# Z = X @ W + b          X (N, D)    W (D, M)    b (M,)    Z (N, M)
# ```

# %% [markdown]
# ### A choice of activations
#
# The sigmoid is one of several activations. Each of them is applied to every number of `Z` by itself:
#
# | name | what it does to z | for z = −2 | for z = 0.5 |
# |---|---|---|---|
# | `"linear"` | leaves it as it is | −2 | 0.5 |
# | `"sigmoid"` | `1 / (1 + e^(-z))`, between 0 and 1 | 0.1192 | 0.6225 |
# | `"tanh"` | between −1 and 1, 0 stays 0; NumPy has it as `np.tanh` | −0.9640 | 0.4621 |
# | `"relu"` | negative numbers become 0, others stay | 0 | 0.5 |
#
# "Linear" means that nothing happens after the sum. We will see in section 7 what a network loses with it.

# %% [markdown]
# ### Exercise 2: a layer
#
# Write a layer for any number of examples, inputs and neurons: shapes looked at, weighted sums, activation.
#
# To stop with an error of your own, write `raise ValueError("what is wrong")`. The number of dimensions of an array
# is `X.ndim`, its shape `X.shape`.

# %% nbgrader={"grade_id": "dense_forward"}
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
        "linear" (z itself), "sigmoid" (1 / (1 + e^(-z))), "tanh" or "relu" (the larger of z and 0).

    Returns
    -------
    array of shape (N, M)
        What the neurons send out, a row for each example; float64 (float32 will do, and whole numbers where all that
        came in were whole). X, W and b stay as they were.

    Raises
    ------
    ValueError
        When X or W has not two dimensions or b not one; when X has not as many columns as W has rows, or b not as many
        entries as W has columns (a b of shape (1,) for several neurons, too); when the activation is none of the four.

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
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_dense_forward"}
check("dense_forward")

# %% [markdown]
# **What it is good for.** The staircase lamp needs two neurons that look at the switches first. The layer below, with
# relu, counts with its first neuron how many switches are up. Its second neuron stays at 0 until both are.

# %%
switches = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
if ready("dense_forward"):
    print(dense_forward(switches, np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0]), activation="relu"))

# %% [markdown]
# With a right answer, the four rows are `[0, 0]`, `[1, 0]`, `[1, 0]` and `[2, 1]`. The two "on" positions have become
# the same point! Now a straight line *can* part "on" from "off", and a further neuron can draw it. We come back to it
# in section 5.

# %% [markdown]
# ## 4. The weights to start from
#
# Where do weights come from? A network learns them, little by little (next week). But it must start from some
# numbers.
#
# **Guess before you look.** Three neurons of a layer start with all weights at zero. After the first example, how do
# their outputs differ?
#
# * (a) not at all
# * (b) a little, since they are different neurons
# * (c) by as much as the inputs differ

# %%
inputs = np.array([[0.5, 2.0], [-1.0, 0.8]])
print("weights all 0:  ", (inputs @ np.zeros((2, 3))).tolist())
print("weights all 0.3:", np.round(inputs @ np.full((2, 3), 0.3), 2).tolist())

# %% [markdown]
# In every row the three outputs are equal: 0, 0, 0 with weights of zero, and 0.75, 0.75, 0.75 for the first example
# with weights of 0.3. So (a) was right. Neurons with the same weights do the same, and learning would then change
# them all in the same way. Three such neurons can do no more than one.
#
# So the weights must **differ**, and nothing tells us how. We let chance decide: small random numbers around zero, so
# that no input is favoured. The biases may all start at zero, since the weights already make the neurons differ.

# %% [markdown]
# ### Chance that can be repeated
#
# A computer's random numbers come from a **generator**, a machine with a state inside. Each draw gives numbers and
# moves the state on. Two generators that start from the same state (the **seed**) give the same numbers.

# %%
print("seed 7:", np.random.default_rng(7).normal(size=3))
print("seed 7:", np.random.default_rng(7).normal(size=3))
print("seed 8:", np.random.default_rng(8).normal(size=3))


# %% [markdown]
# The first two lines are equal, the third is another. `normal` draws numbers around zero, mostly between −2 and 2;
# `size` says how many, and may be a shape such as `(2, 3)`.
#
# This is why functions of this course get a generator, called `rng`, and draw from **that one alone**. Whoever passes
# in the same state gets the same network again, and an experiment can be repeated. A function that draws from
# `np.random` directly, or sets a seed of its own, takes that away.
#
# *Change it:* in the second line, change the 7 to your age.

# %% [markdown]
# ### Exercise 3: a network to start from
#
# The sizes `[3, 4, 2]` describe a network of three inputs, four neurons in the **hidden layer** (the one between) and
# two outputs:
#
# ```
#   3 inputs  ===>  4 neurons  ===>  2 neurons
#          W (3, 4), b (4,)   W (4, 2), b (2,)
# ```
#
# Three sizes, but two layers of weights: the inputs are given, not computed. Make the weights and biases for any such
# list of sizes. Steps: look at the sizes; then, for each pair of neighbours, draw W and set b.

# %% nbgrader={"grade_id": "initialize_network"}
def initialize_network(layer_sizes, rng):
    """Draw the starting weights of a network, and set its biases to zero.

    Parameters
    ----------
    layer_sizes : list of int
        The number of inputs, then the number of neurons of each layer; at least two sizes.
    rng : numpy.random.Generator
        The weights are drawn from this generator, and from nothing else: the same state of it gives the same network,
        another state gives other weights. NumPy's global state (np.random) is left alone.

    Returns
    -------
    list of dict
        One dict for each layer of weights, so one fewer than there are sizes, with exactly the keys "W" and "b". For a
        layer of D inputs and M neurons:
        W, shape (D, M), float64 (float32 will do): random numbers of either sign around zero, of a continuous
        distribution such as the normal or an evenly spread one from -0.5 to 0.5. No two weights of the network are
        equal.
        b, shape (M,), float64 (float32 will do): zeros.
        The list layer_sizes stays as it was.

    Raises
    ------
    ValueError
        When there are fewer than two sizes, a size is below 1, or a size is not a whole number (such as 2.5).

    Examples
    --------
    Three inputs, four hidden neurons, two outputs. With W turned round, the first shape would be (4, 3).

    >>> network = initialize_network([3, 4, 2], np.random.default_rng(0))
    >>> [layer["W"].shape for layer in network]
    [(3, 4), (4, 2)]
    >>> [layer["b"].tolist() for layer in network]
    [[0.0, 0.0, 0.0, 0.0], [0.0, 0.0]]
    """
    # look at the sizes
    # for each layer: draw the weights, set the biases
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_initialize_network"}
check("initialize_network")

# %% [markdown]
# **What it is good for.** Here is a network of your own, from a seed of your choice.

# %%
if ready("initialize_network"):
    for number, layer in enumerate(initialize_network([3, 4, 2], np.random.default_rng(2024)), start=1):
        print(f"layer {number}: W of shape {layer['W'].shape}, b of shape {layer['b'].shape}")
        print(np.round(layer["W"], 2))

# %% [markdown]
# **A good place to stop.** You have built neurons, a layer, and the weights of a network. Save the notebook, have a
# rest. When you come back, run all cells from the top: your answers are kept.

# %% [markdown]
# ## 5. A whole network
#
# A network is layers in a row. What the first layer sends out is what the second gets, just as with the two neurons
# of section 2. There we had single numbers; now each arrow carries a whole array:
#
# ```
#  X (N, 3)  --layer 1-->  A1 (N, 4)  --layer 2-->  A2 (N, 2)
# ```
#
# `A1` holds what layer 1 sends out, a row for each example. `A2` is the output of the network. The capital letters
# say that these are whole tables, where `a1` and `a2` were single numbers.
#
# **Guess before you look.** A network is described by the sizes `[3, 4, 5, 2]`, and ten examples go in. What shape
# has the output of the second layer?
#
# * (a) `(10, 4)`
# * (b) `(10, 5)`
# * (c) `(4, 5)`

# %%
sizes, examples = [3, 4, 5, 2], 10
print("into the network:", (examples, sizes[0]))
for number, neurons in enumerate(sizes[1:], start=1):
    print(f"out of layer {number}:  ", (examples, neurons))


# %% [markdown]
# The second layer sends out `(10, 5)`, so (b) was right. The number of rows never changes, as each example keeps its
# row. The number of columns is the number of neurons of the layer. `(4, 5)` is the shape of the second layer's
# *weights*, and `(10, 4)` is what it receives.

# %% [markdown]
# ### Worked example: the staircase lamp
#
# Layer 1 has two neurons with relu (section 3): one counts the switches that are up, the other tells whether both
# are. Layer 2 has one neuron with a sigmoid. Its weights are 4 for the count and −8 for "both", its bias is −2. By
# hand:
#
# | switches | A1: count, both | weighted sum of layer 2 | A2, after the sigmoid |
# |---|---|---|---|
# | 0, 0 | 0, 0 | −2 | 0.1192 |
# | 0, 1 | 1, 0 | 4 − 2 = 2 | 0.8808 |
# | 1, 0 | 1, 0 | 4 − 2 = 2 | 0.8808 |
# | 1, 1 | 2, 1 | 8 − 8 − 2 = −2 | 0.1192 |
#
# Read an output above 0.5 as "on". All four rows are right: three neurons do what one could not.
#
# For every layer the work is the same: take what came in, get the layer's output, keep it, hand it on.

# %% [markdown]
# ### Exercise 4: forward propagation
#
# Send a batch through all layers and return what *each* of them sends out. (Training, next week, will need them all.)
# You have written a function that does one layer: use it.

# %% nbgrader={"grade_id": "network_forward"}
def network_forward(X, layers):
    """Send a batch of examples through all layers of a network.

    Parameters
    ----------
    X : array of shape (N, D)
        N examples, one a row, of D inputs each.
    layers : list of dict
        The layers in their order. Each has the keys "W" (array of shape (inputs, neurons)), "b" (array of shape
        (neurons,)) and "activation" (one of "linear", "sigmoid", "tanh" and "relu"). There is at least one layer.

    Returns
    -------
    list of arrays
        [A1, ..., AL]: what each of the L layers sends out, after its activation; the first layer works on X, every
        other one on the output of the layer before it. X is not in the list. Each array has a row for each example and
        a column for each neuron of its layer; float64 (float32 will do). X and layers stay as they were.

    Raises
    ------
    ValueError
        As dense_forward does: when an array has the wrong number of dimensions, when the shapes do not fit together
        (inside a layer, or with what comes in from the layer before), or when an activation is none of the four.

    Examples
    --------
    The two neurons of the lecture as two layers of one neuron each (shown with six decimals). With X sent into every
    layer, the second array would be [[0.667076]]; without the first activation it would be [[0.697775]].

    >>> layers = [
    ...     {"W": np.array([[0.15]]), "b": np.array([0.4]), "activation": "sigmoid"},
    ...     {"W": np.array([[0.45]]), "b": np.array([0.65]), "activation": "sigmoid"},
    ... ]
    >>> network_forward(np.array([[0.1]]), layers)
    [array([[0.602286]]), array([[0.715252]])]
    """
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_network_forward"}
check("network_forward")

# %% [markdown]
# **What it is good for.** Your function can run the lamp, also for switches that are only half up. The next cell asks
# it for every pair of positions and draws the answers, once as described above and once with relu left out of layer
# 1.

# %%
lamp = [
    {"W": np.array([[1.0, 1.0], [1.0, 1.0]]), "b": np.array([0.0, -1.0]), "activation": "relu"},
    {"W": np.array([[4.0], [-8.0]]), "b": np.array([-2.0]), "activation": "sigmoid"},
]
if ready("network_forward"):
    steps = np.linspace(-0.3, 1.3, 81)
    positions = np.array([[left, right] for right in steps for left in steps])
    figure, both = plt.subplots(1, 2, figsize=(9, 4.2), sharey=True)
    for axes, name in zip(both, ["relu", "linear"], strict=True):
        output = network_forward(positions, [lamp[0] | {"activation": name}, lamp[1]])[-1].reshape(81, 81)
        shades = axes.contourf(steps, steps, output, levels=np.linspace(0, 1, 11), cmap="cividis")
        axes.scatter([0, 1], [1, 0], s=110, color="white", edgecolor="black", marker="o")
        axes.scatter([0, 1], [0, 1], s=110, color="white", edgecolor="black", marker="X")
        axes.set(xlabel="switch 1", title=f"hidden activation: {name}")
    both[0].set_ylabel("switch 2")
    figure.colorbar(shades, ax=both, label="output (above 0.5: on)")
    plt.show()

# %% [markdown]
# The picture shows two maps of the network's output over both switches, light where the output is near 1 and dark
# where it is near 0; circles mark the "on" points, crosses the "off" points. On the left a light band runs slantwise
# between the two crosses, and both circles lie in it with 0.88. On the right there is no band, just one slope from
# light to dark with a straight edge: the cross at (0, 0) gets 0.998, which says "on", and is wrong. The weights are
# the same. Only relu is missing.

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
# *Worked example.* The sizes `[3, 4, 2]`: the first layer has 16 parameters, the second 4 × 2 = 8 weights and 2
# biases. Together 26.

# %% [markdown]
# ### Exercise 5: count the parameters
#
# Count the weights and biases of a network of any sizes.

# %% nbgrader={"grade_id": "count_parameters"}
def count_parameters(layer_sizes):
    """Count the weights and biases of a network of layers.

    Parameters
    ----------
    layer_sizes : list of int
        The number of inputs, then the number of neurons of each layer; at least two sizes.

    Returns
    -------
    int
        The number of all weights and all biases, a whole number (an int, not a float). Every neuron of a layer has a
        weight for each number that the layer before it sends out, and one bias; the inputs have no biases.

    Raises
    ------
    ValueError
        When there are fewer than two sizes, a size is below 1, or a size is not a whole number (such as 2.5).

    Examples
    --------
    Without biases it would be 20; with biases for the inputs, too, 29.

    >>> count_parameters([3, 4, 2])
    26
    """
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_count_parameters"}
check("count_parameters")

# %% [markdown]
# **What it is good for.** A picture of 28 by 28 points has 784 inputs; the ten outputs stand for the ten digits. How
# fast does the number of parameters grow with the hidden layer?

# %%
if ready("count_parameters"):
    for hidden in [10, 100, 1000]:
        print(f"784 inputs, {hidden:4} hidden neurons, 10 outputs: {count_parameters([784, hidden, 10]):7} parameters")

# %% [markdown]
# With a right answer: 7,960, then 79,510, then 795,010. Ten times the hidden neurons, about ten times the parameters.
# Even a modest network has far more of them than anyone could set by hand. That is why networks have to learn.

# %% [markdown]
# ## 7. Where it breaks: a network without activations
#
# More layers should be able to do more. But leave out the activations, and something odd happens. Here two linear
# layers (three inputs, four neurons, two neurons) meet a *single* layer, whose weights were worked out from theirs.
#
# **Guess before you look.** How close can one layer come to the two?
#
# * (a) not at all, since two layers have more parameters: 26 against 8
# * (b) roughly
# * (c) exactly

# %%
chance = np.random.default_rng(5)
batch = chance.normal(size=(2, 3))
W1, b1, W2, b2 = (chance.normal(size=shape) for shape in [(3, 4), 4, (4, 2), 2])

hidden_sums = batch @ W1 + b1
print("two layers:")
print(hidden_sums @ W2 + b2)
print("one layer:")
print(batch @ (W1 @ W2) + (b1 @ W2 + b2))

# %% [markdown]
# The two tables are the same, number for number: (c) was right. A weighted sum of weighted sums is a weighted sum
# again. However many linear layers you stack, they fold into one, and we are back at the straight line of section 1.
# The map on the right in section 5 showed just that.
#
# It is the **activation between the layers** that makes a deep network more than one layer. It must bend: relu has
# its kink at 0, sigmoid and tanh flatten out on both sides.

# %% [markdown]
# ## 8. Recap
#
# Answer for yourself, then unfold.
#
# **1. What does the second neuron in a row get as its input?**
#
# <details><summary>Answer</summary>What the first one sends out, its activation a1. Neither x nor the sum z1 reaches
# it.</details>
#
# **2. A layer has 5 inputs and 3 neurons. What are the shapes of W and b, and of the output for 20 examples?**
#
# <details><summary>Answer</summary>W has the shape (5, 3), b has (3,), and the output has (20, 3).</details>
#
# **3. Why must weights not all start at zero, while biases may?**
#
# <details><summary>Answer</summary>Neurons with the same weights do the same and would be changed in the same way.
# Random weights already make them differ, so the biases need not.</details>
#
# **4. How many parameters has a network of the sizes [2, 3, 1]?**
#
# <details><summary>Answer</summary>2 × 3 + 3 = 9 in the first layer and 3 × 1 + 1 = 4 in the second: 13.</details>
#
# **5. What is lost when all activations are linear?**
#
# <details><summary>Answer</summary>All layers fold into one. The network can do no more than a single layer of
# weighted sums.</details>

# %% [markdown]
# ### What was left out
#
# Nothing here has *learned* yet: the lamp's weights were chosen by hand, the others drawn by chance. How a network
# finds good weights is the subject of week 2. Nor did we say how small the first random weights should be. That
# depends on the number of inputs, and will matter once networks get deep.
#
# ### Where the lecture notes simplify
#
# * The notes send **one example** through the network. Programs send a batch, a table with a row for each example.
#   Each row comes out as if it had gone alone.
# * The notes give **every neuron a sigmoid**. That is one choice among several. Today the layers in between mostly
#   have relu, and the last layer's activation depends on what the output is to mean.
# * The notes **round** to a few decimals in between. A program keeps all the digits and rounds only what it shows;
#   rounding on the way would add small errors in each layer.
