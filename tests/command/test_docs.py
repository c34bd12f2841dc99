"""The documentation names tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from tests.support.course import ROOT


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


PAGES = [page for pattern in ("*.md", "docs/**/*.md", "benchmarks/*.md") for page in ROOT.glob(pattern)]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_every_file_that_a_page_links_to_exists(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(r'src="([^":]+)"', text)
    assert [target for target in targets if not (page.parent / target).exists()] == []
