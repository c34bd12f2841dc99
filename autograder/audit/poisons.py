"""What is tried besides: answers that nobody should get marks for, made from the model answer and the public record."""

from __future__ import annotations

import ast
import inspect
import json
from collections.abc import Iterator

from autograder.audit.candidates import Candidate, Effort, wrapped
from autograder.audit.material import Material
from autograder.wire import document as wire

CHANGES = "changes an argument"


def poisons(material: Material, effort: Effort) -> Iterator[Candidate]:
    """Answers that are wrong in kind. They refuse what the model answer refuses, so that no check of that tells on them."""
    right, exercise = material.answers[material.exercise.name], material.exercise
    if exercise.variable:
        yield Candidate("poison", "“raises”", "raise ValueError('poison')\n", effort.poison)
        for name, expression in _QUIZ.items():
            code = f"{right}\n{exercise.variable} = {expression.format(exercise.variable)}\n"
            yield Candidate("poison", f"“{name}”", code, effort.poison)
        return
    for name, body in _POISONS.items():
        if name != CHANGES or material.takes_arrays:
            code = right + wrapped(exercise.name, _CHANGED + body)
            yield Candidate("poison", f"“{name}”", code, effort.poison)


def never_raises(material: Material, effort: Effort) -> Candidate:
    """The model answer, giving 0.0 wherever it should raise a ValueError."""
    code = material.answers[material.exercise.name] + wrapped(material.exercise.name, _NEVER_RAISES)
    return Candidate("bad input", "“never raises”", code, effort.poison)


def hard_coded(material: Material, effort: Effort) -> Candidate:
    """A submission that knows the public checks' inputs and their recorded answers, and gives the nearest one to any other."""
    function = material.references.namespace[material.exercise.name]
    signature = inspect.signature(function)
    known = []
    for arguments, right in material.recorded:
        given = signature.bind(*arguments[0], **arguments[1])
        given.apply_defaults()
        known.append([wire.dumps(list(given.arguments.values())), right])
    definitions = {d.name: d for d in ast.parse(material.stub).body if isinstance(d, ast.FunctionDef)}
    parameters = ast.unparse(definitions[material.exercise.name].args)
    names = ", ".join(signature.parameters)
    code = (
        f"def {material.exercise.name}({parameters}):\n    return _recorded([{names}])\n\n\n"
        f"_KNOWN = {json.dumps(known)}\n{_RECORDED}"
    )
    return Candidate("hard-coding", "a copy of the recorded answers", code, effort.right)


_CHANGED = """\
    from autograder.wire.values import mapped, refill

    def changed(value):
        done = []  # one leaf is changed: that is the hardest to see

        def once(leaf):
            if done or isinstance(leaf, np.ndarray) and not (leaf.size and leaf.dtype.kind in "iuf"):
                return leaf
            done.append(leaf)
            if isinstance(leaf, np.ndarray):
                leaf = leaf.copy()
                leaf.flat[0] += 1
                return leaf
            return leaf + 1 if isinstance(leaf, (int, float, np.number)) else None

        other = mapped(value, once)
        return bool(done) and refill(value, other)

    def filled(value, number):
        def filling(leaf):
            if isinstance(leaf, str):
                return ""
            if isinstance(leaf, np.ndarray):
                return np.full(leaf.shape, number) if leaf.dtype.kind == "f" else np.zeros_like(leaf)
            return type(leaf)(number) if isinstance(leaf, (float, np.floating)) else 0

        return mapped(value, filling)

"""
_ANSWER = """\
    def answer(function, args, kwargs):
        right = function(*args, **kwargs)
        return {}

"""
_POISONS = {
    "raises ValueError": "    def answer(function, args, kwargs):\n        raise ValueError('poison')\n\n",
    "raises RuntimeError": "    def answer(function, args, kwargs):\n        raise RuntimeError('poison')\n\n",
    "returns None": _ANSWER.format("None"),
    "returns nan": _ANSWER.format("float('nan')"),
    "nan in every place": _ANSWER.format("filled(right, float('nan'))"),
    "returns its input": _ANSWER.format("[*args, *kwargs.values()][0]"),
    "zeros of the right shape": _ANSWER.format("filled(right, 0.0)"),
    "the right answer as a string": _ANSWER.format("str(right)"),
    CHANGES: """\
    def answer(function, args, kwargs):
        import copy

        right = function(*copy.deepcopy(args), **copy.deepcopy(kwargs))
        any(changed(value) for value in [*args, *kwargs.values()])
        return right

""",
}
_QUIZ = {
    "None": "None",
    "nan": "float('nan')",
    "every line empty": "{{key: '' for key in {}}}",
    "the right answers as a string": "str({})",
}
_NEVER_RAISES = """\
    def answer(function, args, kwargs):
        try:
            return function(*args, **kwargs)
        except ValueError:
            return 0.0

"""
_RECORDED = """

def _recorded(given):
    from autograder.wire import document as wire
    from autograder.wire.calls import Answer
    from autograder.wire.values import numbers

    document = wire.dumps(given)
    answers = [(known, Answer.from_text(answer)) for known, answer in _KNOWN]
    for known, answer in answers:
        if known == document:
            if answer.outcome == "error":
                raise ValueError("recorded")
            return answer.value
    mine = list(numbers(given, "iufb"))
    nearest, least = None, float("inf")
    for known, answer in answers:
        theirs = list(numbers(wire.loads(known), "iufb"))
        apart = 1e9 * abs(len(mine) - len(theirs)) + sum(abs(a - b) for a, b in zip(mine, theirs))
        if answer.outcome == "value" and (nearest is None or apart < least):
            nearest, least = answer, apart
    return nearest.value if nearest is not None else None
"""
