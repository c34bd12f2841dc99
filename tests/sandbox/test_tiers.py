"""Which sandbox a machine gives, with user namespaces and Landlock taken away for real: the best that is left, or none."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder.kernels.warm import best_tier, why_not
from autograder.sandbox.order import CONTAINER, NAMESPACES, NONE
from tests.support.course import ROOT
from tests.support.without import without

needs_container = pytest.mark.skipif(bool(why_not(CONTAINER)), reason=f"no container tier: {why_not(CONTAINER)}")
CODE = """
from autograder.sandbox.walls import NoSandbox
from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import best_tier, tier_to_use, why_not
from autograder.limits import Limits
for allowed in (False, True):
    try:
        kernel = Kernel([], Limits(), tier_to_use(none_allowed=allowed))
        said = kernel.run("try:\\n    print(len(open('/etc/passwd').read()) > 0)\\nexcept OSError:\\n    print('refused')", 20)
        kernel.close()
        print(best_tier(), said.outputs[0]["text"].strip())
    except NoSandbox as error:
        print(best_tier(), "doctor" in str(error))
print(bool(why_not("namespaces")), bool(why_not("container")))
"""


def said(*what: str) -> list[str]:
    """What a grader says of its tier, and what a kernel of it says, where these are taken away."""
    command = without(what, [sys.executable, "-c", CODE])
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=120, check=False)
    assert done.stderr == ""
    return done.stdout.splitlines()


@pytest.mark.skipif(best_tier() != NAMESPACES, reason="bubblewrap makes no namespaces on this machine")
def test_namespaces_are_taken_where_they_are_given() -> None:
    assert said()[:2] == [f"{NAMESPACES} refused"] * 2


@needs_container
def test_without_user_namespaces_grading_goes_on_in_a_container() -> None:
    assert said("namespaces") == [*[f"{CONTAINER} refused"] * 2, "True False"]


def test_without_both_nothing_is_run_unless_that_is_allowed() -> None:
    assert said("namespaces", "landlock") == [f"{NONE} True", f"{NONE} True", "True True"]
