"""A verdict as a student reads it: in a live notebook, in a terminal, in a graded cell.

All text is escaped; there is no script, and nothing is shown by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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
CHANGED_SINCE = "If you have changed the cell since, run it first."
# A message is lines of sentences and perhaps a call at the end, as code, after one of these.
THE_CALL, THE_LAST_CALL = "The call:", "The last call:"


_INSET = "margin: .15em 0 .15em 1.4em"


def as_text(verdict: ExerciseVerdict) -> str:
    """What `check` prints in a plain terminal: the public checks, each with its message, and the hint at the end."""
    lines = [heading(verdict, public=True)]
    for check, (sentences, label, code) in _each_message_once(verdict):
        lines += [f"  {_mark(check)} {check.name}", *(f"      {line}" for line in sentences)]
        if code:
            lines += [f"      {label} {code}"] if "\n" not in code else [f"      {label}", *_indented(code)]
    if not verdict.checks and verdict.message:
        lines += [f"  {line}" for line in verdict.message.splitlines()]
    if verdict.misconception:
        lines.append(f"  Hint — {_recognized(verdict)} {verdict.hint}")
    if verdict.status is Status.FAILED:
        lines.append(f"  {CHANGED_SINCE}")
    return "\n".join(lines) + "\n"


def as_panel(verdict: ExerciseVerdict) -> str:
    """What `check` shows in a live notebook: the same as HTML, for light and dark themes, keyboards and screen readers.

    The hint is folded away: students should look for the mistake themselves first.
    """
    colour = "#0072B2" if verdict.status is Status.PASSED else "#D55E00"
    parts = [f"<h4 style='margin: 0 0 .4em'>{escape(heading(verdict, public=True))}</h4>"]
    items = []
    for check, (sentences, label, code) in _each_message_once(verdict):
        message = "".join(f"<div style='{_INSET}'>{escape(line)}</div>" for line in sentences)
        message += _call_to_paste(label, code) if code else ""
        items.append(f"<li style='margin: .3em 0'><strong>{_mark(check)}</strong> {escape(check.name)}{message}</li>")
    if items:
        parts.append(f"<ul style='list-style: none; margin: 0; padding: 0'>{''.join(items)}</ul>")
    elif verdict.message:
        lines = "".join(f"<p style='margin: 0'>{escape(line)}</p>" for line in verdict.message.splitlines())
        parts.append(lines)
    if verdict.misconception:
        parts.append(
            "<details style='margin-top: .6em'>"
            "<summary style='cursor: pointer'>Show a hint: these answers look familiar</summary>"
            f"<p style='margin: .4em 0 0 1.4em'>{escape(_recognized(verdict))} {escape(verdict.hint)}</p></details>"
        )
    if verdict.status is Status.FAILED:
        parts.append(f"<p style='margin: .6em 0 0; font-size: 90%'>{CHANGED_SINCE}</p>")
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
        sentences, label, code = in_parts(verdict.message)
        alike = sum(in_parts(c.message)[0][:1] == sentences[:1] for c in verdict.checks if not c.passed)
        sentences = _with_count(sentences, max(alike - 1, 0))
        parts += [f"<div>{escape(line)}</div>" for line in sentences]
        if code:
            short = f"<div>{label} <code>{escape(code)}</code></div>"
            parts.append(short if "\n" not in code else f"<div>{label}</div><pre>{escape(code)}</pre>")
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
    count = f" — {passed} of {whole} checks passed" if whole else ""
    return f"{verdict.exercise}: {_HEADINGS[verdict.status]}{count}"


def _recognized(verdict: ExerciseVerdict) -> str:
    return f"These answers come from a known mistake: {verdict.misconception}."


def in_parts(message: str) -> tuple[list[str], str, str]:
    """A message as lines of sentences, and the call's label and code, which are empty if it has none."""
    for label in (THE_CALL, THE_LAST_CALL):
        sentences, found, code = f"\n{message}".partition(f"\n{label}")
        if found:
            return sentences.splitlines()[1:], label, code.strip("\n ")
    return message.splitlines(), "", ""


def _each_message_once(verdict: ExerciseVerdict) -> Iterator[tuple[CheckResult, tuple[list[str], str, str]]]:
    """The checks with the parts of their messages: what several have to say is said once, with their number."""
    first_lines = [(in_parts(check.message)[0] or [""])[0] for check in verdict.checks]
    for number, (check, line) in enumerate(zip(verdict.checks, first_lines, strict=True)):
        sentences, label, code = in_parts(check.message)
        if line and line in first_lines[:number]:
            yield check, (sentences[1:], "", "")
        else:
            yield check, (_with_count(sentences, first_lines[number + 1 :].count(line)), label, code)


def _with_count(sentences: list[str], others: int) -> list[str]:
    if not (sentences and others):
        return sentences
    return [f"{sentences[0]} (The same for {others} other check{'s' * (others != 1)}.)", *sentences[1:]]


def _indented(code: str) -> Iterable[str]:
    return (f"      {line}" for line in code.splitlines())


def _call_to_paste(label: str, code: str) -> str:
    """The call, whole; a long one is folded away."""
    if "\n" not in code:
        return f"<div style='{_INSET}'>{label} <code>{escape(code)}</code></div>"
    return (
        f"<details style='{_INSET}'><summary style='cursor: pointer'>{label} code to paste into a cell</summary>"
        f"<pre style='margin: .2em 0; white-space: pre; overflow-x: auto'>{escape(code)}</pre></details>"
    )


def _mark(check: CheckResult) -> str:
    return "✓ passed:" if check.passed else "✗ not yet:"
