"""Tries all slips and writes docs/feedback.md; ``python -m tests.feedback WORD …`` prints some of them instead."""

from __future__ import annotations

import sys
import time

from tests.feedback.judged import read_judged, with_fingerprints, write_judged
from tests.feedback.page import PAGE, entry, fingerprints, page
from tests.feedback.slips import ALL_SLIPS
from tests.feedback.trying import Lessons, tried
from tests.support.course import ROOT


def main(words: list[str]) -> int:
    """Try the slips whose keys contain one of these words, or all."""
    slips = [slip for slip in ALL_SLIPS if not words or any(word in slip.key for word in words)]
    if not slips:
        print(f"There is no slip whose key contains {' or '.join(words)}.")
        return 2
    judged = read_judged()
    start = time.monotonic()
    results = {}
    for slip, said in tried(slips, Lessons()):
        results[slip] = said
        if words:
            print(entry(len(results), slip, said, judged), flush=True)
        elif len(results) % 25 == 0:
            print(f"{len(results)} of {len(slips)} slips, {time.monotonic() - start:.0f} seconds", flush=True)
    if not words:
        read = fingerprints(PAGE.read_text(encoding="utf-8")) if PAGE.exists() else {}
        judged = with_fingerprints(judged, read)
        write_judged(judged, [slip.key for slip in slips])
        PAGE.write_text(page(results, judged), encoding="utf-8")
        print(f"{PAGE.relative_to(ROOT)} is written: {len(slips)} slips, {time.monotonic() - start:.0f} seconds.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
