"""Exhausting the memory that the system keeps for processes, and hiding from whoever looks now and then."""

from __future__ import annotations

from tests.red_team.attack import Desk, Handed, attack
from tests.red_team.target import WRONG, handed_in

ENDED = ("failed", "crashed", "out of memory", "timed out")
# Runs `fill` in some processes, each of which ends after a while; what one could not have is its own affair.
_PROCESSES = """
import ctypes, os, time
until = time.monotonic() + 12
def fill_all(number):
    for _ in range(number):
        if os.fork() == 0:
            try:
                fill()
                time.sleep(max(0, until - time.monotonic()))
            except BaseException:
                pass
            finally:
                os._exit(0)
    time.sleep(8)
"""


@attack(statuses=ENDED, may_lose=True)
def memory_in_quick_cells(desk: Desk) -> Handed:
    """Has three processes hold 300 MB each for ten seconds, beside forty cells that are too quick to be looked at."""
    start = _PROCESSES + "def fill():\n    global kept\n    kept = bytearray(b'1') * 300_000_000\n"
    cells = [
        start,
        "for _ in range(3):\n    if os.fork() == 0:\n        fill()\n        time.sleep(10)\n        os._exit(0)\n",
    ]
    return handed_in(desk, added=[*cells, *["time.sleep(0.15)"] * 40])


@attack(statuses=ENDED, may_lose=True, slow=True)
def memory_between_two_calls(desk: Desk) -> Handed:
    """Has a process take 900 MB after the last of its cells has ended, while the grader calls functions."""
    return (
        "import os, time\nif os.fork() == 0:\n    time.sleep(0.3)\n    kept = bytearray(b'1') * 900_000_000\n    time.sleep(10)\n"
        "    os._exit(0)\ndef doubled(x):\n    time.sleep(0.2)\n    return None\n"
    )


@attack(statuses=ENDED, slow=True)
def mappings(desk: Desk) -> Handed:
    """Cuts nothing into sixty thousand pieces in thirty processes: what the system writes down about them is memory."""
    return (
        WRONG
        + _PROCESSES
        + """
libc = ctypes.CDLL(None)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
libc.mprotect.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int]
def fill():
    start = libc.mmap(None, 60_000 * 8192, 0, 0x4022, -1, 0)
    for number in range(30_000):
        libc.mprotect(start + number * 8192, 4096, 1)
fill_all(40)
"""
    )


@attack(statuses=ENDED, slow=True)
def pipes_filled(desk: Desk) -> Handed:
    """Fills all the pipes that eighty processes can open."""
    return (
        WRONG
        + _PROCESSES
        + """
def fill():
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
        pass
fill_all(40)
"""
    )


@attack(statuses=ENDED, slow=True)
def what_epolls_wait_for(desk: Desk) -> Handed:
    """Has hundreds of epolls wait for hundreds of files each, in forty processes."""
    return (
        WRONG
        + _PROCESSES
        + """
import select
def fill():
    files = [os.eventfd(0) for _ in range(220)]
    kept = []
    try:
        while True:
            kept.append(select.epoll())
            for file in files:
                kept[-1].register(file)
    except OSError:
        time.sleep(max(0, until - time.monotonic()))
fill_all(40)
"""
    )


@attack(statuses=ENDED)
def lists_of_who_may_read(desk: Desk) -> Handed:
    """Gives thousands of files lists of eight thousand users who may read them."""
    return (
        WRONG
        + f"""
import os, struct
entries = [(1, 7, 2**32 - 1)] + [(2, 7, 1000)] * 8000 + [(tag, 7, 2**32 - 1) for tag in (4, 16, 32)]
acl = struct.pack("<I", 2) + b"".join(struct.pack("<HHI", *entry) for entry in entries)
os.makedirs("{desk.mark}", exist_ok=True)
for number in range(3000):
    open(f"{desk.mark}/{{number}}", "w").close()
    try:
        os.setxattr(f"{desk.mark}/{{number}}", "system.posix_acl_access", acl)
        print("REACHED a list of 64 kB") if number > 2000 else None
    except OSError:
        break
"""
    )


@attack(statuses=ENDED, slow=True)
def locks_by_the_hundred_thousand(desk: Desk) -> Handed:
    """Locks every other byte of files, in twenty processes, and asks another process whether they are locked."""
    return (
        WRONG
        + _PROCESSES
        + """
import fcntl, struct
def fill():
    for number in range(100):
        file = os.open(f"{os.getpid()}-{number}", os.O_RDWR | os.O_CREAT)
        for place in range(500):
            fcntl.fcntl(file, 37, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 2 * place, 1, 0))
fill_all(20)
"""
    )


@attack(statuses=ENDED)
def terminals_of_the_machine(desk: Desk) -> Handed:
    """Opens all the terminals that the machine has, as far as it may: nobody else could log in."""
    return (
        WRONG
        + """
import os
kept = []
try:
    for _ in range(200):
        kept.append(os.openpty())
    print("REACHED two hundred terminals")
except OSError:
    pass
"""
    )


@attack(statuses=ENDED)
def signals_that_wait(desk: Desk) -> Handed:
    """Blocks signals and sends itself a hundred thousand, each of which waits in memory of the system's."""
    return (
        WRONG
        + """
import os, signal
signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN + 5])
import ctypes
libc = ctypes.CDLL(None)
sent = sum(libc.sigqueue(os.getpid(), signal.SIGRTMIN + 5, None) == 0 for _ in range(100_000))
if sent > 20_000:
    print("REACHED", sent, "signals that wait")
"""
    )
