"""The pictures of digits and the paintings: what is drawn, and which shapes are refused."""

from __future__ import annotations

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from autograder.data import drawn_digit, handwritten_digits, trained_network
from autograder.drawing import Picture, digit_grid, digit_outputs, paintings


def grid() -> Picture:
    """Twelve digits, the second of them read wrongly."""
    pictures, labels = handwritten_digits()
    readings = labels[:12].copy()
    readings[1] = (labels[1] + 1) % 10
    return digit_grid(pictures[:12], labels[:12], readings, "Twelve")


def bars() -> Picture:
    return digit_outputs(np.zeros(49), np.arange(10) / 10)


def squares() -> Picture:
    return paintings({"one": np.arange(27).reshape(9, 3), "flat": np.ones((9, 3))}, "Two")


def test_a_wrong_reading_is_crossed_and_says_what_it_is() -> None:
    labels = handwritten_digits()[1]
    right, wrong = grid().axes[:2]
    assert right.get_title() == str(labels[0])
    assert right.get_xlabel() == ""
    assert wrong.get_title() == f"{(labels[1] + 1) % 10} ✗"
    assert wrong.get_xlabel() == f"it is {labels[1]}"
    assert wrong.spines["top"].get_linewidth() > right.spines["top"].get_linewidth()
    assert sum(axes.axison for axes in grid().axes) == 12
    assert grid().alt == "Twelve: 12 handwritten digits with their readings, of which 1 are wrong."


def test_the_longest_bar_is_the_reading() -> None:
    picture = bars()
    outputs = picture.axes[1]
    assert [bar.get_width() for bar in outputs.patches] == pytest.approx(np.arange(10) / 10)
    assert len({bar.get_facecolor() for bar in outputs.patches[:9]}) == 1
    assert outputs.patches[9].get_facecolor() != outputs.patches[0].get_facecolor()
    assert picture.alt == "A digit: read as 9, with an output of 0.90."


def test_a_painting_uses_the_whole_range_of_each_colour() -> None:
    first, flat = (axes.images[0].get_array() for axes in squares().axes)
    np.testing.assert_allclose(first[..., 0], np.linspace(0, 1, 9).reshape(3, 3))
    assert not flat.any()


@pytest.mark.parametrize("make", [grid, bars, squares])
def test_a_picture_is_shown_with_words(make) -> None:
    data, metadata = DisplayFormatter().format(make())
    assert data["image/png"]
    assert metadata["image/png"]["alt"] == make().alt


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: digit_grid(np.ones((2, 48)), [1, 2], [1, 2]), "pictures have"),
        (lambda: digit_grid(np.ones((2, 49)), [1], [1, 2]), "labels and readings have"),
        (lambda: digit_outputs(np.ones(49), np.ones(9)), "digit and outputs have"),
        (lambda: paintings({"one": np.ones((9, 3)), "two": np.ones((4, 3))}), "paintings have"),
    ],
)
def test_a_shape_that_does_not_fit_is_refused(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_the_data_have_the_documented_shapes_and_ranges() -> None:
    pictures, labels = handwritten_digits()
    assert (pictures.shape, pictures.dtype, labels.shape) == ((1000, 49), np.float64, (1000,))
    assert (pictures.min(), pictures.max()) == (0, 1)
    assert set(labels) == set(range(10))
    assert [layer["W"].shape for layer in trained_network()] == [(49, 16), (16, 10)]


def test_a_drawing_is_a_batch_of_one() -> None:
    drawing = drawn_digit(["......#", "+......", *["......."] * 5])
    assert drawing.shape == (1, 49)
    assert (drawing[0, 6], drawing[0, 7], drawing.sum()) == (1, 0.5, 1.5)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["......."] * 6, "A drawing has 7 lines; this one has 6"),
        (["......."] * 6 + ["......"], r'Line 7 is "......"; it needs 7 characters'),
        (["..x...."] + ["......."] * 6, 'Line 1 is "..x...."'),
    ],
)
def test_a_drawing_that_is_none_is_refused_with_its_line(lines: list[str], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        drawn_digit(lines)
