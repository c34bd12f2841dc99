"""What code in a kernel can use up: processes, threads, memory, disk, output and time end at their limits."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.kernels.kernel import Kernel
from autograder.limits import Limits
from autograder.sandbox.tiers import NAMESPACES
from autograder.sandbox.usage import folder_size, own_memory, shared_out_memory
from tests.support.tiers import CONFINED, making_kernels, not_refused, printed, processes_naming

MB = 2**20
LIMITS = Limits(memory_bytes=400 * MB, disk_bytes=20 * MB, tasks=80, output_bytes=500_000)
Make = Callable[..., Kernel]


@pytest.fixture(params=CONFINED)
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(tier: str) -> Iterator[Make]:
    """Makes kernels of tight limits, of which nothing is left."""
    yield from making_kernels(LIMITS, tier)


PROCESSES = {
    "processes": "for _ in range(110):\n    os.fork() or (time.sleep(20), os._exit(0))",
    "a bomb": "for _ in range(8):\n    os.fork()",
    "threads": "import threading\nfor _ in range(110):\n    threading.Thread(target=time.sleep, args=(20,)).start()",
    "of their own sessions": "for _ in range(110):\n    os.fork() or (os.setsid(), os.fork(), time.sleep(20), os._exit(0))",
}


@pytest.mark.parametrize("attack", PROCESSES)
def test_processes_and_threads(make: Make, attack: str) -> None:
    # What cannot be started is refused, for their number or their stacks' memory, or all that runs is ended. Eighty forks
    # may hold more than the other tests allow, which would be noticed as soon.
    said = printed(make(memory_bytes=2 * 2**30), f"{PROCESSES[attack]}\ntime.sleep(20)")
    refusals = ("[too many processes]", "BlockingIOError", "can't start new thread", "MemoryError")
    assert any(refusal in said for refusal in refusals), said


def test_what_forks_on_and_on_ends_with_the_kernel(make: Make) -> None:
    # What forks and ends is never there when it is looked for. After a second and a half it stays a while, to be seen.
    kernel = make()
    mark = f"comet-{kernel.folder.name}"
    comet = """
    import ctypes, time
    libc = ctypes.PyDLL(None)
    until = time.monotonic() + 1.5
    while time.monotonic() < until:
        if libc.fork():
            libc._exit(0)
    time.sleep(4)
    """
    start = f"subprocess.Popen([sys.executable, '-I', '-S', '-c', {textwrap.dedent(comet)!r}, {mark!r}])"
    begun = time.monotonic()
    printed(kernel, f"import subprocess\nfor _ in range(3):\n    {start}\ntime.sleep(0.5)")
    kernel.close()
    time.sleep(max(0.0, begun + 2.5 - time.monotonic()))
    assert processes_naming(mark) == []


HELD = {
    "heap": "x = bytearray(600 * 2**20)",
    "heaps of children": "for _ in range(8):\n    x = os.fork() or bytearray(100 * 2**20)\n    if type(x) is bytearray:\n"
    "        break",
    "heap of a child's": "import subprocess\n"
    "subprocess.run([sys.executable, '-c', 'x = bytearray(600 * 2**20); import time; time.sleep(20)'])",
    "far more than there is": "x = bytearray(2**40)",
    "private map": "import mmap\nm = mmap.mmap(-1, 600 * 2**20, flags=mmap.MAP_PRIVATE)\n"
    "for n in range(0, len(m), 4096):\n    m[n] = 1",
}


@pytest.mark.parametrize("attack", HELD)
def test_memory_of_its_own(make: Make, attack: str) -> None:
    said = printed(make(), f"{HELD[attack]}\ntime.sleep(20)")
    assert "[out of memory]" in said or "MemoryError" in said


def test_memory_that_belongs_to_no_process(make: Make) -> None:
    """Pages that are given back, and stay: of shared maps, files without a name, other people's files in memory."""
    given_back = """
    import mmap
    kept = []
    for _ in range(6):
        m = mmap.mmap({}, 100 * 2**20)
        for n in range(0, len(m), 4096):
            m[n] = 1
        m.madvise(mmap.MADV_DONTNEED)
        kept.append(m)
    """
    attempts = {
        "shared map": given_back.format("-1"),
        "/dev/zero": given_back.format("os.open('/dev/zero', os.O_RDWR)"),
        "memfd": "os.ftruncate(os.memfd_create('x'), 600 * 2**20)",
        "SysV": "call(29, 194, 0, 600 * 2**20, 0o1600)",
        "queue": "call(240, 180, b'/autograder-test', 0o102, 0o600, 0)",
    }
    assert not_refused(make(), attempts) == ""
    for folder in ("/dev/shm", "/tmp", "/run", "/var/tmp"):
        fill = (
            f"with open('{folder}/autograder-fill', 'wb') as f:\n    for _ in range(60):\n        f.write(b'0' * 2**20)"
        )
        kernel = make()
        assert printed(kernel, fill).endswith(("[error]", "[too much written]"))
        assert shared_out_memory(kernel.process) < LIMITS.memory_bytes
    assert not list(Path("/dev/shm").glob("autograder-fill"))


def test_memory_that_the_system_keeps_for_the_tables_of_pages(make: Make) -> None:
    # Read only, one byte in two megabytes: nothing is resident but the tables that say where the pages are.
    code = """
    libc.mmap.restype = ctypes.c_void_p
    size = 300 * 2**30
    start = libc.mmap(None, ctypes.c_size_t(size), 1, 0x4022, -1, ctypes.c_long(0))
    libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), 15)
    for place in range(start, start + size, 2**21):
        ctypes.string_at(place, 1)
    time.sleep(20)
    """
    assert "[out of memory]" in printed(make(), code)


def test_memory_that_the_system_keeps_in_sockets(make: Make, tier: str) -> None:
    if tier != NAMESPACES:
        pytest.skip("sockets are the whole machine's there")
    code = """
    for _ in range(8):
        if not os.fork():
            kept = [socket.socketpair() for _ in range(150)]
            for end in (end for pair in kept for end in pair):
                end.setblocking(False)
                try:
                    while True:
                        end.send(bytes(30_000))
                except BlockingIOError:
                    pass
            time.sleep(20)
    time.sleep(20)
    """
    assert "[out of memory]" in printed(make(), code)


WRITTEN = {
    "a big file": "with open('big', 'wb') as f:\n    for _ in range(60):\n        f.write(b'0' * 2**20)",
    "a hole": "f = open('hole', 'wb')\nf.truncate(2**40)",
    "room beyond a file's end": "for n in range(9):\n    with open(f'{n}', 'wb') as file:\n"
    "        if libc.fallocate(file.fileno(), 1, ctypes.c_long(0), ctypes.c_long(30 * 2**20)):\n"
    "            raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))",
    "files": "for n in range(40):\n    open(f'{n}', 'wb').write(b'0' * 2**20)",
    "small files": "for n in range(30_000):\n    open(f'{n}', 'wb').close()",
    "a tree": "for _ in range(1500):\n    os.mkdir('d')\n    os.chdir('d')\nfor n in range(40):\n"
    "    open(f'{n}', 'wb').write(b'0' * 2**20)",
    "what others may not look into": "os.mkdir('d')\nfor n in range(40):\n    open(f'd/{n}', 'wb').write(b'0' * 2**20)\n"
    "    os.chmod('d', 0 if n % 2 else 0o700)",
}


@pytest.mark.parametrize("attack", WRITTEN)
def test_disk(make: Make, attack: str) -> None:
    said = printed(make(), f"{WRITTEN[attack]}\ntime.sleep(20)")
    assert (
        "[too much written]" in said
        or "No space left" in said
        or "File too large" in said
        or "Permission denied" in said
    )


FLOODS = {
    "lines": "while True:\n    print('x' * 10_000)",
    "of a program": "import subprocess\nsubprocess.run(['yes', 'x' * 100])",
    "past Python": "while True:\n    os.write(1, b'x' * 10_000)",
}


@pytest.mark.parametrize("attack", FLOODS)
def test_output(tier: str, attack: str) -> None:
    kernel = Kernel([], replace(LIMITS, memory_bytes=4 * 2**30), tier)
    try:
        said = printed(kernel, FLOODS[attack])
    finally:
        kernel.close()
    assert said.endswith("[flooded]")
    assert len(said) < 2 * LIMITS.output_bytes


def test_a_message_of_many_parts_does_not_grow_the_grader(make: Make) -> None:
    # 40 parts of 60 MB, each less than a message may have. Sent without copying, they take 60 MB where they come from.
    code = """
    part = b"x" * (60 * 2**20)
    get_ipython().kernel.iopub_thread.socket.send_multipart([b"topic"] + [part] * 40, copy=False)
    time.sleep(20)
    """
    before = own_memory()
    kernel = make()
    assert printed(kernel, code) == "[flooded]"
    kernel.close()
    assert own_memory() - before < 40 * 60 * MB


def test_time(make: Make) -> None:
    kernel = make()
    assert kernel.run("while True:\n    pass", 0.5).ending == "timed out"
    assert printed(kernel, "print('goes on')") == "goes on"
    stops_signals = "import signal\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\nwhile True:\n    pass"
    assert kernel.run(stops_signals, 0.5).ending == "timed out"
    kernel = make()
    stopped = "import os, signal\nos.kill(os.getpid(), signal.SIGSTOP)"
    assert kernel.run(stopped, 0.5).ending == "timed out"


def test_processor_time_of_all_that_runs(tier: str) -> None:
    kernel = Kernel([], replace(LIMITS, processor_seconds=1), tier)
    try:
        code = "for _ in range(3):\n    if not os.fork():\n        while True:\n            pass\ntime.sleep(20)"
        assert printed(kernel, code) == "[out of processor time]"
    finally:
        kernel.close()


def test_a_name_cannot_lie_about_what_a_process_uses(make: Make) -> None:
    code = """
    for _ in range(3):
        if not os.fork():
            libc.prctl(15, b"a\\rRssAnon:-9\\n")
            x = bytearray(200 * 2**20)
            time.sleep(20)
    time.sleep(20)
    """
    assert printed(make(), code) == "[out of memory]"


def test_a_folders_size_is_counted_as_far_as_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0" * 1_000)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b").write_bytes(b"0" * 2_000)
    assert 3_000 <= folder_size(tmp_path) < 20_000
    assert folder_size(tmp_path, most=2) == float("inf")
    assert folder_size(tmp_path / "missing") == 0
