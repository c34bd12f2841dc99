# Made by `autograder build` from the lesson; fill in the functions and hand in this file or the notebook.

# %% [markdown]
# # Welcome: what deep learning does, and the cell it started from
#
# **The question.** What can deep learning do that an ordinary program can't, and where does its smallest part, the
# neuron, come from?
#
# **Time.** About 30 minutes, without the challenge. There is a good place to stop after the first exercise.
#
# **You need** a little Python: numbers, texts, lists and a `for` loop. No mathematics, and no networks yet. At the end,
# part of a network looks at a drawing of yours.

# %% [markdown]
# ## The four weeks
#
# | week | the question | what you do |
# |---|---|---|
# | 1 | What does a network compute? | You write a neuron, then a network. With numbers that we give it, it reads handwriting. |
# | 2 | Who finds these numbers? | You write the learning: your network finds them by itself. |
# | 3 | How do professionals do it? | You build the same networks in a few lines of Keras and predict real data. |
# | 4 | What else is there? | You build networks for pictures and for sequences, and some that learn without being given answers. |
#
# This week has three lessons: `welcome` (this one), `artificial_neuron` and `forward_propagation`. They follow the lecture
# of IBM's course *Introduction to Deep Learning & Neural Networks with Keras*; when we say "the lecture", we mean that one.

# %% [markdown]
# ## 1. How these notebooks work
#
# A notebook is made of **cells**. Some hold text, like this one; others hold Python code. To run a cell, click on it
# and press Shift and Enter together. What it prints or draws appears below it, and the next cell gets its turn. To the
# left of a code cell you see `[*]` while it is running, and a number once it has run.
#
# Run the next cell first: it loads what the others need and prints nothing.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.drawing import nerve_cell, network_diagram, small_drawings
except ImportError:
    raise ImportError(
        "This notebook needs the course's package: "
        "pip install the wheel intro_dl_kit-....whl that came with it. "
        "(The package `autograder` on the public index is someone else's.)"
    ) from None
from IPython.display import display

same_version("0.1.0")

# %% [markdown]
# Now go on from top to bottom, and run every cell. You will meet five kinds:
#
# * **text**, to read;
# * **demos**, which you only run; you needn't understand every line of their code. Often there is something to change
#   and to run again;
# * **exercise cells**, in which you write your answer;
# * **check cells**, with one line such as `check("quiz_neuron")`: run them, and leave them as they are;
# * **questions**, whose answers unfold when you click on the small triangle.
#
# Before some demos you find a question with three answers. Choose one *before* you run the cell. Guessing wrong and
# seeing why is the quickest way to learn.

# %% [markdown]
# ### What a notebook remembers
#
# The cell below starts with 3 apples and adds one, twice. Python remembers: the second time it starts from the 4 that is
# there.

# %%
apples = 3
for time in ["first time: ", "second time:"]:
    apples = apples + 1
    print(time, apples)

# %% [markdown]
# A notebook remembers in the same way, from cell to cell. What one cell has defined is known to every cell that you run
# afterwards, even if you have changed or deleted that cell since. When something seems odd, choose "Restart Kernel and
# Run All Cells…" from the Kernel menu. (The *kernel* is the Python behind the notebook. A new one remembers nothing.)
#
# *Change it:* let `apples` be 10, and run the cell again. It ends at 12.

# %% [markdown]
# ## 2. Rules, or examples?
#
# A computer does what its program says, rule by rule. For adding up prices that is perfect. But by what rule could it see
# that a picture shows the digit 1?
#
# Here is a picture of 5 by 5 points, written as 5 lines; `#` is a dark point. Our rule: *if all 5 points of the
# middle column are dark, it is a 1.* We try it on two pictures. In the second, the same 1 has moved by one point to the right.

# %%
in_the_middle = ["..#..", "..#..", "..#..", "..#..", "..#.."]
moved = ["...#.", "...#.", "...#.", "...#.", "...#."]
for picture in [in_the_middle, moved]:
    dark = 0
    for line in picture:
        if line[2] == "#":  # Python counts from 0: 2 is the middle one of five
            dark = dark + 1
    print("dark points in the middle column:", dark)
display(small_drawings({"in the middle": in_the_middle, "moved": moved}))

# %% [markdown]
# Both drawings show an upright stroke. In the first, the rule finds 5 dark points, in the second none. For us hardly
# anything has changed; for the rule, everything.
#
# We could add a rule for ones further right, for slanted ones, thick ones, small ones. The list never ends. So people
# found another way: **learning from examples**. We show a program many pictures, each with the right answer, and let it
# adjust its own numbers until its answers are right.
#
# *Change it:* draw a 7 in `moved`. What does the rule find?

# %% [markdown]
# ### Layers
#
# **Deep learning** does this with many small units, the **neurons**, arranged in **layers**, one behind another. *Deep*
# means: many layers.

# %%
layers = ["input layer", "hidden layer", "hidden layer", "output layer"]
display(network_diagram([5, 4, 4, 2], columns=layers, title="A small network"))


# %% [markdown]
# The picture shows four columns of circles, each joined to all circles of the next by arrows. The first column, the
# **input layer**, receives what goes in, such as the points of a picture, one number in each circle. The last, the **output
# layer**, gives the answer: perhaps one number for "it is a 1" and one for "it is a 7". The layers between them are called
# **hidden**.
#
# *Change it:* let the first layer have 7 circles, and the second 3.

# %% [markdown]
# ## 3. Two kinds of networks
#
# Two kinds of networks will come back again and again, one for pictures and one for sequences.
#
# ### For pictures
#
# Back to the 1. This time we take a small window of 3 points, one above the other, and slide it over the picture, place
# by place. We count the places where all 3 points are dark. The 1 in the middle has 3 of them: the window fits at the top,
# one line lower, and at the bottom.
#
# **Guess before you look.** How many such places does the 1 have that was moved?
#
# * (a) 3
# * (b) 1
# * (c) 0

# %%
def places(picture, pattern):
    """The places where a picture looks exactly like the pattern: line and column of the middle."""
    height, width = len(pattern), len(pattern[0])
    found = []
    for top in range(len(picture) - height + 1):
        for left in range(len(picture[0]) - width + 1):
            window = [line[left : left + width] for line in picture[top : top + height]]
            if window == pattern:
                found.append((top + height // 2, left + width // 2))
    return found


for picture in [["..#..", "..#..", "..#..", "..#..", "..#.."], ["...#.", "...#.", "...#.", "...#.", "...#."]]:
    print("places:", len(places(picture, ["#", "#", "#"])))

# %% [markdown]
# There are 3 places in both drawings, so (a) was right. If you search everywhere, it doesn't matter where the 1 is. The
# rule of section 2 looked in one place only.
#
# That is the idea of a **convolutional neural network**, **CNN** for short. It slides small windows over the whole picture
# and searches for the same small patterns everywhere. We chose our pattern ourselves; a real CNN *learns* its patterns,
# many of them, from examples.

# %% [markdown]
# ### For sequences
#
# Words, sounds, the strokes of a pen, the temperatures of a week: here one item comes after another. We call that a
# **sequence**. How could a program read one? Perhaps it is enough to count the words. `split` cuts a text into a list of
# its words, `sorted` puts them into alphabetical order.
#
# **Guess before you look.** The dog bites the man; the man bites the dog. Can you tell these two sentences apart by their
# sorted words?
#
# * (a) yes, because they mean different things
# * (b) yes, because "dog" comes earlier in one of them
# * (c) no

# %%
for sentence in ["the dog bites the man", "the man bites the dog"]:
    print(sorted(sentence.split()))

# %% [markdown]
# Both lists hold the same 5 words, so (c) was right. What a sentence means lies in the *order* of its words, and counting
# throws the order away.
#
# A **recurrent neural network**, **RNN** for short, keeps it. It reads a sequence item by item and carries along a memory
# of what came before.

# %% [markdown]
# ## 4. What they are used for
#
# | application | what goes in | what comes out | known from |
# |---|---|---|---|
# | colour restoration | an old photograph in grey | the same photograph in likely colours | Waseda University, Tokyo, 2016 |
# | speech enactment | the sound of someone speaking | how the mouth moves, moment after moment | University of Washington, 2017 |
# | handwriting generation | a text | the path of a pen that writes it, stroke after stroke | Alex Graves, Toronto, 2013 |
# | image translation | a photo of a sign in a foreign language | the photo with the words in your language: they must be found in it first | the camera of Google Translate, 2015 |
# | object classification | a photo | what is on it, such as "cat" | Krizhevsky, Sutskever and Hinton, Toronto, 2012: 1,000 kinds of things |
# | sequence prediction | the sales of past months | the sales of the next month | used daily, for sales as for electricity |
#
# There are many more. At MIT, in 2016, a system watched a silent film of a drumstick that hits and scratches things, and
# made up the sound. A car first steered itself by a small network in 1989, at Carnegie Mellon University: the network looked
# at a road of 30 by 32 points.

# %% [markdown]
# ### CNN or RNN?
#
# For each application, ask: is there *a picture* in which something must be seen, wherever it is? Or does something come
# *one after another*, so that what came before matters?
#
# *A worked example.* Finding a broken bone in an X-ray image: that is a picture, and the break may be anywhere. It is work
# for a CNN.
#
# **Practice.** Decide, then unfold your answer.
#
# A car steers itself. A picture of the road goes in; out comes how far to turn the wheel.
#
# <details><summary>CNN</summary>Yes. The edge of the road must be seen in the picture, wherever it runs. In 2016 engineers at NVIDIA let a CNN steer
# a car.</details>
# <details><summary>RNN</summary>Not here. What goes in is a single picture, and in it nothing comes before or after.</details>

# %% [markdown]
# A phone suggests the next word while you type.
#
# <details><summary>CNN</summary>Not here. There is no picture, and the words before matter in their order.</details>
# <details><summary>RNN</summary>Yes. The words come one after another, and the suggestion depends on those before.</details>

# %% [markdown]
# ### Exercise 1: six applications
#
# Which kind of network suits each of the six in the table? In the cell below, a *dictionary* pairs each application, left
# of the colon, with an answer, right of it. The answers are still empty: `""`. Write CNN or RNN between the two quotes, in
# all six lines. For the broken bone the line would be `"broken bone": "CNN",` (quotes, colon and comma stay as they are).
# Then run the cell.
#
# The next cell, with `check`, only says whether the quiz is filled in. You will see which answers are right, and why the
# others aren't, when it is graded.

# %% nbgrader={"grade_id": "quiz_applications"}
# Which kind of network suits each application: CNN or RNN? Write one of the two between the quotes.
# Each right answer earns its share of the points. Small letters will do.
applications = {
    "colour restoration": "",
    "speech enactment": "",
    "handwriting generation": "",
    "image translation": "",
    "object classification": "",
    "sequence prediction": "",
}

# %% nbgrader={"grade_id": "check_quiz_applications"}
check("quiz_applications")

# %% [markdown]
# **Look them through.** The next cell sorts your own answers.

# %%
if ready("quiz_applications"):
    for kind in ["CNN", "RNN"]:
        print(kind)
        for application in applications:
            if applications[application].strip().upper() == kind:
                print("   ", application)

# %% [markdown]
# Does each application in the first list have a picture in which something must be seen? Does each in the second have
# items that come one after another? If one doesn't fit, change your answer and run the three cells again.
#
# **A good place to stop.** Save the notebook and have a rest. When you come back, choose "Run All Cells" from the Run
# menu: your answers are kept.

# %% [markdown]
# ## 5. A nerve cell, and what was copied from it
#
# Around 1890 the Spanish doctor Santiago Ramón y Cajal looked at slices of brain through his microscope and drew what
# he saw: single cells with long branches that almost touch each other. A cell of this kind is called a nerve cell, or
# **neuron**. In 1906 he shared the Nobel Prize for this work.
#
# A neuron has four parts:
#
# 1. The **dendrites** are short, branched fibres. Here signals from other cells arrive, from thousands of them.
# 2. The **soma** is the body of the cell. It gathers all that has arrived. Is it enough? Then the cell sends a signal of
#    its own.
# 3. The **axon** is one long fibre that leads this signal away. It can be a metre long.
# 4. The **terminal buttons** are the ends of the axon's branches. Each lies close to a dendrite of *another* cell and
#    passes the signal on to it.
#
# So a signal runs in one direction only: in at the dendrites, through the soma, out along the axon.

# %%
display(nerve_cell())

# %% [markdown]
# On the left you see the nerve cell: around the soma (2) are 6 dendrites (1), branched like trees; to the right runs the long
# axon (3), and at its ends lie 4 terminal buttons (4).
#
# On the right is the **artificial neuron**, a simplified copy that works with numbers. Parts that do the same have the same
# number and colour. Numbers come in along the arrows: x1, x2 and x3. On its way, each is multiplied by a number of its own,
# its **weight**: w1, w2 or w3. The circle does two things. Its left half, marked with the sum sign Σ, adds everything up:
# this is the **weighted sum**. Its right half, marked with a curve, squeezes the sum to between 0 and 1: this is the
# **activation**. One number goes out, to all neurons further on.
#
# In the nerve cell, too, some contacts pass a signal on strongly and others weakly. That is what the weights copy. They belong
# to the contacts between cells, not to the body of a cell. To learn means to change them.

# %% [markdown]
# **Practice.** An axon is cut in the middle. What no longer works? Decide, then unfold your answer.
#
# <details><summary>(a) Signals no longer arrive at this cell.</summary>They still do: they come in at its dendrites, which are whole.</details>
# <details><summary>(b) The soma no longer gathers them.</summary>It still does: all that it needs comes from the dendrites.</details>
# <details><summary>(c) The next cells no longer hear from it.</summary>Yes. The cell still sends its signal, but it ends at the cut.</details>

# %% [markdown]
# ### Exercise 2: the parts of a neuron
#
# What does each part of the nerve cell correspond to in the artificial neuron? Compare the numbers in the picture.
# Copy one of these four texts between each pair of quotes; each is used once:
#
# * inputs
# * weighted sum and activation
# * output
# * connections to the next neurons

# %% nbgrader={"grade_id": "quiz_neuron"}
# What in the artificial neuron does each part of the nerve cell correspond to? Choose from:
# inputs / weighted sum and activation / output / connections to the next neurons
# Each right answer earns its share of the points. Capital letters will do.
neuron_parts = {
    "soma": "",
    "dendrites": "",
    "axon": "",
    "terminal buttons": "",
}

# %% nbgrader={"grade_id": "check_quiz_neuron"}
check("quiz_neuron")

# %% [markdown]
# **Look them through.** Here are your answers in the order in which a signal passes the parts.

# %%
if ready("quiz_neuron"):
    for part in ["dendrites", "soma", "axon", "terminal buttons"]:
        print(f"{part:16} → {neuron_parts[part]}")

# %% [markdown]
# Read the four lines from top to bottom. Do they tell how a number goes through an artificial neuron: what comes first, what is
# done to it, and where it goes?

# %% [markdown]
# ## 6. Where the likeness ends
#
# A nerve cell doesn't send numbers. It sends **pulses**, short electrical beats. In the simplest model of a cell, whatever
# arrives is collected; when there is enough, the cell sends a pulse and starts again from nothing. Below, each `|` is a pulse,
# and time runs from left to right.
#
# **Guess before you look.** More arrives at the cell. What happens to its pulses?
#
# * (a) each one gets larger
# * (b) they come more often
# * (c) each one lasts longer

# %%
for arriving in [1, 2, 4]:
    collected, signal = 0, ""
    for _ in range(36):
        collected = collected + arriving
        if collected >= 12:
            signal, collected = signal + "|", 0
        else:
            signal = signal + " "
    print(arriving, "arrives at each moment:", signal)

# %% [markdown]
# The three lines have 3, 6 and 12 pulses, and all look alike, so (b) was right. A pulse is there or not, and only
# their number per second says how much has arrived. The artificial neuron has no pulses and no time. It sends a
# single number, such as 0.6, which you may read as "how often".
#
# So it copies one thing: it weighs, adds up and passes on. A real cell can do far more. In 2021 researchers needed a
# network of at least 5 layers to imitate a single cell of the brain's cortex. Networks are useful because they learn,
# not because they are brains.

# %% [markdown]
# ## 7. A window over your own drawing
#
# Now both halves of this lesson meet. In a CNN, an artificial neuron looks through each window: its inputs are the points in
# the window, its weights are the pattern, and it answers where the pattern is found. Draw something of your own on 7 by 7
# points instead of our house, such as the first letter of your name, and see what three such neurons see.

# %%
drawing = [
    "...#...",
    "..#.#..",
    ".#...#.",
    "#######",
    ".#...#.",
    ".#...#.",
    ".#####.",
]
patterns = {"upright strokes": ["#", "#", "#"], "level strokes": ["###"], "slanted strokes": ["..#", ".#.", "#.."]}
seen = {"your drawing": drawing}
for name, pattern in patterns.items():
    found = places(drawing, pattern)
    lines = range(len(drawing))
    seen[name] = ["".join("#" if (i, j) in found else "." for j in range(len(drawing[0]))) for i in lines]
    print(name, "found:", len(found))
display(small_drawings(seen))

# %% [markdown]
# On the left is the drawing. Each of the other three pictures is dark wherever its own pattern was found, and empty elsewhere.
# They are called **feature maps**. The next layer of a CNN looks at such maps instead of the drawing, and finds larger
# things in them, such as a corner or a loop.
#
# *Change it:* half of the roof of our house is in none of the maps. Which pattern would find it?

# %% [markdown]
# ### Challenge: a pattern for the 1
#
# Here are three 1s and three 7s. Choose a pattern, of any height and width, that is found in the 1s and not in the 7s. In a
# pattern, `.` is a light point. The upright stroke gets 4 of 6 right. Can you beat that? All 6 can be reached. (Nothing here
# is graded.)

# %%
pattern = ["#", "#", "#"]  # change it: a list of lines, all equally long

ones = [[".#...", ".#...", ".#...", ".#...", ".#..."], ["..#..", "..#..", "..#..", "..#..", "..#.."]]
ones.append(["...#.", "...#.", "...#.", "...#.", "...#."])
sevens = [["####.", "...#.", "...#.", "...#.", "...#."], ["#####", "...#.", "..#..", ".#...", "#...."]]
sevens.append(["####.", "...#.", "...#.", "..#..", "..#.."])

right = 0
for picture in ones:
    right = right + (len(places(picture, pattern)) > 0)
for picture in sevens:
    right = right + (len(places(picture, pattern)) == 0)
print("right:", right, "of 6")

# %% [markdown]
# You have just done by hand, for six pictures, what a CNN learns from thousands.

# %% [markdown]
# ## 8. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. Why not write a rule for every picture?</summary>The list of rules would never end: each shift, slant or thickness needs another
# one. A network learns from examples.</details>
#
# <details><summary>2. What are the first and the last layer of a network called, and what do they do?</summary>The input layer receives what goes in; the output layer gives the
# answer.</details>
#
# <details><summary>3. What does an RNN keep that counting words throws away?</summary>The order. It reads one item after another and remembers what came
# before.</details>
#
# <details><summary>4. Where does a signal enter a nerve cell, and where does it leave?</summary>It enters at the dendrites. It leaves along the axon, and its terminal
# buttons pass it on.</details>
#
# <details><summary>5. What do the weights belong to?</summary>To the contacts between neurons: each says how strongly a signal is passed on there.</details>

# %% [markdown]
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu. It forgets everything and runs the notebook from the
# top, as the grader will. Do both panels say "filled in"? Then save the notebook, and hand it in under the name it has.

# %% [markdown]
# ### What was left out
#
# The next lesson, `artificial_neuron`, shows how a weighted sum is worked out and what the activation looks like. How CNNs
# and RNNs are built follows in week 4. Many systems for language today are of a third kind, *transformers*, which
# this course leaves out.
#
# ### Where the lecture notes simplify or slip
#
# * The notes give each application **one kind of network**. Real systems often join several: the one that made up sounds for
#   silent films saw with a CNN and wrote its sounds with an RNN.
# * The notes say that an artificial neuron **works like** a nerve cell. Section 6 shows how loose the likeness is.
