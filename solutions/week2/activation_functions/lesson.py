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
# # Activation functions: seven ways to bend
#
# **The question.** There are so many activations. What makes a good one? At the end, your seven functions take turns in
# the network that reads handwriting.
#
# **Time.** About 60 minutes, without the challenge. There is a good place to stop after the third exercise.
#
# **You need** the lessons `forward_propagation` (layers, relu) and `vanishing_gradient` (slopes), and from Python:
# functions.

# %% [markdown]
# Run this cell first: click on it and press Shift and Enter together. All the others depend on it.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.data import drawn_digit, handwritten_digits, trained_network
    from autograder.drawing import curves, digit_outputs, functions_and_slopes, share_bars
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
# * Your function changes nothing that it is given, and none of NumPy's settings.
# * It rounds nothing.
# * Whole numbers may come in place of decimal ones, inside arrays, too.
# * Arguments may come by position or by name.
# * For a single number it returns a single number; for an array, an array of the same shape.
# * Arrays that it returns hold decimal numbers (float64; float32 will do unless it says otherwise), never True and
#   False.
#
# ## 1. Two questions to ask an activation
#
# An activation turns a neuron's weighted sum z into its output a. Ask two things about it:
#
# 1. **What does it send out?** That is its curve.
# 2. **How steep is it?** In training, whatever comes back through a neuron is multiplied by the slope of its activation.
#
# The oldest one, from 1943, is the **binary step**: 1 if z is at least 0, otherwise 0.
#
# **Guess before you look.** How steep is the step at z = 0.7?
#
# * (a) 0: level
# * (b) 0.7: the larger z, the steeper
# * (c) 1: it climbs from 0 to 1

# %%
def step_of_one_number(z):
    if z >= 0:
        return 1.0
    return 0.0


for z in [-2.0, 0.7, 3.0]:
    rise = step_of_one_number(z + 0.001) - step_of_one_number(z - 0.001)
    print("at", z, "the step gives", step_of_one_number(z), "and its slope is", rise / 0.002)

# %% [markdown]
# It is level: (a) was right. Apart from the jump itself its slope is 0 everywhere, so nothing comes back through it, and
# the weights in front of it never learn.
#
# **Linear** is the other extreme: a = z. Its slope is 1 everywhere, but it doesn't bend. You saw in
# `forward_propagation` that linear layers fold into one.

# %% [markdown]
# ### Worked example: a choice for every number
#
# `if` looks at one number. `np.where(condition, one, other)` looks at each number of an array, and takes `one` where the
# condition holds and `other` where it doesn't.

# %%
temperatures = np.array([-3.0, 0.0, 21.5])
print(temperatures > 20)
print(np.where(temperatures > 20, 5.0, -5.0))

# %% [markdown]
# The comparison gives True and False. `np.where` makes decimal numbers of them: −5, −5 and 5. It takes a single number,
# too.
#
# *The same with a gap.* `np.where(temperatures <= 0, 2.0, 7.0)` gives 2, …, ….
#
# <details><summary>Answer</summary>2, 2, 7: zero is included.</details>

# %% [markdown]
# ### Exercise 1: the binary step
#
# Write the step for a single number or a whole array. Mind z = 0.

# %% nbgrader={"grade": false, "grade_id": "binary_step", "locked": false, "schema_version": 3, "solution": true, "task": false}
def binary_step(z):
    """Compute the binary step of each number by itself: 1.0 if it is at least 0, else 0.0.

    House rules apply.

    Parameters
    ----------
    z : float, or array of any shape
        Weighted sums.

    Returns
    -------
    float, or array of the shape of z
        A 1.0 or a 0.0 for each number.

    Examples
    --------
    With > in place of >=, the middle one would be 0.

    >>> binary_step(np.array([-1.5, 0.0, 0.3]))
    array([0., 1., 1.])
    >>> binary_step(-2.0)
    0.0
    """
    ### BEGIN SOLUTION
    return np.where(np.asarray(z) >= 0, 1.0, 0.0)[()]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_binary_step", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("binary_step")

# %% [markdown]
# ### A second name, or a second array?
#
# Linear looks like the easiest function of all, but there is a trap in it.
#
# **Guess before you look.** `b = a` for an array `a`. Then `b[0] = 99.0`. What is `a[0]`?
#
# * (a) an error
# * (b) still 5
# * (c) 99

# %%
a = np.array([5.0, 6.0])
b = a
b[0] = 99.0
print("b = a:          ", a)

a = np.array([5.0, 6.0])
b = np.array(a)
b[0] = 99.0
print("b = np.array(a):", a)

# %% [markdown]
# (c) was right: `b = a` gives the same array a second name. So does `return` with what came in: if someone changes your
# output, the input changes, too. `np.array` makes a new array, and 5 stays. It takes single numbers, too.

# %% [markdown]
# ### Exercise 2: linear
#
# Return z, but in an array of its own.

# %% nbgrader={"grade": false, "grade_id": "linear", "locked": false, "schema_version": 3, "solution": true, "task": false}
def linear(z):
    """Return each number as it is.

    House rules apply.

    Parameters
    ----------
    z : float, or array of any shape
        Weighted sums.

    Returns
    -------
    float, or array of the shape of z
        The same numbers. An array is a new one: it shares no memory with z.

    Examples
    --------
    >>> linear(np.array([-1.5, 0.0, 0.3]))
    array([-1.5,  0. ,  0.3])
    >>> linear(-2.0)
    -2.0
    """
    ### BEGIN SOLUTION
    return np.array(z, dtype=float)[()]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_linear", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("linear")

# %% [markdown]
# **Put them to work.** Each curve comes from your function, and so does the slope below it: a small step to either side.

# %%
if ready("binary_step") and ready("linear"):
    z_values = np.linspace(-4, 4, 401)
    two = {"binary step": binary_step, "linear": linear}
    display(functions_and_slopes(z_values, two, "The step has no slope, linear never bends"))

# %% [markdown]
# Above are two curves over z, below their slopes. The step jumps from 0 to 1; its slope is 0 on both sides. Linear climbs
# from −4 to 4 with the slope 1. A good activation bends *and* has a slope.

# %% [markdown]
# ## 2. The sigmoid, to the last digit
#
# The **sigmoid** does both. There are two ways to write it, equal on paper:
#
# ```
# 1 / (1 + e^(-z))    or    e^z / (1 + e^z)
# ```
#
# **Guess before you look.** What do the two give at z = 1000?
#
# * (a) 1 and 1
# * (b) 1 and nan, "not a number"
# * (c) nan and nan

# %%
with np.errstate(all="ignore"):  # keeps NumPy quiet; explained below
    for z in [-1000.0, 2.0, 1000.0]:
        print("z =", z, " first:", 1 / (1 + np.exp(-z)), " second:", np.exp(z) / (1 + np.exp(z)))

# %% [markdown]
# (b) was right. e^1000 is too large for NumPy: it **overflows**, and NumPy takes infinity for it, with a warning. The
# first way survives at 1000, since e^(−1000) is simply 0. The second divides infinity by infinity. At −1000 it is the
# first that overflows; it gets away with the warning (`errstate` kept it quiet here).
#
# So each way is safe on one side: it breaks where the power grows.
#
# ### Isn't clipping enough?
#
# In `artificial_neuron` you could clip z to between −500 and 500. Compare that with the truth, which left of zero is
# very nearly e^z:

# %%
for z in [-30.0, -600.0]:
    clipped = 1 / (1 + np.exp(-np.clip(z, -500, 500)))
    print("z =", z, " clipped:", clipped, " e^z:", np.exp(z))

# %% [markdown]
# At −600 the clipped one says 7e-218; right is 3e-261. Both are next to nothing. But training often takes the logarithm
# of an output, and that is −500 in place of −600, with no slope that would correct it.
#
# The way out is a power that never grows. `np.abs(z)` is z without its sign, so e^(−|z|) is at most 1.
#
# | | formula | at z = 2 or −2 |
# |---|---|---|
# | the power | e^(−\|z\|) | 0.135335 |
# | z at least 0 | 1 / (1 + power) | 0.880797 |
# | z below 0 | power / (1 + power) | … |
#
# *Fill the gap.*
#
# <details><summary>Answer</summary>0.135335 / 1.135335 = 0.119203. The two add up to 1.</details>

# %% [markdown]
# ### Exercise 3: a sigmoid without mistakes
#
# Write a sigmoid that keeps twelve digits, even where its output is 1e-300. The table is one way. (Careful: `np.where`
# works out *both* of its choices everywhere, and warns if either overflows.)

# %% nbgrader={"grade": false, "grade_id": "stable_sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def stable_sigmoid(z):
    """Compute the sigmoid, 1 / (1 + e^(-z)), of each number by itself.

    House rules apply.

    Parameters
    ----------
    z : float, or array of any shape
        Weighted sums, however large.

    Returns
    -------
    float, or array of the shape of z
        In float64; float32 won't do. From z = -700 to 700 every output is right to 1e-12 of its
        own size. Nothing is nan or infinite for any z, and NumPy gives no warning.

    Examples
    --------
    With z clipped to -500, the first answer would be 7.12e-218.

    >>> stable_sigmoid(np.array([-600.0, -2.0, 0.0]))
    array([2.65039655e-261, 1.19202922e-001, 5.00000000e-001])
    >>> stable_sigmoid(1000.0)
    1.0
    """
    # 1. a power that never grows, 2. a formula for each side
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)
    power = np.exp(-np.abs(z))
    return (np.where(z >= 0, 1.0, power) / (1.0 + power))[()]
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_stable_sigmoid", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("stable_sigmoid")

# %% [markdown]
# **Put it to work.** Here is the logarithm of your sigmoid, beside that of the clipped one.

# %%
if ready("stable_sigmoid"):
    z_values = np.linspace(-700, 0, 141)
    clipped = 1 / (1 + np.exp(-np.clip(z_values, -500, 500)))
    logarithms = {"yours": np.log(stable_sigmoid(z_values)), "clipped": np.log(clipped)}
    labels = ("weighted sum z", "logarithm of the output")
    display(curves(z_values, logarithms, labels, "Clipping makes a ledge, yours goes on"))

# %% [markdown]
# Both lines climb to the right. Left of −500 the clipped one is level, at −500; yours goes straight down to −700.
#
# **A good place to stop.** Save the notebook and have a rest. When you come back, choose "Run All Cells" from the Run
# menu: your answers are kept.

# %% [markdown]
# ## 3. tanh
#
# **tanh** is the sigmoid's sister: the same S, but from −1 to 1, so that outputs lie around 0.
#
# ```
# tanh(z) = (e^z - e^(-z)) / (e^z + e^(-z))
# ```
#
# *By hand.* For z = 1 the powers are 2.718282 and 0.367879. So tanh(1) = 2.350402 / 3.086161 = 0.761594.
#
# **Guess before you look.** The sigmoid, σ, can be stretched until it fits. Which of these is tanh?
#
# * (a) σ(2z) − 0.5
# * (b) 2 σ(z) − 1
# * (c) 2 σ(2z) − 1

# %%
sigmoid_of_1, sigmoid_of_2 = 1 / (1 + np.exp(-1.0)), 1 / (1 + np.exp(-2.0))
print("(a)", round(sigmoid_of_2 - 0.5, 6))
print("(b)", round(2 * sigmoid_of_1 - 1, 6))
print("(c)", round(2 * sigmoid_of_2 - 1, 6))

# %% [markdown]
# Only (c) gives the 0.761594 from above, and it is right for every z. tanh is twice as tall as the sigmoid and half as
# wide, so it is four times as steep: at z = 0 its slope is 1.

# %% [markdown]
# ### Exercise 4: tanh
#
# Write tanh yourself, without NumPy's ready-made one. Take the formula, or what the guess has shown. As before, no power
# may grow too large.

# %% nbgrader={"grade": false, "grade_id": "tanh", "locked": false, "schema_version": 3, "solution": true, "task": false}
def tanh(z):
    """Compute tanh, (e^z - e^(-z)) / (e^z + e^(-z)), of each number by itself.

    House rules apply.

    Parameters
    ----------
    z : float, or array of any shape
        Weighted sums from -1000 to 1000.

    Returns
    -------
    float, or array of the shape of z
        Between -1 and 1. It is computed without a ready-made tanh, sinh or cosh. Nothing is nan,
        and NumPy gives no warning.

    Examples
    --------
    Shown with six decimals. With 2 σ(z) - 1, the second answer would be 0.462117.

    >>> tanh(np.array([-1000.0, 1.0, 0.0]))
    array([-1.      ,  0.761594,  0.      ])
    >>> tanh(-2.0)
    -0.964028
    """
    ### BEGIN SOLUTION
    return 2.0 * stable_sigmoid(2.0 * np.asarray(z, dtype=float)) - 1.0
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_tanh", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("tanh")

# %% [markdown]
# ## 4. relu, and its leak
#
# Sigmoid and tanh flatten out on both sides. **relu** bends only once: it is the larger of z and 0. Above zero its slope is
# 1, however large z is, and it needs no powers. Today most hidden layers have it.
#
# NumPy has two functions whose names sound alike.
#
# **Guess before you look.** What does `np.max(np.array([4.0, -1.0, 6.0]), 0)` give?
#
# * (a) `[4, 0, 6]`: whatever is below 0 becomes 0
# * (b) `6.0`: the largest of all
# * (c) `[4, 6]`: what is above 0

# %%
numbers = np.array([4.0, -1.0, 6.0])
print("np.max(numbers, 0):    ", np.max(numbers, 0))
print("np.maximum(numbers, 5):", np.maximum(numbers, 5))

# %% [markdown]
# (b) was right: `np.max` looks for *one* largest number, and its second argument says in which direction.
# `np.maximum` compares every number with the second argument by itself, and keeps the larger: 5, 5 and 6.

# %% [markdown]
# ### Exercise 5: relu
#
# Write relu for a single number or a whole array.

# %% nbgrader={"grade": false, "grade_id": "relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def relu(z):
    """Compute the larger of z and 0, for each number by itself.

    House rules apply.

    Parameters
    ----------
    z : float, or array of any shape
        Weighted sums.

    Returns
    -------
    float, or array of the shape of z
        None of them is below 0.

    Examples
    --------
    The numbers without their signs would be 1.5, 0 and 3.

    >>> relu(np.array([-1.5, 0.0, 3.0]))
    array([0., 0., 3.])
    >>> relu(-2.0)
    0.0
    """
    ### BEGIN SOLUTION
    return np.maximum(z, 0.0)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_relu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("relu")

# %% [markdown]
# **Put it to work.** One kink looks poor. But a layer has many neurons, and the next one adds them up. Here are three
# times your relu, moved and multiplied:

# %%
if ready("relu"):
    z_values = np.linspace(-3, 3, 121)
    tent = relu(z_values + 1) - 2 * relu(z_values) + relu(z_values - 1)
    display(curves(z_values, {"their sum": tent}, ("z", "their sum"), "Three kinks make a tent"))

# %% [markdown]
# The sum is 0 up to −1, climbs to 1 at 0, and is back at 0 from 1 on. With more kinks it could follow any curve: that is
# what a hidden layer does.

# %% [markdown]
# ### Where it breaks
#
# Suppose that a neuron with relu has the input 2 and should send out 2: a weight of 1 would do it. But it starts with −1,
# so its weighted sum is −2.
#
# **Guess before you look.** What does gradient descent make of its weight?
#
# * (a) it climbs to 1
# * (b) it falls further and further
# * (c) it stays at −1

# %%
for slope_below in [0.0, 0.01]:  # relu first; the second is explained below
    weight = -1.0
    for _ in range(200):
        z = weight * 2.0
        slope = 1.0 if z > 0 else slope_below
        gradient = 2 * (slope * z - 2.0) * slope * 2.0
        weight = weight - 0.1 * gradient
    print("slope below zero:", slope_below, " weight after 200 epochs:", round(weight, 4))

# %% [markdown]
# With relu, in the first line, the weight stays at −1: (c) was right. Below zero relu is level, so the gradient is
# multiplied by 0. This is a **dead unit**, and more training doesn't help. In the second line the slope below zero is
# 0.01: little, but the weight gets to 1.
#
# This is the idea of **leaky relu**: z above zero, and below zero z times a small slope.
#
# | z | −3 | −0.5 | 2 |
# |---|---|---|---|
# | leaky relu with the slope 0.1 | −0.3 | … | … |
#
# <details><summary>Answer</summary>−0.05 and 2: above zero the slope is always 1.</details>

# %% [markdown]
# ### Exercise 6: leaky relu
#
# The slope is a second argument. In the `def` line, `negative_slope=0.01` means: 0.01 if nobody says otherwise.

# %% nbgrader={"grade": false, "grade_id": "leaky_relu", "locked": false, "schema_version": 3, "solution": true, "task": false}
def leaky_relu(z, negative_slope=0.01):
    """Compute leaky relu of each number by itself: z above zero, negative_slope times z below.

    House rules apply.

    Parameters
    ----------
    z : float, or array of any shape
        Weighted sums.
    negative_slope : float
        The slope below zero, at least 0 and less than 1.

    Returns
    -------
    float, or array of the shape of z
        The outputs.

    Examples
    --------
    With the slope on the wrong side, the first answer would be [-1.5, 0, 0.03].

    >>> leaky_relu(np.array([-1.5, 0.0, 3.0]))
    array([-0.015,  0.   ,  3.   ])
    >>> leaky_relu(-2.0, negative_slope=0.1)
    -0.2
    """
    ### BEGIN SOLUTION
    z = np.asarray(z, dtype=float)
    return np.maximum(z, negative_slope * z)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_leaky_relu", "locked": true, "points": 1, "schema_version": 3, "solution": false, "task": false}
check("leaky_relu")

# %% [markdown]
# ## 5. softmax: shares of a whole
#
# The six so far look at each number by itself. For "cat, dog or bird?" the outputs should know of each other: as
# **shares** that add up to 1. **softmax** makes them from the weighted sums of a layer:
#
# 1. **powers**: e^z of each sum. It is positive, and larger sums get much more;
# 2. **shares**: divide each power by the sum of all.
#
# *By hand.* For 2, 1 and −1 the powers are 7.389, 2.718 and 0.368; their sum is 10.475. So the shares are 0.705, 0.259
# and 0.035.
#
# **Guess before you look.** We add 100 to all three sums. What happens to the shares?
#
# * (a) nothing
# * (b) they get more alike: 102 and 99 are nearly the same
# * (c) the largest gets nearly everything

# %%
sums = {"before": np.array([2.0, 1.0, -1.0]), "100 added": np.array([102.0, 101.0, 99.0])}
shares = {}
for name, three in sums.items():
    powers = np.exp(three)
    shares[name] = powers / powers.sum()
display(share_bars(sums, shares, ["cat", "dog", "bird"]))

# %% [markdown]
# Above are the weighted sums, below the shares. They are 0.705, 0.259 and 0.035 in both columns, so (a) was right. Every
# power has been multiplied by e^100, and so has their sum: it cancels out. Only the *differences* count.
#
# Now add 1000, and NumPy gives up:

# %%
with np.errstate(all="ignore"):
    powers = np.exp(np.array([1002.0, 1001.0, 999.0]))
    print("powers:", powers, " shares:", powers / powers.sum())

# %% [markdown]
# Infinity divided by infinity, again. But since adding changes nothing, subtracting doesn't either. Subtract the
# **largest** sum from all three: that leaves 0, −1 and −3, and no power is above 1.
#
# ### A table, row by row
#
# A batch has a row for each example. The shares of each *row* add up to 1.

# %%
batch = np.array([[3.0, 1.0, 2.0], [10.0, 50.0, 30.0]])
print("axis=0: ", batch.sum(axis=0))
print("axis=-1:", batch.sum(axis=-1))
print("axis=-1, keepdims=True, shape", batch.sum(axis=-1, keepdims=True).shape)
print(batch / batch.sum(axis=-1, keepdims=True))

# %% [markdown]
# `axis=0` adds down the columns. `axis=-1` means the last direction: along the rows of a table, and along a single row,
# too. With `keepdims=True` the sums stay a column, so that each row is divided by its own. `max` takes the same words.

# %% [markdown]
# ### Exercise 7: softmax
#
# Subtract the largest, take the powers, divide by their sum, each row by itself.

# %% nbgrader={"grade": false, "grade_id": "softmax", "locked": false, "schema_version": 3, "solution": true, "task": false}
def softmax(z):
    """Turn weighted sums into shares: e^z, divided by the sum of e^z over the row.

    House rules apply.

    Parameters
    ----------
    z : array of shape (N, K) or (K,)
        Weighted sums from -1000 to 1000: K in each of N rows, or a single row.

    Returns
    -------
    array of the shape of z
        The shares. Each row adds up to 1, nothing is nan, and NumPy gives no warning.

    Raises
    ------
    ValueError
        If z has neither one nor two dimensions. The lines for this are already here.

    Examples
    --------
    Shown with three decimals. Over the columns, the first answer would be 0.982.

    >>> softmax(np.array([[2.0, 1.0, -1.0], [-2.0, 4.0, 4.0]]))
    array([[0.705, 0.259, 0.035],
           [0.001, 0.499, 0.499]])
    """
    if np.ndim(z) not in [1, 2]:
        raise ValueError("softmax needs a row or a table of numbers")
    ### BEGIN SOLUTION
    powers = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return powers / np.sum(powers, axis=-1, keepdims=True)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_softmax", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("softmax")

# %% [markdown]
# ## 6. All seven
#
# Here are all your functions over their slopes. softmax needs company: the picture shows the first share of z, 0 and 0.

# %%
seven = ["binary_step", "linear", "stable_sigmoid", "tanh", "relu", "leaky_relu", "softmax"]
if all(ready(name) for name in seven):

    def first_share(z):
        others = np.zeros(len(z))
        return softmax(np.stack([z, others, others], axis=1))[:, 0]

    yours = {"binary step": binary_step, "linear": linear, "sigmoid": stable_sigmoid, "tanh": tanh}
    yours |= {"relu": relu, "leaky relu": leaky_relu, "softmax": first_share}
    display(functions_and_slopes(np.linspace(-4, 4, 401), yours, "Your seven, each above its slope"))

# %% [markdown]
# Each curve has its slope below it. The step's is 0, linear's is 1 everywhere. The slopes of sigmoid and softmax are
# low hills of 0.25, tanh's is a hill of 1. relu's jumps from 0 to 1, leaky relu's from 0.01 to 1.
#
# ### In the network that reads handwriting
#
# The 970 numbers of week 1 were found with relu in the hidden layer. With it they read 909 of 1,000 digits. Now each of
# your functions takes its place; the numbers stay.
#
# **Guess before you look.** How many digits do they read with leaky relu?
#
# * (a) about 900
# * (b) about 750, as with linear
# * (c) about 100: the numbers belong to relu

# %%
pictures, meant = handwritten_digits()
hidden, output = trained_network()

if all(ready(name) for name in ["binary_step", "linear", "stable_sigmoid", "tanh", "relu", "leaky_relu"]):
    for activation in [relu, leaky_relu, linear, tanh, binary_step, stable_sigmoid]:
        from_hidden = activation(pictures @ hidden["W"] + hidden["b"])
        readings = (from_hidden @ output["W"] + output["b"]).argmax(axis=1)
        print(f"{np.sum(readings == meant):4} of 1,000 with {activation.__name__}")

# %% [markdown]
# 907: (a) was right. With the sigmoid, only 507 are left. That doesn't make the sigmoid bad: the activation is a part of
# the network. You choose it first, and training finds the numbers that go with it.

# %% [markdown]
# ### What does it see in a heart?
#
# Draw whatever you like: a `.` is paper, a `#` is ink, a `+` is grey. Your relu runs the hidden layer, and your softmax
# turns the ten weighted sums behind it into shares. (In training, there were ten sigmoids. Compare.)

# %%
drawing = [
    ".......",
    ".##.##.",
    ".#####.",
    "..###..",
    "...#...",
    ".......",
    ".......",
]
picture = drawn_digit(drawing)
if ready("stable_sigmoid") and ready("relu") and ready("softmax"):
    sums = relu(picture @ hidden["W"] + hidden["b"]) @ output["W"] + output["b"]
    shares, alone = softmax(sums)[0], stable_sigmoid(sums)[0]
    best, second = np.argsort(-shares)[:2]
    print("sigmoid:", best, "has", round(alone[best], 2), "and", second, "has", round(alone[second], 2))
    print("softmax:", best, "has", round(shares[best], 2), "and", second, "has", round(shares[second], 2))
    display(digit_outputs(picture, shares, f"Your softmax: {shares[best]:.0%} a {best}"))

# %% [markdown]
# To the network, our heart is a 7, or perhaps a 9. The sigmoids say 0.99 and 0.96, each by itself. softmax makes them
# share: 0.77 and 0.23, and the ten bars add up to 1.
#
# It never says "none of these", though. *Change it:* draw a smiling face, and softmax may be quite sure that it is a
# digit. Shares say which one is *likelier than the others*, and no more.

# %% [markdown]
# ### Challenge: a wave from kinks
#
# Each pair below is one relu: where its kink is, and by how much it changes the slope. Their sum should follow a wave,
# the sine. The score is the largest gap between the two. Ours is 0.32; can you get below 0.1 with at most five kinks?
# (Nothing here is graded.)

# %%
if ready("relu"):
    kinks = [(0.0, 0.7), (1.6, -1.4), (4.5, 1.2)]  # change these: (place, change of the slope)

    z_values = np.linspace(0, 2 * np.pi, 201)
    total = sum(change * relu(z_values - place) for place, change in kinks)
    gap = np.max(np.abs(total - np.sin(z_values)))
    print(f"{len(kinks)} kinks, largest gap {gap:.2f}")
    both = {"your sum": total, "sine": np.sin(z_values)}
    display(curves(z_values, both, ("z", "height"), f"{len(kinks)} kinks, largest gap {gap:.2f}"))

# %% [markdown]
# The straight pieces are your sum, the smooth curve is the sine. Where is the gap largest? A network finds such kinks by
# gradient descent.

# %% [markdown]
# ## 7. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. Which two things do you ask of an activation?</summary>What it sends out, and how steep it is: it must
# bend, and have a slope.</details>
#
# <details><summary>2. Why can't the weights in front of a binary step learn?</summary>Its slope is 0, so nothing comes
# back.</details>
#
# <details><summary>3. How do you keep powers of e from overflowing?</summary>Only take powers of numbers that aren't above
# zero: −|z|, or z minus the largest.</details>
#
# <details><summary>4. What is a dead unit, and what helps?</summary>A relu whose sums are all below zero: slope 0, no
# learning. Leaky relu lets a little through.</details>
#
# <details><summary>5. What does softmax have that ten sigmoids don't?</summary>Its outputs add up to 1: they are shares of a
# whole.</details>
#
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu: the grader starts from the top, too. Do all seven panels
# still say "passed"? Then save the notebook, and hand it in under the name it has.
#
# ### What was left out
#
# There are more, such as elu, gelu and swish, most of them relus with a soft kink. And softmax has a loss of its own,
# cross-entropy: you'll meet it in week 3.
#
# ### Where the lecture notes simplify or slip
#
# * relu "**overcame**" the vanishing gradient, they say. Dead units remain, as you saw, and gradients can still explode.
# * They call softmax's outputs **probabilities**. They are positive and add up to 1. Whether a share of 0.77 is right 77
#   times in 100 depends on the training, not on softmax.
