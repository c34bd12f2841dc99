"""One attack of each kind fails in the settings in which not all are tried every time: other tier, plain user, both."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

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


@pytest.mark.parametrize("user", ["this user", "a plain user"])
@pytest.mark.parametrize("tier", CONFINED)
def test_one_attack_of_each_kind_fails(
    settings: list[Setting], tier: str, user: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    plain = user == "a plain user"
    if plain and os.getuid() != 0:
        pytest.skip("only root can become another user")
    if not plain and tier == best_tier():
        pytest.skip("all attacks are tried in this setting: test_quick.py")
    setting = next(s for s in settings if s.tier == tier and (s.user is not None) == plain)
    root = tmp_path_factory.mktemp("settings")
    for folder in (root, root.parent):
        folder.chmod(0o755)
    outcomes = run_classes(ONE_OF_EACH, root, setting)
    assert len(outcomes) > 12
    assert {slug: outcome.faults for slug, outcome in outcomes.items() if outcome.faults} == {}
