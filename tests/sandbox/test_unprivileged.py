"""A user without any right can grade: the tests of what a kernel can reach and do pass with a Python of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.kernels.processes import remove_tree
from autograder.kernels.warm import best_tier
from tests.support.course import ROOT
from tests.support.unprivileged import USER, environment, make_python

TESTS = ("test_reach.py", "test_powers.py")


@pytest.fixture
def home() -> Iterator[Path]:
    """The user's folder, with a copy of Python, its packages and this course, that it can read and not change."""
    home = Path(tempfile.mkdtemp(prefix="autograder-user-"))
    home.chmod(0o755)
    try:
        for name in ("autograder", "tests", "solutions", "source"):
            shutil.copytree(ROOT / name, home / "course" / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", home / "course")
        make_python(home, "tensorflow", "autograder")
        (home / "temporary").mkdir()
        os.chown(home / "temporary", USER, USER)
        yield home
    finally:
        remove_tree(home)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_a_user_without_rights_grades_in_the_same_sandbox(home: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(home / "venv" / "bin" / "python"), *arguments],
            cwd=home / "course",
            env=environment(home, home / "temporary"),
            user=USER,
            group=USER,
            extra_groups=[],
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    tier = run(
        "-c", "from autograder.kernels import warm; print(warm.best_tier(), [warm.why_not(t) for t in warm.TIERS])"
    )
    assert tier.stdout.split()[:1] == [best_tier()], tier.stdout + tier.stderr
    options = ("-q", "-p", "no:cacheprovider", "-o", "faulthandler_timeout=60")
    tests = run("-m", "pytest", *options, *(f"tests/sandbox/{name}" for name in TESTS))
    assert tests.returncode == 0, tests.stdout
    assert "skipped" not in tests.stdout or best_tier() != "namespaces"
    left = [name for name in os.listdir(home / "temporary") if name.startswith("autograder-kernels-")]
    assert left == []
