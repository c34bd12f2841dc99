"""A verdict, as text and as a panel, says each message once; the panel opens one failure and folds the rest away."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from autograder.verdicts.panel import CHANGED_SINCE, SHOW_HINT, as_panel, as_text
from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, Status

ERROR = "Your function stopped with a NameError."
LONG = "example = (\n    np.array([1.0, 2.0]),\n)\nf(*example)"


def verdict(*messages: str) -> ExerciseVerdict:
    checks = tuple(CheckResult(f"Check {i}.", i > 2, not text, 1.0, text) for i, text in enumerate(messages))
    return ExerciseVerdict("f", Status.FAILED, 0.0, 2.0, message=next(filter(None, messages), ""), checks=checks)


def unfolded(html: str) -> str:
    """What is seen of a panel before anything in it is opened: of what is folded, its summary."""
    inner = "((?:(?!<details).)*?)"
    folded = re.compile(f"<details[^>]*><summary[^>]*>{inner}</summary>{inner}</details>", re.DOTALL)
    while (shorter := folded.sub(r"\1 ", html)) != html:
        html = shorter
    return re.sub(r"<[^>]*>", " ", html)


@pytest.mark.parametrize("graded", [True, False])
def test_a_message_of_several_checks_is_said_once(graded: bool) -> None:
    failed = verdict(f"{ERROR}\nThe call: f(1)", f"{ERROR}\nThe call: f(2)", "", f"{ERROR}")
    for shown in (as_text(failed), as_panel(failed, graded=graded)):
        assert shown.count(ERROR) == 1
        assert "he same for 2 other checks" in shown
        assert "f(1)" in shown
        assert "f(2)" not in shown


def test_a_message_of_one_check_is_not_counted() -> None:
    failed = verdict("It is 1; expected 2.\nThe call: f(1)", "It is 3; expected 4.\nThe call: f(2)")
    assert "he same for" not in as_text(failed) + as_panel(failed)
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


def test_what_works_comes_first_then_one_failure_and_the_rest_is_folded() -> None:
    failed = replace(
        verdict("It is 1; expected 2.", "It is 3; expected 4.", "It is 3; expected 4.", ""),
        misconception="a slip",
        hint="Look again.",
    )
    page = as_panel(failed)
    assert page.index("Check 3.") < page.index("Check 0.") < page.index("Check 1.") < page.index("Look again.")
    seen = unfolded(page)
    assert "It is 1; expected 2." in seen
    assert "Check 1." in seen
    assert SHOW_HINT in seen
    assert "It is 3; expected 4." not in seen
    assert "Check 2." not in seen
    assert "Look again." not in seen


def test_the_failure_that_says_most_is_the_open_one() -> None:
    failed = replace(
        verdict("It is 1; expected 2.", "It is -3; expected 3.\nIt is negated."),
        message="It is -3; expected 3.\nIt is negated.",
    )
    assert "It is negated." in unfolded(as_panel(failed))
    assert "It is 1; expected 2." not in unfolded(as_panel(failed))


def test_many_checks_that_passed_are_counted() -> None:
    passed = replace(verdict("", "", "", ""), status=Status.PASSED, score=2.0)
    assert "✓ 4 checks passed" in unfolded(as_panel(passed, graded=True))
    assert "Check 2." not in unfolded(as_panel(passed, graded=True))


def test_a_message_about_the_exercise_is_shown_beside_those_of_its_checks() -> None:
    fault = replace(verdict("It is 1; expected 2."), status=Status.GRADER_FAULT, message="The grader itself failed.")
    assert "The grader itself failed." in unfolded(as_panel(fault, graded=True))
    assert "It is 1; expected 2." in unfolded(as_panel(fault, graded=True))


def test_a_panel_that_fails_reminds_of_running_the_cell_once_and_a_grade_does_not() -> None:
    failed = verdict("It is 1; expected 2.", "It is 3; expected 4.")
    assert as_text(failed).count(CHANGED_SINCE) == as_panel(failed).count(CHANGED_SINCE) == 1
    assert CHANGED_SINCE not in as_panel(failed, graded=True)
    passed = replace(failed, status=Status.PASSED)
    assert CHANGED_SINCE not in as_text(passed) + as_panel(passed)


def test_a_long_call_is_offered_whole_as_code() -> None:
    failed = verdict(f"It is 1; expected 2.\nThe last call:\n{LONG}")
    assert all(line in as_text(failed) for line in LONG.splitlines())
    assert f">{LONG}</pre></details>" in as_panel(failed)
    assert "np.array" not in unfolded(as_panel(failed))


def test_everything_is_escaped() -> None:
    failed = verdict("It is '<b>'.\nThe call: f('<script>')")
    failed = replace(failed, misconception="<script>", hint="<b>", exercise="<script>'")
    for page in (as_panel(failed), as_panel(failed, graded=True, note="<b>")):
        assert "<script>" not in page
        assert "<b>" not in page
        assert "<script>'" not in page
