"""What an exercise's candidates are made of and put into: its lesson's notebooks and record, freshly built."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

import nbformat
import numpy as np
from nbformat import NotebookNode

from autograder.authoring.build import derive
from autograder.authoring.soundness import Candidate, readable
from autograder.checks.marks import DOUBLE_ATTRIBUTE, EXERCISE_ATTRIBUTE, STRUCTURE_ATTRIBUTE, TRAINING_ATTRIBUTE
from autograder.checks.plugin import CheckRun
from autograder.grading.needed import setup_of
from autograder.lessons.answers import misconceptions_in
from autograder.lessons.course import Exercise, Lesson, load_module, read_lesson
from autograder.lessons.reference import References
from autograder.lessons.samples import as_cell, model_answers
from autograder.wire.calls import Answer, Call, read_arguments
from autograder.wire.values import MUTABLE, leaves

Recorded = tuple[tuple[list[Any], dict[str, Any]], str]


@dataclass(frozen=True)
class Mistake:
    """A misconception as a student would write it: its name in words, its label in reports, the code of its cell."""

    exercise: str
    name: str
    label: str
    code: str


@dataclass(frozen=True)
class Material:
    """One exercise, for workers in other processes, too: where its lesson and what was built of that lie.

    Parameters
    ----------
    script
        The lesson's script.
    built
        The folder below which the lesson's trees were built.
    name
        The exercise.
    """

    script: Path
    built: Path
    name: str
    exercise: Exercise = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "exercise", self.lesson.exercise(self.name))

    def __reduce__(self) -> tuple[type[Material], tuple[Path, Path, str]]:
        return Material, (self.script, self.built, self.name)  # without what was looked at here

    @property
    def lesson(self) -> Lesson:
        """The lesson."""
        return read_lesson(self.script)

    @property
    def wrong_answers(self) -> Path:
        """The file of the lesson's misconceptions and also-correct answers."""
        return self.lesson.folder / "misconceptions.py"

    def mistakes(self, exercise: str) -> list[Mistake]:
        """The misconceptions of an exercise of the lesson."""
        variable = self.lesson.exercise(exercise).variable
        return [
            Mistake(
                exercise,
                m.name,
                f"“{m.name}” ({m.function.__name__})",
                as_cell(self.wrong_answers, m.function, exercise, variable),
            )
            for m in misconceptions_in(self.lesson.wrong_answers(), exercise)
        ]

    @property
    def references(self) -> References:
        """The model answers, in this process."""
        return _references(self.script)

    @property
    def answers(self) -> dict[str, str]:
        """The texts of the model answers' cells."""
        return model_answers(self._notebook("source"))

    @property
    def release(self) -> NotebookNode:
        """The notebook as students get it."""
        return self._notebook("release")

    @property
    def release_without_demos(self) -> NotebookNode:
        """The released notebook's setup, exercises and graded cells alone: all that a grade depends on."""
        setup = setup_of(self.release.cells)
        cells = [cell for cell in self.release.cells if cell is setup or cell.metadata.get("nbgrader")]
        return NotebookNode({**self.release, "cells": cells})

    @property
    def stub(self) -> str:
        """The text of the exercise's cell as students get it."""
        return str(self._record["stub"])

    @property
    def recorded(self) -> list[Recorded]:
        """The arguments of the exercise's calls in the public checks, each with the recorded right answer's text."""
        recorded = {}
        for check in self._record["checks"].values():
            for call in check["calls"]:
                of_ours = call["function"] == self.exercise.answer_name
                if of_ours and Answer.from_text(call["right"]).outcome in ("value", "error"):
                    recorded[call["arguments"]] = call["right"]
        return [(read_arguments(document, sources=True), right) for document, right in recorded.items()]

    @cached_property
    def runs(self) -> list[CheckRun]:
        """The checks on the model answer, in this process."""
        return self._runs(0)

    def runs_again(self) -> list[CheckRun]:
        """The same for another draw."""
        return self._runs(1)

    def _runs(self, draw: int) -> list[CheckRun]:
        model = self.references.namespace[self.exercise.answer_name]
        return Candidate(self.lesson, self.references, self.exercise, model, draw).runs()

    @property
    def calls(self) -> list[Call]:
        """The calls of the exercise that its checks make of the model answer."""
        return [call for run in self.runs for call in run.calls if call.function == self.exercise.answer_name]

    @property
    def may_be_single(self) -> bool:
        """Whether some right answer holds a float that may be a float32: otherwise nothing is tried as float32."""
        given = (leaf for call in self.calls for leaf in leaves(call.value))
        return not self._marked(DOUBLE_ATTRIBUTE) and any(np.asarray(leaf).dtype.kind == "f" for leaf in given)

    @property
    def takes_arrays(self) -> bool:
        """Whether some argument can be changed in place."""
        return any(isinstance(a, MUTABLE) for call in self.calls for a in [*call.arguments, *call.keywords.values()])

    @property
    def refuses(self) -> bool:
        """Whether the model answer raises a ValueError in some check."""
        return any("ValueError" in call.answer.error_names for call in self.calls)

    @property
    def trains(self) -> bool:
        """Whether some check of the exercise has a model trained."""
        return bool(self._marked(TRAINING_ATTRIBUTE))

    def structure_only(self) -> set[str]:
        """The exercise's checks, by key without a case, that look at the answer's structure only."""
        return self._marked(STRUCTURE_ATTRIBUTE)

    def _marked(self, mark: str) -> set[str]:
        return {
            f"{path.stem}::{name}"
            for path in (self.lesson.public, self.lesson.hidden)
            for name, value in vars(load_module(path)).items()
            if getattr(value, mark, False) and getattr(value, EXERCISE_ATTRIBUTE, "") == self.name
        }

    @property
    def _record(self) -> dict[str, Any]:
        return dict(_record(self._path("autograder/course", "") / "record.json")["exercises"][self.name])

    def _notebook(self, tree: str) -> NotebookNode:
        return _notebook(self._path(tree, ".ipynb"))

    def _path(self, tree: str, ending: str) -> Path:
        return self.built / tree / self.lesson.week / (self.lesson.name + ending)


def build_material(script: Path, folder: Path) -> None:
    """Build a lesson's trees in a folder of their own; LessonError if it cannot be read, or not be built at all."""
    lesson = read_lesson(script)
    readable(lesson)
    derive([lesson], folder)


# A worker looks at the same few files for each of its candidates.
@lru_cache(maxsize=8)
def _references(script: Path) -> References:
    return References(read_lesson(script))


@lru_cache(maxsize=8)
def _notebook(path: Path) -> NotebookNode:
    return nbformat.read(path, as_version=4)


@lru_cache(maxsize=8)
def _record(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_text(encoding="utf-8")))
