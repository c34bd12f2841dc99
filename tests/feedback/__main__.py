"""Tries slips: all of them, or those of a week, a lesson or with a word; writes the pages of lessons tried whole."""

from __future__ import annotations

import argparse
import sys
import time

from autograder.lessons.course import find_lessons
from tests.feedback.judged import file_of, read_judged, with_fingerprints, write_judged
from tests.feedback.page import OVERVIEW, entry, fingerprints, overview, page, page_of
from tests.feedback.slip import Slip
from tests.feedback.slips import BY_LESSON
from tests.feedback.trying import Lessons, Words, tried, tried_here
from tests.support.course import ROOT


def main(arguments: list[str]) -> int:
    """Try the slips that are asked for, and print the words that they get or, for all slips, how far it is."""
    options = _parser().parse_args(arguments)
    in_week = {lesson.name for lesson in find_lessons(ROOT) if options.week in (None, lesson.week)}
    wanted = {
        lesson: [slip for slip in slips if _is_wanted(slip, lesson, options.words)]
        for lesson, slips in BY_LESSON.items()
        if lesson in in_week
    }
    slips = [slip for these in wanted.values() for slip in these]
    if not slips:
        print("There are no such slips. A word is a lesson's name or part of a slip's key, as in sigmoid/rounded.")
        return 2
    files = [] if options.quick else [file_of(lesson) for lesson in wanted]
    judged = {key: one for file in files for key, one in read_judged(file).items()}
    start = time.monotonic()
    results: dict[Slip, Words] = {}
    for slip, said in (tried_here if options.quick else tried)(slips, Lessons()):
        results[slip] = said
        if options.words or options.week:
            print(entry(len(results), slip, said, judged), flush=True)
        elif len(results) % 25 == 0:
            print(f"{len(results)} of {len(slips)} slips, {time.monotonic() - start:.0f} seconds", flush=True)
    if not options.quick:
        for lesson, these in wanted.items():
            if these and these == BY_LESSON[lesson]:
                _write(lesson, {slip: results[slip] for slip in these})
    print(f"{len(slips)} slips, {time.monotonic() - start:.0f} seconds.")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.feedback", description=__doc__)
    parser.add_argument("words", nargs="*", metavar="WORD", help="a lesson, or part of slips' keys")
    parser.add_argument("--week", help="only the lessons of this week")
    parser.add_argument(
        "--quick", action="store_true", help="in this process, without grading: writes nothing, and takes seconds"
    )
    return parser


def _is_wanted(slip: Slip, lesson: str, words: list[str]) -> bool:
    return not words or any(word == lesson if word in BY_LESSON else word in slip.key for word in words)


def _write(lesson: str, results: dict[Slip, Words]) -> None:
    """Write a lesson's page, its verdicts with the fingerprints of the words that were judged, and the overview."""
    path = page_of(lesson)
    read = fingerprints(path.read_text(encoding="utf-8")) if path.exists() else {}
    judged = with_fingerprints(read_judged(file_of(lesson)), read)
    write_judged(judged, [slip.key for slip in results], file_of(lesson))
    path.parent.mkdir(exist_ok=True)
    path.write_text(page(lesson, results, judged), encoding="utf-8")
    pages = {name: page_of(name) for name in BY_LESSON}
    texts = {name: path.read_text(encoding="utf-8") for name, path in pages.items() if path.exists()}
    OVERVIEW.write_text(overview(texts), encoding="utf-8")
    print(f"{path.relative_to(ROOT)} is written.")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
