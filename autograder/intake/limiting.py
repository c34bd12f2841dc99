"""Which handed-in cells are kept: all that are graded, and as many of those that were added as the limits allow."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from autograder.intake.blank import Blank
from autograder.intake.reading import Cell

# All the code and notes that a student added, together.
SOURCE_TOTAL = 1_000_000
NOTE_CHARACTERS = 5_000


def within_limits(
    cells: Sequence[Cell | None], blank: Blank, most_cells: int, most_characters: int
) -> tuple[list[Cell], list[str]]:
    """The cells to keep, in their order, and what was left out, in sentences.

    Parameters
    ----------
    cells
        What was handed in, None instead of what is no cell.
    blank
        The released notebook.
    most_cells, most_characters
        How many cells a student may add, and how long one of code may be.
    """
    notes = {n: _short(cell, blank) for n, cell in enumerate(cells) if cell is not None}
    short = {n: cell for n, cell in notes.items() if len(cell.text) <= most_characters}
    answers = _answers(short, blank)
    kept = {n for n, cell in short.items() if blank.has(cell)} | set(answers.values())
    # First other copies of an answer, the last ones before the others; then what may be one that has lost its mark.
    missing = _binding([name for exercise, name in blank.names.items() if exercise not in answers])
    added = [n for n in short if n not in kept]
    first = [n for n in added if blank.exercise(short[n])]
    second = [n for n in added if short[n].kind == "code" and missing.search(short[n].text)]
    number, characters = most_cells, SOURCE_TOTAL
    for n in dict.fromkeys([*reversed(first), *reversed(second), *added]):
        if number and len(short[n].text) <= characters:
            number -= 1
            characters -= len(short[n].text)
            kept.add(n)
    return [short[n] for n in sorted(kept)], _left_out(cells, notes, short, kept, most_cells, most_characters)


def _short(cell: Cell, blank: Blank) -> Cell:
    """The cell; of a note, its beginning: a picture that was pasted into it is text, too."""
    return cell if cell.kind == "code" or blank.at(cell) >= 0 else replace(cell, text=cell.text[:NOTE_CHARACTERS])


def _answers(cells: dict[int, Cell], blank: Blank) -> dict[str, int]:
    """For each exercise, the number of the last cell with its mark that is not the stub."""
    return {e: n for n, cell in cells.items() if (e := blank.exercise(cell)) and not blank.has(cell)}


def _binding(names: Sequence[str]) -> re.Pattern[str]:
    """Matches what may give one of these names a value."""
    name = f"(?:{'|'.join(map(re.escape, names))})" if names else "(?!)"
    return re.compile(rf"\b(?:def|class|as|import) +{name}\b|\b{name} *[:=]")


def _left_out(
    cells: Sequence[Cell | None],
    notes: dict[int, Cell],
    short: dict[int, Cell],
    kept: set[int],
    most_cells: int,
    most_characters: int,
) -> list[str]:
    findings = []
    odd = [n for n in range(len(cells)) if n not in notes]
    long = [n for n in notes if n not in short]
    more = [n for n in short if n not in kept]
    if odd:
        why = "it isn't a valid cell" if len(odd) == 1 else "they aren't valid cells"
        findings.append(f"{_cells(odd)} left out: {why}.")
    if long:
        findings.append(f"{_cells(long)} left out for being longer than {most_characters:,} characters.")
    if more:
        findings.append(
            f"{len(more):,} of the cells that you added were left out, beginning with cell {more[0] + 1:,}: no more "
            f"than {most_cells:,} cells are read, and no more than {SOURCE_TOTAL:,} characters in all."
        )
    return findings


def _cells(numbers: list[int]) -> str:
    if len(numbers) == 1:
        return f"Cell {numbers[0] + 1:,} was"
    return f"{len(numbers):,} cells, the first of them cell {numbers[0] + 1:,}, were"
