"""Which sandbox a machine gives if user namespaces and Landlock are taken away: the best that is left, or none."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.authoring.build import build
from autograder.kernels.warm import best_tier, why_not
from autograder.sandbox.tiers import CONTAINER, NAMESPACES, NONE, WEAKER
from tests.support.course import ROOT
from tests.support.small_course import SmallCourse
from tests.support.tiers import MUST_HAVE
from tests.support.without import without

needs_container = pytest.mark.skipif(bool(why_not(CONTAINER)), reason=f"no container tier: {why_not(CONTAINER)}")
CODE = """
from autograder.sandbox.tiers import NoSandbox
from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import best_tier, tier_to_use, why_not
from autograder.limits import Limits
for allowed in (False, True):
    try:
        kernel = Kernel([], Limits(), tier_to_use(none_allowed=allowed, warn=print))
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
    assert said()[:2] == [f"{NAMESPACES} refused"] * 2  # and nothing is said of a weaker one


@needs_container
def test_without_user_namespaces_grading_goes_on_in_a_container() -> None:
    lines = [line for line in said("namespaces") if not line.startswith(WEAKER)]
    assert lines == [*[f"{CONTAINER} refused"] * 2, "True False"]


@needs_container
@pytest.mark.skipif(os.getuid() != 0, reason="only root has a right to all files that can be taken away")
@pytest.mark.parametrize("what", [("rights",), ("rights", "namespaces")])
def test_root_without_its_right_to_all_files_grades_in_a_container(what: tuple[str, ...]) -> None:
    lines = [line for line in said(*what) if not line.startswith(WEAKER)]
    assert lines == [*[f"{CONTAINER} refused"] * 2, "True False"]


def test_without_both_nothing_is_run_unless_that_is_allowed() -> None:
    lines = [line for line in said("namespaces", "landlock") if not line.startswith(WEAKER)]
    assert lines == [f"{NONE} True", f"{NONE} True", "True True"]


@pytest.mark.parametrize(("must_have", "code", "reason"), [
    ("", pytest.ExitCode.OK, ""),
    ("container", pytest.ExitCode.OK, ""),
    ("namespaces,container", pytest.ExitCode.INTERRUPTED, "names the sandbox “namespaces”, which this machine does not give"),
    ("namespace", pytest.ExitCode.INTERRUPTED, "the tiers are namespaces and container"),
])  # fmt: skip
@needs_container
def test_the_tests_of_a_tier_that_must_be_there_are_not_skipped(must_have: str, code: int, reason: str) -> None:
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "--collect-only",
        "-p",
        "no:cacheprovider",
        "tests/sandbox/test_work.py",
    ]
    done = subprocess.run(
        without(("namespaces",), command),
        cwd=ROOT,
        env={**os.environ, MUST_HAVE: must_have},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == code, done.stdout
    assert reason in done.stdout


BINARIES = Path(sys.executable).parent
# Two kernels of a course that is not ours, from one process that has a log, as nbgrader's has.
TWO_KERNELS = """
import logging
from jupyter_client import KernelManager
from autograder.kernels.provisioner import KERNELSPEC, offer_kernelspec
offer_kernelspec()
logging.basicConfig()
for _ in range(2):
    manager = KernelManager(kernel_name=KERNELSPEC)
    manager.start_kernel()
    manager.shutdown_kernel(now=True)
"""
AUDIT = """
from pathlib import Path
from rich.console import Console
from autograder.audit.candidates import Effort
from autograder.audit.run import audit
audit(Path.cwd(), None, Console(), full=Effort(draws=1, single=1, right=1, poison=1))
"""
DOORS = [
    pytest.param([BINARIES / "autograder", "grade", "week1"], id="autograder grade", marks=pytest.mark.long),
    pytest.param([BINARIES / "nbgrader", "autograde", "week1", "--force"], id="nbgrader autograde"),
    pytest.param([BINARIES / "autograder", "check", "mine/right.ipynb"], id="autograder check"),
    pytest.param([sys.executable, "-c", AUDIT], id="audit", marks=pytest.mark.long),
    pytest.param([sys.executable, "-c", TWO_KERNELS], id="kernels of another course"),
]


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> SmallCourse:
    """A course in which two students handed in right work."""
    course = SmallCourse(tmp_path_factory.mktemp("course") / "course")
    build(course.root)
    shutil.rmtree(course.root / "autograder")  # the package that is installed is used
    right = course.root / "source" / "week1" / "doubling.ipynb"
    (course.root / "mine").mkdir()
    shutil.copy(right, course.root / "mine" / "right.ipynb")
    for student in ("ann", "bob"):
        folder = course.root / "classroom" / "submitted" / student / "week1"
        folder.mkdir(parents=True)
        shutil.copy(right, folder)
    return course


@needs_container
@pytest.mark.skipif(not shutil.which("bwrap"), reason="bubblewrap is not installed on this machine")
@pytest.mark.parametrize("command", DOORS)
def test_a_run_says_once_why_it_has_a_weaker_sandbox(course: SmallCourse, command: list[str | Path]) -> None:
    words = without(("namespaces",), [*map(str, command)])
    done = subprocess.run(words, cwd=course.root, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    lines = [line for line in (done.stdout + done.stderr).splitlines() if WEAKER in line]
    assert len(lines) == 1, done.stdout + done.stderr
    assert f"“{CONTAINER}”" in lines[0]
    assert why_without_namespaces() in lines[0]


def why_without_namespaces() -> str:
    """The reason that this machine would give, were it not to give namespaces."""
    code = "from autograder.kernels.warm import why_not; print(why_not('namespaces').rstrip('.'))"
    command = without(("namespaces",), [sys.executable, "-c", code])
    reason = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()
    assert reason
    return reason
