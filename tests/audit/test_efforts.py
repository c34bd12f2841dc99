"""A changed lesson is audited in full; when the engine has changed, what passed in full is audited in brief."""

from __future__ import annotations

import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from autograder.audit import keys, report, run
from autograder.audit.cache import Cache, read
from autograder.audit.candidates import BRIEF, FULL, Effort
from autograder.audit.columns import COLUMNS
from autograder.audit.exercise import candidates_of
from autograder.audit.keys import Key, digest_of_lesson
from autograder.audit.material import Material
from autograder.audit.rows import Cell, Row
from autograder.authoring.build import build
from tests.support.building_on import BUILDING
from tests.support.small_course import SMALL, STAYS, SmallCourse, SmallLesson, with_digits

# Grading may take long here: the machine may be busy.
QUICK = Effort(draws=2, single=1, right=1, poison=1, seconds=60.0)
TRAINING = SMALL.but("hidden", "@weight(2)", "@trains\n@weight(2)").but(
    "hidden", "checks, weight", "checks, trains, weight"
)
SOUND = with_digits(with_digits(BUILDING.and_("hidden", STAYS)), "summed")
# Its model answer cannot be graded, so that an audit of it fails with any effort.
BROKEN = SMALL.but("script", "return 2.0 *", "raise RuntimeError('oh')\n    return 2.0 *")
PASSED = Row("week1", "doubling", "doubled", FULL.name, {column.name: Cell("as it was") for column in COLUMNS})


@pytest.fixture
def change_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """Changes the code that the engine's digest is made of: that of a copy of the package."""
    copy = tmp_path / "autograder"
    shutil.copytree(keys.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keys, "PACKAGE", copy)

    def change() -> None:
        with (copy / "checks" / "compare.py").open("a", encoding="utf-8") as file:
            file.write("\nCHANGED = True\n")

    return change


def audit(root: Path, *, force: bool = False) -> tuple[run.Result, str]:
    """Audit as the command does, but try less in full; return the result and all that is printed."""
    console = Console(file=io.StringIO(), width=300)
    result = run.audit(root, None, console, force=force, full=QUICK)
    report.show(result.rows, console)
    console.print(report.summary(result.rows, result.audited))
    assert isinstance(console.file, io.StringIO)
    return result, console.file.getvalue()


@pytest.mark.long
def test_a_changed_engine_is_audited_in_brief_and_a_changed_lesson_in_full(
    tmp_path: Path, change_engine: Callable[[], None]
) -> None:
    course = SmallCourse(tmp_path / "course", (SOUND,))
    document = course.root / run.DOCUMENT
    first, printed = audit(course.root)
    assert "2 of 2 exercises pass. Audited in full: 2, in brief: 0, unchanged: 0." in printed
    assert "The engine has not changed since the audit in full." in document.read_text(encoding="utf-8")

    change_engine()
    second, printed = audit(course.root)
    assert "2 of 2 exercises pass. Audited in full: 0, in brief: 2, unchanged: 0." in printed
    assert [row.cells for row in second.rows] == [row.cells for row in first.rows]
    assert "audited again in brief: `doubled`, `summed`." in document.read_text(encoding="utf-8")
    assert "Audited in full: 0, in brief: 0, unchanged: 2." in audit(course.root)[1]

    change_engine()
    SOUND.but("hidden", "More numbers", "Many numbers").write(course.root)
    assert "Audited in full: 2, in brief: 0, unchanged: 0." in audit(course.root)[1]
    change_engine()
    assert "Audited in full: 2, in brief: 0, unchanged: 0." in audit(course.root, force=True)[1]


def test_what_fails_in_brief_is_shown_and_stays_to_be_audited(tmp_path: Path) -> None:
    course = SmallCourse(tmp_path / "course", (BROKEN,))
    key = Key(digest_of_lesson(BROKEN.read(course.root), QUICK), "an engine in which it passed")
    Cache(course.root / run.CACHE).keep(key, PASSED)
    printed = audit(course.root)[1]
    assert "0 of 1 exercises pass, 1 fail. Audited in full: 0, in brief: 1, unchanged: 0." in printed
    assert "✗ week1/doubling, doubled, reference: the model answer makes the grader itself fail: " in printed
    assert "✗ as it was" in (course.root / run.DOCUMENT).read_text(encoding="utf-8")
    assert read(course.root / run.CACHE)[0].rows == {"doubled": (key, PASSED)}


def test_what_fails_in_full_is_forgotten(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "audit.json")
    cache.keep(Key("a lesson", "an engine"), PASSED)
    assert list(cache.rows) == ["doubled"]
    cells = {**PASSED.cells, "time": Cell("", (), ("grading takes 2.00 seconds",))}
    cache.keep(Key("a lesson", "an engine"), Row("week1", "doubling", "doubled", FULL.name, cells))
    assert cache.rows == {}


def test_rows_of_an_older_format_are_audited_again(tmp_path: Path) -> None:
    data = {name: value for name, value in PASSED.to_data().items() if name != "effort"}
    older = {"made by": "autograder audit: do not edit", "exercises": {"doubled": {"key": "0" * 64, **data}}}
    path = tmp_path / "audit.json"
    path.write_text(json.dumps(older), encoding="utf-8")
    kept, warning = read(path)
    assert kept.rows == {}
    assert "the rows of doubled cannot be read; these exercises are audited again." in warning


def material(folder: Path, lesson: SmallLesson, exercise: str) -> Material:
    SmallCourse(folder, (lesson,))
    build(folder)
    return Material(folder / "solutions" / lesson.week / lesson.name / "lesson.py", folder, exercise)


def test_in_brief_one_candidate_of_each_kind_is_tried(tmp_path: Path) -> None:
    summed = material(tmp_path, BUILDING, "summed")
    every, chosen = candidates_of(summed, FULL), candidates_of(summed, BRIEF)
    kinds = [candidate.column for candidate in chosen]
    assert kinds == ["reference", "also-correct", "misconceptions", "hard-coding", "poison", "earlier mistakes"]
    assert {(c.column, c.name) for c in chosen} < {(c.column, c.name) for c in every}
    assert set(kinds) == {candidate.column for candidate in every}
    assert max(candidate.draws for candidate in chosen) == BRIEF.draws < FULL.draws
    assert not any(candidate.seconds for candidate in chosen)
    # Another exercise has others, so that a course has them all.
    doubled = candidates_of(material(tmp_path, BUILDING, "doubled"), BRIEF)
    assert {c.name for c in chosen if c.column == "poison"} != {c.name for c in doubled if c.column == "poison"}


def test_an_exercise_that_trains_is_tried_for_few_draws(tmp_path: Path) -> None:
    training = material(tmp_path, TRAINING, "doubled")
    every = candidates_of(training, FULL)
    assert max(candidate.draws for candidate in every) == FULL.training_draws < FULL.draws
    assert {c.seconds for c in every if c.seconds} == {FULL.training_seconds}
    (model,) = candidates_of(training, BRIEF)
    assert (model.column, model.draws) == ("reference", 1)
