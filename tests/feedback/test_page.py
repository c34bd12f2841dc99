"""Verdicts on words: they hold for the words that were read, and go stale when these change."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.feedback.judged import Judged, NotAVerdict, read_judged, with_fingerprints, write_judged
from tests.feedback.page import fingerprints, overview, page
from tests.feedback.slip import Slip, body
from tests.feedback.trying import Words

SLIP = Slip("doubled", "rounded", body("return round(2 * x)"))
OLD, NEW = Words("The answer is 2.", "doubled: 0 of 4 points"), Words("It is rounded.", "doubled: 0 of 4 points")


def test_a_verdict_without_fingerprint_is_on_the_words_that_were_read() -> None:
    read = fingerprints(page("doubling", {SLIP: OLD}, {}))
    assert read == {SLIP.key: OLD.fingerprint}
    judged = with_fingerprints({SLIP.key: Judged("bare", "no next step")}, read)
    assert judged == {SLIP.key: Judged("bare", "no next step", OLD.fingerprint)}
    assert "Verdict: **bare — no next step**" in page("doubling", {SLIP: OLD}, judged)


def test_a_verdict_on_other_words_is_marked_and_no_longer_counted() -> None:
    judged = {SLIP.key: Judged("bare", "", OLD.fingerprint)}
    assert "| [doubled](#doubled) | 1 | 0 | 1 | 0 | 0 | 0 |" in page("doubling", {SLIP: OLD}, judged)
    changed = page("doubling", {SLIP: NEW}, judged)
    assert "| [doubled](#doubled) | 1 | 0 | 0 | 0 | 1 | 0 |" in changed
    assert "bare, but the words changed since" in changed


def test_another_number_of_a_line_does_not_change_the_words() -> None:
    one, other = (Words(f"It stopped in line {n} of its cell: `x^2`.", "0 of 4") for n in (12, 31))
    assert (
        one.fingerprint == other.fingerprint != Words("It stopped in line 12 of its cell: `x`.", "0 of 4").fingerprint
    )


def test_verdicts_are_read_as_they_were_written(tmp_path: Path) -> None:
    judged = {SLIP.key: Judged("helpful", "“rounded” is what happened", "1234abcd")}
    file = tmp_path / "judged.json"
    assert read_judged(file) == {}
    write_judged(judged | {"doubled/gone": Judged("bare")}, [SLIP.key], file)
    assert read_judged(file) == judged


@pytest.mark.parametrize("entry", ['{"verdict": "good"}', '{"verdict": "bare", "reason": "none"}'])
def test_what_is_no_verdict_is_refused(tmp_path: Path, entry: str) -> None:
    file = tmp_path / "judged.json"
    file.write_text(f'{{"doubled/rounded": {entry}}}', encoding="utf-8")
    with pytest.raises(NotAVerdict, match="doubled/rounded"):
        read_judged(file)


def test_the_page_shows_what_was_run_before_and_what_is_wrong_elsewhere() -> None:
    stale = Slip(
        "doubled", "not run", body("return 2 * x"), (body("return x"),), False, {"halved": body("return x / 3")}
    )
    text = page("doubling", {stale: NEW}, {})
    shown = ["In the cell of `halved`", "return x / 3", "First this was run", "return x\n", "changed, but not run"]
    assert [part for part in shown if part not in text] == []


def test_the_overview_adds_up_what_the_pages_count() -> None:
    judged = {SLIP.key: Judged("bare", "", OLD.fingerprint)}
    pages = {"doubling": page("doubling", {SLIP: OLD}, judged), "again": page("again", {SLIP: NEW}, judged)}
    text = overview(pages)
    assert "| [doubling](feedback/doubling.md) | 1 | 0 | 1 | 0 | 0 | 0 |" in text
    assert "| [again](feedback/again.md) | 1 | 0 | 0 | 0 | 1 | 0 |" in text
    assert "| all | 2 | 0 | 1 | 0 | 1 | 0 |" in text
