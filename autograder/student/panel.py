"""A verdict as a student reads it: in a page as HTML of plain tags, in a terminal as text.

Every word that is not ours is escaped. The tags are those that nbconvert's sanitizer keeps: no style, no script; nothing
is said by colour alone.
"""

from __future__ import annotations

from html import escape

from autograder.verdict import CheckResult, ExerciseVerdict, Status

_HEADINGS = {
    Status.PASSED: "passed",
    Status.FAILED: "not right yet",
    Status.NOT_ATTEMPTED: "not attempted",
    Status.TIMED_OUT: "took too long",
    Status.OUT_OF_MEMORY: "used too much memory",
    Status.CRASHED: "ended the notebook's kernel",
    Status.UNGRADABLE: "could not be graded",
    Status.GRADER_FAULT: "the grader failed",
}


def as_text(verdict: ExerciseVerdict, *, public: bool = False) -> str:
    """The verdict in a few lines; `public` where it is of the public checks alone, which give no score."""
    lines = [heading(verdict, public=public)]
    lines += [f"  {_mark(check)} {check.name}" for check in verdict.checks]
    lines += [f"  {sentence}" for sentence in _sentences(verdict)]
    return "\n".join(lines) + "\n"


def as_html(verdict: ExerciseVerdict, note: str = "", *, public: bool = False) -> str:
    """The verdict as HTML; `note` is one more line below it, `public` as in `as_text`."""
    parts = [f"<div><strong>{escape(heading(verdict, public=public))}</strong></div>"]
    parts += [f"<div>{escape(sentence)}</div>" for sentence in _sentences(verdict)]
    if verdict.checks:
        items = "".join(f"<li>{escape(f'{_mark(check)} {check.name}')}</li>" for check in verdict.checks)
        parts.append(f"<ul>{items}</ul>")
    if note:
        parts.append(f"<div><em>{escape(note)}</em></div>")
    return "<div>" + "".join(parts) + "</div>"


def heading(verdict: ExerciseVerdict, *, public: bool = False) -> str:
    """The verdict in one line."""
    if not public:
        return f"{verdict.exercise}: {_HEADINGS[verdict.status]} — {verdict.score:.4g} of {verdict.points:.4g} points"
    more = ". More checks follow when it is graded." if verdict.status is Status.PASSED else ""
    return f"{verdict.exercise}: {_HEADINGS[verdict.status]}{more}"


def _sentences(verdict: ExerciseVerdict) -> list[str]:
    """What is said besides the list of checks: one message, the first that matters, and the named mistake."""
    sentences = [verdict.message] if verdict.message else []
    if verdict.misconception:
        sentences.append(f"These answers are what comes of: {verdict.misconception}. {verdict.hint}")
    return sentences


def _mark(check: CheckResult) -> str:
    return "✓ passed:" if check.passed else "✗ not yet:"
