"""A course of one small lesson, for tests that change a lesson: it is built quickly."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import dataclass, field, replace
from pathlib import Path

from autograder.lessons.course import Lesson, read_lesson

MARK = '"locked": false, "schema_version": 3, "solution": true, "task": false'
GRADED_MARK = '"locked": true, "points": 4, "schema_version": 3, "solution": false, "task": false'
SETUP = """# %%
import numpy as np
from autograder import check, ready, same_version
same_version("{{VERSION}}")
"""
REFUSAL = """\
    if np.ndim(x) != 1:
        raise ValueError("one dimension, please")
"""
EXERCISE = f'''
# %% nbgrader={{"grade": false, "grade_id": "doubled", {MARK}}}
def doubled(x):
    """Twice x, an array of shape (N,); ValueError when it has another number of dimensions."""
    ### BEGIN SOLUTION
{REFUSAL}    return 2.0 * np.asarray(x)
    ### END SOLUTION
'''
GRADED = f"""
# %% nbgrader={{"grade": true, "grade_id": "check_doubled", {GRADED_MARK}}}
check("doubled")
"""
PUBLIC = '''"""Public checks."""

import numpy as np

from autograder.checks import assert_matches, checks


@checks("doubled")
def test_three_numbers(submission, reference):
    """Three numbers."""
    assert_matches(submission.doubled, reference.doubled, np.array([1.5, -3.0, 4.0]))
'''
DIGITS = '''

@checks("doubled")
def test_digits_of_doubled(submission, reference):
    """Numbers with many digits."""
    assert_matches(submission.doubled, reference.doubled, np.array([0.1234567, -2.7654321]))
'''
HIDDEN = '''"""Hidden checks."""

import numpy as np
import pytest

from autograder.checks import assert_matches, assert_raises_value_error, checks, weight


@checks("doubled")
@weight(2)
@pytest.mark.parametrize("length", [4, 5])
def test_more_numbers(submission, reference, rng, length):
    """More numbers."""
    assert_matches(submission.doubled, reference.doubled, rng.uniform(3, 9, length))


@checks("doubled")
def test_a_table(submission, reference, rng):
    """A table is refused."""
    assert_matches(submission.doubled, reference.doubled, rng.uniform(3, 9, 1))
    assert_raises_value_error(submission.doubled, rng.uniform(3, 9, (2, 3)), why="x has two dimensions")
'''
# Another hidden check, without which the audit finds that a change of the argument costs nothing.
STAYS = '''

@checks("doubled")
def test_x_stays(submission, reference, rng):
    """x stays as it was."""
    x = rng.uniform(3, 9, 4)
    assert_matches(submission.doubled, reference.doubled, x)
    assert_changes_nothing(submission.doubled, x)
'''
MISCONCEPTIONS = '''"""Wrong and also-correct answers."""

import numpy as np

from autograder.lessons import also_correct, misconception


def refused(x):
    if np.ndim(x) != 1:
        raise ValueError("not this")
    return np.asarray(x)


@misconception("doubled", hint="A square is something else.")
def squared(x):
    return refused(x) * refused(x)


@misconception("doubled", hint="That is once too often.")
def tripled(x):
    return refused(x) * 3.0


@misconception("doubled", hint="Multiply, do not add.")
def two_added(x):
    return refused(x) + 2.0


@also_correct("doubled")
def added_to_itself(x):
    return refused(x) + refused(x)


@also_correct("doubled")
def halved_and_quadrupled(x):
    return refused(x) / 2.0 * 4.0
'''
ORACLES = '''"""Another way to double."""

from fractions import Fraction

import numpy as np

from autograder.lessons import oracle


@oracle("doubled", by="exact fractions")
def doubled_exactly(x):
    return np.array([float(2 * Fraction(number)) for number in x.tolist()])
'''
SETTINGS = "[tool.autograder]\nunsafe_no_sandbox = true\n"
CONFIGURATION = "from autograder.nbgrader_plugin import configure\n\nc = get_config()\nconfigure(c)\n"
TREES = ("source", "release", "assignments", "autograder/course")


@dataclass(frozen=True)
class SmallLesson:
    """The texts of a lesson's five files, week and name."""

    script: str = SETUP + EXERCISE + GRADED
    public: str = PUBLIC
    hidden: str = HIDDEN
    misconceptions: str = MISCONCEPTIONS
    oracles: str = ORACLES
    week: str = "week1"
    name: str = "doubling"

    def but(self, file: str, old: str, new: str) -> SmallLesson:
        """The lesson with `old`, which must be there, replaced in one of its files."""
        text = getattr(self, file)
        assert old in text, f"{old!r} is not in {file}"
        return replace(self, **{file: text.replace(old, new)})

    def and_(self, file: str, more: str) -> SmallLesson:
        """The lesson with more text at the end of one of its files."""
        return replace(self, **{file: getattr(self, file) + more})

    def write(self, root: Path) -> Path:
        """Write the files into a course; return the lesson's script."""
        folder = root / "solutions" / self.week / self.name
        folder.mkdir(parents=True, exist_ok=True)
        files = {
            "lesson": self.script,
            "public": self.public,
            "hidden": self.hidden,
            "misconceptions": self.misconceptions,
            "oracles": self.oracles,
        }
        for name, text in files.items():
            (folder / f"{name}.py").write_text(text, encoding="utf-8")
        return folder / "lesson.py"

    def read(self, root: Path) -> Lesson:
        """Write the files into a course and read the lesson."""
        return read_lesson(self.write(root))


SMALL = SmallLesson()


def with_ready_refusal(lesson: SmallLesson) -> SmallLesson:
    """The lesson with the refusal of `doubled` ready in its stub, above the placeholder."""
    begin = "    ### BEGIN SOLUTION\n"
    return lesson.but("script", begin + REFUSAL, REFUSAL + begin)


def with_digits(lesson: SmallLesson, exercise: str = "doubled") -> SmallLesson:
    """The lesson with another public check, without which an answer that is rounded passes and loses much."""
    return lesson.and_("public", DIGITS.replace("doubled", exercise))


# The same, but every answer is a table of one column.
TABLES = (
    SMALL.but("script", "import numpy as np\n", "import numpy as np\nimport pandas as pd\n")
    .but("script", "return 2.0 * np.asarray(x)", 'return pd.DataFrame({"twice": 2.0 * np.asarray(x)})')
    .but("misconceptions", "import numpy as np\n", "import numpy as np\nimport pandas as pd\n")
    .but("misconceptions", "return np.asarray(x)", 'return pd.DataFrame({"twice": np.asarray(x)})')
)


@dataclass
class SmallCourse:
    """A course of small lessons in a folder of its own."""

    root: Path
    lessons: tuple[SmallLesson, ...] = field(default=(SMALL,))

    def __post_init__(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        (self.root / "pyproject.toml").write_text(SETTINGS, encoding="utf-8")
        (self.root / "nbgrader_config.py").write_text(CONFIGURATION, encoding="utf-8")
        for lesson in self.lessons:
            lesson.write(self.root)

    def digests(self) -> dict[str, str]:
        """What each built tree holds, as a digest."""
        return {tree: digest(self.root / tree) for tree in TREES}

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[str]:
        """Start ``autograder`` in the course, in a process of its own."""
        command = [str(Path(sys.executable).with_name("autograder")), *arguments, "--course", str(self.root)]
        return subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env={**os.environ, **environment}
        )

    def autograder(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run ``autograder`` in the course."""
        process = self.start(*arguments)
        out, err = process.communicate(timeout=300)
        return subprocess.CompletedProcess(arguments, process.returncode, out, err)


def digest(tree: Path) -> str:
    """The names and bytes of all files below a folder, as one digest."""
    sha = hashlib.sha256()
    for path in sorted(p for p in tree.rglob("*") if p.is_file() and p.suffix != ".pyc"):
        sha.update(f"{path.relative_to(tree)}\0{path.stat().st_size}\0".encode())
        sha.update(path.read_bytes())
    return sha.hexdigest()
