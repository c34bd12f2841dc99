"""The same attacks through stock nbgrader: its own Execute, its own kernel, tests as asserts in cells.

Each attack has a throwaway course, with an honest student before and after it, and runs as a user without rights where the
suite is root, within limits on processes, memory, files and time.
"""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from autograder.kernels.processes import remove_tree
from tests.red_team import pages, target, traces
from tests.red_team.attack import DOUBLED, HALVED, Attack, Desk
from tests.red_team.listener import Listener, listening
from tests.red_team.ours import reached
from tests.red_team.outcome import Outcome
from tests.support.plain_nbgrader import WEEK, PlainCourse
from tests.support.unprivileged import PACKAGES, USER, environment, make_python

BEFORE, BETWEEN, AFTER = "000-honest", "001", "002-honest"
AT_ONCE = 3
SECONDS = 240
# A run of three honest students takes a third of this.
LONG = 60
SETTINGS = """c = get_config()
c.CourseDirectory.root = {root!r}
c.Execute.shutdown_kernel = "immediate"
c.Execute.timeout = 20
"""
# Sets limits on itself, then becomes the command.
LIMITED = """
import os, resource, sys
for which, value in (("NPROC", 700), ("FSIZE", 10**9), ("AS", 6 * 2**30), ("CPU", 150), ("CORE", 0)):
    number = getattr(resource, "RLIMIT_" + which)
    most = resource.getrlimit(number)[1]
    resource.setrlimit(number, (value, value) if most < 0 else (min(value, most), most))
os.execv(sys.argv[1], sys.argv[1:])
"""


@dataclass
class Stock:
    """A course of plain nbgrader, released, to be copied for each attack; and who runs it."""

    root: Path
    secrets: dict[str, str] = field(
        default_factory=lambda: {
            name: secrets.token_hex(12) for name in ("hidden tests", "environment", "home", "neighbour")
        }
    )

    def __post_init__(self) -> None:
        self.mark = f"{traces.PREFIX}{secrets.token_hex(3)}-"
        self.user = USER if os.getuid() == 0 else os.getuid()
        self.python = Path(sys.executable)

    def make(self) -> None:
        """Make the user's Python, and the course."""
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o755)
        if os.getuid() == 0:
            self.python = make_python(self.root, "tensorflow", "autograder")
            shutil.copytree(Path(sys.prefix, "share"), self.root / "venv" / "share", dirs_exist_ok=True)
            alembic = self.root / "venv" / "bin" / "alembic"
            alembic.write_text(
                f"#!{self.python}\nfrom alembic.config import main\nmain(prog='alembic')\n", encoding="utf-8"
            )
            alembic.chmod(0o755)
            os.chown(self.root / "venv" / PACKAGES, self.user, -1)  # as that of somebody who installed it
        course = PlainCourse(self.root / "template" / "course", {})
        course.root.mkdir(parents=True)
        course.write("nbgrader_config.py", SETTINGS.format(root=str(course.root)))
        course.write(f"source/{WEEK}/{target.LESSON}.ipynb", target.plain_notebook(self.secrets["hidden tests"]))
        self._give(course.root.parent)
        released = self.run(course.root, "generate_assignment", WEEK)
        assert released.returncode == 0, released.stderr

    def run(self, course: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run nbgrader in a course, as the user, within limits."""
        home = course.parent
        words = {**environment(self.root, home), "RED_TEAM_SECRET": self.secrets["environment"]}
        words["PATH"] = f"{self.python.parent}{os.pathsep}{os.defpath}"
        other: dict[str, Any] = {"user": self.user, "group": self.user, "extra_groups": []} if os.getuid() == 0 else {}
        command = [str(self.python), "-c", LIMITED, str(self.python), "-m", "nbgrader", *arguments]
        process = subprocess.Popen(
            command,
            cwd=course,
            env=words,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            stdin=subprocess.DEVNULL,
            text=True,
            errors="replace",
            start_new_session=True,
            **other,
        )
        try:
            out, _ = process.communicate(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            end(self.left_in(course))
            out = f"stopped after {SECONDS} seconds"
            process.stdout and process.stdout.close()
            process.wait()
            return subprocess.CompletedProcess(command, -9, "", out)
        return subprocess.CompletedProcess(command, process.returncode, "", out)

    def attacked(self, attack: Attack, listener: Listener) -> Outcome:
        """What one attack does."""
        course = PlainCourse(self.root / "courses" / attack.slug / "course", {})
        shutil.copytree(self.root / "template" / "course", course.root)
        course.write("nbgrader_config.py", SETTINGS.format(root=str(course.root)))
        (course.root.parent / "notes.txt").write_text(self.secrets["home"])
        self.hand_in(course, attack, listener.port)
        self._give(course.root.parent)
        before, start = traces.below(self._private(course)), time.monotonic()
        run = self.run(course.root, "autograde", WEEK)
        seconds = time.monotonic() - start
        log = run.stdout + run.stderr
        student = f"{BETWEEN}-{attack.slug}"
        outcome = Outcome(attack, self.score(course, student), seconds=seconds)
        outcome.hurt = [name for name in (BEFORE, AFTER) if self.score(course, name) != DOUBLED + HALVED]
        running = self.left_in(course.root)
        outcome.left = ["a process"] if running else []
        outcome.left += sorted(
            {
                what
                for name, what in traces.marked([*traces.places(), self.root / "venv" / PACKAGES]).items()
                if self.mark + attack.slug in name
            }
        )
        home = [path for path in traces.below([course.root.parent]) if traces.PREFIX in Path(path).name]
        outcome.left += ["a file in the home"] if any(not path.startswith(f"{course.root}/") for path in home) else []
        outcome.left += ["a file in the course"] if traces.below(self._private(course)) - before else []
        end(running)
        outcome.run = f"the run ended with {run.returncode}" if run.returncode else ""
        if attack.family == "harming" and (course.autograded(student) / f"{target.LESSON}.ipynb").is_file():
            feedback = self.run(course.root, "generate_feedback", WEEK)
            outcome.run = outcome.run or (
                f"the feedback ended with {feedback.returncode}" if feedback.returncode else ""
            )
            outcome.page = self._page(course, student)
            log += feedback.stdout + feedback.stderr
        outcome.leaked = self._leaked(course, student, log) + [
            f"to the network: {h[:40]}" for h in listener.heard if attack.slug in h
        ]
        outcome.status = "graded" if course.autograded(student).is_dir() else "its folder was deleted"
        traces.sweep([*traces.places(), self.root / "venv" / PACKAGES], self.mark + attack.slug)
        remove_tree(course.root.parent)
        return outcome

    def hand_in(self, course: PlainCourse, attack: Attack, port: int) -> None:
        """Hand in the attack, and honest work before and after it."""
        blank = nbformat.read(course.root / "release" / WEEK / f"{target.LESSON}.ipynb", as_version=4)
        write = target.plain_writer(blank)
        note = f"# {self.secrets['neighbour']} is mine"
        for name in (BEFORE, AFTER):
            target.put(
                course.root / "submitted" / name / WEEK, f"{target.LESSON}.ipynb", write(**write.right, added=[note])
            )
        handed = attack.make(Desk(self.mark + attack.slug, port, blank, write, write.right))
        if isinstance(handed, str):
            handed = write(doubled=handed, halved=target.HALF)
        files = {f"{target.LESSON}.ipynb": handed} if isinstance(handed, NotebookNode) else handed
        folder = course.root / "submitted" / f"{BETWEEN}-{attack.slug}" / WEEK
        folder.mkdir(parents=True)
        for name, content in files.items():
            target.put(folder, name, content)

    def score(self, course: PlainCourse, student: str) -> float | None:
        """A student's points; None if there is no grade."""
        try:
            with Gradebook(f"sqlite:///{course.root / 'gradebook.db'}") as gradebook:
                return float(gradebook.find_submission(WEEK, student).score)
        except MissingEntry:
            return None
        except Exception:  # an attack may replace the gradebook with any file
            return None

    def left_in(self, course: Path) -> list[int]:
        """The user's processes that still run in a course."""
        processes = []
        for folder in Path("/proc").iterdir():
            with contextlib.suppress(OSError):
                if (
                    folder.name.isdigit()
                    and str(course) in os.readlink(folder / "cwd")
                    and folder.name != str(os.getpid())
                ):
                    processes.append(int(folder.name))
        return processes

    def _private(self, course: PlainCourse) -> list[Path]:
        changing = ("autograded", "feedback", "submitted", "gradebook.db", ".nbgrader.log")
        return [path for path in course.root.iterdir() if path.name not in changing]

    def _page(self, course: PlainCourse, student: str) -> list[str]:
        opened = [course.root / "feedback" / name / WEEK / f"{target.LESSON}.html" for name in (student, BEFORE)]
        if not all(path.is_file() for path in opened):
            return ["no page"]
        return pages.beyond(opened[0], pages.of_page(opened[1]))

    def _leaked(self, course: PlainCourse, student: str, log: str) -> list[str]:
        graded = course.autograded(student)
        texts = [traces.read(Path(path)).decode(errors="replace") for path in traces.below([graded])]
        # The hidden tests are in every graded notebook: only outputs of the student's code count.
        shown = _outputs(graded / f"{target.LESSON}.ipynb")
        leaked = [f"the secret of the {name}" for name, word in self.secrets.items() if word in shown]
        beside = [text for text in texts if self.secrets["home"] in text or self.secrets["neighbour"] in text]
        leaked += ["a file behind a link"] if beside and not leaked else []
        leaked += [f"of {what}" if not what.startswith("of ") else what for what in reached(graded)]
        lines = [line for line in log.splitlines() if f"/{student}/" in line]
        return leaked + (
            ["the terminal to do something"]
            if any(re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]", x) for x in lines)
            else []
        )

    def _give(self, folder: Path) -> None:
        if os.getuid() == 0:
            for path in (folder, *folder.rglob("*")):
                os.chown(path, self.user, self.user, follow_symlinks=False)


def _outputs(notebook: Path) -> str:
    try:
        return str([cell.get("outputs") for cell in nbformat.read(notebook, as_version=4).cells])
    except Exception:  # there is none, or none that can be read
        return ""


def end(processes: Sequence[int]) -> None:
    """End the processes that an attack left in its course."""
    for process in processes:
        with contextlib.suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)


def run_stock(attacks: Sequence[Attack], root: Path) -> dict[str, Outcome]:
    """What each attack does to stock nbgrader, by its slug."""
    with listening() as listener, ThreadPoolExecutor(AT_ONCE) as pool:
        stock = Stock(root)
        stock.make()
        outcomes = pool.map(lambda attack: stock.attacked(attack, listener), attacks)
        return {outcome.attack.slug: outcome for outcome in outcomes}
