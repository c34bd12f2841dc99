"""A busy machine costs nobody a mark: what timed out beside others is run again, alone, before the timeout counts."""

from __future__ import annotations

import threading
from dataclasses import replace

from autograder.grading.notebook_run import NotebookRun
from autograder.kernels.kernel import Kernel
from autograder.kernels.machine_lock import turn
from autograder.kernels.warm import best_tier
from autograder.limits import Limits
from autograder.wire.calls import Request

SPINS = """
import os, time
for _ in range(3):
    if not os.fork():
        until = time.monotonic() + 0.5
        while time.monotonic() < until:
            pass
        os._exit(0)
for _ in range(3):
    os.wait()
"""
COMPUTES = """
import time
def compute():
    start = time.process_time()
    while time.process_time() - start < 0.5:
        pass
    return "computed"
"""


def test_what_was_slow_beside_others_is_run_alone() -> None:
    stop = threading.Event()

    def spin(kernel: Kernel) -> None:
        while not stop.is_set():
            assert kernel.run(SPINS, 60).ending == "ok"

    kernels = [Kernel([], Limits(), best_tier()) for _ in range(3)]
    threads = [threading.Thread(target=spin, args=(kernel,)) for kernel in kernels]
    notebook = NotebookRun([], replace(Limits(), cell_seconds=1.5, call_seconds=1.5), best_tier())
    try:
        assert notebook.run(COMPUTES).ending == "ok"
        for thread in threads:
            thread.start()
        assert notebook.run("compute()").ending == "ok"
        assert notebook.answer(Request.of("compute")).value == "computed"
    finally:
        stop.set()
        for thread in threads:
            thread.join()
        for kernel in kernels:
            kernel.close()
        notebook.close()


def test_those_who_come_later_do_not_overtake_one_who_waits_to_be_alone() -> None:
    order: list[str] = []
    begun = threading.Event()

    def alone() -> None:
        begun.set()
        with turn(alone=True):
            order.append("alone")

    def beside() -> None:
        with turn():
            order.append("beside")

    waits = [threading.Thread(target=alone), threading.Thread(target=beside)]
    with turn():
        waits[0].start()
        begun.wait()
        threading.Event().wait(0.3)  # by now it is in the queue
        waits[1].start()
        threading.Event().wait(0.3)
        assert order == []
    for thread in waits:
        thread.join()
    assert order == ["alone", "beside"]
