"""One watch over a kernel, from its start to its end: whatever runs beside cells, and what the system keeps for it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator

import pytest

from autograder.kernels.kernel import Kernel
from autograder.kernels.watching import NotWatched
from autograder.limits import Limits
from autograder.sandbox.tiers import CONTAINER
from autograder.sandbox.usage import memory_of_mappings, runs
from autograder.verdicts.endings import Ending
from tests.support.tiers import CONFINED, PREFACE, making_kernels, printed, processes_naming

MB = 2**20
LIMITS = Limits(memory_bytes=300 * MB, disk_bytes=20 * MB, tasks=80)
Make = Callable[..., Kernel]


@pytest.fixture(params=CONFINED)
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def make(tier: str) -> Iterator[Make]:
    """Makes kernels of tight limits, of which nothing is left."""
    yield from making_kernels(LIMITS, tier)


def wait_for_end(kernel: Kernel) -> None:
    until = time.monotonic() + 20
    while runs(kernel.process) and time.monotonic() < until:
        time.sleep(0.05)
    assert not runs(kernel.process)


BESIDE = {
    "memory": (
        "for _ in range(3):\n    if not os.fork():\n        x = bytearray(b'1') * (200 * 2**20)\n        time.sleep(20)\n"
        "        os._exit(0)",
        Ending.OUT_OF_MEMORY,
    ),
    "memory of processes whose first thread has ended": (
        "import threading\ndef hold():\n    time.sleep(1)\n    x = bytearray(b'1') * (200 * 2**20)\n    time.sleep(20)\n"
        "for _ in range(3):\n    if not os.fork():\n        threading.Thread(target=hold).start()\n        call(60, 93, 0)",
        Ending.OUT_OF_MEMORY,
    ),
    "processes": (
        "import subprocess\nsubprocess.Popen(['sh', '-c', 'for n in $(seq 110); do sleep 20 & done; wait'])",
        Ending.TOO_MANY_PROCESSES,
    ),
}


@pytest.mark.parametrize("what", BESIDE)
def test_what_runs_between_cells_is_looked_at(make: Make, what: str) -> None:
    code, ending = BESIDE[what]
    kernel = make()
    assert kernel.run(PREFACE + code, 20).ending in (Ending.OK, ending)
    wait_for_end(kernel)  # though nobody runs anything, or reads what it sends
    ran = kernel.run("1", 20)
    assert (ran.ending, ran.alive) in ((ending, False), (Ending.DIED, False))


def test_a_chain_of_processes_too_short_lived_to_be_seen_is_ended(make: Make) -> None:
    kernel = make()
    chain = "if not os.fork():\n    while True:\n        if os.fork():\n            os._exit(0)\ntime.sleep(20)"
    assert kernel.run(PREFACE + chain, 20).ending is Ending.DIED
    wait_for_end(kernel)


def test_quick_cells_are_no_hiding_place(make: Make) -> None:
    kernel = make()
    kernel.run(PREFACE + BESIDE["memory"][0], 20)
    endings = []
    for _ in range(60):
        ran = kernel.run("import time; time.sleep(0.1)", 20)
        endings.append(ran.ending)
        if not ran.alive:
            break
    assert endings[-1] is Ending.OUT_OF_MEMORY


# What the system keeps for a process, each more than 300 MB of it, or as much as it gives.
KEPT = {
    "mappings": """
        libc.mmap.restype = ctypes.c_void_p
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
        libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
        for _ in range(30):
            if not os.fork():
                start = libc.mmap(None, 60_000 * 8192, 0, 0x4022, -1, 0)
                for n in range(30_000):
                    libc.mprotect(start + n * 8192, 4096, 1)
                time.sleep(20)
                os._exit(0)
        """,
    "mappings of a file with a long path": """
        libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
        for _ in range(14):
            os.mkdir("d" * 250)
            os.chdir("d" * 250)
        with open("f", "wb") as file:
            file.write(bytes(8192))
        file = os.open("f", os.O_RDONLY)
        for n in range(60_000):
            libc.mmap(None, 4096, 1, 2, file, 4096 * (n % 2))
        for _ in range(10):
            if not os.fork():
                time.sleep(30)
                os._exit(0)
        """,
    "pipes": """
        for _ in range(60):
            if not os.fork():
                try:
                    while True:
                        _, end = os.pipe()
                        os.set_blocking(end, False)
                        try:
                            while True:
                                os.write(end, bytes(65536))
                        except BlockingIOError:
                            pass
                except OSError:
                    time.sleep(20)
                os._exit(0)
        """,
    "what an epoll waits for": """
        import select
        for _ in range(40):
            if not os.fork():
                files = [os.eventfd(0) for _ in range(220)]
                try:
                    while True:
                        waits = select.epoll()
                        kept = globals().setdefault("kept", [])
                        kept.append(waits)
                        for file in files:
                            waits.register(file)
                except OSError:
                    time.sleep(20)
                os._exit(0)
        """,
    "sockets": """
        for _ in range(8):
            if not os.fork():
                kept = [socket.socketpair() for _ in range(200)]
                for end in (end for pair in kept for end in pair):
                    end.setblocking(False)
                    try:
                        while True:
                            end.send(bytes(30_000))
                    except BlockingIOError:
                        pass
                time.sleep(20)
                os._exit(0)
        """,
}


@pytest.mark.parametrize("what", KEPT)
def test_memory_that_the_system_keeps_counts(make: Make, what: str) -> None:
    said = printed(make(), KEPT[what] + "\n        time.sleep(20)")
    assert said == "[out of memory]"


def test_files_that_were_removed_count_while_they_are_open(make: Make) -> None:
    code = """
    kept = []
    for n in range(40):
        kept.append(open(f"{n}", "wb"))
        kept[-1].write(bytes(2**20) + b"x")
        kept[-1].flush()
        os.remove(f"{n}")
    time.sleep(20)
    """
    said = printed(make(), code)
    assert "[too much written]" in said or "No space left" in said


def test_terminals_are_few(make: Make, tier: str) -> None:
    opened = printed(
        make(),
        "kept = []\ntry:\n    for _ in range(100):\n        kept.append(os.openpty())\nexcept OSError:\n    pass\nprint(len(kept))",
    )
    assert int(opened) <= (0 if tier == CONTAINER else 16)


def test_an_honest_kernel_is_far_from_its_limits(make: Make) -> None:
    # 150 open files, a pool of eight processes, a database, plots.
    code = """
    import multiprocessing as mp, sqlite3, matplotlib.pyplot as plt
    kept = [open(f"{n}", "w") for n in range(150)]
    plt.plot([1, 2])
    with mp.get_context("fork").Pool(8) as pool:
        print(sum(pool.map(abs, range(100))))
        time.sleep(1)
    """
    kernel = make(memory_bytes=600 * MB)
    assert printed(kernel, code) == "4950"
    assert 0 < memory_of_mappings(kernel.process, 600 * MB) < 2 * MB


def test_without_its_watch_no_code_runs(make: Make) -> None:
    kernel = make()
    assert printed(kernel, "print(1)") == "1"
    [watching] = [
        process for process in processes_naming("autograder.sandbox.watch") if parent_of(process) == os.getpid()
    ]
    os.kill(watching, signal.SIGKILL)
    with pytest.raises(NotWatched, match="has ended"):
        kernel.run("import time; time.sleep(15)", 20)
    assert printed(make(), "print(2)") == "2"


def parent_of(process: int) -> int:
    line = subprocess.run(["ps", "-o", "ppid=", "-p", str(process)], capture_output=True, text=True, check=False).stdout
    return int(line or 0)
