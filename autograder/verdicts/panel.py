"""A verdict as a student reads it: in a live notebook, in a terminal, in a graded cell.

All text is escaped; there is no script, and nothing is shown by colour alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
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
PASSED, NOT_YET = "✓ passed:", "✗ not yet:"
SHOW_HINT = "Show a hint: these answers look familiar"
# More checks that passed than these are folded away.
_LISTED = 3
_SPACED, _INSET = "margin: .3em 0", "margin: .15em 0 .15em 1.4em"


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


def as_panel(verdict: ExerciseVerdict, *, graded: bool = False, note: str = "") -> str:
    """The verdict as HTML, for light and dark themes, keyboards and screen readers.

    A live notebook shows the public checks. A graded cell, where nbgrader's Formgrader shows it as well, has the hidden
    ones and the score, and `note` as one more line.
    """
    colour = "#0072B2" if verdict.status is Status.PASSED else "#D55E00"
    label = escape(f"Checks of {verdict.exercise}", quote=True)
    after = [CHANGED_SINCE] if verdict.status is Status.FAILED and not graded else []
    after += [note] if note else []
    lines = "".join(f"<p style='margin: .6em 0 0; font-size: 90%'>{escape(line)}</p>" for line in after)
    # The pages of others typeset formulas, which can turn a student's text into links: the classes turn that off.
    return (
        f"<section aria-label='{label}' class='tex2jax_ignore mathjax_ignore' "
        f"style='border-left: 4px solid {colour}; padding: .4em .8em; "
        "color: var(--jp-content-font-color1, inherit); overflow-wrap: anywhere'>"
        f"<h4 style='margin: 0 0 .4em'>{escape(heading(verdict, public=not graded))}</h4>"
        f"{checks_as_html(verdict)}{lines}</section>"
    )


def checks_as_html(verdict: ExerciseVerdict) -> str:
    """What an exercise's checks found: first what passed, then the first failure, and the rest folded away.

    The hint is folded, too: students should look for the mistake themselves first.
    """
    passed = [check.name for check in verdict.checks if check.passed]
    parts = []
    if len(passed) > _LISTED:
        parts.append(_folded(f"✓ {len(passed)} checks passed", _as_list(passed, PASSED)))
    elif passed:
        parts.append(_as_list(passed, PASSED))
    failures = _failures(verdict)
    said = {sentence for failure in failures for sentence in failure.sentences}
    if missing := [line for line in in_parts(verdict.message)[0] if line not in said]:
        parts.append("".join(f"<p style='margin: 0'>{escape(line)}</p>" for line in missing))
    for number, failure in enumerate(failures):
        name, *others = failure.names
        message = "".join(f"<div style='{_INSET}'>{escape(line)}</div>" for line in failure.sentences)
        message += _call_to_paste(failure.label, failure.code) if failure.code else ""
        if others:
            count = f"{len(others)} other check{'s' * (len(others) != 1)}"
            message += _folded(f"The same for {count}", _as_list(others), _INSET)
        if number == 0:
            parts.append(_as_list([name], NOT_YET) + message)
        else:
            parts.append(_folded(f"{NOT_YET} {name}", message))
    if verdict.misconception:
        hint = f"<p style='margin: .4em 0 0 1.4em'>{escape(_recognized(verdict))} {escape(verdict.hint)}</p>"
        parts.append(_folded(SHOW_HINT, hint, "margin-top: .6em"))
    return "".join(parts)


def in_words(status: Status) -> str:
    """A result as students read it."""
    return _HEADINGS[status]


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


@dataclass(frozen=True)
class _Failure:
    """Checks that failed with the same first sentence: their names, all their sentences, and the first one's call."""

    names: tuple[str, ...]
    sentences: tuple[str, ...]
    label: str
    code: str


def _failures(verdict: ExerciseVerdict) -> list[_Failure]:
    """The checks that failed, by message."""
    alike: dict[str, list[CheckResult]] = {}
    for check in verdict.checks:
        if not check.passed:
            first, *_ = in_parts(check.message)[0] or [""]
            alike.setdefault(first, []).append(check)
    failures = []
    for checks in alike.values():
        sentences = dict.fromkeys(line for check in checks for line in in_parts(check.message)[0])
        _, label, code = in_parts(checks[0].message)
        failures.append(_Failure(tuple(check.name for check in checks), tuple(sentences), label, code))
    # First the one that the verdict's message is about, which may say more than those before it.
    about = set(in_parts(verdict.message)[0])
    return sorted(failures, key=lambda failure: not about <= set(failure.sentences))


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
    pasted = f"<pre style='margin: .2em 0; white-space: pre; overflow-x: auto' tabindex='0'>{escape(code)}</pre>"
    return _folded(f"{label} code to paste into a cell", pasted, _INSET)


def _as_list(names: Iterable[str], mark: str = "") -> str:
    bold = f"<strong>{mark}</strong> " if mark else ""
    items = "".join(f"<li style='{_SPACED}'>{bold}{escape(name)}</li>" for name in names)
    return f"<ul style='list-style: none; margin: 0; padding: 0'>{items}</ul>"


def _folded(summary: str, content: str, style: str = _SPACED) -> str:
    shown = "cursor: pointer; display: list-item"  # Bootstrap's pages would take away the triangle
    return f"<details style='{style}'><summary style='{shown}'>{escape(summary)}</summary>{content}</details>"


def _mark(check: CheckResult) -> str:
    return PASSED if check.passed else NOT_YET
