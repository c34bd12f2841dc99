"""Exhausting the grader through its connections: broken sockets, endless messages, parts that take long to read."""

from __future__ import annotations

import copy

from tests.red_team.attack import Desk, Handed, attack
from tests.red_team.target import WRONG, handed_in

# Every connection of the kernel's but those that wait for others, found again and again; the fourth socket is for interrupts.
CONNECTIONS = """
import os, socket, threading, time
def connections(end=""):
    for number in range(3, 300):
        try:
            found = socket.socket(fileno=os.dup(number))
        except OSError:
            continue
        try:
            named = found.family == socket.AF_UNIX and str(found.getsockname()).rstrip("'").endswith(end)
            if named and not found.getsockopt(socket.SOL_SOCKET, socket.SO_ACCEPTCONN):
                yield found
        except OSError:
            pass
"""
ENDLESS = """
until = time.time() + 12
while time.time() < until:
    try:
        while time.time() < until: pass
    except BaseException: pass
"""
ENDED = ("failed", "timed out", "crashed", "out of memory")


@attack(statuses=ENDED, may_lose=True)
def line_for_interrupts_broken(desk: Desk) -> Handed:
    """Sends nonsense over the connection by which the grader interrupts, so that it is lost, and then loops."""
    once = "for one in connections('-4'):\n    try: one.send(b'\\xff' * 64)\n    except OSError: pass\n"
    return handed_in(desk, added=[CONNECTIONS + once + ENDLESS])


@attack(statuses=ENDED, may_lose=True, slow=True)
def line_for_interrupts_broken_again_and_again(desk: Desk) -> Handed:
    """Loops while a thread sends nonsense over any connection for interrupts as soon as there is one."""
    thread = """
def spoil():
    until = time.time() + 12
    while time.time() < until:
        for one in connections('-4'):
            try: one.send(b'\\xff' * 64)
            except OSError: pass
        time.sleep(0.001)
threading.Thread(target=spoil, daemon=True).start()
"""
    return handed_in(desk, added=[CONNECTIONS + thread + ENDLESS])


@attack(statuses=ENDED, may_lose=True)
def all_lines_broken(desk: Desk) -> Handed:
    """Sends nonsense over each of the kernel's connections, one after another, and goes on."""
    each = "for one in connections(END):\n    try: one.send(b'\\xff' * 64)\n    except OSError: pass\ntime.sleep(0.3)\n"
    return handed_in(desk, added=[CONNECTIONS + f"END = '-{number}'\n" + each for number in (4, 2, 1)])


@attack(statuses=ENDED, may_lose=True)
def message_without_an_end(desk: Desk) -> Handed:
    """Sends, cell after cell, a hundred megabytes of a message whose last part never comes, over each line to the grader."""
    parts = """
part = b"\\x03" + (2**20).to_bytes(8, "big") + b"x" * 2**20
for end in ("-4", "-2"):
    for one in connections(end):
        one.setblocking(True)
        one.settimeout(2)
        try:
            for _ in range(100): one.sendall(part)
        except OSError: pass
"""
    return handed_in(desk, added=[CONNECTIONS, *[parts] * 6])


# Reading its own cells takes half of what a notebook may take, so it may run out of time on a busy machine.
@attack(statuses=("failed", "timed out"), may_lose=True, slow=True)
def lines_that_begin_as_magics(desk: Desk) -> Handed:
    """Hands in copies of a cell whose thousands of lines begin as IPython's shortcuts do: each has it read the whole cell again."""
    notebook = handed_in(desk)
    at = next(
        n for n, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade_id") == "doubled"
    )
    for number, sign in enumerate(",;/?%!"):
        another = copy.deepcopy(notebook.cells[at])
        another.source, another.id = f"{sign}a\n" * 3_000 + "(\n", f"another-{number}"
        notebook.cells.insert(at, another)
    return notebook


# The kernel's end of the line for calls, answering with a part of its own making.
ANSWERING = """
import base64, json
import autograder.kernels.shell as shell
real = shell.answer_call
class Raw:
    def __init__(self, text): self.text = text
    def to_text(self): return self.text
def answering(namespace, request):
    answer = real(namespace, request)
    if request.function != "doubled": return answer
    parts = json.loads(answer.to_text())
    for pair in parts["value"][1]:
        if pair[0][1] in CHANGED: pair[1] = CHANGED[pair[0][1]]
    return Raw(json.dumps(parts))
shell.answer_call = answering
"""


@attack()
def arrays_with_long_headers(desk: Desk) -> Handed:
    """Answers with two thousand arrays, each described in ten thousand characters, which NumPy reads as Python."""
    return (
        WRONG
        + """
header = ("{'fortran_order': False, " + "'shape':(1,)," * 740 + "'descr': '<f8'}").ljust(9990)
import base64
array = base64.b64encode(b"\\x93NUMPY\\x01\\x00" + len(header).to_bytes(2, "little") + header.encode() + bytes(8)).decode()
CHANGED = {"value": ["list", [["array", array]] * 2000]}
"""
        + ANSWERING
    )


@attack(slow=True)
def tables_without_number(desk: Desk) -> Handed:
    """Answers with forty thousand small tables and series."""
    return (
        WRONG
        + """
table = ["table", {"columns": [[["none"], ["list", []]]], "index": ["list", []]}]
series = ["series", {"name": ["none"], "values": ["list", []], "index": ["list", []]}]
CHANGED = {"value": ["list", [table, series] * 20000]}
"""
        + ANSWERING
    )


@attack()
def errors_with_long_values(desk: Desk) -> Handed:
    """Answers every call with an error that carries nine megabytes of text nobody asked for, to be kept by the grader."""
    return (
        WRONG
        + """
CHANGED = {"outcome": ["text", "error"], "error_names": ["tuple", [["text", "ValueError"]]], "value": ["text", "\\U0001f600" + "a" * 9 * 2**20]}
"""
        + ANSWERING
    )
