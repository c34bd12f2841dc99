"""The course as its authors write it."""

from autograder.lessons.answers import also_correct, misconception, oracle, stand_in

__all__ = ["also_correct", "misconception", "oracle", "stand_in"]
