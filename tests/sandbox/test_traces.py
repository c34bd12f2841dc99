"""What a kernel leaves behind: nothing on the machine, for the next kernel of its zygote, or for one beside it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.kernels.kernel import Kernel
from autograder.limits import Limits
from autograder.sandbox.tiers import NAMESPACES
from tests.support.tiers import CONFINED, left_of, printed, processes_naming

# Each leaves a mark by one way, as far as it can, then keeps going where that is a process.
LEAVES = """
import subprocess
ways = [
    lambda: [open(f"{d}/{mark}", "w").write(mark) for d in [os.getcwd()]],
    lambda: open(f"/tmp/{mark}", "w").write(mark),
    lambda: open(f"/dev/shm/{mark}", "w").write(mark),
    lambda: open(f"/var/tmp/{mark}", "w").write(mark),
    lambda: open(f"{os.environ['HOME']}/{mark}", "w").write(mark),
    lambda: os.mkfifo(mark),
    lambda: socket.socket(socket.AF_UNIX).bind(os.path.abspath("socket")),
    lambda: socket.socket(socket.AF_UNIX).bind("\\0" + mark),
    lambda: call(248, 217, b"user", mark.encode(), mark.encode(), len(mark), -3),
    lambda: call(248, 217, b"user", mark.encode(), mark.encode(), len(mark), -4),
    lambda: call(29, 194, 0x6B6B6B, 4096, 0o1666),
    lambda: call(68, 186, 0x6B6B6B, 0o1666),
    lambda: call(64, 190, 0x6B6B6B, 1, 0o1666),
    lambda: call(240, 180, b"autograder-mark", 0o102, 0o600, 0),
    lambda: os.openpty(),
    lambda: call(165, 40, b"none", os.getcwd().encode(), b"tmpfs", 0, 0),
    lambda: call(170, 161, mark.encode(), len(mark)),
    lambda: libc.prctl(15, mark[:15].encode()),
    lambda: subprocess.Popen(["sh", "-c", "trap '' TERM HUP INT; sleep 300; true", mark], start_new_session=True),
    lambda: os.fork() or (os.setsid(), os.fork() and os._exit(0), os.execvp("sleep", ["sleep", "301"])),
    lambda: os.environ.update(MARK=mark),
    lambda: setattr(sys.modules["numpy"], "mark", mark),
]
for way in ways:
    try:
        way()
    except OSError:
        pass
time.sleep(0.3)
print("left")
"""
SEES = """
seen = []
for top in ("/tmp", "/dev/shm", "/var/tmp", os.environ["HOME"], ".."):
    seen += [name for _, folders, names in os.walk(top) for name in folders + names]
for line in ("/proc/net/unix", "/proc/self/mountinfo", "/proc/sysvipc/shm", "/proc/keys", "/proc/sys/kernel/hostname"):
    try:
        seen.append(open(line).read())
    except OSError:
        pass
for number in range(1, 400):
    try:
        seen.append(open(f"/proc/{number}/cmdline").read() + open(f"/proc/{number}/comm").read())
    except OSError:
        pass
seen += [repr(dict(os.environ)), repr(vars(sys.modules["numpy"]).get("mark")), socket.gethostname()]
print(mark in repr(seen) or mark[:15] in repr(seen))
for name in ("SysV", 0):
    try:
        print(call(29, 194, 0x6B6B6B, 4096, 0) if name else call(250, 219, 10, -3, b"user"))
    except OSError:
        pass
"""


@pytest.fixture(params=CONFINED)
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def on_this_machine() -> set[str]:
    """What could be left on this machine: of files, shared memory, queues, mounts, terminals, keys, by name."""
    found = {str(path) for top in ("/dev/shm", "/dev/mqueue", "/dev/pts", "/var/tmp") for path in Path(top).glob("*")}
    for path in ("/proc/sysvipc/shm", "/proc/sysvipc/msg", "/proc/sysvipc/sem", "/proc/self/mountinfo"):
        try:
            lines = Path(path).read_text().splitlines()
        except OSError:
            continue
        found |= {f"{path}: {line.split()[1 if 'sysvipc' in path else 4]}" for line in lines}
    return found


def test_the_machine_and_the_next_kernel_see_nothing_of_the_first(tier: str) -> None:
    before, beside = on_this_machine(), Kernel([], Limits(), tier)
    first = Kernel([], Limits(), tier)
    mark = f"left-by-{first.folder.name}"
    named = f"mark = {mark!r}\n"
    try:
        assert printed(first, named + LEAVES) == "left"
        assert printed(beside, named + SEES) == "False"
    finally:
        first.close()
    after = Kernel([], Limits(), tier)
    try:
        assert printed(after, named + SEES) == "False"
    finally:
        after.close()
        beside.close()
    assert processes_naming(mark) == processes_naming("sleep\x00301") == []
    assert left_of(first) == left_of(after) == left_of(beside) == []
    assert {
        path for path in on_this_machine() - before if mark in path or "mountinfo" in path or "6b6b6b" in path
    } == set()
    assert mark not in Path("/proc/net/unix").read_text() + Path("/proc/keys").read_text()
    assert mark not in repr([names for _, _, names in os.walk(first.folder.parent)])


@pytest.fixture
def two(tier: str) -> Iterator[tuple[Kernel, Kernel]]:
    kernels = Kernel([], Limits(), tier), Kernel([], Limits(), tier)
    yield kernels
    for kernel in kernels:
        kernel.close()


def test_two_kernels_share_no_pipe_socket_or_file(two: tuple[Kernel, Kernel]) -> None:
    code = "print(*{os.readlink(f'/proc/self/fd/{n}') for n in range(512) if os.path.lexists(f'/proc/self/fd/{n}')})"
    one, other = (set(printed(kernel, code).split()) for kernel in two)
    assert len(one) > 3
    assert {name for name in one & other if not name.startswith("anon_inode:")} <= {"/dev/null"}


def test_two_kernels_draw_numbers_of_their_own(two: tuple[Kernel, Kernel]) -> None:
    code = """
    import random, secrets, uuid
    import numpy as np
    print(np.random.rand(), np.random.default_rng().random(), random.random(), secrets.token_hex(), uuid.uuid4())
    """
    one, other = (printed(kernel, code).split() for kernel in two)
    assert len(one) == 5
    assert [number for number in one if number in other] == []


# Ways to say a word through what all kernels share, and ways to hear it.
SHARED = """
import fcntl, struct
def said():
    heard = []
    for name in sorted(os.listdir("/proc/self/fd"), key=int):
        try:
            path = os.readlink(f"/proc/self/fd/{name}")
            if path.startswith("/dev/"):
                heard.append((path, fcntl.fcntl(int(name), fcntl.F_GETFL) & os.O_NONBLOCK))
        except OSError:
            pass
    for path in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/full", "/usr/bin/env", "/usr/share", os.path.dirname(os.__file__)):
        try:
            about = os.stat(path)
            heard.append((path, about.st_mode, about.st_mtime_ns, about.st_atime_ns if path[:5] == "/dev/" else 0))
        except OSError:
            pass
        lock = struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 0, 0, 0)
        for command in (fcntl.F_GETLK, 36):
            try:
                with open(path, "rb+" if path == "/dev/null" else "rb", buffering=0) as file:
                    heard.append((path, fcntl.fcntl(file, command, lock)))
            except OSError:
                pass
    return heard
"""
SAY = """
for name in os.listdir("/proc/self/fd"):
    for way in (
        lambda fd: fcntl.fcntl(fd, fcntl.F_SETFL, fcntl.fcntl(fd, fcntl.F_GETFL) | os.O_NONBLOCK),
        lambda fd: fcntl.fcntl(fd, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 3, 5, 0)),
        lambda fd: fcntl.fcntl(fd, fcntl.F_SETLK, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 3, 5, 0)),
        lambda fd: fcntl.flock(fd, fcntl.LOCK_EX),
        lambda fd: os.utime(fd, (1, 1)),
        lambda fd: os.utime(fd),
    ):
        try:
            if os.readlink(f"/proc/self/fd/{name}").startswith("/dev/"):
                way(int(name))
        except OSError:
            pass
for path in ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/full", "/dev/tty", "/usr/bin/env"):
    for way in (os.utime, lambda p: os.chmod(p, 0o777), lambda p: open(p, "rb").read(1), lambda p: os.utime(p, (1, 1))):
        try:
            way(path)
        except OSError:
            pass
print("said")
"""


def test_open_files_and_devices_carry_no_word(tier: str) -> None:
    first = Kernel([], Limits(), tier)
    second = Kernel([], Limits(), tier)
    try:
        before = printed(second, SHARED + "print(said())")
        assert "/dev/null" in before
        assert printed(first, SHARED + SAY) == "said"
        assert printed(second, SHARED + "print(said())") == before
    finally:
        first.close()
        second.close()
    third = Kernel([], Limits(), tier)
    try:
        assert printed(third, SHARED + "print(said())") == before
    finally:
        third.close()


def test_nothing_can_be_written_to_but_its_own(tier: str) -> None:
    # In namespaces each place is a mount: writable are a private /tmp, its part /dev/shm, terminals, /proc.
    kernel = Kernel([], Limits(), tier)
    code = """
    written = []
    for top in ("/", "/usr", "/dev", "/etc", "/sys", "/run", "/var", "/home", "/root", "/opt", "/srv", "/mnt"):
        for folder, folders, _ in os.walk(top):
            folders[:] = folders if folder.count("/") < 4 and top != "/" else []
            try:
                with open(f"{folder}/autograder-mark", "x") as file:
                    written.append(file.name)
                os.remove(file.name)
            except OSError:
                pass
    print([path for path in written if not path.startswith("/dev/shm")])
    """
    try:
        assert printed(kernel, code, 60) == "[]"
        if tier == NAMESPACES:
            lines = [line.split() for line in printed(kernel, "print(open('/proc/self/mountinfo').read())").split("\n")]
            last = {line[4]: line[5].split(",")[0] for line in lines}
            writable = {place for place, how in last.items() if how == "rw"}
            assert writable == {"/tmp", "/dev/shm", "/dev/pts", "/proc"}
    finally:
        kernel.close()
