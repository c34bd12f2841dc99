"""Prints every figure and whether it is reached; exits with 1 where one is not."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from pathlib import Path

from autograder.kernels.warm import best_tier
from benchmarks import classes, kernels


def main() -> int:
    """Measure, print, judge."""
    machine = f"{platform.machine()}, {os.cpu_count()} processors"
    print(f"{machine}, Python {platform.python_version()}, sandbox “{best_tier()}”\n")
    start = kernels.medians({"stock": kernels.stock, "forked": kernels.forked, "spare": kernels.spare})
    weight = kernels.bytes_per_idle_kernel()
    with tempfile.TemporaryDirectory() as folder:
        notebook, own = classes.numpy_class(Path(folder))
        stock, ours = classes.keras_classes(Path(folder))
    figures = [
        ("a stock Jupyter kernel's first reply", f"{1000 * start['stock']:.0f} ms", "", True),
        (
            "a kernel forked on demand: first reply",
            f"{1000 * start['forked']:.0f} ms",
            "under 150 ms",
            start["forked"] < 0.150,
        ),
        ("the spare kernel's first reply", f"{1000 * start['spare']:.0f} ms", "under 50 ms", start["spare"] < 0.050),
        (
            "memory of one more idle kernel, TensorFlow imported",
            f"{weight / 2**20:.0f} MB",
            "under 60 MB",
            weight < 60 * 2**20,
        ),
        ("week 1's forward_propagation in nbgrader, one more", f"{notebook:.2f} s", "", True),
        ("  of which its cells' own computing", f"{own:.2f} s", "", True),
        ("  beyond that", f"{notebook - own:.2f} s", "at most 0.5 s", notebook - own <= 0.5),
        ("a Keras notebook in nbgrader, stock kernel, one more", f"{stock:.2f} s", "", True),
        ("a Keras notebook in nbgrader, our kernel, one more", f"{ours:.2f} s", "", True),
        ("  stock / ours", f"{stock / ours:.1f}", "at least 5", stock / ours >= 5),
    ]
    for what, value, goal, _ in figures:
        print(f"{what:58} {value:>8}  {goal}")
    missed = [what.strip() for what, _, _, reached in figures if not reached]
    print(f"\nNot reached: {'; '.join(missed)}" if missed else "\nAll reached.")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
