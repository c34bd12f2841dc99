"""Which package a kernel has: the one that the grader runs, whatever lies in its environment or beside it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.course import ROOT
from tests.support.tiers import TIERS

# What a kernel of this tier sees, in a process that runs the package of its working directory.
CODE = """
import sys
from autograder.kernels.kernel import Kernel
from autograder.limits import Limits
kernel = Kernel([], Limits(), sys.argv[1])
try:
    print(*[output.get("text", output) for output in kernel.run(sys.argv[2], 20).outputs])
finally:
    kernel.close()
"""
LOOK = """
import importlib, json, sys
seen = {"packages": [importlib.import_module(name).__file__ for name in ("autograder", "autograder.wire.calls")]}
for name in ("solutions", "tests", "numpy_of_the_course", "nbgrader_config"):
    try:
        seen[name] = str(importlib.import_module(name))
    except ImportError:
        pass
seen["numpy"] = importlib.import_module("numpy").__version__
seen["path"] = sys.path
print(json.dumps(seen))
"""


@pytest.fixture
def another_checkout(tmp_path: Path) -> Path:
    """A course with another copy of the kit than its environment has, and files that no kernel may import."""
    root = tmp_path / "course"
    shutil.copytree(ROOT / "autograder", root / "autograder", ignore=shutil.ignore_patterns("__pycache__"))
    for folder in ("solutions", "tests"):
        (root / folder).mkdir()
        (root / folder / "__init__.py").write_text("")
    for name in ("numpy", "json", "numpy_of_the_course", "nbgrader_config"):
        (root / f"{name}.py").write_text("__version__ = 'the course’s own'\n", encoding="utf-8")
    return root


@pytest.mark.parametrize("tier", TIERS)
def test_a_kernel_runs_the_package_of_its_grader_and_none_of_its_neighbours(another_checkout: Path, tier: str) -> None:
    # At the end of the path, so that the grader itself imports the environment's numpy, and still before the finder of an
    # installation in place (pip install -e).
    code = f"import sys; sys.path.append({str(another_checkout)!r})\n{CODE}"
    command = [sys.executable, "-P", "-c", code, tier, LOOK]
    done = subprocess.run(command, cwd=another_checkout, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr
    seen = json.loads(done.stdout)
    package = another_checkout / "autograder"
    assert seen.pop("packages") == [str(package / "__init__.py"), str(package / "wire" / "calls.py")]
    assert not [path for path in seen.pop("path") if Path(path).is_relative_to(another_checkout)]
    assert set(seen) == {"numpy"}
    assert seen["numpy"][0].isdigit()
