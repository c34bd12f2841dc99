"""A user without any right can grade: the tests of what a kernel can reach and do pass for one, with a Python of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.kernels.warm import best_tier
from tests.conftest import ROOT

USER = 64_777
TESTS = ("test_sandbox.py", "test_sandbox_powers.py")


@pytest.fixture
def home() -> Iterator[Path]:
    """The user's folder, with a copy of Python, its packages and this course, that it can read and not change."""
    home = Path(tempfile.mkdtemp(prefix="autograder-user-"))
    home.chmod(0o755)
    try:
        for name in ("autograder", "tests", "solutions", "source"):
            shutil.copytree(ROOT / name, home / "course" / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", home / "course")
        # Links to the same files: a copy would take a minute.
        link = ["cp", "-rl", "--", sys.base_prefix, str(home / "python")]
        if subprocess.run(link, capture_output=True, check=False).returncode:
            pytest.skip("Python lies on another file system than temporary files, or may not be linked to")
        program = home / "python" / Path(sys.executable).resolve().relative_to(Path(sys.base_prefix).resolve())
        subprocess.run([program, "-m", "venv", "--without-pip", home / "venv"], check=True)
        packages = Path(os.path.relpath(os.path.dirname(os.path.dirname(pytest.__file__)), sys.prefix))
        shutil.rmtree(home / "venv" / packages)
        link = ["cp", "-rl", "--", str(Path(sys.prefix) / packages), str(home / "venv" / packages)]
        if subprocess.run(link, capture_output=True, check=False).returncode:
            pytest.skip("packages lie on another file system than temporary files")
        # A zygote looks nowhere but in its environment and at this package.
        shutil.copytree(home / "course" / "autograder", home / "venv" / packages / "autograder")
        (home / "temporary").mkdir()
        os.chown(home / "temporary", USER, USER)
        yield home
    finally:
        shutil.rmtree(home)


@pytest.mark.skipif(os.getuid() != 0, reason="only root can become another user")
def test_a_user_without_rights_grades_in_the_same_sandbox(home: Path) -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(home / "venv" / "bin" / "python"), *arguments],
            cwd=home / "course",
            env={
                "PATH": os.defpath,
                "HOME": str(home / "temporary"),
                "TMPDIR": str(home / "temporary"),
                "LD_LIBRARY_PATH": str(home / "python" / "lib"),  # a shared libpython was found by its old place
            },
            user=USER,
            group=USER,
            extra_groups=[],
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
        )

    tier = run("-c", "from autograder.kernels import warm; print(warm.best_tier(), [warm.why_not(t) for t in warm.TIERS])")
    assert tier.stdout.split()[:1] == [best_tier()], tier.stdout + tier.stderr
    options = ("-q", "-p", "no:cacheprovider", "-o", "faulthandler_timeout=60")
    tests = run("-m", "pytest", *options, *(f"tests/{name}" for name in TESTS))
    assert tests.returncode == 0, tests.stdout
    assert "skipped" not in tests.stdout or best_tier() != "namespaces"
    left = [name for name in os.listdir(home / "temporary") if name.startswith("autograder-kernels-")]
    assert left == []
