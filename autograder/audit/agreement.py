"""Does the model answer agree with its oracle? Asked in a process of its own, where TensorFlow may be imported."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from autograder.lessons.answers import oracle_in
from autograder.lessons.course import load_module
from autograder.wire.calls import Answer, Call, Request, read_arguments

RELATIVE = 1e-9
# Numbers smaller than this count as 0: what is left of e^-1000 in float64 depends on how one gets there.
NOTHING = 1e-15


@dataclass(frozen=True)
class Agreement:
    """The oracle's way in words, over how many different calls it was asked, how far off, and what falls short."""

    by: str = ""
    calls: int = 0
    apart: float = 0.0
    shortfalls: tuple[str, ...] = ()
    of_calls: bool = False


def quiet() -> None:
    """Keep what TensorFlow says of its start-up from the terminal; called first in the oracle's process."""
    os.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # some of it heeds no level


def agreement(path: Path, exercise: str, answers: Sequence[tuple[str, str]]) -> Agreement:
    """Compare the model answer with the oracle of `exercise` in the file at `path`.

    Parameters
    ----------
    path
        The lesson's ``oracles.py``.
    exercise
        The exercise.
    answers
        The documents of calls, each with the model answer's reply as text.
    """
    if not path.is_file():
        return Agreement(shortfalls=(f"there is no {path.name} beside the lesson, and so no oracle",))
    try:
        found = oracle_in(load_module(path), exercise)
    except Exception as error:
        return Agreement(shortfalls=(f"{path.name} cannot be run: {type(error).__name__}: {error}",))
    if found is None:
        return Agreement(shortfalls=(f"{path.name} has no oracle of it: @oracle({exercise!r}, by=…)",))
    calls = [Call(Request(exercise, document), Answer.from_text(text)) for document, text in dict(answers).items()]
    calls = [call for call in calls if call.answer.outcome == "value"]
    if not calls:
        return Agreement(found.by, shortfalls=("the model answer gave no value that an oracle could be asked about",))
    told: tuple[str, ...] = ()
    apart = 0.0
    try:
        if found.of_calls:
            found.function(calls)
        else:
            worst, apart = max(((c, _apart(found.function, c)) for c in calls), key=lambda pair: pair[1])
            if not apart <= RELATIVE:
                where = "in form" if apart == np.inf else f"by {apart:.1e}"
                told = (f"it differs from {found.by} {where}, for {worst.document[:200]}",)
    except Exception as error:
        told = (f"the oracle ({found.by}) says: {type(error).__name__}: {error}",)
    return Agreement(found.by, len(calls), apart, told, found.of_calls)


def _apart(function: Callable[..., Any], call: Call) -> float:
    args, kwargs = read_arguments(call.document)
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
