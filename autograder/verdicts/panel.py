"""A verdict as a student reads it: in a live notebook, in a terminal, in a graded cell.

All text is escaped; there is no script, and nothing is shown by colour alone.
"""

from __future__ import annotations

from html import escape

from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, Status

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


def as_text(verdict: ExerciseVerdict) -> str:
    """What `check` prints in a plain terminal: the public checks, each with its message, and the hint at the end."""
    lines = [heading(verdict, public=True)]
    for check in verdict.checks:
        lines += [f"  {_mark(check)} {check.name}", *(f"      {line}" for line in _message_lines(check))]
    if not verdict.checks and verdict.message:
        lines.append(f"  {verdict.message}")
    if verdict.misconception:
        lines.append(f"  Hint — {_recognized(verdict)} {verdict.hint}")
    return "\n".join(lines) + "\n"


def as_panel(verdict: ExerciseVerdict) -> str:
    """What `check` shows in a live notebook: the same as HTML, for light and dark themes, keyboards and screen readers.

    The hint is folded away: students should look for the mistake themselves first.
    """
    colour = "#0072B2" if verdict.status is Status.PASSED else "#D55E00"
    parts = [f"<h4 style='margin: 0 0 .4em'>{escape(heading(verdict, public=True))}</h4>"]
    items = []
    for check in verdict.checks:
        style = "margin: .15em 0 .15em 1.4em"
        message = "".join(f"<div style='{style}'>{escape(line)}</div>" for line in _message_lines(check))
        items.append(f"<li style='margin: .3em 0'><strong>{_mark(check)}</strong> {escape(check.name)}{message}</li>")
    if items:
        parts.append(f"<ul style='list-style: none; margin: 0; padding: 0'>{''.join(items)}</ul>")
    elif verdict.message:
        parts.append(f"<p style='margin: 0'>{escape(verdict.message)}</p>")
    if verdict.misconception:
        parts.append(
            "<details style='margin-top: .6em'>"
            "<summary style='cursor: pointer'>Show a hint: these answers look familiar</summary>"
            f"<p style='margin: .4em 0 0 1.4em'>{escape(_recognized(verdict))} {escape(verdict.hint)}</p></details>"
        )
    label = escape(f"Checks of {verdict.exercise}", quote=True)
    return (
        f"<section aria-label='{label}' style='border-left: 4px solid {colour}; padding: .4em .8em; "
        f"color: var(--jp-content-font-color1, inherit); overflow-wrap: anywhere'>{''.join(parts)}</section>"
    )


def as_feedback(verdict: ExerciseVerdict, note: str = "") -> str:
    """What a graded cell shows: score, one message, the named mistake, the list of checks; `note` is one more line.

    It uses only tags that nbconvert's sanitizer keeps. The page typesets formulas, which can turn a student's text into
    links: the class turns that off here.
    """
    parts = [f"<div><strong>{escape(heading(verdict))}</strong></div>"]
    if verdict.message:
        parts.append(f"<div>{escape(verdict.message)}</div>")
    if verdict.misconception:
        parts.append(f"<div>{escape(_recognized(verdict))} {escape(verdict.hint)}</div>")
    if verdict.checks:
        items = "".join(f"<li>{escape(f'{_mark(check)} {check.name}')}</li>" for check in verdict.checks)
        parts.append(f"<ul>{items}</ul>")
    if note:
        parts.append(f"<div><em>{escape(note)}</em></div>")
    return '<div class="tex2jax_ignore mathjax_ignore">' + "".join(parts) + "</div>"


def heading(verdict: ExerciseVerdict, *, public: bool = False) -> str:
    """The verdict in one line."""
    if not public:
        return f"{verdict.exercise}: {_HEADINGS[verdict.status]} — {verdict.score:.4g} of {verdict.points:.4g} points"
    if verdict.status is Status.PASSED:
        if not any(check.weight for check in verdict.checks):  # a quiz, whose right answers only the grader knows
            return f"{verdict.exercise}: filled in. You will see which answers are right once it is graded."
        return f"{verdict.exercise}: passed. More checks follow when it is graded."
    passed, whole = sum(check.passed for check in verdict.checks), len(verdict.checks)
    count = f" — {passed} of {whole} check{'s' * (whole != 1)} passed" if whole else ""
    return f"{verdict.exercise}: {_HEADINGS[verdict.status]}{count}"


def _recognized(verdict: ExerciseVerdict) -> str:
    return f"These answers come from a known mistake: {verdict.misconception}."


def _message_lines(check: CheckResult) -> list[str]:
    """A check's message in lines, the call on a line of its own."""
    message, _, call = check.message.partition(" The call: ")
    return [line for line in (message, f"The call: {call}" if call else "") if line]


def _mark(check: CheckResult) -> str:
    return "✓ passed:" if check.passed else "✗ not yet:"
