"""All slips (local trial)."""
from __future__ import annotations
from tests.feedback import vanishing_gradient
from tests.feedback.slip import Slip
BY_LESSON: dict[str, list[Slip]] = {"vanishing_gradient": vanishing_gradient.SLIPS}
ALL_SLIPS = vanishing_gradient.SLIPS
