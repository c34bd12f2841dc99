"""The grading of one rebuilt notebook: its cells run from top to bottom, and each exercise is judged where it stands."""

from __future__ import annotations

import hashlib
import traceback
from collections.abc import Collection, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from nbformat import NotebookNode
from nbformat.v4 import new_output

from autograder.checks.judge import GRADER_FAULT_MESSAGE, judge, without_checks
from autograder.checks.plugin import CheckRun, RunChecks
from autograder.checks.run import seed_from
from autograder.checks.submission import Functions
from autograder.grading.notebook_run import NotebookRun, heavy_imports
from autograder.grading.outputs import Room, plain_outputs
from autograder.intake.rebuild import Rebuilt
from autograder.kernels.kernel import Ran
from autograder.lessons.answers import misconceptions_in, stand_ins_in
from autograder.lessons.course import Exercise, Lesson
from autograder.lessons.reference import References
from autograder.limits import Limits
from autograder.source_code import NotPython, parse
from autograder.verdicts.endings import STOPPED, Ending
from autograder.verdicts.verdict import ExerciseVerdict, Status
from autograder.wire.calls import Answer, Request, StandIns

_NOT_RIGHT = tuple(status for status in Status if status is not Status.PASSED)


@dataclass(frozen=True)
class Terms:
    """On what terms a submission is graded: its limits, the course's secret, the sandbox's tier."""

    limits: Limits
    secret: bytes
    sandbox: str


class NotebookGrading:
    """The grading of one notebook; also what its checks look at (`checks_plugin.Graded`).

    Parameters
    ----------
    rebuilt
        The student's notebook, rebuilt; its cells' outputs are filled in.
    lesson
        The lesson that it is a notebook of.
    files
        Plain data files beside the notebook.
    terms
        Limits, secret and sandbox.
    """

    def __init__(self, rebuilt: Rebuilt, lesson: Lesson, files: Sequence[Path], terms: Terms) -> None:
        self.rebuilt = rebuilt
        self.lesson = lesson
        self.terms = terms
        self._handed_in = rebuilt.fingerprint + _digests(files)
        self.verdicts: dict[str, ExerciseVerdict] = {}
        code = (cell.source for cell in rebuilt.notebook.cells if cell.cell_type == "code")
        self._run = NotebookRun(files, terms.limits, terms.sandbox, heavy_imports(code))
        self._functions = Functions(self._host, self._stand_ins)
        self._references = References(lesson)
        self._endings: dict[str, Ending] = {}
        self._errors: dict[str, str] = {}
        self._room = Room()
        self._place = 0
        # Pictures are encoded anew while the kernel runs the next cell.
        self._packing = ThreadPoolExecutor(max_workers=1)
        self._packed: list[tuple[NotebookNode, Future[list[NotebookNode]]]] = []

    def submission(self, exercise: str) -> Functions:
        """The student's functions."""
        return self._functions

    def reference(self, exercise: str, check: str) -> References:
        """The reference's functions."""
        return self._references

    def seed(self, exercise: str, check: str) -> int:
        """The seed of a check's random numbers, which other cells or other data files would not meet."""
        return seed_from(self.terms.secret, self._handed_in, check)

    def run_until(self, exercise: Exercise) -> NotebookNode:
        """Run the cells up to the exercise's graded cell, and return that cell."""
        cells = self.rebuilt.notebook.cells
        while self._place < len(cells):
            cell = cells[self._place]
            self._place += 1
            mark = cell.metadata.get("nbgrader", {})
            if mark.get("grade") and mark.get("grade_id") == exercise.check_id:
                return cell
            if cell.cell_type == "code" and not mark.get("grade"):
                self._run_cell(cell)
        raise LookupError(f"{self.lesson.name} has no graded cell {exercise.check_id}")

    def run_rest(self) -> None:
        """Run the cells after the last graded one."""
        for cell in self.rebuilt.notebook.cells[self._place :]:
            if cell.cell_type == "code" and not cell.metadata.get("nbgrader", {}).get("grade"):
                self._run_cell(cell)
        self._place = len(self.rebuilt.notebook.cells)

    def grade(self, exercise: Exercise, checks: RunChecks) -> ExerciseVerdict:
        """Run the cells above an exercise and grade it by its checks. Whatever goes wrong, a verdict comes back."""
        try:
            if not self.rebuilt.ungradable:
                self.run_until(exercise)
            verdict = self.without_checks(exercise) or self._with_checks(exercise, checks)
        except Exception:
            verdict = without_checks(exercise.name, exercise.points, Status.GRADER_FAULT, GRADER_FAULT_MESSAGE)
            self.fault += traceback.format_exc()
        self.verdicts[exercise.name] = verdict
        return verdict

    def close(self) -> None:
        """End the kernel; afterwards the cells have their outputs."""
        self._run.close()
        self._packing.shutdown()
        for cell, outputs in self._packed:
            cell.outputs = outputs.result()
        self._packed.clear()

    fault: str = ""

    def _host(self, request: Request) -> Answer:
        """The student's answer to a call; of a name that is not there, with the error that stopped the cell made for it.

        Earlier functions that were stopped would stop this one too: there the stand-ins stand in from the first call on.
        """
        name = request.function
        if not request.stand_ins:
            request = replace(request, stand_ins=self._stand_ins(name, STOPPED))
        answer = self._run.answer(request)
        if answer.outcome == "missing":
            stopped_by = [
                self._errors[e.name] for e in self.lesson.exercises if e.answer == name and e.name in self._errors
            ]
            return replace(answer, error_names=tuple(stopped_by))
        return answer

    def _stand_ins(self, name: str, statuses: Collection[Status] = _NOT_RIGHT) -> StandIns:
        """The stand-ins for those earlier answers that an exercise builds on and that are there, but not right."""
        wrong = {earlier for earlier, verdict in self.verdicts.items() if verdict.status in statuses}
        if not wrong:
            return {}
        asked = wrong & self._references.built_on(name)
        return {earlier: code for earlier, code in self._all_stand_ins.items() if earlier in asked}

    @cached_property
    def _all_stand_ins(self) -> StandIns:
        return stand_ins_in(self.lesson.wrong_answers())

    def _run_cell(self, cell: NotebookNode) -> None:
        mark = cell.metadata.get("nbgrader", {})
        first = next(c for c in self.rebuilt.notebook.cells if c.cell_type == "code")
        ran = self._run.run(cell.source, essential=bool(mark.get("solution")) or cell is first)
        if not ran.ending.by_itself:
            self._endings[mark.get("grade_id", "")] = ran.ending
        elif ran.ending is Ending.ERROR:
            names = (output.get("ename") for output in ran.outputs if output.get("output_type") == "error")
            self._errors[mark.get("grade_id", "")] = str(next(names, ""))
        if self._packed:
            wait([self._packed[-1][1]])  # no more than one cell's outputs lie here as they came
        self._packed.append((cell, self._packing.submit(self._plain, ran)))

    def _plain(self, ran: Ran) -> list[NotebookNode]:
        outputs = plain_outputs(ran.outputs, self.terms.limits, self._room)
        if not ran.ending.by_itself:
            outputs.append(new_output("stream", name="stdout", text=f"[{ran.ending.of_cell}]\n"))
        return outputs

    def without_checks(self, exercise: Exercise) -> ExerciseVerdict | None:
        """The verdict on an exercise whose checks need not run, or None where they must: its cells have run by then."""
        name, points = exercise.name, exercise.points
        if self.rebuilt.ungradable:
            return without_checks(name, points, Status.UNGRADABLE, self.rebuilt.ungradable)
        if name in self.rebuilt.not_attempted:
            return without_checks(name, points, Status.NOT_ATTEMPTED, self.rebuilt.not_attempted[name])
        if name in self._endings:
            ending = self._endings[name]
            return without_checks(name, points, ending.status, ending.of_cell)
        try:
            for cell in self.rebuilt.notebook.cells:
                if cell.metadata.get("nbgrader", {}).get("grade_id") == name:
                    parse(cell.source)
        except NotPython as error:
            return without_checks(name, points, Status.FAILED, f"Your cell cannot be run. {error}")
        return None

    def _with_checks(self, exercise: Exercise, checks: RunChecks) -> ExerciseVerdict:
        runs = checks(exercise.name)
        self.fault = "\n".join([self.fault, *(run.fault for run in runs if run.fault)]).strip()
        return self.judge(exercise, runs)

    def judge(self, exercise: Exercise, runs: Sequence[CheckRun]) -> ExerciseVerdict:
        """The verdict on an exercise whose checks have run; later exercises may build on what it says."""
        explanations = misconceptions_in(self.lesson.wrong_answers(), exercise.name)
        self.verdicts[exercise.name] = judge(
            exercise.name, exercise.points, runs, explanations, self._references, exercise.answer
        )
        return self.verdicts[exercise.name]


def _digests(files: Sequence[Path]) -> str:
    """The names and a hash of each of these files: a line each."""
    lines = []
    for path in files:
        with path.open("rb") as file:
            lines.append(f"\n{path.name!r} {hashlib.file_digest(file, 'sha256').hexdigest()}")
    return "".join(lines)
