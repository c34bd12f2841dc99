"""Wrong answers that are right for other arguments: one negated, zero or exchanged, rows cut short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.checks.related_numbers import Part, are_convincing, parts_of
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
# Two names may fit as well as one: a product is negated if either factor is.
MOST_NAMES = 2


def for_other_arguments(answers: Sequence[tuple[Call, Any, Mapping[str, Any]]]) -> tuple[Sentence, str] | None:
    """How every answer is right for arguments varied in the same way, and the part of which this is said.

    Parameters
    ----------
    answers
        The calls whose answers are wrong, with the right values and those to the variations of the call.
    """
    if len(answers) < FEWEST_CALLS:
        return None
    wrong = [_first_wrong(call, want) for call, want, _ in answers]
    parts = [part for part in wrong if part is not None]
    names = {part.name for part in parts}
    if len(parts) < len(wrong) or len(names) > 1 or not are_convincing(parts):
        return None
    if sum(part.want.size for call, want, _ in answers for part in parts_of(call, want) or ()) < FEWEST_NUMBERS:
        return None
    every = [variations for _, _, variations in answers]
    fitting = [
        varied
        for varied in dict.fromkeys(varied for variations in every for varied in variations)
        if sum(varied in variations for variations in every) >= FEWEST_CALLS
        and all(
            _is_right_for(part, call, variations[varied]) if varied in variations else _is_nothing(part, varied)
            for part, (call, _, variations) in zip(parts, answers, strict=True)
        )
    ]
    sentence = _sentence(fitting)
    name = names.pop()
    return (sentence, f"the entry {name!r}" if name else "") if sentence else None


def _first_wrong(call: Call, want: Any) -> Part | None:
    return next((part for part in parts_of(call, want) or () if not part.is_right), None)


def _is_right_for(part: Part, call: Call, value: Any) -> bool:
    """Whether a part of the answer is the same part of the right answer to another call."""
    return any(other.name == part.name and part.got_is(other.want) for other in parts_of(call, value) or ())


def _is_nothing(part: Part, varied: str) -> bool:
    """Whether rows are cut so short that the reference refuses what is left, and the answer is 0: an empty sum."""
    return varied.startswith("without") and not part.got.any()


def _sentence(fitting: Sequence[str]) -> Sentence | None:
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
    one, other = several[0].split()
    if kind == "exchanged":
        words = f"{{it}} would be right if `{one}` and `{other}` were exchanged."
        return Sentence(words, "Look at their order, in the `def` line too.")
    words = f"{{it}} would be right if `{one}` were `{one} * {other}`."
    return Sentence(words, "Are brackets in the wrong place?")
