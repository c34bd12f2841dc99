"""Exhausting the machine or the grader; each attack bounds itself by number, size or time."""

from __future__ import annotations

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import RIGHT, WRONG

FULL = DOUBLED + HALVED
CRASHED = ("crashed",)
MEMORY = ("out of memory", "crashed", "failed")
LATE = ("timed out",)


# Without a right to look closer, pages that forks share count for each of them.
@attack(statuses=(*CRASHED, "failed", "out of memory"))
def processes(desk: Desk) -> Handed:
    """Starts 150 processes that stay for half a minute."""
    return (
        "import os, time\nfor _ in range(150):\n    if os.fork() == 0:\n        time.sleep(25)\n        os._exit(0)\ntime.sleep(20)\n"
        + WRONG
    )


@attack(statuses=(*CRASHED, "failed", "out of memory"))
def processes_that_start_processes(desk: Desk) -> Handed:
    """Doubles itself seven times, each copy in a session of its own."""
    return (
        "import os, time\ndef doubled(x):\n    for _ in range(7):\n        if os.fork() == 0:\n            os.setsid()\n    time.sleep(20)\n"
        "    os._exit(0)\n"
    )


@attack(statuses=(*CRASHED, "failed"))
def threads(desk: Desk) -> Handed:
    """Starts 150 threads that stay."""
    return (
        WRONG
        + "import threading, time\nfor _ in range(150):\n    threading.Thread(target=time.sleep, args=(20,), daemon=True).start()\ntime.sleep(20)\n"
    )


@attack(statuses=MEMORY)
def heap(desk: Desk) -> Handed:
    """Takes a gigabyte and a half of memory while it is called, bit by bit."""
    return "import time\ndef doubled(x):\n    kept = []\n    for _ in range(15):\n        kept.append(bytearray(b'1') * 100_000_000)\n        time.sleep(0.05)\n    time.sleep(5)\n"


@attack(statuses=MEMORY)
def heaps_of_children(desk: Desk) -> Handed:
    """Has ten children take a hundred megabytes each."""
    return (
        WRONG
        + "import os, time\nfor _ in range(10):\n    if os.fork() == 0:\n        kept = bytearray(b'1') * 100_000_000\n        time.sleep(15)\n"
        "        os._exit(0)\ntime.sleep(15)\n"
    )


@attack(statuses=(*MEMORY,))
def mapped_memory(desk: Desk) -> Handed:
    """Maps a gigabyte, private and shared, and writes to every page."""
    return (
        WRONG
        + """
import mmap, time
kept = []
for flags in (mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS, mmap.MAP_SHARED | mmap.MAP_ANONYMOUS):
    try:
        kept.append(mmap.mmap(-1, 900_000_000, flags=flags))
        for place in range(0, 900_000_000, 4096):
            kept[-1][place] = 1
    except OSError:
        pass
time.sleep(5)
"""
    )


@attack()
def memory_without_an_owner(desk: Desk) -> Handed:
    """Puts memory where it belongs to no process: files without a name, pages given back, shared segments."""
    return (
        WRONG
        + """
import ctypes, mmap, os
kept = []
try:
    handle = os.memfd_create("held")
    for _ in range(8):
        os.write(handle, bytes(100_000_000))
    print("REACHED 800 MB that no process has")
    os.close(handle)
except OSError:
    pass
"""
    )


@attack(statuses=("out of memory", "crashed"))
def tables_of_pages(desk: Desk) -> Handed:
    """Reads one byte in every two megabytes of an empty space: the tables that this takes count as nobody's memory."""
    return (
        WRONG
        + """
import ctypes, time
libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
size = 400 * 2**30
start = libc.mmap(None, size, 1, 0x4022, -1, 0)  # PROT_READ; MAP_PRIVATE, MAP_ANONYMOUS, MAP_NORESERVE
libc.madvise(ctypes.c_void_p(start), ctypes.c_size_t(size), 15)  # no huge pages
for place in range(start, start + size, 2**21):
    ctypes.string_at(place, 1)
print([line for line in open("/proc/self/status") if line.startswith(("VmPTE", "VmRSS"))])
time.sleep(4)
"""
    )


@attack(statuses=("out of memory", "crashed"))
def buffers_of_sockets(desk: Desk) -> Handed:
    """Fills the buffers of hundreds of sockets in several processes: memory of the system's, not of any process."""
    return (
        WRONG
        + """
import os, resource, socket, time
def fill():
    kept = []
    try:
        while len(kept) < 220:
            pair = socket.socketpair()
            kept.append(pair)
            for end in pair:
                end.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 400_000)
                end.setblocking(False)
                try:
                    while True:
                        end.send(bytes(30_000))
                except BlockingIOError:
                    pass
    except OSError:
        pass
    time.sleep(8)
for _ in range(8):
    if os.fork() == 0:
        fill()
        os._exit(0)
time.sleep(8)
"""
    )


@attack(statuses=("crashed", "failed"))
def disk_filled(desk: Desk) -> Handed:
    """Writes a hundred megabytes into each place where it may write."""
    return (
        WRONG
        + f"""
import os
for place in (".", "/tmp", "/dev/shm", "/var/tmp"):
    try:
        with open(f"{{place}}/{desk.mark}-large", "wb") as file:
            for _ in range(100):
                file.write(bytes(1_000_000))
    except OSError:
        pass
    try:
        os.remove(f"{{place}}/{desk.mark}-large")
    except OSError:
        pass
"""
    )


@attack(statuses=("failed", "crashed"))
def many_small_files(desk: Desk) -> Handed:
    """Makes thirty thousand files of no bytes."""
    return (
        WRONG
        + f"""
import os, shutil
os.makedirs("{desk.mark}", exist_ok=True)
try:
    for number in range(30_000):
        open(f"{desk.mark}/{{number}}", "w").close()
except OSError:
    pass
shutil.rmtree("{desk.mark}", ignore_errors=True)
"""
    )


@attack(statuses=(*CRASHED, "out of memory"))
def output_without_end(desk: Desk) -> Handed:
    """Prints without end, for twenty seconds."""
    return (
        WRONG
        + "import time\nuntil = time.monotonic() + 20\nwhile time.monotonic() < until:\n    print('still here ' * 300)\n"
    )


@attack(statuses=("failed", "crashed", "timed out"))
def output_past_python(desk: Desk) -> Handed:
    """Writes to every channel by other ways than printing while it is called: descriptors, programs, updates of displays."""
    return """
import os, subprocess, time
from IPython.display import clear_output, display
def doubled(x):
    until = time.monotonic() + 15
    handle = display("a", display_id="mine")
    while time.monotonic() < until:
        os.write(1, b"x" * 50_000)
        os.write(2, b"y" * 50_000)
        handle and handle.update("z" * 50_000)
        clear_output(wait=True)
"""


@attack(statuses=LATE)
def loop_that_cannot_be_interrupted(desk: Desk) -> Handed:
    """Loops for half a minute and swallows every interrupt."""
    return """
import time
def doubled(x):
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            while time.monotonic() < until:
                pass
        except BaseException:
            pass
"""


@attack(statuses=LATE)
def kernel_that_never_answers(desk: Desk) -> Handed:
    """Blocks all signals and stops its own process; a child wakes it after half a minute."""
    return """
import os, signal, time
def doubled(x):
    me = os.getpid()
    if os.fork() == 0:
        time.sleep(30)
        os.kill(me, signal.SIGCONT)
        os._exit(0)
    os.kill(me, signal.SIGSTOP)
"""


@attack(statuses=("failed", "crashed", "out of memory", "timed out"))
def recursion_without_end(desk: Desk) -> Handed:
    """Calls itself until the stack is used up, beyond what Python would stop."""
    return "import sys\nsys.setrecursionlimit(10**8)\ndef doubled(x):\n    return doubled(list(x))\n"


@attack(statuses=LATE)
def regular_expression_that_takes_ages(desk: Desk) -> Handed:
    """Looks for a pattern that doubles its time with each letter."""
    return "import re\ndef doubled(x):\n    return re.match(r'(a+)+$', 'a' * 28 + 'b')\n"


@attack(earns=FULL, statuses=("passed",))
def slow_right_work(desk: Desk) -> Handed:
    """Right work that takes a quarter of a second each time, and prints a little: it keeps its points."""
    return RIGHT.replace("    if np", "    import time\n    time.sleep(0.25)\n    print('thinking')\n    if np", 1)
