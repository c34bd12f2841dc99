"""A verdict as a student reads it: in a page as HTML of plain tags, in a terminal as text.

Every word that is not ours is escaped. The tags are those that nbconvert's sanitizer can be told to keep: no style, no
script; nothing is said by colour alone.
"""

from __future__ import annotations

from html import escape

from autograder.verdict import CheckResult, ExerciseVerdict, Status

TAGS = ["a", "b", "blockquote", "br", "code", "details", "div", "em", "h1", "h2", "h3", "h4", "hr", "i", "img", "li",
        "ol", "p", "pre", "span", "strong", "sub", "summary", "sup", "table", "tbody", "td", "th", "thead", "tr",
        "ul"]  # fmt: skip

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
    lines = [_heading(verdict, public)]
    lines += [f"  {_mark(check)} {check.name}" + _said(check) for check in verdict.checks]
    if verdict.message and not any(check.message for check in verdict.checks):
        lines.append(f"  {verdict.message}")
    if verdict.misconception:
        lines.append(f"  These answers are what comes of: {verdict.misconception}. {verdict.hint}")
    return "\n".join(lines) + "\n"


def as_html(verdict: ExerciseVerdict, note: str = "", *, public: bool = False) -> str:
    """The verdict as HTML; `note` is one more line below it, `public` as in `as_text`."""
    parts = [f"<h4>{escape(_heading(verdict, public))}</h4>"]
    if verdict.message and not any(check.message for check in verdict.checks):
        parts.append(f"<p>{escape(verdict.message)}</p>")
    if verdict.misconception:
        parts.append(
            f"<p><strong>These answers are what comes of: {escape(verdict.misconception)}.</strong> {escape(verdict.hint)}</p>"
        )
    if verdict.checks:
        items = "".join(f"<li>{escape(_mark(c))} {escape(c.name)}{escape(_said(c))}</li>" for c in verdict.checks)
        parts.append(f"<ul>{items}</ul>")
    if note:
        parts.append(f"<p><em>{escape(note)}</em></p>")
    return "<div>" + "".join(parts) + "</div>"


def _heading(verdict: ExerciseVerdict, public: bool) -> str:
    if not public:
        return f"{verdict.exercise}: {_HEADINGS[verdict.status]} — {verdict.score:.4g} of {verdict.points:.4g} points"
    more = ". More checks follow when it is graded." if verdict.status is Status.PASSED else ""
    return f"{verdict.exercise}: {_HEADINGS[verdict.status]}{more}"


def _mark(check: CheckResult) -> str:
    return "✓ passed:" if check.passed else "✗ not yet:"


def _said(check: CheckResult) -> str:
    return f" — {check.message}" if check.message else ""
