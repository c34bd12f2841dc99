"""Hidden checks of welcome: never shipped. Each answer of a quiz counts by itself."""

import pytest

from autograder.checks import checks, require

APPLICATIONS = (
    *("colour restoration", "speech enactment", "handwriting generation"),
    *("image translation", "object classification", "sequence prediction"),
)
PARTS = ("soma", "dendrites", "axon", "terminal buttons")


def require_right(given, right, key):
    """The answer to one line is the right one, whatever its capitals and the blanks around it."""
    require(isinstance(given, dict), "The answers should stand in a dict, as you got it.", kind="type")
    text = given.get(key)
    require(isinstance(text, str), f"There is no text for “{key}”.", kind="type")
    require(text.strip(), f"The answer to “{key}” is still empty.", kind="value")
    require(text.strip().casefold() == right[key].casefold(), f"The answer to “{key}” is not right.", kind="value")


@checks("quiz_applications")
@pytest.mark.parametrize("application", APPLICATIONS)
def test_the_kind_of_network(submission, reference, application):
    """The kind of network for this application."""
    require_right(submission.applications(), reference.applications(), application)


@checks("quiz_neuron")
@pytest.mark.parametrize("part", PARTS)
def test_the_counterpart(submission, reference, part):
    """The counterpart of this part of the cell."""
    require_right(submission.neuron_parts(), reference.neuron_parts(), part)
