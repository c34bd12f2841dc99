"""Slips in the two quizzes of welcome, as beginners type them."""

from __future__ import annotations

from tests.feedback.slip import Slip, Typed, answers, cell

KINDS = "quiz_applications"
RIGHT = {
    "colour_restoration": '"CNN"',
    "speech_enactment": '"RNN"',
    "handwriting_generation": '"RNN"',
    "image_translation": '"CNN"',
    "object_classification": '"CNN"',
    "sequence_prediction": '"RNN"',
}
_EMPTY = Typed()

APPLICATIONS = [
    Slip(
        KINDS,
        "words without their quotes, after the stub was run",
        answers(**{key: value.strip('"') for key, value in RIGHT.items()}),
        before=(_EMPTY,),
    ),
    Slip(KINDS, "one line left empty", answers(**{**RIGHT, "image_translation": '""'})),
    Slip(KINDS, "a typing mistake", answers(**{**RIGHT, "speech_enactment": '"RRN"'})),
    Slip(KINDS, "the long name", answers(**{**RIGHT, "colour_restoration": '"convolutional neural network"'})),
    Slip(KINDS, "both words", answers(**{**RIGHT, "handwriting_generation": '"CNN or RNN"'})),
    Slip(KINDS, "words in lists", answers(**{key: f"[{value}]" for key, value in RIGHT.items()})),
    Slip(KINDS, "numbers for words", answers(**dict.fromkeys(RIGHT, "1"))),
    Slip(KINDS, "the same word six times", answers(**dict.fromkeys(RIGHT, '"CNN"'))),
    Slip(
        KINDS,
        "CNN and RNN swapped",
        answers(**{key: {'"CNN"': '"RNN"', '"RNN"': '"CNN"'}[value] for key, value in RIGHT.items()}),
        passes=True,
    ),
    Slip(
        KINDS,
        "a comma missing, after the stub was run",
        cell("""
        applications = {
            "colour restoration": "CNN",
            "speech enactment": "RNN"
            "handwriting generation": "RNN",
            "image translation": "CNN",
            "object classification": "CNN",
            "sequence prediction": "RNN",
        }
        """),
        before=(_EMPTY,),
    ),
    Slip(
        KINDS,
        "a word processor's quotes, after the stub was run",
        answers(**{key: f"“{value[1:-1]}”" for key, value in RIGHT.items()}),
        before=(_EMPTY,),
    ),
    Slip(KINDS, "filled in, but not run", answers(**RIGHT), before=(_EMPTY,), run=False),
    Slip(
        KINDS,
        "renamed, after the stub was run",
        cell("""
        application = {
            "colour restoration": "CNN",
            "speech enactment": "RNN",
            "handwriting generation": "RNN",
            "image translation": "CNN",
            "object classification": "CNN",
            "sequence prediction": "RNN",
        }
        """),
        before=(_EMPTY,),
    ),
    Slip(
        KINDS,
        "a line deleted",
        cell("""
        applications = {
            "colour restoration": "CNN",
            "speech enactment": "RNN",
            "handwriting generation": "RNN",
            "image translation": "CNN",
            "object classification": "CNN",
        }
        """),
    ),
    Slip(
        KINDS,
        "a key changed",
        cell("""
        applications = {
            "color restoration": "CNN",
            "speech enactment": "RNN",
            "handwriting generation": "RNN",
            "image translation": "CNN",
            "object classification": "CNN",
            "sequence prediction": "RNN",
        }
        """),
    ),
    Slip(KINDS, "a list in place of the dict", cell('applications = ["CNN", "RNN", "RNN", "CNN", "CNN", "RNN"]')),
]

PARTS = "quiz_neuron"
RIGHT_PARTS = {
    "soma": '"weighted sum and activation"',
    "dendrites": '"inputs"',
    "axon": '"output"',
    "terminal_buttons": '"connections to the next neurons"',
}

NEURON = [
    Slip(PARTS, "one word without its quotes", answers(**{**RIGHT_PARTS, "axon": "output"})),
    Slip(
        PARTS,
        "texts without their quotes, after the stub was run",
        answers(**{key: value.strip('"') for key, value in RIGHT_PARTS.items()}),
        before=(_EMPTY,),
    ),
    Slip(PARTS, "one line left empty", answers(**{**RIGHT_PARTS, "axon": '""'})),
    Slip(PARTS, "input for inputs", answers(**{**RIGHT_PARTS, "dendrites": '"input"'})),
    Slip(PARTS, "only half of the text", answers(**{**RIGHT_PARTS, "soma": '"weighted sum"'})),
    Slip(PARTS, "a full stop at the end", answers(**{**RIGHT_PARTS, "soma": '"weighted sum and activation."'})),
    Slip(PARTS, "two spaces between words", answers(**{**RIGHT_PARTS, "soma": '"weighted  sum and activation"'})),
    Slip(PARTS, "a typing mistake", answers(**{**RIGHT_PARTS, "terminal_buttons": '"conections to the next neurons"'})),
    Slip(PARTS, "the numbers in the picture", answers(soma='"2"', dendrites='"1"', axon='"3"', terminal_buttons='"4"')),
    Slip(PARTS, "a list of texts", answers(**{**RIGHT_PARTS, "soma": '["weighted sum", "activation"]'})),
    Slip(
        PARTS,
        "keys and texts swapped",
        cell("""
        neuron_parts = {
            "weighted sum and activation": "soma",
            "inputs": "dendrites",
            "output": "axon",
            "connections to the next neurons": "terminal buttons",
        }
        """),
    ),
    Slip(PARTS, "the same text four times", answers(**dict.fromkeys(RIGHT_PARTS, '"inputs"'))),
    Slip(
        PARTS,
        "two answers swapped",
        answers(**{**RIGHT_PARTS, "axon": RIGHT_PARTS["terminal_buttons"], "terminal_buttons": '"output"'}),
        passes=True,
    ),
    Slip(
        PARTS,
        "a quote missing, after the stub was run",
        answers(**{**RIGHT_PARTS, "dendrites": '"inputs'}),
        before=(_EMPTY,),
    ),
    Slip(PARTS, "filled in, but not run", answers(**RIGHT_PARTS), before=(_EMPTY,), run=False),
    Slip(
        PARTS,
        "a new variable below",
        cell("""
        neuron_parts = {
            "soma": "",
            "dendrites": "",
            "axon": "",
            "terminal buttons": "",
        }
        soma = "weighted sum and activation"
        dendrites = "inputs"
        axon = "output"
        terminal_buttons = "connections to the next neurons"
        """),
    ),
]

SLIPS = [*APPLICATIONS, *NEURON]
