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
# # Deep networks: how far back does a gradient reach?
#
# **The question.** Is a deeper network a better one? At the end you make a bet, and your own functions decide it.
#
# **Time.** About 50 minutes, without the challenge.
#
# **You need** the lesson `backpropagation` (the chain rule, training a network), and from Python: functions, `if` and
# `for` loops.

# %% [markdown]
# Run this cell first: click on it and press Shift and Enter together. All the others depend on it.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.data import handwritten_digits
    from autograder.drawing import curves, gradient_map, layer_gradients
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
# **House rules.** They hold in every exercise:
#
# * Your function changes nothing that it is given.
# * It rounds nothing.
# * Whole numbers may come in place of decimal ones, inside arrays, too.
# * Arguments may come by position or by name.
# * Arrays that it returns hold decimal numbers (float64; float32 will do), never True and False.
#
# ## 1. The same digits, more layers
#
# In `backpropagation`, your `train_network` found the 970 numbers that read handwriting. Its network had two layers:
# 49 inputs, 16 neurons, 10 outputs. Why not ten? More layers should be able to do more.
#
# A notebook knows nothing of another one, so here is a short `train_network` again. Its slopes are measured by the
# central difference: a small step up, a small step down.

# %%
pictures, meant = handwritten_digits()  # 1,000 digits of 7 by 7 cells
wanted = np.eye(10)[meant]  # a row for each digit, with a 1 at its place
formulas = {
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": np.tanh,
    "relu": lambda z: np.maximum(z, 0),
}


def measured_slope(name, z):
    rise = formulas[name](z + 1e-5) - formulas[name](z - 1e-5)
    return rise / 2e-5

# %% [markdown]
# A network of `depth` layers has 16 neurons in each layer but the last, where 10 sigmoids answer. `size` says how large
# its random weights are. `forward` keeps what comes into each layer, and its weighted sums.

# %%
def new_network(depth, name, size):
    rng = np.random.default_rng(0)
    widths = [49] + [16] * (depth - 1) + [10]
    layers = []
    for number in range(depth):
        D, M = widths[number], widths[number + 1]
        layers.append({"W": rng.normal(0, size / D**0.5, (D, M)), "b": np.zeros(M), "activation": name})
    layers[-1]["activation"] = "sigmoid"
    return layers


def forward(X, layers):
    inputs, sums = [X], []
    for layer in layers:
        sums.append(inputs[-1] @ layer["W"] + layer["b"])
        inputs.append(formulas[layer["activation"]](sums[-1]))
    return inputs, sums

# %% [markdown]
# It learns from 800 digits, 16 at a time, and sees each of them 30 times. Then it reads the other 200.

# %%
def trained(depth, name, slope, rate, size=1.0):
    layers, rng = new_network(depth, name, size), np.random.default_rng(0)
    for _ in range(30):
        for batch in np.split(rng.permutation(800), 50):
            inputs, sums = forward(pictures[batch], layers)
            dA = inputs[-1] - wanted[batch]
            for number in reversed(range(depth)):
                layer = layers[number]
                dZ = dA * slope(layer["activation"], sums[number])
                dA = dZ @ layer["W"].T
                layer["W"] -= rate * inputs[number].T @ dZ / 16
                layer["b"] -= rate * dZ.mean(axis=0)
    return layers


def digits_read(layers):
    outputs = forward(pictures[800:], layers)[0][-1]
    return int(np.sum(outputs.argmax(axis=1) == meant[800:]))


print("2 layers of sigmoids read", digits_read(trained(2, "sigmoid", measured_slope, rate=3)), "of 200 digits")

# %% [markdown]
# Two layers read about 180 of the 200.
#
# **Guess before you look.** The same training, but ten layers of sigmoids. How many of the 200 do they read?
#
# * (a) more than two layers do
# * (b) about as many
# * (c) about 20, as a die with ten sides would

# %%
print("10 layers of sigmoids read", digits_read(trained(10, "sigmoid", measured_slope, rate=3)), "of 200 digits")

# %% [markdown]
# About 20: (c) was right. With eight more layers the network learned *nothing*.
#
# *Change it:* try a `rate` of 0.3 or 30. It doesn't help. Something else is missing, and it gets lost on the way back.

# %% [markdown]
# ## 2. Slopes
#
# On the way back, the gradient is multiplied by the **slope** of every activation that it passes: how fast the output a
# changes with the weighted sum z.
#
# **Guess before you look.** How steep is the sigmoid where it is steepest?
#
# * (a) 0.25: a step of 1 in z makes a quarter in a
# * (b) 0.5: half of it
# * (c) 1: all of it

# %%
z_values = np.linspace(-5, 5, 101)
slopes = {name: measured_slope(name, z_values) for name in formulas}
display(curves(z_values, slopes, ("weighted sum z", "slope of the activation"), "Three activations, three slopes"))

# %% [markdown]
# The picture shows three slopes over z. The sigmoid's is a low hill: 0.25 at z = 0, so (a) was right, and 0.0066 at its
# ends. tanh's hill is four times as high, 1, but narrower. relu's slope jumps from 0 to 1.
#
# ### Worked example: from the output to the slope
#
# For sigmoid and tanh, the slope follows from the output a, as in the last lesson:
#
# | activation | output a | slope |
# |---|---|---|
# | linear | z | 1 |
# | sigmoid | 1 / (1 + e^(−z)) | a (1 − a) |
# | tanh | tanh(z) | 1 − a² |
# | relu | z above zero, else 0 | 1 above zero, 0 below |
# | leaky relu | z above zero, else 0.01 z | 1 above zero, 0.01 below |
#
# The lecture's first neuron has z = 0.415 and sends out a = 0.602286. Its slope is 0.602286 × 0.397714 = 0.239538.
# Careful: both factors use a. With z you would get 0.415 × 0.585 = 0.242775, close enough to fool you.
#
# **The same with a gap.** A tanh neuron has z = 0.5 and sends out 0.462117. Its slope is 1 − … = ….
#
# <details><summary>Answer</summary>1 − 0.213552 = 0.786448</details>
#
# At z = 0, relu has a kink and no slope of its own. Programs take the one from either side.

# %% [markdown]
# ### Exercise 1: the slope of an activation
#
# Write the table as a function. `np.where(z > 0, 5.0, 7.0)` gives 5.0 for each number above zero and 7.0 for the others
# (mind the points: 5 and 7 would make whole numbers of them). `np.ones_like(z)` gives ones in the shape of z. And e^1000
# is too large for NumPy, as you saw in `artificial_neuron`. Your sigmoid of that lesson isn't here, so write it again.

# %% nbgrader={"grade": false, "grade_id": "activation_derivative", "locked": false, "schema_version": 3, "solution": true, "task": false}
def activation_derivative(name, z):
    """Compute the slope of an activation at z, for each number by itself.

    House rules apply.

    Parameters
    ----------
    name : str
        "linear", "sigmoid", "tanh", "relu" or "leaky_relu" (slope 0.01 below zero).
    z : float, or array of any shape
        Weighted sums from -1000 to 1000.

    Returns
    -------
    float, or array of the shape of z
        A single number for a single number (a whole one will do), an array for an array. Nothing
        is nan, and NumPy gives no warning. At the kink of relu and leaky_relu, the slope of
        either side.

    Raises
    ------
    ValueError
        If the name isn't exactly one of the five. The lines for this are already here.

    Examples
    --------
    With z(1 - z), the first answer would be -2.

    >>> round(activation_derivative("sigmoid", 2.0), 6)
    0.104994
    >>> activation_derivative("leaky_relu", np.array([-3.0, 0.5]))
    array([0.01, 1.  ])
    """
    if name not in ["linear", "sigmoid", "tanh", "relu", "leaky_relu"]:
        raise ValueError(f"There is no activation called {name!r}.")
    # for each name: its slope
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)
    if name == "sigmoid":
        small = np.exp(-np.abs(z))
        return small / (1.0 + small) ** 2
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    if name == "linear":
        return np.ones_like(z)[()]
    return np.where(z > 0, 1.0, 0.0 if name == "relu" else 0.01)[()]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_activation_derivative", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("activation_derivative")

# %% [markdown]
# **Put it to work.** Your slopes now train networks of ten layers: tanh and relu in place of the sigmoid, with the same
# digits. (Their gradients are larger, so they take smaller steps.)
#
# **Guess before you look.** How many of the 200 do ten layers of relu read?
#
# * (a) about 20, as before
# * (b) well over 100
# * (c) all 200

# %%
if ready("activation_derivative"):
    for name in ["tanh", "relu"]:
        layers = trained(10, name, activation_derivative, rate=0.3, size=1.4)
        print("10 layers of", name, "read", digits_read(layers), "of 200 digits")

# %% [markdown]
# tanh reads about 170 and relu about 125, so (b) was right. Same depth, same digits, another slope. Still, they are no
# better than two layers: depth pays off on harder tasks than this.

# %% [markdown]
# ## 3. A chain of layers
#
# How does a slope do that? Take the simplest deep network, a **chain**: each layer is a single neuron.
#
# ```
# z1 → a1  --w-->  z2 → a2  --w-->  …  --w-->  zL → aL
# ```
#
# From a1 to z2 a change is multiplied by the weight, from z2 to a2 by the slope. So each layer on the way contributes a
# factor **weight × slope**.
#
# ### Worked example: the lecture's two neurons
#
# Their slopes are 0.239538 and 0.203667, and the weight between them is 0.45. How fast does the output a2 change …
#
# * with z2? By its own slope: 0.203667.
# * with z1? Slope, weight, slope: 0.203667 × 0.45 × 0.239538 = **0.021954**.
#
# One layer further back, and only a tenth is left.
#
# **The same with a gap.** Three neurons with tanh; each has the slope 0.8, each weight is 0.5. From the last back to
# the first: 0.8, then 0.8 × 0.5 × 0.8 = 0.32, then ….
#
# <details><summary>Answer</summary>0.32 × 0.5 × 0.8 = 0.128</details>
#
# **Guess before you look.** Ten sigmoids in a chain, all as steep as a sigmoid can be, with weights of 1. How fast does
# the output change with z1?
#
# * (a) by a fortieth: 0.25 / 10
# * (b) by 0.25, as for a single neuron
# * (c) by about a millionth

# %%
steepest, weight = measured_slope("sigmoid", 0.0), 1.0
reached = steepest  # layer 10
for _ in range(9):  # from layer 10 back to layer 1
    reached = reached * weight * steepest
print(f"layer 1: {reached:.2e}")

# %% [markdown]
# It is 9.5e-07, a millionth: (c) was right. A quarter of a quarter of a quarter …: the factors are *multiplied*. If
# layer 1 should learn as fast as layer 10, it would need a rate some 260,000 times as large. This is the **vanishing
# gradient**.

# %% [markdown]
# ### Exercise 2: the gradient in every layer
#
# Compute for each layer of a chain how fast the output changes with *its* weighted sum. To keep it simple, all layers
# have the same weight w and the same sum z, and so the same slope. Layer l of L has its own slope, and L − l times the
# factor weight × slope, one for each step to the output:
#
# ```
# | slope × (w × slope)^(L − l) |        l = 1, 2, …, L
# ```
#
# The bars ask for the size, without a sign: `abs` or `np.abs`. A power is `**`. Your `activation_derivative` gives the
# slope.

# %% nbgrader={"grade": false, "grade_id": "gradient_by_layer", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_by_layer(depth, w, z, activation):
    """Compute how fast the output of a chain changes with the weighted sum of each layer.

    House rules apply.

    Parameters
    ----------
    depth : int
        The number L of layers, one neuron each.
    w : float
        The weight between neighbours, the same everywhere.
    z : float
        The weighted sum, the same in each layer.
    activation : str
        A name that activation_derivative knows.

    Returns
    -------
    array of shape (depth,)
        For each layer l from 1 to L, first layer first, the size (no sign) of
        slope * (w * slope) ** (L - l), where slope is the activation's slope at z.

    Raises
    ------
    ValueError
        If depth is below 1, or if the activation isn't one of the five names. The lines for this
        are already here.

    Examples
    --------
    At 0, the sigmoid's slope is 0.25. With one weight too many, the last number would be 0.5.

    >>> gradient_by_layer(3, -2.0, 0.0, "sigmoid")
    array([0.0625, 0.125 , 0.25  ])
    """
    if depth < 1:
        raise ValueError("A chain needs at least one layer.")
    if activation not in ["linear", "sigmoid", "tanh", "relu", "leaky_relu"]:
        raise ValueError(f"There is no activation called {activation!r}.")
    ### BEGIN SOLUTION
    slope = activation_derivative(activation, z)
    sizes = []
    for layer in range(1, depth + 1):
        sizes.append(abs(slope * (w * slope) ** (depth - layer)))
    return np.array(sizes, dtype=float)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_gradient_by_layer", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("gradient_by_layer")

# %% [markdown]
# **Put it to work.** Here are chains of 2, 10 and 20 layers, side by side for three activations. The scale counts powers
# of ten.

# %%
if ready("gradient_by_layer"):
    weight, total = 1.0, 0.5
    panels = {}
    for name in ["sigmoid", "tanh", "relu"]:
        chains = {f"{depth} layers": gradient_by_layer(depth, weight, total, name) for depth in [2, 10, 20]}
        panels[name] = chains
    display(layer_gradients(panels, f"How much reaches each layer (weight {weight:g}, sum {total:g})"))

# %% [markdown]
# Each line is a chain; its right end is the last layer, its left end the first. With the sigmoid the lines fall steeply to
# the left, for 20 layers to 3e-13. With tanh they fall gently, to 0.008. With relu they are level at 1: where its slope is
# 1 and the weights are 1, nothing gets lost.
#
# *Change it:* set `total` to −0.5. relu's slope is 0 there, and nothing arrives at all. Or set `weight` to 2.

# %% [markdown]
# ## 4. Vanishing and exploding
#
# The factor is weight × slope. So far the weights were all 1.
#
# **Guess before you look.** Sigmoids at z = 0, their steepest point. For which weight do gradients neither shrink nor
# grow?
#
# * (a) 1
# * (b) 4
# * (c) 0.25

# %%
if ready("gradient_by_layer"):
    depths, weights = np.arange(2, 21), np.linspace(0.5, 16, 63)
    first = [[gradient_by_layer(int(depth), weight, 0.0, "sigmoid")[0] for depth in depths] for weight in weights]
    display(gradient_map(depths, weights, first, "What reaches the first of many sigmoids"))

# %% [markdown]
# The map has the depth along the bottom and the weight upwards. Purple means smaller than 1, orange larger. In 20 layers,
# a weight of 0.5 leaves 2e-18: the gradient vanishes. A weight of 16 makes it 7e10: the gradient **explodes**, and every step
# overshoots. Between them, the line for 1 comes down towards the weight 4, where 4 × 0.25 = 1: (b) was right. With
# depth, the strip between too little and too much gets narrow.
#
# And that is the best case. Away from z = 0 the slope is smaller, and larger weights drive the sums away from 0.

# %% [markdown]
# ## 5. relu, with larger weights
#
# "relu has overcome the vanishing gradient", you can read. Its slope is 1, so the weights alone decide. Ten layers of
# relu read well over 100 digits. Now they start with weights three times as large.
#
# **Guess before you look.** What happens?
#
# * (a) the network doesn't learn any more
# * (b) it learns better, since its gradients are larger
# * (c) not much: training finds its own weights

# %%
with np.errstate(all="ignore"):  # numbers may become too large
    for size in [1.4, 4.2]:
        layers = trained(10, "relu", measured_slope, 0.3, size)
        hidden_sums = forward(pictures, layers)[1][:-1]
        silent = sum(np.sum((sums <= 0).all(axis=0)) for sums in hidden_sums)
        print("size", size, "reads", digits_read(layers), "of 200;", silent, "of 144 neurons are silent")

# %% [markdown]
# With the larger weights it reads hardly more than a die would: (a) was right. This is where relu breaks. Three times as large in nine layers makes
# gradients 3⁹, some 20,000 times as large: they explode, and the first steps throw the weights far off. A neuron is
# *silent* if its sum is below zero for every digit. There relu's slope is 0, nothing comes back, and the neuron can't
# change any more: it is a **dead unit**. Here it is about one in three. Leaky relu lets a hundredth through, for this
# reason.

# %% [markdown]
# ## 6. Your bet
#
# Back to the sigmoids. Two layers learn and ten don't. What is the deepest network of sigmoids that still reads half of
# the digits, 100 of 200? Put your bet into the cell, then run it. Your slopes train all the networks.

# %%
my_bet = 8  # change this number

if ready("activation_derivative") and ready("gradient_by_layer"):
    depths = list(range(2, 11))
    read = [digits_read(trained(depth, "sigmoid", activation_derivative, rate=3)) for depth in depths]
    deepest = max([depth for depth in depths if read[depths.index(depth)] >= 100], default=1)
    lines = {"sigmoid": read, "half": [100] * len(depths), "by chance": [20] * len(depths)}
    title = f"The deepest that learns has {deepest} layers; you bet on {my_bet}"
    labels, marks = ("number of layers", "digits read, of 200"), {"your bet": (my_bet, 100)}
    display(curves(depths, lines, labels, title, marks))
    for depth in [2, deepest, deepest + 1, 10]:
        print(f"{depth:2} layers: {gradient_by_layer(depth, 1.0, 0.0, 'sigmoid')[0]:.0e} reaches the first")

# %% [markdown]
# The sigmoids' curve falls off a cliff: three layers still read about 160, four only about 40. Below the picture is what your
# `gradient_by_layer` says of chains as deep. A sixty-fourth is still enough to learn from, a 256th isn't. (There are 16
# neurons in these layers, not one, so a chain can only tell roughly.) Ask a friend to bet, too.

# %% [markdown]
# ### Challenge: deeper
#
# Nothing here is graded. How deep can a network of sigmoids be and still read 100 of the 200? You may change the three
# numbers. Ours has 7 layers. Can you beat that?

# %%
if ready("activation_derivative"):
    depth, rate, size = 7, 3.0, 4.0  # change these three numbers

    with np.errstate(all="ignore"):
        count = digits_read(trained(depth, "sigmoid", activation_derivative, rate, size))
    print(depth, "layers read", count, "of 200:", "it learns!" if count >= 100 else "it doesn't learn")

# %% [markdown]
# ## 7. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. By what is a gradient multiplied on its way back through one layer?</summary>By the weight and by
# the activation's slope.</details>
#
# <details><summary>2. Why do sigmoids make it vanish?</summary>Their slope is at most 0.25. With weights around 1, each layer
# leaves a quarter at most.</details>
#
# <details><summary>3. Which layers learn slowest?</summary>The first ones: the most factors lie between them and the
# output.</details>
#
# <details><summary>4. When does a gradient explode?</summary>When weight × slope is above 1 in many layers.</details>
#
# <details><summary>5. What can go wrong with relu?</summary>Below zero its slope is 0, so units can die. Above, large weights
# still make gradients explode.</details>
#
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu: the grader starts from the top, too. Do both panels
# still say "passed"? Then save the notebook, and hand it in under the name it has.
#
# ### What was left out
#
# How large starting weights should be (here `size`) has good answers, named after Glorot and He. Very deep networks
# also have shortcuts around their layers. All seven activations of the lecture come in the next lesson,
# `activation_functions`.
#
# ### Where the lecture notes simplify or slip
#
# * They blame the vanishing on **outputs between 0 and 1**. What is multiplied is slope × weight. The sigmoid's slope is at
#   most 0.25, and 0.25¹⁰ is about 9.5e-7. tanh's outputs lie between −1 and 1, and it does better: its slope reaches 1.
# * relu "**overcame**" it. Dead units and exploding products remain, as you saw.
