"""A class of a module's attackers, graded once for all its tests."""

from __future__ import annotations

import pytest

from tests.red_team.ours import run_class
from tests.red_team.outcome import Outcome


@pytest.fixture(scope="module")
def outcomes(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Outcome]:
    """The outcomes of a class of the module's `ATTACKS`, with honest students among them."""
    return run_class(request.module.ATTACKS, tmp_path_factory.mktemp("red-team"))
