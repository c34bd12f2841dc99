"""The audit names every defect planted in a lesson, passes a sound one, and audits only what has changed."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from rich.console import Console

from autograder.audit import report, run
from autograder.audit.cache import read
from autograder.audit.candidates import Effort
from autograder.audit.columns import COLUMNS
from autograder.audit.report import document
from autograder.cli import main
from autograder.lessons.course import find_lessons
from tests.support.building_on import A_MISTAKE, BUILDING
from tests.support.course import ROOT
from tests.support.small_course import SMALL, STAYS, SmallCourse, SmallLesson, with_digits, with_ready_refusal
from tests.support.without import without

pytestmark = pytest.mark.long

# Grading may take long here: the machine may be busy.
QUICK = Effort(draws=3, single=1, right=1, poison=1, seconds=60.0)
ROUNDED = SMALL.but("hidden", "import assert_matches,", "import assert_changes_nothing, assert_matches,").and_(
    "hidden", STAYS
)
SOUND = with_digits(ROUNDED)
WRONG = '\n\n@misconception("doubled", hint="Look.")\ndef planted(x):\n'
RIGHT = '\n\n@also_correct("doubled")\ndef planted_right(x):\n'
CHECK = '\n\n@checks("doubled")\ndef test_planted(submission, reference, rng):\n    """Planted."""\n'
FORM = CHECK.replace("test_planted", "test_form").replace("Planted", "Planted form")
FORM += "    assert submission.doubled(rng.uniform(3, 9, 4)).shape == (4,)\n"
TOLD = (
    "    from autograder.checks import require\n\n    x = rng.uniform(3, 9, 4)\n    got = submission.doubled(x)\n"
    '    require(np.allclose(got, 2 * x), f"The first number should be {2 * x[0]:.3f}.")\n'
)
TRIED = '    assert_raises_value_error(submission.doubled, rng.uniform(3, 9, (2, 3)), why="x has two dimensions")\n'
VALID = "    assert_matches(submission.doubled, reference.doubled, rng.uniform(3, 9, 1))\n"
REFUSAL = "; ValueError when it has another number of dimensions"

MISTAKE = "a stand-in that is a mistake"
# Lessons with several defects each, to be audited in one go.
LESSONS = {
    "weak checks": ROUNDED.but("public", "[1.5, -3.0, 4.0]", "[2.0]")
    .but("hidden", "rng.uniform(3, 9, length)", "np.full(length, 2.0)")
    .but("hidden", "x = rng.uniform(3, 9, 4)", "x = np.full(4, 2.0)")
    .but("hidden", "rng.uniform(3, 9, 1)", "np.array([2.0])")
    .but("oracles", '@oracle("doubled"', '@oracle("halved"'),
    "a model answer slightly wrong": SOUND.but("script", "return 2.0 *", "return 2.00000001 *")
    .but("misconceptions", '@also_correct("doubled")\ndef added', "def added")
    .but("misconceptions", "A square is something else.", "A square is " + "quite " * 60 + "something else."),
    "a model answer that raises": SOUND.but("script", "return 2.0 *", "raise RuntimeError('oh')\n    return 2.0 *"),
    "wrong called right and right called wrong": SOUND.and_("misconceptions", WRONG + "    return refused(x) * 2.0\n")
    .and_("misconceptions", RIGHT + "    return refused(x) * 2.1\n")
    .and_("hidden", CHECK + TOLD)
    .and_("hidden", FORM)
    .but("oracles", "2 * Fraction", "3 * Fraction"),
    "two alike": SOUND.and_("misconceptions", WRONG + "    return refused(x) + 2 * refused(x)\n").and_(
        "hidden", CHECK + "    assert submission.doubled(rng.uniform(3, 9, 4)).dtype == np.float64\n"
    ),
    "two alike as float32": SOUND.and_("misconceptions", WRONG + "    return refused(x) * 3.0001\n")
    .and_("hidden", CHECK + "    assert submission.doubled(np.array([1.5, -3.0, 4.0]))[0] == 3.0\n")
    .but("oracles", "import numpy", "import nampy"),
    "weak for some draws": SOUND.and_("misconceptions", WRONG + "    return np.where(refused(x) > 8.7, 3.0, 2.0) * x\n")
    .but("hidden", "    assert_changes_nothing(submission.doubled, x)\n", "")
    .but("hidden", TRIED, ""),
    MISTAKE: with_digits(with_digits(A_MISTAKE.and_("hidden", STAYS)), "summed"),
    "nothing promised": SOUND.but("script", REFUSAL, ""),
    "digits that no public check tries": ROUNDED,
    "a check of nothing but refusals": with_ready_refusal(SOUND).but("hidden", VALID, ""),
    "two ValueErrors": SOUND.but("script", "    return", "    if not len(x):\n        raise ValueError('empty')\n    return"),
}  # fmt: skip
# The lesson that each is planted in, the column that it shows in, what is said of it.
PLANTED = {
    "a check weakened": (
        "weak checks", "misconceptions",
        r"“squared” \(squared\) loses no point for 3 of 3 draws, draw 1 among them",
    ),
    "no oracle": ("weak checks", "reference", r"oracles.py has no oracle of it: @oracle\('doubled\w*', by=…\)"),
    "a broken reference": (
        "a model answer slightly wrong", "reference", "it differs from exact fractions by 5.0e-09, for ",
    ),
    "one other right answer only": (
        "a model answer slightly wrong", "also-correct", "there are 1 also-correct answers; 2 are asked for",
    ),
    "a message without end": (
        "a model answer slightly wrong", "messages", r"“squared” \(squared\): a message has \d\d words: “",
    ),
    "a reference that raises": (
        "a model answer that raises", "reference",
        "the model answer .*ReferenceFailed: .*: doubled gives error: oh",
    ),
    "a misconception that passes": (
        "wrong called right and right called wrong", "misconceptions",
        r"“planted” \(planted\) loses no point for 3 of 3 draws",
    ),
    "an also-correct answer that fails": (
        "wrong called right and right called wrong", "also-correct",
        "“planted right” failed for 1 of 1 draws; draw 1 fails “Three numbers.”",
    ),
    "a wrong oracle": (
        "wrong called right and right called wrong", "reference", "it differs from exact fractions by 3.3e-01",
    ),
    "a hidden number shown": (
        "wrong called right and right called wrong", "messages",
        r"“squared” \(squared\): a message shows the hidden number \d+\.\d+: “The first number should be",
    ),
    "a check of the form": (
        "wrong called right and right called wrong", "poison",
        "“zeros of the right shape” passes “Planted form.” with wrong answers",
    ),
    "a rounded answer that passes and then loses much": (
        "digits that no public check tries", "passed",
        r"“rounded to 2 digits” passes all public checks and loses [678]\d% of the points",
    ),
    "a misconception that passes and then loses much": (
        "weak for some draws", "passed", r"“planted” \(planted\) passes all public checks and loses [2-9]\d% of the points",
    ),
    "points for refusals that stand ready": (
        "a check of nothing but refusals", "poison",
        "“the placeholder deleted” earns points: begin each check with a call that has a right answer",
    ),
    "two misconceptions alike": (
        "two alike", "misconceptions",
        r"“tripled” \(tripled\) is not named for 3 of 3 draws, draw 1 among them: another has the same answers",
    ),
    "float32 refused": (
        "two alike", "also-correct",
        "“added to itself” as float32 failed for 1 of 1 draws; draw 1 fails “Planted.”",
    ),
    "two alike as float32 alone": (
        "two alike as float32", "misconceptions", r"“planted” \(planted\) as float32 is not named for 1 of 1 draws",
    ),
    "an oracle that cannot be run": (
        "two alike as float32", "reference",
        "oracles.py cannot be run: ModuleNotFoundError: No module named 'nampy'",
    ),
    "a check that recorded answers pass": (
        "two alike as float32", "hard-coding", "a copy of the recorded answers passes the hidden check “Planted.”",
    ),
    "inputs that are the same for everybody": (
        "weak checks", "hard-coding", "only 0.5 of 7 weight is on inputs that are drawn from rng",
    ),
    "a check weak for some draws": (
        "weak for some draws", "misconceptions", r"“planted” \(planted\) loses no point for [12] of 3 draws",
    ),
    "a change that no check looks for": ("weak for some draws", "poison", "“changes an argument” has full marks"),
    "points gained by a mistake made again": (
        MISTAKE, "earlier mistakes",
        r"“tripled” \(sum_of_the_tripled\) over doubled “tripled” \(tripled\) passes “More sums. \(4\)”, which it fails",
    ),
    "points gained by a mistake kept": (
        MISTAKE, "earlier mistakes", r"the model answer with doubled “tripled” \(tripled\) of its own over doubled .* passes",
    ),
    "a ValueError promised and not tried": (
        "weak for some draws", "bad input", "the docstring promises a ValueError in 1 cases; checks try 0",
    ),
    "a ValueError tried and not promised": (
        "nothing promised", "bad input", "checks ask for a ValueError that the docstring does not promise",
    ),
    "one of two ValueErrors not tried": (
        "two ValueErrors", "bad input", r"no check tries what “raise ValueError\('empty'\)” of the model answer refuses",
    ),
}  # fmt: skip
FINE = {
    "nothing planted": with_digits(with_digits(BUILDING.and_("hidden", STAYS)), "summed"),
    "refusals ready in the stub": with_ready_refusal(SOUND),
    "a check that says that it looks at the structure only": SOUND.and_(
        "hidden", FORM.replace("def test", "@structure_only\ndef test")
    ).but("hidden", "checks, weight", "checks, structure_only, weight"),
}


def named(lesson: SmallLesson, number: int) -> SmallLesson:
    """The lesson with names of its own, so that it can stand in a course beside others."""
    texts = {
        file: re.sub(r"(?<![a-z_])(check_)?(doubled|summed)(?![a-z_])", rf"\g<0>_{number}", getattr(lesson, file))
        for file in ("script", "public", "hidden", "misconceptions", "oracles")
    }
    return replace(lesson, name=f"lesson_{number}", **texts)


@dataclass
class Audited:
    """An audit as it ended: what was audited, and what the command prints."""

    exercises: frozenset[str]
    printed: str

    def lines_about(self, number: int) -> list[str]:
        """The lines about the shortfalls of a lesson, its exercises named as in every other."""
        own = [line for line in self.printed.splitlines() if f"week1/lesson_{number}, " in line]
        return [re.sub(rf"(doubled|summed)_{number}\b", r"\1", line) for line in own]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    """A course with a lesson for each planted defect, and some that have none."""
    lessons = [*LESSONS.values(), *FINE.values()]
    return SmallCourse(tmp_path_factory.mktemp("audited"), tuple(named(lesson, n) for n, lesson in enumerate(lessons)))


@pytest.fixture(scope="module")
def audited(course: SmallCourse) -> Audited:
    """The audit of that course."""
    return audit(course.root)


def audit(root: Path, week: str | None = None, *, force: bool = False) -> Audited:
    """Audit as the command does, but try less."""
    console = Console(file=io.StringIO(), width=300)
    result = run.audit(root, week, console, force=force, full=QUICK)
    report.show(result.rows, console)
    console.print(report.summary(result.rows, result.audited))
    assert isinstance(console.file, io.StringIO)
    return Audited(result.audited, console.file.getvalue())


@pytest.mark.parametrize("defect", PLANTED)
def test_a_planted_defect_is_named(defect: str, audited: Audited) -> None:
    lesson, column, said = PLANTED[defect]
    lines = audited.lines_about(list(LESSONS).index(lesson))
    exercise = "summed" if column == "earlier mistakes" else "doubled"
    assert any(re.search(rf", {exercise}, {column}: .*{said}", line) for line in lines), lines or audited.printed


@pytest.mark.parametrize("lesson", FINE)
def test_a_sound_lesson_holds(lesson: str, audited: Audited) -> None:
    assert audited.lines_about(len(LESSONS) + list(FINE).index(lesson)) == []


def test_every_exercise_has_its_row_in_the_table_and_in_the_document(audited: Audited, course: SmallCourse) -> None:
    text = (course.root / run.DOCUMENT).read_text(encoding="utf-8")
    for number in range(len(LESSONS) + len(FINE)):
        (row,) = re.findall(rf"^\| `doubled_{number}` \|.*\|$", text, re.MULTILINE)
        assert row.count(" | ") == len(COLUMNS)
        assert ("✗" in row) == any(", doubled, " in line for line in audited.lines_about(number))
        assert f"doubled {number} " in audited.printed
    total = len(audited.exercises)
    assert total == len(LESSONS) + len(FINE) + 2  # two lessons have two exercises
    counts = f"{total - len(LESSONS)} of {total} exercises pass, {len(LESSONS)} fail."
    assert f"{counts} Audited in full: {total}, in brief: 0, unchanged: 0." in audited.printed
    assert f"`doubled_{len(LESSONS)}`, reference: oracle: exact fractions" in text
    assert "passes “Planted form.”, which looks at the structure only" in text


def test_only_what_holds_is_kept(audited: Audited, course: SmallCourse) -> None:
    kept, told = read(course.root / run.CACHE)
    fine = {f"doubled_{len(LESSONS) + n}" for n in range(len(FINE))} | {f"summed_{len(LESSONS)}"}
    assert (set(kept.rows) - {f"doubled_{list(LESSONS).index(MISTAKE)}"}, told) == (fine, "")


def test_only_a_changed_lesson_is_audited_again(tmp_path: Path) -> None:
    lessons = (named(SOUND, 0), replace(named(SOUND, 1), week="week2"))
    course = SmallCourse(tmp_path / "course", lessons)
    files = [course.root / run.CACHE, course.root / run.DOCUMENT]
    assert audit(course.root, "week1").exercises == {"doubled_0"}
    assert "`doubled_1`" not in files[1].read_text(encoding="utf-8")
    assert audit(course.root).exercises == {"doubled_1"}
    before = [file.read_bytes() for file in files]
    again = audit(course.root)
    assert again.exercises == set()
    assert "doubled 0 " in again.printed
    assert "2 of 2 exercises pass. Audited in full: 0, in brief: 0, unchanged: 2." in again.printed
    assert [file.read_bytes() for file in files] == before

    lessons[0].but("hidden", "More numbers", "Many numbers").write(course.root)
    assert audit(course.root, "week2").exercises == set()
    assert audit(course.root).exercises == {"doubled_0"}

    files[0].write_text("<<<<<<< HEAD\n" + files[0].read_text(encoding="utf-8"), encoding="utf-8")
    damaged = files[0].read_bytes()
    repaired = audit(course.root, "week1")
    assert repaired.exercises == {"doubled_0"}
    assert (
        ".audit.json cannot be read. It is now .audit.json.damaged; every exercise is audited again."
        in repaired.printed
    )
    assert files[0].with_name(".audit.json.damaged").read_bytes() == damaged

    assert audit(course.root, "week1", force=True).exercises == {"doubled_0"}


def test_a_damaged_row_is_left_out_and_the_others_are_kept(tmp_path: Path) -> None:
    committed, _ = read(ROOT / run.CACHE)
    data = json.loads((ROOT / run.CACHE).read_text(encoding="utf-8"))
    names = sorted(data["exercises"])
    data["exercises"][names[0]]["cells"]["poison"] = "gone"
    del data["exercises"][names[1]]["key"]
    (tmp_path / "audit.json").write_text(json.dumps(data), encoding="utf-8")
    kept, told = read(tmp_path / "audit.json")
    assert kept.rows == {name: committed.rows[name] for name in names[2:]}
    assert f"the rows of {names[0]}, {names[1]} cannot be read" in told


def test_the_committed_document_is_made_from_the_committed_cache() -> None:
    kept, told = read(ROOT / run.CACHE)
    assert told == ""
    order = [exercise.name for lesson in find_lessons(ROOT) for exercise in lesson.exercises]
    assert set(kept.rows) == set(order)
    assert (ROOT / run.DOCUMENT).read_text(encoding="utf-8") == document([kept.rows[name][1] for name in order])


def test_a_week_that_is_not_there_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    course = SmallCourse(tmp_path / "course")
    assert main(["audit", "week7", "--course", str(course.root)]) == 2
    assert "there is no lesson of week7; there is: week1." in capsys.readouterr().err


def test_without_a_sandbox_nothing_is_audited_unless_that_is_allowed(tmp_path: Path) -> None:
    course = SmallCourse(tmp_path / "course")
    (course.root / "pyproject.toml").write_text("", encoding="utf-8")
    command = [str(Path(sys.executable).with_name("autograder")), "audit", "--course", str(course.root)]
    bare = without(("namespaces", "landlock"), command)
    done = subprocess.run(bare, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stderr.startswith("autograder: Students' code would run without a sandbox here.")
    assert not (course.root / run.DOCUMENT).exists()
