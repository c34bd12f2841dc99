"""The pages in docs/feedback/: each slip, the words that it gets, and the verdict on them; and the page above them."""

from __future__ import annotations

import re
import textwrap
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.feedback.judged import VERDICTS, Judged, file_of
from tests.feedback.slip import STUB, Slip
from tests.feedback.trying import Words
from tests.support.course import ROOT

OVERVIEW = ROOT / "docs" / "feedback.md"
PAGES = ROOT / "docs" / "feedback"
WIDTH = 110
# The last line of a slip: its key and the fingerprint of its words, as `fingerprints` finds them again.
MARK = re.compile(r"^<!-- (\w+/\S+) (\w+) -->$", re.MULTILINE)
NOT_JUDGED, CHANGED = "not judged", "words changed since"

# Without "fmt: off", ruff would tidy up the slips.
HEAD = """\
<!-- fmt: off -->
<!-- Made by `make feedback`; the verdicts are in {verdicts}. -->

# Slips in {lesson}

What an entry shows, and how it is judged: [Feedback on beginners' slips](../feedback.md).
"""
HEAD_OF_OVERVIEW = """\
<!-- fmt: off -->
<!-- Made by `make feedback`. -->

# Feedback on beginners' slips

Slips as beginners type them, not the misconceptions that the lessons list, tried on every exercise. Each lesson has a
page of them. An entry shows the cell (only what was typed into the stub), what the student's own notebook says (in a
real kernel; checks that passed are left out), and what the graded cell says if that is anything else. Lines in round
brackets come from Python itself, and long calls are cut to one line.

A person judges the words by one question: what would a beginner who has nothing else to read do next? **helpful**: the
right thing. **bare**: nothing in particular, though the words are true. **misleading**: the wrong thing. Verdicts are
written into a file for each lesson in `tests/feedback/verdicts/`; the next `make feedback` shows them on its page:

```json
"sigmoid/rounded-to-four-decimals": {"verdict": "helpful", "note": "says what happened, and to how many decimals"}
```
"""
# The last row of a page's table.
_ALL = re.compile(r"^\| all \| (.+) \|$", re.MULTILINE)


def page_of(lesson: str) -> Path:
    """The page of a lesson's slips."""
    return PAGES / f"{lesson}.md"


def page(lesson: str, words: Mapping[Slip, Words], judged: Mapping[str, Judged]) -> str:
    """The page of a lesson, for its slips and the words that they get."""
    exercises = list(dict.fromkeys(slip.exercise for slip in words))
    verdicts = file_of(lesson).relative_to(ROOT)
    parts = [HEAD.format(lesson=lesson, verdicts=verdicts), _counts(words, judged, exercises)]
    for exercise in exercises:
        parts.append(f"## {exercise}\n")
        slips = [slip for slip in words if slip.exercise == exercise]
        parts += [entry(number, slip, words[slip], judged) for number, slip in enumerate(slips, start=1)]
    return "\n".join(parts)


def overview(pages: Mapping[str, str]) -> str:
    """The page that leads to the others, from their texts by lesson; with how many slips each has, and the verdicts."""
    counts = {lesson: [int(count) for count in _ALL.findall(text)[0].split(" | ")] for lesson, text in pages.items()}
    rows = [[f"[{lesson}](feedback/{lesson}.md)", *of_one] for lesson, of_one in counts.items()]
    rows.append(["all", *(sum(column) for column in zip(*counts.values(), strict=True))])
    return f"{HEAD_OF_OVERVIEW}\n{_table('lesson', rows)}"


def fingerprints(text: str) -> dict[str, str]:
    """The fingerprints of the words in a page, by the slips' keys."""
    return dict(MARK.findall(text))


def _counts(words: Mapping[Slip, Words], judged: Mapping[str, Judged], exercises: Sequence[str]) -> str:
    columns = [*VERDICTS, CHANGED, NOT_JUDGED]
    counts = Counter((slip.exercise, _verdict(slip, said, judged)) for slip, said in words.items())
    rows = [[f"[{name}](#{name})", *(counts[name, column] for column in columns)] for name in exercises]
    rows.append(["all", *(sum(counts[name, column] for name in exercises) for column in columns)])
    return _table("exercise", [[name, sum(numbers), *numbers] for name, *numbers in rows])


def _table(first: str, rows: Sequence[Sequence[object]]) -> str:
    columns = [first, "slips", *VERDICTS, CHANGED, NOT_JUDGED]
    lines = [columns, ["---", *["--:"] * (len(columns) - 1)], *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines) + "\n"


def _verdict(slip: Slip, words: Words, judged: Mapping[str, Judged]) -> str:
    one = judged.get(slip.key)
    if one is None:
        return NOT_JUDGED
    return one.verdict if one.words == words.fingerprint else CHANGED


def entry(number: int, slip: Slip, words: Words, judged: Mapping[str, Judged]) -> str:
    """The part of the page on one slip."""
    verdict, one = _verdict(slip, words, judged), judged.get(slip.key)
    if one is not None:
        verdict = (
            f"{one.verdict}{', but the ' + CHANGED if verdict == CHANGED else ''}{' — ' * bool(one.note)}{one.note}"
        )
    return "\n".join(
        [
            f"### {number}. {slip.name}\n",
            *_history(slip),
            _fenced("python", slip.typed.shown()),
            _fenced("text", "\n".join(_wrapped(f"In the notebook:\n{words.live}"))),
            _fenced("text", "\n".join(_wrapped(f"Graded: {words.graded}"))),
            f"Verdict: **{verdict}**\n",
            f"<!-- {slip.key} {words.fingerprint} -->\n",
        ]
    )


def _history(slip: Slip) -> Iterator[str]:
    """What the cell does not show: what was run before, and what is wrong elsewhere."""
    for exercise, typed in slip.earlier.items():
        yield f"In the cell of `{exercise}`:\n"
        yield _fenced("python", typed.shown())
    for typed in slip.before:
        if typed == STUB or not typed.shown():
            yield "First the stub was run as it is.\n"
        else:
            yield from ("First this was run:\n", _fenced("python", typed.shown()))
    if slip.before:
        yield "Then the cell was changed and run:\n" if slip.run else "Then the cell was changed, but not run:\n"


def _fenced(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```\n"


def _wrapped(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.lstrip().startswith("The call: ") and len(line) > WIDTH:
            yield line[: WIDTH - 1] + "…"
            continue
        indent = " " * (len(line) - len(line.lstrip()))
        yield from textwrap.wrap(line, WIDTH, subsequent_indent=indent + "  ", break_on_hyphens=False) or [""]
