"""Planted defects of a lesson are named: weak checks, misconceptions too alike, records that cannot be written."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from autograder.authoring.build import build
from autograder.authoring.soundness import Candidate, check_lesson, readable, verdict_on
from autograder.checks.seeds import FIXED_SECRET, seed_from
from autograder.lessons.course import LessonError, find_lessons
from autograder.lessons.reference import References
from tests.support.course import ROOT, WEEK
from tests.support.real_lesson import LESSON
from tests.support.small_course import PUBLIC, SMALL, SmallCourse, SmallLesson

SQUARE = '@misconception("doubled", hint="A square is something else.")\n'
ADDED = '@also_correct("doubled")\ndef added'
TRIPLED = "    return refused(x) * 3.0\n"
WEAK = (
    SMALL.but("public", "[1.5, -3.0, 4.0]", "[2.0]")
    .but("hidden", "rng.uniform(3, 9, length)", "np.full(length, 2.0)")
    .but("hidden", "rng.uniform(3, 9, 1)", "np.array([2.0])")
)
WRONG = '\n\n@misconception("doubled", hint="Look.")\ndef planted(x):\n'
RIGHT = '\n\n@also_correct("doubled")\ndef planted(x):\n'
CHECK = '\n\n@checks("doubled")\ndef test_planted(submission, reference):\n    """Planted."""\n'
PLANTED: dict[str, tuple[SmallLesson, str]] = {
    "a check too weak": (WEAK, "the misconception “squared” passes every check"),
    "two alike": (
        SMALL.and_("misconceptions", WRONG + "    return refused(x) + 2 * refused(x)\n"),
        "the misconception “tripled” is not told from another.* add a check that tells them apart",
    ),
    "too near the right answer": (
        SMALL.and_("misconceptions", WRONG + "    return refused(x) * 2.00001\n"),
        "the misconception “planted” is within 100 times the tolerance",
    ),
    "a right answer among the wrong": (
        SMALL.and_("misconceptions", WRONG + "    return refused(x) * 2.0\n"),
        "the misconception “planted” passes every check",
    ),
    "never the same answer twice": (
        SMALL.and_("misconceptions", WRONG + "    return refused(x) * np.random.normal(5)\n"),
        "the misconception “planted” is .*not explained by its own code",
    ),
    "a wrong answer among the right": (
        SMALL.and_("misconceptions", RIGHT + TRIPLED),
        "the right answer “planted” fails: .*3",
    ),
    "too little hidden weight": (SMALL.but("hidden", "@weight(2)", "@weight(0.25)"), "1.5 of 2.5 weight"),
    "nothing public": (SmallLesson(public='"""None."""\n'), "5 of 5 weight"),
    "a model answer that fails": (
        SMALL.and_("hidden", CHECK + "    assert submission.doubled(np.array([1.0]))[0] == 3\n"),
        "the model answer fails the check “Planted.”",
    ),
    "a model answer that raises": (
        SMALL.but("script", "return 2.0 *", "raise RuntimeError('oh')\n    return 2.0 *"),
        "the model answer fails the check “Three numbers.”: .*oh",
    ),
    "two checks of one name": (
        SMALL.but("hidden", "A table is refused.", "Three numbers."),
        "two checks have the same name",
    ),
    "two misconceptions only": (SMALL.but("misconceptions", SQUARE, ""), "2 misconceptions and 2 also-correct"),
    "one other right answer only": (SMALL.but("misconceptions", ADDED, "def added"), "3 misconceptions and 1 also"),
    "inputs that are the same for everybody": (
        SMALL.but("hidden", "rng.uniform(3, 9, length)", "np.arange(3.0, 3.0 + length)"),
        r"only 1 of 6 weight is on inputs that are drawn .* check “More numbers. \(4\)” 100% of the calls are the same",
    ),
    "too many inputs that are the same for everybody": (
        SMALL.but(
            "hidden", "rng.uniform(3, 9, length))", "rng.uniform(3, 9, length))\n    submission.doubled(np.ones(3))"
        ),
        "only 3 of 6 weight is on inputs that are drawn",
    ),
    "a weight of nothing": (SMALL.but("hidden", "@weight(2)", "@weight(0)"), r"“More numbers. \(4\)” has no weight"),
}


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_defect_is_found_and_named(defect: str, tmp_path: Path) -> None:
    lesson, message = PLANTED[defect]
    with pytest.raises(Exception, match=f"(?s){message}") as raised:
        check_lesson(lesson.read(tmp_path))
    assert type(raised.value).__module__.startswith("autograder.")
    assert str(tmp_path / "solutions" / lesson.week / lesson.name) in str(raised.value)


def test_a_sound_lesson_is_sound_over_many_draws(tmp_path: Path) -> None:
    check_lesson(SMALL.read(tmp_path), draws=3)


def test_a_check_that_is_too_weak_for_some_draws_is_found_over_many(tmp_path: Path) -> None:
    rarely = "np.full(length, 2.0 if rng.random() < 0.5 else 3.0) + rng.uniform(0, 1e-12)"
    lesson = WEAK.but("hidden", "np.full(length, 2.0)", rarely).read(tmp_path)
    with pytest.raises(LessonError, match=r"passes every check|not told from another"):
        check_lesson(lesson, draws=30)


UNRECORDABLE = {
    "random inputs": (PUBLIC.replace("reference):", "reference, rng):"), "public::test_three_numbers uses rng"),
    "random inputs in one of two": (
        PUBLIC + CHECK.replace("reference):", "reference, rng):") + "    submission.doubled(rng.normal(size=3))\n",
        "public::test_planted uses rng",
    ),
    "an answer passed on": (
        PUBLIC + CHECK + "    submission.doubled(submission.doubled(np.array([1.5])))\n",
        "the calls of “Planted.” depend on the answers",
    ),
    "more calls for a wrong answer": (
        PUBLIC
        + CHECK
        + "    if submission.doubled(np.array([1.5]))[0] != 3.0:\n        submission.doubled(np.array([7.0]))\n",
        "the calls of “Planted.” depend on the answers",
    ),
    "fewer calls for a wrong answer, and other ones": (
        PUBLIC
        + CHECK
        + "    first = submission.doubled(np.array([1.5]))[0]\n"
        + "    submission.doubled(np.array([7.0 if first == 3.0 else 8.0]))\n",
        "the calls of “Planted.” depend on the answers",
    ),
}


@pytest.mark.parametrize("defect", UNRECORDABLE)
def test_a_public_check_that_cannot_be_recorded_is_a_build_error(defect: str, tmp_path: Path) -> None:
    public, message = UNRECORDABLE[defect]
    course = SmallCourse(tmp_path, (SmallLesson(public=public),))
    with pytest.raises(LessonError, match=f"{WEEK}/doubling/public.py: {message}"):
        build(tmp_path)
    assert not (course.root / "source").exists()


def test_a_right_answer_planted_among_the_misconceptions_of_the_course_is_found(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions" / WEEK / LESSON, tmp_path / "solutions" / WEEK / LESSON)
    (lesson,) = find_lessons(tmp_path)
    name = lesson.exercises[0].name
    planted = f'\n\n@misconception({name!r}, hint="")\ndef planted(*args):\n    import math\n'
    reference = next(
        c for c in lesson.notebook().cells if c.metadata.get("nbgrader", {}).get("grade_id") == name
    ).source
    body = "\n".join(f"    {line}" for line in ["import numpy as np", *reference.splitlines()])
    path = lesson.folder / "misconceptions.py"
    path.write_text(path.read_text(encoding="utf-8") + f"{planted}{body}\n    return {name}(*args)\n", encoding="utf-8")
    with pytest.raises(LessonError, match=f"{name}: the misconception “planted” "):
        check_lesson(lesson)


def test_an_exercise_that_builds_on_another_needs_a_stand_in_for_it(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "solutions" / WEEK / LESSON, tmp_path / "solutions" / WEEK / LESSON)
    (lesson,) = find_lessons(tmp_path)
    readable(lesson)
    path = lesson.folder / "misconceptions.py"
    path.write_text(path.read_text(encoding="utf-8").replace('@stand_in("dense_forward")\n', ""), encoding="utf-8")
    with pytest.raises(LessonError, match="network_forward: it builds on dense_forward"):
        check_lesson(lesson)


def test_each_lesson_has_its_own_checks_and_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    first = SMALL.read(tmp_path)
    other = SmallLesson(
        **{
            file: getattr(SMALL, file).replace("doubled", "repeated").replace("numbers", "figures")
            for file in ("script", "public", "hidden", "misconceptions")
        },
        name="repeating",
    ).read(tmp_path)
    names = {}
    for lesson in (first, other, first):
        exercise = lesson.exercises[0].name
        references = References(lesson)
        candidate = Candidate(lesson, references, lesson.exercise(exercise), references.namespace[exercise])
        names[exercise] = [check.name for check in verdict_on(candidate).checks]
    assert names["doubled"] == ["Three numbers.", "More numbers. (4)", "More numbers. (5)", "A table is refused."]
    assert names["repeated"] == ["Three figures.", "More figures. (4)", "More figures. (5)", "A table is refused."]
    changed = SMALL.but("hidden", "More numbers", "Many numbers").read(tmp_path)
    references = References(changed)
    candidate = Candidate(changed, references, changed.exercise("doubled"), references.namespace["doubled"])
    assert "Many numbers. (4)" in [check.name for check in verdict_on(candidate).checks]


def test_seeds_differ_by_secret_student_hand_in_and_check() -> None:
    seeds = {
        seed_from(*of)
        for of in [
            (FIXED_SECRET, "ada", "a", "b"),
            (b"x", "ada", "a", "b"),
            (FIXED_SECRET, "eve", "a", "b"),
            (FIXED_SECRET, "ada", "c", "b"),
            (FIXED_SECRET, "ada", "a", "d"),
            (FIXED_SECRET, "ad", "aa", "b"),
        ]
    }
    assert len(seeds) == 6
    assert seed_from(FIXED_SECRET, "ada", "a", "b") in seeds


@pytest.mark.parametrize("setting", ["PYTEST_ADDOPTS", "PYTEST_PLUGINS"])
def test_settings_meant_for_other_tests_change_no_check(
    setting: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(setting, "--no-such-option")
    check_lesson(SMALL.read(tmp_path))
    assert os.environ[setting] == "--no-such-option"
