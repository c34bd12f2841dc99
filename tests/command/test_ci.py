"""CI runs everything that the Makefile calls a test, on every Python, and fails without the sandbox's tiers."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.support.course import ROOT
from tests.support.project import PROJECT

WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / ".github" / "workflows" / "ci.yml").read_text(encoding="utf-8"))
JOBS: dict[str, Any] = WORKFLOW["jobs"]
MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
LOCAL = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
PYTHONS = [line.rpartition(" ")[2] for line in PROJECT["classifiers"] if re.search(r":: 3\.\d+$", line)]
IN_SANDBOX = {"audit", "pytest", "test-browser", "test-long"}


def commands(job: str) -> list[str]:
    return [step["run"] for step in JOBS[job]["steps"] if "run" in step]


def targets(job: str) -> set[str]:
    """The targets of the Makefile that a job makes."""
    words = {word for line in commands(job) if line.startswith("make ") for word in line.split()[1:]}
    return {word for word in words if re.fullmatch(r"[a-z-]+", word)}


def requirements(target: str) -> list[str]:
    """The targets that a target of the Makefile needs."""
    (line,) = re.findall(rf"^{target}:(.*?)##", MAKEFILE, re.MULTILINE)
    return line.split()


def test_ci_makes_all_that_make_test_and_the_local_run_make() -> None:
    local = {word for line in LOCAL.splitlines() if line.startswith("make ") for word in line.split()[1:2]}
    assert {"test", "test-browser", "test-long", "system"} == local
    assert set().union(*map(targets, JOBS)) == local - {"test"} | set(requirements("test"))


@pytest.mark.parametrize("job", [job for job in JOBS if targets(job) & IN_SANDBOX])
def test_a_job_that_grades_has_both_tiers_or_fails(job: str) -> None:
    assert WORKFLOW["env"]["AUTOGRADER_MUST_HAVE"] == "namespaces,container"
    packages, namespaces, tests = commands(job)
    assert packages.startswith("make system")
    assert namespaces == "sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0"
    assert tests.startswith("make PYTHON=")


def test_the_local_run_has_both_tiers_or_fails() -> None:
    assert 'export AUTOGRADER_MUST_HAVE="${AUTOGRADER_MUST_HAVE-namespaces,container}"' in LOCAL


def test_the_tests_run_on_every_python_that_the_package_supports() -> None:
    assert PYTHONS == ["3.11", "3.12", "3.13"]
    assert JOBS["tests"]["strategy"]["matrix"]["python"] == PYTHONS


def test_the_students_side_runs_where_the_readme_promises_it() -> None:
    systems = JOBS["students"]["strategy"]["matrix"]["system"]
    assert [system.partition("-")[0] for system in systems] == ["macos", "windows"]
    assert commands("students")[-1] == "python tests/install/run_notebooks.py"
    assert (ROOT / "tests" / "install" / "run_notebooks.py").exists()


def test_once_a_week_all_exercises_are_audited_in_full() -> None:
    assert WORKFLOW[True]["schedule"] == [{"cron": "0 3 * * 1"}]  # YAML takes the key "on" for a truth value
    assert JOBS["full-audit"]["if"] == "github.event_name == 'schedule'"
    assert commands("full-audit")[-1].endswith(" audit FORCE=yes")


def test_ci_may_only_read() -> None:
    assert WORKFLOW["permissions"] == {"contents": "read"}
