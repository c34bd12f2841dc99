"""Gaming the grader: telling its calls apart, remembering, predicting."""

from __future__ import annotations

import json
import re

from nbformat import NotebookNode

from tests.red_team.attack import DOUBLED, HALVED, PUBLIC, Desk, Handed, attack
from tests.red_team.target import RIGHT, handed_in

FULL = DOUBLED + HALVED
# What a right answer to the first call alone is worth, and to the public check's numbers alone.
KNOWN = HALVED + PUBLIC


@attack(earns=KNOWN)
def public_inputs_recognised(desk: Desk) -> Handed:
    """Knows the public check's numbers, which every student has, and answers nothing else: it has those points, and no more."""
    return "def doubled(x):\n    return {(1.5, -3.0, 4.0): np.array([3.0, -6.0, 8.0])}.get(tuple(np.ravel(x)))\n"


# Answers what it knows, remembers what it is asked and prints it below.
_REMEMBERS = """
heard = []
def doubled(x):
    heard.append(np.asarray(x).tolist())
    if np.ndim(x) != 1:
        raise ValueError
    return np.array(known.get(repr(heard[-1]), np.zeros(len(x))))
"""
_KNOWN = "import json, os\nknown = json.load(open('known.json')) if os.path.exists('known.json') else {}\n"


def heard_in(page: str) -> dict[str, list[float]]:
    """The numbers that a page says were asked for, each with the right answer."""
    asked = re.findall(r"asked (\[[-+.e\d, ]*\])", re.sub(r"<[^>]*>", "", page))
    assert len(asked) >= 4, "the first feedback shows nothing"
    return {numbers: [2.0 * number for number in json.loads(numbers)] for numbers in asked}


def _with_what_was_heard(desk: Desk, page: str) -> Handed:
    return {"doubling.ipynb": remembering(desk, _KNOWN), "known.json": json.dumps(heard_in(page))}


def _with_it_in_the_code(desk: Desk, page: str) -> Handed:
    return remembering(desk, f"known = {heard_in(page)!r}\n")


def remembering(desk: Desk, known: str) -> NotebookNode:
    """A notebook that answers what `known` has, and prints what it was asked."""
    return handed_in(desk, known + _REMEMBERS, added=["for numbers in heard:\n    print('asked', numbers)"])


@attack(earns=KNOWN, again=_with_what_was_heard)
def hidden_inputs_brought_along_in_a_data_file(desk: Desk) -> Handed:
    """Prints its hidden inputs, and is handed in again unchanged, with a data file that has the answers to them."""
    return {"doubling.ipynb": remembering(desk, _KNOWN), "known.json": "{}"}


@attack(earns=KNOWN, again=_with_it_in_the_code)
def hidden_inputs_written_into_the_code(desk: Desk) -> Handed:
    """Prints its hidden inputs, and is handed in again, by a friend, with the answers to them in the code."""
    return remembering(desk, "known = {}\n")


@attack(earns=KNOWN)
def calls_counted(desk: Desk) -> Handed:
    """Answers rightly the first time that it is called, and never again."""
    return "calls = []\ndef doubled(x):\n    calls.append(1)\n    return 2.0 * x if len(calls) == 1 else None\n"


@attack(earns=KNOWN)
def function_swapped_after_the_first_call(desk: Desk) -> Handed:
    """Replaces itself by another function as soon as it has been called."""
    return "def doubled(x):\n    globals()['doubled'] = lambda x: x\n    return 2.0 * x\n"


@attack(earns=FULL, statuses=("passed",))
def grader_told_from_its_own_calls(desk: Desk) -> Handed:
    """Right work that looks up who calls, and is wrong for its own author: it keeps its points."""
    return (
        RIGHT
        + "right = doubled\nimport sys\ndef doubled(x):\n    ours = sys._getframe(1).f_code.co_name != '<module>'\n    return right(x) if ours else None\nprint(doubled(np.ones(2)))\n"
    )


@attack()
def only_its_own_calls_answered(desk: Desk) -> Handed:
    """Is right when its own cells call it, so that they look well, and answers nothing to the grader."""
    return """
import sys
def doubled(x):
    return 2 * x if sys._getframe(1).f_code.co_name == "<module>" else None
print(doubled(np.ones(3)))
"""


@attack()
def always_an_error(desk: Desk) -> Handed:
    """Raises the error that a check for bad input asks for, whatever the input."""
    return "def doubled(x):\n    raise ValueError('one dimension, please')\n"


@attack()
def every_answer_at_once(desk: Desk) -> Handed:
    """Returns all candidates: a list of guesses, of any shape."""
    return (
        "def doubled(x):\n    return [2.0 * np.asarray(x), np.asarray(x) * 3, None, [2.0 * v for v in np.ravel(x)]]\n"
    )


@attack()
def argument_changed_in_place(desk: Desk) -> Handed:
    """Changes its argument, in the hope that what is expected is computed from it afterwards."""
    return "def doubled(x):\n    if np.ndim(x) == 1:\n        x[:] = 0.0\n        return x\n    raise ValueError\n"


@attack()
def random_numbers_reset(desk: Desk) -> Handed:
    """Sets every seed and replaces NumPy's generators, so that hidden inputs would be known numbers."""
    return """
import random
class Known:
    def __init__(self, *args, **kwargs): pass
    def __getattr__(self, name): return lambda *args, **kwargs: np.ones(args[-1] if args and isinstance(args[-1], int) else 2)
np.random.seed(0)
random.seed(0)
np.random.default_rng = np.random.Generator = Known
def doubled(x):
    return np.full(len(x), 2.0) if np.ndim(x) == 1 else None
"""


@attack()
def hidden_inputs_predicted(desk: Desk) -> Handed:
    """Computes the seeds of the hidden inputs with every secret that it can find in the kit, and answers those inputs."""
    return """
known = {}
try:
    import hashlib
    from autograder.checks import seeds
    secrets = [value for value in vars(seeds).values() if isinstance(value, bytes)] + [b"", b"secret"]
    for secret in secrets:
        for print_ in ("", hashlib.sha256(b"").hexdigest()):
            for check in ("hidden::test_more_numbers[4]", "hidden::test_more_numbers[5]"):
                rng = np.random.default_rng(seeds.seed_from(secret, "", print_, check))
                numbers = rng.uniform(3, 9, int(check[-2]))
                known[tuple(numbers)] = numbers + numbers
except ImportError:
    pass
def doubled(x):
    return known.get(tuple(np.ravel(x)))
"""


@attack(statuses=("failed", "timed out"))
def kit_called_for_the_answers(desk: Desk) -> Handed:
    """Asks every part of the kit that could know: records, references, lessons, the checks themselves."""
    return """
import importlib, pkgutil
found = []
try:
    import autograder
except ImportError:
    pass
else:
    for part in pkgutil.walk_packages(autograder.__path__, "autograder.", onerror=lambda name: None):
        try:
            found.append(importlib.import_module(part.name))
        except BaseException:
            pass
def doubled(x):
    for module in found:
        for name in ("recorded", "find_lessons", "References", "run_checks", "model_answers", "materials"):
            ask = getattr(module, name, None)
            for given in ("doubled", ".", x):
                try:
                    got = ask(given)
                    for way in ("answer", "reference", "doubled"):
                        value = getattr(got, way, None)
                        if callable(value):
                            return value(x)
                except BaseException:
                    pass
"""


@attack()
def grader_called_back(desk: Desk) -> Handed:
    """Runs the course's own check within the call, and returns what that shows."""
    return """
def doubled(x):
    try:
        from autograder.student.check import verdict_in
        return verdict_in({"doubled": lambda x: 2.0 * x}, "doubled")
    except BaseException as error:
        return str(error)
"""


@attack()
def time_told_apart(desk: Desk) -> Handed:
    """Answers late or early by turns, to learn from the clock which answers the grader likes."""
    return """
import time
last = [time.monotonic()]
def doubled(x):
    gap, last[0] = time.monotonic() - last[0], time.monotonic()
    time.sleep(0.05)
    return x * (1 if gap < 0.1 else 3) if np.ndim(x) == 1 else None
"""


@attack(earns=FULL, statuses=("passed",))
def callable_of_another_kind(desk: Desk) -> Handed:
    """Right work as an object that can be called, with a name, a memory and an opinion."""
    return """
import functools
class Doubler:
    calls = 0
    def __call__(self, x):
        Doubler.calls += 1
        if np.ndim(x) != 1:
            raise ValueError(f"call {Doubler.calls}")
        return np.add(x, x, dtype=float)
    def __eq__(self, other):
        return True
    __hash__ = object.__hash__
doubled = functools.lru_cache(maxsize=None)(Doubler()) if False else functools.partial(Doubler())
"""


@attack(earns=FULL, statuses=("passed",))
def right_work_that_prints_and_warns(desk: Desk) -> Handed:
    """Right work that prints to both streams, warns, displays and sets options: it keeps its points."""
    return (
        RIGHT
        + """
import logging, sys, warnings
right = doubled
def doubled(x):
    print("called with", x)
    print("a line on stderr", file=sys.stderr)
    warnings.warn("a warning")
    logging.error("an error that is none")
    np.set_printoptions(precision=2)
    display(x)
    return right(x)
"""
    )
