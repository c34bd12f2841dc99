"""What authors mark functions as: misconceptions, also-correct answers, stand-ins and oracles."""

from __future__ import annotations

import ast
import inspect
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any, TypeVar

from autograder.lessons.memory import remembered
from autograder.wire.answering import answer_call
from autograder.wire.calls import Answer, Call, StandIns
from autograder.wire.symptoms import Symptom

F = TypeVar("F", bound=Callable[..., Any])
T = TypeVar("T")

_MARKS = "_autograder_marks"


@dataclass(frozen=True)
class Misconception:
    """A named wrong answer to an exercise, with the hint that leads out of it.

    ``symptom`` is used instead of comparing answers if right answers differ from each other (random weights).
    """

    name: str
    exercise: str
    hint: str
    function: Callable[..., Any]
    symptom: Symptom | None = None

    def answer(self, call: Call) -> Answer:
        """The answer that this misconception gives to a call."""
        world = {call.function: self.function}
        return remembered(self, call.request, lambda: answer_call(world, call.request, echo=False))


@dataclass(frozen=True)
class AlsoCorrect:
    """A right answer written differently from the model answer."""

    name: str
    exercise: str
    function: Callable[..., Any]


@dataclass(frozen=True)
class StandIn:
    """A function that replaces an exercise's while a later exercise is checked."""

    exercise: str
    function: Callable[..., Any]

    def code(self) -> str:
        """The function's code, under the exercise's name."""
        tree = ast.parse(textwrap.dedent(inspect.getsource(self.function)))
        definition = tree.body[0]
        assert isinstance(definition, ast.FunctionDef)
        definition.name, definition.decorator_list = self.exercise, []
        return ast.unparse(tree)


@dataclass(frozen=True)
class Oracle:
    """An independent answer that the audit compares the model answer with; ``by`` says in words how it gets there.

    If ``of_calls``, it gets the model answer's calls instead (a list of `wire.calls.Call`) and raises an AssertionError
    if they are not as they should be: for answers that are drawn at random.
    """

    exercise: str
    by: str
    function: Callable[..., Any]
    of_calls: bool = False


def misconception(
    exercise: str, *, hint: str, symptom: Symptom | None = None, name: str | None = None
) -> Callable[[F], F]:
    """Name a wrong answer to `exercise`.

    Its name in words is the function's by default; variants of one mistake share a `name`.
    """
    return _mark(lambda function: Misconception(name or _in_words(function), exercise, hint, function, symptom))


def also_correct(exercise: str) -> Callable[[F], F]:
    """Say that a function is also a right answer to `exercise` and must earn full marks."""
    return _mark(lambda function: AlsoCorrect(_in_words(function), exercise, function))


def stand_in(exercise: str) -> Callable[[F], F]:
    """Say that a function can stand in for an exercise's while a later exercise is checked.

    If a mistake in an earlier exercise makes a difference to a check of a later one, the student's function and the
    reference's body are also compared with both built on the stand-in. Only a student who puts the parts together
    correctly agrees with the reference then, and no right value enters the student's kernel. So a stand-in must
    refuse what the exercise's function refuses, return a value of the same type and shape that is never the right one,
    and import what it uses.
    """
    return _mark(lambda function: StandIn(exercise, function))


def oracle(exercise: str, *, by: str, of_calls: bool = False) -> Callable[[F], F]:
    """Say that a function is the oracle of `exercise`: called like the exercise's function, it gives the right answer.

    Oracles are in a lesson's ``oracles.py`` and find the same answer in another way: by another library, exact
    arithmetic, brute force, a table typed again. They are never shipped, and no grade depends on them.
    """
    return _mark(lambda function: Oracle(exercise, by, function, of_calls))


def misconceptions_in(module: ModuleType, exercise: str) -> list[Misconception]:
    """The misconceptions of `exercise` that a module defines, in order."""
    return [m for m in _marks_in(module, Misconception) if m.exercise == exercise]


def also_correct_in(module: ModuleType, exercise: str) -> list[AlsoCorrect]:
    """The also-correct answers to `exercise` that a module defines, in order."""
    return [a for a in _marks_in(module, AlsoCorrect) if a.exercise == exercise]


def all_answers_in(module: ModuleType) -> list[Misconception | AlsoCorrect]:
    """Every misconception and also-correct answer that a module defines, of all exercises."""
    return [*_marks_in(module, Misconception), *_marks_in(module, AlsoCorrect)]


def stand_ins_in(module: ModuleType) -> StandIns:
    """The code of the stand-ins that a module defines, by the exercises that they replace."""
    return {mark.exercise: mark.code() for mark in _marks_in(module, StandIn)}


def oracle_in(module: ModuleType, exercise: str) -> Oracle | None:
    """The oracle of `exercise` that a module defines, or None."""
    return next((o for o in _marks_in(module, Oracle) if o.exercise == exercise), None)


def _mark(fact: Callable[[Callable[..., Any]], object]) -> Callable[[F], F]:
    def mark(function: F) -> F:
        vars(function).setdefault(_MARKS, []).append(fact(function))
        return function

    return mark


def _marks_in(module: ModuleType, kind: type[T]) -> list[T]:
    marks = (mark for value in vars(module).values() for mark in getattr(value, _MARKS, ()))
    return [mark for mark in marks if isinstance(mark, kind)]


def _in_words(function: Callable[..., Any]) -> str:
    return getattr(function, "__name__", "?").replace("_", " ")
