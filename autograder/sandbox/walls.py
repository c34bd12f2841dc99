"""The command that starts a zygote behind its walls, which bubblewrap builds, and the environment that it has there."""

from __future__ import annotations

import os
import re
from pathlib import Path

from autograder.sandbox.confine import HOME, SOCKETS, python_folders
from autograder.sandbox.own_python import own_python
from autograder.sandbox.tiers import NAMESPACES

PASSED_ON = re.compile(
    r"(OPENBLAS|OMP|MKL)_\w+|TF_(ENABLE_ONEDNN_OPTS|FORCE_GPU_ALLOW_GROWTH|NUM_\w+_THREADS)|CUDA_VISIBLE_DEVICES|XLA_FLAGS"
    r"|KERAS_BACKEND|LANG|LC_\w+|TZ|LD_LIBRARY_PATH"
)
SCRATCH_BYTES = 64 * 2**20


def zygote_command(control: int, tier: str, folder: Path) -> list[str]:
    """The command that starts a zygote.

    Parameters
    ----------
    control
        The descriptor through which it takes orders.
    tier
        One of `TIERS`.
    folder
        The folder that has a folder for each kernel; in namespaces the only one outside that can be written to.
    """
    command = own_python("autograder.kernels.zygote", str(control), tier)
    return [*_walls(folder), *command] if tier == NAMESPACES else command


def seen_by_zygote(folder: Path, tier: str) -> str:
    """What a zygote calls the folder that has a folder for each kernel."""
    return SOCKETS if tier == NAMESPACES else str(folder)


def zygote_environment() -> dict[str, str]:
    """Nothing of the grader's environment but what numerical libraries need."""
    passed_on = {name: value for name, value in os.environ.items() if PASSED_ON.fullmatch(name)}
    return {
        **passed_on,
        "PATH": os.defpath,
        "HOME": HOME,
        "USER": "student",
        "LOGNAME": "student",
        "MPLCONFIGDIR": f"{HOME}/matplotlib",
        "PYTHONDONTWRITEBYTECODE": "1",
        # Level 3: at 2 TensorFlow still writes to stderr, which stock nbgrader takes for a failure.
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "NBGRADER_EXECUTION": "autograde",
    }


def _walls(folder: Path) -> list[str]:
    # As root without a user namespace of bubblewrap's: the zygote then leaves root for a user that has nothing.
    user = [] if os.getuid() == 0 else ["--unshare-user"]
    return [
        "bwrap", *user, "--unshare-pid", "--unshare-net", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try",
        "--die-with-parent", "--new-session", "--hostname", "kernel",
        *_system(),
        "--proc", "/proc", "--dev", "/dev",
        "--dev-bind", "/dev/null", "/dev/zero",  # mapped, it is memory that nobody counts
        "--remount-ro", "/dev",
        "--perms", "1777", "--size", str(SCRATCH_BYTES), "--tmpfs", "/tmp", "--perms", "0777", "--dir", HOME,
        # After /tmp: the environment, or a clone of this package, may lie there.
        *_python(),
        "--bind", str(folder), SOCKETS,
        "--remount-ro", "/", "--chdir", "/",
    ]  # fmt: skip


def _python() -> list[str]:
    """The interpreter, its environment and this package; every user can reach them, whoever owns their folders."""
    parts = []
    for path in python_folders():
        above = [str(folder) for folder in reversed(Path(path).parents) if folder not in (Path("/"), Path("/tmp"))]
        parts += [part for folder in above for part in ("--perms", "0755", "--dir", folder)] + ["--ro-bind", path, path]
    return parts


def _system() -> list[str]:
    """Programs and libraries of the system, read-only; of /etc only what finding libraries and time takes; and nothing
    of /usr where shared servers keep what is not the system's: nbgrader's exchange, a course in a container."""
    parts = ["--ro-bind", "/usr", "/usr"]
    for name in ("bin", "sbin", "lib", "lib32", "lib64", "libx32"):
        path = Path("/", name)
        if path.is_symlink():
            parts += ["--symlink", os.readlink(path), str(path)]
        elif path.is_dir():
            parts += ["--ro-bind", str(path), str(path)]
    for name in ("ld.so.cache", "ld.so.conf", "ld.so.conf.d", "alternatives", "localtime"):
        parts += ["--ro-bind-try", f"/etc/{name}", f"/etc/{name}"]
    for shared in ("/usr/local/share", "/usr/src"):
        if Path(shared).is_dir():  # empty, and read-only: they belong to the grader, as whom kernels may run
            parts += ["--tmpfs", shared, "--remount-ro", shared]
    return parts
