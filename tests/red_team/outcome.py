"""What an attack did: to the points, to the neighbours, to the machine, to the reader."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.red_team.attack import Attack


@dataclass
class Outcome:
    """What came of one attack.

    ``score`` is None where nothing was graded; ``hurt`` names neighbours who did not get their full marks; ``left`` and
    ``told`` are what is left on the machine, and which secrets came out; ``page`` is what a page does beyond an honest one.
    """

    attack: Attack
    score: float | None
    status: str = ""
    message: str = ""
    hurt: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    page: list[str] = field(default_factory=list)
    run: str = ""
    seconds: float = 0.0

    @property
    def gained(self) -> float:
        """The points beyond the honest version's."""
        return max(0.0, (self.score or 0.0) - self.attack.earns)

    @property
    def faults(self) -> list[str]:
        """What must not be, each in a few words; empty when the attack came to nothing."""
        faults = []
        if self.score is None:
            faults.append("not graded")
        elif self.score > self.attack.earns + 1e-9 or (
            self.score < self.attack.earns - 1e-9 and not self.attack.may_lose
        ):
            faults.append(f"{self.score:g} points instead of {self.attack.earns:g}")
        faults += [f"hurt {name}" for name in self.hurt]
        faults += [f"left {name}" for name in self.left]
        faults += [f"told {name}" for name in self.told]
        faults += [f"in the page: {name}" for name in self.page]
        if self.status not in self.attack.statuses:
            faults.append(f"the verdict is “{self.status}”, not {' or '.join(self.attack.statuses)}")
        return faults + ([self.run] if self.run else [])
