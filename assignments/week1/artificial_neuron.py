# Made by `autograder build` from the lesson; fill in the functions and hand in this file or the notebook.

# %% [markdown]
# # The artificial neuron: a sum, squeezed
#
# **The question.** What does one artificial neuron compute, and why does it squeeze its sum?
#
# **Time.** About 45 minutes, without the challenge. There is a good place to stop after the second exercise.
#
# **You need** the lesson `welcome` (what a neuron is), and from Python: functions, lists, `if` and `for` loops. NumPy's
# arrays come in step by step. At the end, your own neuron makes a decision of yours.

# %% [markdown]
# Run this cell first: click on it and press Shift and Enter together. All the others depend on it. It loads NumPy,
# Python's package for calculating with many numbers, under its usual short name `np`.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.drawing import curve_grid, curves, decision_map, neuron_steps
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
# ### House rules for every exercise
#
# 1. **Nothing that is given changes.** Your function works out its answer and leaves the rest alone: the arrays it gets,
#    and NumPy's settings.
# 2. **Nothing is rounded.** Examples show a few digits; your function returns them all.
# 3. **Whole numbers may come**, such as 3 instead of 3.0.
# 4. **By position or by name.** Both `f(2, 5)` and `f(b=5, a=2)` must work, so keep the names in the `def` line.

# %% [markdown]
# ## 1. Two facts, one answer
#
# Should you take an umbrella? The sky is very grey: 0.9 on a scale from 0 to 1. The forecast sees little rain: 0.2. You
# trust the forecast three times as much as the sky.
#
# In the last lesson you saw a picture of a neuron, but nothing that you could calculate. How do two facts become *one*
# answer? Here are three ways. Each is tried on two days: on the first the sky is grey and the forecast good, on the second
# it is the other way round.

# %%
for sky, forecast in [(0.9, 0.2), (0.2, 0.9)]:
    mean = (sky + forecast) / 2
    product = sky * forecast
    trusted = 1 * sky + 3 * forecast
    print("mean:", round(mean, 2), "  product:", round(product, 2), "  with your trust:", round(trusted, 2))

# %% [markdown]
# The mean and the product can't tell the two days apart. The last way can: it gives 1.5 for the first day and 2.9 for the
# second. How much a fact counts has to be a number of its own, and that is how an artificial neuron works.
#
# (A computer writes `*` for ×. `round(…, 2)` shortens a number to 2 decimals, because the last digits of a computer's
# numbers are often a tiny bit off.)

# %% [markdown]
# ## 2. The weighted sum
#
# ### Worked example: one input
#
# What comes in is called an **input**, `x`. How much it counts is its **weight**, `w`. One more number, the **bias**, `b`,
# pushes the result up or down, whatever the inputs are. A neuron with a large bias is easily convinced. Together they make
# the **weighted sum**, `z`, in three steps:
#
# 1. **products**: multiply each input by its weight;
# 2. **sum**: add the products up;
# 3. **bias**: add the bias.
#
# Our numbers are those of the lecture that this course goes with, IBM's *Introduction to Deep Learning & Neural Networks
# with Keras*: input 0.1, weight 0.15, bias 0.4. By hand: 0.1 × 0.15 is 0.015. There is nothing else to add up, and the bias
# makes it 0.415.

# %%
# 1. products, 2. sum: with one input, the product is the sum
product = 0.1 * 0.15

# 3. bias
print("weighted sum:", round(product + 0.4, 6))

# %% [markdown]
# The computer agrees with your hand.
#
# *Change it:* turn the weight into −0.15. The weighted sum falls to 0.385: with a negative weight, an input speaks
# *against*.

# %% [markdown]
# ### Several inputs
#
# Next, a neuron with three inputs: 0.5, 2.0 and −1.0. Their weights are 1.5, 0.9 and 0.5, and the bias is 0.1. The products
# are 0.75, 1.8 and −0.5; they add up to 2.05.
#
# **Guess before you look.** What is the weighted sum?
#
# * (a) 2.05 + 0.1
# * (b) 2.05 + 3 × 0.1, for there are three inputs
# * (c) (2.05 + 0.1) / 3, for the same reason

# %%
display(neuron_steps([0.5, 2.0, -1.0], [1.5, 0.9, 0.5], 0.1, title="A neuron with three inputs"))

# %% [markdown]
# The picture shows the calculation from left to right: the inputs in circles, on each arrow the weight that multiplies its
# input, then the products. A single box adds them up together with the bias, and 2.15 comes out: (a) was right. A neuron
# has a weight for each input, but only one bias, and nothing is divided.
#
# *Change it:* give the last input the weight −0.5. Its arrow changes its colour, and the sum rises by 1.

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
# <details><summary>Answer</summary>The second product is −1.0. The sum is 0.4 − 1.0 + 0.6 = 0, and the bias makes it −0.3.</details>

# %% [markdown]
# ### Many numbers in one array
#
# `np.array` makes an **array** from a list: a row of numbers that NumPy calculates with all at once. `x * w` multiplies
# the first number of `x` by the first of `w`, the second by the second, and so on. `np.sum` adds up a row.

# %%
x = np.array([0.5, 2.0, -1.0])
w = np.array([1.5, 0.9, 0.5])
print("products:  ", x * w)
print("their sum: ", np.sum(x * w))
print("shape:     ", x.shape, " dimensions:", x.ndim)

# %% [markdown]
# You know these products from above. The last line is about the array itself. Its **shape**, `x.shape`, is `(3,)`: a row
# of 3 numbers. (Python puts a comma after a number that stands alone in brackets.) `x.ndim` is its number of
# **dimensions**: 1 for a row. A table of numbers, with rows and columns, has 2.

# %% [markdown]
# ### Too few weights
#
# Three inputs need three weights. With two, NumPy stops with an error, a `ValueError`, since it can't pair them up.
#
# **Guess before you look.** What does NumPy do with three inputs and a *single* weight?
#
# * (a) it stops with an error, too
# * (b) it multiplies the first input and leaves the others alone
# * (c) it uses the one weight for all three inputs

# %%
print(np.array([0.5, 2.0, -1.0]) * np.array([1.5]))


# %% [markdown]
# It prints 0.75, 3 and −1.5, so (c) was right: NumPy used the 1.5 three times and said nothing. That is often handy. Here
# it would hide a mistake, because two weights are missing. So a good function looks at its inputs first and refuses what
# doesn't fit:
#
# ```
# if x.ndim != 1 or x.shape != w.shape:
#     raise ValueError("x and w must be two rows of the same length")
# ```
#
# `!=` means "is not equal to". `raise` stops the function with an error, and the text in quotes tells the reader what was
# wrong. In the exercises of this lesson these two lines are already there.

# %% [markdown]
# ### Exercise 1: the weighted sum
#
# Compute the weighted sum for any number of inputs: z = x1 × w1 + x2 × w2 + … + b.
#
# The cell below is a **function** that isn't finished. The text between the triple quotes says what it gets and what it
# must give back; *everything that is graded is there or in the house rules*. After `>>>` comes an example of a call, and
# below it the answer: nothing for you to type.
#
# 1. Replace the line `raise NotImplementedError(...)` with your answer. Keep its indentation, and end with `return` and the
#    result. Leave everything above it as it is.
# 2. Run the cell. Nothing appears: Python now knows the function, but nobody has called it yet.
# 3. Run the cell with `check` below it. It calls your function and shows what is right and what isn't yet. Run both cells
#    again as often as you like.

# %% nbgrader={"grade_id": "weighted_sum"}
def weighted_sum(x, w, b):
    """Multiply each input by its weight, add the products up, and add the bias. House rules apply.

    Parameters
    ----------
    x : array of shape (D,)
        The D inputs, at least one, without a unit.
    w : array of shape (D,)
        Their weights, in the same order.
    b : float
        The bias.

    Returns
    -------
    float
        The weighted sum, a single number.

    Raises
    ------
    ValueError
        If x or w isn't one-dimensional, or if they differ in length. The lines for this are already here.

    Examples
    --------
    The lecture's neuron, and one with three inputs. If the bias were added to each product, the
    second answer would be 2.35.

    >>> weighted_sum(np.array([0.1]), np.array([0.15]), 0.4)
    0.415
    >>> weighted_sum(np.array([0.5, 2.0, -1.0]), np.array([1.5, 0.9, 0.5]), 0.1)
    2.15
    """
    if x.ndim != 1 or x.shape != w.shape:
        raise ValueError("x and w must be two rows of the same length")
    # 1. products, 2. sum, 3. bias
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_weighted_sum"}
check("weighted_sum")

# %% [markdown]
# **Put it to work.** Your function now decides about the umbrella. The weights are 1 for the sky and 3 for the forecast.
# The bias is −2: without good reasons, no umbrella.

# %%
if ready("weighted_sum"):
    trust, bias = np.array([1.0, 3.0]), -2.0
    for day in [np.array([0.9, 0.2]), np.array([0.2, 0.9])]:
        z = weighted_sum(day, trust, bias)
        print("weighted sum", round(z, 6), "→", "take the umbrella" if z > 0 else "leave it at home")
    display(neuron_steps(day, trust, bias, title="The second day, step by step"))

# %% [markdown]
# Under the grey sky, your function gives −0.5, below zero: leave the umbrella at home. On the second day it gives 0.9,
# above zero: take it. The picture shows how this number came about.
#
# *Change it:* suppose that you hate getting wet. Let `bias` be −1. Both sums rise by 1, and you always take the umbrella.

# %% [markdown]
# ## 3. From a sum to an answer
#
# A weighted sum can be any number: −0.5, 2.15 or 300. The neuron's output should say *how much* it is for or against
# something, from 0 (not at all) to 1 (fully). The function that turns the sum into such an output is called the
# **activation**.
#
# The first artificial neurons, in 1943, used a **threshold**: 1 if the sum is at least 0, otherwise 0. Today we prefer a
# curve without a jump, such as the **sigmoid**. Compare them:

# %%
z_values = np.linspace(-6, 6, 241)  # 241 sums, evenly spread from -6 to 6
threshold = np.where(z_values >= 0, 1.0, 0.0)  # 1 where a sum is at least 0, otherwise 0
two = {"threshold": threshold, "sigmoid": 1 / (1 + np.exp(-z_values))}  # its formula follows below
labels = ("weighted sum z", "output a, from 0 to 1")
display(curves(z_values, two, labels, title="The threshold jumps, the sigmoid climbs"))

# %% [markdown]
# Both curves run over the weighted sum z, from −6 to 6, and give an output between 0 and 1. The threshold jumps at z = 0:
# a hair's breadth decides between no and yes, and a sum of 0.01 counts as much as one of 6. The sigmoid climbs like a
# soft S, from 0.002 to 0.998. Sums of −0.01 and 0.01 give it 0.4975 and 0.5025, two "don't knows".
#
# There is a second reason to avoid the jump. A network learns by changing its weights a little and looking whether its
# output gets better. With a threshold, a small change usually does nothing at all. On a slope, every small change shows.
#
# Neither curve is a straight line: we say that the activation is **non-linear**. The next lesson shows why a network is lost
# without that.

# %% [markdown]
# ### Worked example: the sigmoid
#
# ```
# a = 1 / (1 + e^(-z))
# ```
#
# The e is a number, 2.718…, and `e^z` means e to the power of z. That is how we write it on paper; in NumPy it is
# `np.exp(z)`, so e^(-z) is `np.exp(-z)`. Given an array, `np.exp` takes each of its numbers by itself.
#
# Two steps turn the lecture's weighted sum, 0.415, into an output:

# %%
# 1. the power
lecture_power = np.exp(-0.415)
print("e^(-0.415):", round(lecture_power, 6))

# 2. one divided by one plus the power
print("sigmoid:   ", round(1 / (1 + lecture_power), 6))

# the same for three sums at once
print("for -4, 0, 4:", 1 / (1 + np.exp(-np.array([-4.0, 0.0, 4.0]))))

# %% [markdown]
# The lecture's neuron sends out 0.602286. The sums −4, 0 and 4 give 0.018, 0.5 and 0.982: a sum of 0 always lands in the
# middle.
#
# *The same with a gap.* For z = 2 the power e^(−2) is 0.1353. The sigmoid is 1 / (1 + …) = ….
#
# <details><summary>Answer</summary>1 / 1.1353 = 0.8808.</details>

# %% [markdown]
# ## 4. Far from zero
#
# Powers of e grow fast. For z = −1000 the formula asks for e^1000, a number with 435 digits.
#
# **Guess before you look.** What does NumPy make of e^1000?
#
# * (a) a number with 435 digits
# * (b) `inf`, for infinity
# * (c) an error, and the cell stops

# %%
with np.errstate(all="ignore"):  # explained below
    for exponent in [-1000, 100, 700, 1000]:
        print("e to the power of", exponent, "is", np.exp(exponent))

# %% [markdown]
# The last line says `inf`, so (b) was right. (`1.014…e+304` means 1.014… with the decimal point moved 304 places to
# the right.) NumPy's numbers end near 1.8e+308. Beyond that NumPy takes infinity, prints a warning of an **overflow** in red,
# and goes on; here `errstate` kept it quiet. On the other side, e^(−1000) is simply 0.
#
# With luck the result is still right: 1 / (1 + inf) is 0. But infinity divided by infinity is `nan`, "not a number", and
# one `nan` spoils everything that is computed from it. And nobody reads warnings once there are hundreds.

# %% [markdown]
# ### Bring z closer first
#
# `np.clip(z, low, high)` lifts every number below `low` to `low` and lowers every number above `high` to `high`; the others
# stay as they are. Does that spoil the sigmoid? For z = −1000 it should be 0. Look at what z = −500 gives instead:

# %%
print("clipped:", np.clip(np.array([-1000, -2, 3, 1000]), -500, 500))
print("sigmoid of -500:", 1 / (1 + np.exp(500.0)))


# %% [markdown]
# Clipping gives −500, −2, 3 and 500: the two in the middle stayed. The sigmoid of −500 is `7.1…e-218`, a 7 after 217 zeros
# behind the decimal point. Nobody will ever see the difference from 0, and e^500 is no trouble for NumPy.

# %% [markdown]
# ### Exercise 2: the sigmoid
#
# Write the sigmoid, a = 1 / (1 + e^(-z)), for a single number or for a whole array, and without a warning for any z from
# −1000 to 1000. There are several ways; any will do. (If you know `math.exp`: it takes single numbers only.)

# %% nbgrader={"grade_id": "sigmoid"}
def sigmoid(z):
    """Squeeze numbers to between 0 and 1: 1 / (1 + e^(-z)), each by itself. House rules apply.

    Parameters
    ----------
    z : float, or array of any shape
        Weighted sums from -1000 to 1000, without a unit.

    Returns
    -------
    float, or array of the shape of z
        A single number for a single number, an array for an array, in NumPy's usual float64
        (float32 will do). Nothing is nan, and NumPy gives no warning.

    Examples
    --------
    Shown with four decimals. With e^z instead of e^(-z), the first answer would be 0.3977.

    >>> sigmoid(0.415)
    0.6023
    >>> sigmoid(np.array([-1000.0, -4.0, 0.0, 4.0]))
    array([0.    , 0.018 , 0.5   , 0.982 ])
    """
    # bring z closer if it is far out
    # 1. the power, 2. one divided by one plus the power
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_sigmoid"}
check("sigmoid")

# %% [markdown]
# **Put it to work.** Here is your own curve, with both days of the umbrella on it. With
# the bias −2, their weighted sums were −0.5 and 0.9.

# %%
if ready("sigmoid"):
    z_values = np.linspace(-6, 6, 121)
    days = {"day 1": (-0.5, sigmoid(-0.5)), "day 2": (0.9, sigmoid(0.9))}
    labels = ("weighted sum z", "output a, from 0 to 1")
    display(curves(z_values, {"sigmoid": sigmoid(z_values)}, labels, "Your sigmoid, and two days", days))

# %% [markdown]
# Your curve is the soft S from before. Two diamonds mark the days: day 1 has the output 0.378, so rather no umbrella; day 2
# has 0.711, so rather yes.
#
# **A good place to stop.** Save the notebook and have a rest. When you come back, choose "Run All Cells" from the Run
# menu: your answers are kept.

# %% [markdown]
# ## 5. One neuron
#
# First the weighted sum, then the activation: that is the whole neuron. What do its two kinds of numbers do to the curve?
# Next come nine neurons with one input each. From row to row the *weight* grows, from column to column the *bias*.
#
# **Guess before you look.** Follow a row to the right, where only the bias grows. Which way does the curve move?
#
# * (a) to the left
# * (b) to the right
# * (c) upwards

# %%
x_values = np.linspace(-10, 10, 121)
# for each weight a row of three curves, one for each bias
weights, biases = [0.5, 1, 3], [-3, 0, 3]
grid = [[1 / (1 + np.exp(-(w * x_values + b))) for b in biases] for w in weights]
rows, columns = [f"w = {w}" for w in weights], [f"b = {b}" for b in biases]
labels = ("input x", "output a, from 0 to 1")
display(curve_grid(x_values, grid, rows, columns, labels, "Nine neurons with one input"))

# %% [markdown]
# The picture shows nine curves, all over the same input x from −10 to 10. Along a row they move to the left as the bias
# grows, so (a) was right: with w = 1, the curve passes 0.5 at x = 3, then at x = 0, then at x = −3. With a larger bias the
# neuron needs less input to say yes. Down a column the climb gets steeper, and with w = 3 it is nearly a jump. No curve
# gets higher than 1.
#
# *Change it:* put a minus before the 3 in `weights`. Where the last row climbed, it now falls, and a larger bias moves it
# the other way.

# %% [markdown]
# ### Worked example, and a gap
#
# The lecture's neuron in both steps: its weighted sum is 0.1 × 0.15 + 0.4 = 0.415, its output 0.602286.

# %%
display(neuron_steps([0.1], [0.15], 0.4, activation=True, title="A whole neuron: sum first, then squeeze"))


# %% [markdown]
# On the left is the input 0.1, then its product with the weight, 0.015, then the weighted sum, 0.415, and on the right
# the output, 0.602286. The squeeze comes last, and only once. The bias is already inside the sum.
#
# *The same with a gap.* Two inputs, 2.0 and 1.0, with the weights 0.5 and −0.5, and the bias 1.5. The weighted sum is …,
# the output ….
#
# <details><summary>Answer</summary>1.0 − 0.5 + 1.5 = 2.0. The sigmoid of 2 is 0.8808, as in section 3.</details>

# %% [markdown]
# ### Exercise 3: a neuron
#
# Compute what a neuron sends out: sigmoid(weighted sum). You have written a function for each step. Use both: what the first
# returns goes into the second. If one isn't finished, finish it first.

# %% nbgrader={"grade_id": "neuron_output"}
def neuron_output(x, w, b):
    """Compute what a neuron sends out: the sigmoid of its weighted sum. House rules apply.

    Parameters
    ----------
    x : array of shape (D,)
        The D inputs, at least one, without a unit.
    w : array of shape (D,)
        Their weights, in the same order.
    b : float
        The bias.

    Returns
    -------
    float
        The output, a single number between 0 and 1.

    Raises
    ------
    ValueError
        If x or w isn't one-dimensional, or if they differ in length. The lines for this are already here.

    Examples
    --------
    Shown with four decimals. With the bias added after the sigmoid, the second answer would be
    0.9859.

    >>> neuron_output(np.array([0.1]), np.array([0.15]), 0.4)
    0.6023
    >>> neuron_output(np.array([0.5, 2.0, -1.0]), np.array([1.5, 0.9, 0.5]), 0.1)
    0.8957
    """
    if x.ndim != 1 or x.shape != w.shape:
        raise ValueError("x and w must be two rows of the same length")
    raise NotImplementedError("Replace this line with your answer.")


# %% nbgrader={"grade_id": "check_neuron_output"}
check("neuron_output")

# %% [markdown]
# ## 6. Your neuron decides
#
# The next cell asks your neuron about *every* pair of sky and forecast and draws its answers as a map. The weights are 3
# and 9 and the bias is −6: three times the numbers of exercise 1 (1, 3 and −2), which makes the neuron more decided.
#
# **Guess before you look.** Where on the map is the border between no and yes, an output of 0.5?
#
# * (a) on a circle
# * (b) on an S, like the sigmoid
# * (c) on a straight line

# %%
if ready("neuron_output"):
    days = {"day 1": (0.9, 0.2), "day 2": (0.2, 0.9)}

    def umbrella(day):
        return neuron_output(np.array(day), np.array([3.0, 9.0]), -6.0)

    for day in days:
        print(day, "has the output", round(umbrella(days[day]), 3))
    facts = ["sky: how grey?", "forecast: how much rain?"]
    display(decision_map(umbrella, days, facts, "Take the umbrella?"))

# %% [markdown]
# The map has the sky along the bottom and the forecast upwards. Where it is light, the output is near 1; where it is dark,
# near 0. The white dashed border is straight, so (c) was right. It falls gently to the right, as the forecast
# counts three times as much as the sky. Day 1 is a cross below the border: no, with 0.182. Day 2 is a circle
# above it: yes, with 0.937.
#
# One neuron always draws *one straight line*. For how many problems is that enough? The next lesson begins there.

# %% [markdown]
# ### A decision of your own
#
# Here is something to show around. Should you watch one more episode? The two facts, each from 0 to 1, are how exciting it
# is and how early you must get up. The second has a negative weight: it speaks against.
#
# Now make it *yours*: your question, your facts, your weights, your days. Change anything between the two lines of dashes,
# as often as you like.

# %%
if ready("neuron_output"):
    # ------------------------------------------------------------
    question = "One more episode?"
    facts = ["how exciting is it?", "how early must I get up?"]
    weights = np.array([8.0, -6.0])
    bias = -1.0
    days = {"Monday": (0.7, 0.8), "Friday": (0.6, 0.3), "Sunday": (0.9, 0.6)}
    # ------------------------------------------------------------

    def decide(day):
        return neuron_output(np.array(day), weights, bias)

    for day in days:
        answer = decide(days[day])
        print(f"{day}: {'yes' if answer >= 0.5 else 'no'} ({answer:.2f})")
    display(decision_map(decide, days, facts, question))

# %% [markdown]
# Your map answers for every day there could be: light means yes, dark means no, and the border lies where the neuron can't
# make up its mind. Is there no border? Then your neuron gives the same answer every day: try another bias.

# %% [markdown]
# ### Challenge: think like Kim
#
# Kim noted ten days: how grey the sky was, what the forecast said, and whether Kim took the umbrella. Find two weights and
# a bias with which your neuron agrees on as many days as possible. The numbers below get 7 of 10. Can you beat that? All 10
# can be reached. (Nothing here is graded.)

# %%
if ready("neuron_output"):
    kim_weights, kim_bias = np.array([3.0, 9.0]), -6.0  # change these three numbers

    days = {"1": (0.1, 0.1), "2": (0.2, 0.7), "3": (0.9, 0.2), "4": (0.5, 0.4), "5": (0.7, 0.6)}
    days |= {"6": (0.8, 0.9), "7": (0.3, 0.9), "8": (0.95, 0.45), "9": (0.4, 0.2), "10": (0.1, 0.85)}
    took_it = [False, False, True, False, True, True, True, True, False, False]

    def like_kim(day):
        return neuron_output(np.array(day), kim_weights, kim_bias)

    answers = [like_kim(day) >= 0.5 for day in days.values()]
    agreed = np.sum(np.array(answers) == np.array(took_it))
    print("The neuron agrees with Kim on", agreed, "of 10 days.")
    facts = ["sky: how grey?", "forecast: how much rain?"]
    display(decision_map(like_kim, days, facts, "What did Kim do?", took_it))

# %% [markdown]
# On the map a circle is a day on which Kim took the umbrella, a cross one on which Kim didn't. Circles should lie on the
# light side and crosses on the dark one. You have just searched for weights by hand, from examples. In week 2 a
# program does this for you.

# %% [markdown]
# ## 7. Where it breaks
#
# The sigmoid answers to small changes: that was the reason for its slope.
#
# **Guess before you look.** The weighted sum rises by 1 three times: from 0 to 1, from 5 to 6, and from 20 to 21. How much
# does the output rise?
#
# * (a) by the same amount each time
# * (b) by less and less
# * (c) by more and more

# %%
for low in [0, 5, 20]:
    before, after = 1 / (1 + np.exp(-low)), 1 / (1 + np.exp(-(low + 1)))
    print(f"from {low:2} to {low + 1:2}: the output rises by {after - before:.10f}")  # with 10 decimals

# %% [markdown]
# From 0 to 1 the output rises by 0.23, from 5 to 6 by 0.004, from 20 to 21 by 0.000000001, so (b) was right. The neuron
# is so sure of itself that nothing it hears makes a difference any more. It is **saturated**.
#
# That is bad for learning, which lives on small changes. Very large weights and very large inputs drive a neuron out
# there. It is one reason why inputs are brought to a similar size first, and why later lessons use other activations.

# %% [markdown]
# ## 8. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. A neuron has 4 inputs. How many weights does it have, and how many biases?</summary>4 weights, one for each input, and 1 bias.</details>
#
# <details><summary>2. What are the two steps of a neuron, in order?</summary>First the weighted sum, with the bias in it; then the activation.</details>
#
# <details><summary>3. What does the sigmoid give for 0, and what can it never give?</summary>It gives 0.5. On paper it never quite reaches 0 or 1, and it never leaves the range
# between them.</details>
#
# <details><summary>4. What do the weight and the bias do to the curve?</summary>A larger weight makes it steeper. A larger bias moves it to the left, if the weight is
# positive.</details>
#
# <details><summary>5. What does the sigmoid have that the threshold doesn't?</summary>A slope: a small change of the sum shows in the output. Far from zero, that is lost.</details>

# %% [markdown]
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu. It forgets everything and runs the notebook from the
# top, as the grader will. Do all three panels still say "passed"? Then save the notebook, and hand it in under the name
# it has.

# %% [markdown]
# ### What was left out
#
# Who finds the weights? Here they were given, or you searched by hand. Finding them from examples, *learning*, is the
# subject of week 2. And a single neuron isn't a network yet: the next lesson, `forward_propagation`, joins many.
#
# ### Where the lecture notes simplify or slip
#
# * The notes write the sigmoid and **stop there**. A program has to mind the overflow, too.
# * The notes **round** the output to 0.6023. A program keeps all the digits, 0.602285…, and rounds only what it
#   shows.
# * The notes call both the neuron's output and the function its **activation**, as most people do. The sentence shows
#   which is meant.
