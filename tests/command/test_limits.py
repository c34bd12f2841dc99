"""Limits come from the course's pyproject.toml; bad ones are refused; no sandbox is allowed only explicitly."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.limits import BadLimits, Limits, unsafe_allowed
from tests.support.course import ROOT


def course(folder: Path, toml: str) -> Path:
    (folder / "pyproject.toml").write_text(toml, encoding="utf-8")
    return folder


def test_what_is_not_given_has_its_default(tmp_path: Path) -> None:
    assert Limits.of_course(tmp_path) == Limits()
    assert Limits.of_course(course(tmp_path, "[project]\nname = 'x'\n")) == Limits()
    root = course(tmp_path, "[tool.autograder.limits]\ncall_seconds = 2.5\ncells = 40\n")
    assert Limits.of_course(root) == Limits(call_seconds=2.5, cells=40)


@pytest.mark.parametrize(
    "line", ["cell_secs = 3", "cells = 0", "cells = -1", "cells = '5'", "cells = true", "cells = []"]
)
def test_a_bad_limit_is_refused_with_what_to_do(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadLimits, match="for one of: call_seconds, cell_seconds, cells"):
        Limits.of_course(course(tmp_path, f"[tool.autograder.limits]\n{line}\n"))


@pytest.mark.parametrize(
    "line", ["cell_seconds = nan", "cell_seconds = inf", "cells = 1.5", "cells = 9223372036854775808"]
)
def test_a_number_that_bounds_nothing_is_refused(tmp_path: Path, line: str) -> None:
    with pytest.raises(BadLimits):
        Limits.of_course(course(tmp_path, f"[tool.autograder.limits]\n{line}\n"))


@pytest.mark.parametrize(
    ("toml", "allowed"),
    [
        ("", False),
        ("[tool.autograder]\n", False),
        ("[tool.autograder]\nunsafe_no_sandbox = false\n", False),
        ("[tool.autograder]\nunsafe_no_sandbox = 'yes'\n", False),
        ("[tool.autograder]\nunsafe_no_sandbox = 1\n", False),
        ("[tool.autograder]\nunsafe_no_sandbox = true\n", True),
    ],
)
def test_grading_without_a_sandbox_is_allowed_only_by_true(tmp_path: Path, toml: str, allowed: bool) -> None:
    assert unsafe_allowed(course(tmp_path, toml)) is allowed


def test_the_kits_own_limits_can_be_read() -> None:
    assert Limits.of_course(ROOT).call_seconds < Limits.of_course(ROOT).notebook_seconds
    assert not unsafe_allowed(ROOT / "tests")


def test_limits_of_the_configuration_override_those_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text("[tool.autograder.limits]\ncell_seconds = 5\ntasks = 50\n")
    limits = Limits.of_course(tmp_path, {"tasks": 60})
    assert (limits.cell_seconds, limits.tasks, limits.call_seconds) == (5, 60, Limits().call_seconds)
    with pytest.raises(BadLimits, match=r"c\.TrustedExecute\.limits tasks"):
        Limits.of_course(tmp_path, {"tasks": 0})
