"""`.ci/setup` and `.ci/system` on a bare Debian: system packages are installed only on request."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.course import ROOT

VERSION = f"{sys.version_info.major}.{sys.version_info.minor}"
# Debian's own Python without the package python3-venv.
BARE_PYTHON = f"""#!/bin/sh
case "$*" in
    *ensurepip*) exit 1 ;;
    *base_prefix*) echo /usr ;;
    *) exec {sys.executable} "$@" ;;
esac
"""
NOTES = '#!/bin/sh\necho "${0##*/} $*" >>"${0%/*}/calls"\n'
SUDO = NOTES + 'exec "$@"\n'
Run = subprocess.CompletedProcess[str]


class BareSystem:
    """A clone, and a PATH that holds a shell, a Python without venv, no bubblewrap, and what a test adds."""

    def __init__(self, folder: Path) -> None:
        self.clone, self.bin = folder / "clone", folder / "bin"
        for name in (".ci/setup", ".ci/system", "pyproject.toml", "constraints.txt", "autograder/version.py"):
            (self.clone / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, self.clone / name)
        self.bin.mkdir()
        for name in ("bash", "basename", "cat", "cksum", "dirname", "env", "grep", "sh"):
            (self.bin / name).symlink_to(shutil.which(name) or name)
        self.add("python3", BARE_PYTHON)

    def add(self, name: str, script: str) -> None:
        (self.bin / name).write_text(script, encoding="utf-8")
        (self.bin / name).chmod(0o755)

    def user(self, number: int) -> None:
        self.add("id", f"#!/bin/sh\necho {number}\n")

    def run(self, script: str, **environment: str) -> Run:
        command = [self.bin / "bash", self.clone / ".ci" / script]
        variables = {"PATH": str(self.bin), **environment}
        return subprocess.run(command, env=variables, capture_output=True, text=True, check=False)

    @property
    def calls(self) -> list[str]:
        notes = self.bin / "calls"
        return notes.read_text(encoding="utf-8").splitlines() if notes.exists() else []


@pytest.fixture
def bare(tmp_path: Path) -> BareSystem:
    return BareSystem(tmp_path)


def test_setting_up_installs_no_system_package_and_says_at_once_what_to_type(bare: BareSystem) -> None:
    bare.add("apt-get", NOTES)
    bare.user(0)
    run = bare.run("setup", PYTHON="python3")
    assert run.returncode == 1
    assert "sudo apt-get update && sudo apt-get install -y bubblewrap\n" in run.stdout
    assert f"sudo apt-get update && sudo apt-get install -y python{VERSION}-venv\n" in run.stderr
    assert bare.calls == []


def test_make_system_installs_what_is_missing(bare: BareSystem) -> None:
    bare.add("apt-get", NOTES)
    bare.user(0)
    run = bare.run("system", BROWSER="yes")
    assert (run.returncode, run.stderr) == (0, "")
    assert bare.calls == [
        "apt-get update -qq",
        "apt-get install -y -qq --no-install-recommends bubblewrap python3-venv chromium",
    ]


def test_make_system_asks_for_root(bare: BareSystem) -> None:
    bare.add("apt-get", NOTES)
    bare.user(1000)
    without_sudo = bare.run("system")
    assert without_sudo.returncode == 1
    assert "as root: apt-get update && apt-get install -y bubblewrap python3-venv" in without_sudo.stderr
    assert bare.calls == []
    bare.add("sudo", SUDO)
    assert bare.run("system").returncode == 0
    assert [call.split()[:2] for call in bare.calls if call.startswith("sudo")] == [
        ["sudo", "apt-get"],
        ["sudo", "env"],
    ]


def test_make_system_names_the_packages_where_there_is_no_apt(bare: BareSystem) -> None:
    run = bare.run("system")
    assert run.returncode == 1
    assert "bubblewrap python3-venv" in run.stderr


def test_make_system_says_when_apt_fails(bare: BareSystem) -> None:
    bare.add("apt-get", NOTES + "echo 'E: no such host' >&2\nexit 100\n")
    bare.user(0)
    run = bare.run("system")
    assert run.returncode == 1
    assert "no such host" in run.stderr
    assert "apt-get could not install bubblewrap python3-venv" in run.stderr
