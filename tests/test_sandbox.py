"""The sandbox, tried from inside: each thing that must not be possible is attempted by code in a real kernel."""

from __future__ import annotations

import os
import socket
import textwrap
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.kernels.order import CONTAINER, NAMESPACES
from autograder.kernels.sandbox import NoSandbox
from autograder.kernels.session import Kernel
from autograder.kernels.usage import folder_size, usage
from autograder.kernels.warm import best_tier, tier_to_use, why_not
from autograder.limits import Limits
from tests.conftest import ROOT
from tests.tiers import left_of, processes_naming

LIMITS = Limits(disk_bytes=20 * 2**20)
needs_namespaces = pytest.mark.skipif(
    best_tier() != NAMESPACES, reason="bubblewrap makes no namespaces on this machine"
)
needs_container = pytest.mark.skipif(bool(why_not(CONTAINER)), reason=f"no container tier: {why_not(CONTAINER)}")


def told(kernel: Kernel, code: str, seconds: float = 20) -> str:
    """What a cell prints, with its ending where that is not "ok"."""
    # From 3.12 on Python warns of a fork beside threads, which a kernel has.
    ran = kernel.run("import warnings\nwarnings.simplefilter('ignore')\n" + textwrap.dedent(code), seconds)
    said = "".join(o.get("text", "") for o in ran.outputs)
    return (said + ("" if ran.ending == "ok" else f" [{ran.ending}]")).strip()


@pytest.fixture(scope="module")
def inside() -> Iterator[Kernel]:
    kernel = Kernel([], LIMITS, NAMESPACES)
    yield kernel
    kernel.close()
    assert left_of(kernel) == []


@needs_namespaces
def test_the_course_the_home_and_others_files_are_not_there(inside: Kernel) -> None:
    wanted = [
        ROOT / "solutions",
        ROOT / "source",
        ROOT / "tests",
        ROOT / "pyproject.toml",
        Path("/etc/passwd"),
        Path("/var"),
    ]
    assert told(inside, f"import os\nprint([p for p in {[str(p) for p in wanted]} if os.path.exists(p)])") == "[]"
    assert told(inside, "print(os.listdir('/tmp/work'), os.environ['HOME'])") == "[] /tmp/home"


@needs_namespaces
def test_nothing_can_be_written_but_files_of_its_own(inside: Kernel) -> None:
    places = ["/x", "/usr/x", f"{ROOT}/autograder/x.py", f"{os.path.dirname(os.__file__)}/x.py", "/etc/x", "/home/x"]
    code = f"""
    import os
    written = []
    for place in {places}:
        try:
            open(place, "w").close()
            written.append(place)
        except OSError:
            pass
    print(written)
    """
    assert told(inside, code) == "[]"
    assert told(inside, "open('mine', 'w').write('1'); print(os.listdir('.'))") == "['mine']"


@needs_namespaces
def test_the_machines_settings_are_closed_even_to_root(inside: Kernel) -> None:
    code = """
    import os
    for path in ("/proc/sys/kernel/core_pattern", "/proc/sys/vm/overcommit_memory", "/proc/sysrq-trigger"):
        try:
            os.close(os.open(path, os.O_WRONLY))
            print("open:", path)
        except OSError:
            pass
    """
    assert told(inside, code) == ""


@needs_namespaces
def test_there_is_no_network_and_no_other_process(inside: Kernel) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        code = f"""
        import os, socket
        try:
            socket.create_connection(("127.0.0.1", {port}), 2)
            print("connected")
        except OSError:
            print("refused")
        """
        assert told(inside, code) == "refused"
    assert told(inside, f"print(os.path.exists('/proc/{os.getppid()}/environ') and {os.getppid()} > 50)") == "False"


@needs_namespaces
def test_no_capability_no_namespace_and_an_empty_keyring(inside: Kernel) -> None:
    status = (
        "print([l.split()[1] for l in open('/proc/self/status') if l.startswith(('CapEff', 'CapBnd', 'NoNewPrivs'))])"
    )
    assert told(inside, status) == "['0000000000000000', '0000000000000000', '1']"
    assert (
        told(
            inside,
            "import subprocess\nprint(subprocess.run(['unshare', '-Ur', 'true'], capture_output=True).returncode)",
        )
        != "0"
    )
    number = {"x86_64": 250, "aarch64": 219}[os.uname().machine]  # keyctl
    assert told(inside, f"import ctypes\nprint(ctypes.CDLL(None).syscall({number}, 11, -3, 0, 0))") == "-1"


@needs_namespaces
def test_disk_is_bounded_everywhere() -> None:
    kernel = Kernel([], LIMITS, NAMESPACES)
    try:
        for place in ("/tmp/work", "/dev/shm", "/tmp/home"):
            code = f"with open('{place}/big', 'wb') as f:\n    for _ in range(60):\n        f.write(b'0' * 2**20)"
            assert "[error]" in told(kernel, code)
        code = "import os\nos.listdir('/tmp/sockets')\nopen('/tmp/sockets/x', 'w')"
        assert "Read-only file system" in told(kernel, code)
    finally:
        kernel.close()
    assert not kernel.folder.exists()


@needs_container
def test_what_is_written_in_a_container_is_counted_and_removed() -> None:
    kernel = Kernel([], LIMITS, CONTAINER)
    try:
        told(kernel, "import os\nfor _ in range(3000):\n    os.mkdir('d')\n    os.chdir('d')")
        code = "import time\nfor n in range(40):\n    open(f'{n}', 'wb').write(b'0' * 2**20)\ntime.sleep(5)"
        assert told(kernel, code) == "[too much written]"
    finally:
        kernel.close()
    assert not kernel.folder.exists()


@needs_namespaces
def test_what_is_started_ends_with_the_kernel() -> None:
    kernel = Kernel([], LIMITS, NAMESPACES)
    mark = f"attack-marker-{kernel.folder.name}"
    code = f"""
    import os, subprocess
    if not os.fork():
        os.setsid()
        if not os.fork():
            subprocess.Popen(["sh", "-c", "trap '' TERM HUP; sleep 300; true", "{mark}"])
        os._exit(0)
    """
    try:
        told(kernel, code)
        for _ in range(100):
            if processes_naming(mark):
                break
            time.sleep(0.1)
        assert processes_naming(mark)
    finally:
        kernel.close()
    assert processes_naming(mark) == []


def test_a_name_cannot_lie_about_what_a_process_uses() -> None:
    before = usage(os.getpid())
    assert before.tasks >= 1
    assert before.memory > 2**20
    kernel = Kernel([], replace(LIMITS, tasks=100), best_tier())
    try:
        code = """
        import ctypes, os, time
        for _ in range(3):
            if not os.fork():
                ctypes.CDLL(None).prctl(15, b"a\\rRssAnon:-9")
                os._exit(0)
        time.sleep(1)
        """
        assert told(kernel, code) == ""
    finally:
        kernel.close()


def test_a_folders_size_is_counted_as_far_as_it_can_be(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"0" * 1_000)
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "b").write_bytes(b"0" * 2_000)
    assert 3_000 <= folder_size(tmp_path) < 20_000
    assert folder_size(tmp_path, most=2) == float("inf")
    assert folder_size(tmp_path / "missing") == 0


def test_no_sandbox_is_refused_unless_it_is_allowed() -> None:
    assert tier_to_use(none_allowed=True) == best_tier()
    if best_tier() == NAMESPACES:
        assert tier_to_use(none_allowed=False) == NAMESPACES
    else:
        with pytest.raises(NoSandbox, match="bubblewrap"):
            tier_to_use(none_allowed=False)
