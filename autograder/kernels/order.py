"""What a grader orders of a zygote: one kernel, with these files and limits."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Any

from autograder.limits import Limits

# What takes seconds to import, and is imported before a kernel is forked whose notebook uses it.
HEAVY = ("tensorflow", "keras")


@dataclass(frozen=True)
class Order:
    """One kernel.

    ``folder`` is the kernel's own folder, as the zygote sees it; ``connection`` Jupyter's connection information, as
    the kernel sees it; ``limits`` what all that runs in it may use; ``files`` the names of the plain data files whose
    descriptors come with the order; ``imports`` those of `HEAVY` that it uses.
    """

    folder: str
    connection: dict[str, Any]
    limits: Limits
    files: tuple[str, ...] = ()
    imports: tuple[str, ...] = ()

    def to_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Order:
        fields = json.loads(text)
        limits = Limits(**fields["limits"])
        return cls(fields["folder"], fields["connection"], limits, tuple(fields["files"]), tuple(fields["imports"]))
