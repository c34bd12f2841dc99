"""What code in a kernel may ask of the system: no capability, namespace, mount or other power; each is tried."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator

import pytest

from autograder.kernels.kernel import Kernel
from autograder.limits import Limits
from autograder.sandbox.seccomp import DENIED, RULES
from autograder.sandbox.syscalls import number_of
from autograder.sandbox.tiers import CONTAINER
from tests.support.tiers import CONFINED, left_of, not_refused, printed

# CLONE_NEW…: time, mount, cgroup, uts, ipc, user, pid, net.
NAMESPACES_OF_THE_SYSTEM = (0x80, 0x20000, 0x2000000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000)


@pytest.fixture(scope="module", params=CONFINED)
def inside(request: pytest.FixtureRequest) -> Iterator[Kernel]:
    kernel = Kernel([], Limits(), request.param)
    yield kernel
    assert printed(kernel, "print('well')") == "well"
    kernel.close()
    assert left_of(kernel) == []


def test_no_capability_and_no_way_to_one(inside: Kernel) -> None:
    status = """
    # CapBnd bounds what a program can give, which NoNewPrivs has it not give; only root can make it empty.
    names = ("CapInh", "CapPrm", "CapEff", "CapAmb")
    held = [line for line in open("/proc/self/status") if line.startswith(names) and int(line.split()[1], 16)]
    print(held, [line.split()[1] for line in open("/proc/self/status") if line.startswith(("NoNewPrivs", "Seccomp:"))])
    """
    assert printed(inside, status) == "[] ['1', '2']"
    # A program that sets its user, run by what is inside, sets nothing.
    code = """
    import shutil, subprocess
    before = os.getresuid(), os.getresgid()
    for program in ("su", "mount", "passwd", "newgrp"):
        path = shutil.which(program, path="/usr/bin:/bin")
        if path:
            ran = subprocess.run([path, "--version"], capture_output=True, check=False)
    run = [sys.executable, "-I", "-c", "import os; print(os.getresuid(), os.getresgid())"]
    print(subprocess.run(run, capture_output=True, text=True, check=False).stdout.strip() == f"{before[0]} {before[1]}")
    """
    assert printed(inside, code) == "True"


def test_no_user_but_its_own(inside: Kernel) -> None:
    attempts = {
        f"{name} {user}": f"os.{name}({user})" for name in ("setuid", "setgid") for user in (1, 33, 64_902, 65_534)
    }
    attempts |= {"groups": "os.setgroups([0])", "from root": "os.setresuid(os.getuid() + 1, -1, -1)"}
    assert not_refused(inside, attempts) == ""


def test_no_new_namespace_by_any_call(inside: Kernel) -> None:
    attempts = {"setns": "call(308, 268, os.open('/proc/self/ns/user', os.O_RDONLY), 0)"}
    for flag in NAMESPACES_OF_THE_SYSTEM:
        attempts[f"unshare {flag:#x}"] = f"call(272, 97, {flag})"
        if flag != 0x80:  # in clone these bits are the signal at the end
            attempts[f"clone {flag:#x}"] = f"call(56, 220, {flag | 17}, 0, 0, 0, 0) or os._exit(0)"
        attempts[f"clone3 {flag:#x}"] = (
            f"import struct\narguments = struct.pack('=11Q', {flag}, 0, 0, 0, 17, 0, 0, 0, 0, 0, 0)\n"
            "call(435, 435, arguments, len(arguments)) or os._exit(0)"
        )
    assert not_refused(inside, attempts) == ""
    program = (
        "import subprocess\nprint(subprocess.run(['unshare', '-Ur', 'true'], capture_output=True).returncode != 0)"
    )
    assert printed(inside, program) == "True"


def test_no_mount_no_other_root_and_no_device(inside: Kernel) -> None:
    attempts = {
        "tmpfs": "call(165, 40, b'none', os.getcwd().encode(), b'tmpfs', 0, 0)",
        "bind": "call(165, 40, b'/usr', os.getcwd().encode(), 0, 4096, 0)",
        "writable again": "call(165, 40, b'none', b'/usr', 0, 4096 | 32, 0)",
        "unmount": "call(166, 39, b'/tmp', 2)",
        "open a tree": "call(428, 428, -100, b'/usr', 1)",
        "chroot": "os.chroot('.')",
        "pivot": "call(155, 41, b'.', b'.')",
        "disk": "os.mknod('disk', 0o60666, os.makedev(254, 0))",
        "memory": "os.mknod('mem', 0o20666, os.makedev(1, 1))",
        "by handle": "call(304, 265, -100, bytes(16), 0)",
    }
    assert not_refused(inside, attempts) == ""


def test_every_call_that_is_denied_fails_for_want_of_a_right(inside: Kernel) -> None:
    # With arguments that mean nothing this does no harm if the filter is missing; msgget would make a queue.
    calls = {call: number_of(call) for call in (*DENIED, *RULES) if call != "msgget"}
    numbers = {call: number for call, number in calls.items() if number is not None}
    code = f"""
    for name, number in {numbers}.items():
        ctypes.set_errno(0)
        if libc.syscall(number, *[ctypes.c_long(-1)] * 6) != -1 or ctypes.get_errno() != {errno.EPERM}:
            print(name, os.strerror(ctypes.get_errno()))
    """
    assert len(numbers) > 60
    assert printed(inside, code) == ""
    for call in (
        "ptrace",
        "bpf",
        "perf_event_open",
        "userfaultfd",
        "io_uring_setup",
        "keyctl",
        "memfd_create",
        "shmget",
    ):
        assert call in numbers


def test_newer_calls_and_other_machines_calls_are_not_there(inside: Kernel) -> None:
    attempts = {str(number): f"call({number}, {number}, -1, -1, -1, -1)" for number in (451, 452, 463, 467, 470, 600)}
    assert not_refused(inside, attempts) == ""
    if os.uname().machine == "x86_64":
        # The 32-bit entry ends whoever uses it; x32 numbers do not lead to the same calls.
        assert not_refused(inside, {"x32": "call(0x40000000 + 101, 0, 0x4206, 1, 0, 0)"}) == ""
        code = """
        import mmap
        machine_code = bytes.fromhex("b814000000cd80c3")  # mov eax, 20 (getpid); int 0x80; ret
        if not os.fork():
            page = mmap.mmap(-1, 4096, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, prot=7)
            page.write(machine_code)
            ctypes.CFUNCTYPE(ctypes.c_long)(ctypes.addressof(ctypes.c_char.from_buffer(page)))()
            os._exit(0)
        print(os.WTERMSIG(os.wait()[1]) in (signal.SIGSYS, signal.SIGSEGV))
        """
        assert printed(inside, code) == "True"


def test_nothing_is_typed_into_a_terminal(inside: Kernel) -> None:
    attempts = {"TIOCSTI": "import fcntl; fcntl.ioctl(0, 0x5412, b'x')", "the grader's": "open('/dev/tty')"}
    assert not_refused(inside, attempts) == ""


def test_what_a_file_is_given_reaches_nobody_else(inside: Kernel) -> None:
    # fcntl's commands for leases, notices, signals, hints and larger pipes; flags of inodes; attributes and ACLs.
    commands = (8, 10, 15, 1024, 1026, 1031, 1033, 1035, 1036, 1038)
    attempts = {f"fcntl {n}": f"import fcntl\nfcntl.fcntl(os.open('.', os.O_RDONLY), {n}, 1)" for n in commands}
    attempts |= {
        f"ioctl {n:#x}": f"import fcntl\nfcntl.ioctl(os.open('.', os.O_RDONLY), {n}, bytes(64))"
        for n in (0x40086602, 0x40087602 & 0xFFFF | 0x6600, 0x401C5820, 0xC0506617)
    }
    attempts |= {
        f"owner of a socket's signals by {n:#x}": f"import fcntl\nfcntl.ioctl(socket.socketpair()[0], {n}, bytes(4))"
        for n in (0x8901, 0x8902)
    }
    attempts |= {
        name: f"open('f', 'w').close()\nos.setxattr('f', {name!r}, b'x' * 40)"
        for name in ("user.word", "system.posix_acl_access", "trusted.word")
    }
    assert not_refused(inside, attempts) == ""


def test_nothing_is_kept_from_whoever_counts(inside: Kernel) -> None:
    attempts = {
        "another reaper": "if libc.prctl(36, 1, 0, 0, 0) < 0:\n    raise OSError(ctypes.get_errno(), 'refused')",
        "open files of a thread's own": "call(436, 436, 400, 500, 2)",
        "a thread with them": "call(56, 220, 0x10000 | 0x900, 0, 0, 0, 0)",
        "a brother": "if call(56, 220, 0x8000 | signal.SIGCHLD, 0, 0, 0, 0) == 0:\n    os._exit(0)",
    }
    assert not_refused(inside, attempts) == ""


def test_no_socket_gets_a_name_that_others_see() -> None:
    kernel = Kernel([], Limits(), CONTAINER)  # in namespaces the name is in a network of the kernel's own
    try:
        assert not_refused(kernel, {"bind": "socket.socketpair()[0].bind('\\0word')"}) == ""
    finally:
        kernel.close()


def test_no_compiled_filter_takes_room_from_others(inside: Kernel) -> None:
    attempts = {
        "of calls": "import struct\nreturned = libc.prctl(22, 2, struct.pack('HxxxxxxQ', 1, 0))\n"
        "if returned < 0:\n    raise OSError(ctypes.get_errno(), 'refused')",
        "of a socket": "import struct\none = ctypes.create_string_buffer(struct.pack('HBBI', 6, 0, 0, 0))\n"
        "pair = socket.socketpair()\n"
        "pair[0].setsockopt(socket.SOL_SOCKET, 26, struct.pack('HxxxxxxQ', 1, ctypes.addressof(one)))",
        "of rules": "call(444, 444, 0, 0, 1)",
        "slots": "call(206, 0, 10, ctypes.byref(ctypes.c_ulong(0)))",
    }
    assert not_refused(inside, attempts) == ""


def test_filters_are_kept_by_what_a_kernel_starts(inside: Kernel) -> None:
    code = "import ctypes, os; print(ctypes.CDLL(None).unshare(0x10000000))"
    run = f"import subprocess\nprint(subprocess.check_output([sys.executable, '-I', '-c', {code!r}]))"
    assert printed(inside, run) == r"b'-1\n'"
