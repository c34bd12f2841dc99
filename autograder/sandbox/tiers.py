"""The sandboxes that students' code can run in, strongest first, and which of them this machine could give.

namespaces: bubblewrap shows the zygote Python, its packages and this package, all read-only, and no network, home,
course or other process; each kernel takes namespaces of its own inside. container: if namespaces are forbidden, as in
Docker, Landlock and seccomp bind each kernel without any privilege. none: nothing does.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from autograder.verdicts.verdict import NO_SANDBOX

NAMESPACES, CONTAINER, NONE = TIERS = ("namespaces", "container", NO_SANDBOX)
# How the sentence begins that a run warns with.
WEAKER = "Bubblewrap is installed, but the strongest sandbox cannot be used here: students' code runs in"


class NoSandbox(Exception):
    """This machine confines nothing, and nobody allowed grading without a sandbox."""


def could_give(tier: str) -> str:
    """Why this machine cannot give a tier, if that is known without trying; otherwise empty."""
    from autograder.sandbox import landlock, syscalls  # which need Linux

    if tier != NONE and not syscalls.known():
        return f"the system calls of this machine ({os.uname().machine}) are not known to the kit"
    if tier == NAMESPACES and shutil.which("bwrap") is None:
        return "bubblewrap (bwrap) is not installed"
    if tier == CONTAINER and landlock.version() == 0:
        return "this Linux has no Landlock, or it is turned off"
    return ""


def how_to_mend() -> str:
    """The commands that give this machine the tier of namespaces, one a line."""
    lines = []
    if shutil.which("bwrap") is None:
        lines.append("sudo apt-get install -y bubblewrap")
    for setting, wanted in (
        ("kernel/apparmor_restrict_unprivileged_userns", "0"),  # Ubuntu 24.04 and later
        ("kernel/unprivileged_userns_clone", "1"),  # Debian's
    ):
        path = Path("/proc/sys", setting)
        if path.exists() and path.read_text(encoding="ascii").strip() != wanted:
            lines.append(f"sudo sysctl -w {setting.replace('/', '.')}={wanted}")
    most = Path("/proc/sys/user/max_user_namespaces")
    if most.exists() and most.read_text(encoding="ascii").strip() == "0":
        lines.append("sudo sysctl -w user.max_user_namespaces=10000")
    return "\n".join(lines) or (
        "Grade on a machine, or in a container, that allows user namespaces "
        "(Docker: --security-opt seccomp=unconfined)."
    )
