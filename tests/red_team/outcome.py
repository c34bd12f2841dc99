"""The outcome of an attack, for points, neighbours, machine and readers."""

from __future__ import annotations

from dataclasses import dataclass, field

from tests.red_team.attack import Attack


@dataclass
class Outcome:
    """The result of one attack.

    ``score`` is None if nothing was graded; ``hurt`` names neighbours who did not get their full marks; ``left`` is what is
    left on the machine; ``leaked`` is which secrets got out, and to where; ``page`` is what a page does beyond an honest one.
    """

    attack: Attack
    score: float | None
    status: str = ""
    message: str = ""
    hurt: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    leaked: list[str] = field(default_factory=list)
    page: list[str] = field(default_factory=list)
    run: str = ""
    seconds: float = 0.0

    @property
    def gained(self) -> float:
        """The points beyond the honest version's."""
        return max(0.0, (self.score or 0.0) - self.attack.earns)

    @property
    def faults(self) -> list[str]:
        """What must not happen and did, each in a few words; empty if the attack failed."""
        faults = []
        if self.score is None:
            faults.append("not graded")
        elif self.score > self.attack.earns + 1e-9 or (
            self.score < self.attack.earns - 1e-9 and not self.attack.may_lose
        ):
            faults.append(f"{self.score:g} points instead of {self.attack.earns:g}")
        faults += [f"hurt {name}" for name in self.hurt]
        faults += [f"left {name}" for name in self.left]
        faults += [f"leaked {name}" for name in self.leaked]
        faults += [f"in the page: {name}" for name in self.page]
        if self.status not in self.attack.statuses:
            faults.append(f"the verdict is “{self.status}”, not {' or '.join(self.attack.statuses)}")
        return faults + ([self.run] if self.run else [])
