"""The course's pictures: what is drawn, in which colours, and what is refused."""

from __future__ import annotations

import base64
import subprocess
import sys
import warnings

import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter
from matplotlib import colors
from matplotlib.patches import Circle
from matplotlib.text import Annotation

from autograder.drawing import (
    Picture,
    curve_grid,
    curves,
    decision_map,
    decision_surfaces,
    nerve_cell,
    network_diagram,
    neuron_steps,
    small_drawings,
    two_kinds,
)
from autograder.drawing.neurons import PARTS
from autograder.drawing.style import COLOURS, INK

POSITIONS = np.array([[0, 0], [0, 1], [1, 0], [1, 1]])
ON = [False, True, True, False]


def lecture():
    return network_diagram(
        [1, 1, 1],
        weights=[[[0.15]], [[0.45]]],
        biases=[[0.4], [0.65]],
        inputs=[0.1],
        activations=["sigmoid", "sigmoid"],
        columns=["input x", "neuron 1", "neuron 2"],
        title="The lecture's numbers",
    )


def rising():
    return curves([0, 1, 2], {"up": [0, 1, 4], "down": [4, 1, 0]}, ("weight", "output"), "Two ways", {"here": (1, 1)})


def lamp():
    return two_kinds({"before": POSITIONS}, ON, [("switch 1", "switch 2")], {"a line": ((0, 0.5), (1, 0.5))})


def slope(inputs):
    return 1 / (1 + np.exp(3 - 6 * inputs[:, 0]))


def maps():
    return decision_surfaces({"flat": lambda X: np.full(len(X), 0.2), "slope": slope}, POSITIONS, ON, ("left", "up"))


def steps():
    return neuron_steps([0.5, 2.0], [1.5, -0.9], 0.1, activation=True, title="Two inputs")


def decided(wanted=None):
    days = {"grey": (0.9, 0.2), "wet": (0.2, 0.9)}
    return decision_map(lambda day: slope(np.array([day]))[0], days, ["sky", "forecast"], "An umbrella?", wanted)


def nine():
    heights = np.arange(12).reshape(2, 3, 2)
    return curve_grid([0, 1], heights, ["low", "high"], ["one", "two", "three"], ("x", "y"), "Six of them")


def small():
    return small_drawings({"a one": ["..#..", "..#.."], "a dash": [".....", "#####"]})


def texts(picture: Picture, number: int = 0) -> list[str]:
    return [text.get_text() for text in picture.axes[number].texts if text.get_text()]


def arrows(picture: Picture) -> list[Annotation]:
    return [t for t in picture.axes[0].texts if isinstance(t, Annotation) and t.arrow_patch is not None]


def test_the_numbers_of_the_lecture_stand_in_the_diagram() -> None:
    picture = lecture()
    assert {"0.1", "0.602286", "0.715252", "0.15", "0.45", "sum 0.415", "sum 0.921029", "bias 0.4", "bias 0.65"} | {
        "input x",
        "neuron 1",
        "neuron 2",
    } == set(texts(picture))
    assert picture.axes[0].get_title() == "The lecture's numbers"
    assert picture.alt == "The lecture's numbers: input x 0.1; neuron 1 0.602286; neuron 2 0.715252."


def test_a_circle_for_each_neuron_and_an_arrow_for_each_weight_and_output() -> None:
    picture = network_diagram([3, 4, 2])
    assert sum(isinstance(patch, Circle) for patch in picture.axes[0].patches) == 3 + 4 + 2
    assert len(arrows(picture)) == 3 * 4 + 4 * 2 + 2
    assert set(texts(picture)) == {"inputs", "layer 1", "layer 2"}


def test_what_passes_through_a_network_is_computed_from_its_weights() -> None:
    lamp = network_diagram(
        [2, 2, 1], [[[1, 1], [1, 1]], [[4], [-8]]], [[0, -1], [-2]], inputs=[1, 1], activations=["relu", "sigmoid"]
    )
    assert lamp.alt == "A network: inputs 1, 1; layer 1 2, 1; layer 2 0.119203."
    assert {"sum 2", "sum 1", "sum −2", "bias −1", "0.119203"} <= set(texts(lamp))
    negative = network_diagram([1, 2], [[[1, -1]]], [[0, 0]], inputs=[3], activations=["tanh"])
    assert negative.alt == "A network: inputs 3; layer 1 0.995055, −0.995055."
    relu, linear = (
        network_diagram([1, 1], [[[-2]]], [[0.5]], inputs=[3], activations=[name]).alt for name in ("relu", "linear")
    )
    assert (relu, linear) == ("A network: inputs 3; layer 1 0.", "A network: inputs 3; layer 1 −5.5.")


def test_the_sign_of_a_weight_shows_in_colour_dash_and_number() -> None:
    picture = network_diagram([2, 1], weights=[[[4.0], [-8.0]]])
    positive, negative = (arrow.arrow_patch for arrow in arrows(picture)[:2])
    assert [colors.to_hex(a.get_edgecolor()).upper() for a in (positive, negative)] == list(COLOURS[:2])
    assert (positive.get_linestyle(), negative.get_linestyle()) == ("-", "--")
    assert positive.get_linewidth() < negative.get_linewidth()
    assert {"4", "−8"} <= set(texts(picture))


def test_each_curve_has_a_house_colour_a_dash_and_a_marker_of_its_own_and_its_label() -> None:
    axes = rising().axes[0]
    first, second, mark = axes.lines
    assert [first.get_color(), second.get_color(), mark.get_color()] == [*COLOURS[:2], INK]
    assert first.get_linestyle() != second.get_linestyle()
    assert first.get_marker() != second.get_marker()
    np.testing.assert_array_equal(second.get_ydata(), [4, 1, 0])
    labels = {text.get_text(): text for text in axes.texts}
    assert set(labels) == {"up", "down", "here"}
    assert (labels["up"].get_position()[1], labels["down"].get_color()) == (4, COLOURS[1])
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_title()) == ("weight", "output", "Two ways")


def test_labels_of_curves_that_end_together_do_not_lie_on_each_other() -> None:
    axes = curves([0, 1], {"one": [0, 1], "two": [0.5, 1], "three": [1, 1]}, ("x", "y")).axes[0]
    heights = sorted(text.get_position()[1] for text in axes.texts)
    assert min(np.diff(heights)) > 0.05


def test_two_kinds_differ_in_marker_and_word_and_points_in_one_place_are_counted() -> None:
    picture = two_kinds({"after": [[0, 0], [1, 0], [1, 0], [2, 1]]}, ON, [("count", "both")])
    assert sorted(texts(picture)) == ["off", "off", "on (2 points)"]
    faces = {colors.to_hex(points.get_facecolor()[0]).upper() for points in picture.axes[0].collections}
    assert faces == set(COLOURS[:2])
    assert (picture.axes[0].get_xlabel(), picture.axes[0].get_ylabel()) == ("count", "both")
    assert "a line" in texts(lamp())


def test_maps_share_one_scale_from_0_to_1_and_mark_one_half_where_it_is() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        picture = maps()
    flat, sloping, scale = picture.axes
    assert (flat.get_title(), sloping.get_title(), sloping.get_xlabel()) == ("flat", "slope", "left")
    assert scale.get_ylim() == (0, 1)
    assert "0.5" in texts(picture, 1)
    assert "0.5" not in texts(picture, 0)
    assert all(axes.collections[0].get_cmap().name == "cividis" for axes in (flat, sloping))


def test_the_parts_of_a_nerve_cell_have_the_numbers_of_their_counterparts() -> None:
    cell, diagram = (set(texts(nerve_cell(), number)) for number in (0, 1))
    assert cell == {"1", "2", "3", "4", *PARTS}
    assert {"1", "2", "3", "4", "Σ", "$x_1$", "$w_1$", "$x_3$", "$w_3$"} <= diagram
    assert not diagram & set(PARTS)


def test_a_neuron_s_picture_computes_what_it_shows() -> None:
    shown = {"0.5", "2", "× 1.5", "× −0.9", "0.75", "−1.8", "add up,\n+ 0.1", "−0.95", "squeeze", "0.278885"}
    assert shown <= set(texts(steps()))
    assert "weighted sum −0.95; output 0.278885" in steps().alt
    short = neuron_steps([0.5], [1.5], -2)
    assert {"add up,\n− 2", "−1.25"} <= set(texts(short))
    assert not {"squeeze", "output"} & set(texts(short))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert "output 0." in neuron_steps([1000], [-1000], 0, activation=True).alt


def test_a_decision_map_answers_for_each_point_or_shows_what_is_wanted() -> None:
    assert {"grey: yes", "wet: no", "0.5"} <= set(texts(decided()))
    assert {"grey: no", "wet: yes"} <= set(texts(decided([False, True])))
    assert "grey yes, wet no" in decided().alt
    axes = decided().axes[0]
    assert (axes.get_xlabel(), axes.get_ylabel(), axes.get_title()) == ("sky", "forecast", "An umbrella?")


def test_a_decision_map_reaches_as_far_as_its_points() -> None:
    axes = decision_map(lambda day: 0.9, {"far": (7.0, -2.0)}, ["hours", "mood"]).axes[0]
    left, right = axes.get_xlim()
    low, high = axes.get_ylim()
    assert left <= 0
    assert right >= 7
    assert low <= -2
    assert high >= 1


def test_a_grid_of_curves_has_its_rows_and_columns_named() -> None:
    picture = nine()
    assert [axes.get_title() for axes in picture.axes[:3]] == ["one", "two", "three"]
    assert texts(picture, 2) == ["low"]
    assert texts(picture, 5) == ["high"]
    np.testing.assert_array_equal(picture.axes[4].lines[0].get_ydata(), [8, 9])


def test_a_small_drawing_is_dark_where_its_lines_say() -> None:
    first, second = ((axes.collections[0].get_array() > 0).tolist() for axes in small().axes)
    assert first == [[False, False, True, False, False]] * 2
    assert second == [[True] * 5, [False] * 5]  # drawn from below


@pytest.mark.parametrize("make", [lecture, rising, lamp, maps, nerve_cell, steps, decided, nine, small])
def test_a_picture_is_shown_once_sharp_and_with_words(make) -> None:
    picture = make()
    data, metadata = DisplayFormatter().format(picture)  # as a notebook does
    png = base64.b64decode(data["image/png"])
    assert png.startswith(b"\x89PNG")
    width = int.from_bytes(png[16:20], "big")
    assert width == pytest.approx(2 * metadata["image/png"]["width"], abs=2)
    assert metadata["image/png"]["alt"] == picture.alt
    assert picture.alt
    assert str(picture) == data["text/plain"] == f"[Picture: {picture.alt}]"


@pytest.mark.parametrize("make", [rising, lamp, maps])
def test_panels_keep_their_gridlines(make) -> None:
    axes = make().axes[0]
    assert any(line.get_visible() for line in axes.get_xgridlines())


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda: network_diagram([3]), "one size too few"),
        (lambda: network_diagram([2, 1], weights=[[[4.0, -8.0]]]), r"weights have .*\[\(1, 2\)\].*\[\(2, 1\)\]"),
        (lambda: network_diagram([1, 1], [[[2]]], [[0]], [0.1, 0.2], ["relu"]), r"inputs have .*\[\(2,\)\]"),
        (lambda: network_diagram([1, 1], inputs=[0.1], activations=["relu"]), "Inputs need weights, biases"),
        (lambda: network_diagram([1, 1], [[[2]]], [[0]], [0.1], ["step"]), r"the activations are \['step'\]"),
        (lambda: curves([0, 1], {"short": [1]}, ("x", "y")), "curves have the shapes"),
        (lambda: curves([0], {name: [1] for name in "abcd"}, ("x", "y")), "too many"),
        (lambda: two_kinds({"three columns": np.ones((4, 3))}, ON, [("x", "y")]), "points have the shapes"),
        (lambda: decision_surfaces({"one": lambda X: X}, POSITIONS, ON, ("x", "y")), "outputs of “one”"),
        (lambda: decision_surfaces({"one": slope}, POSITIONS[:3], ON, ("x", "y")), "points have the shapes"),
        (lambda: neuron_steps([1, 2], [3], 4), "a weight for each input"),
        (lambda: decided([True]), "yes or no for each of the 2 points"),
        (lambda: decision_map(lambda day: 1, {"one": (1, 2, 3)}, ["a", "b"]), "points have the shapes"),
        (lambda: curve_grid([0, 1], [[[1, 2]]], ["a", "b"], ["c"], ("x", "y")), "2 by 1 curves of 2 points"),
    ],
)
def test_a_shape_that_does_not_fit_is_refused_with_both_shapes(make, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        make()


def test_drawing_needs_numpy_and_matplotlib_alone_and_leaves_pyplot_out() -> None:
    code = "import sys, autograder.drawing as d; d.neuron_steps([1], [2], 3)._repr_mimebundle_(); print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"matplotlib.pyplot", "IPython", "pandas", "nbformat"} & set(run.stdout.split())
