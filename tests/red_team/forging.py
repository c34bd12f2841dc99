"""Forging the result: patched tools, objects that lie, messages and files that say what the grader would say."""

from __future__ import annotations

from tests.red_team.attack import Desk, Handed, attack
from tests.red_team.target import WRONG, handed_in

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


@attack(may_lose=True)
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


@attack(may_lose=True)
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


@attack(may_lose=True)
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
