"""From asking for a kernel to its first reply: stock, forked on demand, the spare; and what an idle kernel weighs."""

from __future__ import annotations

import re
import statistics
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from jupyter_client.manager import start_new_kernel

from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import best_tier
from autograder.limits import Limits
from autograder.sandbox.usage import tree

ROUNDS = 15
IDLE_KERNELS = 6
# A spare is forked while the kernel before it runs; this is how long that one is left alone here.
PAUSE_SECONDS = 1.0


def stock() -> float:
    """Seconds until a stock kernel has answered."""
    start = time.perf_counter()
    manager, client = start_new_kernel(stderr=subprocess.DEVNULL)  # it warns that it uses TCP
    client.execute("1", reply=True, timeout=60)
    taken = time.perf_counter() - start
    client.stop_channels()
    manager.shutdown_kernel(now=True)
    return taken


def forked() -> float:
    """Seconds until a kernel forked on demand has answered: one with a data file is not to be had ahead."""
    with tempfile.NamedTemporaryFile(suffix=".csv") as data:
        return _ours([Path(data.name)])


def spare() -> float:
    """Seconds until the spare kernel has answered."""
    return _ours([])


def _ours(files: list[Path]) -> float:
    start = time.perf_counter()
    kernel = Kernel(files, Limits(), best_tier())
    assert kernel.run("1", 60).ending == "ok"
    taken = time.perf_counter() - start
    time.sleep(PAUSE_SECONDS)
    kernel.close()
    return taken


def medians(ways: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median seconds of each way, all taken in turn."""
    for way in ways.values():
        way()  # what is started once, and what the file system remembers
    taken: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(rounds):
        for name, way in ways.items():
            taken[name].append(way())
    return {name: statistics.median(seconds) for name, seconds in taken.items()}


def bytes_per_idle_kernel() -> float:
    """By how much the summed PSS of the zygote and all its kernels grows with each idle kernel."""
    kernels = [Kernel([], Limits(), best_tier(), ("tensorflow", "keras"))]
    time.sleep(PAUSE_SECONDS)
    zygote = _zygote_of(kernels[0].process)
    before = sum(map(_pss, tree(zygote)))
    for _ in range(IDLE_KERNELS):
        kernels.append(Kernel([], Limits(), best_tier(), ("tensorflow", "keras")))
    time.sleep(PAUSE_SECONDS)
    after = sum(map(_pss, tree(zygote)))
    for kernel in kernels:
        kernel.close()
    return (after - before) / IDLE_KERNELS


def _zygote_of(process: int) -> int:
    """The outermost process that belongs to a kernel's zygote: bubblewrap's own, or the zygote if there is none."""
    outermost = process
    while True:
        status = Path(f"/proc/{outermost}/status").read_text()
        parent = int(re.search(r"PPid:\t(\d+)", status)[1])
        if b"zygote" not in Path(f"/proc/{parent}/cmdline").read_bytes():
            return outermost
        outermost = parent


def _pss(process: int) -> int:
    text = Path(f"/proc/{process}/smaps_rollup").read_text()
    return 1024 * int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1])
