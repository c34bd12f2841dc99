"""Does what a student reads give a hidden number away, or take too many words?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Sequence

import numpy as np

from autograder.audit.candidates import Candidate
from autograder.audit.columns.column import Column
from autograder.audit.findings import Finding, share
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Draw, Trial
from autograder.checks.diagnosis import AnswersCalls
from autograder.verdicts.panel import in_parts
from autograder.wire.calls import Answer, Call
from autograder.wire.values import numbers

MAX_WORDS = 60
# Whole numbers below this count dimensions and places: a message may show one that is the same for every draw.
SMALL = 10
_NUMBER = re.compile(r"(?<![\w.])[-−]?\d+(?:\.\d+)?(?:[eE][-+]?\d+)?(?![\w])")
# Code and figures are no words: neither the call at the end of a message, nor what stands between backticks.
_CODE = re.compile(r"`[^`]*`")
_WORD = re.compile(r"(?<!\S)[“(\"']*[^\W\d_]+(?:[’'-][^\W\d_]+)*[”)\"'.,:;?!]*(?!\S)")


class Messages(Column[Finding]):
    """The messages on every misconception."""

    name = "messages"
    must_be = "no message shows a hidden number, and none has 60 words"
    width = 8

    def looks_at(self, candidate: Candidate) -> bool:
        """At the misconceptions."""
        return candidate.column == "misconceptions"

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Finding:
        """What is wrong with the messages on it?"""
        return Finding(candidate.name, faults_of(trial.draws, material.references, material.stub))

    def cell(self, findings: Sequence[Finding]) -> Cell:
        """On how many candidates all messages are as they must be."""
        lines = tuple(f"{finding.name}: {line}" for finding in findings for line in finding.shortfalls)
        return Cell(share(findings, lambda finding: not finding.shortfalls), (), lines)


def faults_of(draws: Sequence[Draw], right: AnswersCalls, stub: str) -> list[str]:
    """What is wrong with the messages on a candidate: a line for each fault, the first draw's where several have it.

    Parameters
    ----------
    draws
        The graded candidate.
    right
        The reference, whose answers to hidden calls are hidden, too.
    stub
        The exercise's cell as students get it: the numbers in it are no secret.
    """
    public = set(_numbers_in_text(stub))
    always = _always_shown(draws)
    faults: dict[str, None] = {}
    for draw in draws:
        messages = {c.name: c.message for c in draw.verdict.checks if c.hidden and not c.passed}
        for text in [
            f"{draw.verdict.hint}\n{draw.verdict.message}".strip(),
            *set(messages.values()) - {draw.verdict.message},
        ]:
            words = _WORD.findall(_CODE.sub(" ", " ".join(in_parts(text)[0])))
            if len(words) >= MAX_WORDS:
                faults[f"a message has {len(words)} words: “{text}”"] = None
        hidden = _Hidden(draw, right)
        for check, text in messages.items():
            for number in _numbers_in_text(text):
                small = float(number).is_integer() and abs(float(number)) < SMALL and number in always[check]
                if number not in public and not small and hidden.holds(number):
                    faults.setdefault(f"a message shows the hidden number {number}: “{text}”")
    return list(faults)[:3]


def _always_shown(draws: Sequence[Draw]) -> dict[str, set[str]]:
    """The numbers in each failed check's message for every draw, without those that change with a draw's inputs."""
    always: dict[str, set[str]] = {}
    for check in (c for draw in draws for c in draw.verdict.checks if not c.passed):
        shown = set(_numbers_in_text(check.message))
        always[check.name] = always.get(check.name, shown) & shown
    return always


class _Hidden:
    """The numbers in a draw's hidden calls: what goes in and what is right. Made when a message has a number at all."""

    def __init__(self, draw: Draw, right: AnswersCalls) -> None:
        self._draw = draw
        self._right = right
        self._numbers: np.ndarray | None = None

    def holds(self, number: str) -> bool:
        """Whether a hidden number, written with as many digits, reads like this."""
        if self._numbers is None:
            calls = [call for run in self._draw.runs if run.hidden for call in run.calls]
            self._numbers = np.array([n for call in calls for n in self._of(call) if math.isfinite(n)])
        mantissa, _, exponent = number.lower().partition("e")
        decimals = len(mantissa.partition(".")[2]) - int(exponent or 0)
        return bool(np.any(np.abs(self._numbers - float(number)) <= 0.5000001 * 10.0**-decimals * (decimals > 0)))

    def _of(self, call: Call) -> Iterator[float]:
        right: Answer = self._right.answer(call)
        yield from numbers([*call.arguments, call.keywords, right.value])


def _numbers_in_text(text: str) -> Iterable[str]:
    return (number.replace("−", "-") for number in _NUMBER.findall(text))
