"""Gaming the grader with two answers: one over a student's own earlier function, another over a stand-in for it.

The earlier function lacks one refusal, a small price. The later one is wrong in its own notebook, and right wherever it finds another
function in the place of its own.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.red_team.attack import Desk, Handed, attack

LESSON = "forward_propagation"
NEARLY = """
ACTIVATIONS = {"linear": lambda z: z, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}
def dense_forward(X, W, b, activation="linear"):
    X, W, b = np.asarray(X, float), np.asarray(W, float), np.asarray(b, float)
    if X.ndim != 2 or W.ndim != 2 or X.shape[1] != W.shape[0] or b.shape[-1:] != (W.shape[1],) or activation not in ACTIVATIONS:
        raise ValueError("these do not fit")
    return ACTIVATIONS[activation](X @ W + b)
"""
# Of its weight of 25.25 it loses the 3 of the check for wrong numbers of dimensions.
NEARLY_WORTH = 3 * 22.25 / 25.25
TWO_ANSWERS = """
def network_forward(X, layers):
    named = not own()
    outputs = []
    for layer in layers:
        X = dense_forward(X, layer["W"], layer["b"], layer["activation"] if named else "linear")
        outputs.append(X)
    return outputs
"""


def _two_answers(desk: Desk, own: str, earlier: str = NEARLY) -> Handed:
    """Wrong where `own()`, and right elsewhere."""
    return desk.write(dense_forward=earlier, network_forward=own + TWO_ANSWERS)


def telling(
    earns: float = NEARLY_WORTH, *, may_lose: bool = False
) -> Callable[[Callable[[Desk], Handed]], Callable[[Desk], Handed]]:
    """Register an attack on network_forward, which earns what its dense_forward is worth."""
    return attack(lesson=LESSON, exercise="network_forward", earns=earns, slow=True, may_lose=may_lose)


@telling()
def stand_in_told_by_identity(desk: Desk) -> Handed:
    """Keeps its earlier function, and looks whether the one that it finds is the same object."""
    return _two_answers(desk, "mine = dense_forward\ndef own():\n    return dense_forward is mine\n")


@telling()
def stand_in_told_by_its_code(desk: Desk) -> Handed:
    """Compares the code of what it finds with that of its own function."""
    return _two_answers(desk, "mine = dense_forward.__code__\ndef own():\n    return dense_forward.__code__ == mine\n")


@telling()
def stand_in_told_by_its_globals(desk: Desk) -> Handed:
    """Looks whether what it finds was defined in this notebook."""
    return _two_answers(desk, "def own():\n    return dense_forward.__globals__ is globals()\n")


@telling()
def stand_in_told_by_its_source(desk: Desk) -> Handed:
    """Asks inspect for the source of what it finds."""
    return _two_answers(
        desk,
        "import inspect\ndef own():\n    try:\n        return bool(inspect.getsource(dense_forward))\n    except Exception:\n        return False\n",
    )


@telling()
def stand_in_told_by_a_value(desk: Desk) -> Handed:
    """Calls what it finds with numbers whose answer it knows."""
    return _two_answers(
        desk,
        "def own():\n    return dense_forward(np.ones((1, 1)), np.ones((1, 1)), np.zeros(1))[0, 0] == 1\n",
    )


@telling()
def stand_in_told_by_who_refers_to_it(desk: Desk) -> Handed:
    """Asks the garbage collector which functions of that name there are."""
    return _two_answers(
        desk,
        "import gc, types\ndef own():\n    gc.collect()\n    return 1 == sum(isinstance(f, types.FunctionType) and f.__name__ == 'dense_forward' for f in gc.get_objects())\n",
    )


@telling()
def stand_in_told_by_the_request(desk: Desk) -> Handed:
    """Looks through the frames above for the grader's request, and whether it names stand-ins."""
    return _two_answers(
        desk,
        """
import sys
def own():
    frame = sys._getframe(1)
    while frame:
        if getattr(frame.f_locals.get("request"), "stand_ins", None):
            return False
        frame = frame.f_back
    return True
""",
    )


@telling()
def stand_in_told_by_the_second_call(desk: Desk) -> Handed:
    """Remembers what it was asked: the same once more means that the first answer was wrong."""
    return _two_answers(
        desk,
        """
import sys
asked = set()
def own():
    X = sys._getframe(1).f_locals["X"].tobytes()
    new = X not in asked
    asked.add(X)
    return new
""",
    )


@telling()
def stand_in_told_by_what_is_new(desk: Desk) -> Handed:
    """Remembers the names and objects of the notebook, and compares them at each call."""
    return _two_answers(
        desk,
        "before = {name: id(value) for name, value in globals().items()}\ndef own():\n    return id(globals()['dense_forward']) == before['dense_forward']\n",
    )


@telling()
def stand_in_told_by_the_clock(desk: Desk) -> Handed:
    """Has its own function take its time, and measures how long the one that it finds takes."""
    slow = NEARLY.replace("    X, W, b =", "    import time\n    time.sleep(0.01)\n    X, W, b =", 1)
    return _two_answers(
        desk,
        "import time\ndef own():\n    start = time.perf_counter()\n    dense_forward(np.ones((1, 1)), np.ones((1, 1)), np.zeros(1))\n"
        "    return time.perf_counter() - start > 0.005\n",
        slow,
    )


@telling()
def stand_in_asked_for_by_the_earlier_function(desk: Desk) -> Handed:
    """Has its earlier function note that it was called, and takes silence for a stand-in."""
    noting = NEARLY.replace("    X, W, b =", "    called.append(1)\n    X, W, b =", 1)
    return _two_answers(
        desk,
        "def own():\n    del called[:]\n    dense_forward(np.ones((1, 1)), np.ones((1, 1)), np.zeros(1))\n    return bool(called)\n",
        "called = []\n" + noting,
    )


_LISTENING = NEARLY.replace("    X, W, b =", "    heard.append((X, W, b, activation))\n    X, W, b =", 1)


@telling()
def earlier_function_that_listens(desk: Desk) -> Handed:
    """Has its earlier function remember its arguments, in case the grader calls it as the model answer would."""
    later = """
def network_forward(X, layers):
    outputs = []
    for given in heard[-len(layers):]:
        outputs.append(dense_forward(*given))
    return outputs
"""
    return desk.write(dense_forward="heard = []\n" + _LISTENING, network_forward=later)


# Always the weighted sums, a known mistake. It passes the checks in which no activation is asked for: 15 of 25.25.
_LINEAR = """
def dense_forward(X, W, b, activation="linear"):
    if np.ndim(X) != 2 or np.ndim(W) != 2 or np.ndim(b) != 1 or X.shape[1] != W.shape[0] or len(b) != W.shape[1] or activation not in ("linear", "sigmoid", "tanh", "relu"):
        raise ValueError("these do not fit")
    return np.asarray(X, float) @ W + b
"""


@telling(earns=3 * 15 / 25.25)
def nothing_over_a_known_mistake_and_right_over_a_stand_in(desk: Desk) -> Handed:
    """Makes a known mistake first; then it answers zeros over it, and the right answer over a stand-in."""
    own = "mine = dense_forward\ndef own():\n    return dense_forward is mine\n"
    zeros = TWO_ANSWERS.replace("outputs.append(X)", "outputs.append(X if named else X * 0.0)")
    return desk.write(dense_forward=_LINEAR, network_forward=own + zeros)


_PUBLISHES = """
import base64, os, pickle, socket
kept = []
def say(value):
    del kept[:-200]
    data = base64.urlsafe_b64encode(pickle.dumps(value)).decode()
    for place in range(0, len(data), 70):
        pair = socket.socketpair()
        kept.extend(pair)
        pair[0].bind(f"\\0w{os.getpid():06x}.{len(kept):04x}.{place:04x}.{data[place:place + 70]}".encode())
def hear():
    words = {}
    for line in open("/proc/self/net/unix"):
        name = line.split()[-1]
        if name.startswith("@w") and int(name[2:8], 16) != os.getpid():
            said, place, data = name[9:13], name[14:18], name[19:]
            words.setdefault(name[2:8], {})[said, place] = data
    for of_process in words.values():
        yield "".join(of_process[key] for key in sorted(of_process))
right_one = dense_forward
def dense_forward(X, W, b, activation="linear"):
    value = right_one(X, W, b, activation)
    try:
        say((np.asarray(X), value))
    except OSError:
        pass
    return value
"""
_LISTENS = """
def network_forward(X, layers):
    for word in hear():
        try:
            inputs, value = pickle.loads(base64.urlsafe_b64decode(word))
        except Exception:
            continue
        print("REACHED what the model answer asked for")
        return [value] * len(layers)
    return None
"""


@telling(may_lose=True)
def answers_heard_from_the_second_kernel(desk: Desk) -> Handed:
    """Publishes all that its earlier function is asked for as names of sockets, for its later one in another kernel."""
    return desk.write(dense_forward=NEARLY + _PUBLISHES, network_forward=_LISTENS)
