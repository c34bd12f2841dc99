"""Confines a kernel's process from inside before a student's code runs in it: with walls, limits and fewer powers.

It is called between the fork from the zygote and the start of IPython. Every step that fails raises OSError, so that
no kernel runs half confined.
"""

from __future__ import annotations

import os
import resource
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path

from autograder.limits import Limits
from autograder.sandbox import landlock, seccomp, syscalls
from autograder.sandbox.own_python import PACKAGE
from autograder.sandbox.tiers import CONTAINER, NAMESPACES
from autograder.sandbox.usage import private_bytes

# Where the student's files, their home and the kernel's sockets lie inside namespaces.
INSIDE, HOME, SOCKETS = "/tmp/work", "/tmp/home", "/tmp/sockets"
# Where the grader is root its kernels run as this user, whom nobody else is.
OWN_USER = 64_901
# The user that students' code sees itself as, in namespaces.
SEEN_AS = 1000
# The number of root's right to all files.
CAP_DAC_OVERRIDE = 1
OPEN_FILES = 512
# Terminals that a kernel may open, and signals that may wait for all that runs as its user: each takes memory that
# nobody counts.
TERMINALS, WAITING_SIGNALS = 16, 4096
# What bubblewrap binds from the machine's /dev.
DEVICES = ("null", "zero", "full", "random", "urandom", "tty")
# Files of the machine that Python and numerical libraries read; the rest of /etc and /proc says things about it.
_READ = ("/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/etc/ld.so.cache", "/etc/localtime", "/etc/alternatives",
         "/proc/self", "/proc/cpuinfo", "/proc/meminfo", "/proc/stat", "/proc/sys/vm/overcommit_memory",
         "/sys/devices/system/cpu", "/dev/urandom", "/dev/random")  # fmt: skip
_COVERED = ("/proc/sys", "/proc/sysrq-trigger", "/proc/irq", "/proc/bus")


def settle_zygote(tier: str) -> None:
    """Leave root, if the zygote runs as root: another user can open neither root's files nor the machine's settings.

    Without namespaces of its own it stays root if nobody else could read Python, or if the grader couldn't reach the
    sockets of another user's kernels; its kernels give up every power.
    """
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, 9)
    if os.getuid() == 0:
        if tier == NAMESPACES:
            for path in _COVERED:  # bubblewrap's covers would forbid a fresh /proc further in; this user needs none
                syscalls.unmount(path)
            _become(OWN_USER)
        elif tier == CONTAINER and has_all_files() and _readable_by_others():
            _become(OWN_USER)
    syscalls.prctl(syscalls.PR_SET_PDEATHSIG, 9)  # forgotten when the user changed


def has_all_files() -> bool:
    """Whether this process may open every file, as root may unless that was taken away from it."""
    status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    effective = next(line.split()[1] for line in status.splitlines() if line.startswith("CapEff:"))
    return bool(int(effective, 16) & 1 << CAP_DAC_OVERRIDE)


def _become(user: int) -> None:
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    syscalls.prctl(syscalls.PR_SET_DUMPABLE, 1)  # so that it may write its own /proc/self/uid_map


def python_folders() -> list[str]:
    """The interpreter, its environment and this package, except what is below /usr."""
    wanted = [sys.base_prefix, sys.prefix, str(PACKAGE)]
    return [path for path in dict.fromkeys(wanted) if not Path(path).is_relative_to("/usr")]


def _readable_by_others() -> bool:
    """Whether a user without any right of its own can get at Python and this package."""
    for path in (*python_folders(), str(Path(__file__)), sys.executable):
        real = Path(path).resolve()
        if not all(folder.stat().st_mode & 0o001 for folder in real.parents) or not real.stat().st_mode & 0o004:
            return False
    return True


def enter_namespaces() -> None:
    """Take namespaces of one's own; the process forked next is the first one in them."""
    user, group = os.geteuid(), os.getegid()
    syscalls.unshare(syscalls.NEW_NAMESPACES)
    for name, words in (
        ("setgroups", "deny"), ("uid_map", f"{SEEN_AS} {user} 1"), ("gid_map", f"{SEEN_AS} {group} 1")
    ):  # fmt: skip
        Path(f"/proc/self/{name}").write_text(words, encoding="ascii")


def make_rooms(folder: str, limits: Limits) -> None:
    """In namespaces: a /tmp and /dev/shm of one limited size, a /proc with nothing but one's own processes, and of the
    sockets' folders none but `folder`, one's own."""
    syscalls.mount("none", "/", flags=syscalls.MS_REC | syscalls.MS_PRIVATE)
    hidden = {SOCKETS: os.open(folder, os.O_PATH)}
    hidden |= {path: os.open(path, os.O_PATH) for path in python_folders() if Path(path).is_relative_to("/tmp")}
    plain = syscalls.MS_NOSUID | syscalls.MS_NODEV
    syscalls.mount("tmpfs", "/tmp", "tmpfs", plain, f"size={limits.disk_bytes},nr_inodes=20000,mode=1777")
    for path in (INSIDE, HOME, "/tmp/.shm"):
        os.mkdir(path)
    for path, descriptor in hidden.items():  # those that lay below the old /tmp
        os.makedirs(path, exist_ok=True)
        syscalls.mount(f"/proc/self/fd/{descriptor}", path, flags=syscalls.MS_BIND | syscalls.MS_REC)
        os.close(descriptor)
    syscalls.mount("/tmp/.shm", "/dev/shm", flags=syscalls.MS_BIND)
    terminals = f"newinstance,ptmxmode=0666,max={TERMINALS}"
    syscalls.mount("devpts", "/dev/pts", "devpts", syscalls.MS_NOSUID | syscalls.MS_NOEXEC, terminals)
    for name in DEVICES:  # still writable, but not to be given another time of its last change, which all would see
        again = syscalls.MS_REMOUNT | syscalls.MS_BIND | syscalls.MS_RDONLY | syscalls.MS_NOSUID
        syscalls.mount("none", f"/dev/{name}", flags=again)
    syscalls.mount("proc", "/proc", "proc", plain | syscalls.MS_NOEXEC)


def close_sockets_folder() -> None:
    """In namespaces, when the kernel's sockets are there: nothing else can be written beside them."""
    again = syscalls.MS_REMOUNT | syscalls.MS_BIND | syscalls.MS_RDONLY | syscalls.MS_NOSUID | syscalls.MS_NODEV
    syscalls.mount("none", SOCKETS, flags=again)


def copy_files(names: Sequence[str], descriptors: Sequence[int], folder: str) -> None:
    """Write copies of open data files into the student's folder, under these names."""
    for name, descriptor in zip(names, descriptors, strict=True):
        path = Path(folder, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(descriptor, "rb") as source, path.open("wb") as copy:
            shutil.copyfileobj(source, copy)


def set_limits(limits: Limits, tier: str) -> None:
    """Set the limits that the system itself enforces, on what is quicker than the watch outside.

    They are twice what the watch allows all processes together.
    """
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.disk_bytes,
        resource.RLIMIT_NOFILE: OPEN_FILES,
        # Private memory, written or not: what asks for far more than there is gets a MemoryError at once. A limit on
        # all addresses (RLIMIT_AS) would not do, since TensorFlow reserves many times what it uses.
        resource.RLIMIT_DATA: private_bytes() + 2 * limits.memory_bytes,
        resource.RLIMIT_MSGQUEUE: 0,
        resource.RLIMIT_MEMLOCK: 2**16,
        resource.RLIMIT_SIGPENDING: WAITING_SIGNALS,
    }
    if tier == NAMESPACES:  # elsewhere it would count all that this user runs
        bounds[resource.RLIMIT_NPROC] = 2 * limits.tasks
    for which, bound in bounds.items():
        _, most = resource.getrlimit(which)
        lowest = bound if most == resource.RLIM_INFINITY else min(bound, most)
        resource.setrlimit(which, (lowest, lowest))


def give_up_powers(folder: str, tier: str) -> None:
    """Give up capabilities, other sessions' keys and dangerous system calls.

    If no namespace hides them, also give up all files but Python's and those in `folder`.
    """
    syscalls.new_session_keyring()
    if tier == CONTAINER:
        syscalls.drop_capabilities()
        landlock.restrict([*_READ, *python_folders()], [folder, "/dev/null"])
        seccomp.deny()
    elif tier == NAMESPACES:
        syscalls.drop_capabilities()
        seccomp.deny()


def close_connections(tier: str) -> None:
    """When the kernel's sockets are there: in a container no other connection is made, to whatever listens outside; and
    no rule is added to these."""
    if tier == CONTAINER:
        only = os.getpid() if landlock.version() < landlock.SCOPES_SIGNALS else None
        seccomp.deny_reaching_out(signals_only_to=only)
    if tier in (CONTAINER, NAMESPACES):
        seccomp.deny_rules()


def open_streams_again() -> None:
    """Open the standard streams' /dev/null again: through an open file that all kernels share, one would hear from
    another by its flags and locks."""
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
