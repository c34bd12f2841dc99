"""A plain nbgrader course runs its notebooks in our kernels with one line in its configuration."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import nbformat
import pytest
from jupyter_client import AsyncKernelManager, KernelManager
from jupyter_client.kernelspec import KernelSpecManager
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook
from nbgrader.api import Gradebook

from autograder.kernels.provisioner import KERNELSPEC, offer_kernelspec, plain_files
from autograder.limits import Limits
from tests.support.plain_nbgrader import SANDBOX_LINE, answer_cell, graded_cell

pytestmark = pytest.mark.long

STUB = "### BEGIN SOLUTION\n### END SOLUTION"
# The first operation makes TensorFlow write to stderr; in a graded cell, stock nbgrader would give 0 for that.
KERAS_SETUP = (
    "import os\nos.environ['TF_CPP_MIN_LOG_LEVEL'] = '3'\nimport keras\nimport numpy as np\n"
    "keras.utils.set_random_seed(1)\nnumbers = np.linspace(0, 1, 40).reshape(-1, 1)\n"
    "_ = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])(numbers)"
)
KERAS_TESTS = {
    "layers": "model = build()\nassert len(model.layers) == 2",
    "fits": "losses = model.fit(numbers, 3 * numbers, epochs=30, verbose=0).history['loss']\n"
    "assert losses[-1] < losses[0] / 2",
}
NUMPY_SETUP = "import numpy as np\nrows = np.loadtxt('rows.csv', delimiter=',')"
NUMPY_TESTS = {"mean": "assert np.allclose(mean(rows), rows.mean(axis=0))", "shape": "assert mean(rows).shape == (2,)"}
RIGHT = {
    "arrays": "def mean(rows):\n    return rows.sum(axis=0) / len(rows)",
    "network": "def build():\n    hidden = keras.layers.Dense(8, activation='relu')\n"
    "    model = keras.Sequential([keras.Input((1,)), hidden, keras.layers.Dense(1)])\n"
    "    model.compile(optimizer=keras.optimizers.Adam(0.05), loss='mse')\n    return model",
}
WRONG = {
    "arrays": "def mean(rows):\n    return rows.sum(axis=0)",
    "network": RIGHT["network"].replace("Adam(0.05)", "SGD(0.0)"),
}


def notebook(name: str, answer: str) -> NotebookNode:
    setup, tests = (NUMPY_SETUP, NUMPY_TESTS) if name == "arrays" else (KERAS_SETUP, KERAS_TESTS)
    look = new_code_cell(
        f"import os\nprint('sees the course:', os.path.exists({os.fspath(Path(__file__))!r}))", id="look"
    )
    cells = [new_code_cell(setup, id="setup"), answer_cell("answer", answer), look]
    cells += [graded_cell(grade_id, source, 2.0) for grade_id, source in tests.items()]
    return new_notebook(
        cells=cells, metadata={"kernelspec": {"name": "python3", "display_name": "", "language": "python"}}
    )


def nbgrader(root: Path, *arguments: str) -> None:
    command = [str(Path(sys.executable).with_name("nbgrader")), *arguments]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    run = subprocess.run(
        command, cwd=root, env=os.environ | {"PATH": path}, capture_output=True, text=True, timeout=600, check=False
    )
    assert run.returncode == 0, run.stderr


@pytest.fixture(scope="module", params=["stock", "ours"])
def graded(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A quickstart course with two notebooks and two students, graded."""
    root = tmp_path_factory.mktemp(request.param) / "plain"
    nbgrader(root.parent, "quickstart", "plain")
    if request.param == "ours":
        settings = root / "nbgrader_config.py"
        settings.write_text(settings.read_text(encoding="utf-8") + "\n" + SANDBOX_LINE, encoding="utf-8")
    for folder, answers in {
        "source": dict.fromkeys(RIGHT, STUB),
        "submitted/ada": RIGHT,
        "submitted/bob": WRONG,
    }.items():
        assignment = root / folder / "hw"
        assignment.mkdir(parents=True)
        (assignment / "rows.csv").write_text("1,2\n3,5\n5,8\n", encoding="utf-8")
        for name, answer in answers.items():
            (assignment / f"{name}.ipynb").write_text(json.dumps(notebook(name, answer)), encoding="utf-8")
    nbgrader(root, "generate_assignment", "hw")
    nbgrader(root, "autograde", "hw")
    return root


def test_the_scores_are_those_of_the_stock_kernel(graded: Path) -> None:
    with Gradebook(f"sqlite:///{graded / 'gradebook.db'}") as gradebook:
        scores = {
            student: {
                (mine.name, grade.name): grade.score
                for mine in gradebook.find_submission("hw", student).notebooks
                for grade in mine.grades
            }
            for student in ("ada", "bob")
        }
    tests = [("arrays", "mean"), ("arrays", "shape"), ("network", "layers"), ("network", "fits")]
    assert scores["ada"] == dict.fromkeys(tests, 2.0)
    assert scores["bob"] == dict(zip(tests, (0.0, 2.0, 2.0, 0.0), strict=True))


def test_only_our_kernels_are_confined(graded: Path) -> None:
    printed = set()
    for path in graded.glob("autograded/*/hw/*.ipynb"):
        cell = next(cell for cell in nbformat.read(path, as_version=4).cells if "sees the course" in cell.source)
        printed |= {output.text.strip() for output in cell.outputs}
    assert printed == {f"sees the course: {graded.parent.name.startswith('stock')}"}


@pytest.fixture
def manager(monkeypatch: pytest.MonkeyPatch) -> KernelManager:
    monkeypatch.setenv("JUPYTER_PATH", os.environ.get("JUPYTER_PATH", ""))
    offer_kernelspec()
    return KernelManager(kernel_name=KERNELSPEC)


def test_the_feedback_pages_are_nbgraders_own(graded: Path) -> None:
    nbgrader(graded, "generate_feedback", "hw")
    folder = graded / "feedback" / "ada" / "hw"
    assert sorted(path.name for path in folder.glob("*.html")) == ["arrays.html", "network.html"]
    page = (folder / "arrays.html").read_text(encoding="utf-8")
    assert page.count("Test cell</a>") == len(NUMPY_TESTS)
    assert "bootstrap" in page.lower()


def test_a_kernel_manager_starts_interrupts_restarts_and_ends_a_kernel(manager: KernelManager, tmp_path: Path) -> None:
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    message = client.execute("while True: pass")
    time.sleep(0.3)
    manager.interrupt_kernel()
    reply = client.get_shell_msg(timeout=20)
    assert (reply["parent_header"]["msg_id"], reply["content"]["ename"]) == (message, "KeyboardInterrupt")
    manager.restart_kernel(now=True)
    client.stop_channels()
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    folder = Path(manager.ip).parent
    assert folder.is_dir()
    assert manager.is_alive()
    client.stop_channels()
    manager.shutdown_kernel()
    assert not manager.is_alive()
    assert not folder.exists()


def test_a_kernel_that_passes_a_limit_is_ended(manager: KernelManager, tmp_path: Path) -> None:
    manager.config.WarmProvisioner.limits = {"memory_bytes": 400 * 2**20}
    manager.config.WarmProvisioner.imports = []
    manager.start_kernel(cwd=str(tmp_path))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=60)
    client.execute("import time\nheap = bytearray(600 * 2**20)\ntime.sleep(30)")
    until = time.monotonic() + 20
    while manager.is_alive() and time.monotonic() < until:
        time.sleep(0.1)
    assert not manager.is_alive()
    client.stop_channels()
    manager.shutdown_kernel(now=True)


def test_waiting_for_a_kernel_ends_when_it_is_ready_and_fails_when_it_is_gone(manager: KernelManager) -> None:
    async def wait() -> tuple[str, str]:
        waiting = AsyncKernelManager(kernel_name=KERNELSPEC, config=manager.config)
        await waiting.start_kernel()
        client = waiting.client()
        client.start_channels()
        await client.wait_for_ready(timeout=20)
        asked = client.execute("print('here')")
        reply = await client.get_shell_msg(timeout=20)
        while (output := await client.get_iopub_msg(timeout=20))["msg_type"] != "stream":
            pass
        assert reply["parent_header"]["msg_id"] == output["parent_header"]["msg_id"] == asked
        await waiting.shutdown_kernel(now=True)
        with pytest.raises(RuntimeError, match="died"):
            await client.wait_for_ready(timeout=20)
        client.stop_channels()
        return type(client).__name__, output["content"]["text"]

    assert asyncio.run(wait()) == ("ReadyClient", "here\n")


def test_the_kernelspec_is_in_nobodys_launcher() -> None:
    assert (
        KERNELSPEC
        not in KernelSpecManager(kernel_dirs=[str(Path(sys.prefix, "share/jupyter/kernels"))]).get_all_specs()
    )


def test_a_kernel_gets_the_files_beside_a_notebook_except_links_notebooks_and_hidden_files(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("rows.csv", "data/more.csv", "tests.ipynb", "gradebook.db", ".secret"):
        (tmp_path / name).write_text("1")
    (tmp_path / "link.csv").symlink_to("/etc/hostname")
    assert [name for name, _ in plain_files(tmp_path, Limits())] == ["rows.csv", "data/more.csv"]
    for number in range(300):
        (tmp_path / f"{number}.txt").write_text("1")
    assert plain_files(tmp_path, Limits()) == []
