"""The data that lessons use, all of it in the package: nothing is downloaded."""

from autograder.data.digits import drawn_digit, handwritten_digits, trained_network
from autograder.data.learning import learning_curves
from autograder.data.nebulae import nebulae

__all__ = ["drawn_digit", "handwritten_digits", "learning_curves", "nebulae", "trained_network"]
