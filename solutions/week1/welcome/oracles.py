"""The lecture's tables once more, typed from its slides and not from the lesson."""

from autograder.lessons import oracle

PICTURES = ("colour restoration", "image translation", "object classification")
SEQUENCES = ("sequence prediction", "handwriting generation", "speech enactment")


@oracle("quiz_applications", by="the lecture's list of applications, typed once more")
def sorted_by_what_goes_in():
    return dict.fromkeys(PICTURES, "CNN") | dict.fromkeys(SEQUENCES, "RNN")


@oracle("quiz_neuron", by="the lecture's two drawings of a neuron, compared once more")
def along_the_signal():
    cell = ("dendrites", "soma", "axon", "terminal buttons")
    artificial = ("inputs", "weighted sum and activation", "output", "connections to the next neurons")
    return dict(zip(cell, artificial, strict=True))
