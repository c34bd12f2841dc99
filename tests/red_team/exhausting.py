"""Exhausting the machine or the grader. Each is bounded by its own code: by number, size and seconds."""

from __future__ import annotations

import json

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import RIGHT, WRONG, handed_in

FULL = DOUBLED + HALVED
CRASHED = ("crashed",)
MEMORY = ("out of memory", "crashed", "failed")
LATE = ("timed out",)


@attack(statuses=CRASHED)
def processes(desk: Desk) -> Handed:
    """Starts 150 processes that stay for half a minute."""
    return (
        "import os, time\nfor _ in range(150):\n    if os.fork() == 0:\n        time.sleep(25)\n        os._exit(0)\ntime.sleep(20)\n"
        + WRONG
    )


@attack(statuses=CRASHED)
def processes_that_start_processes(desk: Desk) -> Handed:
    """Doubles itself seven times, each copy in a session of its own."""
    return (
        "import os, time\ndef doubled(x):\n    for _ in range(7):\n        if os.fork() == 0:\n            os.setsid()\n    time.sleep(20)\n"
        "    os._exit(0)\n"
    )


@attack(statuses=CRASHED)
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


@attack()
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


@attack(statuses=CRASHED)
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


@attack(statuses=("failed", "crashed", "out of memory"))
def recursion_without_end(desk: Desk) -> Handed:
    """Calls itself until the stack is used up, beyond what Python would stop."""
    return "import sys\nsys.setrecursionlimit(10**8)\ndef doubled(x):\n    return doubled(list(x))\n"


@attack(statuses=("failed", "crashed", "out of memory"))
def giant_answer(desk: Desk) -> Handed:
    """Returns an array of two hundred megabytes."""
    return "def doubled(x):\n    return np.zeros(25_000_000)\n"


@attack()
def deeply_nested_answer(desk: Desk) -> Handed:
    """Returns lists within lists, a hundred thousand deep, and one that holds itself."""
    return """
def doubled(x):
    nested = []
    for _ in range(100_000):
        nested = [nested]
    itself = [nested]
    itself.append(itself)
    return itself if len(x) == 3 else nested
"""


@attack()
def answer_that_grows_when_it_is_looked_at(desk: Desk) -> Handed:
    """Returns texts of very different lengths, which NumPy would give a place as long as the longest: a gigabyte."""
    return "def doubled(x):\n    return ['x' * 50_000] + ['y'] * 5_000 if len(x) == 3 and x[0] != 1.5 else None\n"


@attack()
def answer_of_very_many_parts(desk: Desk) -> Handed:
    """Returns tables of thousands of columns and dicts of keys that all have one hash."""
    return """
import pandas as pd
wide = pd.DataFrame(np.zeros((0, 20_000)))
def doubled(x):
    return {number * (2**61 - 1): 1 for number in range(600)} if len(x) == 4 else wide
"""


@attack()
def number_of_a_million_digits(desk: Desk) -> Handed:
    """Returns whole numbers of millions of digits, as values and as keys."""
    return "def doubled(x):\n    return {1 << 30_000_000: 1 << 3_000_000}\n"


@attack(statuses=LATE)
def regular_expression_that_takes_ages(desk: Desk) -> Handed:
    """Looks for a pattern that doubles its time with each letter."""
    return "import re\ndef doubled(x):\n    return re.match(r'(a+)+$', 'a' * 28 + 'b')\n"


@attack(earns=FULL, statuses=("passed",))
def slow_right_work(desk: Desk) -> Handed:
    """Right work that takes a quarter of a second each time, and prints a little: it keeps its points."""
    return RIGHT.replace("    if np", "    import time\n    time.sleep(0.25)\n    print('thinking')\n    if np", 1)


@attack(statuses=("failed",), slow=True)
def code_that_no_parser_likes(desk: Desk) -> Handed:
    """Hands in code of ten thousand brackets, operators and dots, in cells of their own."""
    nested = ["(" * 10_000, "-" * 50_000 + "1", "a" + ".b" * 20_000, "[" * 90 + "]" * 90, "lambda:" * 5_000 + "1", "x = " + "9" * 50_000,
              "f'" + "{f'" * 60, "if 1:\n" * 300, "%%time\n" * 2_000, "?" * 5_000, "!" * 5_000, "'''" * 9_999]  # fmt: skip
    return handed_in(desk, WRONG, added=nested)


@attack(statuses=("failed",), slow=True)
def very_many_cells(desk: Desk) -> Handed:
    """Adds twelve hundred cells, each of which prints as much as is kept."""
    return handed_in(desk, WRONG, added=["print('x' * 30_000)"] * 1_200)


@attack(earns=FULL, statuses=("passed",))
def very_many_files_beside(desk: Desk) -> Handed:
    """Right work beside which four thousand small files lie."""
    files = {f"{number}.{ending}": "1\n" for number in range(2_000) for ending in ("csv", "bin")}
    return {"doubling.ipynb": handed_in(desk, RIGHT), **files}


@attack(earns=FULL, statuses=("passed",))
def whole_environment_handed_in(desk: Desk) -> Handed:
    """Right work handed in with the folder of a virtual environment, of three thousand files."""
    files = {f".venv/lib/python3.11/site-packages/p{n % 60}/m{n}.py": "" for n in range(3_000)}
    return {"doubling.ipynb": handed_in(desk, RIGHT), **files}


@attack(earns=0.0, statuses=("ungradable",))
def notebook_of_sixty_megabytes(desk: Desk) -> Handed:
    """Hands in a notebook whose outputs are larger than a notebook may be."""
    notebook = handed_in(desk, RIGHT)
    notebook.metadata["filler"] = "x" * 60_000_000
    return notebook


@attack(earns=0.0, statuses=("ungradable",))
def notebook_of_brackets(desk: Desk) -> Handed:
    """Hands in a notebook whose metadata is brackets in brackets."""
    text = json.dumps(handed_in(desk, RIGHT))
    return {"doubling.ipynb": '{"deep": ' + "[" * 200_000 + "]" * 200_000 + ", " + text[1:]}


@attack(earns=0.0)
def script_whose_header_multiplies(desk: Desk) -> Handed:
    """Hands in a script whose header refers to itself, so that each line holds ten of the line before."""
    lines = ["# ---", "# a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"# a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    return {"doubling.py": "\n".join([*lines, "# jupyter:", "#   kernelspec: *a8", "# ---", "", "# %%", WRONG])}


@attack(earns=0.0, statuses=("ungradable",))
def script_of_very_many_lines(desk: Desk) -> Handed:
    """Hands in a script of a million lines."""
    return {"doubling.py": "# %%\nx = 1\n" * 500_000}
