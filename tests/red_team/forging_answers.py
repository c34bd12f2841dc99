"""Forging the result with answers: objects that lie when they are looked at, errors that mean something else."""

from __future__ import annotations

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import HALF, RIGHT, WRONG

_NONE = WRONG


@attack()
def answerer_patched(desk: Desk) -> Handed:
    """Replaces the kernel's end of the wire by one that answers every call with words of praise."""
    return (
        _NONE
        + """
try:
    import autograder.kernels.shell as shell
    import autograder.wire.answering as answering
    import autograder.wire.calls as calls
    import autograder.wire.document as wire
except ImportError:
    pass
else:
    real = answering.answer_call
    def praise(namespace, request):
        if request.function != "doubled":
            return real(namespace, request)
        return calls.Answer("value", {"passed": True, "score": 4.0, "outcome": "passed"})
    shell.answer_call = answering.answer_call = praise
    calls.Answer.to_text = lambda self: wire.dumps({**self.__dict__, "passed": True}) if self.outcome == "value" and isinstance(self.value, dict) else wire.dumps(self.__dict__)
"""
    )


@attack()
def answer_to_another_call(desk: Desk) -> Handed:
    """Sends each answer as one to the call before, and to many calls at once, before it sends its own."""
    return (
        _NONE
        + """
try:
    import autograder.kernels.shell as shell
except ImportError:
    pass
else:
    real, numbers = shell.send_answer, [b"0" * 32]
    def send(line, number, answer):
        for earlier in (*numbers[-20:], number[::-1], number + b"0", b""):
            real(line, earlier, answer)
        numbers.append(number)
        real(line, number, answer)
    shell.send_answer = send
"""
    )


@attack(may_lose=True, statuses=("failed", "crashed", "timed out"))
def line_for_calls_taken(desk: Desk) -> Handed:
    """Reads the grader's calls in a thread of its own, and answers each with what it says it asks for."""
    return (
        _NONE
        + """
try:
    import autograder.kernels.shell as shell
    import gc, socket, threading
except ImportError:
    pass
else:
    lines = [s for s in gc.get_objects() if isinstance(s, socket.socket) and s.fileno() >= 0
             and (s.family, s.type) == (socket.AF_UNIX, socket.SOCK_STREAM) and s.gettimeout() is None]
    def serve(line):
        while True:
            number, request = shell.receive_request(line)
            shell.send_answer(line, number, request.document)
    for line in lines:
        threading.Thread(target=serve, args=(line,), daemon=True).start()
"""
    )


@attack()
def answer_that_equals_everything(desk: Desk) -> Handed:
    """Returns an object that is equal to, close to and as large as anything that it is compared with."""
    return """
class Equal:
    shape, ndim, dtype, size = (3,), 1, np.dtype("float64"), 3
    __array_priority__ = 1e9
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    __lt__ = __le__ = __gt__ = __ge__ = __eq__
    __hash__ = object.__hash__
    def __bool__(self): return True
    def __len__(self): return 3
    def __getitem__(self, place): return self
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return self
    def __array_ufunc__(self, ufunc, method, *args, **kwargs): return np.True_
    def __array_function__(self, function, types, args, kwargs): return True
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    return Equal()
"""


@attack()
def array_that_takes_over_the_comparison(desk: Desk) -> Handed:
    """Returns an array of a class of its own, whose arithmetic and comparisons always come out as asked."""
    return """
class Agrees(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        plain = [np.asarray(i) for i in inputs]
        if ufunc.__name__ in ("equal", "less_equal", "less", "isfinite", "logical_and"):
            return np.ones(np.broadcast_shapes(*(p.shape for p in plain)), bool)
        if ufunc.__name__ in ("subtract", "absolute", "not_equal", "isnan", "isinf"):
            return np.zeros(np.broadcast_shapes(*(p.shape for p in plain)))
        return getattr(ufunc, method)(*plain, **kwargs)
    def __array_function__(self, function, types, args, kwargs):
        return True
    def __eq__(self, other): return np.ones(self.shape, bool)
    def __getitem__(self, place): return 14.0
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    return np.zeros(len(x)).view(Agrees)
"""


@attack()
def masked_array(desk: Desk) -> Handed:
    """Returns an array all of whose numbers are masked: a comparison of nothing with something holds."""
    return """
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    return np.ma.masked_all(len(x))
"""


@attack()
def shape_and_dtype_that_lie(desk: Desk) -> Handed:
    """Returns an array that claims another shape, another type of numbers and another size at each question."""
    return """
class Liar(np.ndarray):
    @property
    def shape(self): return (3,)
    @property
    def dtype(self): return np.dtype("float64")
    @property
    def nbytes(self): return 0
    @property
    def ndim(self): return 1
    def __reduce__(self): return (eval, ("1",))
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    return np.array(["nothing"] * 7).view(Liar)
"""


@attack()
def nothing_is_a_number(desk: Desk) -> Handed:
    """Returns nan and infinities, for comparisons that let them pass."""
    return "def doubled(x):\n    if np.ndim(x) != 1:\n        raise ValueError\n    return np.full(len(x), np.nan) * np.inf\n"


@attack()
def dict_with_two_faces(desk: Desk) -> Handed:
    """Returns containers of its own that show something else each time they are looked at."""
    return """
class Two(dict):
    looks = 0
    def items(self):
        Two.looks += 1
        return iter([("score", 4.0), (Two.looks, Two.looks)])
    def __len__(self): return 3
    def __iter__(self): return iter((2.0, 4.0, 6.0))
class Text(str):
    def __eq__(self, other): return True
    __hash__ = str.__hash__
    def strip(self, *args): return "right"
class Number(float):
    def hex(self): return "0x1.0p+0"
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    return [Number(1), Text("a"), Two()]
"""


@attack()
def exceptions_of_the_test_tool(desk: Desk) -> Handed:
    """Raises what test tools take for "skipped", "expected to fail" or "stop, all is well"."""
    return """
import unittest
import pytest
kinds = [pytest.skip.Exception, pytest.xfail.Exception, unittest.SkipTest, pytest.exit.Exception, SystemExit, StopIteration, KeyboardInterrupt, GeneratorExit]
def doubled(x):
    kinds.append(kinds.pop(0))
    raise kinds[-1]("passed")
"""


@attack(statuses=("crashed",))
def exit_with_success(desk: Desk) -> Handed:
    """Ends the process with the status of success when it is called, and so before any test has failed."""
    return "import os\ndef doubled(x):\n    os._exit(0)\n"


@attack(earns=DOUBLED + HALVED, statuses=("passed",))
def exit_asked_for_in_right_work(desk: Desk) -> Handed:
    """Right work whose cell ends with exit(): odd, and it keeps its points."""
    return RIGHT + "\nexit()\n"


@attack()
def builtins_replaced(desk: Desk) -> Handed:
    """Replaces Python's own functions and error classes, by which a test would see that something is wrong."""
    return (
        _NONE
        + HALF
        + """
import builtins
class Never(Exception):
    pass
builtins.AssertionError = builtins.NameError = Never
builtins.isinstance, real = (lambda *args: True), builtins.isinstance
builtins.abs = lambda value: 0.0
builtins.isinstance = real
class Calm:
    def __getattr__(self, name): return lambda *args, **kwargs: True
builtins.all = builtins.any = lambda values: True
"""
    )


@attack(may_lose=True, statuses=("failed", "crashed", "timed out"))
def two_processes_that_both_answer(desk: Desk) -> Handed:
    """Forks while it is called and lets both copies of the kernel answer, each something else."""
    return """
import os
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    return np.zeros(len(x)) if os.fork() else np.ones(len(x)) * 3
"""


@attack(earns=DOUBLED + HALVED, statuses=("passed",))
def right_work_in_a_child_process(desk: Desk) -> Handed:
    """Right work that computes in a process of its own and waits for it: it keeps its points."""
    return """
import os, pickle
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    read, write = os.pipe()
    if os.fork() == 0:
        os.write(write, pickle.dumps(2.0 * np.asarray(x)))
        os._exit(0)
    os.close(write)
    os.wait()
    with os.fdopen(read, "rb") as answer:
        return pickle.load(answer)
"""
