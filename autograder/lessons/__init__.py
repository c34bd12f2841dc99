"""The course as its authors write it: lessons, exercises, model answers and misconceptions."""

from autograder.lessons.answers import also_correct, misconception, oracle, stand_in

__all__ = ["also_correct", "misconception", "oracle", "stand_in"]
