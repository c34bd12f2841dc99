"""A user without any right can grade: the tests of what a kernel can reach and do pass for one, with a Python of its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from autograder.kernels.processes import remove_tree
from autograder.kernels.warm import best_tier
from tests.conftest import ROOT

USER = 64_777
TESTS = ("test_sandbox.py", "test_sandbox_powers.py")


def link(found: Iterable[Path], folder: Path, *unwanted: str) -> None:
    """Have links to files in a folder, and to all below those that are folders: copies would take a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [str(path) for path in found if path.name not in unwanted]
    if wanted and subprocess.run(["cp", "-rl", "-t", folder, "--", *wanted], capture_output=True, check=False).returncode:
        pytest.skip(f"what is to be linked in {folder} lies on another file system than temporary files")


@pytest.fixture
def home() -> Iterator[Path]:
    """The user's folder, with a copy of Python, its packages and this course, that it can read and not change."""
    home = Path(tempfile.mkdtemp(prefix="autograder-user-"))
    home.chmod(0o755)
    try:
        for name in ("autograder", "tests", "solutions", "source"):
            shutil.copytree(ROOT / name, home / "course" / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "pyproject.toml", home / "course")
        library = Path("lib", f"python{sys.version_info.major}.{sys.version_info.minor}")
        link(Path(sys.base_prefix, "bin").glob("python*"), home / "python" / "bin")
        link(Path(sys.base_prefix, "lib").glob("libpython*"), home / "python" / "lib")
        link(Path(sys.base_prefix, library).iterdir(), home / "python" / library, "site-packages", "test")
        program = home / "python" / Path(sys.executable).resolve().relative_to(Path(sys.base_prefix).resolve())
        subprocess.run([program, "-m", "venv", "--without-pip", home / "venv"], check=True)
        packages = library / "site-packages"
        link(Path(sys.prefix, packages).iterdir(), home / "venv" / packages, "tensorflow", "autograder")
        # A zygote looks nowhere but in its environment and at this package.
        shutil.copytree(home / "course" / "autograder", home / "venv" / packages / "autograder")
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
