"""`autograder doctor` on this machine: it tries each protection, and sees one that is missing."""

from __future__ import annotations

import sys

import pytest
from rich.console import Console

from autograder import cli, doctor
from autograder.kernels.warm import why_not
from autograder.sandbox.tiers import CONTAINER, NAMESPACES, NONE

CONFINING = [tier for tier in (NAMESPACES, CONTAINER) if not why_not(tier)]


@pytest.mark.parametrize("tier", CONFINING)
def test_every_protection_holds(tier: str) -> None:
    findings = doctor.examine(tier)
    assert len(findings) >= 15
    assert [finding for finding in findings if not finding.held] == []


def test_without_a_sandbox_it_sees_what_does_not_hold() -> None:
    held = {finding.forbids: finding.held for finding in doctor.examine(NONE)}
    assert not any(held[what] for what in ("reach the network", "read the grader's files", "signal the grader"))
    assert held["compute endlessly"]


def test_its_table_says_that_grading_is_safe_here(capsys: pytest.CaptureFixture[str]) -> None:
    if not CONFINING:
        pytest.skip("this machine confines nothing")
    assert cli.main(["doctor"]) == 0
    said = capsys.readouterr().out
    assert "Grading is safe here." in said
    assert "DOES NOT HOLD" not in said


def test_a_protection_that_does_not_hold_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    # What is found in the tier that confines nothing, under the name of one that should.
    assert doctor.report(Console(width=120), NAMESPACES, doctor.examine(NONE)) is False
    assert "students' code can reach the network" in capsys.readouterr().out


def test_elsewhere_than_on_linux_it_says_what_grading_needs(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "platform", "darwin")
    assert cli.main(["doctor"]) == 2
    assert "WSL2" in capsys.readouterr().out
