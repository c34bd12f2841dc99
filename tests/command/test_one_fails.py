"""``autograder grade`` if nbgrader fails at one submission, or is stopped: all others keep their grades and pages."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from autograder.lessons.samples import Material
from tests.support import odd_notebooks as odd
from tests.support.course import FIRST, FULL, LESSON, WEEK, Course

SLOW = f"import time\ndef {FIRST}(x):\n    time.sleep(60)\n"


def start(course: Course, *options: str) -> subprocess.Popen[str]:
    """Start ``autograder grade week1`` as the leader of a group, as a shell does: it hears Ctrl-C."""
    # The tests themselves may run in the background of a shell that has what it puts there ignore Ctrl-C.
    hears = "import os, signal, sys; signal.signal(signal.SIGINT, signal.SIG_DFL); os.execv(sys.argv[1], sys.argv[1:])"
    command = [sys.executable, "-c", hears]
    command += [
        str(Path(sys.executable).with_name("autograder")),
        "grade",
        WEEK,
        "--course",
        str(course.root),
        *options,
    ]
    return subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, process_group=0, cwd=course.root.parent
    )


def grade(course: Course, *options: str) -> tuple[int, str]:
    """Grade the week: the exit status and all that was printed, on long lines."""
    with start(course, *options) as run:
        out, err = run.communicate(timeout=600)
    assert "Traceback" not in out + err
    return run.returncode, out + err


def pages(course: Course) -> set[str]:
    """The students who have a feedback page."""
    return {path.parent.parent.name for path in (course.classroom / "feedback").glob(f"*/{WEEK}/{LESSON}.html")}


def test_one_that_fails_is_named_and_all_others_have_their_results(course: Course, material: Material) -> None:
    for student in ("aaa", "bob", "eva", "zzz"):
        course.hand_in(student, odd.right(material))
    course.hand_in("x\x1b[31mx\ny", odd.right(material))
    for step, student in (("autograded", "bob"), ("feedback", "eva")):
        (course.classroom / step).mkdir()
        (course.classroom / step / student).write_text("a file in the way")
    status, printed = grade(course)
    assert status == 1
    for student in ("aaa", "eva", "zzz"):
        assert course.scores(student) == FULL
        assert re.search(rf"^ *{student} .* 7 of 7", printed, re.MULTILINE)
    assert pages(course) == {"aaa", "zzz"}
    named = re.findall(r"^Not graded: (.*)", printed, re.MULTILINE)
    assert len(named) == 3
    assert r"submitted/x\x1b[31mx\ny/week1: the student's name contains the character \x1b" in named[0]
    assert re.match(r"bob, week1: not graded — (NotADirectory|FileExists)Error: .*bob", named[1])
    assert re.match(
        r"eva, week1: graded, but without feedback pages — (NotADirectory|FileExists)Error: .*eva", named[2]
    )
    for line, student in zip(named[1:], ("bob", "eva"), strict=True):
        assert "What was handed in is untouched" in line
        assert line.endswith(f"Fix the cause, then run `autograder grade week1 --student={student}`.")
        assert (course.classroom / "submitted" / student / WEEK / f"{LESSON}.ipynb").is_file()
    assert not re.search(r"^ *bob ", printed, re.MULTILINE)
    for step, student in (("autograded", "bob"), ("feedback", "eva")):
        (course.classroom / step / student).unlink()
        status, printed = grade(course, f"--student={student}")
        assert (status, "Not graded" in printed) == (0, False)
    assert course.scores("bob") == FULL
    assert pages(course) == {"aaa", "bob", "eva", "zzz"}


@pytest.mark.parametrize("to_all", [True, False], ids=["to the group", "to the command alone"])
def test_ctrl_c_ends_the_whole_run_and_keeps_what_is_done(course: Course, material: Material, to_all: bool) -> None:
    course.hand_in("aaa", odd.right(material))
    course.hand_in("bob", material.notebook({**material.answers, FIRST: SLOW}))
    course.hand_in("zzz", odd.right(material))
    with start(course) as run:
        verdict = course.classroom / "verdicts" / "aaa" / WEEK / f"{LESSON}.json"
        autograded = course.classroom / "autograded"
        while run.poll() is None and not (
            verdict.is_file() and (autograded / "bob" / WEEK / f"{LESSON}.ipynb").is_file()
        ):
            time.sleep(0.05)
        assert run.poll() is None
        time.sleep(1)
        (os.killpg if to_all else os.kill)(run.pid, signal.SIGINT)
        err = run.communicate(timeout=60)[1]
    assert (run.returncode, err) == (130, "autograder: stopped. Everything done so far is kept.\n")
    assert {path.name for path in autograded.iterdir() if any(path.iterdir())} == {"aaa"}
    assert not (course.classroom / "feedback").exists()
    processes = subprocess.run(["ps", "-eo", "args"], capture_output=True, text=True, check=True).stdout
    assert str(course.root) not in processes
    assert course.scores("aaa") == FULL
