"""Slips in the exercises of `training_networks`."""

from __future__ import annotations

from tests.feedback.slip import Slip

SLIPS: list[Slip] = []
