"""Runs all attacks on us, in every setting, and on stock nbgrader, and writes docs/generated/red-team.md; ends with 1 if any succeeds on us.

``python -m tests.red_team [--ours] [--here] [WORD …]``: only attacks whose names contain one of these words; then, or with
``--ours``, no page is written. With ``--here`` only in the strongest sandbox, as who runs this.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from autograder.kernels.processes import remove_tree
from tests.red_team.families import ATTACKS
from tests.red_team.ours import run_classes
from tests.red_team.outcome import Outcome
from tests.red_team.report import page
from tests.red_team.setting import all_settings
from tests.red_team.stock import run_stock
from tests.red_team.target import LESSON
from tests.support.course import ROOT

PAGE = ROOT / "docs" / "generated" / "red-team.md"


def main(words: list[str]) -> int:
    """Run the attacks and print their outcomes."""
    names = [word for word in words if not word.startswith("-")]
    attacks = [attack for attack in ATTACKS if not names or any(name in attack.slug for name in names)]
    if not attacks:
        print(f"There is no attack whose name contains {' or '.join(names)}.")
        return 2
    folder = Path(tempfile.mkdtemp(prefix="red-team-"))
    folder.chmod(0o755)
    start = time.monotonic()
    ours: dict[str, dict[str, Outcome]] = {}
    try:
        with all_settings() as settings:
            for setting in settings[:1] if "--here" in words else settings:
                print(f"{len(attacks)} attacks on us ({setting.name}) …", flush=True)
                ours[setting.name] = run_classes(attacks, folder / setting.name.replace(" ", "-"), setting)
                for outcome in ours[setting.name].values():
                    if outcome.faults:
                        print(f"{outcome.attack.slug}: {'; '.join(outcome.faults)}")
                print(f"… {time.monotonic() - start:.0f} seconds.", flush=True)
        if "--ours" not in words:
            print("The same on stock nbgrader …", flush=True)
            stock = run_stock([attack for attack in attacks if attack.lesson == LESSON], folder / "stock")
            print(f"… {time.monotonic() - start:.0f} seconds.", flush=True)
            if not names:
                text = page(attacks, ours, stock)
                PAGE.write_text(text, encoding="utf-8")
                print(f"{PAGE.relative_to(ROOT)} is written.")
    finally:
        remove_tree(folder)
    tries = [outcome for outcomes in ours.values() for outcome in outcomes.values()]
    faults = sum(bool(outcome.faults) for outcome in tries)
    print(f"{len(tries) - faults} of {len(tries)} attacks failed.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
