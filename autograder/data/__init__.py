"""The data that lessons use, all of it in the package: nothing is downloaded."""

from autograder.data.digits import drawn_digit, handwritten_digits, trained_network, training_digits

__all__ = ["drawn_digit", "handwritten_digits", "trained_network", "training_digits"]
