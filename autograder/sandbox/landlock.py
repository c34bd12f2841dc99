"""Landlock: without any privilege, a process gives up the right to all files but some (Linux 5.13 and later)."""

from __future__ import annotations

import ctypes
import os
import stat
import struct
from collections.abc import Iterable

from autograder.sandbox.syscalls import checked, syscall

# Rights of linux/landlock.h: execute, write, read a file; list a folder; then all that changes a folder.
_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_FOLDER = 1, 2, 4, 8
_TRUNCATE, _IOCTL = 1 << 14, 1 << 15
READ = _EXECUTE | _READ_FILE | _READ_FOLDER
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE | _IOCTL
# How many rights each version of the interface knows: one that it does not know is an error.
_RIGHTS = {1: 13, 2: 14, 3: 15, 4: 15}
_TCP, _SIGNALS, _SIGNALS_AND_ABSTRACT_SOCKETS = 3, 2, 3
SCOPES_SIGNALS = 6


def version() -> int:
    """The version of Landlock's interface that this machine has; 0 if it has none."""
    return max(0, syscall("landlock_create_ruleset", None, ctypes.c_size_t(0), 1))


def restrict(readable: Iterable[str], writable: Iterable[str]) -> None:
    """Leave this thread, and all that it starts, only these files and folders and what is below them; no TCP either.

    Paths that do not exist are left out.
    """
    known = version()
    every = (1 << _RIGHTS.get(known, 16)) - 1
    attributes = struct.pack("=QQQ", every, _TCP, _SIGNALS_AND_ABSTRACT_SOCKETS)
    attributes = attributes[: 8 if known < 4 else 16 if known < SCOPES_SIGNALS else 24]
    rules = checked(syscall("landlock_create_ruleset", attributes, ctypes.c_size_t(len(attributes)), 0), "landlock")
    try:
        for path in readable:
            _allow(rules, path, READ & every)
        for path in writable:
            _allow(rules, path, every)
        checked(syscall("landlock_restrict_self", rules, 0), "landlock")
    finally:
        os.close(rules)


def keep_signals_inside() -> None:
    """From here on, signals of this thread and of all that it starts reach those alone; from `SCOPES_SIGNALS` on."""
    attributes = struct.pack("=QQQ", 0, 0, _SIGNALS)
    rules = checked(syscall("landlock_create_ruleset", attributes, ctypes.c_size_t(len(attributes)), 0), "landlock")
    try:
        checked(syscall("landlock_restrict_self", rules, 0), "landlock")
    finally:
        os.close(rules)


def _allow(rules: int, path: str, rights: int) -> None:
    try:
        descriptor = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except OSError:
        return
    try:
        if not stat.S_ISDIR(os.fstat(descriptor).st_mode):
            rights &= _OF_FILES
        rule = struct.pack("=Qi", rights, descriptor)
        checked(syscall("landlock_add_rule", rules, 1, rule, 0), f"landlock: {path}")
    finally:
        os.close(descriptor)
