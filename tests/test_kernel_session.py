"""A real kernel, and what students' code can do to it from inside: it is noticed, bounded, and costs the kernel alone."""

from __future__ import annotations

import os
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.calls import write_arguments
from autograder.kernels.calling import call_in_kernel
from autograder.kernels.session import Kernel, Ran
from autograder.limits import Limits

LIMITS = Limits(output_bytes=2_000_000, message_bytes=20_000_000)
SECONDS = 20.0
MakeKernel = Callable[[], Kernel]
SWALLOWS = """
while True:
    try:
        for _ in iter(int, 1):
            sum(range(9))
    except KeyboardInterrupt:
        pass
"""


def is_running(pid: int) -> bool:
    """Whether a process is there and no zombie."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except (FileNotFoundError, ProcessLookupError):
        return False


def text(ran: Ran) -> str:
    return "".join(output.get("text", "") for output in ran.outputs)


def run(kernel: Kernel, code: str, seconds: float = SECONDS, **options: Any) -> Ran:
    return kernel.run(textwrap.dedent(code), seconds, **options)


def pid_of(kernel: Kernel) -> int:
    return int(text(run(kernel, "import os; print(os.getpid())")))


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kernel]:
    """A kernel for tests that leave it alive."""
    kernel = Kernel(tmp_path_factory.mktemp("work"), LIMITS)
    pid = pid_of(kernel)
    yield kernel
    kernel.close()
    assert not is_running(pid)
    assert not kernel._private.exists()


@pytest.fixture
def make(tmp_path: Path) -> Iterator[MakeKernel]:
    """Makes kernels that are closed after the test, twice, and makes sure that nothing is left of them."""
    kernels = []

    def start() -> Kernel:
        kernels.append(Kernel(tmp_path, LIMITS))
        return kernels[-1]

    yield start
    for kernel in kernels:
        process = kernel._manager.provisioner.pid
        kernel.close()
        kernel.close()
        assert not (process and is_running(process))
        assert not kernel._private.exists()


def test_a_cell_that_is_well(shared: Kernel) -> None:
    ran = run(shared, "import sys\nprint('out')\nprint('err', file=sys.stderr)\n6 * 7")
    assert (ran.ending, ran.alive) == ("ok", True)
    streams = [(o["name"], o["text"]) for o in ran.outputs if o["output_type"] == "stream"]
    assert sorted(streams) == [("stderr", "err\n"), ("stdout", "out\n")]
    assert ran.outputs[-1]["data"]["text/plain"] == "42"


def test_a_cell_that_raises(shared: Kernel) -> None:
    ran = run(shared, "print('before')\nraise ValueError('no')")
    assert (ran.ending, ran.alive) == ("error", True)
    assert (ran.outputs[-1]["ename"], ran.outputs[-1]["evalue"]) == ("ValueError", "no")
    assert run(shared, "def f(:").ending == "error"
    assert run(shared, "raise SystemExit").alive
    assert run(shared, "input()").ending == "error"


def test_a_silent_run_keeps_no_output_and_brings_expressions(shared: Kernel) -> None:
    ran = run(shared, "print('unseen')", silent=True, expressions={"a": "6 * 7", "b": "1 / 0"})
    assert ran.outputs == []
    assert ran.expressions["a"]["data"]["text/plain"] == "42"
    assert ran.expressions["b"]["status"] == "error"


def test_a_call_comes_back_with_all_that_came_of_it(shared: Kernel) -> None:
    run(shared, "def double(x):\n    print('unseen')\n    return x * 2\n\ndef ends(x):\n    raise SystemExit(x)")
    document = write_arguments((np.array([1.5, 2.0]),), {})
    answer, ran = call_in_kernel(shared, "double", document, SECONDS)
    assert answer is not None
    np.testing.assert_array_equal(answer.value, [3.0, 4.0])
    assert (ran.ending, ran.alive, ran.outputs) == ("ok", True, [])
    for name, outcome in (("ends", "error"), ("none_such", "missing")):
        answer, _ = call_in_kernel(shared, name, document, SECONDS)
        assert answer is not None
        assert answer.outcome == outcome


def test_too_long_a_cell_is_interrupted_and_the_kernel_goes_on(shared: Kernel) -> None:
    ran = run(shared, "kept = 1\nprint('so far', flush=True)\nwhile True: pass", seconds=0.5)
    assert (ran.ending, ran.alive) == ("timed out", True)
    assert "so far" in text(ran)
    assert text(run(shared, "print(kept)")) == "1\n"
    run(shared, "def endless():\n    while True: pass")
    answer, ran = call_in_kernel(shared, "endless", write_arguments((), {}), 0.5)
    assert (answer, ran.ending, ran.alive) == (None, "timed out", True)


def test_a_loop_that_swallows_the_interrupt_costs_the_kernel(make: MakeKernel) -> None:
    kernel = make()
    pid = pid_of(kernel)
    ran = run(kernel, SWALLOWS, seconds=0.5)
    assert (ran.ending, ran.alive) == ("timed out", False)
    kernel.close()
    assert not is_running(pid)


def test_a_kernel_that_ends_is_noticed_and_what_it_started_ends_with_it(make: MakeKernel) -> None:
    kernel = make()
    started = "import os, subprocess\nchild = subprocess.Popen(['sleep', '600'])\nprint(child.pid, flush=True)"
    child = int(text(run(kernel, started)))
    forked = int(
        text(run(kernel, "pid = os.fork()\nif not pid:\n    import time; time.sleep(600)\nprint(pid, flush=True)"))
    )
    assert is_running(child)
    assert is_running(forked)
    ran = run(kernel, "os._exit(3)")
    assert (ran.ending, ran.alive) == ("died", False)
    assert not run(kernel, "1").alive
    kernel.close()
    assert not is_running(child)
    assert not is_running(forked)


def test_a_flood_is_stopped_and_bounded(make: MakeKernel) -> None:
    for line in ("x" * 1_000, "x" * 1_000_000):
        ran = run(make(), f"while True: print('{line[0]}' * {len(line)})")
        assert ran.ending == "flooded"
        assert len(text(ran)) < LIMITS.output_bytes + LIMITS.message_bytes


def test_an_oversized_message_never_arrives(make: MakeKernel) -> None:
    kernel = make()
    run(kernel, "def large(): return {'x' * n: 'y' * 600_000 for n in range(40)}\nfrom IPython.display import display")
    answer, ran = call_in_kernel(kernel, "large", write_arguments((), {}), SECONDS)
    assert answer is None
    assert (ran.ending, ran.alive) == ("flooded", False)


def test_an_oversized_output_costs_that_output(make: MakeKernel) -> None:
    kernel = make()
    ran = run(kernel, "display({'text/plain': 'x' * 30_000_000}, raw=True)", seconds=5)
    assert len(text(ran)) < LIMITS.message_bytes
    assert ran.ending in ("ok", "timed out", "flooded")


def test_the_kernel_has_nothing_of_the_graders_environment(make: MakeKernel, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTOGRADER_SECRET", "PYTHONPATH", "PYTHONSTARTUP", "JUPYTER_PATH", "IPYTHONDIR", "DATABASE_URL"):
        monkeypatch.setenv(name, "the grader's own")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    kernel = make()
    told = text(run(kernel, "import os, sys\nprint(dict(os.environ), sys.flags.isolated, sys.path)"))
    assert "the grader's own" not in told
    assert "'OMP_NUM_THREADS': '1'" in told
    assert os.environ["HOME"] not in text(run(kernel, "print(os.environ['HOME'], os.environ['IPYTHONDIR'])"))
    assert text(run(kernel, "print(os.listdir('.'))")) == "[]\n"


def test_a_students_module_does_not_stand_in_for_the_launchers(tmp_path: Path, make: MakeKernel) -> None:
    for name in ("numpy", "autograder", "ipykernel", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')")
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(1)")
    assert run(make(), "1").ending == "ok"
