"""A class of attackers, with honest students before and after every few of them, graded by real nbgrader with the kit."""

from __future__ import annotations

import html
import os
import re
import secrets
import shutil
import subprocess
import sysconfig
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbgrader.api import Gradebook, MissingEntry

from tests.red_team import pages, target, traces
from tests.red_team.attack import Attack, Desk, Handed
from tests.red_team.listener import Listener, listening
from tests.red_team.outcome import Outcome
from tests.red_team.setting import Setting, usual
from tests.support.course import WEEK, Course

# How many attackers stand between two honest students.
BETWEEN = 6
# How the names of those end who hand in twice.
SECOND_TRY = "-second-try"
# What a terminal acts on.
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
SECRETS = ("hidden checks", "environment", "home", "neighbour")


@dataclass
class Class:
    """The class: its course, who hands in what, which demos run, and the secrets that are to stay where they are."""

    root: Path
    attacks: Sequence[Attack]
    demos: str = "needed"
    setting: Setting = field(default_factory=usual)
    secrets: dict[str, str] = field(default_factory=lambda: {name: secrets.token_hex(12) for name in SECRETS})

    def __post_init__(self) -> None:
        self.course = Course(self.root / "course")
        self.lesson = self.attacks[0].lesson
        self.desks: dict[str, Desk] = {}
        # Another run on this machine, of the same attacks, leaves traces of its own.
        self.mark = f"{traces.PREFIX}{secrets.token_hex(3)}-"
        self.home, self.temporary = self.root / "home", self.root / "tmp"
        places = [n + n // BETWEEN + 1 for n in range(len(self.attacks))]
        self.students = {
            attack.slug: f"{number:03}-{attack.slug}{SECOND_TRY if attack.again else ''}"
            for number, attack in zip(places, self.attacks, strict=True)
        }
        self.honest = [f"{n * (BETWEEN + 1):03}-honest" for n in range(len(self.attacks) // BETWEEN + 2)]

    def make(self, port: int) -> None:
        """Build the course and hand everything in."""
        for folder in (self.home, self.temporary):
            folder.mkdir(parents=True)
        (self.home / "notes.txt").write_text(self.secrets["home"])
        self.write = target.make_course(self.course.root, self.lesson, self.secrets["hidden checks"])
        blank, write = self.write.blank, self.write
        for n, student in enumerate(self.honest):
            note = f"# {self.secrets['neighbour']} is mine, and {n}"
            self.hand_in(student, write(**write.right, added=[note]))
        for attack in self.attacks:
            desk = self.desks[attack.slug] = Desk(self.mark + attack.slug, port, blank, write, write.right)
            self.hand_in(self.students[attack.slug], attack.make(desk))

    def hand_in(self, student: str, handed: Handed) -> None:
        """Hand in what an attack makes; a script is collected, as a teacher collects it."""
        if isinstance(handed, str):
            handed = self.write(doubled=handed, halved=target.HALF)
        if isinstance(handed, NotebookNode):
            handed = {f"{self.lesson}.ipynb": handed}
        inbox = self.root / "inbox" / student
        for file, content in handed.items():
            folder = inbox if file == f"{self.lesson}.py" else self.course.classroom / "submitted" / student / WEEK
            folder.mkdir(parents=True, exist_ok=True)
            target.put(folder, file, content)

    def run(self, *command: str) -> subprocess.CompletedProcess[str]:
        """Run a command of ours in the course, with a home and an environment of its own."""
        self.setting.give(self.root)
        environment = os.environ | {
            "HOME": str(self.home),
            "TMPDIR": str(self.temporary),
            "RED_TEAM_SECRET": self.secrets["environment"],
            **self.setting.environment(),
        }
        return subprocess.run(
            self.setting.command(*command),
            cwd=self.course.root,
            env=environment,
            capture_output=True,
            text=True,
            errors="replace",
            timeout=3000,
            check=False,
            **self.setting.options(),
        )

    def grade(self, listener: Listener) -> dict[str, Outcome]:
        """Collect, autograde and generate the feedback; return the outcome of each attack."""
        watched = [*traces.places(), self.root]
        before = traces.below(self._private())
        start = time.monotonic()
        if (self.root / "inbox").exists():
            self.run(
                "autograder", "collect", str(self.root / "inbox")
            )  # it reports what it cannot take, and ends with 1
        runs = self.graded()
        runs += self._second_tries()
        seconds = time.monotonic() - start
        time.sleep(0.5)
        left = traces.below(self._private()) - before
        marked = traces.marked(watched)
        ended = [
            f"`{run.args[1:]}` ended with {run.returncode}: {run.stderr[-2000:]}" for run in runs if run.returncode
        ]
        log = "".join(run.stdout + run.stderr for run in runs)
        outcomes = {attack.slug: self._outcome(attack, log, listener) for attack in self.attacks}
        scores = {student: self.score(student) for student in self.honest}
        for n, attack in enumerate(self.attacks):
            outcome = outcomes[attack.slug]
            around = self.honest[n // BETWEEN : n // BETWEEN + 2]
            outcome.hurt = [student for student in around if scores[student] != self.write.points]
            outcome.left = [f"{what} {name}" for name, what in marked.items() if self.mark + attack.slug in name]
            outcome.run = "; ".join(ended)
            outcome.seconds = seconds
        unknown = sorted(path for path in left if traces.PREFIX not in path)
        for path in unknown[:5]:
            outcomes[self.attacks[0].slug].left.append(f"(someone) {path}")
        traces.sweep(watched, self.mark)
        return outcomes

    def graded(self, *options: str) -> list[subprocess.CompletedProcess[str]]:
        """Autograde and generate the feedback, with these options."""
        autograde = self.run("nbgrader", "autograde", WEEK, f"--TrustedExecute.demos={self.demos}", *options)
        return [autograde, self.run("nbgrader", "generate_feedback", WEEK, *options)]

    def _second_tries(self) -> list[subprocess.CompletedProcess[str]]:
        """Have attackers who have read the feedback hand in once more, and grade that."""
        again = {attack: attack.again for attack in self.attacks if attack.again}
        for attack, make in again.items():
            student = self.students[attack.slug]
            page = self.course.classroom / "feedback" / student / WEEK / f"{attack.lesson}.html"
            feedback = html.unescape(page.read_text(encoding="utf-8"))
            shutil.rmtree(self.course.classroom / "submitted" / student)
            self.hand_in(student, make(self.desks[attack.slug], feedback))
        return self.graded(f"--student=*{SECOND_TRY}", "--force") if again else []

    def _private(self) -> list[Path]:
        """What nobody else on this machine uses: anything new there comes from the attacks, whatever its name."""
        course = [path for path in self.course.root.iterdir() if path.name != "classroom"]
        return [self.home, self.temporary, Path(sysconfig.get_paths()["purelib"]), *course]

    def _outcome(self, attack: Attack, log: str, listener: Listener) -> Outcome:
        student = self.students[attack.slug]
        outcome = Outcome(attack, self.score(student))
        try:
            exercise = next(
                e for e in self.course.verdict(student, attack.lesson)["exercises"] if e["exercise"] == attack.exercise
            )
            outcome.status, outcome.message = exercise["status"], exercise["message"]
        except FileNotFoundError:
            outcome.status = "no verdict"
        outcome.leaked = (
            self._leaked(student, log)
            + reached(self.course.classroom / "autograded" / student)
            + [f"to the network: {h[:60]}" for h in listener.heard if attack.slug in h]
        )
        page = self.course.classroom / "feedback" / student / WEEK / f"{attack.lesson}.html"
        outcome.page = pages.beyond(page, self._honest_page()) if page.is_file() else ["no page"]
        return outcome

    def _leaked(self, student: str, log: str) -> list[str]:
        """Which secrets are in the files that grading this student's work wrote, or in the log."""
        texts = [log]
        for step in ("autograded", "feedback", "verdicts"):
            for path in (self.course.classroom / step / student).rglob("*"):
                if path.is_file():
                    texts.append(path.read_bytes().decode(errors="replace"))
        leaked = [
            f"the secret of the {name}" for name, word in self.secrets.items() if any(word in text for text in texts)
        ]
        lines = [line for line in log.splitlines() if f"/{student}/" in line]
        return leaked + (["the terminal to do something"] if any(CONTROL.search(line) for line in lines) else [])

    def _honest_page(self) -> Counter[str]:
        return pages.of_page(self.course.classroom / "feedback" / self.honest[0] / WEEK / f"{self.lesson}.html")

    def score(self, student: str) -> float | None:
        """A student's points, as the gradebook has them."""
        with Gradebook(f"sqlite:///{self.course.classroom / 'gradebook.db'}") as gradebook:
            try:
                return float(gradebook.find_submission(WEEK, student).score)
            except MissingEntry:
                return None


def reached(graded: Path) -> list[str]:
    """What code in a graded notebook reached, according to its outputs."""
    lines = []
    for path in graded.rglob("*.ipynb"):
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                lines += re.findall(r"^REACHED (.*)", str(output.get("text", "")), re.MULTILINE)
    return sorted({f"of {what.strip()[:60]}" for what in lines})


def run_class(
    attacks: Sequence[Attack], root: Path, demos: str = "needed", setting: Setting | None = None
) -> dict[str, Outcome]:
    """Grade a class of these attackers; return the outcome of each attack by its slug."""
    with listening() as listener:
        attackers = Class(root, attacks, demos, setting or usual())
        attackers.make(listener.port)
        return attackers.grade(listener)


def run_classes(attacks: Sequence[Attack], root: Path, setting: Setting | None = None) -> dict[str, Outcome]:
    """Grade a class for each lesson; return the outcome of each attack by its slug."""
    outcomes: dict[str, Outcome] = {}
    for lesson in dict.fromkeys(attack.lesson for attack in attacks):
        outcomes |= run_class([attack for attack in attacks if attack.lesson == lesson], root / lesson, setting=setting)
    return outcomes
