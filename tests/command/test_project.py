"""pyproject.toml declares every package that is imported, and pytest needs no more than the extra `grade`."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import packages_distributions
from pathlib import Path
from types import ModuleType

import pytest

import autograder
from tests.support.course import LESSON, ROOT, WEEK, Course
from tests.support.project import PROJECT


def name_of(requirement: str) -> str:
    """A requirement's distribution, spelt as pip compares names."""
    return re.sub(r"[-_.]+", "-", re.split(r"[\[<>=!~; ]", requirement)[0]).lower()


def imported() -> dict[str, set[str]]:
    """For each distribution that the engine imports, the modules that import it."""
    importers: dict[str, set[str]] = {}
    distributions = packages_distributions()  # it reads the lists of files of all that is installed
    for path in (ROOT / "autograder").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) and not node.level else []
            for top in {name.partition(".")[0] for name in names} - set(sys.stdlib_module_names) - {"autograder"}:
                (distribution, *_) = distributions[top]
                importers.setdefault(name_of(distribution), set()).add(str(path.relative_to(ROOT)))
    return importers


def test_everything_that_the_engine_imports_is_declared() -> None:
    extras = PROJECT["optional-dependencies"]
    declared = {name_of(line) for line in [*PROJECT["dependencies"], *extras["student"], *extras["grade"]]}
    importers = imported()
    assert {"numpy", "nbgrader", "ipykernel"} <= set(importers)
    assert {name: importers[name] for name in set(importers) - declared} == {}


def test_pytest_does_not_complain_if_only_the_extra_grade_is_installed(course: Course) -> None:
    release = course.root / "release" / WEEK / f"{LESSON}.ipynb"
    only_in_dev = [part for plugin in ("timeout", "xdist", "hypothesispytest") for part in ("-p", f"no:{plugin}")]
    own = ["--config-file=pyproject.toml", "--rootdir=.", f"--submission={release}"]
    checks = course.root / "solutions" / WEEK / LESSON / "public.py"
    command = [Path(sys.executable).with_name("pytest"), *only_in_dev, *own, checks]
    run = subprocess.run(command, cwd=course.root, capture_output=True, text=True, check=False)
    assert f"{'summed':29}0 of 3  not attempted" in run.stdout, run.stdout + run.stderr
    assert "warning" not in (run.stdout + run.stderr).lower()


def test_the_package_gives_by_name_what_it_offers_and_no_module_in_its_place() -> None:
    for name in autograder.__all__:
        assert not isinstance(getattr(autograder, name), ModuleType), name
    with pytest.raises(AttributeError, match="weight"):
        autograder.weight  # noqa: B018
