"""One attack of each kind fails in the settings in which not all are tried every time: other tier, plain user, both."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.kernels.processes import remove_tree
from autograder.kernels.warm import best_tier
from tests.red_team.families import ONE_OF_EACH
from tests.red_team.ours import run_classes
from tests.red_team.setting import Setting, all_settings
from tests.support.tiers import CONFINED

pytestmark = pytest.mark.long


@pytest.fixture(scope="module")
def settings() -> Iterator[list[Setting]]:
    with all_settings() as settings:
        yield settings


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder that every user can pass through: pytest's own are for one alone."""
    folder = Path(tempfile.mkdtemp(prefix="red-team-"))
    folder.chmod(0o755)
    yield folder
    remove_tree(folder)


@pytest.mark.parametrize("user", ["this user", "a plain user"])
@pytest.mark.parametrize("tier", CONFINED)
def test_one_attack_of_each_kind_fails(settings: list[Setting], folder: Path, tier: str, user: str) -> None:
    plain = user == "a plain user"
    if plain and os.getuid() != 0:
        pytest.skip("only root can become another user")
    if not plain and tier == best_tier():
        pytest.skip("all attacks are tried in this setting: test_quick_….py")
    setting = next(s for s in settings if s.tier == tier and (s.user is not None) == plain)
    outcomes = run_classes(ONE_OF_EACH, folder, setting)
    assert len(outcomes) > 12
    assert {slug: outcome.faults for slug, outcome in outcomes.items() if outcome.faults} == {}
