"""The demo class: thirteen varied submissions made from the lessons, whose grades the tests know.

Nothing here names an exercise or a lesson, so that a changed or new one needs no change here. An oddity is in one
lesson of the week, the one with the most exercises; for the others that student hands in the model answers.
"""

from __future__ import annotations

import copy
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.intake.collect import collect
from autograder.lessons.samples import Material, materials, text_of
from autograder.limits import Limits


class NotADemoClass(Exception):
    """The classroom holds other submissions, with which the demo's would be mixed."""


@dataclass(frozen=True)
class Demo:
    """One demo student: the name, what their submission shows, how it is made from a lesson, and how its file ends.

    ``odd`` means that only one lesson's submission shows it; the others are right.
    """

    student: str
    shows: str
    make: Callable[[Material], str]
    ending: str = ".ipynb"
    odd: bool = False


def _right_work(material: Material) -> str:
    return text_of(material.notebook(material.answers))


def _without_graded_cell(material: Material) -> str:
    notebook = material.notebook(material.answers)
    graded = [cell for cell in notebook.cells if cell.metadata.get("nbgrader", {}).get("grade")]
    notebook.cells.remove(graded[0])
    return text_of(notebook)


def _with_doubled_graded_cell(material: Material) -> str:
    notebook = material.notebook(material.answers)
    index = next(i for i, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade"))
    double = copy.deepcopy(notebook.cells[index])
    double.id = "doubled"
    notebook.cells.insert(index, double)
    return text_of(notebook)


def _other_misconceptions(material: Material) -> str:
    first = material.lesson.exercises[0].name
    return text_of(material.notebook({**material.wrong(1), first: material.answers[first]}))


def _half_of_the_file(material: Material) -> str:
    text = text_of(material.release)
    return text[: len(text) // 2]


def _no_colon(code: str) -> str:
    return code.replace(":\n", "\n", 1)


def _endless_loop(code: str) -> str:
    return code + "\n\nwhile True:\n    pass\n"


def _exits(code: str) -> str:
    return code + "\n\nimport os\nos._exit(0)\n"


def _floods(code: str) -> str:
    return code + "\n\nwhile True:\n    print('still here ' * 200)\n"


DEMO_CLASS = (
    Demo("ada", "the model answers", _right_work),
    Demo("ben", "also-correct answers", lambda m: text_of(m.notebook(m.right(0)))),
    Demo("cleo", "a misconception in every exercise", lambda m: text_of(m.notebook(m.wrong(0)))),
    Demo("dan", "other misconceptions, but the first exercise of each lesson right", _other_misconceptions),
    Demo("eva", "untouched stubs", lambda m: text_of(m.release)),
    Demo("finn", "a syntax error in an exercise", lambda m: m.first(_no_colon), odd=True),
    Demo("gita", "a deleted test cell", _without_graded_cell, odd=True),
    Demo("hugo", "a duplicated test cell", _with_doubled_graded_cell, odd=True),
    Demo("ines", "an endless loop in an exercise", lambda m: m.first(_endless_loop), odd=True),
    Demo("jon", "os._exit in an exercise", lambda m: m.first(_exits), odd=True),
    Demo("kim", "a damaged file", _half_of_the_file, odd=True),
    Demo("lea", "endless printing in an exercise", lambda m: m.first(_floods), odd=True),
    Demo("mia", "a script: other also-correct answers", lambda m: m.script(m.right(1)), ending=".py"),
)


def hand_in_class(root: Path, week: str, classroom: Path) -> list[Demo]:
    """Have the demo class hand in a week: a folder of their files is collected as a real class's is.

    Submissions of an earlier demo are replaced.

    Raises
    ------
    NotADemoClass
        When others have handed in there.
    """
    submitted = classroom / "submitted"
    names = {demo.student for demo in DEMO_CLASS}
    others = sorted(path.name for path in submitted.glob("*") if path.is_dir() and path.name not in names)
    if others:
        raise NotADemoClass(
            f"{submitted} holds submissions by {len(others)} students who aren't in the demo class ({others[0]}, …). "
            "Run the demo in a fresh clone, so that it doesn't get mixed up with a real class."
        )
    lessons = materials(root, week)
    longest = max(lessons, key=lambda material: len(material.lesson.exercises))
    with tempfile.TemporaryDirectory() as inbox:
        for demo in DEMO_CLASS:
            for folder in (submitted, classroom / "collected"):
                shutil.rmtree(folder / demo.student / week, ignore_errors=True)
            folder = Path(inbox, demo.student)
            folder.mkdir()
            for material in lessons:
                file = folder / f"{material.lesson.name}{demo.ending}"
                make = _right_work if demo.odd and material is not longest else demo.make
                file.write_text(make(material), encoding="utf-8")
        collect(Path(inbox), [material.lesson for material in lessons], classroom, Limits.of_course(root))
    return list(DEMO_CLASS)
