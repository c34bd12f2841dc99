"""What confines a kernel: namespaces of its own, made by bubblewrap, in which little of this machine can be seen.

Inside there is Python, its packages and this package, all read-only; an empty file system of limited size for the
student's files; the kernel's sockets. There is no network, no home, no course, no other process, no capability.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path

NAMESPACES, NONE = "namespaces", "none"
# Where the student's files and their home lie inside.
INSIDE = "/tmp/work"
HOME = "/tmp/home"
PACKAGE = Path(__file__).resolve().parent.parent
PROBE_SECONDS = 20
# Run inside: the package is there, and the machine's settings cannot be written, not even by root.
PROBE = """
import autograder
try:
    open("/proc/sys/kernel/core_pattern", "r+").close()
except OSError:
    raise SystemExit(0)
raise SystemExit("the machine's settings are open to writing")
"""


class NoSandbox(Exception):
    """This machine confines nothing, and nobody allowed grading without a sandbox."""


def tier_to_use(*, none_allowed: bool) -> str:
    """The tier to grade in: the best that there is.

    Raises
    ------
    NoSandbox
        When there is none, and none is not allowed.
    """
    tier = best_tier()
    if tier == NONE and not none_allowed:
        raise NoSandbox(
            "Students' code would run without a sandbox here: bubblewrap (bwrap) is not installed, or may not make "
            "namespaces. Install it (`sudo apt-get install bubblewrap`); or, on a machine that you can throw away, allow "
            "grading without: `autograder grade WEEK --unsafe-no-sandbox`, or unsafe_no_sandbox = true under "
            "[tool.autograder] in the course's pyproject.toml."
        )
    return tier


@cache
def best_tier() -> str:
    """The strongest sandbox that this machine gives, tried for real: "namespaces", or "none"."""
    if shutil.which("bwrap") is None:
        return NONE
    argv = [*_walls(disk_bytes=2**20), sys.executable, "-I", "-c", PROBE]
    try:
        tried = subprocess.run(argv, capture_output=True, timeout=PROBE_SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired):
        return NONE
    return NAMESPACES if tried.returncode == 0 else NONE


def confined(argv: Sequence[str], *, files: Iterable[tuple[int, str]], sockets: Path, disk_bytes: int) -> list[str]:
    """The command that runs `argv` inside.

    Parameters
    ----------
    argv
        What to run.
    files
        Plain data files for the student's code, each as an open descriptor and a name; copies of them lie in `INSIDE`.
    sockets
        The one folder outside that the kernel may write to: its sockets are there, under the same path.
    disk_bytes
        How much it may write anywhere else.
    """
    copied = [part for descriptor, name in files for part in ("--file", str(descriptor), f"{INSIDE}/{name}")]
    return [*_walls(disk_bytes), "--bind", str(sockets), str(sockets), *copied, "--chdir", INSIDE, *argv]


def _walls(disk_bytes: int) -> list[str]:
    return [
        "bwrap", "--unshare-all", "--unshare-user", "--disable-userns", "--die-with-parent", "--new-session",
        "--cap-drop", "ALL", "--hostname", "kernel",
        *_system(),
        "--proc", "/proc", *_masked(), "--dev", "/dev",
        "--size", str(disk_bytes), "--tmpfs", "/tmp", "--dir", INSIDE, "--dir", HOME,
        "--size", str(disk_bytes), "--tmpfs", "/dev/shm",
        # After /tmp: the environment, or a clone of this package, may lie there.
        *(part for path in _python() for part in ("--ro-bind", path, path)),
        "--remount-ro", "/",
    ]  # fmt: skip


def _system() -> list[str]:
    """Programs and libraries of the system, read-only; of /etc only what finding libraries and time takes."""
    parts = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        path = Path("/", name)
        if path.is_symlink():
            parts += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            parts += ["--ro-bind", str(path), str(path)]
    for name in ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime"):
        parts += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    return parts


def _masked() -> list[str]:
    """Parts of /proc through which the machine's settings could be changed by root, whatever namespace it is in; and
    parts of /usr where shared servers keep what is not the system's: nbgrader's exchange, a course in a container."""
    settings = [f"/proc/{name}" for name in ("sys", "sysrq-trigger", "irq", "bus", "fs")]
    kept = [part for path in settings if Path(path).exists() for part in ("--ro-bind", path, path)]
    hidden = [part for path in ("/usr/local/share", "/usr/src") if Path(path).is_dir() for part in ("--tmpfs", path)]
    return [*kept, *hidden]


def _python() -> list[str]:
    """The interpreter, its environment and this package, as far as they are not below /usr."""
    wanted = [sys.base_prefix, sys.prefix, str(PACKAGE)]
    return [path for path in dict.fromkeys(wanted) if not Path(path).is_relative_to("/usr")]
