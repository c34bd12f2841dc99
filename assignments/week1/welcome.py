# Made by `autograder build` from the lesson; fill in the functions and hand in this file or the notebook.

# %% [markdown]
# # Welcome: what deep learning does, and the cell it started from
#
# **The question.** What can deep learning do that an ordinary program cannot, and where does its smallest part, the
# neuron, come from?
#
# **Time.** About 40 minutes. There is a good place to stop after the first exercise.
#
# **You need** a little Python: numbers, texts, lists and a `for` loop. No mathematics, and no networks yet.
#
# **The lessons of this week, in their order:** `welcome` (this one), `artificial_neuron`, `forward_propagation`.
#
# **Contents**
#
# 1. How these notebooks work
# 2. A rule that breaks
# 3. Two kinds of networks
# 4. What they are used for
# 5. A nerve cell, and what was copied from it
# 6. Where the likeness ends
# 7. Recap

# %% [markdown]
# ## 1. How these notebooks work
#
# A notebook is made of **cells**. Some hold text, like this one; others hold Python code. To run a cell, click on it
# and press Shift and Enter together. What it prints or draws appears below it, and the next cell gets its turn. To the
# left of a code cell stands `[*]` while it is running, and a number when it has run.
#
# Run the next cell first: it loads what the others need, and prints nothing.

# %%
try:
    from autograder import check, ready, same_version
    from autograder.drawing import nerve_cell, small_drawings
except ImportError:
    raise ImportError(
        "This notebook needs the course's package: "
        "pip install the wheel intro_dl_kit-....whl that came with it. "
        "(The package `autograder` on the public index is someone else's.)"
    ) from None
from IPython.display import display

same_version("0.1.0")

# %% [markdown]
# Now run all cells in their order, from top to bottom. You will meet five kinds:
#
# * **text**, to read;
# * **demos**, which you only run; you need not understand every line of their code. Often there is something to change
#   and to run again;
# * **exercise cells**, in which you write your answer;
# * **check cells**, with one line such as `check("quiz_neuron")`: run them, and leave them as they are;
# * **questions**, whose answers unfold when you click on the small triangle.
#
# Before most demos there is a question with three answers. Choose one *before* you run the cell. To guess wrong and
# see why is the quickest way to learn.

# %% [markdown]
# ### What a notebook remembers
#
# Let us try it. The cell below starts with 3 apples and adds one, two times.
#
# **Guess before you look.** What is printed last?
#
# * (a) 4, since 3 and 1 is 4
# * (b) 5
# * (c) 3, since the first line says so

# %%
apples = 3
for time in ["first time: ", "second time:"]:
    apples = apples + 1
    print(time, apples)

# %% [markdown]
# The last line says 5, so (b) was right. Python remembers: the second time it starts from the 4 that is there.
#
# A notebook remembers in the same way, from cell to cell. What a cell has defined is known to every cell that you run
# afterwards, even if you have changed or deleted that cell since. When something seems odd, choose "Restart Kernel and
# Run All Cells…" from the Kernel menu. (The *kernel* is the Python behind the notebook. A new one remembers nothing.)
#
# *Change it:* let `apples` be 10, and run the cell again.

# %% [markdown]
# ## 2. A rule that breaks
#
# A computer does what its program says, rule by rule. For adding up prices that is perfect. But which rule finds out
# that a picture shows the digit 1?
#
# Here is a picture of 5 by 5 points, written as 5 lines; `#` is a dark point. Our rule: *if all 5 points of the
# middle column are dark, it is a 1.*
#
# **Guess before you look.** The same 1 is moved by one point to the right. How many dark points does the rule find
# then?
#
# * (a) still 5
# * (b) 4
# * (c) none

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
# The picture shows both drawings side by side, an upright stroke in each. The rule finds 5 dark points in the first
# and 0 in the second, so (c) was right. For us nothing has changed, for the rule everything has.
#
# We could add a rule for ones further right, for slanted ones, thick ones, small ones. The list never ends. This is
# the reason for another way: **learning from examples**. We show a program many pictures, each with the right answer,
# and let it adjust its own numbers until its answers are right. **Deep learning** does this with many small units,
# the **neurons**, that are arranged in several **layers**, one behind another. *Deep* means: many layers.
#
# *Change it:* draw a 7 in `moved`. What does the rule find?

# %% [markdown]
# ## 3. Two kinds of networks
#
# Neurons that work together are a **network**. Two kinds of networks will come back again and again.
#
# ### For pictures: look at small patches, everywhere
#
# A **convolutional neural network**, **CNN** for short, looks at a picture through a small window, and slides it over
# the whole picture. In every place it searches for the same small pattern.
#
# Let the pattern be an upright stroke of 3 dark points. In the 1 in the middle it is found 3 times: at the top, one
# line lower, and at the bottom.
#
# **Guess before you look.** How often is it found in the 1 that was moved?
#
# * (a) 0 times, like the rule above
# * (b) once
# * (c) 3 times as well

# %%
for picture in [in_the_middle, moved]:
    found = 0
    for column in [0, 1, 2, 3, 4]:
        for top in [0, 1, 2]:
            points = picture[top][column] + picture[top + 1][column] + picture[top + 2][column]
            if points == "###":
                found = found + 1
    print("strokes found:", found)

# %% [markdown]
# The stroke is found 3 times in both drawings: (c) was right. Who searches everywhere does not care where the 1
# stands. In section 2 the rule looked in one place only.
#
# Here we chose the pattern. A real CNN *learns* its patterns, many of them, from examples.

# %% [markdown]
# ### For sequences: read in order, and remember
#
# Words, sounds, the strokes of a pen, the temperatures of a week: here one item comes after another. That is a
# **sequence**. A **recurrent neural network**, **RNN** for short, reads it item by item and keeps a memory of what
# came before.
#
# Could one not simply count the words? `split` cuts a text into a list of its words, `sorted` puts them into the order
# of the alphabet.
#
# **Guess before you look.** Can one tell these two sentences apart by their sorted words?
#
# * (a) yes, they mean different things
# * (b) yes, by the word "bites"
# * (c) no

# %%
for sentence in ["the dog bites the man", "the man bites the dog"]:
    print(sorted(sentence.split()))

# %% [markdown]
# Both lists are the same 5 words, so (c) was right. What the sentences mean lies in their *order*, and counting
# throws the order away. An RNN keeps it, as it has read the beginning when it comes to the end.

# %% [markdown]
# ## 4. What they are used for
#
# | application | what goes in | what comes out |
# |---|---|---|
# | colour restoration | an old photograph in grey | the same photograph in likely colours |
# | speech enactment | the sound of someone speaking | how the mouth moves, moment after moment |
# | handwriting generation | a text | the path of a pen that writes it, stroke after stroke |
# | image translation | a photo of a sign in a foreign language | the photo with the words in your language: they must be found in it first |
# | object classification | a photo | what is on it, such as "cat" |
# | sequence prediction | the sales of past months | the sales of the next month |
#
# For each, ask: is there *a picture* in which something must be seen, wherever it stands? Or does something come *one
# after another*, so that what came before matters?
#
# *Two worked examples.* Finding a broken bone in an X-ray image: a picture, and the break may be anywhere. That is work
# for a CNN. Suggesting the next word while you type: the words come one after another. That is work for an RNN.

# %% [markdown]
# ### Exercise 1: CNN or RNN?
#
# Which kind of network suits each of the six? In the cell below, a *dictionary* pairs each application, left of the
# colon, with an answer, right of it. The answers are still empty: `""`. Write CNN or RNN between the two quotes, in
# all six lines. For the broken bone the line would be `"broken bone": "CNN",` (quotes, colon and comma stay as they are).
# Then run the cell.
#
# The next cell, with `check`, says whether each line has one of the two words. It cannot say whether they are right:
# that you learn when your work is graded.

# %% nbgrader={"grade_id": "quiz_applications"}
# Which kind of network suits each application: CNN or RNN? Write one of the two between the quotes.
# Each right answer earns its share of the points. Small letters will do; blanks do not matter.
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
# **What it is good for.** The next cell sorts your own answers, so that you can look them through.

# %%
if ready("quiz_applications"):
    for kind in ["CNN", "RNN"]:
        print(kind)
        for application in applications:
            if applications[application].strip().upper() == kind:
                print("   ", application)

# %% [markdown]
# Two lists should appear. Does each application in the first have a picture in which something must be seen? Does each
# in the second have items that come one after another? If one does not fit, change your answer, and run the three
# cells again.
#
# **A good place to stop.** Save the notebook and have a rest. When you come back, choose "Run All Cells" from the Run
# menu: your answers are kept.

# %% [markdown]
# ## 5. A nerve cell, and what was copied from it
#
# Around 1890 the Spanish doctor Santiago Ramón y Cajal looked at slices of brain through his microscope, and drew what
# he saw: single cells with long branches, which almost touch each other. A cell of this kind is called a nerve cell, or
# **neuron**. In 1906 he received the Nobel Prize for it.
#
# A neuron has four parts:
#
# 1. The **dendrites** are short, branched fibres. Here signals from other cells arrive, from thousands of them.
# 2. The **soma** is the body of the cell. All that has arrived is gathered there. Is it enough? Then the cell sends
#    a signal of its own.
# 3. The **axon** is one long fibre, which leads this signal away. It can be a metre long.
# 4. The **terminal buttons** are the ends of the axon's branches. Each lies close to a dendrite of *another* cell and
#    passes the signal on to it.

# %% [markdown]
# **Guess before you look.** Which way does a signal run through the cell?
#
# * (a) in at the axon, out at the dendrites
# * (b) in at the dendrites, through the soma, out along the axon
# * (c) both ways, as in a wire

# %%
display(nerve_cell())

# %% [markdown]
# The picture shows a nerve cell on the left. Around the soma (2) stand 6 dendrites (1), branched like trees; to the
# right runs the long axon (3), and at its ends lie 4 terminal buttons (4). A signal runs from left to right. So (b)
# was right, and it runs in this direction only.
#
# On the right stands the **artificial neuron**, a simplified copy that works with numbers. Parts that do the same have
# the same number and colour. Numbers come in along several arrows. In the circle they are added up, each as heavily as
# it counts; this is the **weighted sum**. Then the sum is squeezed to between 0 and 1, by the **activation**. One
# number goes out, to all neurons further on.
#
# How strongly a signal is passed on differs from contact to contact. In the artificial neuron these strengths are
# numbers, the **weights**. They belong to the contacts between cells, and not to the body of a cell. To learn means to
# change them.

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
# Each right answer earns its share of the points. Capital letters and blanks around do not matter.
neuron_parts = {
    "soma": "",
    "dendrites": "",
    "axon": "",
    "terminal buttons": "",
}

# %% nbgrader={"grade_id": "check_quiz_neuron"}
check("quiz_neuron")

# %% [markdown]
# **What it is good for.** Your answers in the order in which a signal passes the parts:

# %%
if ready("quiz_neuron"):
    for part in ["dendrites", "soma", "axon", "terminal buttons"]:
        print(f"{part:16} -> {neuron_parts[part]}")

# %% [markdown]
# Read the four lines from top to bottom. With right answers they tell how a number goes through an artificial neuron:
# what comes first, what is done to it, and where it goes.

# %% [markdown]
# ## 6. Where the likeness ends
#
# A nerve cell does not send numbers. It sends **pulses**, short electrical beats. Below, each `|` is a pulse, and time
# runs from left to right.
#
# **Guess before you look.** More signals arrive at the cell. What happens to its pulses?
#
# * (a) each one gets larger
# * (b) they come more often
# * (c) each one lasts longer

# %%
for arriving, pulses in [("little", "|           " * 3), ("more  ", "|     " * 6), ("much  ", "|  " * 12)]:
    print(arriving, "arrives:", pulses)

# %% [markdown]
# In the three lines there are 3, 6 and 12 pulses, and all look alike: (b) was right. A pulse is there or not, and only
# their number per second tells how much has arrived. The artificial neuron has no pulses and no time. It sends a
# single number, such as 0.6, that you may read as "how often".
#
# So it is a copy in one respect, and no more: it weighs, adds up and passes on. A real cell can do far more. In 2021
# researchers needed a network of at least 5 layers to imitate a single cell of the brain's cortex. Networks are useful
# because they learn, not because they are brains.

# %% [markdown]
# ## 7. Recap
#
# Answer for yourself, then unfold.
#
# <details><summary>1. Why not write a rule for every picture?</summary>The list of rules would never end: each shift, slant or thickness needs a further
# one. A network learns from examples.</details>
#
# <details><summary>2. What does a CNN do in every place of a picture?</summary>It searches for the same small patterns. So it does not matter where something
# stands.</details>
#
# <details><summary>3. What does an RNN have that counting words has not?</summary>The order. It reads one item after another and remembers what came
# before.</details>
#
# <details><summary>4. Where does a signal enter a nerve cell, and where does it leave?</summary>It enters at the dendrites. It leaves along the axon, and its terminal
# buttons pass it on.</details>
#
# <details><summary>5. To what do the weights belong?</summary>To the contacts between neurons: each tells how strongly a signal is passed on there.</details>

# %% [markdown]
# ### Before you hand it in
#
# Choose "Restart Kernel and Run All Cells…" from the Kernel menu. It forgets everything and runs the notebook from the
# top, as the grader will. Do both panels say "filled in"? Then save the notebook, and hand it in under the name it has.

# %% [markdown]
# ### What was left out
#
# How a weighted sum is worked out, and what the activation looks like: that is the next lesson, `artificial_neuron`. How
# CNNs and RNNs are built follows in week 4. Many systems for language today are of a third kind, *transformers*, which
# this course leaves out.
#
# ### Where the lecture notes simplify or slip
#
# * The notes give each application **one kind of network**. Real systems often join several: to describe a photo in
#   words, one sees and another writes.
# * The notes say that an artificial neuron **works like** a nerve cell. Section 6 shows how loose the likeness is.
