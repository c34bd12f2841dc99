"""The settings in which the attacks are graded: by root or by a plain user, in the one sandbox or the other."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.kernels.processes import remove_tree
from autograder.kernels.warm import best_tier
from autograder.sandbox.tiers import CONTAINER, NAMESPACES
from tests.support.course import ROOT
from tests.support.unprivileged import PACKAGES, USER, link, make_python
from tests.support.without import without

MODULES = {"nbgrader": "nbgrader", "autograder": "autograder.cli"}


@dataclass(frozen=True)
class Setting:
    """Who grades, and in which tier; ``python`` is what they grade with."""

    tier: str
    python: Path = Path(sys.executable)
    user: int | None = field(default=None)

    @property
    def name(self) -> str:
        """In a few words."""
        root = os.getuid() == 0 and self.user is None
        return f"{self.tier}, as {'root' if root else 'a plain user'}"

    def command(self, program: str, *arguments: str) -> list[str]:
        """The command that runs one of our programs in this setting."""
        command = [str(self.python), "-m", MODULES[program], *arguments]
        lacking = {NAMESPACES: (), CONTAINER: ("namespaces",)}[self.tier]
        command = without(lacking, command) if lacking else command
        return [str(self.python), *command[1:]]

    def environment(self) -> dict[str, str]:
        """What this setting's Python needs: a shared libpython was found by its old place."""
        return {} if self.user is None else {"LD_LIBRARY_PATH": str(self.python.parents[2] / "python" / "lib")}

    def options(self) -> dict[str, Any]:
        """The options for `subprocess.run` that make somebody else of us."""
        return {} if self.user is None else {"user": self.user, "group": self.user, "extra_groups": []}

    def give(self, folder: Path) -> None:
        """Have a folder and everything in it belong to who grades."""
        if self.user is not None:
            subprocess.run(["chown", "-R", "--no-dereference", f"{self.user}:{self.user}", str(folder)], check=True)


def usual() -> Setting:
    """The strongest tier of this machine, as the user who runs this."""
    return Setting(best_tier())


@contextmanager
def plain_user() -> Iterator[tuple[Path, int | None]]:
    """A Python that a user without any right can run, with this course's package in it, and that user.

    If we are no root, ourselves.
    """
    if os.getuid() != 0:
        yield Path(sys.executable), None
        return
    home = Path(tempfile.mkdtemp(prefix="red-team-user-"))
    home.chmod(0o755)
    try:
        python = make_python(home, "autograder")
        for name in ("autograder", "tests"):
            copy = home / "venv" / PACKAGES / name
            shutil.copytree(ROOT / name, copy, ignore=shutil.ignore_patterns("__pycache__", ".pytest_cache"))
        link(Path(sys.prefix, "share").iterdir(), home / "venv" / "share")
        # nbgrader starts it as a command.
        alembic = python.with_name("alembic")
        alembic.write_text(f"#!{python}\nfrom alembic.config import main\n\nmain()\n", encoding="utf-8")
        alembic.chmod(0o755)
        yield python, USER
    finally:
        remove_tree(home)


@contextmanager
def all_settings() -> Iterator[list[Setting]]:
    """Both tiers, as who runs this and as a plain user."""
    with plain_user() as (python, user):
        settings = [Setting(NAMESPACES), Setting(CONTAINER)]
        if user is not None:
            settings += [Setting(NAMESPACES, python, user), Setting(CONTAINER, python, user)]
        yield settings
