"""The audit as people read it: a table in the terminal, a line for each shortfall, and the document."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.audit.candidates import BRIEF, FULL
from autograder.audit.columns import COLUMNS
from autograder.audit.rows import Row
from autograder.files import write_whole

FAILS = "✗ "
# Of the first column, in the terminal.
WIDTH = 12


def show(rows: Sequence[Row], console: Console) -> None:
    """Print a table a lesson, and a line for each shortfall."""
    for lesson in dict.fromkeys((row.week, row.lesson) for row in rows):
        table = Table(title=" · ".join(lesson), title_justify="left", box=SIMPLE_HEAD, padding=0)
        table.add_column("exercise", overflow="fold", width=WIDTH)
        for column in COLUMNS:
            table.add_column(column.name, overflow="fold", width=column.width)
        for row in rows:
            if (row.week, row.lesson) == lesson:
                table.add_row(*map(Text, [row.exercise.replace("_", " "), *_figures(row)]))
        console.print(table)
    for line in (line for row in rows for line in row.shortfalls):
        console.print(Text(f"{FAILS}{line}"), soft_wrap=True)


def summary(rows: Sequence[Row], audited: Collection[str]) -> str:
    """How many of these exercises pass, and how many were audited for that, with which effort."""
    failed, unchanged = sum(bool(row.shortfalls) for row in rows), len(rows) - len(audited)
    counts = f"{len(rows) - failed} of {len(rows)} exercises pass" + f", {failed} fail" * bool(failed)
    of = Counter(row.effort for row in rows if row.exercise in audited)
    return f"{counts}. Audited {FULL.name}: {of[FULL.name]}, {BRIEF.name}: {of[BRIEF.name]}, unchanged: {unchanged}."


def write_document(rows: Sequence[Row], path: Path) -> None:
    """Write the document about these rows."""
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, document(rows))


def document(rows: Sequence[Row]) -> str:
    """The document: what is tried, a table, and remarks."""
    parts = [_HEAD]
    for week in dict.fromkeys(row.week for row in rows):
        mine = [row for row in rows if row.week == week]
        table = [
            "| exercise | " + " | ".join(column.name for column in COLUMNS) + " |",
            "|---" * (len(COLUMNS) + 1) + "|",
        ]
        table += [f"| `{row.exercise}` | " + " | ".join(_figures(row)) + " |" for row in mine]
        remarks = [
            f"- `{row.exercise}`, {column}: {_escaped(remark)}."
            for row in mine
            for column, cell in row.cells.items()
            for remark in cell.remarks
        ]
        parts += [f"## {week}", "\n".join(table), _efforts(mine), "### Remarks", "\n".join(remarks)]
        short = [f"- {_escaped(line)}" for row in mine for line in row.shortfalls]
        parts += ["### What fails", "\n".join(short)] if short else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _efforts(rows: Sequence[Row]) -> str:
    brief = [f"`{row.exercise}`" for row in rows if row.effort == BRIEF.name]
    if not brief:
        return "The engine has not changed since the audit in full."
    return f"The engine has changed since the audit in full; audited again in brief: {', '.join(brief)}."


def _figures(row: Row) -> list[str]:
    return [(FAILS if cell.shortfalls else "") + cell.figures for cell in row.cells.values()]


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")


_HEAD = f"""\
<!-- Made by `autograder audit`: do not edit. -->

# The audit

Is the grader right? `autograder audit` grades answers whose grade is known, through the path that submissions take:
handed in, rebuilt, run in a sandboxed kernel, called over the wire, checked by pytest.

A *draw* is one submission's secret inputs. *In full*, the model answer and the misconceptions are tried for
{FULL.draws} draws, those returned as float32, the also-correct answers and the recorded ones for {FULL.right}, poison
for {FULL.poison}; if an exercise's checks train a model, all are tried for at most {FULL.training_draws}. *In brief*,
one answer of each kind is tried, for at most {BRIEF.draws} draws; which mistake and which poison that is differs from
exercise to exercise. The oracle is not asked, and nothing is timed.

`make test` audits a lesson's exercises in full when a file of the lesson has changed, and in brief when only a module
that decides grades has. `autograder audit --force` audits all of them in full; CI does so every week. The figures are
from the last audit in full.

| column | must be |
|---|---|
""" + "\n".join(f"| {column.name} | {column.must_be} |" for column in COLUMNS)
