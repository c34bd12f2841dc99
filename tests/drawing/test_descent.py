"""The pictures of gradient descent: what they draw, what they say, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest

from autograder.drawing import contour_paths, curve_panels, epochs_needed, fitted_lines, valleys

X = np.array([-1.0, -0.5, 0.5, 1.0])


def cost(w: float) -> float:
    return float(np.mean((w * X - 2 * X) ** 2))


def test_lines_go_through_the_origin_with_their_weights() -> None:
    picture = fitted_lines(X, 2 * X, {"first": 1.0, "second": 1.5}, "Two lines")
    first, second, points = picture.axes[0].lines
    for line, w in ((first, 1.0), (second, 1.5)):
        across, up = line.get_data()
        np.testing.assert_allclose(up, w * np.asarray(across))
    assert list(points.get_ydata()) == [-2, -1, 1, 2]
    assert first.get_linestyle() != second.get_linestyle()
    assert "first with the weight 1, second with the weight 1.5" in picture.alt


def test_lines_that_are_too_many_or_points_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="at most 4"):
        fitted_lines(X, X, dict.fromkeys("abcde", 1.0))
    with pytest.raises(ValueError, match="points"):
        fitted_lines(X, X[:2], {})


def test_a_path_lies_in_the_valley() -> None:
    picture = valleys(cost, {"none": [], "two steps": [0, 1, 1.5]}, (-1, 5), slopes={0: -2.5})
    empty, walked = picture.axes
    assert len(walked.lines) == len(empty.lines) + 1
    np.testing.assert_allclose(walked.lines[-1].get_ydata(), [cost(w) for w in (0, 1, 1.5)])
    left, right = empty.lines[1].get_xydata()
    assert (right[1] - left[1]) / (right[0] - left[0]) == pytest.approx(-2.5)
    assert "lowest place at 2: none, no path; two steps, a path of 2 steps from 0 to 1.5" in picture.alt


def test_a_map_marks_the_lowest_place_of_two_weights() -> None:
    other = np.array([2.0, -4.0, 4.0, -2.0])
    picture = contour_paths({"a map": (X, other, [(0, 0), (1, 0.5)])}, 2 * X + 0.5 * other)
    path, lowest = picture.axes[0].lines
    np.testing.assert_allclose(lowest.get_xydata(), [[2, 0.5]])
    assert path.get_xydata().tolist() == [[0, 0], [1, 0.5]]
    with pytest.raises(ValueError, match="inputs"):
        contour_paths({"a map": (X, other[:2], [(0, 0)])}, X)


def test_each_ending_has_a_marker_of_its_own() -> None:
    reasons = ["max_epochs", "converged", "converged", "diverged"]
    lines = epochs_needed([0.1, 0.4, 0.8, 1.8], [60, 5, 1, 6], reasons).axes[0].lines
    assert {line.get_label(): list(line.get_xdata()) for line in lines} == {
        "converged": [0.4, 0.8],
        "max_epochs": [0.1],
        "diverged": [1.8],
    }
    assert len({line.get_marker() for line in lines}) == 3


def test_each_panel_has_axes_for_its_own_curves() -> None:
    picture = curve_panels(
        {"A": {"training": [1, 9], "test": [2, 10]}, "B": {"training": [1, 0]}, "C": {"test": [0, 0]}}
    )
    assert [axes.get_title() for axes in picture.axes if axes.get_visible()] == ["A", "B", "C"]
    highest = [axes.get_ylim()[1] for axes in picture.axes[:2]]
    assert highest == pytest.approx([10.8, 1.08])
    assert "A: training from 1 to 9, lowest at epoch 0, test from 2 to 10" in picture.alt
