"""Slips in the exercises of `backpropagation`."""

from __future__ import annotations

from tests.feedback.slip import Slip

SLIPS: list[Slip] = []
