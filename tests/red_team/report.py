"""docs/generated/red-team.md: what each attack did to stock nbgrader and to us."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from tests.red_team.attack import FAMILIES, Attack
from tests.red_team.outcome import Outcome

# A run of stock nbgrader with three honest students takes about a quarter of this.
LONG = 75


def page(
    attacks: Sequence[Attack],
    ours: Mapping[str, Mapping[str, Outcome]],
    stock: Mapping[str, Outcome],
) -> str:
    """The whole page; `ours` has the outcomes by setting, then by slug, those by slug of stock nbgrader are `stock`."""
    theirs = [stock[attack.slug] for attack in attacks if attack.slug in stock]
    columns = {"stock nbgrader": theirs}
    columns |= {name: [outcomes[attack.slug] for attack in attacks] for name, outcomes in ours.items()}
    parts = [
        "# The red team: what was tried",
        "",
        "What the sandbox promises, and what it does not: [red-team.md](../red-team.md).",
        "",
        f"{len(attacks)} attacks, each handed in for real: in classes of ours, with honest students before and after, graded by "
        "`nbgrader autograde` and `generate_feedback`, in each sandbox, by root and by a plain user; and once in a course of plain "
        "nbgrader of its own, between two honest students, as a user without rights. `make red-team` writes this page.",
        "",
        f"| of them | {' | '.join(columns)} |",
        f"|---|{'---|' * len(columns)}",
    ]
    parts += [
        f"| {words} | {' | '.join(str(count(outcomes)) for outcomes in columns.values())} |"
        for words, count in _COUNTS.items()
    ]
    parts += [
        "",
        "In plain nbgrader a hidden test that fails shows its own lines in the traceback, whoever fails it: where “leaked the secret of the "
        "hidden tests” stands alone, no more than that need have happened.",
        "",
    ]
    for family, words in FAMILIES.items():
        mine = [attack for attack in attacks if attack.family == family]
        if mine:
            parts += [f"## {words}", "", "| attack | stock nbgrader | with the kit |", "|---|---|---|"]
            parts += [
                f"| {_words(attack)} | {_of_stock(stock.get(attack.slug))} | {_in_settings(attack, ours)} |"
                for attack in mine
            ]
            parts.append("")
    return "\n".join(parts)


# What is counted, over the outcomes of one column.
_COUNTS: dict[str, Callable[[Sequence[Outcome]], int]] = {
    "gained points": lambda outcomes: sum(outcome.gained > 0 for outcome in outcomes),
    "hurt an honest student": lambda outcomes: sum(bool(outcome.hurt) for outcome in outcomes),
    "left something behind": lambda outcomes: sum(bool(outcome.left) for outcome in outcomes),
    "brought out a secret, or reached a reader's browser, terminal or the network": lambda outcomes: sum(
        bool(outcome.leaked or outcome.page) for outcome in outcomes
    ),
    "right work that lost points": lambda outcomes: sum(map(_lost_points, outcomes)),
}


def _words(attack: Attack) -> str:
    return f"**{attack.name}**: {attack.tries}".replace("|", "\\|").replace("\n", " ")


def _lost_points(outcome: Outcome) -> bool:
    right = outcome.attack.statuses == ("passed",)
    return right and (outcome.score is None or outcome.score < outcome.attack.earns - 1e-9)


def _in_settings(attack: Attack, ours: Mapping[str, Mapping[str, Outcome]]) -> str:
    """The outcome in the first setting, and in others what went wrong there."""
    outcomes = {name: of_setting[attack.slug] for name, of_setting in ours.items()}
    first, *others = outcomes
    wrong = [f"{name}: {_of_ours(outcomes[name])}" for name in others if outcomes[name].faults]
    return "; ".join([_of_ours(outcomes[first]), *wrong])


def _of_ours(outcome: Outcome) -> str:
    if outcome.faults:
        return "; ".join(outcome.faults).replace("|", "\\|").replace("\n", " ")[:300]
    points = "kept its points" if outcome.status == "passed" else "no point gained"
    return f"{points}; “{outcome.status}”"


def _of_stock(outcome: Outcome | None) -> str:
    if outcome is None:
        return "not tried: it is about checks that stock nbgrader has not"
    effects = []
    if outcome.gained:
        effects.append(f"**{outcome.gained:.2g} points gained**")
    if _lost_points(outcome):
        effects.append("**right work lost its points**")
    if outcome.status != "graded":
        effects.append("its graded folder was deleted")
    if outcome.hurt:
        effects.append(f"**{len(outcome.hurt)} of 2 honest students hurt**")
    effects += [_one_line(words) for words in outcome.leaked]
    effects += [f"left {words}" for words in outcome.left]
    if outcome.page:
        effects.append("in the page: " + ", ".join(f"`{words[:40]}`" for words in outcome.page[:3]).replace("|", "\\|"))
    if outcome.seconds > LONG:
        effects.append(f"held everybody up for {outcome.seconds:.0f} seconds")
    if outcome.run:
        effects.append(outcome.run)
    return "; ".join(dict.fromkeys(effects)) or "nothing"


def _one_line(leaked: str) -> str:
    kind, _, what = leaked.partition(" ")
    words = (
        f"reached {what}"
        if kind == "of"
        else "reached the network"
        if leaked.startswith("to the network")
        else f"leaked {leaked}"
    )
    return " ".join(words.split()).replace("|", "\\|")
