"""Configuration and modules that lie in a student's folder are read by no command that is pointed at it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.build import build
from tests.support.small_course import SmallCourse

# What programs of ours, or beneath ours, might read; {mark} is what running any of it would leave.
EVIL = "import pathlib\npathlib.Path({mark!r}).write_text('ran')\n"
INI = "pythonpath = .\naddopts = -p evil_plugin --unsafe-no-sandbox\n"
FILES = {
    "evil_plugin.py": EVIL,
    "conftest.py": EVIL,
    "sitecustomize.py": EVIL,
    "usercustomize.py": EVIL,
    "numpy.py": EVIL,
    "pytest.py": EVIL,
    "jupytext.py": EVIL,
    "nbgrader_config.py": EVIL,
    "jupyter_config.py": EVIL,
    "jupyter_nbconvert_config.py": EVIL,
    "ipython_config.py": EVIL,
    "pytest.ini": f"[pytest]\n{INI}",
    ".pytest.ini": f"[pytest]\n{INI}",
    "tox.ini": f"[pytest]\n{INI}",
    "setup.cfg": f"[tool:pytest]\n{INI}",
    "pyproject.toml": '[tool.pytest.ini_options]\npythonpath = ["."]\naddopts = "-p evil_plugin --unsafe-no-sandbox"\n',
    "jupytext.toml": 'formats = "ipynb,py:percent"\n',
    "solutions/conftest.py": EVIL,
    "tests/conftest.py": EVIL,
    ".git/config": "[core]\nfsmonitor = ./evil.sh\n",
    "evil.sh": "#!/bin/sh\ntouch {mark}\n",
}
COMMANDS = {
    "check": ["autograder", "check", "{folder}/doubling.ipynb", "--course={course}"],
    "check a script": ["autograder", "check", "{folder}/mine.py", "--course={course}"],
    "check a folder": ["autograder", "check", "{folder}", "--course={course}"],
    "collect": ["autograder", "collect", "{inbox}", "--course={course}"],
    "grade": ["autograder", "grade", "week1", "--course={course}"],
}


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    """The small course, built."""
    small = SmallCourse(tmp_path_factory.mktemp("course") / "course")
    build(small.root)
    shutil.rmtree(small.root / "autograder")
    return small


def plant(folder: Path, mark: Path) -> None:
    """Put everything into a folder."""
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.replace("{mark!r}", repr(str(mark))).replace("{mark}", str(mark)), encoding="utf-8")
        path.chmod(0o755)


@pytest.mark.parametrize("here", [False, True], ids=["from the course", "from the student's folder"])
@pytest.mark.parametrize("command", COMMANDS)
def test_nothing_in_the_folder_is_run(course: SmallCourse, tmp_path: Path, command: str, here: bool) -> None:
    mark, inbox = tmp_path / "mark", tmp_path / "inbox"
    folder = course.root / "classroom" / "submitted" / "eve" / "week1" if command == "grade" else inbox / "eve"
    folder.mkdir(parents=True, exist_ok=True)
    plant(folder, mark)
    shutil.copy(course.root / "source" / "week1" / "doubling.ipynb", folder)
    shutil.copy(course.root / "assignments" / "week1" / "doubling.py", folder / "mine.py")
    words = [word.format(folder=folder, inbox=inbox, course=course.root) for word in COMMANDS[command]]
    words += ["--force"] if command == "grade" else []
    program = str(Path(sys.executable).with_name(words[0]))
    done = subprocess.run(
        [program, *words[1:]],
        cwd=folder if here else course.root,
        env=os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert not mark.exists(), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    if command == "check":
        assert "4 of 4" in done.stdout, done.stdout + done.stderr
    if command == "grade":
        assert "eve" in done.stdout, done.stdout + done.stderr
        shutil.rmtree(folder.parent)


def test_a_relative_pythonpath_does_not_reach_pytest(course: SmallCourse, tmp_path: Path) -> None:
    mark, folder = tmp_path / "mark", tmp_path / "eve"
    folder.mkdir()
    shutil.copy(course.root / "source" / "week1" / "doubling.ipynb", folder)
    (folder / "evil_plugin.py").write_text(EVIL.format(mark=str(mark)), encoding="utf-8")
    program = str(Path(sys.executable).with_name("autograder"))
    done = subprocess.run(
        [program, "check", "doubling.ipynb", f"--course={course.root}"],
        cwd=folder,
        env=os.environ | {"PYTHONPATH": ".", "PYTEST_ADDOPTS": "-p evil_plugin"},
        capture_output=True,
        text=True,
        timeout=200,
        check=False,
    )
    assert not mark.exists()
    assert "evil_plugin" in done.stderr, "pytest says that there is no such plugin"
