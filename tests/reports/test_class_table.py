"""The class table shows each score in its exercise's column, and no sign that a terminal acts on."""

from __future__ import annotations

import io

from rich.console import Console

from autograder.plain_text import is_visible
from autograder.reports import class_table
from autograder.verdicts.verdict import ExerciseVerdict, NotebookVerdict, Status

ODD = "b\udcffo\x1b[31mb\u202e\n\u200b"
FIRST = ExerciseVerdict("first", Status.PASSED, 2.0, 2.0)
SECOND = ExerciseVerdict("second", Status.UNGRADABLE, 0.0, 3.0, message=f"The file {ODD} is damaged.")


def verdict(student: str, *exercises: ExerciseVerdict) -> NotebookVerdict:
    return NotebookVerdict(student, "week1", "lesson", "namespaces", 1.0, exercises)


def test_a_verdict_that_stopped_early_has_its_score_and_total_in_the_right_columns() -> None:
    console = Console(width=100, file=io.StringIO(), record=True)
    class_table.show([verdict("ada", FIRST), verdict("eva", FIRST, SECOND)], console)
    ada, eva = console.export_text().splitlines()[-3:-1]
    assert ada.split() == ["ada", "2", "not", "graded", "2", "of", "5"]
    assert eva.split() == ["eva", "2", "0", "ungradable", "2", "of", "5"]


def test_a_name_or_a_message_is_shown_plain_and_on_one_line() -> None:
    console = Console(width=100, file=io.StringIO(), record=True)
    verdicts = [verdict(ODD, FIRST, SECOND)]
    class_table.show(verdicts, console)
    (line,) = class_table.not_graded(verdicts)
    shown = r"b\xffo\x1b[31mb\u202e\n\u200b"
    assert line == f"{shown}, week1/lesson: ungradable — The file {shown} is damaged."
    assert shown in console.export_text()
    assert all(is_visible(sign) for sign in line)
