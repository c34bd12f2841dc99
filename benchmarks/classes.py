"""A class through stock ``nbgrader autograde``: what one more notebook costs, with the stock kernel and with ours."""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import best_tier
from autograder.limits import Limits
from tests.support.plain_nbgrader import SANDBOX_LINE, answer_cell, graded_cell

SETUP = (
    "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\nimport keras\nimport numpy as np\n"
    "x = np.linspace(0, 1, 40).reshape(-1, 1)"
)
ANSWER = (
    "model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(8, activation='relu'), keras.layers.Dense(1)])\n"
    "model.compile(optimizer=keras.optimizers.Adam(0.05), loss='mse')\n"
    "losses = model.fit(x, 3 * x, epochs=10, verbose=0).history['loss']"
)
TEST = "assert losses[-1] < losses[0]"
ROOT = Path(__file__).parent.parent
STUDENTS = 6
ROUNDS = 3


def keras_classes(folder: Path) -> tuple[float, float]:
    """`keras_class` with the stock kernel and with ours, in turn: the medians."""
    seconds: dict[bool, list[float]] = {False: [], True: []}
    for number in range(ROUNDS):
        for ours in (False, True):
            inbox = folder / f"round{number}"
            inbox.mkdir(exist_ok=True)
            seconds[ours].append(keras_class(inbox, ours=ours))
    return statistics.median(seconds[False]), statistics.median(seconds[True])


def keras_class(folder: Path, *, ours: bool) -> float:
    """Seconds that one more submission of a notebook that builds and fits a small Keras model costs."""
    root = folder / ("ours" if ours else "stock")
    root.mkdir()
    (root / "nbgrader_config.py").write_text("c = get_config()\n" + (SANDBOX_LINE if ours else ""), encoding="utf-8")
    _write(root / "source/hw/network.ipynb", _network("### BEGIN SOLUTION\n### END SOLUTION"))
    _nbgrader(root, "generate_assignment", "hw")
    return _one_more(root, "hw", lambda inbox: _write(inbox / "network.ipynb", _network(ANSWER)))


def _network(answer: str) -> NotebookNode:
    cells = [new_code_cell(SETUP, id="setup"), answer_cell("answer", answer), graded_cell("test", TEST, 2.0)]
    kernel = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=kernel)


def numpy_class(folder: Path) -> tuple[float, float]:
    """Seconds that one more submission of the first lesson costs, and those that its cells compute by themselves."""
    root = folder / "course"
    for name in ("solutions", "source", "release"):
        shutil.copytree(ROOT / name, root / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("pyproject.toml", "nbgrader_config.py"):
        shutil.copy(ROOT / name, root / name)
    lessons = sorted((ROOT / "source" / "week1").glob("*.ipynb"))
    for lesson in lessons:  # one notebook a submission
        if lesson.stem != "forward_propagation":
            for tree in ("source", "release"):
                (root / tree / "week1" / lesson.name).unlink()
            shutil.rmtree(root / "solutions" / "week1" / lesson.stem)
    solved = ROOT / "source" / "week1" / "forward_propagation.ipynb"
    (root / "classroom").mkdir()
    taken = _one_more(
        root,
        "week1",
        lambda inbox: shutil.copy(solved, inbox / solved.name),
        submitted=root / "classroom" / "submitted",
    )
    return taken, _own_computing(solved)


def _own_computing(solved: Path) -> float:
    """Seconds that a notebook's ungraded cells take in a kernel that is up, drawing their pictures included."""
    cells = [c.source for c in nbformat.read(solved, as_version=4).cells if c.cell_type == "code"]
    seconds = []
    for _ in range(STUDENTS):
        kernel = Kernel([], Limits(), best_tier())
        start = time.perf_counter()
        for cell in cells:
            if not cell.startswith("check("):
                assert kernel.run(cell, 60).ending == "ok"
        seconds.append(time.perf_counter() - start)
        kernel.close()
    return statistics.median(seconds)


def _one_more(root: Path, assignment: str, hand_in: Callable[[Path], object], submitted: Path | None = None) -> float:
    """(time for a class - time for one) / the others: what nbgrader needs to come up is in neither."""
    submitted = submitted or root / "submitted"
    seconds = {}
    for count in (1, STUDENTS):
        for number in range(count):
            inbox = submitted / f"student{number}" / assignment
            inbox.mkdir(parents=True, exist_ok=True)
            hand_in(inbox)
        start = time.perf_counter()
        _nbgrader(root, "autograde", assignment, "--force")
        seconds[count] = time.perf_counter() - start
    return (seconds[STUDENTS] - seconds[1]) / (STUDENTS - 1)


def _write(path: Path, content: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(content), encoding="utf-8")


def _nbgrader(root: Path, *arguments: str) -> None:
    program = Path(sys.executable).with_name("nbgrader")
    path = f"{program.parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    subprocess.run([program, *arguments], cwd=root, env=os.environ | {"PATH": path}, capture_output=True, check=True)
