"""The digests of lessons and of the engine change with all that decides a grade or an audit, and with nothing else."""

from __future__ import annotations

import hashlib
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.audit import keys
from autograder.audit.candidates import FULL
from autograder.audit.keys import digest_of_engine, digest_of_lesson
from autograder.lessons.course import Lesson
from tests.support.small_course import SMALL

DECIDING = (
    "checks/compare.py",
    "wire/calls.py",
    "wire/answering.py",
    "grading/exercises.py",
    "audit/trial.py",
    "audit/columns/poison.py",
)
NOT_DECIDING = ("kernels/shell.py", "sandbox/walls.py", "cli.py", "audit/report.py", "drawing/style.py")
MODULE = b'''"""Says what it is for."""

import sys


class Neuron:
    """A neuron."""

    bias: float | None = None

    async def fire(self, *inputs, loud=False):
        """Fire, or not."""
        # More than one input.
        match inputs:
            case [one]:
                return f"{one!r:>{8}} of {self.bias}" "!"
            case _:
                return {**vars(self), "loud": loud}, ..., -1.5e3, b"x", lambda x: x
'''


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the package, of which the digest is made."""
    copy = tmp_path / "autograder"
    shutil.copytree(keys.PACKAGE, copy, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(keys, "PACKAGE", copy)
    return copy


@pytest.fixture
def lesson(tmp_path: Path) -> Lesson:
    return SMALL.read(tmp_path)


@pytest.mark.parametrize("name", DECIDING)
def test_code_that_decides_changes_the_engines_digest_alone(name: str, package: Path, lesson: Lesson) -> None:
    before = digest_of_engine(), digest_of_lesson(lesson, FULL)
    with (package / name).open("a", encoding="utf-8") as file:
        file.write("\nCHANGED = True\n")
    assert digest_of_engine() != before[0]
    assert digest_of_lesson(lesson, FULL) == before[1]


@pytest.mark.parametrize("name", NOT_DECIDING)
def test_code_that_decides_nothing_changes_no_digest(name: str, package: Path) -> None:
    before = digest_of_engine()
    (package / name).write_text("CHANGED = True\n", encoding="utf-8")
    assert digest_of_engine() == before


def test_sentences_in_the_engine_change_no_digest(package: Path) -> None:
    before = digest_of_engine()
    path = package / "audit" / "trial.py"
    text = path.read_text(encoding="utf-8")
    path.write_text("# A comment.\n\n" + re.sub(r'"""(?=\w)', '"""In other words: ', text), encoding="utf-8")
    assert digest_of_engine() == before


@pytest.mark.parametrize("file", ["lesson", "public", "hidden", "misconceptions", "oracles"])
def test_every_byte_of_the_lesson_changes_its_digest(file: str, lesson: Lesson) -> None:
    before = digest_of_lesson(lesson, FULL)
    with (lesson.folder / f"{file}.py").open("a", encoding="utf-8") as opened:
        opened.write("# A comment.\n")
    assert digest_of_lesson(lesson, FULL) != before


def test_how_much_is_tried_changes_the_digest(lesson: Lesson) -> None:
    assert digest_of_lesson(lesson, FULL) != digest_of_lesson(lesson, replace(FULL, draws=3))


def test_what_code_does_is_written_down_alike_by_every_python() -> None:
    assert (
        hashlib.sha256(keys.code_alone(MODULE)).hexdigest()
        == "f60efe469a2e8d776aca8c637df64976c720af4f380618192f7bbb588aecc8bf"
    )


def test_code_without_docstrings_is_what_counts() -> None:
    stripped = MODULE.replace(b'        """Fire, or not."""\n        # More than one input.\n', b"").replace(
        b"\n\n", b"\n"
    )
    assert keys.code_alone(stripped.replace(b"Says what", b"Tells what")) == keys.code_alone(MODULE)
    for old, new in (
        (b"-1.5e3", b"-1.5e4"),
        (b"None = None", b"None = 0"),
        (b"loud=False", b"loud=None"),
        (b"!r", b"!s"),
    ):
        assert keys.code_alone(MODULE.replace(old, new)) != keys.code_alone(MODULE), new


def test_all_that_grading_an_exercise_imports_is_in_the_key_or_is_known_not_to_decide() -> None:
    code = "import sys, autograder.audit.exercise; print(*sys.modules)"
    printed = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    imported = {name.removeprefix("autograder.") for name in printed if name.startswith("autograder.")}
    for name in imported - set(keys.deciding_modules()):
        assert any(name == no or name.startswith(f"{no}.") for no in keys.CANNOT_DECIDE), name


@pytest.mark.parametrize("name", keys.CANNOT_DECIDE)
def test_what_cannot_decide_is_a_module_of_the_package(name: str) -> None:
    assert keys.module_path(name).is_file()
