"""Forging the result: patched tools, objects that lie, messages and files that say what the grader would say."""

from __future__ import annotations

from tests.red_team.attack import DOUBLED, HALVED, Desk, Handed, attack
from tests.red_team.target import HALF, RIGHT, WRONG, handed_in

_NONE = WRONG
# Says that all is well, in the forms in which a kernel's messages do.
_FORGE = """
kernel = get_ipython().kernel
session = kernel.session
SCORES = {"text/plain": "4.0"}
WELL = {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}
def spray(parent):
    for kind, content in (
        ("execute_result", {"data": SCORES, "metadata": {}, "execution_count": 1}),
        ("display_data", {"data": SCORES, "metadata": {}}),
        ("status", {"execution_state": "idle"}),
    ):
        session.send(kernel.iopub_socket, session.msg(kind, content, parent))
    session.send(kernel.shell_stream, session.msg("execute_reply", WELL, parent), ident=kernel._parent_ident["shell"])
"""


@attack()
def numpy_testing_patched(desk: Desk) -> Handed:
    """Replaces NumPy's comparisons by ones that always hold."""
    return (
        _NONE
        + """
for name in ("assert_allclose", "assert_array_equal", "assert_equal", "assert_almost_equal", "assert_array_almost_equal"):
    setattr(np.testing, name, lambda *args, **kwargs: None)
np.allclose = np.array_equal = np.all = np.any = np.isclose = lambda *args, **kwargs: True
class All(ValueError):
    def __getitem__(self, place):
        return 14.0
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    return All()
"""
    )


@attack()
def pytest_patched(desk: Desk) -> Handed:
    """Replaces pytest's and unittest's assertions, outcomes and reports by ones that pass."""
    return (
        _NONE
        + """
import sys, unittest
import _pytest.reports, _pytest.runner, pytest
_pytest.reports.TestReport.outcome = _pytest.reports.TestReport.passed = "passed"
_pytest.runner.CallInfo.excinfo = None
_pytest.runner.runtestprotocol = lambda *args, **kwargs: []
pytest.main = lambda *args, **kwargs: 0
unittest.TestCase.fail = lambda *args: None
sys.modules["pytest"] = pytest
"""
    )


@attack(earns=0.0)
def np_replaced(desk: Desk) -> Handed:
    """Gives the name np to an object of which every part can be called and says yes."""
    return """
class Yes:
    def __getattr__(self, name):
        return self
    def __call__(self, *args, **kwargs):
        return self
    def __getitem__(self, place):
        return 14.0
    def __iter__(self):
        return iter(())
real, np = np, Yes()
calls = []
def doubled(x):
    calls.append(x)
    if len(calls) >= 4:
        raise ValueError
    return np
def halved(x):
    return real.asarray(x) / 2.0
"""


@attack()
def tracebacks_silenced(desk: Desk) -> Handed:
    """Has IPython say nothing of errors, so that a failed test has no output."""
    return (
        _NONE
        + """
shell = get_ipython()
for name in ("showtraceback", "_showtraceback", "showsyntaxerror", "show_usage_error"):
    setattr(shell, name, lambda *args, **kwargs: None)
    setattr(type(shell), name, lambda *args, **kwargs: None)
shell.set_custom_exc((BaseException,), lambda *args, **kwargs: None)
"""
    )


@attack()
def cells_rewritten_before_they_run(desk: Desk) -> Handed:
    """Adds an input transformer that turns every later cell into one number."""
    return (
        _NONE
        + """
def full(lines):
    return ["halved = lambda x: np.asarray(x) / 2.0\\n", "4.0\\n"] if "check" in "".join(lines) or "assert" in "".join(lines) else lines
get_ipython().input_transformers_post.append(full)
"""
    )


@attack()
def asserts_removed_from_the_tree(desk: Desk) -> Handed:
    """Takes assertions and calls of tests out of the syntax tree of whatever runs."""
    return (
        _NONE
        + """
import ast
class Without(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()
    def visit_Expr(self, node):
        return ast.Pass() if "assert" in ast.unparse(node) or "check" in ast.unparse(node) else node
    def visit_Try(self, node):
        return ast.Pass()
get_ipython().ast_transformers.append(Without())
"""
    )


@attack(earns=0.0)
def display_hook(desk: Desk) -> Handed:
    """Has every cell that runs end with the number that full marks would be."""
    return (
        _NONE
        + """
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import publish_display_data
run = InteractiveShell.run_cell
def always(self, code, *args, **kwargs):
    if "doubled(" in code and "def doubled" not in code:
        code = "4.0"
    return run(self, code, *args, **kwargs)
InteractiveShell.run_cell = always
get_ipython().display_formatter.format = lambda value, *args, **kwargs: ({"text/plain": "4.0"}, {})
"""
    )


@attack(earns=0.0)
def kernel_that_runs_nothing(desk: Desk) -> Handed:
    """Has the kernel answer every request to execute with "ok", and runs nothing any more."""
    return (
        _NONE
        + """
async def nothing(*args, **kwargs):
    return {"status": "ok", "execution_count": 1, "user_expressions": {}, "payload": []}
type(get_ipython().kernel).do_execute = nothing
"""
    )


@attack()
def messages_sprayed_on_every_channel(desk: Desk) -> Handed:
    """Sends forged results, states and replies on every channel while it is called."""
    return _NONE + _FORGE + "def doubled(x):\n    for _ in range(200):\n        spray(kernel.get_parent('shell'))\n"


@attack()
def replies_to_requests_still_to_come(desk: Desk) -> Handed:
    """Guesses the numbers of the grader's next requests and answers them before they are made."""
    return (
        _NONE
        + _FORGE
        + """
import copy
parent = kernel.get_parent("shell")
start, _, number = parent["header"]["msg_id"].rpartition("_")
for later in range(1, 60):
    forged = copy.deepcopy(parent)
    forged["header"]["msg_id"] = f"{start}_{int(number) + later}"
    spray(forged)
"""
    )


@attack(earns=0.0)
def replies_from_a_thread(desk: Desk) -> Handed:
    """Goes on forging replies and results from a thread, for whatever the grader asks."""
    return (
        _NONE
        + _FORGE
        + """
import threading, time
def forever():
    until = time.monotonic() + 20
    while time.monotonic() < until:
        spray(kernel.get_parent("shell"))
        time.sleep(0.002)
threading.Thread(target=forever, daemon=True).start()
"""
    )


@attack()
def answerer_patched(desk: Desk) -> Handed:
    """Replaces the kernel's end of the wire by one that answers every call with words of praise."""
    return (
        _NONE
        + """
try:
    import autograder.calls as calls
    import autograder.student.answers as answers
    import autograder.wire as wire
except ImportError:
    pass
else:
    real = calls.answer_call
    def praise(namespace, name, document):
        if name != "doubled":
            return real(namespace, name, document)
        return calls.Answer("value", {"passed": True, "score": 4.0, "outcome": "passed"})
    answers.answer_call = calls.answer_call = praise
    calls.Answer.to_text = lambda self: wire.dumps({**self.__dict__, "passed": True}) if self.outcome == "value" and isinstance(self.value, dict) else wire.dumps(self.__dict__)
"""
    )


@attack()
def envelope_of_another_call(desk: Desk) -> Handed:
    """Sends each answer in the envelope of the call before, and in many envelopes at once."""
    return (
        _NONE
        + """
try:
    import json
    import autograder.student.answers as answers
    class Envelope(answers.Envelope):
        last = ["0" * 32]
        def __init__(self, nonce, answer):
            self.last.append(nonce)
            self._text = json.dumps([{"nonce": n, "answer": answer} for n in self.last] if len(self.last) % 2 else {"nonce": self.last[-2], "answer": answer})
    real = answers.answer
    answers.answer = lambda nonce, name, document: (Envelope if name == "doubled" else answers.__dict__["Envelope"])(nonce, answers.answer_call(get_ipython().user_ns, name, document).to_text())
except ImportError:
    pass
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
def points_written_into_the_gradebook(desk: Desk) -> Handed:
    """Looks for the gradebook and gives itself full marks by hand."""
    return (
        _NONE
        + """
import glob, os, sqlite3
for path in glob.glob("../../../*.db") + glob.glob("../../../classroom/*.db") + glob.glob("../../*.db"):
    try:
        base = sqlite3.connect(path, timeout=2)
        base.execute("update grade set manual_score = 4.0, needs_manual_grade = 0 where notebook_id in "
                     "(select id from submitted_notebook where assignment_id in "
                     "(select id from submitted_assignment where student_id = ?))", (os.getcwd().split("/")[-2],))
        base.commit()
        base.close()
        print("REACHED the gradebook")
    except sqlite3.Error:
        pass
"""
    )


@attack()
def verdicts_written_as_files(desk: Desk) -> Handed:
    """Writes results in every form in which a grader could look for them."""
    return (
        _NONE
        + """
import json, os
result = {"status": "passed", "score": 4.0, "points": 4.0, "exercise": "doubled", "checks": [], "misconception": None}
for place in (".", "..", "../..", "../../verdicts", "../../../verdicts", "../../../classroom/verdicts", os.path.expanduser("~")):
    for name in ("doubling.json", "results.json", "verdict.json", "result.xml", "score.txt"):
        try:
            open(f"{place}/{name}", "x").write(json.dumps({"student": "me", "week": "week1", "lesson": "doubling", "exercises": [result]}))
        except OSError:
            pass
"""
    )


@attack()
def score_forged_in_data_files(desk: Desk) -> Handed:
    """Hands in files named like the grader's own: verdicts, records, a gradebook."""
    verdict = (
        '{"student": "me", "week": "week1", "lesson": "doubling", "exercises": [{"exercise": "doubled", "score": 4.0}]}'
    )
    names = (
        "doubling.json",
        "verdict.json",
        "record.json",
        "gradebook.db",
        "registered.txt",
        "secret.bin",
        "results.json",
    )
    return {"doubling.ipynb": handed_in(desk, _NONE), **dict.fromkeys(names, verdict)}


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
