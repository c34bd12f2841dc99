"""The audit as people read it: a table in the terminal, a line for each shortfall, and the document."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

from autograder.audit.candidates import FULL
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
    """How many of these exercises pass, and how many were audited for that."""
    failed, unchanged = sum(bool(row.shortfalls) for row in rows), len(rows) - len(audited)
    counts = f"{len(rows) - failed} of {len(rows)} exercises pass" + f", {failed} fail" * bool(failed)
    return f"{counts}. {len(audited)} audited, {unchanged} unchanged."


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
        parts += [f"## {week}", "\n".join(table), "### Remarks", "\n".join(remarks)]
        short = [f"- {_escaped(line)}" for row in mine for line in row.shortfalls]
        parts += ["### What fails", "\n".join(short)] if short else []
    return "\n\n".join(part for part in parts if part) + "\n"


def _figures(row: Row) -> list[str]:
    return [(FAILS if cell.shortfalls else "") + cell.figures for cell in row.cells.values()]


def _escaped(text: str) -> str:
    return " ".join(text.split()).replace("|", "\\|").replace("*", "\\*").replace("<", "&lt;")


_HEAD = f"""\
<!-- Made by `autograder audit`: do not edit. -->

# The audit

Is the grader right? `autograder audit` grades answers whose grade is known, through the path that submissions take:
handed in, rebuilt, run in a sandboxed kernel, called over the wire, checked by pytest. `make test` does it for
exercises that have changed, by a key of their lesson's files and of the modules that decide grades;
`autograder audit --force` for all.

A *draw* is one submission's secret inputs. The model answer and the misconceptions are tried for {FULL.draws}
draws, those returned as float32, the also-correct answers and the recorded ones for {FULL.right}, poison for
{FULL.poison}.

| column | must be |
|---|---|
""" + "\n".join(f"| {column.name} | {column.must_be} |" for column in COLUMNS)
