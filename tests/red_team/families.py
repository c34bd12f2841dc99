"""All attacks, of every family."""

from tests.red_team import (
    escaping,
    escaping_traces,
    exhausting,
    exhausting_grader,
    exhausting_lines,
    forging,
    forging_answers,
    gaming,
    harming,
    harming_names,
    reading,
    reading_process,
    real_lesson,
    skipping,
    skipping_files,
)
from tests.red_team.attack import FAMILIES, REGISTERED

MODULES = (
    reading_process,
    reading,
    forging,
    forging_answers,
    skipping,
    skipping_files,
    escaping,
    escaping_traces,
    exhausting,
    exhausting_grader,
    exhausting_lines,
    harming,
    harming_names,
    gaming,
    real_lesson,
)
ATTACKS = tuple(sorted(REGISTERED, key=lambda attack: list(FAMILIES).index(attack.family)))
QUICK = tuple(attack for attack in ATTACKS if not attack.slow)
assert len({attack.slug for attack in ATTACKS}) == len(ATTACKS)
