"""The red team's quick attacks have the same outcomes if all of the lesson's demos run."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.red_team.families import QUICK
from tests.red_team.ours import run_class


@pytest.mark.long
def test_every_attack_fails_with_all_demos_run_too(tmp_path: Path) -> None:
    outcomes = run_class(QUICK, tmp_path, demos="all")
    assert {slug: outcome.faults for slug, outcome in outcomes.items() if outcome.faults} == {}
