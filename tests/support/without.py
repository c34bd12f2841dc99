"""Runs a command on a machine that gives less: no user namespaces, as in Docker; no Landlock, as on an old Linux.

``python -m tests.support.without namespaces [landlock] -- COMMAND …``: a seccomp filter stays with all it starts.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from autograder.sandbox import bpf, seccomp, syscalls

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
    program, deny, missing = bpf.begin(), bpf.fail(errno.EPERM), bpf.fail(errno.ENOSYS)
    if "namespaces" in what:
        program += bpf.on_calls(("unshare", "setns", "mount"), deny)
        program += bpf.on_call("clone", bpf.load(bpf.FIRST) + bpf.if_any_bit(seccomp.NEW_NAMESPACE, deny))
        program += bpf.on_call("clone3", missing)
    if "landlock" in what:
        program += bpf.on_call("landlock_create_ruleset", missing)
    assert syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1) == 0
    syscalls.install_filter(program + bpf.ALLOW)
