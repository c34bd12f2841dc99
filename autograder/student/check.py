"""`check("dense_forward")` in a student's notebook: runs the public checks on its functions and shows the result."""

from __future__ import annotations

import inspect
import os
import sys
from collections.abc import MutableMapping
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from autograder.checks.judge import judge, without_checks
from autograder.checks.mismatch import Mismatch
from autograder.checks.no_value import after_its_cell, value_of
from autograder.checks.plugin import RunChecks, Subject
from autograder.checks.run import run_checks
from autograder.checks.submission import Functions
from autograder.source_code.parsing import same_code
from autograder.student.below import Below, finish_first
from autograder.student.cells import Cells
from autograder.student.recorded import COURSE, Recorded, recorded
from autograder.verdicts import panel
from autograder.verdicts.verdict import ExerciseVerdict, Status
from autograder.version import VERSION
from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Request
from autograder.wire.own_code import nearest


class CheckFailed(AssertionError):
    """Raised by `check` when nobody would see a panel: under nbgrader and outside IPython."""


def check(exercise: str) -> None:
    """Run the public checks of an exercise on this notebook's functions and show the result.

    Parameters
    ----------
    exercise
        The exercise's name, which is its function's name.

    Raises
    ------
    CheckFailed
        Under nbgrader and outside IPython, if a check failed. A live notebook only shows a panel, because an exception
        would stop "Run All" at the first unfinished exercise.
    """
    verdict = verdict_in(_namespace(sys._getframe(1).f_globals), exercise)
    if _raises() and verdict.status is not Status.PASSED:
        raise CheckFailed(panel.as_text(verdict))
    _show(verdict)


def ready(exercise: str) -> bool:
    """Whether this notebook's function passes its public checks; if not, print which exercise to finish first."""
    verdict = verdict_in(_namespace(sys._getframe(1).f_globals), exercise)
    if verdict.status is Status.PASSED:
        return True
    print(f"This part uses your own {exercise}. Finish that exercise first, then run this cell again.")
    return False


def same_version(notebook: str) -> None:
    """Print a warning if the notebook was made for another version of the course than the one installed."""
    if notebook == VERSION:
        return
    older = "this notebook" if _numbers(notebook) < _numbers(VERSION) else "the installed course package"
    print(
        f"This notebook is for version {notebook} of the course, but the installed package is version {VERSION}: "
        f"{older} is older. Get both from the same place; otherwise the checks may not match."
    )


def verdict_in(
    namespace: MutableMapping[str, Any], exercise: str, checks: RunChecks | None = None, course: Path = COURSE
) -> ExerciseVerdict:
    """The verdict of the public checks on a function in this process.

    Parameters
    ----------
    namespace
        Where the function is.
    exercise
        The exercise.
    checks
        Runs its public checks; by default, pytest is started on them.
    course
        The folder with the course's records: by default, those that were installed.
    """
    record = recorded(exercise, course)
    if message := _out_of_date(record.answer_name):
        return without_checks(record, Status.FAILED, message)
    if record.answer_name not in namespace:
        return without_checks(record, Status.NOT_ATTEMPTED, _missing(record.answer_name))
    if _is_stub(namespace[record.answer_name], record):
        if message := _written_elsewhere(namespace, record):
            return without_checks(record, Status.FAILED, message)
        message = "Write your answer in the cell above, run it, then run this cell."
        return without_checks(record, Status.NOT_ATTEMPTED, message)

    below = Below(namespace, record.earlier)

    def host(request: Request) -> Answer:
        # Written and read as for the grader: an answer that could not be sent is reported here already.
        with below.watched(request.function):
            answer = Answer.from_text(answer_call(namespace, request).to_text())
        stopped = _cells.stopped_after(request.function) if _cells is not None else None
        if stopped is not None:
            answer = after_its_cell(answer, stopped.line, stopped.code)
        below.note(answer)
        return answer

    random = np.random.get_state()
    try:
        # Public checks draw no random numbers: the build makes sure of it.
        subject = Subject(Functions(host), record.reference, lambda check: 0)
        runs = (checks or partial(run_checks, [record.checks_file]))(exercise, subject)
    finally:
        np.random.set_state(random)  # the notebook's random numbers go on as if nothing had been checked
    unfinished = below.unfinished(
        runs, lambda earlier: verdict_in(namespace, earlier, course=course).status is not Status.PASSED
    )
    if unfinished:
        runs = [finish_first(run, unfinished[run.key]) if run.key in unfinished else run for run in runs]
    return judge(record, runs, () if unfinished else record.mistakes, record)


def _out_of_date(name: str) -> str:
    """What to say if the cell that defines a name stopped or defines another name now; empty if all is well."""
    stale = _cells.stale(name) if _cells is not None else None
    if _cells is None or stale is None:
        return ""
    older = f" An older {name} is still here; it was not checked." if _cells.exists(stale) else ""
    if stale.stopped is not None:
        try:
            value_of(stale.stopped, name)
        except Mismatch as mismatch:
            return f"{mismatch.detail}{older}"
    exactly = f"The name must be exactly {name}"
    newest = f" The function defined there now is `{stale.instead}`." if stale.instead else ""
    if stale.same_cell:
        return f"The cell that defined {name} doesn't define it any more.{newest}{older} {exactly}."
    return (
        f"The newest function here is `{stale.instead}`. {exactly}.{older} If that is the one you mean, run its cell."
    )


def _missing(name: str) -> str:
    near = ""
    if _cells is not None:
        part = (new for new in _cells.latest if new in _cells.functions() and len(new) > 2 and new in name)
        near = nearest(name, _cells.functions()) or next(part, "")
    if near:
        return f"There is no {name} here, but there is `{near}`. The name must be exactly {name}."
    return f"There is no {name} here yet: run the cell above that defines it."


def _written_elsewhere(namespace: MutableMapping[str, Any], record: Recorded) -> str:
    """What to say if a quiz's answer is in other variables than the one that was asked for; empty if it isn't."""
    if record.answer_name == record.name:
        return ""
    keys = list(namespace[record.answer_name])
    alike = [
        name
        for name, value in namespace.items()
        if isinstance(value, dict) and name[:1] != "_" and list(value) == keys and not _is_stub(value, record)
    ]
    if alike:
        return f"Your answer is in `{alike[-1]}`. The name must be exactly {record.answer_name}."
    own = [name for name in (str(key).replace(" ", "_") for key in keys) if isinstance(namespace.get(name), str)]
    if len(own) > 1:
        return (
            f"Your answers are in variables of their own, such as `{own[0]}`. "
            f"Write each between the quotes in {record.answer_name}, to the right of its key."
        )
    return ""


def _is_stub(answer: Any, record: Recorded) -> bool:
    try:
        if record.answer_name == record.name:
            return same_code(inspect.getsource(answer), record.stub)
        quiz: dict[str, Any] = {}
        exec(record.stub, quiz)
        return bool(answer == quiz[record.answer_name])
    except Exception:  # no source, or a value of the student's that cannot be compared
        return False


def _namespace(caller: dict[str, Any]) -> MutableMapping[str, Any]:
    shell = _shell()
    return caller if shell is None else shell.user_ns


def _shell() -> Any:
    if "IPython" not in sys.modules:
        return None
    return sys.modules["IPython"].get_ipython()


def _raises() -> bool:
    return _shell() is None or os.environ.get("NBGRADER_EXECUTION") in ("validate", "autograde")


def _show(verdict: ExerciseVerdict) -> None:
    text = panel.as_text(verdict)
    if _shell() is None:
        print(text)
        return
    from IPython.display import display

    display({"text/html": panel.as_panel(verdict), "text/plain": text}, raw=True)


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in version.split(".") if part.isdigit())


def _watched_cells() -> Cells | None:
    """The cells of this notebook, watched from now on; None outside IPython."""
    shell = _shell()
    if shell is None:
        return None
    cells = Cells(shell.user_ns)
    cells.watch(shell.events)
    return cells


# This module is imported in a notebook's first cell.
_cells = _watched_cells()
