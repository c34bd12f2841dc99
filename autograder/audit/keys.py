"""On what the audit of an exercise depends: its lesson's files, the modules that decide grades, how much is tried."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from pathlib import Path

import autograder
from autograder.audit.candidates import Effort
from autograder.lessons.course import Lesson

PACKAGE = Path(autograder.__file__).parent
# From these on every import is followed.
ROOTS = ("audit.exercise",)
# What cannot turn a wrong answer into a right one: how kernels start and are confined, how a verdict is shown.
CANNOT_DECIDE = ("kernels", "sandbox", "verdicts.panel", "grading.outputs", "nbgrader_plugin", "version")


def key_of(lesson: Lesson, effort: Effort) -> str:
    """The key of a lesson's exercises: the same as long as an audit would find the same."""
    digest = hashlib.sha256(repr(effort).encode())
    paths = [path for path in lesson.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    files = [(path.relative_to(lesson.folder), path) for path in paths]
    files += [(module_path(name).relative_to(PACKAGE), module_path(name)) for name in deciding_modules()]
    for name, path in sorted(files):
        data = path.read_bytes()
        digest.update(f"{name.as_posix()}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def deciding_modules() -> list[str]:
    """The modules of the package that an exercise's grade and its audit depend on, sorted."""
    found: set[str] = set()
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name not in found and not any(name == no or name.startswith(f"{no}.") for no in CANNOT_DECIDE):
            found.add(name)
            waiting += imported_by(module_path(name))
    return sorted(found)


def module_path(name: str) -> Path:
    """The file of a module of the package."""
    path = PACKAGE.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imported_by(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports, wherever in it the statement stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            inside = name.removeprefix("autograder.")
            if inside != name and module_path(inside).is_file():
                yield inside
