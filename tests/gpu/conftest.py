"""A GPU that TensorFlow can use, or the reason why the tests here are skipped."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.training import gpus, taping


@pytest.fixture(scope="session")
def taped() -> Iterator[Callable[..., Any]]:
    """Asks oracles on the first GPU."""
    if not (shutil.which("nvidia-smi") or Path("/dev/nvidia0").exists()):  # spares the seconds of an import
        pytest.skip("this machine has no NVIDIA GPU")
    names = gpus()
    if not names:
        pytest.skip("TensorFlow sees no GPU here: pip install 'tensorflow[and-cuda]'")
    with taping(names[0]) as ask:
        yield ask
