"""What passes between a student's kernel and the grader."""

from autograder.wire.document import MAX_BYTES, TooLarge, WireError, dumps, loads

__all__ = ["MAX_BYTES", "TooLarge", "WireError", "dumps", "loads"]
