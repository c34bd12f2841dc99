"""System calls that Python has no function for: mounting, giving up powers, Landlock and seccomp filters."""

from __future__ import annotations

import ctypes
import os
import platform

# From linux/mount.h, linux/sched.h, linux/prctl.h.
MS_RDONLY, MS_NOSUID, MS_NODEV, MS_NOEXEC, MS_REMOUNT, MS_BIND, MS_REC, MS_PRIVATE = (
    1,
    2,
    4,
    8,
    32,
    4096,
    16384,
    1 << 18,
)
NEW_NAMESPACES = 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000  # mnt uts ipc user pid net
PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_SET_SECCOMP, PR_CAPBSET_DROP, PR_SET_CHILD_SUBREAPER, PR_SET_NO_NEW_PRIVS = (
    1, 4, 22, 24, 36, 38
)  # fmt: skip
LAST_CAPABILITY = 63
# Numbers of calls that the C library has no function for.
NUMBERS = {
    "x86_64": {"keyctl": 250, "seccomp": 317},
    "aarch64": {"keyctl": 219, "seccomp": 277},
}
LANDLOCK_CREATE, LANDLOCK_ADD, LANDLOCK_RESTRICT = 444, 445, 446

_libc = ctypes.CDLL(None, use_errno=True)


def checked(result: int, what: str) -> int:
    """The result of a system call; OSError with its reason where it failed."""
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, f"{what}: {os.strerror(number)}")
    return result


def syscall(number: int, *arguments: object) -> int:
    """Any system call, by number."""
    return int(_libc.syscall(ctypes.c_long(number), *arguments))


def number_of(name: str) -> int | None:
    """The number of one of `NUMBERS` on this machine, or None where it is not known."""
    return NUMBERS.get(platform.machine(), {}).get(name)


def mount(source: str, target: str, kind: str = "", flags: int = 0, options: str = "") -> None:
    """mount(2)."""
    done = _libc.mount(source.encode(), target.encode(), kind.encode(), ctypes.c_ulong(flags), options.encode())
    checked(done, f"mount {source} on {target}")


def unmount(target: str) -> None:
    """Take away what is mounted at `target`; nothing happens where nothing is."""
    _libc.umount2(target.encode(), 2)  # MNT_DETACH


def unshare(flags: int) -> None:
    """unshare(2)."""
    checked(_libc.unshare(flags), "unshare")


def prctl(option: int, argument: int = 0) -> int:
    """prctl(2) with one argument; its result, negative where it failed."""
    zero = ctypes.c_ulong(0)
    return int(_libc.prctl(option, ctypes.c_ulong(argument), zero, zero, zero))


def end_with(parent: int, how: int) -> None:
    """Have this process get the signal `how` when its parent ends; end at once where that has ended already."""
    prctl(PR_SET_PDEATHSIG, how)
    if os.getppid() != parent:
        os._exit(1)


def drop_capabilities() -> None:
    """Give up every capability, and the ways to get one back by running a program."""
    for capability in range(LAST_CAPABILITY + 1):
        prctl(PR_CAPBSET_DROP, capability)  # fails beyond the last one that this kernel knows
    checked(prctl(PR_SET_NO_NEW_PRIVS, 1), "no_new_privs")
    header = (ctypes.c_uint32 * 2)(0x20080522, 0)
    none = (ctypes.c_uint32 * 6)()
    checked(_libc.capset(ctypes.byref(header), ctypes.byref(none)), "capset")


def new_session_keyring() -> None:
    """Take an empty session keyring: the inherited one would carry words from one submission to the next."""
    number = number_of("keyctl")
    if number is not None:
        syscall(number, 1, None)  # JOIN_SESSION_KEYRING


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def install_filter(instructions: bytes) -> None:
    """Have every system call of this process, of all its threads, judged by a BPF program of 8-byte instructions."""
    program = _Program(len(instructions) // 8, instructions)
    number = number_of("seccomp")
    assert number is not None
    every_thread = 1  # SECCOMP_FILTER_FLAG_TSYNC
    checked(syscall(number, 1, every_thread, ctypes.byref(program)), "seccomp")
