"""All attacks, of every family."""

from tests.red_team import escaping, exhausting, forging, gaming, harming, reading, real_lesson, skipping
from tests.red_team.attack import FAMILIES, REGISTERED

MODULES = (reading, forging, skipping, escaping, exhausting, harming, gaming, real_lesson)
ATTACKS = tuple(sorted(REGISTERED, key=lambda attack: list(FAMILIES).index(attack.family)))
QUICK = tuple(attack for attack in ATTACKS if not attack.slow)
assert len({attack.slug for attack in ATTACKS}) == len(ATTACKS)
