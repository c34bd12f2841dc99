"""Hubble's measurements of 1929: how far away 24 galaxies are, and how fast they move away from us."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
_DISTANCES = """
0.032 0.034 0.214 0.263 0.275 0.275 0.45 0.5 0.5 0.63 0.8 0.9 0.9 0.9 0.9 1.0 1.1 1.1 1.4 1.7 2.0 2.0 2.0 2.0
"""
_SPEEDS = "170 290 -130 -70 -185 -220 200 290 270 200 300 -30 650 150 500 920 450 500 500 960 500 850 800 1090"


def nebulae() -> tuple[Array, Array]:
    """The distances of 24 galaxies in megaparsecs and their speeds in km/s, both of shape (24,)."""
    return np.array(_DISTANCES.split(), dtype=float), np.array(_SPEEDS.split(), dtype=float)
