"""Attacks on a real lesson, forward_propagation, whose exercises build on each other and have many checks."""

from __future__ import annotations

from tests.red_team.attack import Desk, Handed, attack

LESSON = "forward_propagation"
# Right for some weights alone: what it is worth by itself is no point gained.
_TRANSPOSED = """
ACTIVATIONS = {"linear": lambda z: z, "sigmoid": lambda z: 1 / (1 + np.exp(-z)), "tanh": np.tanh, "relu": lambda z: np.maximum(z, 0)}
def dense_forward(X, W, b, activation="linear"):
    if X.ndim != 2 or W.ndim != 2 or b.ndim != 1 or X.shape[1] != W.shape[0] or len(b) != W.shape[1] or activation not in ACTIVATIONS:
        raise ValueError("these do not fit")
    return ACTIVATIONS[activation](X @ W.T + b)
"""
_TRANSPOSED_WORTH = 0.0


@attack(family="gaming", lesson=LESSON, exercise="network_forward", earns=_TRANSPOSED_WORTH, slow=True)
def error_that_an_earlier_mistake_leads_to(desk: Desk) -> Handed:
    """Makes a known mistake in one exercise, after which the next would end in an error, and does nothing there but raise one."""
    return desk.write(
        dense_forward=_TRANSPOSED, network_forward="def network_forward(X, layers):\n    raise ValueError('no')\n"
    )


@attack(family="gaming", lesson=LESSON, exercise="network_forward", earns=_TRANSPOSED_WORTH, slow=True)
def error_of_an_earlier_function_on_purpose(desk: Desk) -> Handed:
    """Has the next exercise call the mistaken function with what must end in an error, whatever is asked."""
    answer = "def network_forward(X, layers):\n    return dense_forward(np.ones((2, 3)), np.ones((3, 4)), np.ones(4))\n"
    return desk.write(dense_forward=_TRANSPOSED, network_forward=answer)


# Of dense_forward's weight of 25.25, 4 is the public checks whose answers are recorded.
@attack(family="gaming", lesson=LESSON, exercise="dense_forward", earns=3 * 4 / 25.25, slow=True)
def recorded_answers_of_the_kit(desk: Desk) -> Handed:
    """Runs the public checks by itself, hears their inputs, and looks the right answers up in the kit's record: the public points, no more."""
    return desk.write(
        dense_forward="""
known = {}
try:
    from autograder.wire.calls import Answer
    from autograder.student.check import verdict_in
    from autograder.student.recorded import recorded
    asked = []
    def listens(*args, **kwargs):
        asked.append(repr((args, kwargs)))
        right = answers[len(asked) - 1]
        if right.outcome != "value":
            raise ValueError
        return right.value
    answers = [Answer.from_text(call["right"]) for check in recorded("dense_forward").checks.values() for call in check["calls"]]
    verdict_in({"dense_forward": listens}, "dense_forward")
    known = dict(zip(asked, answers))
except ImportError:
    pass
def dense_forward(X, W, b, activation="linear"):
    for key in (repr(((X, W, b), {})), repr(((X, W, b, activation), {})), repr(((X, W, b), {"activation": activation}))):
        if key in known:
            if known[key].outcome != "value":
                raise ValueError
            return known[key].value
"""
    )


@attack(family="exhausting", lesson=LESSON, exercise="initialize_network", earns=0.0, slow=True)
def texts_that_numpy_would_blow_up(desk: Desk) -> Handed:
    """Returns weights that are texts, one of them very long: an array of them, which a check would make, takes gigabytes."""
    return desk.write(
        initialize_network="""
def initialize_network(layer_sizes, rng):
    return [{"W": ["x" * 40_000] + ["y"] * 20_000, "b": np.zeros(n)} for n in layer_sizes[1:]]
"""
    )


@attack(family="exhausting", lesson=LESSON, exercise="dense_forward", statuses=("passed",), earns=13.0, slow=True)
def kernel_ended_after_every_exercise(desk: Desk) -> Handed:
    """Right work, with cells below that end the kernel, each in another way: it keeps its points."""
    ways = (
        "import os\nos._exit(0)",
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)",
        "import ctypes\nctypes.string_at(0)",
        "exit()",
        "import os\nos.abort()",
        "get_ipython().kernel.do_shutdown(False)",
        "raise SystemExit",
    )
    return desk.write(**desk.right, added=ways)
