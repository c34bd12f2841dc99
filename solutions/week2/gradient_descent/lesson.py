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
# # Gradient descent: how a number is found
#
# **The question.** How does a computer find a good number by itself? At the end, your own functions will measure how
# fast the universe expands.
#
# **Time.** About 90 minutes, in two sittings: 50 up to the third exercise, then 40.
#
# **You need** NumPy's arrays, and from Python: functions, `if`, `for` loops and tuples. The lesson `forward_propagation`
# asks the question that is answered here.

# %% [markdown]
# Run this cell first: click on it and press Shift and Enter together. All the others depend on it.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.data import learning_curves, nebulae
    from autograder.drawing import contour_paths, curve_panels, epochs_needed, fitted_lines, valleys
except ImportError:
    raise ImportError(
        "This notebook needs the course's package: "
        "pip install the wheel intro_dl_kit-....whl that came with it. "
        "(The package `autograder` on the public index is someone else's.)"
    ) from None
import numpy as np
from IPython.display import display

same_version("{{VERSION}}")

# The lesson's points
x = np.array([-1.0, -0.5, 0.5, 1.0])
z = np.array([-2.0, -1.0, 1.0, 2.0])

# %% [markdown]
# **House rules.** They hold in every exercise:
#
# * Your function changes nothing that it is given: no array, list or dictionary.
# * It rounds nothing.
# * Whole numbers may come in place of decimal ones, inside arrays, too.
# * Arguments may come by position or by name.
# * Arrays that it returns hold decimal numbers (float64; float32 will do). A tuple will do for a list.
#
# ## 1. Who found the 970 numbers?
#
# In week 1 a network of 970 numbers read handwriting. Nobody had chosen them: a computer found them by looking at
# examples. How?
#
# Trying out everything is hopeless. If a number has 100 possible values, one number takes 100 tries, two take
# 10,000, and 970 more tries than there are atoms in the universe. We need a better way, and look for it where it is
# easiest: with **one** number.
#
# Here are four points on the lecture's line, z = 2x. (The lecture is that of IBM's course *Introduction to Deep Learning
# & Neural Networks with Keras*; the points are ours.)

# %%
print("x:", x)
print("z:", z)
display(fitted_lines(x, z, {"w = 0": 0, "w = 3": 3}, title="Four points and two lines that miss them"))

# %% [markdown]
# The picture shows the points as circles, with x along the bottom and z upwards, and two straight lines through (0, 0).
# A line predicts `w * x`. With the weight w = 0 it lies flat, with w = 3 it is too steep.
#
# You can see that w should be 2. The computer can't: it starts from some w, here 0, and must find its way. (In this
# lesson z is the number to be predicted, as in the lecture. In week 1 it was a neuron's weighted sum.)

# %% [markdown]
# ## 2. How wrong is a line?
#
# At every point a line makes an **error**: prediction minus right number, `w * x - z`. To compare lines we need one
# number for all the errors together. Why not simply their mean?
#
# **Guess before you look.** The flat line, w = 0, is badly wrong. What is the mean of its four errors?
#
# * (a) 0
# * (b) 1.5
# * (c) 3

# %%
for w in [0, 2, 3]:
    errors = w * x - z
    print(f"w = {w}: the mean of the errors is {errors.mean()}")

# %% [markdown]
# It is 0, for the flat line, the right one and the steep one alike: (a) was right. Errors above and below cancel each
# other out.
#
# Squares can't cancel: none is negative. The mean of the squared errors is called the **mean squared error**. In this
# lesson it is our **cost**: the number that we want to be small.
#
# *Worked example.* w = 0:
#
# 1. **errors**: 0 − (−2) = 2, then 1, −1 and −2
# 2. **squares**: 4, 1, 1, 4
# 3. **mean**: 10 / 4 = **2.5**
#
# *The same with a gap.* w = 1: the errors are 1, 0.5, −0.5, −1, the squares 1, 0.25, …, …, and the cost is ….
#
# <details><summary>Answer</summary>The squares are 1, 0.25, 0.25 and 1; their mean is 2.5 / 4 = 0.625.</details>

# %% [markdown]
# ### A trap in the shapes
#
# Networks often send out a table with one column, while the right numbers are a plain row.
#
# **Guess before you look.** You subtract an array of the shape `(3,)` from one of the shape `(3, 1)`. What comes out?
#
# * (a) an error, since the shapes differ
# * (b) 3 differences
# * (c) 9 differences

# %%
row = np.array([1.0, 2.0, 4.0])
column = np.array([[1.0], [2.0], [4.0]])
print(column - row)

# %% [markdown]
# NumPy stretches both to 3 by 3 and subtracts each from each: (c) was right. The numbers are the same, so the cost
# should be 0, but the mean of these nine squares is 3.11. And nothing warns you. That is why your function compares the
# shapes before it subtracts.

# %% [markdown]
# ### Exercise 1: the cost
#
# Write the three steps, errors, squares and mean, for arrays of any shape. Every array has a `shape`, such as `(3,)`
# or `(3, 1)`; two of them are compared with `==` or `!=`. `raise ValueError("what is wrong")` stops the function with an
# error; *Raises* says when.
#
# Replace the line `raise NotImplementedError(...)` with your answer, indented like that line, and run the cell. Then
# run `check` below it, as often as you like. Only what the house rules and the text between the triple quotes say is
# graded.

# %% nbgrader={"grade": false, "grade_id": "mean_squared_error", "locked": false, "schema_version": 3, "solution": true, "task": false}
def mean_squared_error(y_true, y_pred):
    """Measure how wrong predictions are: the mean of the squared errors.

    House rules apply.

    Parameters
    ----------
    y_true : array of any shape
        The right numbers.
    y_pred : array of the same shape
        The predictions.

    Returns
    -------
    float
        The mean of (y_pred - y_true) squared over all entries: one number, for tables, too.

    Raises
    ------
    ValueError
        If the two shapes differ at all, such as (3,) and (3, 1).

    Examples
    --------
    The four errors are 1, -2, 0 and 1. (The sum of their squares would be 6.0.)

    >>> y_true = np.array([[1.0, 3.0], [-2.0, 0.5]])
    >>> mean_squared_error(y_true, np.array([[2.0, 1.0], [-2.0, 1.5]]))
    1.5
    """
    # compare the shapes
    # errors, squares, mean
    ### BEGIN SOLUTION
    if np.shape(y_true) != np.shape(y_pred):
        raise ValueError(f"The shapes {np.shape(y_true)} and {np.shape(y_pred)} differ.")
    return float(np.mean((y_pred - y_true) ** 2))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_mean_squared_error", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("mean_squared_error")

# %% [markdown]
# **What it is good for.** Now you can see the landscape in which the computer has to find its way: your cost, for
# every w from −1 to 5.

# %%
if ready("mean_squared_error"):
    display(valleys(lambda w: mean_squared_error(z, w * x), {"Your cost, for every w": []}, limits=(-1, 5)))

# %% [markdown]
# Your picture shows a valley, a curve called a parabola. It is lowest at w = 2, where the cost is 0. At w = 0 it is
# 2.5 high. There is only one lowest place.

# %% [markdown]
# ## 3. Which way is down?
#
# Imagine standing in this valley in thick fog. You can't see the bottom, but you can feel with your feet how steep the
# ground is. The computer "feels" by nudging w a little.

# %%
cost_here = np.mean((0 * x - z) ** 2)
cost_nearby = np.mean((0.001 * x - z) ** 2)
print("cost at w = 0:    ", cost_here)
print("cost at w = 0.001:", cost_nearby)
print("ratio of changes: ", (cost_nearby - cost_here) / 0.001)

# %% [markdown]
# When w grows by 0.001, the cost falls 2.5 times as much. This ratio is the **slope**; its other name is **gradient**,
# and a formula writes it as d cost / dw. Here it is negative: to the right it goes down.
#
# Nudging isn't needed, as there is a formula. If w grows, each error grows x times as much, and a square's slope
# is 2 times what is squared. So
#
# ```
# slope = mean of  2 * error * x        with  error = w * x - z
# ```
#
# ### Worked example: the slope at w = 0

# %%
# 1. errors
errors = 0 * x - z
print("errors:        ", errors)

# 2. times x
print("errors times x:", errors * x)

# %% [markdown]
# The mean of the second line is −1.25, and 2 times that is **−2.5**. (That the cost is 2.5, too, is chance.) Without
# the x, the errors would cancel out, as in section 2: it is x that tells which errors call for a larger w.
#
# *The same with a gap.* At w = 1 the errors are 1, 0.5, −0.5 and −1. Times x, they are −1, −0.25, … and …. Their mean
# is …, and the slope is ….
#
# <details><summary>Answer</summary>The products are −1, −0.25, −0.25 and −1, their mean is −0.625, and the slope
# −1.25. It is less steep here than at w = 0.</details>

# %% [markdown]
# ### Exercise 2: the slope
#
# Write the formula. The checks of what comes in stand ready; your code goes below them.

# %% nbgrader={"grade": false, "grade_id": "slope_gradient", "locked": false, "schema_version": 3, "solution": true, "task": false}
def slope_gradient(w, x, z):
    """Compute the slope of the cost at w: how fast the mean squared error of w * x changes with w.

    House rules apply.

    Parameters
    ----------
    w : float
        The weight.
    x, z : arrays of shape (N,)
        The inputs, and the numbers that w * x should give.

    Returns
    -------
    float
        The mean of 2 * (w * x - z) * x over the N points.

    Raises
    ------
    ValueError
        If x or z doesn't have one dimension, or they differ in length.

    Examples
    --------
    The errors are -2.5, 0 and 2. (Without the x, it would be -0.333333.)

    >>> slope_gradient(0.5, np.array([1.0, 2.0, -1.0]), np.array([3.0, 1.0, -2.5]))
    -3.0
    """
    if x.ndim != 1 or x.shape != z.shape:
        raise ValueError("x and z must be rows of the same length.")
    ### BEGIN SOLUTION
    return float(np.mean(2.0 * (w * x - z) * x))
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_slope_gradient", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("slope_gradient")

# %% [markdown]
# **What it is good for.** Your slopes, drawn as short straight pieces in the valley:

# %%
if ready("mean_squared_error") and ready("slope_gradient"):
    slopes = {w: slope_gradient(w, x, z) for w in [0, 1, 2, 3, 4]}
    panel = {"Your slopes, in the valley": []}
    display(valleys(lambda w: mean_squared_error(z, w * x), panel, limits=(-1, 5), slopes=slopes))

# %% [markdown]
# Each piece touches the curve. At w = 0 the slope is −2.5, at w = 4 it is 2.5, and at the bottom, w = 2, it is 0. The
# sign tells you the way down: where the slope is negative, w must grow; where it is positive, w must shrink.

# %% [markdown]
# ## 4. Step by step
#
# So the recipe is: go *against* the slope, a little, again and again. How far? The slope times a small
# number, the **learning rate**. The lecture starts at w = 0 and takes the learning rate 0.4.
#
# ```
# new w = old w - learning_rate * slope
# ```
#
# One such step, for which all the points are looked at once, is called an **epoch**.
#
# *Worked example.* At w = 0 the slope is −2.5. The step is −0.4 × (−2.5) = 1, and so w becomes 1.
#
# **Guess before you look.** The learning rate stays 0.4. What about the steps that follow?
#
# * (a) they are as long as this one, since the learning rate stays
# * (b) they get shorter and shorter
# * (c) they get longer and longer

# %%
w, lines = 0.0, {}
for epoch in [1, 2, 3, 4]:
    slope = np.mean(2 * (w * x - z) * x)
    w = w - 0.4 * slope
    lines[f"epoch {epoch}"] = w
    print(f"epoch {epoch}: w = {w}")
display(fitted_lines(x, z, lines, title="The line after each of four epochs"))

# %% [markdown]
# The picture shows the four points again and the line after each epoch, steeper each time. After the fourth w is 1.875,
# and the line almost passes through the points. The steps were 1, 0.5, 0.25 and 0.125: (b) was right. Nearer to the
# bottom the slope is smaller, so the steps shrink by themselves. This is **gradient descent**.
#
# *The same with a gap.* Start at 5. There the slope is 3.75, the step −1.5, and w becomes 3.5. In the second epoch the
# slope is 1.875, the step …, and w becomes ….
#
# <details><summary>Answer</summary>The step is −0.4 × 1.875 = −0.75, and w becomes 2.75. *Change it:* let w start at 5
# in the cell above.</details>

# %% [markdown]
# ### Exercise 3: gradient descent
#
# Write the loop for any start, points, learning rate and number of epochs. Keep every w on the way, the first one,
# too: so 4 epochs give 5 numbers. Begin with a list that holds w0, `append` each new w to it, and make an array of it at
# the end, `np.array(history)`. Use your function for the slope.

# %% nbgrader={"grade": false, "grade_id": "gradient_descent", "locked": false, "schema_version": 3, "solution": true, "task": false}
def gradient_descent(w0, x, z, learning_rate, epochs):
    """Find the weight w of the line w * x by gradient descent on the mean squared error.

    House rules apply.

    Parameters
    ----------
    w0 : float
        The weight to start from.
    x, z : arrays of shape (N,)
        The inputs, and the numbers that w * x should give.
    learning_rate : float
        Each epoch subtracts learning_rate times the slope at the present w.
    epochs : int
        The number of updates, 0 or more.

    Returns
    -------
    array of shape (epochs + 1,)
        w0, then w after each epoch.

    Raises
    ------
    ValueError
        If x or z doesn't have one dimension, they differ in length, or epochs is below 0.

    Examples
    --------
    With the slope always taken at w0, it would be [0., 1., 2., 3.].

    >>> x = np.array([-1.0, -0.5, 0.5, 1.0])
    >>> gradient_descent(0.0, x, 2 * x, learning_rate=0.4, epochs=3)
    array([0.  , 1.  , 1.5 , 1.75])
    """
    if x.ndim != 1 or x.shape != z.shape:
        raise ValueError("x and z must be rows of the same length.")
    if epochs < 0:
        raise ValueError("There can't be fewer than 0 epochs.")
    # start the history with w0
    # for each epoch: slope, step, keep the new w
    ### BEGIN SOLUTION
    history = [float(w0)]
    for _ in range(epochs):
        w = history[-1]
        history.append(w - learning_rate * slope_gradient(w, x, z))
    return np.array(history)
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_gradient_descent", "locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false}
check("gradient_descent")

# %% [markdown]
# **What it is good for.** Choose a start from −1 to 5, and a number of epochs, and let it go.

# %%
start, epochs = 4.5, 8
if ready("gradient_descent"):
    path = gradient_descent(start, x, z, 0.4, epochs)
    panel = {f"Your descent: from {start} to {path[-1]:.6f}": path}
    display(valleys(lambda w: np.mean((w * x - z) ** 2), panel, limits=(-1, 5)))

# %% [markdown]
# Each dot is a w of your history, and the line leads from one to the next. From 4.5, 8 epochs lead to 2.009766. Nobody
# told your function that 2 was right.
#
# **A good place to stop.** You have a cost, a slope, and a function that learns. Save the notebook and have a rest. When
# you come back, choose "Run All Cells" from the Run menu: your answers are still there.

# %% [markdown]
# ## 5. How long a step?
#
# The learning rate 0.4 halves the distance to the bottom in every epoch.
#
# **Guess before you look.** What will a rate of 1.2 do, three times as much?
#
# * (a) w gets further away from 2 with every epoch
# * (b) w gets to 2 from the same side, three times as fast
# * (c) w jumps across to the other side of 2, and gets there all the same

# %%
w = 0.0
for epoch in [1, 2, 3, 4]:
    w = w - 1.2 * np.mean(2 * (w * x - z) * x)
    print(f"epoch {epoch}: w = {w}")

# %% [markdown]
# From 0 it jumps to 3, then back to 1.5, and on to 2.25 and 1.875: (c) was right. The steps are so long that w lands
# on the other side of the valley, but nearer to the bottom each time. In the end 1.2 is as fast as 0.4: it halves the
# distance, too.
#
# ## 6. A rate of 1.8
#
# **Guess before you look.** At the start the cost is 2.5. What is it after 10 epochs with this rate?
#
# * (a) more than 200
# * (b) still about 2.5, as w jumps to and fro
# * (c) about 0, after some jumping

# %%
def path_of(rate, epochs):
    path = [0.0]
    for _ in range(epochs):
        path.append(path[-1] - rate * np.mean(2 * (path[-1] * x - z) * x))
    return path


def cost(w):
    return np.mean((w * x - z) ** 2)


print("cost after 10 epochs:", cost(path_of(1.8, 10)[-1]))
panels = {f"learning rate {rate}": path_of(rate, 5) for rate in [0.05, 0.4, 1.8]}
display(valleys(cost, panels, limits=(-4, 9)))

# %% [markdown]
# It is 216.8: (a) was right. The picture shows the valley three times, with five epochs in each:
#
# * **0.05 is too small**: w creeps, and after five epochs it has come only to 0.55.
# * **0.4 is right**: five epochs lead to 1.9375.
# * **1.8 is too large**: each jump lands higher up on the other side, and w climbs out of the valley. It **diverges**.
#
# In every epoch the cost becomes 1.56 times as large. When a network's cost grows, look at the learning rate first.
#
# *Change it:* try 1.6 in place of the second 1.8. Now w jumps between 0 and 4 forever: this is the border. (For other
# points it lies elsewhere: it depends on how steep the valley is.)

# %% [markdown]
# ## 7. When to stop
#
# How many epochs are enough? Look at the cost, **before the first update and after each one**, and ask three questions,
# in this order:
#
# 1. Is the cost small enough, at most a **tolerance**? Stop: *converged*.
# 2. Has it become more than 10 times what it was at the start? Or isn't it a finite number any more? Stop: *diverged*.
# 3. Has w been updated as often as we allow? Stop: *max_epochs*.
#
# If all three answers are no, update w, and look again.
#
# *Worked example.* Start 0, rate 0.4, tolerance 0.1, at most 20 epochs.
#
# | updates so far | w | cost | |
# |---|---|---|---|
# | 0 | 0 | 2.5 | go on |
# | 1 | 1 | 0.625 | go on |
# | 2 | 1.5 | 0.15625 | … |
# | 3 | 1.75 | 0.0390625 | … |
#
# <details><summary>Answer for the gaps</summary>0.15625 is above 0.1: go on. 0.0390625 is below: stop. The answer is
# w = 1.75, 3 epochs, "converged".</details>
#
# **Guess before you look.** Someone compares the length of the *step* with the tolerance 0.1, and not the cost. What is
# the cost when this stops, with a learning rate of 0.03?
#
# * (a) at most 0.1, as it should be
# * (b) about 0.6
# * (c) more than 2

# %%
w, step = 0.0, 1.0
while abs(step) > 0.1:
    step = -0.03 * np.mean(2 * (w * x - z) * x)
    w = w + step
print("step:", step, "   w:", w, "   cost:", np.mean((w * x - z) ** 2))

# %% [markdown]
# The very first step, 0.075, is short enough, and there it stops: at a cost of 2.32. So (c) was right. A short step may
# only mean a small rate. What you want is a small cost, so look at the cost. And look before the first update, too: the
# start may be good enough.
#
# ### What isn't a finite number
#
# A number that gets too large for the computer becomes `inf`, infinity, and with that some calculations give `nan`, "not
# a number". Comparing with `nan` is always false, even `nan > 5`. `np.isfinite(number)` is true only for proper numbers.

# %% [markdown]
# ### Exercise 4: descend until …
#
# Write the loop with the three questions. Use your functions for the cost and the slope. At the end, three
# results are returned together: `return w, epochs, reason`.

# %% nbgrader={"grade": false, "grade_id": "descend_until", "locked": false, "schema_version": 3, "solution": true, "task": false}
def descend_until(w0, x, z, learning_rate, tolerance, max_epochs):
    """Run gradient descent on the mean squared error until the cost says stop.

    House rules apply. The cost is looked at before the first update and after each, in this order:

    * at most tolerance: "converged";
    * not finite (inf or nan), or more than 10 times the cost at w0: "diverged";
    * max_epochs updates are done: "max_epochs".

    Parameters
    ----------
    w0, x, z, learning_rate
        As in gradient_descent.
    tolerance : float
        The cost that is small enough.
    max_epochs : int
        The most updates, 0 or more.

    Returns
    -------
    tuple (w, epochs, reason)
        w at the stop, the number of updates, and one of the three texts.

    Raises
    ------
    ValueError
        If x or z doesn't have one dimension, they differ in length, or max_epochs is below 0.

    Examples
    --------
    The costs are 2.5, 0.625, 0.15625 and 0.0390625. (Counting them would give 4 epochs.)

    >>> x = np.array([-1.0, -0.5, 0.5, 1.0])
    >>> descend_until(0.0, x, 2 * x, learning_rate=0.4, tolerance=0.1, max_epochs=20)
    (1.75, 3, 'converged')
    """
    if x.ndim != 1 or x.shape != z.shape:
        raise ValueError("x and z must be rows of the same length.")
    if max_epochs < 0:
        raise ValueError("There can't be fewer than 0 epochs.")
    ### BEGIN SOLUTION
    w, first_cost = float(w0), mean_squared_error(z, w0 * x)
    for epochs in range(max_epochs + 1):
        cost = mean_squared_error(z, w * x)
        if cost <= tolerance:
            return w, epochs, "converged"
        if not np.isfinite(cost) or cost > 10 * first_cost:
            return w, epochs, "diverged"
        if epochs < max_epochs:
            w = w - learning_rate * slope_gradient(w, x, z)
    return w, max_epochs, "max_epochs"
    ### END SOLUTION


# %% nbgrader={"grade": true, "grade_id": "check_descend_until", "locked": true, "points": 3, "schema_version": 3, "solution": false, "task": false}
check("descend_until")

# %% [markdown]
# **What it is good for.** Which learning rate is best? Ask your function, for 39 of them: how many epochs until the cost
# is at most 0.001?

# %%
if ready("descend_until"):
    rates = [step / 20 for step in range(1, 40)]
    answers = [descend_until(0.0, x, z, rate, 0.001, 60) for rate in rates]
    display(epochs_needed(rates, [a[1] for a in answers], [a[2] for a in answers]))

# %% [markdown]
# Your picture has a mark for each rate from 0.05 to 1.95: how many epochs it took, and how it ended. The circles make a
# bowl: the best rate is 0.8, with one epoch. The three squares, 0.05, 1.55 and 1.6, hadn't arrived after 60 epochs. From
# 1.65 on there are crosses: these rates diverge.

# %% [markdown]
# ## 8. Two knobs
#
# A network has many weights. Let us take two: predictions are `w1 * x1 + w2 * x2`. Now there is a slope for each weight,
# and both take their step at the same time. The cost is a landscape over the two, drawn like a map: each line
# joins places of the same cost.
#
# The numbers x2 are larger than x1, up to 4. (In real data one column may be in metres and another in millimetres.)
#
# **Guess before you look.** Both weights have the same learning rate, 0.09. How does the path to the lowest place look?
#
# * (a) it goes straight there
# * (b) it goes to and fro across the valley
# * (c) it goes round the valley in circles

# %%
x1, x2 = np.array([-1.0, -0.5, 0.5, 1.0]), np.array([2.0, -4.0, 4.0, -2.0])
target = 2 * x1 + 0.5 * x2


def descend(rate, x2, epochs):
    w1, w2 = 0.0, 0.0
    path = [(w1, w2)]
    for _ in range(epochs):
        errors = w1 * x1 + w2 * x2 - target
        w1, w2 = w1 - rate * np.mean(2 * errors * x1), w2 - rate * np.mean(2 * errors * x2)
        path.append((w1, w2))
    return path


maps = {
    "x2 as it is, learning rate 0.09": (x1, x2, descend(0.09, x2, 25)),
    "x2 divided by 4, learning rate 0.4": (x1, x2 / 4, descend(0.4, x2 / 4, 8)),
}
display(contour_paths(maps, target))

# %% [markdown]
# On the left the lines are stretched: the landscape is a narrow valley. The path starts at (0, 0) and goes to and
# fro across it: (b) was right. Across the valley it is steep, so a larger rate would climb out; along it, w1 creeps,
# and after 25 epochs it is still 0.1 away from 2.
#
# On the right x2 was divided by 4. Now the lines are circles, one rate suits both weights, and 8 epochs lead nearer to
# the lowest place than 25 on the left. That is why data are **scaled** before a network learns from them.
#
# **Challenge** (not graded). How few epochs bring the cost down to 0.000001? You may change `rate`, and `divided_by`, the
# number by which x2 is divided. Ours took 62.

# %%
rate, divided_by = 0.09, 1
with np.errstate(all="ignore"):  # no warnings if it diverges
    path = descend(rate, x2 / divided_by, 500)
    costs = [np.mean((w1 * x1 + w2 * x2 / divided_by - target) ** 2) for w1, w2 in path]
reached = [epoch for epoch in range(501) if costs[epoch] <= 1e-6]
print("epochs:", reached[0] if reached else "not within 500")

# %% [markdown]
# ## 9. What the cost tells you
#
# With 970 numbers nobody can draw the landscape. What people look at is the **learning curve**, the cost over the
# epochs. It shows when the learning rate is too small or too large, and one thing more.
#
# A network can learn its examples by heart, as a pupil learns the answers to old exam questions without understanding
# them. That is called **overfitting**. To find it, some examples are put aside. The cost on the others, which it learns
# from, is the **training cost**; the cost on those put aside is the **test cost**.
#
# * Both end up low and near each other: it **learns well**.
# * The training cost goes on falling while the test cost rises: it **overfits**.
#
# Four models were trained, A to D.

# %%
display(curve_panels(learning_curves()))

# %% [markdown]
# Each picture shows the cost over the epochs: the solid line on the training examples, the dashed one on the test
# examples. Mind the numbers on the axes.
#
# **Practice** with a fifth model. After 200 epochs its training cost is 0.3 and its test cost 0.31. Both still fall, by
# nearly the same amount in every epoch. What would you do? Decide, then unfold.
#
# <details><summary>(a) Stop: it overfits.</summary>The test cost doesn't rise, and it lies near the training cost.
# Nothing is learned by heart here.</details>
# <details><summary>(b) Choose a smaller learning rate.</summary>Smaller steps would make it slower still. Nothing jumps
# or climbs here.</details>
# <details><summary>(c) Go on, perhaps with a larger learning rate.</summary>Yes. It isn't at the bottom yet, or the
# curve would be flat.</details>
#
# ### Exercise 5: four learning curves
#
# What does each picture show? Copy one of these four texts between each pair of quotes; each is used once:
#
# * too small a learning rate
# * too large a learning rate
# * learns well
# * overfits
#
# Then run the cell. `check` only says whether the quiz is filled in. You will see which answers are right, and why
# the others aren't, when it is graded.

# %% nbgrader={"grade": false, "grade_id": "quiz_learning_curves", "locked": false, "schema_version": 3, "solution": true, "task": false}
# What does each of the four pictures show? Choose from:
# too small a learning rate / too large a learning rate / learns well / overfits
# Each right answer earns its share of the points. Capital letters will do.
curves = {
    "A": "",
    "B": "",
    "C": "",
    "D": "",
}
### BEGIN SOLUTION
curves = {
    "A": "too large a learning rate",
    "B": "learns well",
    "C": "overfits",
    "D": "too small a learning rate",
}
### END SOLUTION

# %% nbgrader={"grade": true, "grade_id": "check_quiz_learning_curves", "locked": true, "points": 2, "schema_version": 3, "solution": false, "task": false}
check("quiz_learning_curves")

# %% [markdown]
# **Look them through.** Here are the pictures again, with your own answers.

# %%
if ready("quiz_learning_curves"):
    display(curve_panels({f"{name}: {curves[name].strip()}": lines for name, lines in learning_curves().items()}))

# %% [markdown]
# Does each answer fit what the solid line does, and what the dashed one does? If one doesn't, change it and run the
# three cells again.

# %% [markdown]
# ## 10. How fast does the universe expand?
#
# In 1929 Edwin Hubble published measurements of 24 galaxies: how far away each is, in megaparsecs (one is 3.26 million
# light-years), and how fast it moves away from us, in kilometres per second. The further, the faster: speed = w ×
# distance. But what is w? Let your function find it.

# %%
distance, speed = nebulae()
if ready("gradient_descent"):
    history = gradient_descent(0.0, distance, speed, 0.2, 20)
    lines = {f"epoch {epoch}": history[epoch] for epoch in [1, 2, len(history) - 1]}
    title = f"Your w: each megaparsec adds {history[-1]:.1f} km/s"
    labels = ("distance in megaparsecs", "speed in km/s")
    display(fitted_lines(distance, speed, lines, title, labels))

# %% [markdown]
# The picture shows a circle for each galaxy, and your line after 1, 2 and 20 epochs. In the end w is **423.9**: for
# each megaparsec, a galaxy moves away 423.9 km/s faster. The circles don't lie on the line, so the cost can't fall to
# 0; your w is where it is smallest.
#
# The **universe expands**, and your loop has measured how fast. (Hubble's distances were far too small, as we know now.
# Today's value is about 70.)
#
# *Change it:* with the rate 0.9, w climbs out; with 0.02, 20 epochs aren't enough.
#
# ### And the 970 numbers?
#
# They were found in this way: 970 slopes, and 970 small steps at once, again and again. One thing is missing. Our formula
# for the slope was easy, as the error comes right after the weight. But what is the slope of a weight whose number must
# first go through other neurons? That is **backpropagation**, the next lesson.

# %% [markdown]
# ## 11. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. Why are errors squared before the mean is taken?</summary>Otherwise errors above and below cancel each
# other out, and a bad line may have the mean 0.</details>
#
# <details><summary>2. The slope at the present w is 3. Should w grow or shrink?</summary>It should shrink: uphill is to the
# right, so downhill is to the left.</details>
#
# <details><summary>3. The learning rate is constant. Why do the steps get shorter?</summary>A step is the learning rate
# times the slope, and near the bottom the slope is small.</details>
#
# <details><summary>4. The cost grows from epoch to epoch. What is the likely reason?</summary>The learning rate is too
# large: every step lands higher up on the other side of the valley.</details>
#
# <details><summary>5. Why is it a bad sign if only the training cost falls?</summary>The model learns its examples by
# heart. What counts is the cost on examples that it hasn't seen.</details>
#
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu: the grader starts from the top, too. Do all five
# panels still say "passed" or "filled in"? Then save the notebook, and hand it in under the name it has.
#
# ### What was left out
#
# Our lines have no bias: they all pass through (0, 0). And each step looked at all the points. With thousands of
# examples, programs take a small batch for each step.
#
# ### Where the lecture notes simplify or slip
#
# * A small learning rate, they say, may get **stuck in local minima**, small hollows beside the valley. The costs of
#   networks have hollows. But *this* cost is a parabola, with one lowest place: here a small rate is only slow.
# * A large rate, they say, may **miss the minimum**. You have seen more: 1.2 jumps across and still arrives, 1.8 climbs
#   out.
