"""Runs a command on a machine that gives less: no user namespaces, as in Docker; no Landlock either, as on an old Linux.

``python -m tests.support.without namespaces [landlock] -- COMMAND …``: a seccomp filter stays with all that the command starts.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from autograder.sandbox import seccomp, syscalls

ROOT = Path(__file__).parent.parent.parent


def without(what: tuple[str, ...], command: list[str]) -> list[str]:
    """The command that runs a command without these."""
    # By path: the command's working directory may be any.
    program = f"import sys; sys.path.insert(0, {str(ROOT)!r}); from tests.support.without import main; main()"
    return [sys.executable, "-c", program, *what, "--", *command]


def main() -> None:
    words = sys.argv[1:]
    end = words.index("--")
    take_away(words[:end])
    os.execv(words[end + 1], words[end + 1 :])


def take_away(what: list[str]) -> None:
    """Deny this process, and all that it starts, new namespaces and mounts; and Landlock."""
    architecture, column = seccomp._ARCHITECTURES[os.uname().machine]
    program = seccomp._head(architecture)
    if "namespaces" in what:
        for name in ("unshare", "setns", "mount"):
            program += seccomp._if(seccomp._DENIED[name][column], seccomp._fail(errno.EPERM))
        any_namespace = seccomp._instruction(seccomp._ANY_BIT, 0, 1, seccomp._NEW_NAMESPACE)
        clone = seccomp._load(seccomp._FIRST), any_namespace, seccomp._fail(errno.EPERM)
        program += seccomp._if(seccomp._OTHERS["clone"][column], *clone)
        program += seccomp._if(seccomp._OTHERS["clone3"][column], seccomp._fail(errno.ENOSYS))
    if "landlock" in what:
        program += seccomp._if(syscalls.LANDLOCK_CREATE, seccomp._fail(errno.ENOSYS))
    assert syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1) == 0
    syscalls.install_filter(program + seccomp._return(seccomp._ALLOW))
