"""An autograded exercise and assessment kit for a beginners' course on deep learning with Keras.

What students use is here by name; it is loaded when first asked for, so that importing one part does not import all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from autograder.version import VERSION as __version__

if TYPE_CHECKING:
    from autograder.student.check import check, ready, same_version

__all__ = ["__version__", "check", "ready", "same_version"]

_FOR_STUDENTS = ("check", "ready", "same_version")


def __getattr__(name: str) -> Any:
    if name in _FOR_STUDENTS:
        return getattr(import_module("autograder.student.check"), name)
    raise AttributeError(f"module 'autograder' has no attribute {name!r}")
