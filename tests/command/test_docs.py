"""The tests, files and modules that the documentation names exist, and its map shows the whole engine."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support.course import ROOT
from tests.support.project import TOOLS

CONTRIBUTING = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
MOST_ENTRIES = 26
PAGES = [page for pattern in ("*.md", "docs/**/*.md", "benchmarks/*.md") for page in ROOT.glob(pattern)]


def section(heading: str) -> str:
    return CONTRIBUTING.partition(f"\n## {heading}\n")[2].partition("\n## ")[0]


def map_of_the_engine() -> dict[str, str]:
    """The floor of each entry that CONTRIBUTING.md's map names."""
    rows = re.findall(r"^\| (\S+) \| (.+?) \|", section("The map of the engine"), re.MULTILINE)
    return {name.rstrip("/"): floor for floor, names in rows for name in re.findall(r"`([^`]+)`", names)}


def test_every_test_named_in_the_documentation_exists() -> None:
    text = (ROOT / "docs" / "nbgrader.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(test_\w+)`", text))
    files = list((ROOT / "tests").rglob("test_*.py"))
    defined = {
        node.name
        for file in files
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.FunctionDef)
    }
    assert len(named) > 30
    assert named - defined == set()


def test_every_test_of_stock_nbgrader_is_named_in_the_documentation() -> None:
    text = (ROOT / "docs" / "nbgrader.md").read_text(encoding="utf-8")
    tree = ast.parse((ROOT / "tests" / "nbgrader" / "test_stock.py").read_text(encoding="utf-8"))
    tests = {node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")}
    assert {name for name in tests if f"`{name}`" not in text} == set()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_links_to_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r'src="([^":]+)"', text)
    assert [target for target in targets if not (page.parent / target).exists()] == []


def test_the_map_shows_every_entry_of_the_engine_and_no_other() -> None:
    entries = {path.name for path in (ROOT / "autograder").iterdir()} - {"__pycache__"}
    assert set(map_of_the_engine()) == entries
    assert len(entries) <= MOST_ENTRIES


def test_the_floors_of_the_map_are_those_that_import_linter_checks() -> None:
    contracts = TOOLS["importlinter"]["contracts"]
    (layers,) = (each["layers"] for each in contracts if each.get("containers") == ["autograder"])
    floors: dict[str, set[str]] = {}
    for name, floor in map_of_the_engine().items():
        floors.setdefault(floor, set()).add(name.removesuffix(".py"))
    assert floors.pop("–") == {"__init__", "py.typed"}
    floors[map_of_the_engine()["course"]].remove("course")  # data, not code
    assert floors == {str(n): set(layer.split(" | ")) for n, layer in enumerate(reversed(layers), 1)}


def test_every_file_that_a_change_goes_into_exists() -> None:
    named = set(re.findall(r"`([\w./-]+/[\w./-]*)`", section("Where does my change go?")))
    assert len(named) > 10
    assert {name for name in named if not (ROOT / name).exists() and not (ROOT / "autograder" / name).exists()} == set()
