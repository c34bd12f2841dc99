"""Slips in the exercises of `vanishing_gradient`."""

from __future__ import annotations

from tests.feedback.slip import Slip

SLIPS: list[Slip] = []
