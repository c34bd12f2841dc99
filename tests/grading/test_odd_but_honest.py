"""Odd but honest notebooks keep all their points, also if the machine is busy."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator

import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_markdown_cell

from autograder.lessons.samples import Material
from tests.support.course import FULL, Course
from tests.support.odd_notebooks import solutions

pytestmark = pytest.mark.long

# What stands in a cell of the student's own, below the setup.
FIRST = {
    "nothing": "",
    "%%time": "%%time\nsum(range(9))",
    "%%capture": "%%capture\nprint('captured')",
    "shell commands": "!echo hi\n!pip --version\nlines = !ls\nprint(lines)",
    "bash": "%%bash\necho $((6 * 7))",
    "autoreload": "%load_ext autoreload\n%autoreload 2",
    "inline plots": "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2])\nplt.show()",
    "xkcd plots": "import matplotlib.pyplot as plt\nwith plt.xkcd():\n    plt.plot([1, 2])",
    "an animation": "import matplotlib.pyplot as plt\nfrom matplotlib.animation import FuncAnimation\n"
    "figure, axes = plt.subplots()\n_ = FuncAnimation(figure, lambda n: axes.plot([n]), frames=3).to_jshtml()",
    "many figures": "import matplotlib.pyplot as plt\nfor _ in range(25):\n    plt.figure()",
    "strict NumPy": "np.seterr(all='raise')\nimport warnings\nwarnings.filterwarnings('error')",
    "printing of NumPy's": "np.set_printoptions(precision=1, threshold=3, suppress=True)",
    "a deep recursion": "import sys\nsys.setrecursionlimit(10**6)",
    "no collector": "import gc\ngc.disable()",
    "a talkative collector": "import gc\ngc.set_debug(gc.DEBUG_STATS)",
    "a collector that keeps all": "import gc\ngc.set_debug(gc.DEBUG_LEAK)",
    "an eager collector": "import gc\ngc.set_threshold(5)",
    "traced memory": "import tracemalloc\ntracemalloc.start(25)",
    "a trace": "import sys\nsys.settrace(lambda *_: None)",
    "a profile": "import cProfile\nprofile = cProfile.Profile()\nprofile.enable()",
    "stars": "from numpy import *\nfrom math import *",
    "NumPy again": "import importlib\nimportlib.reload(np)",
    "an alarm": "import signal\nsignal.signal(signal.SIGALRM, lambda *_: None)\n"
    "signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)",
    "deaf to interrupts": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)",
    "a thread that prints": "import threading, time\n"
    "threading.Thread(target=lambda: [print('tick') or time.sleep(0.02) for _ in range(500)], daemon=True).start()",
    "streams of its own": "import sys, io\nsys.stdout = io.StringIO()\nsys.stderr = io.StringIO()",
    "builtins of its own": "def print(*_): pass\nopen = None\nlist_ = list",
    "another folder": "import os, tempfile\nos.chdir(tempfile.mkdtemp())",
    "no environment": "import os\nos.environ.clear()",
    "a locale": "import locale\ntry:\n    locale.setlocale(locale.LC_ALL, 'C')\nexcept locale.Error:\n    pass",
    "a pool": "import multiprocessing\nwith multiprocessing.get_context('fork').Pool(2) as pool:\n"
    "    print(pool.map(abs, [-1, 2]))",
    "threads": "from concurrent.futures import ThreadPoolExecutor as Pool\nprint(sum(Pool(4).map(abs, range(99))))",
    "asyncio": "import asyncio\nawait asyncio.sleep(0.01)",
    "a database": "import sqlite3\nc = sqlite3.connect('a.db')\nc.execute('create table t (x)')\nc.commit()",
    "HDF5": "import h5py\nh5py.File('a.h5', 'w')['x'] = [1, 2]",
    "a seed": "np.random.seed(0)\nimport random\nrandom.seed(0)",
    "widgets": "from ipykernel.comm import Comm\nwidget = Comm(target_name='jupyter.widget')\n"
    "for _ in range(150):\n    widget.send({'x': 'a' * 100_000})",
    "widgets in two cells": "from ipykernel.comm import Comm\nother = Comm(target_name='jupyter.widget')\n"
    "for _ in range(60):\n    other.send({'x': 'a' * 100_000})",
    "a progress bar": "import time\nfrom IPython.display import ProgressBar\nfor _ in ProgressBar(40):\n"
    "    time.sleep(0.01)",
    "outputs that replace others": "from IPython.display import clear_output\nfor n in range(200):\n"
    "    clear_output(wait=True)\n    print(n)",
    "much printing": "for n in range(20_000):\n    print('line', n)",
    "errors": "1 / 0",
    "a wrong magic": "%no_such_magic",
    "help": "np.dot?",
    "a big array": "big = np.ones((3000, 3000))",
    "pandas": "import pandas as pd\npd.DataFrame({'a': range(1000)})",
    "an unfinished line": "x = (1,",
    "an own check": "def check(*_): return None",
    "exit": "exit()",
}


def below_the_setup(notebook: NotebookNode, *sources: str) -> NotebookNode:
    setup = next(n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    notebook.cells[setup + 1 : setup + 1] = [new_code_cell(source) for source in sources if source]
    return notebook


def pasted_pictures(notebook: NotebookNode) -> None:
    picture = "![image.png](data:image/png;base64," + "A" * 180_000 + ")"
    notebook.cells[1:1] = [new_markdown_cell(picture) for _ in range(6)]


def many_cells(notebook: NotebookNode) -> None:
    notebook.cells[1:1] = [new_code_cell(f"x{n} = {n}") for n in range(20_000)]


def long_notes(notebook: NotebookNode) -> None:
    notebook.cells[1:1] = [new_markdown_cell("word " * 30_000) for _ in range(12)]


def names_that_go(notebook: NotebookNode) -> None:
    notebook.cells.append(new_code_cell("np = None\ndel doubled, summed"))


def timed_answers(notebook: NotebookNode) -> None:
    for cell in solutions(notebook):
        cell.source = "%%time\n" + cell.source


def answers_with_widgets(notebook: NotebookNode) -> None:
    for cell in solutions(notebook):
        cell.source += "\n" + FIRST["widgets"]


CHANGES: dict[str, Callable[[NotebookNode], None]] = {
    change.__name__: change
    for change in (pasted_pictures, many_cells, long_notes, names_that_go, timed_answers, answers_with_widgets)
}


def odd_notebooks(material: Material) -> Iterator[tuple[str, NotebookNode]]:
    for number, (name, source) in enumerate(FIRST.items()):
        again = [source] if name == "widgets in two cells" else []
        yield f"{number:02}-{name}", below_the_setup(material.notebook(material.answers), source, *again)
    for name, change in CHANGES.items():
        notebook = material.notebook(material.answers)
        change(notebook)
        yield f"{name.replace('_', '-')}", notebook


def student(name: str) -> str:
    return "".join(letter if letter.isalnum() else "-" for letter in name)


@pytest.fixture(scope="module", params=["idle", "busy"])
def graded_class(request: pytest.FixtureRequest, class_course: Course, material: Material) -> tuple[Course, list[str]]:
    """The class, graded by real nbgrader; the machine is kept busy by twice as many processes as it has processors."""
    busy = 2 * (os.cpu_count() or 1) if request.param == "busy" else 0
    students = []
    for name, notebook in odd_notebooks(material):
        class_course.hand_in(student(name), notebook)
        students.append(student(name))
    spins = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(busy)]
    try:
        class_course.autograde("--force")
    finally:
        for spin in spins:
            spin.kill()
            spin.wait()
    return class_course, students


def test_odd_but_honest_notebooks_keep_their_points(graded_class: tuple[Course, list[str]]) -> None:
    course, students = graded_class
    assert len(students) > 50
    lost = {
        name: [(e["status"], e["message"]) for e in course.verdict(name)["exercises"] if e["score"] != e["points"]]
        for name in students
        if course.scores(name) != FULL
    }
    assert lost == {}
