"""Which system calls a student's code may not make: a seccomp filter.

Denied is what no notebook needs and what reaches out of the sandbox, holds memory that nobody counts, or opens parts of
the operating system in which most holes have been found. A denied call fails with EPERM, as it would for want of a
right.
"""

from __future__ import annotations

import errno

from autograder.sandbox.bpf import (
    ALLOW,
    FIRST,
    FOURTH,
    SECOND,
    THIRD,
    begin,
    fail,
    if_any_bit,
    if_any_equal,
    if_at_least,
    if_equal,
    if_masked,
    if_not,
    load,
    on_call,
    on_calls,
)
from autograder.sandbox.syscalls import install_filter

DENIED = (
    # other processes
    "ptrace", "process_vm_readv", "process_vm_writev", "kcmp", "pidfd_getfd", "process_madvise", "move_pages",
    "migrate_pages", "setpriority", "ioprio_set",
    # keyrings
    "keyctl", "add_key", "request_key",
    # mounts and namespaces
    "mount", "umount2", "pivot_root", "chroot", "unshare", "setns", "open_tree", "move_mount", "fsopen", "fsconfig",
    "fsmount", "fspick", "mount_setattr", "name_to_handle_at", "open_by_handle_at", "sethostname", "setdomainname",
    # memory that belongs to no process
    "memfd_create", "memfd_secret", "shmget", "msgget", "semget", "shmat", "shmctl", "msgsnd", "msgrcv", "msgctl",
    "semop", "semctl", "semtimedop", "mq_open", "mq_unlink",
    # slots that all processes of the machine share
    "io_setup",
    # parts of the system with many holes, and no use here
    "bpf", "perf_event_open", "userfaultfd", "io_uring_setup", "io_uring_enter", "io_uring_register", "vmsplice",
    "modify_ldt", "uselib", "iopl", "ioperm", "lookup_dcookie", "fanotify_init", "inotify_init", "inotify_init1",
    "personality",
    # the machine
    "init_module", "finit_module", "delete_module", "kexec_load", "kexec_file_load", "reboot", "swapon", "swapoff",
    "acct", "syslog", "settimeofday", "clock_settime", "adjtimex", "clock_adjtime", "quotactl", "quotactl_fd",
    "vhangup",
)  # fmt: skip
# Calls whose first argument is a process: they do nothing unless that is 0, the caller itself. Libraries make them for
# their threads, and may give up if they learn that it failed (zmq does).
_OF_ONESELF = (
    "sched_setscheduler", "sched_setparam", "sched_setattr", "sched_setaffinity",
)  # fmt: skip
# Newer calls than the kit knows: C libraries do without them if they fail with ENOSYS.
_FIRST_UNKNOWN = 451
# Calls that change a file's metadata, not what is in it, for which Landlock knows no right. Programs that copy files
# make the first ones in passing: they do nothing, and report no error.
_PASSED_OVER = (
    "chmod", "fchmod", "fchmodat", "utime", "utimes", "futimesat", "utimensat",
)  # fmt: skip
_OF_FILES = (
    "chown", "fchown", "lchown", "fchownat", "removexattr", "lremovexattr", "fremovexattr",
)  # fmt: skip
# Attributes and access lists of files: up to 64 kB each, which nobody counts. Programs that copy files do without them.
_ATTRIBUTES = ("setxattr", "lsetxattr", "fsetxattr")
# Calls that send signals, and are not needed for it.
_SIGNALS = (
    "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal",
)  # fmt: skip
# What fcntl may do: F_DUPFD, F_GETFD, F_SETFD, F_GETFL, F_SETFL, F_GETLK, F_OFD_GETLK, F_DUPFD_CLOEXEC, F_GETPIPE_SZ.
# The rest reaches beyond the caller's own descriptors: leases, hints, signals, larger pipes. To ask for a lock, as
# SQLite does, tells nothing: no kernel can set one.
_OF_DESCRIPTORS = (0, 1, 2, 3, 4, 5, 36, 1030, 1032)
# F_SETLK, F_SETLKW, and the same for open files. Locks on files are granted and do nothing: a notebook has its files to
# itself, while locks on files that all kernels see would be heard by others, and each is memory that nobody counts.
_LOCKS = (6, 7, 37, 38)
# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: the last three lead nowhere in a network namespace of one's own.
_FAMILIES = (1, 2, 10, 16)
# Flags of clone(2): a brother instead of a child, of which the kernel's first process would not hear; a thread; the
# same open files; and those that make a namespace.
_BROTHER, _THREAD, _SAME_FILES = 0x00008000, 0x00010000, 0x00000400
NEW_NAMESPACE = 0x02000000 | 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
# TIOCSTI and TIOCLINUX type into a terminal; FIOSETOWN and SIOCSPGRP have a socket send signals to any process.
_REACHING_OTHERS = (0x5412, 0x541C, 0x8901, 0x8902)
# The second byte of an ioctl's number: flags and keys of files and file systems.
_KIND_OF_IOCTL, _OF_FILE_SYSTEMS = 0xFF00, (0x6600, 0x5800)
# SOL_SOCKET, and its options SO_ATTACH_FILTER, SO_ATTACH_BPF and those for groups of ports: compiled filters.
_SOL_SOCKET, _SOCKET_FILTERS = 1, (26, 50, 51, 52)
_OWN_FILES = 2  # CLOSE_RANGE_UNSHARE
# What makes compiled filters and rules, for which all processes of the machine share the room.
RULES = ("seccomp", "landlock_create_ruleset")
# Whoever sets the second one gets the orphans, which the kernel's first process counts.
_PR_SET_SECCOMP, _PR_SET_CHILD_SUBREAPER = 22, 36
_SHARED_ANONYMOUS = 0x21  # MAP_SHARED | MAP_ANONYMOUS
_KIND_OF_SOCKET, _DATAGRAMS, _RAW = 0xF, 2, 3
_DENY = fail(errno.EPERM)


def deny() -> None:
    """Deny this process, and all that it starts, the calls above. PR_SET_NO_NEW_PRIVS must be set."""
    program = begin() + if_at_least(_FIRST_UNKNOWN, fail(errno.ENOSYS)) + on_calls(DENIED, _DENY)
    program += on_calls(_OF_ONESELF, load(FIRST) + if_not(0, fail(0)))
    program += on_call("prctl", load(FIRST) + if_equal(_PR_SET_CHILD_SUBREAPER, _DENY))
    program += on_call("prlimit64", load(FIRST) + if_not(0, _DENY))
    # glibc falls back from clone3, whose flags lie in memory and cannot be looked at, to clone.
    program += on_call("clone3", fail(errno.ENOSYS))
    program += on_call("clone", load(FIRST) + if_any_bit(NEW_NAMESPACE | _BROTHER, _DENY))
    # A thread with open files of its own: they are counted by processes.
    program += on_call("clone", load(FIRST) + if_masked(_THREAD | _SAME_FILES, _THREAD, _DENY))
    program += on_call("close_range", load(THIRD) + if_any_bit(_OWN_FILES, fail(errno.EINVAL)))
    # Shared memory of no file stays when its pages are given back, and is then no process's.
    program += on_call("mmap", load(FOURTH) + if_masked(_SHARED_ANONYMOUS, _SHARED_ANONYMOUS, _DENY))
    program += on_call("socket", load(FIRST) + if_any_equal(_FAMILIES, ALLOW) + _DENY)
    kinds = (load(SECOND) + if_masked(_KIND_OF_IOCTL, kind, fail(errno.ENOTTY)) for kind in _OF_FILE_SYSTEMS)
    program += on_call("ioctl", load(SECOND) + if_any_equal(_REACHING_OTHERS, _DENY) + b"".join(kinds))
    program += on_calls(_ATTRIBUTES, fail(errno.EOPNOTSUPP)) + on_call("flock", fail(0))
    fcntl = if_any_equal(_OF_DESCRIPTORS, ALLOW) + if_any_equal(_LOCKS, fail(0)) + fail(errno.EINVAL)
    program += on_call("fcntl", load(SECOND) + fcntl)
    filters = if_equal(_SOL_SOCKET, load(THIRD) + if_any_equal(_SOCKET_FILTERS, _DENY))
    program += on_call("setsockopt", load(SECOND) + filters)
    install_filter(program + ALLOW)


def deny_rules() -> None:
    """The last filter: deny further filters and rules."""
    prctl = on_call("prctl", load(FIRST) + if_equal(_PR_SET_SECCOMP, _DENY))
    install_filter(begin() + on_calls(RULES, _DENY) + prctl + ALLOW)


def deny_reaching_out(*, signals_only_to: int | None = None) -> None:
    """Deny what leads out if neither a namespace nor Landlock is in the way: new sockets and connections, names for
    sockets, which all can see, changes to files' metadata; and signals to any process but one."""
    program = begin() + on_calls(_PASSED_OVER, fail(0)) + on_calls((*_OF_FILES, "socket", "connect", "bind"), _DENY)
    # A datagram can be sent from a pair of sockets to any other; the system makes a raw one into one of datagrams.
    kinds = (load(SECOND) + if_masked(_KIND_OF_SOCKET, kind, _DENY) for kind in (_DATAGRAMS, _RAW))
    program += on_call("socketpair", b"".join(kinds))
    if signals_only_to is not None:
        own = (signals_only_to, -signals_only_to & 0xFFFFFFFF, 0)  # the process, its group by number, its group
        program += on_calls(("kill", "tgkill"), load(FIRST) + if_any_equal(own, ALLOW) + _DENY)
        program += on_calls(_SIGNALS, _DENY)
    install_filter(program + ALLOW)
