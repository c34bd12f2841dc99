"""Odd names and folders put directly into ``submitted/``: none ends or disturbs a class's run, or is passed over."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass

import pytest

from autograder.lessons.samples import Material
from autograder.plain_text import is_visible
from tests.support import odd_notebooks as odd
from tests.support.course import FIRST, FULL, LESSON, WEEK, Course
from tests.support.odd_names import ODD_NAMES

# Names that look odd and are harmless, some of them nbgrader's own words.
HARMLESS = [
    "feedback",
    "__pycache__",
    WEEK,
    "submitted",
    "12345",
    "O'Brien",
    "Lovelace, Ada (12)",
    "jose\u0301",
    "李雷",
]
GRADED = ["aaa", "many", "deep", "zzz", *HARMLESS]


@dataclass
class Class:
    """A class with odd names among it, graded and with feedback."""

    course: Course
    graded: subprocess.CompletedProcess[str]
    feedback: subprocess.CompletedProcess[str]

    @property
    def log(self) -> str:
        """All that nbgrader printed."""
        return self.graded.stdout + self.graded.stderr + self.feedback.stdout + self.feedback.stderr


@pytest.fixture(scope="module")
def graded(class_course: Course, material: Material) -> Class:
    notebook = odd.right(material)
    for student in GRADED:
        path = class_course.hand_in(student, notebook)
    submitted = class_course.classroom / "submitted"
    for name in ODD_NAMES:
        folder = os.path.join(os.fsencode(submitted), name, WEEK.encode())
        os.makedirs(folder)
        os.link(path, os.path.join(folder, f"{LESSON}.ipynb".encode()))
        open(os.path.join(os.fsencode(submitted), b"aaa", WEEK.encode(), name[:150] + b".csv"), "wb").close()
    (submitted / "linked").symlink_to(submitted / "aaa")
    (submitted / "weeklink").mkdir()
    (submitted / "weeklink" / WEEK).symlink_to(submitted / "aaa" / WEEK)
    class_course.hand_in("file", "")
    os.rename(submitted / "file" / WEEK / f"{LESSON}.ipynb", submitted / "file" / "other")
    (submitted / "file" / WEEK).rmdir()
    (submitted / "file" / WEEK).write_text("not a folder")
    for number in range(20_000):
        (submitted / "many" / WEEK / f"{number}.dat").touch()
    for number in range(2_000):
        (submitted / "many" / WEEK / f"folder{number}").mkdir()
    here = os.open(submitted / "deep" / WEEK, os.O_RDONLY)
    for _ in range(3_000):
        os.mkdir("d", dir_fd=here)
        inner = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = inner
    os.close(here)
    try:
        return Class(class_course, class_course.autograde(), class_course.nbgrader("generate_feedback", WEEK))
    finally:
        subprocess.run(["rm", "-rf", submitted / "deep" / WEEK / "d"], check=True)


def test_everyone_else_is_graded_and_has_a_page(graded: Class) -> None:
    assert {student: graded.course.scores(student) for student in GRADED} == dict.fromkeys(GRADED, FULL)
    for step in ("autograded", "verdicts", "feedback"):
        assert {path.name for path in (graded.course.classroom / step).iterdir()} == set(GRADED)


def test_each_odd_name_is_named_with_a_reason_and_stays(graded: Class) -> None:
    refused = [line for line in graded.graded.stderr.splitlines() if "is not graded: the student's name" in line]
    assert len(refused) == len(ODD_NAMES)
    for shown in (r"b\xff/", r"ada\nx/", r"a\u202eb/", "{student_id}/", "*/", r"\x1b]0;PEN\x07\x1b[31mbob/"):
        assert sum(f"submitted/{shown}" in line for line in refused) == 1
    assert all(os.path.isdir(os.fsencode(graded.course.classroom / "submitted") + b"/" + name) for name in ODD_NAMES)


@pytest.mark.parametrize("student", ["linked", "weeklink", "file"])
def test_a_link_or_a_file_is_no_submission(graded: Class, student: str) -> None:
    assert f"submitted/{student}/{WEEK} is not graded: it isn't a folder, or it is a link." in graded.graded.stderr


def test_the_log_shows_every_sign_that_is_in_it(graded: Class) -> None:
    assert {sign for sign in graded.log if not is_visible(sign)} == {"\n"}


def test_what_is_not_used_beside_a_notebook_is_named(graded: Class) -> None:
    (line,) = (line for line in graded.graded.stderr.splitlines() if f"aaa/{WEEK}: " in line)
    assert "not used: only plain data files" in line
    (line,) = (line for line in graded.graded.stderr.splitlines() if f"many/{WEEK}: " in line)
    assert "0.dat, 1.dat, 10.dat, 100.dat, 1000.dat and 21,995 more not used" in line


def test_what_a_plain_user_may_not_read_costs_itself(course: Course, material: Material) -> None:
    notebook = odd.right(material)
    for student in ("aaa", "file", "week", "whole", "data", "time", "zzz"):
        course.hand_in(student, notebook)
    submitted = course.classroom / "submitted"
    unreadable = [
        submitted / "file" / WEEK / f"{LESSON}.ipynb",
        submitted / "week" / WEEK,
        submitted / "whole",
        course.hand_in("data", "1,2\n", "table.csv"),
        course.hand_in("time", "2026-03-01 10:00:00 UTC\n", "timestamp.txt"),
    ]
    for path in unreadable:
        path.chmod(0)
    run = course.autograde(lacking=("rights", "namespaces"))
    course.nbgrader("generate_feedback", WEEK, lacking=("rights", "namespaces"))
    for path in unreadable:
        if path.exists():
            path.chmod(0o755)
    assert {student: course.scores(student) for student in ("aaa", "data", "time", "zzz")} == dict.fromkeys(
        ("aaa", "data", "time", "zzz"), FULL
    )
    for student in ("file", "week"):
        assert {e["status"] for e in course.verdict(student)["exercises"]} == {"ungradable"}
        assert "can't be read" in course.exercise(student, FIRST)["message"]
    assert f"submitted/whole/{WEEK} is not graded: it can't be read: Permission denied." in run.stderr
    assert "table.csv not used" in run.stderr
    pages = {path.parent.parent.name for path in (course.classroom / "feedback").glob(f"*/{WEEK}/*.html")}
    assert pages == {"aaa", "file", "week", "data", "time", "zzz"}
