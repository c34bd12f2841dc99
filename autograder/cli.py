"""The command ``autograder``: build a course, grade a week, show the demo."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from autograder.plain_text import printable, printable_lines
from autograder.version import VERSION

if TYPE_CHECKING:
    from autograder.grading.week import GradedWeek

GRADED, NOT_GRADED, FAILED = 0, 1, 2
STOPPED = 130


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return the exit status.

    0: done. 1: done, but a submission could not be graded, or a tree is stale, as reported. 2: it could not be done.
    130: stopped by Ctrl-C.
    """
    parser = _parser()
    options = parser.parse_args(arguments)
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")  # no name or text ends a run in a terminal without its signs
    try:
        return int(options.run(options))
    except KeyboardInterrupt:
        print("autograder: stopped. Everything done so far is kept.", file=sys.stderr)
        return STOPPED
    except Exception as error:
        if type(error).__module__.startswith("autograder."):
            print(f"autograder: {printable_lines(error)}", file=sys.stderr)
            return FAILED
        raise


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="autograder", description=__doc__)
    parser.add_argument("--version", action="version", version=VERSION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    new = commands.add_parser("new", help="start a lesson: a folder with a working exercise to change")
    new.add_argument("lesson", help="week and name, as in week2/my_lesson")
    new.set_defaults(run=_new)
    build = commands.add_parser(
        "build", help="make source/, release/, assignments/ and the public checks' record from solutions/"
    )
    build.add_argument("--check", action="store_true", help="change nothing; exit with 1 if a committed tree is stale")
    build.set_defaults(run=_build)
    grade = commands.add_parser("grade", help="grade a week with nbgrader, make the feedback pages, show a table")
    grade.add_argument("week")
    grade.add_argument("--student", default="*", help="only this student's submission")
    grade.add_argument("--force", action="store_true", help="grade again what has already been graded")
    grade.add_argument(
        "--unsafe-no-sandbox", action="store_true", help="grade although nothing confines the students' code"
    )
    grade.set_defaults(run=_grade)
    check = commands.add_parser("check", help="grade one notebook or script with pytest, without nbgrader")
    check.add_argument("file", type=Path, help="the notebook or script")
    check.add_argument(
        "--unsafe-no-sandbox", action="store_true", help="grade although nothing confines the students' code"
    )
    check.set_defaults(run=_check)
    collect = commands.add_parser("collect", help="copy a folder of notebooks and scripts into classroom/submitted/")
    collect.add_argument(
        "folder", type=Path, help="holds a folder for each student, or files named STUDENT_LESSON.ipynb or .py"
    )
    collect.set_defaults(run=_collect)
    demo = commands.add_parser("demo", help="grade an invented class of thirteen, and show the results")
    demo.add_argument("week", nargs="?", default="week1")
    demo.set_defaults(run=_demo)
    audit = commands.add_parser(
        "audit", help="grade answers whose grade is known, and report where the grader is wrong"
    )
    audit.add_argument("week", nargs="?", help="only this week")
    audit.add_argument("--force", action="store_true", help="audit all exercises in full, changed or not")
    audit.add_argument("--unsafe-no-sandbox", action="store_true", help="audit although nothing confines the answers")
    audit.set_defaults(run=_audit)
    doctor = commands.add_parser(
        "doctor", help="report what confines students' code on this machine, and try each protection"
    )
    doctor.set_defaults(run=_doctor)
    for command in (new, build, check, collect, grade, demo, audit):
        command.add_argument(
            "--course", type=Path, default=Path.cwd(), help="the course's folder; by default, the current one"
        )
    return parser


def _new(options: argparse.Namespace) -> int:
    from autograder.authoring.new import begin

    root = options.course.resolve()
    folder = begin(root, options.lesson).relative_to(root)
    print(f"{folder}/ has a lesson that works. Change it, then run `autograder build` and `autograder audit`.")
    return GRADED


def _build(options: argparse.Namespace) -> int:
    from autograder.authoring import build
    from autograder.authoring.reading_time import wrong_time
    from autograder.lessons.course import find_lessons

    root = options.course.resolve()
    if options.check:
        try:
            build.check(root)
        except build.Stale as stale:
            print(stale, file=sys.stderr)
            return NOT_GRADED
        print("The generated trees are up to date with the lessons.")
        return GRADED
    changed = build.build(root)
    print("Built: " + (", ".join(str(path.relative_to(root)) for path in changed) or "nothing had changed") + ".")
    for warning in filter(None, map(wrong_time, find_lessons(root))):
        print(warning)
    return GRADED


def _check(options: argparse.Namespace) -> int:
    from autograder.grading.one_file import check_file

    return check_file(options.course.resolve(), options.file, unsafe_no_sandbox=options.unsafe_no_sandbox)


def _collect(options: argparse.Namespace) -> int:
    from autograder.intake.collect import collect
    from autograder.lessons.course import find_lessons
    from autograder.limits import Limits
    from autograder.verdicts.verdict import CLASSROOM

    root = options.course.resolve()
    outcomes = collect(options.folder, find_lessons(root), root / CLASSROOM, Limits.of_course(root))
    for outcome in outcomes:
        others = f" ({outcome.more:,} more files there, with the same result)" if outcome.more else ""
        print(f"{printable(outcome.student) or '?':12} {printable(outcome.file)}: {printable(outcome.message)}{others}")
    files = sum(1 + outcome.more for outcome in outcomes)
    taken = sum(1 + outcome.more for outcome in outcomes if outcome.path is not None)
    print(f"{taken} of {files} files were handed in.")
    return GRADED if taken == files else NOT_GRADED


def _grade(options: argparse.Namespace) -> int:
    from autograder.grading.week import grade_week

    console = _console()
    root = options.course.resolve()
    graded = grade_week(
        root,
        options.week,
        console,
        force=options.force,
        unsafe_no_sandbox=options.unsafe_no_sandbox,
        student=options.student,
    )
    return NOT_GRADED if _report(root, options.week, graded, console) else GRADED


def _demo(options: argparse.Namespace) -> int:
    from autograder.authoring import build
    from autograder.grading import demo
    from autograder.grading.week import grade_week
    from autograder.verdicts.verdict import CLASSROOM

    console = _console()
    root = options.course.resolve()
    build.build(root)
    students = demo.hand_in_class(root, options.week, root / CLASSROOM)
    print(f"{len(students)} students hand in {options.week}:")
    for student in students:
        print(f"  {student.student:5} {student.shows}")
    graded = grade_week(root, options.week, console, force=True)
    _report(root, options.week, graded, console)
    return GRADED


def _report(root: Path, week: str, graded: GradedWeek, console: Console) -> bool:
    """Show how a class did, and say where its page is; return whether anything could not be graded."""
    from autograder.nbgrader_plugin.class_page import write_class_page
    from autograder.reports import class_table

    class_table.show(graded.verdicts, console)
    lines = [*class_table.not_graded(graded.verdicts), *graded.failures]
    for line in lines:
        print(f"Not graded: {printable(line)}")
    page = write_class_page(root, week, lines)
    print(f"Everyone's scores, with links to the feedback pages: {page.as_uri()}")
    return bool(lines)


def _audit(options: argparse.Namespace) -> int:
    from autograder.audit import report, run

    console = _console()
    result = run.audit(
        options.course.resolve(),
        options.week,
        console,
        force=options.force,
        unsafe_no_sandbox=options.unsafe_no_sandbox,
    )
    report.show(result.rows, console)
    print(report.summary(result.rows, result.audited))
    return NOT_GRADED if any(row.shortfalls for row in result.rows) else GRADED


def _doctor(options: argparse.Namespace) -> int:
    from autograder import doctor

    if not doctor.is_linux():
        print(doctor.ELSEWHERE)
        return FAILED
    return GRADED if doctor.show(_console()) else NOT_GRADED


def _console() -> Console:
    width = None if sys.stdout.isatty() else int(os.environ.get("COLUMNS", "120"))
    return Console(width=width)


if __name__ == "__main__":
    sys.exit(main())
