"""The verdicts of a person on the words: helpful, bare or misleading, with a note; each lesson has a file of them.

A verdict that has no fingerprint in "words" is on the words in the lesson's page as it is; the next run adds it.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

VERDICTS = ("helpful", "bare", "misleading")
FOLDER = Path(__file__).with_name("verdicts")


class NotAVerdict(Exception):
    """An entry of a file of verdicts is not as it must be."""


@dataclass(frozen=True)
class Judged:
    """A verdict on the words that a slip gets, with a note and the fingerprint of those words."""

    verdict: str
    note: str = ""
    words: str = ""


def file_of(lesson: str) -> Path:
    """The file with the verdicts on the slips of a lesson."""
    return FOLDER / f"{lesson}.json"


def read_judged(file: Path) -> dict[str, Judged]:
    """The verdicts, by the slips' keys.

    Raises
    ------
    NotAVerdict
        If a verdict is none of the three words, or an entry has other parts.
    """
    entries = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    judged = {}
    for key, entry in entries.items():
        try:
            judged[key] = Judged(**entry)
        except TypeError as error:
            raise NotAVerdict(f'{file}: {key} may have "verdict", "note" and "words" alone: {error}.') from None
        if judged[key].verdict not in VERDICTS:
            raise NotAVerdict(f"{file}: the verdict on {key} is not one of: {', '.join(VERDICTS)}.")
    return judged


def write_judged(judged: Mapping[str, Judged], keys: Iterable[str], file: Path) -> None:
    """Write the verdicts on these slips, in their order; those on slips that no longer exist are left out."""
    entries = {key: asdict(judged[key]) for key in keys if key in judged}
    file.write_text(json.dumps(entries, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def with_fingerprints(judged: Mapping[str, Judged], read: Mapping[str, str]) -> dict[str, Judged]:
    """The verdicts, each with the fingerprint of the words that were judged: by default, those that were `read`."""
    return {key: Judged(one.verdict, one.note, one.words or read.get(key, "")) for key, one in judged.items()}
