"""Pictures of activations: each function above its slope, and shares below the sums they come from."""

from __future__ import annotations

import re

import numpy as np
import pytest

from autograder.drawing import functions_and_slopes, share_bars

Z = np.linspace(-4, 4, 81)
SEVEN = {
    "step": lambda z: np.where(z >= 0, 1.0, 0.0),
    "line": lambda z: 1.0 * z,
    "curve": np.arctan,
    "kink": lambda z: np.maximum(z, 0.0),
    "leak": lambda z: np.where(z > 0, z, 0.2 * z),
    "fall": lambda z: -2.0 * z,
    "level": np.zeros_like,
}


def shown(picture):
    return [axes for axes in picture.axes if axes.get_visible()]


def lines(axes):
    """The curve in a panel; the other line marks z = 0."""
    return axes.get_lines()[0].get_xdata(), axes.get_lines()[0].get_ydata()


@pytest.mark.parametrize("count", [1, 2, 4, 5, 7])
def test_each_function_has_its_slope_below_it(count):
    functions = dict(list(SEVEN.items())[:count])
    picture = functions_and_slopes(Z, functions, "Some")
    panels = shown(picture)
    assert len(panels) == 2 * count
    upper = {axes.get_title(): axes for axes in panels if axes.get_title()}
    assert list(upper) == list(functions)
    for name, axes in upper.items():
        x, heights = lines(axes)
        drawn = np.isfinite(heights)
        np.testing.assert_allclose(heights[drawn], functions[name](x)[drawn])
        (below,) = [
            other
            for other in panels
            if not other.get_title()
            and other.get_position().x0 == axes.get_position().x0
            and 0 < axes.get_subplotspec().rowspan.start + 1 == other.get_subplotspec().rowspan.start
        ]
        slopes = lines(below)[1]
        away = np.abs(x) > 0.2
        np.testing.assert_allclose(slopes[away], np.gradient(functions[name](x), x)[away], atol=0.01)
    assert picture.alt.startswith("Some: step from 0 to 1, slope from 0 to 0")


def test_no_line_is_drawn_across_a_jump_and_no_slope_at_a_kink():
    panels = shown(functions_and_slopes(Z, {"step": SEVEN["step"], "kink": SEVEN["kink"]}))
    middle = len(Z) // 2
    assert [bool(np.isnan(lines(axes)[1][middle])) for axes in panels] == [True, False, True, True]


def test_all_functions_have_one_scale_and_all_slopes_another():
    panels = shown(functions_and_slopes(Z, SEVEN))
    assert len({tuple(axes.get_ylim()) for axes in panels}) == 2


def test_shares_stand_below_their_sums():
    sums, shares = {"before": [2.0, -1.0], "after": [102.0, 99.0]}, {"after": [0.9, 0.1], "before": [0.8, 0.2]}
    picture = share_bars(sums, shares, ["cat", "dog"], "Two")
    heights = [[bar.get_height() for bar in axes.patches] for axes in picture.axes]
    assert heights == [[2.0, -1.0], [102.0, 99.0], [0.8, 0.2], [0.9, 0.1]]
    assert picture.alt == "Two: before: cat 0.800, dog 0.200; after: cat 0.900, dog 0.100."
    texts = [text.get_text() for axes in picture.axes for text in axes.texts]
    assert texts == ["2", "−1", "102", "99", "0.800", "0.200", "0.900", "0.100"]


def test_what_does_not_fit_is_refused():
    with pytest.raises(ValueError, match=re.escape("numbers of “one” have the shapes [(), (), ()]")):
        functions_and_slopes(Z, {"one": lambda z: 1.0})
    with pytest.raises(ValueError, match="weighted sums have the shapes"):
        share_bars({"before": [1.0, 2.0, 3.0]}, {"before": [0.5, 0.5]}, ["cat", "dog"])
    with pytest.raises(ValueError, match="shares have the shapes"):
        share_bars({"before": [1.0, 2.0]}, {"after": [0.5, 0.5]}, ["cat", "dog"])
