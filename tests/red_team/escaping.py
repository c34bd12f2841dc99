"""Escaping from the kernel: code that reaches anything outside prints REACHED; what it leaves behind bears the mark."""

from __future__ import annotations

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import WRONG

FULL = DOUBLED + HALVED
# Says of each attempt that did not end in an error that it came through.
_TRY = """
import ctypes, os, resource, signal, socket, subprocess, sys, time
libc = ctypes.CDLL(None, use_errno=True)
def call(number, *arguments):
    result = libc.syscall(number, *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result
def attempt(**ways):
    for name, way in ways.items():
        try:
            way()
        except (OSError, ValueError, subprocess.SubprocessError):
            pass
        else:
            print("REACHED", name.replace("_", " "))
def ran(*command):
    subprocess.run(command, check=True, timeout=5, stdin=subprocess.DEVNULL, capture_output=True)
"""


@attack()
def network(desk: Desk) -> Handed:
    """Connects to a listener on 127.0.0.1 by TCP, sends to it by UDP, by Python and by programs."""
    return (
        WRONG
        + _TRY
        + f"""
here = ("127.0.0.1", {desk.port})
words = b"{desk.mark} speaks"
def tcp():
    with socket.create_connection(here, 2) as connection:
        connection.sendall(words)
def udp():
    socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(words, here)
def program():
    ran("bash", "-c", "echo {desk.mark} speaks > /dev/tcp/127.0.0.1/{desk.port}")
attempt(the_listener=tcp, the_listener_by_a_program=program)
udp()
"""
    )


@attack()
def sockets_of_other_kinds(desk: Desk) -> Handed:
    """Opens sockets that lead past the network: packets, virtual machines, the system's cryptography."""
    return (
        WRONG
        + _TRY
        + "attempt(packets=lambda: socket.socket(17, 3), vsock=lambda: socket.socket(40, 1), alg=lambda: socket.socket(38, 5))\n"
    )


@attack()
def signals_to_others(desk: Desk) -> Handed:
    """Sends signal 0, which does nothing, to every process that it can name, and to its parent by other calls."""
    return (
        WRONG
        + _TRY
        + """
own = {os.getpid()}
def others():
    return [int(name) for name in os.listdir("/proc") if name.isdigit() and int(name) not in own]
def to_a_grader(process):
    if b"nbgrader" not in open(f"/proc/{process}/cmdline", "rb").read():
        raise OSError
    os.kill(process, 0)
for process in others():
    attempt(the_grader=lambda: to_a_grader(process))
"""
    )


@attack()
def powers_over_other_processes(desk: Desk) -> Handed:
    """Traces the grader, reads its memory and limits, takes its descriptors."""
    return (
        WRONG
        + _TRY
        + """
graders = [int(name) for name in os.listdir("/proc") if name.isdigit() and os.access(f"/proc/{name}/cmdline", 4)
           and b"nbgrader" in open(f"/proc/{name}/cmdline", "rb").read()]
for process in graders[:3]:
    attempt(
        tracing_of_the_grader=lambda: call(101, 0x4206, process, 0, 0),
        limits_of_the_grader=lambda: resource.prlimit(process, resource.RLIMIT_NOFILE),
        environment_of_the_grader=lambda: open(f"/proc/{process}/environ", "rb").read(),
        descriptors_of_the_grader=lambda: os.listdir(f"/proc/{process}/fd"),
        folder_of_the_grader=lambda: os.listdir(f"/proc/{process}/cwd/source"),
        memory_of_the_grader=lambda: open(f"/proc/{process}/mem", "rb"),
    )
"""
    )


@attack()
def another_user(desk: Desk) -> Handed:
    """Becomes another user, by itself and by programs that may."""
    return (
        WRONG
        + _TRY
        + """
other = 1 if os.getuid() == 0 else 0  # where nobody else could read Python, kernels are a root without any power
attempt(another_user=lambda: os.setresuid(other, other, other), sudo=lambda: ran("sudo", "-n", "true"),
        su=lambda: ran("su", "-c", "true"), groups=lambda: os.setgroups([0, 4]))
"""
    )


@attack()
def namespaces_and_mounts(desk: Desk) -> Handed:
    """Makes namespaces of its own, in which it would be root, and mounts what it likes."""
    return (
        WRONG
        + _TRY
        + """
attempt(a_user_namespace=lambda: ran("unshare", "-Ur", "true"), a_mount=lambda: ran("unshare", "-Urm", "mount", "-t", "tmpfs", "none", "/mnt"),
        unshare=lambda: ran(sys.executable, "-c", "import ctypes, sys; sys.exit(ctypes.CDLL(None).unshare(0x10000000) != 0)"))
"""
    )


@attack()
def rare_parts_of_the_system(desk: Desk) -> Handed:
    """Opens parts of the system in which most holes are found: bpf, perf, userfaultfd, io_uring, keys, modules."""
    return (
        WRONG
        + _TRY
        + f"""
attempt(userfaultfd=lambda: call(323, 1), io_uring=lambda: call(425, 4, ctypes.create_string_buffer(200)),
        a_key=lambda: call(248, b"user", b"{desk.mark}", b"word", 4, -4), perf=lambda: call(298, bytes(128), 0, -1, -1, 0),
        memfd=lambda: call(319, b"x", 0), shared_memory=lambda: call(31, call(29, 0, 4096, 0o1600), 0, 0),
        settings=lambda: os.open("/proc/sys/kernel/core_pattern", os.O_WRONLY))
"""
    )
