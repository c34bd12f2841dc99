"""The pictures of gradients: what they compute, what they mark, and what they refuse."""

from __future__ import annotations

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from autograder.drawing import Picture, estimate_errors, gradient_bars, gradient_graph

LECTURE = {"x": 0.1, "y_true": 0.25, "w1": 0.15, "b1": 0.4, "w2": 0.45, "b2": 0.65}


def graph() -> Picture:
    return gradient_graph(LECTURE, {"dE_dw2": 0.05707}, "Two neurons")


def bars() -> Picture:
    return gradient_bars(["w", "b"], {"mine": [0.5, -0.25], "theirs": [0.5, 1.0]}, "Compared")


def vee() -> Picture:
    return estimate_errors([1e-1, 1e-5, 1e-9], [1e-3, 1e-12, 1e-8], ["h", "distance"], "V")


def texts(picture: Picture) -> list[str]:
    return [text.get_text() for text in picture.axes[0].texts]


def test_the_graph_computes_what_passes_and_asks_for_what_is_not_known() -> None:
    shown = texts(graph())
    for text in ("z1 0.415", "a1 0.602286", "z2 0.921029", "a2 0.715252", "E 0.10823", "T 0.25", "0.05707"):
        assert text in shown
    assert shown.count("?") == 7
    assert "E = 0.10823; dE_dw2 = 0.05707" in graph().alt


def test_a_graph_without_gradients_asks_for_none() -> None:
    assert "?" not in texts(gradient_graph(LECTURE))


def test_each_bar_has_its_number() -> None:
    assert [text.get_text() for text in bars().axes[0].texts] == ["0.500000", "−0.250000", "0.500000", "1.000000"]


def test_the_smallest_error_is_marked() -> None:
    assert vee().axes[0].lines[1].get_xdata() == [1e-5]
    assert vee().alt == "V: distance against h; smallest, 1e-12, at 1e-05."


@pytest.mark.parametrize("make", [graph, bars, vee])
def test_a_picture_of_gradients_is_shown_with_words(make) -> None:
    data, metadata = DisplayFormatter().format(make())
    assert data["image/png"]
    assert metadata["image/png"]["alt"] == make().alt


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: gradient_graph({"x": 1.0}), "there is no y_true"),
        (lambda: gradient_bars(["w"], {"mine": [1.0, 2.0]}), "gradients have"),
        (lambda: gradient_bars(["w"], {name: [1.0] for name in "abcd"}), "too many"),
        (lambda: estimate_errors([1.0, 2.0], [1.0], ["h", "d"]), "errors have"),
        (lambda: estimate_errors([1.0, 2.0], [1.0, 0.0], ["h", "d"]), "above 0"),
    ],
)
def test_numbers_that_do_not_fit_are_refused(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_the_marked_error_is_the_smallest_of_all() -> None:
    errors = np.array([3.0, 2.0, 5.0])
    assert estimate_errors([1.0, 2.0, 3.0], errors, ["h", "d"]).axes[0].lines[1].get_ydata() == [2.0]
