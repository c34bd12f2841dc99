"""What a kernel and all that it started use: memory and processes, read from /proc."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Usage:
    """Resident bytes that belong to no file, and the number of processes and threads."""

    memory: int
    tasks: int


def usage(root: int) -> Usage:
    """Sum over the process `root` and its descendants; inside a pid namespace nothing escapes from among them."""
    children: dict[int, list[int]] = defaultdict(list)
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            parent = _fields(folder / "status").get("PPid", "0")
            children[int(parent.split()[0])].append(int(folder.name))
    memory = tasks = 0
    waiting = [root]
    while waiting:
        process = waiting.pop()
        waiting += children[process]
        fields = _fields(Path(f"/proc/{process}/status"))
        tasks += int(fields.get("Threads", "0"))
        memory += 1024 * sum(int(fields.get(name, "0 kB").split()[0]) for name in ("RssAnon", "RssShmem"))
    return Usage(memory, tasks)


def _fields(status: Path) -> dict[str, str]:
    try:
        lines = status.read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:  # it has ended meanwhile
        return {}
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
