"""Wrong answers that beginners give to the quizzes of welcome, and right ones that are written otherwise."""

from autograder.checks.symptoms import blank, no, no_text_right, same_text, text_is, texts_from
from autograder.lessons import also_correct, misconception

# Every mistake is known by its symptom: the answers around it, capitals and blanks may be any.


# --- quiz_applications ----------------------------------------------------------------------------


@misconception(
    "quiz_applications",
    hint="Every one of your answers is the other kind. Which of the two slides a window over a picture, "
    "and which reads one item after another?",
    symptom=[texts_from("CNN", "RNN"), no_text_right()],
    name="CNN and RNN swapped",
)
def swapped():
    return {
        "colour restoration": "RNN",
        "speech enactment": "CNN",
        "handwriting generation": "CNN",
        "image translation": "RNN",
        "object classification": "RNN",
        "sequence prediction": "CNN",
    }


@misconception(
    "quiz_applications",
    hint="You gave one answer six times. Look at what goes in and what comes out: is it always of the same kind?",
    symptom=[texts_from("CNN", "RNN"), same_text()],
    name="every answer the same",
)
def pictures_everywhere():
    return {
        "colour restoration": "CNN",
        "speech enactment": "CNN",
        "handwriting generation": "CNN",
        "image translation": "CNN",
        "object classification": "CNN",
        "sequence prediction": "CNN",
    }


@misconception(
    "quiz_applications",
    hint="Some lines are still empty. A guess costs nothing: write one of the two words into every line.",
    symptom=[blank()],
    name="not filled in",
)
def applications_left_empty():
    return {
        "colour restoration": "CNN",
        "speech enactment": "",
        "handwriting generation": "",
        "image translation": "",
        "object classification": "",
        "sequence prediction": "",
    }


@also_correct("quiz_applications")
def applications_in_capitals():
    return {
        "sequence prediction": "RNN",
        "object classification": "CNN",
        "image translation": "CNN",
        "handwriting generation": "RNN",
        "speech enactment": "RNN",
        "colour restoration": "CNN",
    }


@also_correct("quiz_applications")
def small_letters_and_blanks():
    return {
        "colour restoration": "cnn",
        "speech enactment": " RNN ",
        "handwriting generation": "rnn",
        "image translation": "Cnn",
        "object classification": "CNN\n",
        "sequence prediction": "Rnn",
    }


# --- quiz_neuron ----------------------------------------------------------------------------------

IN, BODY, OUT, ON = "inputs", "weighted sum and activation", "output", "connections to the next neurons"


@misconception(
    "quiz_neuron",
    hint="A cell has many short fibres and a single long one. At which of them do the signals of thousands of other "
    "cells arrive?",
    symptom=[text_is("axon", IN), text_is("dendrites", OUT), no(blank())],
    name="axon and dendrites swapped",
)
def signal_running_backwards():
    return {"soma": BODY, "dendrites": OUT, "axon": IN, "terminal buttons": ON}


@misconception(
    "quiz_neuron",
    hint="The weights tell how strongly a signal is passed on from cell to cell. They belong to the contacts. "
    "What happens in the body of the cell?",
    symptom=[text_is("soma", ON), no(blank())],
    name="soma as the weights",
)
def weights_in_the_body():
    return {"soma": ON, "dendrites": IN, "axon": OUT, "terminal buttons": BODY}


@misconception(
    "quiz_neuron",
    hint="Some lines are still empty. A guess costs nothing: copy one of the four texts into every line.",
    symptom=[blank()],
    name="not filled in",
)
def parts_left_empty():
    return {"soma": BODY, "dendrites": "", "axon": "", "terminal buttons": ""}


@also_correct("quiz_neuron")
def parts_in_capitals():
    return {
        "axon": "Output",
        "terminal buttons": "CONNECTIONS TO THE NEXT NEURONS",
        "dendrites": "INPUTS",
        "soma": BODY.title(),
    }


@also_correct("quiz_neuron")
def parts_with_blanks_around():
    return {"soma": f" {BODY}", "dendrites": f"{IN} ", "axon": f"\t{OUT}", "terminal buttons": f" {ON}\n"}
