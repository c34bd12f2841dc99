"""What is read in the quarantine is bounded in time and memory, and costs nobody else anything."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import threading
import time

import pytest

from autograder.intake.quarantine import ReadingFailed, TooMuch, in_quarantine
from autograder.source_code.binding import binds
from tests.support.course import ROOT


def test_a_function_of_ours_is_called_in_another_process() -> None:
    assert in_quarantine(os.getpid) == in_quarantine(os.getpid) != os.getpid()
    assert in_quarantine(re.escape, "a\ud800.\u00e4\x00") == re.escape("a\ud800.\u00e4\x00")


def test_a_regular_expression_that_nothing_stops_is_ended() -> None:
    start = time.monotonic()
    with pytest.raises(TooMuch):
        in_quarantine(re.findall, "(a+)+b", "a" * 60, seconds=0.3)
    assert time.monotonic() - start < 30
    assert in_quarantine(re.findall, "a+", "aab") == ["aa"]


def test_a_text_that_takes_much_memory_is_ended() -> None:
    with pytest.raises(TooMuch):
        in_quarantine(re.sub, "x", "y" * 2**20, "x" * 2**14)
    assert in_quarantine(re.findall, "a+", "aab") == ["aa"]


def test_a_helper_that_has_grown_is_replaced() -> None:
    before = in_quarantine(os.getpid)
    for number in range(20):  # a cache keeps these
        assert in_quarantine(binds, "x=1;" * 45_000 + f"y{number} = 1", f"y{number}")
    assert in_quarantine(os.getpid) != before


def test_an_exception_is_reported_with_its_traceback() -> None:
    with pytest.raises(ReadingFailed, match="unterminated"):
        in_quarantine(re.findall, "[", "")
    assert in_quarantine(re.findall, "a+", "aab") == ["aa"]


def test_a_helper_that_somebody_ended_is_started_again() -> None:
    before = in_quarantine(os.getpid)
    os.kill(before, signal.SIGKILL)
    assert in_quarantine(os.getpid) != before
    ended = threading.Timer(0.5, os.kill, (in_quarantine(os.getpid), signal.SIGKILL))
    ended.start()
    with pytest.raises(TooMuch):  # the second helper runs into its limit
        in_quarantine(re.findall, "(a+)+b", "a" * 60, seconds=1)
    ended.join()


def test_requests_of_several_threads_are_answered_one_after_another() -> None:
    answers: dict[int, str] = {}
    threads = [
        threading.Thread(target=lambda n=n: answers.update({n: in_quarantine(re.escape, f"{n}.")})) for n in range(20)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {n: f"{n}\\." for n in range(20)}


PARENT = """
import os, re, sys
from autograder.intake.quarantine import in_quarantine
print(in_quarantine(os.getpid), flush=True)
if sys.argv[1] == "forks":
    if os.fork() == 0:
        print(in_quarantine(os.getpid), flush=True)
        os._exit(0)
    os.wait()
    print(in_quarantine(os.getpid), flush=True)
if sys.argv[1] == "killed":
    sys.stdin.readline()
"""


def parent(ending: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PARENT, ending], cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )


def has_ended(process: int) -> bool:
    """Whether a process is gone, now or a moment later."""
    until = time.monotonic() + 10
    while time.monotonic() < until:
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return True
        time.sleep(0.02)
    return False


@pytest.mark.parametrize("ending", ["returns", "killed"])
def test_the_helper_ends_with_the_process_that_started_it(ending: str) -> None:
    with parent(ending) as process:
        assert process.stdout is not None
        helper = int(process.stdout.readline())
        if ending == "killed":
            process.kill()
    assert has_ended(helper)


def test_a_fork_has_a_helper_of_its_own() -> None:
    with parent("forks") as process:
        assert process.stdout is not None
        first, of_fork, again = map(int, process.stdout.read().split())
    assert first == again != of_fork
    assert has_ended(first)
    assert has_ended(of_fork)
