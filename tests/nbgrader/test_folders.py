"""Odd files beside a right notebook, or instead of it, through real ``nbgrader autograde``."""

from __future__ import annotations

import datetime
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat
import pytest
from nbgrader.api import Gradebook

from autograder.lessons.samples import Material
from tests.support import odd_notebooks as odd
from tests.support.course import FIRST, FULL, LESSON, WEEK, Course

NOTHING = dict.fromkeys(FULL, 0.0)
SECRET = "the answer of another student"
MODULES = ("numpy.py", "conftest.py", "sitecustomize.py", "usercustomize.py", "random.py", "autograder.py", "pytest.py")
LISTING = "\nimport os\nprint('beside me:', sorted(os.listdir('.')))\n"
UNGRADABLE = {
    "absent": "Hand in the notebook under exactly this name.",
    "linked": "isn't a plain file. Hand in the notebook itself, not a link to it.",
    "dangling": "isn't a plain file. Hand in the notebook itself, not a link to it.",
    "folder": "isn't a plain file. Hand in the notebook itself, not a link to it.",
    "piped": "isn't a plain file. Hand in the notebook itself, not a link to it.",
}
GRADED = ("ada", "beside", "index", "garbage", "linktime", "pipetime", "modules", "pipe", "data", "other")
COLLECTED = "tom"


@dataclass
class Folders:
    """Odd folders, graded in one run."""

    course: Course
    run: subprocess.CompletedProcess[str]

    def autograded(self, student: str) -> Path:
        """Where a student's graded work lies."""
        return self.course.classroom / "autograded" / student / WEEK

    def files(self, student: str) -> set[str]:
        """The files that nbgrader copied there, other than the notebook."""
        folder = self.autograded(student)
        return {str(path.relative_to(folder)) for path in folder.rglob("*")} - {f"{LESSON}.ipynb"}


def fill(course: Course, material: Material) -> None:
    """Write the odd folders."""
    name = f"{LESSON}.ipynb"
    notebook = odd.right(material)
    folders = {student: course.classroom / "submitted" / student / WEEK for student in (*GRADED, *UNGRADABLE)}
    for student in GRADED:
        course.hand_in(student, notebook)
    secret = course.root / "secret.csv"
    secret.write_text(SECRET, encoding="utf-8")
    os.symlink(secret, folders["beside"] / "table.csv")
    os.symlink(folders["ada"], folders["beside"] / "friend")
    os.symlink(course.root / "solutions", folders["beside"] / "solutions")
    course.hand_in("index", "<script>alert(1)</script>", "index.html")
    course.hand_in("garbage", "half past nine", "timestamp.txt")
    os.symlink(secret, folders["linktime"] / "timestamp.txt")
    os.mkfifo(folders["pipetime"] / "timestamp.txt")
    touched = course.root / "touched.txt"
    for module in MODULES:
        course.hand_in("modules", f"open({str(touched)!r}, 'a').write(__name__)\n", module)
    os.mkfifo(folders["pipe"] / "table.csv")
    course.hand_in("data", material.first(lambda code: code + LISTING))
    course.hand_in("data", "1,2\n", "table.csv")
    course.hand_in("data", "mine", "notes.xyz")
    course.hand_in("data", "mine", ".hidden.csv")
    (folders["data"] / "__pycache__").mkdir()
    course.hand_in("data", "mine", "__pycache__/numpy.cpython-311.pyc")
    course.hand_in("other", nbformat.writes(notebook), "another.ipynb")
    for student in UNGRADABLE:
        folders[student].mkdir(parents=True)
    course.hand_in("absent", "I could not finish.", "notes.txt")
    os.symlink(folders["ada"] / name, folders["linked"] / name)
    os.symlink(folders["ada"] / "nothing.ipynb", folders["dangling"] / name)
    (folders["folder"] / name).mkdir()
    os.mkfifo(folders["piped"] / name)


def collect_script(course: Course, material: Material, inbox: Path) -> None:
    """Have a student's script collected, as a teacher collects it."""
    script = material.assignment
    stubs = {cell.metadata.nbgrader.grade_id: cell.source for cell in odd.solutions(material.release)}
    for name, answer in material.answers.items():
        assert stubs[name] in script
        script = script.replace(stubs[name], answer)
    (inbox / COLLECTED).mkdir()
    (inbox / COLLECTED / f"{LESSON}.py").write_text(script, encoding="utf-8")
    program = Path(sys.executable).with_name("autograder")
    subprocess.run([str(program), "collect", str(inbox)], cwd=course.root, check=True, capture_output=True)


@pytest.fixture(scope="module")
def graded(class_course: Course, material: Material, tmp_path_factory: pytest.TempPathFactory) -> Folders:
    fill(class_course, material)
    collect_script(class_course, material, tmp_path_factory.mktemp("inbox"))
    run = class_course.autograde()
    class_course.nbgrader("generate_feedback", WEEK)
    return Folders(class_course, run)


@pytest.mark.parametrize("student", GRADED)
def test_odd_files_beside_a_right_notebook_cost_nothing(graded: Folders, student: str) -> None:
    assert graded.course.scores(student) == FULL


@pytest.mark.parametrize("student", sorted(UNGRADABLE))
def test_a_folder_without_a_plain_notebook_is_ungradable_and_says_so(graded: Folders, student: str) -> None:
    assert graded.course.scores(student) == NOTHING
    exercises = graded.course.verdict(student)["exercises"]
    assert {e["status"] for e in exercises} == {"ungradable"}
    assert all(UNGRADABLE[student] in e["message"] for e in exercises)
    assert (graded.course.classroom / "feedback" / student / WEEK / f"{LESSON}.html").is_file()


def test_the_run_reaches_its_end_without_an_error(graded: Folders) -> None:
    assert graded.run.returncode == 0
    assert "error processing" not in graded.run.stderr
    assert {path.name for path in (graded.course.classroom / "autograded").iterdir()} == {
        *GRADED,
        *UNGRADABLE,
        COLLECTED,
    }


@pytest.mark.parametrize("student", sorted({*GRADED, *UNGRADABLE} - {"data", "absent"}))
def test_nbgrader_copies_nothing_of_an_odd_folder(graded: Folders, student: str) -> None:
    assert graded.files(student) == set()


def test_nbgrader_copies_plain_data(graded: Folders) -> None:
    assert graded.files("data") == {"table.csv"}
    assert graded.files("absent") == {"notes.txt"}


def test_no_link_is_followed(graded: Folders) -> None:
    for step in ("autograded", "feedback"):
        for path in (graded.course.classroom / step).rglob("*"):
            assert not path.is_symlink()
            assert not (path.is_file() and SECRET in path.read_text(encoding="utf-8"))


def test_a_students_page_is_not_copied_to_the_feedback(graded: Folders) -> None:
    pages = list((graded.course.classroom / "feedback").rglob("index.html"))
    assert pages  # our own
    assert not any("alert(1)" in page.read_text(encoding="utf-8") for page in pages)


def test_modules_beside_the_notebook_are_never_imported(graded: Folders) -> None:
    assert not (graded.course.root / "touched.txt").exists()


def test_the_kernels_folder_holds_the_students_own_data_alone(graded: Folders) -> None:
    notebook = nbformat.read(graded.autograded("data") / f"{LESSON}.ipynb", as_version=4)
    (cell,) = (c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") == FIRST)
    assert "".join(output.text for output in cell.outputs) == "beside me: ['table.csv']\n"


def test_a_time_that_nbgrader_can_read_counts_and_a_later_hand_in_is_graded_again(
    course: Course, material: Material
) -> None:
    course.hand_in("mia", material.release)
    course.hand_in("mia", "2026-03-01 10:00:00 UTC\n", "timestamp.txt")
    course.autograde()
    with Gradebook(f"sqlite:///{course.classroom / 'gradebook.db'}") as gradebook:
        assert gradebook.find_submission(WEEK, "mia").timestamp == datetime.datetime(2026, 3, 1, 10)
    assert course.scores("mia") == NOTHING
    course.hand_in("mia", odd.right(material))
    course.hand_in("mia", "2026-03-02 10:00:00 UTC\n", "timestamp.txt")
    course.autograde()
    assert course.scores("mia") == FULL


def test_a_script_becomes_a_notebook_when_it_is_collected(graded: Folders) -> None:
    assert graded.course.scores(COLLECTED) == FULL
