"""Formgrader's Autograde button, pressed over HTTP in JupyterLab, and nbgrader's API give the command line's scores."""

from __future__ import annotations

import json
import os
import secrets
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.lessons.samples import Material
from tests.support import odd_notebooks as odd
from tests.support.course import FIRST, FULL, LESSON, WEEK, Course

STARTUP_SECONDS = 60
# Wrong for five numbers, and for a table.
HALF_RIGHT = "def doubled(x):\n    return 2.0 * np.asarray(x) + (len(x) == 5)\n"
STUDENTS = ("right", "cleo", "wrong", "linking", "data")


@dataclass
class Server:
    """A JupyterLab that serves a course."""

    url: str
    token: str

    def page(self, path: str, method: str = "GET") -> str:
        """Send the server a request, and return the text of its response."""
        request = urllib.request.Request(f"{self.url}{path}", method=method)
        request.add_header("Authorization", f"token {self.token}")
        with urllib.request.urlopen(request, timeout=120) as reply:
            return str(reply.read().decode())

    def ask(self, path: str, method: str = "GET") -> Any:
        """Send the server a request, and return its response."""
        return json.loads(self.page(path, method))

    def autograde(self, student: str) -> dict[str, Any]:
        """Press the button."""
        return dict(self.ask(f"formgrader/api/submission/{WEEK}/{student}/autograde", "POST"))


@pytest.fixture(scope="module")
def handed_in(class_course: Course, material: Material) -> Course:
    class_course.hand_in("right", odd.right(material))
    class_course.hand_in("cleo", material.notebook({**material.answers, FIRST: HALF_RIGHT}))
    class_course.hand_in("wrong", odd.changed(odd.wrong(material), odd.tag))
    secret = class_course.root / "secret.csv"
    secret.write_text("a secret", encoding="utf-8")
    for student in ("linking", "data"):
        class_course.hand_in(student, material.release)
    os.symlink(secret, class_course.classroom / "submitted" / "linking" / WEEK / "table.csv")
    class_course.hand_in("data", "1,2\n", "table.csv")
    return class_course


@pytest.fixture(scope="module")
def server(handed_in: Course, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    home = tmp_path_factory.mktemp("jupyter")
    config = home / "config"
    config.mkdir()
    extensions = {"ServerApp": {"jpserver_extensions": {"nbgrader.server_extensions.formgrader": True}}}
    (config / "jupyter_server_config.json").write_text(json.dumps(extensions), encoding="utf-8")
    places = {
        "HOME": home,
        "JUPYTER_CONFIG_DIR": config,
        "JUPYTER_DATA_DIR": home / "data",
        "JUPYTER_RUNTIME_DIR": home / "run",
    }
    token = secrets.token_hex(16)
    command = [
        str(Path(sys.executable).with_name("jupyter-lab")),
        "--no-browser",
        "--allow-root",
        "--port=0",
        "--ServerApp.ip=127.0.0.1",
        f"--IdentityProvider.token={token}",
        "--ServerApp.open_browser=False",
    ]
    with (home / "log.txt").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=handed_in.root, env=os.environ | {k: str(v) for k, v in places.items()}, stdout=log, stderr=log
        )
    try:
        about = home / "run" / f"jpserver-{process.pid}.json"
        deadline = time.monotonic() + STARTUP_SECONDS
        while not about.is_file() or not about.read_text(encoding="utf-8").strip():
            if process.poll() is not None or time.monotonic() > deadline:
                raise AssertionError(f"JupyterLab did not start:\n{(home / 'log.txt').read_text(encoding='utf-8')}")
            time.sleep(0.1)
        yield Server(json.loads(about.read_text(encoding="utf-8"))["url"], token)
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait(timeout=20)


@pytest.fixture(scope="module")
def pressed(server: Server) -> dict[str, dict[str, Any]]:
    """The server's response to the button, for each student in turn."""
    return {student: server.autograde(student) for student in STUDENTS}


def test_the_button_says_that_it_worked(pressed: dict[str, dict[str, Any]]) -> None:
    assert {student: answer["success"] for student, answer in pressed.items()} == dict.fromkeys(STUDENTS, True)


def test_the_button_gives_the_scores_of_the_command_line(
    handed_in: Course, pressed: dict[str, dict[str, Any]], server: Server
) -> None:
    by_button = {student: handed_in.scores(student) for student in STUDENTS}
    verdicts = {student: handed_in.verdict(student)["exercises"] for student in STUDENTS}
    assert by_button["right"] == FULL
    assert by_button["wrong"] == dict.fromkeys(FULL, 0.0)
    assert 0 < sum(by_button["cleo"].values()) < sum(FULL.values())
    shown = {row["student"]: row["score"] for row in server.ask(f"formgrader/api/submissions/{WEEK}")}
    assert shown == pytest.approx({student: sum(scores.values()) for student, scores in by_button.items()})
    handed_in.autograde("--force")
    assert {student: handed_in.scores(student) for student in STUDENTS} == by_button
    assert {student: handed_in.verdict(student)["exercises"] for student in STUDENTS} == verdicts


def test_formgrader_shows_the_panel_of_the_notebook(
    handed_in: Course, pressed: dict[str, dict[str, Any]], server: Server
) -> None:
    assert pressed["cleo"]["success"]
    notebooks = server.ask(f"formgrader/api/submitted_notebooks/{WEEK}/{LESSON}")
    (number,) = (notebook["id"] for notebook in notebooks if notebook["student"] == "cleo")
    shown = server.page(f"formgrader/submissions/{number}/")
    for exercise in handed_in.verdict("cleo")["exercises"]:
        assert f'aria-label="Checks of {exercise["exercise"]}"' in shown
    assert "<details" in shown
    assert "&lt;details" not in shown
    assert 'style="border-left: 4px solid' in shown


def test_pressing_again_grades_what_is_handed_in_now(
    handed_in: Course, pressed: dict[str, dict[str, Any]], server: Server, material: Material
) -> None:
    assert pressed["wrong"]["success"]
    handed_in.hand_in("wrong", odd.right(material))
    assert server.autograde("wrong")["success"]
    assert handed_in.scores("wrong") == FULL


BY_API = f"""
from nbgrader.apps import NbGraderAPI
from nbgrader.apps.baseapp import NbGrader
app = NbGrader()
app.load_config_file()
api = NbGraderAPI(config=app.config)
for student in ("linking", "data"):
    assert api.autograde({WEEK!r}, student)["success"]
"""


@pytest.mark.parametrize("way", ["button", "api"])
def test_one_students_odd_files_do_not_affect_the_next(
    handed_in: Course, pressed: dict[str, dict[str, Any]], way: str
) -> None:
    assert pressed["linking"]["success"]
    if way == "api":
        subprocess.run([sys.executable, "-c", BY_API], cwd=handed_in.root, check=True, capture_output=True, timeout=300)
    copied = {
        student: sorted(path.name for path in (handed_in.classroom / "autograded" / student / WEEK).iterdir())
        for student in ("linking", "data")
    }
    assert copied == {"linking": [f"{LESSON}.ipynb"], "data": [f"{LESSON}.ipynb", "table.csv"]}
