"""Demos are left out of a grading run unless an answer may depend on them, however it does."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell

from autograder.authoring.build import source_notebook
from autograder.checks.run import run_checks
from autograder.checks.seeds import FIXED_SECRET
from autograder.grading.execution import NOT_RUN
from autograder.grading.exercises import NotebookGrading, Terms
from autograder.grading.needed import MOST_CHARACTERS, cells_needed, code_cells
from autograder.intake.rebuild import Rebuilt
from autograder.kernels.warm import best_tier
from autograder.lessons.course import Lesson
from autograder.limits import Limits
from autograder.source_code.parsing import BRACES
from autograder.verdicts.verdict import ExerciseVerdict
from tests.support.small_course import SMALL

# Each way: the demos above the answer cell, which all must run, and an answer that is right only if they have.
ANSWER = """
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError("one dimension, please")
    return FACTOR * np.asarray(x)
"""


def answer(factor: str) -> str:
    return ANSWER.replace("FACTOR", f"({factor})")


WAYS: dict[str, tuple[list[str], str]] = {
    "a number": (["factor = 2.0"], answer("factor")),
    "a number in a tuple": (["one, (two, *rest) = 1.0, (2.0, 3.0)"], answer("two")),
    "a loop's last value": (["for factor in [1.0, 2.0]:\n    pass"], answer("factor")),
    "a list that a later demo changes": (["box = []", "box.append(2.0)"], answer("box[0]")),
    "a list of another name": (["a = [1.0]\nb = a", "b[0] = 2.0"], answer("a[0]")),
    "a dict that only a demo changes": (["f = {'two': 1.0}", "f['two'] = 2.0"], answer("f['two']")),
    "a dict that a demo's function changes": (
        ["def change(d): d['two'] = 2.0\nf = {'two': 1.0}", "change(f)"],
        answer("f['two']"),
    ),
    "a dict of another name": (["f = {'two': 1.0}", "g = f", "g.update(two=2.0)"], answer("f['two']")),
    "a list in a list": (["a = [1.0]", "outer = {'inner': a}", "outer['inner'][0] = 2.0"], answer("a[0]")),
    "a view of an array": (["a = np.ones(3)", "part = a[:1]", "part += 1"], answer("a[0]")),
    "a list that a demo's function returns": (
        ["box = [1.0]\ndef the_box():\n    return box", "the_box()[0] = 2.0"],
        answer("box[0]"),
    ),
    "global in a demo's function": (
        ["factor = 1.0\ndef change():\n    global factor\n    factor = 2.0", "change()"],
        answer("factor"),
    ),
    "a function of the demo's": (["def twice(x):\n    return 2.0 * np.asarray(x)"], answer("twice(1.0)")),
    "a function defined again": (
        ["def factor():\n    return 1.0", "def factor():\n    return 2.0"],
        answer("factor()"),
    ),
    "a function's attribute": (["def helper(): pass", "helper.factor = 2.0"], answer("helper.factor")),
    "a function's attribute, set and read by others": (
        ["def tag(f): f.factor = 2.0\ndef read(f): return f.factor\ndef helper(): pass", "tag(helper)"],
        answer("read(helper)"),
    ),
    "a default value that calls change": (
        ["def count(seen=[0.0]):\n    seen[0] += 1\n    return seen[0]", "count()"],
        "two = count()" + answer("two"),
    ),
    "a closure": (
        [
            "def counter(n=0):\n    def up():\n        nonlocal n\n        n += 1\n        return n\n\n    return up",
            "up = counter()",
            "up()",
        ],
        "two = up()" + answer("two"),
    ),
    "a generator, one step further": (["steps = iter([1.0, 2.0])", "next(steps)"], "two = next(steps)" + answer("two")),
    "a generator that a loop has used up": (
        ["steps = iter([1.0])", "for step in steps:\n    pass"],
        "two = next(steps, 2.0)" + answer("two"),
    ),
    "a class's attribute": (["class Box:\n    factors = [1.0]", "Box().factors[0] = 2.0"], answer("Box.factors[0]")),
    "an object": (["class Box: pass\nbox = Box()", "box.factor = 2.0"], answer("box.factor")),
    "a callback": (
        ["calls = []", "factor = 2.0", "calls.append(lambda: factor)"],
        answer("calls[0]()"),
    ),
    "a module's attribute": (["np.factor = 2.0"], answer("np.factor")),
    "a module under another name": (
        ["import numpy.linalg as la", "la.factor = 2.0"],
        answer("np.linalg.factor"),
    ),
    "an import": (["import math"], answer("math.sqrt(4.0)")),
    "a part of a package that an import loads": (
        ["from xml.dom import minidom"],
        "import xml\n" + answer("2.0 if hasattr(xml, 'dom') else 1.0"),
    ),
    "a setting": (
        ["mpl.rcParams['lines.linewidth'] = 2.0"],
        "import matplotlib\n" + answer("matplotlib.rcParams['lines.linewidth']"),
    ),
    "NumPy's own random numbers": (
        ["np.random.seed(7)", "np.random.rand()"],
        "second = np.random.rand() == np.random.RandomState(7).rand(2)[1]\n" + answer("2.0 if second else 1.0"),
    ),
    "a file": (
        ["with open('factor.txt', 'w') as file:\n    file.write('2.0')"],
        answer("float(open('factor.txt').read())"),
    ),
    "the environment": (["import os", "os.environ['FACTOR'] = '2.0'"], answer("float(os.environ['FACTOR'])")),
    "globals()": (["factor = 2.0"], answer("globals()['factor']")),
    "eval": (["factor = 2.0"], answer("eval('factor')")),
    "exec": (["factor = 2.0"], "exec('two = factor')" + answer("two")),
    "__main__": (["factor = 2.0"], "import __main__\n" + answer("__main__.factor")),
    "sys.modules": (["factor = 2.0"], "import sys\n" + answer("sys.modules['__main__'].factor")),
    "a frame": (["factor = 2.0"], "import inspect\n" + answer("inspect.currentframe().f_globals['factor']")),
    "a function's __globals__": (["factor = 2.0"], answer("doubled.__globals__['factor']")),
    "IPython's namespace": (["factor = 2.0"], answer("get_ipython().user_ns['factor']")),
    "a magic": (["factor = 2.0"], "names = %who_ls\n" + answer("2.0 if 'factor' in names else 1.0")),
    "the last result": (["2.0"], "two = _" + answer("two")),
    "Out": (["2.0"], "two = list(Out.values())[-1]" + answer("two")),
    "In": (["factor = 2.0"], "two = 2.0 if 'factor = 2.0' in In else 1.0" + answer("two")),
    "a query of pandas": (
        ["import pandas as pd", "factor = 2.0"],
        "two = float(pd.eval('factor'))" + answer("two"),
    ),
    "a name that is not there any more": (
        ["del spare"],
        answer("two") + "\ntry:\n    spare\nexcept NameError:\n    two = 2.0\nelse:\n    two = 1.0\n",
    ),
    "a name that may not be there": (
        ["factor = 2.0"],
        "try:\n    two = factor\nexcept NameError:\n    two = 1.0" + answer("two"),
    ),
    "a built-in function's name": (["def sum(values):\n    return 2.0"], answer("sum([5.0])")),
    "a name in a comprehension": (["[factor := value for value in [1.0, 2.0]]"], answer("factor")),
    "a name that match binds": (["match [2.0]:\n    case [factor]: pass"], answer("factor")),
    "an operator of an object": (
        ["class Sum:\n    at = 0.0\n    def __add__(self, other):\n        self.at += other\nt = Sum()", "t + 2.0"],
        answer("t.at"),
    ),
    "a decorator that registers": (
        ["known = {}\ndef known_as(f):\n    known[f.__name__] = f\n    return f", "@known_as\ndef two(): return 2.0"],
        answer("known['two']()"),
    ),
    "a subclass that registers": (
        ["class Base:\n    made = []\n    def __init_subclass__(cls): cls.made.append(2.0)", "class Other(Base): pass"],
        answer("Base.made[0]"),
    ),
    "an annotation": (["factor: float = 2.0"], answer("factor")),
    "a type of its own": (["Two = type('Two', (), {'value': 2.0})"], answer("Two.value")),
}


@pytest.fixture(scope="module")
def lesson(tmp_path_factory: pytest.TempPathFactory) -> Lesson:
    """A lesson of one exercise, to double numbers."""
    return SMALL.read(tmp_path_factory.mktemp("course"))


def notebook_with(lesson: Lesson, demos: Sequence[str], code: str, setup: str = "") -> NotebookNode:
    """The rebuilt notebook of a student with this answer, with these demos above and one below it."""
    notebook = source_notebook(lesson)
    start, cell, graded = notebook.cells
    start.source = "import matplotlib as mpl\nimport numpy as np\nspare = 0\n" + setup
    cell.source = code
    above = [new_code_cell(demo, id=f"demo-{number}") for number, demo in enumerate(demos)]
    notebook.cells = [start, *above, cell, graded, new_code_cell("print(doubled([1.0]))", id="below")]
    return notebook


def graded(lesson: Lesson, notebook: NotebookNode, *, all_demos: bool) -> ExerciseVerdict:
    """The verdict on its exercise."""
    terms = Terms(Limits(), FIXED_SECRET, best_tier(), all_demos=all_demos)
    grading = NotebookGrading(Rebuilt(notebook), lesson, [], terms)
    try:
        (exercise,) = lesson.exercises
        verdict = grading.grade(
            exercise, lambda name, subject: run_checks([lesson.public, lesson.hidden], name, subject)
        )
        grading.execution.run_rest()
        assert grading.faults == []
        return verdict
    finally:
        grading.close()


@pytest.mark.parametrize("way", WAYS)
def test_an_answer_that_depends_on_a_demo_is_graded_right(lesson: Lesson, way: str) -> None:
    demos, code = WAYS[way]
    verdict = graded(lesson, notebook_with(lesson, demos, code), all_demos=False)
    assert (verdict.score, verdict.status) == (4.0, "passed"), verdict.message


@pytest.mark.long
@pytest.mark.parametrize("way", WAYS)
def test_without_its_demos_such_an_answer_is_wrong(lesson: Lesson, way: str) -> None:
    demos, code = WAYS[way]
    verdict = graded(lesson, notebook_with(lesson, ["pass" for _ in demos], code), all_demos=True)
    assert verdict.score < 4.0


def test_an_answer_that_needs_no_demo_runs_none_and_says_so(lesson: Lesson) -> None:
    demos = ["x = np.arange(3.0)", "factor = 2.0\nprint(factor * x)", "if True:\n    print(doubled(x))"]
    notebook = notebook_with(lesson, demos, answer("2.0"))
    verdict = graded(lesson, notebook, all_demos=False)
    assert verdict.status == "passed"
    outputs = {cell.id: [output.text for output in cell.outputs] for cell in notebook.cells if cell.id != "doubled"}
    assert all(outputs[cell] == [NOT_RUN["text"]] for cell in ("demo-0", "demo-1", "demo-2", "below"))


def test_with_all_demos_each_runs(lesson: Lesson) -> None:
    notebook = notebook_with(lesson, ["print(3)"], answer("2.0"))
    graded(lesson, notebook, all_demos=True)
    outputs = {cell.id: [output.text for output in cell.outputs] for cell in notebook.cells if cell.outputs}
    assert outputs == {"demo-0": ["3\n"], "below": ["[2.]\n"]}


@pytest.mark.parametrize(
    ("answer_code", "setup"),
    [
        (answer("2.0"), ""),
        ("two = 2.0\n" + answer("two"), ""),
        ("two = lambda x: 2.0\n" + answer("two(x)"), ""),
        ("def helper(factor, box):\n    return factor\n" + answer("helper(2.0, [])"), ""),
        ("def two(x): return 2.0\nKINDS = {'two': two}\n" + answer("KINDS['two'](x)"), ""),
        ("STEPS = {'a': lambda x: 2.0, 'b': np.tanh}\n" + answer("STEPS['a'](x) if 'b' in STEPS else 1.0"), ""),
        ("%matplotlib inline\n" + answer("2.0") + "\n%timeit -r1 -n1 3\n", ""),
        ("%%time\n" + answer("2.0"), ""),
        (answer("2.0") + "\nprint(doubled(np.array([1.0])))", ""),
        (answer("[_ for _ in (2.0,)][0]"), ""),
        ("def doubled(x):\n    factor = vars = 2.0\n    return factor * x", ""),
        (answer("2.0"), "data = np.ones(3)\nother = data[0]"),
    ],
)
def test_ordinary_answers_need_no_demo(lesson: Lesson, answer_code: str, setup: str) -> None:
    demos = ["factor = 2.0\nbox = [factor]", "box.append(doubled(np.ones(2)))", "data = [1]\ndata.append(other)"]
    if not setup:
        demos.pop()
    cells = notebook_with(lesson, demos, answer_code, setup).cells
    assert {cells[number].id for number in cells_needed(cells, lesson.exercises)} == {"cell-000", "doubled"}


def test_a_demo_that_an_added_cell_looks_at_runs_and_what_that_needs(lesson: Lesson) -> None:
    cells = notebook_with(lesson, ["a = 1", "b = [a]", "c = 3", "b.append(2)"], answer("2.0")).cells
    cells.insert(5, new_code_cell("print(b)", id="added-1"))
    needed = {cells[number].id for number in cells_needed(cells, lesson.exercises)}
    assert needed == {"cell-000", "demo-0", "demo-1", "demo-3", "added-1", "doubled"}


def test_a_demo_below_the_last_cell_that_could_see_it_is_left_out(lesson: Lesson) -> None:
    cells = notebook_with(lesson, ["box = [2.0]"], answer("box[0]")).cells
    cells.append(new_code_cell("box[0] = 3.0", id="later"))
    assert "later" not in {cells[number].id for number in cells_needed(cells, lesson.exercises)}


@pytest.mark.parametrize(
    "code",
    [
        "x = " + "+".join(["1"] * MOST_CHARACTERS),
        "(" * 5000 + ")" * 5000,
        "x = (",
        "\0",
        "x = " + "-" * 50_000 + "1",
        "x = f'" + "{a}" * (BRACES + 1) + "'\ny = (",
    ],
)
def test_a_cell_that_cannot_be_read_runs_all(lesson: Lesson, code: str) -> None:
    cells = notebook_with(lesson, ["print(1)"], answer("2.0")).cells
    cells.append(new_code_cell(code, id="added-1"))
    assert cells_needed(cells, lesson.exercises) == code_cells(cells)


# Setup, demos and a student's cells of which the last defines answer(): other ways to see what a demo did.
ALIASES: dict[str, tuple[str, list[str], list[str]]] = {
    "a function in a loop": (
        "def relu(z): return z",
        ["for f in [relu]:\n    f.label = 'ReLU'"],
        ["def title(f): return f.label", "def answer(): return title(relu)"],
    ),
    "a function of another name": (
        "def relu(z): return z",
        ["f = relu\nf.tag = 2.0"],
        ["g = relu", "def answer(): return g.tag"],
    ),
    "a function in a dict": (
        "",
        ["ops = {'sq': lambda x: x}", "ops['sq'].symbol = 2"],
        ["def answer(): return ops['sq'].symbol"],
    ),
    "a parameter named self": (
        "def relu(z): return z\ndef tag(self): self.x = 2.0",
        ["tag(relu)"],
        ["def read(f): return f.x", "def answer(): return read(relu)"],
    ),
    "a function that an object holds": (
        "def relu(z): return z",
        ["class Box:\n    def hold(self, f):\n        self.f = f\n        self.f.tag = 2.0", "Box().hold(relu)"],
        ["def read(f): return f.tag", "def answer(): return read(relu)"],
    ),
    "hasattr": ("def relu(z): return z", ["relu.tag = 1"], ["def answer(): return hasattr(relu, 'tag')"]),
    "an attribute by match": (
        "def relu(z): return z",
        ["relu.tag = 1"],
        ["def answer():\n    match relu:\n        case object(tag=t):\n            return t"],
    ),
    "a module of another name": ("", ["m = np\nm.factor = 2.0"], ["def answer(): return np.factor"]),
    "a module in a list": ("", ["m = [np]", "m[0].factor = 2.0"], ["def answer(): return np.factor"]),
    "a module patched by a function": (
        "def patch(m, v): m.factor = v",
        ["patch(np, 2.0)"],
        ["def answer(): return np.factor"],
    ),
    "a module that a function returns": (
        "def lib(): return np",
        ["lib().factor = 2.0"],
        ["def answer(): return np.factor"],
    ),
    "a class that is imported": (
        "from fractions import Fraction",
        ["F = Fraction; F.two = 2.0"],
        ["def answer(): return Fraction.two"],
    ),
    "random numbers of a module's other name": (
        "np.random.seed(0)",
        ["rnd = np.random; rnd.rand(2)"],
        ["def answer(): return np.random.normal()"],
    ),
    "random numbers by a function of the setup": (
        "np.random.seed(0)\ndef draw(rng=None):\n    rng = rng or np.random\n    return rng.normal()",
        ["draw()"],
        ["def answer(): return np.random.normal()"],
    ),
    "a setting by a function of the setup": (
        "def short(): np.set_printoptions(precision=2)",
        ["short()"],
        ["def answer(): return str(np.array([1 / 3]))"],
    ),
    "pandas draws": (
        "import pandas as pd\nnp.random.seed(0)",
        ["pd.Series([1, 2, 3]).sample(2)"],
        ["def answer(): return np.random.normal()"],
    ),
    "_ before the cell binds it": ("", ["_ = 2.0"], ["two = _\nfor _ in range(3): pass\ndef answer(): return two"]),
    "a text annotation": (
        "import typing",
        ["class Point: pass"],
        ["def f(x: 'Point'): pass\ndef answer(): return typing.get_type_hints(f)['x'] is Point"],
    ),
    "a format that reaches names": (
        "",
        ["factor = 2.0"],
        ["def answer(): return '{0.__globals__[factor]}'.format(answer)"],
    ),
    "an imported eval": (
        "",
        ["factor = 2.0"],
        ["from pandas import eval as pe", "def answer(): return float(pe('factor'))"],
    ),
    "names by attrgetter": (
        "import operator",
        ["factor = 2.0"],
        ["def answer(): return operator.attrgetter('__globals__')(answer)['factor']"],
    ),
    "names by an attribute in match": (
        "",
        ["factor = 2.0"],
        ["def answer():\n    match answer:\n        case object(__globals__=g):\n            return g['factor']"],
    ),
    "the rest of a mapping": (
        "",
        ["if True:\n    rest = 3\n    match {'a': [1]}:\n        case {**rest}: pass\nalias = rest", "alias['b'] = 2"],
        ["def answer(): return len(rest)"],
    ),
    "a star import": ("", ["from math import *"], ["def answer(): return tau"]),
    "a name in the class of a student's": (
        "",
        ["factor = 2.0"],
        ["class Layer:\n    def __init__(self): self.x = factor", "def answer(): return Layer().x"],
    ),
}


@pytest.mark.parametrize("way", ALIASES)
def test_whatever_a_demo_does_in_a_roundabout_way_is_seen(way: str) -> None:
    setup, demos, cells = ALIASES[way]
    notebook = [new_code_cell("import numpy as np\n" + setup, id="setup")]
    notebook += [new_code_cell(code, id=f"demo-{number}") for number, code in enumerate(demos)]
    notebook += [new_code_cell(code, id=f"added-{number}") for number, code in enumerate(cells)]
    notebook += [graded_answer_cell()]
    exercise = SimpleNamespace(check_id="check_answer", answer_name="answer")
    everything, needed = code_cells(notebook), cells_needed(notebook, [exercise])  # type: ignore[list-item]
    with_all, without, with_needed = (
        in_a_process_of_its_own(notebook, numbers)
        for numbers in (everything, everything - set(range(1, len(demos) + 1)), needed)
    )
    assert with_all != without
    assert with_all == with_needed


def in_a_process_of_its_own(notebook: list[NotebookNode], numbers: frozenset[int]) -> list[str]:
    """The same as `answers`, whatever the cells do to modules."""
    with ProcessPoolExecutor(1, mp_context=get_context("fork")) as process:
        return process.submit(answers, notebook, numbers).result()


def graded_answer_cell() -> NotebookNode:
    """The graded cell of the exercise ``answer``."""
    return new_code_cell("", id="check", metadata={"nbgrader": {"grade": True, "grade_id": "check_answer"}})


@pytest.mark.parametrize(
    "own",
    [
        "class Layer:\n    def __init__(self, n):\n        self.n = n\n    def __repr__(self): return 'Layer'",
        "if __name__ == '__main__':\n    print(doubled(np.ones(2)))",
        "import sys\nprint(sys.float_info.max)",
        "from numpy import *",
        "%timeit -n 10 -r 2 doubled(np.ones(2))",
        "!pip install numpy",
        "%config InlineBackend.figure_format = 'retina'",
        "def unfinished(x):\n    return (x +\n",
        "this is what I thought\nabout the exercise",
        "steps = {'double': doubled}\nprint(steps['double'](np.ones(2)), f'{doubled(np.ones(1))}')",
    ],
)
def test_what_students_often_write_needs_no_demo(lesson: Lesson, own: str) -> None:
    cells = notebook_with(lesson, ["factor = 2.0\nbox = [factor]", "box.append(3)\nprint(box)"], answer("2.0")).cells
    cells.append(new_code_cell(own, id="added-1"))
    needed = {cells[number].id for number in cells_needed(cells, lesson.exercises)}
    assert not {"demo-0", "demo-1"} & needed


# Parts of small notebooks: what cells may do to three names, and functions that use them.
NAMES = st.sampled_from(["a", "b", "c"])
EXPRESSIONS = st.one_of(
    st.sampled_from(["1", "[1]", "[2, [3]]", "lambda: a", "{'k': b}", "{0: 1}", "[f, 2]", "(1, 2)"]),
    NAMES,
    st.builds("[{}]".format, NAMES),
    st.builds("{}[0]".format, NAMES),
    st.builds("f({})".format, NAMES),
    st.builds("g()".format),
    st.builds("[v for v in {}]".format, NAMES),
)
STATEMENTS = st.one_of(
    st.builds("{} = {}".format, NAMES, EXPRESSIONS),
    st.builds("{}.append({})".format, NAMES, EXPRESSIONS),
    st.builds("{}[0] = {}".format, NAMES, EXPRESSIONS),
    st.builds("{} += [4]".format, NAMES),
    st.builds("del {}".format, NAMES),
    st.builds("for {} in {}: pass".format, NAMES, EXPRESSIONS),
    st.builds("def f(x):\n    {}.append(x)\n    return {}".format, NAMES, EXPRESSIONS.filter(lambda e: "f(" not in e)),
    st.builds("def g(box=[]):\n    box.append({})\n    return box".format, NAMES),
    st.builds("def g():\n    global {0}\n    {0} = {1}".format, NAMES, st.sampled_from(["5", "[6]", "a", "b"])),
    st.builds("f.tag = {}".format, EXPRESSIONS),
    st.builds("try: {} = f.tag\nexcept Exception: pass".format, NAMES),
    st.builds("f({})".format, EXPRESSIONS),
    st.builds("g()".format),
)
CELLS = st.lists(STATEMENTS, min_size=1, max_size=3).map("\n".join)


@given(st.lists(st.tuples(CELLS, st.booleans()), max_size=6), st.lists(EXPRESSIONS, min_size=1, max_size=2))
def test_whatever_the_cells_do_the_answer_is_the_same(cells: list[tuple[str, bool]], parts: list[str]) -> None:
    answer_cell = f"def answer():\n    return [{', '.join(parts)}]"
    notebook = [new_code_cell("a, b, c = [0], [1], [2]\ndef f(x): return x\ndef g(): return a", id="setup")]
    notebook += [new_code_cell(code, id=f"{'added' if own else 'demo'}-{n}") for n, (code, own) in enumerate(cells)]
    notebook += [
        new_code_cell(answer_cell, id="answer", metadata={"nbgrader": {"solution": True, "grade_id": "answer"}}),
        graded_answer_cell(),
    ]
    exercise = SimpleNamespace(check_id="check_answer", answer_name="answer")
    needed = cells_needed(notebook, [exercise])  # type: ignore[list-item]
    assert answers(notebook, needed) == answers(notebook, code_cells(notebook))


def answers(notebook: list[NotebookNode], numbers: frozenset[int]) -> list[str]:
    """What the answer gives, called twice, after these cells have run; an error ends a cell, as in Jupyter."""
    world: dict[str, object] = {}
    for number in sorted(numbers):
        try:
            exec(notebook[number].source, world)
        except Exception:
            continue
    results = []
    for _ in range(2):
        try:
            results.append(shown(world["answer"]()))  # type: ignore[operator]
        except Exception as error:
            results.append(type(error).__name__)
    return results


def shown(value: object) -> str:
    """A value as text, functions without their addresses."""
    if isinstance(value, list | dict):
        return repr([shown(item) for item in (value if isinstance(value, list) else value.values())][:50])
    return "function" if callable(value) else repr(value)
