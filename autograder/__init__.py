"""An autograded exercise and assessment kit for a beginners' course on deep learning with Keras.

What students use, ``check`` and ``ready``, and what authors of checks use is here by name; it is loaded when first asked
for, so that importing one part does not import all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from autograder.version import VERSION as __version__

if TYPE_CHECKING:
    from autograder.checks import checks, weight
    from autograder.student.check import check, ready, same_version

__all__ = ["__version__", "check", "checks", "ready", "same_version", "weight"]

_HOMES = {
    "check": "autograder.student.check",
    "ready": "autograder.student.check",
    "same_version": "autograder.student.check",
    "checks": "autograder.checks",
    "weight": "autograder.checks",
}


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(_HOMES[name]), name)
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")
