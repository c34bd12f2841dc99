"""`autograder new` starts a lesson that builds and passes its audit, and refuses names that no lesson can have."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.audit.run import DOCUMENT
from autograder.authoring.new import CannotBegin, begin
from autograder.lessons.course import find_lessons
from tests.support.small_course import SMALL, SmallCourse


@pytest.mark.long
def test_a_new_lesson_builds_and_passes_its_audit(tmp_path: Path) -> None:
    course = SmallCourse(tmp_path / "course", ())
    (course.root / "solutions").mkdir()
    for command in (("new", "week2/my_lesson"), ("build",), ("build", "--check"), ("audit", "week2")):
        run = course.autograder(*command)
        assert (run.returncode, run.stderr) == (0, ""), run.stdout
    assert "1 of 1 exercises pass." in run.stdout
    document = (course.root / DOCUMENT).read_text(encoding="utf-8")
    figures = (
        "`my_lesson` | 50/50 full, exact | 2/2, float32 2/2 | 3: 150/150 lose, 150/150 named, 0 confused; float32 30/30"
    )
    assert figures in document
    assert "✗" not in document
    (lesson,) = find_lessons(course.root)
    assert (lesson.week, lesson.name, [e.name for e in lesson.exercises]) == ("week2", "my_lesson", ["my_lesson"])
    scripts = [path.read_text(encoding="utf-8") for path in (course.root / "solutions").rglob("*.py")]
    notebooks = [path.read_text(encoding="utf-8") for path in (course.root / "release").rglob("*.ipynb")]
    assert (len(scripts), len(notebooks)) == (5, 1)
    assert not any(blank in text for text in scripts + notebooks for blank in ("{{NAME}}", "{{LESSON}}", "{{TITLE}}"))
    assert "For the author" not in notebooks[0]


NO_NAMES = [
    "my_lesson",
    "week1/",
    "/my_lesson",
    "week1/My",
    "week1/a-b",
    "week1/1st",
    "week1/a/b",
    "week1/import",
    "../x",
]


@pytest.mark.parametrize("name", NO_NAMES)
def test_a_name_that_no_lesson_can_have_is_refused(name: str, tmp_path: Path) -> None:
    SmallCourse(tmp_path)
    with pytest.raises(CannotBegin, match=f"^{re.escape(repr(name))} is not a valid name for a lesson"):
        begin(tmp_path, name)
    assert [lesson.name for lesson in find_lessons(tmp_path)] == ["doubling"]


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("week1/doubling", "already exists"),
        ("week2/doubling", "'doubling' is taken: "),
        ("week2/doubled", "'doubled' is taken: "),
    ],
)
def test_a_name_that_is_taken_is_refused(name: str, message: str, tmp_path: Path) -> None:
    SmallCourse(tmp_path)
    before = (tmp_path / "solutions/week1/doubling/lesson.py").read_text(encoding="utf-8")
    with pytest.raises(CannotBegin, match=message):
        begin(tmp_path, name)
    assert (tmp_path / "solutions/week1/doubling/lesson.py").read_text(encoding="utf-8") == before == SMALL.script
    assert not (tmp_path / "solutions" / "week2").exists()


def test_a_folder_that_is_no_course_is_refused_in_one_line(tmp_path: Path) -> None:
    course = SmallCourse(tmp_path, ())
    run = course.autograder("new", "week1/my_lesson")
    assert run.returncode == 2
    assert run.stderr.startswith(f"autograder: {tmp_path}: there is no course here. ")
    assert run.stderr.count("\n") == 1
