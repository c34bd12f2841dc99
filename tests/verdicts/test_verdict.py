"""Verdicts have the names that other programs read, are written whole or not at all, and no score is out of range."""

from __future__ import annotations

import json
import threading
from pathlib import Path

import pytest

from autograder.files import write_whole
from autograder.verdicts.verdict import CheckResult, ExerciseVerdict, NotebookVerdict, Status, verdict_path

CHECK = CheckResult("A batch of three", hidden=True, passed=False, weight=2.0, message="Ünïcode \ud800 <b>")
FAILED = ExerciseVerdict("dense_forward", Status.FAILED, 1.5, 3.0, "W transposed", "hint", "message", (CHECK,))
PASSED = ExerciseVerdict("count_parameters", Status.PASSED, 2.0, 2.0)


def verdict(*exercises: ExerciseVerdict, student: str = "ada") -> NotebookVerdict:
    return NotebookVerdict(student, "week1", "forward_propagation", "none", 1.25, exercises, ("odd",))


def test_the_json_has_the_names_that_others_read() -> None:
    data = json.loads(verdict(FAILED, PASSED).to_json())
    assert {"student", "week", "lesson", "sandbox", "seconds", "exercises"} <= set(data)
    exercise = data["exercises"][0]
    assert {"exercise", "status", "score", "points", "misconception", "checks"} <= set(exercise)
    assert set(exercise["checks"][0]) == {"name", "hidden", "passed", "weight", "message"}
    assert (exercise["status"], exercise["score"], exercise["misconception"]) == ("failed", 1.5, "W transposed")
    assert data["exercises"][1]["misconception"] is None


def test_the_statuses_are_the_curriculums() -> None:
    names = "passed, failed, not attempted, timed out, out of memory, crashed, ungradable, grader fault"
    assert [str(status) for status in Status] == names.split(", ")


def test_what_is_written_is_read_again() -> None:
    written = verdict(FAILED, PASSED)
    assert NotebookVerdict.from_json(written.to_json()) == written
    assert verdict().to_json().isascii()


@pytest.mark.parametrize("score", [-0.1, 3.0001, float("nan"), float("inf")])
def test_a_score_out_of_range_is_refused(score: float) -> None:
    with pytest.raises(ValueError, match="dense_forward"):
        ExerciseVerdict("dense_forward", Status.FAILED, score, 3.0)


def test_what_could_not_be_graded_is_distinguished_from_what_was() -> None:
    assert not verdict(FAILED, PASSED).could_not_be_graded
    for status in (Status.UNGRADABLE, Status.GRADER_FAULT):
        assert verdict(PASSED, ExerciseVerdict("f", status, 0, 1)).could_not_be_graded


def test_a_verdict_is_stored_where_it_belongs_and_readable_by_others(tmp_path: Path) -> None:
    path = verdict(FAILED).store(tmp_path)
    assert path == verdict_path(tmp_path, "ada", "week1", "forward_propagation")
    assert path == tmp_path / "ada" / "week1" / "forward_propagation.json"
    assert path.stat().st_mode & 0o777 == 0o644
    verdict(PASSED).store(tmp_path)
    assert NotebookVerdict.from_json(path.read_text()) == verdict(PASSED)
    assert list(path.parent.iterdir()) == [path]


def test_a_reader_sees_a_whole_file_at_any_time(tmp_path: Path) -> None:
    short, long = verdict(PASSED), verdict(*[FAILED] * 300)
    path = short.store(tmp_path)
    done = threading.Event()

    def write() -> None:
        for _ in range(20):
            long.store(tmp_path)
            short.store(tmp_path)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    while not done.is_set():
        assert NotebookVerdict.from_json(path.read_text()) in (short, long)
    writer.join()


def test_a_file_that_cannot_be_written_leaves_the_old_one(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    write_whole(path, "old")
    with pytest.raises(UnicodeEncodeError):
        write_whole(path, "new \ud800")
    assert path.read_text() == "old"


def test_a_file_that_cannot_be_written_leaves_no_half_of_it(tmp_path: Path) -> None:
    with pytest.raises(UnicodeEncodeError):
        write_whole(tmp_path / "a.json", "new \ud800")
    assert list(tmp_path.iterdir()) == []
