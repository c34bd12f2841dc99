"""Attacks name only parts of the kit that exist: one that names another would fail for that alone."""

from __future__ import annotations

import importlib
import importlib.util
import re
from pathlib import Path

import pytest

SOURCES = sorted(Path(__file__).parent.glob("*.py"))
IMPORTED_AS = re.compile(r"import (autograder\.[\w.]+) as (\w+)|from (autograder[\w.]*) import (\w+)(?: as (\w+))?")


def used(text: str) -> set[tuple[str, str]]:
    """The modules and names of the kit that a text imports or reaches for, "" for the module itself."""
    names: set[tuple[str, str]] = set()
    for module, alias, package, name, other in IMPORTED_AS.findall(text):
        if module:
            names |= {
                (module, ""),
                *((module, attribute) for attribute in re.findall(rf"(?<![\w.]){alias}\.(\w+)", text)),
            }
            continue
        names.add((package, name))
        if (Path("autograder", *package.split(".")[1:], f"{name}.py")).is_file():
            names |= {
                (f"{package}.{name}", attribute) for attribute in re.findall(rf"(?<![\w.]){other or name}\.(\w+)", text)
            }
    return names


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.name)
def test_an_attack_names_only_what_the_kit_has(source: Path) -> None:
    for module, name in used(source.read_text(encoding="utf-8")):
        part = importlib.import_module(module)
        assert not name or hasattr(part, name) or importlib.util.find_spec(f"{module}.{name}"), f"{module}: no {name}"


def test_names_are_found() -> None:
    text = "import autograder.kernels.shell as shell\nshell.gone = shell.answer_call\nfrom autograder.checks import run\nrun.x()"
    assert used(text) == {
        ("autograder.kernels.shell", ""),
        ("autograder.kernels.shell", "gone"),
        ("autograder.kernels.shell", "answer_call"),
        ("autograder.checks", "run"),
        ("autograder.checks.run", "x"),
    }
