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
    begin,
    fail,
    if_any_bit,
    if_any_equal,
    if_at_least,
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
    "chown", "fchown", "lchown", "fchownat", "setxattr", "lsetxattr", "fsetxattr", "removexattr", "lremovexattr",
    "fremovexattr",
)  # fmt: skip
# Calls that send signals, and are not needed for it.
_SIGNALS = (
    "tkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo", "pidfd_send_signal",
)  # fmt: skip
_SIGNALS_BY_FILES = (8, 15)  # F_SETOWN, F_SETOWN_EX
# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: the last three lead nowhere in a network namespace of one's own.
_FAMILIES = (1, 2, 10, 16)
# The flags of clone(2) that make a namespace.
NEW_NAMESPACE = 0x02000000 | 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
_SHARED_ANONYMOUS = 0x21  # MAP_SHARED | MAP_ANONYMOUS
_KIND_OF_SOCKET, _DATAGRAMS, _RAW = 0xF, 2, 3
_DENY = fail(errno.EPERM)


def deny() -> None:
    """Deny this process, and all that it starts, the calls above. PR_SET_NO_NEW_PRIVS must be set."""
    program = begin() + if_at_least(_FIRST_UNKNOWN, fail(errno.ENOSYS)) + on_calls(DENIED, _DENY)
    program += on_calls(_OF_ONESELF, load(FIRST) + if_not(0, fail(0)))
    program += on_call("prlimit64", load(FIRST) + if_not(0, _DENY))
    # glibc falls back from clone3, whose flags lie in memory and cannot be looked at, to clone.
    program += on_call("clone3", fail(errno.ENOSYS))
    program += on_call("clone", load(FIRST) + if_any_bit(NEW_NAMESPACE, _DENY))
    # Shared memory of no file stays when its pages are given back, and is then no process's.
    program += on_call("mmap", load(FOURTH) + if_masked(_SHARED_ANONYMOUS, _SHARED_ANONYMOUS, _DENY))
    program += on_call("socket", load(FIRST) + if_any_equal(_FAMILIES, ALLOW) + _DENY)
    program += on_call("ioctl", load(SECOND) + if_any_equal(_TERMINAL_INPUT, _DENY))
    install_filter(program + ALLOW)


def deny_reaching_out(*, signals_only_to: int | None = None) -> None:
    """Deny what leads out if neither a namespace nor Landlock is in the way: new sockets and connections, changes to
    files' metadata; and signals to any process but one."""
    program = begin() + on_calls(_PASSED_OVER, fail(0)) + on_calls((*_OF_FILES, "socket", "connect"), _DENY)
    # A datagram can be sent from a pair of sockets to any other; the system makes a raw one into one of datagrams.
    kinds = (load(SECOND) + if_masked(_KIND_OF_SOCKET, kind, _DENY) for kind in (_DATAGRAMS, _RAW))
    program += on_call("socketpair", b"".join(kinds))
    if signals_only_to is not None:
        own = (signals_only_to, -signals_only_to & 0xFFFFFFFF, 0)  # the process, its group by number, its group
        program += on_calls(("kill", "tgkill"), load(FIRST) + if_any_equal(own, ALLOW) + _DENY)
        program += on_calls(_SIGNALS, _DENY) + on_call("fcntl", load(SECOND) + if_any_equal(_SIGNALS_BY_FILES, _DENY))
    install_filter(program + ALLOW)
