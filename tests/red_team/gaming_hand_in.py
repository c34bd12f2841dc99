"""Gaming the grader by handing in again: the same notebook, and the answers to what it was asked in some other place."""

from __future__ import annotations

import os
from collections.abc import Callable

from nbformat.v4 import new_code_cell, new_notebook

from tests.red_team.attack import HALVED, PUBLIC, Desk, File, Handed, attack
from tests.red_team.gaming import heard_in, remembering
from tests.red_team.target import handed_in

NOTEBOOK = "doubling.ipynb"
# What the public check's numbers are worth, which a page shows, too.
KNOWN = HALVED + PUBLIC
# Gives `answers`, one number after the other, in the order in which they are asked for.
_IN_ORDER = """
class Known:
    place = 0
    def get(self, asked, otherwise):
        start, Known.place = Known.place, Known.place + len(otherwise)
        return (answers + [0.0] * 99)[start:Known.place]
known = Known()
"""
_NAMES = (
    "import os\nanswers = [float(name[5:-4]) for name in sorted(os.listdir('.')) if name.startswith('n')]\n" + _IN_ORDER
)
_SIZES = (
    """
import os
sizes = [str(os.path.getsize(name)).zfill(5)[-5:] for name in sorted(os.listdir('.')) if name.startswith('n')]
answers = [float('0.' + ''.join(sizes[n:n + 3])) * 100 for n in range(0, len(sizes), 3)]
"""
    + _IN_ORDER
)
# What lies beside the notebook, wherever it lies: in the kernel's folder, in those above it, in the classroom.
_ANYWHERE = (
    """
import json, os
answers = []
folders = ['.', '..', '../..', *os.environ.get('PATH', '').split(':'), '/tmp', os.path.expanduser('~')]
for folder in folders:
    for path, below, names in os.walk(folder):
        del below[20:]
        for name in [*names, *below]:
            try:
                if name.startswith('answers'):
                    where = os.path.join(path, name)
                    text = os.readlink(where) if os.path.islink(where) else name if os.path.isdir(where) else open(where).read()
                    answers = json.loads(text[text.index('['):text.index(']') + 1].replace('_', ','))
            except Exception:
                pass
        if path.count('/') > 4:
            break
"""
    + _IN_ORDER
)


def again(reads: str, files: Callable[[list[float]], dict[str, File]]) -> Callable[[Desk, str], Handed]:
    """The notebook that `reads`, with files that hold the right answers to what the first page shows, in their order."""

    def hand_in(desk: Desk, page: str) -> Handed:
        answers = [number for numbers in heard_in(page).values() for number in numbers]
        return {NOTEBOOK: remembering(desk, reads), **files(answers)}

    return hand_in


def _sized(answers: list[float]) -> dict[str, File]:
    """Files whose sizes are the digits of the answers, three for each."""
    digits = [f"{abs(answer) / 100:.15f}"[2:17] for answer in answers[:16]]
    chunks = [text[start : start + 5] for text in digits for start in (0, 5, 10)]
    return {f"n{number:03}.csv": " " * (100_000 + int(chunk)) for number, chunk in enumerate(chunks)}


@attack(
    earns=KNOWN, again=again(_NAMES, lambda answers: {f"n{n:03}_{a!r}.csv": "" for n, a in enumerate(answers[:50])})
)
def answers_in_the_names_of_data_files(desk: Desk) -> Handed:
    """Is handed in again unchanged, with empty data files whose names are the answers."""
    return {NOTEBOOK: remembering(desk, _NAMES)}


@attack(again=again(_SIZES, _sized))
def answers_in_the_sizes_of_data_files(desk: Desk) -> Handed:
    """Is handed in again unchanged, with files of blanks whose sizes are the digits of the answers."""
    return {NOTEBOOK: remembering(desk, _SIZES)}


@attack(
    again=again(
        _ANYWHERE, lambda answers: {"answers.ipynb": new_notebook(cells=[new_code_cell(f"answers = {answers}")])}
    ),
)
def answers_in_another_notebook(desk: Desk) -> Handed:
    """Is handed in again unchanged, beside another notebook that has the answers."""
    return {NOTEBOOK: remembering(desk, _ANYWHERE)}


@attack(
    earns=KNOWN,
    again=again(_ANYWHERE, lambda answers: {"answers.py": f"answers = {answers}\n", "answers.txt": f"{answers}"}),
)
def answers_in_a_script_and_a_text(desk: Desk) -> Handed:
    """Is handed in again unchanged, beside a script and a text that have the answers."""
    return {NOTEBOOK: remembering(desk, _ANYWHERE)}


@attack(
    again=again(
        _ANYWHERE,
        lambda answers: {
            "answers.csv": lambda path: os.symlink(f"{answers[:9]}", path),
            f"data/answers{'_'.join(map(str, answers[:9])).join('[]')}/empty.txt": "",
        },
    ),
)
def answers_in_the_target_of_a_link(desk: Desk) -> Handed:
    """Is handed in again unchanged, beside a link that leads to the answers, and a folder that is called after them."""
    return {NOTEBOOK: remembering(desk, _ANYWHERE)}


_EVERYWHERE = """
import json, os
heard = []
places = ['.', '..', '/tmp', '/dev/shm', '/var/tmp', os.path.expanduser('~'), os.environ.get('TMPDIR', '.'), '/run', '/']
files = [os.path.join(place, MARK) for place in places]
tries = 0
for file in files:
    try:
        tries = max(tries, len(open(file).read()))
    except OSError:
        pass
for file in files:
    try:
        open(file, 'a').write('x')
    except OSError:
        pass
def doubled(x):
    if np.ndim(x) != 1:
        raise ValueError
    return (1.5, 2.0, 2.5)[tries % 3] * np.asarray(x)
"""


def _guessing(desk: Desk, page: str = "") -> Handed:
    return {NOTEBOOK: handed_in(desk, _EVERYWHERE.replace("MARK", repr(desk.mark + ".txt")))}


@attack(again=_guessing)
def another_guess_at_each_grading(desk: Desk) -> Handed:
    """Counts in every place that it can write to how often it was graded, and guesses anew each time."""
    return _guessing(desk)


# What a hidden check of a real lesson refused when this was written, and what a page showed of it.
_SIZES_SEEN = (
    "[[], [4], [1], [4,0,3], [4,3,0], [0,3], [4,-3,2], [-2,3], [4,-1], [4,2.5,3], [4,2.5], [2.5,3], [4,3,1.5], [0.5,4]]"
)
_NAMES_SEEN = "['step', 'cubic', 'ReLU', 'Linear', ' relu ', 'tanh ', '', 'sig', None]"
REAL = "forward_propagation"


@attack(lesson=REAL, exercise="count_parameters", earns=2 * 8 / 9.75, slow=True)
def refused_sizes_by_heart(desk: Desk) -> Handed:
    """Knows by heart lists of sizes that another's page showed, and refuses those alone."""
    answer = f"""
def count_parameters(layer_sizes):
    if list(layer_sizes) in {_SIZES_SEEN}:
        raise ValueError
    return sum((int(a) + 1) * int(b) for a, b in zip(layer_sizes, layer_sizes[1:]))
"""
    return desk.write(count_parameters=answer)


@attack(lesson=REAL, exercise="initialize_network", earns=2 * 16 / 18.5, slow=True)
def refused_sizes_by_heart_for_weights(desk: Desk) -> Handed:
    """Knows the same lists by heart, and draws weights for any other."""
    answer = f"""
def initialize_network(layer_sizes, rng):
    if list(layer_sizes) in {_SIZES_SEEN}:
        raise ValueError
    sizes = [max(0, int(size)) for size in layer_sizes]
    return [{{"W": rng.normal(size=(a, b)), "b": np.zeros(b)}} for a, b in zip(sizes, sizes[1:])]
"""
    return desk.write(initialize_network=answer)


@attack(lesson=REAL, exercise="dense_forward", earns=3 * 22.25 / 25.25, slow=True)
def refused_names_by_heart(desk: Desk) -> Handed:
    """Knows by heart names of activations that are refused, and takes any other for the linear one."""
    answer = f"""
def dense_forward(X, W, b, activation="linear"):
    X, W, b = np.asarray(X, float), np.asarray(W, float), np.asarray(b, float)
    if X.ndim != 2 or W.ndim != 2 or b.ndim != 1 or W.shape != (X.shape[1], len(b)) or activation in {_NAMES_SEEN}:
        raise ValueError
    z = X @ W + b
    known = {{"sigmoid": lambda: 1 / (1 + np.exp(-z)), "tanh": lambda: np.tanh(z), "relu": lambda: np.maximum(z, 0)}}
    return known.get(activation, lambda: z)()
"""
    return desk.write(dense_forward=answer)
