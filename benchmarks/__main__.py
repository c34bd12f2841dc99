"""Prints every figure as a row of the table in README.md, and which goals are missed; exits with 1 if one is."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

from autograder.kernels.warm import best_tier
from benchmarks import classes, kernels
from benchmarks.classes import Seconds


@dataclass(frozen=True)
class Row:
    """A figure, in words, and its goal if it has one."""

    what: str
    value: str
    goal: str = ""
    reached: bool = True


def main() -> int:
    """Measure, print, judge."""
    machine = f"{platform.machine()}, {os.cpu_count()} processors"
    print(f"{machine}, Python {platform.python_version()}, sandbox “{best_tier()}”\n")
    start = kernels.medians({"stock": kernels.stock, "forked": kernels.forked, "spare": kernels.spare})
    weight = kernels.bytes_per_idle_kernel() / 2**20
    rows = [
        Row("a stock Jupyter kernel, from the request to its first reply", _ms(start["stock"])),
        Row("ours, forked on demand", _ms(start["forked"]), "under 150 ms", start["forked"] < 0.150),
        Row("ours, the spare", _ms(start["spare"]), "under 50 ms", start["spare"] < 0.050),
        Row(
            "memory (PSS) of one more idle kernel, TensorFlow imported", f"{weight:.0f} MB", "under 60 MB", weight < 60
        ),
    ]
    with tempfile.TemporaryDirectory() as folder:
        stock, ours = classes.numpy_classes(Path(folder, "numpy"))
        rows += _one_more("`forward_propagation` of week 1", stock, ours, "stock nbgrader", goal=5)
        rows += [
            Row(f"a class of {len(classes.STUDENTS)} from start to end, stock nbgrader", f"{stock.whole:.1f} s"),
            Row("the same with ours", f"{ours.whole:.1f} s"),
            _ratio(stock.whole, ours.whole, goal=2),
        ]
        stock, ours = classes.keras_classes(Path(folder, "keras"))
        rows += _one_more("a notebook that fits a small Keras model", stock, ours, "stock kernel", goal=5)
    print("| what | measured | goal |\n|---|---|---|")
    for row in rows:
        print(f"| {row.what} | {row.value} | {row.goal} |")
    missed = [f"{row.what}: {row.value}" for row in rows if not row.reached]
    print(f"\nNot reached: {'; '.join(missed)}" if missed else "\nAll reached.")
    return bool(missed)


def _one_more(what: str, stock: Seconds, ours: Seconds, with_what: str, *, goal: float) -> list[Row]:
    return [
        Row(f"{what}, one more submission, {with_what}", f"{stock.one_more:.2f} s"),
        Row("the same with ours", f"{ours.one_more:.2f} s"),
        _ratio(stock.one_more, ours.one_more, goal=goal),
    ]


def _ratio(stock: float, ours: float, *, goal: float) -> Row:
    return Row("stock / ours", f"{stock / ours:.1f}", f"at least {goal:g}", stock / ours >= goal)


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:.0f} ms"


if __name__ == "__main__":
    sys.exit(main())
