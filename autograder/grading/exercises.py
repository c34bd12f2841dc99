"""Grades the exercises of one rebuilt notebook, each at its place in the run of the cells."""

from __future__ import annotations

import traceback
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from pathlib import Path

from autograder.checks.judge import GRADER_FAULT_MESSAGE, judge, without_checks
from autograder.checks.no_value import after_its_cell, refused_code
from autograder.checks.plugin import CheckRun, RunChecks, Subject
from autograder.checks.seeds import seed_from
from autograder.checks.submission import CallStopped, EarlierMistakes, Functions
from autograder.grading.earlier import EarlierFunctions
from autograder.grading.execution import Execution
from autograder.grading.needed import cells_needed, code_cells
from autograder.intake.hand_in import digest_of_file
from autograder.intake.rebuild import Rebuilt
from autograder.lessons.answers import misconceptions_in, stand_ins_in
from autograder.lessons.course import Exercise, Lesson
from autograder.lessons.reference import References
from autograder.limits import Limits
from autograder.verdicts.endings import STOPPED
from autograder.verdicts.verdict import ExerciseVerdict, Status
from autograder.wire.calls import Answer, Request, StandIns
from autograder.wire.own_code import defined_in, functions_in, nearest

_NOT_RIGHT = frozenset(Status) - {Status.PASSED}


@dataclass(frozen=True)
class Terms:
    """The terms on which a submission is graded.

    Parameters
    ----------
    limits
        What it may use.
    secret
        The course's secret, from which the hidden inputs are drawn.
    sandbox
        The tier that confines it.
    all_demos
        Run all the lesson's demos, also those that the student left as they were and on which no answer depends.
    """

    limits: Limits
    secret: bytes
    sandbox: str
    all_demos: bool = False


class NotebookGrading:
    """The grading of one notebook.

    ``subject`` is what its checks look at, ``verdicts`` has the verdicts on the exercises so far, and ``faults`` what
    went wrong on the grader's side.

    Parameters
    ----------
    rebuilt
        The student's rebuilt notebook; its cells' outputs are filled in.
    lesson
        Its lesson.
    files
        Plain data files beside the notebook.
    terms
        Limits, secret and sandbox.
    student
        Whose it is.
    hand_in
        The digest of all that was handed in; by default, of this notebook and the data files alone.
    """

    def __init__(
        self,
        rebuilt: Rebuilt,
        lesson: Lesson,
        files: Sequence[Path],
        terms: Terms,
        student: str = "",
        hand_in: str | None = None,
    ) -> None:
        self.rebuilt = rebuilt
        self.lesson = lesson
        self.verdicts: dict[str, ExerciseVerdict] = {}
        self.faults: list[str] = []
        needed = self._cells_needed(all_demos=terms.all_demos)
        own_limits = {each.answer_name: each.call_seconds for each in lesson.exercises if each.call_seconds}
        self.execution = Execution(rebuilt.notebook, files, terms.limits, terms.sandbox, needed, own_limits)
        self._earlier: EarlierFunctions | None = None
        self._stopped_over: dict[str, CallStopped] = {}
        self._references = References(lesson)
        digest = hand_in or digest_of_file(rebuilt.fingerprint, files, terms.limits)
        self.subject = Subject(
            Functions(self._answer, self._mistakes),
            lambda check: self._references,
            lambda check: seed_from(terms.secret, student, digest, check),
        )

    def _cells_needed(self, *, all_demos: bool) -> frozenset[int]:
        cells = self.rebuilt.notebook.cells
        try:
            return code_cells(cells) if all_demos else cells_needed(cells, self.lesson.exercises)
        except Exception:
            self.faults.append(traceback.format_exc())
            return code_cells(cells)

    def run_until(self, exercise: Exercise) -> None:
        """Run the cells above the exercise's graded cell, unless the notebook is ungradable."""
        if self._earlier is not None:
            self._earlier.close()
        self._earlier = None
        if not self.rebuilt.ungradable:
            self.execution.run_until(exercise.check_id)

    def grade(self, exercise: Exercise, checks: RunChecks) -> ExerciseVerdict:
        """Run the cells above an exercise and grade it by its checks; whatever goes wrong, there is a verdict."""
        try:
            self.run_until(exercise)
            verdict = self.without_checks(exercise)
            if verdict is None:
                runs = checks(exercise.name, self.subject)
                self.faults += [run.fault for run in runs if run.fault]
                verdict = self.judge(exercise, runs)
        except Exception:
            verdict = without_checks(exercise, Status.GRADER_FAULT, GRADER_FAULT_MESSAGE)
            self.faults.append(traceback.format_exc())
        self.verdicts[exercise.name] = verdict
        return verdict

    def grade_by(self, exercise: Exercise, runs: Sequence[CheckRun]) -> ExerciseVerdict:
        """Grade an exercise, whose cells have run, by check runs made elsewhere."""
        self.verdicts[exercise.name] = self.without_checks(exercise) or self.judge(exercise, runs)
        return self.verdicts[exercise.name]

    def without_checks(self, exercise: Exercise) -> ExerciseVerdict | None:
        """The verdict on an exercise whose checks need not run, or None if they must; its cells must have run."""
        name = exercise.name
        if self.rebuilt.ungradable:
            return without_checks(exercise, Status.UNGRADABLE, self.rebuilt.ungradable)
        if name in self.rebuilt.not_attempted:
            return without_checks(exercise, Status.NOT_ATTEMPTED, self.rebuilt.not_attempted[name])
        ending = self.execution.endings.get(name)
        if ending is not None:
            return without_checks(exercise, ending.status, ending.of_cell)
        if name in self.rebuilt.not_python:
            line, reason = self.rebuilt.not_python[name]
            code = self._source(name).split("\n")[line - 1 : line] if line else []
            refused = refused_code(line, "".join(code), reason)
            return without_checks(exercise, Status.FAILED, f"Your cell can't be run. {refused}")
        return None

    def judge(self, exercise: Exercise, runs: Sequence[CheckRun]) -> ExerciseVerdict:
        """The verdict on an exercise whose checks have run."""
        explanations = misconceptions_in(self.lesson.wrong_answers(), exercise.name)
        return judge(exercise, runs, explanations, self._references)

    def _answer(self, request: Request) -> Answer:
        """The student's answer to a call; if the name is missing, with the error that stopped the cell it belongs in.

        Earlier functions that were stopped would stop this one too, so they are replaced by stand-ins from the start.
        """
        name = request.function
        if request.stand_ins and name in self._stopped_over:
            raise self._stopped_over[name]
        try:
            stand_ins = request.stand_ins or self._stand_ins(self._below(name, STOPPED))
            answer = self.execution.answer(replace(request, stand_ins=stand_ins))
        except CallStopped as stopped:
            if request.stand_ins:
                self._stopped_over[name] = stopped  # right work that does without may hang over them: once is enough
            raise
        if answer.outcome == "missing":
            return self._why_missing(answer, name)
        error = self.execution.errors.get(self._exercise(name))
        return after_its_cell(answer, error.line, error.code) if error is not None else answer

    def _why_missing(self, answer: Answer, name: str) -> Answer:
        """An answer that says the name is missing, with the error of its cell, or the name that the cell defines."""
        exercise = self._exercise(name)
        error = self.execution.errors.get(exercise)
        if error is not None:
            return replace(answer, error_names=error.names, text=error.text, line=error.line, code=error.code)
        source, expected = self._source(exercise), {e.answer_name for e in self.lesson.exercises}
        names, functions = (
            [n for n in names if n not in expected] for names in (defined_in(source), functions_in(source))
        )
        return replace(answer, near=nearest(name, names) or (functions[0] if len(functions) == 1 else ""))

    def _exercise(self, answer: str) -> str:
        """The exercise whose answer has this name."""
        return next((e.name for e in self.lesson.exercises if e.answer_name == answer), "")

    def _source(self, exercise: str) -> str:
        """The student's cell with their answer to an exercise."""
        marks = ((cell.metadata.get("nbgrader", {}), cell.source) for cell in self.rebuilt.notebook.cells)
        return next((text for mark, text in marks if mark.get("solution") and mark.get("grade_id") == exercise), "")

    def _mistakes(self, name: str) -> EarlierMistakes | None:
        """What is wrong below `name`, if anything is."""
        wrong = self._below(name, _NOT_RIGHT)
        if not wrong:
            return None
        if self._earlier is None:
            stopped = [earlier for earlier, verdict in self.verdicts.items() if verdict.status in STOPPED]
            self._earlier = EarlierFunctions(self.execution.twin, self._references.right_answer, stopped)
        own = {earlier: self._earlier.function(earlier) for earlier in wrong}
        return EarlierMistakes(self._stand_ins(wrong), partial(self._references.ask_with, own, name))

    def _below(self, name: str, statuses: Collection[Status]) -> set[str]:
        """The earlier exercises that `name` builds on and whose status is one of `statuses`."""
        wrong = {earlier for earlier, verdict in self.verdicts.items() if verdict.status in statuses}
        return wrong & self._references.built_on(name) if wrong else wrong

    def _stand_ins(self, names: Collection[str]) -> StandIns:
        """The stand-ins for these exercises."""
        return {earlier: code for earlier, code in self._all_stand_ins.items() if earlier in names}

    @cached_property
    def _all_stand_ins(self) -> StandIns:
        return stand_ins_in(self.lesson.wrong_answers())

    def close(self) -> None:
        """End the kernels; afterwards the cells have their outputs."""
        if self._earlier is not None:
            self._earlier.close()
        self.execution.close()
