"""What code in a kernel can reach: no network, file, variable or process but its own; each is tried from inside."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import end_all
from autograder.limits import Limits
from autograder.sandbox.confine import python_folders
from autograder.sandbox.tiers import NAMESPACES
from autograder.sandbox.usage import tree
from autograder.sandbox.walls import zygote_environment
from tests.support.course import ROOT
from tests.support.tiers import CONFINED, left_of, not_refused, printed


@dataclass
class Inside:
    """A kernel, its tier, and another kernel that runs beside it."""

    kernel: Kernel
    tier: str
    other: Kernel


@pytest.fixture(scope="module", params=CONFINED)
def inside(request: pytest.FixtureRequest) -> Iterator[Inside]:
    end_all()  # a zygote that imported TensorFlow for another test has TensorFlow's variables
    kernels = [Kernel([], Limits(), request.param) for _ in range(2)]
    yield Inside(kernels[0], request.param, kernels[1])
    for kernel in kernels:
        assert printed(kernel, "print('well')") == "well"
        kernel.close()
        assert left_of(kernel) == []


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that the permissions of files keep nobody out of."""
    folder = Path(tempfile.mkdtemp(prefix="open-to-all-"))
    folder.chmod(0o777)
    yield folder
    shutil.rmtree(folder)


def test_no_network_and_no_socket_outside(inside: Inside, open_folder: Path) -> None:
    addresses: dict[str, tuple[int, int, object]] = {
        "tcp": (socket.AF_INET, socket.SOCK_STREAM, ("127.0.0.1", 0)),
        "udp": (socket.AF_INET, socket.SOCK_DGRAM, ("127.0.0.1", 0)),
        "path": (socket.AF_UNIX, socket.SOCK_STREAM, str(open_folder / "stream")),
        "path, datagrams": (socket.AF_UNIX, socket.SOCK_DGRAM, str(open_folder / "datagrams")),
        "abstract": (socket.AF_UNIX, socket.SOCK_STREAM, f"\0autograder-{os.getpid()}"),
        "abstract, datagrams": (socket.AF_UNIX, socket.SOCK_DGRAM, f"\0autograder-{os.getpid()}-d"),
    }
    attempts = {}
    with ExitStack() as opened:
        heard = []
        for name, (family, kind, address) in addresses.items():
            listener = opened.enter_context(socket.socket(family, kind))
            listener.bind(address)
            listener.settimeout(0)
            if kind == socket.SOCK_STREAM:
                listener.listen()
            heard.append(listener)
            where = listener.getsockname()
            where = where.decode() if isinstance(where, bytes) else where
            attempts[name] = f"socket.socket({family:d}, {kind:d}).connect({where!r})"
            if kind == socket.SOCK_DGRAM:
                attempts[f"{name}, sent"] = f"socket.socket({family:d}, {kind:d}).sendto(b'1', {where!r})"
            if kind == socket.SOCK_DGRAM and family == socket.AF_UNIX:
                for pair in (socket.SOCK_DGRAM, socket.SOCK_RAW):
                    attempts[f"{name}, sent by a pair of {pair}"] = (
                        f"socket.socketpair(1, {pair:d})[0].sendto(b'1', {where!r})"
                    )
        for path in open_folder.iterdir():
            path.chmod(0o777)
        for name, family, kind in (("AF_PACKET", 17, 3), ("AF_VSOCK", 40, 1), ("AF_ALG", 38, 5), ("AF_CAN", 29, 3)):
            attempts[name] = f"socket.socket({family}, {kind})"
        assert not_refused(inside.kernel, attempts) == ""
        for listener in heard:
            with pytest.raises(BlockingIOError):
                listener.accept() if listener.type == socket.SOCK_STREAM else listener.recv(1)


def test_no_file_of_the_grader_the_course_or_the_home(inside: Inside, open_folder: Path) -> None:
    mine = open_folder / "secret"
    mine.write_text("the grader's own")
    mine.chmod(0o666)
    before = mine.stat()
    folders = [ROOT / "solutions", ROOT / "source", ROOT / "tests", Path("/var"), Path("/home"), open_folder]
    attempts = {f"list {folder}": f"os.listdir({str(folder)!r})" for folder in folders}
    files = [mine, Path(__file__), ROOT / "pyproject.toml", Path("/etc/passwd"), Path("/etc/hosts")]
    attempts |= {f"read {file}": f"open({str(file)!r}, 'rb').read(1)" for file in files}
    attempts |= {
        "write": f"open({str(mine)!r}, 'a').write('x')",
        "truncate": f"os.truncate({str(mine)!r}, 0)",
        "remove": f"os.remove({str(mine)!r})",
        "rename": f"os.rename({str(mine)!r}, {str(mine) + 'x'!r})",
        "link": f"os.link({str(mine)!r}, 'link')",
        "follow a link": f"os.path.lexists('soft') or os.symlink({str(mine)!r}, 'soft'); open('soft').read()",
        "make a folder": f"os.mkdir({str(open_folder / 'new')!r})",
        "change its owner": f"os.chown({str(mine)!r}, os.getuid(), os.getgid())",
        "mark it": f"os.setxattr({str(mine)!r}, 'user.mark', b'1')",
        "hear of it": f"call(254, 27, call(294, 26, 0), {str(open_folder).encode()!r}, 0xFFF)",
        "a way round": f"open('/proc/self/root' + {str(mine)!r}).read()",
    }
    assert not_refused(inside.kernel, attempts) == ""
    for folder in (ROOT, Path.home()):  # in namespaces they may be there, as far as they lead to Python
        leading = {
            str(Path(path).relative_to(folder).parts[0])
            for path in python_folders()
            if Path(path).is_relative_to(folder)
        }
        seen = printed(inside.kernel, f"try:\n    print(*os.listdir({str(folder)!r}))\nexcept OSError:\n    pass")
        assert set(seen.split()) <= leading
    # These may do nothing without saying so.
    printed(
        inside.kernel,
        f"try:\n    os.chmod({str(mine)!r}, 0)\n    os.utime({str(mine)!r}, (1, 1))\nexcept OSError:\n    pass",
    )
    after = mine.stat()
    assert (after.st_mode, after.st_mtime, after.st_ctime) == (before.st_mode, before.st_mtime, before.st_ctime)


def test_nothing_can_be_written_but_files_of_its_own(inside: Inside) -> None:
    places = [
        "/x",
        "/usr/x",
        f"{ROOT}/autograder/x.py",
        f"{os.path.dirname(os.__file__)}/x.py",
        "/etc/x",
        "/home/x",
        "/dev/x",
    ]
    places += ["/proc/sys/kernel/core_pattern", "/proc/sys/vm/overcommit_memory", "/proc/sysrq-trigger"]
    attempts = {place: f"os.close(os.open({place!r}, os.O_WRONLY | os.O_CREAT))" for place in places}
    assert not_refused(inside.kernel, attempts) == ""
    assert "'mine'" in printed(inside.kernel, "open('mine', 'w').write('1'); print(os.listdir('.'))")


def test_no_file_of_another_submission(inside: Inside) -> None:
    printed(inside.other, "open('answer.txt', 'w').write('theirs')")
    place = printed(inside.other, "print(os.path.dirname(os.getcwd()))")
    others = {str(inside.other.folder), str(inside.other.folder.parent)} | (
        {place} if inside.tier != NAMESPACES else set()
    )
    attempts = {f"list {path}": f"os.listdir({path!r})" for path in others}
    attempts["read"] = f"open({str(inside.other.folder / 'work' / 'answer.txt')!r}).read()"
    attempts["its socket"] = f"socket.socket(socket.AF_UNIX).connect({str(inside.other.folder / 'socket-1')!r})"
    assert not_refused(inside.kernel, attempts) == ""
    assert "answer.txt" not in printed(inside.kernel, "print([n for _, _, names in os.walk('..') for n in names])")


def test_no_environment_variable_of_the_grader(inside: Inside) -> None:
    code = """
    import glob
    names = set(os.environ)
    for path in glob.glob("/proc/[0-9]*/environ") + ["/proc/self/environ", "/proc/1/environ"]:
        try:
            names |= {line.split(b"=")[0].decode() for line in open(path, "rb").read().split(b"\\0")}
        except OSError:
            pass
    print(*names)
    """
    ours = {*zygote_environment(), "IPYTHONDIR", "TMPDIR", "PWD", "LC_CTYPE"}
    # IPython's and debuggers' own, set inside.
    known = {
        name for name in printed(inside.kernel, code).split() if not name.startswith(("JPY_", "PYDEVD_", "MPL", "KMP_"))
    }
    assert known - ours - {"TERM", "CLICOLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "PAGER", "GIT_PAGER"} == set()


def _of_a_process(number: int) -> dict[str, str]:
    proc = f"/proc/{number}"
    attempts = {
        name: f"open('{proc}/{name}', 'rb').read(1)" for name in ("mem", "environ", "maps", "auxv", "cmdline", "status")
    }
    return {f"{number}: {name}": attempt for name, attempt in attempts.items()} | {
        f"{number}: descriptors": f"os.listdir('{proc}/fd')",
        f"{number}: root": f"os.listdir('{proc}/root/')",
        f"{number}: signal": f"os.kill({number}, 0)",
        f"{number}: stop": f"os.kill({number}, signal.SIGCONT)",
        f"{number}: signal by descriptor": f"signal.pidfd_send_signal(os.pidfd_open({number}), signal.SIGCONT)",
        f"{number}: queue": f"call(129, 138, {number}, 18, bytes(128))",
        f"{number}: take a descriptor": f"call(438, 438, os.pidfd_open({number}), 0, 0)",
        f"{number}: trace": f"call(101, 117, 0x4206, {number}, 0, 0)",  # PTRACE_SEIZE, which stops nothing
        f"{number}: read": f"call(310, 270, {number}, 0, 0, 0, 0, 0)",
        f"{number}: write": f"call(311, 271, {number}, 0, 0, 0, 0, 0)",
        f"{number}: limits": f"import resource; resource.prlimit({number}, resource.RLIMIT_NOFILE)",
        f"{number}: slow": f"os.setpriority(os.PRIO_PROCESS, {number}, 1)",
    }


def test_no_process_outside(inside: Inside) -> None:
    with subprocess.Popen(["sleep", "60"], start_new_session=True) as sleeper:
        try:
            status = Path(f"/proc/{inside.kernel.process}/status").read_text()
            parent = int(status.partition("PPid:")[2].split()[0])  # the zygote, or bubblewrap in its place
            outside = [sleeper.pid, os.getpid(), os.getppid(), parent, *tree(inside.other.process)]
            if inside.tier != NAMESPACES:  # there the kernel cannot name it
                outside.append(inside.kernel.process)
            own = printed(inside.kernel, "print(*[n for n in os.listdir('/proc/self/task')], 1, 2, 3)").split()
            for number in outside:
                if inside.tier != NAMESPACES or str(number) not in own:  # there small numbers are those of its own
                    assert not_refused(inside.kernel, _of_a_process(number)) == ""
            # That a process is there cannot be hidden in a container: Landlock judges what is opened.
            if inside.tier == NAMESPACES:
                assert printed(inside.kernel, "print(len([n for n in os.listdir('/proc') if n.isdigit()]))") == "2"
                harmless = ("stop", "signal", "cmdline", "status", "signal by descriptor", "limits", "queue")
                first = {name: code for name, code in _of_a_process(1).items() if name.split(": ")[1] not in harmless}
                assert not_refused(inside.kernel, first) == ""
                assert printed(inside.kernel, "os.kill(1, signal.SIGKILL)\nprint('sent')") == "sent"
            assert sleeper.poll() is None
        finally:
            sleeper.kill()
