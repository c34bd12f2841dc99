"""A real kernel: what students' code does to it from inside is noticed, bounded, and costs only the kernel."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import end_all
from autograder.limits import Limits
from autograder.wire.calls import Request
from tests.support.cells import SECONDS, run, text
from tests.support.tiers import TIERS, left_of, processes_naming

LIMITS = Limits(output_bytes=2_000_000, message_bytes=20_000_000)
MakeKernel = Callable[..., Kernel]
SWALLOWS = """
while True:
    try:
        for _ in iter(int, 1):
            sum(range(9))
    except KeyboardInterrupt:
        pass
"""


@pytest.fixture(scope="module", params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    """The sandbox tier that the kernels run in."""
    return str(request.param)


@pytest.fixture(scope="module")
def shared(tier: str) -> Iterator[Kernel]:
    """A kernel for tests that leave it alive."""
    kernel = Kernel([], LIMITS, tier)
    assert left_of(kernel) != []
    yield kernel
    kernel.close()
    assert left_of(kernel) == []


@pytest.fixture
def make(tier: str) -> Iterator[MakeKernel]:
    """Makes kernels; they are closed after the test, twice, and nothing may be left of them."""
    kernels = []

    def start(*files: Path) -> Kernel:
        kernels.append(Kernel(files, LIMITS, tier))
        return kernels[-1]

    yield start
    for kernel in kernels:
        kernel.close()
        kernel.close()
        assert left_of(kernel) == []


def test_a_cell_that_ends_well(shared: Kernel) -> None:
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


@pytest.mark.parametrize("leave", ["exit()", "quit()", "import sys; sys.exit(1)"])
def test_exit_ends_only_the_cell(shared: Kernel, leave: str) -> None:
    assert run(shared, f"before = 'kept'\n{leave}").alive
    run(shared, f"def leaves():\n    {leave}")
    answer, ran = shared.call(Request.of("leaves"), SECONDS)
    assert ran.alive
    assert answer is not None
    assert answer.error_names[0] == "SystemExit"
    assert text(run(shared, "print(before)")) == "kept\n"


def test_a_call_returns_a_value_or_how_it_failed(shared: Kernel) -> None:
    run(shared, "def double(x):\n    print('unseen')\n    return x * 2\n\ndef ends(x):\n    raise SystemExit(x)")
    answer, ran = shared.call(Request.of("double", np.array([1.5, 2.0])), SECONDS)
    assert answer is not None
    np.testing.assert_array_equal(answer.value, [3.0, 4.0])
    assert (ran.ending, ran.alive, ran.outputs) == ("ok", True, [])
    for name, outcome in (("ends", "error"), ("none_such", "missing")):
        answer, _ = shared.call(Request.of(name, np.array([1.5, 2.0])), SECONDS)
        assert answer is not None
        assert answer.outcome == outcome


def test_calls_leave_no_figures_open(shared: Kernel) -> None:
    run(shared, "import matplotlib.pyplot as plt\ndef plots():\n    plt.figure()\n    return len(plt.get_fignums())")
    for _ in range(2):
        answer, _ = shared.call(Request.of("plots"), SECONDS)
        assert answer is not None
        assert answer.value == 1


def test_a_cell_that_runs_too_long_is_interrupted_and_the_kernel_goes_on(shared: Kernel) -> None:
    ran = run(shared, "kept = 1\nprint('so far', flush=True)\nwhile True: pass", seconds=0.5)
    assert (ran.ending, ran.alive) == ("timed out", True)
    assert "so far" in text(ran)
    assert text(run(shared, "print(kept)")) == "1\n"
    run(shared, "def endless():\n    while True: pass")
    answer, ran = shared.call(Request.of("endless"), 0.5)
    assert (answer, ran.ending, ran.alive) == (None, "timed out", True)


def test_a_loop_that_swallows_the_interrupt_costs_only_the_kernel(make: MakeKernel) -> None:
    kernel = make()
    ran = run(kernel, SWALLOWS, seconds=0.5)
    assert (ran.ending, ran.alive) == ("timed out", False)
    kernel.close()
    assert left_of(kernel) == []


def test_a_kernel_that_ends_is_noticed_and_what_it_started_ends_with_it(make: MakeKernel) -> None:
    kernel = make()
    mark = f"child-of-{kernel.folder.name}"
    run(kernel, f"import os, subprocess\nchild = subprocess.Popen(['sh', '-c', 'sleep 600; true', {mark!r}])")
    run(kernel, "if not os.fork():\n    import time; time.sleep(600)")
    assert processes_naming(mark)
    ran = run(kernel, "os._exit(3)")
    assert (ran.ending, ran.alive) == ("died", False)
    assert not run(kernel, "1").alive
    kernel.close()
    assert processes_naming(mark) == []
    assert left_of(kernel) == []


def test_a_flood_is_stopped_and_bounded(make: MakeKernel) -> None:
    for line in ("x" * 1_000, "x" * 1_000_000):
        ran = run(make(), f"while True: print('{line[0]}' * {len(line)})")
        assert ran.ending == "flooded"
        assert len(text(ran)) < LIMITS.output_bytes + LIMITS.message_bytes


def test_an_oversized_message_never_arrives(make: MakeKernel) -> None:
    kernel = make()
    run(kernel, "def large(): return {'x' * n: 'y' * 600_000 for n in range(40)}\nfrom IPython.display import display")
    answer, ran = kernel.call(Request.of("large"), SECONDS)
    assert answer is None
    assert (ran.ending, ran.alive) == ("flooded", False)


def test_an_oversized_output_costs_only_itself(make: MakeKernel) -> None:
    kernel = make()
    ran = run(kernel, "display({'text/plain': 'x' * 30_000_000}, raw=True)", seconds=5)
    assert len(text(ran)) < LIMITS.message_bytes
    assert ran.ending in ("ok", "timed out", "flooded")


def test_the_kernel_has_nothing_of_the_graders_environment(make: MakeKernel, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AUTOGRADER_SECRET", "PYTHONPATH", "PYTHONSTARTUP", "JUPYTER_PATH", "IPYTHONDIR", "DATABASE_URL"):
        monkeypatch.setenv(name, "the grader's own")
    monkeypatch.setenv("OMP_NUM_THREADS", "1")
    end_all()  # the zygote has had its environment since it started
    kernel = make()
    printed = text(run(kernel, "import os, sys\nprint(dict(os.environ), sys.flags.isolated, sys.path)"))
    assert "the grader's own" not in printed
    assert "'OMP_NUM_THREADS': '1'" in printed
    assert os.environ["HOME"] not in text(run(kernel, "print(os.environ['HOME'], os.environ['IPYTHONDIR'])"))
    assert text(run(kernel, "print(os.listdir('.'))")) == "[]\n"
    end_all()  # the next one must not have this test's


def test_a_students_module_does_not_replace_the_launchers(make: MakeKernel, tmp_path: Path) -> None:
    for name in ("numpy", "autograder", "ipykernel", "json"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not this one')")
    (tmp_path / "sitecustomize.py").write_text("import os; os._exit(1)")
    assert run(make(*tmp_path.iterdir()), "1").ending == "ok"


def test_a_data_file_is_a_copy_that_may_be_changed(make: MakeKernel, tmp_path: Path) -> None:
    data = tmp_path / "data.csv"
    data.write_text("a,b\n1,2\n")
    kernel = make(data)
    assert text(run(kernel, "print(open('data.csv').read(3))")) == "a,b\n"
    assert run(kernel, "open('data.csv', 'w').write('changed')").ending == "ok"
    assert data.read_text() == "a,b\n1,2\n"


def test_what_runs_in_a_kernel_is_counted_together(tier: str) -> None:
    kernel = Kernel([], replace(LIMITS, memory_bytes=400 * 2**20, tasks=80), tier)
    try:
        ran = run(kernel, "import time\nheap = bytearray(600 * 2**20)\ntime.sleep(5)")
        assert (ran.ending, ran.alive) == ("out of memory", False)
    finally:
        kernel.close()
    kernel = Kernel([], replace(LIMITS, tasks=80), tier)
    try:
        start = "threading.Thread(target=time.sleep, args=(5,)).start()"
        code = f"import threading, time\nfor _ in range(110):\n    {start}\ntime.sleep(5)"
        assert run(kernel, code).ending == "too many processes"
    finally:
        kernel.close()
        assert left_of(kernel) == []
