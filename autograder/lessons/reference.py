"""Reference solutions: a lesson's model answers, which run in the grader and nowhere else."""

from __future__ import annotations

import ast
import copy
import inspect
import types
import warnings
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.lessons.course import Lesson
from autograder.lessons.memory import remembered
from autograder.lessons.shortly import at_most
from autograder.verdicts.verdict import GraderFault
from autograder.wire.answering import answer_call, replaced
from autograder.wire.calls import Answer, Call, Request, StandIns, read_arguments
from autograder.wire.variations import varied_answers

# How many lines of a model answer may run for a variation of a call: some hundredths of a second.
MOST_LINES = 5_000


class ReferenceFailed(GraderFault):
    """A reference solution gave no value when a check asked for one: the lesson's fault, never the student's."""


class References:
    """The model answers of a lesson by name: ``references.dense_forward(X, W, b)``.

    Parameters
    ----------
    lesson
        The lesson. The imports of its code cells and its solution cells are executed, in order; its demos are not.
    """

    def __init__(self, lesson: Lesson) -> None:
        self.lesson = lesson
        self.namespace: dict[str, Any] = {"__name__": f"reference_{lesson.name}"}
        exec(compile(reference_source(lesson), str(lesson.script), "exec"), self.namespace)
        names = [exercise.name for exercise in lesson.exercises if exercise.name in self.namespace]
        self._shortly = object()  # by whom what is answered shortly is remembered
        self._own = {name: self.namespace[name] for name in names}

    def __getattr__(self, name: str) -> ReferenceFunction:
        if name.startswith("__") or name not in self.namespace:
            raise AttributeError(f"{self.lesson.script}: there is no reference for {name!r}.")
        return ReferenceFunction(name, self)

    def built_on(self, name: str) -> set[str]:
        """The other exercises whose model answers are called by that of `name`, directly or not."""
        mentioned, waiting = {name}, [name]
        while waiting:
            function = self.namespace.get(waiting.pop())
            if isinstance(function, types.FunctionType) and function.__globals__ is self.namespace:
                new = _names_in(function.__code__) - mentioned
                mentioned |= new
                waiting += new
        return mentioned & {exercise.name for exercise in self.lesson.exercises} - {name}

    def ask_with(self, functions: Mapping[str, Callable[..., Any]], name: str, /, *args: Any, **kwargs: Any) -> Answer:
        """Call the model answer `name`, with `functions` in place of the model answers that have their names."""
        with replaced(self.namespace, functions):
            return answer_call(self.namespace, Request.of(name, *args, **kwargs))

    def answer(self, call: Call) -> Answer:
        """The right answer to a call."""
        return self._answer(call.request)

    def _answer(self, request: Request) -> Answer:
        return remembered(self, request, lambda: answer_call(self.namespace, request, echo=False))

    def varied(self, call: Call) -> dict[str, Any]:
        """The right answers to the variations of a call, by what is varied."""
        try:
            bound = inspect.signature(self.namespace[call.function]).bind(*call.arguments, **call.keywords)
        except (KeyError, TypeError, ValueError):
            return {}
        return varied_answers(self._answer_shortly, call.function, bound.arguments)

    def _answer_shortly(self, request: Request) -> Answer:
        """The answer to a call that nobody made, such as one with a thousand epochs: an error if it takes long."""

        def ask() -> Answer:
            with at_most(MOST_LINES, str(self.lesson.script)):
                return answer_call(self.namespace, request, echo=False)

        return remembered(self._shortly, request, ask)

    def right_answer(self, request: Request) -> Answer:
        """The right answer to a request while `ask_with` runs, which hears nothing of it."""
        args, kwargs = read_arguments(request.document)
        with replaced(self.namespace, self._own), np.errstate(all="ignore"), warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                return Answer("value", self.namespace[request.function](*args, **kwargs))
            except Exception:
                return Answer("error")


class ReferenceFunction:
    """One model answer; like a student's function, it gets copies of its arguments."""

    def __init__(self, name: str, owner: References) -> None:
        self.name = name
        self._owner = owner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        answer = self.ask(*args, **kwargs)
        if answer.outcome != "value":
            raise ReferenceFailed(f"{self._owner.lesson.script}: {self.name} gives {answer.outcome}: {answer.text}")
        return answer.value

    def ask(self, *args: Any, **kwargs: Any) -> Answer:
        """Call it and return the whole answer."""
        return self.ask_over({}, *args, **kwargs)

    def ask_over(self, stand_ins: StandIns, *args: Any, **kwargs: Any) -> Answer:
        """Like `ask`, with stand-ins for the model answers that it builds on."""
        answer = self._owner._answer(replace(Request.of(self.name, *args, **kwargs), stand_ins=stand_ins))
        return replace(answer, value=copy.deepcopy(answer.value))  # a check may change it


def _names_in(code: types.CodeType) -> set[str]:
    """The names that a function mentions, including those in comprehensions, lambdas and inner functions."""
    inner = (constant for constant in code.co_consts if isinstance(constant, types.CodeType))
    return set(code.co_names).union(*map(_names_in, inner))


def reference_source(lesson: Lesson) -> str:
    """The code of a lesson's references: the imports of all its code cells, then its solution cells."""
    notebook = lesson.notebook()
    imports: list[ast.stmt] = []
    solutions = []
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if cell.metadata.get("nbgrader", {}).get("solution"):
            solutions.append(cell.source)
        else:
            imports += [node for node in ast.parse(cell.source).body if isinstance(node, ast.Import | ast.ImportFrom)]
    return "\n\n".join([*(ast.unparse(node) for node in imports), *solutions]) + "\n"
