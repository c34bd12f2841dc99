"""Runs a command with less: no user namespaces, as in Docker; no Landlock, as on an old Linux; not root's right to
read what permissions forbid, as any plain user.

``python -m tests.support.without [namespaces] [landlock] [rights] -- COMMAND …``: it stays so for all that it starts.
"""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

from autograder.sandbox import bpf, seccomp, syscalls

PR_CAPBSET_DROP, CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH = 24, 1, 2
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
    """Deny this process, and all that it starts, new namespaces and mounts; Landlock; root's rights to all files."""
    if "rights" in what and os.getuid() == 0:
        for capability in (CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH):
            assert syscalls.prctl(PR_CAPBSET_DROP, capability) == 0
    program, deny, missing = bpf.begin(), bpf.fail(errno.EPERM), bpf.fail(errno.ENOSYS)
    if "namespaces" in what:
        program += bpf.on_calls(("unshare", "setns", "mount"), deny)
        program += bpf.on_call("clone", bpf.load(bpf.FIRST) + bpf.if_any_bit(seccomp.NEW_NAMESPACE, deny))
        program += bpf.on_call("clone3", missing)
    if "landlock" in what:
        program += bpf.on_call("landlock_create_ruleset", missing)
    assert syscalls.prctl(syscalls.PR_SET_NO_NEW_PRIVS, 1) == 0
    syscalls.install_filter(program + bpf.ALLOW)
