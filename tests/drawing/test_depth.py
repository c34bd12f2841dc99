"""The pictures of gradients in deep chains: what is drawn on scales of powers of ten, and what is refused."""

from __future__ import annotations

import warnings

import numpy as np
import pytest

from autograder.drawing import gradient_map, layer_gradients
from autograder.drawing.style import COLOURS


def test_each_line_of_a_panel_has_a_look_and_a_label_of_its_own_on_one_scale_for_all() -> None:
    lines = {"2 layers": [0.1, 0.5], "3 layers": [0.01, 0.1, 0.5]}
    picture = layer_gradients({"sigmoid": lines, "relu": {"2 layers": [1.0, 1.0]}}, "Shrinking")
    first, second = picture.axes
    short, long = first.lines
    assert [short.get_color(), long.get_color()] == list(COLOURS[:2])
    assert short.get_linestyle() != long.get_linestyle()
    assert short.get_marker() != long.get_marker()
    np.testing.assert_array_equal(long.get_xdata(), [1, 2, 3])
    np.testing.assert_array_equal(long.get_ydata(), [0.01, 0.1, 0.5])
    assert {text.get_text() for text in first.texts} == set(lines)
    assert (first.get_yscale(), first.get_ylim()) == ("log", second.get_ylim())
    assert picture.alt == (
        "Shrinking: in the first layer, sigmoid: 2 layers 1.0e-01, 3 layers 1.0e-02; relu: 2 layers 1.0e+00."
    )


def test_what_has_no_place_on_the_scale_is_a_sentence() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = layer_gradients({"dead": {"one": [0.0], "two": [0.0, 0.0]}, "alive": {"two": [0.0, 0.5]}})
        picture._repr_mimebundle_()
    dead, alive = picture.axes
    assert [text.get_text() for text in dead.texts] == ["0 in every layer"]
    np.testing.assert_array_equal(alive.lines[0].get_xdata(), [2])


def test_a_map_is_centred_on_one_and_marks_where_it_is() -> None:
    sizes = np.array([[1e-8, 1e-16], [1.0, 1.0], [1e4, 1e8]])
    picture = gradient_map([2, 4], [0.5, 4, 8], sizes, "Both ends")
    axes, scale = picture.axes
    (cells,) = [c for c in axes.collections if c.get_array() is not None and np.size(c.get_array()) == 6]
    assert cells.norm.vmin == -cells.norm.vmax
    assert cells.get_cmap().name == "PuOr_r"
    assert {text.get_text() for text in axes.texts} >= {"1"}
    assert (axes.get_xlabel(), axes.get_ylabel()) == ("depth: number of layers", "weight")
    assert scale.get_ylabel() == "size of the first layer's gradient"
    assert picture.alt == "Both ends: from 1.0e-16 to 1.0e+08, over depths from 2 to 4 and weights from 0.5 to 8."


def test_a_map_draws_zeros_and_what_is_all_alike_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for sizes in (np.zeros((2, 2)), np.ones((2, 2))):
            gradient_map([2, 3], [1, 2], sizes)._repr_mimebundle_()


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: layer_gradients({"many": {name: [1.0] for name in "abcd"}}), "4 lines, too many"),
        (lambda: layer_gradients({"one": {"below": [-1.0]}}), "“below” needs a row of sizes"),
        (lambda: layer_gradients({"one": {"a table": [[1.0]]}}), "“a table” needs a row of sizes"),
        (lambda: gradient_map([2, 3], [1.0], [[1.0]]), r"sizes have the shapes \[\(1, 1\)\]"),
        (lambda: gradient_map([2], [1.0], [[-1.0]]), "none of them below 0"),
    ],
)
def test_what_cannot_be_drawn_is_refused(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
