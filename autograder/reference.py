"""Reference solutions: the lesson's model answers, run in the grader and never anywhere else."""

from __future__ import annotations

import ast
import types
from collections.abc import Callable
from typing import Any

from autograder.calls import Answer, Call, answer_call, write_arguments
from autograder.checks import Function
from autograder.lessons import Lesson
from autograder.verdict import GraderFault


class ReferenceFailed(GraderFault):
    """A reference solution gave no value where a check asked for one: a fault of the lesson, never of the student."""


class References:
    """The model answers of a lesson by name: ``references.dense_forward(X, W, b)``.

    Parameters
    ----------
    lesson
        The lesson. The import statements of its code cells and its solution cells are executed, in order; its demos not.
    may_carry
        Which earlier functions of the student's a later answer may build on, though they are wrong.
    """

    def __init__(self, lesson: Lesson, may_carry: Callable[[str], bool] = lambda name: False) -> None:
        self.lesson = lesson
        self.namespace: dict[str, Any] = {"__name__": f"reference_{lesson.name}"}
        self._may_carry = may_carry
        exec(compile(reference_source(lesson), str(lesson.script), "exec"), self.namespace)

    def __getattr__(self, name: str) -> ReferenceFunction:
        if name.startswith("__") or name not in self.namespace:
            raise AttributeError(f"{self.lesson.script}: there is no reference for {name!r}.")
        return ReferenceFunction(name, self)

    def answer(self, call: Call) -> Answer:
        """The right answer to a call."""
        return answer_call(self.namespace, call.function, call.document)


class ReferenceFunction:
    """One model answer: called with copies of its arguments, as a student's function is."""

    def __init__(self, name: str, owner: References) -> None:
        self.name = name
        self._owner = owner

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        answer = self.ask(*args, **kwargs)
        if answer.outcome != "value":
            raise ReferenceFailed(f"{self._owner.lesson.script}: {self.name} gives {answer.outcome}: {answer.text}")
        return answer.value

    def ask(self, *args: Any, **kwargs: Any) -> Answer:
        """Call it and return all that came of the call."""
        return answer_call(self._owner.namespace, self.name, write_arguments(args, kwargs))

    def carried_forward(self, function: Function) -> Callable[..., Answer] | None:
        """The model answer's body over the student's own earlier functions, or None where it builds on none of them.

        Parameters
        ----------
        function
            The student's function: its owner has the earlier ones, which are called where they run.
        """
        body = self._owner.namespace[self.name]
        owner = getattr(function, "owner", None)
        if owner is None or not isinstance(body, types.FunctionType):
            return None
        names = [e.name for e in self._owner.lesson.exercises]
        earlier = names[: names.index(self.name)] if self.name in names else []
        used = [name for name in earlier if name in body.__code__.co_names and self._owner._may_carry(name)]
        if not used:
            return None
        failed: list[Answer] = []
        world = {**self._owner.namespace, **{name: _earlier(getattr(owner, name), failed) for name in used}}
        over_theirs = types.FunctionType(body.__code__, world, self.name, body.__defaults__, body.__closure__)
        over_theirs.__kwdefaults__ = body.__kwdefaults__
        name = self.name

        def carried(*args: Any, **kwargs: Any) -> Answer:
            failed.clear()
            answer = answer_call({name: over_theirs}, name, write_arguments(args, kwargs))
            return failed[0] if failed and answer.outcome == "error" else answer

        return carried


class _EarlierFailed(Exception):
    """The student's earlier function gave no value, so the later one cannot either."""


def _earlier(function: Function, failed: list[Answer]) -> Callable[..., Any]:
    """An earlier function of the student's as a model answer calls it; answers that are no value go to `failed`."""

    def call(*args: Any, **kwargs: Any) -> Any:
        answer = function.ask(*args, **kwargs)
        if answer.outcome != "value":
            failed.append(answer)
            raise _EarlierFailed
        return answer.value

    return call


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
