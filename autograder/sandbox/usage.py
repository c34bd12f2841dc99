"""What a process and all that it started use: memory, processes, processors, disk; read from /proc and the disk."""

from __future__ import annotations

import contextlib
import math
import os
import stat
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")
BLOCK = 512  # of st_blocks
# What the system may keep for an open file (half of a pipe, or a share of the files that an epoll waits for), and what
# it keeps for a mapping.
DESCRIPTOR_BYTES, MAPPING_BYTES = 2**15, 256
# Seconds of a processor that one look may take for what a kernel can make long: mappings, and pages that forks share.
COUNT_SECONDS = 2.0
# From how many open files on those of a network with a way out are looked at one by one for sockets.
MANY_DESCRIPTORS = 200


@dataclass(frozen=True)
class Usage:
    """Bytes of memory that belong to no file, swapped out or not, and what the system may keep for open files; the
    number of processes and threads."""

    memory: int
    tasks: int


def tree(root: int) -> list[int]:
    """The process `root` and its descendants; inside a pid namespace nothing escapes from among them."""
    children: dict[int, list[int]] = defaultdict(list)
    for name in os.listdir("/proc"):
        if name.isdigit():
            about = _stat(int(name))
            children[int(about[1]) if about else 0].append(int(name))
    processes = [root]
    for process in processes:
        processes += children[process]
    return processes


def signal_descendants(process: int, number: int) -> None:
    """Send a signal to all that a process started, directly or not; those that may not be signalled are passed over."""
    for descendant in reversed(tree(process)[1:]):
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(descendant, number)


def runs(process: int) -> bool:
    """Whether the process exists and is not a zombie."""
    words = _stat(process)
    return bool(words) and words[0] not in (b"Z", b"X")


def usage(root: int) -> Usage:
    """Sum over the process `root` and its descendants."""
    processes = tree(root)
    memory = _of_descriptors(processes)
    tasks = 0
    for process in processes:
        fields = _fields(_folder(process) / "status")
        tasks += _number(fields, b"Threads")
        memory += _bytes_in(fields)
    return Usage(memory, tasks)


def processor_time(root: int) -> tuple[float, float]:
    """Seconds on a processor, by the process `root`, its descendants and those of their children that have ended; and
    seconds in line for one, of each process's first thread."""
    computed = waited = 0.0
    for process in tree(root):
        computed += sum(map(int, _stat(process)[11:15])) / TICKS
        line = _read(process, "schedstat").split()
        waited += int(line[1]) / 1e9 if len(line) > 1 else 0.0
    return computed, waited


def shared_out_memory(root: int) -> int:
    """As `Usage.memory`, with pages that forks share counted once; if that cannot be read, or takes too long to read,
    counted for each of them."""
    processes = tree(root)
    memory = _of_descriptors(processes)
    until = time.thread_time() + COUNT_SECONDS
    for process in processes:
        exact = _fields(_folder(process) / "smaps_rollup") if time.thread_time() < until else {}
        fields = _fields(_folder(process) / "status")
        if b"Pss_Anon" in exact:
            fields |= {b"RssAnon": exact[b"Pss_Anon"], b"RssShmem": exact.get(b"Pss_Shmem", b"0")}
            fields |= {b"VmSwap": exact.get(b"SwapPss", b"0")}
        memory += _bytes_in(fields)
    return memory


def memory_of_mappings(root: int, most: int) -> float:
    """The bytes that the system keeps to know what is mapped where; counting ends beyond `most`.

    Infinite if it takes too long: paths of files can be long, and nobody looks at anything else meanwhile.
    """
    size = 0
    until = time.thread_time() + COUNT_SECONDS
    for process in tree(root):
        with contextlib.suppress(OSError), open(_folder(process) / "maps", "rb") as lines:
            while size <= most and (chunk := lines.read(2**16)):
                size += MAPPING_BYTES * chunk.count(b"\n")
                if time.thread_time() > until:
                    return math.inf
    return size


def _folder(process: int) -> Path:
    """Where the system says what a process uses: if its first thread has ended, only at one of the others."""
    folder = Path(f"/proc/{process}")
    if runs(process):
        return folder
    with contextlib.suppress(OSError):  # it has ended meanwhile
        for thread in os.listdir(folder / "task"):
            if runs(int(thread)):
                return folder / "task" / thread
    return folder


# Of a process's status: pages in memory, large ones, those swapped out, and the tables that say where they are.
_PAGES = (b"RssAnon", b"RssShmem", b"HugetlbPages", b"VmSwap", b"VmPTE")


def _bytes_in(status: dict[bytes, bytes]) -> int:
    """The memory that a process has by its status: its pages, in memory or swapped out, and its page tables."""
    return 1024 * sum(max(0, _number(status, name)) for name in _PAGES)


def _of_descriptors(processes: list[int]) -> int:
    """The most that the system may keep for all open files of these processes."""
    counts = {process: _descriptors(process) for process in processes}
    number = sum(counts.values())
    return DESCRIPTOR_BYTES * number + _in_sockets(processes, look=number > MANY_DESCRIPTORS)


def _descriptors(process: int) -> int:
    try:
        folder = _folder(process) / "fd"
        return os.stat(folder).st_size or len(os.listdir(folder))  # before Linux 6.2 the size is 0
    except OSError:
        return 0


def _in_sockets(processes: list[int], *, look: bool) -> int:
    """The most that the buffers of all sockets can hold: all that their network has, if it has no way out; otherwise
    those that these processes have open, if they are to be looked at."""
    folder = Path(f"/proc/{processes[0]}/net")
    try:
        lines = (folder / "dev").read_bytes().splitlines()[2:]
        used = int((folder / "sockstat").read_bytes().split(b"used ")[1].split()[0])
        most = int(Path("/proc/sys/net/core/wmem_max").read_bytes())
    except (OSError, IndexError):  # it has ended meanwhile, or the system does not report it
        return 0
    if not all(line.strip().startswith(b"lo:") for line in lines):
        used = len(set().union(*map(_sockets, processes))) if look else 0
    return 2 * most * used  # the system doubles what is asked for


def _sockets(process: int) -> set[str]:
    """The sockets that a process has open; one that forks share has one name."""
    folder = _folder(process) / "fd"
    names = set()
    with contextlib.suppress(OSError):
        for descriptor in os.listdir(folder):
            with contextlib.suppress(OSError):
                names.add(os.readlink(f"{folder}/{descriptor}"))
    return {name for name in names if name.startswith("socket:")}


def own_memory() -> int:
    """This process's resident bytes that belong to no file: quick to read."""
    resident, of_files = map(int, Path("/proc/self/statm").read_bytes().split()[1:3])
    return (resident - of_files) * PAGE


def private_bytes() -> int:
    """This process's private memory, written or not, its threads' stacks included: what RLIMIT_DATA counts."""
    return 1024 * _number(_fields(Path("/proc/self/status")), b"VmData")


def folder_size(folder: Path, most: int = 1_000) -> float:
    """The bytes of all files below a folder; infinite if there are more than `most` entries, or it cannot be read."""
    size = entries = 0
    waiting = [os.fspath(folder)]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as listing:
                for entry in listing:
                    entries += 1
                    if entries > most:
                        return math.inf
                    with contextlib.suppress(FileNotFoundError):  # removed meanwhile
                        about = entry.stat(follow_symlinks=False)
                        # A file may have more room than its size says, or less.
                        size += max(about.st_size, BLOCK * about.st_blocks)
                        if stat.S_ISDIR(about.st_mode):
                            waiting.append(entry.path)
        except FileNotFoundError:  # removed meanwhile
            continue
        except OSError:
            return math.inf
    return size


def size_of_removed(root: int) -> int:
    """The room of files that were removed, and that the process `root` or a descendant still has open."""
    rooms: dict[tuple[int, int], int] = {}
    until = time.thread_time() + COUNT_SECONDS
    for process in tree(root):
        folder = _folder(process) / "fd"
        with contextlib.suppress(OSError):
            for descriptor in os.listdir(folder):
                with contextlib.suppress(OSError):
                    about = os.stat(folder / descriptor)
                    if stat.S_ISREG(about.st_mode) and about.st_nlink == 0:
                        rooms[about.st_dev, about.st_ino] = BLOCK * about.st_blocks
                if time.thread_time() > until:
                    break
    return sum(rooms.values())


def _stat(process: int) -> list[bytes]:
    """Its state, its parent and many numbers; nothing if it has ended."""
    # Its name, which it chooses, stands in parentheses before them.
    return _read(process, "stat").rpartition(b")")[2].split()


def _read(process: int, name: str) -> bytes:
    try:
        with open(f"/proc/{process}/{name}", "rb") as file:
            return file.read()
    except OSError:  # it has ended meanwhile, or the system does not keep this
        return b""


def _fields(status: Path) -> dict[bytes, bytes]:
    try:
        # In bytes, by newlines alone: a process may have any other character in its name.
        lines = status.read_bytes().split(b"\n")[1:]
    except OSError:  # it has ended meanwhile
        return {}
    return {name: value.strip() for name, _, value in (line.partition(b":") for line in lines)}


def _number(fields: dict[bytes, bytes], name: bytes) -> int:
    words = fields.get(name, b"0").split()
    return int(words[0]) if words and words[0].lstrip(b"-").isdigit() else 0
