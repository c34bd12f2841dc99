"""A notebook in real kernels: a lost one is replaced, and the cells so far are replayed without the deadly one."""

from __future__ import annotations

import textwrap
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from autograder.checks.submission import CallStopped, Functions
from autograder.grading.notebook_run import MANY_KERNELS, NotebookRun
from autograder.kernels.kernel import Kernel, Ran
from autograder.kernels.warm import best_tier
from autograder.limits import Limits
from autograder.verdicts.endings import Ending
from autograder.wire.calls import Request
from tests.support.cells import text
from tests.support.tiers import processes_naming

LIMITS = Limits(cell_seconds=20, call_seconds=20, notebook_seconds=60, output_bytes=1_000_000)


@pytest.fixture
def notebook() -> Iterator[NotebookRun]:
    with closing(NotebookRun([], LIMITS, best_tier())) as run:
        yield run


def value(run: NotebookRun, name: str, *args: object) -> Any:
    return getattr(Functions(run.answer), name)(*args)


def test_cells_share_their_names_and_functions_are_called(notebook: NotebookRun) -> None:
    assert notebook.run("factor = 3").ending == "ok"
    assert notebook.run("def times(x):\n    return factor * x\n\n1 / 0").ending == "error"
    assert value(notebook, "times", 2) == 6
    assert notebook.answer(Request.of("none_such")).outcome == "missing"


def test_a_cell_that_ends_its_kernel_is_left_out_of_the_replay(notebook: NotebookRun) -> None:
    notebook.run("def kept():\n    return 'kept'\nruns = 1")
    assert notebook.run("import os\nruns += 1\nprint('so far', flush=True)\nos._exit(0)").ending == "died"
    assert notebook.run("after = runs").ending == "ok"
    assert value(notebook, "kept") == "kept"
    assert text(notebook.run("print(after)")) == "1\n"


def test_a_call_that_ends_its_kernel_costs_only_itself(notebook: NotebookRun) -> None:
    notebook.run("import os\ndef ends():\n    os._exit(0)\n\ndef works():\n    return 5")
    notebook.run("1 / 0")
    for _ in range(2):
        with pytest.raises(CallStopped) as stopped:
            notebook.answer(Request.of("ends"))
        assert stopped.value.ending == "died"
        assert value(notebook, "works") == 5


def test_a_call_that_prints_without_end_is_stopped(notebook: NotebookRun) -> None:
    notebook.run("def shows():\n    while True:\n        display('x' * 9_999)\n\ndef works():\n    return 5")
    with pytest.raises(CallStopped) as stopped:
        notebook.answer(Request.of("shows"))
    assert stopped.value.ending == "flooded"
    assert value(notebook, "works") == 5


def test_a_floods_late_messages_flood_no_later_cell(notebook: NotebookRun) -> None:
    code = """
    import os
    from IPython.display import display
    def floods():
        handle = display("a", display_id="mine")
        while True:
            os.write(1, b"x" * 50_000)
            os.write(2, b"y" * 50_000)
            handle and handle.update("z" * 50_000)
    """
    notebook.run(textwrap.dedent(code))
    for _ in range(3):
        with pytest.raises(CallStopped) as stopped:
            notebook.answer(Request.of("floods"))
        assert stopped.value.ending == "flooded"
        assert notebook.run("1").ending == "ok"


def test_an_endless_cell_costs_only_its_time_and_its_names_stay() -> None:
    with closing(NotebookRun([], Limits(cell_seconds=0.5, call_seconds=0.5, notebook_seconds=60), best_tier())) as run:
        assert run.run("x = 1\nwhile True: pass").ending == "timed out"
        assert text(run.run("print(x)")) == "1\n"
        run.run("def endless():\n    while True: pass")
        with pytest.raises(CallStopped) as stopped:
            run.answer(Request.of("endless"))
        assert stopped.value.ending == "timed out"
        assert text(run.run("print(x)")) == "1\n"


def test_a_notebooks_own_time_is_limited() -> None:
    with closing(NotebookRun([], Limits(notebook_seconds=0.001), best_tier())) as run:
        assert run.run("1") == Ran(Ending.TIMED_OUT, alive=False)
        with pytest.raises(CallStopped):
            run.answer(Request.of("f"))


def test_kernels_are_not_started_without_end(notebook: NotebookRun) -> None:
    # A cell that ends each kernel in which it is replayed is left out after the first time.
    notebook.run("import os, time\nstarted = time.time()")
    notebook.run(f"if time.time() > {time.time() + 6}:\n    os._exit(0)\nmarked = True")
    time.sleep(6)
    assert notebook.run("os._exit(0)").ending == "died"
    assert notebook.run("'marked' in dir()").outputs[-1]["data"]["text/plain"] == "False"
    # It needed three kernels: after more, demos are left out.
    assert MANY_KERNELS == 3
    assert notebook.run("'a demo'", essential=False).ending == "ok"


def test_nothing_is_left_after_closing(tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("a,b\n1,2\n")
    with closing(Kernel([], LIMITS, best_tier())) as kernel:
        folders = kernel.folder.parent
    before = set(folders.iterdir())  # with that of a spare kernel
    run = NotebookRun([data], LIMITS, best_tier())
    assert text(run.run("import os\nprint(os.listdir('.'))")) == "['data.csv']\n"
    (first,) = set(folders.iterdir()) - before
    run.run("open('data.csv', 'w').write('changed')\nos.makedirs('deep/er')")
    mark = f"child-of-{first.name}"
    run.run(f"import subprocess\nchild = subprocess.Popen(['sh', '-c', 'sleep 600; true', {mark!r}])")
    assert processes_naming(mark)
    run.run("os._exit(0)")
    assert text(run.run("print(open('data.csv').read(7))")) == "changed\n"  # replayed in a fresh copy of the file
    (second,) = set(folders.iterdir()) - before
    assert second != first
    assert processes_naming(mark)
    run.close()
    run.close()
    assert set(folders.iterdir()) == before
    assert processes_naming(mark) == []
    assert data.read_text() == "a,b\n1,2\n"
