"""The build: repeatable, never half done when killed, and checked without changes; a class keeps its scores."""

from __future__ import annotations

import os
import re
import shutil
import signal
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import Stale, build, check
from autograder.checks.plugin import ChecksBroken
from autograder.lessons.course import LessonError
from autograder.lessons.samples import filled_in, model_answers
from tests.support.course import ROOT, WEEK, Course
from tests.support.small_course import EXERCISE, GRADED, HIDDEN, SMALL, TREES, SmallCourse, SmallLesson, digest

NEW = SMALL.but("script", "Twice x", "Two times x").but("public", "Three numbers", "Some numbers")


@pytest.fixture(scope="module")
def old_and_new(tmp_path_factory: pytest.TempPathFactory) -> tuple[SmallCourse, SmallCourse]:
    """Two built courses, alike but for a changed lesson."""
    folder = tmp_path_factory.mktemp("built")
    courses = SmallCourse(folder / "old"), SmallCourse(folder / "new", (NEW,))
    for course in courses:
        build(course.root)
    assert all(courses[0].digests()[tree] != courses[1].digests()[tree] for tree in TREES)
    return courses


@pytest.fixture
def course(old_and_new: tuple[SmallCourse, SmallCourse], tmp_path: Path) -> SmallCourse:
    """A copy of the built small course."""
    shutil.copytree(old_and_new[0].root, tmp_path / "course", ignore=shutil.ignore_patterns("__pycache__"))
    return SmallCourse(tmp_path / "course")


@pytest.mark.long
def test_two_builds_of_the_course_are_the_same_to_the_byte(tmp_path: Path) -> None:
    courses = [SmallCourse(tmp_path / name, ()) for name in ("one", "another place")]
    for course in courses:
        shutil.copytree(ROOT / "solutions", course.root / "solutions")
    processes = [c.start("build", PYTHONHASHSEED=str(n), LC_ALL="C", TZ=f"UTC{n}") for n, c in enumerate(courses)]
    for process in processes:
        _, err = process.communicate(timeout=300)
        assert process.returncode == 0, err
    assert courses[0].digests() == courses[1].digests()
    assert (courses[0].root / "release" / WEEK / "forward_propagation.ipynb").is_file()


def test_a_build_of_what_is_built_changes_nothing(course: SmallCourse) -> None:
    before = {path: path.stat().st_mtime_ns for path in course.root.rglob("*.*") if path.suffix != ".pyc"}
    assert build(course.root) == []
    assert {path: path.stat().st_mtime_ns for path in course.root.rglob("*.*") if path.suffix != ".pyc"} == before


def test_only_the_changed_trees_are_named(course: SmallCourse) -> None:
    SMALL.but("public", "Three numbers", "Some numbers").write(course.root)
    assert build(course.root) == [course.root / "autograder" / "course"]


def test_a_lesson_that_is_gone_leaves_the_trees(course: SmallCourse) -> None:
    renamed = SmallLesson(week="week2", name="twice")
    renamed.write(course.root)
    shutil.rmtree(course.root / "solutions" / WEEK)
    build(course.root)
    for tree, suffix in (("source", "ipynb"), ("release", "ipynb"), ("assignments", "py")):
        assert [p.relative_to(course.root / tree) for p in (course.root / tree).rglob("*.*")] == [
            Path(f"week2/twice.{suffix}")
        ]


def appears(pattern: str) -> Callable[[Path], bool]:
    return lambda root: any(root.glob(pattern))


def inode_changes(tree: str) -> Callable[[Path], bool]:
    """Whether the course's tree is another folder than at the first call: it was swapped."""
    first: dict[Path, int] = {}

    def changed(root: Path) -> bool:
        now = (root / tree).stat().st_ino
        return first.setdefault(root, now) != now

    return changed


MOMENTS = {
    "at the start": appears(".next-build*"),
    "source is built": appears(".next-build*/source/*/*"),
    "release is built": appears(".next-build*/release/*/*"),
    "the record is written": appears(".next-build*/autograder/course/*/*/record.json"),
    "source is swapped": inode_changes("source"),
    "release is swapped": inode_changes("release"),
    "the record is swapped": inode_changes("autograder/course"),
}


@pytest.mark.long
@pytest.mark.parametrize("moment", MOMENTS)
def test_a_killed_build_leaves_each_tree_old_or_new_and_the_next_one_repairs_all(
    old_and_new: tuple[SmallCourse, SmallCourse], course: SmallCourse, moment: str
) -> None:
    old, new = (built.digests() for built in old_and_new)
    NEW.write(course.root)
    reached = MOMENTS[moment]
    assert not reached(course.root)
    process = course.start("build")
    deadline = time.monotonic() + 60
    while process.poll() is None and not reached(course.root):
        assert time.monotonic() < deadline
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=60)
    for tree, now in course.digests().items():
        assert now in (old[tree], new[tree])
    build(course.root)
    assert course.digests() == new
    assert list(course.root.glob(".*")) == []


@pytest.mark.long
def test_a_build_waits_for_another_and_does_not_sweep_its_folder(course: SmallCourse) -> None:
    NEW.write(course.root)
    processes = [course.start("build") for _ in range(2)]
    printed = [process.communicate(timeout=120) for process in processes]
    assert [process.returncode for process in processes] == [0, 0], printed
    assert sorted(out for out, _ in printed)[1] == "Built: source, release, assignments, autograder/course.\n"
    check(course.root)
    assert list(course.root.glob(".*")) == []


def test_a_check_names_what_is_stale_and_changes_nothing(course: SmallCourse) -> None:
    (course.root / "assignments" / WEEK / "doubling.py").write_text("changed", encoding="utf-8")
    (course.root / "source" / WEEK / "extra.ipynb").write_text("{}", encoding="utf-8")
    (course.root / "autograder" / "course" / WEEK / "doubling" / "public.py").unlink()
    before = digest(course.root)
    with pytest.raises(Stale, match="autograder build") as raised:
        check(course.root)
    named = re.findall(r"^  (.*)$", str(raised.value), re.MULTILINE)
    assert named == [
        "source/week1/extra.ipynb",
        "assignments/week1/doubling.py",
        "autograder/course/week1/doubling/public.py",
    ]
    assert digest(course.root) == before
    build(course.root)
    check(course.root)


def test_what_jupyterlab_and_python_leave_in_the_trees_is_not_stale(course: SmallCourse) -> None:
    for folder in (".ipynb_checkpoints", "__pycache__"):
        path = course.root / "source" / WEEK / folder
        path.mkdir()
        (path / "doubling-checkpoint.ipynb").write_text("{}", encoding="utf-8")
    check(course.root)


@pytest.mark.long
def test_a_class_keeps_its_submissions_and_scores_across_a_build(course: SmallCourse) -> None:
    graded = Course(course.root)
    release, source = (
        nbformat.read(course.root / tree / WEEK / "doubling.ipynb", as_version=4) for tree in ("release", "source")
    )
    graded.hand_in("ada", filled_in(release, model_answers(source)), "doubling.ipynb")
    graded.hand_in("eva", release, "doubling.ipynb")
    # An editable installation (pip install -e) would find this course's folder first.
    shutil.rmtree(course.root / "autograder")
    graded.autograde()
    scores = {"ada": {"doubled": 4.0}, "eva": {"doubled": 0.0}}
    assert {student: graded.scores(student, "doubling") for student in scores} == scores
    before = {path: path.read_bytes() for path in graded.classroom.rglob("*.*")}
    NEW.write(course.root)
    assert len(build(course.root)) == len(TREES)
    assert {path: path.read_bytes() for path in graded.classroom.rglob("*.*")} == before
    assert {student: graded.scores(student, "doubling") for student in scores} == scores
    shutil.rmtree(course.root / "autograder")
    graded.autograde("--force")
    assert {student: graded.scores(student, "doubling") for student in scores} == scores


NO_GRADED_CELL = SmallLesson(script=SMALL.script.replace(GRADED, ""))
UNSOUND: dict[str, tuple[list[SmallLesson], str]] = {
    "no lesson": ([], "there is no lesson"),
    "no graded cell": ([NO_GRADED_CELL], "the exercise 'doubled' has no graded cell"),
    "no exercise": (
        [SmallLesson(script=SMALL.script.replace(EXERCISE, "").replace(GRADED, ""))],
        "the lesson has no gr",
    ),
    "graded cell before the next exercise": (
        [NO_GRADED_CELL.and_("script", EXERCISE.replace("doubled", "again"))],
        "the exercise 'doubled' has no graded cell. Put check",
    ),
    "graded cell of another": (
        [SMALL.but("script", '"check_doubled"', '"check_it"')],
        "the graded cell 'check_it' must",
    ),
    "graded cell with more": ([SMALL.but("script", 'check("doubled")', "check('doubled')")], "contain only check"),
    "no points": ([SMALL.but("script", '"points": 4, ', "")], 'check_doubled.* has no "points"'),
    "not python": ([SMALL.but("script", "return 2.0 *", "return return")], "lesson.py.*SyntaxError"),
    "another name": ([SMALL.but("script", "def doubled", "def twice")], "does not define doubled"),
    "one name twice": ([SMALL, SmallLesson(name="again")], "the exercise 'doubled' is already in .*again"),
    "no hidden checks": ([SmallLesson(hidden='"""None."""\n')], "hidden checks hold 0 of 1"),
    "checks of nothing": (
        [SMALL.but("hidden", '@checks("doubled")\ndef', '@checks("double")\ndef')],
        "“A table.*'double', which is not an exercise",
    ),
    "answers to nothing": (
        [SMALL.but("misconceptions", '@also_correct("doubled")', '@also_correct("double")')],
        "'double', which is not an exercise",
    ),
    "unreadable checks": ([SmallLesson(hidden="import nothing_of_this_name\n")], "nothing_of_this_name"),
    "unreadable answers": ([SmallLesson(misconceptions="1 / 0\n")], "misconceptions.py.*ZeroDivisionError"),
}


@pytest.mark.parametrize("kind", UNSOUND)
def test_a_lesson_that_cannot_be_built_is_named(kind: str, tmp_path: Path) -> None:
    lessons, message = UNSOUND[kind]
    course = SmallCourse(tmp_path, tuple(lessons))
    with pytest.raises((LessonError, ChecksBroken), match=f"(?s){message}") as raised:
        build(tmp_path)
    assert "solutions" in str(raised.value)
    assert sorted(os.listdir(course.root)) == sorted(
        {"pyproject.toml", "nbgrader_config.py", *(["solutions"] if lessons else [])}
    )


def test_a_missing_file_is_named(course: SmallCourse) -> None:
    for name in ("public", "hidden", "misconceptions"):
        path = course.root / "solutions" / WEEK / "doubling" / f"{name}.py"
        text = path.read_text(encoding="utf-8")
        path.unlink()
        with pytest.raises(LessonError, match=f"{name}.py: there is no such file"):
            build(course.root)
        path.write_text(text, encoding="utf-8")


def test_a_lesson_that_cannot_be_built_is_reported_in_one_line_and_leaves_the_trees(course: SmallCourse) -> None:
    before = course.digests()
    SmallLesson(hidden=HIDDEN.replace("submission.doubled, reference", "submission.nothing, reference")).write(
        course.root
    )
    run = course.autograder("build")
    assert run.returncode == 2
    assert re.fullmatch(r"autograder: .*doubled: the model answer fails the check “More numbers.*\n", run.stderr)
    assert course.digests() == before
