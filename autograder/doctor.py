"""Can this machine grade safely? Each protection is tried for real, from inside a kernel, and the result is shown."""

from __future__ import annotations

import os
import shutil
import socket
import sys
import tempfile
import textwrap
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.console import Console
from rich.table import Table
from rich.text import Text

ELSEWHERE = (
    "Grading needs Linux, which can confine students' code. On Windows, use WSL2 (`wsl --install`); "
    "on macOS, a Linux machine, a virtual machine or a container. "
    "Students need none of this: their notebooks run wherever Python does."
)


@dataclass(frozen=True)
class Finding:
    """One protection: what it forbids, whether it held, and what was seen."""

    forbids: str
    held: bool
    seen: str


def is_linux() -> bool:
    """Whether kernels can be confined at all."""
    return sys.platform == "linux"


def examine(tier: str) -> list[Finding]:
    """Try every protection of a tier from inside kernels of it."""
    from autograder.kernels.kernel import Kernel
    from autograder.limits import Limits
    from autograder.sandbox.usage import runs

    findings = []
    kernel = Kernel([], Limits(), tier)
    with _outside() as (secret, port):
        for forbids, code in _tries(secret, port):
            ran = kernel.run(textwrap.dedent(code), 20)
            printed = "".join(str(output.get("text", "")) for output in ran.outputs).strip()
            findings.append(Finding(forbids, printed == "refused", printed[-80:] or ran.ending))
    kernel.close()
    left = kernel.folder.exists() or runs(kernel.process)
    findings.append(Finding("leave files or processes behind", not left, "something" if left else "nothing"))
    for forbids, code, ending, limits in _EXCESSES:
        kernel = Kernel([], replace(Limits(), **limits), tier)
        try:
            for cell in code.split(_NEXT_CELL):
                ran = kernel.run(cell, 2 if ending == "timed out" else 20)
                if not ran.alive:
                    break
        finally:
            kernel.close()
        error = "".join(str(output.get("evalue", "")) for output in ran.outputs)
        findings.append(Finding(forbids, ran.ending == ending or "No space left" in error, error or ran.ending))
    return findings


@contextmanager
def _outside() -> Iterator[tuple[Path, int]]:
    """A file of the grader's, and a port of this machine on which it listens."""
    folder = Path(tempfile.mkdtemp(prefix="autograder-doctor-"))
    secret = folder / "secret.txt"
    secret.write_text("the grader's own", encoding="utf-8")
    try:
        with socket.create_server(("127.0.0.1", 0)) as listener:
            yield secret, listener.getsockname()[1]
    finally:
        shutil.rmtree(folder)


def _refused(attempt: str) -> str:
    """Code that makes an attempt, and prints "refused" if it raises OSError."""
    indented = textwrap.indent(textwrap.dedent(attempt).strip(), "    ")
    return f"import ctypes, os, socket\ntry:\n{indented}\n    print('done')\nexcept OSError:\n    print('refused')"


def _call(name: str, *arguments: int) -> str:
    """Code that makes a system call by number."""
    from autograder.sandbox.syscalls import number_of  # which needs Linux

    words = ", ".join(map(str, [number_of(name), *arguments]))
    return f"if ctypes.CDLL(None).syscall({words}) < 0:\n    raise OSError"


def _tries(secret: Path, port: int) -> list[tuple[str, str]]:
    me = os.getpid()
    return [
        ("reach the network", _refused(f"socket.create_connection(('127.0.0.1', {port}), 2)")),
        ("read the grader's files", _refused(f"open({str(secret)!r}).read()")),
        ("see who has an account here", _refused("open('/etc/passwd').read()")),
        ("change Python or the kit", _refused(f"os.close(os.open({__file__!r}, os.O_WRONLY))")),
        ("change the machine's settings", _refused("os.close(os.open('/proc/sys/kernel/core_pattern', os.O_WRONLY))")),
        ("read the grader's environment", _refused(f"if b'PATH' in open('/proc/{me}/environ', 'rb').read(): pass")),
        ("signal the grader", _refused(f"os.kill({me}, 0)")),
        ("trace a process", _refused(_call("ptrace", 16, 1))),
        ("create new namespaces", _refused(_call("unshare", 0x10000000))),
        ("mount", _refused(_call("mount", 0, 0, 0, 0, 0))),
        ("use keyrings", _refused(_call("keyctl", 0, -3, 0))),
        ("use io_uring", _refused(_call("io_uring_setup", 1, 0))),
        ("use memory that nobody counts", _refused(_call("memfd_create", 0, 0))),
        ("set a file's access list", _refused("os.setxattr('.', 'system.posix_acl_access', bytes(44))")),
        ("use up slots that all processes share", _refused(_call("io_setup", 1, 0))),
        ("use up room for filters that all processes share", _refused(_call("seccomp", 1, 0, 0))),
        ("lease a file", _refused("import fcntl\nfcntl.fcntl(os.open('.', os.O_RDONLY), fcntl.F_SETLEASE, 0)")),
        ("lock files that others use", _LOCKS),
        ("signal to other notebooks through devices", _DEVICES),
        ("write where other notebooks look", _WRITES),
        ("open the machine's terminals", _TERMINALS),
        (
            "hold a capability, or get one",
            "status = open('/proc/self/status').read().split('\\n')\n"
            "sets = [l for l in status if l.startswith(('CapEff', 'CapPrm', 'CapInh', 'CapAmb'))]\n"
            "held = [l for l in sets if int(l.split()[1], 16)]\n"
            "print('refused' if not held and 'NoNewPrivs:\\t1' in status else held)",
        ),
    ]


# Locks are granted and do nothing: two of them are held at once.
_LOCKS = """
import fcntl
first, second = open('/usr/bin/env', 'rb'), open('/usr/bin/env', 'rb')
fcntl.flock(first, fcntl.LOCK_EX | fcntl.LOCK_NB)
try:
    fcntl.flock(second, fcntl.LOCK_EX | fcntl.LOCK_NB)
    print('refused')
except OSError:
    print('a lock that held')
"""
# Without namespaces a change of time reports no error, and does nothing.
_DEVICES = """
import os
before = os.stat('/dev/null').st_mtime_ns
try:
    os.utime('/dev/null')
except OSError:
    pass
print('refused' if os.stat('/dev/null').st_mtime_ns == before else 'another time')
"""
_WRITES = """
import os
written = []
for folder in ('/', '/usr', '/usr/local/share', '/usr/src', '/dev', '/etc', '/run', '/var/tmp', '/mnt', '/srv', '/opt'):
    try:
        os.close(os.open(f'{folder}/autograder-doctor', os.O_WRONLY | os.O_CREAT | os.O_EXCL))
        os.remove(f'{folder}/autograder-doctor')
        written.append(folder)
    except OSError:
        pass
print(written or 'refused')
"""
_TERMINALS = """
import os
opened = []
try:
    for _ in range(40):
        opened.append(os.openpty())
    print(len(opened), 'terminals')
except OSError:
    print('refused')
"""
# Between the cells of a notebook.
_NEXT_CELL = "\n# %%\n"
# What is tried, how it must end, and the limits that are tight for it.
_EXCESSES: list[tuple[str, str, str, dict[str, Any]]] = [
    (
        "take endless memory",
        "import time\nx = bytearray(600 * 2**20)\ntime.sleep(9)",
        "out of memory",
        {"memory_bytes": 400 * 2**20},
    ),
    (
        "hold memory behind quick cells",
        "import os, time\nif not os.fork():\n    x = bytearray(b'1') * 600_000_000\n    time.sleep(9)\n    os._exit(0)"
        + 30 * f"{_NEXT_CELL}time.sleep(0.2)",
        "out of memory",
        {"memory_bytes": 400 * 2**20},
    ),
    (
        "make the system hold memory for it",
        "import os, time\nfor _ in range(40):\n    if not os.fork():\n        kept = [os.pipe() for _ in range(200)]\n"
        "        time.sleep(9)\n        os._exit(0)\ntime.sleep(9)",
        "out of memory",
        {"memory_bytes": 400 * 2**20},
    ),
    (
        "start endless processes",
        "import os, time\nfor _ in range(70):\n    if not os.fork():\n        time.sleep(9)\n        os._exit(0)\n"
        "time.sleep(9)",
        "too many processes",
        {"tasks": 60},
    ),
    (
        "write endlessly",
        "import time\nfor n in range(30):\n    open(f'{n}', 'wb').write(b'0' * 2**20)\ntime.sleep(9)",
        "too much written",
        {"disk_bytes": 20 * 2**20},
    ),
    ("print endlessly", "while True:\n    print('x' * 1000)", "flooded", {"output_bytes": 500_000}),
    ("compute endlessly", "while True:\n    pass", "timed out", {}),
]


def show(console: Console) -> bool:
    """Print which sandboxes this machine gives and whether the strongest holds; return whether grading is safe here."""
    from autograder.kernels.warm import why_not
    from autograder.sandbox.tiers import NONE, TIERS, how_to_mend

    reasons = {tier: why_not(tier) for tier in TIERS if tier != NONE}
    for tier, reason in reasons.items():
        console.print(Text(f"sandbox “{tier}”: {reason or 'works'}"))
    tier = next((tier for tier, reason in reasons.items() if not reason), NONE)
    if tier == NONE:
        console.print("\nGrading would be unsafe: nothing here confines students' code. Do this, then try again:")
        console.print(Text(textwrap.indent(how_to_mend(), "    ")))
        return False
    return report(console, tier, examine(tier))


def report(console: Console, tier: str, findings: Sequence[Finding]) -> bool:
    """Print what was found in a tier; return whether grading is safe in it."""
    from autograder.sandbox.tiers import TIERS, how_to_mend

    table = Table(title=f"\nTried from inside the sandbox “{tier}”", title_justify="left", box=SIMPLE_HEAD)
    for heading in ("a student's code cannot …", "", "what happened"):
        table.add_column(heading)
    for finding in findings:
        table.add_row(finding.forbids, "holds" if finding.held else "DOES NOT HOLD", Text(finding.seen))
    console.print(table)
    broken = [finding.forbids for finding in findings if not finding.held]
    if broken:
        console.print(f"Grading would be unsafe: students' code can {', '.join(broken)}.")
        return False
    if tier != TIERS[0]:
        console.print("Grading is safe here. Namespaces would be a stronger sandbox. To get them:")
        console.print(Text(textwrap.indent(how_to_mend(), "    ")))
    else:
        console.print("Grading is safe here.")
    return True
