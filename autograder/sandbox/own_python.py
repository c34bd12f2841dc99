"""The command that runs a module of this package in a Python of its own, which takes nothing from its surroundings."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent
# Imports the package that this process runs, whatever other copy the environment holds. It is loaded from its file:
# were the folder above it on the path, the course's own files there could be imported, or be taken for others' modules.
_RUN = """
import sys
from importlib import import_module
from importlib.util import module_from_spec, spec_from_file_location
spec = spec_from_file_location("autograder", sys.argv[1])
sys.modules["autograder"] = module_from_spec(spec)
spec.loader.exec_module(sys.modules["autograder"])
import_module(sys.argv[2]).main(*sys.argv[3:])
"""


def own_python(module: str, *arguments: str, options: Sequence[str] = ()) -> list[str]:
    """The command that calls ``main(*arguments)`` of a module of this package.

    Parameters
    ----------
    module
        Its whole name.
    arguments
        Its arguments, as texts.
    options
        Options of Python's; ``-I`` is always among them: nothing in any folder or environment variable changes what is
        imported.
    """
    return [sys.executable, "-I", *options, "-c", _RUN, str(PACKAGE / "__init__.py"), module, *arguments]
