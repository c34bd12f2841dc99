"""Slips in the exercises of `activation_functions`."""

from __future__ import annotations

from tests.feedback.slip import Slip

SLIPS: list[Slip] = []
