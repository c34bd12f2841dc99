"""All attacks, of every family."""

from tests.red_team import escaping, exhausting, forging, gaming, harming, reading, real_lesson, skipping
from tests.red_team.attack import BOOK, FAMILIES

assert real_lesson
assert {
    module.__name__.rpartition(".")[2] for module in (escaping, exhausting, forging, gaming, harming, reading, skipping)
} == set(FAMILIES)
ATTACKS = tuple(BOOK.attacks)
QUICK = tuple(attack for attack in ATTACKS if not attack.slow)
