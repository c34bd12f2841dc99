"""Kernels, zygotes and graders that are killed at any moment: the next kernel works, and nothing stays behind."""

from __future__ import annotations

import contextlib
import gc
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

import pytest

from autograder.grading.notebook_run import NotebookRun
from autograder.kernels.kernel import Kernel
from autograder.kernels.warm import best_tier, end_all
from autograder.limits import Limits
from autograder.sandbox.tiers import NAMESPACES
from autograder.sandbox.usage import processor_time, runs, tree
from autograder.wire.calls import Request
from tests.support.course import ROOT
from tests.support.tiers import CONFINED, TIERS, left_of, printed, processes_naming

ZYGOTE = "autograder.kernels.zygote"
# A variable that a zygote is given, and that distinguishes the processes of one grader from others'.
MARK = "OMP_AUTOGRADER_MARK"
# A grader that has a kernel, and in it a process that would stay; it runs the lines that it reads.
GRADER = """
import sys
from autograder.kernels.kernel import Kernel
from autograder.limits import Limits
kernel = Kernel([], Limits(), sys.argv[1])
kernel.run("import subprocess, os; subprocess.Popen(['sh', '-c', 'sleep 300; true'], start_new_session=True)", 20)
kernel.run("open('left', 'w').write('x'); os.makedirs('/'.join('d' * 50))", 20)
print("ready", flush=True)
for line in sys.stdin:
    print(kernel.run(line, 20).outputs[0]["text"].strip(), flush=True)
"""


@pytest.fixture(params=TIERS)
def tier(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    """Whether something comes true in time."""
    until = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > until:
            return False
        time.sleep(0.02)
    return True


def beside(kernel: Kernel, tier: str) -> list[int]:
    """The processes of the spare kernel: its first, and the one that takes requests."""
    mine = set(tree(kernel.process))
    return [process for process in tree(zygote(tier)[-1])[1:] if not set(tree(process)) & mine]


def kernel_that_started(word: str, tier: str) -> int:
    """The first process of the kernel in which a program with this word was started."""
    started = set(processes_naming(word))
    return next(process for process in tree(zygote(tier)[-1])[1:] if started & set(tree(process)))


def is_idle(process: int) -> bool:
    """Whether a process needs no processor time for a while: a kernel that waits for requests."""
    before = processor_time(process)[0]
    time.sleep(0.3)
    return processor_time(process)[0] == before


def zygote(tier: str) -> list[int]:
    """The processes of our only zygote, from outside to inside: in namespaces bubblewrap's two come first."""
    return sorted(set(processes_naming(ZYGOTE)) & set(tree(os.getpid())))[: 3 if tier == NAMESPACES else 1]


@pytest.mark.parametrize("which", [0, -1])
def test_the_next_kernel_works_when_the_zygote_was_killed(tier: str, which: int) -> None:
    end_all()
    kernel = Kernel([], Limits(), tier)
    os.kill(zygote(tier)[which], signal.SIGKILL)
    after = Kernel([], Limits(), tier)  # at once: what was killed may not yet be gone
    try:
        assert printed(after, "print('works')") == "works"
        assert within(5, lambda: kernel.run("1", 5).ending == "died")
    finally:
        after.close()
        kernel.close()
    assert within(5, lambda: left_of(kernel) + left_of(after) == [])


@pytest.mark.parametrize("what", ["kernel", "zygote"])
def test_a_notebook_loses_at_most_what_was_running(tier: str, what: str) -> None:
    end_all()
    notebook = NotebookRun([], Limits(), tier)
    try:
        notebook.run("def double(x):\n    return 2 * x")
        notebook.run("import subprocess\nsubprocess.Popen(['sleep', '300.25'])")
        first = kernel_that_started("300.25", tier)
        victim = first if what == "kernel" else zygote(tier)[-1]
        running = set(tree(first)) - set(processes_naming("300.25"))  # what a killed kernel leaves ends with the zygote
        threading.Timer(0.3, os.kill, (victim, signal.SIGKILL)).start()
        assert notebook.run("import time\ntime.sleep(20)").ending == "died"
        assert within(5, lambda: not any(map(runs, running)))
        assert notebook.run("double(1)").ending == "ok"
        assert notebook.answer(Request.of("double", 4)).value == 8
    finally:
        notebook.close()


def test_kernels_work_where_temporary_files_lie_in_a_folder_with_a_long_name(tier: str, tmp_path: Path) -> None:
    folder = tmp_path / ("long" * 30)
    folder.mkdir()
    code = "from autograder.kernels.kernel import Kernel\nfrom autograder.limits import Limits\nimport sys\n"
    code += "kernel = Kernel([], Limits(), sys.argv[1])\nprint(kernel.run('print(6 * 7)', 20).outputs[0]['text'])\nkernel.close()"
    words = [sys.executable, "-c", code, tier]
    said = subprocess.run(
        words, env={**os.environ, "TMPDIR": str(folder)}, capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert said.stdout.strip() == "42"


@pytest.mark.long  # for half a minute a kernel may be late
def test_a_kernel_that_cannot_be_talked_to_is_ended_and_replaced(tier: str) -> None:
    end_all()
    kernel = Kernel([], Limits(), tier)
    assert within(20, lambda: len(beside(kernel, tier)) == 2)
    spare = beside(kernel, tier)
    assert within(20, lambda: is_idle(spare[-1]))
    os.kill(spare[-1], signal.SIGSTOP)
    other = Kernel([], Limits(), tier)
    assert not any(map(runs, spare))
    assert [printed(one, "print('works')") for one in (kernel, other)] == ["works", "works"]
    kernel.close()
    other.close()


def test_a_spare_kernel_is_handed_out_under_its_own_limits_alone() -> None:
    tier = best_tier()
    end_all()
    first = Kernel([], Limits(), tier)

    def spare() -> list[int]:
        assert within(20, lambda: len(beside(first, tier)) == 2)
        return beside(first, tier)

    try:
        for limit in fields(Limits):
            waiting = spare()
            other = Kernel([], replace(Limits(), **{limit.name: limit.default + 1}), tier)
            assert other.process not in waiting, limit.name
            other.close()
            Kernel([], Limits(), tier).close()  # leaves a spare of these limits again
        waiting = spare()
        same = Kernel([], Limits(), tier)
        assert same.process in waiting
        same.close()
    finally:
        first.close()


def test_a_kernel_that_nobody_closed_ends_when_it_is_forgotten(tier: str) -> None:
    kernel = Kernel([], Limits(), tier)
    folder, running = kernel.folder, tree(kernel.process)
    kernel.itself = kernel  # type: ignore[attr-defined]  # as the frames of a traceback may hold each other
    del kernel
    gc.collect()
    assert not any(map(runs, running))
    assert not folder.exists()


def test_a_fork_that_ends_leaves_the_kernel_to_its_owner(tier: str) -> None:
    code = "import os, sys\nfrom autograder.kernels.kernel import Kernel\nfrom autograder.limits import Limits\n"
    code += "kernel = Kernel([], Limits(), sys.argv[1])\nchild = os.fork()\nif not child:\n    sys.exit()\nos.waitpid(child, 0)\n"
    code += "print(kernel.run('print(6 * 7)', 20).outputs[0]['text'])\nkernel.close()"
    words = [sys.executable, "-W", "ignore", "-c", code, tier]
    said = subprocess.run(words, capture_output=True, text=True, cwd=ROOT, check=True)
    assert said.stdout.strip() == "42"


def test_a_kernel_outlives_the_thread_that_asked_for_it(tier: str) -> None:
    end_all()
    kernels: list[Kernel] = []
    starts = threading.Thread(target=lambda: kernels.append(Kernel([], Limits(), tier)))
    starts.start()
    starts.join()
    time.sleep(0.2)
    try:
        assert printed(kernels[0], "print('alive')") == "alive"
    finally:
        kernels[0].close()


@dataclass
class Grader:
    """A grader in a process of its own, whose temporary files and processes are known from others'."""

    folder: Path
    mark: str = field(default_factory=lambda: secrets.token_hex(8))

    def start(self, tier: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "TMPDIR": str(self.folder), MARK: self.mark}
        command = [sys.executable, "-c", GRADER, tier]
        pipe = subprocess.PIPE
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdin=pipe, stdout=pipe, stderr=pipe, text=True)

    def left(self) -> list[object]:
        """Its processes, and the files below its folder that are not empty folders or the turns that graders take."""
        found: list[object] = [
            above for above, folders, names in os.walk(self.folder)
            if (above != str(self.folder) and (folders or names)) or any(not name.endswith((".turns", ".line")) for name in names)
        ]  # fmt: skip
        for process in Path("/proc").glob("[0-9]*"):
            try:
                if self.mark.encode() in (process / "environ").read_bytes() + (process / "cmdline").read_bytes():
                    found.append((process / "cmdline").read_bytes())
            except OSError:
                continue
        return found


@pytest.fixture
def grader() -> Iterator[Grader]:
    folder = Path(tempfile.mkdtemp(prefix="autograder-lives-"))
    folder.chmod(0o755)
    yield Grader(folder)
    shutil.rmtree(folder)


@pytest.mark.parametrize("delay", [0.0, 0.03, 0.1])
def test_what_is_killed_while_a_kernel_starts_costs_nothing(
    grader: Grader, tier: str, delay: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(MARK, grader.mark)
    end_all()
    Kernel([], Limits(), tier).close()
    running = zygote(tier)[0]

    def kill() -> None:
        time.sleep(delay)
        for process in reversed(tree(running)):  # the spare kernel, the one that starts, the zygote
            with contextlib.suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    notebook = NotebookRun([], Limits(), tier)
    killer.start()
    try:
        assert notebook.run("x = 1").ending in ("ok", "died")
        killer.join()
        assert notebook.run("y = 2").ending in ("ok", "died")
        assert notebook.run("y").ending == "ok" or notebook.run("1").ending == "ok"
    finally:
        notebook.close()
    end_all()
    assert within(10, lambda: grader.left() == []), grader.left()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, None])
def test_a_grader_leaves_nothing_however_it_ends(grader: Grader, tier: str, how: signal.Signals | None) -> None:
    with grader.start(tier) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == "ready\n", running.stderr.read() if running.stderr else ""
        assert len(grader.left()) > 3
        if how is None:
            running.communicate("")
            assert running.returncode == 0
            assert grader.left() == []  # at once
        else:
            running.send_signal(how)
    assert within(10, lambda: grader.left() == []), grader.left()


@pytest.mark.parametrize("delay", [0.4, 0.9])
def test_a_grader_that_is_killed_early_leaves_nothing(grader: Grader, tier: str, delay: float) -> None:
    with grader.start(tier) as running:
        time.sleep(delay)
        running.kill()
    assert within(10, lambda: grader.left() == []), grader.left()


@pytest.mark.parametrize("tier", CONFINED)
def test_two_graders_do_not_disturb_each_other(grader: Grader, tier: str) -> None:
    with grader.start(tier) as one, grader.start(tier) as other:
        assert one.stdin is not None
        assert one.stdout is not None
        assert other.stdin is not None
        assert other.stdout is not None
        assert [one.stdout.readline(), other.stdout.readline()] == ["ready\n", "ready\n"]
        one.stdin.write("x = 'mine'; print(x)\n")
        other.stdin.write("print('x' in globals())\n")
        one.stdin.flush()
        other.stdin.flush()
        assert [one.stdout.readline(), other.stdout.readline()] == ["mine\n", "False\n"]
        one.kill()
        one.wait()
        other.stdin.write("print('goes on')\n")
        other.stdin.flush()
        assert other.stdout.readline() == "goes on\n"
        other.stdin.close()
    assert within(10, lambda: grader.left() == []), grader.left()
