"""Another user of this machine, without any right, and a Python of that user's own: for tests that root runs."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

USER = 64_777
LIBRARY = Path("lib", f"python{sys.version_info.major}.{sys.version_info.minor}")
PACKAGES = LIBRARY / "site-packages"


def link(files: Iterable[Path], folder: Path, *unwanted: str) -> None:
    """Have links to files in a folder, and to all below those that are folders: copies would take a minute."""
    folder.mkdir(parents=True, exist_ok=True)
    wanted = [str(path) for path in files if path.name not in unwanted]
    if (
        wanted
        and subprocess.run(["cp", "-rl", "-t", folder, "--", *wanted], capture_output=True, check=False).returncode
    ):
        pytest.skip(f"what is to be linked in {folder} lies on another file system than temporary files")


def make_python(home: Path, *unwanted: str) -> Path:
    """Make a Python with our packages, except the unwanted ones, in a folder that the user can read; return it."""
    link(Path(sys.base_prefix, "bin").glob("python*"), home / "python" / "bin")
    link(Path(sys.base_prefix, "lib").glob("libpython*"), home / "python" / "lib")
    link(Path(sys.base_prefix, LIBRARY).iterdir(), home / "python" / LIBRARY, "site-packages", "test")
    program = home / "python" / Path(sys.executable).resolve().relative_to(Path(sys.base_prefix).resolve())
    subprocess.run([program, "-m", "venv", "--without-pip", home / "venv"], check=True)
    link(Path(sys.prefix, PACKAGES).iterdir(), home / "venv" / PACKAGES, *unwanted)
    return home / "venv" / "bin" / "python"


def environment(home: Path, temporary: Path) -> dict[str, str]:
    """The user's environment."""
    return {
        "PATH": os.defpath,
        "HOME": str(temporary),
        "TMPDIR": str(temporary),
        "LD_LIBRARY_PATH": str(home / "python" / "lib"),  # a shared libpython was found by its old place
    }
