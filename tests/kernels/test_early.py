"""A sandbox that is tried in the background: once, and ended with the process that tried it, however early that ends."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from autograder.kernels.processes import FOLDER
from tests.support.course import ROOT
from tests.support.tiers import processes_naming

GRADES = f"""
from pathlib import Path
import tempfile
from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import best_tier, try_early
from autograder.limits import Limits
try_early()
kernel = Kernel([], Limits(), best_tier())
print(len(list(Path(tempfile.gettempdir()).glob({FOLDER + "*"!r}))))
print(kernel.run("print(6 * 7)", 20).outputs[0]["text"].strip())
"""
GIVES_UP = """
import sys
from autograder.kernels.warm import try_early
try_early()
sys.exit("There is no such week.")
"""


def run(code: str) -> tuple[subprocess.CompletedProcess[str], list[object]]:
    """A process that runs this code, and the files and processes that it leaves."""
    with tempfile.TemporaryDirectory(prefix="early-") as folder:
        if os.getuid() == 0:
            Path(folder).chmod(0o755)  # kernels run as another user
        command = [sys.executable, "-c", code]
        environment = os.environ | {"TMPDIR": folder}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
        until = time.monotonic() + 10
        while processes_naming(folder) and time.monotonic() < until:
            time.sleep(0.05)
        return done, [*Path(folder).glob(f"{FOLDER}*"), *processes_naming(folder)]


def test_whoever_needs_a_kernel_meanwhile_waits_for_the_one_zygote() -> None:
    done, left = run(GRADES)
    assert (done.stdout.split(), done.stderr, left) == (["1", "42"], "", [])


def test_a_process_that_gives_up_at_once_leaves_nothing() -> None:
    done, left = run(GIVES_UP)
    assert (done.returncode, done.stderr, left) == (1, "There is no such week.\n", [])
