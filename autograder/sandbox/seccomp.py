"""Which system calls a student's code may not make: a seccomp filter, written as its BPF instructions.

Denied is what no notebook needs and what reaches out of the sandbox, holds memory that nobody counts, or opens parts of
the operating system in which most holes have been found. A denied call fails with EPERM, as it would for want of a right.
"""

from __future__ import annotations

import errno
import platform
import struct

from autograder.sandbox.syscalls import install_filter

_Calls = dict[str, tuple[int | None, int | None]]
# name: (number on x86_64, number on aarch64); None where the machine has no such call.
_DENIED: _Calls = {
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "move_pages": (279, 239), "migrate_pages": (256, 238),
    "setpriority": (141, 140), "ioprio_set": (251, 30),
    # keyrings
    "keyctl": (250, 219), "add_key": (248, 217), "request_key": (249, 218),
    # mounts and namespaces
    "mount": (165, 40), "umount2": (166, 39), "pivot_root": (155, 41), "chroot": (161, 51), "unshare": (272, 97),
    "setns": (308, 268), "open_tree": (428, 428), "move_mount": (429, 429), "fsopen": (430, 430),
    "fsconfig": (431, 431), "fsmount": (432, 432), "fspick": (433, 433), "mount_setattr": (442, 442),
    "name_to_handle_at": (303, 264), "open_by_handle_at": (304, 265), "sethostname": (170, 161),
    "setdomainname": (171, 162),
    # memory that belongs to no process
    "memfd_create": (319, 279), "memfd_secret": (447, 447), "shmget": (29, 194), "msgget": (68, 186), "semget": (64, 190),
    "shmat": (30, 196), "shmctl": (31, 195), "msgsnd": (69, 189), "msgrcv": (70, 188), "msgctl": (71, 187),
    "semop": (65, 193), "semctl": (66, 191), "semtimedop": (220, 192), "mq_open": (240, 180), "mq_unlink": (241, 181),
    # parts of the system with many holes, and no use here
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "vmsplice": (278, 75), "modify_ldt": (154, None),
    "uselib": (134, None), "iopl": (172, None), "ioperm": (173, None), "lookup_dcookie": (212, 18),
    "fanotify_init": (300, 262), "inotify_init": (253, None), "inotify_init1": (294, 26), "personality": (135, 92),
    # the machine
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89),
    "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "clock_adjtime": (305, 266), "quotactl": (179, 60), "quotactl_fd": (443, 443), "vhangup": (153, 58),
}  # fmt: skip
_OTHERS: _Calls = {"clone": (56, 220), "clone3": (435, 435), "socket": (41, 198), "connect": (42, 203),
                  "ioctl": (16, 29),
                  "socketpair": (53, 199), "mmap": (9, 222), "fcntl": (72, 25), "prlimit64": (302, 261),
                  "kill": (62, 129), "tgkill": (234, 131)}  # fmt: skip
# Calls whose first argument is a process: they do nothing unless that is 0, the caller itself. Libraries make them for
# their threads, and may give up where they are told that it failed (zmq does).
_OF_ONESELF: _Calls = {"sched_setscheduler": (144, 119), "sched_setparam": (142, 118), "sched_setattr": (314, 274),
                       "sched_setaffinity": (203, 122)}  # fmt: skip
# Newer calls than the kit knows: C libraries do without them where they fail with ENOSYS.
_FIRST_UNKNOWN = 451
# Calls that change what is said of a file, not what is in it, for which Landlock knows no right. Programs that copy files
# make the first ones in passing: they do nothing, and do not say so.
_PASSED_OVER: _Calls = {"chmod": (90, None), "fchmod": (91, 52), "fchmodat": (268, 53), "utime": (132, None),
                       "utimes": (235, None), "futimesat": (261, None), "utimensat": (280, 88)}  # fmt: skip
_OF_FILES: _Calls = {"chown": (92, None), "fchown": (93, 55), "lchown": (94, None), "fchownat": (260, 54),
                     "setxattr": (188, 5), "lsetxattr": (189, 6), "fsetxattr": (190, 7), "removexattr": (197, 14),
                     "lremovexattr": (198, 15), "fremovexattr": (199, 16)}  # fmt: skip
# Calls that send signals, and are not needed for it.
_SIGNALS: _Calls = {"tkill": (200, 130), "rt_sigqueueinfo": (129, 138), "rt_tgsigqueueinfo": (297, 240),
                   "pidfd_send_signal": (424, 424)}  # fmt: skip
_SIGNALS_BY_FILES = (8, 15)  # F_SETOWN, F_SETOWN_EX
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: the last three lead nowhere in a network namespace of one's own.
_FAMILIES = (1, 2, 10, 16)
_NEW_NAMESPACE = 0x02000000 | 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
_SHARED_ANONYMOUS = 0x21  # MAP_SHARED | MAP_ANONYMOUS
_KIND_OF_SOCKET, _DATAGRAMS, _RAW = 0xF, 2, 3
# Offsets in struct seccomp_data: nr, arch, and the lower half of arguments (both machines: little-endian).
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND, _FOURTH = 0, 4, 16, 24, 40
_LOAD, _AND, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x54, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000


def supported() -> bool:
    """Whether the numbers of this machine's calls are known."""
    return platform.machine() in _ARCHITECTURES


def deny() -> None:
    """Deny this process, and all that it starts, the calls above. PR_SET_NO_NEW_PRIVS must be set."""
    architecture, column = _ARCHITECTURES[platform.machine()]
    program = _head(architecture) + _instruction(_AT_LEAST, 0, 1, _FIRST_UNKNOWN) + _fail(errno.ENOSYS)
    program += _each(_DENIED, column, _fail(errno.EPERM))
    other = _load(_FIRST), _instruction(_EQUAL, 1, 0, 0)
    program += _each(_OF_ONESELF, column, *other, _fail(0)) + _if(
        _OTHERS["prlimit64"][column], *other, _fail(errno.EPERM)
    )
    # glibc falls back from clone3, whose flags lie in memory and cannot be looked at, to clone.
    program += _if(_OTHERS["clone3"][column], _fail(errno.ENOSYS))
    program += _if(
        _OTHERS["clone"][column], _load(_FIRST), _instruction(_ANY_BIT, 0, 1, _NEW_NAMESPACE), _fail(errno.EPERM)
    )
    # Shared memory of no file stays when its pages are given back, and is then no process's.
    program += _if(
        _OTHERS["mmap"][column], _load(_FOURTH), *_match(_SHARED_ANONYMOUS, _SHARED_ANONYMOUS, _fail(errno.EPERM))
    )
    allowed = [part for family in _FAMILIES for part in (_instruction(_EQUAL, 0, 1, family), _return(_ALLOW))]
    program += _if(_OTHERS["socket"][column], _load(_FIRST), *allowed, _fail(errno.EPERM))
    requests = [part for word in _TERMINAL_INPUT for part in (_instruction(_EQUAL, 0, 1, word), _fail(errno.EPERM))]
    program += _if(_OTHERS["ioctl"][column], _load(_SECOND), *requests)
    install_filter(program + _return(_ALLOW))


def deny_reaching_out(*, signals_only_to: int | None = None) -> None:
    """Deny what leads out where no namespace is in the way, and Landlock is not either: new sockets and connections,
    changes to what is said of files; and signals to any process but one."""
    architecture, column = _ARCHITECTURES[platform.machine()]
    program = _head(architecture) + _each(_PASSED_OVER, column, _fail(0)) + _each(_OF_FILES, column, _fail(errno.EPERM))
    for name in ("socket", "connect"):
        program += _if(_OTHERS[name][column], _fail(errno.EPERM))
    # A datagram can be sent from a pair of sockets to any other; the system makes a raw one into one of datagrams.
    kinds = [_match(_KIND_OF_SOCKET, kind, _fail(errno.EPERM)) for kind in (_DATAGRAMS, _RAW)]
    program += _if(_OTHERS["socketpair"][column], *(part for kind in kinds for part in (_load(_SECOND), *kind)))
    if signals_only_to is not None:
        own = (signals_only_to, -signals_only_to & 0xFFFFFFFF, 0)  # the process, its group by number, its group
        allowed = [part for word in own for part in (_instruction(_EQUAL, 0, 1, word), _return(_ALLOW))]
        for name in ("kill", "tgkill"):
            program += _if(_OTHERS[name][column], _load(_FIRST), *allowed, _fail(errno.EPERM))
        program += _each(_SIGNALS, column, _fail(errno.EPERM))
        owners = [part for word in _SIGNALS_BY_FILES for part in (_instruction(_EQUAL, 0, 1, word), _fail(errno.EPERM))]
        program += _if(_OTHERS["fcntl"][column], _load(_SECOND), *owners)
    install_filter(program + _return(_ALLOW))


def _each(calls: _Calls, column: int, *then: bytes) -> bytes:
    """What follows the number of any of these calls, of those that the machine has."""
    return b"".join(_if(numbers[column], *then) for numbers in calls.values() if numbers[column] is not None)


def _head(architecture: int) -> bytes:
    """Ends a process that makes calls in another machine's numbers, and denies x86_64's second set of numbers."""
    x32 = _instruction(_AT_LEAST, 0, 1, 0x40000000) + _fail(errno.ENOSYS)
    check = _load(_ARCHITECTURE) + _instruction(_EQUAL, 1, 0, architecture) + _return(_KILL)
    return check + _load(_NUMBER) + x32


def _if(number: int | None, *then: bytes) -> bytes:
    """What follows a call's number; a part that falls through goes on with the number loaded again."""
    assert number is not None
    body = b"".join(then) + _load(_NUMBER)
    return _instruction(_EQUAL, 0, len(body) // 8, number) + body


def _match(mask: int, wanted: int, *then: bytes) -> tuple[bytes, ...]:
    """What follows when the loaded argument has these bits, of those in the mask."""
    return _instruction(_AND, 0, 0, mask), _instruction(_EQUAL, 0, len(then), wanted), *then


def _load(offset: int) -> bytes:
    return _instruction(_LOAD, 0, 0, offset)


def _return(value: int) -> bytes:
    return _instruction(_RETURN, 0, 0, value)


def _fail(number: int) -> bytes:
    return _return(_ERROR | number)


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
