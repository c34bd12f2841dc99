"""Hidden checks of welcome: never shipped. Each answer of a quiz counts by itself, and a wrong one is explained."""

import pytest

from autograder.checks import checks, require

APPLICATIONS = (
    *("colour restoration", "speech enactment", "handwriting generation"),
    *("image translation", "object classification", "sequence prediction"),
)
PARTS = ("soma", "dendrites", "axon", "terminal buttons")

# Why the other kind of network does not suit an application.
OTHER_KIND = {
    "colour restoration": "A single photograph goes in: nothing in it comes before or after. What a patch shows, "
    "such as grass, suggests its colour, wherever it is.",
    "speech enactment": "Sound goes in, moment after moment, and no picture. How the mouth moves depends on the "
    "sounds before.",
    "handwriting generation": "A picture is only what is left in the end. The pen makes one stroke after another, and "
    "each goes on from those before.",
    "image translation": "A photo goes in. Before a word can be translated, it must be found there, wherever it is.",
    "object classification": "A single photo goes in: nothing in it comes before or after. The cat may sit anywhere.",
    "sequence prediction": "There is no picture. The sales come month after month, and their order matters.",
}

INPUTS, BODY = "inputs", "weighted sum and activation"
OUTPUT, ONWARD = "output", "connections to the next neurons"
# Why a counterpart does not suit a part of the cell.
OTHER_PART = {
    "soma": {
        INPUTS: "Signals come in along the fibres around the soma. What does the soma do with them?",
        OUTPUT: "The output is already on its way out of the cell. The soma is where it is decided what is sent.",
        ONWARD: "The contacts with the next cells are at the far end. The soma is the body, where everything meets.",
    },
    "dendrites": {
        BODY: "Dendrites bring signals to the body of the cell. The adding up happens there.",
        OUTPUT: "Signals come in at the dendrites. The output leaves on the other side of the cell.",
        ONWARD: "The contacts of dendrites are with the cells before. The next cells are at the other end.",
    },
    "axon": {
        INPUTS: "A cell has many fibres for what comes in, but a single axon. Which way does the axon lead a signal?",
        BODY: "When a signal runs along the axon, the adding up is over: it was done in the body of the cell.",
        ONWARD: "The axon is the long fibre itself. Only its very ends touch the next cells.",
    },
    "terminal buttons": {
        INPUTS: "Signals come in at the other end of the cell. What lies close to the terminal buttons?",
        BODY: "The adding up is done in the body of the cell. Terminal buttons lie where the signal leaves it.",
        OUTPUT: "This is close. The output runs along the axon, and the terminal buttons are where it is passed on.",
    },
}


def require_right(given, right, key, reasons):
    """The answer to one line is the right one, whatever its capitals and the blanks around it; if not, why not.

    ``reasons`` says for each other answer, in small letters, why it does not suit this line.
    """
    require(isinstance(given, dict), "The answers should be in a dict, as in the released cell.", kind="type")
    text = given.get(key)
    require(isinstance(text, str), f"There is no text for “{key}”.", kind="type")
    answer = text.strip().casefold()
    require(answer, f"The answer to “{key}” is still empty.", kind="value")
    reason = reasons.get(answer, "It is none of the answers to choose from.")
    require(answer == right[key].casefold(), f"The answer to “{key}” isn't right. {reason}", kind="value")


@checks("quiz_applications")
@pytest.mark.parametrize("application", APPLICATIONS)
def test_the_kind_of_network(submission, reference, application):
    """The kind of network for this application."""
    reasons = dict.fromkeys(("cnn", "rnn"), OTHER_KIND[application])
    require_right(submission.applications(), reference.applications(), application, reasons)


@checks("quiz_neuron")
@pytest.mark.parametrize("part", PARTS)
def test_the_counterpart(submission, reference, part):
    """The counterpart of this part of the cell."""
    require_right(submission.neuron_parts(), reference.neuron_parts(), part, OTHER_PART[part])
