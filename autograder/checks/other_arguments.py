"""Wrong answers that are right for other arguments: one negated, zero or exchanged, rows cut short."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from autograder.checks.related_numbers import Part, are_convincing, named, parts_of
from autograder.checks.relation_kinds import FEWEST_CALLS, FEWEST_NUMBERS, Sentence
from autograder.wire.calls import Call

# By what is varied, see `wire.variations`; of several cuts that fit, the first is reported.
_CUTS = {
    "without last": ("without the last entry of {names}", "Does a loop stop too early?"),
    "first": ("for the first entry of {names} alone", "Does a loop end in its first round?"),
    "without first": ("without the first entry of {names}", "Where does the loop begin?"),
    "last": ("for the last entry of {names} alone", "Does each round of a loop throw away what the one before made?"),
    "first two": ("for the first two entries of {names} alone", "Does a loop end in its first round?"),
    "last two": (
        "for the last two entries of {names} alone",
        "Does each round of a loop throw away what the one before made?",
    ),
}
_COUNTS = {
    "one": ("1", "Is a loop missing, or does it end in its first round?"),
    "one less": ("one less", "Does a loop stop too early?"),
    "one more": ("one more", "Is there a round too many?"),
}
# If one of these is 0, nothing is learnt.
_NOT_LEARNT = {"zero: learning_rate", "zero: epochs"}
# Two names may fit as well as one: a product is negated if either factor is.
MOST_NAMES = 2


def for_other_arguments(
    answers: Sequence[tuple[Call, Any]], varied: Callable[[Call], Mapping[str, Any]]
) -> tuple[Sentence, str] | None:
    """How every answer is right for arguments varied in the same way, and the part of which this is said.

    Parameters
    ----------
    answers
        The calls whose answers are wrong, with the right values.
    varied
        Gives the right answers to the variations of a call. For a grader that takes long, so it asks for those of one
        call first: if none of them fits, the others need not be known.
    """
    if len(answers) < FEWEST_CALLS:
        return None
    wrong = [_first_wrong(call, want) for call, want in answers]
    parts = [part for part in wrong if part is not None]
    names = {part.name for part in parts}
    if len(parts) < len(wrong) or len(names) > 1 or not are_convincing(parts):
        return None
    if sum(part.want.size for call, want in answers for part in parts_of(call, want) or ()) < FEWEST_NUMBERS:
        return None
    of_first = varied(answers[0][0])
    if parts[0].got.any() and not any(_is_right_for(parts[0], answers[0][0], value) for value in of_first.values()):
        return None
    every = [of_first, *(varied(call) for call, _ in answers[1:])]
    fitting = [
        name
        for name in dict.fromkeys(name for variations in every for name in variations)
        if sum(name in variations for variations in every) >= FEWEST_CALLS
        and all(
            _is_right_for(part, call, variations[name]) if name in variations else _is_nothing(part, name)
            for part, (call, _), variations in zip(parts, answers, every, strict=True)
        )
    ]
    sentence = _sentence(fitting)
    return (sentence, named(names)) if sentence else None


def _first_wrong(call: Call, want: Any) -> Part | None:
    return next((part for part in parts_of(call, want) or () if not part.is_right), None)


def _is_right_for(part: Part, call: Call, value: Any) -> bool:
    """Whether a part of the answer is the same part of the right answer to another call."""
    return any(other.name == part.name and part.got_is(other.want) for other in parts_of(call, value) or ())


def _is_nothing(part: Part, varied: str) -> bool:
    """Whether rows are cut so short that the reference refuses what is left, and the answer is 0: an empty sum."""
    return varied.startswith("without") and not part.got.any()


def _sentence(fitting: Sequence[str]) -> Sentence | None:
    if _NOT_LEARNT & set(fitting):
        return Sentence("{it} is what comes out if nothing is ever updated.", "Is the new value kept, and returned?")
    kinds: dict[str, list[str]] = {}
    for varied in fitting:
        kind, _, names = varied.partition(": ")
        kinds.setdefault(kind, []).append(names)
    cut = next((cut for cut in _CUTS if cut in kinds), None)
    if cut and set(kinds) <= set(_CUTS):
        words, step = _CUTS[cut]
        named = " and ".join(f"`{name}`" for name in kinds[cut][0].split())
        return Sentence("{it} would be right " + words.format(names=named) + ".", step)
    if len(kinds) != 1 or len(fitting) > MOST_NAMES:
        return None
    ((kind, several),) = kinds.items()
    if kind == "negated":
        changes = " or ".join(f"`{name}` were `-{name}`" for name in several)
        return Sentence(f"{{it}} would be right if {changes}.", "Is a sign wrong, or are brackets missing?")
    if kind == "zero":
        named = " or ".join(f"`{name}`" for name in several)
        return Sentence(f"{{it}} would be right if {named} were 0.", "Is it left out somewhere?")
    if len(several) > 1:
        return None
    if kind in _COUNTS:
        count, step = _COUNTS[kind]
        return Sentence(f"{{it}} would be right if `{several[0]}` were {count}.", step)
    one, other = several[0].split()
    if kind == "exchanged":
        words = f"{{it}} would be right if `{one}` and `{other}` were exchanged."
        return Sentence(words, "Look at their order, in the `def` line too.")
    words = f"{{it}} would be right if `{one}` were `{one} * {other}`."
    return Sentence(words, "Are brackets in the wrong place?")
