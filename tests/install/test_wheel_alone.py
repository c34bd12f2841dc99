"""The wheel imports, checks and names mistakes without Keras, nbgrader or Jupytext, on every Python of this machine."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.lessons.samples import Material
from tests.support.course import make_environment

OWN = f"{sys.version_info.major}.{sys.version_info.minor}"
PYTHONS = [pytest.param(v, marks=() if v == OWN else pytest.mark.long) for v in ("3.11", "3.12", "3.13")]


@pytest.fixture(scope="session", params=PYTHONS)
def student(request: pytest.FixtureRequest, wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The Python of an environment with the wheel and what it needs, and nothing from this course's folder."""
    python = next((path for path in pythons(request.param) if makes_environments(path)), None)
    if python is None:
        pytest.skip(f"There is no Python {request.param} here that can make an environment.")
    return make_environment(tmp_path_factory.mktemp(f"student-{request.param}") / "env", python, str(wheel))


def pythons(version: str) -> list[str]:
    """Where a Python of that version may be: on the PATH, or among pyenv's."""
    on_path = shutil.which(f"python{version}")
    of_pyenv = sorted((Path.home() / ".pyenv" / "versions").glob(f"{version}*/bin/python{version}"), reverse=True)
    return [*([on_path] if on_path else []), *map(str, of_pyenv)]


def makes_environments(python: str) -> bool:
    return subprocess.run([python, "-c", "import ensurepip, venv"], capture_output=True, check=False).returncode == 0


def run(python: Path, code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    script = folder / "script.py"
    script.write_text(code, encoding="utf-8")
    return subprocess.run([python, script], capture_output=True, text=True, cwd=folder, check=False)


def test_only_what_a_student_needs_is_installed(student: Path, tmp_path: Path) -> None:
    code = """
import importlib.util, autograder
absent = ("keras", "tensorflow", "nbgrader", "jupytext", "solutions")
assert all(importlib.util.find_spec(name) is None for name in absent)
from autograder import check, ready, same_version
print(autograder.__version__)
"""
    ran = run(student, code, tmp_path)
    assert (ran.returncode, ran.stderr) == (0, "")


def test_model_answers_pass_and_untouched_exercises_are_named(student: Path, tmp_path: Path) -> None:
    script = Path(__file__).with_name("run_notebooks.py")
    ran = subprocess.run([student, script], capture_output=True, text=True, cwd=tmp_path, check=False)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert "forward_propagation.ipynb: 5 exercises passed" in ran.stdout


def test_a_known_mistake_is_named(student: Path, real_material: Material, tmp_path: Path) -> None:
    exercise = real_material.lesson.exercises[1].name
    code = real_material.wrong(2)[exercise] + f"\n\nfrom autograder import check\ncheck({exercise!r})\n"
    ran = run(student, code, tmp_path)
    assert ran.returncode == 1
    assert "These answers come from a known mistake: bias multiplied in" in ran.stderr


def test_without_the_wheel_the_first_cell_says_what_to_install(real_material: Material, tmp_path: Path) -> None:
    setup = next(cell.source for cell in real_material.release.cells if cell.cell_type == "code")
    environment = tmp_path / "empty"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", environment], check=True)
    ran = run(environment / "bin" / "python", setup, tmp_path)
    assert ran.returncode == 1
    assert "intro_dl_kit" in ran.stderr
    assert "someone else's" in ran.stderr
