"""Is the model answer right? It must have full marks and agree with its oracle, an independent way to the answers."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from autograder.audit.candidates import Candidate, Effort
from autograder.audit.columns.column import Column
from autograder.audit.findings import Finding, all_lines, right_answer
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial
from autograder.lessons.answers import oracle_in
from autograder.lessons.course import load_module
from autograder.wire.calls import Answer, Call, Request, callable_arguments

RELATIVE = 1e-9
# Numbers smaller than this count as 0: what is left of e^-1000 in float64 depends on how one gets there.
NOTHING = 1e-15


@dataclass(frozen=True)
class Agreement:
    """How well an oracle agrees: its way in words, over how many different calls, how far apart, what is wrong."""

    by: str = ""
    calls: int = 0
    apart: float = 0.0
    shortfalls: tuple[str, ...] = ()
    of_calls: bool = False


@dataclass
class ModelAnswer(Finding):
    """What is found in the model answer: ``answers`` are its own, by the document of the call, for the oracle."""

    answers: dict[str, str] = field(default_factory=dict)
    agreement: Agreement = field(default_factory=Agreement)


class Reference(Column[ModelAnswer]):
    """The model answer for many draws, once with the notebook's demos, compared with the oracle."""

    name = "reference"
    must_be = "the model answer has full marks for every draw, and agrees with the oracle within 1e-9"
    width = 11

    def candidates(self, material: Material, effort: Effort) -> Iterator[Candidate]:
        """The model answer."""
        code = material.answers[material.name]
        yield Candidate(
            self.name, "the model answer", code, effort.draws, all_demos=effort.every, seconds=effort.seconds
        )

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> ModelAnswer:
        """Has it full marks, and what does it answer?"""
        calls = [call for draw in trial.draws for run in draw.runs for call in run.calls]
        answers = {c.document: c.answer.to_text() for c in calls if c.function == material.exercise.answer_name}
        return ModelAnswer(**vars(right_answer(candidate, trial.draws)), answers=answers)

    def follow_up(self, material: Material, finding: ModelAnswer) -> Callable[[], ModelAnswer]:
        """Ask the oracle, which may import TensorFlow."""
        return partial(_compared, finding, material.lesson.oracles, material.name)

    def cell(self, findings: Sequence[ModelAnswer]) -> Cell:
        """How many draws have full marks, and how far the oracle is away."""
        (finding,) = findings
        agreed, counts = finding.agreement, finding.counts
        apart = "as it should be" if agreed.of_calls else f"{agreed.apart:.0e}" if agreed.apart else "exact"
        figures = f"{counts['full']}/{counts['draws']} full" + f", {apart}" * (not agreed.shortfalls)
        remarks = (f"oracle: {agreed.by}; {agreed.calls} calls",) if agreed.by else ()
        return Cell(figures, remarks, (*all_lines(findings), *agreed.shortfalls))


def _compared(finding: ModelAnswer, oracles: Path, exercise: str) -> ModelAnswer:
    return replace(finding, answers={}, agreement=agreement(oracles, exercise, finding.answers))


def quiet() -> None:
    """Keep TensorFlow's start-up messages from the terminal; called first in the oracle's process."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # some of them heed no level


def agreement(path: Path, exercise: str, answers: Mapping[str, str]) -> Agreement:
    """Compare the model answer with the oracle of `exercise` in the file at `path`.

    Parameters
    ----------
    path
        The lesson's ``oracles.py``.
    exercise
        The exercise.
    answers
        The model answer's replies as text, by the documents of the calls.
    """
    if not path.is_file():
        return Agreement(shortfalls=(f"there is no {path.name} beside the lesson, and so no oracle",))
    try:
        oracle = oracle_in(load_module(path), exercise)
    except Exception as error:
        return Agreement(shortfalls=(f"{path.name} cannot be run: {type(error).__name__}: {error}",))
    if oracle is None:
        return Agreement(shortfalls=(f"{path.name} has no oracle of it: @oracle({exercise!r}, by=…)",))
    calls = [Call(Request(exercise, document), Answer.from_text(text)) for document, text in answers.items()]
    calls = [call for call in calls if call.answer.outcome == "value"]
    if not calls:
        return Agreement(oracle.by, shortfalls=("the model answer gave no value that an oracle could be asked about",))
    shortfalls: tuple[str, ...] = ()
    farthest = 0.0
    try:
        if oracle.of_calls:
            oracle.function(calls)
        else:
            worst, farthest = max(((c, _apart(oracle.function, c)) for c in calls), key=lambda pair: pair[1])
            if not farthest <= RELATIVE:
                where = "in form" if farthest == np.inf else f"by {farthest:.1e}"
                shortfalls = (f"it differs from {oracle.by} {where}, for {worst.document[:200]}",)
    except Exception as error:
        shortfalls = (f"the oracle ({oracle.by}) says: {type(error).__name__}: {error}",)
    return Agreement(oracle.by, len(calls), farthest, shortfalls, oracle.of_calls)


def _apart(function: Callable[..., Any], call: Call) -> float:
    args, kwargs = callable_arguments(call.document)
    return apart(call.answer.value, function(*args, **kwargs))


def apart(got: Any, want: Any) -> float:
    """How far two answers are apart, relative to the larger; infinitely where they differ in form."""
    if isinstance(want, Mapping):
        if not isinstance(got, Mapping) or set(got) != set(want):
            return float("inf")
        return max((apart(got[key], want[key]) for key in want), default=0.0)
    if isinstance(want, list | tuple):
        if not isinstance(got, list | tuple) or len(got) != len(want):
            return float("inf")
        return max((apart(g, w) for g, w in zip(got, want, strict=True)), default=0.0)
    try:
        one, other = np.asarray(got, dtype=np.float64), np.asarray(want, dtype=np.float64)
    except (TypeError, ValueError):
        return 0.0 if type(got) is type(want) and got == want else float("inf")
    if one.shape != other.shape or not np.array_equal(np.isnan(one), np.isnan(other)):
        return float("inf")
    size = np.maximum(np.abs(one), np.abs(other))
    with np.errstate(all="ignore"):
        off = np.where((one == other) | (size <= NOTHING) | np.isnan(one), 0.0, np.abs(one - other) / size)
    return float(np.max(off, initial=0.0))
