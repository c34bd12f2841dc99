"""Which system calls a student's code may not make: a seccomp filter, written as its BPF instructions.

Denied is what no notebook needs and what reaches out of the sandbox, holds memory that nobody counts, or opens parts of
the operating system in which most holes have been found. A denied call fails with EPERM, as it would for want of a right.
"""

from __future__ import annotations

import errno
import platform
import struct

from autograder.kernels.syscalls import install_filter

# name: (number on x86_64, number on aarch64); None where the machine has no such call.
_DENIED: dict[str, tuple[int | None, int | None]] = {
    # other processes
    "ptrace": (101, 117), "process_vm_readv": (310, 270), "process_vm_writev": (311, 271), "kcmp": (312, 272),
    "pidfd_getfd": (438, 438), "process_madvise": (440, 440), "move_pages": (279, 239), "migrate_pages": (256, 238),
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
    "mq_open": (240, 180),
    # parts of the system with many holes, and no use here
    "bpf": (321, 280), "perf_event_open": (298, 241), "userfaultfd": (323, 282), "io_uring_setup": (425, 425),
    "io_uring_enter": (426, 426), "io_uring_register": (427, 427), "vmsplice": (278, 75), "modify_ldt": (154, None),
    "uselib": (134, None), "iopl": (172, None), "ioperm": (173, None), "lookup_dcookie": (212, 18),
    "fanotify_init": (300, 262), "personality": (135, 92),
    # the machine
    "init_module": (175, 105), "finit_module": (313, 273), "delete_module": (176, 106), "kexec_load": (246, 104),
    "kexec_file_load": (320, 294), "reboot": (169, 142), "swapon": (167, 224), "swapoff": (168, 225), "acct": (163, 89),
    "syslog": (103, 116), "settimeofday": (164, 170), "clock_settime": (227, 112), "adjtimex": (159, 171),
    "clock_adjtime": (305, 266), "quotactl": (179, 60), "quotactl_fd": (443, 443), "vhangup": (153, 58),
}  # fmt: skip
_OTHERS = {"clone": (56, 220), "clone3": (435, 435), "socket": (41, 198), "connect": (42, 203), "ioctl": (16, 29),
           "kill": (62, 129), "tkill": (200, 130), "tgkill": (234, 131)}  # fmt: skip
_ARCHITECTURES = {"x86_64": (0xC000003E, 0), "aarch64": (0xC00000B7, 1)}
# AF_UNIX, AF_INET, AF_INET6, AF_NETLINK: the last three lead nowhere in a network namespace of one's own.
_FAMILIES = (1, 2, 10, 16)
_NEW_NAMESPACE = 0x02000000 | 0x00020000 | 0x04000000 | 0x08000000 | 0x10000000 | 0x20000000 | 0x40000000
_TERMINAL_INPUT = (0x5412, 0x541C)  # TIOCSTI, TIOCLINUX
# Offsets in struct seccomp_data: nr, arch, and the lower half of the first two arguments (both machines: little-endian).
_NUMBER, _ARCHITECTURE, _FIRST, _SECOND = 0, 4, 16, 24
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_ALLOW, _ERROR, _KILL = 0x7FFF0000, 0x00050000, 0x80000000


def supported() -> bool:
    """Whether the numbers of this machine's calls are known."""
    return platform.machine() in _ARCHITECTURES


def deny() -> None:
    """Deny this process, and all that it starts, the calls above. PR_SET_NO_NEW_PRIVS must be set."""
    architecture, column = _ARCHITECTURES[platform.machine()]
    program = _head(architecture)
    for numbers in _DENIED.values():
        number = numbers[column]
        if number is not None:
            program += _if(number, _fail(errno.EPERM))
    # glibc falls back from clone3, whose flags lie in memory and cannot be looked at, to clone.
    program += _if(_OTHERS["clone3"][column], _fail(errno.ENOSYS))
    program += _if(
        _OTHERS["clone"][column], _load(_FIRST), _instruction(_ANY_BIT, 0, 1, _NEW_NAMESPACE), _fail(errno.EPERM)
    )
    allowed = [part for family in _FAMILIES for part in (_instruction(_EQUAL, 0, 1, family), _return(_ALLOW))]
    program += _if(_OTHERS["socket"][column], _load(_FIRST), *allowed, _fail(errno.EPERM))
    requests = [part for word in _TERMINAL_INPUT for part in (_instruction(_EQUAL, 0, 1, word), _fail(errno.EPERM))]
    program += _if(_OTHERS["ioctl"][column], _load(_SECOND), *requests)
    install_filter(program + _return(_ALLOW))


def deny_connections(*, signals_only_to: int | None = None) -> None:
    """Deny new sockets and connections, where no network namespace does; and signals to any process but one."""
    architecture, column = _ARCHITECTURES[platform.machine()]
    program = _head(architecture)
    for name in ("socket", "connect"):
        program += _if(_OTHERS[name][column], _fail(errno.EPERM))
    if signals_only_to is not None:
        own = (signals_only_to, -signals_only_to & 0xFFFFFFFF, 0)  # the process, its group by number, its group
        allowed = [part for word in own for part in (_instruction(_EQUAL, 0, 1, word), _return(_ALLOW))]
        for name in ("kill", "tgkill"):
            program += _if(_OTHERS[name][column], _load(_FIRST), *allowed, _fail(errno.EPERM))
        program += _if(_OTHERS["tkill"][column], _fail(errno.EPERM))
    install_filter(program + _return(_ALLOW))


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


def _load(offset: int) -> bytes:
    return _instruction(_LOAD, 0, 0, offset)


def _return(value: int) -> bytes:
    return _instruction(_RETURN, 0, 0, value)


def _fail(number: int) -> bytes:
    return _return(_ERROR | number)


def _instruction(code: int, if_true: int, if_false: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, if_true, if_false, value)
