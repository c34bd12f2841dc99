"""Gaming the grader by how it says that wrong answers relate to the right ones: guesses that a relation would confirm.

A relation is reported only over several calls and numbers, all of which are drawn again for the next hand-in.
"""

from __future__ import annotations

import re

from tests.red_team.attack import HALVED, PUBLIC, Desk, Handed, attack

# What a wrong answer would have to be changed by if the feedback named this relation.
_WAYS_BACK = {
    "the negative of": "-guess",
    "one more than": "guess - 1",
    "one less than": "guess + 1",
    "one minus": "1 - guess",
    "one divided by": "1 / guess",
    "twice": "guess / 2",
    "half": "guess * 2",
    "times": "guess / 3",
    "in reverse order": "guess[::-1]",
    "shifted by one place": "np.roll(guess, 1)",
    "rounded": "guess",
}
_GUESSES = "def guessed(x):\n    return np.linspace(6.0, 18.0, len(x) + 2)[1:-1] if np.ndim(x) == 1 else np.zeros(2)\n"


def _words_of(page: str) -> str:
    """What the feedback says of the exercise, without its tags."""
    _, found, section = page.partition('<h2 id="doubled">')
    assert found, "the first feedback shows nothing"
    return re.sub(r"<[^>]*>", " ", section.partition("</section>")[0])


def _numbers_from_the_page(desk: Desk, page: str) -> Handed:
    numbers = sorted({float(number) for number in re.findall(r"(?<![\w.])\d+\.\d+", _words_of(page))})
    return f"seen = {numbers!r}\ndef doubled(x):\n    return np.resize(np.array(seen or [0.0]), len(x))\n"


@attack(again=_numbers_from_the_page)
def constant_that_asks_for_a_relation(desk: Desk) -> Handed:
    """Answers one number always, and then with every number that the feedback showed beside it."""
    return "def doubled(x):\n    return np.full(len(x), 12.5)\n"


def _guesses_put_right(desk: Desk, page: str) -> Handed:
    words = _words_of(page)
    back = next((way for relation, way in _WAYS_BACK.items() if relation in words), "guess")
    return f"{_GUESSES}def doubled(x):\n    guess = guessed(x)\n    return {back}\n"


@attack(again=_guesses_put_right)
def table_of_guesses_with_a_relation(desk: Desk) -> Handed:
    """Answers one more than a table of guesses has, and takes back whatever relation the feedback names."""
    return f"{_GUESSES}def doubled(x):\n    return guessed(x) + 1\n"


def _public_answers(desk: Desk, page: str) -> Handed:
    back = "known" if "one minus" in _words_of(page) else "-known"
    return (
        "def doubled(x):\n    known = np.resize([3.0, -6.0, 8.0], len(x))\n"
        f"    return known if len(x) == 3 and x[0] == 1.5 else {back}\n"
    )


@attack(earns=HALVED + PUBLIC, again=_public_answers)
def one_minus_the_public_answers(desk: Desk) -> Handed:
    """Answers one minus the public check's right answers everywhere, to hear whether the hidden ones are the same."""
    return "def doubled(x):\n    return 1 - np.resize([3.0, -6.0, 8.0], len(x))\n"


@attack(again=_guesses_put_right)
def rounded_guesses(desk: Desk) -> Handed:
    """Answers whole numbers around the middle, in the hope that the feedback calls them rounded."""
    return f"{_GUESSES}def doubled(x):\n    return np.round(guessed(x))\n"
