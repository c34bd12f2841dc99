"""What a student reads about a slip that the code of their function shows, if a check has failed over it."""

from __future__ import annotations

from autograder.checks.explaining import one_line
from autograder.checks.plugin import CheckRun

_OF_WRONG_ANSWERS = {
    "always true": "A text or a number after `or` counts as true, so this condition always holds. Compare each one: "
    "write the name and `==` after the `or`, too.",
    "axis for number": "The second argument of `np.max` and `np.min` is an axis. "
    "`np.maximum` and `np.minimum` compare two things, number by number.",
    "return ends loop": "This `return` stands inside the loop, so the function ends in the loop's first round. "
    "Should it stand below the loop?",
}
_OF_ANSWERS_TO_BE_REFUSED = {
    "error not raised": "An error is made here, but not raised: write `raise` in front of it, and don't print it.",
}


def slip_in(run: CheckRun, function: str) -> tuple[str, str]:
    """What to say of the slip that the last answer of a failed check shows, without and with the line; or nothing."""
    answers = [call.answer for call in run.calls if call.function == function]
    if not answers or answers[-1].outcome != "value":
        return "", ""
    answer = answers[-1]
    words = (_OF_WRONG_ANSWERS if run.compared else _OF_ANSWERS_TO_BE_REFUSED).get(answer.remark, "")
    if not words:
        return "", ""
    line = f"Line {answer.line} of its cell is `{one_line(answer.code, 80)}`. " if answer.line and answer.code else ""
    return words, f"{line}{words}"
