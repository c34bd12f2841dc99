"""A small lesson whose exercise, `nudged`, is given a function: how fast it changes with each entry of an array."""

from __future__ import annotations

from tests.support.small_course import GRADED, MARK, SETUP, SmallLesson

SCRIPT = f'''
# %% nbgrader={{"grade": false, "grade_id": "nudged", {MARK}}}
def nudged(f, x, h=0.1):
    """How fast f changes with each entry of x, by moves of h up and down: an array of x's shape.

    f takes an array of x's shape and gives a number. ValueError when h is not above 0.
    """
    ### BEGIN SOLUTION
    if h <= 0:
        raise ValueError("h must be above 0")
    x = np.array(x, dtype=float)
    changes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        move = np.zeros(x.shape)
        move[place] = h
        changes[place] = (f(x + move) - f(x - move)) / (2 * h)
    return changes
    ### END SOLUTION
'''
PUBLIC = '''"""Public checks."""

import numpy as np

from autograder.checks import Source, assert_matches, checks


@checks("nudged")
def test_two_numbers(submission, reference):
    """A cubic of two numbers."""
    cubic = Source("lambda v: np.sum(c * v ** 3)", c=np.array([0.5, -1.5]))
    assert_matches(submission.nudged, reference.nudged, cubic, np.array([1.5, -2.0]))
'''
HIDDEN = '''"""Hidden checks."""

import numpy as np
import pytest

from autograder.checks import Source, assert_changes_nothing, assert_matches, assert_raises_value_error, checks, weight

SECRET = "{secret}"


def draw(rng, length):
    """A function and where to look at it."""
    return Source("lambda v: np.sum(c * v ** 3)", c=rng.uniform(0.5, 2, length)), rng.uniform(1, 3, length)


@checks("nudged")
@weight(3)
@pytest.mark.parametrize("length", [3, 4])
def test_more_numbers(submission, reference, rng, length):
    """More numbers."""
    assert_matches(submission.nudged, reference.nudged, *draw(rng, length), float(rng.uniform(0.2, 0.4)))


@checks("nudged")
def test_no_moves(submission, reference, rng):
    """Moves of no size are refused."""
    f, x = draw(rng, 2)
    assert_matches(submission.nudged, reference.nudged, f, x)
    assert_raises_value_error(submission.nudged, f, x, -float(rng.uniform(0.1, 1)), why="h is below 0")


@checks("nudged")
def test_x_stays(submission, reference, rng):
    """x stays as it was."""
    f, x = draw(rng, 3)
    assert_matches(submission.nudged, reference.nudged, f, x)
    assert_changes_nothing(submission.nudged, f, x)
'''
MISCONCEPTIONS = '''"""Wrong and also-correct answers."""

import numpy as np

from autograder.lessons import also_correct, misconception


def moved(f, x, h, up, down):
    if h <= 0:
        raise ValueError("not this")
    x = np.array(x, dtype=float)
    steps = [h * step.reshape(x.shape) for step in np.eye(x.size)]
    return np.array([f(x + up * step) - f(x - down * step) for step in steps]).reshape(x.shape)


@misconception("nudged", hint="Move down, too.")
def upwards_alone(f, x, h=0.1):
    return moved(f, x, h, 1, 0) / h


@misconception("nudged", hint="The two places are 2 h apart.")
def divided_by_h(f, x, h=0.1):
    return moved(f, x, h, 1, 1) / h


@misconception("nudged", hint="Divide by how far you moved.")
def not_divided(f, x, h=0.1):
    return moved(f, x, h, 1, 1)


@also_correct("nudged")
def with_a_table_of_moves(f, x, h=0.1):
    return moved(f, x, h, 1, 1) / (2 * h)


@also_correct("nudged")
def moved_and_put_back(f, x, h=0.1):
    if h <= 0:
        raise ValueError("not this")
    x = np.array(x, dtype=float)
    changes = np.zeros(x.shape)
    for place in np.ndindex(x.shape):
        here = x[place]
        x[place] = here + h
        above = f(x)
        x[place] = here - h
        changes[place] = (above - f(x)) / (2 * h)
        x[place] = here
    return changes
'''
ORACLES = '''"""Oracles."""

import numpy as np

from autograder.lessons import oracle


@oracle("nudged", by="one entry after the other, backwards")
def nudged_backwards(f, x, h=0.1):
    x = np.asarray(x, dtype=float)
    changes = [(f(x + h * step) - f(x - h * step)) / h / 2 for step in np.eye(x.size)[::-1]]
    return np.array(changes[::-1])
'''
NAME, POINTS = "nudging", 4.0


def nudging(secret: str = "") -> SmallLesson:
    """The lesson, with a secret word in its hidden checks."""
    return SmallLesson(
        script=SETUP + SCRIPT + GRADED.replace("doubled", "nudged"),
        public=PUBLIC,
        hidden=HIDDEN.replace("{secret}", secret),
        misconceptions=MISCONCEPTIONS,
        oracles=ORACLES,
        name=NAME,
    )
