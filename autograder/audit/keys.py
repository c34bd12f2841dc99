"""On what the audit of an exercise depends: its lesson's files, and the code of the modules that decide grades."""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import autograder
from autograder.audit.candidates import Effort
from autograder.lessons.course import Lesson

PACKAGE = Path(autograder.__file__).parent
# From these on every import is followed.
ROOTS = ("audit.exercise",)
# What cannot turn a wrong answer into a right one: how kernels start and are confined, how a verdict is shown.
CANNOT_DECIDE = ("kernels", "sandbox", "verdicts.panel", "grading.outputs", "nbgrader_plugin", "version")


@dataclass(frozen=True)
class Key:
    """What an exercise was audited with: digests of its lesson and of the engine."""

    lesson: str
    engine: str


def digest_of_lesson(lesson: Lesson, full: Effort) -> str:
    """The same as long as an audit in full, by the same engine, would give the same for the lesson's exercises.

    Parameters
    ----------
    lesson
        The lesson. Its files enter byte by byte, as students read their docstrings.
    full
        How much an audit in full tries.
    """
    digest = hashlib.sha256(repr(full).encode())
    paths = [path for path in lesson.folder.rglob("*") if path.is_file() and "__pycache__" not in path.parts]
    for name, data in sorted((path.relative_to(lesson.folder).as_posix(), path.read_bytes()) for path in paths):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return digest.hexdigest()


def digest_of_engine() -> str:
    """The same as long as the code of the modules that decide is, without docstrings, comments and layout."""
    digest = hashlib.sha256()
    for name in deciding_modules():
        digest.update(f"{name}\0".encode() + code_alone(module_path(name).read_bytes()))
    return digest.hexdigest()


def code_alone(source: bytes) -> bytes:
    """A module's syntax tree without docstrings, as text: the same for every Python that the kit runs on."""
    tree = ast.parse(source)
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            if ast.get_docstring(node, clean=False) is not None:
                del node.body[0]
        elif isinstance(node, ast.JoinedStr):  # Python 3.12.1 puts empty texts into some
            node.values = [part for part in node.values if not (isinstance(part, ast.Constant) and part.value == "")]
    return repr(_plain(tree)).encode()


def _plain(node: object) -> object:
    """A syntax tree as tuples, without empty fields: newer Pythons have some that older ones lack."""
    if isinstance(node, ast.AST):
        fields = ((name, value) for name, value in ast.iter_fields(node) if value is not None and value != [])
        return type(node).__name__, *((name, _plain(value)) for name, value in fields)
    return tuple(map(_plain, node)) if isinstance(node, list) else node


def deciding_modules() -> list[str]:
    """The modules of the package that an exercise's grade and its audit depend on, sorted."""
    modules: set[str] = set()
    waiting = list(ROOTS)
    while waiting:
        name = waiting.pop()
        if name not in modules and not any(name == no or name.startswith(f"{no}.") for no in CANNOT_DECIDE):
            modules.add(name)
            waiting += imported_by(module_path(name))
    return sorted(modules)


def module_path(name: str) -> Path:
    """The file of a module of the package."""
    path = PACKAGE.joinpath(*name.split("."))
    return path / "__init__.py" if path.is_dir() else path.with_suffix(".py")


def imported_by(path: Path) -> Iterator[str]:
    """The modules of the package that a file imports anywhere in its code, and the packages that these are in."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom):
            names = [node.module or "", *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        for name in names:
            package, *parts = name.split(".")
            if package == "autograder":
                inside = [".".join(parts[: end + 1]) for end in range(len(parts))]
                yield from (module for module in inside if module_path(module).is_file())
