"""Collecting a class: a file or a name that cannot be used costs itself, with a line; all others are taken whole."""

from __future__ import annotations

import hashlib
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from autograder.intake.collect import MOST_LINES, Collected, NothingToCollect, collect
from autograder.intake.rebuild import rebuild
from autograder.intake.rebuilding import is_added
from autograder.intake.students import why_not_a_student
from autograder.lessons.course import find_lessons
from autograder.lessons.samples import Material
from autograder.limits import Limits
from tests.support.course import LESSON, WEEK, Course
from tests.support.odd_names import ODD_NAMES
from tests.support.without import without

GOOD_NAMES = [
    "ada",
    "O'Brien",
    "Lovelace, Ada (12)",
    "ada@example.org",
    "12345",
    "josé",
    "李雷",
    "o’neil",
    "ada-b_c.d+e",
    "_",
]


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return folder


def put(inbox: Path, name: str | bytes, content: bytes = b"{}") -> bytes:
    """Write a file of any name below a folder; return its path as bytes."""
    path = os.path.join(os.fsencode(inbox), os.fsencode(name))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(content)
    return path


def collected(course: Course, inbox: Path, limits: Limits | None = None) -> list[Collected]:
    """Collect a folder into the course's classroom."""
    return collect(inbox, find_lessons(course.root), course.classroom, limits or Limits())


def lines(outcomes: list[Collected]) -> dict[str, str]:
    """The sentence about each file, by its name."""
    return {outcome.file.name: outcome.message for outcome in outcomes}


def handed_in(course: Course) -> set[str]:
    """The students who have a notebook in the classroom."""
    return {path.parent.parent.name for path in (course.classroom / "submitted").glob(f"*/{WEEK}/{LESSON}.ipynb")}


def command(course: Course, inbox: Path, *lacking: str) -> subprocess.CompletedProcess[str]:
    """Run ``autograder collect``, by somebody who lacks these things."""
    program = str(Path(sys.executable).with_name("autograder"))
    arguments = without(lacking, [program, "collect", str(inbox), "--course", str(course.root)])
    return subprocess.run(arguments, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", ODD_NAMES)
def test_a_name_that_something_reads_otherwise_is_refused_and_stays_where_it_was(
    course: Course, inbox: Path, name: bytes
) -> None:
    flat = put(inbox, name + f"_{LESSON}.ipynb".encode()) if len(name) < 200 else b""
    inside = put(inbox, name + f"/{LESSON}.ipynb".encode())
    for student in ("aaa", "zzz"):
        put(inbox, f"{student}_{LESSON}.ipynb")
    outcomes = collected(course, inbox)
    assert handed_in(course) == {"aaa", "zzz"}
    refused = [outcome for outcome in outcomes if outcome.path is None]
    assert {os.fsencode(outcome.file) for outcome in refused} == {os.path.dirname(inside), flat} - {b""}
    assert all("the student's name" in outcome.message for outcome in refused)
    assert os.path.isfile(inside)


def test_no_odd_name_reaches_the_terminal_as_it_is(course: Course, inbox: Path) -> None:
    for name in ODD_NAMES:
        put(inbox, name + f"/{LESSON}.ipynb".encode())
        put(inbox, b"ada/" + name[:150] + b".csv")
    run = command(course, inbox)
    assert (run.returncode, run.stderr) == (1, "")
    assert all(why_not_a_student(f"a{sign}a") == "" for sign in set(run.stdout) - set('\n/:*[]{}%~$`;|&\\"<>#?'))
    assert run.stdout.count("\n") == len(ODD_NAMES) + MOST_LINES + 1
    assert run.stdout.endswith(f"0 of {2 * len(ODD_NAMES)} files were handed in.\n")
    assert r"b\xff" in run.stdout
    assert r"a\u202eb" in run.stdout


def test_a_terminal_without_a_names_letters_ends_nothing(
    course: Course, inbox: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(inbox, f"李雷_{LESSON}.ipynb")
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    run = command(course, inbox)
    assert (run.returncode, run.stderr) == (0, "")
    assert run.stdout.startswith(r"\u674e\u96f7 ")


@pytest.mark.parametrize("name", GOOD_NAMES)
def test_names_of_people_and_users_are_accepted(course: Course, inbox: Path, name: str) -> None:
    put(inbox, f"{name}/{LESSON}.ipynb")
    put(inbox, f"{name}_{LESSON} (1).ipynb", b"[]")
    assert [outcome.student for outcome in collected(course, inbox)] == [name, name]
    assert handed_in(course) == {name}


def test_two_unicode_forms_of_one_name_are_one_student(course: Course, inbox: Path) -> None:
    put(inbox, f"jos\u00e9/{LESSON}.ipynb", b"1")
    put(inbox, f"jose\u0301/{LESSON}.ipynb", b"2")
    assert [outcome.student for outcome in collected(course, inbox)] == ["jos\u00e9", "jos\u00e9"]
    assert handed_in(course) == {"jos\u00e9"}
    originals = (course.classroom / "collected" / "jos\u00e9" / WEEK).iterdir()
    assert {path.read_bytes() for path in originals} == {b"1", b"2"}


@pytest.mark.parametrize("name", [b"b\xff_", b"n" * 230 + b"_", "a\u202e\n_".encode(), b"*_", b"--x-", b"  "])
def test_a_files_name_in_a_students_folder_may_be_any(course: Course, inbox: Path, name: bytes) -> None:
    content = bytes(range(256))
    put(inbox, b"bob/" + name + f"{LESSON}.ipynb".encode(), content)
    (outcome,) = collected(course, inbox)
    assert outcome.path is not None
    assert outcome.path.read_bytes() == content
    (original,) = (course.classroom / "collected" / "bob" / WEEK).iterdir()
    assert original.read_bytes() == content


def test_every_original_is_kept_byte_for_byte(course: Course, inbox: Path, material: Material) -> None:
    script = material.assignment.replace("\n", "\r\n").encode() + b"\n# \xff\n"
    contents = [b"\xef\xbb\xbf{}\r\n", b"", material.assignment.encode(), script]
    for number, content in enumerate(contents):
        path = put(inbox, f"bob/{LESSON}{'.ipynb' if number < 2 else ' (1).py' if number == 2 else '.py'}", content)
        os.utime(path, (number, number))
        collected(course, inbox)
    originals = {path.read_bytes() for path in (course.classroom / "collected" / "bob" / WEEK).iterdir()}
    assert originals >= set(contents)
    for path in (course.classroom / "collected" / "bob" / WEEK).iterdir():
        assert hashlib.sha256(path.read_bytes()).hexdigest()[:12] in path.name


def test_the_lessons_own_cells_in_a_script_are_not_the_students(
    course: Course, inbox: Path, material: Material
) -> None:
    script = material.script(material.answers) + "\n# %%\nmine = 1\n"
    assert script.startswith("#")  # a remark above the first cell
    put(inbox, f"bob/{LESSON}.py", script.encode())
    (outcome,) = collected(course, inbox)
    assert outcome.path is not None
    rebuilt = rebuild(outcome.path, material.release, Limits())
    assert [cell.source for cell in rebuilt.notebook.cells if is_added(cell)] == ["mine = 1"]


def test_what_is_no_plain_file_is_named_and_never_waited_for(course: Course, inbox: Path) -> None:
    put(inbox, f"aaa_{LESSON}.ipynb")
    put(inbox, f"bob/{LESSON}.ipynb/inside.txt")
    (inbox / "eva").mkdir()
    (inbox / "linked").symlink_to(inbox / "bob")
    (inbox / f"loop_{LESSON}.ipynb").symlink_to(f"loop_{LESSON}.ipynb")
    (inbox / f"link_{LESSON}.ipynb").symlink_to(inbox / f"aaa_{LESSON}.ipynb")
    os.mkfifo(inbox / f"pipe_{LESSON}.ipynb")
    with socket.socket(socket.AF_UNIX) as server:
        here = os.open(inbox, os.O_RDONLY)
        server.bind(f"/proc/self/fd/{here}/socket_{LESSON}.ipynb")
        os.close(here)
        put(inbox, f"huge_{LESSON}.ipynb", b"x" * 100)
        put(inbox, f"kim/.{LESSON}.ipynb")
        put(inbox, ".hidden/secret.ipynb")
        put(inbox, "kim/.ipynb_checkpoints/doubling-checkpoint.ipynb")
        put(inbox, "__MACOSX/kim/._doubling.ipynb")
        messages = lines(collected(course, inbox, Limits(file_bytes=50)))
    assert handed_in(course) == {"aaa"}
    assert messages.pop(f"aaa_{LESSON}.ipynb") == "handed in"
    assert messages.pop("inside.txt").startswith("not collected: its name isn't that of a lesson")
    assert messages.pop("eva") == "not collected: the folder is empty"
    assert messages.pop(f"huge_{LESSON}.ipynb") == "not collected: it is larger than 0 MiB"
    for hidden in (f".{LESSON}.ipynb", ".hidden"):
        assert messages.pop(hidden) == "not collected: it is hidden, since its name begins with a dot"
    assert set(messages.values()) == {"not collected: it is a link or not a plain file"}
    assert {name.partition("_")[0] for name in messages} == {"linked", "loop", "link", "pipe", "socket"}


def test_very_many_and_very_deep_folders_cost_a_few_lines(course: Course, inbox: Path) -> None:
    put(inbox, f"many/{LESSON}.ipynb")
    for number in range(2_000):
        (inbox / "many" / f"{number}").mkdir()
        put(inbox, f"many/{number}.txt")
    here = os.open(inbox, os.O_RDONLY)
    for _ in range(3_000):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    put(inbox, f"zzz_{LESSON}.ipynb")
    try:
        outcomes = collected(course, inbox)
    finally:
        subprocess.run(["rm", "-rf", inbox / "d"], check=True)
    assert handed_in(course) == {"many", "zzz"}
    assert len(outcomes) == 2 * MOST_LINES + 3
    assert sum(1 + outcome.more for outcome in outcomes) == 4_003
    (deep,) = (outcome for outcome in outcomes if outcome.student == "d")
    assert deep.message == "not collected: the folder can't be read: File name too long"


def test_files_that_change_or_vanish_meanwhile_are_kept_as_they_are_handed_in(course: Course, inbox: Path) -> None:
    students = [f"s{number:03}" for number in range(300)]
    for student in students:
        put(inbox, f"{student}/{LESSON}.ipynb", b"first" * 1000)

    def change() -> None:
        for number, student in enumerate(reversed(students)):
            if number % 2:
                (inbox / student / f"{LESSON}.ipynb").write_bytes(b"later" * 1000)
            else:
                shutil.rmtree(inbox / student)

    changing = threading.Thread(target=change)
    changing.start()
    outcomes = collected(course, inbox)
    changing.join()
    assert {outcome.student for outcome in outcomes} <= set(students)
    for outcome in outcomes:
        if outcome.path is None:
            assert "No such file or directory" in outcome.message or "the folder is empty" in outcome.message
        else:
            (original,) = (course.classroom / "collected" / outcome.student / WEEK).iterdir()
            assert original.read_bytes() == outcome.path.read_bytes()
    assert {"s000", "s299"} & handed_in(course)


def test_a_classroom_that_cannot_take_one_students_file_takes_the_others(course: Course, inbox: Path) -> None:
    for student in ("aaa", "bob", "eva", "zzz"):
        put(inbox, f"{student}_{LESSON}.ipynb")
    (course.classroom / "submitted" / "eva" / WEEK / f"{LESSON}.ipynb").mkdir(parents=True)
    (course.classroom / "submitted" / "bob").write_text("not a folder")
    messages = lines(collected(course, inbox))
    assert handed_in(course) == {"aaa", "eva", "zzz"}
    assert messages[f"bob_{LESSON}.ipynb"] == (
        f"not collected: Not a directory: {course.classroom / 'submitted' / 'bob' / WEEK}"
    )
    assert messages[f"eva_{LESSON}.ipynb"] == "not collected: it is a link or not a plain file"


def test_nothing_to_collect_is_said(course: Course, inbox: Path) -> None:
    with pytest.raises(NothingToCollect, match="there are no files to collect"):
        collected(course, inbox)
    with pytest.raises(NothingToCollect, match="there are no files to collect"):
        collected(course, inbox / "absent")


def test_a_plain_users_unreadable_file_or_folder_costs_itself(course: Course, inbox: Path) -> None:
    for student in ("aaa", "bob", "eva", "kim", "zzz"):
        put(inbox, f"{student}/{LESSON}.ipynb", b"[]")
    put(inbox, "kim/inner/x.txt")
    for path in (inbox / "bob" / f"{LESSON}.ipynb", inbox / "eva", inbox / "kim" / "inner"):
        path.chmod(0)
    run = command(course, inbox, "rights")
    assert (run.returncode, run.stderr) == (1, "")
    denied = [line.removeprefix(f"{inbox}/") for line in sorted(re.findall(r"/.*denied.*", run.stdout))]
    assert denied == [
        f"bob/{LESSON}.ipynb: not collected: Permission denied",
        "eva: not collected: the folder can't be read: Permission denied",
        "kim/inner: not collected: the folder can't be read: Permission denied",
    ]
    assert handed_in(course) == {"aaa", "kim", "zzz"}
