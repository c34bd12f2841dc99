"""Each mutant of a model answer is wrong in the respect that it is named for, and right in every other."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.audit.material import Material
from autograder.audit.mutants import mutants
from autograder.audit.mutants.mutant import Function
from autograder.authoring.build import build
from tests.support.small_course import SMALL, SmallCourse, with_ready_refusal

EXAMPLE = '''"""Twice x, an array of shape (N,); ValueError when it has another number of dimensions.

    >>> doubled(np.array([1.5, 2.0]))
    array([3., 4.])
    """'''
SHOWN = with_ready_refusal(SMALL).but(
    "script", '"""Twice x, an array of shape (N,); ValueError when it has another number of dimensions."""', EXAMPLE
)
PAIR, THREE, TABLE = np.array([0.1234, 2.5]), np.array([1.5, -0.5, 2.0]), np.ones((2, 2))


@pytest.fixture(scope="module")
def functions(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Function]:
    """The mutants of a function that doubles a row; its docstring has an example, its stub refuses tables."""
    course = SmallCourse(tmp_path_factory.mktemp("mutants"), (SHOWN,))
    build(course.root)
    script = course.root / "solutions" / SHOWN.week / SHOWN.name / "lesson.py"
    return dict(mutants(Material(Path(script), course.root, "doubled")))


@pytest.mark.parametrize(
    ("name", "right", "wrong"),
    [
        ("rounded to 2 digits", THREE, PAIR),
        ("no minus signs", PAIR, THREE),
        ("only the first row right", PAIR[:1], PAIR),
        ("wrong if x has negative numbers", PAIR, THREE),
        ("wrong if x.shape[0] is not 2", PAIR, THREE),
    ],
)
def test_a_mutant_is_right_for_some_arguments_only(
    functions: dict[str, Function], name: str, right: np.ndarray, wrong: np.ndarray
) -> None:
    assert np.array_equal(functions[name](right), 2 * right)
    assert not np.array_equal(functions[name](wrong), 2 * wrong)
    with pytest.raises(ValueError, match="one dimension"):
        functions[name](TABLE)


@pytest.mark.parametrize("name", ["refuses nothing", "raises another error", "does not refuse “np.ndim(x) != 1”"])
def test_a_mutant_that_refuses_otherwise_is_right_for_rows(functions: dict[str, Function], name: str) -> None:
    assert np.array_equal(functions[name](PAIR), 2 * PAIR)
    try:
        assert functions[name](TABLE) is not None
    except RuntimeError:
        assert name == "raises another error"


def test_habits(functions: dict[str, Function]) -> None:
    x = PAIR.copy()
    assert np.array_equal(functions["changes its arguments"](x), 2 * PAIR)
    assert not np.array_equal(x, PAIR)
    remembering = functions["another answer to the same call"]
    answers = [remembering(PAIR).tolist() for _ in range(3)]
    assert answers[0] == (2 * PAIR).tolist()
    assert answers[0] != answers[1] != answers[2]
    with pytest.raises(TypeError):
        functions["takes arguments by position alone"](x=PAIR)
