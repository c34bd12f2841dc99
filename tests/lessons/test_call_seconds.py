"""An exercise's own limit of a call: in its cell's options, in its docstring, and in force where it is graded."""

from __future__ import annotations

from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.soundness import readable
from autograder.checks.submission import CallStopped
from autograder.grading.notebook_run import NotebookRun
from autograder.kernels.warm import best_tier
from autograder.lessons.course import LessonError
from autograder.limits import Limits
from autograder.wire.calls import Request
from tests.support.small_course import SMALL, SmallLesson

MARK = '"grade_id": "doubled"'


def limited(seconds: str) -> SmallLesson:
    before, _, after = SMALL.script.partition(MARK)
    line, _, rest = after.partition("\n")
    return replace(SMALL, script=f"{before}{MARK}{line} call_seconds={seconds}\n{rest}")


def test_a_limit_is_an_option_of_the_cell(tmp_path: Path) -> None:
    promised = limited("60").but("script", "Twice x,", "In at most 60 seconds: twice x,")
    lesson = promised.read(tmp_path)
    assert lesson.exercise("doubled").call_seconds == 60
    assert readable(lesson)
    assert SMALL.read(tmp_path / "other").exercise("doubled").call_seconds == 0


def test_the_docstring_has_to_name_it(tmp_path: Path) -> None:
    with pytest.raises(LessonError, match="Say “at most 60 seconds” in its docstring"):
        readable(limited("60").read(tmp_path))


@pytest.mark.parametrize("seconds", ['"long"', "true", "-1", "1e9"])
def test_it_has_to_be_a_number_of_seconds(tmp_path: Path, seconds: str) -> None:
    with pytest.raises(LessonError, match="not a number of seconds"):
        limited(seconds).read(tmp_path)


def test_it_holds_for_calls_of_that_function_alone() -> None:
    limits = replace(Limits(), call_seconds=0.5)
    with closing(NotebookRun([], limits, best_tier(), call_seconds={"patient": 20})) as run:
        run.run("import time\ndef patient():\n    time.sleep(1)\n    return 1.0\nhasty = patient")
        assert run.answer(Request.of("patient")).value == 1.0
        with pytest.raises(CallStopped):
            run.answer(Request.of("hasty"))
