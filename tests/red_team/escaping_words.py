"""Escaping into other kernels: one says a word by what all kernels of a machine share, a later one listens."""

from __future__ import annotations

from tests.red_team.attack import Desk, Handed, attack
from tests.red_team.target import WRONG

_LOCKS = """
import fcntl, os, struct
OPEN_FILE_GET, OPEN_FILE_SET = 36, 37
def lock(kind, start):
    return struct.pack("hhqqi4x", kind, 0, start, 1, 0)
def opened(*paths):
    for name in os.listdir("/proc/self/fd"):
        try:
            if os.readlink(f"/proc/self/fd/{name}") in paths:
                yield int(name)
        except OSError:
            pass
"""
# Files that every kernel can open, and few others lock.
_SHARED_FILES = "('/usr/bin/env', '/usr/share/zoneinfo/UTC', os.__file__, np.__file__)"


@attack()
def word_said_by_locks_on_open_devices(desk: Desk) -> Handed:
    """Locks places in the open /dev/null that it has from the process it was forked from: the places are a word."""
    return f"""{WRONG}{_LOCKS}
for number in opened("/dev/null", "/dev/zero"):
    for place in (7, 1907, 42):
        for kind in (fcntl.F_RDLCK, fcntl.F_WRLCK):
            try:
                fcntl.fcntl(number, OPEN_FILE_SET, lock(kind, place))
            except OSError:
                pass
"""


@attack()
def word_heard_by_locks_on_open_devices(desk: Desk) -> Handed:
    """Asks which places in /dev/null somebody else has locked."""
    return f"""{WRONG}{_LOCKS}
mine = os.open("/dev/null", os.O_RDWR)
for place in (7, 1907, 42):
    for command in (OPEN_FILE_GET, fcntl.F_GETLK):
        try:
            kind, *_ = struct.unpack("hhqqi4x", fcntl.fcntl(mine, command, lock(fcntl.F_WRLCK, place)))
            if kind == fcntl.F_RDLCK or (kind == fcntl.F_WRLCK and command == OPEN_FILE_GET):
                print("REACHED a word in a lock")
        except OSError:
            pass
"""


@attack()
def word_said_by_flags_of_open_files(desk: Desk) -> Handed:
    """Sets flags of the open files that it has from the process it was forked from."""
    return f"""{WRONG}{_LOCKS}
for number in opened("/dev/null", "/dev/zero", "/dev/urandom"):
    try:
        fcntl.fcntl(number, fcntl.F_SETFL, fcntl.fcntl(number, fcntl.F_GETFL) | os.O_APPEND | os.O_NONBLOCK)
    except OSError:
        pass
"""


@attack()
def word_heard_by_flags_of_open_files(desk: Desk) -> Handed:
    """Looks for flags that only another kernel can have set."""
    return f"""{WRONG}{_LOCKS}
for number in opened("/dev/null", "/dev/zero", "/dev/urandom"):
    if fcntl.fcntl(number, fcntl.F_GETFL) & (os.O_APPEND | os.O_NONBLOCK):
        print("REACHED a word in a flag")
"""


@attack()
def times_of_devices_changed(desk: Desk) -> Handed:
    """Gives devices that all kernels see another time of their last change, which a later one could read."""
    return f"""{WRONG}
import os
for device in ("null", "zero", "full", "random", "urandom", "tty"):
    path = f"/dev/{{device}}"
    try:
        before = os.stat(path).st_mtime_ns
    except OSError:
        continue
    for times in (None, (1_000_000_007, 1_000_000_007)):
        try:
            os.utime(path, times)
        except OSError:
            pass
    if os.stat(path).st_mtime_ns != before:
        print("REACHED the time of", device)
"""


_PLACES = (
    "('/', '/usr/local/share', '/usr/src', '/dev', '/dev/shm', '/dev/mqueue', '/run', '/var/tmp', '/etc', '/tmp', '/mnt', "
    "'/srv', '/opt', os.path.dirname(np.__file__))"
)


@attack()
def word_said_by_files_in_shared_folders(desk: Desk) -> Handed:
    """Writes a file into each folder of the system that it may write to."""
    return f"""{WRONG}
import os
for place in {_PLACES}:
    try:
        with open(f"{{place}}/{desk.mark[:14]}word", "w") as file:
            file.write("a word")
    except OSError:
        pass
"""


@attack()
def word_heard_by_files_in_shared_folders(desk: Desk) -> Handed:
    """Looks for files of another kernel in each folder of the system."""
    return f"""{WRONG}
import os
for place in {_PLACES}:
    try:
        names = os.listdir(place)
    except OSError:
        continue
    if "{desk.mark[:14]}word" in names:
        print("REACHED a file in", place)
"""


@attack()
def locks_on_files_of_the_system(desk: Desk) -> Handed:
    """Locks files of the system that programs of other users may want to lock, and sees whether another process feels it."""
    return f"""{WRONG}{_LOCKS}
import subprocess, sys
program = '''
import fcntl, sys
for path in sys.argv[1:]:
    try:
        fcntl.flock(open(path, "rb"), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("felt")
'''
kept = []
for path in {_SHARED_FILES}:
    try:
        kept.append(open(path, "rb"))
        fcntl.flock(kept[-1], fcntl.LOCK_EX)
    except OSError:
        pass
said = subprocess.run([sys.executable, "-c", program, *{_SHARED_FILES}], capture_output=True, text=True).stdout
if "felt" in said:
    print("REACHED a lock on the system's files")
"""


@attack()
def slots_and_rules_of_the_machine(desk: Desk) -> Handed:
    """Takes what all processes of the machine share: slots for asynchronous reading, compiled filters, leases, notices."""
    return f"""{WRONG}
import ctypes, fcntl, os, socket, struct
libc = ctypes.CDLL(None, use_errno=True)
if os.uname().machine == "x86_64":
    context = ctypes.c_ulong(0)
    if libc.syscall(206, 64, ctypes.byref(context)) == 0:
        print("REACHED slots for asynchronous reading")
        libc.syscall(207, context)
rule = ctypes.create_string_buffer(struct.pack("HBBI", 6, 0, 0, 0x7FFF0000))
program = struct.pack("HxxxxxxQ", 1, ctypes.addressof(rule))
try:
    one, other = socket.socketpair()
    one.setsockopt(socket.SOL_SOCKET, 26, program)
    print("REACHED a compiled filter of a socket")
except OSError:
    pass
for what, command, argument in (("a lease", 1024, fcntl.F_RDLCK), ("a notice", 1026, 1)):
    try:
        fcntl.fcntl(os.open(os.path.dirname(os.__file__) if command == 1026 else os.__file__, os.O_RDONLY), command, argument)
        print("REACHED", what)
    except OSError:
        pass
"""
