"""The panel and the graded feedback say a message once, and offer a call whole: a long one folded, as code."""

from __future__ import annotations

from dataclasses import replace

from autograder.verdicts.panel import CHANGED_SINCE, as_feedback, as_panel, as_text
from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, Status

ERROR = "Your function stopped with a NameError."
LONG = "example = (\n    np.array([1.0, 2.0]),\n)\nf(*example)"


def verdict(*messages: str) -> ExerciseVerdict:
    checks = tuple(CheckResult(f"Check {i}.", i > 2, not text, 1.0, text) for i, text in enumerate(messages))
    return ExerciseVerdict("f", Status.FAILED, 0.0, 2.0, message=messages[0], checks=checks)


def test_a_message_of_several_checks_is_said_once() -> None:
    failed = verdict(f"{ERROR}\nThe call: f(1)", f"{ERROR}\nThe call: f(2)", "", f"{ERROR}")
    for text in (as_text(failed), as_panel(failed), as_feedback(failed)):
        assert text.count(ERROR) == 1
        assert f"{ERROR} (The same for 2 other checks.)" in text
        assert "f(1)" in text
        assert "f(2)" not in text


def test_a_message_of_one_check_is_not_counted() -> None:
    failed = verdict("It is 1; expected 2.\nThe call: f(1)", "It is 3; expected 4.\nThe call: f(2)")
    assert "The same" not in as_text(failed) + as_panel(failed) + as_feedback(failed)
    assert "f(1)" in as_panel(failed)
    assert "f(2)" in as_panel(failed)


def test_sentences_and_a_short_call_have_lines_of_their_own() -> None:
    text = as_text(verdict("It is 1; expected -1.\nIn every call it is negated.\nThe call: f(1)"))
    assert text.splitlines()[2:] == [
        "      It is 1; expected -1.",
        "      In every call it is negated.",
        "      The call: f(1)",
        f"  {CHANGED_SINCE}",
    ]


def test_a_panel_that_fails_reminds_of_running_the_cell_once_and_a_grade_does_not() -> None:
    failed = verdict("It is 1; expected 2.", "It is 3; expected 4.")
    assert as_text(failed).count(CHANGED_SINCE) == as_panel(failed).count(CHANGED_SINCE) == 1
    assert CHANGED_SINCE not in as_feedback(failed)
    passed = replace(failed, status=Status.PASSED)
    assert CHANGED_SINCE not in as_text(passed) + as_panel(passed)


def test_a_long_call_is_offered_whole_as_code() -> None:
    failed = verdict(f"It is 1; expected 2.\nThe last call:\n{LONG}")
    assert all(line in as_text(failed) for line in LONG.splitlines())
    assert f">{LONG}</pre></details>" in as_panel(failed)
    assert f"<div>The last call:</div><pre>{LONG}</pre>" in as_feedback(failed)


def test_a_call_is_escaped() -> None:
    failed = verdict("It is '<b>'.\nThe call: f('<script>')")
    for page in (as_panel(failed), as_feedback(failed)):
        assert "<script>" not in page
        assert "<b>" not in page
