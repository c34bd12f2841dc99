"""All attacks, of every family."""

from tests.red_team import (
    escaping,
    escaping_traces,
    escaping_words,
    exhausting,
    exhausting_grader,
    exhausting_lines,
    exhausting_readers,
    exhausting_system,
    forging,
    forging_answers,
    gaming,
    gaming_functions,
    gaming_hand_in,
    gaming_relations,
    gaming_stand_ins,
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
    escaping_words,
    exhausting,
    exhausting_grader,
    exhausting_lines,
    exhausting_readers,
    exhausting_system,
    harming,
    harming_names,
    gaming,
    gaming_functions,
    gaming_hand_in,
    gaming_relations,
    gaming_stand_ins,
    real_lesson,
)
ATTACKS = tuple(sorted(REGISTERED, key=lambda attack: list(FAMILIES).index(attack.family)))
QUICK = tuple(attack for attack in ATTACKS if not attack.slow)
# The first quick one of each module: for the settings in which not all are tried every time.
ONE_OF_EACH = tuple({attack.module: attack for attack in reversed(QUICK)}.values())
assert len({attack.slug for attack in ATTACKS}) == len(ATTACKS)
