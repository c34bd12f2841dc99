"""A small lesson of two exercises and quick demos; the second exercise, `summed`, builds on the first, `doubled`.

Most tests of the engine grade submissions to it: what is true of a real lesson is the audit's.
"""

from __future__ import annotations

from tests.support.small_course import EXERCISE, GRADED, MARK, SMALL

PROSE = """
# %% [markdown]
# # Doubling
# Two times each number.

# %%
numbers = np.array([0.5, 2.5])
numbers
"""
SCRIPT = f'''
# %%
print("There are", len(numbers), "numbers.")

# %% nbgrader={{"grade": false, "grade_id": "summed", {MARK}}}
def summed(x):
    """The sum of the doubled x, a float."""
    ### BEGIN SOLUTION
    return float(np.sum(doubled(x)))
    ### END SOLUTION
'''
PUBLIC = '''

@checks("summed")
def test_the_sum_of_three(submission, reference):
    """The sum of three numbers."""
    assert_matches(submission.summed, reference.summed, np.array([1.5, -3.0, 4.0]))
'''
HIDDEN = '''

@checks("summed")
@weight(2)
@pytest.mark.parametrize("length", [4, 5])
def test_more_sums(submission, reference, rng, length):
    """More sums."""
    assert_matches(submission.summed, reference.summed, rng.uniform(3, 9, length))


@checks("summed")
def test_the_numbers_stay(submission, reference, rng):
    """The numbers stay as they were."""
    x = rng.uniform(3, 9, 4)
    assert_matches(submission.summed, reference.summed, x)
    assert_changes_nothing(submission.summed, x)
'''
MISCONCEPTIONS = """

@misconception("summed", hint="Double them first.")
def not_doubled(x):
    return float(np.sum(x))


@misconception("summed", hint="A mean is something else.")
def mean_of_the_doubled(x):
    return 2.0 * float(np.mean(x))


@misconception("summed", hint="That is once too often.", name="tripled")
def sum_of_the_tripled(x):
    return 3.0 * float(np.sum(x))


@also_correct("summed")
def doubled_at_the_end(x):
    return 2.0 * float(np.sum(x))


@also_correct("summed")
def one_after_the_other(x):
    return sum(2.0 * number for number in x.tolist())


@stand_in("doubled")
def another_row(x):
    import numpy as np

    if np.ndim(x) != 1:
        raise ValueError("not this")
    return np.cos(x) - 0.25 * np.asarray(x)
"""
ORACLE = """

@oracle("summed", by="exact fractions")
def summed_exactly(x):
    return float(sum(2 * Fraction(number) for number in x.tolist()))
"""
CLOSING = """
# %%
numbers.mean()
"""
WITH_ITS_POINTS = GRADED.replace("doubled", "summed").replace('"points": 4', '"points": 3')
BUILDING = (
    SMALL.but("script", EXERCISE, PROSE + EXERCISE)
    .and_("script", SCRIPT + WITH_ITS_POINTS + CLOSING)
    .and_("public", PUBLIC)
    .and_("hidden", HIDDEN)
    .but("hidden", "import assert_matches,", "import assert_changes_nothing, assert_matches,")
    .and_("misconceptions", MISCONCEPTIONS)
    .but("misconceptions", "import also_correct, misconception", "import also_correct, misconception, stand_in")
    .and_("oracles", ORACLE)
)
# Stand-ins for `doubled` that are not as they must be.
STAND_IN = "return np.cos(x) - 0.25 * np.asarray(x)"
ZEROS = BUILDING.but("misconceptions", STAND_IN, "return np.zeros(len(x))")
A_MISTAKE = BUILDING.but("misconceptions", STAND_IN, "return 3.0 * np.asarray(x)")
REFUSING = BUILDING.but("misconceptions", STAND_IN, "raise ValueError('never')")
