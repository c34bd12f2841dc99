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
# # Backpropagation: how much does each weight matter?
#
# **The question.** A network makes an error. How should each of its weights change? At the end your own functions will
# find the 970 numbers that read handwriting.
#
# **Time.** About 105 minutes, in two sittings: 60 up to the fourth exercise, then 45.
#
# **You need** the lessons `forward_propagation` (two neurons in a row, layers) and `gradient_descent` (slope, learning
# rate), and from Python: functions, lists, dictionaries, `if` and `for` loops.

# %% [markdown]
# Run this cell first: click on it and press Shift and Enter together. All the others depend on it.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.data import handwritten_digits, trained_network, training_digits
    from autograder.drawing import (
        changed_digit,
        curves,
        decision_surfaces,
        digit_grid,
        estimate_errors,
        gradient_bars,
        gradient_graph,
        training_progress,
        weight_pictures,
    )
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
# * Your function changes nothing that it is given: no array, list or dictionary.
# * It rounds nothing.
# * Whole numbers may come in place of decimal ones, inside arrays, too.
# * Arguments may come by position or by name.
# * Arrays that it returns hold decimal numbers (float64; float32 will do). A tuple will do for a list.
#
# ## 1. Four knobs and one error
#
# The lecture (in IBM's course *Introduction to Deep Learning & Neural Networks with Keras*) has two neurons in a row,
# with the parameters w1 = 0.15, b1 = 0.4, w2 = 0.45 and b2 = 0.65. For the input x = 0.1 they send out a2 = 0.715252.
# But 0.25 would be right: that is the **target** T. How wrong they are is measured by the **error**
#
# ```
# E = (T - a2)² / 2        here (0.25 - 0.715252)² / 2 = 0.108230
# ```
#
# Gradient descent needs a slope: how fast E changes with a weight. With a single weight you had a formula for it. Now
# there are four knobs, and two of them are hidden behind another neuron.
#
# **Guess before you look.** Each knob is turned up by 0.01. Which one changes E most?
#
# * (a) w1, as everything after it depends on it
# * (b) all change it by the same
# * (c) b2

# %%
def error(w1, b1, w2, b2):
    hidden = 1 / (1 + np.exp(-(w1 * 0.1 + b1)))
    output = 1 / (1 + np.exp(-(w2 * hidden + b2)))
    return (0.25 - output) ** 2 / 2


knobs = {"w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}
for name, value in knobs.items():
    turned = {**knobs, name: value + 0.01}  # the same dictionary, but with one number changed
    change = error(**turned) - error(**knobs)  # ** hands the entries over by name
    print(f"{name} up by 0.01: E changes by {change:.6f}")

# %% [markdown]
# E changes by 0.000948 for b2, and by 0.000010 for w1: (c) was right. What w1 does is multiplied by the small input and
# flattened by two sigmoids before it arrives.
#
# Turning knobs works, but it is slow. For the 970 numbers of week 1, one step would take 970 runs through the network,
# and training takes thousands of steps. **Backpropagation** gets all the slopes at once, in one walk backwards.

# %% [markdown]
# ## 2. Backwards, one link at a time
#
# Between the input and the error lies a chain. Each arrow is a **link**, and every link has a slope of its own.
#
# ```
# x ---> z1 ---> a1 ---> z2 ---> a2 ---> E
# ```
#
# The last link is simple: E = (T − a2)² / 2 has the slope −(T − a2), here 0.465252. (The 2 of the square and the ½
# cancel.) The link before it is the sigmoid, which makes a2 = 0.715252 of z2 = 0.921029.
#
# **Guess before you look.** z2 rises by 0.01. By how much does a2 rise?
#
# * (a) by about 0.002
# * (b) by 0.01, too
# * (c) by about 0.007, which is 0.715252 × 0.01

# %%
before = 1 / (1 + np.exp(-0.921029))
after = 1 / (1 + np.exp(-(0.921029 + 0.01)))
print("a2 rises by", round(after - before, 6))
print("a2 * (1 - a2) =", round(before * (1 - before), 6))

# %% [markdown]
# By 0.002032: (a) was right. The sigmoid hands on only a fifth of the change. Its slope is **a (1 − a)**, here
# 0.715252 × 0.284748 = 0.203667. It is neither 1, as in (b), nor the activation itself, as in (c).
#
# ### The chain rule
#
# If E changes 0.465252 times as fast as a2, and a2 changes 0.203667 times as fast as z2, then E changes
# 0.465252 × 0.203667 = 0.094756 times as fast as z2. **Slopes along a chain are multiplied**, like gears.
#
# We write `dE_dz2` for "how fast E changes with z2"; the lecture writes ∂E/∂z2. Such a slope is also called the
# **gradient** of z2.
#
# ### Worked example: the output neuron
#
# Three numbers enter z2 = w2 · a1 + b2. If w2 rises by 1, z2 rises by a1, so a1 is the slope of that link. For b2 the
# slope is 1, and for a1 it is w2.
#
# | step | gradient | how | here |
# |---|---|---|---|
# | 1. from the error to a2 | dE_da2 | −(T − a2) | 0.465252 |
# | 2. back through the sigmoid | dE_dz2 | dE_da2 × a2 (1 − a2) | 0.094756 |
# | 3. to the weight | dE_dw2 | dE_dz2 × a1 | 0.057070 |
# | to the bias | dE_db2 | dE_dz2 × 1 | 0.094756 |
# | to the neuron before | dE_da1 | dE_dz2 × w2 | 0.042640 |

# %%
lecture = {"x": 0.1, "y_true": 0.25, "w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}
a_1 = 1 / (1 + np.exp(-(0.15 * 0.1 + 0.4)))
a_2 = 1 / (1 + np.exp(-(0.45 * a_1 + 0.65)))

half = {}
half["dE_da2"] = -(0.25 - a_2)  # 1. from the error to a2
half["dE_dz2"] = half["dE_da2"] * a_2 * (1 - a_2)  # 2. back through the sigmoid
half["dE_dw2"] = half["dE_dz2"] * a_1  # 3. to the weight, to the bias, to the neuron before
half["dE_db2"] = half["dE_dz2"]
half["dE_da1"] = half["dE_dz2"] * 0.45
display(gradient_graph(lecture, half, "Halfway back"))

# %% [markdown]
# The picture shows the two neurons as a graph. Above each arrow is the number that passes there from left to right;
# below it, how fast E changes with it. These gradients came from right to left, from 0.465252 at a2 to 0.042640 at a1.
# Three are still missing.
#
# ### The same with a gap
#
# The first neuron takes the same steps again. Now dE_da1 = 0.042640 is what arrives from behind.
#
# | step | how | here |
# |---|---|---|
# | 2. back through the sigmoid | dE_dz1 = 0.042640 × 0.602286 × (1 − 0.602286) | 0.010214 |
# | 3. to the weight | dE_dw1 = 0.010214 × … | … |
# | to the bias | dE_db1 = … | … |
#
# <details><summary>Answer</summary>The number that w1 is multiplied by is x: dE_dw1 = 0.010214 × 0.1 = 0.001021. And
# dE_db1 = 0.010214.</details>

# %% [markdown]
# ### Exercise 1: all the gradients
#
# First go forwards, as in week 1 (write it again here, sigmoid included). Then walk back, from E to w1 and b1.
#
# Replace the line `raise NotImplementedError(...)` with your answer, indented like that line, and run the cell. Then
# run `check` below it, as often as you like. Only what the house rules and the text between the triple quotes say is
# graded.

# %% nbgrader={"grade": false, "grade_id": "two_neuron_gradients", "locked": false, "schema_version": 3, "solution": true, "task": false}
def two_neuron_gradients(x, y_true, w1, b1, w2, b2):
    """Find the error of two neurons in a row, both with a sigmoid, and its gradients.

    House rules apply.

    Parameters
    ----------
    x, y_true : float
        The input, and the target T.
    w1, b1, w2, b2 : float
        Weight and bias of the first neuron, then of the second.

    Returns
    -------
    dict
        Exactly the keys "a1", "a2", "E", "dE_da2", "dE_dz2", "dE_dw2", "dE_db2", "dE_da1",
        "dE_dz1", "dE_dw1" and "dE_db1": the two activations, the error (T - a2)^2 / 2, and how
        fast E changes with each of the others (dE_dw1: with w1). Each value is a single number.

    Examples
    --------
    Two of the lecture's numbers. (Without the output neuron's slope, dE_db2 would be 0.465252.)

    >>> gradients = two_neuron_gradients(x=0.1, y_true=0.25, w1=0.15, b1=0.4, w2=0.45, b2=0.65)
    >>> print(round(gradients["dE_db2"], 6), round(gradients["dE_dw1"], 6))
    0.094756 0.001021
    """
    # forwards: both neurons, then the error
    # backwards: from the error to a2, through the sigmoid, to weight, bias and the neuron before
    # the first neuron: through the sigmoid, to weight and bias
    ### BEGIN SOLUTION
    a1 = 1.0 / (1.0 + np.exp(-(w1 * x + b1)))
    a2 = 1.0 / (1.0 + np.exp(-(w2 * a1 + b2)))
    dE_da2 = -(y_true - a2)
    dE_dz2 = dE_da2 * a2 * (1.0 - a2)
    dE_da1 = dE_dz2 * w2
    dE_dz1 = dE_da1 * a1 * (1.0 - a1)
    return {
        "a1": a1,
        "a2": a2,
        "E": (y_true - a2) ** 2 / 2.0,
        "dE_da2": dE_da2,
        "dE_dz2": dE_dz2,
        "dE_dw2": dE_dz2 * a1,
        "dE_db2": dE_dz2,
        "dE_da1": dE_da1,
        "dE_dz1": dE_dz1,
        "dE_dw1": dE_dz1 * x,
        "dE_db1": dE_dz1,
    }
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_two_neuron_gradients", "locked": true, "points": 5, "schema_version": 3, "solution": false, "task": false}
check("two_neuron_gradients")

# %% [markdown]
# **What it is good for.** Your function fills in the whole graph, for any numbers.

# %%
if ready("two_neuron_gradients"):
    chosen = {"x": 0.1, "y_true": 0.25, "w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}
    display(gradient_graph(chosen, two_neuron_gradients(**chosen), "All the way back, by your function"))

# %% [markdown]
# Now there is a gradient below every arrow, down to 0.00102129 for w1, the smallest. All are above 0: to lower E, all
# four knobs go down. *Change it:* set `y_true` to 0.9, and every sign turns.

# %% [markdown]
# ## 3. A step downhill with all four
#
# Each parameter takes the step that you know: minus the learning rate times its gradient. With the learning rate 0.4,
# w2 becomes 0.45 − 0.4 × 0.057070 = 0.427172.
#
# *The same with a gap.* b2 becomes 0.65 − 0.4 × … = ….
#
# <details><summary>Answer</summary>0.65 − 0.4 × 0.094756 = 0.612097 (with all digits).</details>
#
# ### Exercise 2: update the parameters
#
# Write the step for parameters of any names. Two texts are joined by `+`: `"dE_d" + "w1"` is `"dE_dw1"`. Begin with an
# empty dictionary, and loop over the names. The refusal stands ready; your code goes below it.

# %% nbgrader={"grade": false, "grade_id": "update_parameters", "locked": false, "schema_version": 3, "solution": true, "task": false}
def update_parameters(parameters, gradients, learning_rate):
    """Take a step downhill: each parameter minus the learning rate times its gradient.

    House rules apply.

    Parameters
    ----------
    parameters : dict
        Any names and their values, floats or arrays, such as {"w1": 0.15, "b1": 0.4}.
    gradients : dict
        The gradient of "w1" under the key "dE_dw1", and so on. Other keys are ignored.
    learning_rate : float
        The learning rate.

    Returns
    -------
    dict
        A new dict: the keys of parameters, with the new values.

    Raises
    ------
    ValueError
        If a parameter has no gradient.

    Examples
    --------
    >>> update_parameters({"w2": 0.5, "b2": -1.0}, {"E": 0.3, "dE_dw2": 0.125, "dE_db2": -0.25}, 2.0)
    {'w2': 0.25, 'b2': -0.5}
    """
    if any("dE_d" + name not in gradients for name in parameters):
        raise ValueError("A parameter has no gradient.")
    ### BEGIN SOLUTION
    new = {}
    for name in parameters:
        new[name] = parameters[name] - learning_rate * gradients["dE_d" + name]
    return new
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_update_parameters", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("update_parameters")

# %% [markdown]
# **What it is good for.** One step with your two functions, from the lecture's numbers.
#
# **Guess before you look.** E was 0.108230. What is it after the step?
#
# * (a) 0.103
# * (b) 0, as every parameter has been corrected
# * (c) 0.115: four changes at once are too much

# %%
if ready("two_neuron_gradients") and ready("update_parameters"):
    start = {"w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}
    stepped = update_parameters(start, two_neuron_gradients(0.1, 0.25, **start), learning_rate=0.4)
    for name, value in stepped.items():
        print(f"{name}: {start[name]:.6f} -> {value:.6f}")
    print(f"E:  {error(**start):.6f} -> {error(**stepped):.6f}")

# %% [markdown]
# E falls to 0.103298: (a) was right. A gradient says which way is down and how steep it is here, not how far away the
# bottom is. So we take many steps.
#
# ### Exercise 3: train two neurons
#
# An **epoch** goes through four steps: compute E and the gradients; record E; stop if E is low enough; otherwise update.
#
# Take care that **all four gradients come from the same old parameters**. The gradient of w1 contains w2. Whoever
# changes w2 first, and then computes the gradient of w1, walks in a slightly wrong direction.

# %% nbgrader={"grade": false, "grade_id": "train_two_neurons", "locked": false, "schema_version": 3, "solution": true, "task": false}
def train_two_neurons(x, y_true, parameters, learning_rate, epochs, threshold=0.0):
    """Train two neurons in a row on one example.

    House rules apply. Each epoch records E, and if E <= threshold, training ends there. Otherwise
    all four parameters take a step, with gradients from the same old parameters.

    Parameters
    ----------
    x, y_true : float
        The input and the target.
    parameters : dict
        The start: the keys "w1", "b1", "w2" and "b2".
    learning_rate : float
        The learning rate.
    epochs : int
        The most epochs; 0 is allowed.
    threshold : float
        The error that is low enough.

    Returns
    -------
    (dict, array)
        The parameters at the end, and the recorded errors, one for each epoch that was begun.

    Raises
    ------
    ValueError
        If epochs is below 0.

    Examples
    --------
    >>> start = {"w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}
    >>> trained, errors = train_two_neurons(0.1, 0.25, start, learning_rate=0.4, epochs=2)
    >>> errors.round(6)
    array([0.10823 , 0.103298])
    """
    if epochs < 0:
        raise ValueError("There can't be fewer than 0 epochs.")
    ### BEGIN SOLUTION
    parameters, errors = dict(parameters), []
    for _ in range(epochs):
        gradients = two_neuron_gradients(x, y_true, **parameters)
        errors.append(gradients["E"])
        if gradients["E"] <= threshold:
            break
        parameters = update_parameters(parameters, gradients, learning_rate)
    return parameters, np.array(errors, dtype=float)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_train_two_neurons", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("train_two_neurons")

# %% [markdown]
# **What it is good for.** Your function trains the lecture's neurons with three learning rates.

# %%
if ready("train_two_neurons"):
    start = {"w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}
    lines = {f"rate {rate}": train_two_neurons(0.1, 0.25, start, rate, 40)[1] for rate in [0.4, 1.0, 2.0]}
    display(curves(np.arange(40), lines, ("updates so far", "error E"), "Three learning rates, one way down"))

# %% [markdown]
# Three curves fall from 0.108230. With the rate 0.4, E is still 0.0091 after 39 updates; with 2.0 it is 0.0000.
#
# **Challenge** (not graded). In how few epochs does E come down to a millionth? Only the learning rate is yours.

# %%
if ready("train_two_neurons"):
    start = {"w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}
    errors = train_two_neurons(0.1, 0.25, start, learning_rate=6.0, epochs=2000, threshold=1e-6)[1]
    print(f"E is {errors[-1]:.2g} in epoch {len(errors)}")

# %% [markdown]
# Ours takes 15 epochs, and 3 are possible. *Change it:* with a rate of 60 the sigmoid is driven where it is flat, and
# 2,000 epochs aren't enough.

# %% [markdown]
# ## 4. Trust, but check
#
# Formulas for gradients are easy to get wrong, and a wrong one often still trains a little. So check them by turning
# knobs, as at the start, but in both directions: a **central difference**.
#
# ```
# (f(x + h) - f(x - h)) / (2 h)
# ```
#
# *Worked example.* f(x) = x³ at x = 2, with h = 0.1. The slope is 3x² = 12.
#
# * up only: (2.1³ − 2³) / 0.1 = (9.261 − 8) / 0.1 = 12.61
# * up and down: (2.1³ − 1.9³) / 0.2 = (9.261 − 6.859) / 0.2 = 12.01
#
# Up and down is much nearer, since the curve's bend pulls both sides the same way.
#
# ### Exercise 4: the numerical gradient
#
# Here a *function* is an argument: `f(v)` calls it. (`lambda v: v ** 3` is a short way to write a function of v.) Move
# one entry at a time, and leave the others where they are. `np.array(x, dtype=float)` makes a copy with decimal
# numbers. For an array of any shape, `for place in np.ndindex(x.shape):` visits every entry, `x[place]`.

# %% nbgrader={"grade": false, "grade_id": "numerical_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def numerical_gradient(f, x, h=1e-5):
    """Estimate the gradient of a function by central differences.

    House rules apply.

    Parameters
    ----------
    f : function
        Takes a float array of the shape of x, and nothing else; returns a float.
    x : array of any shape, () too
        Where the gradient is estimated.
    h : float
        How far an entry is moved, up and down.

    Returns
    -------
    array of the shape of x
        For each entry: f with this entry moved up by h, minus f with it moved down by h, divided
        by 2 h. The other entries stay where they are.

    Raises
    ------
    ValueError
        If h is 0 or below.

    Examples
    --------
    Moved up only, the first entry would give 12.61.

    >>> numerical_gradient(lambda v: v[0] ** 3 + 5 * v[1], np.array([2.0, 1.0]), h=0.1)
    array([12.01,  5.  ])
    """
    if h <= 0:
        raise ValueError("h has to be above 0.")
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    gradient = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[place] += h
        down[place] -= h
        gradient[place] = (f(up) - f(down)) / (2.0 * h)
    return gradient
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_numerical_gradient", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("numerical_gradient")

# %% [markdown]
# ### Who is right: you or the lecture notes?
#
# Some notes of this lecture give two other gradients for the biases: they forget the factor a2 (1 − a2).
#
# ```
# dE_db2   notes: -(T - a2)
#          yours: -(T - a2) · a2 (1 - a2)
# dE_db1   notes: -(T - a2) · w2 · a1 (1 - a1)
#          yours: -(T - a2) · a2 (1 - a2) · w2 · a1 (1 - a1)
# ```
#
# Your `numerical_gradient` knows no chain rule, so it can decide.

# %%
if ready("two_neuron_gradients") and ready("numerical_gradient"):
    names = ["w1", "b1", "w2", "b2"]
    exact = two_neuron_gradients(0.1, 0.25, 0.15, 0.4, 0.45, 0.65)
    notes = {**exact, "dE_db2": exact["dE_da2"]}
    notes["dE_db1"] = exact["dE_da2"] * 0.45 * exact["a1"] * (1 - exact["a1"])
    bars = {
        "by turning knobs": numerical_gradient(lambda v: error(*v), np.array([0.15, 0.4, 0.45, 0.65])),
        "your chain rule": [exact["dE_d" + name] for name in names],
        "the notes": [notes["dE_d" + name] for name in names],
    }
    display(gradient_bars(names, bars, "The knobs agree with you, not with the notes"))

# %% [markdown]
# The picture has three bars for each parameter. By turning knobs and by your chain rule, b2 gets 0.094756 and b1
# 0.010214; the notes' bars, 0.465252 and 0.050150, are five times as long. So **the notes are wrong**: a bias reaches
# E through the sigmoid, too, and nothing gets past that factor. (The notes' ∂E/∂a1 lacks it as well.) With their
# number b2 would become 0.463899 after one step, not 0.612097.
#
# ### Where it breaks: knobs turned too little
#
# The smaller h, the better the estimate?
#
# **Guess before you look.** For w2, whose gradient is 0.057070, what comes out with h = 10⁻¹⁷?
#
# * (a) 0.057070, right to many digits
# * (b) 0
# * (c) an enormous number, as we divide by almost nothing

# %%
slope = (a_2 - 0.25) * a_2 * (1 - a_2) * a_1
sizes = [10.0**-power for power in range(1, 18)]
estimates = [(error(0.15, 0.4, 0.45 + h, 0.65) - error(0.15, 0.4, 0.45 - h, 0.65)) / (2 * h) for h in sizes]
print("with the smallest h:", estimates[-1])
labels = ("h, how far w2 is moved", "distance from the exact gradient")
off = [abs(estimate - slope) for estimate in estimates]
display(estimate_errors(sizes, off, labels, "Too large an h bends, too small an h rounds"))

# %% [markdown]
# Exactly 0: (b) was right. A computer keeps about 16 digits, so 0.45 + 10⁻¹⁷ *is* 0.45, and nothing moves. The picture
# has the shape of a V: from the right the distance falls as h shrinks, down to 2 · 10⁻¹² at h = 10⁻⁵. To the left of
# that it rises again, as the two errors are almost the same and rounding is all that's left of their difference. That
# is why h is 10⁻⁵ unless you say otherwise.
#
# **A good place to stop.** You have found a mistake in a lecture, and proved it. Save the notebook and have a rest. When
# you come back, choose "Run All Cells" from the Run menu: your answers are still there.

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
# for strokes and edges. The second and the fourth have hardly changed: they died early, and send out 0 for nearly every
# digit. With 16, some can be spared. Below are 20 of the 91 misread digits, with what people meant; with 7 by 7 cells,
# you might hesitate, too.
#
# **Challenge** (not graded). Read more unseen digits with fewer than 2,000 numbers: change the hidden size, the rate,
# the epochs. The score to beat is ours, 930. (Whoever picks the best of many tries by these 1,000 digits has, in a way,
# seen them.)

# %% [markdown]
# ## 8. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. What does the chain rule do with the slopes of the links?</summary>It multiplies them, from the
# error back to the parameter.</details>
#
# <details><summary>2. A neuron's output is a = 0.9. By what does its sigmoid multiply a gradient that comes
# back?</summary>By 0.9 × 0.1 = 0.09.</details>
#
# <details><summary>3. Why are w1 and w2 updated from the same old parameters?</summary>The gradient of w1 contains w2.
# With the new w2 it would belong to another network.</details>
#
# <details><summary>4. What is the numerical gradient good for, and why not train with it?</summary>It checks formulas,
# as it needs none. But it runs the network twice for every parameter.</details>
#
# <details><summary>5. Why does db add up the rows of dA?</summary>The same bias serves every example, so each one has
# its say in how it should change.</details>
#
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu: the grader starts from the top, too. Do all six
# panels still say "passed"? Then save the notebook, and hand it in under the name it has.
#
# ### What was left out
#
# Every sigmoid on the way back multiplies by at most 0.25. What becomes of a gradient after ten of them? The next lesson
# asks. Cleverer steps than "minus the rate times the gradient" come in week 3.
#
# ### Where the lecture notes simplify or slip
#
# * **The missing factor** a2 (1 − a2) in the gradients of the biases: section 4.
# * They update after **one example**, with the error ½ (T − a2)². Programs use batches and the mean, as you did.
