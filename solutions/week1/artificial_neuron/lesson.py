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
# # The artificial neuron: a sum, squeezed
#
# **The question.** What does one artificial neuron compute, and why does it squeeze its sum?
#
# **Time.** About 50 minutes. There is a good place to stop after the second exercise.
#
# **You need** the lesson `welcome` (what a neuron is), and from Python: functions, lists, `if` and `for` loops. NumPy's
# arrays come in step by step.
#
# **Contents**
#
# 1. Facts that do not count alike
# 2. The weighted sum
# 3. A jump, or a slope?
# 4. Numbers that are too large
# 5. One neuron
# 6. Where it breaks: a neuron that no longer listens
# 7. Recap

# %% [markdown]
# Run this cell first: click on it and press Shift and Enter together. It is the only one that all the others depend
# on. It loads NumPy, Python's package for calculating with many numbers, under its usual short name `np`.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.drawing import curve_grid, curves, decision_surfaces, neuron_steps
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
# ## 1. Facts that do not count alike
#
# Take an umbrella or not? The sky is grey: 0.9 on a scale from 0 to 1. The forecast hardly sees rain: 0.2. You trust the
# forecast three times as much as the sky.
#
# The picture of a neuron in the last lesson helps little: it has no numbers. How do several facts become *one* answer?
#
# **Guess before you look.** Which calculation takes your trust into account?
#
# * (a) the mean of both, (0.9 + 0.2) / 2
# * (b) each fact times your trust in it, then added up, 1 × 0.9 + 3 × 0.2
# * (c) both multiplied, 0.9 × 0.2

# %%
print("(a) grey sky:", round((0.9 + 0.2) / 2, 2), " forecast of rain:", round((0.2 + 0.9) / 2, 2))
print("(b) grey sky:", round(1 * 0.9 + 3 * 0.2, 2), "  forecast of rain:", round(1 * 0.2 + 3 * 0.9, 2))
print("(c) grey sky:", round(0.9 * 0.2, 2), " forecast of rain:", round(0.2 * 0.9, 2))

# %% [markdown]
# Each line shows two days: on the first the sky is grey and the forecast fine, on the second it is the other way
# round. Only in line (b) do the days differ: 1.5 against 2.9. So (b) was right. How much a fact counts must be a number
# of its own. An artificial neuron works like that.
#
# (A computer writes `*` for ×. `round(…, 2)` shortens a number to 2 decimals, as the last digits of a computer's numbers
# are often a tiny bit off.)

# %% [markdown]
# ## 2. The weighted sum
#
# ### Worked example: one input
#
# What comes in is called an **input**, `x`. How much it counts is its **weight**, `w`. One more number belongs to the
# neuron itself, the **bias**, `b`. It shifts the result up or down, whatever the inputs are: a neuron with a large
# bias is easily convinced. The three make the **weighted sum**, `z`:
#
# 1. **products**: each input times its weight;
# 2. **sum**: add the products up;
# 3. **bias**: add the bias, once.
#
# The lecture's numbers are input 0.1, weight 0.15 and bias 0.4. By hand: 0.15 × 0.1 is 0.015, there is nothing else to
# add up, and with the bias it is 0.415.

# %%
# 1. products, 2. sum: with one input the product is the sum
product = 0.1 * 0.15

# 3. bias
print("weighted sum:", round(product + 0.4, 6))

# %% [markdown]
# The weighted sum is 0.415, as by hand.
#
# *Change it:* let the weight be −0.15. (−0.015 + 0.4 = 0.385. A negative weight makes an input speak *against*.)

# %% [markdown]
# ### Several inputs
#
# Now a neuron with three inputs: 0.5, 2.0 and −1.0. Their weights are 1.5, 0.9 and 0.5, the bias is 0.1. The products
# are 0.75, 1.8 and −0.5, and their sum is 2.05.
#
# **Guess before you look.** How does the bias come in?
#
# * (a) once: 2.05 + 0.1
# * (b) once for each input: 2.05 + 3 × 0.1
# * (c) as a factor: 2.05 × 0.1

# %%
display(
    neuron_steps(
        [0.5, 2.0, -1.0],
        [1.5, 0.9, 0.5],
        0.1,
        z=2.15,
        title="Three products, but one bias",
    )
)

# %% [markdown]
# The picture shows the calculation from left to right: the inputs in circles, on each arrow the weight that its input
# is multiplied by, then the products. One box adds them up and adds the bias, once. The weighted sum 2.15 comes out:
# (a) was right. A neuron has as many weights as inputs, but a single bias.

# %% [markdown]
# ### The same with a gap
#
# The inputs are 1.0, −2.0 and 3.0, the weights 0.4, 0.5 and 0.2, the bias is −0.3.
#
# | step | result |
# |---|---|
# | products | 0.4, …, 0.6 |
# | sum | … |
# | bias | … |
#
# <details><summary>Answer</summary>The second product is −1.0. The sum is 0.4 − 1.0 + 0.6 = 0, and with the bias the
# weighted sum is −0.3.</details>

# %% [markdown]
# ### Many numbers in one array
#
# `np.array` makes an **array** from a list: a row of numbers that NumPy calculates with all at once. `x * w` multiplies
# the first number of `x` by the first of `w`, the second by the second, and so on. `np.sum` adds a row up.

# %%
x = np.array([0.5, 2.0, -1.0])
w = np.array([1.5, 0.9, 0.5])
print("products:  ", x * w)
print("their sum: ", np.sum(x * w))
print("shape:     ", x.shape, " dimensions:", x.ndim)

# %% [markdown]
# These are the numbers from above. The last line tells about the array itself. `x.shape`, its **shape**, is `(3,)`: a
# row of 3 numbers. (Python writes a comma behind a number that stands alone in brackets.) `x.ndim` is the number of its
# **dimensions**: 1 for a row. A table of numbers, with rows and columns, has 2.
#
# *Change it:* give `w` a fourth number. NumPy stops with a `ValueError`, in red, since it does not know what to
# multiply it by. Take the number away again.

# %% [markdown]
# ### A trap
#
# **Guess before you look.** Three inputs, but only *one* weight. What does NumPy do?
#
# * (a) it stops with an error, as with four
# * (b) it multiplies the first input, and leaves the others alone
# * (c) it takes the one weight for all inputs

# %%
print(np.array([0.5, 2.0, -1.0]) * np.array([1.5]))

# %% [markdown]
# It prints 0.75, 3 and −1.5, so (c) was right: NumPy used the 1.5 three times, without a word. That is handy at times.
# Here it is a mistake, as two weights are missing, and no one would notice. A good function looks at its inputs first,
# and refuses what does not fit:
#
# ```
# if x.shape != w.shape:
#     raise ValueError("x and w do not fit together")
# ```
#
# `!=` means "is not equal to". `raise` stops the function with an error, here a `ValueError`; the text in the quotes
# tells the reader what was wrong. The words are up to you. A second `if` of this kind can ask for `x.ndim`, and so find
# out a table that was put in for a row.

# %% [markdown]
# ### Exercise 1: the weighted sum
#
# Compute the weighted sum for any number of inputs: z = x1 × w1 + x2 × w2 + … + b.
#
# The cell below is a **function** that is not finished. The text between the triple quotes says what it gets, what it
# must give back, and when it must stop with an error; *all that is graded stands there*. After `>>>` comes a call as an
# example, and below it the answer: nothing for you to type. The lines with `#` name the steps.
#
# 1. Replace the line `raise NotImplementedError(...)` with your answer, indented like that line. Leave the `def` line
#    as it is, and end with `return` and the result.
# 2. Run the cell. Nothing appears: the function is now known, but nobody has called it yet.
# 3. Run the cell with `check` below it. It calls your function and shows what is right and what is not yet, at times
#    with a hint to unfold. Run both cells again as often as you like.

# %% nbgrader={"grade": false, "grade_id": "weighted_sum", "locked": false, "schema_version": 3, "solution": true, "task": false}
def weighted_sum(x, w, b):
    """Compute the weighted sum of a neuron: each input times its weight, added up, plus the bias.

    Parameters
    ----------
    x : array of shape (D,)
        The D inputs, one row of numbers without a unit. There is at least one. Here and below,
        whole numbers may come, too.
    w : array of shape (D,)
        The weights, one for each input, in the same order.
    b : float
        The bias, a single number.

    Returns
    -------
    float
        The weighted sum, a single number, not rounded. x and w stay as they were.

    Raises
    ------
    ValueError
        When x or w has not one dimension (a table has two), or when there are not as many
        weights as inputs (one weight for several inputs, too).

    Examples
    --------
    The lecture's neuron, and one with three inputs (shown with two or three decimals). Were the
    bias added to each product, the second answer would be 2.35; without it, 2.05.

    >>> weighted_sum(np.array([0.1]), np.array([0.15]), 0.4)
    0.415
    >>> weighted_sum(np.array([0.5, 2.0, -1.0]), np.array([1.5, 0.9, 0.5]), 0.1)
    2.15
    """
    # look at the dimensions and the shapes
    # products, then their sum, then the bias
    ### BEGIN SOLUTION
    x, w = np.asarray(x, dtype=float), np.asarray(w, dtype=float)
    if x.ndim != 1 or w.ndim != 1:
        raise ValueError(f"x and w need one dimension each, not {x.ndim} and {w.ndim}.")
    if x.shape != w.shape:
        raise ValueError(f"There are {len(x)} inputs but {len(w)} weights.")
    return float(np.sum(x * w) + b)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_weighted_sum", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("weighted_sum")

# %% [markdown]
# **What it is good for.** The next cell sends the two days of section 1 through your function. The weights are 1 for
# the sky and 3 for the forecast. The bias is −2: without good reasons, no umbrella.

# %%
if ready("weighted_sum"):
    facts, trust, bias = np.array([0.9, 0.2]), np.array([1.0, 3.0]), -2.0
    first_day = weighted_sum(facts, trust, bias)
    display(neuron_steps(facts, trust, bias, z=first_day, title="A grey sky, but a good forecast"))
    print("the other day:", round(weighted_sum(np.array([0.2, 0.9]), trust, bias), 6))

# %% [markdown]
# With a right answer, the picture shows the weighted sum −0.5 for the day with the grey sky: below zero, leave the
# umbrella at home. For the other day 0.9 is printed, above zero: take it.
#
# *Change it:* you mind the rain. Let `bias` be −1. The first sum becomes 0.5, and you take the umbrella on both days.

# %% [markdown]
# ## 3. A jump, or a slope?
#
# A weighted sum can be any number: −0.5, 2.15, or 300. A neuron's output should say *how much* it is for or against
# something, from 0 (not at all) to 1 (fully). What makes such an output of the sum is called the **activation**.
#
# The first artificial neurons, in 1943, had a **threshold**: 1 where the sum is at least 0, otherwise 0. Today one takes
# a curve that does not jump. The one in this lesson is called the **sigmoid**.
#
# **Guess before you look.** Two days have the sums −0.01 and 0.01, nearly the same. How far apart are the outputs of
# the threshold?
#
# * (a) by 0.02, like the sums
# * (b) by 0.5
# * (c) by 1, as far as outputs can be

# %%
z_values = np.linspace(-6, 6, 241)  # 241 sums, evenly spread from -6 to 6
threshold = np.where(z_values >= 0, 1.0, 0.0)  # 1 where a sum is at least 0, otherwise 0
two = {"threshold": threshold, "sigmoid": 1 / (1 + np.exp(-z_values))}  # its formula follows below
display(
    curves(
        z_values,
        two,
        labels=("weighted sum z", "output a, from 0 to 1"),
        title="The threshold jumps, the sigmoid climbs",
    )
)

# %% [markdown]
# The picture shows two curves, the weighted sum z from −6 to 6 along the bottom, the output upwards. The threshold lies
# at 0 and jumps to 1 at z = 0. So (c) was right: a hair's breadth decides between no and yes, and a sum of 0.01 counts
# as much as one of 6. The sigmoid climbs like a soft S, from 0.002 to 0.998. At −0.01 and 0.01 it gives 0.4975 and
# 0.5025, two "don't knows".
#
# There is a second reason for the slope. A network learns by changing its weights a little and looking whether the
# output gets better. With a threshold, a small change mostly does nothing at all, and nobody can see which way is
# better. On a slope, each small change shows.
#
# And both curves are *not straight lines*. One says: the activation is **non-linear**. Why a network is lost without
# that, the next lesson shows.

# %% [markdown]
# ### Worked example: the sigmoid
#
# ```
# a = 1 / (1 + e^(-z))
# ```
#
# The e is a number, 2.718…, and `e^z` means: e to the power of z. That is how one writes on paper; Python does not
# know it. In NumPy it is `np.exp(z)`, so e^(-z) is `np.exp(-z)`. Given an array, `np.exp` takes each of its numbers by
# itself.
#
# For the lecture's weighted sum, 0.415, there are two steps:

# %%
# 1. the power
lecture_power = np.exp(-0.415)
print("e^(-0.415):", round(lecture_power, 6))

# 2. one divided by one plus the power
print("sigmoid:   ", round(1 / (1 + lecture_power), 6))

# the same for three sums at once
print("for -4, 0, 4:", 1 / (1 + np.exp(-np.array([-4.0, 0.0, 4.0]))))

# %% [markdown]
# The lecture's neuron sends out 0.602286. The sums −4, 0 and 4 give 0.018, 0.5 and 0.982: a sum of 0 is always the
# middle.
#
# *The same with a gap.* For z = 2 the power e^(−2) is 0.1353. The sigmoid is 1 / (1 + …) = ….
#
# <details><summary>Answer</summary>1 / 1.1353 = 0.8808.</details>

# %% [markdown]
# ## 4. Numbers that are too large
#
# Powers of e grow fast. For z = −1000 the sigmoid asks for e^1000, a number with 435 digits. (The line with `errstate`
# holds back a warning that NumPy would print in red.)
#
# **Guess before you look.** What does NumPy make of e^1000?
#
# * (a) a number with 435 digits
# * (b) `inf`, for infinity
# * (c) an error, and the cell stops

# %%
with np.errstate(over="ignore"):
    for exponent in [-1000, 100, 700, 1000]:
        print("e to the power of", exponent, "is", np.exp(exponent))

# %% [markdown]
# The last line says `inf`: (b) was right. (`1.014…e+304` means 1.014… with the decimal point moved 304 places to the
# right.) NumPy's numbers end near 1.8e+308. Beyond that it takes infinity, warns of an **overflow**, and goes on. Far
# on the other side, e^(−1000) is simply 0.
#
# With luck the result is still right: 1 / (1 + inf) is 0. But infinity divided by infinity is `nan`, "not a number",
# and one `nan` spoils everything that is computed from it. Nor does anyone read warnings when there are hundreds.

# %% [markdown]
# ### How far must one look?
#
# The sigmoid is nearly level far from zero. So perhaps it does no harm to bring z closer first. `np.clip(z, low, high)`
# makes every number below `low` equal to `low`, and every number above `high` equal to `high`; the others stay.
#
# **Guess before you look.** By how much does the sigmoid of −500 differ from the sigmoid of −1000, which is 0?
#
# * (a) by about 0.5, since 500 is half of 1000
# * (b) by about 0.001
# * (c) by so little that no one will ever see it

# %%
print("clipped:", np.clip(np.array([-1000, -2, 3, 1000]), -500, 500))
print("sigmoid of -500:", 1 / (1 + np.exp(500.0)))

# %% [markdown]
# The first line shows −500, −2, 3 and 500: the two in the middle stayed as they were. The sigmoid of −500 is
# `7.1…e-218`, a 7 after 217 zeros behind the decimal point. So (c) was right, and e^500 is no trouble for NumPy.

# %% [markdown]
# ### Exercise 2: the sigmoid
#
# Write the sigmoid, a = 1 / (1 + e^(-z)), for a single number or for a whole array; and without a warning for z as far
# out as −1000 and 1000. There are other ways than the one above. Any will do. (Should you know `math.exp`: it takes
# single numbers only.)
#
# `float64` in the text below is NumPy's usual number with a decimal point: you get it without asking.

# %% nbgrader={"grade": false, "grade_id": "sigmoid", "locked": false, "schema_version": 3, "solution": true, "task": false}
def sigmoid(z):
    """Squeeze numbers to between 0 and 1: 1 / (1 + e^(-z)), each number by itself.

    Parameters
    ----------
    z : float, or array of any shape
        Weighted sums, without a unit, from -1000 to 1000. Here, too, whole numbers may come.

    Returns
    -------
    float, or array of the shape of z
        A single number for a single number, an array for an array; float64 (float32 will do). No
        number is nan, and NumPy gives no warning, also for -1000 and 1000. z stays as it was,
        and so do NumPy's settings (np.seterr).

    Examples
    --------
    Shown with four decimals. With e^z in place of e^(-z), the first answer would be 0.3977.

    >>> sigmoid(0.415)
    0.6023
    >>> sigmoid(np.array([-1000.0, -4.0, 0.0, 4.0]))
    array([0.    , 0.018 , 0.5   , 0.982 ])
    """
    # bring z closer, where it is far out
    # the power, then one divided by one plus the power
    ### BEGIN SOLUTION
    z = np.clip(np.asarray(z, dtype=float), -500.0, 500.0)
    return 1.0 / (1.0 + np.exp(-z))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_sigmoid", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("sigmoid")

# %% [markdown]
# **What it is good for.** Your own curve, with the two days of the umbrella on it: their weighted sums were −0.5 and
# 0.9.

# %%
if ready("sigmoid"):
    z_values = np.linspace(-6, 6, 121)
    days = {"day 1": (-0.5, sigmoid(-0.5)), "day 2": (0.9, sigmoid(0.9))}
    labels = ("weighted sum z", "output a, from 0 to 1")
    display(curves(z_values, {"sigmoid": sigmoid(z_values)}, labels, "Your sigmoid, and two days", days))

# %% [markdown]
# With a right answer, the picture shows the soft S once more. Diamonds mark the days: day 1 has an output of 0.378,
# rather no umbrella; day 2 one of 0.711, rather yes.
#
# **A good place to stop.** Save the notebook and have a rest. When you come back, choose "Run All Cells" from the Run
# menu: your answers are kept.

# %% [markdown]
# ## 5. One neuron
#
# Weighted sum, then activation: that is the whole neuron. What do its two kinds of numbers do to the curve? In the next
# picture a neuron has one input, x. From row to row the *weight* grows, from column to column the *bias*.
#
# **Guess before you look.** What will you see down a column, where only the weight changes?
#
# * (a) the curve moves to the side
# * (b) the curve gets steeper
# * (c) the curve gets higher

# %%
x_values = np.linspace(-10, 10, 121)
# for each weight a row of three curves, one for each bias
grid = [[1 / (1 + np.exp(-(w * x_values + b))) for b in [-3, 0, 3]] for w in [0.5, 1, 3]]
rows, columns = ["w = 0.5", "w = 1", "w = 3"], ["b = −3", "b = 0", "b = 3"]
labels = ("input x", "output a, from 0 to 1")
display(curve_grid(x_values, grid, rows, columns, labels, "The weight makes it steep, the bias moves it"))

# %% [markdown]
# The picture shows 9 curves, all over the same input x from −10 to 10. Down each column the climb gets steeper: (b) was
# right. With w = 3 it is nearly a jump. Along each row the curve moves to the left as the bias grows: with w = 1 it
# passes 0.5 at x = 3, at x = 0 and at x = −3. None gets higher than 1.
#
# *Change it:* put a minus before the 3 in the list of weights. The last row falls where it climbed.

# %% [markdown]
# ### Worked example, and a gap
#
# The lecture's neuron, in both steps: the weighted sum is 0.1 × 0.15 + 0.4 = 0.415, the activation 0.602286.

# %%
display(neuron_steps([0.1], [0.15], 0.4, z=0.415, a=0.602286, title="A whole neuron: sum first, then squeeze"))

# %% [markdown]
# The picture shows the input 0.1 on the left, its product with the weight, 0.015, the weighted sum 0.415, and on the
# right the output 0.602286. The squeeze comes last, and once. In particular the bias is in the sum *before* it.
#
# *The same with a gap.* Two inputs, 2.0 and 1.0, with the weights 0.5 and −0.5, and the bias 1.5. The weighted sum is
# …, the output ….
#
# <details><summary>Answer</summary>1.0 − 0.5 + 1.5 = 2.0. The sigmoid of 2 is 0.8808, as in section 3.</details>

# %% [markdown]
# ### Exercise 3: a neuron
#
# Compute what a neuron sends out: sigmoid(weighted sum). You have written two functions that do the two steps. Use
# them: the output of the first goes into the second. Should one of them not be finished, finish it first.

# %% nbgrader={"grade": false, "grade_id": "neuron_output", "locked": false, "schema_version": 3, "solution": true, "task": false}
def neuron_output(x, w, b):
    """Compute what a neuron sends out: the sigmoid of its weighted sum.

    Parameters
    ----------
    x : array of shape (D,)
        The D inputs, one row of numbers without a unit. There is at least one. Whole numbers may
        come, too.
    w : array of shape (D,)
        The weights, one for each input, in the same order.
    b : float
        The bias, a single number.

    Returns
    -------
    float
        The output, a single number between 0 and 1, not rounded. x and w stay as they were.

    Raises
    ------
    ValueError
        As weighted_sum does: when x or w has not one dimension, or when there are not as many
        weights as inputs.

    Examples
    --------
    The lecture's neuron, and one with three inputs (shown with four decimals). With the bias
    added after the sigmoid, the second answer would be 0.9859.

    >>> neuron_output(np.array([0.1]), np.array([0.15]), 0.4)
    0.6023
    >>> neuron_output(np.array([0.5, 2.0, -1.0]), np.array([1.5, 0.9, 0.5]), 0.1)
    0.8957
    """
    ### BEGIN SOLUTION
    return sigmoid(weighted_sum(x, w, b))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_neuron_output", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("neuron_output")

# %% [markdown]
# **What it is good for.** The next cell asks your neuron for *every* pair of sky and forecast, and draws its outputs as
# a map. The weights are 3 and 9 and the bias is −6: three times as much as before, which makes the neuron more decided.
#
# **Guess before you look.** Where does the map show 0.5, the border between no and yes?
#
# * (a) along a straight line
# * (b) along a curve like the S
# * (c) in a circle

# %%
if ready("neuron_output"):
    weights, bias = np.array([3.0, 9.0]), -6.0

    def umbrella(days):
        return [neuron_output(day, weights, bias) for day in days]

    two_days, take_it = [[0.9, 0.2], [0.2, 0.9]], [False, True]
    display(decision_surfaces({"take the umbrella?": umbrella}, two_days, take_it, ["sky", "forecast"]))

# %% [markdown]
# With a right answer, the picture shows a map, the sky along the bottom and the forecast upwards; light stands for an
# output near 1, dark for one near 0. The white dashed line, where the output is 0.5, is straight: (a) was right. It
# falls gently from left to right, as the forecast counts three times as much. Day 1, a cross below the line ("off": no
# umbrella), gets 0.182; day 2, a circle above it ("on"), gets 0.937.
#
# One neuron always draws *one straight line*. For how many problems is that enough? The next lesson begins there.

# %% [markdown]
# ## 6. Where it breaks: a neuron that no longer listens
#
# The sigmoid listens to small changes: that was the point. But it does so only near the middle.
#
# **Guess before you look.** The weighted sum rises from 0 to 1, from 5 to 6, and from 20 to 21. How much does the
# output rise each time?
#
# * (a) each time by the same amount
# * (b) more and more
# * (c) less and less, and in the end by almost nothing

# %%
for low in [0, 5, 20]:
    before, after = 1 / (1 + np.exp(-low)), 1 / (1 + np.exp(-(low + 1)))
    print(f"from {low:2} to {low + 1:2}: the output rises by {after - before:.10f}")  # with 10 decimals

# %% [markdown]
# From 0 to 1 the output rises by 0.23, from 5 to 6 by 0.004, from 20 to 21 by 0.000000001. So (c) was right. The neuron
# is sure of itself, and whatever else it hears changes nothing. One says: it is **saturated**.
#
# That is bad for learning, which lives on small changes. Very large weights and very large inputs push a neuron out
# there. It is one reason why inputs are brought to a similar size first, and why later lessons know other activations.

# %% [markdown]
# ## 7. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. A neuron has 4 inputs. How many weights has it, and how many biases?</summary>4 weights, one for each input, and 1 bias.</details>
#
# <details><summary>2. What are the two steps of a neuron, in their order?</summary>First the weighted sum, with the bias in it; then the activation.</details>
#
# <details><summary>3. What does the sigmoid give for 0, and what can it never give?</summary>It gives 0.5. On paper it never quite reaches 0 or 1, and it never leaves the range
# between them.</details>
#
# <details><summary>4. What do the weight and the bias do to the curve?</summary>A larger weight makes it steeper; a larger bias moves it to the left, if the weight is
# positive.</details>
#
# <details><summary>5. What has the sigmoid that the threshold has not?</summary>A slope: a small change of the sum shows in the output. Only far from zero it is lost.</details>

# %% [markdown]
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu. It forgets everything and runs the notebook from the
# top, as the grader will. Do all three panels still say "passed"? Then save the notebook, and hand it in under the name
# it has.

# %% [markdown]
# ### What was left out
#
# Who sets the weights? Here they were given. Finding good ones from examples, *learning*, is the subject of week 2. And
# a single neuron is not yet a network: the next lesson, `forward_propagation`, joins many.
#
# ### Where the lecture notes simplify or slip
#
# * The notes write the sigmoid and **stop there**. A program has to mind the overflow, too.
# * The notes **round** the output to 0.6023. A program keeps all the digits, 0.602285…, and rounds only what it
#   shows.
# * The notes call the neuron's output its **activation**, and the function, too. In this course the word means both;
#   what is meant shows from the sentence.
