"""Are right answers in another form than the model answer's accepted?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from autograder.audit.candidates import Candidate, Effort, as_float32
from autograder.audit.columns.column import Column
from autograder.audit.findings import NOTHING_TO_SAY, Finding, all_lines, by_precision, right_answer, share, too_few
from autograder.audit.material import Material
from autograder.audit.rows import Cell
from autograder.audit.trial import Trial
from autograder.lessons.answers import also_correct_in
from autograder.lessons.rules import LEAST_ALSO_CORRECT
from autograder.lessons.samples import as_cell


class AlsoCorrect(Column[Finding]):
    """The lesson's also-correct answers, as they are and returning float32."""

    name = "also-correct"
    must_be = "every accepted variant has full marks, as float32 too"
    width = 12

    def candidates(self, material: Material, effort: Effort) -> Iterator[Candidate]:
        """Each also-correct answer, once more as float32 if the exercise gives floats."""
        exercise, answers = material.exercise, material.lesson.wrong_answers()
        for right in also_correct_in(answers, exercise.name):
            code = as_cell(material.wrong_answers, right.function, exercise.name, exercise.variable)
            yield Candidate(self.name, f"“{right.name}”", code, effort.right)
            if material.may_be_single:
                name, single = f"“{right.name}” as float32", code + as_float32(exercise.name)
                yield Candidate(self.name, name, single, effort.single, single=True)

    def look_at(self, material: Material, candidate: Candidate, trial: Trial) -> Finding:
        """Has it full marks?"""
        return right_answer(candidate, trial.draws)

    def in_process(self, material: Material, effort: Effort) -> Finding | None:
        """Are there enough?"""
        right = also_correct_in(material.lesson.wrong_answers(), material.name)
        return too_few(right, LEAST_ALSO_CORRECT, "also-correct answers")

    def cell(self, findings: Sequence[Finding]) -> Cell:
        """How many have full marks."""
        doubles, singles = by_precision(findings)
        single = share(singles, _all_full) if singles else NOTHING_TO_SAY
        return Cell(f"{share(doubles, _all_full)}, float32 {single}", (), all_lines(findings))


def _all_full(finding: Finding) -> bool:
    return finding.counts["full"] == finding.counts["draws"] and not finding.shortfalls
