"""Wrong answers that beginners give to the quizzes of welcome, and right ones that are written otherwise."""

from autograder.lessons import also_correct, misconception

# Every mistake is known by its symptom: the answers around it, capitals and blanks may be any.


def given(calls):
    """The answers as they were given, in small letters and without blanks around."""
    return {key: text.strip().casefold() for key, text in calls[-1].value.items()}


def has_blanks(calls):
    return "" in given(calls).values()


# --- quiz_applications ----------------------------------------------------------------------------


def all_turned_round(calls):
    answers, right = given(calls), applications_in_capitals()
    return all(answers[key] == {"CNN": "rnn", "RNN": "cnn"}[right[key]] for key in right)


def all_the_same(calls):
    return set(given(calls).values()) in ({"cnn"}, {"rnn"})


@misconception(
    "quiz_applications",
    hint="Every one of your answers is the other kind. Which of the two slides a window over a picture, "
    "and which reads one item after another?",
    symptom=all_turned_round,
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
    symptom=all_the_same,
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
    symptom=has_blanks,
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


def axon_and_dendrites_turned_round(calls):
    answers = given(calls)
    return answers["axon"] == IN and answers["dendrites"] == OUT and not has_blanks(calls)


def body_taken_for_the_connections(calls):
    return given(calls)["soma"] == ON and not has_blanks(calls)


@misconception(
    "quiz_neuron",
    hint="A cell has many short fibres and a single long one. At which of them do the signals of thousands of other "
    "cells arrive?",
    symptom=axon_and_dendrites_turned_round,
    name="axon and dendrites swapped",
)
def signal_running_backwards():
    return {"soma": BODY, "dendrites": OUT, "axon": IN, "terminal buttons": ON}


@misconception(
    "quiz_neuron",
    hint="The weights tell how strongly a signal is passed on from cell to cell. They belong to the contacts. "
    "What happens in the body of the cell?",
    symptom=body_taken_for_the_connections,
    name="soma as the weights",
)
def weights_in_the_body():
    return {"soma": ON, "dendrites": IN, "axon": OUT, "terminal buttons": BODY}


@misconception(
    "quiz_neuron",
    hint="Some lines are still empty. A guess costs nothing: copy one of the four texts into every line.",
    symptom=has_blanks,
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
