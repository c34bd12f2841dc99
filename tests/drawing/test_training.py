"""The pictures of training: what is drawn, and which shapes are refused."""

from __future__ import annotations

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from autograder.drawing import Picture, changed_digit, training_progress, weight_pictures


def progress() -> Picture:
    return training_progress([0.5, 0.25], [100, 700, 900], 100, "Two epochs")


def weights() -> Picture:
    table = np.linspace(-1, 2, 49 * 3).reshape(49, 3)
    return weight_pictures({"before": table / 10, "after": table}, "Three neurons")


def change() -> Picture:
    before, after = np.zeros(49), np.zeros(49)
    before[3], after[4] = 0.5, 0.25
    return changed_digit(before, after, ["read as 4", "read as 9"], "A step")


def test_the_loss_begins_at_the_first_epoch_and_the_digits_before_it() -> None:
    left, right = progress().axes
    np.testing.assert_array_equal(left.lines[0].get_xydata(), [[1, 0.5], [2, 0.25]])
    np.testing.assert_array_equal(right.lines[0].get_xydata(), [[0, 100], [1, 700], [2, 900]])
    assert set(right.lines[1].get_ydata()) == {100}
    assert progress().alt == (
        "Two epochs: over 2 epochs the loss goes from 0.500 to 0.250, the digits read go from 100 to 900."
    )


def test_no_epochs_make_a_picture_too() -> None:
    assert training_progress([], [100], 100, "None").alt == "None: no epochs."


def test_all_weights_have_one_scale_around_0() -> None:
    images = [axes.images[0] for axes in weights().axes if axes.images]
    assert len(images) == 6
    assert {image.get_clim() for image in images} == {(-2, 2)}
    np.testing.assert_allclose(images[3].get_array().ravel(), np.linspace(-1, 2, 49 * 3)[::3])
    assert weights().alt == "Three neurons: 3 neurons as pictures of their weights; rows before, after."


def test_what_was_changed_is_between_before_and_after() -> None:
    before, middle, after = (axes.images[0].get_array().ravel() for axes in change().axes[:3])
    np.testing.assert_allclose(middle, after - before)
    assert [axes.get_xlabel() for axes in change().axes[:3]] == ["read as 4", "what was changed", "read as 9"]
    assert "before, “read as 4”; after, “read as 9”" in change().alt


@pytest.mark.parametrize("make", [progress, weights, change])
def test_a_picture_is_shown_with_words(make) -> None:
    data, metadata = DisplayFormatter().format(make())
    assert data["image/png"]
    assert metadata["image/png"]["alt"] == make().alt


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: training_progress([0.5], [1, 2, 3], 1), "numbers of digits have"),
        (lambda: weight_pictures({"one": np.ones((48, 2))}), "tables of weights have"),
        (lambda: weight_pictures({"one": np.ones((49, 2)), "two": np.ones((49, 3))}), "tables of weights have"),
        (lambda: changed_digit(np.ones(49), np.ones(48), ["", ""]), "digits have"),
    ],
)
def test_a_shape_that_does_not_fit_is_refused(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()
