"""The sandbox tiers that kernels are tested in, attempts from inside one, and what is left of a kernel."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import why_not
from autograder.limits import Limits
from autograder.sandbox.tiers import CONTAINER, NAMESPACES, NONE
from autograder.sandbox.usage import runs

# Before each cell of `printed`. From Python 3.12 on a fork beside threads, which a kernel has, is warned of.
PREFACE = """
import ctypes, os, signal, socket, sys, time, warnings
warnings.simplefilter("ignore")
libc = ctypes.CDLL(None, use_errno=True)

def call(on_x86_64, on_aarch64, *arguments):
    number = {"x86_64": on_x86_64, "aarch64": on_aarch64}[os.uname().machine]
    result = libc.syscall(number, *[ctypes.c_long(a) if isinstance(a, int) else a for a in arguments])
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
    return result
"""


# The tiers, with commas between, that this machine must give: without one, its tests fail instead of being skipped.
MUST_HAVE = "AUTOGRADER_MUST_HAVE"


def _param(tier: str) -> object:
    reason = why_not(tier)
    must_have = set(filter(None, os.environ.get(MUST_HAVE, "").split(",")))
    if not must_have <= {NONE, CONTAINER, NAMESPACES}:
        raise RuntimeError(f"{MUST_HAVE} = {os.environ[MUST_HAVE]!r}: the tiers are {NAMESPACES} and {CONTAINER}.")
    if reason and tier in must_have:
        raise RuntimeError(f"{MUST_HAVE} names the sandbox “{tier}”, which this machine does not give: {reason}")
    return pytest.param(
        tier, marks=pytest.mark.skipif(bool(reason), reason=f"no sandbox “{tier}” on this machine: {reason}")
    )


TIERS = [_param(tier) for tier in (NONE, CONTAINER, NAMESPACES)]
CONFINED = [_param(tier) for tier in (CONTAINER, NAMESPACES)]


def printed(kernel: Kernel, code: str, seconds: float = 20) -> str:
    """What a cell prints, with its ending if that is not "ok"."""
    ran = kernel.run(PREFACE + textwrap.dedent(code), seconds)
    text = "".join(o.get("text", "") for o in ran.outputs)
    return (text + ("" if ran.ending == "ok" else f" [{ran.ending}]")).strip()


def not_refused(kernel: Kernel, attempts: Mapping[str, str], before: str = "") -> str:
    """Which of these attempts, each Python code, do not end in OSError; empty if all do."""
    parts = [textwrap.dedent(before)]
    for name, attempt in attempts.items():
        body = textwrap.indent(textwrap.dedent(attempt).strip(), "    ")
        # By their name and what they raise, so that a mistake in an attempt is not taken for a refusal.
        parts.append(
            f"try:\n{body}\n    print({name!r})\nexcept OSError:\n    pass\n"
            f"except BaseException as error:\n    print({name!r}, repr(error))"
        )
    return printed(kernel, "\n".join(parts))


def processes_naming(word: str) -> list[int]:
    """The processes of this machine whose command line holds a word, zombies aside."""
    return [process for process, line in _command_lines() if word in line]


def _command_lines() -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            try:
                yield int(folder.name), (folder / "cmdline").read_bytes().decode(errors="replace")
            except OSError:  # it has ended meanwhile
                continue


def left_of(kernel: Kernel) -> list[object]:
    """What is left of a kernel that was closed: its process, its files."""
    return [*([kernel.process] if runs(kernel.process) else []), *([kernel.folder] if kernel.folder.exists() else [])]


def making_kernels(limits: Limits, tier: str) -> Iterator[Callable[..., Kernel]]:
    """For a fixture: what makes kernels of these limits, or of others by name; in the end nothing of them is left."""
    kernels: list[Kernel] = []

    def make(**others: int) -> Kernel:
        kernels.append(Kernel([], replace(limits, **others), tier))
        return kernels[-1]

    yield make
    for kernel in kernels:
        kernel.close()
        assert left_of(kernel) == []
