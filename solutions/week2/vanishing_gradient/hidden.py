"""Hidden checks of vanishing_gradient: never shipped."""

import numpy as np
import pytest

from autograder.checks import (
    assert_changes_nothing,
    assert_matches,
    assert_raises_value_error,
    assert_silent,
    checks,
    weight,
)

# Sigmoid and tanh first: they have something to overflow, so a warning is not blamed on the others.
NAMES = ["sigmoid", "tanh", "linear", "relu", "leaky_relu"]
# The factor between neighbouring layers stays this far from 1, so that the layers' gradients differ.
UNLIKE_ONE = 1.25


def away_from_zero(rng, low, high, size=None):
    """Numbers of either sign whose magnitude lies between low and high."""
    return rng.uniform(low, high, size) * rng.choice([-1.0, 1.0], size)


def draw_sums(rng, shape):
    """Weighted sums, some positive and some negative, none where a slip gives nearly the right slope."""
    z = rng.uniform(1.2, 2.4, int(np.prod(shape)))
    z[: max(1, len(z) // 2)] *= -1
    return rng.permutation(z).reshape(shape)


def draw_word(rng):
    """A word that is no activation and no part of one: there are no vowels in it."""
    return "".join(rng.choice(list("bcdfgkmpvz"), 6))


def refused_names(rng):
    """Names that are none of the five, with what is wrong with each."""
    first, second, third = rng.permutation(NAMES)[:3].tolist()
    place = int(rng.integers(len(first)))
    return {
        draw_word(rng): "no activation of that name is in the list",
        first[:place] + first[place].upper() + first[place + 1 :]: "the names in the list have no capital letters",
        f"{second} ": "the names in the list have no blanks",
        third[: int(rng.integers(1, len(third)))] + "x": "it is only the beginning of a name in the list",
    }


# --- activation_derivative ------------------------------------------------------------------------


@checks("activation_derivative")
@weight(5)
@pytest.mark.parametrize("name", NAMES)
def test_arrays(submission, reference, rng, name):
    """An array of any shape gives an array of its shape, for each of the five names."""
    for shape in ((6,), (3, 4), (2, 3, 2)):
        assert_matches(submission.activation_derivative, reference.activation_derivative, name, draw_sums(rng, shape))


@checks("activation_derivative")
@weight(2)
@pytest.mark.parametrize("name", NAMES)
def test_single_numbers(submission, reference, rng, name):
    """A single number, above zero and below it, for each of the five names."""
    low, high = np.sort(draw_sums(rng, 2)).tolist()
    for z in (high, low):
        assert_matches(submission.activation_derivative, reference.activation_derivative, name, z)


@checks("activation_derivative")
@weight(2)
def test_values_far_from_zero(submission, reference, rng):
    """Numbers up to 1000 on both sides: the right slopes, finite."""
    z = np.concatenate([rng.uniform(800, 1000, 2), rng.uniform(-1000, -800, 2), draw_sums(rng, 2)])
    for name in NAMES:
        assert_matches(submission.activation_derivative, reference.activation_derivative, name, z)
        assert_matches(submission.activation_derivative, reference.activation_derivative, name, float(z[2]))


@checks("activation_derivative")
@weight(1.5)
def test_no_warning_far_from_zero(submission, reference, rng):
    """Numbers up to 1000 on both sides: no warning."""
    low, high = float(rng.uniform(-1000, -800)), float(rng.uniform(800, 1000))
    for name in NAMES:
        for z in (np.array([low, high, *draw_sums(rng, 2)]), low, high):
            assert_matches(submission.activation_derivative, reference.activation_derivative, name, z)
            assert_silent(submission.activation_derivative, name, z)


@checks("activation_derivative")
@weight(1)
def test_whole_numbers(submission, reference, rng):
    """Whole numbers, alone and in an array, given by name."""
    z = rng.permutation([-1, -1, 1, 1]) * rng.integers(2, 5, 4)
    for name in NAMES:
        assert_matches(submission.activation_derivative, reference.activation_derivative, z=z, name=name)
        assert_matches(submission.activation_derivative, reference.activation_derivative, name, int(z[0]))


@checks("activation_derivative")
@weight(1.5)
def test_a_name_that_is_not_in_the_list(submission, reference, rng):
    """A name that is not in the list, letter by letter, is refused."""
    f, z = submission.activation_derivative, draw_sums(rng, 3)
    assert_matches(f, reference.activation_derivative, str(rng.choice(NAMES)), z)
    for name, why in refused_names(rng).items():
        assert_raises_value_error(f, name, z, why=why)


@checks("activation_derivative")
@weight(1)
def test_the_array_stays_as_it_is(submission, reference, rng):
    """The array and NumPy's settings stay as they are, whatever the name."""
    z = np.append(draw_sums(rng, 3), [rng.uniform(-1000, -800), rng.uniform(800, 1000)])
    for name in NAMES:
        assert_matches(submission.activation_derivative, reference.activation_derivative, name, z)
        assert_changes_nothing(submission.activation_derivative, name, z)


# --- gradient_by_layer ----------------------------------------------------------------------------


def squeezed(z):
    return 1.0 / (1.0 + np.exp(-z))


def slope_at(name, z):
    """The slope of an activation at a number."""
    if name == "sigmoid":
        return squeezed(z) * squeezed(-z)
    if name == "tanh":
        return 1.0 - np.tanh(z) ** 2
    return 1.0 if name == "linear" or z > 0 else {"relu": 0.0, "leaky_relu": 0.01}[name]


def draw_chain(rng, name, low=1.4, high=2.8, sign=None):
    """w and z of a chain whose layers have gradients that differ well, and that slips get wrong; z may have a sign."""
    while True:
        w, z = float(away_from_zero(rng, low, high)), float(away_from_zero(rng, 0.4, 1.2))
        z = z if sign is None else sign * abs(z)
        factor = abs(w * slope_at(name, z))
        if not 1 / UNLIKE_ONE < factor < UNLIKE_ONE:
            return w, z


@checks("gradient_by_layer")
@weight(6)
@pytest.mark.parametrize("name", NAMES)
def test_a_chain(submission, reference, rng, name):
    """Chains of four to seven layers with each of the five activations, at sums of either sign."""
    for depth, sign in zip(rng.permutation([4, 5, 6, 7]).tolist()[:2], (1, -1), strict=True):
        w, z = draw_chain(rng, name, sign=sign)
        assert_matches(submission.gradient_by_layer, reference.gradient_by_layer, depth, w, z, name)


@checks("gradient_by_layer")
@weight(1)
def test_one_layer_and_two(submission, reference, rng):
    """The shortest chains: one layer and two."""
    for depth in (2, 1):
        w, z = draw_chain(rng, "sigmoid")
        assert_matches(submission.gradient_by_layer, reference.gradient_by_layer, depth, w, z, "sigmoid")


@checks("gradient_by_layer")
@weight(1.5)
def test_a_deep_chain(submission, reference, rng):
    """Chains of twelve to twenty layers, whose gradients vanish or explode."""
    for name, (low, high) in (("sigmoid", (1.4, 2.8)), ("sigmoid", (9.0, 12.0)), ("linear", (1.4, 1.8))):
        w, z = draw_chain(rng, name, low, high)
        depth = int(rng.integers(12, 21))
        assert_matches(submission.gradient_by_layer, reference.gradient_by_layer, depth, w, z, name)


@checks("gradient_by_layer")
@weight(1)
def test_a_chain_by_keyword(submission, reference, rng):
    """The depth, the weight, the sum and the activation given by name."""
    w, z = draw_chain(rng, "tanh")
    f = submission.gradient_by_layer
    assert_matches(f, reference.gradient_by_layer, activation="tanh", z=z, w=w, depth=int(rng.integers(3, 7)))


@checks("gradient_by_layer")
@weight(1)
def test_a_chain_of_whole_numbers(submission, reference, rng):
    """A weight and a sum that are whole numbers."""
    w, z = (int(number) for number in rng.choice([-1, 1], 2) * [rng.integers(2, 4), rng.integers(1, 3)])
    for name in ("sigmoid", "tanh"):
        assert_matches(submission.gradient_by_layer, reference.gradient_by_layer, int(rng.integers(3, 6)), w, z, name)


@checks("gradient_by_layer")
@weight(1.5)
def test_a_chain_that_is_refused(submission, reference, rng):
    """A depth below 1 is refused, and a name that is not in the list, letter by letter."""
    f, (w, z) = submission.gradient_by_layer, draw_chain(rng, "sigmoid")
    assert_matches(f, reference.gradient_by_layer, 4, w, z, "sigmoid")
    assert_raises_value_error(f, 0, w, z, "sigmoid", why="the depth is 0")
    assert_raises_value_error(f, -int(rng.integers(1, 9)), w, z, str(rng.choice(NAMES)), why="the depth is negative")
    for name, why in refused_names(rng).items():
        assert_raises_value_error(f, 4, w, z, name, why=why)


@checks("gradient_by_layer")
@weight(0.5)
def test_a_chain_twice(submission, reference, rng):
    """The same chain twice gives the same answer, and NumPy's settings stay as they are."""
    w, z = draw_chain(rng, "tanh")
    assert_matches(submission.gradient_by_layer, reference.gradient_by_layer, 5, w, z, "tanh")
    assert_changes_nothing(submission.gradient_by_layer, 5, w, z, "tanh")
