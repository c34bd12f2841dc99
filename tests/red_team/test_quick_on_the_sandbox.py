"""The red team's quick attacks on the sandbox, through real nbgrader: they gain no point, hurt no neighbour, leave and leak nothing.

The slow ones, other settings, and what the same attacks do to stock nbgrader: ``make red-team``.
"""

from __future__ import annotations

import pytest

from tests.red_team.attack import Attack
from tests.red_team.families import QUICK
from tests.red_team.outcome import Outcome

ATTACKS = [attack for attack in QUICK if attack.family in ("reading", "escaping", "exhausting")]


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.slug)
def test_an_attack_fails(outcomes: dict[str, Outcome], attack: Attack) -> None:
    assert outcomes[attack.slug].faults == []
