"""What a grader orders of a zygote: one kernel, with these files and limits; and the tiers that a sandbox comes in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from typing import Any

NAMESPACES, CONTAINER, NONE = "namespaces", "container", "none"
# Where the student's files, their home and the kernel's sockets lie inside namespaces.
INSIDE, HOME, SOCKETS = "/tmp/work", "/tmp/home", "/tmp/sockets"
# What takes seconds to import, and is imported before a kernel is forked whose notebook uses it.
HEAVY = ("tensorflow", "keras")


@dataclass(frozen=True)
class Order:
    """One kernel.

    ``place`` is the kernel's own folder, as the zygote sees it; ``connection`` Jupyter's connection information, as the
    kernel sees it; ``files`` the names of the plain data files whose descriptors come with the order; ``imports`` those
    of `HEAVY` that it uses. Sizes are in bytes.
    """

    place: str
    connection: dict[str, Any]
    memory_bytes: int
    disk_bytes: int
    tasks: int
    files: tuple[str, ...] = ()
    imports: tuple[str, ...] = field(default=())

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Order:
        fields = json.loads(text)
        return cls(**{**fields, "files": tuple(fields["files"]), "imports": tuple(fields["imports"])})
