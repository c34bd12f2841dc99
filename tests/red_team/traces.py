"""What is left on the machine after grading: files, processes, sockets, keys, shared memory."""

from __future__ import annotations

import os
import shutil
import sysconfig
from collections.abc import Iterable
from pathlib import Path

from tests.support.unprivileged import USER

# What every attack's traces begin with: swept up afterwards.
PREFIX = "red-team-mark-"
# The graders' own, that stay: whose turn it is.
_OURS = tuple(f"autograder-{user}." for user in (os.getuid(), USER))


def places(*more: Path) -> list[Path]:
    """Where an attack would leave something: temporary folders, the home's start-up files, Python's packages, and more."""
    home = Path.home()
    known = [Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"), Path("/dev/mqueue"), Path("/run/lock"), home]
    known += [home / ".ipython", home / ".jupyter", home / ".local" / "lib", home / ".config", home / ".keras"]
    known += [Path(sysconfig.get_paths()["purelib"]), *more]
    return [folder for folder in dict.fromkeys(known) if folder.is_dir()]


def files(folders: Iterable[Path]) -> set[str]:
    """The names in these folders."""
    return {str(path) for folder in folders for path in folder.iterdir()}


def below(tops: Iterable[Path]) -> set[str]:
    """Everything below these folders except what Python compiled and the graders' locks."""
    paths = set()
    for top in tops:
        for above, inside, names in os.walk(top):
            inside[:] = [name for name in inside if name != "__pycache__"]
            paths |= {os.path.join(above, name) for name in (*inside, *names) if not name.startswith(_OURS)}
    return paths


def marked(folders: Iterable[Path]) -> dict[str, str]:
    """Everything on this machine that bears the prefix: each with where it is."""
    kinds = {path: "a file" for path in files(folders) if PREFIX in Path(path).name}
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit():
            words = read(folder / "cmdline") + read(folder / "comm") if _is_running(folder) else b""
            if PREFIX.encode() in words and folder.name != str(os.getpid()):
                kinds[_word(words.decode(errors="replace"))] = "a process"
    for path, what in (("/proc/net/unix", "a socket"), ("/proc/keys", "a key")):
        for line in read(Path(path)).decode(errors="replace").splitlines():
            if PREFIX in line:
                kinds[_word(line)] = what
    return kinds


def sweep(folders: Iterable[Path], mark: str = PREFIX) -> None:
    """Remove every file whose name bears the mark."""
    for path in files(folders):
        if mark in Path(path).name:
            if os.path.isdir(path) and not os.path.islink(path):
                shutil.rmtree(path, ignore_errors=True)
            else:
                Path(path).unlink(missing_ok=True)


def _is_running(folder: Path) -> bool:
    return read(folder / "stat").rpartition(b")")[2].split()[:1] not in ([], [b"Z"], [b"X"])


def _word(text: str) -> str:
    start = text.index(PREFIX)
    end = start
    while end < len(text) and (text[end].isalnum() or text[end] in "-_."):
        end += 1
    return text[start:end]


def read(path: Path) -> bytes:
    """What is in a file, as far as it can be read."""
    try:
        return path.read_bytes()
    except OSError:  # it has ended meanwhile, or is not ours to read
        return b""
