"""Slips in the exercises of `gradient_descent`."""

from __future__ import annotations

from tests.feedback.slip import Slip

SLIPS: list[Slip] = []
