# Made by `autograder build` from the lesson; fill in the functions and hand in this file or the notebook.

# %% [markdown]
# # Forward propagation: from one neuron to a network
#
# **The question.** How does a network of neurons turn a picture into an answer? At the end, your own functions will
# read handwriting.
#
# **Time.** About 90 minutes, in two sittings: 55 up to the third exercise, then 35.
#
# **You need** the lesson `artificial_neuron` (weighted sum, sigmoid, NumPy's arrays), and from Python: functions,
# lists, dictionaries, `if` and `for` loops.

# %% [markdown]
# Run this cell first: click on it and press Shift and Enter together. All the others depend on it.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.data import drawn_digit, handwritten_digits, trained_network
    from autograder.drawing import (
        curves,
        decision_surfaces,
        digit_grid,
        digit_outputs,
        network_diagram,
        paintings,
        two_kinds,
    )
except ImportError:
    raise ImportError(
        "This notebook needs the course's package: "
        "pip install the wheel intro_dl_kit-....whl that came with it. "
        "(The package `autograder` on the public index is someone else's.)"
    ) from None
import numpy as np
from IPython.display import display

same_version("0.1.0")

# %% [markdown]
# **House rules.** They hold in every exercise:
#
# * Your function changes nothing that it is given: no array, list or dictionary.
# * It rounds nothing.
# * Whole numbers may come in place of decimal ones, inside arrays, too.
# * Arguments may come by position or by name.
# * Arrays that it returns hold decimal numbers (float64; float32 will do). A tuple will do for a list.
#
# ## 1. A lamp with two switches
#
# A lamp on a staircase has two switches, 0 for down and 1 for up. It is on when exactly one of them is up.
#
# A neuron with two inputs draws a straight line: on one side of it the output is above 0.5, on the other side below.
#
# **Guess before you look.** Which straight line has both "on" points on one side and both "off" points on the other?
#
# * (a) a slanted one, falling to the right
# * (b) a level one, halfway up
# * (c) none

# %%
positions = [[0, 0], [0, 1], [1, 0], [1, 1]]
lamp_is_on = [False, True, True, False]
labels = [("switch 1", "switch 2")]
lines = {"(a)": ((-0.4, 0.9), (0.9, -0.4)), "(b)": ((-0.4, 0.5), (1.3, 0.5))}
display(two_kinds({"The lamp, and two lines": positions}, lamp_is_on, labels, lines))

# %% [markdown]
# The picture shows the four positions: switch 1 along the bottom, switch 2 upwards. The "on" points are circles, the
# "off" points crosses. Line (a) cuts off one cross, but the other one stays with the circles: 3 of 4 points are right.
# Line (b) has a circle and a cross on each side. However you draw a line, one point is left over: (c) was right.
#
# One neuron can't run this lamp. A network can: several neurons, some of which work on what others send out.

# %% [markdown]
# ## 2. Two neurons in a row
#
# ### Worked example: one neuron, once more
#
# A neuron takes two steps:
#
# 1. **weighted sum**: `z = w * x + b`, the input x times the weight w, plus the bias b;
# 2. **activation**: `a = 1 / (1 + e^(-z))`, the sigmoid. NumPy writes e^(-z) as `np.exp(-z)`.
#
# The numbers are those of the lecture (in IBM's course *Introduction to Deep Learning & Neural Networks with Keras*):
# input 0.1, weight 0.15, bias 0.4. By hand, 0.15 × 0.1 is 0.015, and with the bias the weighted sum is 0.415.

# %%
# 1. weighted sum
total = 0.15 * 0.1 + 0.4
print("weighted sum:", round(total, 6))

# 2. activation
print("activation:  ", round(1 / (1 + np.exp(-total)), 6))

# %% [markdown]
# ### Put a second neuron behind it
#
# ```
#       w1, b1           w2, b2
#  x  ---------->  ( 1 )  ---------->  ( 2 )  ---->
# ```
#
# `w1`, `b1`, `z1` and `a1` are weight, bias, weighted sum and activation of the first neuron; those of the second have
# a 2. In the lecture, the second has the weight 0.45, the bias 0.65, and so the weighted sum 0.921029.
#
# **Guess before you look.** Which number does the second neuron multiply by its weight 0.45?
#
# * (a) 0.602286, the first neuron's activation
# * (b) 0.415, the first neuron's weighted sum
# * (c) 0.1, the input

# %%
for guess, incoming in [("(a)", 0.602286), ("(b)", 0.415), ("(c)", 0.1)]:
    print(f"{guess} gives the weighted sum {0.45 * incoming + 0.65:.6f}")

# %% [markdown]
# Only 0.602286 gives the lecture's 0.921029: (a) was right. A neuron sees nothing but what arrives at its own input,
# and what leaves the first neuron is its activation. The other sums look just as believable, so take care.
#
# One step is left, the second activation.

# %%
display(
    network_diagram(
        [1, 1, 1],
        weights=[[[0.15]], [[0.45]]],
        biases=[[0.4], [0.65]],
        inputs=[0.1],
        activations=["sigmoid", "sigmoid"],
        columns=["input x", "neuron 1", "neuron 2"],
        title="Each neuron works on what the one before sends out",
    )
)


# %% [markdown]
# The picture shows the network from left to right: the input in a white circle, then the two neurons. A weight stands
# on each arrow, a weighted sum above each neuron, its bias below and its activation inside. For the input 0.1 the
# network sends out 0.715252, its **prediction**. Computing it like this, from left to right, is called **forward
# propagation**.
#
# ### The same with a gap
#
# Let the input be 0.5. Work out the last two steps yourself. (An empty cell is a good calculator: press Esc, then B.)
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
# Compute the four numbers of the two neurons: z1, a1, z2, a2.
#
# Replace the line `raise NotImplementedError(...)` with your answer, indented like that line, and run the cell. Then
# run `check` below it, as often as you like. Only what the house rules and the text between the triple quotes say is
# graded.

# %% nbgrader={"grade_id": "two_neuron_forward"}
def two_neuron_forward(x, w1, b1, w2, b2):
    """Send a number through two neurons in a row, both with a sigmoid, 1 / (1 + e^(-z)).

    House rules apply.

    Parameters
    ----------
    x : float
        The input.
    w1, b1 : float
        Weight and bias of the first neuron.
    w2, b2 : float
        Weight and bias of the second neuron, which works on what the first one sends out.

    Returns
    -------
    dict
        Exactly the keys "z1", "a1", "z2" and "a2": weighted sum and activation of the first
        neuron, then those of the second. Each value is a single number.

    Examples
    --------
    The lecture's numbers, shown with six decimals. (Sending on z1 in place of a1 would make z2
    0.836750.)

    >>> two_neuron_forward(x=0.1, w1=0.15, b1=0.4, w2=0.45, b2=0.65)
    {'z1': 0.415000, 'a1': 0.602286, 'z2': 0.921029, 'a2': 0.715252}
    """
    # first neuron: weighted sum, then activation
    # second neuron: weighted sum, then activation
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_two_neuron_forward"}
check("two_neuron_forward")

# %% [markdown]
# **What it is good for.** Weights are the knobs of a network, and now *you* can turn them: here many first weights go
# through your function, then many second ones.

# %%
if ready("two_neuron_forward"):
    tried = np.linspace(-10, 10, 161)
    first = [two_neuron_forward(0.1, weight, 0.4, 0.45, 0.65)["a2"] for weight in tried]
    second = [two_neuron_forward(0.1, 0.15, 0.4, weight, 0.65)["a2"] for weight in tried]
    both = {"w1 changes": first, "w2 changes": second}
    title = "Two weights, turned one at a time"
    display(curves(tried, both, ("the weight", "prediction a2"), title))

# %% [markdown]
# Your picture has two curves. The one for w1 is almost level, from 0.692 to 0.733; the one for w2 climbs from 0.005 to
# 0.999. A change of w1 is multiplied by the small input 0.1, flattened by a sigmoid and multiplied by 0.45, so little
# of it arrives. How much each weight matters is the question of week 2.

# %% [markdown]
# ## 3. A layer is one matrix product
#
# ### Worked example: three neurons side by side
#
# A **layer** is a group of neurons that all get the same inputs. Take two inputs, 0.5 and 2.0, and three neurons:
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
# In NumPy, `@` is the **matrix product**: all these products and sums at once.

# %%
inputs = np.array([0.5, 2.0])
table = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
print("shape of the table of weights:", table.shape)
print("products, summed:", inputs @ table)

# %% [markdown]
# These are the sums without the biases. The matrix product goes down each *column* of the table, multiplies by the
# inputs and adds up. So weights have **a row for each input and a column for each neuron**, in the whole course. The
# shape, rows and then columns, is `(2, 3)`.
#
# ### Many examples at once
#
# Several examples below each other, one a row, are a **batch**. The matrix product gives a row of sums for each. Only
# the biases are missing.
#
# **Guess before you look.** The sums of two examples have the shape `(2, 3)`, the biases `(3,)`. What does `+` do with
# them?
#
# * (a) it adds the first bias to the whole first column, the second to the second, and so on
# * (b) it adds the biases to the first row only
# * (c) it stops with an error, since the shapes differ

# %%
batch = np.array([[0.5, 2.0], [-1.0, 0.8]])
sums = batch @ np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]])
print(sums)
print(sums + np.array([0.1, -0.2, 0.7]))

# %% [markdown]
# In both rows the first entry has risen by 0.1, the second has fallen by 0.2, and the third has risen by 0.7. So (a)
# was right: NumPy uses the row of biases again for each example. This **broadcasting** is handy, and a trap: a *single*
# bias would be used for all the neurons, without a word. That is why your next function looks at the shapes first.
#
# In symbols, with `N` examples, `D` inputs and `M` neurons:
#
# ```
# Z = X @ W + b          X (N, D)    W (D, M)    b (M,)    Z (N, M)
# ```
#
# ### A choice of activations
#
# There are others than the sigmoid: **tanh**, `np.tanh(z)`, goes from −1 to 1; **relu**, `np.maximum(z, 0)`, is the
# larger of z and 0; **linear** leaves z as it is. Each works on every number by itself.

# %%
z_values = np.linspace(-2, 2, 81)
bends = {
    "sigmoid": 1 / (1 + np.exp(-z_values)),
    "tanh": np.tanh(z_values),
    "relu": np.maximum(z_values, 0),
}
title = "Sigmoid and tanh flatten out, relu has a kink"
display(curves(z_values, bends, labels=("weighted sum z", "activation a"), title=title))


# %% [markdown]
# The picture shows three curves over the weighted sum z. At −2, sigmoid gives 0.119, tanh −0.964 and relu 0.
#
# ### The same with a gap
#
# A third example, 1.0 and −1.0, goes through the three neurons, with relu.
#
# | step | neuron 1 | neuron 2 | neuron 3 |
# |---|---|---|---|
# | weighted sum | 1.5 − 0.9 + 0.1 = 0.7 | −1.2 − 0.5 − 0.2 = … | … |
# | activation | 0.7 | … | … |
#
# <details><summary>Answer</summary>The weighted sums are −1.9 and 1.8; relu makes them 0 and 1.8.</details>

# %% [markdown]
# ### Exercise 2: a layer
#
# Write a layer. It gets the *name* of an activation, a text such as `"relu"`, and chooses by it.
#
# Here you also check what comes in. A table X has 2 dimensions, `X.ndim`, with `X.shape[0]` rows and `X.shape[1]`
# columns. A row such as b has 1 dimension and `b.shape[0]` entries. `raise ValueError("what is wrong")` stops the
# function with an error; *Raises* says when.

# %% nbgrader={"grade_id": "dense_forward"}
def dense_forward(X, W, b, activation="linear"):
    """Send a batch of examples through one layer: activation(X @ W + b).

    House rules apply.

    Parameters
    ----------
    X : array of shape (N, D)
        One example a row.
    W : array of shape (D, M)
        A row of weights for each input, a column for each neuron.
    b : array of shape (M,)
        The biases.
    activation : str
        "linear", "sigmoid", "tanh" or "relu".

    Returns
    -------
    array of shape (N, M)
        What the neurons send out.

    Raises
    ------
    ValueError
        If X or W doesn't have two dimensions or b one; if X has more or fewer columns than W has
        rows, or b more or fewer entries than W has columns (a single one, too); if the
        activation isn't exactly one of the four names ("ReLU" isn't).

    Examples
    --------
    With the biases multiplied in, the first row would be [0.255, -0.08, -0.665].

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
# **What it is good for.** The staircase lamp needs neurons that look at the switches first. In the layer below, with
# relu, neuron 1 counts how many switches are up. Neuron 2 stays at 0 until both are.

# %%
if ready("dense_forward"):
    positions = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    weights, biases = np.array([[1.0, 1.0], [1.0, 1.0]]), np.array([0.0, -1.0])
    moved = dense_forward(positions, weights, biases, activation="relu")
    panels = {"the switches": positions, "after your layer": moved}
    labels = [("switch 1", "switch 2"), ("neuron 1: how many are up", "neuron 2: are both up?")]
    line = {"a line": ((-0.4, -0.45), (2.1, 0.8))}
    display(two_kinds(panels, [False, True, True, False], labels, line))

# %% [markdown]
# On the left are the four positions, on the right what your layer makes of them. There the 2 "on" points have moved to
# the same place, (1, 0). Now a line *can* separate "on" from "off", and one more neuron can draw it.

# %% [markdown]
# ## 4. The weights to start from
#
# A network learns its weights little by little, in week 2. But it has to start from some numbers.
#
# **Guess before you look.** Three neurons of a layer all start with weights of zero. How much do their outputs differ?
#
# * (a) a lot, as each neuron goes its own way
# * (b) not at all
# * (c) a little, since they are different neurons

# %%
batch = np.array([[0.5, 2.0], [-1.0, 0.8]])
print("weights all 0:  ", (batch @ np.full((2, 3), 0.0)).tolist())
print("weights all 0.3:", (batch @ np.full((2, 3), 0.3)).round(2).tolist())

# %% [markdown]
# Each inner list holds the sums of the three neurons for one example. They are the same, so (b) was right. Learning,
# too, would change such neurons in the same way: three of them can do no more than one.
#
# So weights have to **differ**, and we leave that to chance: random numbers around zero, some positive, some negative.
# The biases may all start at zero, `np.zeros(3)` for three neurons.
#
# ### Chance that can be repeated
#
# A computer's random numbers come from a **generator**. The same **seed** gives the same numbers. `normal` draws them
# around zero, and `size` says how many, or in which shape.

# %%
print("seed 7:", np.random.default_rng(7).normal(size=3))
print("seed 7:", np.random.default_rng(7).normal(size=3))
print("seed 8:", np.random.default_rng(8).normal(size=3))

# %% [markdown]
# The first two lines are equal, the third is different. Functions of this course get a generator, called `rng`, and
# draw from **that one alone**, as in `rng.normal(size=(2, 3))`. Then anyone can repeat your experiment.
#
# ### A network as a list of sizes
#
# `[3, 4, 2]` describes a network with 3 inputs, a layer of 4 neurons and a layer of 2.

# %%
columns = ["input layer", "hidden layer", "output layer"]
display(network_diagram([3, 4, 2], columns=columns, title="Three sizes, two layers of neurons"))


# %% [markdown]
# The picture shows three columns of circles, with an arrow, a weight, from each circle to every circle of the next
# column. The inputs are called the **input layer**, although nothing is computed there. The last layer is the **output
# layer**, and any in between is **hidden**: nobody outside sees its numbers.
#
# **The same with a gap.** The hidden layer has 3 inputs and 4 neurons: W has the shape `(3, 4)` and b `(4,)`. And the
# output layer?
#
# <details><summary>Answer</summary>It gets the 4 numbers of the hidden layer: W is (4, 2) and b is (2,).</details>

# %% [markdown]
# ### Exercise 3: a network to start from
#
# Make the starting weights and biases for any list of sizes. The checks of the sizes stand ready; your code goes below.
#
# The layers are the pairs of neighbours in the list: `layer_sizes[0]` and `layer_sizes[1]`, then `layer_sizes[1]` and
# `layer_sizes[2]`, and so on. Begin with an empty list and `append` a dictionary for each layer.

# %% nbgrader={"grade_id": "initialize_network"}
def initialize_network(layer_sizes, rng):
    """Draw the starting weights of a network, and set its biases to zero.

    House rules apply.

    Parameters
    ----------
    layer_sizes : list of int
        The number of inputs, then of neurons in each layer.
    rng : numpy.random.Generator
        Draw the weights from it and nothing else: the same state gives the same network,
        another one other weights.

    Returns
    -------
    list of dict
        For each layer a dict with exactly the keys "W" and "b". With D inputs and M neurons:
        W, shape (D, M): random numbers of both signs around zero, normal or evenly spread, no
        two in the network equal.
        b, shape (M,): zeros.

    Raises
    ------
    ValueError
        If there are fewer than two sizes, or one is below 1 or not whole (such as 2.5).

    Examples
    --------
    With W turned round, the first shape would be (4, 3).

    >>> network = initialize_network([3, 4, 2], np.random.default_rng(0))
    >>> [layer["W"].shape for layer in network]
    [(3, 4), (4, 2)]
    >>> [layer["b"].tolist() for layer in network]
    [[0.0, 0.0, 0.0, 0.0], [0.0, 0.0]]
    """
    if len(layer_sizes) < 2:
        raise ValueError("A network needs at least two sizes.")
    if any(size < 1 or size != int(size) for size in layer_sizes):
        raise ValueError("Every size must be a whole number of at least 1.")
    # for each layer: draw the weights, set the biases
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_initialize_network"}
check("initialize_network")

# %% [markdown]
# **What it is good for.** Your network can paint. Each point of a square goes in as two numbers, across and up, and a
# 5. Three numbers come out: how much red, green and blue the point gets.

# %%
if ready("initialize_network") and ready("dense_forward"):
    side = np.linspace(-10, 10, 150)
    points = np.array([[across, up, 5.0] for up in side for across in side])
    pictures = {}
    for seed in [1, 2, 3]:
        hidden, output = initialize_network([3, 16, 3], np.random.default_rng(seed))
        bent = dense_forward(points, hidden["W"], hidden["b"], activation="tanh")
        pictures[f"seed {seed}"] = dense_forward(bent, output["W"], output["b"])
    display(paintings(pictures, "Painted by chance, through your two functions"))

# %% [markdown]
# Each painting has 22,500 points. Every one of the 16 hidden neurons drew a straight edge, and the output layer mixed
# the colours. *Change it:* add your year of birth to the seeds.
#
# **A good place to stop.** You have built neurons, a layer, and a network that paints. Save the notebook and have a
# rest. When you come back, choose "Run All Cells" from the Run menu: your answers are still there.

# %% [markdown]
# ## 5. How many numbers must be learned?
#
# Weights and biases together are called **parameters**. They are what a network learns.
#
# **Guess before you look.** A layer has 3 inputs and 4 neurons. How many parameters does it have?
#
# * (a) 7
# * (b) 12
# * (c) 16

# %%
weights, biases = np.zeros((3, 4)), np.zeros(4)
print("weights: ", weights.size)
print("biases:  ", biases.size)
print("together:", weights.size + biases.size)


# %% [markdown]
# Each of the 4 neurons has 3 weights and one bias, so (c) was right: 7 counts circles instead of the connections
# between them, and 12 forgets the biases. Inputs have no bias: they are data.
#
# *Worked example.* The sizes `[3, 4, 2]`: 3 × 4 + 4 = 16 parameters in the hidden layer, 4 × 2 + 2 = 10 in the output
# layer, together 26.
#
# *The same with a gap.* The sizes `[4, 5, 3]`: 4 × 5 + 5 = 25, then …, together ….
#
# <details><summary>Answer</summary>5 × 3 + 3 = 18, together 43.</details>

# %% [markdown]
# ### Exercise 4: count the parameters
#
# Count the weights and biases of a network of any sizes, with the same pairs of neighbours as in exercise 3. The checks
# of the sizes stand ready again.

# %% nbgrader={"grade_id": "count_parameters"}
def count_parameters(layer_sizes):
    """Count the weights and biases of a network.

    House rules apply.

    Parameters
    ----------
    layer_sizes : list of int
        The number of inputs, then of neurons in each layer.

    Returns
    -------
    int
        The number of all weights and biases, an int and not a float. Inputs have no biases.

    Raises
    ------
    ValueError
        If there are fewer than two sizes, or one is below 1 or not whole (such as 2.5).

    Examples
    --------
    Without biases it would be 20; with biases for the inputs, too, 29.

    >>> count_parameters([3, 4, 2])
    26
    """
    if len(layer_sizes) < 2:
        raise ValueError("A network needs at least two sizes.")
    if any(size < 1 or size != int(size) for size in layer_sizes):
        raise ValueError("Every size must be a whole number of at least 1.")
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_count_parameters"}
check("count_parameters")

# %% [markdown]
# **What it is good for.** A small photo has 28 by 28 points, so 784 inputs; let ten outputs stand for ten digits.

# %%
if ready("count_parameters"):
    hidden_sizes = list(range(10, 1001, 10))
    counts = {"parameters": [count_parameters([784, hidden, 10]) for hidden in hidden_sizes]}
    marks = {"100 neurons": (100, count_parameters([784, 100, 10]))}
    labels = ("neurons in the hidden layer", "parameters")
    title = "Each hidden neuron costs 795 parameters"
    display(curves(hidden_sizes, counts, labels, title, marks))

# %% [markdown]
# It is a straight line: 100 hidden neurons, at the diamond, make 79,510 parameters, 1,000 make 795,010. Nobody could
# set so many by hand. That is why networks have to learn.

# %% [markdown]
# ## 6. A whole network
#
# A network is layers in a row, and what one sends out is what the next one gets. Now whole tables travel along the
# arrows, and get capital letters:
#
# ```
#  X (N, 3)  --layer 1-->  A1 (N, 4)  --layer 2-->  A2 (N, 2)
# ```
#
# Each example keeps its row all the way. There are as many columns as the layer has neurons.
#
# ### Worked example: the staircase lamp
#
# Layer 1 has two neurons with relu and all weights 1: "count" with the bias 0, "both" with −1. Layer 2 is one neuron
# with a sigmoid: weight 4 for the count, −8 for "both", bias −2. The last row has **a gap** for you.
#
# | switches | count, both | weighted sum of layer 2 | output |
# |---|---|---|---|
# | 0, 0 | 0, 0 | 4 × 0 − 8 × 0 − 2 = −2 | 0.1192 |
# | 0, 1 | 1, 0 | 4 × 1 − 8 × 0 − 2 = 2 | 0.8808 |
# | 1, 0 | 1, 0 | 4 × 1 − 8 × 0 − 2 = 2 | 0.8808 |
# | 1, 1 | 2, 1 | … | … |
#
# <details><summary>Answer</summary>4 × 2 − 8 × 1 − 2 = −2, and the sigmoid makes 0.1192 of it.</details>

# %%
display(
    network_diagram(
        [2, 2, 1],
        weights=[[[1, 1], [1, 1]], [[4], [-8]]],
        biases=[[0, -1], [-2]],
        inputs=[1, 0],
        activations=["relu", "sigmoid"],
        columns=["switches", "count, both", "lamp"],
        title="Layer by layer through the lamp",
    )
)


# %% [markdown]
# The picture shows this network, with dashed arrows for negative weights. With only switch 1 up, the count is 1, "both"
# is 0, and 0.880797 comes out. Above 0.5 means "on", so all 4 positions are right: three neurons do what one couldn't.
#
# *Change it:* set `inputs` to `[1, 1]`. The output falls to 0.119203.

# %% [markdown]
# ## 7. Where it breaks: a network without activations
#
# Does the lamp need relu? The next cell draws its output as a map, also for switches that are only half up. Then it
# makes the first layer linear and keeps all weights and biases.
#
# **Guess before you look.** How many of the four positions come out right without relu?
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
# The picture shows two maps: light is an output near 1, dark near 0, and the dashed line is 0.5. With relu, a light
# band runs between the crosses, and both circles lie in it. Without relu there is one straight edge, and everything
# below it is light. The cross at (0, 0) gets 0.998, "on", and is wrong: (b) was right.
#
# More layers wouldn't help. Here are two linear layers, and *one* whose weights and bias were worked out from theirs.

# %%
batch = np.array([[0.5, 2.0], [-1.0, 0.8]])
weights_1, biases_1 = np.array([[1.5, -1.2, 0.5], [0.9, 0.5, -0.6]]), np.array([0.1, -0.2, 0.7])
weights_2, biases_2 = np.array([[2.0], [-1.0], [0.5]]), np.array([0.3])
print("two layers:", ((batch @ weights_1 + biases_1) @ weights_2 + biases_2).round(6).tolist())

one_table, one_bias = weights_1 @ weights_2, biases_1 @ weights_2 + biases_2
print("one layer: ", (batch @ one_table + one_bias).round(6).tolist())


# %% [markdown]
# Both give 5.275 and −2.6. A weighted sum of weighted sums is a weighted sum again, as 3 × (2x + 1) − 4 is just
# 6x − 1. Two linear layers fold into one, and so do ten. A network without activations, however deep, is **linear
# regression**: one straight line, or plane. What makes a deep network more is the **activation between the layers**.

# %% [markdown]
# ## 8. Handwriting
#
# ### Exercise 5: forward propagation
#
# A function gets a network as a list with a dictionary for each layer, such as
# `{"W": np.array([[0.15]]), "b": np.array([0.4]), "activation": "sigmoid"}` for the lecture's first neuron. If `layer`
# is such a dictionary, `layer["W"]` is its table of weights.
#
# Send a batch through all layers, and return what *each* of them sends out, in a list: `A1` comes from `X`, `A2` from
# `A1`, and so on. (Training, in week 2, needs them all.)
#
# For every layer: take what came in, compute the output, keep it, hand it on. Use your function for one layer. What it
# refuses, this one will, too.

# %% nbgrader={"grade_id": "network_forward"}
def network_forward(X, layers):
    """Send a batch of examples through all layers of a network.

    House rules apply.

    Parameters
    ----------
    X : array of shape (N, D)
        One example a row.
    layers : list of dict
        At least one layer, in their order, each with the keys "W", shape (inputs, neurons), "b",
        shape (neurons,), and "activation": "linear", "sigmoid", "tanh" or "relu".

    Returns
    -------
    list of arrays
        [A1, ..., AL]: what each of the L layers sends out, after its activation, as an array of
        shape (N, neurons). The first layer works on X, every other one on the output of the one
        before. X is not in the list.

    Raises
    ------
    ValueError
        As dense_forward does, also if a layer doesn't fit what comes in from the one before.

    Examples
    --------
    The lecture's two neurons as two layers, shown with six decimals. (With X sent into every
    layer, the second array would be [[0.667076]].)

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
# ### Your function reads handwriting
#
# Here is a trained network of the sizes `[49, 16, 10]`: 49 × 16 + 16 + 16 × 10 + 10 = 970 parameters. Its inputs are
# the cells of a picture of 7 by 7, row by row, from 0 (paper) to 1 (ink). It has an output for each digit from 0 to 9,
# and the largest one is its answer: `argmax(axis=1)` finds its place in each row.
#
# The digits below, from the MNIST collection, were written by people. The network has never seen them.

# %%
digits, meant = handwritten_digits()
reader = trained_network()
if ready("network_forward"):
    readings = network_forward(digits, reader)[-1].argmax(axis=1)
    title = f"Your function reads {(readings == meant).sum()} of 1,000 digits; here are 30"
    display(digit_grid(digits[:30], meant[:30], readings[:30], title))

# %% [markdown]
# Above each digit stands what your function reads. Of these 30, 29 are right; the one in the frame, with a cross, is a
# 4 that it takes for a 1. **Of all 1,000 digits it reads 909.** That is your loop, and 970 numbers.
#
# Is it the numbers that do it? Next, 970 random ones from your `initialize_network`, and the trained ones without relu.
# (`{**hidden, **first}` is `hidden` with the W and b of `first`.)

# %%
if ready("network_forward") and ready("initialize_network"):
    hidden, output = reader
    first, second = initialize_network([49, 16, 10], np.random.default_rng(7))
    networks = {
        "trained:     ": reader,
        "by chance:   ": [{**hidden, **first}, {**output, **second}],
        "without relu:": [{**hidden, "activation": "linear"}, output],
    }
    for name, network in networks.items():
        readings = network_forward(digits, network)[-1].argmax(axis=1)
        print(name, (readings == meant).sum(), "of 1,000")

# %% [markdown]
# By chance about 100 are right, as many as a die with ten sides would get. Without relu 766 are left.
#
# **Guess before you look.** Every digit moves one cell to the right. How many does the trained network still read?
#
# * (a) about 900, as before
# * (b) about 500
# * (c) about 250

# %%
if ready("network_forward"):
    moved = np.zeros((1000, 7, 7))
    moved[:, :, 1:] = digits.reshape(1000, 7, 7)[:, :, :-1]
    moved = moved.reshape(1000, 49)
    readings = network_forward(moved, reader)[-1].argmax(axis=1)
    title = f"Moved by one cell: {(readings == meant).sum()} of 1,000 are right"
    display(digit_grid(moved[:30], meant[:30], readings[:30], title))

# %% [markdown]
# Only 245: (c) was right. *You* still see the same digits. But each weight belongs to one cell, and now the ink lies in
# others. Week 4 asks what to do about it.
#
# ### Draw your own
#
# A `.` is paper, a `#` is ink and a `+` is grey. Keep the outermost cells empty, as above.

# %%
drawing = [
    ".......",
    "..###..",
    ".....#.",
    "...##..",
    ".....#.",
    "..###..",
    ".......",
]
picture = drawn_digit(drawing)
if ready("network_forward"):
    display(digit_outputs(picture, network_forward(picture, reader)[-1]))

# %% [markdown]
# On the right is a bar for each of the ten outputs. The longest is what your network reads: a 3, if you left our
# drawing.
#
# **Challenge** (not graded). Draw all ten digits, one after another. How many of them does it read? Of ours it read 8.
#
# ### Who found the 970 numbers?
#
# The lamp's 9 we chose by hand; these nobody chose. They began as random numbers, like yours. Then a computer
# looked at 3,000 digits, again and again, and each time turned every knob a little. It took seconds. In week 2 you
# write the function that does this: **you** will find the 970 numbers.

# %% [markdown]
# ## 9. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. What does the second neuron in a row get as its input?</summary>What the first one sends out, its
# activation a1. Neither x nor the weighted sum z1 reaches it.</details>
#
# <details><summary>2. A layer has 5 inputs and 3 neurons. What are the shapes of W and b, and of the output for 20
# examples?</summary>W is (5, 3), b is (3,), and the output is (20, 3).</details>
#
# <details><summary>3. Why must weights not all start at zero, while biases may?</summary>Neurons with the same weights
# do the same. Once the weights differ, the biases needn't.</details>
#
# <details><summary>4. How many parameters does a network of the sizes [2, 3, 1] have?</summary>9 + 4 = 13.</details>
#
# <details><summary>5. What is lost if all activations are linear?</summary>All layers fold into one: the network is no
# more than linear regression.</details>
#
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu: the grader starts from the top, too. Do all five
# panels still say "passed"? Then save the notebook, and hand it in under the name it has.
#
# ### What was left out
#
# Nothing has *learned* yet, and we didn't say how large random weights should be. Both come in week 2.
#
# ### Where the lecture notes simplify or slip
#
# * They send **one example** through the network. Programs send a batch.
# * They give **every neuron a sigmoid**. Today hidden layers mostly have relu, and the output layer's activation
#   depends on what the output means.
# * They **round** in between. With 0.6 instead of 0.602286, 0.715042 would come out, wrong from the fourth decimal on.
