"""What is tried: the lesson's own answers, whose grade is known, as the text of notebook cells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autograder.audit.material import Material
from autograder.lessons.answers import also_correct_in, misconceptions_in
from autograder.lessons.samples import as_cell


@dataclass(frozen=True)
class Effort:
    """For how many submissions' secret inputs ("draws") a candidate is tried."""

    draws: int = 50
    single: int = 10  # returned as float32
    right: int = 10  # also-correct and recorded answers
    poison: int = 2


FULL = Effort()


@dataclass(frozen=True)
class Candidate:
    """An answer to an exercise that is graded to see how.

    Parameters
    ----------
    column
        The column of the audit that it counts for.
    name
        What it is called where it falls short.
    code
        The text of its cell.
    draws
        For how many draws it is graded.
    mistake
        The misconception that it is, if it is one.
    single
        Whether it gives float32.
    whole
        Whether the notebook's demos run, too. They take seconds and enter no grade, so they do for the model answer alone.
    """

    column: str
    name: str
    code: str
    draws: int
    mistake: str = ""
    single: bool = False
    whole: bool = False


def of_the_lesson(material: Material, effort: Effort) -> Iterator[Candidate]:
    """The model answer, the also-correct answers and the misconceptions, the latter two once more as float32."""
    exercise = material.exercise
    answers, file = material.lesson.wrong_answers(), material.lesson.folder / "misconceptions.py"
    yield Candidate("reference", "the model answer", material.answers[exercise.name], effort.draws, whole=True)
    for right in also_correct_in(answers, exercise.name):
        code = as_cell(file, right.function, exercise.name, exercise.variable)
        yield Candidate("also-correct", f"“{right.name}”", code, effort.right)
        if material.gives_floats:
            name, single_code = f"“{right.name}” as float32", code + as_float32(exercise.name)
            yield Candidate("also-correct", name, single_code, effort.single, single=True)
    for wrong in misconceptions_in(answers, exercise.name):
        code = as_cell(file, wrong.function, exercise.name, exercise.variable)
        name = f"“{wrong.name}” ({wrong.function.__name__})"
        yield Candidate("misconceptions", name, code, effort.draws, wrong.name)
        if material.gives_floats:
            single_code = code + as_float32(exercise.name)
            yield Candidate("misconceptions", f"{name} as float32", single_code, effort.single, wrong.name, single=True)


def as_float32(name: str) -> str:
    """Code that has the function `name` give float32 wherever it gives float64, in lists and tables, too."""
    return wrapped(name, _SINGLE)


def wrapped(name: str, body: str) -> str:
    """Code that puts around the function `name` another one, whose answer to (function, args, kwargs) `body` defines."""
    return f"""


def _put_around(function):
    import functools

    import numpy as np

{body}
    @functools.wraps(function)
    def around(*args, **kwargs):
        return answer(function, args, kwargs)

    return around


{name} = _put_around({name})
"""


_SINGLE = """\
    from autograder.wire.values import mapped

    def single(leaf):
        if isinstance(leaf, np.ndarray) and leaf.dtype == np.float64:
            return leaf.astype(np.float32)
        return np.float32(leaf) if isinstance(leaf, float) else leaf

    def answer(function, args, kwargs):
        value = function(*args, **kwargs)
        with np.errstate(all="ignore"):
            return mapped(value, single)

"""
