"""Gaming the grader with the functions that it gives as arguments: their source, recorder and frames, many calls, later ones.

Each answers wrongly unless it finds what is right: nothing around a given function may tell it.
"""

from __future__ import annotations

from collections.abc import Callable

from tests.red_team.attack import Desk, Handed, attack
from tests.support.nudging import NAME


def functions(*statuses: str) -> Callable[[Callable[[Desk], Handed]], Callable[[Desk], Handed]]:
    """Register an attack on `nudged`, which earns nothing."""
    return attack(lesson=NAME, exercise="nudged", earns=0.0, statuses=statuses or ("failed",), slow=True)


def _answer(desk: Desk, body: str, above: str = "") -> Handed:
    """A hand-in whose `nudged` has this body; what it reached is printed below, as nothing is that a call prints."""
    lines = "".join(f"    {line}\n" for line in body.strip().split("\n"))
    tells = "for what in reached:\n    print('REACHED', what)"
    return desk.write(nudged=f"reached = []\n{above}\ndef nudged(f, x, h=0.1):\n{lines}", added=[tells])


_LOOKS = """
def look(things, shape, seen):
    for thing in things:
        if id(thing) in seen or len(seen) > 20_000:
            continue
        seen.add(id(thing))
        if isinstance(thing, str) and ("SECRET" in thing or "hidden" in thing):
            reached.append(thing[:40])
        if isinstance(thing, dict):
            look(list(thing.values()), shape, seen)
        elif isinstance(thing, (list, tuple)):
            look(thing, shape, seen)
        elif hasattr(thing, "__dict__") and type(thing).__module__.startswith("autograder"):
            look(list(vars(thing).values()), shape, seen)
        elif hasattr(thing, "cell_contents"):
            look([thing.cell_contents], shape, seen)
        elif type(thing).__name__ == "function":
            look(list(thing.__closure__ or ()), shape, seen)
            look([value for name, value in thing.__globals__.items() if name in ("reference", "want", "right")], shape, seen)
"""


@functions()
def function_told_by_its_source(desk: Desk) -> Handed:
    """Asks inspect for the source of the function, in case the check stands around it."""
    return _answer(
        desk,
        """
import inspect
text = inspect.getsource(f)
text += inspect.getsource(inspect.getmodule(f))
if "reference" in text or "SECRET" in text:
    reached.append("the check")
return np.zeros(np.shape(x))
""",
    )


@functions()
def function_told_by_its_globals(desk: Desk) -> Handed:
    """Looks through the function's globals for references and checks."""
    return _answer(desk, "look([dict(f.__globals__)], x.shape, set())\nreturn np.zeros(x.shape)", _LOOKS)


@functions()
def function_told_by_its_closure(desk: Desk) -> Handed:
    """Takes the function apart, down to its recorder, and returns the first array of the right shape that is not x."""
    return _answer(
        desk,
        """
look([f], x.shape, set())
for cell in f.__closure__:
    for value in vars(cell.cell_contents).values() if hasattr(cell.cell_contents, "__dict__") else ():
        if isinstance(value, np.ndarray) and value.shape == x.shape:
            return value
return np.zeros(x.shape)
""",
        _LOOKS,
    )


@functions()
def frames_seen_from_within_the_function(desk: Desk) -> Handed:
    """Passes an object whose power is taken, and looks at the frames above from there."""
    return _answer(
        desk,
        """
f(Looking())
return np.zeros(np.shape(x))
""",
        """
import sys
class Looking:
    def __rmul__(self, other):
        frame = sys._getframe(1)
        while frame:
            for name in ("want", "right", "reference", "expected", "SECRET"):
                if name in frame.f_locals:
                    reached.append(name)
            frame = frame.f_back
        return 1.0
    __array_ufunc__ = None
    __pow__ = __rmul__
    def __array__(self, *args, **kwargs):
        return np.zeros(2)
""",
    )


@functions()
def recorder_found_by_the_garbage_collector(desk: Desk) -> Handed:
    """Finds the recorder among all objects, and tells it that everything was called as it should be."""
    return _answer(
        desk,
        """
for thing in gc.get_objects():
    if type(thing).__name__ in ("Recorder", "_Recorded", "Use"):
        for name in vars(thing):
            try:
                setattr(thing, name, 10**30)
            except Exception:
                pass
return np.zeros(np.shape(x))
""",
        "import gc",
    )


@functions()
def patched_recorder(desk: Desk) -> Handed:
    """Replaces the recorder's parts, so that what it says of a call is no such thing, or very long."""
    return _answer(
        desk,
        "return np.zeros(np.shape(x))",
        """
from autograder.wire import recorder
recorder.Recorder.close = lambda self: tuple(recorder.Use(-1, 10**40, ((-5,) * 10_000,) * 1_000, ("x" * 10_000,) * 1_000) for _ in range(50))
""",
    )


@functions()
def patched_source(desk: Desk) -> Handed:
    """Has every function that is made from a source be one that is zero everywhere, of which 0 is right."""
    return _answer(
        desk,
        "return np.array([f(x) for _ in x])",
        "from autograder.wire import source\nsource.Source.function = lambda self: lambda v: 0.0\n",
    )


@functions("failed", "timed out")
def function_called_a_million_times(desk: Desk) -> Handed:
    """Calls the function a million times, whatever that raises."""
    return _answer(
        desk,
        """
for _ in range(1_000_000):
    try:
        f(x)
    except Exception:
        pass
return np.zeros(np.shape(x))
""",
    )


@functions("failed", "timed out")
def function_called_from_many_threads(desk: Desk) -> Handed:
    """Calls the function from twenty threads at a time, which go on when the call has ended."""
    return _answer(
        desk,
        """
for _ in range(20):
    threading.Thread(target=again, args=(f, x), daemon=True).start()
return np.zeros(np.shape(x))
""",
        """
import threading
def again(f, x):
    for _ in range(20_000):
        try:
            f(x)
        except Exception:
            pass
""",
    )


@functions()
def function_called_after_its_call(desk: Desk) -> Handed:
    """Calls the function when its call has ended, while the next answer is on its way."""
    return _answer(
        desk,
        """
def later():
    time.sleep(0.01)
    try:
        f(x)
        reached.append("a function of a call that has ended")
    except RuntimeError:
        pass
threading.Thread(target=later).start()
return np.zeros(np.shape(x))
""",
        "import threading, time",
    )


@functions()
def function_kept_for_the_next_call(desk: Desk) -> Handed:
    """Keeps each function, and answers the next call with those of the calls before."""
    return _answer(
        desk,
        """
kept.append(f)
answers = []
for one in kept[:-1]:
    try:
        answers.append(one(x))
        reached.append("a function of a call that has ended")
    except RuntimeError:
        pass
return np.full(np.shape(x), answers[0] if answers else 0.0)
""",
        "kept = []",
    )


@functions()
def function_returned(desk: Desk) -> Handed:
    """Returns the very function that it was given, in case that is compared with itself."""
    return _answer(desk, "return f")


@functions()
def source_returned(desk: Desk) -> Handed:
    """Returns source text of its own, so that the grader makes a function of it."""
    name = f"/tmp/{desk.mark}"
    code = f"(lambda: open({name!r}, 'w').write('x'))()"
    return _answer(
        desk,
        f"return Source({code!r})",
        "from autograder.wire.source import Source\nimport autograder.wire.writer as writer\n"
        "before = writer.Writer.__init__\n"
        "def willing(self, max_bytes, *, sources=False):\n    before(self, max_bytes, sources=True)\n"
        "writer.Writer.__init__ = willing\n",
    )


@functions()
def source_among_the_arguments_after(desk: Desk) -> Handed:
    """Has its own source text stand in the place of the function's when the arguments come back."""
    name = f"/tmp/{desk.mark}"
    code = f"(lambda: open({name!r}, 'w').write('x'))()"
    return _answer(
        desk,
        "return np.zeros(np.shape(x))",
        f"from autograder.wire import source\nmine = source.Source({code!r})\n"
        "import autograder.wire.writer as writer\n"
        "writer.source_of = lambda value: mine if callable(value) else None\n",
    )


@functions()
def array_changed_during_the_call(desk: Desk) -> Handed:
    """Makes all of x zero while the function looks at it, so that the right answer would be zero as well."""
    return _answer(desk, "x *= 0\nf(x)\nreturn np.zeros(np.shape(x))")


@functions("failed", "out of memory")
def huge_arrays_passed_to_the_function(desk: Desk) -> Handed:
    """Passes arrays of a hundred megabytes, of objects, and of a class whose bytes never end, for the recorder to keep."""
    return _answer(
        desk,
        """
for given in (np.zeros(12_000_000), np.array([f] * 3, dtype=object), np.zeros(3).view(Endless), [x] * 1_000):
    try:
        f(given)
    except Exception:
        pass
return np.zeros(np.shape(x))
""",
        """
class Endless(np.ndarray):
    def tobytes(self, *args):
        while True:
            pass
""",
    )
